//! The control API over HTTP.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

use super::*;
use crate::clock::{Activity, ManualClock};
use crate::ids::KeyId;
use crate::scenario::Scenario;

const HAMLET: &str = "accounts: [{ phone: '+79990000001' }]\n\
                      people: [{ phone: '+79991110001', username: ivan_hamlet }]\n";

async fn ask(world: &World, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json");
    let response = router(world.clone())
        .oneshot(request.body(Body::from(body.to_string())).unwrap())
        .await
        .unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

#[tokio::test]
async fn the_world_is_watched_and_broken_over_http() {
    let scenario = Scenario::parse(HAMLET).unwrap();
    let clock = Arc::new(ManualClock::new(1_000));
    let world = World::in_memory(scenario, clock, Arc::new(Activity::default())).unwrap();
    let (_, accounts) = ask(&world, "GET", "/accounts", Value::Null).await;
    assert_eq!(
        (&accounts[0]["phone"], &accounts[0]["code"]),
        (&json!("79990000001"), &json!("12345"))
    );

    let saying = json!({ "account": "+79990000001", "person": "@ivan_hamlet", "text": "Добрый день" });
    assert_eq!(
        ask(&world, "POST", "/say", saying.clone()).await.0,
        StatusCode::OK
    );
    assert_eq!(
        ask(&world, "POST", "/phone-writes", saying).await.0,
        StatusCode::OK
    );
    let (_, chat) = ask(&world, "GET", "/chats/79990000001/79991110001", Value::Null).await;
    assert_eq!(
        (&chat[0]["from_account"], &chat[1]["from_account"]),
        (&json!(false), &json!(true))
    );
    let (_, log) = ask(&world, "GET", "/log?after=1", Value::Null).await;
    assert_eq!(
        (&log[0]["what"], &log[0]["at_ms"]),
        (&json!("phone_wrote"), &json!(1_000))
    );
    assert_eq!(
        ask(&world, "GET", "/counters", Value::Null).await.1["reply_sent"],
        1
    );

    let rule = json!({ "method": "messages.sendMessage", "when": { "nth": 1 }, "action": { "flood_wait": { "seconds": 3 } } });
    assert_eq!(
        ask(&world, "POST", "/faults", rule).await.0,
        StatusCode::NO_CONTENT
    );
    assert!(world.fault(None, "messages.sendMessage").is_some());
    assert_eq!(ask(&world, "GET", "/faults", Value::Null).await.1[0]["struck"], 1);
    assert_eq!(
        ask(&world, "POST", "/reset-faults", Value::Null).await.0,
        StatusCode::NO_CONTENT
    );

    let person = json!({ "phone": "+79991110002", "first_name": "Олег", "persona": "busy" });
    assert_eq!(ask(&world, "POST", "/people", person).await.0, StatusCode::OK);
    let persona = json!({ "person": "+79991110002", "persona": "says_stop" });
    assert_eq!(
        ask(&world, "POST", "/personas", persona).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        world.by_phone("79991110002").unwrap().persona,
        Some(PersonaKind::SaysStop)
    );

    world.export_login_token(KeyId(4)).unwrap();
    let whose = json!({ "account": "+79990000001" });
    assert_eq!(
        ask(&world, "POST", "/qr-accept", whose.clone()).await.0,
        StatusCode::NO_CONTENT
    );
    world.export_login_token(KeyId(4)).unwrap();
    assert_eq!(ask(&world, "POST", "/revoke", whose).await.1["revoked"], 1);
    let unknown = json!({ "account": "+70000000000" });
    assert_eq!(
        ask(&world, "POST", "/revoke", unknown).await.0,
        StatusCode::NOT_FOUND
    );
}

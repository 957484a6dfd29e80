//! Single fields of services, staff and places: what is left out stays, `null` empties.

use serde_json::{Value, json};

use crate::crm::{made, place, service, trainer};
use crate::server::{Server, fields};

async fn changed(server: &Server, path: &str, change: Value) -> Value {
    let (status, body) = server.send("PATCH", path, &change).await;
    assert_eq!(status, 200, "{path} {change}: {body}");
    body
}

async fn refused(server: &Server, path: &str, change: Value) -> (u16, Vec<String>) {
    let (status, body) = server.send("PATCH", path, &change).await;
    (status, fields(&body))
}

#[tokio::test]
async fn a_service_changes_by_the_field() {
    let server = Server::open().await;
    let body = json!({"name": "Йога", "category": "группы", "direction": "fitness", "duration_minutes": 60,
        "price_minor": 80_000, "capacity": 10, "description": "для всех", "active": false});
    let id = made(&server, "/api/services", body).await;
    service(&server, "Пилатес", 90_000).await;
    let path = format!("/api/services/{id}");
    let before = server.get(&path).await.1;
    let after = changed(&server, &path, json!({"price_minor": 85_000})).await;
    for field in [
        "name",
        "category",
        "direction",
        "duration_minutes",
        "capacity",
        "description",
        "active",
        "created_at",
    ] {
        assert_eq!(after[field], before[field], "{field} stays");
    }
    assert_eq!(after["price"]["minor"], 85_000);
    let after = changed(
        &server,
        &path,
        json!({"category": null, "capacity": null, "description": " ", "active": true, "name": " Йога  вечером "}),
    )
    .await;
    assert_eq!(
        (
            &after["category"],
            &after["capacity"],
            &after["description"],
            &after["active"],
            &after["name"]
        ),
        (
            &Value::Null,
            &Value::Null,
            &Value::Null,
            &json!(true),
            &json!("Йога вечером")
        )
    );
    assert_eq!(after["price"]["minor"], 85_000);
    let unchanged = changed(&server, &path, json!({"name": null})).await;
    assert_eq!(unchanged["name"], "Йога вечером", "a name cannot be emptied");
    for (change, field) in [
        (json!({"name": "  "}), "name"),
        (json!({"duration_minutes": 0}), "duration_minutes"),
        (json!({"price_minor": -1}), "price_minor"),
        (json!({"capacity": 1_001}), "capacity"),
        (json!({"visits": 0}), "visits"),
        (json!({"period_days": 1_831}), "period_days"),
        (json!({"direction": "swimming"}), "direction"),
        (json!({"price": 1}), "price"),
        (json!({"active": "yes"}), "active"),
    ] {
        assert_eq!(
            refused(&server, &path, change.clone()).await,
            (422, vec![field.to_owned()]),
            "{change}"
        );
    }
    let (status, twice) = server.send("PATCH", &path, &json!({"name": "пилатес"})).await;
    assert_eq!((status, &twice["code"]), (409, &json!("name_taken")));
    assert_eq!(server.send("PATCH", "/api/services/999", &json!({})).await.0, 404);
}

#[tokio::test]
async fn a_trainer_changes_by_the_field() {
    let server = Server::open().await;
    let body = json!({"name": "Анна", "position": "тренер", "phone": "8 999 123-45-67", "directions": ["fitness", "kids"],
        "hours": [{"weekday": 1, "from_minute": 540, "to_minute": 1080}], "notes": "левша"});
    let id = made(&server, "/api/staff", body).await;
    let path = format!("/api/staff/{id}");
    let before = server.get(&path).await.1;
    let after = changed(&server, &path, json!({"position": "старший тренер"})).await;
    for field in ["name", "phone", "directions", "hours", "notes", "active"] {
        assert_eq!(after[field], before[field], "{field} stays");
    }
    let hours = json!([{"weekday": 2, "from_minute": 600, "to_minute": 720}]);
    let after = changed(
        &server,
        &path,
        json!({"hours": hours, "directions": [], "phone": null, "notes": null, "active": false}),
    )
    .await;
    assert_eq!(
        (
            &after["hours"],
            &after["directions"],
            &after["phone"],
            &after["notes"],
            &after["active"]
        ),
        (&hours, &json!([]), &Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(after["position"], "старший тренер");
    for (change, field) in [
        (json!({"phone": "12"}), "phone"),
        (json!({"directions": ["swimming"]}), "directions[0]"),
        (
            json!({"hours": [{"weekday": 8, "from_minute": 0, "to_minute": 60}]}),
            "hours[0].weekday",
        ),
        (
            json!({"hours": [{"weekday": 1, "from_minute": 0, "to_minute": 60}, {"weekday": 1, "from_minute": 30, "to_minute": 90}]}),
            "hours[1]",
        ),
    ] {
        assert_eq!(
            refused(&server, &path, change.clone()).await,
            (422, vec![field.to_owned()]),
            "{change}"
        );
    }
    assert_eq!(server.get(&path).await.1["hours"], hours, "nothing is half done");
}

#[tokio::test]
async fn a_place_changes_by_the_field_and_two_changes_at_once_both_hold() {
    let server = Server::open().await;
    let id = place(&server, "Стол 1").await;
    trainer(&server, "Анна").await;
    let path = format!("/api/places/{id}");
    let (one, other) = (json!({"price_day_minor": 100_000}), json!({"capacity": 4}));
    let (first, second) = tokio::join!(
        server.send("PATCH", &path, &one),
        server.send("PATCH", &path, &other)
    );
    assert_eq!((first.0, second.0), (200, 200));
    let after = changed(&server, &path, json!({"kind": "hall", "price_hour_minor": null})).await;
    assert_eq!(
        (
            &after["kind"],
            &after["capacity"],
            &after["price_hour"],
            &after["price_day"]["minor"],
            &after["direction"]
        ),
        (
            &json!("hall"),
            &json!(4),
            &Value::Null,
            &json!(100_000),
            &json!("coworking")
        )
    );
    for (change, field) in [
        (json!({"kind": "pool"}), "kind"),
        (json!({"capacity": 0}), "capacity"),
        (json!({"price_month_minor": -5}), "price_month_minor"),
    ] {
        assert_eq!(
            refused(&server, &path, change.clone()).await,
            (422, vec![field.to_owned()]),
            "{change}"
        );
    }
}

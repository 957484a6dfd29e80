//! What this Alfa says of itself.

use crate::server::Server;
use serde_json::json;

#[tokio::test]
async fn it_says_which_mode_whose_time_and_what_is_wrong() {
    let server = Server::with(&[("QUIET_HOURS", "22:30-08:00"), ("ALFA_TIMEZONE", "Asia/Tashkent")]).await;
    let (status, about) = server.get("/api/system").await;
    assert_eq!(
        (status, &about["mode"], &about["closed"]),
        (200, &json!("sandbox"), &json!(false)),
        "{about}"
    );
    assert_eq!(about["quiet_hours"], "22:30-08:00");
    assert_eq!(
        (&about["time_zone"], &about["currency"]),
        (&json!("Asia/Tashkent"), &json!("RUB"))
    );
    assert_eq!(about["degraded"][0]["code"], "no_account");
    let text = about["degraded"][0]["text"].as_str().expect("words");
    assert!(text.contains("account") && text != "no_account", "{text}");
}

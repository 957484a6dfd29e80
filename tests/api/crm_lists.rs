//! Lists of payments and bookings: their sums, their order, their kinds.

use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

use crate::crm::{client, made, place, service, session};
use crate::server::{Server, fields};

/// 2026-03-23T09:00:00Z, a Monday.
const NOW: UnixMillis = UnixMillis(1_774_256_400_000);

async fn server() -> Server {
    let (clock, _) = Clock::at(NOW, 1);
    Server::at(&[("ALFA_TIMEZONE", "Europe/Moscow")], clock).await
}

async fn pay(server: &Server, client_id: i64, amount_minor: i64, more: Value) -> i64 {
    let mut body = json!({"client_id": client_id, "amount_minor": amount_minor, "method": "card"});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    made(server, "/api/payments", body).await
}

/// The ids of a list, two rows at a time.
async fn walked(server: &Server, path: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut page = path.to_owned();
    loop {
        let (status, body) = server.get(&page).await;
        assert_eq!(status, 200, "{body}");
        let items = body["items"].as_array().expect("items");
        ids.extend(items.iter().map(|item| item["id"].as_i64().expect("id")));
        match body["next_cursor"].as_str() {
            Some(cursor) => page = format!("{path}&cursor={cursor}"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn payments_tell_what_they_come_to_and_those_without_a_day_are_in_every_order() {
    let server = server().await;
    let (anna, boris) = (client(&server, "Анна").await, client(&server, "Борис").await);
    let early = pay(&server, anna, 10_000, json!({"paid_at": "2026-03-20T10:00:00Z"})).await;
    let first_pending = pay(&server, anna, 7_000, json!({"status": "pending"})).await;
    let late = pay(&server, anna, 50_000, json!({"paid_at": "2026-03-23T08:00:00Z"})).await;
    let second_pending = pay(&server, boris, 900, json!({"status": "pending"})).await;
    let middle = pay(&server, boris, 3_000, json!({"paid_at": "2026-03-21T10:00:00Z"})).await;
    let third_pending = pay(&server, boris, 1, json!({"status": "pending"})).await;
    let (status, refund) = server
        .post(
            &format!("/api/payments/{late}/refund"),
            json!({"amount_minor": 20_000}),
        )
        .await;
    assert_eq!(status, 201, "{refund}");
    let refund = refund["id"].as_i64().expect("id");
    let failed = pay(&server, anna, 444, json!({"status": "pending"})).await;
    let change = json!({"status": "failed"});
    assert_eq!(
        server
            .send("PATCH", &format!("/api/payments/{failed}"), &change)
            .await
            .0,
        200
    );

    let sums = async |query: &str| {
        let (status, sums) = server.get(&format!("/api/payments/sums{query}")).await;
        assert_eq!(status, 200, "{sums}");
        ["paid", "refunded", "net", "pending"].map(|field| sums[field]["minor"].as_i64().expect("an amount"))
    };
    assert_eq!(sums("").await, [63_000, 20_000, 43_000, 7_901]);
    assert_eq!(
        sums(&format!("?client_id={anna}")).await,
        [60_000, 20_000, 40_000, 7_000]
    );
    assert_eq!(
        sums("?from_day=2026-03-21&to_day=2026-03-22").await,
        [3_000, 0, 3_000, 0]
    );
    assert_eq!(sums("?status=pending").await, [0, 0, 0, 7_901]);
    assert_eq!(sums("?kind=refund").await, [0, 20_000, -20_000, 0]);
    assert_eq!(sums("?method=cash").await, [0, 0, 0, 0]);
    assert_eq!(
        fields(&server.get("/api/payments/sums?client_id=0").await.1),
        ["client_id"]
    );
    assert_eq!(
        fields(&server.get("/api/payments/sums?day=today").await.1),
        ["day"]
    );

    let undated = [failed, third_pending, second_pending, first_pending];
    let dated = [refund, late, middle, early];
    let latest_first: Vec<i64> = undated.into_iter().chain(dated).collect();
    for limit in [1, 2, 3, 4, 5, 50] {
        let path = format!("/api/payments?limit={limit}&sort=-paid_at");
        assert_eq!(walked(&server, &path).await, latest_first, "{limit}");
        let path = format!("/api/payments?limit={limit}&sort=paid_at");
        let earliest_first: Vec<i64> = latest_first.iter().rev().copied().collect();
        assert_eq!(walked(&server, &path).await, earliest_first, "{limit}");
    }
    let path = format!("/api/payments?limit=1&sort=-paid_at&client_id={boris}");
    assert_eq!(
        walked(&server, &path).await,
        [third_pending, second_pending, middle]
    );
    let path = "/api/payments?limit=1&sort=-paid_at&from_day=2026-03-21";
    assert_eq!(
        walked(&server, path).await,
        [refund, late, middle],
        "of days only what has one"
    );
}

#[tokio::test]
async fn bookings_of_sessions_and_of_places_are_told_apart() {
    let server = server().await;
    let anna = client(&server, "Анна").await;
    let yoga = service(&server, "Йога", 80_000).await;
    let evening = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-23T15:00:00Z"}),
    )
    .await;
    let seat = json!({"client_id": anna, "session_id": evening});
    let seat = made(&server, "/api/schedule/bookings", seat).await;
    let desk = json!({"client_id": anna, "place_id": place(&server, "Стол 1").await,
        "starts_at": "2026-03-24T09:00:00Z", "ends_at": "2026-03-24T10:00:00Z"});
    let desk = made(&server, "/api/schedule/bookings", desk).await;
    for (kind, id) in [("session", seat), ("place", desk)] {
        let list = server.get(&format!("/api/schedule/bookings?kind={kind}")).await.1;
        assert_eq!(
            (&list["total"], &list["items"][0]["id"]),
            (&json!(1), &json!(id)),
            "{kind}"
        );
    }
    let bad = server.get("/api/schedule/bookings?kind=desk").await;
    assert_eq!((bad.0, fields(&bad.1)), (422, vec!["kind".to_owned()]));
}

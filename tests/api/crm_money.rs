//! Payments, refunds, debts and the summary agree, on days of 23 and 25 hours too.

use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

use crate::crm::{client, service, session};
use crate::server::{Server, fields};

/// 2026-03-30T08:00:00Z: a Monday; the day before had 23 hours in Berlin.
const NOW: UnixMillis = UnixMillis(1_774_857_600_000);
const ZONE: &[(&str, &str)] = &[("ALFA_TIMEZONE", "Europe/Berlin")];

async fn pay(server: &Server, body: Value) -> Value {
    let (status, paid) = server.post("/api/payments", body).await;
    assert_eq!(status, 201, "{paid}");
    paid
}

#[tokio::test]
async fn revenue_is_payments_less_refunds_by_the_business_day() {
    let (clock, _) = Clock::at(NOW, 1);
    let server = Server::at(ZONE, clock).await;
    let anna = client(&server, "Анна").await;
    // Berlin: Saturday 23:59, Sunday's first and last minute (23 hours apart), Monday's first minute.
    for (paid_at, amount_minor, day) in [
        ("2026-03-28T22:59:00Z", 1, "2026-03-28"),
        ("2026-03-28T23:00:00Z", 10, "2026-03-29"),
        ("2026-03-29T21:59:00Z", 100, "2026-03-29"),
        ("2026-03-29T22:00:00Z", 1_000, "2026-03-30"),
    ] {
        let body =
            json!({"client_id": anna, "amount_minor": amount_minor, "method": "card", "paid_at": paid_at});
        assert_eq!(pay(&server, body).await["day"], day);
    }
    let net = async |what: &str| server.get("/api/dashboard/summary").await.1[what]["net"]["minor"].clone();
    assert_eq!(net("revenue_today").await, 1_000);
    assert_eq!(net("revenue_week").await, 1_000, "the week began today");
    assert_eq!(net("revenue_month").await, 1_111);
    let by_day = server.get("/api/dashboard/summary").await.1["revenue_by_day"].clone();
    let by_day = by_day.as_array().expect("days");
    assert_eq!(
        (by_day.len(), &by_day[28]["day"], &by_day[28]["net"]["minor"]),
        (30, &json!("2026-03-29"), &json!(110))
    );
    let (status, refund) = server
        .post(
            "/api/payments/4/refund",
            json!({"amount_minor": 300, "method": "cash"}),
        )
        .await;
    assert_eq!(
        (status, &refund["refund_of"], &refund["kind"]),
        (201, &json!(4), &json!("refund")),
        "{refund}"
    );
    assert_eq!(net("revenue_today").await, 700);
    let (status, body) = server
        .post("/api/payments/4/refund", json!({"amount_minor": 701}))
        .await;
    assert_eq!(
        (status, &body["code"], &body["left_minor"]),
        (409, &json!("not_refundable"), &json!(700))
    );
    let (status, rest) = server.post("/api/payments/4/refund", Value::Null).await;
    assert_eq!(
        (status, &rest["amount"]["minor"]),
        (201, &json!(700)),
        "everything that is left"
    );
    assert_eq!(net("revenue_today").await, 0);
    assert_eq!(server.post("/api/payments/4/refund", Value::Null).await.0, 409);
    assert_eq!(
        server
            .post(&format!("/api/payments/{}/refund", refund["id"]), Value::Null)
            .await
            .0,
        409,
        "of a refund"
    );
    let path = format!("/api/payments/{}", rest["id"]);
    let (status, slip) = server.send("PATCH", &path, &json!({"status": "cancelled"})).await;
    assert_eq!((status, &slip["status"]), (200, &json!("cancelled")));
    assert_eq!(net("revenue_today").await, 700);
    assert_eq!(server.get("/api/payments/4").await.1["refunded"]["minor"], 300);
    assert_eq!(
        server
            .send("PATCH", "/api/payments/4", &json!({"status": "cancelled"}))
            .await
            .0,
        409
    );
    assert_eq!(
        server.get("/api/payments?kind=refund&status=completed").await.1["total"],
        1
    );
    assert_eq!(
        server
            .get("/api/payments?from_day=2026-03-29&to_day=2026-03-29")
            .await
            .1["total"],
        2
    );
    assert_eq!(
        server.get(&format!("/api/clients/{anna}")).await.1["paid"]["minor"],
        811
    );
}

#[tokio::test]
async fn a_payment_settles_what_it_is_for() {
    let (clock, _) = Clock::at(NOW, 1);
    let server = Server::at(ZONE, clock).await;
    let yoga = service(&server, "Йога", 80_000).await;
    let (anna, boris) = (client(&server, "Анна").await, client(&server, "Борис").await);
    let at = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-30T07:00:00Z", "capacity": 3}),
    )
    .await;
    let (_, booked) = server
        .post(
            "/api/schedule/bookings",
            json!({"client_id": anna, "session_id": at}),
        )
        .await;
    let id = booked["id"].as_i64().expect("id");
    let summary = server.get("/api/dashboard/summary").await.1;
    assert_eq!(
        (&summary["debtors"], &summary["debt"]["minor"]),
        (&json!(1), &json!(80_000)),
        "it has begun"
    );
    let wrong = json!({"booking_id": id, "client_id": boris, "amount_minor": 1, "method": "cash"});
    assert_eq!(
        fields(&server.post("/api/payments", wrong).await.1),
        ["client_id"]
    );
    let part = pay(
        &server,
        json!({"booking_id": id, "amount_minor": 30_000, "method": "cash"}),
    )
    .await;
    assert_eq!(
        (&part["client"]["id"], &part["service"]["id"]),
        (&json!(anna), &json!(yoga)),
        "it follows"
    );
    let booking = async || server.get(&format!("/api/schedule/bookings/{id}")).await.1;
    assert_eq!(booking().await["owed"]["minor"], 50_000);
    let later = pay(
        &server,
        json!({"booking_id": id, "amount_minor": 50_000, "method": "transfer", "status": "pending"}),
    )
    .await;
    assert_eq!(booking().await["status"], "booked", "it is not there yet");
    let path = format!("/api/payments/{}", later["id"]);
    assert_eq!(
        server
            .send("PATCH", &path, &json!({"status": "completed"}))
            .await
            .1["day"],
        "2026-03-30"
    );
    assert_eq!(booking().await["status"], "paid");
    assert_eq!(server.get("/api/clients?debtors=true").await.1["total"], 0);
    server.post(&format!("{path}/refund"), Value::Null).await;
    assert_eq!(booking().await["status"], "booked");
    assert_eq!(
        server.get("/api/clients?debtors=true").await.1["items"][0]["id"],
        anna
    );
    for (body, field) in [
        (json!({"amount_minor": 0, "method": "cash"}), "amount_minor"),
        (json!({"amount_minor": 1, "method": "barter"}), "method"),
        (
            json!({"amount_minor": 1, "method": "cash", "paid_at": "2027-01-01T00:00:00Z"}),
            "paid_at",
        ),
        (
            json!({"amount_minor": 1, "method": "cash", "status": "failed"}),
            "status",
        ),
        (
            json!({"amount_minor": 1, "method": "cash", "booking_id": 77}),
            "booking_id",
        ),
        (json!({"amount_minor": 1.5, "method": "cash"}), "amount_minor"),
    ] {
        let (status, refused) = server.post("/api/payments", body).await;
        assert_eq!(
            (status, fields(&refused)),
            (422, vec![field.to_owned()]),
            "{refused}"
        );
    }
    // The person goes; what was paid stays.
    let contact = server.get(&format!("/api/clients/{anna}")).await.1["contact_id"].clone();
    let gone = server
        .request("DELETE", &format!("/api/contacts/{contact}"))
        .send()
        .await
        .expect("answered");
    assert_eq!(gone.status(), 204);
    let summary = server.get("/api/dashboard/summary").await.1;
    assert_eq!(
        (
            &summary["revenue_today"]["net"]["minor"],
            &summary["total_clients"],
            &summary["debtors"]
        ),
        (&json!(30_000), &json!(1), &json!(0))
    );
    assert_eq!(booking().await["client"], Value::Null);
}

#[tokio::test]
async fn another_time_zone_makes_the_days_anew() {
    let (clock, _) = Clock::at(NOW, 1);
    let server = Server::at(ZONE, clock).await;
    pay(
        &server,
        json!({"amount_minor": 5, "method": "cash", "paid_at": "2026-03-29T21:30:00Z"}),
    )
    .await;
    assert_eq!(server.get("/api/payments/1").await.1["day"], "2026-03-29");
    let server = server.again(&[("ALFA_TIMEZONE", "Asia/Vladivostok")]).await;
    assert_eq!(server.get("/api/payments/1").await.1["day"], "2026-03-30");
}

#[tokio::test]
async fn what_is_paid_is_not_paid_a_second_time() {
    let (clock, _) = Clock::at(NOW, 1);
    let server = Server::at(ZONE, clock).await;
    let anna = client(&server, "Анна").await;
    let yoga = service(&server, "Йога", 90_000).await;
    let class = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-31T08:00:00Z", "capacity": 5}),
    )
    .await;
    let (_, booking) = server
        .post(
            "/api/schedule/bookings",
            json!({"client_id": anna, "session_id": class}),
        )
        .await;
    let half = json!({"booking_id": booking["id"], "amount_minor": 45_000, "method": "cash"});
    // Two at the desk, and a third.
    pay(&server, half.clone()).await;
    pay(&server, half.clone()).await;
    let (status, refused) = server.post("/api/payments", half).await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("already_paid")),
        "{refused}"
    );
    let (_, list) = server.get("/api/payments").await;
    assert_eq!(list["total"], 2);
}

#[tokio::test]
async fn impossible_years_are_refused_by_field() {
    let (clock, _) = Clock::at(NOW, 1);
    let server = Server::at(ZONE, clock).await;
    let anna = client(&server, "Анна").await;
    let long_ago =
        json!({"client_id": anna, "amount_minor": 1, "method": "cash", "paid_at": "0001-01-01T00:00:00Z"});
    let (status, body) = server.post("/api/payments", long_ago).await;
    assert_eq!(
        (status, fields(&body)),
        (422, vec!["paid_at".to_owned()]),
        "{body}"
    );
    let unborn = json!({"contact": {"name": "Вера", "phone": "+79990001122"}, "birth_date": "2026-03-31"});
    let (status, body) = server.post("/api/clients", unborn).await;
    assert_eq!(
        (status, fields(&body)),
        (422, vec!["birth_date".to_owned()]),
        "{body}"
    );
}

//! Two contacts who are clients are made one: everything of both hangs on the one card, and no figure changes.

use serde_json::{Value, json};

use alfa::clock::Clock;
use alfa_store::UnixMillis;

use crate::crm::{made, place, service, session};
use crate::server::Server;

/// 2026-03-23T09:00:00Z, a Monday.
const NOW: UnixMillis = UnixMillis(1_774_256_400_000);

async fn server() -> Server {
    let (clock, _) = Clock::at(NOW, 1);
    Server::at(&[("ALFA_TIMEZONE", "Europe/Moscow")], clock).await
}

/// A contact with a client card: the ids of both.
async fn client(server: &Server, name: &str, phone: &str, card: Value) -> (i64, i64) {
    let contact_id = server.contact(name, phone).await;
    let mut body = card;
    body["contact_id"] = json!(contact_id);
    (contact_id, made(server, "/api/clients", body).await)
}

async fn book(server: &Server, client_id: i64, session_id: i64) -> i64 {
    let body = json!({"client_id": client_id, "session_id": session_id});
    made(server, "/api/schedule/bookings", body).await
}

async fn pay(server: &Server, booking_id: i64, amount_minor: i64) -> i64 {
    let body = json!({"booking_id": booking_id, "amount_minor": amount_minor, "method": "card"});
    made(server, "/api/payments", body).await
}

async fn mark(server: &Server, booking_id: i64, status: &str) {
    let path = format!("/api/schedule/bookings/{booking_id}/status");
    let (code, body) = server.post(&path, json!({"status": status})).await;
    assert_eq!(code, 200, "{body}");
}

async fn total(server: &Server, path: &str) -> i64 {
    let (status, list) = server.get(path).await;
    assert_eq!(status, 200, "{list}");
    list["total"].as_i64().expect("total")
}

#[tokio::test]
async fn what_both_clients_had_is_the_ones_and_no_figure_changes() {
    let server = server().await;
    let (yoga, desk) = (
        service(&server, "Йога", 80_000).await,
        place(&server, "Стол 1").await,
    );
    let (contact, kept) = client(
        &server,
        "Анна Ёлкина",
        "+79990000001",
        json!({"contract_number": "Д-1", "notes": "любит утро"}),
    )
    .await;
    let (other, gone) = client(
        &server,
        "Анна Елкина",
        "+79990000002",
        json!({"contract_number": "Д-2", "source": "instagram", "birth_date": "1990-01-02",
            "notes": "просила звонить", "contraindications": "колено"}),
    )
    .await;
    let at = |hour: u8, capacity: u8| {
        json!({"service_id": yoga, "capacity": capacity,
        "starts_at": format!("2026-03-23T{hour}:00:00Z")})
    };
    let (first, second) = (
        session(&server, at(10, 5)).await,
        session(&server, at(12, 5)).await,
    );
    // One visit of each; the second is paid in part. A desk, a subscription and a payment without a booking are the
    // second card's.
    mark(&server, book(&server, kept, first).await, "attended").await;
    let attended = book(&server, gone, second).await;
    pay(&server, attended, 30_000).await;
    mark(&server, attended, "attended").await;
    let desk_for = json!({"client_id": gone, "place_id": desk, "starts_at": "2026-03-24T09:00:00Z",
        "ends_at": "2026-03-24T10:00:00Z"});
    made(&server, "/api/schedule/bookings", desk_for).await;
    let sold = json!({"client_id": gone, "starts_on": "2026-03-23", "ends_on": "2026-04-22", "visits": 8,
        "price_minor": 500_000});
    made(&server, "/api/subscriptions", sold).await;
    let paid = json!({"client_id": gone, "amount_minor": 10_000, "method": "cash"});
    made(&server, "/api/payments", paid).await;
    let summary = server.get("/api/dashboard/summary").await.1;
    let debts: i64 = debt(&server, kept).await + debt(&server, gone).await;

    let path = format!("/api/contacts/{contact}/merge");
    let (status, one) = server.post(&path, json!({"with": other})).await;
    assert_eq!((status, &one["id"]), (200, &json!(contact)), "{one}");
    assert_eq!(one["extra"]["contract number 2"], "Д-2", "{one}");

    assert_eq!(server.get(&format!("/api/clients/{gone}")).await.0, 404);
    let card = server.get(&format!("/api/clients/{kept}")).await.1;
    assert_eq!(
        (
            &card["visits"],
            &card["status"],
            &card["contract_number"],
            &card["source"],
            &card["birth_date"]
        ),
        (
            &json!(2),
            &json!("active"),
            &json!("Д-1"),
            &json!("instagram"),
            &json!("1990-01-02")
        ),
        "{card}"
    );
    assert_eq!(
        (&card["notes"], &card["contraindications"]),
        (&json!("любит утро\nпросила звонить"), &json!("колено"))
    );
    for (path, number) in [
        ("/api/schedule/bookings", 3),
        ("/api/subscriptions", 1),
        ("/api/payments", 2),
    ] {
        assert_eq!(
            total(&server, &format!("{path}?client_id={kept}")).await,
            number,
            "{path}"
        );
        assert_eq!(
            total(&server, path).await,
            number,
            "{path}: nothing is left without its client"
        );
    }
    assert_eq!(debt(&server, kept).await, debts);
    let after = server.get("/api/dashboard/summary").await.1;
    for field in [
        "revenue_today",
        "revenue_week",
        "revenue_month",
        "today_bookings",
        "available_slots_today",
    ] {
        assert_eq!(after[field], summary[field], "{field}");
    }
    assert_eq!(
        (
            &summary["total_clients"],
            &after["total_clients"],
            &after["new_clients_today"]
        ),
        (&json!(2), &json!(1), &json!(1)),
        "{after}"
    );
    let again = session(&server, at(15, 1)).await;
    let booked = book(&server, kept, again).await;
    pay(&server, booked, 80_000).await;
    assert_eq!(debt(&server, kept).await, debts, "the one goes on as a client");
}

async fn debt(server: &Server, id: i64) -> i64 {
    let card = server.get(&format!("/api/clients/{id}")).await.1;
    card["debt"]["minor"].as_i64().expect("debt")
}

#[tokio::test]
async fn of_two_seats_in_one_session_the_one_without_a_payment_is_given_back() {
    let server = server().await;
    let yoga = service(&server, "Йога", 80_000).await;
    let evening = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-23T15:00:00Z", "capacity": 2}),
    )
    .await;
    let (contact, kept) = client(&server, "Анна", "+79990000001", json!({})).await;
    let (other, gone) = client(&server, "Аня", "+79990000002", json!({})).await;
    let (_, boris) = client(&server, "Борис", "+79990000003", json!({})).await;
    let own = book(&server, kept, evening).await;
    let paid = book(&server, gone, evening).await;
    pay(&server, paid, 80_000).await;
    let wait = json!({"client_id": boris, "session_id": evening, "wait": true});
    assert_eq!(server.post("/api/schedule/bookings", wait).await.0, 202);

    let path = format!("/api/contacts/{contact}/merge");
    let (status, body) = server.post(&path, json!({"with": other})).await;
    assert_eq!(status, 200, "{body}");
    let booking = async |id: i64| server.get(&format!("/api/schedule/bookings/{id}")).await.1;
    assert_eq!(booking(own).await["status"], "cancelled");
    let stays = booking(paid).await;
    assert_eq!(
        (
            &stays["status"],
            &stays["client"]["id"],
            &stays["client"]["contact_id"]
        ),
        (&json!("paid"), &json!(kept), &json!(contact)),
        "{stays}"
    );
    let seats = format!("/api/schedule/bookings?session_id={evening}&client_id={boris}");
    assert_eq!(
        total(&server, &seats).await,
        1,
        "the seat went to the one who waited"
    );
}

#[tokio::test]
async fn two_paid_seats_in_one_session_are_for_a_person_to_settle() {
    let server = server().await;
    let yoga = service(&server, "Йога", 80_000).await;
    let evening = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-23T15:00:00Z", "capacity": 2}),
    )
    .await;
    let (contact, kept) = client(&server, "Анна", "+79990000001", json!({})).await;
    let (other, gone) = client(&server, "Аня", "+79990000002", json!({})).await;
    for id in [kept, gone] {
        pay(&server, book(&server, id, evening).await, 80_000).await;
    }
    let path = format!("/api/contacts/{contact}/merge");
    let (status, refused) = server.post_in("ru", &path, &json!({"with": other})).await;
    assert_eq!(
        (status, &refused["code"], &refused["conflict"]["session_id"]),
        (409, &json!("both_booked"), &json!(evening))
    );
    assert_eq!(
        refused["detail"],
        "Обоих записали на «Йога» (23.03.2026, 18:00–19:00), и за обоих уже заплачено или отмечено посещение. \
         Сначала отмените одну из двух записей, затем объедините контакты."
    );
    assert_eq!(total(&server, "/api/clients").await, 2);
    assert_eq!(
        total(&server, &format!("/api/payments?client_id={gone}")).await,
        1,
        "nothing is half done"
    );
}

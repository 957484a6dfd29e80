//! The schedule: sessions, bookings, the waiting list, subscriptions, what is free.

use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

use crate::crm::{client, made, place, service, session, trainer};
use crate::server::{Server, fields};

/// 2026-03-23T09:00:00Z, the Monday before clocks go forward in Berlin.
const NOW: UnixMillis = UnixMillis(1_774_256_400_000);

async fn server() -> Server {
    let (clock, _) = Clock::at(NOW, 1);
    Server::at(&[("ALFA_TIMEZONE", "Europe/Berlin")], clock).await
}

async fn book(server: &Server, client_id: i64, session_id: i64) -> (u16, Value) {
    let body = json!({"client_id": client_id, "session_id": session_id});
    server.post("/api/schedule/bookings", body).await
}

async fn mark(server: &Server, booking: i64, status: &str) -> (u16, Value) {
    let path = format!("/api/schedule/bookings/{booking}/status");
    server.post(&path, json!({"status": status})).await
}

#[tokio::test]
async fn a_weekly_series_keeps_its_time_and_takes_its_trainer() {
    let server = server().await;
    let (yoga, anna) = (
        service(&server, "Йога", 80_000).await,
        trainer(&server, "Анна").await,
    );
    let body = json!({"service_id": yoga, "staff_id": anna, "starts_at": "2026-03-26T17:00:00Z",
        "capacity": 5, "repeat_until": "2026-04-09"});
    let (status, made) = server.post("/api/schedule/sessions", body.clone()).await;
    assert_eq!(status, 201, "{made}");
    let items = made["items"].as_array().expect("items");
    let starts: Vec<&Value> = items.iter().map(|row| &row["starts_at"]).collect();
    // 18:00 in Berlin before and after the clocks change.
    assert_eq!(
        starts,
        [
            "2026-03-26T17:00:00.000Z",
            "2026-04-02T16:00:00.000Z",
            "2026-04-09T16:00:00.000Z"
        ]
    );
    assert!(items.iter().all(|row| row["series_id"] == items[0]["id"]));
    let (status, refused) = server.post("/api/schedule/sessions", body).await;
    assert_eq!(
        (status, &refused["code"], &refused["detail"]),
        (
            409,
            &json!("staff_taken"),
            &json!(
                "Анна holds “Йога” until 19:00 (26.03.2026, 18:00–19:00). Choose another time or another trainer."
            )
        )
    );
    assert_eq!(
        refused["conflict"],
        json!({"kind": "staff", "id": anna, "name": "Анна", "taken_by": "Йога", "session_id": items[0]["id"],
            "booking_id": null, "starts_at": "2026-03-26T17:00:00.000Z", "ends_at": "2026-03-26T18:00:00.000Z"})
    );
    assert_eq!(
        server.get("/api/schedule/sessions").await.1["total"],
        3,
        "all or none"
    );
    let free = server
        .get(&format!("/api/schedule/free?day=2026-04-02&staff_id={anna}"))
        .await
        .1;
    assert_eq!(free["seats"], 5, "{free}");
    assert_eq!(free["staff"][0]["free"].as_array().expect("free").len(), 2);
    let id = items[1]["id"].as_i64().expect("id");
    let path = format!("/api/schedule/sessions/{id}");
    let (status, moved) = server
        .send("PATCH", &path, &json!({"starts_at": "2026-04-02T09:30:00Z"}))
        .await;
    assert_eq!(
        (status, &moved["ends_at"]),
        (200, &json!("2026-04-02T10:30:00.000Z")),
        "{moved}"
    );
    let onto = json!({"starts_at": "2026-04-09T16:30:00Z"});
    assert_eq!(server.send("PATCH", &path, &onto).await.0, 409);
    assert_eq!(
        server.get(&path).await.1["starts_at"],
        "2026-04-02T09:30:00.000Z",
        "it stays where it was"
    );
    for (body, field) in [
        (
            json!({"service_id": yoga, "starts_at": "2026-04-02T09:30:20Z"}),
            "starts_at",
        ),
        (json!({"service_id": yoga, "starts_at": "soon"}), "starts_at"),
        (
            json!({"service_id": 99, "starts_at": "2026-04-02T09:30:00Z"}),
            "service_id",
        ),
        (
            json!({"service_id": yoga, "starts_at": "2026-04-02T09:30:00Z", "ends_at": "2026-04-02T09:00:00Z"}),
            "ends_at",
        ),
        (
            json!({"service_id": yoga, "starts_at": "2026-04-02T09:30:00Z", "repeat_until": "2036-04-02"}),
            "repeat_until",
        ),
    ] {
        let (status, refused) = server.post("/api/schedule/sessions", body).await;
        assert_eq!((status, fields(&refused)), (422, vec![field.to_owned()]));
    }
}

#[tokio::test]
async fn a_freed_seat_goes_to_the_first_who_waits() {
    let server = server().await;
    let yoga = service(&server, "Йога", 80_000).await;
    let at = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2026-03-23T18:00:00Z", "capacity": 1}),
    )
    .await;
    let mut clients = Vec::new();
    for name in ["Анна", "Борис", "Вера"] {
        clients.push(client(&server, name).await);
    }
    let (status, first) = book(&server, clients[0], at).await;
    assert_eq!(
        (status, &first["status"], &first["owed"]["minor"]),
        (201, &json!("booked"), &json!(80_000))
    );
    let twice = book(&server, clients[0], at).await.1;
    assert_eq!(
        (&twice["code"], &twice["detail"], &twice["conflict"]["booking_id"]),
        (
            &json!("already_booked"),
            &json!("Анна has a seat in this session already: “Йога”, 23.03.2026, 19:00–20:00."),
            &first["id"]
        )
    );
    let full = book(&server, clients[1], at).await.1;
    assert_eq!(
        (
            &full["code"],
            &full["detail"],
            &full["conflict"]["kind"],
            &full["waiting"]
        ),
        (
            &json!("session_full"),
            &json!(
                "“Йога”, 23.03.2026, 19:00–20:00: no seat is free (of 1 in all). The client can be put on the waiting list."
            ),
            &json!("session"),
            &json!(0)
        )
    );
    for (position, id) in [(1, clients[2]), (2, clients[1])] {
        let wait = json!({"client_id": id, "session_id": at, "wait": true});
        let (status, waits) = server.post("/api/schedule/bookings", wait.clone()).await;
        assert_eq!((status, &waits["position"]), (202, &json!(position)), "{waits}");
        assert_eq!(
            server.post("/api/schedule/bookings", wait).await.1["code"],
            "already_waiting"
        );
    }
    let booking = first["id"].as_i64().expect("id");
    let early = mark(&server, booking, "attended").await;
    assert_eq!(early.0, 200, "today is allowed: {}", early.1);
    assert_eq!(mark(&server, booking, "booked").await.0, 200, "a slip is undone");
    assert_eq!(mark(&server, booking, "paid").await.1["code"], "booking_status");
    let (status, gone) = mark(&server, booking, "cancelled").await;
    assert_eq!((status, &gone["owed"]["minor"]), (200, &json!(0)));
    assert_eq!(mark(&server, booking, "booked").await.0, 409);
    let seats = server
        .get(&format!("/api/schedule/bookings?session_id={at}&status=booked"))
        .await
        .1;
    assert_eq!(seats["items"][0]["client"]["id"], clients[2], "{seats}");
    let waiting = server
        .get(&format!("/api/schedule/sessions/{at}/waiting"))
        .await
        .1;
    assert_eq!(
        (&waiting["total"], &waiting["items"][0]["client"]["name"]),
        (&json!(1), &json!("Борис"))
    );
    let path = format!("/api/schedule/sessions/{at}");
    let (status, larger) = server.send("PATCH", &path, &json!({"capacity": 3})).await;
    assert_eq!(
        (status, &larger["seats_taken"]),
        (200, &json!(2)),
        "Борис got the new seat"
    );
    let smaller = server.send("PATCH", &path, &json!({"capacity": 1})).await.1;
    assert_eq!(fields(&smaller), ["capacity"]);
    let (status, cancelled) = server
        .post(&format!("{path}/cancel"), json!({"reason": "болезнь"}))
        .await;
    assert_eq!(
        (status, &cancelled["seats_taken"]),
        (200, &json!(0)),
        "{cancelled}"
    );
    assert_eq!(book(&server, clients[0], at).await.1["code"], "session_cancelled");
    assert_eq!(server.get("/api/dashboard/summary").await.1["today_bookings"], 0);
}

#[tokio::test]
async fn a_desk_is_booked_by_the_hour_and_moved() {
    let server = server().await;
    let (desk, other, anna) = (
        place(&server, "Стол 1").await,
        place(&server, "Стол 2").await,
        client(&server, "Анна").await,
    );
    let at =
        |from: &str, to: &str| json!({"client_id": anna, "place_id": desk, "starts_at": from, "ends_at": to});
    let body = at("2026-03-24T09:00:00Z", "2026-03-24T11:30:00Z");
    let (status, booked) = server.post("/api/schedule/bookings", body.clone()).await;
    assert_eq!(
        (status, &booked["price"]["minor"]),
        (201, &json!(90_000)),
        "three begun hours: {booked}"
    );
    let (status, refused) = server.post("/api/schedule/bookings", body).await;
    assert_eq!(
        (status, &refused["code"], &refused["conflict"]["booking_id"]),
        (409, &json!("place_taken"), &booked["id"])
    );
    assert_eq!(
        refused["detail"],
        "“Стол 1” is taken until 12:30: it is booked for Анна (24.03.2026, 10:00–12:30). \
         Choose another time or place."
    );
    let yoga = service(&server, "Йога", 80_000).await;
    let held = json!({"service_id": yoga, "place_id": other, "starts_at": "2026-03-27T17:00:00Z"});
    session(&server, held).await;
    let onto_yoga = json!({"client_id": anna, "place_id": other, "starts_at": "2026-03-27T17:30:00Z",
        "ends_at": "2026-03-27T19:30:00Z"});
    let refused = server.post_in("ru", "/api/schedule/bookings", &onto_yoga).await.1;
    assert_eq!(
        refused["detail"],
        "Место «Стол 2» занято до 19:00: там занятие «Йога» (27.03.2026, 18:00–19:00). \
         Выберите другое время или место."
    );
    let next = at("2026-03-24T11:30:00Z", "2026-03-24T12:30:00Z");
    assert_eq!(
        server.post("/api/schedule/bookings", next).await.0,
        201,
        "the next may begin then"
    );
    let path = format!("/api/schedule/bookings/{}", booked["id"]);
    let onto = json!({"starts_at": "2026-03-24T10:00:00Z"});
    assert_eq!(server.send("PATCH", &path, &onto).await.1["code"], "place_taken");
    let elsewhere = json!({"starts_at": "2026-03-24T10:00:00Z", "place_id": other});
    let (status, moved) = server.send("PATCH", &path, &elsewhere).await;
    assert_eq!(
        (status, &moved["place"]["name"], &moved["ends_at"]),
        (200, &json!("Стол 2"), &json!("2026-03-24T12:30:00.000Z"))
    );
    let free = server
        .get("/api/schedule/free?from=2026-03-24T09:00:00Z&to=2026-03-24T13:00:00Z&minutes=60")
        .await
        .1;
    let names: Vec<&Value> = free["places"]
        .as_array()
        .expect("places")
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["Стол 1", "Стол 2"], "{free}");
    assert_eq!(free["places"][0]["free"][0]["to"], "2026-03-24T11:30:00.000Z");
    let missing = json!({"client_id": anna, "place_id": desk});
    assert_eq!(
        fields(&server.post("/api/schedule/bookings", missing).await.1),
        ["starts_at", "ends_at"]
    );
    let both = json!({"client_id": anna, "place_id": desk, "session_id": 1});
    assert_eq!(
        fields(&server.post("/api/schedule/bookings", both).await.1),
        ["session_id"]
    );
    assert_eq!(
        fields(&server.get("/api/schedule/free?from=2026-03-24T09:00:00Z").await.1),
        ["to"]
    );
}

#[tokio::test]
async fn a_subscription_pays_for_visits_until_none_is_left() {
    let server = server().await;
    let yoga = service(&server, "Йога", 80_000).await;
    let plan = json!({"name": "Абонемент на 2", "direction": "fitness", "duration_minutes": 60,
        "price_minor": 150_000, "visits": 2, "period_days": 30});
    let plan = made(&server, "/api/services", plan).await;
    let anna = client(&server, "Анна").await;
    let (status, sold) = server
        .post(
            "/api/subscriptions",
            json!({"client_id": anna, "service_id": plan, "number": "А-1"}),
        )
        .await;
    assert_eq!(
        (
            status,
            &sold["ends_on"],
            &sold["visits_left"],
            &sold["owed"]["minor"],
            &sold["standing"]
        ),
        (
            201,
            &json!("2026-04-21"),
            &json!(2),
            &json!(150_000),
            &json!("active")
        ),
        "{sold}"
    );
    let id = sold["id"].as_i64().expect("id");
    let mut bookings = Vec::new();
    for (day, expected) in [(23, 201), (24, 201), (25, 409)] {
        let starts_at = format!("2026-03-{day}T18:00:00Z");
        let at = session(
            &server,
            json!({"service_id": yoga, "starts_at": starts_at, "capacity": 3}),
        )
        .await;
        let body = json!({"client_id": anna, "session_id": at, "use_subscription": true});
        let (status, booked) = server.post("/api/schedule/bookings", body).await;
        assert_eq!(status, expected, "{booked}");
        bookings.push(booked);
    }
    assert_eq!(bookings[2]["code"], "no_visit_left");
    let used_up = async || server.get("/api/subscriptions?used_up=true").await.1["total"].clone();
    assert_eq!(used_up().await, 1);
    assert_eq!(
        (&bookings[0]["status"], &bookings[0]["subscription_id"]),
        (&json!("paid"), &json!(id))
    );
    mark(&server, bookings[1]["id"].as_i64().expect("id"), "cancelled").await;
    let path = format!("/api/subscriptions/{id}");
    assert_eq!(server.get(&path).await.1["visits_left"], 1, "the visit came back");
    assert_eq!(used_up().await, 0);
    mark(&server, bookings[0]["id"].as_i64().expect("id"), "attended").await;
    let card = server.get(&format!("/api/clients/{anna}")).await.1;
    assert_eq!(
        (
            &card["visits"],
            &card["status"],
            &card["debt"]["minor"],
            &card["last_visit_on"]
        ),
        (&json!(1), &json!("active"), &json!(150_000), &json!("2026-03-23"))
    );
    let (status, frozen) = server
        .post(
            &format!("{path}/freeze"),
            json!({"from": "2026-03-25", "to": "2026-03-31"}),
        )
        .await;
    assert_eq!(
        (status, &frozen["ends_on"]),
        (200, &json!("2026-04-28")),
        "{frozen}"
    );
    let again = json!({"from": "2026-03-31", "to": "2026-04-02"});
    assert_eq!(
        server.post(&format!("{path}/freeze"), again).await.1["code"],
        "already_frozen"
    );
    assert_eq!(
        server.get("/api/subscriptions?active_on=2026-03-28").await.1["total"],
        0
    );
    assert_eq!(
        server.get("/api/subscriptions?active_on=2026-04-28").await.1["total"],
        1
    );
    let (status, thawed) = server.post(&format!("{path}/unfreeze"), Value::Null).await;
    assert_eq!(
        (status, &thawed["ends_on"], &thawed["freezes"]),
        (200, &json!("2026-04-21"), &json!([]))
    );
    let (status, gone) = server.post(&format!("{path}/cancel"), Value::Null).await;
    assert_eq!(
        (status, &gone["standing"], &gone["owed"]["minor"]),
        (200, &json!("cancelled"), &json!(0))
    );
    assert_eq!(server.post(&format!("{path}/cancel"), Value::Null).await.0, 409);
}

#[tokio::test]
async fn a_session_over_midnight_is_of_the_day_on_which_it_begins() {
    let server = server().await;
    let (yoga, hall) = (
        service(&server, "Йога", 80_000).await,
        place(&server, "Зал").await,
    );
    let shift = |from: i32, to: i32| json!({"weekday": 1, "from_minute": from, "to_minute": to});
    let night = json!({"name": "Анна", "directions": ["fitness"], "hours": [shift(22 * 60, 2 * 60)]});
    let anna = made(&server, "/api/staff", night).await;
    for (hours, field) in [
        (json!([shift(600, 600)]), "hours[0].to_minute"),
        (
            json!([shift(1_320, 120), {"weekday": 2, "from_minute": 60, "to_minute": 300}]),
            "hours[1]",
        ),
    ] {
        let change = json!({"hours": hours});
        let (status, refused) = server.send("PATCH", &format!("/api/staff/{anna}"), &change).await;
        assert_eq!(
            (status, fields(&refused)),
            (422, vec![field.to_owned()]),
            "{change}"
        );
    }
    // 23:30 of Monday to 00:30 of Tuesday in Berlin.
    let body = json!({"service_id": yoga, "staff_id": anna, "place_id": hall, "capacity": 3,
        "starts_at": "2026-03-23T22:30:00Z", "ends_at": "2026-03-23T23:30:00Z", "repeat_until": "2026-03-30"});
    let (status, series) = server.post("/api/schedule/sessions", body).await;
    assert_eq!(status, 201, "{series}");
    let (first, next) = (&series["items"][0], &series["items"][1]);
    assert_eq!(
        (&first["day"], &next["day"]),
        (&json!("2026-03-23"), &json!("2026-03-30"))
    );
    assert_eq!(
        (&next["starts_at"], &next["ends_at"]),
        (
            &json!("2026-03-30T21:30:00.000Z"),
            &json!("2026-03-30T22:30:00.000Z")
        ),
        "after the clocks went forward too"
    );
    let of_day = async |day: &str| {
        let path = format!("/api/schedule/sessions?from_day={day}&to_day={day}");
        server.get(&path).await.1["total"].clone()
    };
    assert_eq!(
        (of_day("2026-03-23").await, of_day("2026-03-24").await),
        (json!(1), json!(0))
    );
    // What begins before it ends is refused, on either side of midnight.
    for (starts_at, ends_at) in [
        ("2026-03-23T22:00:00Z", "2026-03-23T22:45:00Z"),
        ("2026-03-23T23:15:00Z", "2026-03-24T00:15:00Z"),
    ] {
        let body = json!({"service_id": yoga, "place_id": hall, "starts_at": starts_at, "ends_at": ends_at});
        let (status, refused) = server.post("/api/schedule/sessions", body).await;
        assert_eq!((status, &refused["code"]), (409, &json!("place_taken")));
        assert_eq!(
            refused["detail"],
            "“Зал” is taken until 24.03.2026 00:30: “Йога” is held there \
             (23.03.2026 23:30 – 24.03.2026 00:30). Choose another time or place."
        );
    }
    let free = server
        .get(&format!("/api/schedule/free?day=2026-03-24&staff_id={anna}"))
        .await
        .1;
    assert_eq!(
        free["staff"][0]["free"],
        json!([{"from": "2026-03-23T23:30:00.000Z", "to": "2026-03-24T01:00:00.000Z"}]),
        "the rest of the night after the session"
    );
    let pavel = client(&server, "Павел").await;
    let first = first["id"].as_i64().expect("id");
    let (status, booking) = book(&server, pavel, first).await;
    assert_eq!(
        (status, &booking["day"]),
        (201, &json!("2026-03-23")),
        "{booking}"
    );
    let summary = server.get("/api/dashboard/summary").await.1;
    assert_eq!(
        (&summary["today_bookings"], &summary["available_slots_today"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        mark(&server, booking["id"].as_i64().expect("id"), "attended")
            .await
            .0,
        200
    );
}

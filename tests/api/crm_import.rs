//! Tables of clients, services and payments: good rows are kept, bad ones are named, and a second time nothing is added.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::crm::{client, service, trainer};
use crate::server::{Server, answer, fields};

async fn send(server: &Server, path: &str, name: &str, bytes: Vec<u8>, dry_run: bool) -> (u16, Value) {
    let form = Form::new()
        .part("file", Part::bytes(bytes).file_name(name.to_owned()))
        .text("dry_run", dry_run.to_string());
    answer(
        server
            .request("POST", path)
            .multipart(form)
            .send()
            .await
            .expect("answered"),
    )
    .await
}

fn counts(report: &Value) -> [i64; 4] {
    ["total", "created", "unchanged", "skipped"].map(|name| report[name].as_i64().expect("a number"))
}

#[tokio::test]
async fn clients_come_from_a_table_and_only_once() {
    let server = Server::open().await;
    let known = server.contact("Ольга Ковалёва", "+79991234567").await;
    let csv = "ФИО;Телефон;Статус;Дата рождения;Договор;Любимый цвет\n\
        Ольга Ковалёва;8 999 123-45-67;активный;28.02.1990;Д-1;синий\n\
        Борис Берёзов;+79997654321;new;1985-01-05;Д-2;\n\
        Вера;12;новый;;Д-3;\n\
        Глеб;+79990000009;спящий;31.02.1990;;\n";
    let (status, seen) = send(&server, "/api/clients/import", "clients.csv", csv.into(), true).await;
    assert_eq!((status, &seen["dry_run"]), (200, &json!(true)), "{seen}");
    assert_eq!(
        server.get("/api/clients").await.1["total"],
        0,
        "a dry run writes nothing"
    );
    let (status, report) = send(&server, "/api/clients/import", "clients.csv", csv.into(), false).await;
    assert_eq!((status, counts(&report)), (200, [4, 2, 0, 2]), "{report}");
    assert_eq!(report["ignored_columns"], json!(["Любимый цвет"]));
    let told = |at: usize| {
        (
            report["errors"][at]["row"].clone(),
            report["errors"][at]["field"].clone(),
            report["errors"][at]["value"].clone(),
        )
    };
    assert_eq!(
        told(0),
        (json!(4), json!("contact.phone"), json!("12")),
        "{report}"
    );
    assert_eq!(
        told(1),
        (json!(5), json!("birth_date"), json!("31.02.1990")),
        "{report}"
    );
    let olga = server.get("/api/clients?search=ольга").await.1["items"][0].clone();
    assert_eq!(
        (&olga["contact_id"], &olga["status"], &olga["birth_date"]),
        (&json!(known), &json!("active"), &json!("1990-02-28")),
        "the contact that there was"
    );
    let (_, again) = send(&server, "/api/clients/import", "clients.csv", csv.into(), false).await;
    assert_eq!(counts(&again), [4, 0, 2, 2], "{again}");
    let exported = server
        .request("GET", "/api/clients/export?format=xlsx")
        .send()
        .await
        .expect("answered");
    let bytes = exported.bytes().await.expect("bytes").to_vec();
    let (status, back) = send(&server, "/api/clients/import", "clients.xlsx", bytes, false).await;
    assert_eq!(
        (status, counts(&back)),
        (200, [2, 0, 2, 0]),
        "our own file: {back}"
    );
    for (name, bytes, field) in [("empty.csv", "", "file"), ("strange.csv", "а;б\n1;2\n", "file")] {
        let (status, refused) = send(&server, "/api/clients/import", name, bytes.into(), false).await;
        assert_eq!(
            (status, fields(&refused)),
            (422, vec![field.to_owned()]),
            "{refused}"
        );
    }
    let keyed = async || {
        let form = Form::new().part("file", Part::bytes("имя\nДарья\n".as_bytes()).file_name("d.csv"));
        let request = server
            .request("POST", "/api/clients/import")
            .header("idempotency-key", "d-1");
        answer(request.multipart(form).send().await.expect("answered")).await
    };
    let first = keyed().await;
    assert_eq!((first.0, counts(&first.1)), (200, [1, 1, 0, 0]), "{}", first.1);
    assert_eq!(keyed().await, first, "a repeated request does nothing again");
    assert_eq!(server.get("/api/clients?search=дарья").await.1["total"], 1);
    let long = format!("name\n{}", "Анна\n".repeat(5_001));
    let (status, refused) = send(&server, "/api/clients/import", "long.csv", long.into(), false).await;
    assert_eq!(
        (status, fields(&refused)),
        (422, vec!["file".to_owned()]),
        "{refused}"
    );
}

#[tokio::test]
async fn the_catalogue_the_schedule_and_payments_come_from_tables() {
    let server = Server::open().await;
    let services =
        "Название,Цена,Длительность,Направление\nЙога,\"1 200,50\",60,fitness\nПлавание,дорого,45,fitness\n";
    let (_, report) = send(&server, "/api/services/import", "s.csv", services.into(), false).await;
    assert_eq!(counts(&report), [2, 1, 0, 1], "{report}");
    assert_eq!(report["errors"][0]["field"], "price_minor");
    assert_eq!(
        server.get("/api/services").await.1["items"][0]["price"]["minor"],
        120_050
    );
    let staff = "ФИО;Телефон;Направления\nАнна Смирнова;+79991112233;fitness\n";
    assert_eq!(
        counts(
            &send(&server, "/api/staff/import", "t.csv", staff.into(), false)
                .await
                .1
        ),
        [1, 1, 0, 0]
    );
    assert_eq!(
        counts(
            &send(&server, "/api/staff/import", "t.csv", staff.into(), false)
                .await
                .1
        ),
        [1, 0, 1, 0]
    );
    let places = "Название;Вид;Цена за час\nЗал 1;зал;500\n";
    assert_eq!(
        counts(
            &send(&server, "/api/places/import", "p.csv", places.into(), false)
                .await
                .1
        ),
        [1, 1, 0, 0]
    );
    let sessions = "Услуга;Тренер;Зал;Начало;Мест\nйога;анна смирнова;Зал 1;01.03.2031 10:00;5\n\
        йога;анна смирнова;;01.03.2031 10:30;5\nбокс;;;01.03.2031 10:30;5\n";
    let (_, report) = send(
        &server,
        "/api/schedule/sessions/import",
        "w.csv",
        sessions.into(),
        false,
    )
    .await;
    assert_eq!(counts(&report), [3, 1, 0, 2], "{report}");
    // Moscow time.
    assert_eq!(
        server.get("/api/schedule/sessions").await.1["items"][0]["starts_at"],
        "2031-03-01T07:00:00.000Z"
    );
    let anna = client(&server, "Анна").await;
    let bookings = format!("client;session_id\n{anna};1\n");
    assert_eq!(
        counts(
            &send(
                &server,
                "/api/schedule/bookings/import",
                "b.csv",
                bookings.clone().into(),
                false
            )
            .await
            .1
        ),
        [1, 1, 0, 0]
    );
    assert_eq!(
        counts(
            &send(
                &server,
                "/api/schedule/bookings/import",
                "b.csv",
                bookings.into(),
                false
            )
            .await
            .1
        ),
        [1, 0, 1, 0]
    );
    let subscriptions = "Клиент;Номер;Начало;Конец;Цена\nАнна;А-1;2031-01-01;2031-01-31;5000\n";
    assert_eq!(
        counts(
            &send(
                &server,
                "/api/subscriptions/import",
                "a.csv",
                subscriptions.into(),
                false
            )
            .await
            .1
        ),
        [1, 1, 0, 0]
    );
    client(&server, "Анна").await;
    let payments = "Клиент;Сумма;Способ;Дата;Номер\n1;800,5;наличные;01.03.2026 12:00;Ч-1\nАнна;1;карта;01.03.2026 12:00;Ч-2\n";
    let (_, report) = send(&server, "/api/payments/import", "m.csv", payments.into(), false).await;
    assert_eq!(counts(&report), [2, 1, 0, 1], "two have the name: {report}");
    let (_, again) = send(&server, "/api/payments/import", "m.csv", payments.into(), false).await;
    assert_eq!(counts(&again), [2, 0, 1, 1], "{again}");
    assert_eq!(
        server.get("/api/payments").await.1["items"][0]["amount"]["minor"],
        80_050
    );
    service(&server, "Бокс", 1).await;
    trainer(&server, "Анна Смирнова").await;
}

//! The CRM through the API: what it is made of, lists, files, refusals.

use crate::server::{Server, fields};
use serde_json::{Value, json};

/// Adds something and answers its id.
pub async fn made(server: &Server, path: &str, body: Value) -> i64 {
    let (status, answer) = server.post(path, body).await;
    assert_eq!(status, 201, "{path} {answer}");
    answer["id"].as_i64().expect("id")
}

pub async fn client(server: &Server, name: &str) -> i64 {
    made(server, "/api/clients", json!({"contact": {"name": name}})).await
}

pub async fn service(server: &Server, name: &str, price_minor: i64) -> i64 {
    let body =
        json!({"name": name, "direction": "fitness", "duration_minutes": 60, "price_minor": price_minor});
    made(server, "/api/services", body).await
}

pub async fn place(server: &Server, name: &str) -> i64 {
    let body = json!({"name": name, "kind": "desk", "direction": "coworking", "price_hour_minor": 30_000});
    made(server, "/api/places", body).await
}

pub async fn trainer(server: &Server, name: &str) -> i64 {
    made(
        server,
        "/api/staff",
        json!({"name": name, "directions": ["fitness"]}),
    )
    .await
}

/// Adds a session and answers its id.
pub async fn session(server: &Server, body: Value) -> i64 {
    let (status, answer) = server.post("/api/schedule/sessions", body).await;
    assert_eq!(status, 201, "{answer}");
    answer["items"][0]["id"].as_i64().expect("id")
}

#[tokio::test]
async fn a_client_is_made_of_a_contact_or_with_one_and_found_again() {
    let server = Server::open().await;
    let contact = server.contact("Ольга Ковалёва", "+79991234567").await;
    let body = json!({"contact_id": contact, "direction": "fitness", "birth_date": "1990-02-28",
        "contract_number": "Д-17", "source": "instagram"});
    let olga = made(&server, "/api/clients", body.clone()).await;
    let (status, again) = server.post("/api/clients", body).await;
    assert_eq!(
        (status, &again["code"], &again["client_id"]),
        (409, &json!("client_exists"), &json!(olga))
    );
    let both = json!({"contact_id": contact, "contact": {"name": "X"}});
    assert_eq!(fields(&server.post("/api/clients", both).await.1), ["contact_id"]);
    let bad = json!({"contact": {"name": "Пётр", "phone": "12"}, "direction": "swimming"});
    assert_eq!(
        fields(&server.post("/api/clients", bad).await.1),
        ["contact.phone"]
    );
    let bad = json!({"contact": {"name": "Пётр"}, "direction": "swimming"});
    assert_eq!(fields(&server.post("/api/clients", bad).await.1), ["direction"]);
    assert_eq!(
        server.get("/api/contacts").await.1["total"],
        1,
        "nothing is left half-done"
    );
    let bad = json!({"contact": {"name": "Пётр"}, "birth_date": "1990-02-30"});
    assert_eq!(fields(&server.post("/api/clients", bad).await.1), ["birth_date"]);
    let bad = json!({"contact_id": 999});
    assert_eq!(fields(&server.post("/api/clients", bad).await.1), ["contact_id"]);
    let new = json!({"contact": {"name": "Борис Берёзов", "phone": "8 999 765-43-21"}});
    let boris = made(&server, "/api/clients", new).await;
    let card = server.get(&format!("/api/clients/{olga}")).await.1;
    assert_eq!(
        (
            &card["name"],
            &card["status"],
            &card["birth_date"],
            &card["debt"]["minor"],
            &card["visits"]
        ),
        (
            &json!("Ольга Ковалёва"),
            &json!("new"),
            &json!("1990-02-28"),
            &json!(0),
            &json!(0)
        ),
        "{card}"
    );
    let found = async |query: &str| {
        let (status, page) = server.get(&format!("/api/clients?{query}")).await;
        assert_eq!(status, 200, "{query} {page}");
        let ids = page["items"].as_array().expect("items").iter();
        ids.map(|row| row["id"].as_i64().expect("id")).collect::<Vec<_>>()
    };
    assert_eq!(found("search=ковалев").await, [olga]);
    assert_eq!(found("search=%D0%94-17").await, [olga]);
    assert_eq!(found("search=%2B7999765").await, [boris]);
    assert_eq!(found("sort=name").await, [boris, olga]);
    assert_eq!(
        found("birthday_from=2000-02-20&birthday_to=2000-03-01").await,
        [olga]
    );
    assert_eq!(found("inactive_days=30&sort=id").await, [olga, boris]);
    assert_eq!(found("debtors=true").await, [0; 0]);
    let change = json!({"status": "active", "notes": "любит утро", "source": null});
    let (status, card) = server
        .send("PATCH", &format!("/api/clients/{olga}"), &change)
        .await;
    assert_eq!(
        (status, &card["status"], &card["source"]),
        (200, &json!("active"), &Value::Null)
    );
    assert_eq!(found("status=active").await, [olga]);
    let summary = server.get("/api/dashboard/summary").await.1;
    assert_eq!(
        (&summary["total_clients"], &summary["active_clients"]),
        (&json!(2), &json!(1))
    );
    let gone = server
        .request("DELETE", &format!("/api/clients/{boris}"))
        .send()
        .await
        .expect("answered");
    assert_eq!(gone.status(), 204);
    assert_eq!(
        server.get("/api/contacts").await.1["total"],
        2,
        "the contact stays"
    );
    assert_eq!(server.get("/api/clients").await.1["total"], 1);
}

#[tokio::test]
async fn the_catalogue_is_kept_and_what_is_used_stays() {
    let server = Server::open().await;
    let directions = server.get("/api/directions").await.1;
    assert_eq!(
        directions["items"][0],
        json!({"code": "fitness", "name": "Fitness", "position": 0})
    );
    let (status, own) = server
        .send(
            "PUT",
            "/api/directions/swimming",
            &json!({"name": "Бассейн", "position": 9}),
        )
        .await;
    assert_eq!((status, &own["name"]), (200, &json!("Бассейн")), "{own}");
    assert_eq!(
        fields(&server.send("PUT", "/api/directions/Пляж", &json!({})).await.1),
        ["code"]
    );
    let body = json!({"name": "Аквааэробика", "direction": "swimming", "duration_minutes": 45, "price_minor": 70_000});
    let aqua = made(&server, "/api/services", body.clone()).await;
    assert_eq!(server.post("/api/services", body).await.1["code"], "name_taken");
    let (status, body) = server
        .send("DELETE", "/api/directions/swimming", &json!({}))
        .await;
    assert_eq!((status, &body["code"]), (409, &json!("still_used")));
    let bad = json!({"name": " ", "duration_minutes": 0, "price_minor": -1});
    assert_eq!(
        fields(&server.post("/api/services", bad).await.1),
        ["name", "duration_minutes", "price_minor"]
    );
    let change =
        json!({"name": "Аквааэробика", "duration_minutes": 50, "price_minor": 75_000, "active": false});
    let (status, changed) = server
        .send("PUT", &format!("/api/services/{aqua}"), &change)
        .await;
    assert_eq!(
        (status, &changed["price"], &changed["direction"]),
        (
            200,
            &json!({"minor": 75_000, "currency": "RUB", "formatted": "750\u{a0}₽"}),
            &Value::Null
        )
    );
    assert_eq!(server.get("/api/services?active=true").await.1["total"], 0);
    let hours = json!([{"weekday": 1, "from_minute": 540, "to_minute": 720}, {"weekday": 1, "from_minute": 700, "to_minute": 800}]);
    let (status, body) = server
        .post("/api/staff", json!({"name": "Анна", "hours": hours}))
        .await;
    assert_eq!((status, fields(&body)), (422, vec!["hours[1]".to_owned()]));
    let anna = trainer(&server, "Анна Смирнова").await;
    trainer(&server, "Анна Смирнова").await;
    assert_eq!(
        server.get("/api/staff?search=смирн&direction=fitness").await.1["total"],
        2,
        "namesakes"
    );
    let yoga = service(&server, "Йога", 80_000).await;
    let at = json!({"service_id": yoga, "staff_id": anna, "starts_at": "2031-03-03T10:00:00Z"});
    session(&server, at).await;
    for (path, status) in [
        (format!("/api/services/{yoga}"), 409),
        (format!("/api/staff/{anna}"), 409),
        (format!("/api/services/{aqua}"), 204),
    ] {
        let answer = server.request("DELETE", &path).send().await.expect("answered");
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[tokio::test]
async fn every_list_comes_as_a_file() {
    let server = Server::open().await;
    client(&server, "=Анна").await;
    let yoga = service(&server, "Йога", 80_050).await;
    session(
        &server,
        json!({"service_id": yoga, "starts_at": "2031-03-03T10:00:00Z"}),
    )
    .await;
    for path in [
        "/api/clients",
        "/api/services",
        "/api/staff",
        "/api/places",
        "/api/schedule/sessions",
        "/api/schedule/bookings",
        "/api/subscriptions",
        "/api/payments",
    ] {
        let csv = server
            .request("GET", &format!("{path}/export"))
            .send()
            .await
            .expect("answered");
        assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8", "{path}");
        let text = csv.text().await.expect("text");
        assert!(text.starts_with("\u{feff}id,"), "{path} {text}");
        let xlsx = server
            .request("GET", &format!("{path}/export?format=xlsx"))
            .send()
            .await
            .expect("answered");
        let bytes = xlsx.bytes().await.expect("bytes");
        let book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes.to_vec()));
        let mut book = book.expect("a workbook");
        let range = calamine::Reader::worksheet_range_at(&mut book, 0)
            .expect("a sheet")
            .expect("read");
        let header = text
            .trim_start_matches('\u{feff}')
            .lines()
            .next()
            .expect("header");
        assert_eq!(range.width(), header.split(',').count(), "{path}");
        assert_eq!(range.height(), text.lines().count(), "{path}");
        assert_eq!(
            fields(&server.get(&format!("{path}/export?format=pdf")).await.1),
            ["format"]
        );
    }
    let text = server
        .request("GET", "/api/clients/export")
        .send()
        .await
        .expect("answered")
        .text()
        .await
        .expect("text");
    assert!(text.contains("'=Анна"), "no cell is computed: {text}");
    let text = server
        .request("GET", "/api/services/export")
        .send()
        .await
        .expect("answered")
        .text()
        .await
        .expect("text");
    assert!(text.contains(",800.5,"), "{text}");
}

#[tokio::test]
async fn a_repeated_request_does_nothing_again() {
    let server = Server::open().await;
    let anna = client(&server, "Анна").await;
    let pay = async || {
        let request = server
            .request("POST", "/api/payments")
            .header("idempotency-key", "till-7")
            .json(&json!({"client_id": anna, "amount_minor": 100, "method": "cash"}));
        crate::server::answer(request.send().await.expect("answered")).await
    };
    let first = pay().await;
    assert_eq!(first.0, 201);
    assert_eq!(pay().await, first);
    assert_eq!(server.get("/api/payments").await.1["total"], 1);
}

#[tokio::test]
async fn the_audit_log_is_looked_through_by_who_what_and_when() {
    let server = Server::open().await;
    let (anna, boris) = (client(&server, "Анна").await, client(&server, "Борис").await);
    trainer(&server, "Ольга").await;
    let found = async |query: &str| {
        let (status, page) = server.get(&format!("/api/audit?{query}")).await;
        assert_eq!(status, 200, "{page}");
        let items = page["items"].as_array().expect("items").clone();
        assert_eq!(page["total"], items.len());
        let subjects = items
            .iter()
            .map(|row| row["subject"].as_str().expect("text").to_owned());
        subjects.collect::<Vec<String>>()
    };
    let all = found("").await;
    assert_eq!(all.len(), 3, "{all:?}");
    let (of_anna, of_boris) = (format!("client:{anna}"), format!("client:{boris}"));
    assert_eq!(found("action=client").await, [of_boris.clone(), of_anna.clone()]);
    assert_eq!(found("action=client.create").await.len(), 2);
    assert_eq!(found("action=cli").await, Vec::<String>::new());
    assert_eq!(found(&format!("subject=client:{anna}")).await, [of_anna]);
    let actor = server.get("/api/audit").await.1["items"][0]["actor"].clone();
    assert_eq!(
        found(&format!("actor={}", actor.as_str().expect("text")))
            .await
            .len(),
        3
    );
    assert_eq!(found("actor=nobody").await.len(), 0);
    assert_eq!(found("to_day=2020-01-01").await.len(), 0);
    assert_eq!(
        found("from_day=2020-01-01&action=client&limit=500").await.len(),
        2
    );
    assert_eq!(server.get("/api/audit?from_day=yesterday").await.0, 422);
}

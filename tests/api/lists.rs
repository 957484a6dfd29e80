//! Lists page by key.

use crate::server::{Server, fields};

#[tokio::test]
async fn every_row_comes_once_and_a_cursor_fits_its_own_list() {
    let server = Server::open().await;
    for number in 0..7 {
        server
            .contact(&format!("Имя {number}"), &format!("+7999123456{number}"))
            .await;
    }
    let mut seen = Vec::new();
    let mut path = "/api/contacts?limit=3&sort=-name".to_owned();
    let mut cursors = Vec::new();
    loop {
        let (status, page) = server.get(&path).await;
        assert_eq!((status, page["total"].as_i64()), (200, Some(7)));
        let names = page["items"].as_array().expect("items").iter();
        seen.extend(names.map(|row| row["name"].as_str().expect("name").to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        cursors.push(cursor.to_owned());
        path = format!("/api/contacts?limit=3&sort=-name&cursor={cursor}");
    }
    let expected: Vec<String> = (0..7).rev().map(|number| format!("Имя {number}")).collect();
    assert_eq!(seen, expected);
    let stranger = [
        format!("/api/contacts?limit=3&sort=name&cursor={}", cursors[0]),
        format!("/api/contacts?search=x&sort=-name&cursor={}", cursors[0]),
        format!("/api/campaigns?cursor={}", cursors[0]),
        "/api/contacts?cursor=nonsense".to_owned(),
        "/api/messages/history?contact_id=1&cursor=e30".to_owned(),
    ];
    for path in stranger {
        let (status, body) = server.get(&path).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["cursor".to_owned()]),
            "{path} {body}"
        );
    }
}

#[tokio::test]
async fn contacts_are_found_changed_and_exported() {
    let server = Server::open().await;
    let id = server.contact("Мария Сидорова", "8 (999) 123-45-68").await;
    assert_eq!(server.get("/api/contacts?search=сидор").await.1["total"], 1);
    assert_eq!(server.get("/api/contacts?consent=none").await.1["total"], 0);
    let change = serde_json::json!({"profession": "Врач", "tags": ["vip", "vip"], "phone": null});
    let request = server
        .request("PUT", &format!("/api/contacts/{id}"))
        .json(&change);
    let (status, body) = crate::server::answer(request.send().await.expect("answered")).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        (&body["profession"], &body["phone"], &body["tags"], &body["name"]),
        (
            &"Врач".into(),
            &serde_json::Value::Null,
            &serde_json::json!(["vip"]),
            &"Мария Сидорова".into()
        )
    );
    let csv = server
        .request("GET", "/api/contacts/export?tag=vip")
        .send()
        .await
        .expect("answered");
    assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
    let text = csv.text().await.expect("text");
    assert!(
        text.starts_with("\u{feff}id,name,") && text.contains("Мария Сидорова"),
        "{text}"
    );
    let (status, body) = server
        .post(&format!("/api/contacts/{id}/opt-out"), serde_json::json!({}))
        .await;
    assert_eq!(
        (status, &body["consent"], &body["stage"]),
        (200, &"none".into(), &"opted_out".into()),
        "{body}"
    );
    let grant = serde_json::json!({"basis": "opt_in_form"});
    let (status, body) = server.post(&format!("/api/contacts/{id}/consent"), grant).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("consent_revoked")));
    let export = server.get(&format!("/api/contacts/{id}/export")).await.1;
    assert_eq!(export["consents"].as_array().expect("ledger").len(), 2);
    let gone = server
        .request("DELETE", &format!("/api/contacts/{id}"))
        .send()
        .await
        .expect("answered");
    assert_eq!(gone.status(), 204);
    assert_eq!(server.get(&format!("/api/contacts/{id}")).await.0, 404);
}

#[tokio::test]
async fn the_same_person_is_not_entered_twice() {
    let server = Server::open().await;
    let id = server.contact("Иван", "+79991234567").await;
    let again = serde_json::json!({"name": "Ваня", "phone": "8-999-123-45-67"});
    let (status, body) = server.post("/api/contacts/create", again).await;
    assert_eq!((status, body["contact_id"].as_i64()), (409, Some(id)), "{body}");
    let named = async |contact: serde_json::Value| {
        let (status, body) = server.post_in("ru", "/api/contacts/create", &contact).await;
        assert_eq!(status, 409, "{body}");
        body["detail"].as_str().expect("words").to_owned()
    };
    assert_eq!(
        named(serde_json::json!({"name": "Ваня", "phone": "+79991234567"})).await,
        format!("Контакт с таким телефоном уже есть: Иван (№ {id}). Измените его.")
    );
    let anna = serde_json::json!({"name": "Анна", "username": "anna_smith"});
    let id = crate::crm::made(&server, "/api/contacts/create", anna.clone()).await;
    assert_eq!(
        named(anna).await,
        format!("Контакт с таким @username уже есть: Анна (№ {id}). Измените его.")
    );
}

#[tokio::test]
async fn named_contacts_are_listed_and_exported() {
    let server = Server::open().await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(
            server
                .contact(&format!("Имя {number}"), &format!("+7999123450{number}"))
                .await,
        );
    }
    let query = format!("ids={},{}", ids[0], ids[2]);
    assert_eq!(server.get(&format!("/api/contacts?{query}")).await.1["total"], 2);
    let csv = server
        .request("GET", &format!("/api/contacts/export?{query}"))
        .send()
        .await
        .expect("answered");
    let text = csv.text().await.expect("text");
    assert!(
        text.contains("Имя 0") && text.contains("Имя 2") && !text.contains("Имя 1"),
        "{text}"
    );
    let many = vec!["1"; 1_001].join(",");
    for bad in ["", "a", "1,,2", "0", &many] {
        let (status, body) = server.get(&format!("/api/contacts?ids={bad}")).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["ids".to_owned()]),
            "{bad:.20}: {body}"
        );
    }
}

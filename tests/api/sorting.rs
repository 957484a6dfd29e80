//! Lists in an order that is asked for, page by page.

use alfa_store::groups::{self, NewGroup, NewMember};
use alfa_store::types::GroupKind;
use serde_json::{Value, json};

use crate::server::{Server, fields};

/// Everything of a list, two rows at a time: what stands in `field`, and the ids.
async fn walked(server: &Server, path: &str, field: &str) -> (Vec<Value>, Vec<i64>) {
    let (mut values, mut ids) = (Vec::new(), Vec::new());
    let mut page = path.to_owned();
    loop {
        let (status, body) = server.get(&page).await;
        assert_eq!(status, 200, "{body}");
        for item in body["items"].as_array().expect("items") {
            values.push(item[field].clone());
            ids.push(item["id"].as_i64().expect("id"));
        }
        match body["next_cursor"].as_str() {
            Some(cursor) => page = format!("{path}&cursor={cursor}"),
            None => return (values, ids),
        }
    }
}

#[tokio::test]
async fn campaigns_come_in_every_order_and_nobody_twice() {
    let server = Server::open().await;
    let contact = server.contact("Иван", "+79991234567").await;
    for name in ["Б", "А", "Б", "В", "А"] {
        let body = json!({"name": name, "contact_ids": [contact]});
        assert_eq!(server.post("/api/campaigns/create", body).await.0, 201);
    }
    for (sort, names, ids) in [
        ("name", ["А", "А", "Б", "Б", "В"], [2, 5, 1, 3, 4]),
        ("-name", ["В", "Б", "Б", "А", "А"], [4, 3, 1, 5, 2]),
        ("id", ["Б", "А", "Б", "В", "А"], [1, 2, 3, 4, 5]),
    ] {
        let path = format!("/api/campaigns?limit=2&sort={sort}");
        let names: Vec<Value> = names.iter().map(|name| json!(name)).collect();
        assert_eq!(
            walked(&server, &path, "name").await,
            (names, ids.to_vec()),
            "{sort}"
        );
    }
    let by_default = walked(&server, "/api/campaigns?limit=2", "name").await.1;
    assert_eq!(by_default, [5, 4, 3, 2, 1]);
    let first = server.get("/api/campaigns?limit=2&sort=name").await.1;
    let cursor = first["next_cursor"].as_str().expect("cursor").to_owned();
    let (status, body) = server
        .get(&format!("/api/campaigns?limit=2&sort=-name&cursor={cursor}"))
        .await;
    assert_eq!(
        (status, fields(&body)),
        (422, vec!["cursor".to_owned()]),
        "another order's cursor"
    );
}

#[tokio::test]
async fn groups_members_uploads_and_dialogs_are_sorted_too_and_strange_orders_are_refused() {
    let server = Server::open().await;
    let app = &server.app;
    let now = app.clock.now();
    let tx = app.begin().await.expect("begun");
    let group = |telegram_id, title: &str, members_count| NewGroup {
        telegram_id,
        access_hash: 1,
        title: title.to_owned(),
        username: None,
        kind: GroupKind::Supergroup,
        members_count,
    };
    let all = [group(1, "Б", 3), group(2, "А", 9), group(3, "В", 3)];
    groups::save(&tx, 1, &all, now).await.expect("saved");
    let member = |id, name: &str| NewMember {
        telegram_user_id: id,
        name: name.to_owned(),
        username: None,
    };
    let all = [member(1, "Борис"), member(2, "Анна"), member(3, "Вера")];
    groups::save_members(&tx, 1, &all, now).await.expect("saved");
    tx.commit().await.expect("committed");
    let groups = walked(
        &server,
        "/api/groups?limit=2&sort=-members_count",
        "members_count",
    )
    .await;
    assert_eq!(groups, (vec![json!(9), json!(3), json!(3)], vec![2, 3, 1]));
    let members = walked(&server, "/api/groups/1/members?limit=2&sort=name", "name").await;
    assert_eq!(members.0, [json!("Анна"), json!("Борис"), json!("Вера")]);

    for name in ["б.csv", "а.csv"] {
        let file = reqwest::multipart::Part::text("name,phone\nИван,+79991234567\n").file_name(name);
        let form = reqwest::multipart::Form::new().part("file", file);
        let request = server.request("POST", "/api/contacts/upload").multipart(form);
        assert_eq!(request.send().await.expect("answered").status(), 200);
    }
    let uploads = walked(&server, "/api/imports?limit=1&sort=file_name", "file_name").await;
    assert_eq!(uploads.1, [2, 1]);
    server.post("/api/imports/2/undo", Value::Null).await;
    let done = server.get("/api/imports?state=done").await.1;
    assert_eq!(
        (&done["total"], &done["items"][0]["id"]),
        (&json!(1), &json!(1)),
        "{done}"
    );
    assert_eq!(server.get("/api/dialogs?sort=-unread").await.0, 200);
    for path in [
        "/api/campaigns",
        "/api/groups",
        "/api/groups/1/members",
        "/api/imports",
        "/api/dialogs",
    ] {
        let (status, body) = server.get(&format!("{path}?sort=colour")).await;
        assert_eq!((status, fields(&body)), (422, vec!["sort".to_owned()]), "{path}");
    }
}

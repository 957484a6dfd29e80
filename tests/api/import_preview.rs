//! The look at a file before it is imported, and the choice of its columns.

use crate::server::{Server, answer, fields};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const STRANGE: &str =
    "Кто;Куда звонить;Запасной;Город\nВера;89991234567;89990000001;Тверь\nОлег;89991234568;;Тверь\n";

fn form(name: &str, bytes: impl Into<Vec<u8>>) -> Form {
    Form::new().part("file", Part::bytes(bytes.into()).file_name(name.to_owned()))
}

async fn send(server: &Server, path: &str, form: Form) -> (u16, Value) {
    let request = server.request("POST", path).multipart(form);
    answer(request.send().await.expect("answered")).await
}

async fn preview(server: &Server, form: Form) -> (u16, Value) {
    send(server, "/api/imports/preview", form).await
}

#[tokio::test]
async fn a_table_is_shown_with_what_its_columns_are_taken_for() {
    let server = Server::open().await;
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(STRANGE);
    let (status, body) = preview(&server, form("people.csv", bytes.into_owned())).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        (&body["format"], &body["encoding"], &body["delimiter"]),
        (&json!("csv"), &json!("windows-1251"), &json!(";")),
        "{body}"
    );
    assert_eq!(
        (&body["rows_looked_at"], &body["has_header"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(
        body["columns"][1],
        json!({"index": 1, "header": "Куда звонить", "field": "phone", "left_out": false, "samples": ["89991234567", "89991234568"]})
    );
    assert_eq!(
        body["columns"][3],
        json!({"index": 3, "header": "Город", "field": null, "left_out": false, "samples": ["Тверь"]})
    );
    let title = |name: &str| {
        let all = body["fields"].as_array().expect("fields");
        all.iter().find(|field| field["name"] == name).expect(name)["title"].clone()
    };
    assert_eq!((title("phone"), title("tags")), (json!("phone"), json!("tags")));
    let nothing = server.get("/api/contacts").await.1["total"].clone();
    let uploads = server.app.config.data_dir.join("uploads");
    assert_eq!(
        (nothing, std::fs::read_dir(uploads).expect("folder").count()),
        (json!(0), 0)
    );
    assert_eq!(server.get("/api/imports").await.1["total"], 0);
}

#[tokio::test]
async fn sheets_lists_and_files_without_a_header_are_shown() {
    let server = Server::open().await;
    let book = include_bytes!("../fixtures/contacts/floats.xlsx");
    let (status, body) = preview(&server, form("floats.xlsx", book.to_vec()).text("sheet", "ещё")).await;
    assert_eq!((status, &body["sheet"]), (200, &json!("Ещё")), "{body}");
    assert!(body["sheets"].as_array().expect("sheets").len() > 1, "{body}");
    assert!(
        body["encoding"].is_null() && body["delimiter"].is_null(),
        "{body}"
    );
    let (_, body) = preview(&server, form("list.txt", "+79991234567\n@vera_n\n")).await;
    assert_eq!(
        (&body["format"], &body["columns"][0]["field"]),
        (&json!("txt"), &json!("phone")),
        "{body}"
    );
    let (_, body) = preview(&server, form("bare.csv", "Вера,+79991234567\n")).await;
    assert_eq!(
        (&body["has_header"], &body["columns"][0]["header"]),
        (&json!(false), &json!("")),
        "{body}"
    );
    // Who the people are is not told by any column: they are shown, and the choice is the operator's.
    let (status, body) = preview(&server, form("cities.csv", "город,цвет\nТверь,синий\n")).await;
    assert_eq!(
        (status, &body["columns"][0]["field"]),
        (200, &Value::Null),
        "{body}"
    );
}

#[tokio::test]
async fn a_bad_preview_names_what_is_wrong() {
    let server = Server::open().await;
    let book = include_bytes!("../fixtures/contacts/floats.xlsx");
    let cases: Vec<(&str, Form)> = vec![
        ("file", Form::new().text("sheet", "1")),
        ("file", form("a.csv", "")),
        ("file", form("a.csv", "name,phone\n")),
        ("file", form("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())),
        (
            "sheet",
            form("floats.xlsx", book.to_vec()).text("sheet", "нет такого"),
        ),
        ("country", form("a.csv", STRANGE).text("country", "Atlantis")),
        ("consent", form("a.csv", STRANGE).text("consent", "none")),
    ];
    for (field, form) in cases {
        let (status, body) = preview(&server, form).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]), "{body}");
    }
    let plain = server.request("POST", "/api/imports/preview").json(&1);
    assert_eq!(answer(plain.send().await.expect("answered")).await.0, 415);
}

#[tokio::test]
async fn chosen_columns_are_imported_as_chosen() {
    let server = Server::open().await;
    let upload = async |columns: &str, background: bool| {
        let form = form("people.csv", STRANGE).text("columns", columns.to_owned());
        let path = format!("/api/contacts/upload?background={background}");
        send(&server, &path, form).await
    };
    let chosen = r#"{"0":"name","1":"extra","2":"phone","3":null}"#;
    let (status, body) = upload(chosen, false).await;
    assert_eq!(
        (status, &body["created"], &body["errors_total"]),
        (200, &json!(1), &json!(1)),
        "Oleg has no spare number: {body}"
    );
    let (_, list) = server.get("/api/contacts").await;
    let vera = &list["items"][0];
    assert_eq!(
        (&vera["name"], &vera["phone"], &vera["extra"]),
        (
            &json!("Вера"),
            &json!("+79990000001"),
            &json!({"Куда звонить": "89991234567"})
        ),
        "{vera}"
    );
    for bad in [
        "[]",
        "{",
        r#"{"9":"phone"}"#,
        r#"{"1":"shoe size"}"#,
        r#"{"1":"phone","2":"phone"}"#,
        r#"{"first":"phone"}"#,
    ] {
        let (status, body) = upload(bad, false).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["columns".to_owned()]),
            "{bad}: {body}"
        );
    }
    assert_eq!(server.get("/api/contacts").await.1["total"], 1);
    let (status, body) = upload(chosen, true).await;
    assert_eq!(status, 202, "a job keeps the choice: {body}");
}

//! The knowledge base as a file: out, in again, and every problem with its line.

use crate::server::{Server, answer, fields};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../../data/knowledge.sample.yaml");

async fn import(server: &Server, query: &str, yaml: impl Into<reqwest::Body>) -> (u16, Value) {
    let request = server.request("POST", &format!("/api/knowledge/import{query}"));
    let request = request.header("content-type", "application/yaml").body(yaml);
    answer(request.send().await.expect("answered")).await
}

async fn export(server: &Server) -> String {
    let response = server
        .request("GET", "/api/knowledge/export")
        .send()
        .await
        .expect("answered");
    assert_eq!(
        response.headers()["content-type"],
        "application/yaml; charset=utf-8"
    );
    let name = response.headers()["content-disposition"].to_str().expect("text");
    assert!(name.starts_with("attachment; filename=\"knowledge-"), "{name}");
    assert!(response.headers().contains_key("etag"));
    response.text().await.expect("text")
}

async fn versions(server: &Server) -> u64 {
    server.get("/api/knowledge/versions").await.1["total"]
        .as_u64()
        .expect("total")
}

#[tokio::test]
async fn what_is_exported_imports_back_unchanged() {
    let server = Server::open().await;
    let yaml = export(&server).await;
    let (status, body) = import(&server, "", yaml.clone()).await;
    assert_eq!(
        (
            status,
            &body["changed"],
            &body["changes_total"],
            &body["products"]
        ),
        (200, &json!(false), &json!(0), &json!(5)),
        "{body}"
    );
    assert_eq!((versions(&server).await, export(&server).await), (1, yaml));
}

#[tokio::test]
async fn an_import_says_what_it_changes_and_a_dry_run_changes_nothing() {
    let server = Server::open().await;
    let yaml = SAMPLE.replacen("sample: true", "sample: false", 1).replacen(
        "    points: 500\n",
        "    points: 501\n",
        1,
    );
    let (status, body) = import(&server, "?dry_run=true", yaml.clone()).await;
    let changes = json!([
        {"path": "products[id=1].points", "before": 500, "after": 501},
        {"path": "sample", "before": true, "after": false},
    ]);
    assert_eq!(
        (status, &body["changed"], &body["dry_run"], &body["changes"]),
        (200, &json!(true), &json!(true), &changes),
        "{body}"
    );
    assert_eq!(
        (
            versions(&server).await,
            &server.get("/api/knowledge/program").await.1["sample"]
        ),
        (1, &json!(true))
    );
    let form = Form::new().part("file", Part::text(yaml).file_name("base.yaml"));
    let request = server.request("POST", "/api/knowledge/import").multipart(form);
    let (status, body) = answer(request.send().await.expect("answered")).await;
    assert_eq!(
        (status, &body["changes"], &body["sample"]),
        (200, &changes, &json!(false)),
        "{body}"
    );
    assert_eq!(
        (
            versions(&server).await,
            &server.get("/api/knowledge/program").await.1["sample"]
        ),
        (2, &json!(false))
    );
    let newest = server.get("/api/knowledge/versions").await.1["items"][0].clone();
    assert_eq!(
        (&newest["source"], &newest["action"]),
        (&json!("file"), &json!("imported"))
    );
}

#[tokio::test]
async fn every_problem_has_its_line_and_nothing_is_changed() {
    let server = Server::open().await;
    let broken = SAMPLE
        .replacen("link: https://example.com/sample/credit-card", "link: example", 1)
        .replacen("max_points: 999\n", "max_points: 990\n", 1);
    let line = |of: &str| broken.lines().position(|line| line.contains(of)).expect("there") + 1;
    let (status, problem) = import(&server, "", broken.clone()).await;
    assert_eq!(status, 422, "{problem}");
    let told: Vec<_> = problem["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| {
            (
                error["field"].as_str().expect("field"),
                error["line"].as_u64().expect("line"),
            )
        })
        .collect();
    let gap = broken
        .lines()
        .position(|line| line.contains("min_points: 1000"))
        .expect("there")
        + 1;
    assert_eq!(
        told,
        [
            ("program.levels[1].min_points", gap as u64),
            ("products[0].link", line("link: example") as u64)
        ]
    );
    let russian = server
        .client
        .post(format!("{}/api/knowledge/import", server.address));
    let russian = russian
        .header("accept-language", "ru")
        .header("content-type", "application/yaml")
        .body(broken);
    let (_, problem) = answer(russian.send().await.expect("answered")).await;
    assert!(
        problem["errors"][1]["message"]
            .as_str()
            .expect("text")
            .contains("ссылк"),
        "{problem}"
    );

    let cases = [
        (
            SAMPLE.replacen("    points: 500\n", "    colour: red\n    points: 500\n", 1),
            "products[0].colour",
            "colour: red",
        ),
        (
            SAMPLE.replacen("    points: 500\n", "    points: many\n", 1),
            "products[0].points",
            "points: many",
        ),
        (
            SAMPLE.replacen("        bound: up_to\n", "        bound: under\n", 1),
            "products[0].facts[0].bound",
            "bound: under",
        ),
        (
            SAMPLE.replacen("        value: 7\n", "        value: .inf\n", 1),
            "products[0].facts[0].value",
            "value: .inf",
        ),
        (
            SAMPLE.replacen("schema: 1\n", "schema: 1\nschema: 1\n", 1),
            "schema",
            "schema: 1",
        ),
    ];
    for (yaml, field, of) in cases {
        let (status, problem) = import(&server, "", yaml.clone()).await;
        assert_eq!(status, 422, "{of} {problem}");
        assert!(
            fields(&problem)
                .iter()
                .any(|named| named == field || field == "schema"),
            "{of} {problem}"
        );
        let near = yaml.lines().position(|line| line.contains(of)).expect("there") as i64 + 1;
        let line = problem["errors"][0]["line"].as_i64().expect("line");
        assert!((line - near).abs() <= 1, "{of} {problem}");
    }
    for bad in ["", "[", "just words", "a: b", "\u{0}"] {
        let (status, problem) = import(&server, "", bad).await;
        assert_eq!(status, 422, "{bad:?} {problem}");
    }
    let (status, problem) = import(&server, "", vec![0xff, 0xfe]).await;
    assert_eq!((status, fields(&problem)), (422, vec!["file".to_owned()]));
    assert_eq!(versions(&server).await, 1);
}

#[tokio::test]
async fn the_request_is_strict_and_bounded() {
    let server = Server::open().await;
    let large = format!("# {}\n{SAMPLE}", "x".repeat(4 * 1024 * 1024));
    assert_eq!(import(&server, "", large.clone()).await.0, 413);
    // A file between a plain body's bound and its own.
    let fits = format!("# {}\n{SAMPLE}", "x".repeat(2 * 1024 * 1024));
    assert_eq!(import(&server, "", fits).await.0, 200);
    assert_eq!(fields(&import(&server, "?x=1", SAMPLE).await.1), ["x"]);
    assert_eq!(
        fields(&import(&server, "?dry_run=perhaps", SAMPLE).await.1),
        ["dry_run"]
    );
    let send = async |form: Form| {
        let request = server.request("POST", "/api/knowledge/import").multipart(form);
        answer(request.send().await.expect("answered")).await
    };
    let file = |text: &str| Part::text(text.to_owned()).file_name("base.yaml");
    assert_eq!(send(Form::new().part("file", file(&large))).await.0, 413);
    assert_eq!(
        fields(&send(Form::new().text("dry_run", "true")).await.1),
        ["dry_run"]
    );
    let twice = Form::new().part("file", file(SAMPLE)).part("file", file(SAMPLE));
    assert_eq!(fields(&send(twice).await.1), ["file"]);
    let json = server.request("POST", "/api/knowledge/import").json(&json!({}));
    assert_eq!(answer(json.send().await.expect("answered")).await.0, 415);
    let stale = server
        .request("POST", "/api/knowledge/import")
        .header("if-match", "\"99\"");
    let stale = stale.header("content-type", "application/yaml").body(SAMPLE);
    assert_eq!(answer(stale.send().await.expect("answered")).await.0, 412);
}

#[tokio::test]
async fn an_import_with_a_key_is_done_once() {
    let server = Server::open().await;
    let changed = SAMPLE.replacen("    points: 500\n", "    points: 501\n", 1);
    let ask = async |text: String, plain: bool| {
        let request = server.request("POST", "/api/knowledge/import");
        let request = request.header("idempotency-key", if plain { "plain" } else { "form" });
        let request = if plain {
            request.header("content-type", "application/yaml").body(text)
        } else {
            request.multipart(Form::new().part("file", Part::text(text).file_name("b.yaml")))
        };
        answer(request.send().await.expect("answered")).await
    };
    for plain in [true, false] {
        let before = versions(&server).await;
        let first = ask(changed.clone(), plain).await;
        assert_eq!(first.0, 200, "{}", first.1);
        // Something else comes between: the answer is the first one's all the same.
        import(&server, "", SAMPLE).await;
        assert_eq!(ask(changed.clone(), plain).await, first);
        assert_eq!(versions(&server).await, before + 2);
        assert_eq!(ask(SAMPLE.to_owned(), plain).await.0, 409);
    }
}

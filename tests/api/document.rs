//! The OpenAPI document: checked in, and the same as the route map.

use crate::server::Server;
use alfa::api::router::{ROUTES, document};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// `ALFA_UPDATE_DOCUMENT=1 cargo test --test api` writes the file anew.
#[test]
fn the_checked_in_document_is_the_present_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    let present = document();
    if std::env::var_os("ALFA_UPDATE_DOCUMENT").is_some() {
        std::fs::create_dir_all(path.parent().expect("folder")).expect("made");
        std::fs::write(&path, &present).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == present,
        "docs/openapi.json is old: ALFA_UPDATE_DOCUMENT=1 cargo test --test api document"
    );
}

#[test]
fn the_document_and_the_map_say_the_same() {
    let document: Value = serde_json::from_str(&document()).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    let mut documented = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("item") {
            documented.insert((method.to_uppercase(), path.clone()));
            assert!(operation["summary"].is_string(), "{method} {path} says nothing");
            assert!(!operation.to_string().contains("# Errors"), "{method} {path}");
            let name = operation["operationId"].as_str().expect("named").to_owned();
            assert!(names.insert(name.clone()), "{name} is there twice");
        }
    }
    let mapped: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(documented, mapped);
    assert_eq!(mapped.len(), ROUTES.len());
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(&document()).expect("JSON");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 100);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("inside");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn the_server_serves_it() {
    let server = Server::open().await;
    let (status, body) = server.get("/openapi.json").await;
    assert_eq!((status, &body["info"]["title"]), (200, &"Alfa".into()));
}

//! Every text that the product asks the catalogue for is there.

use alfa::text::{Lang, text};
use std::path::Path;

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("listed") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(std::fs::read_to_string(&path).expect("read"));
        }
    }
}

#[test]
fn every_message_has_its_words() {
    let mut files = Vec::new();
    for folder in ["src", "crates/store/src"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    let mut keys = Vec::new();
    for file in &files {
        let code = file.split("#[cfg(test)]").next().unwrap_or_default();
        for call in [
            "Message::new(\"",
            "expected(\"",
            "AppError::not_found(\"",
            "NotFound { what: \"",
            "StoreError::NotFound(\"",
        ] {
            for part in code.split(call).skip(1) {
                let key = part.split('"').next().unwrap_or_default();
                keys.push(if call.contains("ound") {
                    format!("error.{}_not_found", key.replace(' ', "_"))
                } else {
                    key.to_owned()
                });
            }
        }
    }
    assert!(keys.len() > 60, "{}", keys.len());
    keys.extend(
        [
            400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 429, 500, 502, 503,
        ]
        .map(|s| format!("api.title_{s}")),
    );
    keys.extend([400, 404, 405, 408, 413, 415, 422, 500, 503].map(|status| format!("api.detail_{status}")));
    keys.extend(
        [
            "contact", "campaign", "message", "group", "import", "job", "account", "user",
        ]
        .map(|n| format!("error.{n}_not_found")),
    );
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| {
            key.contains('.')
                && [Lang::Ru, Lang::En]
                    .iter()
                    .any(|lang| text(*lang, key, &[]) == **key)
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

//! A draft that was written ahead, and the fact that it tells expires before it is sent.

use serde_json::{Value, json};

use crate::product::Product;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_whose_fact_expired_is_written_anew() {
    let product = Product::start(&[]).await;
    let person = json!({"name": "Евлампия", "phone": "+79991230002", "profession": "Врач"});
    let contact = product.post("/api/contacts/create", person).await["id"]
        .as_i64()
        .unwrap();
    let campaign =
        json!({"name": "Наперёд", "product_id": 3, "approval": "manual", "contact_ids": [contact]});
    let id = product.post("/api/campaigns/create", campaign).await["id"]
        .as_i64()
        .unwrap();
    product
        .post(&format!("/api/campaigns/{id}/initiate-dialogs"), json!({}))
        .await;
    let path = format!("/api/campaigns/{id}/drafts");
    let drafted = || async {
        product.get(&path).await["items"]
            .as_array()
            .unwrap()
            .first()
            .cloned()
    };
    product.until(|| async { drafted().await.is_some() }).await;
    let before = drafted().await.unwrap();
    let told: Vec<String> = before["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["attribute"].as_str().unwrap().to_owned())
        .collect();
    assert!(!told.is_empty(), "{before}");

    // All that it told ends; the rest of the product still holds.
    let mut facts = product.get("/api/knowledge/products/3").await["facts"].clone();
    for fact in facts.as_array_mut().unwrap() {
        if told
            .iter()
            .any(|attribute| fact["attribute"] == attribute.as_str())
        {
            fact["valid_to"] = json!("2026-01-02");
        }
    }
    product
        .patch("/api/knowledge/products/3", json!({ "facts": facts }))
        .await;
    product
        .post(&format!("/api/campaigns/{id}/approve"), json!({}))
        .await;
    product
        .until(|| async {
            drafted()
                .await
                .is_some_and(|draft| draft["text"] != before["text"])
        })
        .await;
    let after = drafted().await.unwrap();
    let still = after["facts"].as_array().unwrap();
    assert!(
        still
            .iter()
            .all(|fact| !told.iter().any(|old| fact["attribute"] == old.as_str())),
        "{after}"
    );
    let sent = |texts: Vec<String>| texts.len();
    assert_eq!(sent(product.texts(contact, "out").await), 0, "nothing has left");
    product
        .post(&format!("/api/campaigns/{id}/approve"), json!({}))
        .await;
    product
        .until(|| async { product.texts(contact, "out").await.len() == 1 })
        .await;
    assert_eq!(
        Value::String(product.texts(contact, "out").await[0].clone()),
        after["text"]
    );
    product.stop().await;
}

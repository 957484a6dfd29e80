//! A draft that was written ahead, and before it is sent a fact that it tells expires or is changed.

use serde_json::{Value, json};

use crate::product::Product;

/// A campaign whose draft waits for approval.
struct Waiting {
    product: Product,
    contact: i64,
    campaign: i64,
    before: Value,
}

impl Waiting {
    async fn start() -> Self {
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
        let mut waiting = Self {
            product,
            contact,
            campaign: id,
            before: Value::Null,
        };
        waiting
            .product
            .until(|| async { waiting.draft().await.is_some() })
            .await;
        waiting.before = waiting.draft().await.unwrap();
        assert!(!waiting.told().is_empty(), "{}", waiting.before);
        waiting
    }

    async fn draft(&self) -> Option<Value> {
        let path = format!("/api/campaigns/{}/drafts", self.campaign);
        self.product.get(&path).await["items"]
            .as_array()
            .unwrap()
            .first()
            .cloned()
    }

    /// The attributes that the first draft tells.
    fn told(&self) -> Vec<String> {
        let facts = self.before["facts"].as_array().unwrap().iter();
        facts
            .map(|fact| fact["attribute"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Changes each fact that the draft tells.
    async fn change_told(&self, change: impl Fn(&mut Value)) {
        let told = self.told();
        let mut facts = self.product.get("/api/knowledge/products/3").await["facts"].clone();
        for fact in facts.as_array_mut().unwrap() {
            if told
                .iter()
                .any(|attribute| fact["attribute"] == attribute.as_str())
            {
                change(fact);
            }
        }
        self.product
            .patch("/api/knowledge/products/3", json!({ "facts": facts }))
            .await;
    }

    async fn approve(&self) {
        let path = format!("/api/campaigns/{}/approve", self.campaign);
        self.product.post(&path, json!({})).await;
    }

    /// Approves, and sees that a new draft comes instead of a message.
    async fn is_written_anew(&self) -> Value {
        self.approve().await;
        self.product
            .until(|| async {
                self.draft()
                    .await
                    .is_some_and(|draft| draft["text"] != self.before["text"])
            })
            .await;
        let sent = self.product.texts(self.contact, "out").await;
        assert_eq!(sent, Vec::<String>::new(), "nothing has left");
        self.draft().await.unwrap()
    }

    /// Approves, and sees what is sent.
    async fn leaves(&self) -> String {
        self.approve().await;
        self.product
            .until(|| async { self.product.texts(self.contact, "out").await.len() == 1 })
            .await;
        self.product.texts(self.contact, "out").await[0].clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_whose_fact_expired_is_written_anew() {
    let waiting = Waiting::start().await;
    // All that it told ends; the rest of the product still holds.
    waiting
        .change_told(|fact| fact["valid_to"] = json!("2026-01-02"))
        .await;
    let after = waiting.is_written_anew().await;
    let told = waiting.told();
    let still = after["facts"].as_array().unwrap();
    assert!(
        still
            .iter()
            .all(|fact| !told.iter().any(|old| fact["attribute"] == old.as_str())),
        "{after}"
    );
    assert_eq!(after["text"], waiting.leaves().await.as_str());
    waiting.product.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_whose_figure_was_changed_is_written_anew() {
    let waiting = Waiting::start().await;
    // (attribute, its new value, as it is told in both languages, and as it was told)
    let changed = [
        (
            "rate",
            json!(17.9),
            "от 17,9 % годовых",
            "from 17.9% a year",
            "18,9",
        ),
        (
            "amount",
            json!(2_000_000),
            "до 2 000 000 ₽",
            "up to ₽2,000,000",
            "3 000 000",
        ),
        ("term", json!(48), "до 4 лет", "up to 4 years", "5 лет"),
        (
            "decision_time",
            json!(20),
            "до 20 минут",
            "up to 20 minutes",
            "30 минут",
        ),
    ];
    waiting
        .change_told(|fact| {
            let attribute = fact["attribute"].as_str().unwrap();
            let (_, value, ru, en, _) = changed.iter().find(|(name, ..)| *name == attribute).unwrap();
            fact["value"] = value.clone();
            fact["display"]["ru"] = json!(ru);
            fact["display"]["en"] = json!(en);
        })
        .await;
    let after = waiting.is_written_anew().await;
    let text = after["text"].as_str().unwrap();
    for (attribute, _, _, _, old) in &changed {
        let told = waiting.told().iter().any(|told| told == attribute);
        assert!(
            !told || !text.replace('\u{a0}', " ").contains(old),
            "{old}: {text}"
        );
    }
    assert_eq!(text, waiting.leaves().await);
    waiting.product.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_outlives_changes_of_what_it_does_not_tell() {
    let waiting = Waiting::start().await;
    let told = waiting.told();
    let mut facts = waiting.product.get("/api/knowledge/products/3").await["facts"].clone();
    for fact in facts.as_array_mut().unwrap() {
        if !told
            .iter()
            .any(|attribute| fact["attribute"] == attribute.as_str())
        {
            fact["valid_to"] = json!("2026-01-02");
        }
    }
    waiting
        .product
        .patch(
            "/api/knowledge/products/3",
            json!({ "facts": facts, "points": 17 }),
        )
        .await;
    assert_eq!(waiting.before["text"], waiting.leaves().await.as_str());
    waiting.product.stop().await;
}

//! Changing parts of the knowledge base.

use crate::server::{Server, answer, fields};
use serde_json::{Value, json};

/// The newest version.
pub async fn version(server: &Server) -> i64 {
    server.get("/api/knowledge/versions?limit=1").await.1["items"][0]["id"]
        .as_i64()
        .expect("id")
}

/// A fact that fits every product of the sample.
pub fn fact(to: Option<&str>) -> Value {
    json!({
        "label": {"ru": "бонус", "en": "bonus"}, "value": 3, "bound": "up_to", "unit": "percent",
        "display": {"ru": "до 3 %", "en": "up to 3%"}, "valid_from": null, "valid_to": to, "source": "test",
        "sentences": {"ru": ["Бонус — {{fact.bonus}}."], "en": ["The bonus is {{fact.bonus}}."]},
    })
}

fn card() -> Value {
    json!({
        "name": {"ru": "Новая карта", "en": "New card"}, "points": 70, "kind": "service",
        "description": {"ru": "Карта.", "en": "A card."}, "link": "https://example.com/new", "facts": [],
    })
}

#[tokio::test]
async fn a_product_lives_and_goes_and_every_step_is_a_version() {
    let server = Server::open().await;
    let (status, made) = server.send("POST", "/api/knowledge/products", &card()).await;
    assert_eq!(
        (status, &made["id"], &made["sample"]),
        (201, &json!(6), &json!(true)),
        "{made}"
    );
    let path = "/api/knowledge/products/6";
    let (status, body) = server
        .send("PUT", &format!("{path}/facts/bonus"), &fact(None))
        .await;
    assert_eq!(
        (status, &body["live"], &body["attribute"]),
        (200, &json!(true), &json!("bonus")),
        "{body}"
    );
    // What was read may be changed and sent back.
    let mut whole = server.get(path).await.1;
    whole["points"] = json!(80);
    let (status, body) = server.send("PUT", path, &whole).await;
    assert_eq!((status, &body["points"]), (200, &json!(80)), "{body}");
    let (status, body) = server
        .send("PATCH", path, &json!({"name": {"en": "Card"}, "priority": 9}))
        .await;
    assert_eq!(
        (status, &body["name"], &body["points"]),
        (200, &json!({"ru": "Новая карта", "en": "Card"}), &json!(80)),
        "{body}"
    );
    assert_eq!(server.get("/api/knowledge/products").await.1["total"], 6);
    for gone in ["/facts/bonus", ""] {
        let sent = server
            .request("DELETE", &format!("{path}{gone}"))
            .send()
            .await
            .expect("answered");
        let before = version(&server).await;
        assert_eq!(sent.headers()["etag"], format!("\"{before}\""));
        assert_eq!(sent.status(), 204);
    }
    assert_eq!(server.get(path).await.0, 404);
    let history = server.get("/api/knowledge/versions").await.1;
    let told: Vec<&str> = history["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|row| row["action"].as_str().unwrap_or("-"))
        .collect();
    let expected = [
        "product_deleted",
        "fact_deleted",
        "product_changed",
        "product_changed",
        "fact_changed",
        "product_added",
        "-",
    ];
    assert_eq!((told, &history["total"]), (expected.to_vec(), &json!(7)));
    for row in history["items"].as_array().expect("items") {
        let text = row["text"].as_str().expect("text");
        assert!(!text.is_empty() && !text.starts_with("knowledge."), "{row}");
        assert_eq!(
            row["author"],
            if row["action"].is_null() { "alfa" } else { "local" }
        );
    }
    let audit = server.get("/api/audit").await.1;
    assert_eq!(
        (&audit["items"][0]["action"], &audit["items"][0]["detail"]),
        (&json!("knowledge.product_deleted"), &json!("6"))
    );
}

#[tokio::test]
async fn what_would_break_the_base_is_refused_by_its_field() {
    let server = Server::open().await;
    let before = version(&server).await;
    let with = |change: fn(&mut Value)| {
        let mut value = card();
        change(&mut value);
        value
    };
    let mut program = server.get("/api/knowledge/program").await.1;
    program["levels"][1]["min_points"] = json!(2000);
    let mut answers = server.get("/api/knowledge/objections/price_rate").await.1;
    answers["answers"][0]["ru"]["formal"] = json!("{{fact.unheard_of}}");
    let mut blocks = server.get("/api/knowledge/blocks/offers").await.1;
    blocks["blocks"][0]["products"] = json!([77]);
    let cases = [
        ("POST", "products", with(|c| c["colour"] = json!(1)), "colour"),
        ("POST", "products", with(|c| c["points"] = json!("70")), "points"),
        ("POST", "products", with(|c| c["points"] = json!(-1)), "points"),
        ("POST", "products", with(|c| c["aliases"] = json!([])), "aliases"),
        ("POST", "products", with(|c| c["link"] = json!("example")), "link"),
        (
            "POST",
            "products",
            with(|c| c["name"] = json!({"ru": "а"})),
            "name.en",
        ),
        ("POST", "products", with(|c| c["id"] = json!(3)), "id"),
        (
            "POST",
            "products",
            with(|c| c["description"]["ru"] = json!("a\u{0}b")),
            "description.ru",
        ),
        ("PUT", "products/1", with(|c| c["id"] = json!(2)), "id"),
        ("PATCH", "products/1", json!({"points": null}), "points"),
        ("PATCH", "products/1", json!({"colour": 1}), "colour"),
        ("PUT", "products/1/facts/Bonus", fact(None), "attribute"),
        ("PUT", "products/1/facts/extra", fact(None), "sentences.ru[0]"),
        (
            "PUT",
            "products/1/facts/bonus",
            json!({"attribute": "rate"}),
            "label",
        ),
        ("PUT", "program", program, "levels[1].min_points"),
        ("PUT", "program", json!({"name": 1}), "name"),
        ("PUT", "objections/price_rate", answers, "answers[0].ru.formal"),
        ("PUT", "objections/no_need", json!({"answers": []}), "answers"),
        (
            "PUT",
            "objections/no_need",
            json!({"class": "question", "answers": []}),
            "class",
        ),
        ("PUT", "blocks/offers", blocks, "blocks[0].products"),
        (
            "PUT",
            "blocks/offers",
            json!({"kind": "bridges", "blocks": []}),
            "kind",
        ),
        ("PUT", "blocks/offers", json!({"blocks": [], "x": 1}), "x"),
    ];
    for (method, path, body, field) in cases {
        let (status, problem) = server
            .send(method, &format!("/api/knowledge/{path}"), &body)
            .await;
        let named = fields(&problem);
        assert!(
            status == 422 && named.contains(&field.to_owned()),
            "{method} {path} {field}: {problem}"
        );
        assert!(!problem.to_string().contains("knowledge."), "{problem}");
    }
    // Texts that tell the fact would be left without it.
    let path = "/api/knowledge/products/5/facts/trade_fee";
    let sent = server.request("DELETE", path).send().await.expect("answered");
    let (status, problem) = answer(sent).await;
    assert_eq!(status, 422, "{problem}");
    let named = fields(&problem);
    assert!(
        named
            .iter()
            .any(|field| field.starts_with("objections[0].answers")),
        "{problem}"
    );
    for path in ["products/99", "products/1/facts/bonus"] {
        let sent = server
            .request("DELETE", &format!("/api/knowledge/{path}"))
            .send()
            .await
            .expect("answered");
        assert_eq!(answer(sent).await.0, 404, "{path}");
    }
    assert_eq!(
        server.send("PUT", "/api/knowledge/products/99", &card()).await.0,
        404
    );
    assert_eq!(version(&server).await, before);
}

#[tokio::test]
async fn a_product_that_campaigns_need_stays() {
    let server = Server::open().await;
    server.contact("Иван Петров", "+79991234567").await;
    let product = server.send("POST", "/api/knowledge/products", &card()).await.1["id"].clone();
    let campaign = json!({"name": "Весна", "product_id": product, "contact_ids": [1]});
    assert_eq!(server.post("/api/campaigns/create", campaign).await.0, 201);
    let delete = async || {
        let sent = server
            .request("DELETE", "/api/knowledge/products/6")
            .send()
            .await
            .expect("answered");
        answer(sent).await
    };
    let (status, problem) = delete().await;
    assert_eq!(
        (status, &problem["code"], &problem["campaigns"]),
        (
            409,
            &json!("product_in_use"),
            &json!([{"id": 1, "name": "Весна", "status": "draft"}])
        ),
        "{problem}"
    );
    assert!(
        problem["detail"].as_str().expect("text").contains("Весна"),
        "{problem}"
    );
    // Nor does it go by another way.
    let (status, _) = server
        .post("/api/knowledge/versions/1/restore", Value::Null)
        .await;
    assert_eq!(status, 409);
    assert_eq!(server.post("/api/campaigns/1/cancel", json!({})).await.0, 200);
    assert_eq!(delete().await.0, 204);
    // The number of a product that is gone is not given again: the campaign's history is its own.
    let again = server.send("POST", "/api/knowledge/products", &card()).await.1;
    assert_eq!(again["id"], 7);
}

#[tokio::test]
async fn a_sample_stays_one_until_somebody_says_otherwise() {
    let server = Server::open().await;
    server
        .send("PATCH", "/api/knowledge/products/1", &json!({"points": 5}))
        .await;
    let mut program = server.get("/api/knowledge/program").await.1;
    program.as_object_mut().expect("object").remove("sample");
    program["bank"]["en"] = json!("Bank");
    let (status, body) = server.send("PUT", "/api/knowledge/program", &program).await;
    assert_eq!(
        (status, &body["sample"], &body["bank"]["en"]),
        (200, &json!(true), &json!("Bank")),
        "{body}"
    );
    program["sample"] = json!(false);
    assert_eq!(
        server.send("PUT", "/api/knowledge/program", &program).await.1["sample"],
        false
    );
    assert_eq!(server.get("/api/knowledge/program-info").await.1["sample"], false);
    assert_eq!(server.get("/api/knowledge/products/1").await.1["sample"], false);
}

#[tokio::test]
async fn a_product_that_texts_need_stays_and_one_refusal_names_them() {
    let server = Server::open().await;
    let product = server.send("POST", "/api/knowledge/products", &card()).await.1["id"].clone();
    let path = "/api/knowledge/blocks/offers";
    let offers = server.get(path).await.1;
    let own = |number: u8| {
        json!({"id": format!("new_card_{number}"), "products": [product],
            "ru": {"formal": format!("Предложение {number} о новой карте, которая подходит многим, и вам тоже"),
                "informal": "Новая карта тебе подойдёт"},
            "en": {"formal": "The new card may suit you", "informal": "The new card may suit you"}})
    };
    let put = async |more: &[Value]| {
        let mut blocks = offers["blocks"].as_array().expect("blocks").clone();
        blocks.extend(more.iter().cloned());
        let (status, body) = server.send("PUT", path, &json!({"blocks": blocks})).await;
        assert_eq!(status, 200, "{body}");
    };
    put(&[own(1), own(2), own(3), own(4), own(5)]).await;
    let before = version(&server).await;
    let delete = async || {
        let sent = server
            .request("DELETE", "/api/knowledge/products/6")
            .send()
            .await
            .expect("answered");
        answer(sent).await
    };
    let (status, refused) = delete().await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("product_in_use")),
        "{refused}"
    );
    assert_eq!(
        refused["detail"],
        "The product “Новая карта” is needed by approved texts: «Предложение 1 о новой карте, которая подходит мн…»; \
         «Предложение 2 о новой карте, которая подходит мн…»; «Предложение 3 о новой карте, которая подходит мн…», \
         and 2 more. Take it out of these texts or delete them, and then delete the product."
    );
    assert_eq!(refused["texts"].as_array().expect("texts").len(), 5);
    assert_eq!(
        refused["texts"][4],
        json!({"place": "blocks.offers", "id": "new_card_5"})
    );
    assert_eq!(version(&server).await, before, "nothing is half done");
    put(&[own(1)]).await;
    let (_, refused) = delete().await;
    let words = refused["detail"].as_str().expect("words");
    assert!(words.contains("мн…». Take it out"), "{words}");
    put(&[]).await;
    assert_eq!(delete().await.0, 204);
}

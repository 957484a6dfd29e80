//! The test button: what an operator is told of each trouble.

use serde_json::{Value, json};

use crate::fake::{Answer, Fake};
use crate::product::{KEY, Product};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_trouble_is_told_with_its_cure() {
    let refuse = |status: u16, body: Value| Fake::start(move |_| Answer::Status(status, body.clone()));
    let timeweb = refuse(404, json!({"error": {"message": "agent not found"}})).await;
    let openai = refuse(
        429,
        json!({"error": {"code": "insufficient_quota", "message": "no money"}}),
    )
    .await;
    let gemini = Fake::start(|_| Answer::Says("ok".to_owned())).await;
    let groq = refuse(
        401,
        json!({"error": {"code": "invalid_api_key", "message": "no"}}),
    )
    .await;
    let product = Product::start(&[
        ("TIMEWEB_API_TOKEN", KEY),
        ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
        ("TIMEWEB_BASE_URL", &timeweb.url),
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", &openai.url),
        ("GEMINI_API_KEY", KEY),
        ("GEMINI_BASE_URL", &gemini.url),
        ("GROQ_API_KEY", KEY),
        ("GROQ_BASE_URL", &groq.url),
        ("OLLAMA_URL", "http://127.0.0.1:9"),
    ])
    .await;
    for (name, ok, cause, part) in [
        (
            "timeweb",
            false,
            json!("agent_not_found"),
            "does not match an agent",
        ),
        ("openai", false, json!("credit_exhausted"), "Top it up"),
        ("gemini", true, Value::Null, "answered in"),
        ("groq", false, json!("unauthorized"), "GROQ_API_KEY"),
        ("ollama", false, json!("unreachable"), "ollama serve"),
        ("huggingface", false, json!("not_configured"), "HUGGINGFACE_TOKEN"),
    ] {
        let answer = product
            .post(&format!("/api/ai/providers/{name}/test"), json!({}))
            .await;
        assert_eq!(
            (&answer["ok"], &answer["cause"]),
            (&json!(ok), &cause),
            "{name}: {answer}"
        );
        let message = answer["message"].as_str().unwrap();
        assert!(
            message.contains(part) && !message.contains(KEY),
            "{name}: {message}"
        );
    }
    let assistant = &product.get("/api/ai/providers").await["assistant"];
    assert_eq!(assistant["service"], "degraded", "{assistant}");
    product.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_of_the_assistants_chain_is_stood_in_for() {
    let timeweb = Fake::start(|_| Answer::Status(401, json!({"message": "unauthorized"}))).await;
    let openai = Fake::start(|_| Answer::Says("ok".to_owned())).await;
    let product = Product::start(&[
        ("TIMEWEB_API_TOKEN", KEY),
        ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
        ("TIMEWEB_BASE_URL", &timeweb.url),
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", &openai.url),
    ])
    .await;
    product.post("/api/ai/providers/timeweb/test", json!({})).await;
    let assistant = &product.get("/api/ai/providers").await["assistant"];
    assert_eq!(
        (&assistant["service"], &assistant["degraded"]),
        (&json!("stand_in"), &json!(false))
    );
    let message = assistant["message"].as_str().unwrap();
    assert!(
        message.starts_with("OpenAI") && message.contains("private API"),
        "{message}"
    );
    product.stop().await;
}

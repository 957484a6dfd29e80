//! What the product asks a model for, and what a model says to it.

use serde_json::json;

use crate::fake::Answer;

/// Whether a request asks what a reply means.
pub fn asks_meaning(body: &str) -> bool {
    body.contains("You label what a person wrote")
}

/// Whether a request asks for an answer to a reply.
pub fn asks_answer(body: &str) -> bool {
    body.contains(r#"\"task\":\"answer\""#)
}

/// What a model says when it writes this text.
pub fn says(text: &str) -> Answer {
    Answer::Says(json!({ "text": text }).to_string())
}

//! An AI provider that answers at once and always the same: before it, what a request costs is what the caller adds.
//! Usage: alfa-bench-provider PORT

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

const WHOLE: &str = r#"{"id": "answer-1", "object": "chat.completion", "created": 1, "model": "bench",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "ok"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 30, "completion_tokens": 1, "total_tokens": 31}}"#;
const STREAM: &str = concat!(
    r#"data: {"id": "answer-1", "object": "chat.completion.chunk", "created": 1, "model": "bench", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "ok"}, "finish_reason": null}]}"#,
    "\n\n",
    r#"data: {"id": "answer-1", "object": "chat.completion.chunk", "created": 1, "model": "bench", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 30, "completion_tokens": 1, "total_tokens": 31}}"#,
    "\n\n",
    "data: [DONE]\n\n",
);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).ok_or("usage: alfa-bench-provider PORT")?;
    let routes = Router::new()
        .route("/ready", get(|| async { "ready" }))
        .route("/v1/chat/completions", post(answer));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    Ok(axum::serve(listener, routes).await?)
}

/// As a stream, when that is asked for.
async fn answer(body: String) -> Response {
    let streamed = body.contains(r#""stream":true"#) || body.contains(r#""stream": true"#);
    let (kind, answer) = if streamed {
        ("text/event-stream", STREAM)
    } else {
        ("application/json", WHOLE)
    };
    ([(header::CONTENT_TYPE, kind)], answer).into_response()
}

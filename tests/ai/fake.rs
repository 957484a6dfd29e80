//! An AI provider on loopback that answers as it is told and keeps every byte that it got.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures::StreamExt as _;
use serde_json::{Value, json};

/// What the provider answers to a request's body.
pub type Script = dyn Fn(&str) -> Answer + Send + Sync;

pub enum Answer {
    /// A model's text.
    Says(String),
    /// A refusal with this status and body.
    Status(u16, Value),
    /// Nothing, for as long as the caller waits.
    Hangs,
    /// The beginning of an answer, and then nothing.
    Stalls,
    /// A refusal for so many seconds, named in `retry-after`.
    Throttled(u32),
    /// A call of this function with these arguments.
    Calls(String, String),
    /// The same after so many milliseconds.
    Late(u64, Box<Answer>),
}

pub struct Fake {
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Clone)]
struct Shared {
    script: Arc<Script>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    #[expect(clippy::disallowed_methods, reason = "the provider is no part of the product")]
    pub async fn start(script: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Shared {
            script: Arc::new(script),
            seen: seen.clone(),
        };
        let app = Router::new()
            .route("/v1/chat/completions", post(answer))
            .with_state(shared);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, seen, task }
    }

    /// Every request's body so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shared): State<Shared>, body: String) -> Response {
    shared.seen.lock().unwrap().push(body.clone());
    let mut scripted = (shared.script)(&body);
    while let Answer::Late(ms, then) = scripted {
        tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
        scripted = *then;
    }
    match scripted {
        Answer::Late(..) => unreachable!("it was waited for"),
        Answer::Status(status, body) => {
            (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
        }
        Answer::Throttled(seconds) => (
            StatusCode::TOO_MANY_REQUESTS,
            [("retry-after", seconds.to_string())],
            axum::Json(json!({"error": {"message": "slow down"}})),
        )
            .into_response(),
        Answer::Hangs => std::future::pending().await,
        Answer::Stalls => {
            let begun = futures::stream::once(async { Ok::<_, std::io::Error>(r#"{"choices": [{"ind"#) });
            let body = axum::body::Body::from_stream(begun.chain(futures::stream::pending()));
            ([("content-type", "application/json")], body).into_response()
        }
        Answer::Calls(name, arguments) => {
            let call = json!({"index": 0, "id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}});
            let chunk =
                json!({"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": null}]});
            let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]});
            let stream = format!("data: {chunk}\n\ndata: {end}\n\ndata: [DONE]\n\n");
            ([("content-type", "text/event-stream")], stream).into_response()
        }
        Answer::Says(text) => {
            let asked: Value = serde_json::from_str(&body).unwrap();
            if asked["stream"] == true {
                let chunk =
                    json!({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": null}]});
                let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
                let stream = format!("data: {chunk}\n\ndata: {end}\n\ndata: [DONE]\n\n");
                ([("content-type", "text/event-stream")], stream).into_response()
            } else {
                axum::Json(json!({
                    "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
                }))
                .into_response()
            }
        }
    }
}

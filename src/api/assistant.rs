//! The CRM's assistant: a question in words, an answer with its figures.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{JsonBeside, NoInput, Query};
use super::language::of;
use crate::access::Caller;
use crate::assistant::rights::Rights;
use crate::assistant::{self, Question, Reply, Role, Turn};
use crate::error::AppResult;
use crate::text::Lang;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// The longest question, in characters.
const MESSAGE_CHARS: usize = 2_000;
/// The longest earlier message that is accepted, in characters.
const TURN_CHARS: usize = 20_000;
/// Earlier messages that are accepted, and how many of the newest are read.
const TURNS: usize = 200;
const READ_TURNS: usize = 20;
/// A comment is sent when nothing happened for so long.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatInput {
    /// The question, in Russian or English.
    #[schema(min_length = 1, max_length = 2000)]
    message: String,
    /// What was said before, oldest first.
    #[serde(default)]
    #[schema(max_items = 200)]
    conversation_history: Vec<TurnInput>,
}

/// Something said before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnInput {
    role: TurnRole,
    #[schema(max_length = 20000)]
    content: String,
}

/// Who said it.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TurnRole {
    User,
    Assistant,
    System,
}

impl Input for ChatInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("message", &self.message, 1, MESSAGE_CHARS);
        checks.count("conversation_history", self.conversation_history.len(), TURNS);
        for (place, turn) in self.conversation_history.iter().enumerate().take(TURNS) {
            checks.text(
                &format!("conversation_history[{place}].content"),
                &turn.content,
                0,
                TURN_CHARS,
            );
        }
    }
}

impl ChatInput {
    fn question(self) -> Question {
        let skipped = self.conversation_history.len().saturating_sub(READ_TURNS);
        let turn = |turn: TurnInput| {
            let role = match turn.role {
                TurnRole::User => Role::User,
                TurnRole::Assistant => Role::Assistant,
                // Nobody but the product instructs the model.
                TurnRole::System => return None,
            };
            Some(Turn {
                role,
                content: turn.content.chars().take(MESSAGE_CHARS).collect(),
            })
        };
        Question {
            message: self.message,
            history: self
                .conversation_history
                .into_iter()
                .skip(skipped)
                .filter_map(turn)
                .collect(),
        }
    }
}

/// How to answer.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChatQuery {
    /// Server-sent events: `start`, pieces of the text as `delta`, and `done` with the whole answer, or `error`.
    stream: Option<bool>,
}

impl Input for ChatQuery {
    fn check(&self, _checks: &mut Checks) {}
}

/// An event of the stream.
#[derive(Debug, Serialize, ToSchema)]
pub struct StreamEvent {
    /// `start`, `delta`, `done` or `error`.
    pub event: String,
    /// JSON: of `delta` `{"text": …}`, of `done` the whole answer.
    pub data: String,
}

/// The assistant's answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatAnswer {
    pub message: String,
    /// The figures that the message speaks of; money in whole minor units, with `currency` and `formatted`.
    #[schema(value_type = Object)]
    pub data: Map<String, Value>,
    /// Who worded it: a provider, or `offline`.
    pub provider: &'static str,
    /// Providers are configured and none answered well.
    pub degraded: bool,
    pub tools: Vec<ToolUse>,
    pub sources: Vec<SourceView>,
    /// Why providers were passed by, and what to do about it.
    pub notices: Vec<String>,
}

/// A tool that was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolUse {
    pub name: &'static str,
    #[schema(value_type = Object)]
    pub arguments: Value,
}

/// Where figures come from.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceView {
    pub tool: &'static str,
    /// The days that were taken, both included, in the business's time zone.
    pub period: Option<PeriodView>,
    /// How it is counted.
    pub definition: String,
}

/// Days, both included.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodView {
    #[schema(value_type = String, format = Date)]
    pub from: String,
    #[schema(value_type = String, format = Date)]
    pub to: String,
}

impl From<Reply> for ChatAnswer {
    fn from(reply: Reply) -> Self {
        let tools = reply.calls.iter().map(|call| ToolUse {
            name: call.tool.name(),
            arguments: serde_json::to_value(&call.args).unwrap_or_default(),
        });
        let sources = reply.sources.into_iter().map(|source| SourceView {
            tool: source.tool.name(),
            period: source.from.zip(source.to).map(|(from, to)| PeriodView {
                from: from.to_string(),
                to: to.to_string(),
            }),
            definition: source.definition,
        });
        Self {
            message: reply.message,
            data: reply.data,
            provider: reply.provider,
            degraded: reply.degraded,
            tools: tools.collect(),
            sources: sources.collect(),
            notices: reply.notices,
        }
    }
}

/// The language of the answer is the question's.
fn language(message: &str, headers: &HeaderMap) -> Lang {
    let cyrillic = message
        .chars()
        .filter(|c| ('\u{400}'..='\u{4ff}').contains(c))
        .count();
    let latin = message.chars().filter(char::is_ascii_alphabetic).count();
    match cyrillic.cmp(&latin) {
        std::cmp::Ordering::Greater => Lang::Ru,
        std::cmp::Ordering::Less => Lang::En,
        std::cmp::Ordering::Equal => of(headers),
    }
}

/// Answers a question about the business: from tools over its data, within the caller's rights.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/ai-assistant/chat", tag = "assistant", params(ChatQuery), request_body = ChatInput,
    responses((status = 200, content((ChatAnswer = "application/json"), (StreamEvent = "text/event-stream")))))]
pub async fn chat(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Query(query): Query<ChatQuery>,
    JsonBeside(input): JsonBeside<ChatInput>,
) -> AppResult<Response> {
    let lang = language(&input.message, &headers);
    let rights = Rights::of(&caller);
    let question = input.question();
    if query.stream.unwrap_or(false) {
        return Ok(streamed(state, question, rights, lang).into_response());
    }
    let reply = assistant::answer(state.app(), &question, rights, lang).await?;
    Ok(axum::Json(ChatAnswer::from(reply)).into_response())
}

/// The text leaves when all of it has been checked; until then the reader is told that the work goes on.
fn streamed(state: ApiState, question: Question, rights: Rights, lang: Lang) -> Response {
    let stop = state.stopping().clone();
    let answered = async move { assistant::answer(state.app(), &question, rights, lang).await };
    let start = stream::once(std::future::ready(event("start", &json!({}))));
    let rest = stream::once(answered).flat_map(move |answered| {
        let events = match answered {
            Ok(reply) => {
                let answer = ChatAnswer::from(reply);
                let mut events: Vec<_> = pieces(&answer.message)
                    .map(|piece| event("delta", &json!({"text": piece})))
                    .collect();
                events.push(event("done", &serde_json::to_value(&answer).unwrap_or_default()));
                events
            }
            Err(error) => {
                tracing::warn!(%error, "an answer was cut short");
                let problem = super::problem::problem(lang, &error);
                vec![event(
                    "error",
                    &serde_json::to_value(&problem).unwrap_or_default(),
                )]
            }
        };
        stream::iter(events)
    });
    let events = start
        .chain(rest)
        .map(Ok::<_, Infallible>)
        .take_until(stop.cancelled_owned());
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(HEARTBEAT))
        .into_response()
}

fn event(kind: &str, data: &Value) -> Event {
    Event::default().event(kind).data(data.to_string())
}

/// Words with the blanks behind them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(char::is_whitespace)
}

/// The business at a glance: clients, bookings, free seats and revenue. Weeks begin on Monday; days are the business's.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/ai-assistant/stats", tag = "assistant", responses((status = 200, body = StatsAnswer)))]
pub async fn stats(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Map<String, Value>>> {
    let found = assistant::stats(state.app(), Rights::of(&caller), of(&headers)).await?;
    Ok(axum::Json(found))
}

/// The standard snapshot. Money is in whole minor units, and absent for who may not see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatsAnswer {
    pub total_clients: i64,
    pub active_clients: i64,
    pub new_clients_today: i64,
    pub new_clients_week: i64,
    pub new_clients_month: i64,
    pub today_bookings: i64,
    pub available_slots_today: i64,
    pub revenue_today: Option<i64>,
    pub revenue_week: Option<i64>,
    pub revenue_month: Option<i64>,
    pub currency: Option<String>,
    #[schema(value_type = Option<Object>)]
    pub formatted: Option<Value>,
}

//! The control API: JSON over HTTP on loopback, by which tests outside this process watch and break the world.

#[cfg(test)]
mod tests;

use axum::Json;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::fault::FaultRule;
use crate::ids::{Peer, UserId};
use crate::persona::PersonaKind;
use crate::scenario::{AccountSpec, PersonSpec};
use crate::world::World;
use crate::world::error::RpcError;
use crate::world::log::LogEntry;
use crate::world::mailbox::Message;

/// The longest wait for an entry of the log.
const WAIT_MAX_MS: u64 = 30_000;

/// Entries of the log in one answer.
const LOG_MAX_ROWS: usize = 10_000;

/// Listens on loopback (`port` 0: a free one); the future serves until it is dropped.
///
/// # Errors
/// The port is taken.
pub async fn listen(
    world: World,
    port: u16,
) -> std::io::Result<(SocketAddr, impl Future<Output = std::io::Result<()>> + Send)> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((address, async move { axum::serve(listener, router(world)).await }))
}

/// The routes.
pub fn router(world: World) -> Router {
    Router::new()
        .route("/log", get(log))
        .route("/counters", get(counters))
        .route("/accounts", get(accounts).post(add_account))
        .route("/people", get(people).post(add_person))
        .route("/chats/{account}/{person}", get(chat))
        .route("/faults", get(faults).post(add_fault))
        .route("/reset-faults", post(reset_faults))
        .route("/say", post(say))
        .route("/phone-writes", post(phone_writes))
        .route("/revoke", post(revoke))
        .route("/personas", post(set_persona))
        .route("/qr-accept", post(qr_accept))
        .with_state(world)
}

/// Why a request is refused.
enum Refusal {
    NobodyThere(String),
    Telegram(RpcError),
    NoTokenShown,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::NobodyThere(who) => (StatusCode::NOT_FOUND, format!("there is nobody called {who:?}")),
            Self::Telegram(error) => (StatusCode::CONFLICT, error.name.into_owned()),
            Self::NoTokenShown => (StatusCode::CONFLICT, "no login token is shown".to_owned()),
        };
        (status, Json(json!({ "error": error }))).into_response()
    }
}

#[derive(Deserialize)]
struct LogQuery {
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
    /// Wait so long (real milliseconds, at most 30,000) for an entry if there is none yet.
    #[serde(default)]
    wait_ms: u64,
}

async fn log(State(world): State<World>, Query(query): Query<LogQuery>) -> Json<Vec<LogEntry>> {
    if query.wait_ms > 0 {
        let wait = Duration::from_millis(query.wait_ms.min(WAIT_MAX_MS));
        let mut newest = world.watch_log();
        // Whether it came or the time is over, the answer is what is there.
        let _ = tokio::time::timeout(wait, newest.wait_for(|seq| *seq > query.after)).await;
    }
    Json(world.log(query.after, query.limit.unwrap_or(LOG_MAX_ROWS).min(LOG_MAX_ROWS)))
}

async fn counters(State(world): State<World>) -> Json<Value> {
    Json(json!(world.counters()))
}

async fn accounts(State(world): State<World>) -> Json<Vec<Value>> {
    let shown = |(info, user): (crate::world::types::AccountInfo, crate::world::types::User)| {
        json!({
            "user_id": info.user, "phone": user.phone, "code": info.code, "password": info.password,
            "first_name": user.first_name, "last_name": user.last_name, "username": user.username,
            "sessions": world.sessions(info.user).len(),
        })
    };
    Json(world.accounts().into_iter().map(shown).collect())
}

async fn add_account(State(world): State<World>, Json(account): Json<AccountSpec>) -> Json<Value> {
    Json(json!({ "user_id": world.add_account(&account) }))
}

async fn people(State(world): State<World>) -> Json<Value> {
    Json(json!(world.people()))
}

async fn add_person(State(world): State<World>, Json(person): Json<PersonSpec>) -> Json<Value> {
    Json(json!({ "user_id": world.add_person(&person) }))
}

/// A message as the control API shows it.
#[derive(Serialize)]
struct ShownMessage {
    id: i32,
    date_ms: i64,
    from_account: bool,
    text: String,
    random_id: Option<i64>,
    edited_ms: Option<i64>,
}

impl From<Message> for ShownMessage {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            date_ms: message.date_ms,
            from_account: message.out,
            text: message.text,
            random_id: message.random_id,
            edited_ms: message.edited_ms,
        }
    }
}

async fn chat(
    State(world): State<World>,
    Path((account, person)): Path<(String, String)>,
) -> Result<Json<Vec<ShownMessage>>, Refusal> {
    let (account, person) = (find(&world, &account)?, find(&world, &person)?);
    let messages = world.conversation(account, Peer::User(person));
    Ok(Json(messages.into_iter().map(ShownMessage::from).collect()))
}

async fn faults(State(world): State<World>) -> Json<Vec<Value>> {
    Json(
        world
            .faults()
            .into_iter()
            .map(|(rule, struck)| json!({ "rule": rule, "struck": struck }))
            .collect(),
    )
}

async fn add_fault(State(world): State<World>, Json(rule): Json<FaultRule>) -> StatusCode {
    world.add_fault(rule);
    StatusCode::NO_CONTENT
}

async fn reset_faults(State(world): State<World>) -> StatusCode {
    world.reset_faults();
    StatusCode::NO_CONTENT
}

/// Who writes what to whom; people and accounts are named by phone, public name or number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saying {
    account: String,
    person: String,
    text: String,
}

async fn say(State(world): State<World>, Json(saying): Json<Saying>) -> Result<Json<Value>, Refusal> {
    let (account, person) = (find(&world, &saying.account)?, find(&world, &saying.person)?);
    let sent = world
        .say(person, account, &saying.text)
        .map_err(Refusal::Telegram)?;
    Ok(Json(json!({ "message_id": sent.message.id })))
}

async fn phone_writes(
    State(world): State<World>,
    Json(saying): Json<Saying>,
) -> Result<Json<Value>, Refusal> {
    let (account, person) = (find(&world, &saying.account)?, find(&world, &saying.person)?);
    let sent = world
        .phone_writes(account, Peer::User(person), &saying.text)
        .map_err(Refusal::Telegram)?;
    Ok(Json(json!({ "message_id": sent.message.id })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whose {
    account: String,
}

async fn revoke(State(world): State<World>, Json(whose): Json<Whose>) -> Result<Json<Value>, Refusal> {
    let account = find(&world, &whose.account)?;
    Ok(Json(json!({ "revoked": world.revoke_sessions(account) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPersona {
    person: String,
    persona: PersonaKind,
}

async fn set_persona(State(world): State<World>, Json(new): Json<NewPersona>) -> Result<StatusCode, Refusal> {
    let person = find(&world, &new.person)?;
    world.set_persona(person, new.persona);
    Ok(StatusCode::NO_CONTENT)
}

/// The account's phone scans the login token that was shown last.
async fn qr_accept(State(world): State<World>, Json(whose): Json<Whose>) -> Result<StatusCode, Refusal> {
    let account = find(&world, &whose.account)?;
    let token = world.shown_login_tokens().pop().ok_or(Refusal::NoTokenShown)?;
    world
        .accept_login_token(account, &token)
        .map_err(Refusal::Telegram)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Someone by phone, by `@name`, or by number.
fn find(world: &World, who: &str) -> Result<UserId, Refusal> {
    let nobody = || Refusal::NobodyThere(who.to_owned());
    if let Some(name) = who.strip_prefix('@') {
        return match world.resolve_username(name) {
            Ok(Peer::User(user)) => Ok(user),
            _ => Err(nobody()),
        };
    }
    if let Some(user) = world.by_phone(who) {
        return Ok(user.id);
    }
    let id = who.parse().map(UserId).map_err(|_| nobody())?;
    world.user(id, id).map(|user| user.id).ok_or_else(nobody)
}

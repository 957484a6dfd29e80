//! The ceiling of `make bench`: bare axum handlers, each with one prepared statement on Alfa's own database file.
//! No access rules, no paging, no totals, no log. Usage: alfa-bench-ceiling DATABASE PORT

use std::cell::RefCell;
use std::sync::OnceLock;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params};

/// What Alfa's own answers tell, so that both read and write as much.
const CONTACT: &str = "SELECT id, name, first_name, last_name, phone, username, telegram_user_id, profession, interests, \
    age, goal, notes, language, timezone, source, status, consent_basis, opted_out_at, stage, last_message_at, \
    last_inbound_at, extra, import_id, created_at, updated_at, \
    (SELECT json_group_array(tag) FROM contact_tags WHERE contact_id = contacts.id) tags FROM contacts";
const HISTORY: &str = "SELECT id, outbox_id, contact_id, account_id, direction, author, text, state, campaign_id, \
    telegram_message_id, labels, confidence, sent_at, read_at, edited_at, deleted_at \
    FROM messages WHERE contact_id = ?1 ORDER BY sent_at DESC, id DESC LIMIT 50";
const STATS: &str = "SELECT kind, key, value FROM campaign_counters WHERE campaign_id = ?1";
/// What Alfa gives its own connections.
const SETTINGS: &str = "PRAGMA temp_store=memory; PRAGMA cache_size=-16384; PRAGMA mmap_size=268435456;";

static DATABASE: OnceLock<String> = OnceLock::new();

thread_local! {
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let (Some(database), Some(port)) = (arguments.next(), arguments.next()) else {
        return Err("usage: alfa-bench-ceiling DATABASE PORT".into());
    };
    DATABASE.get_or_init(|| database);
    let routes = Router::new()
        .route("/ready", get(|| async { "ready" }))
        .route(
            "/api/contacts",
            get(async || answer(&format!("{CONTACT} ORDER BY id DESC LIMIT 50"), None)),
        )
        .route(
            "/api/contacts/{id}",
            get(async |Path(id): Path<i64>| answer(&format!("{CONTACT} WHERE id = ?1"), Some(id))),
        )
        .route(
            "/api/messages/history",
            get(async |Query(query): Query<Vec<(String, i64)>>| {
                answer(HISTORY, query.first().map(|(_, id)| *id))
            }),
        )
        .route(
            "/api/campaigns/{id}/stats",
            get(async |Path(id): Path<i64>| answer(STATS, Some(id))),
        );
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    Ok(axum::serve(listener, routes).await?)
}

/// Runs the statement on this thread's connection and writes its rows as JSON objects.
fn answer(statement: &str, id: Option<i64>) -> Response {
    let body = CONNECTION.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = Some(open()?);
        }
        let connection = slot.as_ref().ok_or("no connection")?;
        rows(connection, statement, id)
    });
    match body {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
    }
}

fn open() -> Result<Connection, Failure> {
    let path = DATABASE.get().ok_or("no database")?;
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.execute_batch(SETTINGS)?;
    Ok(connection)
}

fn rows(connection: &Connection, statement: &str, id: Option<i64>) -> Result<Vec<u8>, Failure> {
    let mut statement = connection.prepare_cached(statement)?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut found = match id {
        Some(id) => statement.query(params![id])?,
        None => statement.query([])?,
    };
    let mut body = Vec::with_capacity(16 * 1024);
    body.push(b'[');
    while let Some(row) = found.next()? {
        body.push(if body.len() == 1 { b'{' } else { b',' });
        if body.last() == Some(&b',') {
            body.push(b'{');
        }
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                body.push(b',');
            }
            serde_json::to_writer(&mut body, name)?;
            body.push(b':');
            match row.get_ref(at)? {
                ValueRef::Integer(number) => serde_json::to_writer(&mut body, &number)?,
                ValueRef::Real(number) => serde_json::to_writer(&mut body, &number)?,
                ValueRef::Text(text) => serde_json::to_writer(&mut body, std::str::from_utf8(text)?)?,
                ValueRef::Null | ValueRef::Blob(_) => body.extend_from_slice(b"null"),
            }
        }
        body.push(b'}');
    }
    body.push(b']');
    Ok(body)
}

//! The list of contacts as CSV, and everything that is kept of one person.

use super::ApiState;
use super::consent::LedgerEntry;
use super::contacts::{Contact, ContactQuery, view};
use super::extract::{Id, Query};
use super::language::of;
use super::messages::{Message, many};
use super::paging::NoQuery;
use crate::contacts::export::CsvWriter;
use crate::error::{AppError, AppResult};
use alfa_store::contacts::{self as rows, Filter, Sort, consent};
use alfa_store::{Page, messages};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use serde::Serialize;
use utoipa::ToSchema;

/// Rows read at a time.
const READ_ROWS: u32 = 500;
/// Messages in one person's export.
const MAX_MESSAGES: usize = 100_000;
const COLUMNS: [&str; 17] = [
    "id",
    "name",
    "first_name",
    "last_name",
    "phone",
    "username",
    "profession",
    "interests",
    "age",
    "goal",
    "tags",
    "source",
    "status",
    "consent",
    "opted_out_at",
    "stage",
    "created_at",
];

/// Everything that is kept of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonExport {
    pub contact: Contact,
    pub consents: Vec<LedgerEntry>,
    /// Newest first.
    pub messages: Vec<Message>,
}

/// Everything that is kept of a person, to be handed over on request.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/contacts/{id}/export", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = PersonExport)))]
pub async fn person(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<PersonExport>> {
    let db = state.store().reader();
    let contact = view(&state, rows::get(db, id).await?).await?;
    let consents = consent::ledger(db, id)
        .await?
        .into_iter()
        .map(LedgerEntry::from)
        .collect();
    let mut all: Vec<Message> = Vec::new();
    let mut page = Page::first(READ_ROWS);
    loop {
        let found = messages::history(db, id, &page).await?;
        let told = many(&state, of(&headers), found.items).await?;
        all.extend(told.into_iter().rev());
        match found.next_cursor {
            Some(cursor) if all.len() < MAX_MESSAGES => page.cursor = Some(cursor),
            _ => break,
        }
    }
    Ok(axum::Json(PersonExport {
        contact,
        consents,
        messages: all,
    }))
}

/// The contacts that fit, as CSV for a spreadsheet. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/contacts/export", tag = "contacts", params(ContactQuery),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn csv(State(state): State<ApiState>, Query(query): Query<ContactQuery>) -> AppResult<Response> {
    let (filter, sort) = (query.filter(), query.order());
    let (head, next) = page(&state, &filter, sort, None).await?;
    let rest = stream::try_unfold(
        (state, filter, sort, next),
        |(state, filter, sort, next)| async move {
            let Some(cursor) = next else { return Ok(None) };
            let read = page(&state, &filter, sort, Some(cursor)).await;
            let (text, next) = read.map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>(Some((text, (state, filter, sort, next))))
        },
    );
    let body = Body::from_stream(futures::StreamExt::chain(stream::iter([Ok(head)]), rest));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"contacts.csv\"",
        ),
    ];
    Ok((headers, body).into_response())
}

/// A page as CSV, the first one with the header, and the cursor of the next.
async fn page(
    state: &ApiState,
    filter: &Filter,
    sort: Sort,
    cursor: Option<String>,
) -> AppResult<(Bytes, Option<String>)> {
    let db = state.store().reader();
    let first = cursor.is_none();
    let found = rows::list(
        db,
        filter,
        sort,
        &Page {
            limit: READ_ROWS,
            cursor,
        },
    )
    .await?;
    let ids: Vec<i64> = found.items.iter().map(|row| row.id).collect();
    let mut tags = rows::tags::of_many(db, &ids).await?;
    let mut out = if first {
        let mut out = CsvWriter::new(Vec::new()).map_err(AppError::internal)?;
        out.row(COLUMNS).map_err(AppError::internal)?;
        out
    } else {
        CsvWriter::without_mark(Vec::new())
    };
    for row in found.items {
        let own = tags.remove(&row.id).unwrap_or_default();
        let cells = cells(&Contact::of(row, own));
        out.row(cells.iter().map(String::as_str))
            .map_err(AppError::internal)?;
    }
    let bytes = out.finish().map(Bytes::from).map_err(AppError::internal)?;
    Ok((bytes, found.next_cursor))
}

fn cells(contact: &Contact) -> [String; 17] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        contact.id.to_string(),
        contact.name.clone(),
        text(&contact.first_name),
        text(&contact.last_name),
        text(&contact.phone),
        text(&contact.username),
        text(&contact.profession),
        text(&contact.interests),
        contact.age.map(|age| age.to_string()).unwrap_or_default(),
        text(&contact.goal),
        contact.tags.join("; "),
        contact.source.0.to_string(),
        contact.status.0.to_string(),
        contact.consent.0.to_string(),
        contact.opted_out_at.map(|at| at.to_string()).unwrap_or_default(),
        contact.stage.0.to_string(),
        contact.created_at.to_string(),
    ]
}

//! The history of the knowledge base: who changed what, and the way back.

use super::ApiState;
use super::extract::{Id, Query};
use super::knowledge_path::IfMatch;
use super::knowledge_view::{KnowledgeChanges, KnowledgeVersion, Tagged, order};
use super::language::of;
use super::paging::{ListQuery, NoQuery, Page, page_of, page_wanted};
use crate::access::Caller;
use crate::error::AppResult;
use crate::knowledge::service::{self, Action};
use alfa_store::knowledge as rows;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// A version and what it changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeVersionDetail {
    #[serde(flatten)]
    pub version: KnowledgeVersion,
    #[serde(flatten)]
    pub changes: KnowledgeChanges,
}

/// The versions of the knowledge base, newest first.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/knowledge/versions", tag = "knowledge", params(ListQuery), responses((status = 200, body = Page<KnowledgeVersion>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> AppResult<Tagged<Page<KnowledgeVersion>>> {
    let db = state.store().reader();
    let wanted = page_wanted("knowledge_versions", query.limit, query.cursor.as_deref())?;
    let found = rows::versions(db, &wanted).await?;
    let known = state.app().knowledge_in_force();
    let lang = of(&headers);
    let page = page_of("knowledge_versions", found, rows::total(db).await?)?;
    let page = page.map(|row| KnowledgeVersion::new(row, &known, lang));
    Ok(Tagged::ok(known.version_id, page))
}

/// A version: who made it, and what it changed against the one before it.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/knowledge/versions/{id}", tag = "knowledge", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = KnowledgeVersionDetail)))]
pub async fn get(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<KnowledgeVersionDetail>> {
    let (row, changed) = service::version(state.app(), id).await?;
    let known = state.app().knowledge_in_force();
    let detail = KnowledgeVersionDetail {
        version: KnowledgeVersion::new(row, &known, of(&headers)),
        changes: changed.into(),
    };
    Ok(Tagged::ok(known.version_id, detail))
}

/// Puts what an earlier version said in force, as a new version: the way to undo a change.
///
/// # Errors
/// `NotFound`; `Conflict` when a product would go that campaigns need; `Invalid`, `Stale`.
#[utoipa::path(post, path = "/api/knowledge/versions/{id}/restore", tag = "knowledge",
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = KnowledgeVersionDetail)))]
pub async fn restore(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Id(id): Id,
    IfMatch(version): IfMatch,
) -> AppResult<Tagged<KnowledgeVersionDetail>> {
    let app = state.app();
    let saved = service::restore(app, &order(&caller, version, Action::Restored), id).await?;
    let row = rows::get(state.store().reader(), saved.version_id).await?;
    let detail = KnowledgeVersionDetail {
        version: KnowledgeVersion::new(row.into(), &app.knowledge_in_force(), of(&headers)),
        changes: service::changes(&saved.before, &saved.after)?.into(),
    };
    Ok(Tagged::ok(saved.version_id, detail))
}

//! The audit log: who did what.

use super::ApiState;
use super::extract::Query;
use super::paging::{ListQuery, Page, page_of, page_wanted};
use super::time::Time;
use crate::error::AppResult;
use alfa_store::access;
use alfa_store::entity::audit_log::Model;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    pub id: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub detail: Option<String>,
    pub created_at: Time,
}

impl From<Model> for AuditEntry {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
            created_at: row.created_at.into(),
        }
    }
}

/// The audit log, newest first.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "audit", path = "/api/audit", tag = "auth", params(ListQuery), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<ListQuery>,
) -> AppResult<axum::Json<Page<AuditEntry>>> {
    let db = state.store().reader();
    let wanted = page_wanted("audit", query.limit, query.cursor.as_deref())?;
    let found = access::audit_list(db, &wanted).await?;
    Ok(axum::Json(
        page_of("audit", found, access::audit_total(db).await?)?.map(AuditEntry::from),
    ))
}

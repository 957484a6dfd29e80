//! The audit log: who did what.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::paging::{Page, check_paging, page_of, page_wanted};
use super::time::{Date, Time};
use crate::error::AppResult;
use alfa_store::access::{self, AuditFilter};
use alfa_store::entity::audit_log::Model;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

/// The longest name, action or subject that is asked for, in characters.
const WORD_CHARS: usize = 255;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Who did it, as `actor` says it.
    #[param(max_length = 255)]
    actor: Option<String>,
    /// An action (`client.update`), or all of a kind (`client`).
    #[param(max_length = 255)]
    action: Option<String>,
    /// About what, as `subject` says it: `client:12`.
    #[param(max_length = 255)]
    subject: Option<String>,
    /// On this day or later, in the business's time zone.
    from_day: Option<Date>,
    /// On this day or earlier.
    to_day: Option<Date>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for AuditQuery {
    fn check(&self, checks: &mut Checks) {
        for (field, word) in [
            ("actor", &self.actor),
            ("action", &self.action),
            ("subject", &self.subject),
        ] {
            checks.optional_text(field, word.as_deref(), WORD_CHARS);
        }
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl AuditQuery {
    fn filter(&self, state: &ApiState) -> AuditFilter {
        let calendar = crate::crm::calendar(state.app());
        AuditFilter {
            actor: self.actor.clone(),
            action: self.action.clone(),
            subject: self.subject.clone(),
            from: self.from_day.map(|day| calendar.span(day.0, day.0).from),
            to: self.to_day.map(|day| calendar.span(day.0, day.0).to),
        }
    }
}

/// The audit log, newest first.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "audit", path = "/api/audit", tag = "auth", params(AuditQuery), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<AuditQuery>,
) -> AppResult<axum::Json<Page<AuditEntry>>> {
    let db = state.store().reader();
    let filter = query.filter(&state);
    let bound = format!("audit {filter:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let found = access::audit_list(db, &filter, &wanted).await?;
    let total = access::audit_total(db, &filter).await?;
    Ok(axum::Json(page_of(&bound, found, total)?.map(AuditEntry::from)))
}

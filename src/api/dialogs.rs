//! Dialogs: the inbox, and who answers in each.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, NoInput, Query};
use super::paging::{Page, check_paging, check_sort, order, page_of, page_wanted};
use super::time::Time;
use super::word::DialogOwner;
use crate::error::AppResult;
use crate::inbox::service;
use alfa_store::dialogs::{self as rows, Tab};
use alfa_store::entity::dialogs::Model;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A dialog with a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dialog {
    pub contact_id: i64,
    /// The contact's name.
    pub contact_name: Option<String>,
    pub account_id: i64,
    /// Who answers.
    pub owner: DialogOwner,
    pub owner_since: Option<Time>,
    pub closed_at: Option<Time>,
    pub close_reason: Option<String>,
    pub campaign_id: Option<i64>,
    pub product_id: Option<i64>,
    /// Messages of the person that nobody has seen.
    pub unread: i32,
    pub last_message_at: Time,
}

impl Dialog {
    fn of(row: Model, contact_name: Option<String>) -> Self {
        Self {
            contact_id: row.contact_id,
            contact_name,
            account_id: row.account_id,
            owner: row.owner.into(),
            owner_since: row.owner_since.map(Time),
            closed_at: row.closed_at.map(Time),
            close_reason: row.close_reason,
            campaign_id: row.campaign_id,
            product_id: row.product_id,
            unread: row.unread,
            last_message_at: row.last_message_at.into(),
        }
    }
}

/// A tab of the inbox.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TabName {
    All,
    Unread,
    Human,
    Ai,
    Closed,
}

/// Which dialogs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DialogQuery {
    /// All of them when it is left out.
    tab: Option<TabName>,
    /// `last_message_at`, `unread` or `id`; with `-` before it the other way round.
    #[param(pattern = "^-?(last_message_at|unread|id)$")]
    sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for DialogQuery {
    fn check(&self, checks: &mut Checks) {
        check_sort(checks, self.sort.as_deref(), rows::SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// The dialogs, the one with the newest message first unless `sort` says otherwise.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/dialogs", tag = "dialogs", params(DialogQuery), responses((status = 200, body = Page<Dialog>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<DialogQuery>,
) -> AppResult<axum::Json<Page<Dialog>>> {
    let tab = match query.tab {
        None | Some(TabName::All) => Tab::All,
        Some(TabName::Unread) => Tab::Unread,
        Some(TabName::Human) => Tab::Human,
        Some(TabName::Ai) => Tab::Ai,
        Some(TabName::Closed) => Tab::Closed,
    };
    let order = order(query.sort.as_deref(), rows::SORT_KEYS, rows::INBOX);
    let bound = format!("dialogs {tab:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, tab, order, &wanted).await?;
    let ids: Vec<i64> = found.items.iter().map(|row| row.contact_id).collect();
    let contacts = alfa_store::contacts::get_many(db, &ids).await?;
    let page = page_of(&bound, found, rows::total(db, tab).await?)?;
    Ok(axum::Json(page.map(|row| {
        let name = contacts
            .iter()
            .find(|contact| contact.id == row.contact_id)
            .map(|contact| contact.name.clone());
        Dialog::of(row, name)
    })))
}

/// A person of the team answers from now on; the AI is silent.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/take-over", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn take_over(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Dialog>> {
    let row = service::take_over(state.app(), contact_id).await?;
    named(&state, row).await
}

/// The AI answers again, also what nobody has answered yet.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/hand-back", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn hand_back(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Dialog>> {
    let row = service::hand_back(state.app(), contact_id).await?;
    named(&state, row).await
}

/// Closes the dialog; what the AI had queued is cancelled.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/close", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn close(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Dialog>> {
    let row = service::close(state.app(), contact_id).await?;
    named(&state, row).await
}

async fn named(state: &ApiState, row: Model) -> AppResult<axum::Json<Dialog>> {
    let contact = alfa_store::contacts::find(state.store().reader(), row.contact_id).await?;
    Ok(axum::Json(Dialog::of(row, contact.map(|contact| contact.name))))
}

//! Dialogs: the inbox, and who answers in each.

use super::ApiState;
use super::check::{Checks, Input};
use super::dialog_view::{self, Dialog};
use super::extract::{Id, NoInput, Query};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::segment::trimmed;
use crate::error::{AppError, AppResult};
use crate::inbox::{reading, service, suggest as answers};
use alfa_store::PageOf;
use alfa_store::dialogs::{self as rows, Filter, Tab};
use alfa_store::entity::dialogs::Model;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

impl From<TabName> for Tab {
    fn from(name: TabName) -> Self {
        match name {
            TabName::All => Self::All,
            TabName::Unread => Self::Unread,
            TabName::Human => Self::Human,
            TabName::Ai => Self::Ai,
            TabName::Closed => Self::Closed,
        }
    }
}

/// Which dialogs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DialogQuery {
    /// All of them when it is left out.
    tab: Option<TabName>,
    /// Part of the person's name, the beginning of the phone or of the username.
    #[param(max_length = 200)]
    search: Option<String>,
    /// Whose last campaign is this.
    #[param(minimum = 1)]
    campaign_id: Option<i64>,
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
        check_narrowing(checks, self.search.as_deref(), self.campaign_id);
        check_sort(checks, self.sort.as_deref(), rows::SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// What the tabs count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// As in the list.
    #[param(max_length = 200)]
    search: Option<String>,
    #[param(minimum = 1)]
    campaign_id: Option<i64>,
}

impl Input for CountQuery {
    fn check(&self, checks: &mut Checks) {
        check_narrowing(checks, self.search.as_deref(), self.campaign_id);
    }
}

fn check_narrowing(checks: &mut Checks, search: Option<&str>, campaign_id: Option<i64>) {
    checks.optional_text("search", search, 200);
    checks.range("campaign_id", campaign_id, 1, i64::MAX);
}

fn filter(tab: Option<TabName>, search: Option<&str>, campaign_id: Option<i64>) -> Filter {
    Filter {
        tab: tab.map(Tab::from).unwrap_or_default(),
        search: trimmed(search),
        campaign_id,
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
    let filter = filter(query.tab, query.search.as_deref(), query.campaign_id);
    let order = order(query.sort.as_deref(), rows::SORT_KEYS, rows::INBOX);
    let bound = format!("dialogs {filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let PageOf { items, next_cursor } = rows::list(db, &filter, order, &wanted).await?;
    let items = dialog_view::many(&state, items).await?;
    let total = rows::total(db, &filter).await?;
    Ok(axum::Json(page_of(&bound, PageOf { items, next_cursor }, total)?))
}

/// How many dialogs each tab of the inbox holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct TabCounts {
    pub all: i64,
    pub unread: i64,
    pub human: i64,
    pub ai: i64,
    pub closed: i64,
}

/// The numbers on the tabs of the inbox.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/dialogs/counts", tag = "dialogs", params(CountQuery), responses((status = 200, body = TabCounts)))]
pub async fn counts(
    State(state): State<ApiState>,
    Query(query): Query<CountQuery>,
) -> AppResult<axum::Json<TabCounts>> {
    let filter = filter(None, query.search.as_deref(), query.campaign_id);
    let counts = rows::counts(state.store().reader(), &filter).await?;
    Ok(axum::Json(TabCounts {
        all: counts.all,
        unread: counts.unread,
        human: counts.human,
        ai: counts.ai,
        closed: counts.closed,
    }))
}

/// The dialog with a contact: of several accounts, the one with the newest message.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/dialogs/{contact_id}", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Dialog>> {
    let found = rows::of_contact(state.store().reader(), contact_id).await?;
    let row = found
        .into_iter()
        .next()
        .ok_or_else(|| AppError::not_found("dialog"))?;
    shown(&state, row).await
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
    shown(&state, row).await
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
    shown(&state, row).await
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
    shown(&state, row).await
}

/// Opens a closed dialog again. What was cancelled stays so.
///
/// # Errors
/// `NotFound`; `Conflict` when the person has said stop.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/reopen", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn reopen(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Dialog>> {
    let row = service::reopen(state.app(), contact_id).await?;
    shown(&state, row).await
}

/// Everything in the dialog was read; the person sees it in Telegram.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/read", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Dialog)))]
pub async fn read(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Dialog>> {
    let row = reading::mark_read(state.app(), contact_id).await?;
    shown(&state, row).await
}

async fn shown(state: &ApiState, row: Model) -> AppResult<axum::Json<Dialog>> {
    Ok(axum::Json(dialog_view::one(state, row).await?))
}

/// A suggested answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    pub text: String,
    /// What the person's words were taken for.
    pub category: Option<&'static str>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// The facts that the answer tells.
    #[schema(value_type = Vec<Object>)]
    pub facts: Vec<serde_json::Value>,
    /// Who wrote it: a provider or `offline`.
    pub provider: &'static str,
}

/// Suggests an answer to what the person said last. Nothing is sent.
///
/// # Errors
/// `NotFound`; `Conflict` when there is nothing to answer, or the person has said stop.
#[utoipa::path(post, path = "/api/dialogs/{contact_id}/suggest", tag = "dialogs",
    params(("contact_id" = i64, Path, minimum = 1)), responses((status = 200, body = Suggestion)))]
pub async fn suggest(
    State(state): State<ApiState>,
    Id(contact_id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Suggestion>> {
    let found = answers::suggest(state.app(), contact_id).await?;
    let facts = found
        .facts
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<_, _>>();
    Ok(axum::Json(Suggestion {
        text: found.text,
        category: found.category.map(|class| class.name()),
        confidence: found.confidence,
        facts: facts.map_err(AppError::internal)?,
        provider: found.provider,
    }))
}

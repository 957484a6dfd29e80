//! Campaigns: list, create, read, start, pause, resume, cancel, approve, figures.

use super::ApiState;
use super::campaign_input::{ApproveInput, CampaignInput, InitiateInput};
use super::campaign_view::{self, Campaign, VariantFigures};
use super::check::{Checks, Input};
use super::extract::{Id, Json, NoInput, OptionalJson, Query};
use super::language::of;
use super::outbox::OutboxMessage;
use super::paging::{ListQuery, NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::reason::{ReasonCount, reasons, words};
use super::segment::trimmed;
use super::time::Time;
use super::word::CampaignState;
use crate::access::Caller;
use crate::campaigns::lifecycle::Action;
use crate::campaigns::waiting::Waiting;
use crate::campaigns::{service, stats};
use crate::error::AppResult;
use crate::text::Lang;
use alfa_store::outreach::prepare;
use alfa_store::{Order, campaigns as rows};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A campaign that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedCampaign {
    #[serde(flatten)]
    pub campaign: Campaign,
    /// People in it.
    pub contacts_count: u64,
    /// Ids that were asked for and do not exist.
    pub unknown_contact_ids: Vec<i64>,
}

/// Which campaigns.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CampaignQuery {
    status: Option<CampaignState>,
    /// Part of the name.
    #[param(max_length = 200)]
    search: Option<String>,
    /// `id`, `name`, `created_at` or `updated_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|created_at|updated_at)$")]
    sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for CampaignQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 200);
        check_sort(checks, self.sort.as_deref(), rows::SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// The campaigns, newest first unless `sort` says otherwise.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/campaigns", tag = "campaigns", params(CampaignQuery), responses((status = 200, body = Page<Campaign>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<CampaignQuery>,
    headers: HeaderMap,
) -> AppResult<axum::Json<Page<Campaign>>> {
    let filter = rows::Filter {
        state: query.status.map(|status| status.0),
        search: trimmed(query.search.as_deref()),
    };
    let order = order(query.sort.as_deref(), rows::SORT_KEYS, Order::NEWEST);
    let bound = format!("campaigns {filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let next_cursor = found.next_cursor;
    let items = campaign_view::many(&state, of(&headers), found.items).await?;
    let told = alfa_store::PageOf { items, next_cursor };
    Ok(axum::Json(page_of(
        &bound,
        told,
        rows::total(db, &filter).await?,
    )?))
}

/// Makes a campaign of those contacts that exist; the others are named in the answer.
///
/// # Errors
/// `Invalid`, also when none of the contacts exists.
#[utoipa::path(post, path = "/api/campaigns/create", tag = "campaigns", request_body = CampaignInput,
    responses((status = 201, body = CreatedCampaign)))]
pub async fn create(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<CampaignInput>,
) -> AppResult<(StatusCode, axum::Json<CreatedCampaign>)> {
    let request = input.request(&state).await?;
    let created = service::create(state.app(), request).await?;
    let answer = CreatedCampaign {
        campaign: campaign_view::one(&state, of(&headers), created.campaign).await?,
        contacts_count: created.contacts,
        unknown_contact_ids: created.unknown_contact_ids,
    };
    Ok((StatusCode::CREATED, axum::Json(answer)))
}

/// A campaign.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/campaigns/{id}", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Campaign)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
    headers: HeaderMap,
) -> AppResult<axum::Json<Campaign>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(campaign_view::one(&state, of(&headers), row).await?))
}

/// Somebody who is not written to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Skipped {
    pub contact_id: i64,
    /// `no_consent`, `opted_out`, `recently_contacted`, `no_telegram`, `duplicate`, `inactive` and the like.
    pub reason: &'static str,
}

/// A campaign that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct Initiated {
    pub campaign_id: i64,
    pub status: CampaignState,
    /// Messages that wait to be sent.
    pub queued: i64,
    /// Who is not written to, and why; the first thousand.
    pub skipped: Vec<Skipped>,
    pub skipped_total: usize,
    /// When everybody will have been written to, under the present pacing.
    pub expected_finish_at: Option<Time>,
}

/// Starts a campaign, or goes on with a paused one.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` with the state when it runs already or has ended.
#[utoipa::path(post, path = "/api/campaigns/{id}/initiate-dialogs", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<InitiateInput>, responses((status = 202, body = Initiated)))]
pub async fn initiate(
    State(state): State<ApiState>,
    Id(id): Id,
    OptionalJson(input): OptionalJson<InitiateInput>,
) -> AppResult<(StatusCode, axum::Json<Initiated>)> {
    let begun = service::initiate(state.app(), id, input.pace()).await?;
    let skipped = begun.skipped.into_iter();
    let answer = Initiated {
        campaign_id: begun.campaign.id,
        status: begun.campaign.state.into(),
        queued: begun.queued,
        skipped: skipped
            .map(|(contact_id, reason)| Skipped {
                contact_id,
                reason: reason.as_str(),
            })
            .collect(),
        skipped_total: begun.skipped_total,
        expected_finish_at: begun.expected_finish_at.map(Time),
    };
    Ok((StatusCode::ACCEPTED, axum::Json(answer)))
}

/// Stops a campaign for now.
///
/// # Errors
/// `NotFound`; `Conflict` with the state.
#[utoipa::path(post, path = "/api/campaigns/{id}/pause", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Campaign)))]
pub async fn pause(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Campaign>> {
    act(&state, (id, of(&headers)), Action::Pause).await
}

/// Goes on with a paused campaign.
///
/// # Errors
/// `NotFound`; `Conflict` with the state.
#[utoipa::path(post, path = "/api/campaigns/{id}/resume", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Campaign)))]
pub async fn resume(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Campaign>> {
    act(&state, (id, of(&headers)), Action::Resume).await
}

/// Stops a campaign for good; what was not sent is cancelled.
///
/// # Errors
/// `NotFound`; `Conflict` with the state.
#[utoipa::path(post, path = "/api/campaigns/{id}/cancel", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Campaign)))]
pub async fn cancel(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Campaign>> {
    act(&state, (id, of(&headers)), Action::Cancel).await
}

/// Deletes a draft that has never begun.
///
/// # Errors
/// `NotFound`; `Conflict` with the state when it has begun.
#[utoipa::path(delete, path = "/api/campaigns/{id}", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn act(state: &ApiState, (id, lang): (i64, Lang), action: Action) -> AppResult<axum::Json<Campaign>> {
    let row = service::act(state.app(), id, action).await?;
    Ok(axum::Json(campaign_view::one(state, lang, row).await?))
}

/// How many drafts were let out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Approved {
    pub campaign_id: i64,
    pub approved: u64,
}

/// Lets drafts out: those named, or all.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/campaigns/{id}/approve", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<ApproveInput>, responses((status = 200, body = Approved)))]
pub async fn approve(
    State(state): State<ApiState>,
    Id(id): Id,
    OptionalJson(input): OptionalJson<ApproveInput>,
) -> AppResult<axum::Json<Approved>> {
    let approved = service::approve(state.app(), id, input.ids()).await?;
    Ok(axum::Json(Approved {
        campaign_id: id,
        approved,
    }))
}

/// The drafts that wait for approval, oldest first. The cursor is the last draft's id.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(get, path = "/api/campaigns/{id}/drafts", tag = "campaigns", params(("id" = i64, Path, minimum = 1), ListQuery),
    responses((status = 200, body = Page<OutboxMessage>)))]
pub async fn drafts(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(query): Query<ListQuery>,
) -> AppResult<axum::Json<Page<OutboxMessage>>> {
    let db = state.store().reader();
    rows::get(db, id).await?;
    let bound = ("drafts", id);
    let wanted = page_wanted(bound, query.limit, query.cursor.as_deref())?;
    let after = super::campaign_input::after_id(wanted.cursor.as_deref())?;
    let mut found = prepare::drafts(db, id, after, u64::from(wanted.limit) + 1).await?;
    let more = found.len() > wanted.limit as usize;
    found.truncate(wanted.limit as usize);
    let next_cursor = found.last().filter(|_| more).map(|row| row.id.to_string());
    let total = prepare::drafts_total(db, id).await?;
    let page = page_of(
        bound,
        alfa_store::PageOf {
            items: found,
            next_cursor,
        },
        total,
    )?;
    Ok(axum::Json(page.map(OutboxMessage::from)))
}

/// A campaign's figures. Telegram tells a sender two things of a private message: the server took it (`delivered`, one
/// tick) and it was read (`read`, two ticks).
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignStats {
    pub campaign_id: i64,
    pub status: CampaignState,
    /// Why it is in this state, in words.
    pub status_reason_text: Option<String>,
    pub total: i64,
    pub pending: i64,
    pub queued: i64,
    pub sent: i64,
    /// One tick: Telegram's server took the message.
    pub delivered: i64,
    /// Two ticks: the person saw it.
    pub read: i64,
    pub replied: i64,
    pub failed: i64,
    pub skipped: i64,
    pub cancelled: i64,
    pub opted_out: i64,
    /// Delivered of those that were tried, 0 to 1.
    pub success_rate: f64,
    /// Read of the delivered.
    pub read_rate: f64,
    /// Answered of the delivered.
    pub reply_rate: f64,
    /// Mean time to the first answer.
    pub avg_response_seconds: Option<f64>,
    pub by_reason: BTreeMap<String, i64>,
    /// The same with the reasons in words, the most frequent first.
    pub reasons: Vec<ReasonCount>,
    pub by_stage: BTreeMap<String, i64>,
    pub by_day: BTreeMap<String, i64>,
    /// What each text of an A/B test brought; empty without one.
    pub by_variant: Vec<VariantFigures>,
    pub started_at: Option<Time>,
    pub completed_at: Option<Time>,
    /// When everybody will have been written to: of a draft as if it began now, of a scheduled one from its moment on.
    pub expected_finish_at: Option<Time>,
    /// What the people who are left wait for, beside the pacing.
    pub waiting_for: Vec<WaitingFor>,
}

/// Something that people of a campaign wait for.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingFor {
    /// `no_account`, `approval`, `quiet_hours`, `lookups_limited`, `daily_budget`, or `account_` with the account's state.
    pub reason: String,
    /// The same in words.
    pub text: String,
    pub account_id: Option<i64>,
    pub until: Option<Time>,
}

impl WaitingFor {
    fn of(waiting: Waiting, lang: Lang) -> Self {
        Self {
            text: words(lang, &waiting.reason),
            reason: waiting.reason,
            account_id: waiting.account_id,
            until: waiting.until.map(Time),
        }
    }
}

/// The figures of a campaign.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/campaigns/{id}/stats", tag = "campaigns", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = CampaignStats)))]
pub async fn statistics(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
    headers: HeaderMap,
) -> AppResult<axum::Json<CampaignStats>> {
    let (campaign, figures) = stats::by_id(state.app(), id).await?;
    let lang = of(&headers);
    Ok(axum::Json(CampaignStats {
        campaign_id: id,
        status: campaign.state.into(),
        status_reason_text: campaign.state_reason.as_deref().map(|reason| words(lang, reason)),
        total: figures.total,
        pending: figures.pending,
        queued: figures.queued,
        sent: figures.sent,
        delivered: figures.delivered,
        read: figures.read,
        replied: figures.replied,
        failed: figures.failed,
        skipped: figures.skipped,
        cancelled: figures.cancelled,
        opted_out: figures.opted_out,
        success_rate: figures.success_rate,
        read_rate: figures.read_rate,
        reply_rate: figures.reply_rate,
        avg_response_seconds: figures.avg_response_seconds,
        reasons: reasons(
            lang,
            figures
                .by_reason
                .iter()
                .map(|(reason, count)| (reason.as_str(), *count)),
        ),
        by_reason: figures.by_reason,
        by_stage: figures.by_stage,
        by_day: figures.by_day,
        by_variant: figures.by_variant.into_iter().map(VariantFigures::from).collect(),
        started_at: campaign.started_at.map(Time),
        completed_at: campaign.completed_at.map(Time),
        expected_finish_at: figures.expected_finish_at.map(Time),
        waiting_for: figures
            .waiting_for
            .into_iter()
            .map(|waits| WaitingFor::of(waits, lang))
            .collect(),
    }))
}

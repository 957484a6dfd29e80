//! What a campaign would be, before it is made: whom it would reach, what it would write, when it would end.

use super::ApiState;
use super::campaign_change::{MAX_SAMPLES, Sample, samples};
use super::campaign_input::Templates;
use super::check::{Checks, Input};
use super::extract::{Json, Strict};
use super::language::of;
use super::paging::Page;
use super::reason::{ReasonCount, reasons};
use super::segment::{Segment, check_people, selection};
use super::time::{self, Time};
use super::word::RowId;
use crate::campaigns::audience::{self, MAX_CONTACTS};
use crate::campaigns::draft::unsaved;
use crate::campaigns::forecast::{self, Foreseen};
use crate::campaigns::service::{self, CampaignRequest, PaceRequest};
use crate::error::{AppResult, Message};
use alfa_store::contacts;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Samples when nothing is said.
const DEFAULT_SAMPLES: usize = 5;
/// Days that a forecast tells one by one.
const MAX_DAYS_TOLD: usize = 60;

/// Whom a campaign would be for: `contact_ids`, a `segment`, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AudienceInput {
    #[schema(value_type = Option<Vec<RowId>>, max_items = 100000)]
    contact_ids: Option<Vec<i64>>,
    #[schema(value_type = Option<Segment>)]
    segment: Option<Strict<Segment>>,
}

impl Input for AudienceInput {
    fn check(&self, checks: &mut Checks) {
        check_people(checks, self.contact_ids.as_deref(), self.segment.as_ref());
    }
}

/// Whom a campaign would reach if it began now.
#[derive(Debug, Serialize, ToSchema)]
pub struct AudienceAnswer {
    /// People who exist.
    pub total: u64,
    /// Who may be written to.
    pub sendable: u64,
    /// Who would be skipped, by reason: `no_consent`, `opted_out`, `recently_contacted` and the like.
    pub by_reason: BTreeMap<&'static str, u64>,
    /// The same with the reasons in words, the most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// All, by the basis of their consent.
    pub by_consent: BTreeMap<&'static str, u64>,
    /// False: so many people that the figures are reckoned from a part of them.
    pub exact: bool,
}

/// Whom a campaign would reach if it began now, and why not the others. Nothing is stored.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, operation_id = "audience", path = "/api/campaigns/audience", tag = "campaigns", request_body = AudienceInput,
    responses((status = 200, body = AudienceAnswer)))]
pub async fn look(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<AudienceInput>,
) -> AppResult<axum::Json<AudienceAnswer>> {
    let whom = selection(input.contact_ids, input.segment.as_ref())?;
    let ids = audience::members(state.app(), &whom).await?;
    let found = audience::look(state.app(), &ids).await?;
    Ok(axum::Json(AudienceAnswer {
        total: found.total,
        sendable: found.sendable,
        reasons: reasons(
            of(&headers),
            found
                .by_reason
                .iter()
                .map(|(reason, count)| (*reason, *count as i64)),
        ),
        by_reason: found.by_reason,
        by_consent: found.by_consent,
        exact: found.exact,
    }))
}

/// What a campaign would say, and to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPreviewInput {
    #[schema(value_type = Option<Vec<RowId>>, max_items = 100000)]
    contact_ids: Option<Vec<i64>>,
    #[schema(value_type = Option<Segment>)]
    segment: Option<Strict<Segment>>,
    /// A product of the knowledge base; without it each person is told of what fits them best.
    #[schema(minimum = 1)]
    product_id: Option<i64>,
    /// A fixed text with `{{first_name}}`, `{{product.name}}` and the like; several make an A/B test.
    message_template: Option<Templates>,
    /// People to write to; five when it is left out.
    #[schema(minimum = 1, maximum = 20)]
    limit: Option<u32>,
}

impl Input for DraftPreviewInput {
    fn check(&self, checks: &mut Checks) {
        check_people(checks, self.contact_ids.as_deref(), self.segment.as_ref());
        checks.range("product_id", self.product_id, 1, i64::MAX);
        checks.range("limit", self.limit, 1, MAX_SAMPLES as u32);
        if let Some(templates) = &self.message_template {
            templates.check(checks);
        }
    }
}

/// What a campaign would write to the first people who may be written to. Nothing is stored and nothing is sent.
///
/// # Errors
/// `Invalid`, also for a placeholder that is not known.
#[utoipa::path(post, operation_id = "preview_draft", path = "/api/campaigns/preview", tag = "campaigns", request_body = DraftPreviewInput,
    responses((status = 200, body = Page<Sample>)))]
pub async fn preview(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<DraftPreviewInput>,
) -> AppResult<axum::Json<Page<Sample>>> {
    let app = state.app();
    let request = CampaignRequest {
        product_id: input.product_id,
        templates: input
            .message_template
            .map(Templates::into_texts)
            .unwrap_or_default(),
        ..CampaignRequest::default()
    };
    service::check(app, &request, state.clock().now())?;
    let whom = selection(input.contact_ids, input.segment.as_ref())?;
    let ids = audience::members(app, &whom).await?;
    let most = input.limit.map_or(DEFAULT_SAMPLES, |limit| limit as usize);
    let first = audience::first_sendable(app, &ids, most).await?;
    let people = contacts::get_many(state.store().reader(), &first).await?;
    let samples = samples(app, &unsaved(&request, state.clock().now()), people, of(&headers)).await;
    Ok(axum::Json(Page::whole(samples)))
}

/// How many people would be written to, and how fast.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastInput {
    #[schema(value_type = Option<Vec<RowId>>, max_items = 100000)]
    contact_ids: Option<Vec<i64>>,
    #[schema(value_type = Option<Segment>)]
    segment: Option<Strict<Segment>>,
    /// So many people, when nobody is named.
    #[schema(minimum = 1, maximum = 100000)]
    count: Option<u64>,
    /// As for `initiate-dialogs`.
    #[schema(minimum = 1, maximum = 500)]
    batch_size: Option<i64>,
    /// Seconds, as for `initiate-dialogs`.
    #[schema(minimum = 0, maximum = 3600)]
    delay_between_messages: Option<f64>,
    /// When it would begin; now, when it is left out.
    #[schema(format = DateTime)]
    scheduled_at: Option<String>,
}

impl Input for ForecastInput {
    fn check(&self, checks: &mut Checks) {
        if self.count.is_none() {
            check_people(checks, self.contact_ids.as_deref(), self.segment.as_ref());
        } else if self.contact_ids.is_some() || self.segment.is_some() {
            checks.refuse("count", Message::new("error.count_or_contacts"));
        }
        checks.range("count", self.count, 1, MAX_CONTACTS as u64);
        checks.range("batch_size", self.batch_size, 1, 500);
        checks.range("delay_between_messages", self.delay_between_messages, 0.0, 3600.0);
    }
}

/// How many messages would leave on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayForecast {
    /// The business's day.
    #[schema(format = Date)]
    pub day: String,
    pub count: usize,
}

/// When a campaign would end under the present pacing, beside the campaigns that send already.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastAnswer {
    /// People who would be written to.
    pub sendable: u64,
    pub starts_at: Time,
    /// Null: no account may send, or it would take years.
    pub expected_finish_at: Option<Time>,
    /// The first sixty days.
    pub per_day: Vec<DayForecast>,
    /// What makes it slow: `no_account`, `daily_budget`, `quiet_hours`, `other_campaigns`; `pacing` alone when nothing does.
    pub limited_by: Vec<&'static str>,
}

/// When a campaign would end. Nothing is stored.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, operation_id = "forecast", path = "/api/campaigns/forecast", tag = "campaigns", request_body = ForecastInput,
    responses((status = 200, body = ForecastAnswer)))]
pub async fn foresee(
    State(state): State<ApiState>,
    Json(input): Json<ForecastInput>,
) -> AppResult<axum::Json<ForecastAnswer>> {
    let app = state.app();
    let now = state.clock().now();
    let scheduled = input.scheduled_at.as_deref();
    let scheduled = scheduled
        .map(|text| time::read("scheduled_at", text))
        .transpose()?;
    let starts = scheduled.unwrap_or(now).max(now);
    let sendable = match input.count {
        Some(count) => count,
        None => {
            let whom = selection(input.contact_ids, input.segment.as_ref())?;
            let ids = audience::members(app, &whom).await?;
            audience::look(app, &ids).await?.sendable
        }
    };
    let pace = PaceRequest {
        batch_size: input.batch_size,
        delay_s: input.delay_between_messages,
    };
    let Foreseen {
        finish,
        by_day,
        limited_by,
    } = forecast::foresee(app, sendable, pace, starts).await?;
    let days = by_day.into_iter().take(MAX_DAYS_TOLD);
    Ok(axum::Json(ForecastAnswer {
        sendable,
        starts_at: Time(starts),
        expected_finish_at: finish.map(Time),
        per_day: days
            .map(|(day, count)| DayForecast {
                day: day.to_string(),
                count,
            })
            .collect(),
        limited_by,
    }))
}

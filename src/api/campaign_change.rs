//! Changing a campaign that exists, and looking at what it would write.

use alfa_llm::ASSISTANT_DEADLINE_MS;

use super::ApiState;
use super::campaign_input::check_follow_ups;
use super::campaign_view::{self, Campaign, FollowUp};
use super::check::{Checks, Input};
use super::extract::{Id, Json, OptionalJson, Strict};
use super::language::of;
use super::outbox::OutboxMessage;
use super::paging::Page;
use super::reason::words;
use super::word::RowId;
use crate::app::App;
use crate::campaigns::draft::{Drafted, first_message};
use crate::campaigns::{service, steps};
use crate::error::{AppResult, Message};
use crate::inbox::service::LONGEST_MESSAGE_CHARS;
use crate::text::Lang;
use crate::writing::stable_hash;
use alfa_store::entity::{campaigns, contacts as contact_rows};
use alfa_store::outreach::plan;
use alfa_store::{campaigns as rows, contacts};
use axum::extract::State;
use axum::http::HeaderMap;
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most samples of one preview.
pub const MAX_SAMPLES: usize = 20;
/// Samples that are written at once.
const SAMPLES_AT_ONCE: usize = 4;
/// How long one sample may take an AI provider, in milliseconds.
const SAMPLE_PATIENCE_MS: i64 = ASSISTANT_DEADLINE_MS;
/// Samples when nothing is said.
const DEFAULT_SAMPLES: u64 = 5;

/// A change of what people read of a campaign; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignChange {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// An empty text removes it.
    #[schema(max_length = 10000)]
    description: Option<String>,
    /// Other follow-ups on silence, before the campaign has begun; an empty list removes them.
    #[schema(value_type = Option<Vec<FollowUp>>, max_items = 2)]
    follow_ups: Option<Vec<Strict<FollowUp>>>,
}

impl Input for CampaignChange {
    fn check(&self, checks: &mut Checks) {
        check_follow_ups(checks, self.follow_ups.as_deref().unwrap_or_default());
        if let Some(name) = &self.name {
            checks.text("name", name, 1, 200);
        }
        checks.optional_text("description", self.description.as_deref(), 10_000);
    }
}

/// Another text for a draft that waits for approval.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftChange {
    #[schema(minimum = 1)]
    outbox_id: i64,
    #[schema(min_length = 1, max_length = 4096)]
    text: String,
}

impl Input for DraftChange {
    fn check(&self, checks: &mut Checks) {
        checks.range("outbox_id", Some(self.outbox_id), 1, i64::MAX);
        checks.text("text", &self.text, 1, LONGEST_MESSAGE_CHARS);
    }
}

/// Which drafts nobody wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectInput {
    #[schema(value_type = Vec<RowId>, min_items = 1, max_items = 1000)]
    outbox_ids: Vec<i64>,
}

impl Input for RejectInput {
    fn check(&self, checks: &mut Checks) {
        checks.count("outbox_ids", self.outbox_ids.len(), 1000);
        if let Some(index) = self.outbox_ids.iter().position(|id| *id < 1) {
            checks.refuse(format!("outbox_ids[{index}]"), Message::new("error.id"));
        }
    }
}

/// How many drafts were rejected.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rejected {
    pub campaign_id: i64,
    pub rejected: u64,
}

/// For whom to write samples.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewInput {
    /// The first five who wait when it is left out.
    #[schema(value_type = Option<Vec<RowId>>, max_items = 20)]
    contact_ids: Option<Vec<i64>>,
}

impl Input for PreviewInput {
    fn check(&self, checks: &mut Checks) {
        let ids = self.contact_ids.as_deref().unwrap_or_default();
        checks.count("contact_ids", ids.len(), MAX_SAMPLES);
        if let Some(index) = ids.iter().position(|id| *id < 1) {
            checks.refuse(format!("contact_ids[{index}]"), Message::new("error.id"));
        }
    }
}

/// What a person would read. The message itself is written anew, so its words may differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sample {
    pub contact_id: i64,
    pub contact_name: String,
    pub text: Option<String>,
    /// Why there is no text: `no_product`, `not_grounded`, `empty_text`, `too_long`.
    pub reason: Option<&'static str>,
    /// The same in words.
    pub reason_text: Option<String>,
    /// Who wrote it: a provider, `offline` or `template`.
    pub provider: Option<&'static str>,
    /// The facts that it tells and the approved blocks that it uses.
    #[schema(value_type = Option<Object>)]
    pub facts: Option<serde_json::Value>,
}

impl Sample {
    fn new(person: contact_rows::Model, written: Result<Drafted, &'static str>, lang: Lang) -> Self {
        let (written, reason) = match written {
            Ok(written) => (Some(written), None),
            Err(reason) => (None, Some(reason)),
        };
        let facts = written.as_ref().and_then(|written| written.facts.as_deref());
        Self {
            contact_id: person.id,
            contact_name: person.name,
            facts: facts.and_then(|json| serde_json::from_str(json).ok()),
            provider: written.as_ref().map(|written| written.provider),
            text: written.map(|written| written.text),
            reason_text: reason.map(|reason| words(lang, reason)),
            reason,
        }
    }
}

/// Changes a campaign's name or description, or its follow-ups before it has begun.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` with the state when it has begun.
#[utoipa::path(patch, path = "/api/campaigns/{id}", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = CampaignChange, responses((status = 200, body = Campaign)))]
pub async fn change(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Json(input): Json<CampaignChange>,
) -> AppResult<axum::Json<Campaign>> {
    let name = input.name.as_deref().map(str::trim);
    if let Some(wanted) = input.follow_ups {
        let wanted: Vec<_> = wanted.into_iter().map(|step| step.0.into()).collect();
        steps::replace(state.app(), id, &wanted).await?;
    }
    let tx = state.store().begin().await?;
    rows::describe(&tx, id, name, input.description.as_deref(), state.clock().now()).await?;
    let row = rows::get(&tx, id).await?;
    tx.commit().await?;
    Ok(axum::Json(campaign_view::one(&state, of(&headers), row).await?))
}

/// Gives a draft another text. It still waits for approval.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(patch, path = "/api/campaigns/{id}/drafts", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = DraftChange, responses((status = 200, body = OutboxMessage)))]
pub async fn edit_draft(
    State(state): State<ApiState>,
    Id(id): Id,
    Json(input): Json<DraftChange>,
) -> AppResult<axum::Json<OutboxMessage>> {
    let row = service::edit_draft(state.app(), id, input.outbox_id, &input.text).await?;
    Ok(axum::Json(row.into()))
}

/// Rejects drafts: their people are skipped, with the reason `rejected`.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/campaigns/{id}/reject", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = RejectInput, responses((status = 200, body = Rejected)))]
pub async fn reject(
    State(state): State<ApiState>,
    Id(id): Id,
    Json(input): Json<RejectInput>,
) -> AppResult<axum::Json<Rejected>> {
    let rejected = service::reject(state.app(), id, &input.outbox_ids).await?;
    Ok(axum::Json(Rejected {
        campaign_id: id,
        rejected,
    }))
}

/// What the campaign would write to some of its people. Nothing is sent.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/campaigns/{id}/preview", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<PreviewInput>, responses((status = 200, body = Page<Sample>)))]
pub async fn preview(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    OptionalJson(input): OptionalJson<PreviewInput>,
) -> AppResult<axum::Json<Page<Sample>>> {
    let db = state.store().reader();
    let campaign = rows::get(db, id).await?;
    let ids = match input.contact_ids {
        Some(ids) => ids,
        None => plan::pending(db, id, DEFAULT_SAMPLES).await?,
    };
    let people = contacts::get_many(db, &ids).await?;
    let samples = samples(state.app(), &campaign, people, of(&headers)).await;
    Ok(axum::Json(Page::whole(samples)))
}

/// What a campaign would write to these people.
pub async fn samples(
    app: &App,
    campaign: &campaigns::Model,
    people: Vec<contact_rows::Model>,
    lang: Lang,
) -> Vec<Sample> {
    let samples = people.into_iter().map(|person| async move {
        let seed = stable_hash(&[&campaign.id.to_be_bytes(), &person.id.to_be_bytes()]);
        let written = first_message(app, campaign, &person, seed, SAMPLE_PATIENCE_MS).await;
        Sample::new(person, written, lang)
    });
    let written = futures::stream::iter(samples).buffered(SAMPLES_AT_ONCE);
    written.collect().await
}

//! Changing a campaign that exists, and looking at what it would write.

use super::ApiState;
use super::campaigns::Campaign;
use super::check::{Checks, Input};
use super::extract::{Id, Json, OptionalJson};
use super::paging::Page;
use super::word::RowId;
use crate::campaigns::draft::first_message;
use crate::error::{AppResult, Message};
use crate::writing::stable_hash;
use alfa_store::outreach::plan;
use alfa_store::{campaigns as rows, contacts};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most samples of one preview.
const MAX_SAMPLES: usize = 20;
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
}

impl Input for CampaignChange {
    fn check(&self, checks: &mut Checks) {
        if let Some(name) = &self.name {
            checks.text("name", name, 1, 200);
        }
        checks.optional_text("description", self.description.as_deref(), 10_000);
    }
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
    /// Why there is no text: `no_product`, `empty_text`.
    pub reason: Option<&'static str>,
}

/// Changes a campaign's name or description.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(patch, path = "/api/campaigns/{id}", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = CampaignChange, responses((status = 200, body = Campaign)))]
pub async fn change(
    State(state): State<ApiState>,
    Id(id): Id,
    Json(input): Json<CampaignChange>,
) -> AppResult<axum::Json<Campaign>> {
    let name = input.name.as_deref().map(str::trim);
    let tx = state.store().begin().await?;
    rows::describe(&tx, id, name, input.description.as_deref(), state.clock().now()).await?;
    let row = rows::get(&tx, id).await?;
    tx.commit().await?;
    Ok(axum::Json(row.into()))
}

/// What the campaign would write to some of its people. Nothing is sent.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/campaigns/{id}/preview", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<PreviewInput>, responses((status = 200, body = Page<Sample>)))]
pub async fn preview(
    State(state): State<ApiState>,
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
    let samples = people.into_iter().map(|person| {
        let seed = stable_hash(&[&id.to_be_bytes(), &person.id.to_be_bytes()]);
        let (text, reason) = match first_message(state.app(), &campaign, &person, seed) {
            Ok(drafted) => (Some(drafted.text), None),
            Err(reason) => (None, Some(reason)),
        };
        Sample {
            contact_id: person.id,
            contact_name: person.name,
            text,
            reason,
        }
    });
    Ok(axum::Json(Page::whole(samples.collect())))
}

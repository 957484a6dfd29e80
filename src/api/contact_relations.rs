//! What a contact is to others: the same person under another row, a member of campaigns.

use super::ApiState;
use super::check::{Checks, Input};
use super::contacts::{Contact, view};
use super::extract::{Id, Json, Query};
use super::language::of;
use super::paging::{NoQuery, Page};
use super::reason::words;
use super::time::Time;
use super::word::CampaignContactState;
use crate::access::Caller;
use crate::contacts::merge as service;
use crate::error::AppResult;
use crate::text::Lang;
use alfa_store::contacts as rows;
use alfa_store::outreach::audience::{self, Membership};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Campaigns of one contact that are listed.
const MAX_CAMPAIGNS: u64 = 500;

/// Who is the same person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInput {
    /// The contact that joins this one and is gone afterwards.
    #[schema(minimum = 1)]
    with: i64,
}

impl Input for MergeInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("with", Some(self.with), 1, i64::MAX);
    }
}

/// Makes one contact of two. This one keeps its fields and gets those it lacks; the other's dialogs, messages, consents,
/// campaigns, tags, history and client card come along. The stricter verdict on consent holds.
///
/// # Errors
/// `NotFound`; `Invalid` naming `with`; `Conflict` when they cannot be one, with the reason.
#[utoipa::path(post, path = "/api/contacts/{id}/merge", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    request_body = MergeInput, responses((status = 200, body = Contact)))]
pub async fn merge(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<MergeInput>,
) -> AppResult<axum::Json<Contact<'static>>> {
    let row = service::merge(state.app(), id, input.with, &caller.name()).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// Contacts that are likely the same person, the likeliest first, at most 20: the same full name, or the name of the one
/// is the username of the other.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/contacts/{id}/duplicates", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Page<Contact>)))]
pub async fn duplicates(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Contact<'static>>>> {
    let found = service::likely(state.app(), id).await?;
    let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
    let mut tags = rows::tags::of_many(state.store().reader(), &ids).await?;
    let items = found.into_iter().map(|row| {
        let tags = tags.remove(&row.id).unwrap_or_default();
        Contact::of(row, tags)
    });
    Ok(axum::Json(Page::whole(items.collect())))
}

/// A campaign that has the contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCampaign {
    pub campaign_id: i64,
    pub name: String,
    /// Where the contact stands in it.
    pub state: CampaignContactState,
    /// The campaign's first message to the contact.
    pub message_id: Option<i64>,
    pub sent_at: Option<Time>,
    pub replied_at: Option<Time>,
    /// Why the contact was skipped, failed or cancelled.
    pub reason: Option<String>,
    /// The reason in words.
    pub reason_text: Option<String>,
}

impl ContactCampaign {
    fn of(lang: Lang, membership: Membership) -> Self {
        let Membership {
            row,
            name,
            message_id,
        } = membership;
        Self {
            campaign_id: row.campaign_id,
            name,
            state: row.state.into(),
            message_id,
            sent_at: row.sent_at.map(Time),
            replied_at: row.replied_at.map(Time),
            reason_text: row.reason.as_deref().map(|reason| words(lang, reason)),
            reason: row.reason,
        }
    }
}

/// The campaigns that have the contact, the newest first, at most 500.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, operation_id = "campaigns", path = "/api/contacts/{id}/campaigns", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Page<ContactCampaign>)))]
pub async fn campaigns(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
    headers: HeaderMap,
) -> AppResult<axum::Json<Page<ContactCampaign>>> {
    let db = state.store().reader();
    rows::get(db, id).await?;
    let lang = of(&headers);
    let found = audience::campaigns_of(db, id, MAX_CAMPAIGNS).await?;
    Ok(axum::Json(
        Page::whole(found).map(|membership| ContactCampaign::of(lang, membership)),
    ))
}

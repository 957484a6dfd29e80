//! The people of a campaign: where each stands, and why.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, Query};
use super::language::of;
use super::paging::{Page, check_paging, page_of, page_wanted};
use super::reason::words;
use super::time::Time;
use super::word::{CampaignContactState, FunnelStage};
use crate::campaigns::waiting::{Waiting, waiting_for};
use crate::error::AppResult;
use crate::text::Lang;
use crate::writing::template::MAX_TEMPLATES;
use alfa_store::entity::{campaign_contacts, campaigns, contacts, follow_ups, outbox};
use alfa_store::outreach::audience::{self, Filter};
use alfa_store::types;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Longest name of a reason.
const MAX_REASON_CHARS: usize = 64;

/// A person of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignContact {
    pub contact_id: i64,
    pub contact_name: Option<String>,
    pub state: CampaignContactState,
    /// Why the person was skipped, failed or cancelled: `no_consent`, `opted_out`, `privacy_restricted` and the like.
    pub reason: Option<String>,
    /// The reason in words.
    pub reason_text: Option<String>,
    /// What the person waits for, who is not written to yet.
    pub waiting_for: Option<PersonWaits>,
    /// The last error that Telegram gave for this person.
    pub error: Option<String>,
    pub stage: FunnelStage,
    /// Which template of an A/B test, from 0.
    pub variant: i32,
    pub account_id: Option<i64>,
    /// The newest message of the campaign to the person: GET /api/outbox/{id}.
    pub outbox_id: Option<i64>,
    pub sent_at: Option<Time>,
    /// When Telegram's server took it: the same moment as `sent_at`, it tells no other.
    pub delivered_at: Option<Time>,
    pub read_at: Option<Time>,
    pub replied_at: Option<Time>,
    pub opted_out: bool,
    /// The sequence of follow-ups on silence, where the campaign has one.
    pub follow_up: Option<FollowUpWait>,
}

/// What somebody waits for.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonWaits {
    /// `pacing`, `quiet_hours`, `daily_budget`, `approval`, `paused`, `no_account`, `account_` with its state and the like.
    pub reason: String,
    /// The same in words.
    pub text: String,
    /// Until when, where that is known.
    pub until: Option<Time>,
}

/// Where a sequence of follow-ups stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowUpWait {
    /// The next step, or the one at which it ended; 1 is the first.
    pub step: i32,
    /// When it is looked at next.
    pub due_at: Option<Time>,
    /// Why it ended: `done`, `replied`, `opted_out`, `taken_over` and the like.
    pub ended: Option<String>,
    /// The same in words.
    pub ended_text: Option<String>,
}

/// Which people of a campaign.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    state: Option<CampaignContactState>,
    /// The name of a reason, as in `by_reason` of the figures.
    #[param(max_length = 64)]
    reason: Option<String>,
    /// A template of an A/B test, from 0.
    #[param(minimum = 0, maximum = 9)]
    variant: Option<i32>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for PeopleQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("reason", self.reason.as_deref(), MAX_REASON_CHARS);
        let last = i32::try_from(MAX_TEMPLATES).unwrap_or(i32::MAX) - 1;
        checks.range("variant", self.variant, 0, last);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// The people of a campaign by the contact's id: the state of each, why, and when.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(get, operation_id = "people", path = "/api/campaigns/{id}/contacts", tag = "campaigns", params(("id" = i64, Path, minimum = 1), PeopleQuery),
    responses((status = 200, body = Page<CampaignContact>)))]
pub async fn list(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(query): Query<PeopleQuery>,
    headers: HeaderMap,
) -> AppResult<axum::Json<Page<CampaignContact>>> {
    let db = state.store().reader();
    let filter = Filter {
        state: query.state.map(|state| state.0),
        reason: query.reason,
        variant: query.variant,
    };
    let bound = (
        "campaign contacts",
        id,
        filter.state,
        &filter.reason,
        filter.variant,
    );
    let wanted = page_wanted(bound, query.limit, query.cursor.as_deref())?;
    let campaign = alfa_store::campaigns::get(db, id).await?;
    let found = audience::list(db, id, &filter, &wanted).await?;
    let total = audience::total(db, id, &filter).await?;
    let ids: Vec<i64> = found.items.iter().map(|row| row.contact_id).collect();
    let view = View {
        lang: of(&headers),
        waiting: waiting_for(state.app(), &campaign).await?,
        names: names(alfa_store::contacts::get_many(db, &ids).await?),
        messages: by_contact(audience::messages(db, id, &ids).await?),
        follow_ups: sequences(alfa_store::outreach::follow_ups::of_contacts(db, id, &ids).await?),
        campaign,
    };
    Ok(axum::Json(page_of(bound, found, total)?.map(|row| view.of(row))))
}

fn names(rows: Vec<contacts::Model>) -> HashMap<i64, String> {
    rows.into_iter().map(|row| (row.id, row.name)).collect()
}

fn sequences(rows: Vec<follow_ups::Model>) -> HashMap<i64, follow_ups::Model> {
    rows.into_iter().map(|row| (row.contact_id, row)).collect()
}

fn by_contact(rows: Vec<outbox::Model>) -> HashMap<i64, Vec<outbox::Model>> {
    let mut found: HashMap<i64, Vec<outbox::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.contact_id).or_default().push(row);
    }
    found
}

/// What the rows of a page are told with.
struct View {
    lang: Lang,
    campaign: campaigns::Model,
    waiting: Vec<Waiting>,
    names: HashMap<i64, String>,
    messages: HashMap<i64, Vec<outbox::Model>>,
    follow_ups: HashMap<i64, follow_ups::Model>,
}

impl View {
    fn of(&self, row: campaign_contacts::Model) -> CampaignContact {
        let messages = self.messages.get(&row.contact_id).map_or(&[][..], Vec::as_slice);
        let newest = messages.last();
        let error = messages.iter().rev().find_map(|message| message.error.clone());
        let reason_text = row.reason.as_deref().map(|reason| words(self.lang, reason));
        CampaignContact {
            contact_id: row.contact_id,
            contact_name: self.names.get(&row.contact_id).cloned(),
            state: row.state.into(),
            reason_text,
            waiting_for: self.waits(&row, newest),
            reason: row.reason,
            error,
            stage: row.stage.into(),
            variant: row.variant,
            account_id: row.account_id.or(newest.map(|message| message.account_id)),
            outbox_id: newest.map(|message| message.id),
            sent_at: row.sent_at.map(Time),
            delivered_at: row.sent_at.filter(|_| row.delivered).map(Time),
            read_at: row.read_at.map(Time),
            replied_at: row.replied_at.map(Time),
            opted_out: row.opted_out,
            follow_up: self
                .follow_ups
                .get(&row.contact_id)
                .map(|wait| self.sequence(wait)),
        }
    }

    fn sequence(&self, wait: &follow_ups::Model) -> FollowUpWait {
        FollowUpWait {
            step: wait.step,
            due_at: wait.due_at.map(Time),
            ended_text: wait.ended.as_deref().map(|reason| words(self.lang, reason)),
            ended: wait.ended.clone(),
        }
    }

    fn waits(&self, row: &campaign_contacts::Model, newest: Option<&outbox::Model>) -> Option<PersonWaits> {
        let (reason, until) = self.waits_for(row, newest)?;
        Some(PersonWaits {
            text: words(self.lang, &reason),
            reason,
            until: until.map(Time),
        })
    }

    fn waits_for(
        &self,
        row: &campaign_contacts::Model,
        newest: Option<&outbox::Model>,
    ) -> Option<(String, Option<alfa_store::UnixMillis>)> {
        use types::CampaignContactState::{Pending, Queued};
        if !matches!(row.state, Pending | Queued) {
            return None;
        }
        match self.campaign.state {
            types::CampaignState::Draft => return Some(("not_started".to_owned(), None)),
            types::CampaignState::Scheduled => {
                return Some(("scheduled".to_owned(), self.campaign.scheduled_at));
            }
            types::CampaignState::Paused => return Some(("paused".to_owned(), None)),
            _ => {}
        }
        if let Some(message) = newest {
            match message.state {
                types::OutboxState::Draft => return Some(("approval".to_owned(), None)),
                types::OutboxState::Sending => return Some(("sending".to_owned(), message.lease_until)),
                types::OutboxState::Deferred => {
                    let reason = message.reason.clone().unwrap_or_else(|| "deferred".to_owned());
                    return Some((reason, Some(message.not_before)));
                }
                _ => {}
            }
        }
        let account_id = newest.map(|message| message.account_id);
        let own = |waiting: &&Waiting| waiting.account_id.is_some() && waiting.account_id == account_id;
        let nobody = |waiting: &&Waiting| waiting.reason == "no_account";
        let of_account = self.waiting.iter().find(own);
        let found = of_account.or_else(|| self.waiting.iter().find(nobody));
        Some(found.map_or(("pacing".to_owned(), None), |waiting| {
            (waiting.reason.clone(), waiting.until)
        }))
    }
}

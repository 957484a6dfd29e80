//! What is sent of a campaign.

use super::ApiState;
use super::campaign_view::FollowUp;
use super::check::{Checks, Input};
use super::extract::Strict;
use super::time;
use super::word::{Approval, ConsentBasis, ContactSource, ContactStatus, RowId};
use crate::campaigns::service::{CampaignRequest, PaceRequest};
use crate::campaigns::silence::{MOST_STEPS, SILENCE_HOURS};
use crate::error::{AppError, AppResult, Message};
use alfa_store::Page;
use alfa_store::contacts::{self, Filter, Sort};
use serde::Deserialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Most contacts of one campaign.
const MAX_CONTACTS: usize = 100_000;
const MAX_TEMPLATES: usize = 10;
const MAX_TEMPLATE_CHARS: usize = 4096;
/// Contacts read at a time while a segment is looked up.
const READ_ROWS: u32 = 500;

/// One text, or several for an A/B test.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Templates {
    One(String),
    Several(Vec<String>),
}

impl PartialSchema for Templates {
    fn schema() -> RefOr<Schema> {
        let text = || {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(MAX_TEMPLATE_CHARS))
        };
        let several = ArrayBuilder::new().items(text()).max_items(Some(MAX_TEMPLATES));
        OneOfBuilder::new().item(text()).item(several).into()
    }
}

impl ToSchema for Templates {}

impl Templates {
    fn into_texts(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Several(texts) => texts,
        }
    }
}

/// Contacts by what they are: all that fit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    #[schema(max_length = 200)]
    search: Option<String>,
    #[schema(max_length = 64)]
    tag: Option<String>,
    status: Option<ContactStatus>,
    #[schema(minimum = 1)]
    group_id: Option<i64>,
    consent: Option<ConsentBasis>,
    source: Option<ContactSource>,
}

impl Segment {
    fn filter(&self) -> Filter {
        Filter {
            search: self.search.clone().filter(|text| !text.trim().is_empty()),
            tag: self.tag.clone(),
            status: self.status.map(|status| status.0),
            group_id: self.group_id,
            consent: self.consent.map(|basis| basis.0),
            source: self.source.map(|source| source.0),
            opted_out: None,
        }
    }
}

/// A campaign to make. It needs `contact_ids`, a `segment`, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignInput {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(max_length = 10000)]
    description: Option<String>,
    /// A product of the knowledge base.
    #[schema(minimum = 1)]
    product_id: Option<i64>,
    #[schema(value_type = Option<Vec<RowId>>, max_items = 100000)]
    contact_ids: Option<Vec<i64>>,
    #[schema(value_type = Option<Segment>)]
    segment: Option<Strict<Segment>>,
    /// A fixed text with `{{first_name}}`, `{{product.name}}` and the like; several make an A/B test.
    message_template: Option<Templates>,
    /// What is written to whoever is silent: each after so many hours, with a text or a composed one.
    #[schema(value_type = Option<Vec<FollowUp>>, max_items = 2)]
    follow_ups: Option<Vec<Strict<FollowUp>>>,
    /// When it begins by itself.
    #[schema(format = DateTime)]
    scheduled_at: Option<String>,
    /// `APPROVAL` decides when it is left out.
    approval: Option<Approval>,
}

impl Input for CampaignInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, 200);
        checks.optional_text("description", self.description.as_deref(), 10_000);
        checks.range("product_id", self.product_id, 1, i64::MAX);
        let ids = self.contact_ids.as_deref().unwrap_or_default();
        checks.count("contact_ids", ids.len(), MAX_CONTACTS);
        if let Some(index) = ids.iter().position(|id| *id < 1) {
            checks.refuse(format!("contact_ids[{index}]"), Message::new("error.id"));
        }
        if self.contact_ids.is_none() && self.segment.is_none() {
            checks.refuse("contact_ids", Message::new("error.contacts_or_segment"));
        }
        if let Some(segment) = &self.segment {
            checks.optional_text("segment.search", segment.search.as_deref(), 200);
            checks.optional_text("segment.tag", segment.tag.as_deref(), 64);
            checks.range("segment.group_id", segment.group_id, 1, i64::MAX);
        }
        check_follow_ups(checks, self.follow_ups.as_deref().unwrap_or_default());
        match &self.message_template {
            None => {}
            Some(Templates::One(text)) => checks.text("message_template", text, 1, MAX_TEMPLATE_CHARS),
            Some(Templates::Several(texts)) => {
                checks.count("message_template", texts.len(), MAX_TEMPLATES);
                for (index, text) in texts.iter().enumerate() {
                    checks.text(&format!("message_template[{index}]"), text, 1, MAX_TEMPLATE_CHARS);
                }
            }
        }
    }
}

/// Checks the shape of follow-ups; what they say is checked with the campaign's product.
pub fn check_follow_ups(checks: &mut Checks, follow_ups: &[Strict<FollowUp>]) {
    checks.count("follow_ups", follow_ups.len(), MOST_STEPS);
    let (least, most) = SILENCE_HOURS;
    for (index, step) in follow_ups.iter().enumerate() {
        let hours = format!("follow_ups[{index}].after_hours");
        checks.range(&hours, Some(step.after_hours), least, most);
        if let Some(text) = &step.text_template {
            checks.text(
                &format!("follow_ups[{index}].text_template"),
                text,
                1,
                MAX_TEMPLATE_CHARS,
            );
        }
    }
}

impl CampaignInput {
    /// What the service is asked for; the segment is looked up now.
    ///
    /// # Errors
    /// `Invalid`; of the database.
    pub async fn request(self, state: &ApiState) -> AppResult<CampaignRequest> {
        let scheduled_at = self
            .scheduled_at
            .as_deref()
            .map(|text| time::read("scheduled_at", text))
            .transpose()?;
        let mut contact_ids = self.contact_ids.unwrap_or_default();
        if let Some(segment) = &self.segment {
            contact_ids.extend(members(state, &segment.filter()).await?);
        }
        Ok(CampaignRequest {
            name: self.name.trim().to_owned(),
            description: self.description,
            product_id: self.product_id,
            contact_ids,
            templates: self
                .message_template
                .map(Templates::into_texts)
                .unwrap_or_default(),
            follow_ups: self
                .follow_ups
                .unwrap_or_default()
                .into_iter()
                .map(|step| step.0.into())
                .collect(),
            scheduled_at,
            approval: self.approval.map(|approval| approval.0),
        })
    }
}

async fn members(state: &ApiState, filter: &Filter) -> AppResult<Vec<i64>> {
    let db = state.store().reader();
    let mut ids = Vec::new();
    let mut page = Page::first(READ_ROWS);
    loop {
        let found = contacts::list(db, filter, Sort::default(), &page).await?;
        ids.extend(found.items.iter().map(|row| row.id));
        if ids.len() > MAX_CONTACTS {
            let message = Message::new("error.too_many_entries").with("most", MAX_CONTACTS);
            return Err(AppError::invalid("segment", message));
        }
        match found.next_cursor {
            Some(cursor) => page.cursor = Some(cursor),
            None => return Ok(ids),
        }
    }
}

/// The pace of new dialogs.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InitiateInput {
    /// New dialogs between two long rests; 10 for a campaign that has never been told. As it was when it is left out.
    #[schema(minimum = 1, maximum = 500)]
    batch_size: Option<i64>,
    /// Seconds; as it was when it is left out, and 2 to 5 by chance when it has never been told.
    #[schema(minimum = 0, maximum = 3600)]
    delay_between_messages: Option<f64>,
}

impl Input for InitiateInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("batch_size", self.batch_size, 1, 500);
        checks.range("delay_between_messages", self.delay_between_messages, 0.0, 3600.0);
    }
}

impl InitiateInput {
    /// For the service.
    #[must_use]
    pub fn pace(&self) -> PaceRequest {
        PaceRequest {
            batch_size: self.batch_size,
            delay_s: self.delay_between_messages,
        }
    }
}

/// Which drafts.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveInput {
    /// All of them when it is left out.
    #[schema(value_type = Option<Vec<RowId>>, max_items = 1000)]
    outbox_ids: Option<Vec<i64>>,
}

impl ApproveInput {
    /// The drafts that are named.
    #[must_use]
    pub fn ids(&self) -> Option<&[i64]> {
        self.outbox_ids.as_deref()
    }
}

impl Input for ApproveInput {
    fn check(&self, checks: &mut Checks) {
        let ids = self.outbox_ids.as_deref().unwrap_or_default();
        checks.count("outbox_ids", ids.len(), 1000);
        if let Some(index) = ids.iter().position(|id| *id < 1) {
            checks.refuse(format!("outbox_ids[{index}]"), Message::new("error.id"));
        }
    }
}

/// The id that a cursor of drafts holds.
///
/// # Errors
/// `Invalid` naming `cursor`.
pub fn after_id(cursor: Option<&str>) -> AppResult<i64> {
    let bad = || AppError::invalid("cursor", Message::new("error.cursor"));
    cursor.map_or(Ok(0), |text| text.parse().map_err(|_| bad()))
}

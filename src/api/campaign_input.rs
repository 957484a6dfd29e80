//! What is sent of a campaign.

use super::ApiState;
use super::campaign_view::FollowUp;
use super::check::{Checks, Input};
use super::extract::Strict;
use super::segment::{Segment, check_people, selection};
use super::time;
use super::word::{Approval, RowId};
use crate::campaigns::audience::members;
use crate::campaigns::service::{CampaignRequest, PaceRequest};
use crate::campaigns::silence::{MOST_STEPS, SILENCE_HOURS};
use crate::error::{AppError, AppResult, Message};
use serde::Deserialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const MAX_TEMPLATES: usize = 10;
const MAX_TEMPLATE_CHARS: usize = 4096;

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
    /// Names what is out of bounds.
    pub fn check(&self, checks: &mut Checks) {
        match self {
            Self::One(text) => checks.text("message_template", text, 1, MAX_TEMPLATE_CHARS),
            Self::Several(texts) => {
                checks.count("message_template", texts.len(), MAX_TEMPLATES);
                for (index, text) in texts.iter().enumerate() {
                    checks.text(&format!("message_template[{index}]"), text, 1, MAX_TEMPLATE_CHARS);
                }
            }
        }
    }

    /// The texts.
    #[must_use]
    pub fn into_texts(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Several(texts) => texts,
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
    /// New dialogs between two long rests once it begins; 10 when it is left out.
    #[schema(minimum = 1, maximum = 500)]
    batch_size: Option<i64>,
    /// Seconds between two messages once it begins; 2 to 5 by chance when it is left out.
    #[schema(minimum = 0, maximum = 3600)]
    delay_between_messages: Option<f64>,
}

impl Input for CampaignInput {
    fn check(&self, checks: &mut Checks) {
        check_pace(checks, self.batch_size, self.delay_between_messages);
        checks.text("name", &self.name, 1, 200);
        checks.optional_text("description", self.description.as_deref(), 10_000);
        checks.range("product_id", self.product_id, 1, i64::MAX);
        check_people(checks, self.contact_ids.as_deref(), self.segment.as_ref());
        check_follow_ups(checks, self.follow_ups.as_deref().unwrap_or_default());
        if let Some(templates) = &self.message_template {
            templates.check(checks);
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
        let whom = selection(self.contact_ids, self.segment.as_ref())?;
        let contact_ids = members(state.app(), &whom).await?;
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
            pace: PaceRequest {
                batch_size: self.batch_size,
                delay_s: self.delay_between_messages,
            },
        })
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
        check_pace(checks, self.batch_size, self.delay_between_messages);
    }
}

fn check_pace(checks: &mut Checks, batch_size: Option<i64>, delay_s: Option<f64>) {
    checks.range("batch_size", batch_size, 1, 500);
    checks.range("delay_between_messages", delay_s, 0.0, 3600.0);
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

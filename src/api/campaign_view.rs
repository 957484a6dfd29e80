//! A campaign as the API tells it.

use super::ApiState;
use super::reason::words;
use super::time::Time;
use super::word::{Approval, CampaignState};
use crate::campaigns::draft::templates_of;
use crate::campaigns::stats::VariantStats;
use crate::campaigns::steps;
use crate::error::AppResult;
use crate::text::Lang;
use alfa_store::entity::campaigns::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is written to whoever is silent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Silence after the message before it, in hours.
    #[schema(minimum = 24, maximum = 720)]
    pub after_hours: i64,
    /// A text with placeholders; null: it is composed of what was not said yet.
    #[schema(min_length = 1, max_length = 4096)]
    pub text_template: Option<String>,
}

impl From<FollowUp> for steps::FollowUp {
    fn from(input: FollowUp) -> Self {
        Self {
            after_hours: input.after_hours,
            text_template: input.text_template,
        }
    }
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct Campaign {
    pub id: i64,
    pub name: String,
    pub description: Option<String>,
    pub product_id: Option<i64>,
    /// Several make an A/B test; none: each message is composed for its person.
    pub message_templates: Vec<String>,
    /// What is written to whoever is silent; an answer, a stop or a takeover ends it.
    pub follow_ups: Vec<FollowUp>,
    pub approval: Approval,
    pub status: CampaignState,
    /// Why it is in this state.
    pub status_reason: Option<String>,
    /// The same in words.
    pub status_reason_text: Option<String>,
    pub scheduled_at: Option<Time>,
    pub batch_size: i32,
    /// Seconds; none: 2 to 5 by chance.
    pub delay_between_messages: Option<f64>,
    pub started_at: Option<Time>,
    pub completed_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// What one text of an A/B test brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantFigures {
    /// The template, from 0 in the order of `message_templates`.
    #[schema(minimum = 0)]
    pub variant: usize,
    /// People who get it.
    pub total: i64,
    pub sent: i64,
    pub read: i64,
    pub replied: i64,
    pub opted_out: i64,
    /// Read of the sent, 0 to 1.
    pub read_rate: f64,
    /// Answered of the sent, 0 to 1.
    pub reply_rate: f64,
}

impl From<VariantStats> for VariantFigures {
    fn from(stats: VariantStats) -> Self {
        Self {
            variant: stats.variant,
            total: stats.total,
            sent: stats.sent,
            read: stats.read,
            replied: stats.replied,
            opted_out: stats.opted_out,
            read_rate: stats.read_rate,
            reply_rate: stats.reply_rate,
        }
    }
}

/// The campaign as it is told to this reader.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, lang: Lang, row: Model) -> AppResult<Campaign> {
    let steps = steps::of_campaigns(state.app(), std::slice::from_ref(&row)).await?;
    Ok(campaign(lang, row, &steps))
}

/// The campaigns as they are told to this reader.
///
/// # Errors
/// Of the database.
pub async fn many(state: &ApiState, lang: Lang, rows: Vec<Model>) -> AppResult<Vec<Campaign>> {
    let steps = steps::of_campaigns(state.app(), &rows).await?;
    Ok(rows.into_iter().map(|row| campaign(lang, row, &steps)).collect())
}

fn campaign(lang: Lang, row: Model, steps: &[(i64, steps::FollowUp)]) -> Campaign {
    let own = steps.iter().filter(|(campaign_id, _)| *campaign_id == row.id);
    let follow_up = |(_, step): &(i64, steps::FollowUp)| FollowUp {
        after_hours: step.after_hours,
        text_template: step.text_template.clone(),
    };
    Campaign {
        id: row.id,
        message_templates: templates_of(&row),
        follow_ups: own.map(follow_up).collect(),
        name: row.name,
        description: row.description,
        product_id: row.product_id,
        approval: row.approval.into(),
        status: row.state.into(),
        status_reason_text: row.state_reason.as_deref().map(|reason| words(lang, reason)),
        status_reason: row.state_reason,
        scheduled_at: row.scheduled_at.map(Time),
        batch_size: row.batch_size,
        delay_between_messages: row.delay_ms.map(seconds),
        started_at: row.started_at.map(Time),
        completed_at: row.completed_at.map(Time),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a delay has few digits")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

//! A campaign as the API tells it.

use super::ApiState;
use super::knowledge::language;
use super::reason::words;
use super::time::Time;
use super::word::{self, Approval};
use crate::campaigns::draft::templates_of;
use crate::campaigns::forecast::expected_finish;
use crate::campaigns::stats::VariantStats;
use crate::campaigns::steps;
use crate::error::{AppError, AppResult};
use crate::text::Lang;
use alfa_store::campaigns;
use alfa_store::entity::campaigns::Model;
use alfa_store::types::{CampaignState, CounterKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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
    /// The product's name; none when the knowledge base does not have it any more.
    pub product_name: Option<String>,
    /// Several make an A/B test; none: each message is composed for its person.
    pub message_templates: Vec<String>,
    /// What is written to whoever is silent; an answer, a stop or a takeover ends it.
    pub follow_ups: Vec<FollowUp>,
    pub approval: Approval,
    pub status: word::CampaignState,
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
    pub progress: Progress,
    /// Of a running one: when everybody will have been written to.
    pub expected_finish_at: Option<Time>,
}

/// How far a campaign is, in people.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Progress {
    pub total: i64,
    /// Not looked at yet.
    pub pending: i64,
    /// Waiting to be sent; the drafts that wait for approval are among them.
    pub queued: i64,
    pub sent: i64,
    pub read: i64,
    pub replied: i64,
    pub failed: i64,
    pub skipped: i64,
    pub cancelled: i64,
    pub opted_out: i64,
    /// Drafts that wait for approval.
    pub drafts: i64,
}

impl Progress {
    fn add(&mut self, key: &str, value: i64) {
        let (place, counted) = match key {
            "pending" => (&mut self.pending, true),
            "queued" => (&mut self.queued, true),
            "sent" => (&mut self.sent, true),
            "failed" => (&mut self.failed, true),
            "skipped" => (&mut self.skipped, true),
            "cancelled" => (&mut self.cancelled, true),
            "read" => (&mut self.read, false),
            "replied" => (&mut self.replied, false),
            "opted_out" => (&mut self.opted_out, false),
            _ => return,
        };
        *place += value;
        if counted {
            self.total += value;
        }
    }
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
    let told = many(state, lang, vec![row]).await?;
    told.into_iter()
        .next()
        .ok_or_else(|| AppError::not_found("campaign"))
}

/// The campaigns as they are told to this reader.
///
/// # Errors
/// Of the database.
pub async fn many(state: &ApiState, lang: Lang, rows: Vec<Model>) -> AppResult<Vec<Campaign>> {
    let db = state.store().reader();
    let app = state.app();
    let steps = steps::of_campaigns(app, &rows).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut progress: HashMap<i64, Progress> = HashMap::new();
    for (id, key, value) in campaigns::counters_of(db, &ids, CounterKind::State).await? {
        progress.entry(id).or_default().add(&key, value);
    }
    for (id, drafts) in campaigns::drafts_of(db, &ids).await? {
        progress.entry(id).or_default().drafts = drafts;
    }
    let base = app.knowledge();
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let progress = progress.remove(&row.id).unwrap_or_default();
        let ends = match row.state {
            CampaignState::Running => expected_finish(app, &row, progress.pending + progress.queued).await?,
            _ => None,
        };
        let product = row.product_id.and_then(|id| base.product(id));
        let product_name = product.and_then(|product| product.name.get_or_first(language(lang)).cloned());
        told.push(Campaign {
            product_name,
            progress,
            expected_finish_at: ends.map(Time),
            ..campaign(lang, row, &steps)
        });
    }
    Ok(told)
}

/// What the campaign's own row tells.
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
        product_name: None,
        progress: Progress::default(),
        expected_finish_at: None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a delay has few digits")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

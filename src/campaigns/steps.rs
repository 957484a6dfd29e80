//! The follow-ups on silence that an operator asks for.

use std::sync::Arc;

use alfa_store::entity::{campaign_steps, campaigns};
use alfa_store::outreach::follow_ups::{self, Step};
use alfa_store::types::CampaignState;
use serde_json::json;

use super::service::find;
use super::silence::{MOST_STEPS, SILENCE_HOURS};
use crate::app::App;
use crate::clock::HOUR_MS;
use crate::error::{AppError, AppResult, FieldError, Message};
use crate::knowledge::Product;
use crate::writing::template;

/// One follow-up: after so many hours of silence, with this text, or a composed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Hours after the message before it.
    pub after_hours: i64,
    /// A text with placeholders; none: it is composed.
    pub text_template: Option<String>,
}

impl FollowUp {
    /// As the table has it.
    pub(super) fn step(&self) -> Step {
        Step {
            after_ms: self.after_hours * HOUR_MS,
            template: self.text_template.clone(),
        }
    }
}

impl From<&campaign_steps::Model> for FollowUp {
    fn from(row: &campaign_steps::Model) -> Self {
        Self {
            after_hours: row.after_ms / HOUR_MS,
            text_template: row.template.clone(),
        }
    }
}

/// What is wrong with these follow-ups of a campaign for this product.
pub(super) fn problems(app: &App, product: Option<&Product>, steps: &[FollowUp]) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut refuse = |field: String, message| found.push(FieldError { field, message });
    if steps.len() > MOST_STEPS {
        let message = Message::new("campaign.too_many_follow_ups").with("most", MOST_STEPS);
        refuse("follow_ups".to_owned(), message);
    }
    let (least, most) = SILENCE_HOURS;
    for (index, step) in steps.iter().enumerate() {
        if !(least..=most).contains(&step.after_hours) {
            let message = Message::new("campaign.silence")
                .with("least", least)
                .with("most", most);
            refuse(format!("follow_ups[{index}].after_hours"), message);
        }
        for problem in template::problems(step.text_template.as_slice(), product, app.today()) {
            let message = Message::new(problem.key)
                .with("number", problem.number)
                .with("position", problem.position)
                .with("name", format!("{{{{{}}}}}", problem.name))
                .with("max", template::MAX_TEMPLATE_CHARS);
            refuse(format!("follow_ups[{index}].text_template"), message);
        }
    }
    found
}

/// Gives a campaign that has not begun other follow-ups.
///
/// # Errors
/// Names the field; a conflict with the state once the campaign has begun.
pub async fn replace(app: &Arc<App>, id: i64, steps: &[FollowUp]) -> AppResult<()> {
    let tx = app.begin().await?;
    let row = find(&tx, id).await?;
    if !matches!(row.state, CampaignState::Draft | CampaignState::Scheduled) {
        return Err(AppError::Conflict {
            code: "campaign_state",
            message: Message::new("campaign.state_forbids").with("state", row.state),
            data: Some(json!({"campaign_id": id, "state": row.state, "reason": row.state_reason})),
        });
    }
    let kb = app.knowledge();
    let product = row.product_id.and_then(|id| kb.product(id));
    let fields = problems(app, product, steps);
    if !fields.is_empty() {
        return Err(AppError::Invalid { fields });
    }
    let steps: Vec<Step> = steps.iter().map(FollowUp::step).collect();
    follow_ups::set_steps(&tx, id, &steps).await?;
    Ok(tx.commit().await?)
}

/// The follow-ups of these campaigns: the campaign's id and one of its follow-ups, in their order.
///
/// # Errors
/// When the database fails.
pub async fn of_campaigns(app: &App, rows: &[campaigns::Model]) -> AppResult<Vec<(i64, FollowUp)>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let steps = follow_ups::steps(app.store.reader(), &ids).await?;
    Ok(steps
        .iter()
        .map(|step| (step.campaign_id, FollowUp::from(step)))
        .collect())
}

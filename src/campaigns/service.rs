//! What an operator does with campaigns.

use std::sync::Arc;

use alfa_store::UnixMillis;
use alfa_store::entity::{campaigns, outbox};
use alfa_store::outreach::campaign::{self, NewCampaign};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::prepare;
use alfa_store::types::{Approval, CampaignState, OutboxState};
use serde_json::json;

use super::draft::templates_of;
use super::lifecycle::{self, Action};
use super::steps::FollowUp;
use super::{planner, stats, steps};
use crate::accounts::state::none_sends;
use crate::app::App;
use crate::error::{AppError, AppResult, FieldError, Message};
use crate::events::{Event, Topic};
use crate::inbox::service as inbox;
use crate::once::{self, Made};
use crate::outbox::lane::LARGEST_BATCH;
use crate::policy::SkipReason;
use crate::writing::template;

/// People that one call looks at before it answers; the rest is looked at in the background.
const PLANNED_AT_ONCE: usize = 20_000;
/// Skipped people that an answer names.
const SKIPPED_NAMED: usize = 1_000;
/// The longest delay between two messages that may be asked for, in seconds.
const LONGEST_DELAY_S: f64 = 3_600.0;

/// A campaign that an operator asks for.
#[derive(Debug, Clone, Default)]
pub struct CampaignRequest {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The product of the knowledge base.
    pub product_id: Option<i64>,
    /// Whom it is for.
    pub contact_ids: Vec<i64>,
    /// Texts with placeholders; several make an A/B test.
    pub templates: Vec<String>,
    /// What is written to whoever is silent.
    pub follow_ups: Vec<FollowUp>,
    /// When it begins by itself.
    pub scheduled_at: Option<UnixMillis>,
    /// Whether drafts wait for a person.
    pub approval: Option<Approval>,
    /// The pace at which it goes once it begins.
    pub pace: PaceRequest,
}

/// A campaign that was made, and the contacts that do not exist.
#[derive(Debug)]
pub struct Created {
    /// The campaign.
    pub campaign: campaigns::Model,
    /// People in it.
    pub contacts: u64,
    /// Ids that were asked for and do not exist.
    pub unknown_contact_ids: Vec<i64>,
}

/// Makes a campaign of those contacts that exist.
///
/// # Errors
/// Names the field: no such product, no contact that exists, a placeholder that is not known, a moment in the past.
pub async fn create(app: &Arc<App>, request: CampaignRequest) -> AppResult<Created> {
    let now = app.clock.now();
    check(app, &request, now)?;
    request.pace.check()?;
    let templates = (!request.templates.is_empty()).then(|| json!(request.templates).to_string());
    let tx = app.begin().await?;
    let mut ids = request.contact_ids;
    ids.sort_unstable();
    ids.dedup();
    let known = campaign::existing_contacts(&tx, &ids).await?;
    let unknown_contact_ids: Vec<i64> = ids
        .iter()
        .copied()
        .filter(|id| known.binary_search(id).is_err())
        .collect();
    if known.is_empty() {
        return Err(AppError::invalid(
            "contact_ids",
            Message::new("campaign.no_contacts"),
        ));
    }
    let new = NewCampaign {
        name: request.name,
        description: request.description,
        product_id: request.product_id,
        templates,
        approval: request.approval.unwrap_or_else(|| app.settings().approval),
        scheduled_at: request.scheduled_at,
        batch_size: request.pace.batch_size.and_then(|size| i32::try_from(size).ok()),
        delay_ms: request.pace.delay_ms(),
    };
    let campaign = campaign::create(&tx, new, now).await?;
    let count = request.templates.len();
    let variant =
        |contact_id| i32::try_from(template::variant(campaign.id, contact_id, count)).unwrap_or_default();
    let contacts = campaign::add_contacts(&tx, campaign.id, &known, variant).await?;
    let follow_ups: Vec<_> = request.follow_ups.iter().map(FollowUp::step).collect();
    alfa_store::outreach::follow_ups::set_steps(&tx, campaign.id, &follow_ups).await?;
    let made = Made::Campaign {
        id: campaign.id,
        contacts,
        unknown_contact_ids: unknown_contact_ids.clone(),
    };
    once::made(&tx, &made).await?;
    announce(app, &tx, campaign.id, campaign.state, None).await?;
    tx.commit().await?;
    app.events.announce();
    app.wakes.planner.signal();
    Ok(Created {
        campaign,
        contacts,
        unknown_contact_ids,
    })
}

/// Checks what a campaign says and when it begins.
///
/// # Errors
/// Names the fields, as [`create`].
pub fn check(app: &App, request: &CampaignRequest, now: UnixMillis) -> AppResult<()> {
    let mut fields = Vec::new();
    let mut refuse = |field: &str, message| {
        fields.push(FieldError {
            field: field.to_owned(),
            message,
        })
    };
    let kb = app.knowledge();
    let product = request.product_id.and_then(|id| kb.product(id));
    if let (Some(id), None) = (request.product_id, product) {
        refuse("product_id", Message::new("campaign.no_product").with("id", id));
    }
    for problem in template::problems(&request.templates, product, app.today()) {
        let message = Message::new(problem.key)
            .with("number", problem.number)
            .with("position", problem.position)
            .with("name", format!("{{{{{}}}}}", problem.name))
            .with("max", template::MAX_TEMPLATE_CHARS);
        refuse("message_template", message);
    }
    if request.scheduled_at.is_some_and(|at| at <= now) {
        refuse("scheduled_at", Message::new("campaign.in_the_past"));
    }
    fields.extend(steps::problems(app, product, &request.follow_ups));
    if fields.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid { fields })
    }
}

/// The pace that a campaign is made or started with; what it leaves out stays as the campaign has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaceRequest {
    /// New dialogs between two long rests.
    pub batch_size: Option<i64>,
    /// Seconds between two messages; a campaign that never had any: 2 to 5 by chance.
    pub delay_s: Option<f64>,
}

impl PaceRequest {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// Names the field that is out of its bounds.
    pub fn check(&self) -> AppResult<()> {
        let fits = |size| (1..=LARGEST_BATCH as i64).contains(&size);
        if self.batch_size.is_some_and(|size| !fits(size)) {
            let message = Message::new("campaign.batch_size").with("most", LARGEST_BATCH);
            return Err(AppError::invalid("batch_size", message));
        }
        let fits = |seconds| (0.0..=LONGEST_DELAY_S).contains(&seconds);
        if self.delay_s.is_some_and(|seconds| !fits(seconds)) {
            let message = Message::new("campaign.delay").with("most", LONGEST_DELAY_S);
            return Err(AppError::invalid("delay_between_messages", message));
        }
        Ok(())
    }

    /// The delay in whole milliseconds.
    #[must_use]
    pub fn delay_ms(&self) -> Option<i64> {
        self.delay_s.map(|seconds| (seconds * 1_000.0).round() as i64)
    }
}

/// What `initiate-dialogs` answers.
#[derive(Debug)]
pub struct Initiated {
    /// The campaign.
    pub campaign: campaigns::Model,
    /// Messages that wait to be sent.
    pub queued: i64,
    /// People who are not written to, the first thousand.
    pub skipped: Vec<(i64, SkipReason)>,
    /// How many are not written to in all.
    pub skipped_total: usize,
    /// When everybody will have been written to.
    pub expected_finish_at: Option<UnixMillis>,
}

/// Starts a campaign, or goes on after a pause, at this pace.
///
/// # Errors
/// A conflict when it is running or has ended, or when no account may send; a field out of its bounds.
pub async fn initiate(app: &Arc<App>, id: i64, pace: PaceRequest) -> AppResult<Initiated> {
    pace.check()?;
    if planner::sending_accounts(app).await?.is_empty() {
        return Err(none_sends(app).await?);
    }
    let tx = app.begin().await?;
    let row = find(&tx, id).await?;
    transition(app, &tx, &row, Action::Start, None).await?;
    let batch_size = pace.batch_size.and_then(|size| i32::try_from(size).ok());
    campaign::set_pace(
        &tx,
        id,
        batch_size.unwrap_or(row.batch_size),
        pace.delay_ms().or(row.delay_ms),
    )
    .await?;
    tx.commit().await?;
    app.events.announce();

    let mut skipped = Vec::new();
    let mut skipped_total = 0;
    let mut looked_at = 0;
    while looked_at < PLANNED_AT_ONCE {
        let planned = planner::chunk(app, &row).await?;
        looked_at += planned.queued + planned.skipped.len();
        skipped_total += planned.skipped.len();
        skipped.extend(
            planned
                .skipped
                .into_iter()
                .take(SKIPPED_NAMED.saturating_sub(skipped.len())),
        );
        if planned.done {
            break;
        }
    }
    wake(app);
    let (campaign, stats) = stats::by_id(app, id).await?;
    Ok(Initiated {
        queued: stats.queued,
        expected_finish_at: stats.expected_finish_at,
        campaign,
        skipped,
        skipped_total,
    })
}

/// Pauses, resumes or cancels a campaign.
///
/// # Errors
/// A conflict when the campaign's state does not allow it.
pub async fn act(app: &Arc<App>, id: i64, action: Action) -> AppResult<campaigns::Model> {
    let tx = app.begin().await?;
    let row = find(&tx, id).await?;
    // A schedule that was paused before its moment is a schedule again.
    let waits = row.started_at.is_none() && row.scheduled_at.is_some_and(|at| at > app.clock.now());
    let action = match action {
        Action::Resume if waits => Action::Schedule,
        action => action,
    };
    let to = transition(app, &tx, &row, action, Some("by_operator")).await?;
    if to == CampaignState::Cancelled {
        let mut moves = Moves::new();
        campaign::cancel_unsent(&tx, id, "campaign_cancelled", &mut moves).await?;
        super::count(app, &tx, moves).await?;
    }
    tx.commit().await?;
    app.events.announce();
    wake(app);
    find(app.store.reader(), id).await
}

/// Approves drafts: those named, or all. Answers how many.
///
/// # Errors
/// When there is no such campaign.
pub async fn approve(app: &Arc<App>, id: i64, outbox_ids: Option<&[i64]>) -> AppResult<u64> {
    let tx = app.begin().await?;
    let row = find(&tx, id).await?;
    let approved = prepare::approve(&tx, id, outbox_ids).await?;
    announce(app, &tx, id, row.state, None).await?;
    tx.commit().await?;
    app.events.announce();
    wake(app);
    Ok(approved)
}

/// Gives a draft another text. It still waits for approval.
///
/// # Errors
/// A text that Telegram would not take; when it is no draft of the campaign.
pub async fn edit_draft(app: &Arc<App>, id: i64, outbox_id: i64, text: &str) -> AppResult<outbox::Model> {
    let text = inbox::text_to_send(text)?;
    let tx = app.begin().await?;
    find(&tx, id).await?;
    let no_draft = || AppError::not_found("draft");
    let named = prepare::drafts_named(&tx, id, &[outbox_id]).await?;
    let row = named.into_iter().next().ok_or_else(no_draft)?;
    if !prepare::edit_draft(&tx, outbox_id, text).await? {
        return Err(no_draft());
    }
    tx.commit().await?;
    Ok(outbox::Model {
        text: Some(text.to_owned()),
        ..row
    })
}

/// Rejects drafts: their people are skipped, with the reason `rejected`. Answers how many.
///
/// # Errors
/// When there is no such campaign.
pub async fn reject(app: &Arc<App>, id: i64, outbox_ids: &[i64]) -> AppResult<u64> {
    let tx = app.begin().await?;
    find(&tx, id).await?;
    let mut moves = Moves::new();
    let mut rejected = 0;
    for row in prepare::drafts_named(&tx, id, outbox_ids).await? {
        let outcome = NotSent::Skipped { reason: "rejected" };
        let done = deliver::record_not_sent(&tx, &row, OutboxState::Draft, &outcome, &mut moves).await?;
        rejected += u64::from(done);
    }
    super::settle(app, &tx, moves).await?;
    tx.commit().await?;
    app.events.announce();
    wake(app);
    Ok(rejected)
}

fn wake(app: &App) {
    app.wakes.planner.signal();
    app.accounts.wake_prepare();
    app.accounts.wake_lanes();
}

/// A campaign by id.
///
/// # Errors
/// When there is none.
pub async fn find<C: alfa_store::ConnectionTrait>(db: &C, id: i64) -> AppResult<campaigns::Model> {
    campaign::get(db, id)
        .await?
        .ok_or_else(|| AppError::not_found("campaign"))
}

fn state_forbids(row: &campaigns::Model) -> AppError {
    AppError::Conflict {
        code: "campaign_state",
        message: Message::new("campaign.state_forbids").with("state", row.state),
        data: Some(json!({"campaign_id": row.id, "state": row.state, "reason": row.state_reason})),
    }
}

/// Deletes a campaign that has never begun, with its audience.
///
/// # Errors
/// `NotFound`; a conflict with its state when it has begun.
pub async fn delete(app: &App, id: i64, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let row = find(&tx, id).await?;
    if !campaign::delete_draft(&tx, id).await? {
        return Err(state_forbids(&row));
    }
    let subject = format!("campaign:{id}");
    alfa_store::access::audit(&tx, actor, "campaign.delete", &subject, Some(&row.name), now).await?;
    let event = Event::new(Topic::Campaign, json!({"id": id, "deleted": true})).campaign(Some(id));
    app.events.append(&tx, &event, now).await?;
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

async fn transition(
    app: &App,
    tx: &alfa_store::Tx,
    row: &campaigns::Model,
    action: Action,
    reason: Option<&str>,
) -> AppResult<CampaignState> {
    let refused = || state_forbids(row);
    let to = lifecycle::after(row.state, action).ok_or_else(refused)?;
    let now = app.clock.now();
    if !campaign::move_state(tx, row.id, (row.state, to), reason, now).await? {
        return Err(refused());
    }
    announce(app, tx, row.id, to, reason).await?;
    Ok(to)
}

async fn announce(
    app: &App,
    tx: &alfa_store::Tx,
    id: i64,
    state: CampaignState,
    reason: Option<&str>,
) -> AppResult<()> {
    let body = json!({"id": id, "state": state, "reason": reason});
    app.events
        .append(
            tx,
            &Event::new(Topic::Campaign, body).campaign(Some(id)),
            app.clock.now(),
        )
        .await?;
    Ok(())
}

/// How many variants a campaign compares.
pub fn variants(row: &campaigns::Model) -> usize {
    templates_of(row).len()
}

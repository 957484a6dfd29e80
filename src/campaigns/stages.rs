//! Moving a person in the funnel by hand: what no message tells (applied, won, lost).

use std::sync::Arc;

use alfa_store::entity::contacts;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::stages::{self, Cause};
use alfa_store::outreach::{follow_ups, people};
use alfa_store::{StoreError, Tx};
use serde_json::json;

use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};
use crate::funnel::{LostReason, Stage};

/// A move that a person of the team asks for.
#[derive(Debug, Clone, Copy)]
pub struct MoveRequest {
    /// Where to.
    pub stage: Stage,
    /// Why, when the person is lost.
    pub reason: Option<LostReason>,
    /// The message that caused it.
    pub message_id: Option<i64>,
}

/// Moves a person under the rules of the funnel, with the campaign that last wrote to them; who did it and why is kept.
/// Whoever has applied, is won or lost is not reminded any more.
///
/// # Errors
/// Names the field: a stage that nobody is moved to by hand, a missing or needless reason, a message of somebody else.
/// A conflict with the present stage when the funnel does not allow the move.
pub async fn move_by_hand(
    app: &Arc<App>,
    contact_id: i64,
    request: MoveRequest,
    by: &str,
) -> AppResult<contacts::Model> {
    let tx = app.begin().await?;
    move_in(app, &tx, contact_id, request, by).await?;
    let row = alfa_store::contacts::get(&tx, contact_id).await?;
    tx.commit().await?;
    app.events.announce();
    app.wakes.planner.signal();
    Ok(row)
}

/// The same in the caller's transaction.
///
/// # Errors
/// As [`move_by_hand`].
pub(crate) async fn move_in(
    app: &App,
    tx: &Tx,
    contact_id: i64,
    request: MoveRequest,
    by: &str,
) -> AppResult<()> {
    check(&request)?;
    let contact = alfa_store::contacts::get(tx, contact_id).await?;
    if let Some(message_id) = request.message_id {
        check_message(tx, contact_id, message_id).await?;
    }
    let from = Stage::of(contact.stage);
    let refused = || AppError::Conflict {
        code: "stage_forbids",
        message: Message::new("stage.forbids")
            .with("from", from.name())
            .with("to", request.stage.name()),
        data: Some(json!({"contact_id": contact_id, "stage": from})),
    };
    if !from.may_become(request.stage) {
        return Err(refused());
    }
    let campaign_id = people::campaign_of(tx, contact_id).await?;
    let cause = Cause {
        message_id: request.message_id,
        reason: request.reason.map(LostReason::name),
        by,
        at: app.clock.now(),
    };
    let mut moves = Moves::new();
    let in_campaign = request.stage.reached_from();
    let to = request.stage.stored();
    let moved =
        stages::move_by_hand(tx, &contact, to, (campaign_id, &in_campaign), &cause, &mut moves).await?;
    if !moved {
        return Err(refused());
    }
    if matches!(request.stage, Stage::Applied | Stage::Won | Stage::Lost) {
        follow_ups::cancel_of_contact(tx, contact_id, "stage_moved").await?;
    }
    super::settle(app, tx, moves).await?;
    record(app, tx, contact_id, campaign_id, (from, &request), by).await
}

/// Takes a move by hand back, in the caller's transaction, whatever the rules of the funnel say of that direction.
/// Answers whether the person still was where it had led; who has moved on stays.
///
/// # Errors
/// When the database fails.
pub(crate) async fn take_back(
    app: &App,
    tx: &Tx,
    contact_id: i64,
    (from, to): (Stage, Stage),
    by: &str,
) -> AppResult<bool> {
    let contact = alfa_store::contacts::get(tx, contact_id).await?;
    if Stage::of(contact.stage) != from {
        return Ok(false);
    }
    let campaign_id = people::campaign_of(tx, contact_id).await?;
    let cause = Cause {
        message_id: None,
        reason: None,
        by,
        at: app.clock.now(),
    };
    let mut moves = Moves::new();
    let place = (campaign_id, &[from.stored()][..]);
    if !stages::move_by_hand(tx, &contact, to.stored(), place, &cause, &mut moves).await? {
        return Ok(false);
    }
    super::settle(app, tx, moves).await?;
    let body = json!({"contact_id": contact_id, "stage": to, "by": by});
    let event = Event::new(Topic::Dialog, body)
        .contact(contact_id)
        .campaign(campaign_id);
    app.events.append(tx, &event, app.clock.now()).await?;
    Ok(true)
}

fn check(request: &MoveRequest) -> AppResult<()> {
    if !request.stage.by_hand() {
        let key = if request.stage == Stage::OptedOut {
            "stage.opt_out"
        } else {
            "stage.new"
        };
        return Err(AppError::invalid("stage", Message::new(key)));
    }
    match (request.stage, request.reason) {
        (Stage::Lost, None) => Err(AppError::invalid("reason", Message::new("stage.reason_needed"))),
        (Stage::Lost, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(AppError::invalid("reason", Message::new("stage.reason_needless"))),
    }
}

async fn check_message(tx: &Tx, contact_id: i64, message_id: i64) -> AppResult<()> {
    let foreign = || AppError::invalid("message_id", Message::new("stage.message"));
    match alfa_store::messages::get(tx, message_id).await {
        Ok(message) if message.contact_id == contact_id => Ok(()),
        Ok(_) | Err(StoreError::NotFound(_)) => Err(foreign()),
        Err(error) => Err(error.into()),
    }
}

async fn record(
    app: &App,
    tx: &Tx,
    contact_id: i64,
    campaign_id: Option<i64>,
    (from, request): (Stage, &MoveRequest),
    by: &str,
) -> AppResult<()> {
    let now = app.clock.now();
    let detail = json!({
        "from": from,
        "to": request.stage,
        "reason": request.reason,
        "message_id": request.message_id,
    });
    alfa_store::access::audit(
        tx,
        by,
        "contact.stage",
        &format!("contact:{contact_id}"),
        Some(&detail.to_string()),
        now,
    )
    .await?;
    let body = json!({"contact_id": contact_id, "stage": request.stage, "reason": request.reason, "by": by});
    let event = Event::new(Topic::Dialog, body)
        .contact(contact_id)
        .campaign(campaign_id);
    app.events.append(tx, &event, now).await?;
    Ok(())
}

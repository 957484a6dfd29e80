//! Subscriptions: sold, frozen, cancelled.

use alfa_store::crm::totals::Moves;
use alfa_store::crm::{clients as cards, services, subscriptions as rows};
use alfa_store::entity::subscription_freezes;
use alfa_store::entity::subscriptions::Model;
use alfa_store::types::{Day, SubscriptionStatus};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use super::{audited, clients, commit, named, told};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;
use crate::once::{self, Made};

/// Longest period, in days.
pub const LONGEST_DAYS: i32 = 5 * 366;
/// Longest freeze, in days.
const LONGEST_FREEZE_DAYS: i32 = 366;
/// Days of a period when neither the request nor the service says.
const USUAL_DAYS: i32 = 30;

/// A subscription to be sold.
#[derive(Debug, Clone)]
pub struct NewSubscription {
    pub client_id: i64,
    pub service_id: Option<i64>,
    pub number: Option<String>,
    /// Absent: today.
    pub starts_on: Option<Day>,
    /// The last day that counts; absent: as the service says.
    pub ends_on: Option<Day>,
    /// Absent: as the service says, else any number.
    pub visits: Option<i32>,
    /// Absent: the service's.
    pub price_minor: Option<i64>,
    pub notes: Option<String>,
}

/// A change: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub number: Option<Option<String>>,
    pub ends_on: Option<Day>,
    pub visits_left: Option<i32>,
    pub price_minor: Option<i64>,
    pub notes: Option<Option<String>>,
}

/// Sells a subscription.
///
/// # Errors
/// `Invalid`.
pub async fn create(app: &App, new: NewSubscription, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    named("client_id", cards::get(&tx, new.client_id).await)?;
    let service = match new.service_id {
        Some(id) => Some(named("service_id", services::get(&tx, id).await)?),
        None => None,
    };
    let starts_on = new.starts_on.unwrap_or_else(|| super::calendar(app).day(now));
    let period_days = service
        .as_ref()
        .and_then(|service| service.period_days)
        .unwrap_or(USUAL_DAYS);
    let ends_on = new.ends_on.unwrap_or_else(|| starts_on.plus(period_days - 1));
    check_period(starts_on, ends_on)?;
    let visits = new.visits.or(service.as_ref().and_then(|service| service.visits));
    let price_minor = new
        .price_minor
        .or(service.as_ref().map(|service| service.price_minor));
    let row = Model {
        id: 0,
        client_id: Some(new.client_id),
        service_id: new.service_id,
        number: new.number,
        starts_on,
        ends_on,
        visits_total: visits,
        visits_left: visits,
        price_minor: price_minor.unwrap_or(0),
        paid_minor: 0,
        owed_minor: 0,
        status: SubscriptionStatus::Active,
        cancelled_at: None,
        notes: new.notes,
        created_by: actor.to_owned(),
        created_at: now,
        updated_at: now,
    };
    let row = rows::create(&tx, row).await?;
    let mut moves = Moves::new();
    clients::activate(&tx, new.client_id, &mut moves, now).await?;
    once::made(&tx, &Made::Subscription { id: row.id }).await?;
    end(app, tx, moves, &row, "subscription.create", actor).await?;
    Ok(row)
}

async fn end(app: &App, tx: Tx, moves: Moves, row: &Model, action: &str, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    audited(&tx, actor, action, ("subscription", row.id), None, now).await?;
    let body = json!({"subscription_id": row.id, "status": row.status});
    told(app, &tx, Topic::Payment, body, now).await?;
    commit(app, tx, moves).await
}

fn check_period(starts_on: Day, ends_on: Day) -> AppResult<()> {
    if ends_on < starts_on {
        return Err(AppError::invalid(
            "ends_on",
            Message::new("crm.ends_before_start"),
        ));
    }
    if ends_on.0 - starts_on.0 >= LONGEST_DAYS {
        let message = Message::new("crm.too_many_days").with("most", LONGEST_DAYS);
        return Err(AppError::invalid("ends_on", message));
    }
    Ok(())
}

/// The subscription, locked; refused when it is cancelled.
async fn open(tx: &Tx, id: i64) -> AppResult<Model> {
    let row = rows::lock(tx, id).await?;
    if row.status == SubscriptionStatus::Cancelled {
        return Err(AppError::conflict(
            "subscription_cancelled",
            Message::new("crm.subscription_cancelled"),
        ));
    }
    Ok(row)
}

/// Changes a subscription.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when it is cancelled.
pub async fn update(app: &App, id: i64, change: Change, actor: &str) -> AppResult<Model> {
    let tx = app.begin().await?;
    let before = open(&tx, id).await?;
    let ends_on = change.ends_on.unwrap_or(before.ends_on);
    check_period(before.starts_on, ends_on)?;
    let visits_left = match (change.visits_left, before.visits_total) {
        (Some(left), Some(total)) if left > total => {
            let message = Message::new("error.out_of_range")
                .with("least", 0)
                .with("most", total);
            return Err(AppError::invalid("visits_left", message));
        }
        (Some(_), None) => {
            return Err(AppError::invalid("visits_left", Message::new("crm.any_visits")));
        }
        (left, _) => left.or(before.visits_left),
    };
    let after = Model {
        number: change.number.unwrap_or_else(|| before.number.clone()),
        ends_on,
        visits_left,
        price_minor: change.price_minor.unwrap_or(before.price_minor),
        notes: change.notes.unwrap_or_else(|| before.notes.clone()),
        updated_at: app.clock.now(),
        ..before
    };
    let after = rows::update(&tx, after).await?;
    end(app, tx, Moves::new(), &after, "subscription.update", actor).await?;
    Ok(after)
}

/// Freezes a subscription for some days, the last one included; its end moves by as many.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when it is cancelled or frozen then.
pub async fn freeze(
    app: &App,
    id: i64,
    (from_day, to_day): (Day, Day),
    reason: Option<String>,
    actor: &str,
) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let before = open(&tx, id).await?;
    let days = to_day.0 - from_day.0 + 1;
    if days < 1 {
        return Err(AppError::invalid("to", Message::new("crm.ends_before_start")));
    }
    if days > LONGEST_FREEZE_DAYS {
        let message = Message::new("crm.too_many_days").with("most", LONGEST_FREEZE_DAYS);
        return Err(AppError::invalid("to", message));
    }
    if from_day < before.starts_on || from_day > before.ends_on {
        return Err(AppError::invalid("from", Message::new("crm.outside_period")));
    }
    let others = rows::freezes(&tx, &[id]).await?;
    if others
        .iter()
        .any(|other| other.from_day <= to_day && other.to_day >= from_day)
    {
        return Err(AppError::conflict(
            "already_frozen",
            Message::new("crm.already_frozen"),
        ));
    }
    let freeze = subscription_freezes::Model {
        id: 0,
        subscription_id: id,
        from_day,
        to_day,
        reason,
        created_by: actor.to_owned(),
        created_at: now,
    };
    rows::add_freeze(&tx, freeze).await?;
    let after = Model {
        ends_on: before.ends_on.plus(days),
        updated_at: now,
        ..before
    };
    let after = rows::update(&tx, after).await?;
    end(app, tx, Moves::new(), &after, "subscription.freeze", actor).await?;
    Ok(after)
}

/// Ends the freeze that holds today, or the next one; the days that are not used up come off the end again.
///
/// # Errors
/// `NotFound`; `Conflict` when nothing is frozen.
pub async fn unfreeze(app: &App, id: i64, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let today = super::calendar(app).day(now);
    let tx = app.begin().await?;
    let before = open(&tx, id).await?;
    let found = rows::freezes(&tx, &[id])
        .await?
        .into_iter()
        .find(|freeze| freeze.to_day >= today);
    let Some(freeze) = found else {
        return Err(AppError::conflict("not_frozen", Message::new("crm.not_frozen")));
    };
    let last = today.plus(-1).max(freeze.from_day.plus(-1));
    let unused_days = freeze.to_day.0 - last.0;
    rows::end_freeze(&tx, freeze, last).await?;
    let after = Model {
        ends_on: before.ends_on.plus(-unused_days).max(before.starts_on),
        updated_at: now,
        ..before
    };
    let after = rows::update(&tx, after).await?;
    end(app, tx, Moves::new(), &after, "subscription.unfreeze", actor).await?;
    Ok(after)
}

/// Cancels a subscription: nothing is owed for it any more. What was paid is given back by a refund.
///
/// # Errors
/// `NotFound`; `Conflict` when it is cancelled already.
pub async fn cancel(app: &App, id: i64, actor: &str) -> AppResult<Model> {
    let now: UnixMillis = app.clock.now();
    let tx = app.begin().await?;
    let before = open(&tx, id).await?;
    let after = rows::cancel(&tx, before, now).await?;
    end(app, tx, Moves::new(), &after, "subscription.cancel", actor).await?;
    Ok(after)
}

//! Payments and refunds.

use alfa_store::crm::totals::Moves;
use alfa_store::crm::{bookings, clients as cards, payments as rows, services, staff, subscriptions};
use alfa_store::entity::payments::Model;
use alfa_store::types::{PaymentKind, PaymentMethod, PaymentStatus};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use super::{audited, clients, commit, named, told};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;
use crate::once::{self, Made};

/// Largest amount of one payment, in minor units.
pub const MOST_MINOR: i64 = 1_000_000_000_000;

/// A payment to be recorded.
#[derive(Debug, Clone)]
pub struct NewPayment {
    pub client_id: Option<i64>,
    pub amount_minor: i64,
    pub method: PaymentMethod,
    pub status: PaymentStatus,
    /// Absent: now.
    pub paid_at: Option<UnixMillis>,
    pub service_id: Option<i64>,
    pub staff_id: Option<i64>,
    pub subscription_id: Option<i64>,
    pub booking_id: Option<i64>,
    pub number: Option<String>,
    pub notes: Option<String>,
}

/// A change: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub status: Option<PaymentStatus>,
    pub method: Option<PaymentMethod>,
    pub number: Option<Option<String>>,
    pub notes: Option<Option<String>>,
}

/// Money that is given back.
#[derive(Debug, Clone, Default)]
pub struct Refund {
    /// Absent: everything that is left of the payment.
    pub amount_minor: Option<i64>,
    /// Absent: as it was paid.
    pub method: Option<PaymentMethod>,
    /// Absent: now.
    pub paid_at: Option<UnixMillis>,
    pub number: Option<String>,
    pub notes: Option<String>,
}

/// 2000-01-01 in UTC: an earlier payment is a slip of the pen.
const EARLIEST: UnixMillis = UnixMillis(946_684_800_000);

/// Records a payment. What it is for (client, service, trainer) follows from the booking or the subscription when it is
/// left out.
///
/// # Errors
/// `Invalid`; `Conflict` when it is paid already.
pub async fn create(app: &App, new: NewPayment, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let new = about(&tx, new).await?;
    let paid_at = (new.status == PaymentStatus::Completed).then(|| new.paid_at.unwrap_or(now));
    not_to_come(paid_at, now)?;
    let row = Model {
        id: 0,
        client_id: new.client_id,
        kind: PaymentKind::Payment,
        status: new.status,
        method: new.method,
        amount_minor: new.amount_minor,
        refunded_minor: 0,
        refund_of: None,
        service_id: new.service_id,
        staff_id: new.staff_id,
        subscription_id: new.subscription_id,
        booking_id: new.booking_id,
        paid_at,
        day: paid_at.map(|at| super::calendar(app).day(at)),
        number: new.number,
        notes: new.notes,
        created_by: actor.to_owned(),
        created_at: now,
        updated_at: now,
    };
    let mut moves = Moves::new();
    let row = rows::create(&tx, row, &mut moves).await?;
    once::made(&tx, &Made::Payment { id: row.id }).await?;
    end(app, tx, moves, &row, "payment.create", actor).await?;
    Ok(row)
}

/// The end of every change of money: what it is for is brought up to it.
async fn end(app: &App, tx: Tx, mut moves: Moves, row: &Model, action: &str, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    rows::settle(&tx, row).await?;
    let completed = (row.kind, row.status) == (PaymentKind::Payment, PaymentStatus::Completed);
    if let (true, Some(client_id)) = (completed, row.client_id) {
        clients::activate(&tx, client_id, &mut moves, now).await?;
    }
    let detail = format!("{} {} {}", row.kind, row.amount_minor, row.status);
    audited(&tx, actor, action, ("payment", row.id), Some(&detail), now).await?;
    let body = json!({"payment_id": row.id, "kind": row.kind, "status": row.status});
    told(app, &tx, Topic::Payment, body, now).await?;
    commit(app, tx, moves).await
}

/// Fills in what the payment is for, and refuses what contradicts itself. Locks what it is for.
async fn about(tx: &Tx, mut new: NewPayment) -> AppResult<NewPayment> {
    if let Some(id) = new.booking_id {
        let booking = named("booking_id", bookings::lock(tx, id).await)?;
        not_paid_yet(booking.price_minor, booking.paid_minor)?;
        new.client_id = same("client_id", new.client_id, booking.client_id)?;
        new.service_id = same("service_id", new.service_id, booking.service_id)?;
        new.staff_id = same("staff_id", new.staff_id, booking.staff_id)?;
    }
    if let Some(id) = new.subscription_id {
        let subscription = named("subscription_id", subscriptions::lock(tx, id).await)?;
        not_paid_yet(subscription.price_minor, subscription.paid_minor)?;
        new.client_id = same("client_id", new.client_id, subscription.client_id)?;
        new.service_id = same("service_id", new.service_id, subscription.service_id)?;
    }
    if let Some(id) = new.client_id {
        named("client_id", cards::get(tx, id).await)?;
    }
    if let Some(id) = new.service_id {
        named("service_id", services::get(tx, id).await)?;
    }
    if let Some(id) = new.staff_id {
        named("staff_id", staff::get(tx, id).await)?;
    }
    Ok(new)
}

/// Two people at the desk may take down one payment: the second is told. Asked while what is paid for is locked.
fn not_paid_yet(price_minor: i64, paid_minor: i64) -> AppResult<()> {
    if price_minor > 0 && paid_minor >= price_minor {
        return Err(AppError::conflict(
            "already_paid",
            Message::new("crm.already_paid"),
        ));
    }
    Ok(())
}

/// What was given, else what follows; never something else.
fn same(field: &'static str, given: Option<i64>, follows: Option<i64>) -> AppResult<Option<i64>> {
    match (given, follows) {
        (Some(given), Some(follows)) if given != follows => {
            let message = Message::new("crm.contradicts").with("value", follows);
            Err(AppError::invalid(field, message))
        }
        (given, follows) => Ok(given.or(follows)),
    }
}

fn not_to_come(paid_at: Option<UnixMillis>, now: UnixMillis) -> AppResult<()> {
    match paid_at {
        Some(at) if at > now => Err(AppError::invalid("paid_at", Message::new("crm.in_the_future"))),
        Some(at) if at < EARLIEST => Err(AppError::invalid("paid_at", Message::new("crm.too_long_ago"))),
        _ => Ok(()),
    }
}

/// Locks what a payment is for, in the order in which everybody does.
async fn lock_targets(tx: &Tx, row: &Model) -> AppResult<()> {
    if let Some(id) = row.booking_id {
        bookings::lock(tx, id).await?;
    }
    if let Some(id) = row.subscription_id {
        subscriptions::lock(tx, id).await?;
    }
    Ok(())
}

/// Changes a payment or a refund. A completed one can only be cancelled (a slip of the pen), and only when nothing of it
/// was given back.
///
/// # Errors
/// `NotFound`; `Conflict` when the state cannot follow the present one.
pub async fn update(app: &App, id: i64, change: Change, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    lock_targets(&tx, &rows::get(&tx, id).await?).await?;
    let before = rows::lock(&tx, id).await?;
    let status = change.status.unwrap_or(before.status);
    if !may_become(&before, status) {
        return Err(AppError::Conflict {
            code: "payment_status",
            message: Message::new("crm.payment_status")
                .with("from", before.status)
                .with("to", status),
            data: Some(json!({"present": before.status, "refunded_minor": before.refunded_minor})),
        });
    }
    let completes = status == PaymentStatus::Completed && before.status != status;
    let paid_at = if completes { Some(now) } else { before.paid_at };
    let after = Model {
        status,
        paid_at,
        day: paid_at.map(|at| super::calendar(app).day(at)),
        method: change.method.unwrap_or(before.method),
        number: change.number.unwrap_or_else(|| before.number.clone()),
        notes: change.notes.unwrap_or_else(|| before.notes.clone()),
        updated_at: now,
        ..before.clone()
    };
    let mut moves = Moves::new();
    let after = rows::update(&tx, &before, after, &mut moves).await?;
    let came_to_nothing = counts(before.status) && !counts(after.status);
    if let (true, Some(payment_id)) = (came_to_nothing, after.refund_of) {
        rows::release_refund(&tx, payment_id, after.amount_minor).await?;
    }
    end(app, tx, moves, &after, "payment.update", actor).await?;
    Ok(after)
}

/// Whether money of this state is spoken for.
fn counts(status: PaymentStatus) -> bool {
    matches!(status, PaymentStatus::Pending | PaymentStatus::Completed)
}

fn may_become(before: &Model, status: PaymentStatus) -> bool {
    use PaymentStatus::{Cancelled, Completed, Pending};
    match (before.status, status) {
        (from, to) if from == to => true,
        (Pending, _) => true,
        (Completed, Cancelled) => before.refunded_minor == 0,
        _ => false,
    }
}

/// Gives money of a payment back: a row of its own, on the day of the refund.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when so much is not left to be given back.
pub async fn refund(app: &App, id: i64, refund: Refund, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    lock_targets(&tx, &rows::get(&tx, id).await?).await?;
    let payment = rows::lock(&tx, id).await?;
    let left_minor = payment.amount_minor - payment.refunded_minor;
    let amount_minor = refund.amount_minor.unwrap_or(left_minor);
    let paid_at = refund.paid_at.unwrap_or(now);
    not_to_come(Some(paid_at), now)?;
    if payment.paid_at.is_some_and(|at| paid_at < at) {
        return Err(AppError::invalid("paid_at", Message::new("crm.before_payment")));
    }
    if amount_minor < 1 || !rows::reserve_refund(&tx, id, amount_minor).await? {
        return Err(AppError::Conflict {
            code: "not_refundable",
            message: Message::new("crm.not_refundable"),
            data: Some(json!({"present": payment.status, "kind": payment.kind, "left_minor": left_minor})),
        });
    }
    let row = Model {
        id: 0,
        kind: PaymentKind::Refund,
        status: PaymentStatus::Completed,
        method: refund.method.unwrap_or(payment.method),
        amount_minor,
        refunded_minor: 0,
        refund_of: Some(id),
        paid_at: Some(paid_at),
        day: Some(super::calendar(app).day(paid_at)),
        number: refund.number,
        notes: refund.notes,
        created_by: actor.to_owned(),
        created_at: now,
        updated_at: now,
        ..payment
    };
    let mut moves = Moves::new();
    let row = rows::create(&tx, row, &mut moves).await?;
    once::made(&tx, &Made::Payment { id: row.id }).await?;
    end(app, tx, moves, &row, "payment.refund", actor).await?;
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_filled_in_and_nothing_contradicts() {
        assert_eq!(same("client_id", None, Some(1)).expect("fits"), Some(1));
        assert_eq!(same("client_id", Some(1), None).expect("fits"), Some(1));
        assert!(same("client_id", Some(2), Some(1)).is_err());
        assert!(not_to_come(Some(UnixMillis(2)), UnixMillis(1)).is_err());
        assert!(not_to_come(None, UnixMillis(1)).is_ok());
    }
}

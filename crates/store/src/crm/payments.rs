//! Payments and refunds. A refund is a row of its own; of any number at once no more is given back than was paid.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::totals::{Moves, whole_number};
use super::{bookings, insert, save, subscriptions};
use crate::entity::payments::{ActiveModel, Column, Entity, Model};
use crate::entity::{bookings as booked, subscriptions as sold};
use crate::types::{Day, PaymentKind, PaymentStatus};
use crate::{Result, StoreError};

pub use super::payment_list::{Filter, SORT_KEYS, Sums, list, sums, total};

/// Adds a payment or a refund; `row.id` is given by the database. Then call [`settle`].
///
/// # Errors
/// Of the database.
pub async fn create(db: &impl ConnectionTrait, row: Model, moves: &mut Moves) -> Result<Model> {
    let row = insert::<ActiveModel, Entity>(db, row, Column::Id).await?;
    moves.money(&row, 1);
    Ok(row)
}

/// The payment `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("payment"))
}

/// The payment `id`, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("payment"))
}

/// Writes a payment that [`lock`] gave and the caller changed. Then call [`settle`].
///
/// # Errors
/// Of the database.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &Model,
    after: Model,
    moves: &mut Moves,
) -> Result<Model> {
    moves.money(before, -1);
    moves.money(&after, 1);
    save::<ActiveModel, Entity>(db, after).await
}

/// Sets an amount of a payment aside for a refund. False: so much is not left to be given back.
///
/// # Errors
/// Of the database.
pub async fn reserve_refund(db: &impl ConnectionTrait, id: i64, amount_minor: i64) -> Result<bool> {
    let rest = Expr::col(Column::AmountMinor).sub(Expr::col(Column::RefundedMinor));
    let reserved = Entity::update_many()
        .col_expr(
            Column::RefundedMinor,
            Expr::col(Column::RefundedMinor).add(amount_minor),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::Kind.eq(PaymentKind::Payment))
        .filter(Column::Status.eq(PaymentStatus::Completed))
        .filter(rest.gte(amount_minor))
        .exec(db)
        .await?;
    Ok(reserved.rows_affected == 1)
}

/// A refund came to nothing: its amount may be given back again.
///
/// # Errors
/// Of the database.
pub async fn release_refund(db: &impl ConnectionTrait, id: i64, amount_minor: i64) -> Result<()> {
    Entity::update_many()
        .col_expr(
            Column::RefundedMinor,
            Expr::col(Column::RefundedMinor).sub(amount_minor),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::RefundedMinor.gte(amount_minor))
        .exec(db)
        .await?;
    Ok(())
}

/// Brings what the booking and the subscription of a payment say up to the payments. Lock both before the payment.
///
/// # Errors
/// Of the database.
pub async fn settle(db: &impl ConnectionTrait, row: &Model) -> Result<()> {
    if let Some(id) = row.booking_id {
        let paid_minor = paid(db, Column::BookingId, id).await?;
        let booking = bookings::lock(db, id).await?;
        bookings::update(
            db,
            booked::Model {
                paid_minor,
                ..booking
            },
        )
        .await?;
    }
    if let Some(id) = row.subscription_id {
        let paid_minor = paid(db, Column::SubscriptionId, id).await?;
        let subscription = subscriptions::lock(db, id).await?;
        subscriptions::update(
            db,
            sold::Model {
                paid_minor,
                ..subscription
            },
        )
        .await?;
    }
    Ok(())
}

/// What a client paid less what was given back, ever, in minor units.
///
/// # Errors
/// Of the database.
pub async fn net_of_client(db: &impl ConnectionTrait, client_id: i64) -> Result<i64> {
    paid(db, Column::ClientId, client_id).await
}

/// Completed payments less completed refunds.
async fn paid(db: &impl ConnectionTrait, column: Column, id: i64) -> Result<i64> {
    let sums: Vec<(PaymentKind, i64)> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::AmountMinor.sum().cast_as(whole_number(db)), "amount")
        .filter(column.eq(id))
        .filter(Column::Status.eq(PaymentStatus::Completed))
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let signed = |(kind, amount): (PaymentKind, i64)| match kind {
        PaymentKind::Payment => amount,
        PaymentKind::Refund => -amount,
    };
    Ok(sums.into_iter().map(signed).sum())
}

/// The clients who paid most in the days `from` to `to`, refunds taken off, in minor units. At most `most`.
///
/// # Errors
/// Of the database.
pub async fn top_clients(
    db: &impl ConnectionTrait,
    from: Day,
    to: Day,
    most: u64,
) -> Result<Vec<(i64, i64)>> {
    let signed = Expr::case(
        Column::Kind.eq(PaymentKind::Refund),
        Expr::col(Column::AmountMinor).mul(-1),
    )
    .finally(Expr::col(Column::AmountMinor));
    let net = Expr::expr(signed).sum().cast_as(whole_number(db));
    Ok(Entity::find()
        .select_only()
        .column(Column::ClientId)
        .column_as(net, "net_minor")
        .filter(Column::Status.eq(PaymentStatus::Completed))
        .filter(Column::Day.between(from, to))
        .filter(Column::ClientId.is_not_null())
        .group_by(Column::ClientId)
        .order_by_desc(Expr::col("net_minor"))
        .order_by_asc(Column::ClientId)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether a payment has this number.
///
/// # Errors
/// Of the database.
pub async fn has_number(db: &impl ConnectionTrait, number: &str) -> Result<bool> {
    let query = Entity::find().filter(Column::Number.eq(number)).limit(1);
    Ok(query.one(db).await?.is_some())
}

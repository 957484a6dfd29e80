//! Payments and refunds. A refund is a row of its own; of any number at once no more is given back than was paid.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::totals::{Moves, whole_number};
use super::{begins, between, bookings, insert, save, subscriptions};
use crate::entity::payments::{ActiveModel, Column, Entity, Model};
use crate::entity::{bookings as booked, subscriptions as sold};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{Day, PaymentKind, PaymentMethod, PaymentStatus};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "paid_at", "amount"];

/// Which payments are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this client.
    pub client_id: Option<i64>,
    /// Payments alone, or refunds alone.
    pub kind: Option<PaymentKind>,
    /// In this state.
    pub status: Option<PaymentStatus>,
    /// In this way.
    pub method: Option<PaymentMethod>,
    /// For this service.
    pub service_id: Option<i64>,
    /// For this trainer's work.
    pub staff_id: Option<i64>,
    /// For this booking.
    pub booking_id: Option<i64>,
    /// For this subscription.
    pub subscription_id: Option<i64>,
    /// Refunds of this payment.
    pub refund_of: Option<i64>,
    /// Completed on this business day or later.
    pub from_day: Option<Day>,
    /// Completed on this business day or earlier.
    pub to_day: Option<Day>,
    /// The receipt's number begins so.
    pub number: Option<String>,
}

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

/// A page of payments.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let key = match order.key() {
        // By the day, which has an index, then by id; what is not completed yet has no day and is not in this order.
        "paid_at" => (
            Column::Day,
            By::Number(|row: &Model| row.day.map_or(0, |day| i64::from(day.0))),
        ),
        "amount" => (Column::AmountMinor, By::Number(|row: &Model| row.amount_minor)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    let mut query = filter.apply(Entity::find());
    if order.key() == "paid_at" {
        query = query.filter(Column::Day.is_not_null());
    }
    in_order(db, query, order, sorted, page, "payments").await
}

/// Number of payments that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(Entity::find()).count(db).await?)
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>) -> Select<Entity> {
        query = query.filter(between(Column::Day, self.from_day, self.to_day));
        let ids = [
            (Column::ClientId, self.client_id),
            (Column::ServiceId, self.service_id),
            (Column::StaffId, self.staff_id),
            (Column::BookingId, self.booking_id),
            (Column::SubscriptionId, self.subscription_id),
            (Column::RefundOf, self.refund_of),
        ];
        for (column, id) in ids {
            if let Some(id) = id {
                query = query.filter(column.eq(id));
            }
        }
        if let Some(kind) = self.kind {
            query = query.filter(Column::Kind.eq(kind));
        }
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(method) = self.method {
            query = query.filter(Column::Method.eq(method));
        }
        if let Some(number) = &self.number {
            query = query.filter(begins(Column::Number, number));
        }
        query
    }
}

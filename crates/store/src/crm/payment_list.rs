//! Lists of payments and refunds, and what is in them.

use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::between;
use super::totals::whole_number;
use crate::entity::payments::{Column, Entity, Model};
use crate::matching::begins;
use crate::paging::{By, Key, Order, Page, PageOf, Position, Sorted, beyond, in_order};
use crate::types::{Day, PaymentKind, PaymentMethod, PaymentStatus};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "paid_at", "amount"];

const LIST: &str = "payments";

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

/// Money of the payments that fit, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Completed payments.
    pub paid_minor: i64,
    /// Completed refunds.
    pub refunded_minor: i64,
    /// Payments that are not completed yet.
    pub pending_minor: i64,
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
        "paid_at" => return by_day(db, filter, order, page).await,
        "amount" => (Column::AmountMinor, By::Number(|row: &Model| row.amount_minor)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, filter.apply(Entity::find()), order, sorted, page, LIST).await
}

/// By the day, which has an index, then by id. What is not completed has no day: it counts as later than any, so it comes
/// first when the latest come first. Two walks, because databases do not agree on where nothing belongs.
async fn by_day(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let list = if order.is_descending() {
        "payments:-paid_at"
    } else {
        "payments:paid_at"
    };
    let after = page.position(list)?;
    let after_dated = match after.as_ref().map(|position| &position.key) {
        None => None,
        Some(Key::None) => Some(false),
        Some(Key::Number(_)) => Some(true),
        Some(Key::Text(_)) => return Err(StoreError::BadCursor),
    };
    let mut rows: Vec<Model> = Vec::new();
    let dated_first = !order.is_descending();
    for dated in [dated_first, !dated_first] {
        let rest = page.fetch().saturating_sub(rows.len() as u64);
        let behind_us = dated == dated_first && after_dated == Some(!dated);
        if rest == 0 || behind_us {
            continue;
        }
        let way = order.way();
        let mut query = filter.apply(Entity::find()).limit(rest);
        query = if dated {
            let with_day = query.filter(Column::Day.is_not_null());
            with_day.order_by(Column::Day, way.clone())
        } else {
            query.filter(Column::Day.is_null())
        };
        query = query.order_by(Column::Id, way);
        if let Some(position) = after.as_ref().filter(|_| after_dated == Some(dated)) {
            query = match position.key {
                Key::Number(day) => query.filter(beyond(
                    Column::Day,
                    day,
                    Column::Id,
                    position.id,
                    order.is_descending(),
                )),
                _ if order.is_descending() => query.filter(Column::Id.lt(position.id)),
                _ => query.filter(Column::Id.gt(position.id)),
            };
        }
        rows.extend(query.all(db).await?);
    }
    let place = |row: &Model| match row.day {
        Some(day) => Position::number(i64::from(day.0), row.id),
        None => Position::id(row.id),
    };
    Ok(PageOf::cut(rows, page, list, place))
}

/// Number of payments that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(Entity::find()).count(db).await?)
}

/// The money of all payments that fit.
///
/// # Errors
/// Of the database.
pub async fn sums(db: &impl ConnectionTrait, filter: &Filter) -> Result<Sums> {
    let found: Vec<(PaymentStatus, PaymentKind, i64)> = filter
        .apply(Entity::find())
        .select_only()
        .column(Column::Status)
        .column(Column::Kind)
        .column_as(Column::AmountMinor.sum().cast_as(whole_number(db)), "amount")
        .filter(Column::Status.is_in([PaymentStatus::Completed, PaymentStatus::Pending]))
        .group_by(Column::Status)
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let of = |status: PaymentStatus, kind: PaymentKind| {
        let fits = |row: &&(PaymentStatus, PaymentKind, i64)| (row.0, row.1) == (status, kind);
        found.iter().filter(fits).map(|row| row.2).sum()
    };
    Ok(Sums {
        paid_minor: of(PaymentStatus::Completed, PaymentKind::Payment),
        refunded_minor: of(PaymentStatus::Completed, PaymentKind::Refund),
        pending_minor: of(PaymentStatus::Pending, PaymentKind::Payment),
    })
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

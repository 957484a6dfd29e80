//! Subscriptions: visits in a period. A visit is used up by one statement that takes it only while there is one.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::{between, insert, save};
use crate::entity::subscription_freezes as freezes;
use crate::entity::subscriptions::{ActiveModel, Column, Entity, Model};
use crate::matching::begins;
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{Day, SubscriptionStatus, UnixMillis};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "ends_on"];

/// Which subscriptions are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this client.
    pub client_id: Option<i64>,
    /// Of this service.
    pub service_id: Option<i64>,
    /// Its number begins so.
    pub number: Option<String>,
    /// As it was sold.
    pub status: Option<SubscriptionStatus>,
    /// Runs on this day: contains it, is not cancelled, is not frozen on it.
    pub active_on: Option<Day>,
    /// Is frozen on this day.
    pub frozen_on: Option<Day>,
    /// Ends on this day or later.
    pub ends_from: Option<Day>,
    /// Ends on this day or earlier.
    pub ends_to: Option<Day>,
    /// Something is still to be paid.
    pub owed: bool,
    /// It is not cancelled, and no visit is left.
    pub used_up: bool,
}

/// Adds a subscription; `row.id` is given by the database.
///
/// # Errors
/// Of the database.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    insert::<ActiveModel, Entity>(db, settled(row), Column::Id).await
}

/// The subscription `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("subscription"))
}

/// The subscription `id`, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("subscription"))
}

/// The subscriptions of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// Writes a subscription that [`lock`] gave and the caller changed, with what is owed brought up to date.
///
/// # Errors
/// Of the database.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    save::<ActiveModel, Entity>(db, settled(row)).await
}

fn settled(row: Model) -> Model {
    let owed_minor = match row.status {
        SubscriptionStatus::Cancelled => 0,
        SubscriptionStatus::Active => Ord::max(row.price_minor - row.paid_minor, 0),
    };
    Model { owed_minor, ..row }
}

/// Contains the day, is not cancelled and not frozen on it.
fn active_on(day: Day) -> Condition {
    Condition::all()
        .add(Column::Status.eq(SubscriptionStatus::Active))
        .add(Column::StartsOn.lte(day))
        .add(Column::EndsOn.gte(day))
        .add(Column::Id.not_in_subquery(frozen_on(day)))
}

fn frozen_on(day: Day) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(freezes::Column::SubscriptionId)
        .from(freezes::Entity)
        .and_where(freezes::Column::FromDay.lte(day))
        .and_where(freezes::Column::ToDay.gte(day))
        .take()
}

/// Uses a visit up on this day. False: the subscription does not run then, or has none left.
///
/// # Errors
/// Of the database.
pub async fn take_visit(db: &impl ConnectionTrait, id: i64, day: Day) -> Result<bool> {
    let left = Column::VisitsLeft.is_null().or(Column::VisitsLeft.gt(0));
    let taken = Entity::update_many()
        .col_expr(Column::VisitsLeft, Expr::col(Column::VisitsLeft).sub(1))
        .filter(Column::Id.eq(id))
        .filter(active_on(day))
        .filter(left)
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Gives a visit back.
///
/// # Errors
/// Of the database.
pub async fn give_visit_back(db: &impl ConnectionTrait, id: i64) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::VisitsLeft, Expr::col(Column::VisitsLeft).add(1))
        .filter(Column::Id.eq(id))
        .filter(Expr::col(Column::VisitsLeft).lt(Expr::col(Column::VisitsTotal)))
        .exec(db)
        .await?;
    Ok(())
}

/// The client's subscriptions that run on this day and have a visit left, the one that ends first before the others.
///
/// # Errors
/// Of the database.
pub async fn usable(db: &impl ConnectionTrait, client_id: i64, day: Day) -> Result<Vec<Model>> {
    let left = Column::VisitsLeft.is_null().or(Column::VisitsLeft.gt(0));
    Ok(Entity::find()
        .filter(Column::ClientId.eq(client_id))
        .filter(active_on(day))
        .filter(left)
        .order_by_asc(Column::EndsOn)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The freezes of these subscriptions, in order. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn freezes(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<freezes::Model>> {
    Ok(freezes::Entity::find()
        .filter(freezes::Column::SubscriptionId.is_in(ids.iter().copied()))
        .order_by_asc(freezes::Column::SubscriptionId)
        .order_by_asc(freezes::Column::FromDay)
        .all(db)
        .await?)
}

/// Adds a freeze. The subscription must be locked; its end is moved by the caller.
///
/// # Errors
/// Of the database.
pub async fn add_freeze(db: &impl ConnectionTrait, row: freezes::Model) -> Result<freezes::Model> {
    insert::<freezes::ActiveModel, freezes::Entity>(db, row, freezes::Column::Id).await
}

/// Ends a freeze earlier, or takes it away when nothing of it is left.
///
/// # Errors
/// Of the database.
pub async fn end_freeze(db: &impl ConnectionTrait, row: freezes::Model, last: Day) -> Result<()> {
    if last < row.from_day {
        freezes::Entity::delete_by_id(row.id).exec(db).await?;
    } else {
        let row = freezes::Model { to_day: last, ..row };
        save::<freezes::ActiveModel, freezes::Entity>(db, row).await?;
    }
    Ok(())
}

/// Cancels a locked subscription: nothing is owed any more.
///
/// # Errors
/// Of the database.
pub async fn cancel(db: &impl ConnectionTrait, row: Model, now: UnixMillis) -> Result<Model> {
    let row = Model {
        status: SubscriptionStatus::Cancelled,
        cancelled_at: Some(now),
        updated_at: now,
        ..row
    };
    update(db, row).await
}

/// Whether a subscription has this number.
///
/// # Errors
/// Of the database.
pub async fn has_number(db: &impl ConnectionTrait, number: &str) -> Result<bool> {
    let query = Entity::find().filter(Column::Number.eq(number)).limit(1);
    Ok(query.one(db).await?.is_some())
}

/// A page of subscriptions.
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
        "ends_on" => (Column::EndsOn, By::Number(|row: &Model| i64::from(row.ends_on.0))),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(
        db,
        filter.apply(Entity::find()),
        order,
        sorted,
        page,
        "subscriptions",
    )
    .await
}

/// Number of subscriptions that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(Entity::find()).count(db).await?)
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>) -> Select<Entity> {
        query = query.filter(between(Column::EndsOn, self.ends_from, self.ends_to));
        if let Some(id) = self.client_id {
            query = query.filter(Column::ClientId.eq(id));
        }
        if let Some(id) = self.service_id {
            query = query.filter(Column::ServiceId.eq(id));
        }
        if let Some(number) = &self.number {
            query = query.filter(begins(Column::Number, number));
        }
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(day) = self.active_on {
            query = query.filter(active_on(day));
        }
        if let Some(day) = self.frozen_on {
            query = query.filter(Column::Id.in_subquery(frozen_on(day)));
        }
        if self.owed {
            query = query.filter(Column::OwedMinor.gt(0));
        }
        if self.used_up {
            query = query
                .filter(Column::Status.eq(SubscriptionStatus::Active))
                .filter(Column::VisitsLeft.eq(0));
        }
        query
    }
}

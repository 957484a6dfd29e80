//! Who owes what: bookings that have begun and subscriptions that have begun, neither cancelled, not fully paid.

use std::collections::BTreeMap;

use sea_orm::sea_query::{ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::totals::whole_number;
use crate::Result;
use crate::entity::{bookings, subscriptions};
use crate::types::{Day, UnixMillis};

/// The moment at which debts are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Now.
    pub now: UnixMillis,
    /// The business's day of `now`.
    pub today: Day,
}

/// Debts of bookings that count at this moment.
fn booking_owed(at: At) -> Condition {
    Condition::all()
        .add(bookings::Column::OwedMinor.gt(0))
        .add(bookings::Column::ClientId.is_not_null())
        .add(bookings::Column::StartsAt.lte(at.now))
}

fn subscription_owed(at: At) -> Condition {
    Condition::all()
        .add(subscriptions::Column::OwedMinor.gt(0))
        .add(subscriptions::Column::ClientId.is_not_null())
        .add(subscriptions::Column::StartsOn.lte(at.today))
}

/// Ids of the clients who owe something.
pub(super) fn debtors(at: At) -> SelectStatement {
    let of_subscriptions = Query::select()
        .column(subscriptions::Column::ClientId)
        .from(subscriptions::Entity)
        .cond_where(subscription_owed(at))
        .take();
    Query::select()
        .column(bookings::Column::ClientId)
        .from(bookings::Entity)
        .cond_where(booking_owed(at))
        .union(UnionType::All, of_subscriptions)
        .take()
}

/// What each client owes, in minor units; the largest debt first, then by id.
///
/// # Errors
/// Of the database.
pub async fn all(db: &impl ConnectionTrait, at: At) -> Result<Vec<(i64, i64)>> {
    let mut owed: BTreeMap<i64, i64> = BTreeMap::new();
    for (client_id, minor) in of_bookings(db, at, None).await? {
        *owed.entry(client_id).or_default() += minor;
    }
    for (client_id, minor) in of_subscriptions(db, at, None).await? {
        *owed.entry(client_id).or_default() += minor;
    }
    let mut owed: Vec<(i64, i64)> = owed.into_iter().collect();
    owed.sort_by_key(|(id, minor)| (std::cmp::Reverse(*minor), *id));
    Ok(owed)
}

/// What one client owes, in minor units.
///
/// # Errors
/// Of the database.
pub async fn of_client(db: &impl ConnectionTrait, client_id: i64, at: At) -> Result<i64> {
    let bookings = of_bookings(db, at, Some(client_id)).await?;
    let subscriptions = of_subscriptions(db, at, Some(client_id)).await?;
    Ok(bookings
        .iter()
        .chain(&subscriptions)
        .map(|(_, minor)| minor)
        .sum())
}

async fn of_bookings(db: &impl ConnectionTrait, at: At, client_id: Option<i64>) -> Result<Vec<(i64, i64)>> {
    use bookings::{Column, Entity};
    let query = Entity::find()
        .select_only()
        .column(Column::ClientId)
        .filter(booking_owed(at));
    let query = match client_id {
        Some(id) => query.filter(Column::ClientId.eq(id)),
        None => query,
    };
    let sum = Column::OwedMinor.sum().cast_as(whole_number(db));
    let query = query.column_as(sum, "owed").group_by(Column::ClientId);
    Ok(query.into_tuple().all(db).await?)
}

async fn of_subscriptions(
    db: &impl ConnectionTrait,
    at: At,
    client_id: Option<i64>,
) -> Result<Vec<(i64, i64)>> {
    use subscriptions::{Column, Entity};
    let query = Entity::find()
        .select_only()
        .column(Column::ClientId)
        .filter(subscription_owed(at));
    let query = match client_id {
        Some(id) => query.filter(Column::ClientId.eq(id)),
        None => query,
    };
    let sum = Column::OwedMinor.sum().cast_as(whole_number(db));
    let query = query.column_as(sum, "owed").group_by(Column::ClientId);
    Ok(query.into_tuple().all(db).await?)
}

//! The CRM: clients, what they are offered, the schedule, bookings, subscriptions and payments.
//!
//! Each function is one step of a transaction that the product composes. The business's days ([`crate::types::Day`]) are
//! made by the product, which knows the time zone. Rows are locked in one order everywhere: staff, places, session,
//! booking, subscription, payment, client; totals last.

pub mod bookings;
pub mod clients;
pub mod debts;
pub mod directions;
pub mod join;
pub mod occupancy;
mod payment_list;
pub mod payments;
pub mod places;
pub mod rebase;
pub mod seats;
pub mod services;
pub mod sessions;
pub mod snapshot;
pub mod staff;
pub mod subscriptions;
pub mod totals;
pub mod waiting;

use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::Result;
use crate::contacts::fold_name;
use crate::matching::holds;

/// The key of something that there is none of, in totals.
pub const NONE_KEY: &str = "0";

/// `column` lies between two values, both included and both optional.
fn between<C: ColumnTrait, V: Into<sea_orm::Value> + Copy>(
    column: C,
    from: Option<V>,
    to: Option<V>,
) -> Condition {
    let mut all = Condition::all();
    if let Some(from) = from {
        all = all.add(column.gte(from));
    }
    if let Some(to) = to {
        all = all.add(column.lte(to));
    }
    all
}

/// Adds a row; its `id` is given by the database.
async fn insert<A, E>(db: &impl ConnectionTrait, row: E::Model, id: E::Column) -> Result<E::Model>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let mut row = row.into_active_model().reset_all();
    row.not_set(id);
    Ok(row.insert(db).await?)
}

/// Writes every column of a row.
async fn save<A, E>(db: &impl ConnectionTrait, row: E::Model) -> Result<E::Model>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    Ok(row.into_active_model().reset_all().update(db).await?)
}

/// Rows of a short list, searched by the beginning of a name's words.
fn named<C: ColumnTrait>(name_key: C, search: &str) -> Condition {
    fold_name(search)
        .split(' ')
        .filter(|word| !word.is_empty())
        .fold(Condition::all(), |all, word| all.add(holds(name_key, word)))
}

/// The next rows in the order of their ids.
async fn chunk<E: EntityTrait>(
    db: &impl ConnectionTrait,
    id: E::Column,
    after: i64,
    most: u64,
) -> Result<Vec<E::Model>> {
    let query = E::find().filter(id.gt(after)).order_by_asc(id).limit(most);
    Ok(query.all(db).await?)
}

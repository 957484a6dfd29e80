//! The stream that the interface follows: appended in the transaction of the change, read by id, trimmed.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Result;
use crate::advisory::AdvisoryLock;
use crate::entity::events::{ActiveModel, Column, Entity, Model};
use crate::types::UnixMillis;

/// Most events given by one [`after`].
pub const MAX_READ_ROWS: u64 = 1_000;
/// Rows of one INSERT.
const ROWS_IN_STATEMENT: usize = 500;

/// An event to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// `message`, `dialog`, `campaign`, `job`, `account` and the like.
    pub kind: String,
    /// The contact it is about.
    pub contact_id: Option<i64>,
    /// The campaign it is about.
    pub campaign_id: Option<i64>,
    /// JSON for the reader.
    pub body: String,
}

/// Appends an event and gives its id. Call it last in a transaction.
///
/// # Errors
/// Of the database.
pub async fn append(db: &impl ConnectionTrait, event: &NewEvent, now: UnixMillis) -> Result<i64> {
    keep_order(db).await?;
    Ok(Entity::insert(row(event, now)).exec(db).await?.last_insert_id)
}

/// Appends events in their order, with one statement for hundreds. Call it last in a transaction.
///
/// # Errors
/// Of the database.
pub async fn append_many(db: &impl ConnectionTrait, events: &[NewEvent], now: UnixMillis) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    keep_order(db).await?;
    for chunk in events.chunks(ROWS_IN_STATEMENT) {
        Entity::insert_many(chunk.iter().map(|event| row(event, now)))
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// PostgreSQL hands out ids before it commits: two transactions could commit in the other order, and a reader that had
/// seen the higher id would miss the lower one. Held until the commit, so append events last.
async fn keep_order(db: &impl ConnectionTrait) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&AdvisoryLock::EventOrder.take_in_transaction())
            .await?;
    }
    Ok(())
}

fn row(event: &NewEvent, now: UnixMillis) -> ActiveModel {
    ActiveModel {
        kind: Set(event.kind.clone()),
        contact_id: Set(event.contact_id),
        campaign_id: Set(event.campaign_id),
        body: Set(event.body.clone()),
        created_at: Set(now),
        ..Default::default()
    }
}

/// Events after `id`, oldest first, at most `limit` and [`MAX_READ_ROWS`].
///
/// # Errors
/// Of the database.
pub async fn after(db: &impl ConnectionTrait, id: i64, limit: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Id.gt(id))
        .order_by_asc(Column::Id)
        .limit(limit.min(MAX_READ_ROWS))
        .all(db)
        .await?)
}

/// Id of the newest event; 0 when there is none.
///
/// # Errors
/// Of the database.
pub async fn newest_id(db: &impl ConnectionTrait) -> Result<i64> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::Id);
    Ok(query.into_tuple::<i64>().one(db).await?.unwrap_or(0))
}

/// Id of the oldest event that is kept; none when there is none.
///
/// # Errors
/// Of the database.
pub async fn oldest_id(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_asc(Column::Id)
        .limit(1);
    Ok(query.into_tuple::<i64>().one(db).await?)
}

/// Deletes all but about the newest `keep` events, at most `most` of them.
///
/// # Errors
/// Of the database.
pub async fn trim(db: &impl ConnectionTrait, keep: i64, most: i64) -> Result<u64> {
    let last_old = newest_id(db).await?.saturating_sub(keep);
    let oldest = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_asc(Column::Id);
    let Some(oldest) = oldest.into_tuple::<i64>().one(db).await? else {
        return Ok(0);
    };
    let last = last_old.min(oldest.saturating_add(most - 1));
    if last < oldest {
        return Ok(0);
    }
    Ok(Entity::delete_many()
        .filter(Column::Id.lte(last))
        .exec(db)
        .await?
        .rows_affected)
}

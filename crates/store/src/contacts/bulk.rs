//! What a change of many contacts changed of each.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::Result;
use crate::entity::bulk_changes::{ActiveModel, Column, Entity, Model};
use crate::types::UnixMillis;

/// Ids of one statement.
const IDS_IN_STATEMENT: usize = 500;

/// Notes what a job changed of a contact, in the transaction of the change.
///
/// # Errors
/// Of the database; when it is noted already.
pub async fn note(
    db: &impl ConnectionTrait,
    (job_id, contact_id): (i64, i64),
    change: &str,
    now: UnixMillis,
) -> Result<()> {
    let row = ActiveModel {
        job_id: Set(job_id),
        contact_id: Set(contact_id),
        change: Set(change.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What a job changed, by contact, of those after `after`.
///
/// # Errors
/// Of the database.
pub async fn after(db: &impl ConnectionTrait, job_id: i64, after: i64, limit: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::JobId.eq(job_id))
        .filter(Column::ContactId.gt(after))
        .order_by_asc(Column::ContactId)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many contacts a job changed, of those after `after`.
///
/// # Errors
/// Of the database.
pub async fn left(db: &impl ConnectionTrait, job_id: i64, after: i64) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::JobId.eq(job_id))
        .filter(Column::ContactId.gt(after))
        .count(db)
        .await?)
}

/// Forgets what was changed before a moment, at most `most` contacts at a time; answers how many.
///
/// # Errors
/// Of the database.
pub async fn trim(db: &impl ConnectionTrait, before: UnixMillis, most: u64) -> Result<u64> {
    let old: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CreatedAt.lt(before))
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    for ids in old.chunks(IDS_IN_STATEMENT) {
        Entity::delete_many()
            .filter(Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(old.len() as u64)
}

//! Versions of the knowledge base; the newest is in force.

use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryOrder, QuerySelect};

use crate::entity::knowledge_versions::{ActiveModel, Column, Entity, Model};
use crate::types::{KnowledgeSource, UnixMillis};
use crate::{Result, StoreError};

/// A version without its body.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Version {
    /// Id.
    pub id: i64,
    /// Where it came from.
    pub source: KnowledgeSource,
    /// Who brought it.
    pub author: String,
    /// When.
    pub created_at: UnixMillis,
}

/// The version in force, if there is any.
///
/// # Errors
/// Of the database.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<Model>> {
    Ok(Entity::find().order_by_desc(Column::Id).one(db).await?)
}

/// Id of the version in force: cheap, to see whether it has changed.
///
/// # Errors
/// Of the database.
pub async fn newest_id(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::Id);
    Ok(query.into_tuple().one(db).await?)
}

/// The version `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("knowledge version"))
}

/// Puts a version in force (`body` is JSON) and gives its id.
///
/// # Errors
/// Of the database.
pub async fn append(
    db: &impl ConnectionTrait,
    body: &str,
    source: KnowledgeSource,
    author: &str,
    now: UnixMillis,
) -> Result<i64> {
    let row = ActiveModel {
        body: Set(body.to_owned()),
        source: Set(source),
        author: Set(author.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The newest `limit` versions, newest first.
///
/// # Errors
/// Of the database.
pub async fn versions(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Version>> {
    let columns = [Column::Id, Column::Source, Column::Author, Column::CreatedAt];
    let query = Entity::find()
        .select_only()
        .columns(columns)
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(query.into_model().all(db).await?)
}

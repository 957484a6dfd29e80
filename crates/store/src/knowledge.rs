//! Versions of the knowledge base; the newest is in force.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::knowledge_versions::{ActiveModel, Column, Entity, Model};
use crate::paging::{Page, PageOf, Position};
use crate::types::{KnowledgeSource, UnixMillis};
use crate::{Result, StoreError};

const LIST: &str = "knowledge_versions";

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
    /// The version that was changed; absent for the first.
    pub parent_id: Option<i64>,
    /// What was done: a word of the product.
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
}

/// A version to be appended.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// JSON.
    pub body: &'a str,
    /// Where it comes from.
    pub source: KnowledgeSource,
    /// Who brings it.
    pub author: &'a str,
    /// The version that is changed.
    pub parent_id: Option<i64>,
    /// What is done.
    pub action: Option<&'a str>,
    /// What it is done to.
    pub subject: Option<&'a str>,
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

/// The version before `id`, if there is any.
///
/// # Errors
/// Of the database.
pub async fn before(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>> {
    let query = Entity::find().filter(Column::Id.lt(id)).order_by_desc(Column::Id);
    Ok(query.one(db).await?)
}

/// Puts a version in force and gives its id.
///
/// # Errors
/// [`StoreError::Conflict`] on `parent_id` when another version was made of the same parent meanwhile.
pub async fn append(db: &impl ConnectionTrait, version: &NewVersion<'_>, now: UnixMillis) -> Result<i64> {
    let row = ActiveModel {
        body: Set(version.body.to_owned()),
        source: Set(version.source),
        author: Set(version.author.to_owned()),
        created_at: Set(now),
        parent_id: Set(version.parent_id),
        action: Set(version.action.map(str::to_owned)),
        subject: Set(version.subject.map(str::to_owned)),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The versions, newest first. Their bodies, which are long, are not read.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn versions(db: &impl ConnectionTrait, page: &Page) -> Result<PageOf<Version>> {
    let columns = [
        Column::Id,
        Column::Source,
        Column::Author,
        Column::CreatedAt,
        Column::ParentId,
        Column::Action,
        Column::Subject,
    ];
    let mut query = Entity::find()
        .select_only()
        .columns(columns)
        .order_by_desc(Column::Id)
        .limit(page.fetch());
    if let Some(after) = page.position(LIST)? {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows: Vec<Version> = query.into_model().all(db).await?;
    Ok(PageOf::cut(rows, page, LIST, |row| Position::id(row.id)))
}

/// Number of versions.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::find().count(db).await?)
}

impl From<Model> for Version {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            source: row.source,
            author: row.author,
            created_at: row.created_at,
            parent_id: row.parent_id,
            action: row.action,
            subject: row.subject,
        }
    }
}

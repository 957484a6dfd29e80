//! What an administrator has set while Alfa ran, by key.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Result;
use crate::entity::settings::{ActiveModel, Column, Entity};
use crate::types::UnixMillis;

/// What is set under a key.
///
/// # Errors
/// Of the database.
pub async fn get(db: &impl ConnectionTrait, key: &str) -> Result<Option<String>> {
    let row = Entity::find().filter(Column::Key.eq(key)).one(db).await?;
    Ok(row.map(|row| row.value))
}

/// Sets a key.
///
/// # Errors
/// Of the database.
pub async fn put(db: &impl ConnectionTrait, key: &str, value: &str, now: UnixMillis) -> Result<()> {
    let row = ActiveModel {
        key: Set(key.to_owned()),
        value: Set(value.to_owned()),
        updated_at: Set(now),
        ..Default::default()
    };
    let known = OnConflict::column(Column::Key)
        .update_columns([Column::Value, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

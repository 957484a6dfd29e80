//! Lines of the business, by which everything else is told apart.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::directions::{ActiveModel, Column, Entity, Model};
use crate::entity::{clients, places, services, staff_directions};
use crate::{Result, StoreError};

/// All of them, in their order.
///
/// # Errors
/// Of the database.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>> {
    let query = Entity::find()
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id);
    Ok(query.all(db).await?)
}

/// Whether there is one of this code.
///
/// # Errors
/// Of the database.
pub async fn exists(db: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let query = Entity::find().filter(Column::Code.eq(code));
    Ok(query.one(db).await?.is_some())
}

/// Adds the direction or changes its name and place.
///
/// # Errors
/// Of the database.
pub async fn put(db: &impl ConnectionTrait, code: &str, name: Option<&str>, position: i32) -> Result<()> {
    let changed = Entity::update_many()
        .filter(Column::Code.eq(code))
        .col_expr(Column::Name, Expr::value(name.map(str::to_owned)))
        .col_expr(Column::Position, Expr::value(position))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 {
        let row = ActiveModel {
            code: Set(code.to_owned()),
            name: Set(name.map(str::to_owned)),
            position: Set(position),
            ..Default::default()
        };
        Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes a direction away that nothing names.
///
/// # Errors
/// [`StoreError::StillUsed`]; [`StoreError::NotFound`].
pub async fn delete(db: &impl ConnectionTrait, code: &str) -> Result<()> {
    let used = clients::Entity::find()
        .filter(clients::Column::Direction.eq(code))
        .limit(1)
        .one(db)
        .await?
        .is_some()
        || services::Entity::find()
            .filter(services::Column::Direction.eq(code))
            .limit(1)
            .one(db)
            .await?
            .is_some()
        || places::Entity::find()
            .filter(places::Column::Direction.eq(code))
            .limit(1)
            .one(db)
            .await?
            .is_some()
        || staff_directions::Entity::find()
            .filter(staff_directions::Column::Direction.eq(code))
            .limit(1)
            .one(db)
            .await?
            .is_some();
    if used {
        return Err(StoreError::StillUsed);
    }
    let gone = Entity::delete_many()
        .filter(Column::Code.eq(code))
        .exec(db)
        .await?;
    if gone.rows_affected == 0 {
        return Err(StoreError::NotFound("direction"));
    }
    Ok(())
}

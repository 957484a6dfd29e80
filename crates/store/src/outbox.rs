//! The outbox: every message on its way out.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entity::outbox::{Entity, Model};
use crate::{Result, StoreError};

/// The outbox row `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("outbox row"))
}

//! The outbox: every message on its way out.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::outbox::{Column, Entity, Model};
use crate::outreach::takeover::AI_KINDS;
use crate::types::OutboxState;
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

/// Why rows (at most 1,000) did not leave: the reason's name, and what Telegram said.
pub type NotSent = (Option<String>, Option<String>);

/// Why each of these rows did not leave, by id.
///
/// # Errors
/// Of the database.
pub async fn not_sent(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, NotSent>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, Option<String>, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Reason, Column::Error])
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, reason, error)| (id, (reason, error)))
        .collect())
}

/// Whose answer the AI has ready and has not sent yet, of these contacts (at most 1,000).
///
/// # Errors
/// Of the database.
pub async fn answers_waiting(db: &impl ConnectionTrait, contact_ids: &[i64]) -> Result<Vec<i64>> {
    const WAITING: [OutboxState; 3] = [OutboxState::Queued, OutboxState::Deferred, OutboxState::Sending];
    Ok(Entity::find()
        .select_only()
        .column(Column::ContactId)
        .filter(Column::ContactId.is_in(contact_ids.iter().copied()))
        .filter(Column::State.is_in(WAITING))
        .filter(Column::Kind.is_in(AI_KINDS))
        .filter(Column::InReplyTo.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

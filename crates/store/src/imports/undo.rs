//! Undoing an upload, in steps that each fit into a short transaction.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::restore::restore;
use crate::Result;
use crate::contacts;
use crate::entity::{contacts as people, outbox};
use crate::types::{OutboxState, UnixMillis};

/// Contacts undone in one step.
pub(super) const STEP_ROWS: u64 = 1_000;

/// How far the undoing is. Begin with the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndoPosition {
    /// Contacts that the upload made are done up to this id.
    pub(super) made_until: i64,
    /// Changes are done down to this id, once all made contacts are done.
    pub(super) changed_from: Option<i64>,
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoStep {
    /// Contacts that the upload had made and that are gone.
    pub deleted: u64,
    /// Contacts that the upload had changed and that are as before.
    pub restored: u64,
    /// Contacts that stay as they are, because they were written to (or their old phone is another's by now).
    pub kept: Vec<i64>,
    /// Where the next step begins; absent: all is done.
    pub next: Option<UndoPosition>,
}

/// Undoes a part of an upload. Contacts that were not written to are deleted, or restored; the rest is left and named.
/// Of a contact that is restored only what still is as the upload wrote it goes back: what people changed since stays.
///
/// # Errors
/// Of the database.
pub async fn undo_step(
    db: &impl ConnectionTrait,
    import_id: i64,
    from: UndoPosition,
    now: UnixMillis,
) -> Result<UndoStep> {
    match from.changed_from {
        None => delete_made(db, import_id, from.made_until).await,
        Some(below) => restore(db, import_id, below, now).await,
    }
}

async fn delete_made(db: &impl ConnectionTrait, import_id: i64, after: i64) -> Result<UndoStep> {
    let made = people::Entity::find()
        .filter(people::Column::ImportId.eq(import_id))
        .filter(people::Column::Id.gt(after))
        .order_by_asc(people::Column::Id)
        .limit(STEP_ROWS)
        .all(db)
        .await?;
    let Some(last) = made.last().map(|contact| contact.id) else {
        let next = UndoPosition {
            made_until: after,
            changed_from: Some(i64::MAX),
        };
        return Ok(UndoStep {
            next: Some(next),
            ..UndoStep::default()
        });
    };
    let leaving = leaving(db, made.iter().map(|contact| contact.id)).await?;
    let mut step = UndoStep {
        next: Some(UndoPosition {
            made_until: last,
            changed_from: None,
        }),
        ..UndoStep::default()
    };
    for contact in made {
        let written = contact.last_message_at.is_some() || contact.last_outreach_at.is_some();
        if written || leaving.contains(&contact.id) {
            step.kept.push(contact.id);
        } else {
            contacts::delete(db, contact.id).await?;
            step.deleted += 1;
        }
    }
    Ok(step)
}

/// Those of the contacts to whom a message went or is on its way.
async fn leaving(db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<HashSet<i64>> {
    let query = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::ContactId)
        .filter(outbox::Column::ContactId.is_in(ids))
        .filter(outbox::Column::State.is_in([OutboxState::Sending, OutboxState::Sent]));
    Ok(query.into_tuple::<i64>().all(db).await?.into_iter().collect())
}

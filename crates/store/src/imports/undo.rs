//! Undoing an upload, in steps that each fit into a short transaction.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::restore::restore;
use crate::Result;
use crate::contacts;
use crate::crm::clients;
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
    /// Contacts that stay as they are, because they were written to or became clients (or their old phone is another's by now).
    pub kept: Vec<i64>,
    /// Where the next step begins; absent: all is done.
    pub next: Option<UndoPosition>,
}

/// Undoes a part of an upload. Contacts that were not written to and are no clients are deleted, or restored; the rest is left and named.
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
    let made: Vec<(i64, Option<UnixMillis>, Option<UnixMillis>)> = people::Entity::find()
        .select_only()
        .column(people::Column::Id)
        .column(people::Column::LastMessageAt)
        .column(people::Column::LastOutreachAt)
        .filter(people::Column::ImportId.eq(import_id))
        .filter(people::Column::Id.gt(after))
        .order_by_asc(people::Column::Id)
        .limit(STEP_ROWS)
        .into_tuple()
        .all(db)
        .await?;
    let Some((last, ..)) = made.last().copied() else {
        let next = UndoPosition {
            made_until: after,
            changed_from: Some(i64::MAX),
        };
        return Ok(UndoStep {
            next: Some(next),
            ..UndoStep::default()
        });
    };
    let mut leaving = leaving(db, made.iter().map(|(id, ..)| *id)).await?;
    let ids: Vec<i64> = made.iter().map(|(id, ..)| *id).collect();
    leaving.extend(
        clients::of_contacts(db, &ids)
            .await?
            .iter()
            .map(|client| client.contact_id),
    );
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for (id, last_message_at, last_outreach_at) in made {
        if last_message_at.is_some() || last_outreach_at.is_some() || leaving.contains(&id) {
            kept.push(id);
        } else {
            gone.push(id);
        }
    }
    Ok(UndoStep {
        deleted: contacts::delete_many(db, &gone).await?,
        restored: 0,
        kept,
        next: Some(UndoPosition {
            made_until: last,
            changed_from: None,
        }),
    })
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

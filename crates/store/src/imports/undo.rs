//! Undoing an upload, in steps that each fit into a short transaction.

use std::collections::HashSet;

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::write::Before;
use crate::Result;
use crate::contacts::{self, Identity};
use crate::entity::{consents, contact_tags, contacts as people, import_changes, outbox};
use crate::types::{ConsentAction, OutboxState, UnixMillis};

/// Contacts undone in one step.
const STEP_ROWS: u64 = 500;

/// How far the undoing is. Begin with the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndoPosition {
    /// Contacts that the upload made are done up to this id.
    made_until: i64,
    /// Changes are done down to this id, once all made contacts are done.
    changed_from: Option<i64>,
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

async fn restore(db: &impl ConnectionTrait, import_id: i64, below: i64, now: UnixMillis) -> Result<UndoStep> {
    // Newest first: of two changes of one contact the older one has the last word.
    let changes = import_changes::Entity::find()
        .filter(import_changes::Column::ImportId.eq(import_id))
        .filter(import_changes::Column::Id.lt(below))
        .order_by_desc(import_changes::Column::Id)
        .limit(STEP_ROWS)
        .all(db)
        .await?;
    let mut step = UndoStep::default();
    for change in &changes {
        let before = change
            .before
            .as_deref()
            .and_then(|json| serde_json::from_str::<Before>(json).ok());
        let present = contacts::find(db, change.contact_id).await?;
        let (Some(before), Some(present)) = (before, present) else {
            continue;
        };
        if restore_one(db, before, present, now).await? {
            step.restored += 1;
        } else {
            step.kept.push(change.contact_id);
        }
    }
    step.next = changes.last().map(|change| UndoPosition {
        made_until: i64::MAX,
        changed_from: Some(change.id),
    });
    Ok(step)
}

async fn restore_one(
    db: &impl ConnectionTrait,
    before: Before,
    present: people::Model,
    now: UnixMillis,
) -> Result<bool> {
    let Before {
        contact: old,
        tags_added,
    } = before;
    let written =
        present.last_outreach_at != old.last_outreach_at || present.last_message_at != old.last_message_at;
    let taken = contacts::find_by(db, &Identity::of(&old))
        .await?
        .iter()
        .any(|other| other.id != old.id);
    if written || taken {
        return Ok(false);
    }
    let id = old.id;
    let withdrawn = present.opted_out_at.is_none() && present.consent_basis != old.consent_basis;
    if withdrawn {
        // The ledger is never rewritten: an entry says what holds again.
        let entry = consents::ActiveModel {
            contact_id: Set(id),
            action: Set(ConsentAction::Granted),
            basis: Set(old.consent_basis),
            evidence: Set(Some("upload undone".to_owned())),
            recorded_by: Set("undo".to_owned()),
            created_at: Set(now),
            ..Default::default()
        };
        consents::Entity::insert(entry).exec_without_returning(db).await?;
    }
    // What happened since has no place in the old state: an opt-out, the funnel.
    let mut row = people::Model {
        opted_out_at: present.opted_out_at,
        stage: present.stage,
        stage_message_id: present.stage_message_id,
        status: present.status,
        updated_at: now,
        ..old
    };
    if present.opted_out_at.is_some() {
        row.consent_basis = present.consent_basis;
    }
    let elsewhere = Identity::of(&row) != Identity::of(&present);
    row.into_active_model().reset_all().update(db).await?;
    if elsewhere {
        contacts::readdress(db, &[id]).await?;
    }
    if !tags_added.is_empty() {
        contact_tags::Entity::delete_many()
            .filter(contact_tags::Column::ContactId.eq(id))
            .filter(contact_tags::Column::Tag.is_in(tags_added))
            .exec(db)
            .await?;
    }
    Ok(true)
}

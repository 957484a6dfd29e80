//! Taking an upload back.

use alfa_store::imports::{self, UndoPosition};
use alfa_store::types::ImportState;
use alfa_store::{Store, StoreError};
use serde::Serialize;

use super::upload::{Now, move_state};
use crate::error::{AppError, AppResult, Message};

/// Most steps of an undoing: 1,000 contacts each.
const MAX_UNDO_STEPS: usize = 100_000;

/// What an undoing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UndoReport {
    /// Contacts that the import had made and that are gone.
    pub deleted: u64,
    /// Contacts that the import had changed and that are as before.
    pub restored: u64,
    /// Contacts that stay, because they were written to since.
    pub kept: Vec<i64>,
}

/// Undoes a finished import. Contacts that were written to since stay and are named.
///
/// # Errors
/// Not found; a conflict when the import is not finished, was a dry run, or is undone already.
pub async fn undo(store: &Store, import_id: i64, now: Now<'_>) -> AppResult<UndoReport> {
    let import = imports::get(store.reader(), import_id)
        .await
        .map_err(|error| match error {
            StoreError::NotFound(what) => AppError::not_found(what),
            other => AppError::internal(other),
        })?;
    let refused = match import.state {
        _ if import.dry_run => Some("import.undo_dry_run"),
        ImportState::Running => Some("import.undo_unfinished"),
        ImportState::Failed | ImportState::Undone => Some("import.undo_done"),
        ImportState::Done => None,
    };
    if let Some(key) = refused {
        return Err(AppError::conflict("import_not_undoable", Message::new(key)));
    }
    // The state last: an undoing that was interrupted is begun again, and finds nothing left of what it did.
    let report = undo_all(store, import_id, now).await?;
    move_state(
        store,
        import_id,
        ImportState::Done,
        ImportState::Undone,
        None,
        now(),
    )
    .await?;
    Ok(report)
}

pub(super) async fn undo_all(store: &Store, import_id: i64, now: Now<'_>) -> AppResult<UndoReport> {
    let mut report = UndoReport::default();
    let mut position = UndoPosition::default();
    for _ in 0..MAX_UNDO_STEPS {
        let tx = store.begin().await.map_err(AppError::internal)?;
        let step = imports::undo_step(&tx, import_id, position, now())
            .await
            .map_err(AppError::internal)?;
        tx.commit().await.map_err(AppError::internal)?;
        report.deleted += step.deleted;
        report.restored += step.restored;
        report.kept.extend(step.kept);
        match step.next {
            Some(next) => position = next,
            None => break,
        }
    }
    Ok(report)
}

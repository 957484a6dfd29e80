//! What uploads left behind when their process died: half of their rows, and their spool files.
//!
//! An upload in the background goes on where it was. One in the foreground cannot: nobody waits for its answer any more,
//! and whoever sent it sends it again. So nothing of it stays.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use alfa_store::types::ImportState;
use alfa_store::{imports, jobs};
use tokio::sync::OwnedRwLockWriteGuard;

use super::spool::Spool;
use super::upload::{fail, forget};
use super::upload_job::{JOB_KIND, belongings};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::text::Lang;
use crate::workers::{Next, Wake};

/// Removes spool files that no job waits for, and takes the uploads back that were cut off. For the start of the only
/// process, before it serves: an upload that runs then is nobody's. The taking back goes on
/// behind the start, and uploads wait for it.
///
/// # Errors
/// Of the database or the data folder.
pub async fn begin(app: &Arc<App>) -> AppResult<()> {
    let db = app.store.reader();
    let live = jobs::unfinished(db, JOB_KIND).await?;
    let (kept_imports, kept_spools): (BTreeSet<i64>, BTreeSet<String>) =
        live.iter().filter_map(belongings).unzip();
    for spool in Spool::all(&app.config.data_dir).map_err(AppError::internal)? {
        if !kept_spools.contains(spool.name()) {
            forget(&spool);
        }
    }
    let running = imports::in_state(db, ImportState::Running).await?;
    let cut_off: VecDeque<i64> = running
        .into_iter()
        .filter(|id| !kept_imports.contains(id))
        .collect();
    if cut_off.is_empty() {
        return Ok(());
    }
    tracing::warn!(uploads = cut_off.len(), "uploads were cut off and are taken back");
    let left = Arc::new(Mutex::new(Left {
        cut_off,
        held: Some(app.uploads.clone().write_owned().await),
    }));
    let owner = app.clone();
    app.workers
        .run("uploads cut off", Wake::default(), app.for_ever(), move || {
            step(owner.clone(), left.clone())
        });
    Ok(())
}

/// What is still to be taken back; new uploads wait for the end of it.
struct Left {
    cut_off: VecDeque<i64>,
    held: Option<OwnedRwLockWriteGuard<()>>,
}

/// Takes one back; it leaves the list only when that is done.
async fn step(app: Arc<App>, left: Arc<Mutex<Left>>) -> AppResult<Next> {
    let first = {
        let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.cut_off.is_empty() {
            left.held = None;
        }
        left.cut_off.front().copied()
    };
    let Some(import_id) = first else {
        return Ok(Next::Idle);
    };
    let clock = app.clock.clone();
    let now = move || clock.now();
    let why = Message::new("import.cut_off");
    fail(&app.store, import_id, &why, Lang::default(), &now).await?;
    let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
    left.cut_off.pop_front();
    Ok(Next::Again)
}

//! Taking back what was done to many contacts at once: tags and stages, within a day. What somebody has changed since
//! then stays as it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use alfa_store::Tx;
use alfa_store::contacts::{self as rows, bulk as changes, tags};
use alfa_store::entity::{bulk_changes, jobs as job_row};
use alfa_store::jobs::{self, Enqueued, NewJob};
use alfa_store::types::JobState;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::bulk::{self, Action, Done, Payload};
use crate::app::App;
use crate::campaigns::stages::take_back;
use crate::clock::DAY_MS;
use crate::error::{AppError, AppResult, Message};
use crate::funnel::Stage;
use crate::jobs::Held;
use crate::once::{self, Made};

/// The kind of these jobs.
pub const JOB_KIND: &str = "contacts_bulk_undo";
/// How long a change can be taken back, in milliseconds.
const UNDOABLE_MS: i64 = DAY_MS;
/// How long it is kept what was changed: a taking back may begin at the last moment and take its time.
pub const KEPT_MS: i64 = 2 * DAY_MS;
/// Where the result of the change names the job that takes it back.
const UNDONE_BY: &str = "undone_by";
/// Contacts between two signs of progress.
const CHUNK: u64 = 200;

/// What was changed of one contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Change {
    /// Tags that it had not, and tags that it had.
    Tags {
        added: BTreeSet<String>,
        removed: BTreeSet<String>,
    },
    /// The stage.
    Stage { from: Stage, to: Stage },
}

impl Change {
    /// Notes the change, in the transaction that makes it.
    pub async fn note(&self, app: &App, tx: &Tx, job_and_contact: (i64, i64)) -> AppResult<()> {
        let text = serde_json::to_string(self).map_err(AppError::internal)?;
        Ok(changes::note(tx, job_and_contact, &text, app.clock.now()).await?)
    }
}

/// Which change is taken back, and for whom.
#[derive(Serialize, Deserialize)]
struct Order {
    job_id: i64,
    by: String,
}

/// Leaves the taking back of a change to a job.
///
/// # Errors
/// `NotFound`; `Conflict` when the change is not finished, cannot be taken back (any more), or was.
pub async fn enqueue(app: &App, job_id: i64, by: &str) -> AppResult<job_row::Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let done = jobs::get(&tx, job_id).await?;
    if done.kind != bulk::JOB_KIND {
        return Err(AppError::not_found("job"));
    }
    let conflict = |code, key| AppError::conflict(code, Message::new(key));
    let Payload { request, .. } = serde_json::from_str(&done.payload).map_err(AppError::internal)?;
    if !matches!(
        request.action,
        Action::AddTags { .. } | Action::RemoveTags { .. } | Action::SetStage { .. }
    ) {
        return Err(conflict("not_undoable", "contact.bulk_not_undoable"));
    }
    let finished_at = match (done.state, done.finished_at) {
        (JobState::Queued | JobState::Running, _) | (_, None) => {
            return Err(conflict("unfinished", "contact.bulk_unfinished"));
        }
        (_, Some(at)) => at,
    };
    if now.ms_since(finished_at) > UNDOABLE_MS {
        return Err(conflict("too_late", "contact.bulk_too_late"));
    }
    let mut result: Map<String, Value> = done
        .result
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    if let Some(before) = result.get(UNDONE_BY).and_then(Value::as_i64)
        && jobs::get(&tx, before).await?.state != JobState::Failed
    {
        return Err(conflict("undone", "contact.bulk_undone"));
    }
    let order = Order {
        job_id,
        by: by.to_owned(),
    };
    let job = NewJob {
        kind: JOB_KIND.to_owned(),
        unique_key: Some(format!("bulk_undo:{job_id}")),
        payload: serde_json::to_string(&order).map_err(AppError::internal)?,
        run_at: now,
    };
    let Enqueued::New(id) = jobs::enqueue(&tx, &job, now).await? else {
        return Err(conflict("undone", "contact.bulk_undone"));
    };
    result.insert(UNDONE_BY.to_owned(), id.into());
    jobs::amend_result(&tx, job_id, &Value::Object(result).to_string()).await?;
    let subject = format!("job:{job_id}");
    alfa_store::access::audit(&tx, by, "contacts.bulk_undo", &subject, None, now).await?;
    once::made(&tx, &Made::Job { id }).await?;
    let row = jobs::get(&tx, id).await?;
    tx.commit().await?;
    app.wakes.jobs.signal();
    Ok(row)
}

/// Takes it back, contact by contact. After a restart it goes on behind the last sign of progress.
///
/// # Errors
/// Of the database; when the job was taken over.
pub async fn run_job(app: &Arc<App>, job: &Held) -> AppResult<serde_json::Value> {
    let order: Order = serde_json::from_str(&job.row.payload).map_err(AppError::internal)?;
    let mut done = Done::of(job);
    let left = changes::left(app.store.reader(), order.job_id, done.after).await?;
    let total = done.seen() + left;
    loop {
        let found = changes::after(app.store.reader(), order.job_id, done.after, CHUNK).await?;
        let Some(last) = found.last().map(|row| row.contact_id) else {
            break;
        };
        for row in &found {
            done.count(undo(app, row, &order.by).await)?;
        }
        done.after = last;
        done.keep(app, job, total).await?;
    }
    app.wakes.planner.signal();
    Ok(done.report())
}

/// Whether it changed the contact back.
async fn undo(app: &App, row: &bulk_changes::Model, by: &str) -> AppResult<bool> {
    let change: Change = serde_json::from_str(&row.change).map_err(AppError::internal)?;
    let tx = app.begin().await?;
    rows::get(&tx, row.contact_id).await?;
    let changed = match change {
        Change::Stage { from, to } => take_back(app, &tx, row.contact_id, (to, from), by).await?,
        Change::Tags { added, removed } => {
            let own: BTreeSet<String> = tags::of(&tx, row.contact_id).await?.into_iter().collect();
            let mut before: BTreeSet<String> = own.difference(&added).cloned().collect();
            before.extend(removed);
            if before != own {
                let before: Vec<String> = before.iter().cloned().collect();
                tags::set(&tx, row.contact_id, &before).await?;
            }
            before != own
        }
    };
    tx.commit().await?;
    app.events.announce();
    Ok(changed)
}

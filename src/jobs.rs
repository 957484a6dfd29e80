//! Background jobs: claimed one at a time, kept alive by a heartbeat, tried again a bounded number of times.

use std::sync::Arc;

use alfa_store::entity::jobs as job_row;
use alfa_store::types::JobState;
use alfa_store::{Tx, jobs};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::campaigns::rehearsal;
use crate::clock::{MINUTE_MS, SECOND_MS};
use crate::contacts::{bulk, bulk_undo, upload_job};
use crate::error::{AppError, AppResult};
use crate::events::{Event, Topic};
use crate::groups;
use crate::workers::Next;

/// The kinds of jobs that there are.
const KINDS: [&str; 5] = [
    upload_job::JOB_KIND,
    groups::JOB_KIND,
    rehearsal::JOB_KIND,
    bulk::JOB_KIND,
    bulk_undo::JOB_KIND,
];
/// How long a job is held without a sign of life.
const LEASE_MS: i64 = upload_job::JOB_LEASE_MS;
/// How often a running job gives one.
const HEARTBEAT_MS: i64 = LEASE_MS / 4;
/// A job that failed for a passing reason is tried again after this.
const RETRY_MS: i64 = 30 * SECOND_MS;

/// A job that this process runs.
pub struct Held {
    /// Its row as it was claimed.
    pub row: job_row::Model,
    owner: String,
}

impl Held {
    /// Says how far the job is, in the transaction of the work itself.
    ///
    /// # Errors
    /// When somebody else has taken the job over meanwhile.
    pub async fn progress(&self, tx: &Tx, done: i64, total: Option<i64>, cursor: &str) -> AppResult<()> {
        if jobs::progress(tx, self.row.id, &self.owner, done, total, Some(cursor)).await? {
            return Ok(());
        }
        Err(AppError::internal(anyhow::anyhow!(
            "job {} was taken over",
            self.row.id
        )))
    }

    /// Tells whoever watches how far the job is, in the transaction of [`Held::progress`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce(&self, app: &App, tx: &Tx) -> AppResult<()> {
        announce(
            app,
            tx,
            &jobs::get(tx, self.row.id).await?,
            Some(JobState::Running),
        )
        .await
    }
}

/// Makes jobs that a killed process had begun due again.
///
/// # Errors
/// When the database fails.
pub async fn release_dead(app: &App) -> AppResult<()> {
    let tx = app.begin().await?;
    jobs::release_dead(&tx, &app.node).await?;
    tx.commit().await?;
    Ok(())
}

/// Starts the worker that runs jobs.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("jobs", app.wakes.jobs.clone(), app.for_ever(), move || {
            step(owner.clone())
        });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let given_up = jobs::give_up(&tx, &KINDS, now).await?;
    let claimed = jobs::claim(&tx, &KINDS, &app.node, now, LEASE_MS).await?;
    for row in &given_up {
        announce(&app, &tx, row, Some(JobState::Failed)).await?;
    }
    tx.commit().await?;
    for row in &given_up {
        app.events.announce();
        clear_away(&app, row).await;
    }
    let Some(row) = claimed else {
        return Ok(jobs::next_due(app.store.reader(), &KINDS)
            .await?
            .map_or(Next::Idle, Next::At));
    };
    let held = Held {
        row,
        owner: app.node.clone(),
    };
    let alive = keep_alive(&app, held.row.id);
    let outcome = match held.row.kind.as_str() {
        groups::JOB_KIND => groups::run_job(&app, &held).await.map(Some),
        rehearsal::JOB_KIND => rehearsal::run_job(&app, &held).await.map(Some),
        bulk::JOB_KIND => bulk::run_job(&app, &held).await.map(Some),
        bulk_undo::JOB_KIND => bulk_undo::run_job(&app, &held).await.map(Some),
        // An upload ends its job itself, in the transaction of its last rows.
        upload_job::JOB_KIND => run_upload(&app, &held).await.map(|()| None),
        other => Err(AppError::internal(anyhow::anyhow!(
            "no such kind of job: {other}"
        ))),
    };
    alive.cancel();
    finish(&app, &held, outcome).await?;
    Ok(Next::Again)
}

async fn run_upload(app: &Arc<App>, held: &Held) -> AppResult<()> {
    let _importing = app.uploads.read().await;
    let clock = app.clock.clone();
    let now = move || clock.now();
    upload_job::run_job(&app.store, &app.config.data_dir, &held.row, &app.node, &now).await
}

/// Takes back what a job that failed for good left half-done.
async fn clear_away(app: &App, row: &job_row::Model) {
    if row.kind != upload_job::JOB_KIND {
        return;
    }
    let clock = app.clock.clone();
    let now = move || clock.now();
    // What fails here is done at the next start.
    if let Err(error) = upload_job::give_up(&app.store, &app.config.data_dir, row, &now).await {
        tracing::error!(job_id = row.id, %error, "a failed upload could not be taken back");
    }
}

/// Gives signs of life until the returned token is cancelled.
fn keep_alive(app: &Arc<App>, job_id: i64) -> CancellationToken {
    let ended = CancellationToken::new();
    let (owner, token) = (app.clone(), ended.clone());
    app.workers.spawn("heartbeat", async move {
        loop {
            tokio::select! {
                () = token.cancelled() => return,
                () = owner.clock.sleep_ms(HEARTBEAT_MS) => {}
            }
            if let Err(error) = beat(&owner, job_id).await {
                tracing::warn!(job_id, %error, "no sign of life could be given");
            }
        }
    });
    ended
}

async fn beat(app: &App, job_id: i64) -> AppResult<()> {
    let tx = app.begin().await?;
    jobs::heartbeat(&tx, job_id, &app.node, app.clock.now().plus_ms(LEASE_MS)).await?;
    tx.commit().await?;
    Ok(())
}

async fn finish(app: &App, held: &Held, outcome: AppResult<Option<serde_json::Value>>) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let state = match outcome {
        Ok(result) => {
            if let Some(result) = result {
                jobs::complete(&tx, held.row.id, &held.owner, Some(&result.to_string()), now).await?;
            }
            // An upload has ended its job itself, and perhaps as failed.
            Some(jobs::get(&tx, held.row.id).await?.state)
        }
        Err(error) => {
            tracing::warn!(job_id = held.row.id, kind = held.row.kind, %error, "a job failed");
            let retry_at = retry_at(&error, now);
            jobs::fail(&tx, held.row.id, &held.owner, &error.to_string(), retry_at, now).await?
        }
    };
    announce(app, &tx, &jobs::get(&tx, held.row.id).await?, state).await?;
    tx.commit().await?;
    app.events.announce();
    if state == Some(JobState::Failed) {
        clear_away(app, &held.row).await;
    }
    Ok(())
}

async fn announce(app: &App, tx: &Tx, row: &job_row::Model, state: Option<JobState>) -> AppResult<()> {
    let body = json!({
        "id": row.id,
        "kind": row.kind,
        "state": state,
        "progress": row.progress,
        "progress_total": row.progress_total,
    });
    let event = Event::new(Topic::Job, body);
    Ok(app.events.append(tx, &event, app.clock.now()).await?)
}

/// When to try again; never when trying again cannot help.
fn retry_at(error: &AppError, now: alfa_store::UnixMillis) -> Option<alfa_store::UnixMillis> {
    let after_ms = match error {
        AppError::Unavailable { .. } => RETRY_MS,
        AppError::Internal(_) => MINUTE_MS,
        AppError::TooManyRequests { retry_after_s } => {
            i64::try_from(*retry_after_s).unwrap_or(i64::MAX / 2_000) * SECOND_MS
        }
        _ => return None,
    };
    Some(now.plus_ms(after_ms))
}

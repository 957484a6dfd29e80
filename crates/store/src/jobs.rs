//! Background work that survives a restart: enqueued in the transaction of the change that asks for it, claimed by
//! compare-and-set under a lease, tried a bounded number of times.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, UpdateMany,
};

use crate::entity::jobs::{ActiveModel, Column, Entity, Model};
use crate::paging::{Page, PageOf, newest_first};
use crate::types::{JobState, UnixMillis};
use crate::{Result, StoreError};

/// How often a job is begun before it counts as failed: see [`give_up`].
pub const MAX_ATTEMPTS: i32 = 5;
/// Candidates looked at in one claim: as many as may be snatched away by others meanwhile.
const CLAIM_CANDIDATES: u64 = 8;
/// Why [`give_up`] fails a job.
const BEGUN_TOO_OFTEN: &str = "begun too often without an end";
const LIST: &str = "jobs";

/// A job to enqueue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// What kind of work.
    pub kind: String,
    /// While a job with this key is unfinished, there is no second one.
    pub unique_key: Option<String>,
    /// JSON for the worker.
    pub payload: String,
    /// Not before this moment.
    pub run_at: UnixMillis,
}

/// What became of [`enqueue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// A new job of this id.
    New(i64),
    /// An unfinished job of this id has the key.
    Already(i64),
}

impl Enqueued {
    /// The job's id.
    #[must_use]
    pub fn id(self) -> i64 {
        match self {
            Self::New(id) | Self::Already(id) => id,
        }
    }
}

/// Adds a job.
///
/// # Errors
/// Of the database.
pub async fn enqueue(db: &impl ConnectionTrait, job: &NewJob, now: UnixMillis) -> Result<Enqueued> {
    let row = ActiveModel {
        kind: Set(job.kind.clone()),
        unique_key: Set(job.unique_key.clone()),
        payload: Set(job.payload.clone()),
        state: Set(JobState::Queued),
        run_at: Set(job.run_at),
        attempts: Set(0),
        progress: Set(0),
        created_at: Set(now),
        ..Default::default()
    };
    let Some(key) = &job.unique_key else {
        return Ok(Enqueued::New(Entity::insert(row).exec(db).await?.last_insert_id));
    };
    let once = OnConflict::column(Column::UniqueKey)
        .do_nothing_on([Column::Id])
        .to_owned();
    let inserted = Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    let id = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::UniqueKey.eq(key))
        .into_tuple::<i64>()
        .one(db)
        .await?
        .ok_or(StoreError::Busy)?; // finished this very moment by another: ask again
    Ok(if inserted == 1 {
        Enqueued::New(id)
    } else {
        Enqueued::Already(id)
    })
}

/// A job that is due, or whose worker let its lease run out.
fn due(kinds: &[&str], now: UnixMillis) -> Condition {
    let queued = Column::State.eq(JobState::Queued).and(Column::RunAt.lte(now));
    let left = Column::State
        .eq(JobState::Running)
        .and(Column::LeaseUntil.lt(now));
    Condition::all()
        .add(Condition::any().add(queued).add(left))
        .add(Column::Kind.is_in(kinds.iter().copied()))
}

/// Fails the jobs that were begun [`MAX_ATTEMPTS`] times and never finished, and gives them: what they left half-done is
/// the caller's to take back. Call it before [`claim`], which passes them over.
///
/// # Errors
/// Of the database.
pub async fn give_up(db: &impl ConnectionTrait, kinds: &[&str], now: UnixMillis) -> Result<Vec<Model>> {
    let spent = Entity::find()
        .filter(due(kinds, now))
        .filter(Column::Attempts.gte(MAX_ATTEMPTS))
        .order_by_asc(Column::Id)
        .limit(CLAIM_CANDIDATES)
        .all(db)
        .await?;
    let mut given_up = Vec::new();
    for mut job in spent {
        let failed = as_it_was(&job)
            .col_expr(Column::State, Expr::value(JobState::Failed))
            .col_expr(Column::Error, Expr::value(BEGUN_TOO_OFTEN))
            .col_expr(Column::UniqueKey, Expr::value(None::<String>))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .exec(db)
            .await?;
        if failed.rows_affected == 1 {
            job.state = JobState::Failed;
            job.error = Some(BEGUN_TOO_OFTEN.to_owned());
            given_up.push(job);
        }
    }
    Ok(given_up)
}

/// The old state and the old attempt in the WHERE: of two that saw the same job one changes nothing.
fn as_it_was(job: &Model) -> UpdateMany<Entity> {
    let unchanged = Entity::update_many()
        .filter(Column::Id.eq(job.id))
        .filter(Column::State.eq(job.state))
        .filter(Column::Attempts.eq(job.attempts));
    match job.lease_until {
        Some(until) => unchanged.filter(Column::LeaseUntil.eq(until)),
        None => unchanged.filter(Column::LeaseUntil.is_null()),
    }
}

/// Takes a job that is due, or whose worker let its lease run out, under a lease of `lease_ms`. Jobs of `kinds` only.
///
/// # Errors
/// Of the database.
pub async fn claim(
    db: &impl ConnectionTrait,
    kinds: &[&str],
    owner: &str,
    now: UnixMillis,
    lease_ms: i64,
) -> Result<Option<Model>> {
    let candidates = Entity::find()
        .filter(due(kinds, now))
        .filter(Column::Attempts.lt(MAX_ATTEMPTS))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(CLAIM_CANDIDATES)
        .all(db)
        .await?;
    for mut job in candidates {
        let until = now.plus_ms(lease_ms);
        let taken = as_it_was(&job)
            .col_expr(Column::State, Expr::value(JobState::Running))
            .col_expr(Column::LeaseOwner, Expr::value(owner))
            .col_expr(Column::LeaseUntil, Expr::value(until))
            .col_expr(Column::Attempts, Expr::value(job.attempts + 1))
            .exec(db)
            .await?;
        if taken.rows_affected == 1 {
            job.state = JobState::Running;
            job.lease_owner = Some(owner.to_owned());
            job.lease_until = Some(until);
            job.attempts += 1;
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// The jobs of a kind that have not ended, oldest first.
///
/// # Errors
/// Of the database.
pub async fn unfinished(db: &impl ConnectionTrait, kind: &str) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.is_in([JobState::Queued, JobState::Running]))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Makes the jobs that another process had begun due at once. For the start of the only process: whoever held them is
/// dead, and its leases need not run out.
///
/// # Errors
/// Of the database.
pub async fn release_dead(db: &impl ConnectionTrait, owner: &str) -> Result<u64> {
    let released = Entity::update_many()
        .filter(Column::State.eq(JobState::Running))
        .filter(Column::LeaseOwner.ne(owner))
        .col_expr(Column::LeaseUntil, Expr::value(0_i64))
        .exec(db);
    Ok(released.await?.rows_affected)
}

/// The running job `id` as long as `owner` holds it.
fn held(id: i64, owner: &str) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id))
        .add(Column::State.eq(JobState::Running))
        .add(Column::LeaseOwner.eq(owner))
}

/// Lengthens the lease. False: the job is no longer the owner's (cancelled, or taken over): stop.
///
/// # Errors
/// Of the database.
pub async fn heartbeat(db: &impl ConnectionTrait, id: i64, owner: &str, until: UnixMillis) -> Result<bool> {
    let done = Entity::update_many()
        .filter(held(id, owner))
        .col_expr(Column::LeaseUntil, Expr::value(until))
        .exec(db);
    Ok(done.await?.rows_affected == 1)
}

/// Records how far the work is and where to go on after a restart, in the transaction of the work itself. What gets on
/// is not given up for being begun often: its attempts count from here. False as in [`heartbeat`].
///
/// # Errors
/// Of the database.
pub async fn progress(
    db: &impl ConnectionTrait,
    id: i64,
    owner: &str,
    progress: i64,
    total: Option<i64>,
    cursor: Option<&str>,
) -> Result<bool> {
    let done = Entity::update_many()
        .filter(held(id, owner))
        .col_expr(Column::Attempts, Expr::value(1))
        .col_expr(Column::Progress, Expr::value(progress))
        .col_expr(Column::ProgressTotal, Expr::value(total))
        .col_expr(Column::Cursor, Expr::value(cursor.map(str::to_owned)))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends a job well; `result` is JSON. False as in [`heartbeat`].
///
/// # Errors
/// Of the database.
pub async fn complete(
    db: &impl ConnectionTrait,
    id: i64,
    owner: &str,
    result: Option<&str>,
    now: UnixMillis,
) -> Result<bool> {
    let done = Entity::update_many()
        .filter(held(id, owner))
        .col_expr(Column::State, Expr::value(JobState::Done))
        .col_expr(Column::Result, Expr::value(result.map(str::to_owned)))
        .col_expr(Column::UniqueKey, Expr::value(None::<String>))
        .col_expr(Column::LeaseUntil, Expr::value(None::<i64>))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Replaces the result (JSON) of an ended job, when something has come of it later.
///
/// # Errors
/// Of the database.
pub async fn amend_result(db: &impl ConnectionTrait, id: i64, result: &str) -> Result<()> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Result, Expr::value(Some(result)))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends an attempt badly: tried again at `retry_at`, or failed for good without it or after [`MAX_ATTEMPTS`].
/// Gives the state the job is in now, or nothing when it was no longer the owner's.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn fail(
    db: &impl ConnectionTrait,
    id: i64,
    owner: &str,
    error: &str,
    retry_at: Option<UnixMillis>,
    now: UnixMillis,
) -> Result<Option<JobState>> {
    let attempts = get(db, id).await?.attempts;
    let update = Entity::update_many()
        .filter(held(id, owner))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(Column::LeaseUntil, Expr::value(None::<i64>));
    let (update, state) = match retry_at.filter(|_| attempts < MAX_ATTEMPTS) {
        Some(at) => (update.col_expr(Column::RunAt, Expr::value(at)), JobState::Queued),
        None => (
            update
                .col_expr(Column::UniqueKey, Expr::value(None::<String>))
                .col_expr(Column::FinishedAt, Expr::value(now)),
            JobState::Failed,
        ),
    };
    let done = update
        .col_expr(Column::State, Expr::value(state))
        .exec(db)
        .await?;
    Ok((done.rows_affected == 1).then_some(state))
}

/// Cancels a job that is queued or running; its worker notices at the next heartbeat. False: it had ended.
///
/// # Errors
/// Of the database.
pub async fn cancel(db: &impl ConnectionTrait, id: i64, now: UnixMillis) -> Result<bool> {
    let done = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([JobState::Queued, JobState::Running]))
        .col_expr(Column::State, Expr::value(JobState::Cancelled))
        .col_expr(Column::UniqueKey, Expr::value(None::<String>))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The job `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("job"))
}

/// When the next job becomes due: the soonest `run_at` or end of a lease.
///
/// # Errors
/// Of the database.
pub async fn next_due(db: &impl ConnectionTrait, kinds: &[&str]) -> Result<Option<UnixMillis>> {
    let soonest = async |state: JobState, column: Column| {
        let query = Entity::find()
            .select_only()
            .column_as(column.min(), "due")
            .filter(Column::State.eq(state));
        let query = query.filter(Column::Kind.is_in(kinds.iter().copied()));
        query.into_tuple::<Option<UnixMillis>>().one(db).await
    };
    let queued = soonest(JobState::Queued, Column::RunAt).await?.flatten();
    let leased = soonest(JobState::Running, Column::LeaseUntil).await?.flatten();
    Ok([queued, leased].into_iter().flatten().min())
}

fn matching(kind: Option<&str>, state: Option<JobState>) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(kind) = kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state));
    }
    query
}

/// Jobs, newest first.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    kind: Option<&str>,
    state: Option<JobState>,
    page: &Page,
) -> Result<PageOf<Model>> {
    newest_first(db, matching(kind, state), Column::Id, page, LIST, |job| job.id).await
}

/// Number of jobs.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, kind: Option<&str>, state: Option<JobState>) -> Result<u64> {
    Ok(matching(kind, state).count(db).await?)
}

/// Deletes the jobs that ended before a moment.
///
/// # Errors
/// Of the database.
pub async fn trim(db: &impl ConnectionTrait, ended_before: UnixMillis) -> Result<u64> {
    Ok(Entity::delete_many()
        .filter(Column::FinishedAt.lt(ended_before))
        .exec(db)
        .await?
        .rows_affected)
}

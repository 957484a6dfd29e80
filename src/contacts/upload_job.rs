//! Uploads in the background: a job that goes on where it was when its process died.

use std::path::Path;

use alfa_store::imports;
use alfa_store::jobs::{self, NewJob};
use alfa_store::types::ImportState;
use alfa_store::{Store, entity};
use serde::{Deserialize, Serialize};

use super::import::{self, ImportError, Progress};
use super::report::{ImportReport, MAX_ANSWERED_ERRORS, RowError};
use super::spool::Spool;
use super::upload::{Now, UploadOptions, fail, finish, forget, look, new_import, take_back};
use super::upload_target::{HeldJob, StoreTarget};
use super::wording::render;
use crate::error::{AppError, AppResult, Message};
use crate::once::{self, Made};

/// Kind of the job that imports an upload.
pub const JOB_KIND: &str = "import_contacts";
/// How long a job is held without a sign of life, in milliseconds. Every batch gives one.
pub const JOB_LEASE_MS: i64 = 120_000;
/// What a job needs to find its upload again.
#[derive(Serialize, Deserialize)]
struct JobPayload {
    import_id: i64,
    spool: String,
    options: UploadOptions,
}

/// The upload that a job imports, and the name of its spool file.
pub(super) fn belongings(job: &entity::jobs::Model) -> Option<(i64, String)> {
    let payload: JobPayload = serde_json::from_str(&job.payload).ok()?;
    Some((payload.import_id, payload.spool))
}

/// Looks at an upload and leaves the import of it to a job. A file that is refused is refused here. Gives the ids of
/// the job and of the import; wake the jobs' worker.
///
/// # Errors
/// As [`import_now`], for what can be seen without importing.
pub async fn enqueue(
    store: &Store,
    spool: &Spool,
    options: &UploadOptions,
    now: Now<'_>,
) -> AppResult<(i64, i64)> {
    let done = enqueue_spooled(store, spool, options, now).await;
    if done.is_err() {
        forget(spool);
    }
    done
}

async fn enqueue_spooled(
    store: &Store,
    spool: &Spool,
    options: &UploadOptions,
    now: Now<'_>,
) -> AppResult<(i64, i64)> {
    let reading = options.reading()?;
    let found = look(spool, options).await?;
    let tx = store.begin().await.map_err(AppError::internal)?;
    let import = new_import(&found, options, &reading);
    let import_id = imports::create(&tx, &import, now())
        .await
        .map_err(AppError::internal)?;
    let payload = JobPayload {
        import_id,
        spool: spool.name().to_owned(),
        options: options.clone(),
    };
    let job = NewJob {
        kind: JOB_KIND.to_owned(),
        unique_key: Some(format!("import:{import_id}")),
        payload: serde_json::to_string(&payload).map_err(AppError::internal)?,
        run_at: now(),
    };
    let job_id = jobs::enqueue(&tx, &job, now())
        .await
        .map_err(AppError::internal)?
        .id();
    once::made(&tx, &Made::Upload { job_id, import_id }).await?;
    tx.commit().await.map_err(AppError::internal)?;
    Ok((job_id, import_id))
}

/// Does a job of [`JOB_KIND`] that `owner` has claimed for [`JOB_LEASE_MS`], from where it was left, and ends it.
///
/// # Errors
/// Of the store: the job is then left to its lease and begun again.
pub async fn run_job(
    store: &Store,
    data_dir: &Path,
    job: &entity::jobs::Model,
    owner: &str,
    now: Now<'_>,
) -> AppResult<()> {
    let payload: JobPayload = serde_json::from_str(&job.payload).map_err(AppError::internal)?;
    let spool = Spool::at(data_dir, &payload.spool).map_err(AppError::internal)?;
    let lang = payload.options.lang();
    let import = imports::get(store.reader(), payload.import_id)
        .await
        .map_err(AppError::internal)?;
    if import.state == ImportState::Failed {
        // It was refused and taken back, and its process died before it could say so of the job.
        let words = import.error.unwrap_or_default();
        return end(store, job, owner, &words, &spool, now).await;
    }
    match run_held_job(store, &spool, &payload, job, owner, now).await {
        Ok(progress) => {
            finish(store, payload.import_id, now()).await?;
            let errors = first_errors(store, payload.import_id).await?;
            let report = ImportReport::new(payload.import_id, progress, errors);
            let result = serde_json::to_string(&report).map_err(AppError::internal)?;
            let db = store.begin().await.map_err(AppError::internal)?;
            jobs::complete(&db, job.id, owner, Some(&result), now())
                .await
                .map_err(AppError::internal)?;
            db.commit().await.map_err(AppError::internal)?;
            forget(&spool);
            Ok(())
        }
        Err(ImportError::Refused(message)) => {
            let words = render(&message, lang);
            take_back(store, payload.import_id, ImportError::Refused(message), lang, now).await?;
            end(store, job, owner, &words, &spool, now).await
        }
        Err(ImportError::App(error)) => Err(error),
    }
}

/// Ends the job of an upload that was refused.
async fn end(
    store: &Store,
    job: &entity::jobs::Model,
    owner: &str,
    words: &str,
    spool: &Spool,
    now: Now<'_>,
) -> AppResult<()> {
    let tx = store.begin().await.map_err(AppError::internal)?;
    jobs::fail(&tx, job.id, owner, words, None, now())
        .await
        .map_err(AppError::internal)?;
    tx.commit().await.map_err(AppError::internal)?;
    forget(spool);
    Ok(())
}

/// Takes back the upload of a job that failed for good, and forgets its file.
///
/// # Errors
/// Of the store; a job that is no upload.
pub async fn give_up(
    store: &Store,
    data_dir: &Path,
    job: &entity::jobs::Model,
    now: Now<'_>,
) -> AppResult<()> {
    let payload: JobPayload = serde_json::from_str(&job.payload).map_err(AppError::internal)?;
    let why = Message::new("import.failed");
    fail(store, payload.import_id, &why, payload.options.lang(), now).await?;
    forget(&Spool::at(data_dir, &payload.spool).map_err(AppError::internal)?);
    Ok(())
}

async fn run_held_job(
    store: &Store,
    spool: &Spool,
    payload: &JobPayload,
    job: &entity::jobs::Model,
    owner: &str,
    now: Now<'_>,
) -> Result<Progress, ImportError> {
    let options = &payload.options;
    let reading = options.reading()?;
    // A spool file that is gone cannot come back: the operator uploads again.
    let Ok(file) = spool.open() else {
        return Err(ImportError::Refused(Message::new("import.failed")));
    };
    let found = import::look(file, options.file_name.clone()).await?;
    let progress: Progress = match &job.cursor {
        Some(cursor) => serde_json::from_str(cursor).map_err(AppError::internal)?,
        None => Progress::default(),
    };
    let mut target = StoreTarget::new(
        store.clone(),
        payload.import_id,
        options.grant(),
        options.dry_run,
        options.lang(),
        now,
    );
    target.held = Some(HeldJob {
        id: job.id,
        owner: owner.to_owned(),
        total_bytes: found.size_bytes.cast_signed(),
    });
    let file = spool.open().map_err(AppError::internal)?;
    let (progress, _) = import::run(file, found, reading, progress, &mut target, options.lang()).await?;
    Ok(progress)
}

/// The first problems of an import, for the answer.
async fn first_errors(store: &Store, import_id: i64) -> AppResult<Vec<RowError>> {
    let rows = imports::rows_after(store.reader(), import_id, 0)
        .await
        .map_err(AppError::internal)?;
    let error = |row: entity::import_rows::Model| RowError {
        row: u32::try_from(row.row).unwrap_or(u32::MAX),
        field: row.field,
        value: row.value,
        message: row.message,
    };
    Ok(rows.into_iter().take(MAX_ANSWERED_ERRORS).map(error).collect())
}

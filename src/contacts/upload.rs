//! Uploads: from a spooled file to contacts in the store, at once. As a job: `upload_job`; back again: `upload_undo`.

use alfa_store::contacts::consent::Grant;
use alfa_store::imports::{self, NewImport};
use alfa_store::types::{ConsentBasis, ImportState};
use alfa_store::{Store, UnixMillis};
use serde::{Deserialize, Serialize};

use super::format::Found;
use super::headers::{Choices, Mapping};
use super::import::{self, ImportError, Progress};
use super::phone::Country;
use super::reader::ReadOptions;
use super::report::ImportReport;
use super::spool::Spool;
use super::upload_target::StoreTarget;
use super::upload_undo::undo_all;
use super::wording::render;
use crate::error::{AppError, AppResult, Message};
use crate::text::Lang;

/// The operator's choices for one upload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UploadOptions {
    /// The file's name as it was given.
    pub file_name: String,
    /// Basis to record for people who have none.
    pub consent: ConsentBasis,
    /// ISO 3166 code of the country of phones without a code; empty: Russia.
    pub country: String,
    /// Column → field, where the headers do not tell.
    pub mapping: Mapping,
    /// The same by the column's number, after a look at the file. Uploads that wait since an earlier release have none.
    #[serde(default)]
    pub columns: Choices,
    /// Sheet of a workbook, by name or number from 1.
    pub sheet: Option<String>,
    /// Only report.
    pub dry_run: bool,
    /// Who uploads, for the consent ledger.
    pub recorded_by: String,
    /// Language of the report: `ru` or `en`.
    pub lang: String,
}

impl UploadOptions {
    pub(super) fn lang(&self) -> Lang {
        if self.lang == Lang::En.code() {
            Lang::En
        } else {
            Lang::Ru
        }
    }

    pub(super) fn reading(&self) -> AppResult<ReadOptions> {
        Ok(ReadOptions {
            country: parse_country(&self.country)?,
            mapping: self.mapping.clone(),
            columns: self.columns.clone(),
            sheet: self.sheet.clone(),
        })
    }

    pub(super) fn grant(&self) -> Grant {
        Grant {
            basis: self.consent,
            evidence: Some(format!("upload: {}", self.file_name)),
            recorded_by: self.recorded_by.clone(),
            wording: None,
        }
    }
}

/// Reads the form field `mapping`: a JSON object of column → field.
///
/// # Errors
/// [`AppError::Invalid`] for anything else.
pub fn parse_mapping(json: &str) -> AppResult<Mapping> {
    if json.trim().is_empty() {
        return Ok(Mapping::new());
    }
    serde_json::from_str(json)
        .map_err(|_| AppError::invalid("mapping", Message::new("import.mapping_malformed")))
}

/// Reads the form field `columns`: a JSON object of the column's number from 0 → field, `"extra"` or null.
///
/// # Errors
/// [`AppError::Invalid`] for anything else.
pub fn parse_columns(json: &str) -> AppResult<Choices> {
    if json.trim().is_empty() {
        return Ok(Choices::new());
    }
    serde_json::from_str(json)
        .map_err(|_| AppError::invalid("columns", Message::new("import.columns_malformed")))
}

/// Reads the form field `country`: an ISO 3166 code, or nothing for Russia.
///
/// # Errors
/// [`AppError::Invalid`] for anything else.
pub fn parse_country(code: &str) -> AppResult<Country> {
    match code.trim() {
        "" => Ok(Country::default()),
        code => code
            .parse()
            .map_err(|message| AppError::invalid("country", message)),
    }
}

/// The present moment; time comes from `clock`.
pub type Now<'a> = &'a (dyn Fn() -> UnixMillis + Send + Sync);

/// Imports an upload now and deletes its spool file.
///
/// # Errors
/// [`AppError::Invalid`] on `file` (or the option that is wrong) when the upload is refused: nothing of it is kept.
pub async fn import_now(
    store: &Store,
    spool: &Spool,
    options: &UploadOptions,
    now: Now<'_>,
) -> AppResult<ImportReport> {
    let done = import_spooled(store, spool, options, now).await;
    forget(spool);
    done
}

async fn import_spooled(
    store: &Store,
    spool: &Spool,
    options: &UploadOptions,
    now: Now<'_>,
) -> AppResult<ImportReport> {
    let reading = options.reading()?;
    let found = look(spool, options).await?;
    let import_id = begin(store, &found, options, &reading, now()).await?;
    let mut target = StoreTarget::new(
        store.clone(),
        import_id,
        options.grant(),
        options.dry_run,
        options.lang(),
        now,
    );
    let file = spool.open().map_err(AppError::internal)?;
    let done = import::run(
        file,
        found,
        reading,
        Progress::default(),
        &mut target,
        options.lang(),
    )
    .await;
    let (progress, errors) = match done {
        Ok(done) => done,
        Err(error) => return Err(take_back(store, import_id, error, options.lang(), now).await?),
    };
    finish(store, import_id, now()).await?;
    Ok(ImportReport::new(import_id, progress, errors))
}

pub(super) async fn look(spool: &Spool, options: &UploadOptions) -> AppResult<Found> {
    let file = spool.open().map_err(AppError::internal)?;
    import::look(file, options.file_name.clone())
        .await
        .map_err(to_app_error)
}

pub(super) fn to_app_error(error: ImportError) -> AppError {
    match error {
        ImportError::Refused(message) => {
            let field = if message.key.starts_with("import.mapping") {
                "mapping"
            } else if message.key.starts_with("import.columns") {
                "columns"
            } else if message.key.starts_with("import.sheet") {
                "sheet"
            } else {
                "file"
            };
            AppError::invalid(field, message)
        }
        ImportError::App(error) => error,
    }
}

pub(super) fn new_import(found: &Found, options: &UploadOptions, reading: &ReadOptions) -> NewImport {
    NewImport {
        file_name: options.file_name.clone(),
        format: found.format_name().to_owned(),
        dry_run: options.dry_run,
        consent: options.consent,
        country: reading.country.to_string(),
    }
}

async fn begin(
    store: &Store,
    found: &Found,
    options: &UploadOptions,
    reading: &ReadOptions,
    now: UnixMillis,
) -> AppResult<i64> {
    let tx = store.begin().await.map_err(AppError::internal)?;
    let id = imports::create(&tx, &new_import(found, options, reading), now)
        .await
        .map_err(AppError::internal)?;
    tx.commit().await.map_err(AppError::internal)?;
    Ok(id)
}

pub(super) async fn finish(store: &Store, import_id: i64, now: UnixMillis) -> AppResult<()> {
    move_state(
        store,
        import_id,
        ImportState::Running,
        ImportState::Done,
        None,
        now,
    )
    .await
    .map(|_| ())
}

pub(super) async fn move_state(
    store: &Store,
    import_id: i64,
    from: ImportState,
    to: ImportState,
    error: Option<&str>,
    now: UnixMillis,
) -> AppResult<bool> {
    let tx = store.begin().await.map_err(AppError::internal)?;
    let moved = imports::move_state(&tx, import_id, from, to, error, now)
        .await
        .map_err(AppError::internal)?;
    tx.commit().await.map_err(AppError::internal)?;
    Ok(moved)
}

/// A file that broke in the middle leaves nothing half-written. Gives the error to answer.
pub(super) async fn take_back(
    store: &Store,
    import_id: i64,
    error: ImportError,
    lang: Lang,
    now: Now<'_>,
) -> AppResult<AppError> {
    let why = match &error {
        ImportError::Refused(message) => message.clone(),
        ImportError::App(_) => Message::new("import.failed"),
    };
    fail(store, import_id, &why, lang, now).await?;
    Ok(to_app_error(error))
}

/// Takes back what a running upload wrote, and says why it failed. One that ended before stays as it is.
///
/// # Errors
/// Of the store; call it again then.
pub(super) async fn fail(
    store: &Store,
    import_id: i64,
    why: &Message,
    lang: Lang,
    now: Now<'_>,
) -> AppResult<()> {
    let import = imports::get(store.reader(), import_id)
        .await
        .map_err(AppError::internal)?;
    if import.state != ImportState::Running {
        return Ok(());
    }
    undo_all(store, import_id, now).await?;
    // The state last: what is interrupted here is still running, and is taken back at the next start.
    move_state(
        store,
        import_id,
        ImportState::Running,
        ImportState::Failed,
        Some(&render(why, lang)),
        now(),
    )
    .await?;
    Ok(())
}

/// A spool file that cannot be deleted is in the way of nothing but space.
pub(super) fn forget(spool: &Spool) {
    if let Err(error) = spool.remove() {
        tracing::warn!(%error, "a spooled upload cannot be deleted");
    }
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;

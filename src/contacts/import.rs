//! An upload from its spooled file to wherever contacts are kept: read on a blocking thread, handed over in batches
//! through a bounded channel, counted as it goes.
//!
//! Who is a duplicate depends on every row before, so an import that was interrupted reads its file again from the
//! beginning and passes over the rows that its [`Progress`] already accounts for. The target keeps that progress in
//! the transaction of the rows themselves: killed at any moment, an import goes on as if it had not been.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::sync::Arc;
use tokio::sync::mpsc;

use super::fields::ContactRow;
use super::format::{Found, Record, Stop, inspect};
use super::reader::{CHUNK_ROWS, Chunk, ReadOptions, read_contacts};
use super::report::{ImportReport, MAX_ANSWERED_ERRORS, RowError};
use super::rows::Problem;
use crate::error::{AppError, Message};
use crate::text::Lang;

/// Most rows of one transaction.
const BATCH_ROWS: usize = 10_000;
/// The same in chunks; a chunk is a mebibyte of records at most, so that huge rows do not pile up.
const BATCH_CHUNKS: usize = BATCH_ROWS / CHUNK_ROWS;
/// Chunks between the reader and the writer: the next batch is read while one is written.
const CHUNKS_IN_FLIGHT: usize = BATCH_CHUNKS;

/// How far an import is, and what came of it so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows that are accounted for.
    pub rows: i64,
    /// New contacts.
    pub created: i64,
    /// Contacts that got something new.
    pub updated: i64,
    /// Contacts that were there just so.
    pub unchanged: i64,
    /// Rows left out.
    pub skipped: i64,
    /// Problems reported.
    pub problems: i64,
    /// Bytes of the file read.
    pub bytes_read: i64,
}

/// What became of the contacts of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New contacts.
    pub created: i64,
    /// Contacts that got something new.
    pub updated: i64,
    /// Contacts that were there just so.
    pub unchanged: i64,
}

impl Progress {
    /// The progress after a batch.
    #[must_use]
    pub fn after(self, batch: &Batch, written: Written) -> Self {
        Self {
            rows: self.rows + batch.rows,
            created: self.created + written.created,
            updated: self.updated + written.updated,
            unchanged: self.unchanged + written.unchanged,
            skipped: self.skipped + batch.skipped,
            problems: self.problems + i64::try_from(batch.problems.len()).unwrap_or(i64::MAX),
            bytes_read: batch.bytes_read,
        }
    }
}

/// The rows of one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// The good rows; nobody twice in a file.
    pub contacts: Vec<ContactRow>,
    /// For each of them, its record as it stands in the file, where it may yet turn out to be two people.
    pub records: Vec<Option<Record>>,
    /// The file's headers.
    pub headers: Arc<[String]>,
    /// What is wrong with the rows of this batch.
    pub problems: Vec<Problem>,
    /// Rows accounted for: taken and left out.
    pub rows: i64,
    /// Rows left out.
    pub skipped: i64,
    /// Bytes of the file read so far.
    pub bytes_read: i64,
}

impl Batch {
    pub(super) fn add(&mut self, chunk: Chunk) {
        self.contacts.extend(chunk.contacts);
        self.records.extend(chunk.records);
        self.headers = chunk.headers;
        self.problems.extend(chunk.problems);
        self.rows += chunk.rows.cast_signed();
        self.skipped += chunk.skipped.cast_signed();
        self.bytes_read = chunk.bytes_read.cast_signed();
    }
}

/// Where the contacts of an upload go.
#[async_trait]
pub trait ImportTarget: Send {
    /// Writes a batch and `before.after(batch, written)` in one transaction, or nothing at all. A dry run only says
    /// what it would do. May empty the contacts, and may add problems of its own (counting their rows as left out).
    ///
    /// # Errors
    /// Of the store; the import ends with it.
    async fn write(&mut self, batch: &mut Batch, before: Progress) -> Result<Written, AppError>;
}

/// Why an import ended early. What was written before is the caller's to take back.
#[derive(Debug)]
pub enum ImportError {
    /// The file is refused; the operator is told why.
    Refused(Message),
    /// Our own fault, or the store's.
    App(AppError),
}

impl From<AppError> for ImportError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<Stop> for ImportError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(message) => Self::Refused(message),
            Stop::Io(error) => Self::App(AppError::internal(error)),
            // The writer went away first, and its own error is the one that is told.
            Stop::Enough => Self::App(AppError::internal(anyhow::anyhow!("the import was stopped"))),
        }
    }
}

/// Looks at a spooled file: what it is, or why it is refused. Reads all of a text file once; nothing is written.
///
/// # Errors
/// The refusal; an error of the spool file.
pub async fn look(mut file: File, file_name: String) -> Result<Found, ImportError> {
    let looked = tokio::task::spawn_blocking(move || inspect(&mut file, &file_name));
    Ok(looked.await.map_err(broke_off)??)
}

/// Imports a file from where `progress` stands. Gives the progress at the end and the first
/// [`MAX_ANSWERED_ERRORS`] problems of the rows read now.
///
/// # Errors
/// [`ImportError`]; batches written before stay written.
pub async fn run(
    file: File,
    found: Found,
    options: ReadOptions,
    mut progress: Progress,
    target: &mut dyn ImportTarget,
    lang: Lang,
) -> Result<(Progress, Vec<RowError>), ImportError> {
    let (sender, mut chunks) = mpsc::channel::<Chunk>(CHUNKS_IN_FLIGHT);
    let reading = tokio::task::spawn_blocking(move || {
        read_contacts(file, &found, &options, &mut |chunk| {
            sender.blocking_send(chunk).map_err(|_| Stop::Enough)
        })
    });
    let written = write_all(&mut chunks, &mut progress, target, lang).await;
    // The reader is stopped and waited for in any case: it must not read on behind our back.
    drop(chunks);
    let read = reading.await.map_err(broke_off)?;
    let errors = written?;
    read?;
    Ok((progress, errors))
}

async fn write_all(
    chunks: &mut mpsc::Receiver<Chunk>,
    progress: &mut Progress,
    target: &mut dyn ImportTarget,
    lang: Lang,
) -> Result<Vec<RowError>, AppError> {
    let mut errors = Vec::new();
    let mut to_pass = progress.rows;
    let mut size_chunks = 1;
    while let Some(mut batch) = next_batch(chunks, size_chunks, &mut to_pass).await {
        // A short file is soon done and a long one soon shows progress; then large transactions cost the database least.
        size_chunks = (size_chunks * 2).min(BATCH_CHUNKS);
        let written = target.write(&mut batch, *progress).await?;
        let room = MAX_ANSWERED_ERRORS.saturating_sub(errors.len());
        errors.extend(
            batch
                .problems
                .iter()
                .take(room)
                .map(|problem| RowError::new(problem, lang)),
        );
        *progress = progress.after(&batch, written);
    }
    Ok(errors)
}

/// The next chunks, or what is left. They are cut at the same rows each time a file is read, so the rows to pass over are
/// whole chunks.
async fn next_batch(
    chunks: &mut mpsc::Receiver<Chunk>,
    size_chunks: usize,
    to_pass: &mut i64,
) -> Option<Batch> {
    let mut batch = Batch::default();
    let mut count = 0;
    while let Some(chunk) = chunks.recv().await {
        let rows = chunk.rows.cast_signed();
        if *to_pass >= rows && *to_pass > 0 {
            *to_pass -= rows;
            continue;
        }
        batch.add(chunk);
        count += 1;
        if count == size_chunks {
            break;
        }
    }
    (count > 0).then_some(batch)
}

/// A panic in a reader of foreign files ends that import and nothing else.
pub(super) fn broke_off(error: tokio::task::JoinError) -> ImportError {
    tracing::error!(%error, "the reading of an upload broke off");
    ImportError::Refused(Message::new("import.failed"))
}

impl ImportReport {
    /// The answer to an import.
    #[must_use]
    pub fn new(import_id: i64, progress: Progress, errors: Vec<RowError>) -> Self {
        Self {
            total: progress.rows,
            created: progress.created,
            updated: progress.updated,
            unchanged: progress.unchanged,
            skipped: progress.skipped,
            errors,
            errors_total: progress.problems,
            import_id,
        }
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;

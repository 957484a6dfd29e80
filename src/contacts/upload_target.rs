//! The store as the target of an import: batches in transactions, with their counts, problems and the job's cursor.

use alfa_store::contacts::consent::Grant;
use alfa_store::imports::{self, Arrivals, Counts, ImportOutcome, ImportRow, Origin, ProblemRow};
use alfa_store::{Store, StoreError, UnixMillis, jobs};
use async_trait::async_trait;

use super::fields::{ContactRow, Field};
use super::format::Record;
use super::import::{Batch, ImportTarget, Progress, Written};
use super::reader::CHUNK_ROWS;
use super::rows::{Problem, raw_cells};
use super::upload::Now;
use super::upload_job::JOB_LEASE_MS;
use super::wording::render;
use crate::error::{AppError, Message};
use crate::text::Lang;

/// How often a transaction is begun when the database is busy or another writer brought the same person.
const MAX_ATTEMPTS: u32 = 5;

/// The background job that this import is.
pub(super) struct HeldJob {
    pub id: i64,
    pub owner: String,
    pub total_bytes: i64,
}

/// Writes batches to the store.
pub(super) struct StoreTarget<'a> {
    store: Store,
    import_id: i64,
    grant: Grant,
    dry_run: bool,
    lang: Lang,
    now: Now<'a>,
    /// Set when a job does the import.
    pub held: Option<HeldJob>,
}

impl<'a> StoreTarget<'a> {
    pub(super) fn new(
        store: Store,
        import_id: i64,
        grant: Grant,
        dry_run: bool,
        lang: Lang,
        now: Now<'a>,
    ) -> Self {
        Self {
            store,
            import_id,
            grant,
            dry_run,
            lang,
            now,
            held: None,
        }
    }
}

/// Why a transaction was not committed.
enum Failed {
    Store(StoreError),
    /// The job was cancelled or taken over.
    NotOurs,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[async_trait]
impl ImportTarget for StoreTarget<'_> {
    async fn write(&mut self, batch: &mut Batch, before: Progress) -> Result<Written, AppError> {
        let rows: Vec<ImportRow> = batch.contacts.iter_mut().map(row).collect();
        let own_problems = batch.problems.len();
        let own_skipped = batch.skipped;
        let mut attempt = 1;
        loop {
            match self.transact(&rows, batch, before).await {
                Ok(written) => return Ok(written),
                Err(Failed::NotOurs) => {
                    return Err(AppError::internal(anyhow::anyhow!("the job was taken away")));
                }
                Err(Failed::Store(StoreError::Busy | StoreError::Conflict { .. }))
                    if attempt < MAX_ATTEMPTS =>
                {
                    attempt += 1;
                    batch.problems.truncate(own_problems);
                    batch.skipped = own_skipped;
                }
                Err(Failed::Store(error)) => return Err(AppError::internal(error)),
            }
        }
    }
}

impl StoreTarget<'_> {
    async fn transact(
        &self,
        rows: &[ImportRow],
        batch: &mut Batch,
        before: Progress,
    ) -> Result<Written, Failed> {
        let now = (self.now)();
        let origin = Origin::Upload {
            import_id: self.import_id,
            grant: self.grant.clone(),
        };
        let mut written = Written::default();
        let tx = self.store.begin().await?;
        let mut arrivals = Arrivals::default();
        for (chunk, contacts) in rows.chunks(CHUNK_ROWS).zip(0..) {
            let outcomes =
                imports::import_part(&tx, chunk, &origin, self.dry_run, now, &mut arrivals).await?;
            for (at, outcome) in outcomes.into_iter().enumerate() {
                match outcome {
                    ImportOutcome::Created { .. } => written.created += 1,
                    ImportOutcome::Updated(_) => written.updated += 1,
                    ImportOutcome::Unchanged(_) => written.unchanged += 1,
                    ImportOutcome::Ambiguous(ids) => {
                        let place = contacts * CHUNK_ROWS + at;
                        let problem = ambiguous(batch, place, &rows[place], &ids);
                        batch.problems.push(problem);
                        batch.skipped += 1;
                    }
                }
            }
        }
        arrivals.enter(&tx, &origin, now).await?;
        batch.problems.sort_by_key(|problem| problem.row);
        let problems: Vec<ProblemRow> = batch
            .problems
            .iter()
            .map(|problem| self.problem_row(problem))
            .collect();
        imports::add_rows(&tx, self.import_id, &problems).await?;
        let after = before.after(batch, written);
        imports::set_counts(&tx, self.import_id, counts(after)).await?;
        self.hold(&tx, after, now).await?;
        crate::crash::point("import:before_commit");
        tx.commit().await?;
        crate::crash::point("import:committed");
        Ok(written)
    }

    /// Keeps the job's cursor and lease in the same transaction.
    async fn hold(&self, tx: &alfa_store::Tx, after: Progress, now: UnixMillis) -> Result<(), Failed> {
        let Some(HeldJob {
            id,
            owner,
            total_bytes,
        }) = &self.held
        else {
            return Ok(());
        };
        let cursor = serde_json::to_string(&after).map_err(|_| Failed::NotOurs)?;
        let done = after.bytes_read.min(*total_bytes);
        let ours = jobs::progress(tx, *id, owner, done, Some(*total_bytes), Some(&cursor)).await?
            && jobs::heartbeat(tx, *id, owner, now.plus_ms(JOB_LEASE_MS)).await?;
        if ours { Ok(()) } else { Err(Failed::NotOurs) }
    }

    fn problem_row(&self, problem: &Problem) -> ProblemRow {
        ProblemRow {
            row: i64::from(problem.row),
            field: problem.field.map(|field| field.name().to_owned()),
            value: problem.value.clone(),
            message: render(&problem.message, self.lang),
            raw: problem.raw.clone(),
        }
    }
}

fn counts(progress: Progress) -> Counts {
    Counts {
        total: progress.rows,
        created: progress.created,
        updated: progress.updated,
        unchanged: progress.unchanged,
        skipped: progress.skipped,
        errors: progress.problems,
    }
}

/// The row's phone and username are two people here: which of them is meant is the operator's to say.
fn ambiguous(batch: &Batch, place: usize, row: &ImportRow, ids: &[i64]) -> Problem {
    let number = batch.contacts[place].row;
    let record = batch.records.get(place).and_then(Option::as_ref);
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    Problem {
        row: number,
        field: Some(Field::Phone),
        value: row.phone.clone(),
        message: Message::new("import.row_ambiguous").with("contacts", ids.join(", ")),
        skipped: true,
        raw: raw_cells(record.unwrap_or(&Record::default()), &batch.headers),
    }
}

/// Moves a row over to the store's own type; its number stays behind.
fn row(contact: &mut ContactRow) -> ImportRow {
    let contact = std::mem::replace(
        contact,
        ContactRow {
            row: contact.row,
            ..ContactRow::default()
        },
    );
    ImportRow {
        phone: contact.phone.map(|phone| phone.to_string()),
        name: contact.name,
        first_name: contact.first_name,
        last_name: contact.last_name,
        username: contact.username,
        telegram_user_id: contact.telegram_user_id,
        profession: contact.profession,
        interests: contact.interests,
        age: contact.age,
        goal: contact.goal,
        notes: contact.notes,
        language: contact.language,
        timezone: contact.timezone,
        extra: contact.extra,
        tags: contact.tags,
    }
}

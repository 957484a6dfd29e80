//! A spooled file → chunks of contacts and problems. Synchronous and pure of time and database: it runs on a
//! blocking thread and hands the chunks on through a bounded channel.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fields::ContactRow;
use super::format::{self, Damage, Found, MAX_CELLS, MAX_RECORD_BYTES, Record, Stop};
use super::headers::{self, Choices, Column, Columns, Mapping};
use super::phone::Country;
use super::rows::{Problem, RowBuilder};
use crate::error::Message;

/// Most contacts in a chunk.
pub const CHUNK_ROWS: usize = 1_000;
/// A chunk is handed on when its records took this many bytes, so that huge rows do not pile up.
const CHUNK_BYTES: usize = 1024 * 1024;
/// How many records are looked at to decide the columns.
const SAMPLE_ROWS: usize = 100;
const SAMPLE_BYTES: usize = 512 * 1024;

/// The operator's choices about the reading of a file.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Where phones without a country code are.
    pub country: Country,
    /// Which column is which field, where the headers do not tell.
    pub mapping: Mapping,
    /// The same by the column's number, after a look at the file.
    pub columns: Choices,
    /// Sheet of a workbook, by name or number; the first visible one unless told.
    pub sheet: Option<String>,
}

/// A piece of a file.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The good rows, in order; nobody twice in a file.
    pub contacts: Vec<ContactRow>,
    /// For each of them, its record as it stands in the file, where it may yet turn out to be two people.
    pub records: Vec<Option<Record>>,
    /// The file's headers, for the problem rows.
    pub headers: Arc<[String]>,
    /// The problems of these rows.
    pub problems: Vec<Problem>,
    /// Rows that this chunk accounts for: taken and left out.
    pub rows: u64,
    /// Rows left out.
    pub skipped: u64,
    /// Bytes of the file read so far.
    pub bytes_read: u64,
}

/// Reads a file that [`format::inspect`] has found good into `take`, chunk by chunk.
///
/// # Errors
/// A refusal of the file (nothing was handed on, or what was is to be undone), an error of the spool file, or what
/// `take` answered.
pub fn read_contacts(
    file: File,
    found: &Found,
    options: &ReadOptions,
    take: &mut dyn FnMut(Chunk) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let bytes_read = Arc::new(AtomicU64::new(0));
    let mut reading = Reading {
        options,
        fixed: format::fixed_header(found.kind),
        sample: Sample::default(),
        builder: None,
        headers: Arc::default(),
        chunk: Chunk::default(),
        chunk_bytes: 0,
        any_row: false,
        bytes_read: Arc::clone(&bytes_read),
        take,
    };
    format::read(file, found, options.sheet.as_deref(), bytes_read, &mut |record| {
        reading.record(record)
    })?;
    reading.finish()
}

struct Reading<'a> {
    options: &'a ReadOptions,
    fixed: Option<&'static [&'static str]>,
    /// The first records, until the columns are decided.
    sample: Sample,
    builder: Option<RowBuilder>,
    headers: Arc<[String]>,
    chunk: Chunk,
    chunk_bytes: usize,
    any_row: bool,
    bytes_read: Arc<AtomicU64>,
    take: &'a mut dyn FnMut(Chunk) -> Result<(), Stop>,
}

impl Reading<'_> {
    fn record(&mut self, record: &mut Record) -> Result<(), Stop> {
        if self.builder.is_some() {
            return self.row(record);
        }
        if self.sample.take(record)? {
            self.decide()?;
        }
        Ok(())
    }

    /// Decides the columns and lets the sample through.
    fn decide(&mut self) -> Result<(), Stop> {
        let sample = std::mem::take(&mut self.sample).records;
        let (columns, names): (Columns, Arc<[String]>) = match self.fixed {
            Some(fixed) => {
                let mut columns = fixed_columns(fixed);
                headers::choose(&mut columns.columns, &self.options.columns, &|at| fixed[at])?;
                (columns, fixed.iter().map(|&name| name.to_owned()).collect())
            }
            None => {
                let ReadOptions {
                    mapping,
                    columns: choices,
                    country,
                    ..
                } = self.options;
                let columns = headers::decide(&sample, mapping, choices, *country)?;
                let names = column_names(&columns, sample.first());
                (columns, names)
            }
        };
        let skip = usize::from(columns.has_header);
        self.headers = names.clone();
        self.builder = Some(RowBuilder::new(columns, names, self.options.country));
        sample.iter().skip(skip).try_for_each(|record| self.row(record))
    }

    fn row(&mut self, record: &Record) -> Result<(), Stop> {
        let Some(builder) = &mut self.builder else {
            return Ok(());
        };
        self.any_row = true;
        self.chunk.rows += 1;
        match builder.take(record, &mut self.chunk.problems) {
            Some(contact) => {
                // Only a row with two identities can mean two people; the others are not kept twice.
                let kept = contact.identities() > 1;
                self.chunk.records.push(kept.then(|| record.clone()));
                self.chunk.contacts.push(contact);
            }
            None => self.chunk.skipped += 1,
        }
        self.chunk_bytes += record.size_bytes();
        if self.chunk.rows >= CHUNK_ROWS as u64 || self.chunk_bytes >= CHUNK_BYTES {
            return self.hand_on();
        }
        Ok(())
    }

    fn hand_on(&mut self) -> Result<(), Stop> {
        let mut chunk = std::mem::take(&mut self.chunk);
        self.chunk_bytes = 0;
        chunk.bytes_read = self.bytes_read.load(Ordering::Relaxed);
        chunk.headers = self.headers.clone();
        (self.take)(chunk)
    }

    fn finish(mut self) -> Result<(), Stop> {
        if self.builder.is_none() {
            self.decide()?;
        }
        if !self.any_row {
            return Err(Message::new("import.no_rows").into());
        }
        if self.chunk.rows > 0 {
            self.hand_on()?;
        }
        Ok(())
    }
}

/// The first records of a file, by which its columns are decided.
#[derive(Default)]
pub(super) struct Sample {
    pub(super) records: Vec<Record>,
    bytes: usize,
}

impl Sample {
    /// Takes a record; answers whether that is enough.
    ///
    /// # Errors
    /// A refusal of a file whose first line is longer than any header.
    pub(super) fn take(&mut self, record: &Record) -> Result<bool, Stop> {
        if self.records.is_empty() && record.damage == Some(Damage::TooLong) {
            let too_long = Message::new("import.first_line_too_long");
            return Err(too_long
                .with("limit_kib", MAX_RECORD_BYTES / 1024)
                .with("limit_cells", MAX_CELLS)
                .into());
        }
        self.bytes += record.size_bytes();
        self.records.push(record.clone());
        Ok(self.records.len() >= SAMPLE_ROWS || self.bytes >= SAMPLE_BYTES)
    }
}

pub(super) fn fixed_columns(fixed: &[&str]) -> Columns {
    let column = |name: &&str| {
        name.parse()
            .map_or_else(|()| Column::Extra((*name).to_owned()), Column::Field)
    };
    Columns {
        columns: fixed.iter().map(column).collect(),
        has_header: false,
    }
}

/// The file's own headers; without them, the names of the fields, so that corrected problem rows can be uploaded again.
fn column_names(columns: &Columns, first: Option<&Record>) -> Arc<[String]> {
    let name = |(number, column): (usize, &Column)| match column {
        Column::Field(field) => field.name().to_owned(),
        Column::Extra(_) | Column::Ignored => format!("column {}", number + 1),
    };
    match first.filter(|_| columns.has_header) {
        Some(header) => header.cells().map(super::name::squeeze).collect(),
        None => columns.columns.iter().enumerate().map(name).collect(),
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;

//! A look at a file before it is imported: what it is, and which column Alfa takes for which field. Nothing is written.

use std::fs::File;
use std::sync::Arc;

use super::fields::Field;
use super::format::{self, Found, Kind, Record, Stop};
use super::headers::{self, Column, Columns};
use super::import::{ImportError, broke_off};
use super::reader::{ReadOptions, Sample, fixed_columns};
use super::spool::Spool;
use super::upload::to_app_error;
use super::wording::quoted;
use crate::error::{AppError, AppResult, Message};

/// Values of a column that are shown.
pub const MAX_SAMPLES: usize = 5;

/// What a file is.
#[derive(Debug)]
pub struct Preview {
    /// Its kind and encoding.
    pub found: Found,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was looked at.
    pub sheet: Option<String>,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// The columns in the file's order.
    pub columns: Vec<PreviewColumn>,
    /// Rows that were looked at, without the header.
    pub rows_looked_at: usize,
}

/// A column of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its name in the file; empty when the file has no header.
    pub header: String,
    /// The field that Alfa takes it for.
    pub field: Option<Field>,
    /// It is one of our own, of a corrected file of problem rows: nothing is kept of it.
    pub left_out: bool,
    /// Its first values that differ, shortened.
    pub samples: Vec<String>,
}

/// Looks at a spooled file.
///
/// # Errors
/// [`AppError::Invalid`] on `file` or `sheet` when the file would be refused for what it is.
pub async fn look(spool: &Spool, file_name: String, options: ReadOptions) -> AppResult<Preview> {
    let file = spool.open().map_err(AppError::internal)?;
    let looked = tokio::task::spawn_blocking(move || preview(file, &file_name, &options));
    let looked = looked.await.map_err(broke_off);
    looked
        .and_then(|looked| looked.map_err(ImportError::from))
        .map_err(to_app_error)
}

fn preview(mut file: File, name: &str, options: &ReadOptions) -> Result<Preview, Stop> {
    let found = format::inspect(&mut file, name)?;
    let wanted = options.sheet.as_deref();
    let (sheets, sheet) = format::sheets(file.try_clone()?, &found, wanted)?.unzip();
    let records = first_records(file, &found, wanted)?;
    let fixed = format::fixed_header(found.kind);
    let columns = match fixed {
        Some(fixed) => fixed_columns(fixed),
        None => headers::matched(&records, &options.mapping, options.country)?,
    };
    let (header, rows) = match records.split_first() {
        Some((header, rows)) if columns.has_header => (Some(header), rows),
        _ => (None, records.as_slice()),
    };
    if rows.is_empty() {
        return Err(Message::new("import.no_rows").into());
    }
    let header = |at: usize| match (header, fixed) {
        (Some(header), _) => super::name::squeeze(header.cell(at)),
        (None, Some(fixed)) => fixed[at].to_owned(),
        (None, None) => String::new(),
    };
    Ok(Preview {
        columns: shown(&columns, rows, header),
        has_header: columns.has_header,
        rows_looked_at: rows.len(),
        sheets: sheets.unwrap_or_default(),
        sheet,
        found,
    })
}

fn first_records(file: File, found: &Found, sheet: Option<&str>) -> Result<Vec<Record>, Stop> {
    let mut sample = Sample::default();
    let mut take = |record: &mut Record| {
        if sample.take(record)? {
            return Err(Stop::Enough);
        }
        Ok(())
    };
    match format::read(file, found, sheet, Arc::default(), &mut take) {
        Ok(()) | Err(Stop::Enough) => Ok(sample.records),
        Err(refused) => Err(refused),
    }
}

fn shown(columns: &Columns, rows: &[Record], header: impl Fn(usize) -> String) -> Vec<PreviewColumn> {
    let column = |(at, column): (usize, &Column)| PreviewColumn {
        header: quoted(&header(at)),
        field: match column {
            Column::Field(field) => Some(*field),
            Column::Extra(_) | Column::Ignored => None,
        },
        left_out: *column == Column::Ignored,
        samples: samples(rows.iter().map(|row| row.cell(at))),
    };
    columns.columns.iter().enumerate().map(column).collect()
}

fn samples<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut samples: Vec<String> = Vec::with_capacity(MAX_SAMPLES);
    for cell in cells
        .map(|cell| quoted(cell.trim()))
        .filter(|cell| !cell.is_empty())
    {
        if !samples.contains(&cell) {
            samples.push(cell);
        }
        if samples.len() == MAX_SAMPLES {
            break;
        }
    }
    samples
}

impl Preview {
    /// How its text is written; a workbook's is its own affair.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        (self.found.kind != Kind::Xlsx).then(|| self.found.encoding.name())
    }

    /// What stands between the cells of a table of text.
    #[must_use]
    pub fn delimiter(&self) -> Option<char> {
        match self.found.kind {
            Kind::Delimited { delimiter } => Some(char::from(delimiter)),
            Kind::Lines | Kind::VCard | Kind::Xlsx => None,
        }
    }
}

//! Excel workbooks, cell by cell.
//!
//! The parts of a workbook are counted while they are inflated before they are trusted: a small file may hold
//! gigabytes of nothing.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use super::record::{Damage, Record};
use super::{MAX_CELLS, MAX_RECORD_BYTES, Sink, Stop};
use crate::contacts::wording::quoted;
use crate::error::Message;

const MIB: u64 = 1024 * 1024;
/// Largest sheet after inflating. A million rows of ten columns take about half of it.
const MAX_SHEET_BYTES: u64 = 1024 * MIB;
/// Largest table of shared texts after inflating: it is the one part that is kept in memory.
const MAX_SHARED_TEXT_BYTES: u64 = 64 * MIB;
/// Largest of the other parts that are read (styles, the list of sheets).
const MAX_OTHER_PART_BYTES: u64 = 16 * MIB;
/// Longest text between two tags. A cell holds 32,767 characters.
const MAX_TEXT_RUN_BYTES: u64 = MIB;
/// Most parts in the archive.
const MAX_PARTS: usize = 10_000;

/// Whether a ZIP archive is a workbook.
pub(super) fn is_workbook(file: &mut File) -> io::Result<bool> {
    file.seek(SeekFrom::Start(0))?;
    let Ok(archive) = ZipArchive::new(BufReader::new(&*file)) else {
        return Ok(false);
    };
    Ok(archive
        .file_names()
        .any(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case("xl/workbook.xml"))))
}

/// Inflates every part that will be read, keeping nothing, and refuses the workbook when one is too large.
pub(super) fn check_size(file: &mut File) -> Result<(), Stop> {
    file.seek(SeekFrom::Start(0))?;
    let damaged = || Message::new("import.workbook_damaged");
    let mut archive = ZipArchive::new(BufReader::new(&*file)).map_err(|_| damaged())?;
    if archive.len() > MAX_PARTS {
        return Err(damaged().into());
    }
    let mut buffer = vec![0; 64 * 1024];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| damaged())?;
        let name = part.name().map_err(|_| damaged())?.to_lowercase();
        let is_read = name.ends_with(".xml") || name.ends_with(".rels");
        if !is_read {
            continue;
        }
        let limit = if name.contains("/worksheets/") {
            MAX_SHEET_BYTES
        } else if name.ends_with("sharedstrings.xml") {
            MAX_SHARED_TEXT_BYTES
        } else {
            MAX_OTHER_PART_BYTES
        };
        check_part(&mut part, limit, &mut buffer)?;
    }
    Ok(())
}

fn check_part(part: &mut impl Read, limit: u64, buffer: &mut [u8]) -> Result<(), Message> {
    let too_large = |limit: u64| Message::new("import.workbook_too_large").with("limit_mib", limit / MIB);
    let (mut total, mut run) = (0_u64, 0_u64);
    loop {
        let read = part
            .read(buffer)
            .map_err(|_| Message::new("import.workbook_damaged"))?;
        if read == 0 {
            return Ok(());
        }
        total += read as u64;
        let mut last = 0;
        for tag in memchr::memchr_iter(b'<', &buffer[..read]) {
            if run + (tag - last) as u64 > MAX_TEXT_RUN_BYTES {
                return Err(too_large(MAX_TEXT_RUN_BYTES));
            }
            (run, last) = (0, tag);
        }
        run += (read - last) as u64;
        if total > limit {
            return Err(too_large(limit));
        }
        if run > MAX_TEXT_RUN_BYTES {
            return Err(too_large(MAX_TEXT_RUN_BYTES));
        }
    }
}

/// Reads the rows of the first visible sheet, or of the chosen one (by name, or by number from 1). Rows are numbered
/// as Excel does.
pub(super) fn read(
    mut file: File,
    sheet: Option<&str>,
    bytes_read: Arc<AtomicU64>,
    sink: &mut Sink<'_>,
) -> Result<(), Stop> {
    file.seek(SeekFrom::Start(0))?;
    let mut workbook = Xlsx::new(BufReader::new(Counted { file, bytes_read })).map_err(damaged)?;
    let name = choose(&workbook, sheet)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut record = Record::default();
    let mut bytes = 0;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        if row != record.row {
            if row < record.row {
                return Err(Message::new("import.workbook_damaged").into());
            }
            hand_out(&mut record, sink)?;
            record.clear(row);
            bytes = 0;
        }
        let text = plain(cell.get_value());
        bytes += text.len();
        let column = column as usize;
        if column < record.len() || text.is_empty() {
            continue;
        }
        if column >= MAX_CELLS || bytes > MAX_RECORD_BYTES {
            record.damage = Some(Damage::TooLong);
            continue;
        }
        while record.len() < column {
            record.push("");
        }
        record.push(&text);
    }
    hand_out(&mut record, sink)
}

/// The names of the sheets, and of the one that [`read`] reads.
pub(super) fn sheets(mut file: File, wanted: Option<&str>) -> Result<(Vec<String>, String), Stop> {
    file.seek(SeekFrom::Start(0))?;
    let workbook = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let chosen = choose(&workbook, wanted)?;
    let names = worksheets(&workbook).into_iter().map(|sheet| sheet.name.clone());
    Ok((names.collect(), chosen))
}

fn worksheets<R: Read + Seek>(workbook: &Xlsx<R>) -> Vec<&Sheet> {
    let all = workbook.sheets_metadata().iter();
    all.filter(|sheet| sheet.typ == SheetType::WorkSheet).collect()
}

fn hand_out(record: &mut Record, sink: &mut Sink<'_>) -> Result<(), Stop> {
    if record.is_blank() {
        return Ok(());
    }
    sink(record)
}

fn choose<R: Read + Seek>(workbook: &Xlsx<R>, wanted: Option<&str>) -> Result<String, Message> {
    let sheets = worksheets(workbook);
    let found = match wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) {
        None => sheets
            .iter()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .or(sheets.first()),
        Some(wanted) => sheets
            .iter()
            .find(|sheet| sheet.name.to_lowercase() == wanted.to_lowercase())
            .or_else(|| {
                let number: usize = wanted.parse().ok()?;
                sheets.get(number.checked_sub(1)?)
            }),
    };
    match (found, wanted) {
        (Some(sheet), _) => Ok(sheet.name.clone()),
        (None, Some(wanted)) => {
            let names: Vec<String> = sheets.iter().take(20).map(|sheet| quoted(&sheet.name)).collect();
            Err(Message::new("import.sheet_unknown")
                .with("sheet", quoted(wanted))
                .with("sheets", names.join(", ")))
        }
        (None, None) => Err(Message::new("import.workbook_damaged")),
    }
}

fn damaged(error: XlsxError) -> Stop {
    match error {
        XlsxError::Io(error) => Stop::Io(error),
        XlsxError::Password => Stop::Refused(Message::new("import.workbook_locked")),
        _ => Stop::Refused(Message::new("import.workbook_damaged")),
    }
}

/// The cell as a person reads it. A whole number has no fraction: phones are kept as numbers by Excel.
fn plain(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // f64 holds every whole number up to 2^53.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => plain_date(date),
        DataRef::Error(error) => error.to_string(),
    }
}

fn plain_date(date: &ExcelDateTime) -> String {
    let in_range = (0.0..=2_958_465.99).contains(&date.as_f64());
    if date.is_duration() || !in_range {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// A file that counts what is read of it.
struct Counted {
    file: File,
    bytes_read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

//! What a file really is, and its records one by one.
//!
//! The upload is spooled to a file first, so it may be read more than once: [`inspect`] looks at all of it
//! (bounded memory) and refuses what is no contact file; [`read`] then hands out the records.

mod decode;
mod delimited;
mod detect;
mod lines;
mod record;
mod vcard;
mod vcard_line;
mod xlsx;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use decode::Encoding;
pub use detect::{Found, Kind, inspect};
pub use record::{Damage, Record};

use crate::error::Message;

/// Longest record, in bytes of UTF-8. A spreadsheet cell holds 32,767 characters at most.
pub const MAX_RECORD_BYTES: usize = 256 * 1024;
/// Most cells in a record.
pub const MAX_CELLS: usize = 1_000;

/// Why reading ended before the end of the file.
#[derive(Debug)]
pub enum Stop {
    /// The file is refused; the operator is told why.
    Refused(Message),
    /// Whoever took the records does not want more.
    Enough,
    /// The spool file cannot be read.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Message> for Stop {
    fn from(notice: Message) -> Self {
        Self::Refused(notice)
    }
}

/// Takes the records of a file in order. The record is reused: copy what is to be kept.
pub type Sink<'a> = dyn FnMut(&mut Record) -> Result<(), Stop> + 'a;

/// Reads every record of an inspected file into `sink`. `bytes_read` counts the bytes of the file that were read.
///
/// # Errors
/// [`Stop`]: a refusal, an error of the spool file, or what `sink` answered.
pub fn read(
    file: File,
    found: &Found,
    sheet: Option<&str>,
    bytes_read: Arc<AtomicU64>,
    sink: &mut Sink<'_>,
) -> Result<(), Stop> {
    let encoding = found.encoding;
    match found.kind {
        Kind::Delimited { delimiter } => {
            delimited::read(decode::reader(file, encoding, bytes_read)?, delimiter, sink)
        }
        Kind::Lines => lines::read(decode::reader(file, encoding, bytes_read)?, sink),
        Kind::VCard => vcard::read(decode::reader(file, encoding, bytes_read)?, sink),
        Kind::Xlsx => xlsx::read(file, sheet, bytes_read, sink),
    }
}

/// The names of a workbook's sheets and of the one that is read; nothing for a file that has none.
///
/// # Errors
/// A refusal; an error of the spool file.
pub fn sheets(
    file: File,
    found: &Found,
    wanted: Option<&str>,
) -> Result<Option<(Vec<String>, String)>, Stop> {
    match found.kind {
        Kind::Xlsx => xlsx::sheets(file, wanted).map(Some),
        Kind::Delimited { .. } | Kind::Lines | Kind::VCard => Ok(None),
    }
}

/// The columns of formats that have no header of their own.
#[must_use]
pub fn fixed_header(kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Lines => Some(lines::COLUMNS),
        Kind::VCard => Some(vcard::COLUMNS),
        Kind::Delimited { .. } | Kind::Xlsx => None,
    }
}

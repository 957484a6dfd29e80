//! Tables of text: CSV with `,` `;` or tab, quotes as RFC 4180 has them.
//!
//! Written for what people really upload: a quote that is never closed costs its own line and not the rest of the
//! file, blank lines are counted, and no line is longer in memory than [`MAX_RECORD_BYTES`].

use std::io::{self, Read};

use memchr::{memchr, memchr2, memchr3};

use super::record::{Damage, Record};
use super::{MAX_CELLS, MAX_RECORD_BYTES, Sink, Stop};

const READ_BYTES: usize = 64 * 1024;

/// Reads the records; blank lines are counted and not handed out.
pub(super) fn read(reader: impl Read, delimiter: u8, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut input = Input {
        reader,
        buffer: Vec::with_capacity(2 * READ_BYTES),
        start: 0,
        at_end: false,
    };
    let mut cells = Cells::default();
    let mut record = Record::default();
    skip_separator_line(&mut input)?;
    let mut row = 0_u32;
    while input.fill_some()? {
        row = row.saturating_add(1);
        record.clear(row);
        let used = loop {
            match parse(input.rest(), input.at_end, delimiter, &mut cells) {
                Parsed::Record(used) => break Some(used),
                Parsed::More if input.rest().len() >= MAX_RECORD_BYTES => break None,
                Parsed::More => input.read_more()?,
                Parsed::Unbalanced => break None,
            }
        };
        match used {
            Some(used) if cells.ends.len() <= MAX_CELLS => {
                record.set_bytes(&cells.bytes, &cells.ends);
                input.start += used;
            }
            Some(used) => {
                record.damage = Some(Damage::TooLong);
                input.start += used;
            }
            None => first_line_only(&mut input, delimiter, &mut record)?,
        }
        if !record.is_blank() {
            sink(&mut record)?;
        }
    }
    Ok(())
}

/// Excel's own `sep=;` line says the delimiter and is no record.
fn skip_separator_line(input: &mut Input<impl Read>) -> io::Result<()> {
    while input.rest().len() < 8 && !input.at_end {
        input.read_more()?;
    }
    let rest = input.rest();
    if rest.len() >= 5 && rest[..4].eq_ignore_ascii_case(b"sep=") {
        let line = rest[5..]
            .iter()
            .take_while(|&&byte| byte == b'\r' || byte == b'\n')
            .count();
        if line > 0 {
            input.start += 5 + line.min(2);
        }
    }
    Ok(())
}

/// After a quote that is not closed, or a record too long: takes the first line alone as the damaged record and goes
/// on with the next line.
fn first_line_only(input: &mut Input<impl Read>, delimiter: u8, record: &mut Record) -> io::Result<()> {
    if let Some(end) = memchr2(b'\n', b'\r', input.rest()) {
        let line = &input.rest()[..end];
        let too_long = end >= MAX_RECORD_BYTES;
        let mut ends: Vec<usize> = Vec::new();
        let mut bytes = Vec::new();
        for cell in line.split(|&byte| byte == delimiter).take(MAX_CELLS) {
            bytes.extend_from_slice(cell);
            ends.push(bytes.len());
        }
        record.set_bytes(&bytes, &ends);
        record.damage = Some(if too_long {
            Damage::TooLong
        } else {
            Damage::UnbalancedQuote
        });
        let pair = input.rest()[end..].starts_with(b"\r\n");
        input.start += end + if pair { 2 } else { 1 };
        return Ok(());
    }
    let open_quote = input.at_end && input.rest().len() < MAX_RECORD_BYTES;
    let head = &input.rest()[..input.rest().len().min(1024)];
    record.push(&String::from_utf8_lossy(head));
    record.damage = Some(if open_quote {
        Damage::UnbalancedQuote
    } else {
        Damage::TooLong
    });
    // Nothing of the rest of the line is kept: a line of a gigabyte passes through one buffer.
    loop {
        if let Some(end) = memchr(b'\n', input.rest()) {
            input.start += end + 1;
            return Ok(());
        }
        input.start = input.buffer.len();
        if input.at_end {
            return Ok(());
        }
        input.read_more()?;
    }
}

#[derive(Default)]
struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

enum Parsed {
    /// A whole record of so many bytes, its line end included.
    Record(usize),
    /// The record goes on behind what is in memory.
    More,
    /// A quote opens a cell and is not closed where the cell ends.
    Unbalanced,
}

/// Parses the record at the beginning of `input` into `cells`.
fn parse(input: &[u8], at_end: bool, delimiter: u8, cells: &mut Cells) -> Parsed {
    cells.bytes.clear();
    cells.ends.clear();
    let mut at = 0;
    loop {
        if input.get(at) == Some(&b'"') {
            match quoted(input, at + 1, at_end, &mut cells.bytes) {
                Quoted::Ends(after) => at = after,
                Quoted::More => return Parsed::More,
                Quoted::Open => return Parsed::Unbalanced,
            }
            while at < input.len() && matches!(input[at], b' ' | b'\t') && input[at] != delimiter {
                at += 1;
            }
            let closed = input
                .get(at)
                .is_none_or(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r');
            if !closed {
                return Parsed::Unbalanced;
            }
        } else {
            let length = memchr3(delimiter, b'\n', b'\r', &input[at..]).unwrap_or(input.len() - at);
            cells.bytes.extend_from_slice(&input[at..at + length]);
            at += length;
        }
        match input.get(at) {
            Some(&byte) if byte == delimiter => {
                cells.ends.push(cells.bytes.len());
                at += 1;
            }
            Some(b'\n') => {
                cells.ends.push(cells.bytes.len());
                return Parsed::Record(at + 1);
            }
            Some(_) => match input.get(at + 1) {
                None if !at_end => return Parsed::More,
                next => {
                    cells.ends.push(cells.bytes.len());
                    return Parsed::Record(at + if next == Some(&b'\n') { 2 } else { 1 });
                }
            },
            None if at_end => {
                cells.ends.push(cells.bytes.len());
                return Parsed::Record(at);
            }
            None => return Parsed::More,
        }
    }
}

enum Quoted {
    /// The closing quote is right before this place.
    Ends(usize),
    More,
    Open,
}

fn quoted(input: &[u8], mut at: usize, at_end: bool, bytes: &mut Vec<u8>) -> Quoted {
    loop {
        let Some(length) = memchr(b'"', &input[at..]) else {
            return if at_end { Quoted::Open } else { Quoted::More };
        };
        bytes.extend_from_slice(&input[at..at + length]);
        at += length + 1;
        match input.get(at) {
            Some(b'"') => {
                bytes.push(b'"');
                at += 1;
            }
            None if !at_end => return Quoted::More,
            _ => return Quoted::Ends(at),
        }
    }
}

struct Input<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    at_end: bool,
}

impl<R: Read> Input<R> {
    fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Whether there is anything left.
    fn fill_some(&mut self) -> io::Result<bool> {
        while self.start == self.buffer.len() && !self.at_end {
            self.read_more()?;
        }
        Ok(self.start < self.buffer.len())
    }

    fn read_more(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let old = self.buffer.len();
        self.buffer.resize(old + READ_BYTES, 0);
        let read = self.reader.read(&mut self.buffer[old..])?;
        self.buffer.truncate(old + read);
        self.at_end = read == 0;
        Ok(())
    }
}

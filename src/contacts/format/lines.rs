//! Plain text: one phone or @username on a line.

use std::io::Read;

use super::record::Record;
use super::{Sink, Stop, delimited};
use crate::contacts::username::looks_like_username;

/// The columns of a line.
pub(super) const COLUMNS: &[&str] = &["phone", "username"];

/// Reads the lines; blank lines are counted and not handed out.
pub(super) fn read(reader: impl Read, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut record = Record::default();
    // A line is a record without delimiters: the unit separator does not occur in text.
    delimited::read(reader, 0x1f, &mut |line: &mut Record| {
        record.clear(line.row);
        record.damage = line.damage;
        let text = line.cell(0).trim();
        if is_username(text) {
            record.push("");
            record.push(text);
        } else {
            record.push(text);
        }
        sink(&mut record)
    })
}

fn is_username(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('@')
        || looks_like_username(text)
        || (digits < 7 && text.is_ascii() && !text.contains(' '))
}

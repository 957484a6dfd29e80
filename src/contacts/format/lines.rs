//! Plain text: one phone or @username on a line.

use std::io::{BufRead, BufReader, Read};

use memchr::memchr2;

use super::record::{Damage, Record};
use super::{MAX_RECORD_BYTES, Sink, Stop};
use crate::contacts::username::looks_like_username;

/// The columns of a line.
pub(super) const COLUMNS: &[&str] = &["phone", "username"];
/// What is kept of a line that is too long, in bytes.
const HEAD_BYTES: usize = 1024;

/// Reads the lines; blank lines are counted and not handed out. A quote is a sign like any other: it never joins lines.
pub(super) fn read(reader: impl Read, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut lines = Lines {
        reader: BufReader::new(reader),
        after_return: false,
    };
    let (mut line, mut whole, mut record) = (Vec::new(), Record::default(), Record::default());
    let mut row = 0_u32;
    while let Some(fits) = lines.next(&mut line)? {
        row = row.saturating_add(1);
        whole.clear(row);
        whole.set_bytes(&line, &[line.len()]);
        if !fits {
            whole.damage = Some(Damage::TooLong);
        }
        if whole.is_blank() {
            continue;
        }
        record.clear(row);
        record.damage = whole.damage;
        let text = unquoted(whole.cell(0).trim());
        if is_username(text) {
            record.push("");
        }
        record.push(text);
        sink(&mut record)?;
    }
    Ok(())
}

struct Lines<R> {
    reader: BufReader<R>,
    /// The last line ended with `\r`: a `\n` that follows belongs to it.
    after_return: bool,
}

impl<R: Read> Lines<R> {
    /// Puts the next line into `line`, at most its first [`MAX_RECORD_BYTES`]; whether it fits. Nothing at the end.
    fn next(&mut self, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
        line.clear();
        let (mut any, mut fits) = (false, true);
        loop {
            let buffer = self.reader.fill_buf()?;
            if std::mem::take(&mut self.after_return) && buffer.first() == Some(&b'\n') {
                self.reader.consume(1);
                continue;
            }
            if buffer.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = memchr2(b'\n', b'\r', buffer);
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            if fits && line.len() + piece.len() <= MAX_RECORD_BYTES {
                line.extend_from_slice(piece);
            } else {
                // Nothing of the rest is kept: a line of a gigabyte passes through one buffer.
                line.extend_from_slice(&piece[..piece.len().min(HEAD_BYTES.saturating_sub(line.len()))]);
                line.truncate(HEAD_BYTES);
                fits = false;
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.after_return = end.is_some_and(|end| buffer[end] == b'\r');
            self.reader.consume(used);
            if end.is_some() {
                return Ok(Some(fits));
            }
        }
    }
}

/// A list that a spreadsheet saved may have every line in quotes.
fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or(text, str::trim)
}

fn is_username(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('@')
        || looks_like_username(text)
        || (digits < 7 && text.is_ascii() && !text.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>, Option<Damage>)> {
        let mut rows = Vec::new();
        let taken = read(text.as_bytes(), &mut |record: &mut Record| {
            rows.push((
                record.row,
                record.cells().map(str::to_owned).collect(),
                record.damage,
            ));
            Ok(())
        });
        assert!(taken.is_ok());
        rows
    }

    #[test]
    fn a_quote_joins_no_lines_and_every_line_end_counts_once() {
        let found = rows("\"+79991234567\n+79991234568\r\n\r\n\"@ivan_p\"\r+79991234569");
        let told: Vec<(u32, Vec<&str>)> = found
            .iter()
            .map(|(row, cells, _)| (*row, cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            told,
            [
                (1, vec!["\"+79991234567"]),
                (2, vec!["+79991234568"]),
                (4, vec!["", "@ivan_p"]),
                (5, vec!["+79991234569"]),
            ]
        );
        assert!(rows("").is_empty() && rows("\n\n").is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_one_bad_row() {
        let found = rows(&format!("{}\n+79991234567\n", "7".repeat(3 * MAX_RECORD_BYTES)));
        assert_eq!(
            found
                .iter()
                .map(|(row, _, damage)| (*row, *damage))
                .collect::<Vec<_>>(),
            [(1, Some(Damage::TooLong)), (2, None)]
        );
    }
}

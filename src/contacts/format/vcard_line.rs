//! Content lines of a vCard: unfolding, parameters, quoted-printable, escapes.

use std::io::{self, Read};

use encoding_rs::Encoding;

use super::record::{Damage, Record};
use super::{MAX_RECORD_BYTES, Stop};

/// Longest content line that is kept; longer ones (photos) are cut, and what is cut is never a phone or a name.
const MAX_LINE_BYTES: usize = 64 * 1024;
const READ_BYTES: usize = 64 * 1024;

/// A content line without its folds.
pub(super) struct Line {
    pub text: String,
    pub damage: Option<Damage>,
}

/// Reads content lines with bounded memory.
pub(super) struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    /// The physical line that was read to see whether it continues the one before.
    ahead: Option<Vec<u8>>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            at: 0,
            ahead: None,
        }
    }

    /// The next content line.
    pub(super) fn next_line(&mut self) -> Result<Option<Line>, Stop> {
        let first = match self.ahead.take() {
            Some(line) => line,
            None => match self.physical()? {
                Some(line) => line,
                None => return Ok(None),
            },
        };
        let mut line = first;
        let soft_breaks = has_quoted_printable(&line);
        while let Some(next) = self.physical()? {
            if soft_breaks && line.last() == Some(&b'=') {
                line.pop();
                append(&mut line, &next);
            } else if matches!(next.first(), Some(b' ' | b'\t')) {
                append(&mut line, &next[1..]);
            } else {
                self.ahead = Some(next);
                break;
            }
        }
        // Through a record, which knows what damage is.
        let mut record = Record::default();
        record.set_bytes(&line, &[line.len()]);
        Ok(Some(Line {
            text: record.cell(0).to_owned(),
            damage: record.damage,
        }))
    }

    /// A physical line without its end, cut at [`MAX_LINE_BYTES`].
    fn physical(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut any = false;
        loop {
            if self.at == self.buffer.len() {
                self.buffer.resize(READ_BYTES, 0);
                let read = self.reader.read(&mut self.buffer)?;
                self.buffer.truncate(read);
                self.at = 0;
                if read == 0 {
                    return Ok(any.then_some(line));
                }
            }
            any = true;
            let rest = &self.buffer[self.at..];
            let end = memchr::memchr2(b'\n', b'\r', rest);
            append(&mut line, &rest[..end.unwrap_or(rest.len())]);
            match end {
                Some(end) => {
                    // The second half of CR LF becomes an empty line, which is no property and is passed over,
                    // but it must not cut a fold: it is eaten here when it is in the buffer.
                    let pair = rest[end] == b'\r';
                    self.at += end + 1;
                    if pair {
                        self.skip_line_feed()?;
                    }
                    return Ok(Some(line));
                }
                None => self.at = self.buffer.len(),
            }
        }
    }

    fn skip_line_feed(&mut self) -> io::Result<()> {
        if self.at == self.buffer.len() {
            self.buffer.resize(READ_BYTES, 0);
            let read = self.reader.read(&mut self.buffer)?;
            self.buffer.truncate(read);
            self.at = 0;
        }
        if self.buffer.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        Ok(())
    }
}

fn append(line: &mut Vec<u8>, more: &[u8]) {
    const { assert!(MAX_LINE_BYTES <= MAX_RECORD_BYTES) };
    let room = MAX_LINE_BYTES.saturating_sub(line.len());
    line.extend_from_slice(&more[..more.len().min(room)]);
}

fn has_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|&byte| byte == b':').next().unwrap_or_default();
    String::from_utf8_lossy(head)
        .to_ascii_uppercase()
        .contains("QUOTED-PRINTABLE")
}

/// `group.NAME;PARAM=value:value`.
pub(super) struct Property {
    /// Upper case, without its group.
    pub name: String,
    /// Decoded of quoted-printable, escapes still in it.
    pub value: String,
    parameters: Vec<(String, String)>,
}

impl Property {
    pub(super) fn parse(line: &str) -> Option<Self> {
        let colon = unquoted_colon(line)?;
        let (head, raw) = (&line[..colon], &line[colon + 1..]);
        let mut parts = head.split(';');
        let name = parts.next()?.trim();
        let name = name
            .rsplit_once('.')
            .map_or(name, |(_, name)| name)
            .to_ascii_uppercase();
        let parameters: Vec<(String, String)> = parts
            .map(|part| match part.split_once('=') {
                Some((name, value)) => (
                    name.trim().to_ascii_uppercase(),
                    value.trim_matches('"').to_ascii_uppercase(),
                ),
                // vCard 2.1 writes the value alone: TEL;CELL:…
                None => ("TYPE".to_owned(), part.trim().to_ascii_uppercase()),
            })
            .collect();
        let mut property = Self {
            name,
            value: raw.to_owned(),
            parameters,
        };
        if property.has_value("QUOTED-PRINTABLE") {
            property.value = quoted_printable(raw, property.parameter("CHARSET"));
        }
        Some(property)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn has_value(&self, wanted: &str) -> bool {
        self.parameters.iter().any(|(_, value)| value == wanted)
    }

    /// Whether the parameter is there.
    pub(super) fn has_parameter(&self, name: &str) -> bool {
        self.parameter(name).is_some()
    }

    /// Whether a type is among `TYPE=a,b`.
    pub(super) fn has_type(&self, wanted: &str) -> bool {
        self.parameters
            .iter()
            .any(|(_, values)| values.split(',').any(|value| value.trim_matches('"') == wanted))
    }

    /// The value with its escapes undone.
    pub(super) fn text(&self) -> String {
        self.split_escaped('\0').concat()
    }

    /// The parts between semicolons.
    pub(super) fn parts(&self) -> Vec<String> {
        self.split_escaped(';')
    }

    fn split_escaped(&self, separator: char) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            let mut add = c;
            if c == '\\' {
                add = match chars.next() {
                    Some('n' | 'N') => '\n',
                    Some(other) => other,
                    None => '\\',
                };
            } else if c == separator && separator != '\0' {
                parts.push(String::new());
                continue;
            }
            if let Some(part) = parts.last_mut() {
                part.push(add);
            }
        }
        parts
    }
}

/// The colon that ends the parameters: not one inside quotes.
fn unquoted_colon(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|byte| {
        if byte == b'"' {
            quoted = !quoted;
        }
        byte == b':' && !quoted
    })
}

fn quoted_printable(raw: &str, charset: Option<&str>) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let input = raw.as_bytes();
    let mut at = 0;
    while at < input.len() {
        let pair = input
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let code = (input[at] == b'=')
            .then(|| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .flatten();
        match code {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(input[at]);
                at += 1;
            }
        }
    }
    let encoding = charset
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

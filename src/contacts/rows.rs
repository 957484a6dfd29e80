//! A record becomes a contact or a problem: normalised, validated, and only once for each person.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::dedup::Seen;
use super::fields::{ContactRow, Field};
use super::format::{Damage, MAX_CELLS, MAX_RECORD_BYTES, Record};
use super::headers::{Column, Columns};
use super::name;
use super::phone::{self, Country};
use super::username;
use super::values;
use super::wording::quoted;
use crate::error::Message;

/// How much of a problem row's cells is kept, in bytes.
const MAX_RAW_BYTES: usize = 4 * 1024;
/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 200;
/// Longest profession, interests, goal or notes, in characters.
const MAX_TEXT_CHARS: usize = 10_000;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Number of the row as a person counts records.
    pub row: u32,
    /// The field, when it is one field.
    pub field: Option<Field>,
    /// The value as it stands in the file, shortened.
    pub value: Option<String>,
    /// What is wrong.
    pub message: Message,
    /// Whether the row was left out; else it was taken without this field.
    pub skipped: bool,
    /// JSON of the row's cells: `[[header, cell], …]`.
    pub raw: String,
}

/// Turns the records of one file into contacts.
pub struct RowBuilder {
    columns: Vec<Column>,
    /// Headers as they stand in the file, for the problem rows.
    headers: Arc<[String]>,
    country: Country,
    seen: Seen,
}

impl RowBuilder {
    /// For a file with these columns; `headers` are their names in the problem rows.
    #[must_use]
    pub fn new(columns: Columns, headers: Arc<[String]>, country: Country) -> Self {
        Self {
            columns: columns.columns,
            headers,
            country,
            seen: Seen::default(),
        }
    }

    /// The contact of a record, unless the row is left out. What is wrong goes to `problems`.
    pub fn take(&mut self, record: &Record, problems: &mut Vec<Problem>) -> Option<ContactRow> {
        let mut report = Report {
            record,
            headers: &self.headers,
            problems,
        };
        if let Some(message) = whole_row_problem(record, self.columns.len()) {
            report.skip(None, None, message);
            return None;
        }
        let contact = fill(record, &self.columns, self.country, &mut report)?;
        if contact.phone.is_none() && contact.username.is_none() && contact.telegram_user_id.is_none() {
            report.skip(
                Some(Field::Phone),
                None,
                Message::new("import.row_without_identity"),
            );
            return None;
        }
        if let Some((field, row)) = self.seen.note(&contact) {
            let value = self
                .columns
                .iter()
                .position(|column| *column == Column::Field(field))
                .map(|at| record.cell(at));
            report.skip(
                Some(field),
                value,
                Message::new("import.row_duplicate").with("row", row),
            );
            return None;
        }
        Some(contact)
    }
}

fn whole_row_problem(record: &Record, columns: usize) -> Option<Message> {
    if let Some(damage) = record.damage {
        return Some(match damage {
            Damage::UnbalancedQuote => Message::new("import.row_unbalanced_quote"),
            Damage::TooLong => Message::new("import.row_too_long")
                .with("limit_kib", MAX_RECORD_BYTES / 1024)
                .with("limit_cells", MAX_CELLS),
            Damage::NotText => Message::new("import.row_not_text"),
            Damage::ZeroByte => Message::new("import.row_zero_byte"),
            Damage::CardNotClosed => Message::new("import.row_card_not_closed"),
        });
    }
    let filled = (columns..record.len()).any(|at| !record.cell(at).trim().is_empty());
    filled.then(|| {
        Message::new("import.row_too_many_cells")
            .with("cells", record.len())
            .with("columns", columns)
    })
}

/// Reports what is wrong with one record.
struct Report<'a> {
    record: &'a Record,
    headers: &'a [String],
    problems: &'a mut Vec<Problem>,
}

impl Report<'_> {
    fn skip(&mut self, field: Option<Field>, value: Option<&str>, message: Message) {
        self.add(field, value, message, true);
    }

    /// The row is taken without the field.
    fn drop_field(&mut self, field: Field, value: &str, message: Message) {
        self.add(Some(field), Some(value), message, false);
    }

    fn add(&mut self, field: Option<Field>, value: Option<&str>, message: Message, skipped: bool) {
        let raw = raw_cells(self.record, self.headers);
        let value = value.map(quoted);
        self.problems.push(Problem {
            row: self.record.row,
            field,
            value,
            message,
            skipped,
            raw,
        });
    }
}

/// JSON of the cells of a record under the file's headers: all of the file's columns, however short the row is, so that
/// the problem rows make a table.
pub(super) fn raw_cells(record: &Record, headers: &[String]) -> String {
    let mut room = MAX_RAW_BYTES;
    let mut pairs = Vec::new();
    for at in 0..record.len().max(headers.len()) {
        let header = headers.get(at).map_or("", String::as_str);
        let cell = record.cell(at);
        let cut = cell
            .char_indices()
            .map(|(start, c)| start + c.len_utf8())
            .take_while(|&end| end <= room)
            .last();
        let cell = &cell[..cut.unwrap_or(0)];
        room -= cell.len();
        pairs.push(Value::from(vec![header.to_owned(), cell.replace('\0', "")]));
    }
    Value::from(pairs).to_string()
}

/// The fields of a record; `None` when the row is left out.
fn fill(
    record: &Record,
    columns: &[Column],
    country: Country,
    report: &mut Report<'_>,
) -> Option<ContactRow> {
    let mut contact = ContactRow {
        row: record.row,
        ..ContactRow::default()
    };
    let mut extra = Map::new();
    let (mut given, mut middle, mut family) = (None, None, None);
    for (at, column) in columns.iter().enumerate() {
        let cell = without_guard(record.cell(at).trim());
        if cell.is_empty() {
            continue;
        }
        let field = match column {
            Column::Ignored => continue,
            Column::Extra(name) => {
                extra.insert(name.clone(), Value::from(cell));
                continue;
            }
            Column::Field(field) => *field,
        };
        match field {
            Field::Phone => match phone::normalise(cell, country) {
                Ok(phone) => contact.phone = Some(phone),
                Err(error) => return refuse(report, field, cell, error.message(cell)),
            },
            Field::Username => match username::normalise(cell) {
                Ok(username) => contact.username = Some(username),
                Err(message) => return refuse(report, field, cell, message),
            },
            Field::TelegramUserId => match values::telegram_user_id(cell) {
                Some(id) => contact.telegram_user_id = Some(id),
                None => return refuse(report, field, cell, Message::new("contact.telegram_user_id")),
            },
            Field::Name => contact.name = short(name::squeeze(cell), MAX_NAME_CHARS, field, report),
            Field::FirstName => given = short(name::squeeze(cell), MAX_NAME_CHARS, field, report),
            Field::MiddleName => middle = short(name::squeeze(cell), MAX_NAME_CHARS, field, report),
            Field::LastName => family = short(name::squeeze(cell), MAX_NAME_CHARS, field, report),
            Field::Profession => contact.profession = short(cell.to_owned(), MAX_TEXT_CHARS, field, report),
            Field::Interests => contact.interests = short(cell.to_owned(), MAX_TEXT_CHARS, field, report),
            Field::Goal => contact.goal = short(cell.to_owned(), MAX_TEXT_CHARS, field, report),
            Field::Notes => contact.notes = short(cell.to_owned(), MAX_TEXT_CHARS, field, report),
            Field::Age => contact.age = kept(values::age(cell), field, cell, "contact.age", report),
            Field::Language => {
                contact.language = kept(values::language(cell), field, cell, "contact.language", report)
            }
            Field::Timezone => {
                contact.timezone = kept(values::timezone(cell), field, cell, "contact.timezone", report)
            }
            Field::Tags => contact.tags = values::tags(cell),
        }
    }
    name_parts(&mut contact, given, middle, family);
    contact.extra = (!extra.is_empty()).then(|| Value::Object(extra).to_string());
    Some(contact)
}

/// The row is left out because of a field that tells who the person is: a guess could write to someone else.
fn refuse(report: &mut Report<'_>, field: Field, cell: &str, message: Message) -> Option<ContactRow> {
    report.skip(Some(field), Some(cell), message);
    None
}

fn kept<T>(
    value: Option<T>,
    field: Field,
    cell: &str,
    key: &'static str,
    report: &mut Report<'_>,
) -> Option<T> {
    if value.is_none() {
        report.drop_field(field, cell, Message::new(key).with("value", quoted(cell)));
    }
    value
}

fn short(text: String, limit_chars: usize, field: Field, report: &mut Report<'_>) -> Option<String> {
    if text.len() > limit_chars && text.chars().nth(limit_chars).is_some() {
        report.drop_field(
            field,
            &text,
            Message::new("contact.text_too_long").with("limit", limit_chars),
        );
        return None;
    }
    (!text.is_empty()).then_some(text)
}

/// Our own exports put `'` before a cell that a spreadsheet would compute; taken back, it is what it was.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

fn name_parts(
    contact: &mut ContactRow,
    given: Option<String>,
    middle: Option<String>,
    family: Option<String>,
) {
    if let Some(full) = &contact.name {
        let split = name::split(full);
        contact.first_name = given.or(split.first);
        contact.last_name = family.or(split.last);
        return;
    }
    let full: Vec<&str> = [&given, &middle, &family]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    contact.name = (!full.is_empty()).then(|| full.join(" "));
    contact.first_name = given;
    contact.last_name = family;
}

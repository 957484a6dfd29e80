//! Which column is which field: by its header in Russian or English, by the operator's mapping, or by its content.

use std::collections::BTreeMap;

use super::fields::Field;
use super::format::Record;
use super::header_words::HEADERS;
use super::phone::{Country, looks_like_phone};
use super::username::looks_like_username;
use super::wording::quoted;
use crate::error::Message;

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// A field of the contact.
    Field(Field),
    /// Kept in `extra` under this name.
    Extra(String),
    /// Left out at the operator's wish.
    Ignored,
}

/// The columns of a file and whether its first record is their header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// One for each column, in the file's order.
    pub columns: Vec<Column>,
    /// Whether the first record is a header and not a contact.
    pub has_header: bool,
}

/// The operator's choice: column (its header or its number from 1) → field, or `""`/`"ignore"` to leave it out.
pub type Mapping = BTreeMap<String, String>;

/// The operator's choice after a look at the columns: a column's number from 0 → field, `extra` to keep it under its
/// header, nothing to leave it out. The columns that it does not name stay as Alfa has matched them.
pub type Choices = BTreeMap<usize, Option<String>>;

/// Decides the columns from the first records of a file (the first of them is the header, if there is one).
///
/// # Errors
/// A mapping or a choice that names a column or field that does not exist; a file where nothing says who the people are.
pub fn decide(
    sample: &[Record],
    mapping: &Mapping,
    choices: &Choices,
    country: Country,
) -> Result<Columns, Message> {
    let mut columns = matched(sample, mapping, country)?;
    let first = &sample[0];
    let has_header = columns.has_header;
    choose(&mut columns.columns, choices, &|at| {
        if has_header { first.cell(at) } else { "" }
    })?;
    if !has_identity(&columns.columns) {
        return Err(no_identity(first, !columns.has_header));
    }
    Ok(columns)
}

/// What Alfa makes of the columns, whether or not it finds out who the people are.
///
/// # Errors
/// A mapping that names a column or field that does not exist; a file without a record.
pub fn matched(sample: &[Record], mapping: &Mapping, country: Country) -> Result<Columns, Message> {
    let Some(first) = sample.first() else {
        return Err(Message::new("import.file_empty"));
    };
    let looks_like_data = first.cells().any(|cell| is_contact_cell(cell, country));
    let mut columns: Vec<Column> = if looks_like_data {
        let count = sample
            .iter()
            .filter(|record| record.damage.is_none())
            .map(Record::len)
            .max();
        (1..=count.unwrap_or(first.len()))
            .map(|number| Column::Extra(format!("column {number}")))
            .collect()
    } else {
        by_header(first)
    };
    apply_mapping(&mut columns, first, looks_like_data, mapping)?;
    let rows = if looks_like_data { sample } else { &sample[1..] };
    if looks_like_data || !has_identity(&columns) {
        by_content(&mut columns, rows, country, looks_like_data);
    }
    Ok(Columns {
        columns,
        has_header: !looks_like_data,
    })
}

/// Puts the operator's choices in the place of what was matched; `header` tells a column's own name.
///
/// # Errors
/// A column or a field that does not exist; a field that is chosen for two columns.
pub fn choose<'a>(
    columns: &mut [Column],
    choices: &Choices,
    header: &dyn Fn(usize) -> &'a str,
) -> Result<(), Message> {
    for (&at, target) in choices {
        if at >= columns.len() {
            return Err(Message::new("import.columns_unknown_column")
                .with("column", at)
                .with("count", columns.len()));
        }
        columns[at] = match target.as_deref().map(str::trim) {
            None => Column::Ignored,
            Some("extra") => Column::Extra(extra_name(header(at), at)),
            Some(field) => Column::Field(field.parse().map_err(|()| {
                Message::new("import.columns_unknown_field")
                    .with("field", quoted(field))
                    .with("column", at)
            })?),
        };
    }
    for &at in choices.keys() {
        let Column::Field(field) = columns[at] else {
            continue;
        };
        let twice = (0..columns.len()).filter(|&other| other != at && columns[other] == Column::Field(field));
        for other in twice.collect::<Vec<_>>() {
            if choices.contains_key(&other) {
                return Err(Message::new("import.columns_field_twice").with("field", field.name()));
            }
            columns[other] = Column::Extra(extra_name(header(other), other));
        }
    }
    Ok(())
}

fn is_contact_cell(cell: &str, country: Country) -> bool {
    looks_like_phone(cell, country) || looks_like_username(cell)
}

fn has_identity(columns: &[Column]) -> bool {
    columns
        .iter()
        .any(|column| matches!(column, Column::Field(field) if field.is_identity()))
}

fn no_identity(first: &Record, looks_like_data: bool) -> Message {
    let names: Vec<String> = first
        .cells()
        .take(12)
        .map(quoted)
        .filter(|name| !name.is_empty())
        .collect();
    let key = if looks_like_data {
        "import.no_header_no_identity"
    } else {
        "import.no_identity_column"
    };
    Message::new(key).with("columns", names.join(", "))
}

fn by_header(header: &Record) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for (at, cell) in header.cells().enumerate() {
        let column = match field_of(cell).map(Column::Field) {
            // The first column of a kind is the field; "телефон 2" beside "телефон" is kept in extra.
            Some(field) if !columns.contains(&field) => field,
            _ => Column::Extra(extra_name(cell, at)),
        };
        columns.push(column);
    }
    // A corrected file of problem rows comes back with our own three columns.
    let ours: Vec<String> = header.cells().take(3).map(fold).collect();
    if [["row", "field", "reason"], ["строка", "поле", "причина"]]
        .iter()
        .any(|own| ours == own)
    {
        columns[..3].fill(Column::Ignored);
    }
    // A lone last name and first name make a name; "name" beside "last name" is the first name.
    let has = |columns: &[Column], field| columns.contains(&Column::Field(field));
    if has(&columns, Field::LastName) && !has(&columns, Field::FirstName) {
        for column in &mut columns {
            if *column == Column::Field(Field::Name) {
                *column = Column::Field(Field::FirstName);
            }
        }
    }
    columns
}

fn extra_name(header: &str, at: usize) -> String {
    const LIMIT_CHARS: usize = 100;
    let name: String = super::name::squeeze(header).chars().take(LIMIT_CHARS).collect();
    if name.is_empty() {
        format!("column {}", at + 1)
    } else {
        name
    }
}

fn apply_mapping(
    columns: &mut [Column],
    first: &Record,
    looks_like_data: bool,
    mapping: &Mapping,
) -> Result<(), Message> {
    for (name, target) in mapping {
        let at = column_at(first, name, looks_like_data, columns.len())
            .ok_or_else(|| Message::new("import.mapping_unknown_column").with("column", quoted(name)))?;
        let target = target.trim();
        let chosen = match target {
            "" | "ignore" => Column::Ignored,
            "extra" => Column::Extra(extra_name(if looks_like_data { "" } else { name }, at)),
            field => Column::Field(field.parse().map_err(|()| {
                Message::new("import.mapping_unknown_field")
                    .with("field", quoted(field))
                    .with("column", quoted(name))
            })?),
        };
        // The mapping wins over a header that was matched to the same field.
        if let Column::Field(_) = chosen {
            for (other, column) in columns
                .iter_mut()
                .enumerate()
                .filter(|(other, column)| *other != at && **column == chosen)
            {
                *column = Column::Extra(extra_name(first.cell(other), other));
            }
        }
        columns[at] = chosen;
    }
    Ok(())
}

fn column_at(first: &Record, name: &str, looks_like_data: bool, count: usize) -> Option<usize> {
    let folded = fold(name);
    let by_name = (!looks_like_data)
        .then(|| first.cells().position(|cell| fold(cell) == folded))
        .flatten();
    let by_number = || {
        name.trim()
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=count).contains(number))
    };
    by_name.or_else(|| by_number().map(|number| number - 1))
}

/// Finds the phone, username and (without a header) name columns by what most of their cells are.
fn by_content(columns: &mut [Column], rows: &[Record], country: Country, find_name: bool) {
    for (field, test) in [
        (
            Field::Phone,
            &(|cell: &str| looks_like_phone(cell, country)) as &dyn Fn(&str) -> bool,
        ),
        (Field::Username, &looks_like_username),
        (Field::Name, &looks_like_name),
    ] {
        let wanted = field != Field::Name || find_name;
        if !wanted || columns.contains(&Column::Field(field)) {
            continue;
        }
        let share = |at: usize| {
            let filled = rows.iter().filter(|row| !row.cell(at).trim().is_empty()).count();
            let matching = rows.iter().filter(|row| test(row.cell(at))).count();
            // Half of the filled cells: a column of phones may have some bad ones, which are then reported.
            (matching > 0 && matching * 2 >= filled).then_some(matching)
        };
        let free = (0..columns.len()).filter(|&at| matches!(columns[at], Column::Extra(_)));
        let best = free.filter_map(|at| share(at).map(|matching| (matching, at)));
        if let Some((_, at)) = best.max_by_key(|&(matching, at)| (matching, std::cmp::Reverse(at))) {
            columns[at] = Column::Field(field);
        }
    }
}

fn looks_like_name(cell: &str) -> bool {
    let cell = cell.trim();
    let letters = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '.' | '\'' | '’');
    cell.chars().count() >= 2 && cell.chars().all(letters)
}

/// Header for comparison: lower case, ё→е, only letters and digits.
fn fold(header: &str) -> String {
    let lower = header.to_lowercase().replace('ё', "е");
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text is the header of a field.
#[must_use]
pub fn is_known(header: &str) -> bool {
    field_of(header.trim_matches('"')).is_some()
}

fn field_of(header: &str) -> Option<Field> {
    let folded = fold(header);
    if folded.is_empty() || folded.len() > 80 {
        return None;
    }
    HEADERS
        .iter()
        .find(|(_, names)| names.contains(&folded.as_str()))
        .map(|(field, _)| *field)
}

#[cfg(test)]
#[path = "headers_tests.rs"]
mod tests;

//! The YAML form of the knowledge base: reading it with every problem's line, and writing it.

use serde_saphyr::Error;

use super::load::{KnowledgeError, Problem};
use super::model::KnowledgeBase;

impl KnowledgeBase {
    /// Reads and validates a YAML file. What does not fit the shape ends the reading at once; of what fits, every
    /// problem is named with its line.
    pub fn from_yaml(source: &str) -> Result<Self, KnowledgeError> {
        let mut path = String::new();
        let parsed: Result<Self, Error> = serde_saphyr::with_deserializer_from_str(source, |deserializer| {
            serde_path_to_error::deserialize(deserializer).map_err(|error| {
                path = error.path().to_string();
                error.into_inner()
            })
        });
        parsed
            .map_err(|error| misfit(&path, &error))?
            .validated(Some(source))
    }

    /// The YAML form, for export.
    pub fn to_yaml(&self) -> Result<String, KnowledgeError> {
        serde_saphyr::to_string(self).map_err(|error| KnowledgeError::unreadable(None, error.to_string()))
    }
}

/// The parser's words as the place and the catalogue's words.
fn misfit(path: &str, error: &Error) -> KnowledgeError {
    let line = error.location().map(|location| location.line());
    let path = if matches!(path, "." | "?") { "" } else { path };
    let inside = |name: &str| match path {
        "" => name.to_owned(),
        _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    let (key, path, detail) = match error.without_snippet() {
        Error::SerdeUnknownField { field, .. } => ("knowledge.unknown_key", inside(field), field.clone()),
        Error::SerdeMissingField { field, .. } => {
            ("knowledge.missing_key", inside(field), (*field).to_owned())
        }
        Error::SerdeUnknownVariant { expected, .. } => {
            ("knowledge.unknown_word", path.to_owned(), expected.join(", "))
        }
        Error::SerdeInvalidType { expected, .. } | Error::SerdeInvalidValue { expected, .. } => {
            ("knowledge.wrong_type", path.to_owned(), expected.clone())
        }
        Error::InvalidScalar { ty, .. } => ("knowledge.wrong_type", path.to_owned(), (*ty).to_owned()),
        Error::DuplicateMappingKey { key: Some(name), .. } => {
            ("knowledge.duplicate", path.to_owned(), name.clone())
        }
        other => ("knowledge.unreadable", path.to_owned(), other.to_string()),
    };
    KnowledgeError {
        problems: vec![Problem {
            path,
            line,
            key,
            detail,
        }],
    }
}

/// The line (from 1) of a path such as `products[2].facts[0].link` in block-style YAML: the deepest part that is found.
pub(super) fn line_of(lines: &[&str], path: &str) -> Option<u64> {
    let mut at = 0;
    let mut indent = 0;
    let mut found = None;
    for part in path.split('.') {
        let (key, index) = match part.split_once('[') {
            Some((key, rest)) => (key, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (part, None),
        };
        let Some((line, column)) = find_key(lines, at, indent, key) else {
            break;
        };
        found = Some(line as u64 + 1);
        (at, indent) = (line + 1, column + 1);
        if let Some(index) = index {
            let Some((line, column)) = find_item(lines, at, column, index) else {
                break;
            };
            found = Some(line as u64 + 1);
            (at, indent) = (line, column);
        }
    }
    found
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key within the block that starts at line `from`, at an indent of at least `indent`.
fn find_key(lines: &[&str], from: usize, indent: usize, key: &str) -> Option<(usize, usize)> {
    let mut level = None;
    for (offset, line) in lines.get(from..)?.iter().enumerate() {
        let bare = line.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        // A dash opens the mapping of a list item: its first key stands two columns further.
        let (column, bare) = match bare.strip_prefix("- ") {
            Some(rest) if offset == 0 => (indent_of(line) + 2, rest),
            _ => (indent_of(line), bare),
        };
        if column < indent {
            return None;
        }
        let wanted = *level.get_or_insert(column);
        if column == wanted && bare.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return Some((from + offset, column));
        }
    }
    None
}

/// The `index`th list item below line `from`, its dash at `indent` or deeper.
fn find_item(lines: &[&str], from: usize, indent: usize, index: usize) -> Option<(usize, usize)> {
    let mut level = None;
    let mut seen = 0;
    for (offset, line) in lines.get(from..)?.iter().enumerate() {
        let bare = line.trim_start();
        if !bare.starts_with("- ") {
            if !bare.is_empty() && !bare.starts_with('#') && indent_of(line) <= indent {
                return None;
            }
            continue;
        }
        let column = indent_of(line);
        let wanted = *level.get_or_insert(column);
        if column < indent {
            return None;
        }
        if column == wanted {
            if seen == index {
                return Some((from + offset, column));
            }
            seen += 1;
        }
    }
    None
}

//! Putting a message about a file, a row or a field into words.

use crate::error::Message;
use crate::text::{Lang, text};

/// The text of the message in the language.
#[must_use]
pub fn render(message: &Message, lang: Lang) -> String {
    let values: Vec<(&str, &str)> = message
        .params
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    text(lang, message.key, &values)
}

/// Shortens a value that is quoted in a message: at most 60 characters, no control characters.
#[must_use]
pub fn quoted(value: &str) -> String {
    const LIMIT_CHARS: usize = 60;
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = value.chars().take(LIMIT_CHARS).map(clean).collect();
    if value.chars().nth(LIMIT_CHARS).is_some() {
        short.push('…');
    }
    short
}

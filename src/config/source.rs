//! Where the values come from: the process's environment over the `.env` file, every value named, none guessed.

use super::secret::{mask_phone, mask_secret};
use super::variables::{Show, is_known, misspelt_in_environment, misspelt_in_file, show_of};
use crate::error::Message;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// Why the start is refused: the variable, its value as it may be shown, and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub variable: String,
    pub shown: String,
    pub expected: Message,
}

/// The values of one start, with the refusals that were collected while they were read.
#[derive(Debug, Default)]
pub struct Source {
    values: BTreeMap<String, String>,
    refusals: Vec<Refusal>,
}

impl Source {
    /// Joins the environment (which wins) and the text of a `.env` file.
    #[must_use]
    pub fn new(environment: impl IntoIterator<Item = (OsString, OsString)>, file: Option<&str>) -> Self {
        let mut source = Self::default();
        if let Some(text) = file {
            source.read_file(text);
        }
        for (name, value) in environment {
            let Ok(name) = name.into_string() else { continue };
            if is_known(&name) {
                match value.into_string() {
                    Ok(value) => source.put(&name, &value),
                    Err(_) => source.refuse(&name, "?", Message::new("config.expected.utf8")),
                }
            } else if let Some(near) = misspelt_in_environment(&name) {
                let shown = mask_secret(&value.to_string_lossy());
                source.refuse(
                    &name,
                    &shown,
                    Message::new("config.expected.name").with("name", near),
                );
            }
        }
        source
    }

    fn read_file(&mut self, text: &str) {
        if let Some(line) = unquoted_dollar(text) {
            let name = format!(".env:{line}");
            self.refuse(&name, "$", Message::new("config.expected.single_quotes"));
            return;
        }
        for (index, item) in dotenvy::from_read_iter(text.as_bytes()).enumerate() {
            match item {
                Ok((name, value)) if is_known(&name) => self.put(&name, &value),
                Ok((name, value)) => match misspelt_in_file(&name) {
                    Some(Some(near)) => {
                        let expected = Message::new("config.expected.name").with("name", near);
                        self.refuse(&name, &mask_secret(&value), expected);
                    }
                    Some(None) => {
                        self.refuse(
                            &name,
                            &mask_secret(&value),
                            Message::new("config.expected.known_name"),
                        );
                    }
                    None => {}
                },
                Err(_) => {
                    let name = format!(".env#{}", index + 1);
                    self.refuse(&name, "?", Message::new("config.expected.line"));
                    return;
                }
            }
        }
    }

    /// An empty value is as good as none: `.env.example` has many.
    fn put(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), value.to_owned());
        }
    }

    fn refuse(&mut self, variable: &str, shown: &str, expected: Message) {
        self.refusals.push(Refusal {
            variable: variable.to_owned(),
            shown: shown.to_owned(),
            expected,
        });
    }

    /// The value of `name` as it stands.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The value of `name` read by `parse`, whose error says what is expected; a refusal counts as absent.
    pub fn parse<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Message>) -> Option<T> {
        let value = self.values.get(name)?;
        match parse(value) {
            Ok(parsed) => Some(parsed),
            Err(expected) => {
                self.reject(name, expected);
                None
            }
        }
    }

    /// Refuses the present value of `name`.
    pub fn reject(&mut self, name: &str, expected: Message) {
        let value = self.values.get(name).map_or("", String::as_str);
        let shown = shown(name, value);
        self.refuse(name, &shown, expected);
    }

    /// All that was refused.
    #[must_use]
    pub fn into_refusals(self) -> Vec<Refusal> {
        self.refusals
    }
}

/// The value as a refusal may show it.
fn shown(name: &str, value: &str) -> String {
    match show_of(name) {
        Show::Plain => value.chars().take(120).collect(),
        Show::Secret => mask_secret(value),
        Show::Phone => mask_phone(value),
        Show::Url => mask_url(value),
    }
}

/// Hides `user:password@` of an address.
#[must_use]
pub fn mask_url(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://***@{rest}"),
        _ => url.chars().take(120).collect(),
    }
}

/// The first line whose value has a `$` outside single quotes: the file format would put another variable in its
/// place, and so silently cut a password that has a `$` in it.
fn unquoted_dollar(text: &str) -> Option<usize> {
    text.lines().enumerate().find_map(|(index, line)| {
        let line = line.trim_start();
        let (_, value) = line.split_once('=')?;
        let value = value.trim_start();
        let literal =
            line.starts_with('#') || value.starts_with('\'') || value.split(" #").next()?.contains("\\$");
        (!literal && value.split(" #").next()?.contains('$')).then_some(index + 1)
    })
}

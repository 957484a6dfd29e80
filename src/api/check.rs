//! Bounds of what is sent: each input type checks itself, all bad fields are named at once.

use crate::error::{AppError, AppResult, FieldError, Message};
use serde::de::DeserializeOwned;

/// A body or a query that can check itself after it was decoded.
pub trait Input: DeserializeOwned {
    /// Names every field that is out of bounds.
    fn check(&self, checks: &mut Checks);
}

/// The bad fields found so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    /// Names a bad field.
    pub fn refuse(&mut self, field: impl Into<String>, message: Message) {
        self.0.push(FieldError {
            field: field.into(),
            message,
        });
    }

    /// A text of `least` to `most` characters that is not all blank when something must be there.
    pub fn text(&mut self, field: &str, value: &str, least: usize, most: usize) {
        let length = value.chars().count();
        if length > most {
            self.refuse(field, Message::new("error.text_too_long").with("most", most));
        } else if length < least || (least > 0 && value.trim().is_empty()) {
            self.refuse(
                field,
                Message::new("error.text_too_short").with("least", least.max(1)),
            );
        }
    }

    /// The same when it is given.
    pub fn optional_text(&mut self, field: &str, value: Option<&str>, most: usize) {
        if let Some(value) = value {
            self.text(field, value, 0, most);
        }
    }

    /// A number from `least` to `most`, when it is given.
    pub fn range<T: PartialOrd + Copy + ToString>(
        &mut self,
        field: &str,
        value: Option<T>,
        least: T,
        most: T,
    ) {
        if value.is_some_and(|value| !(value >= least && value <= most)) {
            let message = Message::new("error.out_of_range");
            self.refuse(
                field,
                message
                    .with("least", least.to_string())
                    .with("most", most.to_string()),
            );
        }
    }

    /// At most `most` entries.
    pub fn count(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(field, Message::new("error.too_many_entries").with("most", most));
        }
    }

    /// Takes over what was found in a part of the input.
    pub fn adopt(&mut self, part: &str, found: Self) {
        for mut field in found.0 {
            field.field = format!("{part}.{}", field.field);
            self.0.push(field);
        }
    }

    /// The verdict.
    ///
    /// # Errors
    /// `Invalid` with all that was named.
    pub fn finish(self) -> AppResult<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid { fields: self.0 })
        }
    }
}

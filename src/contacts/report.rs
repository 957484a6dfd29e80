//! What an import answers: the counts, and what is wrong with which row.

use serde::{Deserialize, Serialize};

use super::rows::Problem;
use super::wording::render;
use crate::text::Lang;

/// Most problems in the answer; all of them are kept with the import and can be downloaded.
pub const MAX_ANSWERED_ERRORS: usize = 1_000;

/// One problem, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Number of the row as a person counts records.
    pub row: u32,
    /// Name of the field, when it is one field.
    pub field: Option<String>,
    /// The value as it stands in the file, shortened.
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl RowError {
    /// The problem in the language.
    #[must_use]
    pub fn new(problem: &Problem, lang: Lang) -> Self {
        Self {
            row: problem.row,
            field: problem.field.map(|field| field.name().to_owned()),
            value: problem.value.clone(),
            message: render(&problem.message, lang),
        }
    }
}

/// The answer. Every row is counted once: `total = created + updated + unchanged + skipped`; blank lines and the
/// header are no rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Rows of the file.
    pub total: i64,
    /// New contacts.
    pub created: i64,
    /// Contacts that were there and got something new.
    pub updated: i64,
    /// Contacts that were there just so.
    pub unchanged: i64,
    /// Rows left out: bad ones and people of an earlier row.
    pub skipped: i64,
    /// The first [`MAX_ANSWERED_ERRORS`] problems: why rows were left out, and fields that a row was taken without.
    pub errors: Vec<RowError>,
    /// How many problems there are in all.
    pub errors_total: i64,
    /// The import, to look at later, download its problem rows or undo it.
    pub import_id: i64,
}

//! Reasons by name (`no_consent`, `quiet_hours`) in words for the operator.

use crate::text::{Lang, text};

/// The reason in words; a name that the catalogue does not know is given as it is.
#[must_use]
pub fn words(lang: Lang, reason: &str) -> String {
    let key = format!("reason.{reason}");
    let found = text(lang, &key, &[]);
    if found == key { reason.to_owned() } else { found }
}

//! Reasons by name (`no_consent`, `quiet_hours`) in words for the operator.

use crate::text::{Lang, text};
use serde::Serialize;
use utoipa::ToSchema;

/// The reason in words; a name that the catalogue does not know is given as it is.
#[must_use]
pub fn words(lang: Lang, reason: &str) -> String {
    let key = format!("reason.{reason}");
    let found = text(lang, &key, &[]);
    if found == key { reason.to_owned() } else { found }
}

/// How many people a reason holds for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// By name: `no_consent`, `opted_out`, `privacy_restricted` and the like.
    pub reason: String,
    /// In words.
    pub text: String,
    pub count: i64,
}

/// Reasons in words, the most frequent first.
#[must_use]
pub fn reasons<'a>(lang: Lang, counts: impl Iterator<Item = (&'a str, i64)>) -> Vec<ReasonCount> {
    let told = |(reason, count): (&str, i64)| ReasonCount {
        reason: reason.to_owned(),
        text: words(lang, reason),
        count,
    };
    let mut all: Vec<ReasonCount> = counts.map(told).collect();
    all.sort_by(|left, right| {
        right
            .count
            .cmp(&left.count)
            .then_with(|| left.reason.cmp(&right.reason))
    });
    all
}

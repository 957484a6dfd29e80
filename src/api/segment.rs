//! Contacts by what they are, in a body: for campaigns and for what is done to many at once.

use super::check::Checks;
use super::extract::Strict;
use super::time;
use super::word::{ConsentBasis, ContactSource, ContactStatus, FunnelStage};
use crate::campaigns::audience::{MAX_CONTACTS, Selection};
use crate::error::{AppResult, Message};
use alfa_store::contacts::Filter;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Contacts by what they are: all that fit.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Part of the name, the beginning of the phone or of the username.
    #[schema(max_length = 200)]
    search: Option<String>,
    #[schema(max_length = 64)]
    tag: Option<String>,
    status: Option<ContactStatus>,
    /// Members of this group.
    #[schema(minimum = 1)]
    group_id: Option<i64>,
    consent: Option<ConsentBasis>,
    source: Option<ContactSource>,
    stage: Option<FunnelStage>,
    /// Only those who said stop, or only those who did not.
    opted_out: Option<bool>,
    /// Nobody wrote in their dialogs since this moment.
    #[schema(format = DateTime)]
    not_contacted_since: Option<String>,
}

impl Segment {
    /// Names what is out of bounds, under `field`.
    pub fn check(&self, field: &str, checks: &mut Checks) {
        checks.optional_text(&format!("{field}.search"), self.search.as_deref(), 200);
        checks.optional_text(&format!("{field}.tag"), self.tag.as_deref(), 64);
        checks.range(&format!("{field}.group_id"), self.group_id, 1, i64::MAX);
        if let Some(text) = &self.not_contacted_since
            && time::read("", text).is_err()
        {
            checks.refuse(format!("{field}.not_contacted_since"), Message::new("error.time"));
        }
    }

    /// The store's filter.
    ///
    /// # Errors
    /// `Invalid` for a moment that [`Segment::check`] refuses.
    pub fn filter(&self) -> AppResult<Filter> {
        let since = self.not_contacted_since.as_deref();
        Ok(Filter {
            ids: None,
            search: trimmed(self.search.as_deref()),
            tag: self.tag.clone(),
            status: self.status.map(|status| status.0),
            group_id: self.group_id,
            consent: self.consent.map(|basis| basis.0),
            source: self.source.map(|source| source.0),
            stage: self.stage.map(|stage| stage.0),
            opted_out: self.opted_out,
            not_contacted_since: since
                .map(|text| time::read("not_contacted_since", text))
                .transpose()?,
        })
    }
}

/// A search that says something.
#[must_use]
pub fn trimmed(search: Option<&str>) -> Option<String> {
    search
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Checks whom something is for: `contact_ids`, a `segment`, or both.
pub fn check_people(checks: &mut Checks, ids: Option<&[i64]>, segment: Option<&Strict<Segment>>) {
    if ids.is_none() && segment.is_none() {
        checks.refuse("contact_ids", Message::new("error.contacts_or_segment"));
    }
    let ids = ids.unwrap_or_default();
    checks.count("contact_ids", ids.len(), MAX_CONTACTS);
    if let Some(index) = ids.iter().position(|id| *id < 1) {
        checks.refuse(format!("contact_ids[{index}]"), Message::new("error.id"));
    }
    if let Some(segment) = segment {
        segment.check("segment", checks);
    }
}

/// Whom something is for.
///
/// # Errors
/// As [`Segment::filter`].
pub fn selection(ids: Option<Vec<i64>>, segment: Option<&Strict<Segment>>) -> AppResult<Selection> {
    Ok(Selection {
        ids: ids.unwrap_or_default(),
        filter: segment.map(|segment| segment.filter()).transpose()?,
    })
}

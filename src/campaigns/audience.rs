//! Whom a campaign that does not exist yet would reach: the gate asked about each, nothing written.

use std::collections::{BTreeMap, BTreeSet};

use alfa_store::contacts::{self, Filter};
use alfa_store::outreach::people;

use super::planner;
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::policy::FREQUENCY_SPAN_MS;

/// Most contacts of one campaign.
pub const MAX_CONTACTS: usize = 100_000;
/// People that one look asks the gate about; of a larger audience every so-manieth.
const MOST_LOOKED_AT: usize = 20_000;
/// People read at a time.
const CHUNK_PEOPLE: usize = 500;
/// Ids read at a time.
const CHUNK_IDS: u64 = 10_000;

/// People by id, by what they are, or both.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// These.
    pub ids: Vec<i64>,
    /// And all who fit.
    pub filter: Option<Filter>,
}

/// The ids of a selection, each once, in their order. Ids that do not exist are still there.
///
/// # Errors
/// Names `segment` when more fit than a campaign may have; of the database.
pub async fn members(app: &App, selection: &Selection) -> AppResult<Vec<i64>> {
    let mut ids: BTreeSet<i64> = selection.ids.iter().copied().collect();
    let Some(filter) = &selection.filter else {
        return Ok(ids.into_iter().collect());
    };
    let mut after = 0;
    loop {
        let found = contacts::ids_after(app.store.reader(), filter, after, CHUNK_IDS).await?;
        ids.extend(&found);
        if ids.len() > MAX_CONTACTS {
            let message = Message::new("error.too_many_entries").with("most", MAX_CONTACTS);
            return Err(AppError::invalid("segment", message));
        }
        match found.last() {
            Some(last) if found.len() as u64 == CHUNK_IDS => after = *last,
            _ => return Ok(ids.into_iter().collect()),
        }
    }
}

/// What a campaign for these people would find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// People who exist.
    pub total: u64,
    /// Who may be written to now.
    pub sendable: u64,
    /// Who may not, by the reason's name.
    pub by_reason: BTreeMap<&'static str, u64>,
    /// All, by the basis of their consent.
    pub by_consent: BTreeMap<&'static str, u64>,
    /// Everybody was looked at; else the figures are reckoned from a part.
    pub exact: bool,
}

/// Asks the gate about everybody, or of very many about an even part.
///
/// # Errors
/// Of the database.
pub async fn look(app: &App, ids: &[i64]) -> AppResult<Audience> {
    let every = ids.len().div_ceil(MOST_LOOKED_AT).max(1);
    let part: Vec<i64> = ids.iter().copied().step_by(every).collect();
    let mut audience = Audience {
        exact: every == 1,
        ..Audience::default()
    };
    let now = app.clock.now();
    for chunk in part.chunks(CHUNK_PEOPLE) {
        let since = now.plus_ms(-FREQUENCY_SPAN_MS);
        for known in people::load(app.store.reader(), chunk, since).await? {
            audience.total += 1;
            let consent = known.contact.consent_basis.as_str();
            *audience.by_consent.entry(consent).or_default() += 1;
            match planner::refusal(app, &known, now) {
                None => audience.sendable += 1,
                Some(reason) => *audience.by_reason.entry(reason.as_str()).or_default() += 1,
            }
        }
    }
    if !audience.exact {
        audience.scale(ids.len(), part.len());
    }
    Ok(audience)
}

/// The first people who may be written to now, or when there are none of the first few hundred, the first of all.
///
/// # Errors
/// Of the database.
pub async fn first_sendable(app: &App, ids: &[i64], most: usize) -> AppResult<Vec<i64>> {
    let now = app.clock.now();
    let chunk = ids.get(..CHUNK_PEOPLE).unwrap_or(ids);
    let known = people::load(app.store.reader(), chunk, now.plus_ms(-FREQUENCY_SPAN_MS)).await?;
    let (may, may_not): (Vec<_>, Vec<_>) = known
        .iter()
        .partition(|known| planner::refusal(app, known, now).is_none());
    let chosen = if may.is_empty() { may_not } else { may };
    let mut first: Vec<i64> = chosen.iter().map(|known| known.contact.id).collect();
    first.sort_unstable();
    first.truncate(most);
    Ok(first)
}

impl Audience {
    /// From a part to the whole. The reasons and who may be written to add up to the total.
    fn scale(&mut self, all: usize, part: usize) {
        let up = |count: &mut u64| *count = (u128::from(*count) * all as u128 / part.max(1) as u128) as u64;
        up(&mut self.total);
        self.by_reason.values_mut().for_each(up);
        self.by_consent.values_mut().for_each(up);
        self.sendable = self.total.saturating_sub(self.by_reason.values().sum());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_scaled_to_a_whole_that_adds_up() {
        let mut audience = Audience {
            total: 10,
            sendable: 6,
            by_reason: [("no_consent", 3), ("opted_out", 1)].into(),
            by_consent: [("none", 3), ("operator_attested", 7)].into(),
            exact: false,
        };
        audience.scale(39, 10);
        assert_eq!((audience.total, audience.by_reason["no_consent"]), (39, 11));
        let skipped: u64 = audience.by_reason.values().sum();
        assert_eq!(audience.sendable + skipped, 39);
    }
}

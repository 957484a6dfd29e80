//! What is free: seats in sessions, places and trainers. Reads only; booking decides.

use std::collections::HashMap;

use alfa_store::crm::occupancy::{self, Span};
use alfa_store::entity::occupancy::Model as Taken;
use alfa_store::types::ResourceKind;

use crate::app::App;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::error::{AppError, AppResult, Message};

/// Longest stretch that is looked at, in milliseconds.
pub const LONGEST_MS: i64 = 31 * DAY_MS;
/// Most rows of what is taken that are looked at.
const MOST_TAKEN: u64 = 50_000;

/// Refuses a stretch that is upside down or too long.
///
/// # Errors
/// `Invalid` naming `to`.
pub fn check(span: Span) -> AppResult<()> {
    if span.to <= span.from {
        return Err(AppError::invalid("to", Message::new("crm.ends_before_start")));
    }
    if span.to.ms_since(span.from) > LONGEST_MS {
        let message = Message::new("crm.too_many_days").with("most", LONGEST_MS / DAY_MS);
        return Err(AppError::invalid("to", message));
    }
    Ok(())
}

/// What is taken of a kind within the stretch, by id.
///
/// # Errors
/// When the database fails; `Invalid` when there is too much to look at.
pub async fn taken(app: &App, kind: ResourceKind, span: Span) -> AppResult<HashMap<i64, Vec<Span>>> {
    let rows = occupancy::all_taken(app.store.reader(), kind, span, MOST_TAKEN + 1).await?;
    if rows.len() as u64 > MOST_TAKEN {
        let message = Message::new("crm.too_many_days").with("most", 1);
        return Err(AppError::invalid("to", message));
    }
    let mut found: HashMap<i64, Vec<Span>> = HashMap::new();
    for Taken {
        resource_id,
        from_at,
        to_at,
        ..
    } in rows
    {
        found.entry(resource_id).or_default().push(Span {
            from: from_at,
            to: to_at,
        });
    }
    Ok(found)
}

/// The stretches of `within` that are not taken and are long enough. `taken` is in order and does not overlap.
#[must_use]
pub fn gaps(within: Span, taken: &[Span], least_ms: i64) -> Vec<Span> {
    let mut free = Vec::new();
    let mut from = within.from;
    for busy in taken {
        if busy.to <= from {
            continue;
        }
        if busy.from >= within.to {
            break;
        }
        if busy.from.ms_since(from) >= least_ms {
            free.push(Span { from, to: busy.from });
        }
        from = busy.to;
    }
    if within.to.ms_since(from) >= least_ms {
        free.push(Span { from, to: within.to });
    }
    free
}

/// Minutes as milliseconds.
#[must_use]
pub fn minutes(count: i32) -> i64 {
    i64::from(count) * MINUTE_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use alfa_store::UnixMillis;

    fn span(from: i64, to: i64) -> Span {
        Span {
            from: UnixMillis(from),
            to: UnixMillis(to),
        }
    }

    #[test]
    fn gaps_are_what_is_left_and_long_enough() {
        let within = span(100, 200);
        assert_eq!(gaps(within, &[], 10), [within]);
        assert_eq!(gaps(within, &[span(50, 250)], 10), []);
        assert_eq!(
            gaps(within, &[span(90, 110), span(115, 150), span(150, 160)], 10),
            [span(160, 200)]
        );
        assert_eq!(
            gaps(within, &[span(120, 130), span(195, 300)], 20),
            [span(100, 120), span(130, 195)]
        );
        assert_eq!(gaps(within, &[span(0, 100), span(200, 300)], 100), [within]);
    }
}

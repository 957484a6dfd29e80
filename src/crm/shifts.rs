//! Working hours: when somebody works, by the wall clock. A shift belongs to the day on which it begins, and may go over
//! midnight. Pure.

use alfa_store::crm::occupancy::Span;
use alfa_store::crm::staff::Hours;

use super::calendar::{Calendar, weekday};

const DAY_MINUTES: i32 = 24 * 60;
const WEEK_MINUTES: i32 = 7 * DAY_MINUTES;

/// The end of a shift as it is kept, in minutes from the midnight before the shift: of the next day when it would not come
/// after the beginning.
#[must_use]
pub fn end_of(from_minute: i32, to_minute: i32) -> i32 {
    if to_minute <= from_minute {
        to_minute + DAY_MINUTES
    } else {
        to_minute
    }
}

/// The end of a shift on the clock: 1 to 1,440 minutes from midnight.
#[must_use]
pub fn clock_of(end_minute: i32) -> i32 {
    if end_minute > DAY_MINUTES {
        end_minute - DAY_MINUTES
    } else {
        end_minute
    }
}

/// The first of the shifts, by its place in the list, that overlaps another one; Sunday's night is Monday's morning.
#[must_use]
pub fn overlapping(shifts: &[Hours]) -> Option<usize> {
    let stretch = |shift: Hours| {
        let day = (shift.weekday - 1) * DAY_MINUTES;
        (day + shift.from_minute, day + shift.to_minute)
    };
    let meet = |one: (i32, i32), other: (i32, i32)| one.0 < other.1 && other.0 < one.1;
    (1..shifts.len()).find(|index| {
        let own = stretch(shifts[*index]);
        shifts[..*index].iter().map(|shift| stretch(*shift)).any(|other| {
            [-WEEK_MINUTES, 0, WEEK_MINUTES]
                .into_iter()
                .any(|weeks| meet((own.0 + weeks, own.1 + weeks), other))
        })
    })
}

/// The stretches of `within` in which somebody works, in order; all of it when no hours are said. Shifts that touch are
/// one stretch, so that a session over midnight fits where one ends and the next begins.
#[must_use]
pub fn working(calendar: Calendar, within: Span, shifts: &[Hours]) -> Vec<Span> {
    if shifts.is_empty() {
        return vec![within];
    }
    let mut found: Vec<Span> = Vec::new();
    // Of the night before, too.
    let mut day = calendar.day(within.from).plus(-1);
    let last = calendar.day(within.to.plus_ms(-1));
    while day <= last {
        for own in shifts.iter().filter(|own| own.weekday == weekday(day)) {
            let from = calendar.at_minute(day, own.from_minute).max(within.from);
            let to = calendar.at_minute(day, own.to_minute).min(within.to);
            if from < to {
                found.push(Span { from, to });
            }
        }
        day = day.plus(1);
    }
    found.sort_by_key(|span| span.from);
    let mut joined: Vec<Span> = Vec::new();
    for span in found {
        match joined.last_mut() {
            Some(before) if span.from <= before.to => before.to = before.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE_MS;
    use crate::crm::calendar::day_of;

    const fn shift(weekday: i32, from_minute: i32, to_minute: i32) -> Hours {
        Hours {
            weekday,
            from_minute,
            to_minute,
        }
    }

    fn spelt(calendar: Calendar, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|span| calendar.spelt_span(*span)).collect()
    }

    #[test]
    fn working_hours_follow_the_wall_clock() {
        let berlin = Calendar::new(chrono_tz::Europe::Berlin);
        let sunday = day_of("2026-03-29".parse().expect("a date"));
        let within = berlin.span(sunday, sunday.plus(1));
        let found = working(berlin, within, &[shift(7, 60, 5 * 60)]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to.ms_since(found[0].from),
            3 * 60 * MINUTE_MS,
            "an hour is left out"
        );
        assert_eq!(working(berlin, within, &[]), [within]);
    }

    #[test]
    fn a_night_shift_is_of_the_day_on_which_it_begins() {
        let moscow = Calendar::new(chrono_tz::Europe::Moscow);
        let monday = day_of("2026-03-23".parse().expect("a date"));
        let night = [shift(1, 22 * 60, 26 * 60)];
        let two_days = moscow.span(monday, monday.plus(1));
        assert_eq!(
            spelt(moscow, &working(moscow, two_days, &night)),
            ["23.03.2026 22:00 – 24.03.2026 02:00"]
        );
        let tuesday = moscow.span(monday.plus(1), monday.plus(1));
        assert_eq!(
            spelt(moscow, &working(moscow, tuesday, &night)),
            ["24.03.2026, 00:00–02:00"],
            "the rest of the night before"
        );
        let split = [shift(1, 20 * 60, 24 * 60), shift(2, 0, 60)];
        assert_eq!(
            spelt(moscow, &working(moscow, two_days, &split)),
            ["23.03.2026 20:00 – 24.03.2026 01:00"],
            "what touches is one"
        );
    }

    #[test]
    fn the_end_of_a_shift_is_kept_behind_its_beginning_and_told_on_the_clock() {
        for (from, to, kept) in [
            (540, 1_080, 1_080),
            (1_320, 120, 1_560),
            (0, 1_440, 1_440),
            (1_439, 1, 1_441),
        ] {
            assert_eq!((end_of(from, to), clock_of(kept)), (kept, to), "{from} to {to}");
        }
    }

    #[test]
    fn shifts_meet_over_midnight_and_over_the_end_of_the_week() {
        assert_eq!(overlapping(&[shift(1, 540, 720), shift(1, 720, 900)]), None);
        assert_eq!(overlapping(&[shift(1, 540, 720), shift(1, 700, 900)]), Some(1));
        assert_eq!(overlapping(&[shift(1, 1_320, 1_560), shift(2, 60, 300)]), Some(1));
        assert_eq!(overlapping(&[shift(1, 1_320, 1_560), shift(2, 120, 300)]), None);
        assert_eq!(overlapping(&[shift(1, 0, 60), shift(7, 1_380, 1_470)]), Some(1));
        assert_eq!(overlapping(&[shift(1, 30, 60), shift(7, 1_380, 1_470)]), None);
    }
}

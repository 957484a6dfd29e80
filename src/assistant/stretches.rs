//! Stretches of a year that are no unit of the calendar: seasons, halves, and what runs since a beginning. Pure.

use alfa_store::types::Day;
use chrono::{Datelike, NaiveDate};

use super::lexis::Token;
use super::period::{Found, Period, Unit, shift};
use crate::crm::calendar::{date, day_of};

/// The first month of a season of three, and its words.
const SEASONS: [(u32, &[&str]); 4] = [
    (3, &["весна$", "весной$", "весну$", "весны$", "spring$"]),
    (6, &["лето$", "летом$", "лета$", "summer$"]),
    (9, &["осень$", "осенью$", "осени$", "autumn$"]),
    (12, &["зима$", "зимой$", "зиму$", "зимы$", "winter$"]),
];
const SEASON_MONTHS: i32 = 3;
const HALF_MONTHS: i32 = 6;

/// The stretch that begins with this word.
#[must_use]
pub fn at(words: &[Token], at: usize, today: Day) -> Option<Found> {
    since_beginning(words, at, today)
        .or_else(|| season(words, at, today))
        .or_else(|| half(words, at, today))
        .or_else(|| day_of_month(words, at, today))
}

/// "С начала года", "since the beginning of the month", "ytd".
fn since_beginning(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let found = |unit: Unit, end: usize| Found {
        period: Period {
            from: unit.period(today, 0).from,
            to: today,
        },
        unit: None,
        words: (at, end),
    };
    let word = &words[at];
    match word.word.as_str() {
        "ytd" => return Some(found(Unit::Year, at)),
        "mtd" => return Some(found(Unit::Month, at)),
        _ => {}
    }
    let is = |place: usize, of: &[&str]| words.get(place).is_some_and(|word| word.is(of));
    let unit = |place: usize| words.get(place).and_then(Unit::of);
    if word.is(&["с$", "со$", "от$"]) && is(at + 1, &["начала$"]) {
        return Some(found(unit(at + 2)?, at + 2));
    }
    let begins = ["beginning$", "start$"];
    if word.is(&["since$", "from$"]) {
        let noun = at + 1 + usize::from(is(at + 1, &["the$"]));
        let of = noun + 1 + usize::from(is(noun + 1, &["of$"]));
        let last = of + usize::from(is(of, &["the$", "this$"]));
        return is(noun, &begins)
            .then(|| unit(last))
            .flatten()
            .map(|unit| found(unit, last));
    }
    let to_date = is(at + 1, &["to$"]) && is(at + 2, &["date$"]);
    Unit::of(word).filter(|_| to_date).map(|unit| found(unit, at + 2))
}

fn first_of(year: i32, month: u32) -> Day {
    day_of(NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default())
}

/// "За лето", "прошлой зимой", "since summer": the latest that has begun.
fn season(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let last = words[at].is(&["прошл", "last$"]);
    let led = last || words[at].is(&["этой$", "этим$", "это$", "эту$", "this$"]);
    let place = at + usize::from(led);
    let word = words.get(place)?;
    let month = SEASONS.iter().find(|(_, stems)| word.is(stems))?.0;
    // «Осень» is a name, so is "the Summer campaign".
    let name = (word.is_capital() && !word.first)
        || words
            .iter()
            .skip(place + 1)
            .take(3)
            .any(|next| next.is(&["campaign", "mailing", "newsletter"]));
    if name {
        return None;
    }
    let year = words
        .get(place + 1)
        .and_then(Token::number)
        .and_then(|year| i32::try_from(year).ok())
        .filter(|year| (2000..=2100).contains(year));
    let this = date(today).year();
    let mut from = first_of(year.unwrap_or(this), month);
    let ends = |from: Day| shift(from, SEASON_MONTHS).plus(-1);
    if year.is_none() && from > today {
        from = shift(from, -12);
    }
    if last && ends(from) >= today {
        from = shift(from, -12);
    }
    let since = at
        .checked_sub(1)
        .filter(|before| words[*before].is(&["с$", "со$", "since$"]));
    Some(Found {
        period: Period {
            from,
            to: if since.is_some() {
                today.max(from)
            } else {
                ends(from)
            },
        },
        unit: None,
        words: (since.unwrap_or(at), place + usize::from(year.is_some())),
    })
}

/// "На 15 число", "с 1 по 15 число": of this month, or of the last when it is still to come.
fn day_of_month(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let day = |place: usize| {
        let number = words.get(place)?.number()?;
        u32::try_from(number)
            .ok()
            .filter(|number| (1..=31).contains(number))
    };
    let is = |place: usize, of: &[&str]| words.get(place).is_some_and(|word| word.is(of));
    let first = day(at)?;
    let (last, end) = match () {
        () if is(at + 1, &["числ"]) => (first, at + 1),
        () if is(at + 1, &["по$", "до$", "-"]) && is(at + 3, &["числ"]) => (day(at + 2)?, at + 3),
        () => return None,
    };
    let of = date(today);
    let this = first_of(of.year(), of.month());
    let month = if first > of.day() { shift(this, -1) } else { this };
    let in_month = |day: u32| {
        let last = shift(month, 1).plus(-1);
        month.plus(i32::try_from(day).unwrap_or(1) - 1).min(last)
    };
    let period = Period {
        from: in_month(first),
        to: in_month(last.max(first)),
    };
    Some(Found {
        period,
        unit: (first == last).then_some(Unit::Day),
        words: (at, end),
    })
}

/// "За полгода" are the last six months, "первое полугодие" is one of the calendar.
fn half(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let led = words[at].is(&["за$", "последн"]);
    if led && words.get(at + 1).is_some_and(|word| word.is(&["полгода$"])) {
        return Some(Found {
            period: Period {
                from: shift(today, -HALF_MONTHS).plus(1),
                to: today,
            },
            unit: None,
            words: (at, at + 1),
        });
    }
    if !words.get(at + 1)?.is(&["полугоди"]) {
        return None;
    }
    let of = date(today);
    let this = first_of(of.year(), if of.month() > 6 { 7 } else { 1 });
    let from = match () {
        () if words[at].is(&["перв", "1$"]) => first_of(of.year(), 1),
        () if words[at].is(&["втор", "2$"]) => {
            let second = first_of(of.year(), 7);
            if second > today {
                shift(second, -12)
            } else {
                second
            }
        }
        () if words[at].is(&["прошл", "предыдущ"]) => shift(this, -HALF_MONTHS),
        () if words[at].is(&["эт", "текущ"]) => this,
        () => return None,
    };
    Some(Found {
        period: Period {
            from,
            to: shift(from, HALF_MONTHS).plus(-1),
        },
        unit: None,
        words: (at, at + 1),
    })
}

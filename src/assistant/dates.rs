//! Dates, months, quarters and years by name, and stretches between two of them. Pure.

use alfa_store::types::Day;
use chrono::{Datelike, NaiveDate};

use super::lexis::Token;
use super::period::{Found, Look, Period, Unit, shift};
use crate::crm::calendar::{date, day_of};

/// A date or a month in the question. Without a year it may be of any.
#[derive(Debug, Clone, Copy)]
struct Atom {
    year: Option<i32>,
    month: u32,
    /// `None`: the whole month.
    day: Option<u32>,
    start: usize,
    end: usize,
}

const MONTHS: [&[&str]; 12] = [
    &["январ", "january", "jan$"],
    &["феврал", "february", "feb$"],
    &["март", "march", "mar$"],
    &["апрел", "april", "apr$"],
    &["май$", "мая$", "мае$", "маю$", "маем$", "may$"],
    &["июн", "june", "jun$"],
    &["июл", "july", "jul$"],
    &["август", "august", "aug$"],
    &["сентябр", "september", "sep$", "sept$"],
    &["октябр", "october", "oct$"],
    &["ноябр", "november", "nov$"],
    &["декабр", "december", "dec$"],
];
const JOINS: &[&str] = &[
    "по$", "до$", "-", "to$", "and$", "и$", "through$", "till$", "until$",
];
const SINCE: &[&str] = &["с$", "со$", "since$", "from$", "начиная$"];
const ORDINALS: [&[&str]; 4] = [
    &["перв", "first$", "q1$"],
    &["втор", "second$", "q2$"],
    &["трет", "third$", "q3$"],
    &["четверт", "fourth$", "q4$"],
];

/// Every period that is said by dates, months, quarters or years.
#[must_use]
pub fn find(words: &[Token], today: Day, look: Look) -> Vec<Found> {
    let atoms = atoms(words, today);
    let mut found = Vec::new();
    let mut skip = None;
    for (index, atom) in atoms.iter().enumerate() {
        if skip == Some(index) {
            continue;
        }
        let after = atoms
            .get(index + 1)
            .filter(|next| next.start == atom.end + 2 && words[atom.end + 1].is(JOINS));
        if let Some(next) = after.filter(|_| joins_range(words, atom)) {
            skip = Some(index + 1);
            found.push(range(words, *atom, *next, today, look));
        } else {
            found.push(single(words, *atom, today, look));
        }
    }
    found.extend(quarters(words, today));
    found.extend(years(words, &found));
    found
}

/// "March and April" are two periods; "from March to April" is one.
fn joins_range(words: &[Token], atom: &Atom) -> bool {
    let joint = &words[atom.end + 1];
    !joint.is(&["и$", "and$"])
        || atom
            .start
            .checked_sub(1)
            .is_some_and(|before| words[before].is(&["between$", "между$"]))
}

fn month_of(token: &Token) -> Option<u32> {
    let place = MONTHS.iter().position(|stems| token.is(stems))?;
    u32::try_from(place + 1).ok()
}

/// 1 to 31, also `15th`.
fn day_number(token: &Token) -> Option<u32> {
    let digits = token.word.trim_end_matches(|c: char| c.is_alphabetic());
    let tail = &token.word[digits.len()..];
    let number = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    ["", "st", "nd", "rd", "th", "го", "е"]
        .contains(&tail)
        .then_some(number)
}

fn year_number(token: &Token) -> Option<i32> {
    token
        .number()
        .and_then(|year| i32::try_from(year).ok())
        .filter(|year| (2000..=2100).contains(year))
}

fn atoms(words: &[Token], today: Day) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(atom) = atom_at(words, at, today) else {
            at += 1;
            continue;
        };
        // "1 – 15 November", "с 1 по 15 ноября": the first day has the second's month.
        if let (Some(joint), Some(place)) = (atom.start.checked_sub(1), atom.start.checked_sub(2))
            && words[joint].is(JOINS)
            && let Some(day) = day_number(&words[place])
            && atom.day.is_some()
            && found.last().is_none_or(|last| last.end < place)
        {
            found.push(Atom {
                day: Some(day),
                start: place,
                end: place,
                ..atom
            });
        }
        at = atom.end + 1;
        found.push(atom);
        // "November 1 to 15".
        if let (Some(joint), Some(next)) = (words.get(at), words.get(at + 1))
            && joint.is(JOINS)
            && atom.day.is_some()
            && month_of(&words[atom.start]).is_some()
            && let Some(day) = day_number(next)
            && words.get(at + 2).is_none_or(|word| month_of(word).is_none())
        {
            found.push(Atom {
                day: Some(day),
                start: at + 1,
                end: at + 1,
                ..atom
            });
            at += 2;
        }
    }
    found
}

fn atom_at(words: &[Token], at: usize, today: Day) -> Option<Atom> {
    let word = &words[at];
    if let Some((year, month, day)) = numeric(word) {
        return Some(Atom {
            year,
            month,
            day: Some(day),
            start: at,
            end: at,
        });
    }
    let next_month = words.get(at + 1).and_then(month_of);
    let of_gap = || {
        words
            .get(at + 1)
            .filter(|word| word.word == "of")
            .and_then(|_| words.get(at + 2))
            .and_then(month_of)
    };
    let (month, day, end) = match (day_number(word), next_month) {
        (Some(day), Some(month)) => (month, Some(day), at + 1),
        (Some(day), None) => (of_gap()?, Some(day), at + 2),
        (None, _) => {
            let month = month_of(word)?;
            let english = word.word.is_ascii();
            let day = words.get(at + 1).filter(|_| english).and_then(day_number);
            (month, day, if day.is_some() { at + 1 } else { at })
        }
    };
    let (year, end) = year_after(words, end, today);
    Some(Atom {
        year,
        month,
        day,
        start: at,
        end,
    })
}

/// "… 2025", "… прошлого года", "… last year".
fn year_after(words: &[Token], end: usize, today: Day) -> (Option<i32>, usize) {
    let this = date(today).year();
    let follows = |offset: usize| words.get(end + offset);
    let is_year = |word: &Token| Unit::of(word) == Some(Unit::Year);
    if let Some(year) = follows(1).and_then(year_number) {
        let said = follows(2).is_some_and(is_year);
        return (Some(year), end + 1 + usize::from(said));
    }
    if follows(2).is_some_and(is_year) {
        if follows(1).is_some_and(|word| word.is(&["прошл", "last$", "previous$"])) {
            return (Some(this - 1), end + 2);
        }
        if follows(1).is_some_and(|word| word.is(&["этого$", "this$", "текущ"])) {
            return (Some(this), end + 2);
        }
    }
    (None, end)
}

/// `2026-11-01`, `01.11.2026`, `01.11`.
fn numeric(token: &Token) -> Option<(Option<i32>, u32, u32)> {
    if let Ok(iso) = token.word.parse::<NaiveDate>() {
        return Some((Some(iso.year()), iso.month(), iso.day()));
    }
    let parts: Vec<u32> = token
        .word
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (*day, *month, None),
        [day, month, year] => (*day, *month, i32::try_from(*year).ok()),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
    Some((year, month, day))
}

impl Atom {
    /// Its days in a year; a day that the month does not have is its last.
    fn in_year(self, year: i32) -> Period {
        let first = day_of(NaiveDate::from_ymd_opt(year, self.month, 1).unwrap_or_default());
        let last = shift(first, 1).plus(-1);
        match self.day {
            Some(day) => {
                let of = first.plus(i32::try_from(day).unwrap_or(1) - 1).min(last);
                Period { from: of, to: of }
            }
            None => Period {
                from: first,
                to: last,
            },
        }
    }

    fn resolved(self, today: Day, look: Look) -> Period {
        let this = date(today).year();
        if let Some(year) = self.year {
            return self.in_year(year);
        }
        let own = self.in_year(this);
        match look {
            Look::Back if own.from > today => self.in_year(this - 1),
            Look::Ahead if own.to < today => self.in_year(this + 1),
            _ => own,
        }
    }
}

fn range(words: &[Token], from: Atom, to: Atom, today: Day, look: Look) -> Found {
    let from_year = from.year.or(to
        .year
        .filter(|_| from.year.is_none() && to.in_year(2024).to >= from.in_year(2024).from));
    let first = Atom {
        year: from_year,
        ..from
    }
    .resolved(today, look);
    let year = to.year.unwrap_or_else(|| date(first.from).year());
    let mut last = to.in_year(year);
    if last.to < first.from {
        last = to.in_year(year + 1);
    }
    let before = from
        .start
        .checked_sub(1)
        .filter(|place| words[*place].is(SINCE))
        .unwrap_or(from.start);
    Found {
        period: Period {
            from: first.from,
            to: last.to,
        },
        unit: None,
        words: (before, to.end),
    }
}

fn single(words: &[Token], atom: Atom, today: Day, look: Look) -> Found {
    let period = atom.resolved(today, look);
    let since = atom.start.checked_sub(1).filter(|place| words[*place].is(SINCE));
    if let Some(start) = since.filter(|_| period.from <= today) {
        return Found {
            period: Period {
                from: period.from,
                to: today,
            },
            unit: None,
            words: (start, atom.end),
        };
    }
    let unit = if atom.day.is_some() {
        Unit::Day
    } else {
        Unit::Month
    };
    Found {
        period,
        unit: Some(unit),
        words: (atom.start, atom.end),
    }
}

fn quarters(words: &[Token], today: Day) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let ordinal = ORDINALS.iter().position(|stems| word.is(stems));
        let number = ordinal.or_else(|| {
            word.number()
                .and_then(|n| usize::try_from(n - 1).ok())
                .filter(|n| *n < 4)
        });
        let own = word.is(&["q1$", "q2$", "q3$", "q4$"]);
        let named = words
            .get(at + 1)
            .is_some_and(|next| Unit::of(next) == Some(Unit::Quarter));
        let Some(number) = number.filter(|_| own || named) else {
            continue;
        };
        let (year, end) = year_after(words, at + usize::from(!own), today);
        let start_month = u32::try_from(number * 3 + 1).unwrap_or(1);
        let atom = Atom {
            year,
            month: start_month,
            day: None,
            start: at,
            end,
        };
        let from = atom.resolved(today, Look::Back).from;
        found.push(Found {
            period: Period {
                from,
                to: shift(from, 3).plus(-1),
            },
            unit: Some(Unit::Quarter),
            words: (at, end),
        });
    }
    found
}

fn years(words: &[Token], taken: &[Found]) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(year) = year_number(word) else { continue };
        let named = words
            .get(at + 1)
            .is_some_and(|next| Unit::of(next) == Some(Unit::Year));
        let led = at
            .checked_sub(1)
            .is_some_and(|before| words[before].is(&["в$", "за$", "in$", "for$", "of$"]));
        if !(named || led) || taken.iter().any(|one| (one.words.0..=one.words.1).contains(&at)) {
            continue;
        }
        let from = day_of(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default());
        let period = Period {
            from,
            to: shift(from, 12).plus(-1),
        };
        found.push(Found {
            period,
            unit: Some(Unit::Year),
            words: (at, at + usize::from(named)),
        });
    }
    found
}

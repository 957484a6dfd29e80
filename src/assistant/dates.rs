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

/// A date that is said and that no calendar has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSuchDate {
    /// A day of a month, told by its first day, that is shorter or has no such number.
    Day { day: u32, month: Day },
    /// Looks like a date and is none, as it was written: its month is no month.
    Shape(String),
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
    let mut found: Vec<Found> = said(words, today)
        .into_iter()
        .map(|(atom, end)| match end {
            Some(end) => range(words, atom, end, today, look),
            None => single(words, atom, today, look),
        })
        .collect();
    found.extend(quarters(words, today));
    found.extend(years(words, &found));
    found
}

/// The first date that is said and does not exist. Its period is not to be trusted: `find` takes the month's last day.
#[must_use]
pub fn no_such(words: &[Token], today: Day, look: Look) -> Option<NoSuchDate> {
    let of_months = said(words, today).into_iter().find_map(|(atom, end)| match end {
        Some(end) => {
            let (begins, ends) = years_of(atom, end, today, look);
            atom.missing_in(begins).or_else(|| end.missing_in(ends))
        }
        None => atom.missing_in(atom.year_meant(today, look)),
    });
    of_months.or_else(|| words.iter().find_map(of_no_month))
}

/// What is said: dates and months alone, or two that are the ends of a stretch.
fn said(words: &[Token], today: Day) -> Vec<(Atom, Option<Atom>)> {
    let atoms = atoms(words, today);
    let mut found = Vec::new();
    let mut skip = None;
    for (index, atom) in atoms.iter().enumerate() {
        if skip == Some(index) {
            continue;
        }
        let end = atoms
            .get(index + 1)
            .filter(|next| next.start == atom.end + 2 && words[atom.end + 1].is(JOINS))
            .filter(|_| joins_range(words, atom));
        if end.is_some() {
            skip = Some(index + 1);
        }
        found.push((*atom, end.copied()));
    }
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
    small_number(token).filter(|day| (1..=31).contains(day))
}

/// Of one or two digits, also `15th`.
fn small_number(token: &Token) -> Option<u32> {
    let digits = token.word.trim_end_matches(|c: char| c.is_alphabetic());
    let tail = &token.word[digits.len()..];
    let number = digits.parse().ok().filter(|number| *number < 100)?;
    ["", "st", "nd", "rd", "th", "го", "е"]
        .contains(&tail)
        .then_some(number)
}

/// «45 ноября» is meant as a day, whatever the number; "top 50 November" is not.
fn day_before(token: &Token, month: &Token) -> Option<u32> {
    let genitive = month.word.ends_with('я') || month.word.ends_with("та");
    day_number(token).or_else(|| small_number(token).filter(|_| genitive))
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
    let next = words.get(at + 1);
    let next_month = next.and_then(month_of);
    let day_said = match next.filter(|_| next_month.is_some()) {
        Some(month) => day_before(word, month),
        None => day_number(word),
    };
    let of_gap = || {
        words
            .get(at + 1)
            .filter(|word| word.word == "of")
            .and_then(|_| words.get(at + 2))
            .and_then(month_of)
    };
    let (month, day, end) = match (day_said, next_month) {
        (Some(day), Some(month)) => (month, Some(day), at + 1),
        (Some(day), None) => (of_gap()?, Some(day), at + 2),
        (None, _) => {
            let month = month_of(word)?;
            let english = word.word.is_ascii();
            let day = words.get(at + 1).filter(|_| english).and_then(small_number);
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

/// `2026-11-01`, `01.11.2026`, `01.11.26`, `01.11`: year, month and day, also of a month that has no such day.
fn numeric(token: &Token) -> Option<(Option<i32>, u32, u32)> {
    let (year, month, day) = numbers(token)?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// A whole date by its shape whose month or day no month has: `01.13.2026`.
fn of_no_month(token: &Token) -> Option<NoSuchDate> {
    let (year, ..) = numbers(token)?;
    let shaped = year.is_some_and(|year| (1_000..=9_999).contains(&year));
    (shaped && numeric(token).is_none()).then(|| NoSuchDate::Shape(token.raw.clone()))
}

/// Year, month and day as they are written.
fn numbers(token: &Token) -> Option<(Option<i32>, u32, u32)> {
    let mut parts: Vec<u32> = token
        .word
        .split(['.', '-'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    if token.word.contains('-') {
        parts.reverse();
    }
    let year = |number: u32| if number < 100 { number + 2_000 } else { number };
    match parts.as_slice() {
        [day, month] => Some((None, *month, *day)),
        [day, month, own] => Some((i32::try_from(year(*own)).ok(), *month, *day)),
        _ => None,
    }
}

impl Atom {
    /// Its day, when that year's month does not have it.
    fn missing_in(self, year: i32) -> Option<NoSuchDate> {
        let day = self.day?;
        if NaiveDate::from_ymd_opt(year, self.month, day).is_some() {
            return None;
        }
        let month = day_of(NaiveDate::from_ymd_opt(year, self.month, 1).unwrap_or_default());
        Some(NoSuchDate::Day { day, month })
    }

    /// Its days in a year; a day that the month does not have is its last, and [`no_such`] tells of it.
    fn in_year(self, year: i32) -> Period {
        let first = day_of(NaiveDate::from_ymd_opt(year, self.month, 1).unwrap_or_default());
        let last = shift(first, 1).plus(-1);
        match self.day {
            Some(day) => {
                let of = first.plus(i32::try_from(day).unwrap_or(1) - 1).clamp(first, last);
                Period { from: of, to: of }
            }
            None => Period {
                from: first,
                to: last,
            },
        }
    }

    fn resolved(self, today: Day, look: Look) -> Period {
        self.in_year(self.year_meant(today, look))
    }

    /// The year that is said, else the one that is looked at.
    fn year_meant(self, today: Day, look: Look) -> i32 {
        let this = date(today).year();
        if let Some(year) = self.year {
            return year;
        }
        let own = self.in_year(this);
        match look {
            Look::Back if own.from > today => this - 1,
            Look::Ahead if own.to < today => this + 1,
            _ => this,
        }
    }
}

/// The years in which a stretch begins and ends.
fn years_of(from: Atom, to: Atom, today: Day, look: Look) -> (i32, i32) {
    let year = from
        .year
        .or(to.year.filter(|_| to.in_year(2024).to >= from.in_year(2024).from));
    let begins = Atom { year, ..from }.year_meant(today, look);
    let ends = to.year.unwrap_or(begins);
    let over = to.in_year(ends).to < from.in_year(begins).from;
    (begins, ends + i32::from(over))
}

fn range(words: &[Token], from: Atom, to: Atom, today: Day, look: Look) -> Found {
    let (begins, ends) = years_of(from, to, today, look);
    let (first, last) = (from.in_year(begins), to.in_year(ends));
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

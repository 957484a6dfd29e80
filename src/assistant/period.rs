//! Which days a question speaks of. Pure: today is given. A period is whole days of the business, both ends included.

use alfa_store::types::Day;
use chrono::{Datelike, Months, NaiveDate};

use super::lexis::Token;
use super::{dates, stretches};
use crate::crm::calendar::{date, day_of, month_start, week_start, weekday};

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// What a relative period is counted in, for "and in the one before?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A period found in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The days.
    pub period: Period,
    /// What it is counted in, when it is one whole unit.
    pub unit: Option<Unit>,
    /// The first and the last word that say it.
    pub words: (usize, usize),
}

/// Which of two days of the same name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The latest that has begun.
    Back,
    /// The next to come, today included.
    Ahead,
}

/// Which way names of days and dates without a year are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// "On Friday".
    pub weekdays: Look,
    /// "On 5 December".
    pub dates: Look,
}

/// The earliest day that there can be anything of.
pub const BEGINNING: Day = Day(1);

const THIS: &[&str] = &[
    "этот$",
    "эта$",
    "эту$",
    "этой$",
    "этом$",
    "этого$",
    "эти$",
    "этих$",
    "текущ",
    "нынешн",
    "this$",
    "current$",
];
const BEFORE: &[&str] = &["прошл", "предыдущ", "previous$", "last$"];
const NEXT: &[&str] = &["следующ", "будущ", "next$"];
const RECENT: &[&str] = &["последн", "last$", "past$"];
const OF_PERIOD: &[&str] = &["за$", "на$", "в$", "the$", "per$", "a$", "of$"];

impl Unit {
    /// The unit that this word is.
    #[must_use]
    pub fn of(token: &Token) -> Option<Self> {
        Some(match () {
            () if token.is(&[
                "день$",
                "дня$",
                "дней$",
                "дни$",
                "сутки$",
                "суток$",
                "day$",
                "days$",
            ]) =>
            {
                Self::Day
            }
            () if token.is(&["недел", "week$", "weeks$", "week's$"]) => Self::Week,
            () if token.is(&["месяц", "month$", "months$", "month's$"]) => Self::Month,
            () if token.is(&["квартал", "quarter$", "quarters$"]) => Self::Quarter,
            () if token.is(&["год$", "года$", "году$", "годом$", "лет$", "year$", "years$"]) => {
                Self::Year
            }
            () => return None,
        })
    }

    /// The whole unit so many units from the one of today.
    #[must_use]
    pub fn period(self, today: Day, by: i32) -> Period {
        let (from, to) = match self {
            Self::Day => (today.plus(by), today.plus(by)),
            Self::Week => {
                let from = week_start(today).plus(by * 7);
                (from, from.plus(6))
            }
            Self::Month => months(month_start(today), by, 1),
            Self::Quarter => {
                let first = quarter_start(date(today));
                months(day_of(first), by * 3, 3)
            }
            Self::Year => months(
                day_of(NaiveDate::from_ymd_opt(date(today).year(), 1, 1).unwrap_or_default()),
                by * 12,
                12,
            ),
        };
        Period { from, to }
    }
}

fn quarter_start(of: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(of.year(), of.month0() / 3 * 3 + 1, 1).unwrap_or_default()
}

/// Months after the first of a month.
fn months(first: Day, by: i32, length: u32) -> (Day, Day) {
    let moved = shift(first, by);
    (moved, shift(moved, i32::try_from(length).unwrap_or(1)).plus(-1))
}

/// The same day of another month, or the last one that it has.
#[must_use]
pub fn shift(day: Day, by_months: i32) -> Day {
    let count = Months::new(by_months.unsigned_abs());
    let of = date(day);
    let moved = if by_months < 0 {
        of.checked_sub_months(count)
    } else {
        of.checked_add_months(count)
    };
    moved.map_or(day, day_of)
}

/// Every period that a question names, in the order of its words. `before` gives the unit of a bare "the last one".
#[must_use]
pub fn find(words: &[Token], today: Day, looks: Looks, before: Option<Unit>) -> Vec<Found> {
    let mut found = dates::find(words, today, looks.dates);
    let mut at = 0;
    while at < words.len() {
        // "За 3 квартал" is a quarter with a number, not three quarters.
        let free = |one: &Found| {
            let apart = |other: &Found| other.words.1 < one.words.0 || one.words.1 < other.words.0;
            found.iter().all(apart)
        };
        if let Some(one) = at_word(words, at, today, looks.weekdays).filter(free) {
            at = one.words.1 + 1;
            found.push(one);
        } else {
            at += 1;
        }
    }
    found.sort_by_key(|one| one.words);
    if found.is_empty() {
        found.extend(lone_unit(words, today));
    }
    let unit = found.iter().find_map(|one| one.unit).or(before);
    bare(words, today, unit, &mut found);
    found.sort_by_key(|one| one.words);
    found
}

/// "The last one", with the unit said elsewhere.
fn bare(words: &[Token], today: Day, unit: Option<Unit>, found: &mut Vec<Found>) {
    let Some(unit) = unit else { return };
    for (at, word) in words.iter().enumerate() {
        if found.iter().any(|one| (one.words.0..=one.words.1).contains(&at)) {
            continue;
        }
        let by = match () {
            () if word.is(&["прошл", "предыдущ", "previous$"]) => -1,
            () if word.is(&["позапрошл"]) => -2,
            // "Last week against this", "больше на этой, чем на той": only beside another period.
            () if word.is(THIS) && ends(words, at) && !found.is_empty() => 0,
            () if word.is(&["last$"]) && ends(words, at) && !found.is_empty() => -1,
            () if word.is(&["следующ"]) => 1,
            () => continue,
        };
        found.push(Found {
            period: unit.period(today, by),
            unit: Some(unit),
            words: (at, at),
        });
    }
}

/// No noun follows: the word stands for the whole period.
fn ends(words: &[Token], at: usize) -> bool {
    words.get(at + 1).is_none_or(|next| {
        next.is(&[
            "и$", "с$", "чем$", "или$", "and$", "or$", "vs$", "versus$", "than$", "to$",
        ])
    })
}

fn at_word(words: &[Token], at: usize, today: Day, look: Look) -> Option<Found> {
    let word = words.get(at)?;
    day_word(word, at, today)
        .or_else(|| stretches::at(words, at, today))
        .or_else(|| recent(words, at, today))
        .or_else(|| relative(words, at, today))
        .or_else(|| week_day(words, at, today, look))
        .or_else(|| plain_unit(words, at, today))
        .or_else(|| all_time(words, at, today))
}

fn one_day(day: Day, at: usize) -> Found {
    Found {
        period: Period { from: day, to: day },
        unit: Some(Unit::Day),
        words: (at, at),
    }
}

fn day_word(word: &Token, at: usize, today: Day) -> Option<Found> {
    let by = match () {
        () if word.is(&["сегодня", "today", "tonight"]) => 0,
        () if word.is(&["позавчера"]) => -2,
        () if word.is(&["вчера", "yesterday"]) => -1,
        () if word.is(&["послезавтра"]) => 2,
        () if word.is(&["завтра$", "завтрашн", "tomorrow"]) => 1,
        () => return None,
    };
    Some(one_day(today.plus(by), at))
}

/// "The last 30 days", "за последний месяц", "за 2 недели": up to today.
fn recent(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let adjective = words[at].is(RECENT);
    let number_at = if adjective || words[at].is(&["за$"]) {
        at + 1
    } else {
        return None;
    };
    let counted = words
        .get(number_at)
        .and_then(Token::number)
        .filter(|count| (1..=1_000).contains(count));
    // "За последние 3 дня", "за 3 последних дня".
    let after = number_at + usize::from(counted.is_some());
    let unit_at = after + usize::from(words.get(after).is_some_and(|word| word.is(RECENT)));
    let unit = words.get(unit_at).and_then(Unit::of)?;
    // "Last week" in English is the week before; in Russian only "прошлая" is.
    if counted.is_none() && !words[at].is(&["последн", "past$"]) {
        return None;
    }
    let count = i32::try_from(counted.unwrap_or(1)).unwrap_or(1);
    let from = match unit {
        Unit::Day => today.plus(1 - count),
        Unit::Week => today.plus(1 - 7 * count),
        Unit::Month => shift(today, -count).plus(1),
        Unit::Quarter => shift(today, -3 * count).plus(1),
        Unit::Year => shift(today, -12 * count).plus(1),
    };
    Some(Found {
        period: Period { from, to: today },
        unit: None,
        words: (at, unit_at),
    })
}

/// "This week", "прошлый месяц", and the first half of "this and last week".
fn relative(words: &[Token], at: usize, today: Day) -> Option<Found> {
    if let Some(found) = before_last(words, at, today) {
        return Some(found);
    }
    let by = shift_of(&words[at])?;
    let near = at + 1..words.len().min(at + 4);
    let unit_at = near.clone().find(|place| Unit::of(&words[*place]).is_some())?;
    // Between the two only "and last" may stand.
    let between = &words[at + 1..unit_at];
    let joined = between.iter().all(|word| {
        word.is(&["и$", "and$", "с$", "or$", "или$", "vs$", "the$", "to$"]) || shift_of(word).is_some()
    });
    let unit = words.get(unit_at).and_then(Unit::of).filter(|_| joined)?;
    let end = if between.is_empty() { unit_at } else { at };
    Some(Found {
        period: unit.period(today, by),
        unit: Some(unit),
        words: (at, end),
    })
}

/// "The week before last".
fn before_last(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let unit = Unit::of(&words[at])?;
    let said = words.get(at + 1)?.is(&["before$"]) && words.get(at + 2)?.is(&["last$"]);
    said.then(|| Found {
        period: unit.period(today, -2),
        unit: Some(unit),
        words: (at, at + 2),
    })
}

fn shift_of(word: &Token) -> Option<i32> {
    match () {
        () if word.is(THIS) => Some(0),
        () if word.is(&["позапрошл"]) => Some(-2),
        () if word.is(BEFORE) => Some(-1),
        () if word.is(NEXT) => Some(1),
        () => None,
    }
}

const WEEK_DAYS: [&[&str]; 7] = [
    &["понедельник", "monday"],
    &["вторник", "tuesday"],
    &["среда$", "среду$", "среды$", "среде$", "wednesday"],
    &["четверг", "thursday"],
    &["пятниц", "friday"],
    &["суббот", "saturday"],
    &["воскресень", "sunday"],
];

/// 1 is Monday.
fn day_number(name: &Token) -> Option<i32> {
    let place = WEEK_DAYS.iter().position(|stems| name.is(stems))?;
    i32::try_from(place + 1).ok()
}

fn week_day(words: &[Token], at: usize, today: Day, look: Look) -> Option<Found> {
    let (shifted, name_at) = match shift_of(&words[at]) {
        Some(by) => (Some(by), at + 1),
        None => (None, at),
    };
    let name = words.get(name_at)?;
    let weekend = name.is(&["выходны", "weekend"]);
    let number = if weekend { 6 } else { day_number(name)? };
    let own = week_start(today).plus(number - 1);
    let length = i32::from(weekend);
    let from = match shifted {
        Some(by) if by < 0 => {
            if own < today {
                own
            } else {
                own.plus(-7)
            }
        }
        Some(by) => own.plus(7 * by),
        None if look == Look::Ahead => {
            if own.plus(length) < today {
                own.plus(7)
            } else {
                own
            }
        }
        None => {
            if own > today {
                own.plus(-7)
            } else {
                own
            }
        }
    };
    let unit = (!weekend).then_some(Unit::Day);
    debug_assert!((1..=7).contains(&weekday(from)));
    // "С понедельника", "с понедельника по среду".
    let since = at
        .checked_sub(1)
        .filter(|before| words[*before].is(&["с$", "со$", "since$", "from$"]));
    if let (Some(start), true) = (since, from <= today || look == Look::Back) {
        let joint = words
            .get(name_at + 1)
            .is_some_and(|word| word.is(&["по$", "до$", "to$", "till$", "until$", "-"]));
        let end = joint.then(|| day_number(words.get(name_at + 2)?)).flatten();
        let to = match end {
            Some(end) => from.plus((end - number).rem_euclid(7)),
            None => today.max(from),
        };
        return Some(Found {
            period: Period { from, to },
            unit: None,
            words: (start, if end.is_some() { name_at + 2 } else { name_at }),
        });
    }
    Some(Found {
        period: Period {
            from,
            to: from.plus(length),
        },
        unit,
        words: (at, name_at),
    })
}

/// "За неделю": the week that runs.
fn plain_unit(words: &[Token], at: usize, today: Day) -> Option<Found> {
    if !words[at].is(OF_PERIOD) {
        return None;
    }
    let unit = words
        .get(at + 1)
        .filter(|_| before_last(words, at + 1, today).is_none())
        .and_then(Unit::of)
        .filter(|unit| *unit != Unit::Day)?;
    Some(Found {
        period: unit.period(today, 0),
        unit: Some(unit),
        words: (at, at + 1),
    })
}

/// "Выручка месяц", "revenue week": in haste, without "за".
fn lone_unit(words: &[Token], today: Day) -> Option<Found> {
    const COUNTS: &[&str] = &[
        "больше$",
        "более$",
        "свыше$",
        "каждый$",
        "каждая$",
        "кажд",
        "раз$",
        "than$",
        "over$",
        "every$",
        "each$",
        "половин",
        "half$",
        "one$",
        "один$",
        "одна$",
    ];
    words.iter().enumerate().find_map(|(at, word)| {
        let named = word.is(&[
            "неделя$",
            "месяц$",
            "квартал$",
            "год$",
            "week$",
            "month$",
            "quarter$",
            "year$",
        ]);
        let before = at.checked_sub(1).map(|place| &words[place]);
        let counted = before.is_some_and(|before| before.number().is_some() || before.is(COUNTS));
        let unit = Unit::of(word).filter(|_| named && !counted)?;
        Some(Found {
            period: unit.period(today, 0),
            unit: Some(unit),
            words: (at, at),
        })
    })
}

fn all_time(words: &[Token], at: usize, today: Day) -> Option<Found> {
    let next = words.get(at + 1)?;
    let said = (words[at].is(&["все$", "всё$"]) && next.is(&["время$"]))
        || (words[at].is(&["all$"]) && next.is(&["time$"]));
    said.then_some(Found {
        period: Period {
            from: BEGINNING,
            to: today,
        },
        unit: None,
        words: (at, at + 1),
    })
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;

//! Dates in a normalised text.

const MONTHS: [&str; 24] = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "мая",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date found in a text; offsets in characters.
pub(super) struct Date {
    pub start: usize,
    pub end: usize,
    /// Day and month, written the same however the date is; `None` when they are not told from it.
    pub day: Option<String>,
}

/// The days that a text names.
pub(super) fn told(chars: &[char]) -> Vec<String> {
    dates(chars).into_iter().filter_map(|date| date.day).collect()
}

/// Dates: 31.12.2026, 2026-12-31, 31/12/26, "31 декабря", "тридцать первого декабря", "December 31".
pub(super) fn dates(chars: &[char]) -> Vec<Date> {
    let mut found = in_words(chars);
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let date = numeric(chars, at).or_else(|| with_month(chars, at));
        at = date.as_ref().map_or(at, |date| date.end).max(at + run(chars, at));
        found.extend(date);
    }
    found
}

fn numeric(chars: &[char], at: usize) -> Option<Date> {
    let end = numeric_date(chars, at)?;
    let text: String = chars[at..end].iter().collect();
    let mut parts: Vec<u32> = text
        .split(['.', '/', '-'])
        .filter_map(|part| part.parse().ok())
        .collect();
    if parts.first().is_some_and(|first| *first > 31) {
        parts.reverse();
    }
    let day = match parts.as_slice() {
        [day, month, ..] => Some(format!("{day}.{month}")),
        _ => None,
    };
    Some(Date { start: at, end, day })
}

/// "31 декабря", "31st of December", "December 31".
fn with_month(chars: &[char], at: usize) -> Option<Date> {
    let digits = run(chars, at);
    if digits > 2 {
        return None;
    }
    let number: String = chars[at..at + digits].iter().collect();
    let number: u32 = number.parse().ok()?;
    let mut next = skip(chars, at + digits);
    if ["st", "nd", "rd", "th", "го"]
        .iter()
        .any(|suffix| begins(chars, next, suffix))
    {
        next = skip(chars, next + 2);
    }
    if begins(chars, next, "of ") {
        next = skip(chars, next + 3);
    }
    let day = |month: usize| Some(format!("{number}.{}", month % 12 + 1));
    if let Some(month) = MONTHS.iter().position(|month| begins(chars, next, month)) {
        let end = next + chars[next..].iter().take_while(|c| c.is_alphabetic()).count();
        return Some(Date {
            start: at,
            end,
            day: day(month),
        });
    }
    let (start, month) = month_before(chars, at)?;
    Some(Date {
        start,
        end: at + digits,
        day: day(month),
    })
}

fn skip(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| matches!(c, ' ' | '-')) {
        at += 1;
    }
    at
}

/// "Тридцать первого декабря": an ordinal right before a month.
fn in_words(chars: &[char]) -> Vec<Date> {
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|c| c.is_alphabetic()).count();
        if end > at {
            words.push((at, end, chars[at..end].iter().collect()));
        }
        at = end.max(at + 1);
    }
    let ordinal = |word: &str| {
        ["ого", "ьего", "ое", "ому", "th", "first", "second", "third"]
            .iter()
            .any(|end| word.ends_with(end))
            && DAYS.iter().any(|start| word.starts_with(start))
    };
    words
        .windows(2)
        .filter(|pair| MONTHS.iter().any(|month| pair[1].2.starts_with(month)) && ordinal(&pair[0].2))
        .map(|pair| Date {
            start: pair[0].0,
            end: pair[1].1,
            day: Some(format!("{} {}", pair[0].2, pair[1].2)),
        })
        .collect()
}

/// Beginnings of the ordinals of a month's days.
const DAYS: [&str; 33] = [
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
    "двадцат",
    "тридцат",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "twent",
    "thirt",
];

fn run(chars: &[char], at: usize) -> usize {
    chars[at..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn begins(chars: &[char], at: usize, text: &str) -> bool {
    text.chars()
        .enumerate()
        .all(|(index, c)| chars.get(at + index) == Some(&c))
}

fn numeric_date(chars: &[char], at: usize) -> Option<usize> {
    let first = run(chars, at);
    let separator = *chars.get(at + first)?;
    if !matches!(separator, '.' | '/' | '-') {
        return None;
    }
    let second_at = at + first + 1;
    let second = chars.get(second_at).map_or(0, |_| run(chars, second_at));
    let third_at = second_at + second + 1;
    if chars.get(second_at + second) != Some(&separator) || third_at >= chars.len() {
        return None;
    }
    let third = run(chars, third_at);
    let day_first = first <= 2 && (1..=2).contains(&second) && (third == 2 || third == 4) && separator != '-';
    let year_first = first == 4 && (1..=2).contains(&second) && (1..=2).contains(&third);
    (day_first || year_first).then_some(third_at + third)
}

/// "December 31": where the month before a number begins, and which it is.
fn month_before(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let end = chars[..at].iter().rposition(|c| *c != ' ')? + 1;
    let start = chars[..end]
        .iter()
        .rposition(|c| !c.is_alphabetic())
        .map_or(0, |index| index + 1);
    let word: String = chars[start..end].iter().collect();
    let month = MONTHS[12..].iter().position(|month| *month == word)?;
    Some((start, month))
}

//! Numbers in Russian and English texts: digits or words, multiplier, unit, period and bound.

mod bounds;
mod numerals;
mod units;

use crate::knowledge::{Bound, Unit};
use bounds::bound;
use numerals::{adds_up, fraction, multiplier, numeral};
use units::{code, currency, period, unit_at, unit_word};

/// What a number measures. Values are brought to the base unit named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Percent,
    PercentPerYear,
    PercentPerMonth,
    /// Whole units of the currency.
    Money,
    MoneyPerMonth,
    MoneyPerYear,
    /// Minutes, hours, days and weeks, in minutes.
    Minutes,
    /// Months and years, in months.
    Months,
    Pieces,
    /// Money in a currency that is not the knowledge base's.
    Foreign,
    /// Percent or money for a period that no fact has: a day, a week.
    OtherPeriod,
    /// No unit.
    Bare,
}

impl Family {
    /// The family of a fact's unit, and what its value is multiplied by to get to the base unit.
    pub fn of(unit: Unit) -> (Self, f64) {
        match unit {
            Unit::Percent => (Self::Percent, 1.0),
            Unit::PercentPerYear => (Self::PercentPerYear, 1.0),
            Unit::Rub => (Self::Money, 1.0),
            Unit::RubPerMonth => (Self::MoneyPerMonth, 1.0),
            Unit::RubPerYear => (Self::MoneyPerYear, 1.0),
            Unit::Day => (Self::Minutes, 1440.0),
            Unit::Minute => (Self::Minutes, 1.0),
            Unit::Month => (Self::Months, 1.0),
            Unit::Piece => (Self::Pieces, 1.0),
            Unit::Text => (Self::Bare, 1.0),
        }
    }

    /// Whether a number of this family may tell a fact of that one: the period may be left out, not changed.
    pub fn may_tell(self, fact: Self) -> bool {
        self == fact
            || matches!(
                (self, fact),
                (Self::Percent, Self::PercentPerYear)
                    | (Self::Money, Self::MoneyPerMonth | Self::MoneyPerYear)
            )
    }
}

/// A number found in a text. Offsets are in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub start: usize,
    pub end: usize,
    pub value: f64,
    pub family: Family,
    /// What the words round it say; `None` when they say nothing.
    pub bound: Option<Bound>,
    /// Written in words.
    pub worded: bool,
    /// With "тысяч" or the like.
    pub multiplied: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Number(f64),
    Word(String),
    Sign(char),
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

impl Token {
    fn word(&self) -> &str {
        if let Kind::Word(word) = &self.kind {
            word
        } else {
            ""
        }
    }

    fn sign(&self) -> Option<char> {
        if let Kind::Sign(sign) = self.kind {
            Some(sign)
        } else {
            None
        }
    }
}

/// Every number in the text. Words that are numbers count only with a unit or a multiplier.
pub fn numbers(text: &str) -> Vec<Number> {
    let chars: Vec<char> = text.chars().collect();
    numbers_in(&chars)
}

/// The same over characters that are already normalised one to one.
pub fn numbers_in(chars: &[char]) -> Vec<Number> {
    let mut found = numerals_in(chars);
    found.retain(|number| !number.worded || number.family != Family::Bare || number.multiplied);
    found
}

/// The same, and also words that are numbers without a unit ("вам за пятьдесят").
pub fn numerals_in(chars: &[char]) -> Vec<Number> {
    let tokens = tokenise(chars);
    let mut found = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at < tokens.len() {
        match number_at(&tokens, at, free) {
            Some((number, next)) => {
                found.push(number);
                at = next.max(at + 1);
                free = at;
            }
            None => at += 1,
        }
    }
    found
}

/// The number at token `at` with its unit, and the token after it. Tokens before `free` belong to the number before.
fn number_at(tokens: &[Token], at: usize, free: usize) -> Option<(Number, usize)> {
    let (mut value, mut next, worded) = value_at(tokens, at)?;
    let times = |index: usize| tokens.get(index).and_then(|token| multiplier(token.word()));
    let mut multiplied = false;
    if let Some(factor) = times(next) {
        value *= factor;
        multiplied = true;
        next += 1;
        let dot = tokens.get(next).is_some_and(|token| token.sign() == Some('.'));
        if dot && unit_at(tokens, next + 1).is_some() {
            next += 1;
        } else if let (true, Some((rest, after, true))) =
            (worded, tokens.get(next).and_then(|_| value_at(tokens, next)))
            && times(after).is_none()
            && rest < factor
        {
            // "две тысячи пятьсот".
            value += rest;
            next = after;
        }
    }
    let mut start = tokens[at].start;
    let mut first = at;
    let (mut family, mut scale) = (Family::Bare, 1.0);
    let before = at
        .checked_sub(1)
        .filter(|index| *index >= free)
        .and_then(|index| tokens.get(index));
    if let Some((unit, times, used)) = unit_at(tokens, next) {
        (family, scale) = (unit, times);
        next += used;
    } else if let Some(token) = before
        && let Some(unit) = token.sign().and_then(currency).or_else(|| code(token.word()))
    {
        family = unit;
        start = token.start;
        first = at - 1;
    } else if let Some((unit, times, place)) = unit_before(tokens, at, free) {
        (family, scale) = (unit, times);
        start = tokens[place].start;
    }
    // "50 тысяч в месяц" is money.
    if family == Family::Bare && multiplied && period(tokens, next, Family::Money).1 > next {
        family = Family::Money;
    }
    (family, next) = period(tokens, next, family);
    let number = Number {
        start,
        end: tokens[next - 1].end,
        value: value * scale,
        family,
        bound: bound(tokens, first, next),
        worded,
        multiplied,
    };
    Some((number, next))
}

/// "Минут через пять", "бумаг больше двух тысяч": the unit stands before, and no other number has it.
fn unit_before(tokens: &[Token], at: usize, free: usize) -> Option<(Family, f64, usize)> {
    const BETWEEN: [&str; 18] = [
        "через",
        "за",
        "на",
        "около",
        "больше",
        "более",
        "меньше",
        "менее",
        "свыше",
        "с",
        "порядка",
        "примерно",
        "где",
        "то",
        "до",
        "от",
        "не",
        "хватит",
    ];
    // The unit in the form in which it stands after a number.
    const COUNTED: [&str; 14] = [
        "минут",
        "часов",
        "дней",
        "недель",
        "месяцев",
        "лет",
        "рублей",
        "процентов",
        "бумаг",
        "minutes",
        "hours",
        "days",
        "months",
        "years",
    ];
    let mut place = at.checked_sub(1)?;
    while place > free && BETWEEN.contains(&tokens[place].word()) && at - place < 3 {
        place -= 1;
    }
    let unit = tokens[place].word();
    let owned = place.checked_sub(1).is_some_and(|before| {
        matches!(tokens[before].kind, Kind::Number(_)) || numeral(tokens[before].word()).is_some()
    });
    let counts = place >= free && COUNTED.contains(&unit) && !owned && !unit.is_ascii();
    let (family, scale) = unit_word(unit).filter(|_| counts)?;
    Some((family, scale, place))
}

fn tokenise(chars: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if c.is_ascii_digit() {
            let (value, end) = digits(chars, at);
            tokens.push(Token {
                kind: Kind::Number(value),
                start: at,
                end,
            });
            at = end;
        } else if c.is_alphabetic() {
            let start = at;
            while at < chars.len()
                && (chars[at].is_alphabetic()
                    || (matches!(chars[at], '-' | '\'') && next_is_letter(chars, at)))
            {
                at += 1;
            }
            let word = chars[start..at]
                .iter()
                .collect::<String>()
                .to_lowercase()
                .replace('ё', "е");
            for word in parts(&word) {
                tokens.push(Token {
                    kind: Kind::Word(word),
                    start,
                    end: at,
                });
            }
        } else {
            if !c.is_whitespace() {
                tokens.push(Token {
                    kind: Kind::Sign(c),
                    start: at,
                    end: at + 1,
                });
            }
            at += 1;
        }
    }
    tokens
}

/// "полмиллиона", "пятилетний", "twenty-five", "half-hour" are a numeral and what follows it.
fn parts(word: &str) -> Vec<String> {
    let known = |part: &str| multiplier(part).is_some() || unit_word(part).is_some();
    let split = word.char_indices().skip(2).find_map(|(index, c)| {
        let (left, right) = word.split_at(index);
        let right = if c == '-' { &right[1..] } else { right };
        let fits = if c == '-' {
            known(right) || numeral(right).is_some()
        } else {
            right.chars().count() > 2 && known(right)
        };
        (numeral(left).is_some() && fits).then(|| vec![left.to_owned(), right.to_owned()])
    });
    split.unwrap_or_else(|| vec![word.to_owned()])
}

fn next_is_letter(chars: &[char], at: usize) -> bool {
    chars.get(at + 1).is_some_and(|c| c.is_alphabetic())
}

/// Digits with groups of three ("3 000 000", "3,000,000") and a decimal part ("18,9", "18.9").
fn digits(chars: &[char], from: usize) -> (f64, usize) {
    let run = |mut at: usize| {
        let start = at;
        while at < chars.len() && chars[at].is_ascii_digit() {
            at += 1;
        }
        at - start
    };
    let first = run(from);
    let mut text: String = chars[from..from + first].iter().collect();
    let mut at = from + first;
    let mut grouped_by = None;
    while first <= 3 && at < chars.len() {
        let separator = chars[at];
        let joins = matches!(
            separator,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ',' | '.' | '\'' | '’'
        );
        let same = grouped_by.is_none_or(|known| known == separator);
        let point = matches!(separator, ',' | '.');
        // "1,500" is a group; so is "1.500.000", but a single ".500" is a decimal part.
        let again = chars.get(at + 4) == Some(&separator);
        if joins
            && same
            && run(at + 1) == 3
            && (separator != '.' || again || grouped_by.is_some())
            && !(point && text == "0")
        {
            text.extend(&chars[at + 1..at + 4]);
            grouped_by = Some(separator);
            at += 4;
        } else {
            break;
        }
    }
    if at + 1 < chars.len() && matches!(chars[at], ',' | '.') && Some(chars[at]) != grouped_by {
        let decimals = run(at + 1);
        if decimals > 0 {
            text.push('.');
            text.extend(&chars[at + 1..at + 1 + decimals]);
            at += 1 + decimals;
        }
    }
    (text.parse().unwrap_or(f64::NAN), at)
}

/// The number that begins at token `at`: value, next token, whether it is written in words.
fn value_at(tokens: &[Token], at: usize) -> Option<(f64, usize, bool)> {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    if let Kind::Number(value) = tokens[at].kind {
        let (value, next) = and_a_half(tokens, value, at + 1);
        return Some((value, next, false));
    }
    if let Some((value, next)) = summed(tokens, at) {
        let (value, next) = with_fraction(tokens, value, next);
        let (value, next) = and_a_half(tokens, value, next);
        return Some((value, next, true));
    }
    // "миллион рублей", "тысяча рублей": the multiplier alone; "тысяч 15": about so many.
    let times = multiplier(word(at)).filter(|_| word(at).chars().count() > 3)?;
    match tokens.get(at + 1).map(|token| &token.kind) {
        Some(Kind::Number(value)) => Some((times * value, at + 2, false)),
        _ => Some((1.0, at, true)),
    }
}

/// Numerals that add up: "сто двадцать пять", "five hundred and ten", "half a million".
fn summed(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    let mut last = numeral(word(at))?;
    let mut sum = last;
    let mut next = at + 1;
    if word(at) == "half" && matches!(word(next), "a" | "an") {
        return Some((sum, next + 1));
    }
    loop {
        let skip = usize::from(word(next) == "and" && sum >= 100.0);
        if word(next) == "hundred" && sum < 10.0 {
            sum *= 100.0;
            last = sum;
            next += 1;
        } else if let Some(value) = numeral(word(next + skip)).filter(|value| adds_up(last, *value)) {
            sum += value;
            last = value;
            next += 1 + skip;
        } else {
            return Some((sum, next));
        }
    }
}

/// "восемнадцать целых девять десятых", "три десятых", "eighteen point nine".
fn with_fraction(tokens: &[Token], value: f64, next: usize) -> (f64, usize) {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    if let Some(part) = fraction(word(next)) {
        return (value * part, next + 1);
    }
    let whole = word(next).starts_with("цел") || word(next) == "point";
    let after = next + 1 + usize::from(word(next + 1) == "и");
    let Some((parts, last)) = (if whole { summed(tokens, after) } else { None }) else {
        return (value, next);
    };
    match fraction(word(last)) {
        Some(part) => (value + parts * part, last + 1),
        None if word(next) == "point" => (value + parts / 10.0, last),
        None => (value, next),
    }
}

/// "шестнадцать с половиной", "16 and a half".
fn and_a_half(tokens: &[Token], value: f64, next: usize) -> (f64, usize) {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    match (word(next), word(next + 1), word(next + 2)) {
        ("с", "половиной", _) => (value + 0.5, next + 2),
        ("and", "a", "half") => (value + 0.5, next + 3),
        _ => (value, next),
    }
}

#[cfg(test)]
mod tests;

//! Numbers in Russian and English texts: digits or words, multiplier, unit, period and bound.

use crate::knowledge::{Bound, Unit};

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
    /// What the words before it say; `None` when they say nothing.
    pub bound: Option<Bound>,
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
    let tokens = tokenise(chars);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((value, mut next, worded)) = value_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let mut value = value;
        let mut multiplied = false;
        if let Some(times) = tokens.get(next).and_then(|token| multiplier(token.word())) {
            value *= times;
            multiplied = true;
            next += 1;
            if tokens.get(next).is_some_and(|token| token.sign() == Some('.'))
                && unit_at(&tokens, next + 1).is_some()
            {
                next += 1;
            }
        }
        let mut start = tokens[at].start;
        let mut family = Family::Bare;
        let mut scale = 1.0;
        let before = at.checked_sub(1).and_then(|index| tokens.get(index));
        if let Some((unit, times, used)) = unit_at(&tokens, next) {
            (family, scale) = (unit, times);
            next += used;
        } else if let Some(token) = before
            && let Some(unit) = token.sign().and_then(currency)
        {
            family = unit;
            start = token.start;
        }
        if !worded || multiplied || family != Family::Bare {
            (family, next) = period(&tokens, next, family);
            let first = if start < tokens[at].start { at - 1 } else { at };
            let end = tokens[next - 1].end;
            found.push(Number {
                start,
                end,
                value: value * scale,
                family,
                bound: bound_before(&tokens, first),
            });
        }
        at = next.max(at + 1);
    }
    found
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
                && (chars[at].is_alphabetic() || (chars[at] == '-' && next_is_letter(chars, at)))
            {
                at += 1;
            }
            let word = chars[start..at]
                .iter()
                .collect::<String>()
                .to_lowercase()
                .replace('ё', "е");
            tokens.push(Token {
                kind: Kind::Word(word),
                start,
                end: at,
            });
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
    if let Kind::Number(value) = tokens[at].kind {
        return Some((value, at + 1, false));
    }
    let mut sum = None;
    let mut next = at;
    while let Some(value) = tokens.get(next).and_then(|token| number_word(token.word())) {
        // "двадцать пять" adds up; "пять двадцать" is two numbers.
        if sum.is_some_and(|known: f64| known < 20.0 || value >= 10.0) {
            break;
        }
        sum = Some(sum.unwrap_or(0.0) + value);
        next += 1;
    }
    if let Some(value) = sum {
        return Some((value, next, true));
    }
    // "миллион рублей", "тысяча рублей": the multiplier alone.
    let word = tokens[at].word();
    (word.chars().count() > 3 && multiplier(word).is_some()).then_some((1.0, at, true))
}

fn number_word(word: &str) -> Option<f64> {
    Some(match word {
        "ноль" | "нуль" | "нуля" | "zero" => 0.0,
        "полтора" | "полторы" | "полутора" => 1.5,
        "пол" | "half" => 0.5,
        "один" | "одна" | "одного" | "одной" | "one" => 1.0,
        "два" | "две" | "двух" | "two" => 2.0,
        "три" | "трех" | "three" => 3.0,
        "четыре" | "четырех" | "four" => 4.0,
        "пять" | "пяти" | "five" => 5.0,
        "шесть" | "шести" | "six" => 6.0,
        "семь" | "семи" | "seven" => 7.0,
        "восемь" | "восьми" | "eight" => 8.0,
        "девять" | "девяти" | "nine" => 9.0,
        "десять" | "десяти" | "ten" => 10.0,
        "одиннадцать" | "одиннадцати" | "eleven" => 11.0,
        "двенадцать" | "двенадцати" | "twelve" => 12.0,
        "пятнадцать" | "пятнадцати" | "fifteen" => 15.0,
        "двадцать" | "двадцати" | "twenty" => 20.0,
        "тридцать" | "тридцати" | "thirty" => 30.0,
        "сорок" | "сорока" | "forty" => 40.0,
        "пятьдесят" | "пятидесяти" | "fifty" => 50.0,
        "шестьдесят" | "шестидесяти" | "sixty" => 60.0,
        "семьдесят" | "семидесяти" | "seventy" => 70.0,
        "восемьдесят" | "восьмидесяти" | "eighty" => 80.0,
        "девяносто" | "девяноста" | "ninety" => 90.0,
        "сто" | "ста" | "hundred" => 100.0,
        "двести" | "двухсот" => 200.0,
        "триста" | "трехсот" => 300.0,
        "четыреста" | "четырехсот" => 400.0,
        "пятьсот" | "пятисот" => 500.0,
        _ => return None,
    })
}

fn multiplier(word: &str) -> Option<f64> {
    Some(match word {
        "тыс" | "тысяча" | "тысячи" | "тысяч" | "тысячу" | "к" | "k" | "thousand" => {
            1e3
        }
        "млн" | "миллион" | "миллиона" | "миллионов" | "лям" | "ляма" | "mln" | "m" | "million" => {
            1e6
        }
        "млрд" | "миллиард" | "миллиарда" | "миллиардов" | "bn" | "billion" => {
            1e9
        }
        _ => return None,
    })
}

fn currency(sign: char) -> Option<Family> {
    match sign {
        '₽' => Some(Family::Money),
        '$' | '€' | '£' | '₸' | '₴' => Some(Family::Foreign),
        _ => None,
    }
}

/// The unit at token `at`: family, scale to its base unit, tokens used.
fn unit_at(tokens: &[Token], at: usize) -> Option<(Family, f64, usize)> {
    let token = tokens.get(at)?;
    if let Some(sign) = token.sign() {
        if sign == '%' {
            return Some((Family::Percent, 1.0, 1));
        }
        if sign == '-' || sign == '–' {
            // "60-дневный", "5-летний".
            return unit_word(tokens.get(at + 1)?.word()).map(|(family, scale)| (family, scale, 2));
        }
        return currency(sign).map(|family| (family, 1.0, 1));
    }
    let (family, scale) = unit_word(token.word())?;
    let dotted = tokens
        .get(at + 1)
        .is_some_and(|next| next.sign() == Some('.') && next.start == token.end)
        && matches!(token.word(), "мес" | "руб" | "р" | "мин" | "г" | "дн");
    // An abbreviation's point belongs to it unless it ends the text.
    let used = if dotted && at + 2 < tokens.len() { 2 } else { 1 };
    Some((family, scale, used))
}

fn unit_word(word: &str) -> Option<(Family, f64)> {
    Some(match word {
        "процент" | "процента" | "процентов" | "проц" | "percent" | "pct" => {
            (Family::Percent, 1.0)
        }
        "руб" | "р" | "рубль" | "рубля" | "рублей" | "rub" | "rur" | "rubles" | "roubles" | "ruble"
        | "rouble" => (Family::Money, 1.0),
        "доллар" | "доллара" | "долларов" | "usd" | "dollars" | "евро" | "eur" | "тенге" | "сум"
        | "гривен" => (Family::Foreign, 1.0),
        "минута" | "минуты" | "минут" | "минуту" | "мин" | "minute" | "minutes" | "min" => {
            (Family::Minutes, 1.0)
        }
        "час" | "часа" | "часов" | "hour" | "hours" => (Family::Minutes, 60.0),
        "день" | "дня" | "дней" | "дн" | "сутки" | "суток" | "day" | "days" | "дневный" | "дневного" => {
            (Family::Minutes, 1440.0)
        }
        "неделя" | "недели" | "недель" | "неделю" | "week" | "weeks" => {
            (Family::Minutes, 10_080.0)
        }
        "месяц" | "месяца" | "месяцев" | "мес" | "month" | "months" => {
            (Family::Months, 1.0)
        }
        "год" | "года" | "лет" | "г" | "year" | "years" | "летний" | "летнего" => {
            (Family::Months, 12.0)
        }
        "шт"
        | "штук"
        | "бумаг"
        | "бумаги"
        | "инструментов"
        | "инструмента"
        | "securities"
        | "pieces"
        | "instruments" => (Family::Pieces, 1.0),
        _ => return None,
    })
}

/// "годовых", "в месяц", "a year", "per month" after the number.
fn period(tokens: &[Token], at: usize, family: Family) -> (Family, usize) {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    let slash = tokens.get(at).is_some_and(|token| token.sign() == Some('/'));
    let (years, used) = match word(at) {
        "годовых" | "annual" | "annually" | "ежегодно" | "yearly" => (Some(true), 1),
        "ежемесячно" | "monthly" => (Some(false), 1),
        "в" | "a" | "per" | "за" | "an" => (year_or_month(word(at + 1)), 2),
        _ if slash => (year_or_month(word(at + 1)), 2),
        _ => (None, 0),
    };
    let with = match (family, years) {
        (Family::Percent, Some(true)) => Family::PercentPerYear,
        (Family::Percent, Some(false)) => Family::PercentPerMonth,
        (Family::Money, Some(true)) => Family::MoneyPerYear,
        (Family::Money, Some(false)) => Family::MoneyPerMonth,
        _ => return (family, at),
    };
    (with, at + used)
}

fn year_or_month(word: &str) -> Option<bool> {
    match word {
        "год" | "year" => Some(true),
        "месяц" | "мес" | "month" => Some(false),
        _ => None,
    }
}

/// What the words right before token `at` say about the bound.
fn bound_before(tokens: &[Token], at: usize) -> Option<Bound> {
    let word = |back: usize| {
        at.checked_sub(back)
            .and_then(|index| tokens.get(index))
            .map_or("", Token::word)
    };
    let (last, second) = (word(1), word(2));
    match (second, last) {
        ("не" | "no", "более" | "больше" | "more" | "выше" | "дольше") | ("at", "most") | ("up", "to") => {
            Some(Bound::UpTo)
        }
        ("не", "менее" | "меньше" | "ниже") | ("at", "least") => Some(Bound::From),
        ("не", "превышает" | "превысит") => Some(Bound::UpTo),
        (_, "до" | "максимум" | "менее" | "меньше" | "maximum" | "under" | "below") | ("less", "than") => {
            Some(Bound::UpTo)
        }
        (_, "от" | "минимум" | "более" | "больше" | "свыше" | "from" | "over" | "minimum")
        | ("more", "than") => Some(Bound::From),
        (_, "ровно" | "exactly") => Some(Bound::Exact),
        _ => None,
    }
}

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;

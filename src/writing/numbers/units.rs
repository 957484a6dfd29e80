//! Units and periods after a number.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Family, Token};

/// Units, their scale to the base unit, and their words; a word that ends with `*` is a beginning.
const UNITS: [(Family, f64, &str); 10] = [
    (
        Family::Percent,
        1.0,
        "процент процента процентов процентам процентами проценту процентом проц percent pct відсот* пайыз* foiz* фоиз*",
    ),
    (
        Family::Money,
        1.0,
        "руб р рубл* рублей rub rur ruble* rouble* карбованц* рублів rubl*",
    ),
    (
        Family::Foreign,
        1.0,
        "доллар* долар* бакс* usd dollar* евро eur euro* тенге теңге* сум so'm сом гривен* гривн* юан* лир тугрик*",
    ),
    (
        Family::Minutes,
        1.0,
        "минут* мин minute* min mins хвилин* daqiqa*",
    ),
    (
        Family::Minutes,
        60.0,
        "час часа часов часу часом часами часовой часового hour hours годин* сағат* soat*",
    ),
    (
        Family::Minutes,
        1440.0,
        "день дня дней дням днями дню днем дн сутки суток суткам day days дневн* дні днів күн* kun kunda kungacha kunlik",
    ),
    (
        Family::Minutes,
        10_080.0,
        "недел* week weeks тижн* тижд* апта* hafta*",
    ),
    (
        Family::Months,
        1.0,
        "месяц* мес month months місяц* ай айға айдан айда oy oyga oydan",
    ),
    (
        Family::Months,
        3.0,
        "квартал квартала квартале кварталов quarters",
    ),
    (
        Family::Months,
        12.0,
        "год года лет годом годам году годами г year years летн* летие рік роки років року жыл* yil*",
    ),
];

const PIECES: &str = "шт штук* бумаг* инструмент* securities pieces instruments паперів";

/// Forms of units: whole words, and beginnings in the order of the table.
struct Forms {
    whole: HashMap<&'static str, (usize, Family, f64)>,
    beginnings: Vec<(&'static str, usize, Family, f64)>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let (mut whole, mut beginnings) = (HashMap::new(), Vec::new());
    let pieces = (Family::Pieces, 1.0, PIECES);
    for (place, (family, scale, forms)) in UNITS.iter().chain([&pieces]).enumerate() {
        for form in forms.split_whitespace() {
            match form.strip_suffix('*') {
                Some(start) => beginnings.push((start, place, *family, *scale)),
                None => {
                    whole.entry(form).or_insert((place, *family, *scale));
                }
            }
        }
    }
    Forms { whole, beginnings }
});

/// The family and scale of a unit's word.
pub(super) fn unit_word(word: &str) -> Option<(Family, f64)> {
    // "ежемесячно" and "летний" aside, "годовых" is a period, not a unit.
    let forms = &*FORMS;
    let whole = forms.whole.get(word).copied();
    let begun = forms
        .beginnings
        .iter()
        .find(|(start, ..)| word.starts_with(start))
        .map(|(_, place, family, scale)| (*place, *family, *scale));
    let first = match (whole, begun) {
        (Some(whole), Some(begun)) => Some(if begun.0 < whole.0 { begun } else { whole }),
        (whole, begun) => whole.or(begun),
    };
    first.map(|(_, family, scale)| (family, scale))
}

/// The family of a currency's sign.
pub(super) fn currency(sign: char) -> Option<Family> {
    match sign {
        '₽' => Some(Family::Money),
        '$' | '€' | '£' | '₸' | '₴' | '¥' => Some(Family::Foreign),
        _ => None,
    }
}

/// The family of a currency's code, which may stand before the number: "RUB 3,000,000".
pub(super) fn code(word: &str) -> Option<Family> {
    match word {
        "rub" | "rur" => Some(Family::Money),
        "usd" | "eur" | "gbp" | "kzt" | "uah" => Some(Family::Foreign),
        _ => None,
    }
}

/// The unit at token `at`: family, scale to its base unit, tokens used.
pub(super) fn unit_at(tokens: &[Token], at: usize) -> Option<(Family, f64, usize)> {
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

#[derive(Clone, Copy, PartialEq)]
enum Period {
    Year,
    Month,
    Other,
}

/// "годовых", "в месяц", "a year", "per month" after the number.
pub(super) fn period(tokens: &[Token], at: usize, family: Family) -> (Family, usize) {
    let word = |index: usize| tokens.get(index).map_or("", Token::word);
    let slash = tokens.get(at).is_some_and(|token| token.sign() == Some('/'));
    let (found, used) = match word(at) {
        "годовых" | "annual" | "annually" | "ежегодно" | "yearly" | "річних" | "жылдық" | "yillik" => {
            (Some(Period::Year), 1)
        }
        "ежемесячно" | "monthly" | "ежемесячный" => (Some(Period::Month), 1),
        "ежедневно" | "daily" | "weekly" | "еженедельно" => (Some(Period::Other), 1),
        "в" | "a" | "per" | "за" | "an" | "на" | "every" | "each" => (period_word(word(at + 1)), 2),
        "каждый" | "каждые" | "каждую" | "каждое" => (period_word(word(at + 1)), 2),
        _ if slash => (period_word(word(at + 1)), 2),
        _ => (None, 0),
    };
    let with = match (family, found) {
        (Family::Percent, Some(Period::Year)) => Family::PercentPerYear,
        (Family::Percent, Some(Period::Month)) => Family::PercentPerMonth,
        (Family::Money, Some(Period::Year)) => Family::MoneyPerYear,
        (Family::Money, Some(Period::Month)) => Family::MoneyPerMonth,
        (Family::Percent | Family::Money, Some(Period::Other)) => Family::OtherPeriod,
        _ => return (family, at),
    };
    (with, at + used)
}

fn period_word(word: &str) -> Option<Period> {
    match word {
        "год" | "year" | "рік" => Some(Period::Year),
        "месяц" | "мес" | "month" | "місяць" => Some(Period::Month),
        "день" | "сутки" | "неделю" | "час" | "квартал" | "day" | "week" | "hour" | "quarter" | "тиждень" => {
            Some(Period::Other)
        }
        _ => None,
    }
}

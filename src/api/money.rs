//! Money in answers: whole minor units, the currency, and how people write it.

use super::ApiState;
use crate::text::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Money {
    /// Whole minor units (kopecks, cents).
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// As people write it, in the language of the answer.
    pub formatted: String,
}

/// How the answer's reader writes money.
#[derive(Debug, Clone)]
pub struct Purse {
    currency: String,
    lang: Lang,
}

impl Purse {
    /// The business's currency in this language.
    #[must_use]
    pub fn of(state: &ApiState, lang: Lang) -> Self {
        Self {
            currency: state.app().config.currency.clone(),
            lang,
        }
    }

    /// An amount in minor units.
    #[must_use]
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency.clone(),
            formatted: formatted(minor, &self.currency, self.lang),
        }
    }
}

/// Digits after the point.
fn decimals(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// Minor units in one whole unit.
#[must_use]
pub fn minor_units(currency: &str) -> i64 {
    10_i64.pow(u32::try_from(decimals(currency)).unwrap_or_default())
}

fn symbol(currency: &str) -> &str {
    match currency {
        "RUB" => "₽",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "KZT" => "₸",
        "UAH" => "₴",
        other => other,
    }
}

/// `1 234,50 ₽` in Russian, `1,234.50 ₽` in English; no digits after the point when they are all zero.
#[must_use]
pub fn formatted(minor: i64, currency: &str, lang: Lang) -> String {
    let (thousands, point) = match lang {
        Lang::Ru => ('\u{a0}', ','),
        Lang::En => (',', '.'),
    };
    let unit = minor_units(currency).unsigned_abs();
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let digits = whole.to_string();
    let mut text = String::new();
    if minor < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if rest > 0 {
        text.push(point);
        text.push_str(&format!("{rest:0width$}", width = decimals(currency)));
    }
    text.push('\u{a0}');
    text.push_str(symbol(currency));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_people_write_it() {
        for (minor, currency, lang, text) in [
            (123_450, "RUB", Lang::Ru, "1 234,50 ₽"),
            (123_400, "RUB", Lang::Ru, "1 234 ₽"),
            (-5, "USD", Lang::En, "−0.05 $"),
            (1_234_567, "JPY", Lang::En, "1,234,567 JPY"),
            (0, "KWD", Lang::En, "0 KWD"),
            (1_005, "KWD", Lang::En, "1.005 KWD"),
        ] {
            assert_eq!(formatted(minor, currency, lang), text.replace(' ', "\u{a0}"));
        }
        assert!(formatted(i64::MIN, "RUB", Lang::Ru).starts_with('−'));
    }
}

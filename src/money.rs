//! How people write money: whole minor units become an amount with its currency.

use crate::text::Lang;

/// Digits after the point.
const fn decimals(currency: &[u8]) -> u32 {
    match currency {
        b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
        | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
        b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
        _ => 2,
    }
}

/// Minor units in one whole unit.
#[must_use]
pub const fn minor_units(currency: &str) -> i64 {
    10_i64.pow(decimals(currency.as_bytes()))
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

/// A whole number with its thousands set apart, as the language does it.
#[must_use]
pub fn grouped(number: i64, lang: Lang) -> String {
    let separator = match lang {
        Lang::Ru => '\u{a0}',
        Lang::En => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `1 234,50 ₽` in Russian, `1,234.50 ₽` in English; nothing after the point when it is all zeros.
#[must_use]
pub fn formatted(minor: i64, currency: &str, lang: Lang) -> String {
    let places = decimals(currency.as_bytes());
    let unit = minor_units(currency).unsigned_abs();
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let mut text = grouped(i64::try_from(whole).unwrap_or(i64::MAX), lang);
    if minor < 0 {
        text.insert(0, '−');
    }
    if rest > 0 {
        text.push(if lang == Lang::Ru { ',' } else { '.' });
        text.push_str(&format!("{rest:0width$}", width = places as usize));
    }
    text.push('\u{a0}');
    text.push_str(symbol(currency));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        for (minor, currency, lang, wanted) in [
            (123_450, "RUB", Lang::Ru, "1 234,50 ₽"),
            (123_400, "RUB", Lang::Ru, "1 234 ₽"),
            (-5, "USD", Lang::En, "−0.05 $"),
            (1_234_567, "JPY", Lang::En, "1,234,567 JPY"),
            (1_005, "KWD", Lang::En, "1.005 KWD"),
        ] {
            assert_eq!(formatted(minor, currency, lang), wanted.replace(' ', "\u{a0}"));
        }
        assert!(formatted(i64::MIN, "RUB", Lang::Ru).starts_with('−'));
    }
}

//! Phone numbers to E.164.
//!
//! Plain Russian forms and `+digits` of the usual neighbours are decided by length and first digits alone (tens of
//! nanoseconds); everything else asks the numbering plans of the `phonenumber` crate (microseconds).

use std::fmt;
use std::str::FromStr;

use phonenumber::country;
use serde::{Deserialize, Serialize};

use super::wording::quoted;
use crate::error::Message;

/// Most digits that E.164 allows.
const MAX_DIGITS: u32 = 15;

/// A phone number in E.164, kept as its digits: at most 15, so that it fits and compares as one `u64`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Phone(u64);

impl Phone {
    /// The digits after the plus.
    #[must_use]
    pub const fn digits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

/// The country that a number without a country code belongs to (ISO 3166, two letters). Russia unless told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country(country::Id);

impl Default for Country {
    fn default() -> Self {
        Self(country::Id::RU)
    }
}

impl FromStr for Country {
    type Err = Message;

    fn from_str(code: &str) -> Result<Self, Message> {
        let upper = code.trim().to_ascii_uppercase();
        country::Id::from_str(&upper)
            .map(Self)
            .map_err(|_| Message::new("contact.country_unknown").with("value", quoted(code)))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_ref())
    }
}

impl Country {
    fn is_zone_seven(self) -> bool {
        matches!(self.0, country::Id::RU | country::Id::KZ)
    }
}

/// Why a text is not a phone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PhoneError {
    /// Nothing but spaces.
    Empty,
    /// Has letters or other signs that no phone number has.
    NotANumber,
    /// Fewer digits than a number of its country has.
    TooShort,
    /// More digits than a number of its country has.
    TooLong,
    /// A spreadsheet rounded the number: the last digits are gone.
    DigitsLost,
    /// No such country code, area or range.
    NoSuchNumber,
}

impl PhoneError {
    /// The message for the operator.
    #[must_use]
    pub fn message(self, value: &str) -> Message {
        let key = match self {
            Self::Empty => "contact.phone_empty",
            Self::NotANumber => "contact.phone_not_a_number",
            Self::TooShort => "contact.phone_too_short",
            Self::TooLong => "contact.phone_too_long",
            Self::DigitsLost => "contact.phone_digits_lost",
            Self::NoSuchNumber => "contact.phone_no_such_number",
        };
        Message::new(key).with("value", quoted(value))
    }
}

/// Digits of a text and whether a plus stood before them.
#[derive(Clone, Copy)]
struct Digits {
    value: u64,
    count: u32,
    plus: bool,
}

/// Makes E.164 of what people and spreadsheets write. A number without a country code belongs to `country`.
///
/// # Errors
/// [`PhoneError`] says why the text is not a phone number.
pub fn normalise(raw: &str, country: Country) -> Result<Phone, PhoneError> {
    if let Some(phone) = scan(raw.as_bytes()).and_then(|digits| by_shape(digits, country)) {
        return Ok(phone);
    }
    normalise_slowly(raw, country)
}

/// Whether a cell looks like a phone: used to find the phone column of a file without headers.
#[must_use]
pub fn looks_like_phone(raw: &str, country: Country) -> bool {
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    digits >= 9 && raw.len() <= 40 && normalise(raw, country).is_ok()
}

fn scan(raw: &[u8]) -> Option<Digits> {
    let mut digits = Digits {
        value: 0,
        count: 0,
        plus: false,
    };
    for &byte in raw {
        match byte {
            b'0'..=b'9' => {
                digits.count += 1;
                if digits.count > MAX_DIGITS {
                    return None;
                }
                digits.value = digits.value * 10 + u64::from(byte - b'0');
                // A leading zero would vanish from the value: 00 is the long spelling of a plus.
                if digits.value == 0 {
                    return None;
                }
            }
            b' ' | b'-' | b'(' | b')' | b'\t' => {}
            b'+' if digits.count == 0 && !digits.plus => digits.plus = true,
            _ => return None,
        }
    }
    (digits.count > 0).then_some(digits)
}

/// The fast path: shapes that are told by length and first digits.
fn by_shape(digits: Digits, country: Country) -> Option<Phone> {
    const ELEVEN: u64 = 10_000_000_000;
    let Digits { value, count, plus } = digits;
    let area = |national: u64| national / 1_000_000_000;
    let russian = |national: u64| matches!(area(national), 3 | 4 | 8 | 9);
    let seven = |national: u64| matches!(area(national), 3 | 4 | 6..=9);
    match (count, plus) {
        (11, true) if value / ELEVEN == 7 && seven(value % ELEVEN) => Some(Phone(value)),
        // "+8 9xx" is no country: the trunk prefix written with a plus.
        (11, true) if value / 1_000_000_000 == 89 => Some(Phone(7 * ELEVEN + value % ELEVEN)),
        (11, false)
            if country.is_zone_seven() && matches!(value / ELEVEN, 7 | 8) && seven(value % ELEVEN) =>
        {
            Some(Phone(7 * ELEVEN + value % ELEVEN))
        }
        (10, false) if country.0 == country::Id::RU && russian(value) => Some(Phone(7 * ELEVEN + value)),
        (10, false) if country.0 == country::Id::KZ && seven(value) => Some(Phone(7 * ELEVEN + value)),
        // Uzbekistan, Ukraine, Belarus: 12 digits that begin with the code.
        (12, true) if matches!(value / 1_000_000_000, 998 | 380 | 375) => Some(Phone(value)),
        _ => None,
    }
}

fn normalise_slowly(raw: &str, country: Country) -> Result<Phone, PhoneError> {
    let text = plain(raw);
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    let restored = restore_float(&text)?;
    let text = restored.unwrap_or_else(|| text.replace('.', ""));
    let text = match text.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => text,
    };
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(PhoneError::NotANumber);
    }
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    let allowed = |byte: u8| byte.is_ascii_digit() || b" -()\t+/".contains(&byte);
    if !text.bytes().all(allowed) || text.rfind('+').is_some_and(|at| at > 0) {
        return Err(PhoneError::NotANumber);
    }
    if count > MAX_DIGITS as usize {
        return Err(PhoneError::TooLong);
    }
    if let Some(phone) = scan(text.as_bytes()).and_then(|digits| by_shape(digits, country)) {
        return Ok(phone);
    }
    by_plan(&text, country)
}

/// Spreadsheet and typographic decorations off: quotes, no-break spaces, long dashes, full-width digits, extensions.
fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
            '\u{ff10}'..='\u{ff19}' => text.push(char::from(b'0' + (c as u32 - 0xff10) as u8)),
            '\u{ff0b}' => text.push('+'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_whitespace() => text.push(' '),
            c => text.extend(c.to_lowercase()),
        }
    }
    let mut text = text.trim();
    if let Some(formula) = text.strip_prefix("=\"") {
        text = formula.strip_suffix('"').unwrap_or(formula);
    }
    let text = text.trim_start_matches(['\'', '`']).trim();
    let text = ["tel:", "тел.:", "тел.", "тел:", "тел", "т."]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text);
    let end = ["доб", "ext", "вн.", "x", "#", ";"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    text[..end.unwrap_or(text.len())].trim().to_owned()
}

/// `79991234567.0` and `7.9991234567E10` back to digits.
///
/// Restored only when every digit is there: `7.99912E+10` stands for a hundred thousand different numbers.
fn restore_float(text: &str) -> Result<Option<String>, PhoneError> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (mantissa, ""),
    };
    let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !only_digits(whole) || !only_digits(fraction) {
        return Ok(None);
    }
    let Some(exponent) = exponent else {
        // A fraction of zeros behind a whole number is a float; "8.999.123" has two dots and never comes here.
        let zeros = !fraction.is_empty() && fraction.len() <= 2 && fraction.bytes().all(|byte| byte == b'0');
        return Ok((zeros && whole.len() >= 9).then(|| whole.to_owned()));
    };
    let exponent: usize = exponent
        .trim_start_matches('+')
        .parse()
        .map_err(|_| PhoneError::NotANumber)?;
    let significant = fraction.trim_end_matches('0');
    if whole.len() != 1 || significant.len() > exponent || exponent >= MAX_DIGITS as usize {
        return Err(PhoneError::NotANumber);
    }
    if fraction.len() < exponent {
        return Err(PhoneError::DigitsLost);
    }
    Ok(Some(format!("{whole}{}", &fraction[..exponent])))
}

/// Asks the numbering plans. With a plus a number of a possible length is enough (plans grow faster than tables);
/// without one it must be a number in use.
fn by_plan(text: &str, country: Country) -> Result<Phone, PhoneError> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = text.starts_with('+');
    let as_national = (!plus)
        .then(|| phonenumber::parse(Some(country.0), &digits).ok())
        .flatten();
    if let Some(number) = as_national.filter(phonenumber::is_valid) {
        return e164(&number).ok_or(PhoneError::NoSuchNumber);
    }
    let international = phonenumber::parse(None, format!("+{digits}")).ok();
    match international {
        Some(number) if phonenumber::is_valid(&number) => e164(&number).ok_or(PhoneError::NoSuchNumber),
        Some(number) if plus => possible(&number),
        _ if digits.len() < 10 => Err(PhoneError::TooShort),
        _ if digits.len() > 11 && country.is_zone_seven() => Err(PhoneError::TooLong),
        _ => Err(PhoneError::NoSuchNumber),
    }
}

fn possible(number: &phonenumber::PhoneNumber) -> Result<Phone, PhoneError> {
    let code = number.country().code();
    // Zone 7 is told by shape alone.
    let Some(plan) = phonenumber::metadata::DATABASE
        .by_code(&code)
        .and_then(|plans| plans.into_iter().next())
    else {
        return Err(PhoneError::NoSuchNumber);
    };
    let length = number.national().to_string().len();
    let kinds = [
        plan.descriptors().fixed_line(),
        plan.descriptors().mobile(),
        plan.descriptors().general().into(),
    ];
    let lengths = || {
        kinds
            .iter()
            .flatten()
            .flat_map(|kind| kind.possible_length())
            .map(|&length| usize::from(length))
    };
    let shortest = lengths().min().unwrap_or(0);
    let longest = lengths().max().unwrap_or(usize::MAX);
    if length < shortest {
        Err(PhoneError::TooShort)
    } else if length > longest {
        Err(PhoneError::TooLong)
    } else if code == 7 || !lengths().any(|possible| possible == length) {
        Err(PhoneError::NoSuchNumber)
    } else {
        e164(number).ok_or(PhoneError::NoSuchNumber)
    }
}

fn e164(number: &phonenumber::PhoneNumber) -> Option<Phone> {
    let digits = format!("{}{}", number.country().code(), number.national());
    let fits = digits.len() <= MAX_DIGITS as usize && !digits.starts_with('0');
    digits.parse().ok().filter(|_| fits).map(Phone)
}

#[cfg(test)]
#[path = "phone_tests.rs"]
mod tests;

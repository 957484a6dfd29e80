//! Who was already in the file: one `u64` and a row number for each identity, so that a million rows take 40 MB.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::Phone;
use super::fields::{ContactRow, Field};

/// Phones have at most 15 digits (50 bits), so the two top bits tell the kinds of keys apart.
const USERNAME: u64 = 1 << 63;
const TELEGRAM_ID: u64 = 1 << 62;

/// The identities seen so far in one file.
///
/// Usernames are kept as 62 bits of their hash: two different ones meet with a chance of about 1 in 10 million in a
/// file of a million.
#[derive(Default)]
pub struct Seen {
    rows: HashMap<u64, u32, BuildHasherDefault<Mix>>,
}

impl Seen {
    /// Notes who the row is; when it is a person of an earlier row: that row, and by which field.
    pub fn note(&mut self, contact: &ContactRow) -> Option<(Field, u32)> {
        let keys = [
            (Field::Phone, contact.phone.map(Phone::digits)),
            (Field::Username, contact.username.as_deref().map(username_key)),
            (
                Field::TelegramUserId,
                contact
                    .telegram_user_id
                    .map(|id| TELEGRAM_ID | (id.unsigned_abs() & !USERNAME)),
            ),
        ];
        let known = keys
            .iter()
            .find_map(|&(field, key)| Some((field, *self.rows.get(&key?)?)));
        if known.is_some() {
            return known;
        }
        for key in keys.iter().filter_map(|&(_, key)| key) {
            if let Entry::Vacant(place) = self.rows.entry(key) {
                place.insert(contact.row);
            }
        }
        None
    }
}

fn username_key(username: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    username.hash(&mut hasher);
    USERNAME | (hasher.finish() & !TELEGRAM_ID)
}

/// Spreads the digits of phones over the table: they differ in their low digits only.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::phone::{Country, normalise};

    fn row(row: u32, phone: Option<&str>, username: Option<&str>) -> ContactRow {
        let phone = phone.map(|raw| normalise(raw, Country::default()).unwrap());
        ContactRow {
            row,
            phone,
            username: username.map(str::to_owned),
            ..ContactRow::default()
        }
    }

    #[test]
    fn the_same_person_by_any_identity() {
        let mut seen = Seen::default();
        assert_eq!(seen.note(&row(2, Some("89991234567"), Some("ivan"))), None);
        assert_eq!(
            seen.note(&row(3, Some("+7 999 123-45-67"), None)),
            Some((Field::Phone, 2))
        );
        assert_eq!(
            seen.note(&row(4, Some("89991234568"), Some("ivan"))),
            Some((Field::Username, 2))
        );
        // A row that was left out leaves no trace.
        assert_eq!(seen.note(&row(5, Some("89991234568"), None)), None);
    }
}

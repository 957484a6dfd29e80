//! vCard 2.1, 3.0 and 4.0: folded lines, quoted-printable, several phones.

use std::io::Read;

use super::record::{Damage, Record};
use super::{Sink, Stop};
use crate::contacts::username::looks_like_username;

use super::vcard_line::{Lines, Property};

/// The columns of a card.
pub(super) const COLUMNS: &[&str] = &[
    "name",
    "first_name",
    "middle_name",
    "last_name",
    "phone",
    "username",
    "profession",
    "notes",
    "tags",
    "other_phones",
    "email",
    "company",
    "birthday",
];

/// Most phones of a card that are kept.
const MAX_PHONES: usize = 20;

/// Reads the cards; they are numbered from 1.
pub(super) fn read(reader: impl Read, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut lines = Lines::new(reader);
    let mut record = Record::default();
    let mut card: Option<Card> = None;
    let mut number = 0_u32;
    while let Some(line) = lines.next_line()? {
        let Some(property) = Property::parse(&line.text) else {
            continue;
        };
        let value = property.value.trim();
        match property.name.as_str() {
            "BEGIN" if value.eq_ignore_ascii_case("VCARD") => {
                if let Some(open) = card.take() {
                    open.hand_out(number, Some(Damage::CardNotClosed), &mut record, sink)?;
                }
                number = number.saturating_add(1);
                card = Some(Card::default());
            }
            "END" if value.eq_ignore_ascii_case("VCARD") => {
                if let Some(closed) = card.take() {
                    closed.hand_out(number, None, &mut record, sink)?;
                }
            }
            _ => {
                if let Some(card) = &mut card {
                    card.damage = card.damage.or(line.damage);
                    card.take(&property);
                }
            }
        }
    }
    match card {
        Some(open) => open.hand_out(number, Some(Damage::CardNotClosed), &mut record, sink),
        None => Ok(()),
    }
}

#[derive(Default)]
struct Card {
    damage: Option<Damage>,
    full_name: String,
    first: String,
    middle: String,
    last: String,
    /// With their rank: a preferred mobile comes first.
    phones: Vec<(u8, String)>,
    username: String,
    profession: String,
    notes: String,
    tags: String,
    email: String,
    company: String,
    birthday: String,
}

impl Card {
    fn take(&mut self, property: &Property) {
        let value = || property.text();
        let set = |field: &mut String| {
            if field.is_empty() {
                *field = property.text();
            }
        };
        match property.name.as_str() {
            "FN" => set(&mut self.full_name),
            "N" => self.take_name(property),
            "TEL" if self.phones.len() < MAX_PHONES => {
                let number = value();
                let number = number.trim();
                let number = number
                    .get(..4)
                    .filter(|head| head.eq_ignore_ascii_case("tel:"))
                    .map_or(number, |_| &number[4..]);
                if !number.is_empty() {
                    self.phones.push((rank(property), number.to_owned()));
                }
            }
            "X-TELEGRAM" | "X-TELEGRAM-USERNAME" => self.take_username(&value()),
            "IMPP" | "X-SOCIALPROFILE" | "SOCIALPROFILE" | "X-IMPP" | "URL" => {
                let telegram = property.has_type("TELEGRAM");
                if telegram || looks_like_username(&value()) {
                    self.take_username(&value());
                }
            }
            "TITLE" => set(&mut self.profession),
            "ROLE" => set(&mut self.profession),
            "NOTE" => set(&mut self.notes),
            "CATEGORIES" => set(&mut self.tags),
            "EMAIL" => set(&mut self.email),
            "ORG" if self.company.is_empty() => {
                let parts: Vec<String> = property
                    .parts()
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect();
                self.company = parts.join(", ");
            }
            "BDAY" => set(&mut self.birthday),
            _ => {}
        }
    }

    fn take_name(&mut self, property: &Property) {
        let mut parts = property.parts().into_iter();
        let mut next = || parts.next().unwrap_or_default();
        (self.last, self.first, self.middle) = (next(), next(), next());
    }

    fn take_username(&mut self, value: &str) {
        if self.username.is_empty() {
            let value = value.trim();
            let value = value.strip_prefix("x-apple:").unwrap_or(value);
            self.username = value.to_owned();
        }
    }

    fn hand_out(
        mut self,
        number: u32,
        damage: Option<Damage>,
        record: &mut Record,
        sink: &mut Sink<'_>,
    ) -> Result<(), Stop> {
        self.phones.sort_by_key(|(rank, _)| *rank);
        let mut phones = self.phones.into_iter().map(|(_, number)| number);
        let phone = phones.next().unwrap_or_default();
        let others: Vec<String> = phones.collect();
        record.clear(number);
        // In the order of COLUMNS.
        for cell in [
            self.full_name,
            self.first,
            self.middle,
            self.last,
            phone,
            self.username,
            self.profession,
            self.notes,
            self.tags,
            others.join(", "),
            self.email,
            self.company,
            self.birthday,
        ] {
            record.push(&cell);
        }
        record.damage = damage.or(self.damage).or_else(|| {
            let text = |test: fn(&str) -> bool| record.cells().any(test);
            if text(|cell| cell.contains('\0')) {
                Some(Damage::ZeroByte)
            } else if text(|cell| cell.contains('\u{fffd}')) {
                Some(Damage::NotText)
            } else {
                None
            }
        });
        sink(record)
    }
}

/// Preferred before mobile before the rest; a fax last.
fn rank(property: &Property) -> u8 {
    if property.has_type("FAX") {
        3
    } else if property.has_type("PREF") || property.has_parameter("PREF") {
        0
    } else if property.has_type("CELL") || property.has_type("MOBILE") || property.has_type("IPHONE") {
        1
    } else {
        2
    }
}

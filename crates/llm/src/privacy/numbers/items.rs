//! Amounts, dates, years and spans: numbers that identify nobody.

use super::{Follows, LONG, Sequence};

/// A group or several that read as one thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Date,
    ShortDate,
    Year,
    Small,
    /// An amount in groups of three, with its digits and whether it is round.
    Amount {
        digits: usize,
        round: bool,
    },
    Plain {
        round: bool,
    },
}

impl Sequence {
    /// Whether it reads as an amount, a date, a span, or a list of such.
    pub(super) fn is_ordinary(&self, after: Follows) -> bool {
        if self.plus || self.brackets {
            return false;
        }
        let Some(items) = self.items() else {
            return false;
        };
        let count: usize = self.groups.iter().map(String::len).sum();
        match items.as_slice() {
            [Item::Amount { digits, round }] => *digits < LONG || *round || after.unit,
            [_] => true,
            [Item::ShortDate, Item::ShortDate] => true,
            several => {
                let dated = several.contains(&Item::Date);
                let first = self.groups.first().and_then(|group| group.chars().next());
                // An amount beside another might as well be a phone of this length.
                let like_phone = matches!(count, 10 | 11) && matches!(first, Some('7' | '8' | '9'));
                let fits = several.iter().all(|item| match item {
                    Item::Date | Item::Year => true,
                    Item::Small => dated,
                    Item::Amount { round, .. } | Item::Plain { round } => *round,
                    Item::ShortDate => false,
                });
                fits && (dated || !like_phone)
            }
        }
    }

    pub(super) fn items(&self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        let mut at = 0;
        while at < self.groups.len() {
            let (item, taken) = self.item(at)?;
            items.push(item);
            at += taken;
        }
        Some(items)
    }

    /// What begins at this group, and how many groups it takes.
    pub(super) fn item(&self, at: usize) -> Option<(Item, usize)> {
        if let Some(date) = self.date(at) {
            return Some((date, 3));
        }
        if let Some(amount) = self.amount(at) {
            return Some(amount);
        }
        let group = self.groups.get(at)?;
        let decimals = self.decimals(at, None);
        let item = match group.len() {
            1 | 2 => Item::Small,
            4 if ("1900".."2100").contains(&group.as_str()) => Item::Year,
            length if length < LONG => Item::Plain {
                round: group.ends_with("00") && !group.starts_with('0'),
            },
            _ => return None,
        };
        Some((item, 1 + usize::from(decimals)))
    }

    fn separator(&self, after: usize) -> &str {
        self.separators.get(after).map_or("", String::as_str)
    }

    fn date(&self, at: usize) -> Option<Item> {
        let [first, second, third] = self.groups.get(at..at + 3)? else {
            return None;
        };
        let separator = self.separator(at);
        if !matches!(separator, "." | "-" | "/") || self.separator(at + 1) != separator {
            return None;
        }
        let within = |group: &str, most: u32| {
            group.len() <= 2 && group.parse().is_ok_and(|value: u32| (1..=most).contains(&value))
        };
        let year = |group: &str| group.len() == 4 && ("1900".."2100").contains(&group);
        if year(first) && within(second, 12) && within(third, 31) {
            return Some(Item::Date);
        }
        if !within(first, 31) || !within(second, 12) {
            return None;
        }
        match third.len() {
            4 if year(third) => Some(Item::Date),
            2 => Some(Item::ShortDate),
            _ => None,
        }
    }

    /// `7 000 000`, `1.234.567,89`.
    fn amount(&self, at: usize) -> Option<(Item, usize)> {
        let first = self.groups.get(at)?;
        let separator = self.separator(at);
        if first.len() > 3 || first.starts_with('0') || !matches!(separator, " " | "." | "'" | ",") {
            return None;
        }
        let mut taken = 1;
        while self.separator(at + taken - 1) == separator
            && self.groups.get(at + taken).is_some_and(|group| group.len() == 3)
        {
            taken += 1;
        }
        if taken == 1 {
            return None;
        }
        let amount = self.groups.get(at..at + taken)?;
        let item = Item::Amount {
            digits: amount.iter().map(String::len).sum(),
            round: amount.last().is_some_and(|group| group == "000"),
        };
        let decimals = self.decimals(at + taken - 1, Some(separator));
        Some((item, taken + usize::from(decimals)))
    }

    /// Whether one or two decimals follow this group.
    fn decimals(&self, at: usize, unlike: Option<&str>) -> bool {
        let separator = self.separator(at);
        matches!(separator, "." | ",")
            && unlike != Some(separator)
            && self.groups.get(at + 1).is_some_and(|group| group.len() <= 2)
            && self.separator(at + 1) != separator
    }

    /// `123-45-67` and its like.
    pub(super) fn looks_local(&self) -> bool {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let count: usize = lengths.iter().sum();
        let dashed = self
            .separators
            .iter()
            .all(|separator| separator.contains(['-', '–', '—', '‑']));
        match lengths.as_slice() {
            [3, 2, 2] | [2, 2, 3] | [1, 2, 2, 2] | [2, 2, 2, 2] => true,
            [2, 2, 2] | [3, 4] | [2, 3, 2] => dashed,
            _ => (self.brackets || self.plus) && count >= 6,
        }
    }
}

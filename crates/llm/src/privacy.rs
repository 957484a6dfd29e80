//! What is taken out of a person's data before a provider may see it.
//!
//! Two passes. The first knows nobody: phones, addresses, nicks, links to people, cards and documents are recognised by
//! their shape. The second knows the person: their names in any case, inflection and alphabet, and their own numbers.
//! Numbers spelled out in words are not recognised, nor are names of third persons.

mod clean;
mod names;
mod numbers;
mod shapes;

use names::KnownName;

/// Stands for the person's first name; [`fill_first_name`] puts it back.
pub const FIRST_NAME: &str = "{{first_name}}";
/// Stands for the first name of somebody else who is known.
pub const OTHER_NAME: &str = "[имя]";
/// Stands for a phone number.
pub const PHONE: &str = "[телефон]";
/// Stands for a card number.
pub const CARD: &str = "[карта]";
/// Stands for the number of a document.
pub const DOCUMENT: &str = "[документ]";
/// Stands for any other long number.
pub const NUMBER: &str = "[номер]";
/// Stands for an e-mail address.
pub const EMAIL: &str = "[почта]";
/// Stands for a user name.
pub const NICK: &str = "[ник]";
/// Stands for a link that leads to a person.
pub const LINK: &str = "[ссылка]";

/// Puts the first name into an answer.
pub fn fill_first_name(text: &str, first_name: &str) -> String {
    text.replace(FIRST_NAME, first_name)
}

/// What identifies one person directly. Nothing of it is ever in a prompt.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// First name; several words are several names.
    pub first_name: Option<String>,
    /// Surname.
    pub last_name: Option<String>,
    /// Phone, in any spelling.
    pub phone: Option<String>,
    /// Telegram user name, with or without `@`.
    pub username: Option<String>,
    /// Telegram's id of the user.
    pub telegram_user_id: Option<i64>,
    /// E-mail address.
    pub email: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity { .. }")
    }
}

/// Takes identifiers out of texts. Make one for a prompt and pass every text of or about the person through it.
#[derive(Clone, Default)]
pub struct Masker {
    names: Vec<KnownName>,
    /// Digits of phones and ids.
    numbers: Vec<String>,
    /// Lower-case user names and local parts of addresses.
    nicks: Vec<String>,
}

impl std::fmt::Debug for Masker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Masker { .. }")
    }
}

/// Known numbers shorter than this would hit prices and years.
const SHORTEST_KNOWN_NUMBER: usize = 5;
/// Each pass that changes something takes an identifier out; what is left after so many is nested on purpose.
const MOST_PASSES: usize = 8;
/// Known nicks shorter than this would hit common words.
const SHORTEST_KNOWN_NICK: usize = 3;

impl Masker {
    /// Knows nobody: only shapes are recognised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Knows the person whom the prompt is about.
    pub fn of(person: &Identity) -> Self {
        let mut masker = Self::new();
        masker.learn(person, FIRST_NAME);
        masker
    }

    /// Also knows somebody else, whose first name becomes [`OTHER_NAME`].
    #[must_use]
    pub fn and(mut self, other: &Identity) -> Self {
        self.learn(other, OTHER_NAME);
        self
    }

    fn learn(&mut self, person: &Identity, first_name: &'static str) {
        let first = person.first_name.as_deref().unwrap_or_default();
        self.names.extend(KnownName::all_of(first, first_name));
        let last = person.last_name.as_deref().unwrap_or_default();
        self.names.extend(KnownName::all_of(last, ""));
        let phone: String = person
            .phone
            .iter()
            .flat_map(|phone| phone.chars())
            .filter(char::is_ascii_digit)
            .collect();
        let id = person.telegram_user_id.map(|id| id.unsigned_abs().to_string());
        let numbers = [Some(phone), id].into_iter().flatten();
        self.numbers
            .extend(numbers.filter(|number| number.len() >= SHORTEST_KNOWN_NUMBER));
        let username = person
            .username
            .as_deref()
            .map(|name| name.trim().trim_start_matches('@'));
        let local = person
            .email
            .as_deref()
            .and_then(|email| email.trim().split('@').next());
        let nicks = [username, local].into_iter().flatten().map(str::to_lowercase);
        self.nicks
            .extend(nicks.filter(|nick| nick.chars().count() >= SHORTEST_KNOWN_NICK));
    }

    /// The text without identifiers.
    pub fn mask(&self, text: &str) -> String {
        let mut text = clean::clean(text);
        // A number may become whole only when the surname in its middle is gone.
        for _ in 0..MOST_PASSES {
            let masked = self.pass(&text);
            if masked == text {
                break;
            }
            text = masked;
        }
        text
    }

    fn pass(&self, text: &str) -> String {
        let text = shapes::mask(text);
        let text = self.mask_nicks(&text);
        let text = numbers::mask(&text, &self.numbers);
        names::mask(&text, &self.names)
    }

    /// Known nicks without their `@`.
    fn mask_nicks(&self, text: &str) -> String {
        let mut result = text.to_owned();
        for nick in &self.nicks {
            result = mask_word(&result, nick);
        }
        result
    }
}

/// Replaces `word` (lower case) wherever it is not a part of a longer word.
fn mask_word(text: &str, word: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let wanted: Vec<char> = word.chars().collect();
    let part = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let end = at + wanted.len();
        let here = chars.get(at..end).is_some_and(|slice| {
            slice
                .iter()
                .zip(&wanted)
                .all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        });
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        if here && !part(before) && !part(chars.get(end)) {
            result.push_str(NICK);
            at = end;
        } else {
            result.push(*c);
            at += 1;
        }
    }
    result
}

#[cfg(test)]
mod tests;

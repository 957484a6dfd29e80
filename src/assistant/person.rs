//! Whether a question is of somebody who is no trainer, service, place or campaign: by a name, or by a pronoun for whom the
//! question before named. Pure.

use super::lexis::Token;
use super::names::{Names, Noun, said};
use super::period::Found;

/// One person, spoken of before.
const PRONOUNS: &[&str] = &[
    "он$",
    "она$",
    "него$",
    "нее$",
    "ней$",
    "нему$",
    "ним$",
    "нем$",
    "ему$",
    "ей$",
    "его$",
    "ее$",
    "he$",
    "she$",
    "him$",
    "her$",
    "his$",
    "hers$",
];
/// Written with a capital letter, and nobody's name.
const PROPER: &[&str] = &[
    "crm$",
    "telegram$",
    "sql$",
    "api$",
    "vip$",
    "сегодня",
    "вчера",
    "завтра",
    "привет",
    "спасибо",
];

/// Speaks of one person without a name.
#[must_use]
pub fn pronoun(words: &[Token]) -> bool {
    words.iter().any(|word| word.is(PRONOUNS))
}

/// A word that is a pronoun.
#[must_use]
pub fn is_pronoun(word: &Token) -> bool {
    word.is(PRONOUNS)
}

/// The words of a name that none of the known has: written with a capital letter, not at the beginning.
#[must_use]
pub fn stranger(words: &[Token], names: &Names, found: &[Found]) -> Option<String> {
    let known: Vec<String> = [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign]
        .iter()
        .flat_map(|noun| {
            let plain: Vec<&Token> = words.iter().collect();
            said(&plain, names.of(*noun)).into_iter().flat_map(|(_, own)| own)
        })
        .collect();
    let named = |at: usize| {
        let word = &words[at];
        let dated = found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
        let written = word.is_capital()
            && word.raw.chars().count() > 1
            && word.raw.chars().any(char::is_lowercase)
            && word
                .raw
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
        written && !dated && !known.contains(&word.raw) && !word.is(PROPER)
    };
    let start = (0..words.len()).find(|at| {
        let next = at + 1 < words.len() && named(at + 1);
        named(*at) && (!words[*at].first || (next && !words[*at].raw.is_ascii()))
    })?;
    let whole: Vec<&str> = (start..words.len())
        .take_while(|at| named(*at))
        .map(|at| words[at].raw.trim_end_matches("'s").trim_end_matches("’s"))
        .collect();
    Some(whole.join(" "))
}

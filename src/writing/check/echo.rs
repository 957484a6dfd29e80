//! What the person said of himself may be echoed, never turned into a product's fact.

use std::collections::BTreeSet;

use super::normal::Normal;
use super::tokens::Tokens;
use super::{CheckContext, Checker};
use crate::knowledge::BridgeBy;
use crate::writing::numbers::{Number, numbers_in};
use crate::writing::words;

/// Beginnings of words by which a clause speaks of what the person said or has.
const ATTRIBUTION: [&str; 36] = [
    "писал",
    "написал",
    "сказал",
    "говорил",
    "упомин",
    "упомян",
    "назвал",
    "указал",
    "указыва",
    "рассказ",
    "спрашива",
    "спросил",
    "просил",
    "попросил",
    "хотите",
    "хочешь",
    "хотели",
    "хотел",
    "ищете",
    "ищешь",
    "платите",
    "платишь",
    "снимаете",
    "присмотр",
    "планир",
    "мечта",
    "said",
    "mention",
    "wrote",
    "told",
    "asked",
    "want",
    "named",
    "looking",
    "откладыва",
    "тратите",
];
/// The same, of several words.
const ATTRIBUTION_PAIRS: [(&str, &str); 12] = [
    ("у", "вас"),
    ("у", "тебя"),
    ("вашем", "письме"),
    ("вашего", "письма"),
    ("вашем", "сообщении"),
    ("ваши", ""),
    ("вашей", ""),
    ("вашу", ""),
    ("вашему", ""),
    ("ваш", ""),
    ("твой", ""),
    ("you", "have"),
];
/// Beginnings of words by which a clause says something of a product or promises it.
const ASSERTION: [&str; 34] = [
    "доходн",
    "прибыл",
    "ставк",
    "будет",
    "получ",
    "дадим",
    "дадут",
    "даем",
    "выда",
    "одобр",
    "обеща",
    "гарант",
    "начисл",
    "платеж",
    "скидк",
    "бонус",
    "лимит",
    "оформ",
    "подтвержда",
    "rate",
    "return",
    "profit",
    "get",
    "give",
    "will",
    "yield",
    "earn",
    "limit",
    "payment",
    "кэшбэк",
    "cashback",
    "ваша",
    "так",
    "сделаем",
];

/// Everything that is known of what the person said, wants, likes and has: stems.
pub(super) fn said_words(context: &CheckContext<'_>) -> BTreeSet<String> {
    let Some(profile) = context.profile else {
        return BTreeSet::new();
    };
    let single = [profile.profession.as_deref(), profile.goal.as_deref()];
    let lists = [&profile.interests, &profile.said, &profile.has];
    let texts = single
        .into_iter()
        .flatten()
        .chain(lists.into_iter().flatten().map(String::as_str));
    let mut said: Vec<String> = texts.flat_map(words::stems).collect();
    // An interest may be spoken of in another language: words of one bridge mean the same.
    let bridges = context.kb.blocks.bridges.iter();
    let shared: Vec<String> = bridges
        .filter(|block| block.by == Some(BridgeBy::Interest))
        .filter(|block| block.words.iter().any(|word| words::says(&said, word)))
        .flat_map(|block| block.words.iter().flat_map(|word| words::stems(word)))
        .collect();
    said.extend(shared);
    said.into_iter().collect()
}

/// The numbers that the person said.
pub(super) fn said_numbers(context: &CheckContext<'_>) -> Vec<Number> {
    let said = context
        .profile
        .map(|profile| &profile.said[..])
        .unwrap_or_default();
    said.iter()
        .flat_map(|text| numbers_in(&Normal::new(text).chars))
        .collect()
}

/// Whether the clause round a word speaks of what the person said or has.
pub(super) fn is_attributed(checker: &Checker<'_>, tokens: &Tokens, at: usize) -> bool {
    if checker.context.profile.is_none() {
        return false;
    }
    let clause = tokens.clause(at);
    let word = |index: usize| clause.get(index).map_or("", |token| token.word.as_str());
    (0..clause.len()).any(|index| {
        ATTRIBUTION.iter().any(|start| word(index).starts_with(start))
            || ATTRIBUTION_PAIRS.iter().any(|(first, second)| {
                word(index) == *first && (second.is_empty() || word(index + 1) == *second)
            })
    })
}

/// Whether a number that the person said too may stand where it stands.
pub(super) fn may_repeat(checker: &Checker<'_>, tokens: &Tokens, number: &Number, names_fact: bool) -> bool {
    let at = tokens.at(number.start);
    if is_attributed(checker, tokens, at) {
        return true;
    }
    let asserts = tokens
        .clause(at)
        .iter()
        .any(|token| ASSERTION.iter().any(|start| token.word.starts_with(start)));
    !names_fact && !asserts
}

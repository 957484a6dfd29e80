//! Opt-out by rule, before any model: Russian, English, Uzbek, Kazakh and Ukrainian.
//!
//! A message opts out when it is a stop word and nothing else, or when it asks, by one of the phrases in `rules`, to be
//! left alone or forgotten. A stop word inside an ordinary sentence, or one that is denied, does not count.

mod rules;

use std::sync::LazyLock;

use crate::writing::pattern::{self, Pattern, Word};
use crate::writing::words;

/// Texts longer than this are cut: nobody opts out after four thousand letters.
const MAX_CHARS: usize = 4096;
/// A farewell such as "not interested, stop" is short.
const MAX_FAREWELL_WORDS: usize = 10;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rules::PHRASES.iter().flat_map(Rule::compile).collect());
static LONE: LazyLock<Vec<Word>> = LazyLock::new(|| pattern::words(rules::LONE));
static FILLERS: LazyLock<Vec<Word>> = LazyLock::new(|| pattern::words(rules::FILLERS));
static DECLINES: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| rules::DECLINES.iter().map(|p| Pattern::new(p)).collect());

/// A phrase with what denies it.
struct Rule {
    pattern: Pattern,
    not_before: Vec<Word>,
    not_near: Vec<Word>,
    name: &'static str,
}

impl Rule {
    fn compile(source: &'static rules::Phrases) -> impl Iterator<Item = Self> {
        source.patterns.iter().map(|pattern| Self {
            pattern: Pattern::new(pattern),
            not_before: pattern::words(source.not_before),
            not_near: pattern::words(source.not_near),
            name: source.name,
        })
    }

    /// `clauses` has for each token where its clause begins: a denial does not reach over a comma.
    fn holds(&self, tokens: &[String], clauses: &[usize]) -> bool {
        (0..tokens.len()).any(|start| {
            let Some(end) = self.pattern.matches(tokens, start) else {
                return false;
            };
            let before = &tokens[start.saturating_sub(2).max(clauses[start])..start];
            let near = &tokens[start.saturating_sub(3)..(end + 4).min(tokens.len())];
            !has(before, &self.not_before) && !has(near, &self.not_near)
        })
    }
}

fn has(tokens: &[String], words: &[Word]) -> bool {
    tokens.iter().any(|token| words.iter().any(|word| word.is(token)))
}

/// Whether the message asks to stop.
pub fn is_opt_out(text: &str) -> bool {
    rule(text).is_some()
}

/// The rule by which the message asks to stop, for the record.
pub fn rule(text: &str) -> Option<&'static str> {
    let cut: String = text.chars().take(MAX_CHARS).collect();
    if matches!(cut.trim(), "🛑" | "⛔" | "⛔️") {
        return Some("stop_sign");
    }
    let folded = words::fold(&cut);
    let found = rule_of_folded(&folded, false);
    if found.is_some() || folded.chars().any(words::is_cyrillic) {
        return found;
    }
    // Russian in Latin letters.
    let written = pattern::to_cyrillic(&folded, true);
    rule_of_folded(&written, true).or_else(|| rule_of_folded(&pattern::to_cyrillic(&folded, false), true))
}

/// `transliterated`: only the Russian phrases can be meant.
fn rule_of_folded(folded: &str, transliterated: bool) -> Option<&'static str> {
    let all = pattern::tokens(folded);
    let asked = folded.trim_end().ends_with('?');
    if !asked && is_lone(&all) {
        return Some("stop_word");
    }
    for sentence in split(folded, &['.', '!', '?', ';', '\n', '…']) {
        let (tokens, clauses) = in_clauses(sentence);
        let meant = |rule: &&Rule| !transliterated || !matches!(rule.name, "uzbek" | "kazakh");
        if let Some(rule) = RULES
            .iter()
            .filter(meant)
            .find(|rule| rule.holds(&tokens, &clauses))
        {
            return Some(rule.name);
        }
    }
    (!folded.contains('?') && is_farewell(folded, &all)).then_some("farewell")
}

fn split<'a>(text: &'a str, marks: &'a [char]) -> impl Iterator<Item = &'a str> {
    text.split(marks).filter(|part| !part.trim().is_empty())
}

/// The tokens of a sentence, and for each where its clause begins.
fn in_clauses(sentence: &str) -> (Vec<String>, Vec<usize>) {
    let mut tokens = pattern::tokens(sentence);
    let mut clauses = vec![0; tokens.len()];
    let parts: Vec<Vec<String>> = split(sentence, &[',', '—', ':', '(', ')'])
        .map(pattern::tokens)
        .collect();
    // Letters apart may join differently in a part; then the sentence counts as one clause.
    if parts.iter().map(Vec::len).sum::<usize>() == tokens.len() {
        tokens.clear();
        clauses.clear();
        for part in parts {
            let begin = tokens.len();
            clauses.extend(std::iter::repeat_n(begin, part.len()));
            tokens.extend(part);
        }
    }
    (tokens, clauses)
}

/// Stop words and courtesies only.
fn is_lone(tokens: &[String]) -> bool {
    let is =
        |token: &String, words: &[Word]| words.iter().any(|word| word.is(token) || word.is_squeezed(token));
    tokens.iter().any(|token| is(token, &LONE))
        && tokens.iter().all(|token| is(token, &LONE) || is(token, &FILLERS))
}

/// "Не интересно. Стоп": a stop word as a clause of its own beside a refusal, in a short message.
fn is_farewell(folded: &str, all: &[String]) -> bool {
    all.len() <= MAX_FAREWELL_WORDS
        && split(folded, &['.', '!', ';', '\n', ',', '—', '-', '…'])
            .any(|clause| is_lone(&pattern::tokens(clause)))
        && DECLINES
            .iter()
            .any(|decline| (0..all.len()).any(|start| decline.matches(all, start).is_some()))
}

#[cfg(test)]
mod tests;

//! The words of the text with their places, and what patterns find among them.

use super::normal::Normal;
use crate::writing::pattern::{self, Pattern};

/// A word of the normalised text.
pub(super) struct Token {
    /// As patterns compare it.
    pub key: String,
    pub word: String,
    pub start: usize,
    pub end: usize,
}

/// The words in order.
pub(super) struct Tokens {
    pub all: Vec<Token>,
    pub keys: Vec<String>,
    /// For each word, the clause it is in: a comma, dash or the like begins the next.
    clauses: Vec<usize>,
    /// For each word, its sentence.
    sentences: Vec<usize>,
}

impl Tokens {
    pub fn of(normal: &Normal) -> Self {
        let all = words_of(&normal.chars);
        let keys = all.iter().map(|token| token.key.clone()).collect();
        let (mut clauses, mut sentences) = (Vec::new(), Vec::new());
        let (mut clause, mut last) = (0, 0);
        for token in &all {
            let between = &normal.chars[last..token.start];
            let dash = between.iter().any(|c| matches!(c, '-' | '—')) && between.len() > 1;
            if dash
                || between
                    .iter()
                    .any(|c| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '(' | ')' | '\n'))
            {
                clause += 1;
            }
            clauses.push(clause);
            sentences.push(normal.sentence_bounds(token.start).0);
            last = token.end;
        }
        Self {
            all,
            keys,
            clauses,
            sentences,
        }
    }

    /// The longest match at each word, within one sentence.
    pub fn matches(&self, patterns: &[Pattern]) -> Vec<(usize, usize)> {
        let longest = |start: usize| {
            patterns
                .iter()
                .filter_map(|pattern| pattern.matches(&self.keys, start))
                .filter(|end| *end > start && self.sentences[end - 1] == self.sentences[start])
                .max()
                .map(|end| (start, end))
        };
        (0..self.keys.len()).filter_map(longest).collect()
    }

    /// The words of the clause round a word.
    pub fn clause(&self, at: usize) -> &[Token] {
        let Some(clause) = self.clauses.get(at) else {
            return &[];
        };
        let first = self.clauses.partition_point(|other| other < clause);
        let last = self.clauses.partition_point(|other| other <= clause);
        &self.all[first..last]
    }

    /// The words from the clause of one word to that behind another: "знаю, что вы врач" is two clauses.
    pub fn clauses_from(&self, start: usize, end: usize) -> &[Token] {
        let (Some(first), Some(last)) = (self.clauses.get(start), self.clauses.get(end.saturating_sub(1)))
        else {
            return &[];
        };
        let from = self.clauses.partition_point(|other| other < first);
        let to = self.clauses.partition_point(|other| other <= last);
        &self.all[from..to]
    }

    /// The word at or after a place in the text.
    pub fn at(&self, place: usize) -> usize {
        self.all.partition_point(|token| token.end <= place)
    }

    /// "Не", "не сам", "not the" within the three words before, in the same clause.
    pub fn denied(&self, start: usize) -> bool {
        (start.saturating_sub(3)..start)
            .any(|at| self.clauses[at] == self.clauses[start] && is_negation(&self.keys[at]))
    }

    /// "Гарантий нет", "одобрения никто не обещает": within the three words after.
    pub fn denied_after(&self, end: usize) -> bool {
        let Some(last) = end.checked_sub(1) else {
            return false;
        };
        (end..(end + 3).min(self.keys.len()))
            .any(|at| self.clauses[at] == self.clauses[last] && is_negation(&self.keys[at]))
    }

    /// "Если одобрят", "одобрят ли", "решит, одобрить или нет": a condition, not a promise.
    pub fn is_conditional(&self, start: usize) -> bool {
        let clause = self.clauses[start];
        let near = start.saturating_sub(4)..(start + 3).min(self.keys.len());
        near.into_iter().any(|at| {
            self.clauses[at] == clause
                && matches!(
                    self.keys[at].as_str(),
                    "если" | "ли" | "if" | "whether" | "кому" | "когда"
                )
        })
    }
}

fn is_negation(key: &str) -> bool {
    matches!(
        key,
        "не" | "ни"
            | "not"
            | "no"
            | "never"
            | "isnt"
            | "dont"
            | "cant"
            | "doesnt"
            | "arent"
            | "нет"
            | "без"
            | "without"
            | "нельзя"
            | "никто"
            | "никаких"
            | "никакои"
            | "nobody"
            | "емес"
            | "emas"
            | "етилмеиди"
            | "qilinmaydi"
    )
}

fn words_of(chars: &[char]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let inside = |index: usize| {
            let c = chars[index];
            c.is_alphanumeric()
                || (matches!(c, '\'' | '-')
                    && index > at
                    && chars.get(index + 1).is_some_and(|next| next.is_alphabetic()))
        };
        let end = (at..chars.len())
            .find(|index| !inside(*index))
            .unwrap_or(chars.len());
        if end > at {
            let word: String = chars[at..end].iter().collect();
            found.push(Token {
                key: pattern::key(&word),
                word,
                start: at,
                end,
            });
        }
        at = end.max(at + 1);
    }
    found
}

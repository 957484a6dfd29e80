//! The text as it is compared: compatibility forms, case, spaces, look-alike letters; each character knows its origin.

use unicode_normalization::UnicodeNormalization;

use crate::writing::words;

/// A normalised text beside its source.
pub(super) struct Normal {
    pub source: Vec<char>,
    pub chars: Vec<char>,
    /// For each of `chars`, its index in `source`.
    origin: Vec<usize>,
}

impl Normal {
    pub fn new(text: &str) -> Self {
        let source: Vec<char> = text.chars().collect();
        let mut chars = Vec::with_capacity(source.len());
        let mut origin = Vec::with_capacity(source.len());
        for (index, c) in source.iter().enumerate() {
            if words::is_composed(*c) {
                chars.push(plain(words::lower_case(*c)));
                origin.push(index);
                continue;
            }
            for part in std::iter::once(*c).nfkc().flat_map(char::to_lowercase) {
                if words::is_invisible(part) {
                    continue;
                }
                chars.push(plain(part));
                origin.push(index);
            }
        }
        let mut this = Self {
            source,
            chars,
            origin,
        };
        this.unify_scripts();
        this
    }

    /// Look-alike Latin letters inside Cyrillic words become Cyrillic.
    fn unify_scripts(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let end = at + self.chars[at..].iter().take_while(|c| c.is_alphabetic()).count();
            let word = &self.chars[at..end];
            let mixed =
                word.iter().any(|c| words::is_cyrillic(*c)) && word.iter().any(|c| !words::is_cyrillic(*c));
            if mixed
                && word
                    .iter()
                    .all(|c| words::is_cyrillic(*c) || words::to_cyrillic(*c).is_some())
            {
                for c in &mut self.chars[at..end] {
                    *c = words::to_cyrillic(*c).unwrap_or(*c);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// The part of the source that a part of the normalised text stands for.
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.origin.get(start).copied().unwrap_or(self.source.len());
        let last = end
            .checked_sub(1)
            .and_then(|index| self.origin.get(index))
            .map_or(first, |index| index + 1);
        (first, last.max(first))
    }

    /// The sentence round a position.
    pub fn sentence(&self, at: usize) -> String {
        let (start, end) = self.sentence_bounds(at);
        self.chars[start..end].iter().collect()
    }

    /// Where the sentence round a position begins and ends.
    pub fn sentence_bounds(&self, at: usize) -> (usize, usize) {
        let ends = |index: usize| match self.chars[index] {
            '\n' => true,
            '.' | '!' | '?' | '…' | ';' => {
                self.chars.get(index + 1).is_none_or(|next| next.is_whitespace())
            }
            _ => false,
        };
        let at = at.min(self.chars.len());
        let start = (0..at)
            .rev()
            .find(|index| ends(*index))
            .map_or(0, |index| index + 1);
        let end = (at..self.chars.len())
            .find(|index| ends(*index))
            .map_or(self.chars.len(), |index| index + 1);
        (start, end)
    }
}

/// Digits of other scripts, dashes and spaces as plain ones; ё as е.
fn plain(c: char) -> char {
    match c {
        'ё' => 'е',
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(c),
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        '’' | '‘' | 'ʼ' => '\'',
        c if c.is_whitespace() && c != '\n' => ' ',
        c => c,
    }
}

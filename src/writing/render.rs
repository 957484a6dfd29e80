//! Filling approved texts, and the seeded choice among them.

use std::hash::Hasher as _;

use chrono::NaiveDate;

use super::FactRef;
use super::model::Piece;
use crate::knowledge::{KnowledgeBase, Language, Product, fill, slots};

/// What fills the slots of approved texts.
pub(super) struct Filler<'a> {
    pub kb: &'a KnowledgeBase,
    pub product: Option<&'a Product>,
    pub language: Language,
    /// Who signs; `None`: the knowledge base's own persona.
    pub persona: Option<&'a str>,
    pub first_name: Option<&'a str>,
    pub today: NaiveDate,
}

impl<'a> Filler<'a> {
    /// The value of a slot; `None` when it is unknown or its fact does not hold today.
    pub fn value(&self, slot: &str) -> Option<&'a str> {
        let program = &self.kb.program;
        let value = match slot {
            "first_name" => return self.first_name,
            "persona" if self.persona.is_some() => return self.persona,
            "persona" => program.persona.get_or_first(self.language)?,
            "program.name" => program.name.get_or_first(self.language)?,
            "program.bank" => program.bank.get_or_first(self.language)?,
            "product.name" => return Some(self.product?.name_in(self.language)),
            "product.link" => return Some(&self.product?.link),
            _ => {
                let fact = self.product?.fact(slot.strip_prefix("fact.")?)?;
                if !fact.is_live(self.today) {
                    return None;
                }
                fact.display.get_or_first(self.language)?
            }
        };
        Some(value)
    }

    /// The text with its slots filled; `None` when one has no value.
    pub fn fill(&self, text: &str) -> Option<String> {
        fill(text, |slot| self.value(slot)).ok()
    }

    /// The approved sentences of the product's facts that hold today, each with its id: `fact:<attribute>.<number>`.
    pub fn fact_pieces(&self, product: &Product) -> Vec<Piece> {
        let mut found = Vec::new();
        for fact in product.live_facts(self.today) {
            let sentences = fact.sentences.get(self.language).map_or(&[][..], Vec::as_slice);
            for (index, source) in sentences.iter().enumerate() {
                if let Some(text) = self.fill(source) {
                    found.push(Piece {
                        id: format!("fact:{}.{}", fact.attribute, index + 1),
                        part: "fact",
                        source: source.clone(),
                        text,
                        facts: self.facts(source),
                        is_block: false,
                    });
                }
            }
        }
        found
    }

    /// The facts that a text uses.
    pub fn facts(&self, text: &str) -> Vec<FactRef> {
        let Some(product) = self.product else {
            return Vec::new();
        };
        let named = slots(text).unwrap_or_default();
        let attributes = named.iter().filter_map(|slot| slot.name.strip_prefix("fact."));
        attributes
            .map(|attribute| FactRef {
                product_id: product.id,
                attribute: attribute.to_owned(),
            })
            .collect()
    }
}

/// A small seeded generator (SplitMix64): the same seed writes the same text on every machine and release.
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            0
        } else {
            usize::try_from(self.next() % bound as u64).unwrap_or_default()
        }
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// True in `percent` of 100 throws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// The items in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// A hash that is the same everywhere and for ever (FNV-1a), for choices that must not change between runs.
pub fn stable_hash(parts: &[&[u8]]) -> u64 {
    struct Fnv(u64);
    impl std::hash::Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    for part in parts {
        hasher.write(part);
        hasher.write(&[0xff]);
    }
    hasher.finish()
}

/// The sentences of a text, with their closing marks.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '\n' => true,
            '.' | '!' | '?' | '…' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if ends {
            let end = at + c.len_utf8();
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

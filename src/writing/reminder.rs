//! A follow-up on silence: a greeting, something about the product that was not said yet, a soft question, how to stop.
//! Approved texts and facts only, and no sentence that the person has read already.

use chrono::NaiveDate;

use super::compose::disclosure;
use super::render::{Dice, Filler, sentences};
use super::{Draft, FactRef, Profile, words};
use crate::knowledge::{Block, DayPart, Form, KnowledgeBase, Language, Product};

/// A reminder is not longer than this.
pub const MAX_REMINDER_CHARS: usize = 400;

/// What a reminder is written for.
#[derive(Debug, Clone)]
pub struct ReminderContext<'a> {
    pub kb: &'a KnowledgeBase,
    pub product: &'a Product,
    pub profile: &'a Profile,
    pub language: Language,
    pub form: Form,
    /// Facts already told to this person.
    pub told: &'a [FactRef],
    /// What we wrote to this person before; no sentence is said twice.
    pub sent: &'a [String],
    /// The person was not told yet that an AI assistant writes.
    pub disclose: bool,
}

/// Writes a reminder. `None`: nothing is left to say that was not said.
pub fn reminder(context: &ReminderContext<'_>, seed: u64, today: NaiveDate) -> Option<Draft> {
    let writer = Writer::new(context, today);
    let mut dice = Dice::new(seed);
    let blocks = &context.kb.blocks;
    let mut parts = Parts::default();
    if let Some(found) = writer.greeting(&mut dice) {
        parts.add(found);
    }
    let news = writer
        .fact(&mut dice)
        .or_else(|| writer.block(&blocks.offers, &mut dice))?;
    parts.add(news);
    if let Some(found) = writer.block(&blocks.questions, &mut dice) {
        parts.add(found);
    }
    let ending = if context.disclose {
        let (text, ids) = disclosure(context.kb, context.language, context.form, seed);
        Some(Piece {
            text,
            facts: Vec::new(),
            blocks: ids,
        })
    } else {
        writer.block(&blocks.stop_sentence, &mut dice)
    };
    if let Some(ending) = ending {
        parts.break_line();
        parts.add(ending);
    }
    let text = parts.text;
    (text.chars().count() <= MAX_REMINDER_CHARS).then_some(Draft {
        text,
        language: writer.filler.language,
        facts: parts.facts,
        blocks: parts.blocks,
    })
}

/// A part of the text, with what it uses.
#[derive(Clone)]
struct Piece {
    text: String,
    facts: Vec<FactRef>,
    blocks: Vec<String>,
}

#[derive(Default)]
struct Parts {
    text: String,
    facts: Vec<FactRef>,
    blocks: Vec<String>,
}

impl Parts {
    fn add(&mut self, piece: Piece) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.text.push_str(&piece.text);
        self.facts.extend(piece.facts);
        self.blocks.extend(piece.blocks);
    }

    fn break_line(&mut self) {
        self.text.push_str("\n\n");
    }
}

struct Writer<'a> {
    context: &'a ReminderContext<'a>,
    filler: Filler<'a>,
    today: NaiveDate,
    /// Sentences already sent, folded.
    sent: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(context: &'a ReminderContext<'a>, today: NaiveDate) -> Self {
        let filler = Filler {
            kb: context.kb,
            product: Some(context.product),
            language: context.kb.language_for(context.language),
            persona: None,
            first_name: context.profile.greeting_name(),
            today,
        };
        let sent = context.sent.iter().flat_map(|text| sentences(text));
        Self {
            context,
            filler,
            today,
            sent: sent.map(words::fold).collect(),
        }
    }

    fn is_new(&self, text: &str) -> bool {
        sentences(text)
            .into_iter()
            .all(|sentence| !self.sent.contains(&words::fold(sentence)))
    }

    /// The blocks that fit, filled, and say nothing that was said.
    fn fitting(&self, blocks: &[Block]) -> Vec<(bool, Piece)> {
        let named = self.filler.first_name.is_some();
        let mut found = Vec::new();
        for block in blocks {
            let fits = block.fits(self.context.product, self.today) && (named || !block.requires_name);
            let anytime = block.time.unwrap_or_default() == DayPart::Neutral;
            let Some(text) = block.text(self.filler.language, self.context.form) else {
                continue;
            };
            if let Some(filled) = self.filler.fill(text)
                && fits
                && anytime
                && self.is_new(&filled)
            {
                let piece = Piece {
                    text: filled,
                    facts: self.filler.facts(text),
                    blocks: vec![block.id.clone()],
                };
                found.push((block.requires_name, piece));
            }
        }
        found
    }

    fn block(&self, blocks: &[Block], dice: &mut Dice) -> Option<Piece> {
        let found = self.fitting(blocks);
        dice.pick(&found).map(|(_, piece)| piece.clone())
    }

    /// By name where there is a choice.
    fn greeting(&self, dice: &mut Dice) -> Option<Piece> {
        let mut found = self.fitting(&self.context.kb.blocks.greetings);
        if found.iter().any(|(by_name, _)| *by_name) {
            found.retain(|(by_name, _)| *by_name);
        }
        dice.pick(&found).map(|(_, piece)| piece.clone())
    }

    /// A live fact: one that was not told, else one that can be told in other words.
    fn fact(&self, dice: &mut Dice) -> Option<Piece> {
        let mut found: Vec<(bool, Piece)> = Vec::new();
        for fact in self.context.product.live_facts(self.today) {
            let own = fact.sentences.get(self.filler.language);
            for sentence in own.map_or(&[][..], Vec::as_slice) {
                let facts = self.filler.facts(sentence);
                if let Some(text) = self.filler.fill(sentence)
                    && self.is_new(&text)
                {
                    let told = facts.iter().any(|fact| self.context.told.contains(fact));
                    let blocks = Vec::new();
                    found.push((told, Piece { text, facts, blocks }));
                }
            }
        }
        if found.iter().any(|(told, _)| !told) {
            found.retain(|(told, _)| !told);
        }
        dice.pick(&found).map(|(_, piece)| piece.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writing::check::{CheckContext, check};

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    #[test]
    fn three_reminders_say_nothing_twice_and_break_no_rule() {
        let kb = KnowledgeBase::sample().unwrap();
        let profile = Profile {
            first_name: Some("Анна".to_owned()),
            ..Profile::default()
        };
        for product in &kb.products {
            for language in [Language::Ru, Language::En] {
                for seed in 0..20 {
                    let mut sent: Vec<String> = Vec::new();
                    let mut told: Vec<FactRef> = Vec::new();
                    for step in 0..3 {
                        let context = ReminderContext {
                            kb: &kb,
                            product,
                            profile: &profile,
                            language,
                            form: Form::Formal,
                            told: &told,
                            sent: &sent,
                            disclose: step == 0,
                        };
                        let Some(draft) = reminder(&context, seed + step, day()) else {
                            assert!(step > 0, "{product:?} has nothing to say");
                            continue;
                        };
                        let rules = CheckContext {
                            kb: &kb,
                            products: vec![product],
                            profile: Some(&profile),
                            today: day(),
                        };
                        assert!(check(&draft.text, &rules).is_empty(), "{}", draft.text);
                        let before: Vec<String> = sent
                            .iter()
                            .flat_map(|text| sentences(text))
                            .map(words::fold)
                            .collect();
                        for sentence in sentences(&draft.text) {
                            assert!(!before.contains(&words::fold(sentence)), "{sentence}");
                        }
                        told.extend(draft.facts.iter().cloned());
                        sent.push(draft.text);
                    }
                }
            }
        }
    }
}

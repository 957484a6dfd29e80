//! The offline composer of first messages: approved blocks and facts only, chosen for the person by a seed.

mod pieces;

use chrono::NaiveDate;

use super::render::{Dice, Filler};
use super::words;
use super::{Draft, FactRef, Profile};
use crate::knowledge::{Block, BridgeBy, DayPart, Form, KnowledgeBase, Language, Product, ReplyClass};

pub use pieces::pieces;

/// A first message is not longer than this.
pub const MAX_FIRST_MESSAGE_CHARS: usize = 600;
/// How often another opening is tried before a repeated one is accepted.
const MAX_OPENING_TRIES: u64 = 24;

/// How a first message is written.
#[derive(Debug, Clone)]
pub struct FirstMessageOptions<'a> {
    /// The person's; the knowledge base may have to answer in another.
    pub language: Language,
    pub form: Form,
    /// The recipient's part of the day, for the greeting.
    pub day_part: DayPart,
    /// Decides every choice: one seed, one text.
    pub seed: u64,
    pub today: NaiveDate,
    /// Say that an AI assistant writes (`AI_DISCLOSURE`). How to stop is said in any case.
    pub disclosure: bool,
    /// Who signs, in the nominative; `None`: the knowledge base's persona.
    pub persona: Option<&'a str>,
    /// Openings of recent texts ([`Draft::opening`]) to avoid.
    pub avoid: &'a [String],
}

/// The parts of a message in one of its orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Greeting,
    Introduction,
    Bridge,
    Offer,
    Fact,
    Question,
    Closing,
    Disclosure,
    Stop,
    Break,
}

const ORDERS: [&[Part]; 7] = {
    use Part::{
        Break, Bridge as B, Closing as C, Disclosure as D, Fact as F, Greeting as G, Introduction as I,
    };
    use Part::{Offer as O, Question as Q, Stop as S};
    [
        &[G, I, B, O, F, Q, Break, D, S],
        &[G, B, I, O, F, Q, C, Break, D, S],
        &[G, I, D, B, O, F, Q, Break, S],
        &[G, B, O, F, Break, I, D, Q, S],
        &[G, I, B, O, F, Break, D, S, Q],
        &[G, B, I, F, O, Q, Break, D, S, C],
        &[G, I, O, B, F, Q, C, Break, D, S],
    ]
};

struct Chosen<'a> {
    part: Part,
    id: Option<&'a str>,
    text: String,
    facts: Vec<FactRef>,
}

/// Writes the first message to a person about a product.
pub fn first_message(
    profile: &Profile,
    product: &Product,
    kb: &KnowledgeBase,
    options: &FirstMessageOptions<'_>,
) -> Draft {
    let mut last = None;
    for attempt in 0..MAX_OPENING_TRIES {
        let seed = options
            .seed
            .wrapping_add(attempt.wrapping_mul(0x51_7c_c1_b7_27_22_0a_95));
        let draft = Composer::new(profile, product, kb, options, seed).write();
        if !options.avoid.contains(&draft.opening()) {
            return draft;
        }
        last.get_or_insert(draft);
    }
    last.unwrap_or_else(|| Composer::new(profile, product, kb, options, options.seed).write())
}

/// That an AI assistant writes and how to stop, for the first answer to somebody whom it was not told yet: the text and
/// its blocks.
pub fn disclosure(kb: &KnowledgeBase, language: Language, form: Form, seed: u64) -> (String, Vec<String>) {
    ending(kb, language, form, seed, true)
}

/// What stands at the end of a text that a model wrote: how to stop, and before it, if so wished, that an AI writes.
pub fn ending(
    kb: &KnowledgeBase,
    language: Language,
    form: Form,
    seed: u64,
    disclose: bool,
) -> (String, Vec<String>) {
    let language = kb.language_for(language);
    let mut dice = Dice::new(seed);
    let (mut texts, mut blocks) = (Vec::new(), Vec::new());
    let disclosures = disclose.then_some(&kb.blocks.ai_disclosure);
    for choice in disclosures.into_iter().chain([&kb.blocks.stop_sentence]) {
        // Sentences that name a product or a person are for first messages.
        let plain: Vec<(&str, &Block)> = choice
            .iter()
            .filter_map(|block| Some((block.text(language, form)?, block)))
            .filter(|(text, block)| !text.contains("{{") && block.requires.is_empty())
            .collect();
        if let Some((text, block)) = dice.pick(&plain) {
            texts.push(*text);
            blocks.push(block.id.clone());
        }
    }
    (texts.join(" "), blocks)
}

/// The one confirmation after an opt-out.
pub fn opt_out_confirmation(kb: &KnowledgeBase, language: Language, form: Form, seed: u64) -> Option<Draft> {
    let language = kb.language_for(language);
    let answers: Vec<&Block> = kb
        .answers(ReplyClass::OptOut)
        .iter()
        .filter(|answer| answer.closes_dialog)
        .collect();
    let answer = Dice::new(seed).pick(&answers)?;
    let text = answer.text(language, form)?.to_owned();
    Some(Draft {
        text,
        language,
        facts: Vec::new(),
        blocks: vec![answer.id.clone()],
    })
}

struct Composer<'a> {
    profile: &'a Profile,
    product: &'a Product,
    kb: &'a KnowledgeBase,
    options: &'a FirstMessageOptions<'a>,
    filler: Filler<'a>,
    dice: Dice,
}

impl<'a> Composer<'a> {
    fn new(
        profile: &'a Profile,
        product: &'a Product,
        kb: &'a KnowledgeBase,
        options: &'a FirstMessageOptions<'a>,
        seed: u64,
    ) -> Self {
        let filler = Filler {
            kb,
            product: Some(product),
            language: kb.language_for(options.language),
            persona: options.persona,
            first_name: profile.greeting_name(),
            today: options.today,
        };
        Self {
            profile,
            product,
            kb,
            options,
            filler,
            dice: Dice::new(seed),
        }
    }

    fn write(mut self) -> Draft {
        let kb = self.kb;
        let order = self.dice.pick(&ORDERS).copied().unwrap_or(ORDERS[0]);
        let bridges = self.bridges();
        // One promise of brevity is enough.
        let brief = bridges.iter().any(|bridge| promises_brevity(&bridge.text));
        let greeting = self.block(Part::Greeting, &kb.blocks.greetings, |composer, block, text| {
            let time = block.time.unwrap_or_default();
            (time == DayPart::Neutral || time == composer.options.day_part)
                && !(brief && promises_brevity(text))
        });
        let introduction = self.block(Part::Introduction, &kb.blocks.introductions, |_, _, _| true);
        let offer = self.offer();
        let facts = self.lead_facts();
        let question = self.block(Part::Question, &kb.blocks.questions, |_, _, _| true);
        // The introduction has said who writes: no signature besides.
        let closing = self.block(Part::Closing, &kb.blocks.closings, |_, block, _| {
            !block
                .text(Language::En, Form::Formal)
                .is_some_and(|text| text.contains("{{persona}}"))
        });
        let disclosure = if self.options.disclosure {
            self.block(Part::Disclosure, &kb.blocks.ai_disclosure, |_, _, _| true)
        } else {
            None
        };
        let stop = self.block(Part::Stop, &kb.blocks.stop_sentence, |_, _, _| true);
        let mut chosen: Vec<Chosen<'a>> = Vec::new();
        chosen.extend(greeting);
        chosen.extend(introduction);
        chosen.extend(bridges);
        chosen.push(offer);
        chosen.extend(facts);
        chosen.extend(question);
        chosen.extend(closing);
        chosen.extend(disclosure);
        chosen.extend(stop);
        assemble(order, chosen, self.filler.language)
    }

    /// One fitting block, filled.
    fn block(
        &mut self,
        part: Part,
        blocks: &'a [Block],
        wanted: impl Fn(&Self, &Block, &str) -> bool,
    ) -> Option<Chosen<'a>> {
        let fitting = self.fitting(part, blocks, wanted);
        let (block, text, filled) = self.dice.pick(&fitting)?;
        Some(Chosen {
            part,
            id: Some(&block.id),
            text: filled.clone(),
            facts: self.filler.facts(text),
        })
    }

    /// The blocks that fit the product and the person: the block, its text with slots, and the text filled.
    fn fitting(
        &self,
        part: Part,
        blocks: &'a [Block],
        wanted: impl Fn(&Self, &Block, &str) -> bool,
    ) -> Vec<(&'a Block, &'a str, String)> {
        let named = self.filler.first_name.is_some();
        let mut fitting = Vec::new();
        for block in blocks {
            let Some(text) = block.text(self.filler.language, self.options.form) else {
                continue;
            };
            let fits = block.fits(self.product, self.options.today) && (named || !block.requires_name);
            // A known name is used where there is a choice.
            let anonymous = part == Part::Greeting && named && !block.requires_name;
            if fits
                && !anonymous
                && wanted(self, block, text)
                && let Some(filled) = self.filler.fill(text)
            {
                fitting.push((block, text, filled));
            }
        }
        fitting
    }

    /// A bridge for the profession and one for the interests, as far as they are known; else a general one.
    fn bridges(&mut self) -> Vec<Chosen<'a>> {
        let kb = self.kb;
        let profession = words::stems(self.profile.profession.as_deref().unwrap_or_default());
        let interests = words::stems(&self.profile.interests.join(", "));
        let mut found: Vec<Chosen<'a>> = Vec::new();
        for (by, said) in [
            (BridgeBy::Profession, &profession),
            (BridgeBy::Interest, &interests),
        ] {
            let brief = found.iter().any(|bridge| promises_brevity(&bridge.text));
            let bridge = self.block(Part::Bridge, &kb.blocks.bridges, |_, block, text| {
                block.by == Some(by)
                    && block.words.iter().any(|word| words::says(said, word))
                    && !(brief && promises_brevity(text))
            });
            found.extend(bridge);
        }
        if found.is_empty() {
            let any = self.block(Part::Bridge, &kb.blocks.bridges, |_, block, _| {
                block.by == Some(BridgeBy::Any)
            });
            found.extend(any);
        }
        found
    }

    fn offer(&mut self) -> Chosen<'a> {
        let kb = self.kb;
        if let Some(offer) = self.block(Part::Offer, &kb.blocks.offers, |_, _, _| true) {
            return offer;
        }
        // A product without offers of its own is told by its approved description.
        let description = self.product.description.get_or_first(self.filler.language);
        let text = description
            .map(|text| self.filler.fill(text).unwrap_or_default())
            .unwrap_or_default();
        Chosen {
            part: Part::Offer,
            id: None,
            text,
            facts: Vec::new(),
        }
    }

    /// One live leading fact, sometimes two.
    fn lead_facts(&mut self) -> Vec<Chosen<'a>> {
        let mut leads: Vec<_> = self
            .product
            .live_facts(self.options.today)
            .filter(|fact| fact.lead)
            .collect();
        self.dice.shuffle(&mut leads);
        let wanted = if self.dice.chance(30) { 2 } else { 1 };
        let mut found = Vec::new();
        for fact in leads {
            let sentences = fact
                .sentences
                .get(self.filler.language)
                .map_or(&[][..], Vec::as_slice);
            if let Some(sentence) = self.dice.pick(sentences)
                && let Some(text) = self.filler.fill(sentence)
            {
                found.push(Chosen {
                    part: Part::Fact,
                    id: None,
                    text,
                    facts: self.filler.facts(sentence),
                });
            }
            if found.len() == wanted {
                break;
            }
        }
        found
    }
}

/// Puts the parts in order; what is dispensable goes first when the text is too long.
fn assemble(order: &[Part], mut chosen: Vec<Chosen<'_>>, language: Language) -> Draft {
    loop {
        let mut text = String::new();
        let mut facts: Vec<FactRef> = Vec::new();
        let mut blocks = Vec::new();
        for part in order {
            if *part == Part::Break {
                text.push('\n');
                continue;
            }
            for piece in chosen
                .iter()
                .filter(|piece| piece.part == *part && !piece.text.is_empty())
            {
                if !text.is_empty() {
                    text.push(if text.ends_with('\n') { '\n' } else { ' ' });
                }
                text.push_str(&piece.text);
                facts.extend(
                    piece
                        .facts
                        .iter()
                        .filter(|fact| !facts.contains(fact))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
                blocks.extend(piece.id.map(str::to_owned));
            }
        }
        let text = text.trim_end().to_owned();
        if text.chars().count() <= MAX_FIRST_MESSAGE_CHARS {
            return Draft {
                text,
                language,
                facts,
                blocks,
            };
        }
        let last_of = |part| chosen.iter().rposition(|piece| piece.part == part);
        let several = |part| chosen.iter().filter(|piece| piece.part == part).count() > 1;
        let dispensable = last_of(Part::Closing)
            .or_else(|| several(Part::Fact).then(|| last_of(Part::Fact)).flatten())
            .or_else(|| last_of(Part::Bridge))
            .or_else(|| last_of(Part::Fact))
            .or_else(|| last_of(Part::Question));
        match dispensable {
            Some(index) => drop(chosen.remove(index)),
            None => {
                return Draft {
                    text,
                    language,
                    facts,
                    blocks,
                };
            }
        }
    }
}

/// "Напишу коротко", "I will be brief": said once at most.
fn promises_brevity(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        "корот",
        "кратк",
        "в двух словах",
        "надолго",
        "длинн",
        "к сути",
        "brief",
        "short",
        "couple of words",
        "keep you long",
        "won't keep",
        "to the point",
    ];
    let folded = text.to_lowercase();
    MARKS.iter().any(|mark| folded.contains(mark))
}

#[cfg(test)]
#[path = "compose_tests.rs"]
mod tests;

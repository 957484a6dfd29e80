//! The grounding check: what may leave. A pure function of the text and of what is known.
//!
//! Every number must tell a live fact of the product, in its unit and without strengthening its bound; links must be the
//! product's own; other products, promises without a fact, other people's names and the bank's voice are violations.

mod claims;
mod dates;
mod echo;
mod lexicon;
mod links;
mod normal;
mod person;
mod products;
mod tokens;

use chrono::NaiveDate;
use serde::Serialize;

use super::asked::mentions;
use super::numbers::{Family, Number, numbers_in};
use super::{Profile, sentences, words};
use crate::knowledge::{Block, Bound, BridgeBy, Fact, FactValue, KnowledgeBase, Product};
use crate::text::{Lang, text};
use normal::Normal;
use tokens::Tokens;

/// What a text may say.
#[derive(Debug, Clone)]
pub struct CheckContext<'a> {
    pub kb: &'a KnowledgeBase,
    /// The products that the text may speak of: facts and links are theirs.
    pub products: Vec<&'a Product>,
    /// Whom the text is for; without it names and claims about the person are not checked.
    pub profile: Option<&'a Profile>,
    pub today: NaiveDate,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolationKind {
    Number,
    Bound,
    Date,
    Link,
    Phone,
    OtherProduct,
    Forbidden,
    FirstName,
    AboutPerson,
    Persona,
    Slot,
}

impl ViolationKind {
    /// Key in the message catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Number => "check.number",
            Self::Bound => "check.bound",
            Self::Date => "check.date",
            Self::Link => "check.link",
            Self::Phone => "check.phone",
            Self::OtherProduct => "check.other_product",
            Self::Forbidden => "check.forbidden",
            Self::FirstName => "check.first_name",
            Self::AboutPerson => "check.about_person",
            Self::Persona => "check.persona",
            Self::Slot => "check.slot",
        }
    }
}

/// A part of the text that may not leave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// Offsets in characters (Unicode scalar values), the end not included.
    pub start: usize,
    pub end: usize,
    pub kind: ViolationKind,
    /// The part itself.
    pub found: String,
}

impl Violation {
    /// The violation in words.
    pub fn text(&self, lang: Lang) -> String {
        text(lang, self.kind.key(), &[("found", &self.found)])
    }
}

/// Everything in the text that may not leave, in order. Empty: it may.
pub fn check(text: &str, context: &CheckContext<'_>) -> Vec<Violation> {
    let normal = Normal::new(text);
    let mut checker = Checker {
        normal,
        context,
        found: Vec::new(),
        taken: Vec::new(),
        linked: Vec::new(),
    };
    checker.slots();
    checker.links();
    checker.dates();
    checker.phones();
    checker.numbers();
    claims::check(&mut checker);
    let mut found = checker.found;
    found.sort();
    found.dedup();
    found
}

/// A slot in brackets is no longer, in characters.
const SLOT_CHARS: usize = 40;

struct Checker<'a> {
    normal: Normal,
    context: &'a CheckContext<'a>,
    found: Vec<Violation>,
    /// Parts judged already (links, phones, dates): numbers in them are not judged again.
    taken: Vec<(usize, usize)>,
    linked: Vec<(usize, usize)>,
}

impl Checker<'_> {
    /// `start` and `end` are positions in the normalised text.
    fn add(&mut self, start: usize, end: usize, kind: ViolationKind) {
        let (start, end) = self.normal.original(start, end);
        let found = self.normal.source[start..end]
            .iter()
            .collect::<String>()
            .trim()
            .to_owned();
        self.found.push(Violation {
            start,
            end,
            kind,
            found,
        });
    }

    fn is_taken(&self, start: usize, end: usize) -> bool {
        self.taken.iter().any(|(from, to)| start < *to && *from < end)
    }

    /// Slots that nobody filled, ours ("{{fact.rate}}") and what a model takes for one ("[имя]", "<link>", "___").
    fn slots(&mut self) {
        let chars = self.normal.chars.clone();
        let mut at = 0;
        while at < chars.len() {
            let closing = match chars[at] {
                '[' => Some(']'),
                '<' => Some('>'),
                _ => None,
            };
            let inside =
                closing.and_then(|closing| chars[at..].iter().take(SLOT_CHARS).position(|c| *c == closing));
            let length = match (chars[at], inside) {
                ('{' | '}', _) => chars[at..].iter().take_while(|c| **c == chars[at]).count(),
                ('_', _) => chars[at..].iter().take_while(|c| **c == '_').count(),
                (_, Some(width)) if chars[at + 1].is_alphabetic() => width + 1,
                ('%', _) => between_percents(&chars[at..]),
                ('x' | 'х', _) => stand_ins(&chars, at),
                _ => 0,
            };
            if length > 0 && (chars[at] != '_' || length > 2) {
                self.add(at, at + length, ViolationKind::Slot);
            }
            at += length.max(1);
        }
    }

    fn links(&mut self) {
        for (start, end) in links::candidates(&self.normal.chars) {
            let (from, to) = self.normal.original(start, end);
            let raw: String = self.normal.source[from..to].iter().collect();
            self.taken.push((start, end));
            self.linked.push((start, end));
            if !self
                .context
                .products
                .iter()
                .any(|product| links::same(&raw, &product.link))
            {
                self.add(start, end, ViolationKind::Link);
            }
        }
    }

    fn dates(&mut self) {
        let said: Vec<String> = self
            .context
            .profile
            .map(|profile| {
                profile
                    .said
                    .iter()
                    .flat_map(|text| dates::told(&Normal::new(text).chars))
                    .collect()
            })
            .unwrap_or_default();
        for date in dates::dates(&self.normal.chars) {
            if !self.is_taken(date.start, date.end) {
                self.taken.push((date.start, date.end));
                // The day that the person named may be named back.
                if !date.day.as_ref().is_some_and(|day| said.contains(day)) {
                    self.add(date.start, date.end, ViolationKind::Date);
                }
            }
        }
    }

    fn phones(&mut self) {
        let digits = links::phones(&self.normal.chars);
        for (start, end) in digits
            .into_iter()
            .chain(links::phones_in_words(&self.normal.chars))
        {
            if !self.is_taken(start, end) {
                self.taken.push((start, end));
                self.add(start, end, ViolationKind::Phone);
            }
        }
    }

    /// The facts that hold on the day, of the products that the text may speak of.
    fn live(&self) -> impl Iterator<Item = &Fact> {
        let today = self.context.today;
        self.context
            .products
            .iter()
            .flat_map(move |product| product.live_facts(today))
    }

    /// Whether the part is within a link, which is judged as one.
    fn is_link(&self, start: usize, end: usize) -> bool {
        self.linked.iter().any(|(from, to)| start < *to && *from < end)
    }

    fn numbers(&mut self) {
        let said = echo::said_numbers(self.context);
        let tokens = Tokens::of(&self.normal);
        for number in numbers_in(&self.normal.chars) {
            if !self.is_taken(number.start, number.end)
                && let Some(kind) = self.judge(&number, &said, &tokens)
            {
                self.add(number.start, number.end, kind);
            }
        }
    }

    /// Counts that tell nothing of a product: "2 вопроса", "одна бумага или двадцать", "1.", "займу две минуты".
    fn is_harmless(&self, number: &Number, tokens: &Tokens) -> bool {
        const COUNTED: [&str; 16] = [
            "вопрос",
            "слов",
            "сообщени",
            "вариант",
            "причин",
            "пункт",
            "шаг",
            "предложени",
            "строк",
            "мысл",
            "question",
            "word",
            "message",
            "option",
            "reason",
            "step",
        ];
        const OURS: [&str; 6] = ["займу", "отниму", "уделите", "уделишь", "найдется", "отвлеку"];
        let at = tokens.at(number.end);
        let next = tokens.all.get(at).map_or("", |token| token.word.as_str());
        let small = number.value <= 10.0 && number.value.fract() == 0.0;
        let first = self.normal.sentence_bounds(number.start).0;
        let begins = self.normal.chars[first..number.start]
            .iter()
            .all(|c| c.is_whitespace());
        let marker = begins
            && matches!(self.normal.chars.get(number.end), Some('.' | ')'))
            && self.normal.chars.get(number.end + 1) == Some(&' ');
        let clause_words = tokens.clause(tokens.at(number.start)).len();
        let takes = tokens
            .clause(tokens.at(number.start))
            .iter()
            .any(|token| OURS.contains(&token.word.as_str()));
        match number.family {
            Family::Bare if !number.multiplied => {
                small && (marker || COUNTED.iter().any(|start| next.starts_with(start)))
            }
            Family::Pieces => number.worded && close(number.value, 1.0),
            // "Одну минуту, уточню."
            Family::Minutes => small && (takes || (number.worded && clause_words <= 2)),
            _ => false,
        }
    }

    /// Why the number may not leave, if so.
    fn judge(&self, number: &Number, said: &[Number], tokens: &Tokens) -> Option<ViolationKind> {
        if person::age_told(tokens, number).is_some_and(|years| person::is_own_age(self, years)) {
            return None;
        }
        if self.is_harmless(number, tokens) {
            return None;
        }
        let same_unit = |fact: &&Fact| number.family.may_tell(Family::of(fact.unit).0);
        let naming = |words: &[String]| -> Vec<&Fact> {
            self.live()
                .filter(same_unit)
                .filter(|fact| mentions(words, fact))
                .collect()
        };
        // The clause, or else the sentence, names an attribute of that unit: then the number must be that attribute's.
        let clause: Vec<String> = tokens
            .clause(tokens.at(number.start))
            .iter()
            .filter(|token| token.end <= number.start || token.start >= number.end)
            .map(|token| token.word.clone())
            .collect();
        let mut named = naming(&clause);
        if named.is_empty() {
            named = naming(&words::tokens(&self.normal.sentence(number.start)));
        }
        let candidates: Vec<&Fact> = if named.is_empty() {
            self.live().filter(same_unit).collect()
        } else {
            named.clone()
        };
        let equal: Vec<&Fact> = candidates
            .into_iter()
            .filter(|fact| tells(number, fact))
            .collect();
        if equal.iter().any(|fact| bound_allows(number.bound, fact.bound)) {
            return None;
        }
        let echoed = said.iter().any(|own| {
            let same = own.family == number.family
                || own.family.may_tell(number.family)
                || number.family.may_tell(own.family);
            let loose = own.family == Family::Bare || number.family == Family::Bare;
            close(own.value, number.value) && (same || loose)
        });
        if echoed && echo::may_repeat(self, tokens, number, !named.is_empty()) {
            return None;
        }
        // "Платить пять лет необязательно": what the fact says is denied, not promised.
        let denied = tokens.clause(tokens.at(number.start)).iter().any(|token| {
            ["необязат", "обязат"]
                .iter()
                .any(|start| token.word.starts_with(start))
        });
        if !equal.is_empty() && denied && number.bound.is_none() {
            return None;
        }
        Some(if equal.is_empty() {
            ViolationKind::Number
        } else {
            ViolationKind::Bound
        })
    }
}

/// "%имя%": its length; 0 when it is none.
fn between_percents(chars: &[char]) -> usize {
    let name = |c: &&char| c.is_alphabetic() || **c == '_';
    let letters = chars.iter().skip(1).take(SLOT_CHARS).take_while(name).count();
    if letters > 1 && chars.get(letters + 1) == Some(&'%') {
        letters + 2
    } else {
        0
    }
}

/// "XX %": a word of nothing but that letter, which stands in for a figure. Its length; 0 when it is none.
fn stand_ins(chars: &[char], at: usize) -> usize {
    let is_letter = |place: Option<usize>| {
        place
            .and_then(|place| chars.get(place))
            .is_some_and(|c| c.is_alphanumeric())
    };
    let length = chars[at..].iter().take_while(|c| **c == chars[at]).count();
    let whole = !is_letter(at.checked_sub(1)) && !is_letter(Some(at + length));
    if whole && (2..=4).contains(&length) {
        length
    } else {
        0
    }
}

fn tells(number: &Number, fact: &Fact) -> bool {
    let FactValue::Number(value) = fact.value else {
        return false;
    };
    close(number.value, value * Family::of(fact.unit).1)
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-6 * right.abs().max(1.0)
}

/// "18.9 %" for a fact "from 18.9 %" promises more than the fact does.
fn bound_allows(told: Option<Bound>, fact: Bound) -> bool {
    match told {
        Some(told) => told == fact,
        None => fact == Bound::Exact,
    }
}

/// Whether the knowledge base has a folded sentence word for word, without slots: a person approved those as they are, for
/// everybody (bridges to a profession or an interest are not for everybody).
fn is_approved(kb: &KnowledgeBase, sentence: &str) -> bool {
    use crate::knowledge::{Form, Language};
    let first = sentence.chars().next();
    // Most sentences are told apart by their first letter, which is cheaper than folding them.
    let same = |own: &str| {
        let begins = own.chars().next().and_then(|c| c.to_lowercase().next());
        let may = begins == first || matches!(begins, Some('ё')) || !begins.is_some_and(words::is_composed);
        may && !own.contains("{{") && words::fold(own) == sentence
    };
    let answers = kb.objections.iter().flat_map(|objection| &objection.answers);
    let blocks = kb.blocks.kinds().into_iter().flat_map(|(_, blocks)| blocks);
    let for_all = |block: &&Block| matches!(block.by, None | Some(BridgeBy::Any));
    answers.chain(blocks).filter(for_all).any(|block| {
        Language::ALL.into_iter().any(|language| {
            [Form::Formal, Form::Informal].into_iter().any(|form| {
                let text = block.text(language, form);
                text.is_some_and(|text| sentences(text).into_iter().any(same))
            })
        })
    })
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod measured;
#[cfg(test)]
mod tests;

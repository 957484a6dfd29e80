//! What of a model's answer may become a message.

use std::collections::BTreeSet;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::ask::in_language;
use super::{Brief, Piece, Way};
use crate::knowledge::{Product, slots};
use crate::writing::check::{CheckContext, ViolationKind, check};
use crate::writing::follow_up::says_on_list;
use crate::writing::numbers::numbers;
use crate::writing::render::Filler;
use crate::writing::{Draft, FactRef, sentences, words};

/// A part of a violation that is kept and shown, in characters.
const FOUND_CHARS: usize = 80;
/// Pieces of one composed message.
const MOST_PIECES: usize = 9;
/// Questions in a first message: a greeting may ask how one is.
const MOST_QUESTIONS_FIRST: usize = 2;
/// What stands for a slot while the rest of the text is judged.
const STAND_IN: &str = " это ";

/// Why an answer may not become a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// A kind of the grounding check, or `format`, `piece`, `raw_fact`, `promise`, `leak`, `language`, `length`,
    /// `questions`, `repeated`, `introduction`.
    pub kind: &'static str,
    /// The part of the answer, shortened.
    pub found: String,
}

impl Fault {
    fn new(kind: &'static str, found: &str) -> Self {
        Self {
            kind,
            found: found.chars().take(FOUND_CHARS).collect(),
        }
    }
}

/// The message that a model's answer makes.
///
/// # Errors
/// Everything for which it may not be one.
pub fn draft(way: Way, answer: &str, brief: &Brief<'_>) -> Result<Draft, Vec<Fault>> {
    let draft = match way {
        Way::Composed => composed(answer, brief)?,
        Way::Written => written(answer, brief)?,
    };
    let mut faults = Vec::new();
    let context = CheckContext {
        kb: brief.kb,
        products: brief.product.into_iter().collect(),
        profile: Some(brief.profile),
        today: brief.today,
    };
    for violation in check(&draft.text, &context) {
        let kind = violation.kind.key().trim_start_matches("check.");
        faults.push(Fault::new(kind, &violation.found));
    }
    faults.extend(shape(&draft.text, brief));
    if faults.is_empty() {
        Ok(draft)
    } else {
        faults.sort();
        faults.dedup();
        Err(faults)
    }
}

#[derive(Deserialize)]
struct Composed {
    pieces: Vec<String>,
}

#[derive(Deserialize)]
struct Written {
    text: String,
}

/// The JSON object of an answer; models like to put it into a fence or to greet before it.
fn object<'a, T: Deserialize<'a>>(answer: &'a str) -> Result<T, Vec<Fault>> {
    let from = answer.find('{').unwrap_or(0);
    let to = answer.rfind('}').map_or(answer.len(), |at| at + 1);
    let json = answer.get(from..to).unwrap_or(answer);
    serde_json::from_str(json).map_err(|error| vec![Fault::new("format", &error.to_string())])
}

fn composed(answer: &str, brief: &Brief<'_>) -> Result<Draft, Vec<Fault>> {
    let asked: Composed = object(answer)?;
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    let mut chosen: Vec<&Piece> = Vec::new();
    for id in &asked.pieces {
        match brief.pieces.iter().find(|piece| piece.id == *id) {
            Some(piece) if used.insert(id) => chosen.push(piece),
            _ => faults.push(Fault::new("piece", id)),
        }
    }
    let count = |part: &str| chosen.iter().filter(|piece| piece.part == part).count();
    let told = count("offer") + count("fact") + count("answer");
    if chosen.is_empty() || chosen.len() > MOST_PIECES || told == 0 || count("answer") > 1 {
        faults.push(Fault::new("piece", &asked.pieces.join(" ")));
    }
    if brief.is_first() && (count("introduction") != 1 || count("greeting") > 1 || count("offer") > 1) {
        faults.push(Fault::new("introduction", &asked.pieces.join(" ")));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let texts: Vec<&str> = chosen.iter().map(|piece| piece.text.as_str()).collect();
    let mut facts: Vec<FactRef> = chosen.iter().flat_map(|piece| piece.facts.clone()).collect();
    facts.sort();
    facts.dedup();
    Ok(Draft {
        text: texts.join(" "),
        language: brief.kb.language_for(brief.language),
        facts,
        blocks: chosen
            .iter()
            .filter(|piece| piece.is_block)
            .map(|piece| piece.id.clone())
            .collect(),
    })
}

fn written(answer: &str, brief: &Brief<'_>) -> Result<Draft, Vec<Fault>> {
    let Written { text: source } = object(answer)?;
    let filler = brief.filler();
    let Ok(found) = slots(&source) else {
        return Err(vec![Fault::new("slot", &source)]);
    };
    let mut faults = Vec::new();
    let (mut text, mut bare) = (String::new(), String::new());
    let mut facts = Vec::new();
    let mut at = 0;
    for slot in &found {
        let between = &source[at..slot.start];
        text.push_str(between);
        bare.push_str(between);
        bare.push_str(STAND_IN);
        at = slot.end;
        match value(slot.name, brief.product, &filler) {
            Some((value, fact)) => {
                text.push_str(value);
                facts.extend(fact);
            }
            None => faults.push(Fault::new("slot", slot.name)),
        }
    }
    text.push_str(&source[at..]);
    bare.push_str(&source[at..]);
    faults.extend(outside_of_slots(&bare, brief));
    if brief.is_first() && !found.iter().any(|slot| slot.name == "persona") {
        faults.push(Fault::new("introduction", ""));
    }
    if !faults.is_empty() {
        faults.sort();
        faults.dedup();
        return Err(faults);
    }
    facts.sort();
    facts.dedup();
    Ok(Draft {
        text: text.trim().to_owned(),
        language: filler.language,
        facts,
        blocks: Vec::new(),
    })
}

/// What a slot of a model stands for: `fact:<product>.<attribute>`, or a slot of the knowledge base that is no fact.
fn value<'a>(
    name: &str,
    product: Option<&Product>,
    filler: &Filler<'a>,
) -> Option<(&'a str, Option<FactRef>)> {
    let Some(fact) = name.strip_prefix("fact:") else {
        let known = (!name.starts_with("fact")).then(|| filler.value(name)).flatten();
        return known.map(|value| (value, None));
    };
    let (id, attribute) = fact.split_once('.')?;
    let product = product.filter(|product| id.parse() == Ok(product.id))?;
    let value = filler.value(&format!("fact.{attribute}"))?;
    let fact = FactRef {
        product_id: product.id,
        attribute: attribute.to_owned(),
    };
    Some((value, Some(fact)))
}

/// Facts that stand outside of slots: what a model knows by itself is not known.
fn outside_of_slots(bare: &str, brief: &Brief<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let plain: String = bare.nfkc().collect();
    if let Some(at) = plain.find(char::is_numeric) {
        let rest: String = plain[at..].chars().take(12).collect();
        faults.push(Fault::new("raw_fact", &rest));
    }
    let chars: Vec<char> = plain.chars().collect();
    for number in numbers(&plain) {
        let found: String = chars[number.start..number.end].iter().collect();
        faults.push(Fault::new("raw_fact", &found));
    }
    // With no product at all every link, date, phone number and product name is one too many.
    let nothing = CheckContext {
        kb: brief.kb,
        products: Vec::new(),
        profile: Some(brief.profile),
        today: brief.today,
    };
    for violation in check(&plain, &nothing) {
        let is_fact = matches!(
            violation.kind,
            ViolationKind::Link | ViolationKind::Date | ViolationKind::Phone | ViolationKind::OtherProduct
        );
        if is_fact {
            faults.push(Fault::new("raw_fact", &violation.found));
        }
    }
    faults
}

/// Length, questions, language, repetition, promises, leaks.
fn shape(text: &str, brief: &Brief<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let length = text.chars().count();
    if length > brief.max_chars || text.trim().is_empty() {
        faults.push(Fault::new("length", &length.to_string()));
    }
    let questions = text.matches('?').count();
    let most = if brief.is_first() { MOST_QUESTIONS_FIRST } else { 1 };
    if questions > most {
        faults.push(Fault::new("questions", &questions.to_string()));
    }
    if !in_language(text, brief.kb.language_for(brief.language)) {
        faults.push(Fault::new("language", text));
    }
    let sent: BTreeSet<String> = brief
        .sent
        .iter()
        .flat_map(|text| sentences(text))
        .map(words::fold)
        .collect();
    for sentence in sentences(text) {
        if sent.contains(&words::fold(sentence)) {
            faults.push(Fault::new("repeated", sentence));
        }
    }
    if !brief.on_list && says_on_list(text) {
        faults.push(Fault::new("about_person", text));
    }
    let approved: BTreeSet<String> = brief
        .pieces
        .iter()
        .flat_map(|piece| sentences(&piece.text))
        .map(words::fold)
        .collect();
    for sentence in sentences(text) {
        let folded = words::fold(sentence);
        if approved.contains(&folded) {
            continue;
        }
        for (kind, marks) in [("promise", &PROMISES[..]), ("leak", &LEAKS[..])] {
            if marks.iter().any(|mark| folded.contains(mark)) {
                faults.push(Fault::new(kind, sentence));
            }
        }
    }
    faults
}

/// Things to come that only a person could keep; approved sentences may say so, the product keeps those.
const PROMISES: [&str; 17] = [
    "перезвон",
    "позвон",
    "свяжусь",
    "свяжемся",
    "вышлю",
    "пришлю",
    "отправлю",
    "забронир",
    "оформлю",
    "передам",
    "сотру",
    "удалю",
    "call you",
    "i will send",
    "i'll send",
    "get back to you",
    "will contact",
];

/// Talk of the model about itself or its instructions.
const LEAKS: [&str; 12] = [
    "языковая модель",
    "языковой модел",
    "системн",
    "инструкци",
    "промпт",
    "language model",
    "system prompt",
    "instructions",
    "as an ai",
    "как ии",
    "boundary",
    "json",
];

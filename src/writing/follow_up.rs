//! Answers to replies: acknowledge, a fact or a clarification, one soft question. Approved texts and facts only.

mod pieces;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::asked::asked_attributes;
use super::render::{Dice, Filler, sentences};
use super::{Draft, FactRef, Profile, words};
use crate::knowledge::{Block, Form, KnowledgeBase, Language, Product, ReplyClass, slots};

pub use pieces::pieces;

/// A follow-up is not longer than this.
pub const MAX_FOLLOW_UP_CHARS: usize = 300;
/// An acknowledgement before a fact is not longer than this.
const MAX_ACKNOWLEDGEMENT_CHARS: usize = 80;

/// What an answer promises, and the product must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// A person will write: hand the dialog over.
    HandOver,
    /// This product will not be offered again.
    NotOfferAgain,
    /// The person's data will be erased.
    EraseData,
}

/// A promise made by a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Promise {
    pub kind: PromiseKind,
    /// Due only when the person agrees ("если совсем, больше предлагать не буду"); else at once.
    pub if_confirmed: bool,
}

/// What a follow-up is written for.
#[derive(Debug, Clone)]
pub struct FollowUpContext<'a> {
    pub kb: &'a KnowledgeBase,
    pub product: Option<&'a Product>,
    pub profile: &'a Profile,
    pub language: Language,
    pub form: Form,
    /// What the person has just written (a burst is one text).
    pub said: &'a str,
    /// Facts already told in this dialog.
    pub told: &'a [FactRef],
    /// What we wrote to this person before; no sentence is said twice.
    pub sent: &'a [String],
    /// The consent ledger says that the contact comes from the operator's list, which some answers say.
    pub on_list: bool,
    /// Who signs; `None`: the knowledge base's persona.
    pub persona: Option<&'a str>,
}

/// An answer and what it promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub class: ReplyClass,
    pub draft: Draft,
    pub promises: Vec<Promise>,
}

/// Writes the answer to a reply of these classes. `None`: there is nothing to say that was not said (or the person opted
/// out); the dialog is then a person's.
pub fn follow_up(
    classes: &[ReplyClass],
    context: &FollowUpContext<'_>,
    seed: u64,
    today: NaiveDate,
) -> Option<FollowUp> {
    if classes.is_empty() || classes.contains(&ReplyClass::OptOut) {
        return None;
    }
    let writer = Writer::new(context, today);
    let mut dice = Dice::new(seed);
    let informs = |class: &&ReplyClass| {
        matches!(
            class,
            ReplyClass::PriceRate | ReplyClass::Question | ReplyClass::Interest
        )
    };
    let person_wanted = classes.contains(&ReplyClass::AskConsultant);
    if !person_wanted && let Some(class) = classes.iter().find(informs) {
        let fact = writer.by_fact(*class, &mut dice);
        if fact.is_some() {
            return fact;
        }
    }
    let mut order: Vec<ReplyClass> = Vec::new();
    order.extend(leading(classes));
    order.extend(
        classes
            .iter()
            .copied()
            .filter(|class| !order.contains(class))
            .collect::<Vec<_>>(),
    );
    order
        .into_iter()
        .find_map(|class| writer.by_answer(class, &mut dice))
}

/// The class whose answer is written when several hold.
pub fn leading(classes: &[ReplyClass]) -> Option<ReplyClass> {
    use ReplyClass as C;
    const ORDER: [ReplyClass; 13] = [
        C::OptOut,
        C::AskConsultant,
        C::NoTrust,
        C::WhoAreYou,
        C::BadExperience,
        C::FearOfDebt,
        C::AlreadyHave,
        C::PriceRate,
        C::NoNeed,
        C::Question,
        C::ThinkLater,
        C::Interest,
        C::Other,
    ];
    ORDER.into_iter().find(|class| classes.contains(class))
}

struct Writer<'a> {
    context: &'a FollowUpContext<'a>,
    filler: Filler<'a>,
    today: NaiveDate,
    /// Sentences already sent, folded.
    sent: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(context: &'a FollowUpContext<'a>, today: NaiveDate) -> Self {
        let filler = Filler {
            kb: context.kb,
            product: context.product,
            language: context.kb.language_for(context.language),
            persona: context.persona,
            first_name: context.profile.greeting_name(),
            today,
        };
        let sent = context
            .sent
            .iter()
            .flat_map(|text| sentences(text))
            .map(words::fold)
            .collect();
        Self {
            context,
            filler,
            today,
            sent,
        }
    }

    fn fits(&self, block: &Block) -> bool {
        match self.context.product {
            Some(product) => block.fits(product, self.today),
            // Without a product only what is said of all of them.
            None => block.requires.is_empty() && block.products.includes(i64::MIN),
        }
    }

    fn is_new(&self, text: &str) -> bool {
        sentences(text)
            .into_iter()
            .all(|sentence| !self.sent.contains(&words::fold(sentence)))
    }

    fn may_send(&self, text: &str) -> bool {
        text.chars().count() <= MAX_FOLLOW_UP_CHARS
            && self.is_new(text)
            && (self.context.on_list || !says_on_list(text))
    }

    /// An approved answer of the class.
    fn by_answer(&self, class: ReplyClass, dice: &mut Dice) -> Option<FollowUp> {
        let mut fitting: Vec<(usize, &Block, &str, String)> = Vec::new();
        for answer in self.context.kb.answers(class) {
            let Some(text) = answer.text(self.filler.language, self.context.form) else {
                continue;
            };
            if !self.fits(answer) || answer.closes_dialog {
                continue;
            }
            let Some(filled) = self.filler.fill(text).filter(|filled| self.may_send(filled)) else {
                continue;
            };
            fitting.push((self.rank(class, answer, text), answer, text, filled));
        }
        let best = fitting.iter().map(|candidate| candidate.0).min()?;
        fitting.retain(|candidate| candidate.0 == best);
        let (_, answer, text, filled) = dice.pick(&fitting)?;
        Some(self.written(
            class,
            filled.clone(),
            self.filler.facts(text),
            vec![answer.id.clone()],
        ))
    }

    /// Lower is better: an answer with a fact not told yet; last, a fact that was.
    fn rank(&self, class: ReplyClass, answer: &Block, text: &str) -> usize {
        let facts = self.filler.facts(text);
        let told = facts.iter().any(|fact| self.context.told.contains(fact));
        // A question that no fact answers is not answered by another fact.
        let beside = class == ReplyClass::Question && !answer.requires.is_empty();
        // The class "not needed" is first asked about, then left alone.
        usize::from(told || beside) * 2 + usize::from(facts.is_empty() && class == ReplyClass::PriceRate)
    }

    /// The fact that was asked about: acknowledgement, its approved sentence, one question.
    fn by_fact(&self, class: ReplyClass, dice: &mut Dice) -> Option<FollowUp> {
        let product = self.context.product?;
        let asked = asked_attributes(self.context.said, product, self.today);
        let mut text = String::new();
        let mut facts = Vec::new();
        let mut blocks = Vec::new();
        for fact in asked.iter().take(2) {
            let own = fact
                .sentences
                .get(self.filler.language)
                .map_or(&[][..], Vec::as_slice);
            let mut filled: Vec<(String, &String)> = own
                .iter()
                .filter_map(|sentence| Some((self.filler.fill(sentence)?, sentence)))
                .collect();
            // Asked again, the fact is told again, in other words where there are some.
            if filled.iter().any(|(sentence, _)| self.is_new(sentence)) {
                filled.retain(|(sentence, _)| self.is_new(sentence));
            } else if !facts.is_empty() || filled.len() > 1 {
                continue;
            }
            let Some((sentence, source)) = dice.pick(&filled) else {
                continue;
            };
            if !self.is_new(sentence) {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
            facts.extend(self.filler.facts(source));
        }
        if facts.is_empty() {
            return None;
        }
        let question = self.question(dice);
        if let Some((id, acknowledgement)) = self.acknowledgement(class, dice) {
            let whole = acknowledgement.chars().count()
                + text.chars().count()
                + question.as_ref().map_or(0, |q| q.1.chars().count());
            if whole + 2 <= MAX_FOLLOW_UP_CHARS {
                text = format!("{acknowledgement} {text}");
                blocks.push(id);
            }
        }
        if let Some((id, question)) = question
            && text.chars().count() + question.chars().count() < MAX_FOLLOW_UP_CHARS
        {
            text = format!("{text} {question}");
            blocks.push(id);
        }
        (text.chars().count() <= MAX_FOLLOW_UP_CHARS).then(|| self.written(class, text, facts, blocks))
    }

    fn question(&self, dice: &mut Dice) -> Option<(String, String)> {
        let mut fitting = Vec::new();
        for block in &self.context.kb.blocks.questions {
            if self.fits(block)
                && let Some(text) = block.text(self.filler.language, self.context.form)
                && let Some(filled) = self.filler.fill(text)
                && self.is_new(&filled)
            {
                fitting.push((block.id.clone(), filled));
            }
        }
        dice.pick(&fitting).cloned()
    }

    /// The first sentence of an approved answer, when it is short, without slots, and neither asks nor promises.
    fn acknowledgement(&self, class: ReplyClass, dice: &mut Dice) -> Option<(String, String)> {
        let mut fitting = Vec::new();
        for answer in self
            .context
            .kb
            .answers(class)
            .iter()
            .filter(|answer| self.fits(answer))
        {
            let Some(text) = answer.text(self.filler.language, self.context.form) else {
                continue;
            };
            let Some(first) = sentences(text).first().copied() else {
                continue;
            };
            let plain = slots(first).is_ok_and(|found| found.is_empty());
            let short = first.chars().count() <= MAX_ACKNOWLEDGEMENT_CHARS;
            if plain
                && short
                && first.ends_with(['.', '!'])
                && promises(first).is_empty()
                && self.is_new(first)
            {
                fitting.push((answer.id.clone(), first.to_owned()));
            }
        }
        dice.pick(&fitting).cloned()
    }

    fn written(&self, class: ReplyClass, text: String, facts: Vec<FactRef>, blocks: Vec<String>) -> FollowUp {
        let promises = promises(&text);
        let draft = Draft {
            text,
            language: self.filler.language,
            facts,
            blocks,
        };
        FollowUp {
            class,
            draft,
            promises,
        }
    }
}

/// Whether the text says that the number is from the operator's list: true only if the consent ledger says so.
pub(super) fn says_on_list(text: &str) -> bool {
    let folded = words::fold(text);
    ["в списке партнера", "on the partner's list"]
        .iter()
        .any(|claim| folded.contains(claim))
}

/// What a text promises, sentence by sentence.
pub fn promises(text: &str) -> Vec<Promise> {
    const MARKS: [(PromiseKind, &[&str]); 3] = [
        (
            PromiseKind::HandOver,
            &[
                "передам",
                "передаю",
                "передать разговор",
                "зову коллегу",
                "уточню",
                "позвать человека",
                "pass this",
                "pass it",
                "pass the question",
                "passing",
                "calling a colleague",
                "check with a person",
                "i will check",
                "i'll check",
                "want the person",
                "call the person",
            ],
        ),
        (
            PromiseKind::NotOfferAgain,
            &["предлагать не буду", "not offer it again", "won't offer it again"],
        ),
        (PromiseKind::EraseData, &["сотру", "is erased", "it's gone"]),
    ];
    const CONDITIONS: [&str; 10] = [
        "если",
        "могу",
        "хотите",
        "хочешь",
        "позвать",
        "if ",
        "can ",
        "shall i",
        "want the person",
        "one word",
    ];
    let mut found: Vec<Promise> = Vec::new();
    for sentence in sentences(text) {
        let folded = words::fold(sentence);
        for (kind, marks) in MARKS {
            if marks.iter().any(|mark| folded.contains(mark)) {
                let if_confirmed = CONDITIONS.iter().any(|condition| folded.contains(condition));
                match found.iter_mut().find(|promise| promise.kind == kind) {
                    Some(known) => known.if_confirmed &= if_confirmed,
                    None => found.push(Promise { kind, if_confirmed }),
                }
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "follow_up_tests.rs"]
mod tests;

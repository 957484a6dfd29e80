//! Writing with a model: what it is asked, and what of its answer may become a message. All pure.
//!
//! There are two ways. *Composed*: the model gives ids of approved pieces in an order, and nothing else can come out.
//! *Written*: the model writes freely but with slots for every fact; what it says outside of slots may hold no figure,
//! date, link, phone number or product name. Both end in the grounding check.

mod answer;
mod ask;

use chrono::NaiveDate;

use super::render::Filler;
use super::{FactRef, Profile};
use crate::knowledge::{Form, KnowledgeBase, Language, Product, ReplyClass};

pub use answer::{Fault, draft};
pub use ask::{Ask, ask};

/// How a model writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It puts approved pieces together.
    Composed,
    /// It writes text with slots.
    Written,
}

/// An approved text that fits, from which a message may be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The id of its block, or `fact:<attribute>.<number>`.
    pub id: String,
    /// What it is in a message: `greeting`, `introduction`, `bridge`, `offer`, `fact`, `question`, `closing`, `answer`.
    pub part: &'static str,
    /// With slots, as a model sees it.
    pub source: String,
    /// Filled, as a person would see it.
    pub text: String,
    pub facts: Vec<FactRef>,
    /// It is a block of the knowledge base, not the sentence of a fact.
    pub is_block: bool,
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// The first message to somebody.
    First,
    /// The answer to what the person wrote, which is of these classes.
    Answer {
        said: &'a str,
        classes: &'a [ReplyClass],
    },
}

/// Everything about a message that is to be written.
#[derive(Debug, Clone)]
pub struct Brief<'a> {
    pub kb: &'a KnowledgeBase,
    pub product: Option<&'a Product>,
    pub profile: &'a Profile,
    pub language: Language,
    pub form: Form,
    pub kind: Kind<'a>,
    /// The approved texts that fit.
    pub pieces: Vec<Piece>,
    /// What we wrote to this person before.
    pub sent: &'a [String],
    /// The consent ledger says that the contact comes from the operator's list.
    pub on_list: bool,
    /// The longest text, in characters, without what is put after it.
    pub max_chars: usize,
    pub today: NaiveDate,
}

impl<'a> Brief<'a> {
    fn filler(&self) -> Filler<'a> {
        Filler {
            kb: self.kb,
            product: self.product,
            language: self.kb.language_for(self.language),
            persona: None,
            first_name: self.profile.greeting_name(),
            today: self.today,
        }
    }

    fn is_first(&self) -> bool {
        matches!(self.kind, Kind::First)
    }
}

#[cfg(test)]
mod tests;

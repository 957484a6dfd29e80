//! Personas: how people behave. Pure rules: what a person plans to do when a message comes.

mod phrases;
mod rules;

use serde::{Deserialize, Serialize};

pub use rules::{Incoming, Step, first_words, react};

/// How a person behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonaKind {
    /// Wants to know more, then says that he will apply.
    Interested,
    /// Has such a card or loan already.
    AlreadyHas,
    /// Asks about the rate.
    AsksRate,
    /// Takes it for a fraud.
    Distrusts,
    /// Has no time now.
    Busy,
    /// Asks how it works.
    AsksQuestion,
    /// Wants no messages.
    SaysStop,
    /// Reads and does not answer.
    Silent,
    /// Cannot be written to: `USER_PRIVACY_RESTRICTED`.
    Private,
    /// Blocks the account after its first message.
    BlocksUs,
    /// The phone is not in Telegram.
    NotOnTelegram,
    /// Answers in three short messages within two seconds.
    Bursts,
    /// Changes an answer after sending it.
    Edits,
    /// Removes an answer after sending it.
    Deletes,
    /// Writes before anyone wrote to them.
    WritesFirst,
}

impl PersonaKind {
    /// Every persona.
    pub const ALL: [Self; 15] = [
        Self::Interested,
        Self::AlreadyHas,
        Self::AsksRate,
        Self::Distrusts,
        Self::Busy,
        Self::AsksQuestion,
        Self::SaysStop,
        Self::Silent,
        Self::Private,
        Self::BlocksUs,
        Self::NotOnTelegram,
        Self::Bursts,
        Self::Edits,
        Self::Deletes,
        Self::WritesFirst,
    ];
}

/// The language a person writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

/// A range of milliseconds of the world's clock, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeMs {
    /// The shortest.
    pub min_ms: u64,
    /// The longest.
    pub max_ms: u64,
}

/// A person's pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Delays {
    /// From the arrival of a message to its being read.
    pub read: RangeMs,
    /// From the arrival of a message to the answer (never before it is read).
    pub reply: RangeMs,
}

impl Default for Delays {
    fn default() -> Self {
        Self {
            read: RangeMs {
                min_ms: 500,
                max_ms: 2_000,
            },
            reply: RangeMs {
                min_ms: 2_000,
                max_ms: 6_000,
            },
        }
    }
}

/// What a person remembers of a chat with an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMemory {
    /// Messages received from the account.
    pub received: u32,
    /// Times the person answered.
    pub answered: u32,
    /// The person said stop and is silent from now on.
    pub stopped: bool,
}

/// One thing a person does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Reads everything.
    Read,
    /// Writes.
    Say(String),
    /// Changes the last message of their own.
    EditLast(String),
    /// Removes the last message of their own, for both sides.
    DeleteLast,
    /// Blocks the account.
    Block,
}

//! Language models: six vendors over one wire format, asked in turn.
//!
//! A [`Chain`] asks its providers in order until one answers well, and says why the others did not. Each provider (with
//! its model) has a [`Breaker`] and limits, which survive a restart through the product's [`Journal`]. A [`Prompt`] is
//! built of parts with a class of data; a provider that may not see a class is passed by, and direct identifiers of a
//! person are never in a prompt.
//!
//! This crate is the only place that knows providers. It knows nothing of the product: time and randomness are the
//! product's [`Clock`], what must be kept goes to its [`Journal`], and texts for people are made from [`Cause`].

mod answer;
mod ask;
mod books;
mod breaker;
mod cause;
mod chain;
mod client;
mod clock;
mod connect;
mod hints;
mod journal;
mod judge;
mod limits;
mod live;
mod outcome;
mod part;
mod privacy;
mod prompt;
mod provider;
mod request;
mod secret;
mod settings;
mod slot;
mod sse;
mod states;
mod stream;
mod times;
mod visit;
mod wire;

pub use breaker::{Breaker, BreakerState};
pub use cause::{Cause, Timeout};
pub use chain::{Chain, SetupError};
pub use client::install_tls_provider;
pub use clock::Clock;
pub use journal::{Attempt, Journal, JournalError, NoJournal, ProviderMemory, Totals};
pub use limits::{LimitCounters, LimitSettings, Used};
pub use part::{DataClass, Part};
pub use privacy::{
    CARD, DOCUMENT, EMAIL, FIRST_NAME, Identity, LINK, Masker, NICK, NUMBER, OTHER_NAME, PHONE,
    fill_first_name,
};
pub use prompt::{DATA_NOT_INSTRUCTIONS, Prompt, PromptBuilder};
pub use provider::{Provider, Quirks, UnknownProvider};
pub use request::{
    ASSISTANT_DEADLINE_MS, CLASSIFICATION_DEADLINE_MS, Completion, Exhausted, Finish, Json,
    OUTREACH_DEADLINE_MS, ProviderCause, Purpose, Request,
};
pub use secret::Secret;
pub use settings::{BadBaseUrl, Prices, ProviderSettings};
pub use states::{ProviderState, TestFailure, TestReport};
pub use stream::{StreamEvent, TokenStream};
pub use wire::{FunctionCall, FunctionSpec, Message, Role, Tool, ToolCall, ToolChoice, Usage};

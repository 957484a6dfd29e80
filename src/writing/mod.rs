//! What is written to people: recommendation, composing, templates, and the check of what may leave. All pure.

mod asked;
pub mod check;
pub mod compose;
pub mod follow_up;
pub mod model;
pub mod numbers;
pub(crate) mod pattern;
mod profile;
pub mod recommend;
pub mod reminder;
mod render;
pub mod template;
pub mod vet;
pub mod words;

pub use profile::{Draft, FactRef, Profile, ToldFacts, guess_form, guess_language};
pub use render::{sentences, stable_hash};

//! What is written to people: recommendation, composing, templates, and the check of what may leave. All pure.

pub mod compose;
pub mod numbers;
mod profile;
mod render;
pub mod template;
pub mod words;

pub use profile::{Draft, FactRef, Profile, guess_language};
pub use render::{sentences, stable_hash};

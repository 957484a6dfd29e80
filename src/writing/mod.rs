//! What is written to people: recommendation, composing, templates, and the check of what may leave. All pure.

pub mod numbers;
mod profile;
pub mod words;

pub use profile::{Draft, FactRef, Profile, guess_language};

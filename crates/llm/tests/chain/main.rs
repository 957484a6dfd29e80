//! The chain before fake providers: every row of its table, streams, states, privacy, and a storm.

#![expect(clippy::unwrap_used, reason = "also the helpers of a test may fail it")]

mod answers;
#[path = "../fake/mod.rs"]
mod fake;
mod limits;
#[path = "../people/mod.rs"]
#[expect(
    dead_code,
    reason = "the product's own suite looks for everybody in every prompt"
)]
mod people;
mod privacy;
mod rows;
mod secrets;
mod states;
mod storm;
mod streams;
mod support;

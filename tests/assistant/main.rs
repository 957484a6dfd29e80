//! The assistant on the demo business: its figures are those of SQL that was written without looking at its code.

mod figures;
mod intents;
mod limits;
mod providers;
mod studio;

#[path = "../ai/fake.rs"]
mod fake;

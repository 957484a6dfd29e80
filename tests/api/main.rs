//! The API through a real server and a real database.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod access;
mod bad_input;
mod campaign_people;
mod document;
mod events;
mod idempotency;
mod lists;
mod problems;
mod server;
mod texts;
mod uploads;

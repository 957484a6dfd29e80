//! The API through a real server and a real database.

mod access;
mod bad_input;
mod document;
mod events;
mod idempotency;
mod lists;
mod problems;
mod server;
mod texts;
mod uploads;

//! The client against the simulated Telegram, over real MTProto on the loopback.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what is not as expected fails the test"
)]

mod faults;
mod groups;
mod people;
mod proxy;
mod sending;
mod sign_in;
mod support;
mod updates;

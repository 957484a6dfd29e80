//! Identifiers of the simulated world and the seeded dice everything random is drawn from.

use serde::{Deserialize, Serialize};

/// A person's or an account's number (Telegram: `user.id`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub i64);

/// The number of a client's authorization key: one signed-in session is one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(pub i64);

/// The number of a basic group, supergroup or channel (bare, without the -100 prefix of bots).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub i64);

/// The other side of a conversation, as its mailbox's owner sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// A private chat.
    User(UserId),
    /// A basic group: its messages are numbered in each member's own mailbox.
    Chat(GroupId),
    /// A supergroup or channel: its messages are numbered in the channel, which has a pts of its own.
    Channel(GroupId),
}

/// Draws a number from the seed and what it is for: the same question always has the same answer,
/// so that replaying a journal and repeating a test cannot differ.
#[must_use]
pub fn roll(seed: u64, what: &[u64]) -> u64 {
    let mut state = mix(seed);
    for part in what {
        state = mix(state ^ mix(*part));
    }
    state
}

/// Draws from a text, e.g. a phone number.
#[must_use]
pub fn roll_text(seed: u64, text: &str) -> u64 {
    let parts: Vec<u64> = text.bytes().map(u64::from).collect();
    roll(seed, &parts)
}

/// A number in `low..=high`, evenly (as far as tests can see).
#[must_use]
pub fn in_range(drawn: u64, low: u64, high: u64) -> u64 {
    if high <= low {
        low
    } else {
        low + drawn % (high - low + 1)
    }
}

/// The finalizer of SplitMix64.
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A phone number reduced to its digits, as Telegram keeps it (no plus sign).
#[must_use]
pub fn phone_digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

//! The referee: what happened, in order, at which moment of the world's clock.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::ids::{Peer, UserId};

/// Entries kept; the oldest go first. The counters never forget.
const LOG_MAX_ENTRIES: usize = 1_000_000;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The number of the entry, from 1, without gaps.
    pub seq: u64,
    /// When, in milliseconds of the world's clock.
    pub at_ms: i64,
    /// Whose account.
    pub account: Option<UserId>,
    /// With whom.
    pub peer: Option<Peer>,
    /// The other side's phone, digits only, as the world knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub what: LogKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum LogKind {
    /// The account wrote to this peer for the first time, and the peer had never written.
    DialogOpened,
    /// A message of the account's client reached the peer.
    Delivered {
        message_id: i32,
        text: String,
        random_id: Option<i64>,
    },
    /// The operator's phone wrote.
    PhoneWrote { message_id: i32, text: String },
    /// A `random_id` was used again: nothing was delivered.
    DuplicateRefused { random_id: i64 },
    /// A message was refused for a reason of the peer's or the account's.
    SendRefused { error: String, random_id: i64 },
    /// The person wrote to the account.
    ReplySent { message_id: i32, text: String },
    /// The person read the account's messages.
    Read { max_id: i32 },
    /// The account read the person's messages.
    ReadByAccount { max_id: i32 },
    /// A message was changed.
    Edited { text: String, by_account: bool },
    /// Messages were removed.
    Deleted { messages: usize, by_account: bool },
    /// The person blocked the account.
    Blocked,
    /// A fault struck.
    ErrorInjected { method: String, action: String },
    /// A client signed in.
    SignedIn { key: i64 },
    /// A client signed out.
    SignedOut { key: i64 },
    /// A session was revoked.
    Revoked { key: i64 },
    /// A phone was looked up by importing it.
    Imported { found: bool },
}

impl LogKind {
    /// The name under which it is counted.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::DialogOpened => "dialog_opened",
            Self::Delivered { .. } => "delivered",
            Self::PhoneWrote { .. } => "phone_wrote",
            Self::DuplicateRefused { .. } => "duplicate_refused",
            Self::SendRefused { .. } => "send_refused",
            Self::ReplySent { .. } => "reply_sent",
            Self::Read { .. } => "read",
            Self::ReadByAccount { .. } => "read_by_account",
            Self::Edited { .. } => "edited",
            Self::Deleted { .. } => "deleted",
            Self::Blocked => "blocked",
            Self::ErrorInjected { .. } => "error_injected",
            Self::SignedIn { .. } => "signed_in",
            Self::SignedOut { .. } => "signed_out",
            Self::Revoked { .. } => "revoked",
            Self::Imported { .. } => "imported",
        }
    }
}

/// The log with its counters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventLog {
    entries: VecDeque<LogEntry>,
    counters: BTreeMap<&'static str, u64>,
    last_seq: u64,
}

impl EventLog {
    /// Writes an entry.
    pub fn write(
        &mut self,
        at_ms: i64,
        account: Option<UserId>,
        peer: Option<Peer>,
        phone: Option<String>,
        what: LogKind,
    ) {
        *self.counters.entry(what.name()).or_default() += 1;
        self.last_seq += 1;
        if self.entries.len() >= LOG_MAX_ENTRIES {
            self.entries.pop_front();
        }
        self.entries.push_back(LogEntry {
            seq: self.last_seq,
            at_ms,
            account,
            peer,
            phone,
            what,
        });
    }

    /// The number of the newest entry; 0: there is none.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// The entries after `seq`, oldest first, at most `limit`.
    #[must_use]
    pub fn after(&self, seq: u64, limit: usize) -> Vec<LogEntry> {
        let first_kept = self.entries.front().map_or(0, |entry| entry.seq);
        let skip = usize::try_from((seq + 1).saturating_sub(first_kept)).unwrap_or(usize::MAX);
        self.entries.iter().skip(skip).take(limit).cloned().collect()
    }

    /// How often each thing happened, by its name.
    #[must_use]
    pub fn counters(&self) -> BTreeMap<String, u64> {
        self.counters
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count))
            .collect()
    }
}

//! Facts: everything that ever changes the world, one atomic step each. The journal keeps them, `State::apply` performs them.

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, KeyId, Peer, UserId};
use crate::persona::{Act, ChatMemory};
use crate::world::types::{AccountInfo, Group, Member, SessionInfo, User};

/// Something that happened, with its moment in milliseconds of the world's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// When.
    #[serde(rename = "t")]
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub what: FactKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", rename_all = "snake_case")]
pub enum FactKind {
    /// A person exists, or is changed.
    User(User),
    /// An account exists, or is changed; its user is there already.
    Account(AccountInfo),
    /// A group exists, or is changed.
    Group(Group),
    /// Someone became a member of a group.
    Joined { group: GroupId, member: Member },
    /// Someone is a member no more.
    Left { group: GroupId, user: UserId },
    /// An authorization key was made.
    KeySaved { key: KeyId, secret_hex: String },
    /// An authorization key was dropped, with its session.
    KeyForgotten { key: KeyId },
    /// A client signed in.
    SignedIn {
        session: SessionInfo,
        planned: Vec<Planned>,
    },
    /// A client signed out, or its session was revoked.
    SignedOut { key: KeyId, revoked: bool },
    /// A person is in the account's phone book.
    Contact {
        account: UserId,
        user: UserId,
        first_name: String,
        last_name: String,
    },
    /// A person is no longer in the account's phone book.
    ContactRemoved { account: UserId, user: UserId },
    /// A phone was looked up.
    Imported {
        account: UserId,
        phone: String,
        user: Option<UserId>,
    },
    /// Someone wrote something.
    Sent(SentFact),
    /// A message was refused.
    Refused {
        account: UserId,
        peer: Peer,
        random_id: i64,
        error: String,
    },
    /// An account read a conversation.
    Read {
        account: UserId,
        key: Option<KeyId>,
        peer: Peer,
        max_id: i32,
    },
    /// An account changed a message of its own.
    Edited {
        account: UserId,
        key: Option<KeyId>,
        peer: Peer,
        uid: u64,
        text: String,
    },
    /// An account removed messages, for itself or for both sides.
    Deleted {
        account: UserId,
        key: Option<KeyId>,
        peer: Peer,
        uids: Vec<u64>,
        revoke: bool,
    },
    /// A person did what was planned.
    Acted { planned_id: u64 },
    /// A fault struck.
    Injected {
        account: Option<UserId>,
        method: String,
        action: String,
    },
}

/// A message: from whom, to whom, and what a person plans because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFact {
    /// The author.
    pub from: UserId,
    /// The session it came from, which is told by its answer.
    pub key: Option<KeyId>,
    /// Written on the operator's phone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_phone: bool,
    /// The conversation, as the author sees it.
    pub peer: Peer,
    /// What it says.
    pub text: String,
    /// The author's own number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub random_id: Option<i64>,
    /// The message answered, by its number in the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to_uid: Option<u64>,
    /// What the person who received it will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Planned>,
    /// What that person remembers of the chat from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<ChatMemory>,
}

impl SentFact {
    /// A person writes to an account.
    #[must_use]
    pub fn said(person: UserId, account: UserId, text: String) -> Self {
        Self {
            from: person,
            key: None,
            by_phone: false,
            peer: Peer::User(account),
            text,
            random_id: None,
            reply_to_uid: None,
            planned: Vec::new(),
            memory: None,
        }
    }
}

/// Something a person is going to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its number.
    pub id: u64,
    /// When, in milliseconds of the world's clock.
    pub due_ms: i64,
    /// In the chat with this account.
    pub account: UserId,
    /// Who.
    pub person: UserId,
    /// What.
    pub act: Act,
}

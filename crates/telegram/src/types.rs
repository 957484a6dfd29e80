//! People as Telegram shows them to us.

use std::fmt;

use grammers_tl_types as tl;
use serde::{Deserialize, Serialize};

/// What is needed to address a person from this account. Plain numbers, to be stored by the product.
/// The access hash is valid for this account only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PeerRef {
    /// The person's Telegram id.
    pub user_id: i64,
    /// This account's permission to address them.
    pub access_hash: i64,
}

impl PeerRef {
    pub(crate) fn input_peer(self) -> tl::enums::InputPeer {
        tl::types::InputPeerUser {
            user_id: self.user_id,
            access_hash: self.access_hash,
        }
        .into()
    }

    pub(crate) fn input_user(self) -> tl::enums::InputUser {
        tl::types::InputUser {
            user_id: self.user_id,
            access_hash: self.access_hash,
        }
        .into()
    }
}

/// A person.
#[derive(Clone, PartialEq, Eq)]
pub struct Peer {
    /// How to address them. The access hash is 0 when Telegram did not give one.
    pub reference: PeerRef,
    /// As they call themselves, or as this account's address book calls them.
    pub first_name: Option<String>,
    /// The family name, likewise.
    pub last_name: Option<String>,
    /// Without the `@`.
    pub username: Option<String>,
    /// With a leading `+`; only when the person shows it to us.
    pub phone: Option<String>,
    /// A robot, not a person.
    pub is_bot: bool,
    /// Their account was deleted.
    pub is_deleted: bool,
    /// They are in this account's address book.
    pub is_contact: bool,
}

impl Peer {
    /// A person of whom nothing but the id is known.
    pub(crate) fn unknown(user_id: i64) -> Self {
        Self {
            reference: PeerRef {
                user_id,
                access_hash: 0,
            },
            first_name: None,
            last_name: None,
            username: None,
            phone: None,
            is_bot: false,
            is_deleted: false,
            is_contact: false,
        }
    }

    pub(crate) fn from_user(user: &tl::types::User) -> Self {
        Self {
            reference: PeerRef {
                user_id: user.id,
                access_hash: user.access_hash.unwrap_or(0),
            },
            first_name: non_empty(user.first_name.as_deref()),
            last_name: non_empty(user.last_name.as_deref()),
            username: username_of(user),
            phone: user.phone.as_deref().and_then(with_plus),
            is_bot: user.bot,
            is_deleted: user.deleted,
            is_contact: user.contact,
        }
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer")
            .field("user_id", &self.reference.user_id)
            .finish_non_exhaustive()
    }
}

/// Our own account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Telegram id of the account.
    pub user_id: i64,
    /// Needed to address ourselves.
    pub access_hash: i64,
    /// The name people see.
    pub first_name: Option<String>,
    /// The family name people see.
    pub last_name: Option<String>,
    /// Without the `@`.
    pub username: Option<String>,
    /// With a leading `+`.
    pub phone: Option<String>,
}

impl Me {
    pub(crate) fn from_user(user: &tl::types::User) -> Self {
        let peer = Peer::from_user(user);
        Self {
            user_id: peer.reference.user_id,
            access_hash: peer.reference.access_hash,
            first_name: peer.first_name,
            last_name: peer.last_name,
            username: peer.username,
            phone: peer.phone,
        }
    }
}

impl fmt::Debug for Me {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Me")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

fn non_empty(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn with_plus(phone: &str) -> Option<String> {
    let digits = phone.trim_start_matches('+');
    (!digits.is_empty()).then(|| format!("+{digits}"))
}

/// The plain username, or the first active one of an account that has several.
fn username_of(user: &tl::types::User) -> Option<String> {
    non_empty(user.username.as_deref()).or_else(|| {
        let names = user.usernames.as_deref().unwrap_or_default();
        names
            .iter()
            .find_map(|tl::enums::Username::Username(name)| name.active.then(|| name.username.clone()))
    })
}

/// Milliseconds since 1970 of a date that Telegram gave in seconds.
pub(crate) fn millis(seconds: i32) -> i64 {
    i64::from(seconds) * 1000
}

//! People as one account sees them, and what writing to them takes.

use super::error::{
    INPUT_USER_DEACTIVATED, PRIVACY_PREMIUM_REQUIRED, RpcError, USER_IS_BLOCKED, USER_PRIVACY_RESTRICTED,
};
use super::mailbox::Message;
use super::state::State;
use super::types::{Mentioned, Requirement, User, UserView};
use crate::ids::{Peer, UserId};
use crate::persona::PersonaKind;

impl State {
    /// A person as an account sees them.
    pub(super) fn user_view(&self, viewer: UserId, id: UserId) -> Option<UserView> {
        let user = self.users.get(&id)?;
        let named = self
            .accounts
            .get(&viewer)
            .and_then(|account| account.contacts.get(&id));
        let phone_known = id == viewer || named.is_some() || user.privacy.shows_phone;
        let (first_name, last_name) = match named {
            Some((first, last)) if !first.is_empty() || !last.is_empty() => (first.clone(), last.clone()),
            _ => (user.first_name.clone(), user.last_name.clone()),
        };
        Some(UserView {
            id,
            access_hash: self.user_hash(viewer, id),
            first_name: if user.deleted { String::new() } else { first_name },
            last_name: if user.deleted { String::new() } else { last_name },
            username: user.username.clone().filter(|_| !user.deleted),
            phone: user.phone.clone().filter(|_| phone_known && !user.deleted),
            is_self: id == viewer,
            is_contact: named.is_some(),
            deleted: user.deleted,
            premium_only: user.privacy.premium_only,
            paid_stars: user.privacy.paid_stars,
        })
    }

    /// Whom messages mention, each once.
    pub(super) fn mentioned<'m>(
        &self,
        viewer: UserId,
        messages: impl Iterator<Item = &'m Message>,
    ) -> Mentioned {
        let mut users = std::collections::BTreeSet::new();
        let mut groups = std::collections::BTreeSet::new();
        for message in messages {
            users.insert(message.from);
            match message.peer {
                Peer::User(user) => {
                    users.insert(user);
                }
                Peer::Chat(group) | Peer::Channel(group) => {
                    groups.insert(group);
                }
            }
        }
        Mentioned {
            users: users
                .into_iter()
                .filter_map(|user| self.user_view(viewer, user))
                .collect(),
            groups: groups
                .into_iter()
                .filter_map(|group| self.group_view(viewer, group))
                .collect(),
        }
    }

    pub(super) fn requirement(&self, viewer: UserId, id: UserId) -> Requirement {
        let Some(user) = self.users.get(&id) else {
            return Requirement::Empty;
        };
        if self.has_written(viewer, id) {
            return Requirement::Empty;
        }
        match user.privacy.paid_stars {
            Some(stars) => Requirement::PaidStars(stars),
            None if user.privacy.premium_only => Requirement::Premium,
            None => Requirement::Empty,
        }
    }

    /// Whether the person ever wrote to the account: then the account is no stranger.
    pub(super) fn has_written(&self, account: UserId, person: UserId) -> bool {
        self.last_said.contains_key(&(account, person))
    }

    /// Why a stranger's message to this person is refused.
    pub(super) fn refusal(&self, account: UserId, id: UserId) -> Option<RpcError> {
        let user = self.users.get(&id)?;
        if user.deleted {
            return Some(INPUT_USER_DEACTIVATED);
        }
        if self.blocked.contains(&(id, account)) {
            return Some(USER_IS_BLOCKED);
        }
        if self.has_written(account, id) {
            return None;
        }
        let privacy = &user.privacy;
        if privacy.private || user.persona == Some(PersonaKind::Private) {
            return Some(USER_PRIVACY_RESTRICTED);
        }
        match privacy.paid_stars {
            Some(stars) => Some(RpcError::payment_required(stars)),
            None => privacy.premium_only.then_some(PRIVACY_PREMIUM_REQUIRED),
        }
    }
}

impl User {
    /// Whether a word of the name, or the public name, begins with this (lower case).
    pub(super) fn matches(&self, query: &str) -> bool {
        let words = [
            self.first_name.as_str(),
            &self.last_name,
            self.username.as_deref().unwrap_or_default(),
        ];
        words.iter().any(|word| word.to_lowercase().starts_with(query))
    }
}

impl UserView {
    /// A person of whom nothing is known but the number.
    pub(super) fn unknown(id: UserId) -> Self {
        Self {
            id,
            access_hash: 0,
            first_name: String::new(),
            last_name: String::new(),
            username: None,
            phone: None,
            is_self: true,
            is_contact: false,
            deleted: true,
            premium_only: false,
            paid_stars: None,
        }
    }
}

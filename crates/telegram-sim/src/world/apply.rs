//! What each fact does to the state, and which updates it sends out. Nothing here can fail or draw lots:
//! a journal replayed is the same world.

use crate::ids::{KeyId, Peer, UserId};
use crate::world::fact::{Fact, FactKind, Planned};
use crate::world::log::LogKind;
use crate::world::mailbox::Mailbox;
use crate::world::state::{Account, State};
use crate::world::types::{Dated, Group, GroupKind, PushTo, Update, User};

/// An update that a fact sends out.
pub type Outgoing = (PushTo, Dated);

impl State {
    /// Performs a fact.
    pub fn apply(&mut self, fact: &Fact) -> Vec<Outgoing> {
        let at_ms = fact.at_ms;
        match &fact.what {
            FactKind::User(user) => self.put_user(user),
            FactKind::Account(info) => match self.accounts.get_mut(&info.user) {
                Some(account) => account.info = info.clone(),
                None => {
                    self.accounts.insert(
                        info.user,
                        Account {
                            info: info.clone(),
                            mailbox: Mailbox::default(),
                            contacts: std::collections::BTreeMap::new(),
                            random_ids: std::collections::HashMap::new(),
                        },
                    );
                }
            },
            FactKind::Group(group) => self.put_group(group),
            FactKind::Joined { group, member } => {
                if let Some(found) = self.groups.get_mut(group)
                    && self.groups_of.entry(member.user).or_default().insert(*group)
                {
                    found.members.push(*member);
                }
            }
            FactKind::Left { group, user } => {
                if let Some(found) = self.groups.get_mut(group) {
                    found.members.retain(|member| member.user != *user);
                }
                if let Some(groups) = self.groups_of.get_mut(user) {
                    groups.remove(group);
                }
            }
            FactKind::KeySaved { key, secret_hex } => {
                self.keys.insert(*key, from_hex(secret_hex));
            }
            FactKind::KeyForgotten { key } => {
                self.keys.remove(key);
                self.sessions.remove(key);
            }
            FactKind::SignedIn { session, planned } => {
                self.revoked.remove(&session.key);
                self.sessions.insert(session.key, session.clone());
                self.plan(planned);
                self.note(
                    at_ms,
                    Some(session.user),
                    None,
                    LogKind::SignedIn { key: session.key.0 },
                );
            }
            FactKind::SignedOut { key, revoked } => return self.sign_out(at_ms, *key, *revoked),
            FactKind::Contact {
                account,
                user,
                first_name,
                last_name,
            } => {
                if let Some(account) = self.accounts.get_mut(account) {
                    account
                        .contacts
                        .insert(*user, (first_name.clone(), last_name.clone()));
                }
            }
            FactKind::ContactRemoved { account, user } => {
                if let Some(account) = self.accounts.get_mut(account) {
                    account.contacts.remove(user);
                }
            }
            FactKind::Imported { account, phone, user } => {
                let what = LogKind::Imported {
                    found: user.is_some(),
                };
                self.log.write(
                    at_ms,
                    Some(*account),
                    user.map(Peer::User),
                    Some(phone.clone()),
                    what,
                );
            }
            FactKind::Sent(sent) => return self.send(at_ms, sent),
            FactKind::Refused {
                account,
                peer,
                random_id,
                error,
            } => {
                let what = if error == "RANDOM_ID_DUPLICATE" {
                    LogKind::DuplicateRefused {
                        random_id: *random_id,
                    }
                } else {
                    LogKind::SendRefused {
                        error: error.clone(),
                        random_id: *random_id,
                    }
                };
                self.note(at_ms, Some(*account), Some(*peer), what);
            }
            FactKind::Read {
                account,
                key,
                peer,
                max_id,
            } => {
                return self.read(at_ms, *account, *key, *peer, *max_id);
            }
            FactKind::Edited {
                account,
                key,
                peer,
                uid,
                text,
            } => {
                self.note(
                    at_ms,
                    Some(*account),
                    Some(*peer),
                    LogKind::Edited {
                        text: text.clone(),
                        by_account: true,
                    },
                );
                return self.edit(at_ms, *account, *key, *peer, *uid, text);
            }
            FactKind::Deleted {
                account,
                key,
                peer,
                uids,
                revoke,
            } => {
                let what = LogKind::Deleted {
                    messages: uids.len(),
                    by_account: true,
                };
                self.note(at_ms, Some(*account), Some(*peer), what);
                return self.delete(at_ms, *account, *key, *peer, uids, *revoke);
            }
            FactKind::Acted { planned_id } => return self.act(at_ms, *planned_id),
            FactKind::Injected {
                account,
                method,
                action,
            } => {
                let what = LogKind::ErrorInjected {
                    method: method.clone(),
                    action: action.clone(),
                };
                self.note(at_ms, *account, None, what);
            }
        }
        Vec::new()
    }

    pub(super) fn note(&mut self, at_ms: i64, account: Option<UserId>, peer: Option<Peer>, what: LogKind) {
        let phone = peer.and_then(|peer| self.phone_of(peer));
        self.log.write(at_ms, account, peer, phone, what);
    }

    fn put_user(&mut self, user: &User) {
        if let Some(before) = self.users.get(&user.id) {
            if let Some(phone) = &before.phone {
                self.by_phone.remove(phone);
            }
            if let Some(username) = &before.username {
                self.by_username.remove(&username.to_lowercase());
            }
        }
        if let Some(phone) = &user.phone {
            self.by_phone.insert(phone.clone(), user.id);
        }
        if let Some(username) = &user.username {
            self.by_username
                .insert(username.to_lowercase(), Peer::User(user.id));
        }
        self.users.insert(user.id, user.clone());
    }

    fn put_group(&mut self, group: &Group) {
        if let Some(before) = self.groups.get(&group.id) {
            for member in &before.members {
                if let Some(groups) = self.groups_of.get_mut(&member.user) {
                    groups.remove(&group.id);
                }
            }
            if let Some(username) = &before.username {
                self.by_username.remove(&username.to_lowercase());
            }
        }
        for member in &group.members {
            self.groups_of.entry(member.user).or_default().insert(group.id);
        }
        if let Some(username) = &group.username {
            self.by_username.insert(username.to_lowercase(), group.peer());
        }
        if group.kind != GroupKind::Group {
            self.channel_boxes.entry(group.id).or_default();
        }
        self.groups.insert(group.id, group.clone());
    }

    pub(super) fn plan(&mut self, planned: &[Planned]) {
        for plan in planned {
            self.next_plan = self.next_plan.max(plan.id + 1);
            self.plan_due.insert(plan.id, plan.due_ms);
            self.plans.insert((plan.due_ms, plan.id), plan.clone());
        }
    }

    fn sign_out(&mut self, at_ms: i64, key: KeyId, revoked: bool) -> Vec<Outgoing> {
        let Some(session) = self.sessions.remove(&key) else {
            return Vec::new();
        };
        let what = if revoked {
            self.revoked.insert(key);
            LogKind::Revoked { key: key.0 }
        } else {
            LogKind::SignedOut { key: key.0 }
        };
        self.note(at_ms, Some(session.user), None, what);
        let ended = Dated {
            update: Update::SessionEnded,
            pts: 0,
            pts_count: 0,
            at_ms,
        };
        if revoked {
            vec![(PushTo::Key(key), ended)]
        } else {
            Vec::new()
        }
    }
}

/// Reads the hexadecimal form that the journal keeps keys in; what is not hexadecimal is left out.
fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|c| c.to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

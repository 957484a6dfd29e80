//! What each fact does to the state, and which updates it sends out. Nothing here can fail or draw lots:
//! a journal replayed is the same world.

use crate::ids::{GroupId, KeyId, Peer, UserId};
use crate::persona::Act;
use crate::world::fact::{Fact, FactKind, Planned, SentFact};
use crate::world::log::LogKind;
use crate::world::mailbox::{Mailbox, MailboxEvent, Message, PtsEvent};
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

    fn note(&mut self, at_ms: i64, account: Option<UserId>, peer: Option<Peer>, what: LogKind) {
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

    fn plan(&mut self, planned: &[Planned]) {
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

    fn send(&mut self, at_ms: i64, sent: &SentFact) -> Vec<Outgoing> {
        let uid = self.next_uid;
        self.next_uid += 1;
        self.log_sent(at_ms, uid, sent);
        let outgoing = self.distribute(at_ms, uid, sent);
        if let (Some(random_id), Some(account)) = (sent.random_id, self.accounts.get_mut(&sent.from)) {
            account.random_ids.insert(random_id, uid);
        }
        if let Peer::User(other) = sent.peer {
            if let Some(memory) = sent.memory {
                self.memories.insert((sent.from, other), memory);
            }
            if self.accounts.contains_key(&other) {
                self.last_said.insert((other, sent.from), uid);
            }
        }
        self.plan(&sent.planned);
        outgoing
    }

    /// Puts the copies of a message where they belong.
    fn distribute(&mut self, at_ms: i64, uid: u64, sent: &SentFact) -> Vec<Outgoing> {
        let message = |peer: Peer, out: bool, reply_to: Option<i32>| Message {
            id: 0,
            uid,
            peer,
            from: sent.from,
            out,
            date_ms: at_ms,
            text: sent.text.clone(),
            reply_to,
            edited_ms: None,
            random_id: sent.random_id.filter(|_| out),
        };
        let copies: Vec<(UserId, Peer)> = match sent.peer {
            Peer::User(other) if other == sent.from => vec![(other, sent.peer)],
            Peer::User(other) => vec![(sent.from, sent.peer), (other, Peer::User(sent.from))],
            Peer::Chat(group) => self.members(group).map(|user| (user, sent.peer)).collect(),
            Peer::Channel(group) => return self.post(at_ms, group, sent, message(sent.peer, false, None)),
        };
        let mut outgoing = Vec::new();
        for (owner, peer) in copies {
            let Some(account) = self.accounts.get_mut(&owner) else {
                continue;
            };
            let mailbox = &mut account.mailbox;
            let reply_to = sent
                .reply_to_uid
                .and_then(|uid| mailbox.by_uid(uid))
                .map(|found| found.id);
            let out = owner == sent.from;
            let (stored, event) = mailbox.add(message(peer, out, reply_to));
            let to = PushTo::Account {
                account: owner,
                except: sent.key.filter(|_| out),
            };
            outgoing.push((to, dated(at_ms, &event, Update::NewMessage(stored))));
        }
        outgoing
    }

    fn post(&mut self, at_ms: i64, group: GroupId, sent: &SentFact, message: Message) -> Vec<Outgoing> {
        let Some(mailbox) = self.channel_boxes.get_mut(&group) else {
            return Vec::new();
        };
        let reply_to = sent
            .reply_to_uid
            .and_then(|uid| mailbox.by_uid(uid))
            .map(|found| found.id);
        let (stored, event) = mailbox.add(Message { reply_to, ..message });
        let update = |account| {
            let mut copy = stored.clone();
            copy.out = account == sent.from;
            dated(at_ms, &event, Update::NewMessage(copy))
        };
        self.to_members(group, sent.from, sent.key, update)
    }

    fn log_sent(&mut self, at_ms: i64, uid: u64, sent: &SentFact) {
        let by_account = self.accounts.contains_key(&sent.from);
        let (account, peer) = match sent.peer {
            Peer::User(other) if !by_account => (other, Peer::User(sent.from)),
            peer => (sent.from, peer),
        };
        let text = sent.text.clone();
        let message_id = self.mailbox(account, peer).map_or(0, Mailbox::next_id);
        if by_account {
            let fresh = self
                .mailbox(account, peer)
                .is_some_and(|mailbox| mailbox.conversation_len(peer) == 0);
            if fresh && matches!(peer, Peer::User(_)) {
                self.note(at_ms, Some(account), Some(peer), LogKind::DialogOpened);
            }
            let what = if sent.by_phone {
                LogKind::PhoneWrote { message_id, text }
            } else {
                LogKind::Delivered {
                    message_id,
                    text,
                    random_id: sent.random_id,
                }
            };
            self.note(at_ms, Some(account), Some(peer), what);
        } else if matches!(sent.peer, Peer::User(_)) {
            self.note(
                at_ms,
                Some(account),
                Some(peer),
                LogKind::ReplySent { message_id, text },
            );
        }
        tracing::trace!(uid, "message");
    }

    fn read(
        &mut self,
        at_ms: i64,
        owner: UserId,
        key: Option<KeyId>,
        peer: Peer,
        max_id: i32,
    ) -> Vec<Outgoing> {
        let Some(account) = self.accounts.get_mut(&owner) else {
            return Vec::new();
        };
        let Some(event) = account.mailbox.read_inbox(peer, max_id) else {
            return Vec::new();
        };
        let read_uid = account
            .mailbox
            .conversation(peer)
            .find(|message| !message.out && message.id <= max_id.max(1));
        let read_uid = read_uid.map(|message| message.uid);
        self.note(at_ms, Some(owner), Some(peer), LogKind::ReadByAccount { max_id });
        let mut outgoing = Vec::new();
        if let Some(update) = read_update(&event) {
            outgoing.push((
                PushTo::Account {
                    account: owner,
                    except: key,
                },
                dated(at_ms, &event, update),
            ));
        }
        // The other side, if it is an account too, learns that its messages were read.
        if let (Peer::User(other), Some(uid)) = (peer, read_uid) {
            outgoing.extend(self.reads_outbox(at_ms, other, Peer::User(owner), uid));
        }
        outgoing
    }

    /// The peer of an account read the account's messages up to this one.
    fn reads_outbox(&mut self, at_ms: i64, owner: UserId, reader: Peer, uid: u64) -> Option<Outgoing> {
        let mailbox = &mut self.accounts.get_mut(&owner)?.mailbox;
        let max_id = mailbox.by_uid(uid)?.id;
        let event = mailbox.read_outbox(reader, max_id)?;
        let update = read_update(&event)?;
        Some((
            PushTo::Account {
                account: owner,
                except: None,
            },
            dated(at_ms, &event, update),
        ))
    }

    fn edit(
        &mut self,
        at_ms: i64,
        by: UserId,
        key: Option<KeyId>,
        peer: Peer,
        uid: u64,
        text: &str,
    ) -> Vec<Outgoing> {
        if let Peer::Channel(group) = peer {
            let Some(mailbox) = self.channel_boxes.get_mut(&group) else {
                return Vec::new();
            };
            let Some((message, event)) = mailbox.edit(uid, text, at_ms) else {
                return Vec::new();
            };
            return self.to_members(group, by, key, |account| {
                let copy = Message {
                    out: message.from == account,
                    ..message.clone()
                };
                dated(at_ms, &event, Update::EditMessage(copy))
            });
        }
        let mut outgoing = Vec::new();
        for owner in self.owners(by, peer) {
            let Some(account) = self.accounts.get_mut(&owner) else {
                continue;
            };
            if let Some((message, event)) = account.mailbox.edit(uid, text, at_ms) {
                let to = PushTo::Account {
                    account: owner,
                    except: key.filter(|_| owner == by),
                };
                outgoing.push((to, dated(at_ms, &event, Update::EditMessage(message))));
            }
        }
        outgoing
    }

    fn delete(
        &mut self,
        at_ms: i64,
        by: UserId,
        key: Option<KeyId>,
        peer: Peer,
        uids: &[u64],
        revoke: bool,
    ) -> Vec<Outgoing> {
        if let Peer::Channel(group) = peer {
            let Some(mailbox) = self.channel_boxes.get_mut(&group) else {
                return Vec::new();
            };
            let Some((ids, event)) = mailbox.delete(uids) else {
                return Vec::new();
            };
            return self.to_members(group, by, key, |_| {
                dated(
                    at_ms,
                    &event,
                    Update::DeleteMessages {
                        ids: ids.clone(),
                        channel: Some(group),
                    },
                )
            });
        }
        let owners = if revoke { self.owners(by, peer) } else { vec![by] };
        let mut outgoing = Vec::new();
        for owner in owners {
            let Some(account) = self.accounts.get_mut(&owner) else {
                continue;
            };
            if let Some((ids, event)) = account.mailbox.delete(uids) {
                let to = PushTo::Account {
                    account: owner,
                    except: key.filter(|_| owner == by),
                };
                outgoing.push((
                    to,
                    dated(at_ms, &event, Update::DeleteMessages { ids, channel: None }),
                ));
            }
        }
        outgoing
    }

    fn act(&mut self, at_ms: i64, planned_id: u64) -> Vec<Outgoing> {
        let due_ms = self.plan_due.remove(&planned_id);
        let Some(plan) = due_ms.and_then(|due_ms| self.plans.remove(&(due_ms, planned_id))) else {
            return Vec::new();
        };
        let (account, person) = (plan.account, plan.person);
        let chat = Peer::User(person);
        let last_said = self.last_said.get(&(account, person)).copied();
        match plan.act {
            Act::Read => {
                let newest = self
                    .accounts
                    .get(&account)
                    .and_then(|found| found.mailbox.conversation(chat).find(|message| message.out));
                let Some((uid, max_id)) = newest.map(|message| (message.uid, message.id)) else {
                    return Vec::new();
                };
                let outgoing = self.reads_outbox(at_ms, account, chat, uid);
                if outgoing.is_some() {
                    self.note(at_ms, Some(account), Some(chat), LogKind::Read { max_id });
                }
                outgoing.into_iter().collect()
            }
            Act::Say(text) => {
                let peer = Peer::User(account);
                let sent = SentFact {
                    from: person,
                    key: None,
                    by_phone: false,
                    peer,
                    text,
                    random_id: None,
                    reply_to_uid: None,
                    planned: Vec::new(),
                    memory: None,
                };
                self.send(at_ms, &sent)
            }
            Act::EditLast(text) => {
                let Some(uid) = last_said else { return Vec::new() };
                let what = LogKind::Edited {
                    text: text.clone(),
                    by_account: false,
                };
                self.note(at_ms, Some(account), Some(chat), what);
                self.edit(at_ms, person, None, Peer::User(account), uid, &text)
            }
            Act::DeleteLast => {
                let Some(uid) = last_said else { return Vec::new() };
                self.note(
                    at_ms,
                    Some(account),
                    Some(chat),
                    LogKind::Deleted {
                        messages: 1,
                        by_account: false,
                    },
                );
                self.delete(at_ms, person, None, Peer::User(account), &[uid], true)
            }
            Act::Block => {
                self.blocked.insert((person, account));
                self.note(at_ms, Some(account), Some(chat), LogKind::Blocked);
                Vec::new()
            }
        }
    }

    fn members(&self, group: GroupId) -> impl Iterator<Item = UserId> {
        self.groups
            .get(&group)
            .into_iter()
            .flat_map(|group| group.members.iter().map(|member| member.user))
    }

    /// Whose mailboxes hold copies of a conversation.
    fn owners(&self, by: UserId, peer: Peer) -> Vec<UserId> {
        match peer {
            Peer::User(other) if other == by => vec![by],
            Peer::User(other) => vec![by, other],
            Peer::Chat(group) | Peer::Channel(group) => self.members(group).collect(),
        }
    }

    fn to_members(
        &self,
        group: GroupId,
        by: UserId,
        key: Option<KeyId>,
        update: impl Fn(UserId) -> Dated,
    ) -> Vec<Outgoing> {
        let accounts = self
            .members(group)
            .filter(|user| self.accounts.contains_key(user));
        let push = |account| {
            let except = key.filter(|_| account == by);
            (PushTo::Account { account, except }, update(account))
        };
        accounts.map(push).collect()
    }
}

fn dated(at_ms: i64, event: &PtsEvent, update: Update) -> Dated {
    Dated {
        update,
        pts: event.pts,
        pts_count: event.pts_count,
        at_ms,
    }
}

fn read_update(event: &PtsEvent) -> Option<Update> {
    match event.event {
        MailboxEvent::ReadInbox {
            peer,
            max_id,
            still_unread,
        } => Some(Update::ReadInbox {
            peer,
            max_id,
            still_unread,
        }),
        MailboxEvent::ReadOutbox { peer, max_id } => Some(Update::ReadOutbox { peer, max_id }),
        MailboxEvent::New { .. } | MailboxEvent::Edited { .. } | MailboxEvent::Deleted { .. } => None,
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

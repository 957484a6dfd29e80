//! Reading, changing and removing, by accounts and by people, and what people do when their time comes.

use crate::ids::{KeyId, Peer, UserId};
use crate::persona::Act;
use crate::world::apply::Outgoing;
use crate::world::delivery::dated;
use crate::world::fact::SentFact;
use crate::world::log::LogKind;
use crate::world::mailbox::{MailboxEvent, Message, PtsEvent};
use crate::world::state::State;
use crate::world::types::{PushTo, Update};

impl State {
    pub(super) fn read(
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
            .find(|message| !message.out && message.id <= max_id);
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

    pub(super) fn edit(
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

    pub(super) fn delete(
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

    pub(super) fn act(&mut self, at_ms: i64, planned_id: u64) -> Vec<Outgoing> {
        let due_ms = self.plan_due.remove(&planned_id);
        let Some(plan) = due_ms.and_then(|due_ms| self.plans.remove(&(due_ms, planned_id))) else {
            return Vec::new();
        };
        let (account, person) = (plan.account, plan.person);
        let chat = Peer::User(person);
        let last_said = self.last_said.get(&(account, person)).copied();
        match plan.act {
            Act::Read => self.person_reads(at_ms, account, person),
            Act::Say(text) => self.send(at_ms, &SentFact::said(person, account, text)),
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

    /// A person reads everything that the account wrote.
    fn person_reads(&mut self, at_ms: i64, account: UserId, person: UserId) -> Vec<Outgoing> {
        let chat = Peer::User(person);
        let newest = self
            .mailbox(account, chat)
            .and_then(|mailbox| mailbox.conversation(chat).find(|message| message.out));
        let Some((uid, max_id)) = newest.map(|message| (message.uid, message.id)) else {
            return Vec::new();
        };
        let outgoing = self.reads_outbox(at_ms, account, chat, uid);
        if outgoing.is_some() {
            self.note(at_ms, Some(account), Some(chat), LogKind::Read { max_id });
        }
        outgoing.into_iter().collect()
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

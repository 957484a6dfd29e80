//! What messages do to mailboxes: copies for everyone concerned, and the updates that tell of them.

use crate::ids::{GroupId, KeyId, Peer, UserId};
use crate::world::apply::Outgoing;
use crate::world::fact::SentFact;
use crate::world::log::LogKind;
use crate::world::mailbox::{Mailbox, Message, PtsEvent};
use crate::world::state::State;
use crate::world::types::{Dated, PushTo, Update};

impl State {
    pub(super) fn send(&mut self, at_ms: i64, sent: &SentFact) -> Vec<Outgoing> {
        let uid = self.next_uid;
        self.next_uid += 1;
        self.log_sent(at_ms, sent);
        let outgoing = self.distribute(at_ms, uid, sent);
        if let (Some(random_id), Some(account)) = (sent.random_id, self.accounts.get_mut(&sent.from)) {
            account.random_ids.insert(random_id, uid);
        }
        if let Peer::User(other) = sent.peer {
            if let Some(memory) = sent.memory {
                self.memories.insert((sent.from, other), memory);
                if memory.stopped {
                    self.stopped.insert(other);
                }
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

    fn log_sent(&mut self, at_ms: i64, sent: &SentFact) {
        let by_account = self.accounts.contains_key(&sent.from);
        let (account, peer) = match sent.peer {
            Peer::User(other) if !by_account => (other, Peer::User(sent.from)),
            peer => (sent.from, peer),
        };
        let text = sent.text.clone();
        let message_id = self.mailbox(account, peer).map_or(0, Mailbox::next_id);
        if by_account {
            if let Peer::User(other) = peer
                && other != account
                && self.opened.insert((account, other))
            {
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
            self.opened.insert((account, sent.from));
            self.note(
                at_ms,
                Some(account),
                Some(peer),
                LogKind::ReplySent { message_id, text },
            );
        }
    }

    pub(super) fn members(&self, group: GroupId) -> impl Iterator<Item = UserId> {
        self.groups
            .get(&group)
            .into_iter()
            .flat_map(|group| group.members.iter().map(|member| member.user))
    }

    /// Whose mailboxes hold copies of a conversation.
    pub(super) fn owners(&self, by: UserId, peer: Peer) -> Vec<UserId> {
        match peer {
            Peer::User(other) if other == by => vec![by],
            Peer::User(other) => vec![by, other],
            Peer::Chat(group) | Peer::Channel(group) => self.members(group).collect(),
        }
    }

    pub(super) fn to_members(
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

pub(super) fn dated(at_ms: i64, event: &PtsEvent, update: Update) -> Dated {
    Dated {
        update,
        pts: event.pts,
        pts_count: event.pts_count,
        at_ms,
    }
}

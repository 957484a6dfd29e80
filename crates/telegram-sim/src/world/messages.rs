//! Writing, reading, changing and removing messages.

use super::error::{
    CHANNEL_INVALID, CHAT_ADMIN_REQUIRED, CHAT_ID_INVALID, CHAT_WRITE_FORBIDDEN, MESSAGE_AUTHOR_REQUIRED,
    MESSAGE_EMPTY, MESSAGE_ID_INVALID, MESSAGE_NOT_MODIFIED, MESSAGE_TOO_LONG, PEER_FLOOD, PEER_ID_INVALID,
    RANDOM_ID_DUPLICATE, RANDOM_ID_EMPTY,
};
use super::fact::{FactKind, SentFact};
use super::types::{Affected, Caller, GroupKind, Role, Sent};
use super::{Answer, Locked, World};
use crate::ids::{GroupId, Peer, UserId};

/// The longest message, in UTF-16 units as Telegram counts.
const MESSAGE_MAX_UNITS: usize = 4096;

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing<'a> {
    /// To whom.
    pub peer: Peer,
    /// What it says.
    pub text: &'a str,
    /// The client's own number for it; 0 is refused.
    pub random_id: i64,
    /// The message answered.
    pub reply_to: Option<i32>,
}

impl World {
    /// `messages.sendMessage`.
    ///
    /// # Errors
    /// `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG`, `RANDOM_ID_EMPTY`, `RANDOM_ID_DUPLICATE`, `PEER_ID_INVALID`, `PEER_FLOOD`,
    /// `CHAT_WRITE_FORBIDDEN`, and what the person's privacy says.
    pub fn send_message(&self, caller: Caller, message: &Outgoing<'_>) -> Answer<Sent> {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        let text = message.text.trim();
        if let Err(error) = locked.may_send(caller.account, message, text) {
            let refused = FactKind::Refused {
                account: caller.account,
                peer: message.peer,
                random_id: message.random_id,
                error: error.name.to_string(),
            };
            self.commit(&mut locked, now_ms, refused);
            return Err(error);
        }
        self.deliver(&mut locked, now_ms, caller, message, text, false)
    }

    /// The operator writes on the phone: the message appears in every session of the account.
    ///
    /// # Errors
    /// As [`World::send_message`].
    pub fn phone_writes(&self, account: UserId, peer: Peer, text: &str) -> Answer<Sent> {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        let message = Outgoing {
            peer,
            text,
            random_id: 0,
            reply_to: None,
        };
        locked.may_write_to(account, peer, text.trim())?;
        self.deliver(
            &mut locked,
            now_ms,
            Caller::phone(account),
            &message,
            text.trim(),
            true,
        )
    }

    fn deliver(
        &self,
        locked: &mut Locked,
        now_ms: i64,
        caller: Caller,
        message: &Outgoing<'_>,
        text: &str,
        by_phone: bool,
    ) -> Answer<Sent> {
        let (account, peer) = (caller.account, message.peer);
        let mailbox = locked.state.mailbox(account, peer).ok_or(PEER_ID_INVALID)?;
        let reply_to_uid = message
            .reply_to
            .and_then(|id| mailbox.get(id))
            .map(|answered| answered.uid);
        let uid = locked.state.next_uid;
        let (planned, memory) = self.plan_reaction(locked, account, peer, now_ms);
        let fact = FactKind::Sent(SentFact {
            from: account,
            key: caller.key,
            by_phone,
            peer,
            text: text.to_owned(),
            random_id: (!by_phone).then_some(message.random_id),
            reply_to_uid,
            planned,
            memory,
        });
        self.commit(locked, now_ms, fact);
        let mailbox = locked.state.mailbox(account, peer).ok_or(PEER_ID_INVALID)?;
        let mut message = mailbox.by_uid(uid).ok_or(PEER_ID_INVALID)?.clone();
        message.out = true;
        Ok(Sent {
            message,
            pts: mailbox.pts(),
            pts_count: 1,
        })
    }

    /// `messages.readHistory` (and `channels.readHistory`, which has no effect here). `max_id` 0: everything.
    ///
    /// # Errors
    /// `PEER_ID_INVALID`.
    pub fn read_history(&self, caller: Caller, peer: Peer, max_id: i32) -> Answer<Affected> {
        let mut locked = self.lock();
        let mailbox = locked
            .state
            .mailbox(caller.account, peer)
            .ok_or(PEER_ID_INVALID)?;
        let before = mailbox.pts();
        let newest = mailbox.conversation(peer).next().map_or(0, |message| message.id);
        let max_id = if max_id <= 0 { newest } else { max_id.min(newest) };
        if matches!(peer, Peer::Channel(_)) || max_id <= mailbox.marks(peer).read_inbox_max_id {
            return Ok(Affected {
                pts: before,
                pts_count: 0,
            });
        }
        let fact = FactKind::Read {
            account: caller.account,
            key: caller.key,
            peer,
            max_id,
        };
        self.commit(&mut locked, self.now_ms(), fact);
        locked.affected(caller.account, peer, before)
    }

    /// `messages.editMessage`.
    ///
    /// # Errors
    /// `MESSAGE_ID_INVALID`, `MESSAGE_AUTHOR_REQUIRED`, `MESSAGE_NOT_MODIFIED`, `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG`.
    pub fn edit_message(&self, caller: Caller, peer: Peer, id: i32, text: &str) -> Answer<Sent> {
        let mut locked = self.lock();
        let text = text.trim();
        check_text(text)?;
        let mailbox = locked
            .state
            .mailbox(caller.account, peer)
            .ok_or(PEER_ID_INVALID)?;
        let message = mailbox
            .get(id)
            .filter(|message| message.peer == peer)
            .ok_or(MESSAGE_ID_INVALID)?;
        if message.from != caller.account {
            return Err(MESSAGE_AUTHOR_REQUIRED);
        }
        if message.text == text {
            return Err(MESSAGE_NOT_MODIFIED);
        }
        let (account, key, uid) = (caller.account, caller.key, message.uid);
        let fact = FactKind::Edited {
            account,
            key,
            peer,
            uid,
            text: text.to_owned(),
        };
        self.commit(&mut locked, self.now_ms(), fact);
        let mailbox = locked.state.mailbox(account, peer).ok_or(PEER_ID_INVALID)?;
        let mut message = mailbox.get(id).ok_or(MESSAGE_ID_INVALID)?.clone();
        message.out = true;
        Ok(Sent {
            message,
            pts: mailbox.pts(),
            pts_count: 1,
        })
    }

    /// `messages.deleteMessages`: numbers of the account's own mailbox; unknown ones are passed over.
    ///
    /// # Errors
    /// None of its own.
    pub fn delete_messages(&self, caller: Caller, ids: &[i32], revoke: bool) -> Answer<Affected> {
        let mut locked = self.lock();
        let account = locked
            .state
            .accounts
            .get(&caller.account)
            .ok_or(PEER_ID_INVALID)?;
        let before = account.mailbox.pts();
        let mut by_peer: std::collections::BTreeMap<Peer, Vec<u64>> = std::collections::BTreeMap::new();
        for message in ids.iter().filter_map(|id| account.mailbox.get(*id)) {
            by_peer.entry(message.peer).or_default().push(message.uid);
        }
        for (peer, uids) in by_peer {
            let fact = FactKind::Deleted {
                account: caller.account,
                key: caller.key,
                peer,
                uids,
                revoke,
            };
            self.commit(&mut locked, self.now_ms(), fact);
        }
        locked.affected(caller.account, Peer::User(caller.account), before)
    }

    /// `channels.deleteMessages`.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`; `CHAT_ADMIN_REQUIRED` for other people's messages without the right.
    pub fn delete_channel_messages(&self, caller: Caller, group: GroupId, ids: &[i32]) -> Answer<Affected> {
        let mut locked = self.lock();
        let peer = Peer::Channel(group);
        let mailbox = locked
            .state
            .mailbox(caller.account, peer)
            .ok_or(CHANNEL_INVALID)?;
        let before = mailbox.pts();
        let found: Vec<_> = ids.iter().filter_map(|id| mailbox.get(*id)).collect();
        let admin = locked
            .state
            .role(group, caller.account)
            .is_some_and(|role| role != Role::Member);
        if !admin && found.iter().any(|message| message.from != caller.account) {
            return Err(CHAT_ADMIN_REQUIRED);
        }
        let uids: Vec<u64> = found.iter().map(|message| message.uid).collect();
        if !uids.is_empty() {
            let fact = FactKind::Deleted {
                account: caller.account,
                key: caller.key,
                peer,
                uids,
                revoke: true,
            };
            self.commit(&mut locked, self.now_ms(), fact);
        }
        locked.affected(caller.account, peer, before)
    }
}

impl Locked {
    fn may_send(&self, account: UserId, message: &Outgoing<'_>, text: &str) -> Answer<()> {
        if message.random_id == 0 {
            return Err(RANDOM_ID_EMPTY);
        }
        let sender = self.state.accounts.get(&account).ok_or(PEER_ID_INVALID)?;
        if sender.random_ids.contains_key(&message.random_id) {
            return Err(RANDOM_ID_DUPLICATE);
        }
        self.may_write_to(account, message.peer, text)
    }

    fn may_write_to(&self, account: UserId, peer: Peer, text: &str) -> Answer<()> {
        check_text(text)?;
        match peer {
            Peer::User(user) => {
                if !self.state.users.contains_key(&user) {
                    return Err(PEER_ID_INVALID);
                }
                if let Some(error) = self.state.refusal(account, user) {
                    return Err(error);
                }
                let stranger = user != account && !self.state.has_written(account, user);
                if stranger && self.faults.is_restricted(account) {
                    return Err(PEER_FLOOD);
                }
                Ok(())
            }
            Peer::Chat(group) | Peer::Channel(group) => {
                let found = self.state.groups.get(&group).ok_or(CHAT_ID_INVALID)?;
                match self.state.role(group, account) {
                    Some(Role::Member) if found.kind == GroupKind::Channel => Err(CHAT_ADMIN_REQUIRED),
                    Some(_) => Ok(()),
                    None => Err(CHAT_WRITE_FORBIDDEN),
                }
            }
        }
    }

    fn affected(&self, account: UserId, peer: Peer, before: i32) -> Answer<Affected> {
        let pts = self.state.mailbox(account, peer).ok_or(PEER_ID_INVALID)?.pts();
        Ok(Affected {
            pts,
            pts_count: pts - before,
        })
    }
}

fn check_text(text: &str) -> Answer<()> {
    if text.is_empty() {
        return Err(MESSAGE_EMPTY);
    }
    if text.encode_utf16().count() > MESSAGE_MAX_UNITS {
        return Err(MESSAGE_TOO_LONG);
    }
    Ok(())
}

//! A mailbox: the messages of one account as that account numbers them, and the pts log of what happened to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::ids::{Peer, UserId};

/// A message as one mailbox (or one channel) holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The number in this mailbox or channel.
    pub id: i32,
    /// The number of the message in the world: the copies of both sides share it.
    pub uid: u64,
    /// The conversation, as this mailbox's owner sees it.
    pub peer: Peer,
    /// Who wrote it.
    pub from: UserId,
    /// Written by this mailbox's owner.
    pub out: bool,
    /// When it was written, in milliseconds of the world's clock.
    pub date_ms: i64,
    /// What it says.
    pub text: String,
    /// The message answered, by its number in this mailbox.
    pub reply_to: Option<i32>,
    /// When its text was last changed.
    pub edited_ms: Option<i64>,
    /// The sender's own number for it, in the sender's mailbox only.
    pub random_id: Option<i64>,
}

/// What happened to a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailboxEvent {
    /// A message came in or went out.
    New { id: i32 },
    /// A message's text changed.
    Edited { id: i32 },
    /// Messages were removed.
    Deleted { ids: Vec<i32> },
    /// The owner read what the peer wrote, up to `max_id`.
    ReadInbox {
        peer: Peer,
        max_id: i32,
        still_unread: i32,
    },
    /// The peer read what the owner wrote, up to `max_id`.
    ReadOutbox { peer: Peer, max_id: i32 },
}

/// An event with the pts that the mailbox has after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PtsEvent {
    /// The mailbox's pts after the event.
    pub pts: i32,
    /// By how much the event raised it.
    pub pts_count: i32,
    /// What happened.
    pub event: MailboxEvent,
}

/// One conversation's line in the list of dialogs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DialogMarks {
    /// Incoming messages up to this number were read by the owner.
    pub read_inbox_max_id: i32,
    /// Outgoing messages up to this number were read by the peer.
    pub read_outbox_max_id: i32,
}

/// The messages of one account, or of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    messages: BTreeMap<i32, Message>,
    by_peer: HashMap<Peer, BTreeSet<i32>>,
    by_uid: HashMap<u64, i32>,
    marks: HashMap<Peer, DialogMarks>,
    /// Incoming messages not read. A channel's messages are read by nobody in particular.
    unread: HashMap<Peer, BTreeSet<i32>>,
    unread_total: usize,
    events: Vec<PtsEvent>,
    pts: i32,
    last_id: i32,
}

/// The pts of a mailbox nothing ever happened to (Telegram never shows 0).
pub const FIRST_PTS: i32 = 1;

impl Default for Mailbox {
    fn default() -> Self {
        Self {
            messages: BTreeMap::new(),
            by_peer: HashMap::new(),
            by_uid: HashMap::new(),
            marks: HashMap::new(),
            unread: HashMap::new(),
            unread_total: 0,
            events: Vec::new(),
            pts: FIRST_PTS,
            last_id: 0,
        }
    }
}

impl Mailbox {
    /// The present pts.
    #[must_use]
    pub fn pts(&self) -> i32 {
        self.pts
    }

    /// The number that the next message gets.
    #[must_use]
    pub fn next_id(&self) -> i32 {
        self.last_id + 1
    }

    /// A message by its number.
    #[must_use]
    pub fn get(&self, id: i32) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// A message by its number in the world.
    #[must_use]
    pub fn by_uid(&self, uid: u64) -> Option<&Message> {
        self.by_uid.get(&uid).and_then(|id| self.messages.get(id))
    }

    /// The messages of a conversation, newest first.
    pub fn conversation(&self, peer: Peer) -> impl Iterator<Item = &Message> {
        self.by_peer
            .get(&peer)
            .into_iter()
            .flat_map(|ids| ids.iter().rev())
            .filter_map(|id| self.get(*id))
    }

    /// Messages in a conversation.
    #[must_use]
    pub fn conversation_len(&self, peer: Peer) -> usize {
        self.by_peer.get(&peer).map_or(0, BTreeSet::len)
    }

    /// All messages, newest first.
    pub fn all(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().rev()
    }

    /// Conversations that have messages, with their newest message.
    pub fn conversations(&self) -> impl Iterator<Item = (Peer, &Message)> {
        self.by_peer
            .iter()
            .filter_map(|(peer, ids)| Some((*peer, self.get(*ids.last()?)?)))
    }

    /// What was read in a conversation.
    #[must_use]
    pub fn marks(&self, peer: Peer) -> DialogMarks {
        self.marks.get(&peer).copied().unwrap_or_default()
    }

    /// Incoming messages of a conversation that the owner has not read.
    #[must_use]
    pub fn unread(&self, peer: Peer) -> i32 {
        i32::try_from(self.unread.get(&peer).map_or(0, BTreeSet::len)).unwrap_or(i32::MAX)
    }

    /// Incoming messages of all conversations that the owner has not read.
    #[must_use]
    pub fn unread_total(&self) -> i32 {
        i32::try_from(self.unread_total).unwrap_or(i32::MAX)
    }

    /// The events after `pts`, oldest first. Every event has its own pts, so the place is found by halving.
    #[must_use]
    pub fn events_after(&self, pts: i32) -> &[PtsEvent] {
        let from = self.events.partition_point(|event| event.pts <= pts);
        &self.events[from..]
    }

    /// Puts a message in; the number given by `message.id` is replaced by the mailbox's next one.
    pub fn add(&mut self, mut message: Message) -> (Message, PtsEvent) {
        self.last_id += 1;
        message.id = self.last_id;
        self.by_peer.entry(message.peer).or_default().insert(message.id);
        self.by_uid.insert(message.uid, message.id);
        if !message.out && !matches!(message.peer, Peer::Channel(_)) {
            self.unread.entry(message.peer).or_default().insert(message.id);
            self.unread_total += 1;
        }
        self.messages.insert(message.id, message.clone());
        let event = self.record(1, MailboxEvent::New { id: message.id });
        (message, event)
    }

    /// Changes a message's text.
    pub fn edit(&mut self, uid: u64, text: &str, at_ms: i64) -> Option<(Message, PtsEvent)> {
        let id = *self.by_uid.get(&uid)?;
        let message = self.messages.get_mut(&id)?;
        text.clone_into(&mut message.text);
        message.edited_ms = Some(at_ms);
        let changed = message.clone();
        Some((changed, self.record(1, MailboxEvent::Edited { id })))
    }

    /// Removes the messages that are there; none there is no event.
    pub fn delete(&mut self, uids: &[u64]) -> Option<(Vec<i32>, PtsEvent)> {
        let mut gone = Vec::new();
        for uid in uids {
            let Some(id) = self.by_uid.remove(uid) else {
                continue;
            };
            if let Some(message) = self.messages.remove(&id) {
                if let Some(ids) = self.by_peer.get_mut(&message.peer) {
                    ids.remove(&id);
                }
                let unread = self
                    .unread
                    .get_mut(&message.peer)
                    .is_some_and(|ids| ids.remove(&id));
                self.unread_total -= usize::from(unread);
                gone.push(id);
            }
        }
        if gone.is_empty() {
            return None;
        }
        let count = i32::try_from(gone.len()).unwrap_or(i32::MAX);
        let event = self.record(count, MailboxEvent::Deleted { ids: gone.clone() });
        Some((gone, event))
    }

    /// The owner reads a conversation up to `max_id`; reading what was read is no event.
    pub fn read_inbox(&mut self, peer: Peer, max_id: i32) -> Option<PtsEvent> {
        let newest = self.conversation(peer).next()?.id;
        let max_id = if max_id == 0 { newest } else { max_id.min(newest) };
        let marks = self.marks.entry(peer).or_default();
        if max_id <= marks.read_inbox_max_id {
            return None;
        }
        marks.read_inbox_max_id = max_id;
        if let Some(unread) = self.unread.get_mut(&peer) {
            let left = unread.split_off(&(max_id + 1));
            self.unread_total -= unread.len();
            *unread = left;
        }
        let still_unread = self.unread(peer);
        Some(self.record(
            1,
            MailboxEvent::ReadInbox {
                peer,
                max_id,
                still_unread,
            },
        ))
    }

    /// The peer reads what the owner wrote, up to the message with this number in the world.
    pub fn read_outbox(&mut self, peer: Peer, max_id: i32) -> Option<PtsEvent> {
        let marks = self.marks.entry(peer).or_default();
        if max_id <= marks.read_outbox_max_id {
            return None;
        }
        marks.read_outbox_max_id = max_id;
        Some(self.record(1, MailboxEvent::ReadOutbox { peer, max_id }))
    }

    fn record(&mut self, pts_count: i32, event: MailboxEvent) -> PtsEvent {
        self.pts += pts_count;
        let event = PtsEvent {
            pts: self.pts,
            pts_count,
            event,
        };
        self.events.push(event.clone());
        event
    }
}

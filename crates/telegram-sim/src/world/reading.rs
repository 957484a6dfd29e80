//! What clients read: history, search, dialogs.

use super::error::{CHANNEL_INVALID, PEER_ID_INVALID};
use super::mailbox::Message;
use super::state::State;
use super::types::{Caller, Dialog, DialogsPage, MessagesPage, PageQuery};
use super::{Answer, World};
use crate::ids::{GroupId, Peer, UserId};

/// Messages or dialogs in one answer, as in Telegram.
const PAGE_MAX_ROWS: usize = 100;

impl World {
    /// `messages.getHistory`.
    ///
    /// # Errors
    /// `PEER_ID_INVALID`.
    pub fn history(&self, caller: Caller, peer: Peer, query: &PageQuery) -> Answer<MessagesPage> {
        self.page(caller, peer, query, |_| true)
    }

    /// `messages.search` in one conversation: messages that contain the text, whatever the case; an empty text finds
    /// all.
    ///
    /// # Errors
    /// `PEER_ID_INVALID`.
    pub fn search(&self, caller: Caller, peer: Peer, text: &str, query: &PageQuery) -> Answer<MessagesPage> {
        let wanted = text.to_lowercase();
        self.page(caller, peer, query, |message| {
            message.text.to_lowercase().contains(&wanted)
        })
    }

    /// `messages.searchGlobal` in the account's mailbox.
    #[must_use]
    pub fn search_all(&self, caller: Caller, text: &str, query: &PageQuery) -> MessagesPage {
        let wanted = text.to_lowercase();
        let locked = self.lock();
        let Some(account) = locked.state.accounts.get(&caller.account) else {
            return MessagesPage::default();
        };
        let found = account
            .mailbox
            .all()
            .filter(|message| message.text.to_lowercase().contains(&wanted));
        locked.state.cut_page(caller.account, found, query)
    }

    /// `messages.getMessages`: those that are there, by numbers of the account's mailbox.
    #[must_use]
    pub fn messages(&self, caller: Caller, ids: &[i32]) -> MessagesPage {
        let locked = self.lock();
        let mailbox = locked
            .state
            .accounts
            .get(&caller.account)
            .map(|account| &account.mailbox);
        let found = ids.iter().filter_map(|id| mailbox?.get(*id));
        locked.state.whole_page(caller.account, found)
    }

    /// `channels.getMessages`.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`.
    pub fn channel_messages(&self, caller: Caller, group: GroupId, ids: &[i32]) -> Answer<MessagesPage> {
        let locked = self.lock();
        let mailbox = locked.state.channel_boxes.get(&group).ok_or(CHANNEL_INVALID)?;
        Ok(locked
            .state
            .whole_page(caller.account, ids.iter().filter_map(|id| mailbox.get(*id))))
    }

    /// A whole conversation of an account, oldest first, as the referee sees it.
    #[must_use]
    pub fn conversation(&self, account: UserId, peer: Peer) -> Vec<Message> {
        let locked = self.lock();
        let found = locked
            .state
            .mailbox(account, peer)
            .into_iter()
            .flat_map(|mailbox| mailbox.conversation(peer));
        let mut messages: Vec<Message> = found.map(|message| seen_by(account, message)).collect();
        messages.reverse();
        messages
    }

    /// The message that a `random_id` of this account became, if it was ever used: how a client that lost the answer
    /// is judged.
    #[must_use]
    pub fn by_random_id(&self, account: UserId, random_id: i64) -> Option<Message> {
        let locked = self.lock();
        let account = locked.state.accounts.get(&account)?;
        account
            .mailbox
            .by_uid(*account.random_ids.get(&random_id)?)
            .cloned()
    }

    /// `messages.getDialogs`: conversations, newest first. `offset_date_ms` 0: from the newest; else only those whose
    /// newest message is older than this, or as old with a smaller number than `offset_id`.
    #[must_use]
    pub fn dialogs(&self, caller: Caller, offset_date_ms: i64, offset_id: i32, limit: usize) -> DialogsPage {
        let locked = self.lock();
        let mut all = locked.state.sorted_peers(caller.account);
        let count = i32::try_from(all.len()).unwrap_or(i32::MAX);
        if offset_date_ms > 0 {
            // Telegram's dates are whole seconds: the page goes on after the given message within its second.
            let second = offset_date_ms.div_euclid(1000);
            all.retain(|(key, _)| key.0 < second || (key.0 == second && offset_id > 0 && key.1 < offset_id));
        }
        let page = all.into_iter().take(limit.clamp(1, PAGE_MAX_ROWS));
        let dialogs: Vec<Dialog> = page
            .filter_map(|(_, peer)| locked.state.dialog(caller.account, peer))
            .collect();
        let mentioned = locked.state.mentioned_by_dialogs(caller.account, &dialogs);
        DialogsPage {
            dialogs,
            count,
            mentioned,
        }
    }

    /// `messages.getPeerDialogs`.
    #[must_use]
    pub fn peer_dialogs(&self, caller: Caller, peers: &[Peer]) -> DialogsPage {
        let locked = self.lock();
        let found = peers
            .iter()
            .filter_map(|peer| locked.state.dialog(caller.account, *peer));
        let dialogs: Vec<Dialog> = found.collect();
        let mentioned = locked.state.mentioned_by_dialogs(caller.account, &dialogs);
        DialogsPage {
            count: i32::try_from(dialogs.len()).unwrap_or(i32::MAX),
            dialogs,
            mentioned,
        }
    }

    fn page(
        &self,
        caller: Caller,
        peer: Peer,
        query: &PageQuery,
        keep: impl Fn(&Message) -> bool,
    ) -> Answer<MessagesPage> {
        let locked = self.lock();
        let mailbox = locked
            .state
            .mailbox(caller.account, peer)
            .ok_or(PEER_ID_INVALID)?;
        let found = mailbox.conversation(peer).filter(|message| keep(message));
        Ok(locked.state.cut_page(caller.account, found, query))
    }
}

impl State {
    /// Cuts a page out of messages that come newest first.
    fn cut_page<'m>(
        &self,
        viewer: UserId,
        found: impl Iterator<Item = &'m Message>,
        query: &PageQuery,
    ) -> MessagesPage {
        let all: Vec<&Message> = found
            .filter(|message| query.max_id <= 0 || message.id < query.max_id)
            .filter(|message| message.id > query.min_id.max(0))
            .collect();
        let older = |message: &Message| {
            (query.offset_id <= 0 || message.id < query.offset_id)
                && (query.offset_date_ms <= 0 || message.date_ms < query.offset_date_ms)
        };
        let start = all.partition_point(|message| !older(message));
        let shifted = i64::try_from(start)
            .unwrap_or(i64::MAX)
            .saturating_add(i64::from(query.add_offset));
        let limit = usize::try_from(query.limit).unwrap_or(0).min(PAGE_MAX_ROWS);
        // A negative shift beyond the newest shortens the page, as in Telegram.
        let end = usize::try_from(shifted.saturating_add(limit as i64))
            .unwrap_or(0)
            .min(all.len());
        let begin = usize::try_from(shifted).unwrap_or(0).min(end);
        let mut page = self.whole_page(viewer, all[begin..end].iter().copied());
        page.count = i32::try_from(all.len()).unwrap_or(i32::MAX);
        page
    }

    fn whole_page<'m>(&self, viewer: UserId, found: impl Iterator<Item = &'m Message>) -> MessagesPage {
        let messages: Vec<Message> = found.map(|message| seen_by(viewer, message)).collect();
        let mentioned = self.mentioned(viewer, messages.iter());
        MessagesPage {
            count: i32::try_from(messages.len()).unwrap_or(i32::MAX),
            messages,
            mentioned,
        }
    }

    fn dialog(&self, viewer: UserId, peer: Peer) -> Option<Dialog> {
        let mailbox = self.mailbox(viewer, peer)?;
        let top_message = mailbox
            .conversation(peer)
            .next()
            .map(|message| seen_by(viewer, message));
        let marks = mailbox.marks(peer);
        let top_id = top_message.as_ref().map_or(0, |message| message.id);
        let channel = matches!(peer, Peer::Channel(_));
        Some(Dialog {
            peer,
            read_inbox_max_id: if channel { top_id } else { marks.read_inbox_max_id },
            read_outbox_max_id: if channel { top_id } else { marks.read_outbox_max_id },
            unread_count: if channel { 0 } else { mailbox.unread(peer) },
            channel_pts: channel.then(|| mailbox.pts()),
            top_message,
        })
    }

    /// Every conversation of an account with the key it is sorted by, newest first: the second of its newest message,
    /// then that message's number.
    fn sorted_peers(&self, viewer: UserId) -> Vec<((i64, i32), Peer)> {
        let key = |message: &Message| (message.date_ms.div_euclid(1000), message.id);
        let Some(account) = self.accounts.get(&viewer) else {
            return Vec::new();
        };
        let own = account
            .mailbox
            .conversations()
            .map(|(peer, newest)| (key(newest), peer));
        let groups = self
            .groups_of
            .get(&viewer)
            .into_iter()
            .flatten()
            .filter_map(|group| {
                let peer = self.groups.get(group)?.peer();
                let mailbox = self.mailbox(viewer, peer)?;
                let newest = mailbox.conversation(peer).next();
                // A basic group with messages is among the account's own conversations already.
                let counted = newest.is_some() && matches!(peer, Peer::Chat(_));
                (!counted).then(|| (newest.map_or((0, 0), key), peer))
            });
        let mut sorted: Vec<_> = own.chain(groups).collect();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        sorted
    }

    fn mentioned_by_dialogs(&self, viewer: UserId, dialogs: &[Dialog]) -> super::types::Mentioned {
        let mut mentioned = self.mentioned(
            viewer,
            dialogs.iter().filter_map(|dialog| dialog.top_message.as_ref()),
        );
        for dialog in dialogs.iter().filter(|dialog| dialog.top_message.is_none()) {
            match dialog.peer {
                Peer::User(user) => mentioned.users.extend(self.user_view(viewer, user)),
                Peer::Chat(group) | Peer::Channel(group) => {
                    mentioned.groups.extend(self.group_view(viewer, group))
                }
            }
        }
        mentioned
    }
}

/// A channel keeps one copy for all: whether it is the viewer's own is found when it is read.
pub(super) fn seen_by(viewer: UserId, message: &Message) -> Message {
    let mut copy = message.clone();
    copy.out = copy.from == viewer;
    copy
}

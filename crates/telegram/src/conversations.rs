//! The list of conversations, page by page.

use grammers_tl_types as tl;

use crate::incoming::user_of;
use crate::people::peer_among;
use crate::types::millis;
use crate::{Peer, TelegramError, UserClient};

/// Conversations that one call brings.
const DIALOGS_PER_CALL: i32 = 100;

/// A private conversation as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The other person.
    pub peer: Peer,
    /// When its newest message was sent; milliseconds since 1970.
    pub newest_ms: i64,
}

/// Where the list of conversations goes on.
#[derive(Clone, Debug)]
pub struct ConversationsPlace(Place);

/// Some conversations, newest first (pinned ones before all others).
#[derive(Clone, Debug)]
pub struct ConversationsPage {
    /// The private ones, those with robots included; groups are left out.
    pub conversations: Vec<Conversation>,
    /// Where to go on; `None` at the end.
    pub next: Option<ConversationsPlace>,
}

impl UserClient {
    /// A page of the account's private conversations; the first, or the one after a place.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn conversations(
        &self,
        after: Option<&ConversationsPlace>,
    ) -> Result<ConversationsPage, TelegramError> {
        let page = match after {
            Some(place) => self.dialogs(&place.0).await?,
            None => self.dialogs(&Place::start()).await?,
        };
        self.session().remember(&page.users);
        let conversations = page.dialogs.iter().filter_map(|dialog| {
            let tl::enums::Dialog::Dialog(dialog) = dialog else {
                return None;
            };
            let peer = peer_among(&page.users, user_of(&dialog.peer)?)?;
            let date = date_of(&page.messages, dialog.top_message, &dialog.peer)?;
            Some(Conversation {
                peer,
                newest_ms: millis(date),
            })
        });
        Ok(ConversationsPage {
            conversations: conversations.collect(),
            next: page.next.map(ConversationsPlace),
        })
    }

    pub(crate) async fn dialogs(&self, from: &Place) -> Result<DialogsPage, TelegramError> {
        let request = tl::functions::messages::GetDialogs {
            exclude_pinned: false,
            folder_id: None,
            offset_date: from.date,
            offset_id: from.message_id,
            offset_peer: from.peer.clone(),
            limit: DIALOGS_PER_CALL,
            hash: 0,
        };
        Ok(match self.invoke(&request).await? {
            tl::enums::messages::Dialogs::Dialogs(all) => DialogsPage {
                dialogs: all.dialogs,
                messages: all.messages,
                chats: all.chats,
                users: all.users,
                next: None,
            },
            tl::enums::messages::Dialogs::Slice(page) => {
                let next = Place::after(&page);
                DialogsPage {
                    dialogs: page.dialogs,
                    messages: page.messages,
                    chats: page.chats,
                    users: page.users,
                    next,
                }
            }
            tl::enums::messages::Dialogs::NotModified(_) => DialogsPage::default(),
        })
    }
}

/// When the newest message of a conversation was sent. Ids are unique in private conversations and small groups
/// together, and in each channel by itself.
fn date_of(messages: &[tl::enums::Message], id: i32, peer: &tl::enums::Peer) -> Option<i32> {
    messages.iter().find_map(|message| match message {
        tl::enums::Message::Message(message) if message.id == id && message.peer_id == *peer => {
            Some(message.date)
        }
        tl::enums::Message::Service(message) if message.id == id && message.peer_id == *peer => {
            Some(message.date)
        }
        _ => None,
    })
}

/// Where a page of conversations begins.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    date: i32,
    message_id: i32,
    peer: tl::enums::InputPeer,
}

#[derive(Default)]
pub(crate) struct DialogsPage {
    pub dialogs: Vec<tl::enums::Dialog>,
    pub messages: Vec<tl::enums::Message>,
    pub chats: Vec<tl::enums::Chat>,
    pub users: Vec<tl::enums::User>,
    pub next: Option<Place>,
}

impl Place {
    pub(crate) fn start() -> Self {
        Self {
            date: 0,
            message_id: 0,
            peer: tl::enums::InputPeer::Empty,
        }
    }

    /// After the last conversation of a page that was full.
    fn after(page: &tl::types::messages::DialogsSlice) -> Option<Self> {
        if page.dialogs.len() < usize::try_from(DIALOGS_PER_CALL).unwrap_or(usize::MAX) {
            return None;
        }
        let last = page.dialogs.iter().rev().find_map(|dialog| match dialog {
            tl::enums::Dialog::Dialog(dialog) => Some(dialog),
            tl::enums::Dialog::Folder(_) | tl::enums::Dialog::Community(_) => None,
        })?;
        let date = date_of(&page.messages, last.top_message, &last.peer);
        let peer = input_peer(&last.peer, &page.chats, &page.users);
        Some(Self {
            date: date.unwrap_or(0),
            message_id: last.top_message,
            peer,
        })
    }
}

fn input_peer(
    peer: &tl::enums::Peer,
    chats: &[tl::enums::Chat],
    users: &[tl::enums::User],
) -> tl::enums::InputPeer {
    match peer {
        tl::enums::Peer::User(user) => match peer_among(users, user.user_id) {
            Some(peer) => peer.reference.input_peer(),
            None => tl::enums::InputPeer::Empty,
        },
        tl::enums::Peer::Chat(chat) => tl::types::InputPeerChat {
            chat_id: chat.chat_id,
        }
        .into(),
        tl::enums::Peer::Channel(peer) => {
            let access_hash = chats.iter().find_map(|chat| match chat {
                tl::enums::Chat::Channel(channel) if channel.id == peer.channel_id => channel.access_hash,
                _ => None,
            });
            let access_hash = access_hash.unwrap_or(0);
            tl::types::InputPeerChannel {
                channel_id: peer.channel_id,
                access_hash,
            }
            .into()
        }
    }
}

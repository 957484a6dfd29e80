//! Groups and channels of the account, and who is in them.

use grammers_tl_types as tl;
use serde::{Deserialize, Serialize};

use crate::people::peer_among;
use crate::{Peer, TelegramError, UserClient};

/// Conversations that one call brings.
const DIALOGS_PER_CALL: i32 = 100;
/// Calls that a list of conversations may take.
const MAX_DIALOG_CALLS: usize = 100;
/// Members that one call may bring.
const MEMBERS_PER_CALL: usize = 200;

/// The kinds of group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A small group.
    Group,
    /// A large group.
    Supergroup,
    /// A channel, where only some may write.
    Channel,
}

/// What is needed to ask about a group. Plain numbers, to be stored by the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupRef {
    /// Telegram's id, unique together with the kind.
    pub telegram_id: i64,
    /// This account's permission; 0 for small groups.
    pub access_hash: i64,
    /// Decides how it is asked.
    pub kind: GroupKind,
}

/// A group of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How to ask about it.
    pub reference: GroupRef,
    /// Its name.
    pub title: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// As Telegram last said; `None` when it did not.
    pub members_count: Option<u32>,
}

/// Some members of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersPage {
    /// People, bots included.
    pub members: Vec<Peer>,
    /// How many there are, as Telegram says. It does not always show all of them.
    pub total: usize,
    /// Where to go on; `None` at the end.
    pub next_offset: Option<usize>,
}

impl UserClient {
    /// All groups and channels that the account is in, in the order of its conversations.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn groups(&self) -> Result<Vec<Group>, TelegramError> {
        let mut groups: Vec<Group> = Vec::new();
        let mut from = Place::start();
        for _ in 0..MAX_DIALOG_CALLS {
            let page = self.dialogs(&from).await?;
            self.session().remember(&page.users);
            for group in page.chats.iter().filter_map(group) {
                if !groups.iter().any(|known| known.reference == group.reference) {
                    groups.push(group);
                }
            }
            match page.next {
                Some(next) => from = next,
                None => break,
            }
        }
        Ok(groups)
    }

    async fn dialogs(&self, from: &Place) -> Result<DialogsPage, TelegramError> {
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
                chats: all.chats,
                users: all.users,
                next: None,
            },
            tl::enums::messages::Dialogs::Slice(page) => {
                let next = Place::after(&page);
                DialogsPage {
                    chats: page.chats,
                    users: page.users,
                    next,
                }
            }
            tl::enums::messages::Dialogs::NotModified(_) => DialogsPage {
                chats: Vec::new(),
                users: Vec::new(),
                next: None,
            },
        })
    }

    /// Members of a group from an offset on; at most 200.
    ///
    /// # Errors
    /// [`TelegramError::Rpc`] `CHAT_ADMIN_REQUIRED` for a channel that hides its members; those of the connection.
    pub async fn group_members(
        &self,
        group: &GroupRef,
        offset: usize,
        limit: usize,
    ) -> Result<MembersPage, TelegramError> {
        let limit = limit.clamp(1, MEMBERS_PER_CALL);
        match group.kind {
            GroupKind::Group => self.small_group_members(group.telegram_id, offset, limit).await,
            GroupKind::Supergroup | GroupKind::Channel => self.channel_members(group, offset, limit).await,
        }
    }

    async fn small_group_members(
        &self,
        chat_id: i64,
        offset: usize,
        limit: usize,
    ) -> Result<MembersPage, TelegramError> {
        let tl::enums::messages::ChatFull::Full(answer) = self
            .invoke(&tl::functions::messages::GetFullChat { chat_id })
            .await?;
        self.session().remember(&answer.users);
        let ids = match answer.full_chat {
            tl::enums::ChatFull::Full(tl::types::ChatFull {
                participants: tl::enums::ChatParticipants::Participants(list),
                ..
            }) => list.participants.iter().map(participant_of_chat).collect(),
            _ => Vec::new(),
        };
        let members: Vec<_> = ids
            .iter()
            .skip(offset)
            .take(limit)
            .filter_map(|id| peer_among(&answer.users, *id))
            .collect();
        let end = offset.saturating_add(limit);
        Ok(MembersPage {
            members,
            total: ids.len(),
            next_offset: (end < ids.len()).then_some(end),
        })
    }

    async fn channel_members(
        &self,
        group: &GroupRef,
        offset: usize,
        limit: usize,
    ) -> Result<MembersPage, TelegramError> {
        let request = tl::functions::channels::GetParticipants {
            channel: tl::types::InputChannel {
                channel_id: group.telegram_id,
                access_hash: group.access_hash,
            }
            .into(),
            filter: tl::types::ChannelParticipantsSearch { q: String::new() }.into(),
            offset: i32::try_from(offset).unwrap_or(i32::MAX),
            limit: i32::try_from(limit).unwrap_or(i32::MAX),
            hash: 0,
        };
        let tl::enums::channels::ChannelParticipants::Participants(answer) = self.invoke(&request).await?
        else {
            return Ok(MembersPage {
                members: Vec::new(),
                total: 0,
                next_offset: None,
            });
        };
        self.session().remember(&answer.users);
        let ids = answer.participants.iter().filter_map(participant_of_channel);
        let members = ids.filter_map(|id| peer_among(&answer.users, id)).collect();
        let total = usize::try_from(answer.count).unwrap_or(0);
        let end = offset.saturating_add(answer.participants.len());
        let more = !answer.participants.is_empty() && end < total;
        Ok(MembersPage {
            members,
            total,
            next_offset: more.then_some(end),
        })
    }
}

/// Where a page of conversations begins.
struct Place {
    date: i32,
    message_id: i32,
    peer: tl::enums::InputPeer,
}

struct DialogsPage {
    chats: Vec<tl::enums::Chat>,
    users: Vec<tl::enums::User>,
    next: Option<Place>,
}

impl Place {
    fn start() -> Self {
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
        let date = page.messages.iter().find_map(|message| match message {
            tl::enums::Message::Message(message) if message.id == last.top_message => Some(message.date),
            tl::enums::Message::Service(message) if message.id == last.top_message => Some(message.date),
            _ => None,
        });
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

fn group(chat: &tl::enums::Chat) -> Option<Group> {
    match chat {
        tl::enums::Chat::Chat(chat) if !chat.left && !chat.deactivated => Some(Group {
            reference: GroupRef {
                telegram_id: chat.id,
                access_hash: 0,
                kind: GroupKind::Group,
            },
            title: chat.title.clone(),
            username: None,
            members_count: u32::try_from(chat.participants_count).ok(),
        }),
        tl::enums::Chat::Channel(channel) if !channel.left => Some(Group {
            reference: GroupRef {
                telegram_id: channel.id,
                access_hash: channel.access_hash.unwrap_or(0),
                kind: if channel.broadcast {
                    GroupKind::Channel
                } else {
                    GroupKind::Supergroup
                },
            },
            title: channel.title.clone(),
            username: channel.username.clone().filter(|name| !name.is_empty()),
            members_count: channel
                .participants_count
                .and_then(|count| u32::try_from(count).ok()),
        }),
        _ => None,
    }
}

fn participant_of_chat(participant: &tl::enums::ChatParticipant) -> i64 {
    match participant {
        tl::enums::ChatParticipant::Participant(member) => member.user_id,
        tl::enums::ChatParticipant::Creator(member) => member.user_id,
        tl::enums::ChatParticipant::Admin(member) => member.user_id,
    }
}

/// Somebody who is in the channel now.
fn participant_of_channel(participant: &tl::enums::ChannelParticipant) -> Option<i64> {
    match participant {
        tl::enums::ChannelParticipant::Participant(member) => Some(member.user_id),
        tl::enums::ChannelParticipant::ParticipantSelf(member) => Some(member.user_id),
        tl::enums::ChannelParticipant::Creator(member) => Some(member.user_id),
        tl::enums::ChannelParticipant::Admin(member) => Some(member.user_id),
        tl::enums::ChannelParticipant::Banned(_) | tl::enums::ChannelParticipant::Left(_) => None,
    }
}

//! Groups and channels of the account, and who is in them.

use grammers_tl_types as tl;
use serde::{Deserialize, Serialize};

use crate::conversations::Place;
use crate::people::peer_among;
use crate::{Peer, TelegramError, UserClient};

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

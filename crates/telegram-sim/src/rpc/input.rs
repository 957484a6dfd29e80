//! From what clients put into their requests to the world's numbers.

use grammers_tl_types::enums;

use super::Context;
use crate::ids::{GroupId, Peer, UserId};
use crate::world::Answer;
use crate::world::error::{CHANNEL_INVALID, PEER_ID_INVALID, USER_ID_INVALID};
use crate::world::types::Caller;

/// `InputPeer`: a conversation.
pub(super) fn peer(context: &Context<'_>, caller: Caller, input: &enums::InputPeer) -> Answer<Peer> {
    let world = context.world();
    let viewer = caller.account;
    match input {
        enums::InputPeer::PeerSelf => Ok(Peer::User(viewer)),
        enums::InputPeer::User(user) => world
            .check_user(viewer, UserId(user.user_id), user.access_hash)
            .map(Peer::User)
            .map_err(|_| PEER_ID_INVALID),
        enums::InputPeer::Chat(chat) => world.check_chat(viewer, GroupId(chat.chat_id)).map(Peer::Chat),
        enums::InputPeer::Channel(channel) => world
            .check_channel(viewer, GroupId(channel.channel_id), channel.access_hash)
            .map(Peer::Channel),
        enums::InputPeer::UserFromMessage(seen) => {
            seen_user(context, caller, &seen.peer, seen.msg_id, seen.user_id).map(Peer::User)
        }
        enums::InputPeer::Empty | enums::InputPeer::ChannelFromMessage(_) => Err(PEER_ID_INVALID),
    }
}

/// `InputUser`: a person.
pub(super) fn user(context: &Context<'_>, caller: Caller, input: &enums::InputUser) -> Answer<UserId> {
    match input {
        enums::InputUser::UserSelf => Ok(caller.account),
        enums::InputUser::User(user) => {
            context
                .world()
                .check_user(caller.account, UserId(user.user_id), user.access_hash)
        }
        enums::InputUser::FromMessage(seen) => {
            seen_user(context, caller, &seen.peer, seen.msg_id, seen.user_id)
        }
        enums::InputUser::Empty => Err(USER_ID_INVALID),
    }
}

/// `InputChannel`: a supergroup or channel.
pub(super) fn channel(context: &Context<'_>, caller: Caller, input: &enums::InputChannel) -> Answer<GroupId> {
    match input {
        enums::InputChannel::Channel(channel) => {
            context
                .world()
                .check_channel(caller.account, GroupId(channel.channel_id), channel.access_hash)
        }
        enums::InputChannel::Empty | enums::InputChannel::FromMessage(_) => Err(CHANNEL_INVALID),
    }
}

/// Numbers of messages; other ways to name one find nothing.
pub(super) fn message_ids(inputs: &[enums::InputMessage]) -> Vec<i32> {
    let numbered = inputs.iter().filter_map(|input| match input {
        enums::InputMessage::Id(named) => Some(named.id),
        _ => None,
    });
    numbered.collect()
}

/// A person by a message they wrote.
fn seen_user(
    context: &Context<'_>,
    caller: Caller,
    place: &enums::InputPeer,
    msg_id: i32,
    user_id: i64,
) -> Answer<UserId> {
    let place = peer(context, caller, place)?;
    let page = match place {
        Peer::Channel(group) => context.world().channel_messages(caller, group, &[msg_id])?,
        Peer::User(_) | Peer::Chat(_) => context.world().messages(caller, &[msg_id]),
    };
    let wrote = page
        .messages
        .iter()
        .any(|message| message.from.0 == user_id && message.peer == place);
    wrote.then_some(UserId(user_id)).ok_or(USER_ID_INVALID)
}

//! `messages.*`: writing, changing, removing, reading.

use grammers_tl_types::{enums, functions, types};

use super::{Context, convert, input};
use crate::ids::{GroupId, Peer};
use crate::world::Answer;
use crate::world::error::RpcError;
use crate::world::messages::Outgoing;
use crate::world::types::{Affected, Caller, MessagesPage, PageQuery, Sent};

/// Messages in one page at most, as in Telegram.
const MAX_PAGE: i32 = 100;
const MESSAGE_EDIT_TEXT_MISSING: RpcError = RpcError::new(400, "MESSAGE_EMPTY");

pub(super) fn send_message(
    context: &Context<'_>,
    asked: functions::messages::SendMessage,
) -> Answer<enums::Updates> {
    let caller = context.caller()?;
    let peer = input::peer(context, caller, &asked.peer)?;
    let reply_to = match &asked.reply_to {
        Some(enums::InputReplyTo::Message(reply)) => Some(reply.reply_to_msg_id),
        _ => None,
    };
    let outgoing = Outgoing {
        peer,
        text: &asked.message,
        random_id: asked.random_id,
        reply_to,
    };
    let sent = context.world().send_message(caller, &outgoing)?;
    Ok(match peer {
        Peer::User(_) => short_sent(&sent),
        Peer::Chat(_) | Peer::Channel(_) => sent_updates(context, caller, &sent, Some(asked.random_id)),
    })
}

/// What Telegram answers for a plain text to a person: the client knows the rest itself.
fn short_sent(sent: &Sent) -> enums::Updates {
    types::UpdateShortSentMessage {
        out: true,
        id: sent.message.id,
        pts: sent.pts,
        pts_count: sent.pts_count,
        date: convert::seconds(sent.message.date_ms),
        media: None,
        entities: None,
        ttl_period: None,
    }
    .into()
}

fn sent_updates(
    context: &Context<'_>,
    caller: Caller,
    sent: &Sent,
    random_id: Option<i64>,
) -> enums::Updates {
    let (pts, pts_count) = (sent.pts, sent.pts_count);
    let message = convert::message(&sent.message);
    let in_channel = matches!(sent.message.peer, Peer::Channel(_));
    let update = match (random_id.is_some(), in_channel) {
        (true, true) => types::UpdateNewChannelMessage {
            message,
            pts,
            pts_count,
        }
        .into(),
        (true, false) => types::UpdateNewMessage {
            message,
            pts,
            pts_count,
        }
        .into(),
        (false, true) => types::UpdateEditChannelMessage {
            message,
            pts,
            pts_count,
        }
        .into(),
        (false, false) => types::UpdateEditMessage {
            message,
            pts,
            pts_count,
        }
        .into(),
    };
    let numbered = random_id.map(|random_id| {
        types::UpdateMessageId {
            id: sent.message.id,
            random_id,
        }
        .into()
    });
    let seen = context
        .world()
        .mentioned_in(caller.account, std::slice::from_ref(&sent.message));
    let (users, chats) = convert::mentioned(&seen);
    types::Updates {
        updates: numbered.into_iter().chain([update]).collect(),
        users,
        chats,
        date: convert::seconds(context.world().clock().now_ms()),
        seq: 0,
    }
    .into()
}

pub(super) fn edit_message(
    context: &Context<'_>,
    asked: functions::messages::EditMessage,
) -> Answer<enums::Updates> {
    let caller = context.caller()?;
    let peer = input::peer(context, caller, &asked.peer)?;
    let text = asked.message.as_deref().ok_or(MESSAGE_EDIT_TEXT_MISSING)?;
    let sent = context.world().edit_message(caller, peer, asked.id, text)?;
    Ok(sent_updates(context, caller, &sent, None))
}

pub(super) fn delete_messages(
    context: &Context<'_>,
    asked: functions::messages::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let caller = context.caller()?;
    context
        .world()
        .delete_messages(caller, &asked.id, asked.revoke)
        .map(affected)
}

pub(super) fn read_history(
    context: &Context<'_>,
    asked: functions::messages::ReadHistory,
) -> Answer<enums::messages::AffectedMessages> {
    let caller = context.caller()?;
    let peer = input::peer(context, caller, &asked.peer)?;
    context
        .world()
        .read_history(caller, peer, asked.max_id)
        .map(affected)
}

pub(super) fn affected(affected: Affected) -> enums::messages::AffectedMessages {
    types::messages::AffectedMessages {
        pts: affected.pts,
        pts_count: affected.pts_count,
    }
    .into()
}

pub(super) fn get_history(
    context: &Context<'_>,
    asked: functions::messages::GetHistory,
) -> Answer<enums::messages::Messages> {
    let caller = context.caller()?;
    let peer = input::peer(context, caller, &asked.peer)?;
    let query = PageQuery {
        offset_id: asked.offset_id,
        offset_date_ms: i64::from(asked.offset_date) * 1000,
        add_offset: asked.add_offset,
        limit: asked.limit.min(MAX_PAGE),
        max_id: asked.max_id,
        min_id: asked.min_id,
    };
    let page = context.world().history(caller, peer, &query)?;
    page_of(context, caller, Some(peer), &page)
}

pub(super) fn search(
    context: &Context<'_>,
    asked: functions::messages::Search,
) -> Answer<enums::messages::Messages> {
    let caller = context.caller()?;
    let query = PageQuery {
        offset_id: asked.offset_id,
        offset_date_ms: i64::from(asked.max_date) * 1000,
        add_offset: asked.add_offset,
        limit: asked.limit.min(MAX_PAGE),
        max_id: asked.max_id,
        min_id: asked.min_id,
    };
    if matches!(asked.peer, enums::InputPeer::Empty) {
        let page = context.world().search_all(caller, &asked.q, &query);
        return page_of(context, caller, None, &page);
    }
    let peer = input::peer(context, caller, &asked.peer)?;
    let page = context.world().search(caller, peer, &asked.q, &query)?;
    page_of(context, caller, Some(peer), &page)
}

pub(super) fn search_global(
    context: &Context<'_>,
    asked: functions::messages::SearchGlobal,
) -> Answer<enums::messages::Messages> {
    let caller = context.caller()?;
    let query = PageQuery {
        offset_id: asked.offset_id,
        offset_date_ms: i64::from(asked.max_date) * 1000,
        limit: asked.limit.min(MAX_PAGE),
        ..PageQuery::default()
    };
    page_of(
        context,
        caller,
        None,
        &context.world().search_all(caller, &asked.q, &query),
    )
}

pub(super) fn get_messages(
    context: &Context<'_>,
    asked: functions::messages::GetMessages,
) -> Answer<enums::messages::Messages> {
    let caller = context.caller()?;
    let ids = input::message_ids(&asked.id);
    let page = context.world().messages(caller, &ids);
    Ok(named(&ids, &page))
}

/// Messages asked for by their numbers, in that order; `messageEmpty` stands for one that is not there.
pub(super) fn named(ids: &[i32], page: &MessagesPage) -> enums::messages::Messages {
    let (users, chats) = convert::mentioned(&page.mentioned);
    let messages = ids.iter().map(|id| {
        let found = page.messages.iter().find(|message| message.id == *id);
        found.map_or_else(
            || {
                types::MessageEmpty {
                    id: *id,
                    peer_id: None,
                }
                .into()
            },
            convert::message,
        )
    });
    types::messages::Messages {
        messages: messages.collect(),
        topics: Vec::new(),
        chats,
        users,
    }
    .into()
}

/// A page in the form that its place and completeness ask for.
fn page_of(
    context: &Context<'_>,
    caller: Caller,
    place: Option<Peer>,
    page: &MessagesPage,
) -> Answer<enums::messages::Messages> {
    let (users, chats) = convert::mentioned(&page.mentioned);
    let messages = convert::messages(&page.messages);
    if let Some(Peer::Channel(group)) = place {
        let pts = channel_pts(context, caller, group);
        return Ok(types::messages::ChannelMessages {
            inexact: false,
            pts,
            count: page.count,
            offset_id_offset: None,
            messages,
            topics: Vec::new(),
            chats,
            users,
        }
        .into());
    }
    if usize::try_from(page.count).is_ok_and(|count| count <= messages.len()) {
        return Ok(types::messages::Messages {
            messages,
            topics: Vec::new(),
            chats,
            users,
        }
        .into());
    }
    Ok(types::messages::MessagesSlice {
        inexact: false,
        count: page.count,
        next_rate: None,
        offset_id_offset: None,
        search_flood: None,
        messages,
        topics: Vec::new(),
        chats,
        users,
    }
    .into())
}

/// The pts of a channel; 1 (its beginning) if it is not in the list of dialogs.
pub(super) fn channel_pts(context: &Context<'_>, caller: Caller, group: GroupId) -> i32 {
    let page = context.world().peer_dialogs(caller, &[Peer::Channel(group)]);
    page.dialogs
        .first()
        .and_then(|dialog| dialog.channel_pts)
        .unwrap_or(1)
}

pub(super) fn set_typing(context: &Context<'_>, asked: functions::messages::SetTyping) -> Answer<bool> {
    let caller = context.caller()?;
    input::peer(context, caller, &asked.peer).map(|_| true)
}

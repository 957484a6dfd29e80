//! `messages.*` about basic groups.

use grammers_tl_types::{enums, functions, types};

use super::{Context, convert};
use crate::ids::GroupId;
use crate::world::Answer;
use crate::world::error::CHAT_ID_INVALID;
use crate::world::types::{GroupView, Member, MembersFilter, MembersPage, Role};

/// Members of a basic group at most, as in Telegram.
const MAX_MEMBERS: usize = 200;

pub(super) fn get_chats(
    context: &Context<'_>,
    asked: functions::messages::GetChats,
) -> Answer<enums::messages::Chats> {
    let caller = context.caller()?;
    let mut chats = Vec::new();
    for id in asked.id {
        let group = context.world().check_chat(caller.account, GroupId(id))?;
        chats.extend(
            context
                .world()
                .group(caller.account, group)
                .as_ref()
                .map(convert::group),
        );
    }
    Ok(types::messages::Chats { chats }.into())
}

pub(super) fn get_full_chat(
    context: &Context<'_>,
    asked: functions::messages::GetFullChat,
) -> Answer<enums::messages::ChatFull> {
    let caller = context.caller()?;
    let group = context
        .world()
        .check_chat(caller.account, GroupId(asked.chat_id))?;
    let view = context
        .world()
        .group(caller.account, group)
        .ok_or(CHAT_ID_INVALID)?;
    let page = context
        .world()
        .members(caller, group, &MembersFilter::Recent, 0, MAX_MEMBERS)?;
    Ok(types::messages::ChatFull {
        full_chat: full(&view, &page),
        chats: vec![convert::group(&view)],
        users: convert::users(&page.users),
    }
    .into())
}

fn full(view: &GroupView, page: &MembersPage) -> enums::ChatFull {
    let founder = page.members.iter().find(|member| member.role == Role::Creator);
    let inviter_id = founder.map_or(0, |member| member.user.0);
    let participants = page.members.iter().map(|member| participant(member, inviter_id));
    let participants = types::ChatParticipants {
        chat_id: view.id.0,
        participants: participants.collect(),
        version: 1,
    };
    types::ChatFull {
        can_set_username: false,
        has_scheduled: false,
        translations_disabled: false,
        has_welcome_messages: false,
        id: view.id.0,
        about: String::new(),
        participants: participants.into(),
        chat_photo: None,
        notify_settings: convert::notify_settings(),
        exported_invite: None,
        bot_info: None,
        pinned_msg_id: None,
        folder_id: None,
        call: None,
        ttl_period: None,
        groupcall_default_join_as: None,
        theme_emoticon: None,
        requests_pending: None,
        recent_requesters: None,
        available_reactions: None,
        reactions_limit: None,
    }
    .into()
}

fn participant(member: &Member, inviter_id: i64) -> enums::ChatParticipant {
    let user_id = member.user.0;
    let date = convert::seconds(member.joined_ms);
    match member.role {
        Role::Creator => types::ChatParticipantCreator { user_id, rank: None }.into(),
        Role::Admin => types::ChatParticipantAdmin {
            user_id,
            inviter_id,
            date,
            rank: None,
        }
        .into(),
        Role::Member => types::ChatParticipant {
            user_id,
            inviter_id,
            date,
            rank: None,
        }
        .into(),
    }
}

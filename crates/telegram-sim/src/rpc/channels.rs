//! `channels.*`: supergroups and channels.

use grammers_tl_types::{enums, functions, types};

use super::messages::{affected, channel_pts, named};
use super::{Context, convert, input};
use crate::ids::{GroupId, Peer, UserId};
use crate::world::Answer;
use crate::world::error::{CHANNEL_INVALID, PEER_ID_INVALID, RpcError, USER_ID_INVALID};
use crate::world::types::{Caller, Dialog, GroupKind, GroupView, Member, MembersFilter, Role};

const USER_NOT_PARTICIPANT: RpcError = RpcError::new(400, "USER_NOT_PARTICIPANT");

pub(super) fn get_channels(
    context: &Context<'_>,
    asked: functions::channels::GetChannels,
) -> Answer<enums::messages::Chats> {
    let caller = context.caller()?;
    let mut chats = Vec::new();
    for named in &asked.id {
        let group = input::channel(context, caller, named)?;
        chats.push(convert::group(&view(context, caller, group)?));
    }
    Ok(types::messages::Chats { chats }.into())
}

fn view(context: &Context<'_>, caller: Caller, group: GroupId) -> Answer<GroupView> {
    context
        .world()
        .group(caller.account, group)
        .ok_or(CHANNEL_INVALID)
}

pub(super) fn get_participants(
    context: &Context<'_>,
    asked: functions::channels::GetParticipants,
) -> Answer<enums::channels::ChannelParticipants> {
    use enums::ChannelParticipantsFilter as Filter;
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    let filter = match asked.filter {
        Filter::ChannelParticipantsRecent => MembersFilter::Recent,
        Filter::ChannelParticipantsAdmins => MembersFilter::Admins,
        Filter::ChannelParticipantsSearch(wanted) if wanted.q.is_empty() => MembersFilter::Recent,
        Filter::ChannelParticipantsSearch(wanted) => MembersFilter::Search(wanted.q),
        // Nobody is a bot, banned or mentioned here.
        _ => return Ok(no_participants()),
    };
    let offset = usize::try_from(asked.offset).unwrap_or(0);
    let limit = usize::try_from(asked.limit).unwrap_or(0);
    let page = context.world().members(caller, group, &filter, offset, limit)?;
    let participants = page
        .members
        .iter()
        .map(|member| participant(caller.account, member));
    Ok(types::channels::ChannelParticipants {
        count: page.count,
        participants: participants.collect(),
        chats: vec![convert::group(&view(context, caller, group)?)],
        users: convert::users(&page.users),
    }
    .into())
}

fn no_participants() -> enums::channels::ChannelParticipants {
    types::channels::ChannelParticipants {
        count: 0,
        participants: Vec::new(),
        chats: Vec::new(),
        users: Vec::new(),
    }
    .into()
}

pub(super) fn get_participant(
    context: &Context<'_>,
    asked: functions::channels::GetParticipant,
) -> Answer<enums::channels::ChannelParticipant> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    let Peer::User(user) = input::peer(context, caller, &asked.participant)? else {
        return Err(PEER_ID_INVALID);
    };
    let member = context.world().member(group, user).map_err(|error| {
        if error == USER_ID_INVALID {
            USER_NOT_PARTICIPANT
        } else {
            error
        }
    })?;
    let known = context.world().user(caller.account, user);
    Ok(types::channels::ChannelParticipant {
        participant: participant(caller.account, &member),
        chats: vec![convert::group(&view(context, caller, group)?)],
        users: known.iter().map(convert::user).collect(),
    }
    .into())
}

fn participant(viewer: UserId, member: &Member) -> enums::ChannelParticipant {
    let user_id = member.user.0;
    let date = convert::seconds(member.joined_ms);
    let admin_rights = convert::admin_rights();
    let is_self = member.user == viewer;
    match member.role {
        Role::Creator => types::ChannelParticipantCreator {
            user_id,
            admin_rights,
            rank: None,
        }
        .into(),
        Role::Admin => types::ChannelParticipantAdmin {
            can_edit: false,
            is_self,
            user_id,
            inviter_id: is_self.then_some(user_id),
            promoted_by: user_id,
            date,
            admin_rights,
            rank: None,
        }
        .into(),
        Role::Member if is_self => types::ChannelParticipantSelf {
            via_request: false,
            user_id,
            inviter_id: user_id,
            date,
            subscription_until_date: None,
            rank: None,
        }
        .into(),
        Role::Member => types::ChannelParticipant {
            user_id,
            date,
            subscription_until_date: None,
            rank: None,
        }
        .into(),
    }
}

pub(super) fn get_full_channel(
    context: &Context<'_>,
    asked: functions::channels::GetFullChannel,
) -> Answer<enums::messages::ChatFull> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    let view = view(context, caller, group)?;
    let page = context.world().peer_dialogs(caller, &[Peer::Channel(group)]);
    Ok(types::messages::ChatFull {
        full_chat: full(&view, page.dialogs.first(), channel_pts(context, caller, group)),
        chats: vec![convert::group(&view)],
        users: Vec::new(),
    }
    .into())
}

fn full(view: &GroupView, dialog: Option<&Dialog>, pts: i32) -> enums::ChatFull {
    types::ChannelFull {
        can_view_participants: view.can_view_members,
        can_set_username: false,
        can_set_stickers: false,
        hidden_prehistory: false,
        can_set_location: false,
        has_scheduled: false,
        can_view_stats: false,
        blocked: false,
        can_delete_channel: false,
        antispam: false,
        participants_hidden: !view.can_view_members && view.kind == GroupKind::Supergroup,
        translations_disabled: false,
        stories_pinned_available: false,
        view_forum_as_messages: false,
        restricted_sponsored: false,
        can_view_revenue: false,
        paid_media_allowed: false,
        can_view_stars_revenue: false,
        paid_reactions_available: false,
        stargifts_available: false,
        paid_messages_available: false,
        has_welcome_messages: false,
        id: view.id.0,
        about: String::new(),
        participants_count: Some(view.members_count),
        admins_count: None,
        kicked_count: None,
        banned_count: None,
        online_count: None,
        read_inbox_max_id: dialog.map_or(0, |dialog| dialog.read_inbox_max_id),
        read_outbox_max_id: dialog.map_or(0, |dialog| dialog.read_outbox_max_id),
        unread_count: dialog.map_or(0, |dialog| dialog.unread_count),
        chat_photo: types::PhotoEmpty { id: 0 }.into(),
        notify_settings: convert::notify_settings(),
        exported_invite: None,
        bot_info: Vec::new(),
        migrated_from_chat_id: None,
        migrated_from_max_id: None,
        pinned_msg_id: None,
        stickerset: None,
        available_min_id: None,
        folder_id: None,
        linked_chat_id: None,
        location: None,
        slowmode_seconds: None,
        slowmode_next_send_date: None,
        stats_dc: None,
        pts,
        call: None,
        ttl_period: None,
        pending_suggestions: None,
        groupcall_default_join_as: None,
        theme_emoticon: None,
        requests_pending: None,
        recent_requesters: None,
        default_send_as: None,
        available_reactions: None,
        reactions_limit: None,
        stories: None,
        wallpaper: None,
        boosts_applied: None,
        boosts_unrestrict: None,
        emojiset: None,
        bot_verification: None,
        stargifts_count: None,
        send_paid_messages_stars: None,
        main_tab: None,
        guard_bot_id: None,
    }
    .into()
}

pub(super) fn get_messages(
    context: &Context<'_>,
    asked: functions::channels::GetMessages,
) -> Answer<enums::messages::Messages> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    let ids = input::message_ids(&asked.id);
    let page = context.world().channel_messages(caller, group, &ids)?;
    Ok(named(&ids, &page))
}

pub(super) fn delete_messages(
    context: &Context<'_>,
    asked: functions::channels::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    context
        .world()
        .delete_channel_messages(caller, group, &asked.id)
        .map(affected)
}

pub(super) fn read_history(context: &Context<'_>, asked: functions::channels::ReadHistory) -> Answer<bool> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    context
        .world()
        .read_history(caller, Peer::Channel(group), asked.max_id)
        .map(|_| true)
}

pub(super) fn leave_channel(
    context: &Context<'_>,
    asked: functions::channels::LeaveChannel,
) -> Answer<enums::Updates> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    context.world().leave(caller, group)?;
    let left = view(context, caller, group)?;
    let date = convert::seconds(context.world().clock().now_ms());
    Ok(types::Updates {
        updates: vec![types::UpdateChannel { channel_id: group.0 }.into()],
        users: Vec::new(),
        chats: vec![convert::group(&left)],
        date,
        seq: 0,
    }
    .into())
}

//! From the world's plain types to TL, layer 230.

use grammers_tl_types::{enums, types};

use crate::ids::Peer;
use crate::world::mailbox::Message;
use crate::world::types::{Dated, GroupKind, GroupView, Mentioned, Role, Update, UserView};

/// Seconds since 1970 UTC, as TL dates are.
pub(crate) fn seconds(at_ms: i64) -> i32 {
    i32::try_from(at_ms.div_euclid(1000)).unwrap_or(i32::MAX)
}

pub(crate) fn peer(peer: Peer) -> enums::Peer {
    match peer {
        Peer::User(id) => types::PeerUser { user_id: id.0 }.into(),
        Peer::Chat(id) => types::PeerChat { chat_id: id.0 }.into(),
        Peer::Channel(id) => types::PeerChannel { channel_id: id.0 }.into(),
    }
}

pub(crate) fn users(views: &[UserView]) -> Vec<enums::User> {
    views.iter().map(user).collect()
}

/// Users and chats of an answer.
pub(crate) fn mentioned(mentioned: &Mentioned) -> (Vec<enums::User>, Vec<enums::Chat>) {
    (
        users(&mentioned.users),
        mentioned.groups.iter().map(group).collect(),
    )
}

pub(crate) fn user(view: &UserView) -> enums::User {
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    types::User {
        is_self: view.is_self,
        contact: view.is_contact,
        mutual_contact: false,
        deleted: view.deleted,
        bot: false,
        bot_chat_history: false,
        bot_nochats: false,
        verified: false,
        restricted: false,
        min: false,
        bot_inline_geo: false,
        support: false,
        scam: false,
        apply_min_photo: false,
        fake: false,
        bot_attach_menu: false,
        premium: false,
        attach_menu_enabled: false,
        bot_can_edit: false,
        close_friend: false,
        stories_hidden: false,
        stories_unavailable: false,
        contact_require_premium: view.premium_only,
        bot_business: false,
        bot_has_main_app: false,
        bot_forum_view: false,
        bot_forum_can_manage_topics: false,
        bot_can_manage_bots: false,
        bot_guestchat: false,
        bot_guard: false,
        id: view.id.0,
        access_hash: Some(view.access_hash),
        first_name: named(&view.first_name),
        last_name: named(&view.last_name),
        username: view.username.clone(),
        phone: view.phone.clone(),
        photo: None,
        status: (!view.deleted).then(|| types::UserStatusRecently { by_me: false }.into()),
        bot_info_version: None,
        restriction_reason: None,
        bot_inline_placeholder: None,
        lang_code: None,
        emoji_status: None,
        usernames: None,
        stories_max_id: None,
        color: None,
        profile_color: None,
        bot_active_users: None,
        bot_verification_icon: None,
        send_paid_messages_stars: view.paid_stars,
        linked_community_id: None,
    }
    .into()
}

pub(crate) fn group(view: &GroupView) -> enums::Chat {
    match view.kind {
        GroupKind::Group => basic_group(view),
        GroupKind::Supergroup | GroupKind::Channel => channel(view),
    }
}

fn basic_group(view: &GroupView) -> enums::Chat {
    types::Chat {
        creator: view.role == Some(Role::Creator),
        left: view.role.is_none(),
        deactivated: false,
        call_active: false,
        call_not_empty: false,
        noforwards: false,
        id: view.id.0,
        title: view.title.clone(),
        photo: enums::ChatPhoto::Empty,
        participants_count: view.members_count,
        date: seconds(view.created_ms),
        version: 1,
        migrated_to: None,
        admin_rights: (view.role == Some(Role::Admin)).then(admin_rights),
        default_banned_rights: None,
    }
    .into()
}

fn channel(view: &GroupView) -> enums::Chat {
    types::Channel {
        creator: view.role == Some(Role::Creator),
        left: view.role.is_none(),
        broadcast: view.kind == GroupKind::Channel,
        verified: false,
        megagroup: view.kind == GroupKind::Supergroup,
        restricted: false,
        signatures: false,
        min: false,
        scam: false,
        has_link: false,
        has_geo: false,
        slowmode_enabled: false,
        call_active: false,
        call_not_empty: false,
        fake: false,
        gigagroup: false,
        noforwards: false,
        join_to_send: false,
        join_request: false,
        forum: false,
        stories_hidden: false,
        stories_hidden_min: false,
        stories_unavailable: false,
        signature_profiles: false,
        autotranslation: false,
        broadcast_messages_allowed: false,
        monoforum: false,
        forum_tabs: false,
        id: view.id.0,
        access_hash: Some(view.access_hash),
        title: view.title.clone(),
        username: view.username.clone(),
        photo: enums::ChatPhoto::Empty,
        date: seconds(view.created_ms),
        restriction_reason: None,
        admin_rights: (view.role == Some(Role::Admin)).then(admin_rights),
        banned_rights: None,
        default_banned_rights: None,
        participants_count: Some(view.members_count),
        usernames: None,
        stories_max_id: None,
        color: None,
        profile_color: None,
        emoji_status: None,
        level: None,
        subscription_until_date: None,
        bot_verification_icon: None,
        send_paid_messages_stars: None,
        linked_monoforum_id: None,
        linked_community_id: None,
    }
    .into()
}

/// What an administrator of the simulated groups may do.
pub(crate) fn admin_rights() -> enums::ChatAdminRights {
    types::ChatAdminRights {
        change_info: true,
        post_messages: true,
        edit_messages: true,
        delete_messages: true,
        ban_users: true,
        invite_users: true,
        pin_messages: true,
        add_admins: false,
        anonymous: false,
        manage_call: false,
        other: true,
        manage_topics: false,
        post_stories: false,
        edit_stories: false,
        delete_stories: false,
        manage_direct_messages: false,
        manage_ranks: false,
        manage_linked_peers: false,
        manage_welcome_messages: false,
    }
    .into()
}

pub(crate) fn messages(messages: &[Message]) -> Vec<enums::Message> {
    messages.iter().map(message).collect()
}

pub(crate) fn message(message: &Message) -> enums::Message {
    let incoming_private = matches!(message.peer, Peer::User(_)) && !message.out;
    types::Message {
        out: message.out,
        mentioned: false,
        media_unread: false,
        silent: false,
        post: false,
        from_scheduled: false,
        legacy: false,
        edit_hide: false,
        pinned: false,
        noforwards: false,
        invert_media: false,
        offline: false,
        video_processing_pending: false,
        paid_suggested_post_stars: false,
        paid_suggested_post_ton: false,
        id: message.id,
        // As in Telegram: who wrote in a private chat is told by the chat itself.
        from_id: (!incoming_private).then(|| {
            types::PeerUser {
                user_id: message.from.0,
            }
            .into()
        }),
        from_boosts_applied: None,
        from_rank: None,
        peer_id: peer(message.peer),
        saved_peer_id: None,
        fwd_from: None,
        via_bot_id: None,
        via_business_bot_id: None,
        guestchat_via_from: None,
        reply_to: message.reply_to.map(reply_header),
        date: seconds(message.date_ms),
        message: message.text.clone(),
        media: None,
        reply_markup: None,
        entities: None,
        views: None,
        forwards: None,
        replies: None,
        edit_date: message.edited_ms.map(seconds),
        post_author: None,
        grouped_id: None,
        reactions: None,
        restriction_reason: None,
        ttl_period: None,
        quick_reply_shortcut_id: None,
        effect: None,
        factcheck: None,
        report_delivery_until_date: None,
        paid_message_stars: None,
        suggested_post: None,
        schedule_repeat_period: None,
        summary_from_language: None,
        rich_message: None,
    }
    .into()
}

pub(crate) fn reply_header(reply_to_msg_id: i32) -> enums::MessageReplyHeader {
    types::MessageReplyHeader {
        reply_to_scheduled: false,
        forum_topic: false,
        quote: false,
        reply_to_ephemeral: false,
        reply_to_msg_id: Some(reply_to_msg_id),
        reply_to_peer_id: None,
        reply_from: None,
        reply_media: None,
        reply_to_top_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        todo_item_id: None,
        poll_option: None,
    }
    .into()
}

/// What happened, as an update. None: it is none of a mailbox's business.
pub(crate) fn update(dated: &Dated) -> Option<enums::Update> {
    let (pts, pts_count) = (dated.pts, dated.pts_count);
    Some(match &dated.update {
        Update::NewMessage(new) => match new.peer {
            Peer::Channel(_) => types::UpdateNewChannelMessage {
                message: message(new),
                pts,
                pts_count,
            }
            .into(),
            _ => types::UpdateNewMessage {
                message: message(new),
                pts,
                pts_count,
            }
            .into(),
        },
        Update::EditMessage(edited) => match edited.peer {
            Peer::Channel(_) => types::UpdateEditChannelMessage {
                message: message(edited),
                pts,
                pts_count,
            }
            .into(),
            _ => types::UpdateEditMessage {
                message: message(edited),
                pts,
                pts_count,
            }
            .into(),
        },
        Update::DeleteMessages {
            ids,
            channel: Some(channel),
        } => {
            let messages = ids.clone();
            types::UpdateDeleteChannelMessages {
                channel_id: channel.0,
                messages,
                pts,
                pts_count,
            }
            .into()
        }
        Update::DeleteMessages { ids, channel: None } => types::UpdateDeleteMessages {
            messages: ids.clone(),
            pts,
            pts_count,
        }
        .into(),
        Update::ReadInbox {
            peer: Peer::Channel(channel),
            max_id,
            still_unread,
        } => types::UpdateReadChannelInbox {
            folder_id: None,
            channel_id: channel.0,
            max_id: *max_id,
            still_unread_count: *still_unread,
            pts,
        }
        .into(),
        Update::ReadInbox {
            peer: read,
            max_id,
            still_unread,
        } => types::UpdateReadHistoryInbox {
            folder_id: None,
            peer: peer(*read),
            top_msg_id: None,
            max_id: *max_id,
            still_unread_count: *still_unread,
            pts,
            pts_count,
        }
        .into(),
        Update::ReadOutbox {
            peer: Peer::Channel(channel),
            max_id,
        } => types::UpdateReadChannelOutbox {
            channel_id: channel.0,
            max_id: *max_id,
        }
        .into(),
        Update::ReadOutbox { peer: read, max_id } => types::UpdateReadHistoryOutbox {
            peer: peer(*read),
            max_id: *max_id,
            pts,
            pts_count,
        }
        .into(),
        Update::LoginToken => enums::Update::LoginToken,
        Update::SessionEnded => return None,
    })
}

/// Notification settings nobody changed.
pub(crate) fn notify_settings() -> enums::PeerNotifySettings {
    types::PeerNotifySettings {
        show_previews: None,
        silent: None,
        mute_until: None,
        ios_sound: None,
        android_sound: None,
        other_sound: None,
        stories_muted: None,
        stories_hide_sender: None,
        stories_ios_sound: None,
        stories_android_sound: None,
        stories_other_sound: None,
    }
    .into()
}

//! `messages.*` about the list of dialogs.

use grammers_tl_types::{enums, functions, types};

use super::{Context, convert, input, updates};
use crate::world::Answer;
use crate::world::types::{Caller, Dialog, DialogsPage};

/// Dialogs in one page at most, as in Telegram.
const MAX_PAGE: i32 = 100;

pub(super) fn get_dialogs(
    context: &Context<'_>,
    asked: functions::messages::GetDialogs,
) -> Answer<enums::messages::Dialogs> {
    let caller = context.caller()?;
    let limit = match asked.limit {
        // As in Telegram: no limit is a default one.
        0 => 20,
        limit => limit.clamp(1, MAX_PAGE),
    };
    let limit = usize::try_from(limit).unwrap_or(0);
    let page = if asked.folder_id.is_some_and(|folder| folder != 0) {
        DialogsPage::default()
    } else {
        page_after(context, caller, &asked, limit)
    };
    let (dialogs, messages, users, chats) = parts(&page);
    let whole =
        asked.offset_date == 0 && usize::try_from(page.count).is_ok_and(|count| count <= page.dialogs.len());
    if whole {
        return Ok(types::messages::Dialogs {
            dialogs,
            messages,
            chats,
            users,
        }
        .into());
    }
    Ok(types::messages::DialogsSlice {
        count: page.count,
        dialogs,
        messages,
        chats,
        users,
    }
    .into())
}

/// The page that follows the place a client has come to. A dialog without messages has no date: its peer is the
/// place.
fn page_after(
    context: &Context<'_>,
    caller: Caller,
    asked: &functions::messages::GetDialogs,
    limit: usize,
) -> DialogsPage {
    let world = context.world();
    let undated = asked.offset_date == 0 && asked.offset_id == 0;
    let place = input::peer(context, caller, &asked.offset_peer)
        .ok()
        .filter(|_| undated);
    let Some(place) = place else {
        return world.dialogs(
            caller,
            i64::from(asked.offset_date) * 1000,
            asked.offset_id,
            limit,
        );
    };
    let mut page = world.dialogs(caller, 0, 0, usize::MAX);
    let passed = page
        .dialogs
        .iter()
        .position(|dialog| dialog.peer == place)
        .map_or(0, |index| index + 1);
    page.dialogs.drain(..passed);
    page.dialogs.truncate(limit);
    page
}

pub(super) fn get_peer_dialogs(
    context: &Context<'_>,
    asked: functions::messages::GetPeerDialogs,
) -> Answer<enums::messages::PeerDialogs> {
    let caller = context.caller()?;
    let mut peers = Vec::new();
    for named in &asked.peers {
        if let enums::InputDialogPeer::Peer(named) = named {
            peers.push(input::peer(context, caller, &named.peer)?);
        }
    }
    peer_dialogs(context, &context.world().peer_dialogs(caller, &peers))
}

pub(super) fn get_pinned_dialogs(
    context: &Context<'_>,
    _: functions::messages::GetPinnedDialogs,
) -> Answer<enums::messages::PeerDialogs> {
    // Nothing can be pinned here.
    peer_dialogs(context, &DialogsPage::default())
}

pub(super) fn get_dialog_filters(
    context: &Context<'_>,
    _: functions::messages::GetDialogFilters,
) -> Answer<enums::messages::DialogFilters> {
    context.caller()?;
    Ok(types::messages::DialogFilters {
        tags_enabled: false,
        filters: Vec::new(),
    }
    .into())
}

fn peer_dialogs(context: &Context<'_>, page: &DialogsPage) -> Answer<enums::messages::PeerDialogs> {
    let state = context.world().updates_state(context.caller()?)?;
    let (dialogs, messages, users, chats) = parts(page);
    let state = updates::state(&state);
    Ok(types::messages::PeerDialogs {
        dialogs,
        messages,
        chats,
        users,
        state,
    }
    .into())
}

type Parts = (
    Vec<enums::Dialog>,
    Vec<enums::Message>,
    Vec<enums::User>,
    Vec<enums::Chat>,
);

fn parts(page: &DialogsPage) -> Parts {
    let (users, chats) = convert::mentioned(&page.mentioned);
    let dialogs = page.dialogs.iter().map(dialog).collect();
    let newest = page
        .dialogs
        .iter()
        .filter_map(|dialog| dialog.top_message.as_ref());
    (dialogs, newest.map(convert::message).collect(), users, chats)
}

pub(super) fn dialog(dialog: &Dialog) -> enums::Dialog {
    types::Dialog {
        pinned: false,
        unread_mark: false,
        view_forum_as_messages: false,
        peer: convert::peer(dialog.peer),
        top_message: dialog.top_message.as_ref().map_or(0, |message| message.id),
        read_inbox_max_id: dialog.read_inbox_max_id,
        read_outbox_max_id: dialog.read_outbox_max_id,
        unread_count: dialog.unread_count,
        unread_mentions_count: 0,
        unread_reactions_count: 0,
        unread_poll_votes_count: 0,
        notify_settings: convert::notify_settings(),
        pts: dialog.channel_pts,
        draft: None,
        folder_id: None,
        ttl_period: None,
    }
    .into()
}

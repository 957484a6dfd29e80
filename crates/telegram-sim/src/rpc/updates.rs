//! `updates.*`: how a client catches up.

use grammers_tl_types::{enums, functions, types};

use super::convert::{self, seconds};
use super::{Context, input};
use crate::world::Answer;
use crate::world::types::UpdatesState;

/// Events in one answer, if the client does not say.
const DEFAULT_LIMIT: i32 = 100;
const MAX_LIMIT: i32 = 1000;
/// After how many seconds a client is to look into a quiet channel again.
const CHANNEL_TIMEOUT_SECONDS: i32 = 30;

pub(super) fn get_state(
    context: &Context<'_>,
    _: functions::updates::GetState,
) -> Answer<enums::updates::State> {
    let caller = context.caller()?;
    context
        .world()
        .updates_state(caller)
        .map(|current| state(&current))
}

/// The simulator has no secret chats (qts stays 0) and numbers no containers (seq stays 0).
pub(super) fn state(state: &UpdatesState) -> enums::updates::State {
    types::updates::State {
        pts: state.pts,
        qts: 0,
        date: seconds(state.date_ms),
        seq: 0,
        unread_count: state.unread,
    }
    .into()
}

pub(super) fn get_difference(
    context: &Context<'_>,
    asked: functions::updates::GetDifference,
) -> Answer<enums::updates::Difference> {
    let caller = context.caller()?;
    let limit = asked.pts_limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let current = context.world().updates_state(caller)?;
    if asked
        .pts_total_limit
        .is_some_and(|most| current.pts.saturating_sub(asked.pts) > most.max(1))
    {
        return Ok(types::updates::DifferenceTooLong { pts: current.pts }.into());
    }
    let difference = context
        .world()
        .difference(caller, asked.pts, usize::try_from(limit).ok())?;
    if difference.new_messages.is_empty() && difference.other.is_empty() {
        let date = seconds(difference.state.date_ms);
        return Ok(types::updates::DifferenceEmpty { date, seq: 0 }.into());
    }
    let new_messages = convert::messages(&difference.new_messages);
    let other_updates = difference.other.iter().filter_map(convert::update).collect();
    let (users, chats) = convert::mentioned(&difference.mentioned);
    let state = state(&difference.state);
    if difference.is_final {
        return Ok(types::updates::Difference {
            new_messages,
            new_encrypted_messages: Vec::new(),
            other_updates,
            chats,
            users,
            state,
        }
        .into());
    }
    Ok(types::updates::DifferenceSlice {
        new_messages,
        new_encrypted_messages: Vec::new(),
        other_updates,
        chats,
        users,
        intermediate_state: state,
    }
    .into())
}

pub(super) fn get_channel_difference(
    context: &Context<'_>,
    asked: functions::updates::GetChannelDifference,
) -> Answer<enums::updates::ChannelDifference> {
    let caller = context.caller()?;
    let group = input::channel(context, caller, &asked.channel)?;
    let limit = usize::try_from(asked.limit.clamp(1, MAX_LIMIT)).ok();
    let difference = context
        .world()
        .channel_difference(caller, group, asked.pts, limit)?;
    let timeout = Some(CHANNEL_TIMEOUT_SECONDS);
    let (is_final, pts) = (difference.is_final, difference.state.pts);
    if difference.new_messages.is_empty() && difference.other.is_empty() {
        return Ok(types::updates::ChannelDifferenceEmpty {
            r#final: is_final,
            pts,
            timeout,
        }
        .into());
    }
    let (users, chats) = convert::mentioned(&difference.mentioned);
    Ok(types::updates::ChannelDifference {
        r#final: is_final,
        pts,
        timeout,
        new_messages: convert::messages(&difference.new_messages),
        other_updates: difference.other.iter().filter_map(convert::update).collect(),
        chats,
        users,
    }
    .into())
}

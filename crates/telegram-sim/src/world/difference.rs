//! What happened since a client last looked: the pts log, slice by slice.

use super::error::{CHANNEL_INVALID, PEER_ID_INVALID, PERSISTENT_TIMESTAMP_INVALID};
use super::mailbox::{FIRST_PTS, Mailbox, MailboxEvent, PtsEvent};
use super::reading::seen_by;
use super::state::State;
use super::types::{Caller, Dated, Difference, Update, UpdatesState};
use super::{Answer, World};
use crate::ids::{GroupId, UserId};

/// Events in one difference; more are fetched slice by slice.
pub const DIFFERENCE_MAX_EVENTS: usize = 1000;

impl World {
    /// `updates.getState`.
    ///
    /// # Errors
    /// `PEER_ID_INVALID` if the caller is no account.
    pub fn updates_state(&self, caller: Caller) -> Answer<UpdatesState> {
        let locked = self.lock();
        let account = locked
            .state
            .accounts
            .get(&caller.account)
            .ok_or(PEER_ID_INVALID)?;
        Ok(locked
            .state
            .updates_state(account.mailbox.pts(), &account.mailbox, self.now_ms()))
    }

    /// `updates.getDifference`: what happened to the mailbox since `pts`, at most `limit` events at once.
    ///
    /// # Errors
    /// `PERSISTENT_TIMESTAMP_INVALID` for a pts that never was.
    pub fn difference(&self, caller: Caller, pts: i32, limit: Option<usize>) -> Answer<Difference> {
        let locked = self.lock();
        let account = locked
            .state
            .accounts
            .get(&caller.account)
            .ok_or(PEER_ID_INVALID)?;
        locked
            .state
            .difference_of(caller.account, &account.mailbox, None, pts, limit, self.now_ms())
    }

    /// `updates.getChannelDifference`; `pts` 1 is the beginning.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`, `PERSISTENT_TIMESTAMP_INVALID`.
    pub fn channel_difference(
        &self,
        caller: Caller,
        group: GroupId,
        pts: i32,
        limit: Option<usize>,
    ) -> Answer<Difference> {
        let locked = self.lock();
        let mailbox = locked.state.channel_boxes.get(&group).ok_or(CHANNEL_INVALID)?;
        locked
            .state
            .difference_of(caller.account, mailbox, Some(group), pts, limit, self.now_ms())
    }
}

impl State {
    fn updates_state(&self, pts: i32, mailbox: &Mailbox, now_ms: i64) -> UpdatesState {
        UpdatesState {
            pts,
            date_ms: now_ms,
            unread: mailbox.unread_total(),
        }
    }

    fn difference_of(
        &self,
        viewer: UserId,
        mailbox: &Mailbox,
        channel: Option<GroupId>,
        pts: i32,
        limit: Option<usize>,
        now_ms: i64,
    ) -> Answer<Difference> {
        if pts < FIRST_PTS || pts > mailbox.pts() {
            return Err(PERSISTENT_TIMESTAMP_INVALID);
        }
        let events = mailbox.events_after(pts);
        let taken = &events[..events.len().min(
            limit
                .unwrap_or(DIFFERENCE_MAX_EVENTS)
                .clamp(1, DIFFERENCE_MAX_EVENTS),
        )];
        let mut new_messages = Vec::new();
        let mut other = Vec::new();
        for event in taken {
            match &event.event {
                MailboxEvent::New { id } => {
                    new_messages.extend(mailbox.get(*id).map(|found| seen_by(viewer, found)))
                }
                happened => {
                    let update = update_of(viewer, mailbox, channel, happened);
                    other.extend(update.map(|update| at_its_pts(event, update, now_ms)));
                }
            }
        }
        let reached = taken.last().map_or(pts, |event| event.pts);
        let edited = other.iter().filter_map(|dated| match &dated.update {
            Update::EditMessage(message) => Some(message),
            _ => None,
        });
        let mentioned = self.mentioned(viewer, new_messages.iter().chain(edited));
        let is_final = taken.len() == events.len();
        let state = self.updates_state(if is_final { mailbox.pts() } else { reached }, mailbox, now_ms);
        Ok(Difference {
            new_messages,
            other,
            state,
            is_final,
            mentioned,
        })
    }
}

fn update_of(
    viewer: UserId,
    mailbox: &Mailbox,
    channel: Option<GroupId>,
    event: &MailboxEvent,
) -> Option<Update> {
    match event {
        MailboxEvent::New { .. } => None,
        MailboxEvent::Edited { id } => mailbox
            .get(*id)
            .map(|found| Update::EditMessage(seen_by(viewer, found))),
        MailboxEvent::Deleted { ids } => Some(Update::DeleteMessages {
            ids: ids.clone(),
            channel,
        }),
        MailboxEvent::ReadInbox {
            peer,
            max_id,
            still_unread,
        } => Some(Update::ReadInbox {
            peer: *peer,
            max_id: *max_id,
            still_unread: *still_unread,
        }),
        MailboxEvent::ReadOutbox { peer, max_id } => Some(Update::ReadOutbox {
            peer: *peer,
            max_id: *max_id,
        }),
    }
}

fn at_its_pts(event: &PtsEvent, update: Update, at_ms: i64) -> Dated {
    Dated {
        update,
        pts: event.pts,
        pts_count: event.pts_count,
        at_ms,
    }
}

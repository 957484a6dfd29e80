//! The pts log: whoever fetches the difference from any moment has the mailbox as it is.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;

use super::*;
use crate::world::error;
use crate::world::mailbox::Message;
use crate::world::types::{Dated, Update};

/// What a client knows of a mailbox.
#[derive(Clone, Debug, Default, PartialEq)]
struct Replica {
    messages: BTreeMap<i32, Message>,
    read_inbox: HashMap<Peer, i32>,
    read_outbox: HashMap<Peer, i32>,
    pts: i32,
}

impl Replica {
    fn apply(&mut self, update: &Update) {
        match update {
            Update::NewMessage(message) | Update::EditMessage(message) => {
                self.messages.insert(message.id, message.clone());
            }
            Update::DeleteMessages { ids, channel: None } => self.messages.retain(|id, _| !ids.contains(id)),
            Update::ReadInbox { peer, max_id, .. } => {
                self.read_inbox.insert(*peer, *max_id);
            }
            Update::ReadOutbox { peer, max_id } => {
                self.read_outbox.insert(*peer, *max_id);
            }
            other => panic!("{other:?} belongs to no mailbox"),
        }
    }

    /// Fetches the difference slice by slice.
    fn catch_up(&mut self, town: &Town, caller: Caller, slice: usize) {
        loop {
            let difference = town.world.difference(caller, self.pts, Some(slice)).unwrap();
            for message in difference.new_messages {
                self.messages.insert(message.id, message);
            }
            difference
                .other
                .iter()
                .for_each(|dated| self.apply(&dated.update));
            assert!(difference.is_final || difference.state.pts > self.pts);
            self.pts = difference.state.pts;
            if difference.is_final {
                return;
            }
        }
    }
}

/// One step of a random story between the operator, a colleague and three people.
#[derive(Clone, Debug)]
enum Event {
    Send(usize),
    Say(usize),
    Read(usize),
    Edit(u8),
    Delete(Vec<u8>),
    Pass(u16),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..5_usize).prop_map(Event::Send),
        3 => (0..5_usize).prop_map(Event::Say),
        2 => (0..5_usize).prop_map(Event::Read),
        1 => (1..20_u8).prop_map(Event::Edit),
        1 => proptest::collection::vec(1..20_u8, 1..4).prop_map(Event::Delete),
        2 => (1..5_000_u16).prop_map(Event::Pass),
    ]
}

fn play(
    town: &Town,
    operator: Caller,
    colleague: Caller,
    people: &[UserId; 5],
    number: usize,
    event: &Event,
) {
    match event {
        Event::Send(who) => {
            let _ = town.send(operator, people[*who], &format!("Sent {number}"));
        }
        Event::Say(who) if people[*who] == colleague.account => {
            let _ = town.send(colleague, operator.account, &format!("Said {number}"));
        }
        Event::Say(who) => {
            town.world
                .say(people[*who], operator.account, &format!("Said {number}"))
                .unwrap();
        }
        Event::Read(who) => {
            town.world
                .read_history(operator, Peer::User(people[*who]), 0)
                .unwrap();
        }
        Event::Edit(id) => {
            let id = i32::from(*id);
            if let Some(message) = town.world.messages(operator, &[id]).messages.first() {
                let _ = town
                    .world
                    .edit_message(operator, message.peer, id, &format!("Edited {number}"));
            }
        }
        Event::Delete(ids) => {
            let ids: Vec<i32> = ids.iter().map(|id| i32::from(*id)).collect();
            town.world.delete_messages(operator, &ids, true).unwrap();
        }
        Event::Pass(ms) => {
            town.clock.advance_to_ms(town.now_ms() + i64::from(*ms));
            town.world.do_what_is_due();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_difference_from_any_pts_gives_the_mailbox(
        story in proptest::collection::vec(event(), 1..60),
        slice in 1..7_usize,
    ) {
        let town = Town::new();
        let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
        let people = [town.person("01"), town.person("08"), town.person("09"), colleague.account, town.person("10")];
        let mut pushes = town.world.subscribe();
        let mut replicas = vec![Replica { pts: town.world.updates_state(operator).unwrap().pts, ..Replica::default() }];
        for (number, event) in story.iter().enumerate() {
            play(&town, operator, colleague, &people, number, event);
            let mut now = replicas.last().unwrap().clone();
            now.catch_up(&town, operator, 1000);
            replicas.push(now);
        }
        let truth = replicas.last().unwrap().clone();

        // The newest replica agrees with what the world shows.
        let mut shown: Vec<Message> = people.iter()
            .flat_map(|person| town.world.conversation(operator.account, Peer::User(*person))).collect();
        shown.sort_by_key(|message| message.id);
        prop_assert_eq!(&shown, &truth.messages.values().cloned().collect::<Vec<_>>());

        // Unread is what came in after the owner's mark, and the total is its sum.
        let mut unread_total = 0;
        for person in &people {
            let peer = Peer::User(*person);
            let dialogs = town.world.peer_dialogs(operator, &[peer]).dialogs;
            let after_mark = |message: &&Message| {
                let mark = truth.read_inbox.get(&peer).copied().unwrap_or(0);
                message.peer == peer && !message.out && message.id > mark
            };
            let expected = shown.iter().filter(after_mark).count();
            unread_total += expected;
            let told = dialogs.first().map_or(0, |dialog| dialog.unread_count);
            prop_assert_eq!(usize::try_from(told).unwrap(), expected);
        }
        let state = town.world.updates_state(operator).unwrap();
        prop_assert_eq!(usize::try_from(state.unread).unwrap(), unread_total);

        // Every older replica becomes the newest one.
        for mut replica in replicas {
            replica.catch_up(&town, operator, slice);
            prop_assert_eq!(&replica, &truth);
        }

        // The pushed updates are the same log: no gap, no overlap.
        let mut pushed: Vec<Dated> = Vec::new();
        while let Ok(push) = pushes.try_recv() {
            if matches!(push.to, crate::world::types::PushTo::Account { account, .. } if account == operator.account) {
                pushed.push(push.dated.clone());
            }
        }
        let mut live = Replica { pts: 1, ..Replica::default() };
        for dated in &pushed {
            prop_assert_eq!(live.pts + dated.pts_count, dated.pts);
            live.pts = dated.pts;
            live.apply(&dated.update);
        }
        prop_assert_eq!(live.pts, truth.pts);
        prop_assert_eq!(live.messages, truth.messages);
    }
}

#[test]
fn a_pts_that_never_was_is_refused() {
    let town = Town::new();
    let operator = town.operator();
    for pts in [0, -5, 2] {
        assert_eq!(
            town.world.difference(operator, pts, None),
            Err(error::PERSISTENT_TIMESTAMP_INVALID)
        );
    }
    assert!(town.world.difference(operator, 1, None).unwrap().is_final);
}

#[test]
fn a_channel_has_a_difference_of_its_own() {
    let town = Town::new();
    let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
    let group = town
        .world
        .groups(operator.account)
        .into_iter()
        .find(|group| group.title == "Traders")
        .unwrap();
    for number in 0..5 {
        let message = Outgoing {
            peer: Peer::Channel(group.id),
            text: "News",
            random_id: 500 + number,
            reply_to: None,
        };
        town.world.send_message(operator, &message).unwrap();
    }
    town.world
        .delete_channel_messages(operator, group.id, &[2, 3])
        .unwrap();
    let difference = town
        .world
        .channel_difference(colleague, group.id, 1, None)
        .unwrap();
    let ids: Vec<i32> = difference.new_messages.iter().map(|message| message.id).collect();
    assert_eq!((ids, difference.state.pts), (vec![1, 4, 5], 8));
    assert_eq!(
        town.world.updates_state(colleague).unwrap().pts,
        1,
        "a channel's events are not the mailbox's"
    );
    let foreign = town.world.delete_channel_messages(colleague, group.id, &[1]);
    assert_eq!(foreign, Err(error::CHAT_ADMIN_REQUIRED));
}

//! Groups, history, dialogs, and two accounts with each other.

use super::*;
use crate::world::error;
use crate::world::types::{GroupKind, PageQuery};

#[test]
fn groups_and_channels_carry_messages_to_all_accounts() {
    let town = Town::new();
    let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
    for (title, number) in [("Traders", 900), ("Parents", 901)] {
        let group = town
            .world
            .groups(operator.account)
            .into_iter()
            .find(|group| group.title == title)
            .unwrap();
        let peer = if group.kind == GroupKind::Group {
            Peer::Chat(group.id)
        } else {
            Peer::Channel(group.id)
        };
        let message = Outgoing {
            peer,
            text: "To all",
            random_id: number,
            reply_to: None,
        };
        town.clock.advance_to_ms(town.now_ms() + 1_000);
        let sent = town.world.send_message(operator, &message).unwrap();
        assert!(sent.message.out);
        let query = PageQuery {
            limit: 10,
            ..PageQuery::default()
        };
        let seen = town.world.history(colleague, peer, &query).unwrap();
        assert_eq!((seen.messages.len(), seen.messages[0].out), (1, false));
        assert_eq!(seen.mentioned.groups[0].title, title);
        let dialogs = town.world.dialogs(colleague, 0, 0, 100);
        assert_eq!(dialogs.dialogs[0].peer, peer);
    }
}

#[test]
fn history_pages_as_telegram_does() {
    let town = Town::new();
    let operator = town.operator();
    let maria = town.person("02");
    for number in 1..=10 {
        town.send(operator, maria, &format!("Message {number}")).unwrap();
    }
    let page = |query: PageQuery| {
        let found = town.world.history(operator, Peer::User(maria), &query).unwrap();
        (
            found
                .messages
                .iter()
                .map(|message| message.id)
                .collect::<Vec<_>>(),
            found.count,
        )
    };
    let query = PageQuery {
        limit: 3,
        ..PageQuery::default()
    };
    assert_eq!(page(query), (vec![10, 9, 8], 10));
    assert_eq!(
        page(PageQuery {
            offset_id: 8,
            ..query
        }),
        (vec![7, 6, 5], 10)
    );
    assert_eq!(
        page(PageQuery {
            offset_id: 8,
            add_offset: -2,
            ..query
        }),
        (vec![9, 8, 7], 10)
    );
    assert_eq!(
        page(PageQuery {
            add_offset: -2,
            ..query
        }),
        (vec![10], 10)
    );
    assert_eq!(page(PageQuery { min_id: 8, ..query }), (vec![10, 9], 2));
    assert_eq!(page(PageQuery { max_id: 3, ..query }), (vec![2, 1], 2));
    let found = town
        .world
        .search(operator, Peer::User(maria), "MESSAGE 1", &query)
        .unwrap();
    assert_eq!(found.count, 2);
}

#[test]
fn dialogs_can_be_walked_page_by_page() {
    let town = Town::of("accounts: [{ phone: '+79990000001' }]\npopulate: { personas: { silent: 1 } }\n");
    let operator = town.operator();
    let contacts: Vec<_> = (0..25)
        .map(|n| phone_contact(n, &format!("+7912000{n:04}")))
        .collect();
    let found = town.world.import_contacts(operator, &contacts);
    for (number, user) in &found.imported {
        town.clock.advance_to_ms(START_MS + number * 400);
        town.send(operator, *user, "Hello").unwrap();
    }
    let (mut seen, mut offset) = (Vec::new(), (0, 0));
    loop {
        let page = town.world.dialogs(operator, offset.0, offset.1, 10);
        assert_eq!(page.count, 25);
        let Some(last) = page.dialogs.last().and_then(|dialog| dialog.top_message.clone()) else {
            break;
        };
        offset = (last.date_ms, last.id);
        seen.extend(page.dialogs.iter().map(|dialog| dialog.peer));
    }
    assert_eq!(seen.len(), 25);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 25);
}

#[test]
fn two_accounts_write_to_each_other_and_see_receipts_edits_and_removals() {
    let town = Town::new();
    let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
    town.send(operator, town.person("02"), "Shifts the numbers")
        .unwrap();
    let sent = town.send(operator, colleague.account, "Helo").unwrap();
    let theirs = town
        .world
        .conversation(colleague.account, Peer::User(operator.account));
    assert_eq!(
        (sent.message.id, theirs[0].id),
        (2, 1),
        "each side counts for itself"
    );
    let read = town
        .world
        .read_history(colleague, Peer::User(operator.account), 0)
        .unwrap();
    assert_eq!(read.pts_count, 1);
    let dialog = town
        .world
        .peer_dialogs(operator, &[Peer::User(colleague.account)])
        .dialogs
        .remove(0);
    assert_eq!(dialog.read_outbox_max_id, 2);
    town.world
        .edit_message(operator, Peer::User(colleague.account), 2, "Hello")
        .unwrap();
    assert_eq!(town.texts(colleague.account, operator.account), ["Hello"]);
    let other = town
        .world
        .edit_message(colleague, Peer::User(operator.account), 1, "Mine");
    assert_eq!(other, Err(error::MESSAGE_AUTHOR_REQUIRED));
    let gone = town.world.delete_messages(operator, &[2], true).unwrap();
    assert_eq!(gone.pts_count, 1);
    assert!(town.texts(colleague.account, operator.account).is_empty());
}

#[test]
fn bad_texts_are_refused() {
    let town = Town::new();
    let operator = town.operator();
    let maria = town.person("02");
    assert_eq!(town.send(operator, maria, "  "), Err(error::MESSAGE_EMPTY));
    assert_eq!(
        town.send(operator, maria, &"я".repeat(4097)),
        Err(error::MESSAGE_TOO_LONG)
    );
    assert!(town.send(operator, maria, &"я".repeat(4096)).is_ok());
    assert_eq!(
        town.send(operator, UserId(1), "Hello"),
        Err(error::PEER_ID_INVALID)
    );
}

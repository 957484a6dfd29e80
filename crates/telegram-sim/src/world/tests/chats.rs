//! Writing, answering, groups.

use super::*;
use crate::ids::GroupId;
use crate::world::error;
use crate::world::log::LogKind;
use crate::world::types::{GroupKind, MembersFilter, PageQuery, Requirement};

#[test]
fn a_random_id_is_delivered_once() {
    let town = Town::new();
    let operator = town.operator();
    let ivan = Peer::User(town.person("01"));
    let message = Outgoing {
        peer: ivan,
        text: "Hello",
        random_id: 42,
        reply_to: None,
    };
    let sent = town.world.send_message(operator, &message).unwrap();
    assert_eq!(
        town.world.send_message(operator, &message),
        Err(error::RANDOM_ID_DUPLICATE)
    );
    assert_eq!(town.world.conversation(operator.account, ivan).len(), 1);
    assert_eq!(
        town.world.by_random_id(operator.account, 42).unwrap().id,
        sent.message.id
    );
    assert_eq!((town.count("delivered"), town.count("duplicate_refused")), (1, 1));
    // The number is the account's own: another account may use it.
    let colleague = town.sign_in(2, "+79990000002");
    assert!(town.world.send_message(colleague, &message).is_ok());
}

#[test]
fn an_interested_person_reads_then_asks_then_applies() {
    let town = Town::new();
    let operator = town.operator();
    let ivan = town.person("01");
    town.send(operator, ivan, "Hello, Ivan").unwrap();
    town.settle();
    assert_eq!(town.texts(operator.account, ivan).len(), 2);
    let dialog = &town.world.peer_dialogs(operator, &[Peer::User(ivan)]).dialogs[0];
    assert_eq!((dialog.read_outbox_max_id, dialog.unread_count), (1, 1));
    for follow_up in 0..5 {
        town.send(operator, ivan, &format!("Follow-up {follow_up}"))
            .unwrap();
        town.settle();
    }
    assert_eq!(
        town.count("reply_sent"),
        3 + 1,
        "three answers of Ivan and the first words of First"
    );
    let log = town.world.log(0, 1000);
    assert!(log.is_sorted_by_key(|entry| entry.at_ms));
    let opened = log
        .iter()
        .filter(|entry| entry.what == LogKind::DialogOpened)
        .count();
    assert_eq!(opened, 1);
    assert!(
        log.iter()
            .any(|entry| entry.phone.as_deref() == Some("79991110001"))
    );
}

#[test]
fn after_stop_a_person_is_silent() {
    let town = Town::new();
    let operator = town.operator();
    let stopper = town.person("05");
    for _ in 0..4 {
        town.send(operator, stopper, "Hello").unwrap();
        town.settle();
    }
    let said = town
        .world
        .conversation(operator.account, Peer::User(stopper))
        .iter()
        .filter(|m| !m.out)
        .count();
    assert_eq!(said, 1);
}

#[test]
fn a_burst_comes_within_two_seconds_an_edit_changes_a_removal_removes() {
    let town = Town::new();
    let operator = town.operator();
    for last_digits in ["07", "08", "09"] {
        town.send(operator, town.person(last_digits), "Hello").unwrap();
    }
    town.settle();
    let said = |last_digits| {
        let all = town
            .world
            .conversation(operator.account, Peer::User(town.person(last_digits)));
        all.into_iter().filter(|message| !message.out).collect::<Vec<_>>()
    };
    let burst = said("07");
    assert_eq!(burst.len(), 3);
    assert!(burst[2].date_ms - burst[0].date_ms <= 2_000);
    let edited = said("08");
    assert!(edited.len() == 1 && edited[0].edited_ms.is_some());
    assert!(said("09").is_empty());
    assert_eq!((town.count("edited"), town.count("deleted")), (1, 1));
}

#[test]
fn a_script_is_followed_to_its_end() {
    let town = Town::new();
    let operator = town.operator();
    let scripted = town.person("15");
    for _ in 0..3 {
        town.send(operator, scripted, "Hello").unwrap();
        town.settle();
    }
    let texts = town.texts(operator.account, scripted);
    assert_eq!(
        texts,
        ["Hello", "first answer", "Hello", "second answer", "Hello"]
    );
}

#[test]
fn privacy_is_refused_in_telegrams_words() {
    let town = Town::new();
    let operator = town.operator();
    let refused = |last_digits| {
        town.send(operator, town.person(last_digits), "Hello")
            .unwrap_err()
    };
    assert_eq!(refused("03"), error::USER_PRIVACY_RESTRICTED);
    assert_eq!(refused("12"), RpcError::payment_required(50));
    assert_eq!(refused("13"), error::PRIVACY_PREMIUM_REQUIRED);
    assert_eq!(refused("14"), error::INPUT_USER_DEACTIVATED);
    let blocker = town.person("04");
    town.send(operator, blocker, "Hello").unwrap();
    town.settle();
    assert_eq!(
        town.send(operator, blocker, "Again").unwrap_err(),
        error::USER_IS_BLOCKED
    );
    assert_eq!(town.count("send_refused"), 5);
    let asked = [town.person("12"), town.person("13"), town.person("01")];
    let requirements = town.world.requirements_to_contact(operator, &asked);
    assert_eq!(
        requirements,
        [
            Requirement::PaidStars(50),
            Requirement::Premium,
            Requirement::Empty
        ]
    );
}

#[test]
fn who_wrote_first_may_be_answered_whatever_their_privacy() {
    let town = Town::new();
    let operator = town.operator();
    let pavel = town.person("03");
    town.world.say(pavel, operator.account, "A question").unwrap();
    assert!(town.send(operator, pavel, "An answer").is_ok());
    assert_eq!(town.count("dialog_opened"), 0, "the person opened it");
}

#[test]
fn a_person_who_writes_first_does_so_once_after_the_first_sign_in() {
    let town = Town::new();
    let operator = town.operator();
    town.sign_in(5, "+79990000001");
    let first = town.person("10");
    assert!(town.texts(operator.account, first).is_empty());
    town.settle();
    assert_eq!(town.texts(operator.account, first).len(), 1);
    assert_eq!(town.clock_now() - START_MS, 5_000);
}

#[test]
fn importing_finds_who_may_be_found() {
    let town = Town::new();
    let operator = town.operator();
    let phones = [
        "+7 (999) 111-00-01",
        "+79991110006",
        "+79991110011",
        "+79991110014",
        "+79998887766",
    ];
    let contacts: Vec<_> = phones
        .iter()
        .zip(10..)
        .map(|(phone, id)| phone_contact(id, phone))
        .collect();
    let found = town.world.import_contacts(operator, &contacts);
    assert_eq!(found.imported, [(10, town.person("01"))]);
    assert_eq!(found.users[0].first_name, "Contact 10");
    assert_eq!(found.users[0].phone.as_deref(), Some("79991110001"));
    assert!(found.retry.is_empty());
    assert_eq!(town.world.contacts(operator).len(), 1);
    town.world.delete_contacts(operator, &[town.person("01")]);
    assert!(town.world.contacts(operator).is_empty());
}

#[test]
fn a_populated_world_makes_the_same_people_up_again() {
    let scenario = "seed: 3\naccounts: [{ phone: '+79990000001' }]\n\
                    populate: { personas: { interested: 1, silent: 1, not_on_telegram: 1 } }\n";
    let (one, other) = (Town::of(scenario), Town::of(scenario));
    let contacts: Vec<_> = (0..300)
        .map(|n| phone_contact(n, &format!("+7912{n:07}")))
        .collect();
    let reversed: Vec<_> = contacts.iter().rev().cloned().collect();
    let first = one.world.import_contacts(one.operator(), &contacts);
    let mut second = other.world.import_contacts(other.operator(), &reversed);
    second.imported.reverse();
    assert_eq!(first.imported, second.imported);
    assert!(
        (150..=250).contains(&first.imported.len()),
        "{}",
        first.imported.len()
    );
    assert_eq!(
        one.world.by_phone("+79120000001"),
        other.world.by_phone("+79120000001")
    );
}

#[test]
fn access_hashes_belong_to_one_viewer() {
    let town = Town::new();
    let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
    let ivan = town.person("01");
    let hash = town.world.user(operator.account, ivan).unwrap().access_hash;
    assert_eq!(town.world.check_user(operator.account, ivan, hash), Ok(ivan));
    assert_eq!(
        town.world.check_user(colleague.account, ivan, hash),
        Err(error::USER_ID_INVALID)
    );
}

#[test]
fn names_are_resolved_whatever_their_case() {
    let town = Town::new();
    assert_eq!(
        town.world.resolve_username("@Ivan_Town"),
        Ok(Peer::User(town.person("01")))
    );
    assert_eq!(
        town.world.resolve_username("traders_town"),
        Ok(Peer::Channel(GroupId(1_700_000_000)))
    );
    assert_eq!(
        town.world.resolve_username("nobody_there"),
        Err(error::USERNAME_NOT_OCCUPIED)
    );
    assert_eq!(
        town.world.resolve_username("no name"),
        Err(error::USERNAME_INVALID)
    );
}

#[test]
fn members_come_in_pages_and_hidden_lists_stay_hidden() {
    let town = Town::new();
    let operator = town.operator();
    let groups = town.world.groups(operator.account);
    let by_title = |title: &str| groups.iter().find(|group| group.title == title).unwrap().clone();
    let traders = by_title("Traders");
    let mut seen = std::collections::BTreeSet::new();
    loop {
        let page = town
            .world
            .members(operator, traders.id, &MembersFilter::Recent, seen.len(), 100)
            .unwrap();
        assert_eq!(page.count, traders.members_count);
        if page.members.is_empty() {
            break;
        }
        assert_eq!(page.users.len(), page.members.len());
        seen.extend(page.members.iter().map(|member| member.user));
    }
    assert_eq!(seen.len(), 230 + 1 + 3);
    assert_eq!(seen.len(), usize::try_from(traders.members_count).unwrap());
    let users = town
        .world
        .members(operator, traders.id, &MembersFilter::Recent, 0, 200)
        .unwrap()
        .users;
    let shown = users.iter().filter(|user| user.phone.is_some()).count();
    assert!((60..=140).contains(&shown), "{shown}");
    let hidden = town
        .world
        .members(operator, by_title("Secret").id, &MembersFilter::Recent, 0, 10);
    assert_eq!(hidden, Err(error::CHAT_ADMIN_REQUIRED));
    let news = by_title("News");
    assert_eq!(news.kind, GroupKind::Channel);
    assert!(
        town.world
            .members(operator, news.id, &MembersFilter::Recent, 0, 10)
            .is_ok(),
        "the account is an admin"
    );
    let found = town
        .world
        .members(
            operator,
            traders.id,
            &MembersFilter::Search("ivan".to_owned()),
            0,
            10,
        )
        .unwrap();
    assert_eq!(found.members[0].user, town.person("01"));
}

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
        town.clock.advance_to_ms(town.clock_now() + 1_000);
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

impl Town {
    fn clock_now(&self) -> i64 {
        crate::clock::Clock::now_ms(&self.clock)
    }
}

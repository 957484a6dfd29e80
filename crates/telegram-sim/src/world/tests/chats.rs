//! Writing and answering.

use super::*;
use crate::world::error;
use crate::world::log::LogKind;
use crate::world::types::Requirement;

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
    let colleague = town.sign_in(2, "+79990000002");
    town.send(colleague, stopper, "And from me").unwrap();
    town.settle();
    assert_eq!(
        town.texts(colleague.account, stopper).len(),
        1,
        "stop holds for every account"
    );
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
    assert_eq!(town.now_ms() - START_MS, 5_000);
}

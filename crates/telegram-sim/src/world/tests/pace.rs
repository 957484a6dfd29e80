//! People act by themselves on the clock they are given, and a large world stays within its bounds.

use std::collections::HashMap;

use super::*;
use crate::persona::PersonaKind;
use crate::scenario::{AccountSpec, PersonSpec};
use crate::world::log::LogKind;

#[tokio::test]
async fn people_act_when_the_clock_reaches_their_time() {
    let town = Town::new();
    let operator = town.operator();
    let ivan = town.person("01");
    let mut grown = town.world.watch_log();
    let story = async {
        town.send(operator, ivan, "Hello").unwrap();
        assert!(
            town.world
                .next_due_ms()
                .is_some_and(|due_ms| due_ms <= START_MS + 2_000),
            "reading comes first"
        );
        let mut replied_ms = None;
        while replied_ms.is_none() {
            town.clock.advance_to_ms(town.now_ms() + 100);
            tokio::task::yield_now().await;
            let log = town.world.log(0, 1000);
            let reply = log
                .iter()
                .find(|entry| matches!(entry.what, LogKind::ReplySent { .. }));
            replied_ms = reply.map(|entry| entry.at_ms - START_MS);
            assert!(town.now_ms() < START_MS + 7_000, "nobody answered");
        }
        assert!((2_000..=6_100).contains(&replied_ms.unwrap()), "{replied_ms:?}");
    };
    tokio::select! { () = town.world.run_people() => {} () = story => {} }
    assert!(
        *grown.borrow_and_update() >= 4,
        "signed in, opened, delivered, read, answered"
    );
}

#[test]
fn a_thousand_people_of_every_persona_two_accounts_and_nobody_without_bounds() {
    let mut scenario = Scenario {
        seed: 4,
        ..Scenario::default()
    };
    scenario.accounts = vec![AccountSpec::new("+79990000001"), AccountSpec::new("+79990000002")];
    let kinds = PersonaKind::ALL.into_iter().cycle().take(1000);
    scenario.people = kinds
        .zip(0..)
        .map(|(kind, n)| PersonSpec::new(format!("+7912{n:07}"), kind))
        .collect();
    let kind_by_phone: HashMap<String, PersonaKind> = scenario
        .people
        .iter()
        .map(|person| (person.digits(), person.persona))
        .collect();
    let town = Town::from(scenario);
    let callers = [town.operator(), town.sign_in(2, "+79990000002")];
    for round in 0..6 {
        for (phone, n) in kind_by_phone.keys().zip(0..) {
            let caller = callers[n % 2];
            let found = town.world.import_contacts(caller, &[phone_contact(1, phone)]);
            if let [(_, person)] = found.imported[..] {
                let _ = town.send(caller, person, &format!("Round {round}"));
            }
        }
        town.settle();
    }

    let mut said: HashMap<String, Vec<i64>> = HashMap::new();
    for entry in town.world.log(0, usize::MAX) {
        if let (LogKind::ReplySent { .. }, Some(phone)) = (&entry.what, entry.phone) {
            said.entry(phone).or_default().push(entry.at_ms);
        }
    }
    for (phone, kind) in &kind_by_phone {
        let times = said.get(phone).map_or(0, Vec::len);
        let expected = match kind {
            PersonaKind::Silent
            | PersonaKind::Private
            | PersonaKind::BlocksUs
            | PersonaKind::NotOnTelegram => 0,
            PersonaKind::SaysStop => 1,
            PersonaKind::Interested | PersonaKind::WritesFirst => 3,
            PersonaKind::Bursts => 4,
            _ => 2,
        };
        assert_eq!(times, expected, "{kind:?}");
    }
    let count = |what| town.count(what);
    assert_eq!(
        count("dialog_opened"),
        u64::try_from(1000 - count_of(&kind_by_phone, 2)).unwrap()
    );
    assert_eq!(
        count("blocked"),
        u64::try_from(count_of(&kind_by_phone, 1)).unwrap()
    );
}

/// People of the personas that nobody can write to (2) or that block (1).
fn count_of(kinds: &HashMap<String, PersonaKind>, which: usize) -> usize {
    let unreachable = [
        PersonaKind::BlocksUs,
        PersonaKind::Private,
        PersonaKind::NotOnTelegram,
    ];
    let looked_for = if which == 1 {
        &unreachable[..1]
    } else {
        &unreachable[1..]
    };
    kinds.values().filter(|kind| looked_for.contains(kind)).count()
}

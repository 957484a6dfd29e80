//! Finding people and listing members.

use super::*;
use crate::ids::GroupId;
use crate::world::error;
use crate::world::types::{GroupKind, MembersFilter};

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

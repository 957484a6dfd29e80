//! Groups and their members.

use std::collections::HashSet;

use alfa_telegram::{GroupKind, UserClient};

use crate::support::{ALFA, MemoryVault, Sim};

async fn all_members(client: &UserClient, title: &str, page: usize) -> (usize, HashSet<i64>) {
    let groups = client.groups().await.unwrap();
    let group = groups
        .iter()
        .find(|group| group.title == title)
        .unwrap()
        .reference;
    let (mut ids, mut offset, mut pages) = (HashSet::new(), 0, 0);
    loop {
        let members = client.group_members(&group, offset, page).await.unwrap();
        assert!(
            members
                .members
                .iter()
                .all(|member| ids.insert(member.reference.user_id)),
            "nobody comes twice"
        );
        pages += 1;
        match members.next_offset {
            Some(next) => offset = next,
            None => return (pages, ids),
        }
    }
}

#[tokio::test]
async fn groups_are_listed_with_their_kinds() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut groups = client.groups().await.unwrap();
    groups.sort_by(|a, b| a.title.cmp(&b.title));
    let seen: Vec<_> = groups
        .iter()
        .map(|group| (group.title.as_str(), group.reference.kind))
        .collect();
    let expected = [
        ("Курьеры", GroupKind::Supergroup),
        ("Новости", GroupKind::Channel),
        ("Соседи", GroupKind::Group),
    ];
    assert_eq!(seen, expected);
    assert_eq!(groups[0].username.as_deref(), Some("riders_chat"));
    assert!(groups.iter().all(|group| group.members_count.is_some()));
}

#[tokio::test]
async fn members_are_listed_to_the_end() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let (pages, ids) = all_members(&client, "Курьеры", 200).await;
    assert!(pages >= 3, "{pages}");
    assert!(ids.len() > 450, "{}", ids.len());

    let (pages, ids) = all_members(&client, "Соседи", 10).await;
    assert!(pages >= 3, "{pages}");
    assert!(ids.len() > 30, "{}", ids.len());
}

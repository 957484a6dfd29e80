//! Finding people.

use alfa_telegram::ContactRequirement;

use crate::support::{ALFA, ANNA, BORIS, MemoryVault, Sim};

#[tokio::test]
async fn phones_are_found_or_not() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let phones = [ANNA, "+79990009999", BORIS].map(str::to_owned);
    let result = client.import_phones(&phones).await.unwrap();
    assert_eq!(
        result
            .found
            .iter()
            .map(|(phone, _)| phone.as_str())
            .collect::<Vec<_>>(),
        [ANNA, BORIS]
    );
    assert_eq!(result.not_found, ["+79990009999"]);
    assert!(result.retry.is_empty());
    let (_, anna) = &result.found[0];
    assert_ne!(anna.reference.access_hash, 0);
    assert_eq!(anna.phone.as_deref(), Some(ANNA));
    assert!(client.send_text(anna.reference, "Здравствуйте!", 1).await.is_ok());
}

#[tokio::test]
async fn more_phones_than_one_call_takes_are_looked_up() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut phones: Vec<String> = (0..250).map(|n| format!("+7999111{n:04}")).collect();
    phones[240] = ANNA.to_owned();
    let result = client.import_phones(&phones).await.unwrap();
    assert_eq!(result.found.len(), 1);
    assert_eq!(result.found[0].0, ANNA);
    assert_eq!(result.not_found.len(), 249);
}

#[tokio::test]
async fn usernames_are_resolved() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = client.resolve_username("@Anna_Test").await.unwrap().unwrap();
    assert_eq!(anna.username.as_deref(), Some("anna_test"));
    assert_eq!(anna.first_name.as_deref(), Some("Анна"));
    assert!(client.send_text(anna.reference, "Здравствуйте!", 1).await.is_ok());
    assert_eq!(client.resolve_username("nobody_here").await.unwrap(), None);
    assert_eq!(
        client.resolve_username("riders_chat").await.unwrap(),
        None,
        "a group is no person"
    );
}

#[tokio::test]
async fn requirements_come_in_the_order_of_the_question() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut peers = Vec::new();
    for name in ["anna_test", "premium_only", "paid_only"] {
        peers.push(client.resolve_username(name).await.unwrap().unwrap().reference);
    }
    peers.push(peers[0]);
    let requirements = client.contact_requirements(&peers).await.unwrap();
    let expected = [
        ContactRequirement::Free,
        ContactRequirement::Premium,
        ContactRequirement::Paid { stars: 50 },
        ContactRequirement::Free,
    ];
    assert_eq!(requirements, expected);
    assert!(client.contact_requirements(&[]).await.unwrap().is_empty());
}

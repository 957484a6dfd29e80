//! Upload, campaign, dialogs, replies, statistics.

use alfa::campaigns::service::{self, CampaignRequest};
use alfa::campaigns::stats;
use alfa_store::outreach::people::newest_messages;
use alfa_store::types::{CampaignState, MessageDirection};

use crate::harness::Alfa;
use crate::people::{MINUTE_MS, SANDBOX, SEED_PACE, add_willing};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_are_written_to_and_one_answers() {
    let alfa = Alfa::start(SANDBOX, &[]).await;
    let ivan = add_willing(&alfa, "Иван Петров", "+79991234567").await;
    let maria = add_willing(&alfa, "Мария Сидорова", "+79991234568").await;
    let request = CampaignRequest {
        name: "Первая".to_owned(),
        product_id: Some(3),
        contact_ids: vec![ivan, maria, 3],
        ..CampaignRequest::default()
    };
    let created = service::create(&alfa.app, request).await.unwrap();
    assert_eq!((created.contacts, created.unknown_contact_ids), (2, vec![3]));
    let id = created.campaign.id;
    let started = service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    assert_eq!((started.queued, started.skipped_total), (2, 0));
    assert!(
        service::initiate(&alfa.app, id, SEED_PACE).await.is_err(),
        "it runs already"
    );
    alfa.pass_ms(2 * MINUTE_MS).await;

    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    assert_eq!(campaign.state, CampaignState::Completed);
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    assert_eq!((stats.total, stats.sent, stats.read, stats.replied), (2, 2, 2, 1));
    let counted = alfa.world().counters();
    assert_eq!(counted.get("dialog_opened"), Some(&2), "{counted:?}");

    let history = newest_messages(alfa.app.store.reader(), ivan, 50).await.unwrap();
    let directions: Vec<_> = history.iter().map(|message| message.direction).collect();
    assert_eq!(
        directions[..3],
        [MessageDirection::Out, MessageDirection::In, MessageDirection::Out]
    );
    assert!(
        history[0].text.contains("Иван"),
        "personal to the name: {}",
        history[0].text
    );
    let inbound = history
        .iter()
        .filter(|message| message.direction == MessageDirection::In);
    assert!(inbound.clone().all(|message| message.handled_at.is_some()));
    let delivered = history
        .iter()
        .filter(|message| message.direction == MessageDirection::Out)
        .count()
        + 1;
    assert_eq!(
        counted.get("delivered"),
        Some(&(delivered as u64)),
        "the history agrees with the simulator"
    );
    alfa.stop().await;
}

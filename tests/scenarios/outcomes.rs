//! What came of campaigns: variants compared, stages moved by hand, campaigns that fail, and rehearsals.

use std::collections::BTreeMap;

use alfa::campaigns::rehearsal;
use alfa::campaigns::service::{self, CampaignRequest};
use alfa::campaigns::stages::{self, MoveRequest};
use alfa::campaigns::stats::{self, Stats};
use alfa::campaigns::steps::FollowUp;
use alfa::funnel::{LostReason, Stage};
use alfa_store::entity::campaigns;
use alfa_store::outreach::{audience, follow_ups, stages as history};
use alfa_store::types::{CampaignState, FunnelStage, JobState, KnowledgeSource};
use alfa_store::{Page, jobs};
use serde_json::Value;

use crate::harness::Alfa;
use crate::people::{DAY_MS, HOUR_MS, MINUTE_MS, SEED_PACE, add_contact, add_willing};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

async fn people(alfa: &Alfa, name: &str, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(add_willing(alfa, name, &format!("+7900200{number:04}")).await);
    }
    ids
}

async fn made(alfa: &Alfa, ids: &[i64], change: impl FnOnce(&mut CampaignRequest)) -> i64 {
    let mut request = CampaignRequest {
        name: "Одна".to_owned(),
        product_id: Some(3),
        contact_ids: ids.to_vec(),
        ..CampaignRequest::default()
    };
    change(&mut request);
    service::create(&alfa.app, request).await.unwrap().campaign.id
}

async fn look(alfa: &Alfa, id: i64) -> (campaigns::Model, Stats) {
    stats::by_id(&alfa.app, id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_are_compared() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let ids = people(&alfa, "Анна", 16).await;
    let templates = vec![
        "Первый, {{first_name}}".to_owned(),
        "Второй, {{first_name}}".to_owned(),
    ];
    let id = made(&alfa, &ids, |request| request.templates = templates).await;
    service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(10 * MINUTE_MS).await;
    for number in [0, 1, 2, 5] {
        alfa.person_says(&format!("+7900200{number:04}"), "Расскажите подробнее")
            .await;
    }
    alfa.person_says("+79002000003", "стоп").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let (_, stats) = look(&alfa, id).await;
    let rows = audience::list(
        alfa.app.store.reader(),
        id,
        &audience::Filter::default(),
        &Page::first(100),
    )
    .await
    .unwrap()
    .items;
    assert_eq!(stats.by_variant.len(), 2);
    for variant in &stats.by_variant {
        let own: Vec<_> = rows
            .iter()
            .filter(|row| row.variant as usize == variant.variant)
            .collect();
        let count = |test: &dyn Fn(&&&alfa_store::entity::campaign_contacts::Model) -> bool| {
            own.iter().filter(|row| test(row)).count() as i64
        };
        assert!(variant.total > 2, "{variant:?}");
        assert_eq!(variant.total, own.len() as i64);
        assert_eq!(variant.sent, count(&|row| row.sent_at.is_some()));
        assert_eq!(variant.read, count(&|row| row.read_at.is_some()));
        assert_eq!(variant.replied, count(&|row| row.replied_at.is_some()));
        assert_eq!(variant.opted_out, count(&|row| row.opted_out));
    }
    let sum = |of: fn(&stats::VariantStats) -> i64| stats.by_variant.iter().map(of).sum::<i64>();
    assert_eq!((sum(|v| v.sent), sum(|v| v.read)), (stats.sent, stats.read));
    assert_eq!((sum(|v| v.replied), sum(|v| v.opted_out)), (5, 1));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn applied_won_and_lost_are_reached_by_hand_and_counted() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let ids = people(&alfa, "Анна", 2).await;
    let step = FollowUp {
        after_hours: 24,
        text_template: None,
    };
    let id = made(&alfa, &ids, |request| request.follow_ups = vec![step]).await;
    service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let to = |stage, reason| MoveRequest {
        stage,
        reason,
        message_id: None,
    };
    let by_hand = async |contact, stage, reason| {
        stages::move_by_hand(&alfa.app, contact, to(stage, reason), "olga").await
    };
    by_hand(ids[0], Stage::Applied, None).await.unwrap();
    by_hand(ids[0], Stage::Won, None).await.unwrap();
    assert!(
        by_hand(ids[0], Stage::Lost, Some(LostReason::Price))
            .await
            .is_err()
    );
    assert!(by_hand(ids[1], Stage::Lost, None).await.is_err(), "why?");
    by_hand(ids[1], Stage::Lost, Some(LostReason::Price))
        .await
        .unwrap();
    let (_, stats) = look(&alfa, id).await;
    let expected = BTreeMap::from([("won".to_owned(), 1), ("lost".to_owned(), 1)]);
    assert_eq!(stats.by_stage, expected);
    let db = alfa.app.store.reader();
    let moves = history::history(db, ids[0], &Page::first(10))
        .await
        .unwrap()
        .items;
    let told: Vec<_> = moves
        .iter()
        .map(|row| (row.from_stage, row.to_stage, row.moved_by.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (FunnelStage::Applied, FunnelStage::Won, "olga"),
            (FunnelStage::Contacted, FunnelStage::Applied, "olga"),
            (FunnelStage::New, FunnelStage::Contacted, "alfa"),
        ]
    );
    assert!(moves[2].message_id.is_some(), "the first message moved it");
    let waits = follow_ups::of_contacts(db, id, &ids).await.unwrap();
    assert!(
        waits
            .iter()
            .all(|row| row.ended.as_deref() == Some("stage_moved"))
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_fails_when_nothing_can_be_written_for_anybody() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let nameless = people(&alfa, "12", 2).await;
    let only_names = vec!["{{first_name}}".to_owned()];
    let none = made(&alfa, &nameless, |request| request.templates = only_names.clone()).await;
    service::initiate(&alfa.app, none, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let (row, stats) = look(&alfa, none).await;
    assert_eq!(
        (row.state, row.state_reason.as_deref()),
        (CampaignState::Failed, Some("nothing_written"))
    );
    assert_eq!((stats.failed, stats.by_reason.get("not_written")), (2, Some(&2)));

    let anna = add_willing(&alfa, "Анна", "+79003000000").await;
    let some = made(&alfa, &[nameless[0], anna], |request| {
        request.templates = only_names
    })
    .await;
    service::initiate(&alfa.app, some, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(look(&alfa, some).await.0.state, CampaignState::Completed);
    let nobody = add_contact(&alfa, "Никто", "+79004000000", None).await;
    let skipped = made(&alfa, &[nobody], |_| {}).await;
    service::initiate(&alfa.app, skipped, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(
        look(&alfa, skipped).await.0.state,
        CampaignState::Completed,
        "that nobody agreed is a result"
    );
    alfa.stop().await;
}

/// The knowledge base without the product `from`, which has another number now.
fn renumber(base: &mut Value, from: i64, to: i64) {
    match base {
        Value::Object(members) => {
            for (name, member) in members {
                let products = member.as_array_mut().filter(|_| name == "products");
                for one in products.into_iter().flatten() {
                    if *one == from {
                        *one = to.into();
                    } else if one["id"] == from {
                        one["id"] = to.into();
                    }
                }
                renumber(member, from, to);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renumber(item, from, to)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_fails_when_its_product_is_gone() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "2")]).await;
    let ids = people(&alfa, "Анна", 5).await;
    let id = made(&alfa, &ids, |_| {}).await;
    service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let mut base: Value = serde_json::from_str(&alfa.app.knowledge().to_json().unwrap()).unwrap();
    renumber(&mut base, 3, 33);
    let tx = alfa.app.begin().await.unwrap();
    let now = alfa.app.clock.now();
    let body = base.to_string();
    let version = alfa_store::knowledge::NewVersion {
        body: &body,
        source: KnowledgeSource::Edit,
        author: "test",
        parent_id: None,
        action: None,
        subject: None,
    };
    alfa_store::knowledge::append(&tx, &version, now).await.unwrap();
    tx.commit().await.unwrap();
    let alfa = alfa.restart_after_ms(HOUR_MS).await;
    alfa.pass_ms(2 * DAY_MS).await;
    let (row, stats) = look(&alfa, id).await;
    assert_eq!(
        (row.state, row.state_reason.as_deref()),
        (CampaignState::Failed, Some("product_gone"))
    );
    assert_eq!((stats.sent, stats.cancelled), (2, 3));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_tells_what_would_happen_and_touches_nobody() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let mut ids = people(&alfa, "Анна", 9).await;
    ids.push(add_contact(&alfa, "Никто", "+79004000000", None).await);
    let id = made(&alfa, &ids, |_| {}).await;
    let job = rehearsal::enqueue(&alfa.app, id, Some(50)).await.unwrap().id;
    alfa.settle().await;
    let db = alfa.app.store.reader();
    let row = jobs::get(db, job).await.unwrap();
    assert_eq!(row.state, JobState::Done, "{:?}", row.error);
    let report: Value = serde_json::from_str(row.result.as_deref().unwrap()).unwrap();
    let number = |name: &str| report[name].as_i64().unwrap();
    assert_eq!(
        (report["finished"].as_bool(), number("people")),
        (Some(true), 10),
        "{report}"
    );
    assert_eq!(report["errors"]["no_consent"], 1, "{report}");
    assert_eq!(
        number("sent") + number("skipped") + number("failed"),
        10,
        "{report}"
    );
    assert!(number("sent") >= 5 && number("replied") >= 1, "{report}");
    assert!(!report["replies"].as_object().unwrap().is_empty(), "{report}");
    let texts = report["texts"].as_array().unwrap();
    assert!(texts[0]["text"].as_str().unwrap().contains("Анна"), "{report}");
    assert!(ids.contains(&texts[0]["contact_id"].as_i64().unwrap()));
    let (took, said) = (number("duration_seconds"), number("forecast_seconds"));
    assert!(
        took > 10 && (took - said).abs() <= 15,
        "took {took} s, said {said} s"
    );

    assert_eq!(look(&alfa, id).await.0.state, CampaignState::Draft);
    let first = alfa_store::contacts::get(db, ids[0]).await.unwrap();
    assert_eq!((first.stage, first.last_message_at), (FunnelStage::New, None));
    assert_eq!(
        alfa.world().counters().get("delivered"),
        None,
        "nobody was written to"
    );
    let left = std::fs::read_dir(&alfa.app.config.data_dir)
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with("rehearsal")
        });
    assert_eq!(left.count(), 0, "nothing is left of it");
    alfa.stop().await;
}

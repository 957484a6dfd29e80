//! The quick reads say the same as the ordinary ones.

use alfa_store::contacts::{self, Filter, Sort, tags};
use alfa_store::types::ContactSource;
use alfa_store::{ConnectionTrait, Page, Store, StoreError, UnixMillis, campaigns, messages, outreach};

use crate::contacts::profile;
use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_700_000_000_123);

/// Seven people; the second has everything that a person can have.
async fn filled(store: &Store) -> Vec<i64> {
    let tx = store.begin().await.unwrap();
    let mut ids = Vec::new();
    for number in 0..7 {
        let phone = format!("+7999000000{number}");
        let made = contacts::create(&tx, profile("Ёж", Some(&phone), None), ContactSource::Manual, NOW);
        ids.push(made.await.unwrap().id);
    }
    let full = format!(
        "UPDATE contacts SET first_name = 'Ё', last_name = 'Ж', username = 'hedgehog', telegram_user_id = 5, \
         profession = 'Врач', interests = 'Кино', age = 40, goal = 'g', notes = 'n', language = 'ru', \
         timezone = 'Europe/Moscow', source = 'upload', status = 'no_telegram', consent_basis = 'wrote_first', \
         opted_out_at = 1, stage = 'opted_out', stage_message_id = 2, last_outreach_at = 3, last_inbound_at = 4, \
         last_message_at = 5, extra = '{{\"a\":1}}', import_id = 6 WHERE id = {}",
        ids[1]
    );
    tx.execute_unprepared(&full).await.unwrap();
    tags::set(&tx, ids[1], &["vip".to_owned(), "а".to_owned()])
        .await
        .unwrap();
    tags::set(&tx, ids[5], &["vip".to_owned()]).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

#[test]
fn contacts_and_their_tags() {
    on_each(async |db| {
        let ids = filled(&db.store).await;
        let read = db.store.reader();
        for id in &ids {
            let (row, own) = contacts::get_with_tags(&db.store, *id).await.unwrap();
            assert_eq!(row, contacts::get(read, *id).await.unwrap());
            assert_eq!(own, tags::of(read, *id).await.unwrap());
        }
        let missing = contacts::get_with_tags(&db.store, ids[6] + 1).await;
        assert!(matches!(missing, Err(StoreError::NotFound("contact"))));
        for sort in ["id", "-id", "-name"].map(|word| Sort::parse(word).unwrap()) {
            let mut page = Page::first(3);
            let mut seen = 0;
            loop {
                let (found, own) = contacts::list_with_tags(&db.store, &Filter::default(), sort, &page)
                    .await
                    .unwrap();
                let ordinary = contacts::list(read, &Filter::default(), sort, &page)
                    .await
                    .unwrap();
                assert_eq!(found, ordinary);
                let shown: Vec<i64> = found.items.iter().map(|row| row.id).collect();
                assert_eq!(own, tags::of_many(read, &shown).await.unwrap());
                seen += shown.len();
                let Some(cursor) = found.next_cursor else { break };
                page.cursor = Some(cursor);
            }
            assert_eq!(seen, 7);
        }
        // What is written is seen by the very next read.
        let tx = db.store.begin().await.unwrap();
        contacts::delete(&tx, ids[0], NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert!(contacts::get_with_tags(&db.store, ids[0]).await.is_err());
    });
}

#[test]
fn histories_and_campaigns() {
    on_each(async |db| {
        let ids = filled(&db.store).await;
        let tx = db.store.begin().await.unwrap();
        tx.execute_unprepared(
            "INSERT INTO campaigns (id, name, description, product_id, templates, approval, state, state_reason, \
             scheduled_at, batch_size, delay_ms, started_at, completed_at, response_ms_sum, response_count, created_at, \
             updated_at) VALUES (1, 'К', 'd', 3, '[]', 'manual', 'paused', 'r', 1, 10, 2, 3, 4, 5, 6, 7, 8)",
        )
        .await
        .unwrap();
        tx.execute_unprepared(
            "INSERT INTO campaign_counters (campaign_id, kind, key, value) VALUES (1, 'state', 'sent', 5), \
             (1, 'sent_day', '2026-01-01', 5)",
        )
        .await
        .unwrap();
        for number in 1..=5 {
            let sql = format!(
                "INSERT INTO messages (account_id, contact_id, direction, telegram_message_id, text, state, \
                 campaign_id, outbox_id, author, labels, confidence, handled_at, handled_how, sent_at, read_at, \
                 edited_at, deleted_at) VALUES (1, {}, 'in', {number}, 'Да', 'received', 1, {number}, 'contact', \
                 '[\"interested\"]', 0.5, 1, 'replied', {}, 2, 3, 4)",
                ids[0],
                number / 2
            );
            tx.execute_unprepared(&sql).await.unwrap();
        }
        tx.commit().await.unwrap();
        let read = db.store.reader();
        for limit in [2, 4, 5, 6] {
            let mut page = Page::first(limit);
            loop {
                let (found, total) = messages::history_of(&db.store, ids[0], &page).await.unwrap();
                assert_eq!(found, messages::history(read, ids[0], &page).await.unwrap());
                assert_eq!(total, 5);
                let Some(cursor) = found.next_cursor else { break };
                page.cursor = Some(cursor);
            }
        }
        let silent = messages::history_of(&db.store, ids[1], &Page::default())
            .await
            .unwrap();
        assert_eq!((silent.0.items.len(), silent.1), (0, 0));
        let missing = messages::history_of(&db.store, ids[6] + 1, &Page::default()).await;
        assert!(matches!(missing, Err(StoreError::NotFound("contact"))));

        let (campaign, mut counters) = campaigns::get_with_counters(&db.store, 1).await.unwrap();
        assert_eq!(campaign, campaigns::get(read, 1).await.unwrap());
        let mut ordinary = outreach::counters::of_campaign(read, 1).await.unwrap();
        counters.sort();
        ordinary.sort();
        assert_eq!(counters, ordinary);
        assert_eq!(counters.len(), 2);
        let missing = campaigns::get_with_counters(&db.store, 2).await;
        assert!(matches!(missing, Err(StoreError::NotFound("campaign"))));
    });
}

#[test]
fn many_at_once_and_a_closed_store() {
    on_each(async |db| {
        let ids = filled(&db.store).await;
        let read = async |id| contacts::get_with_tags(&db.store, id).await.unwrap().0.id;
        for _ in 0..20 {
            for id in &ids {
                assert_eq!(read(*id).await, *id);
            }
        }
        db.store.close().await.unwrap();
        assert!(contacts::get_with_tags(&db.store, ids[0]).await.is_err());
    });
}

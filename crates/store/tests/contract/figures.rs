//! The queries behind the analytics page, the assistant's tools and the demo, on each database.

use alfa_store::ai::{self, NewAttempt};
use alfa_store::analytics::{self, AiUse, Brought, Moment, Scope};
use alfa_store::contacts::{consent, tags};
use alfa_store::crm::{bookings, seats};
use alfa_store::demo::{self, Kept};
use alfa_store::entity::campaign_contacts::Column;
use alfa_store::entity::{campaign_contacts, messages};
use alfa_store::outreach::react::{self, Handled};
use alfa_store::outreach::{campaign, receive};
use alfa_store::types::{BookingStatus, CounterKind, Environment, FunnelStage, MessageAuthor};
use alfa_store::{Tx, UnixMillis, accounts, assistant, campaigns};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::crm;
use crate::harness::on_each;
use crate::identity::{NOW, account, campaign_of, uploaded};

const HOUR_MS: i64 = 3_600_000;

fn scope(campaign_ids: Option<Vec<i64>>) -> Scope {
    Scope {
        from: UnixMillis(0),
        to: NOW.plus_ms(HOUR_MS),
        campaign_ids,
    }
}

/// Three people of a campaign: one was read and won, one answered and said stop, one only got it.
async fn three_people(tx: &Tx) -> (i64, Vec<i64>) {
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(uploaded(tx, &format!("+7999000000{number}")).await.id);
    }
    let account_id = account(tx).await;
    let id = campaign_of(tx, account_id, &[]).await;
    campaign::add_contacts(tx, id, &ids, |contact_id| i32::from(contact_id == ids[2]))
        .await
        .unwrap();
    let set = async |contact_id: i64, values: Vec<(Column, Expr)>| {
        let mut update = campaign_contacts::Entity::update_many().filter(Column::ContactId.eq(contact_id));
        for (column, value) in values {
            update = update.col_expr(column, value);
        }
        update.exec(tx).await.unwrap();
    };
    let at = |ms: i64| Expr::value(Some(NOW.plus_ms(ms)));
    for (number, contact_id) in ids.iter().enumerate() {
        set(*contact_id, vec![(Column::SentAt, at(number as i64))]).await;
    }
    let won = Expr::value(FunnelStage::Won);
    set(ids[0], vec![(Column::ReadAt, at(5)), (Column::Stage, won)]).await;
    set(
        ids[1],
        vec![(Column::RepliedAt, at(6)), (Column::OptedOut, Expr::value(true))],
    )
    .await;
    consent::opt_out(tx, ids[1], "contact", None, NOW.plus_ms(7))
        .await
        .unwrap();
    (id, ids)
}

async fn said(tx: &Tx, account_id: i64, contact_id: i64, labels: &str) {
    let message = receive::NewMessage {
        account_id,
        contact_id,
        telegram_message_id: contact_id,
        text: "Сколько стоит?",
        sent_at: NOW,
        author: MessageAuthor::Contact,
    };
    let id = receive::store_once(tx, &message).await.unwrap().unwrap();
    let handled = Handled {
        labels: Some(labels),
        confidence: Some(0.9),
        how: "answered",
        at: NOW,
    };
    assert_eq!(react::mark_handled(tx, &[id], &handled).await.unwrap(), 1);
}

#[test]
fn what_campaigns_brought_is_counted() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, ids) = three_people(&tx).await;
        let all = scope(None);
        for (what, count) in [
            (Moment::Sent, 3),
            (Moment::Read, 1),
            (Moment::Replied, 1),
            (Moment::OptedOut, 1),
        ] {
            for scope in [&all, &scope(Some(vec![id]))] {
                let slots = analytics::by_slot(&tx, scope, what).await.unwrap();
                assert_eq!(
                    slots.iter().map(|(_, count)| count).sum::<i64>(),
                    count,
                    "{what:?}"
                );
            }
        }
        let elsewhere = scope(Some(vec![id + 1]));
        assert_eq!(
            analytics::by_slot(&tx, &elsewhere, Moment::OptedOut)
                .await
                .unwrap(),
            []
        );
        let mut brought = analytics::brought(&tx, &all).await.unwrap();
        brought.sort_by_key(|part| part.variant);
        let part = |variant, sent| Brought {
            campaign_id: id,
            variant,
            sent,
            ..Brought::default()
        };
        let first = Brought {
            read: 1,
            replied: 1,
            opted_out: 1,
            applied: 1,
            won: 1,
            ..part(0, 2)
        };
        assert_eq!(brought, [first, part(1, 1)]);
        let stages = analytics::by_stage(&tx, &all).await.unwrap();
        let won = stages.iter().find(|(stage, _)| *stage == FunnelStage::Won);
        assert_eq!(won, Some(&(FunnelStage::Won, 1)));
        let account_id = account(&tx).await;
        for (contact_id, labels) in ids.iter().zip(["[\"price\"]", "[\"price\"]", "[\"refusal\"]"]) {
            said(&tx, account_id, *contact_id, labels).await;
        }
        let mut labels = analytics::by_labels(&tx, &all).await.unwrap();
        labels.sort();
        let expected = [("[\"price\"]".to_owned(), 2), ("[\"refusal\"]".to_owned(), 1)];
        assert_eq!(labels, expected);
        let mut same = assistant::labels(&tx, UnixMillis(0), NOW.plus_ms(1))
            .await
            .unwrap();
        same.sort();
        assert_eq!(same, expected);
        let inbound = messages::Entity::find().count(&tx).await.unwrap();
        assert_eq!(inbound, 3);
    });
}

#[test]
fn what_the_providers_did_is_added_up() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        for (outcome, tokens) in [("ok", Some(10)), ("ok", Some(20)), ("timeout", None)] {
            let attempt = NewAttempt {
                purpose: "outreach",
                provider: "groq",
                model: "small".to_owned(),
                outcome,
                http_status: None,
                first_token_ms: None,
                total_ms: 100,
                prompt_tokens: tokens,
                completion_tokens: tokens,
                cost_micros: tokens,
                detail: None,
                at: NOW,
            };
            ai::record_attempts(&tx, vec![attempt]).await.unwrap();
        }
        let used = analytics::ai_use(&tx, (UnixMillis(0), NOW.plus_ms(1)), "ok")
            .await
            .unwrap();
        let expected = AiUse {
            provider: "groq".to_owned(),
            purpose: "outreach".to_owned(),
            attempts: 3,
            failures: 1,
            prompt_tokens: 30,
            completion_tokens: 30,
            cost_micros: 30,
            total_ms: 300,
        };
        assert_eq!(used, [expected]);
        let before = analytics::ai_use(&tx, (UnixMillis(0), NOW), "ok").await.unwrap();
        assert_eq!(before, []);
    });
}

#[test]
fn the_assistant_s_questions_are_answered() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let ann = crm::client(&tx, "Анна Ёлкина").await;
        let namesake = crm::client(&tx, "анна елкина").await;
        let boris = crm::client(&tx, "Борис").await;
        let days = (crm::TODAY, crm::TODAY);
        assert_eq!(
            assistant::clients_by_source(&tx, Some(days)).await.unwrap(),
            [(Some("instagram".to_owned()), 3)]
        );
        let later = (crm::TODAY.plus(1), crm::TODAY.plus(2));
        assert_eq!(assistant::clients_by_source(&tx, Some(later)).await.unwrap(), []);
        let doubles = assistant::duplicate_names(&tx, 10).await.unwrap();
        assert_eq!(doubles.len(), 1);
        assert_eq!(doubles[0].1, 2);
        let named = assistant::clients_named(&tx, &["елкин".to_owned(), "анн".to_owned()], 10)
            .await
            .unwrap();
        let named: Vec<i64> = named.iter().map(|(card, _)| card.id).collect();
        assert_eq!(named, [ann.id, namesake.id]);
        assert_eq!(
            assistant::clients_named(&tx, &["%".to_owned()], 10)
                .await
                .unwrap()
                .len(),
            0
        );
        assert_eq!(assistant::opted_out(&tx).await.unwrap(), 0);
        consent::opt_out(&tx, boris.contact_id, "contact", None, NOW)
            .await
            .unwrap();
        assert_eq!(assistant::opted_out(&tx).await.unwrap(), 1);
        let yoga = crm::service(&tx, "Йога").await;
        let session = crm::session(&tx, yoga.id, 2).await;
        let free = async |service_id| {
            let found = assistant::sessions_with_seats(&tx, crm::NOW, days, (service_id, None, None), 10)
                .await
                .unwrap();
            found.len()
        };
        assert_eq!(
            (
                free(None).await,
                free(Some(yoga.id)).await,
                free(Some(yoga.id + 1)).await
            ),
            (1, 1, 0)
        );
        for card in [&ann, &namesake] {
            assert!(seats::take(&tx, session.id).await.unwrap());
            bookings::create(&tx, bookings::in_session(&session, card.id, "test", crm::NOW))
                .await
                .unwrap();
        }
        assert_eq!(free(None).await, 0, "every seat is taken");
        let most = assistant::clients_by_bookings(&tx, BookingStatus::Booked, days, 1)
            .await
            .unwrap();
        assert_eq!(most, [(ann.id, 1)]);
        let account_id = account(&tx).await;
        receive::touch_dialog(&tx, (account_id, ann.contact_id), NOW, None)
            .await
            .unwrap();
        said(&tx, account_id, ann.contact_id, "[]").await;
        let mut moves = alfa_store::outreach::counters::Moves::new();
        receive::count_reply(&tx, ann.contact_id, None, (1, NOW), &mut moves)
            .await
            .unwrap();
        let (waiting, total) = assistant::waiting_for_answer(&tx, 10).await.unwrap();
        assert_eq!(
            (waiting.iter().map(|row| row.id).collect::<Vec<_>>(), total),
            (vec![ann.contact_id], 1)
        );
    });
}

#[test]
fn the_demo_goes_and_leaves_what_is_not_its_own() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let own = crm::client(&tx, "Анна").await;
        let yoga = crm::service(&tx, "Йога").await;
        let demo_card = crm::client(&tx, "Борис").await;
        tags::add_many(&tx, &[(demo_card.contact_id, demo::MARK)])
            .await
            .unwrap();
        let dance = crm::service(&tx, "Танцы").await;
        let hall = crm::place(&tx, "Зал").await;
        let vera = crm::trainer(&tx, "Вера").await;
        let mut row = crm::session_row(dance.id, 3);
        row.created_by = demo::MARK.to_owned();
        let session = alfa_store::crm::sessions::create(&tx, row).await.unwrap();
        bookings::create(
            &tx,
            bookings::in_session(&session, demo_card.id, demo::MARK, crm::NOW),
        )
        .await
        .unwrap();
        let demo_account = accounts::create(&tx, "Демо", Environment::Demo, None, crm::NOW)
            .await
            .unwrap();
        let campaign = demo_campaign(&tx, demo_account, demo_card.contact_id).await;
        let kept = Kept {
            services: vec![dance.id],
            staff: vec![vera.id],
            places: vec![hall.id],
            accounts: vec![demo_account],
            campaigns: vec![campaign],
        };
        assert!(demo::present(&tx).await.unwrap().is_none());
        demo::note(&tx, &kept).await.unwrap();
        let noted = demo::present(&tx).await.unwrap().unwrap();
        assert_eq!(noted, kept);
        demo::remove(&tx, &noted).await.unwrap();
        assert!(demo::present(&tx).await.unwrap().is_none());
        let left = alfa_store::crm::clients::get_many(&tx, &[own.id, demo_card.id])
            .await
            .unwrap();
        assert_eq!(left.iter().map(|card| card.id).collect::<Vec<_>>(), [own.id]);
        assert!(
            alfa_store::contacts::find(&tx, demo_card.contact_id)
                .await
                .unwrap()
                .is_none()
        );
        assert!(accounts::get(&tx, demo_account).await.is_err());
        assert!(campaigns::get(&tx, campaign).await.is_err());
        assert!(alfa_store::crm::services::get(&tx, yoga.id).await.is_ok());
        assert!(alfa_store::crm::services::get(&tx, dance.id).await.is_err());
        assert!(alfa_store::crm::places::get(&tx, hall.id).await.is_err());
        assert!(alfa_store::crm::staff::get(&tx, vera.id).await.is_err());
    });
}

/// A campaign in which the person answered and wants what was offered.
async fn demo_campaign(tx: &Tx, account_id: i64, contact_id: i64) -> i64 {
    let line = |author, text: &str, minute: i64| demo::outreach::Line {
        author,
        text: text.to_owned(),
        at: crm::NOW.plus_ms(minute * 60_000),
        labels: None,
    };
    let past = demo::outreach::Past {
        name: "Осень".to_owned(),
        description: "Демо".to_owned(),
        templates: vec!["Здравствуйте!".to_owned()],
        started_at: crm::NOW,
        completed_at: crm::NOW,
    };
    let talk = demo::outreach::Talk {
        contact_id,
        variant: 0,
        day: "2026-10-01".to_owned(),
        lines: vec![
            line(MessageAuthor::Ai, "Здравствуйте!", 0),
            line(MessageAuthor::Contact, "Интересно", 5),
        ],
        read_at: Some(crm::NOW.plus_ms(60_000)),
        stages: vec![
            (FunnelStage::Contacted, crm::NOW),
            (FunnelStage::Interested, crm::NOW.plus_ms(300_000)),
        ],
    };
    let id = demo::outreach::campaign(tx, account_id, &past, &[talk])
        .await
        .unwrap();
    let counted = campaigns::counters(tx, id).await.unwrap();
    let value = |kind, key: &str| {
        let found = counted.iter().find(|row| row.kind == kind && row.key == key);
        found.map_or(0, |row| row.value)
    };
    for (kind, key, expected) in [
        (CounterKind::State, "sent", 1),
        (CounterKind::State, "read", 1),
        (CounterKind::State, "replied", 1),
        (CounterKind::Stage, "new", 0),
        (CounterKind::Stage, "interested", 1),
        (CounterKind::SentDay, "2026-10-01", 1),
    ] {
        assert_eq!(value(kind, key), expected, "{key}");
    }
    let contact = alfa_store::contacts::get(tx, contact_id).await.unwrap();
    assert_eq!(contact.stage, FunnelStage::Interested);
    id
}

//! Follow-ups on silence, variants, the history of stages, and the people of a campaign.

use alfa_store::entity::{contacts as contact, outbox};
use alfa_store::outreach::audience::{self, Filter};
use alfa_store::outreach::campaign::{self, NewCampaign};
use alfa_store::outreach::counters::{self, Moves};
use alfa_store::outreach::deliver::{self, Sent};
use alfa_store::outreach::follow_ups::{self, Step};
use alfa_store::outreach::plan::{self, NewMessage};
use alfa_store::outreach::{opt_out, receipts, receive, stages, together};
use alfa_store::types::{
    Approval, CampaignContactState, ConsentBasis, ContactSource, CounterKind, Environment, FunnelStage,
    MessageAuthor, OutboxKind, OutboxState,
};
use alfa_store::{Page, Tx, UnixMillis, accounts, contacts};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::contacts::profile;
use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);
const DAY_MS: i64 = 86_400_000;

/// A campaign with two steps, whose first messages are being sent to four people.
async fn sending(tx: &Tx) -> (i64, Vec<outbox::Model>) {
    let account = accounts::create(tx, "main", Environment::Sandbox, None, NOW)
        .await
        .unwrap();
    let new = NewCampaign {
        name: "К".to_owned(),
        description: None,
        product_id: Some(3),
        templates: None,
        approval: Approval::Auto,
        scheduled_at: None,
        batch_size: None,
        delay_ms: None,
    };
    let id = campaign::create(tx, new, NOW).await.unwrap().id;
    let steps = [DAY_MS, 2 * DAY_MS].map(|after_ms| Step {
        after_ms,
        template: None,
    });
    follow_ups::set_steps(tx, id, &steps[..1]).await.unwrap();
    follow_ups::set_steps(tx, id, &steps).await.unwrap();
    let mut ids = Vec::new();
    for number in 0..4 {
        let phone = format!("+7999000000{number}");
        let made = contacts::create(tx, profile("Ёж", Some(&phone), None), ContactSource::Manual, NOW);
        ids.push(made.await.unwrap().id);
    }
    campaign::add_contacts(tx, id, &ids[..2], |contact| (contact % 2) as i32)
        .await
        .unwrap();
    campaign::add_contacts(tx, id, &ids, |contact| (contact % 2) as i32)
        .await
        .unwrap();
    let message = |contact_id: &i64| NewMessage {
        account_id: account,
        contact_id: *contact_id,
        campaign_id: Some(id),
        dialog_step: 0,
        kind: OutboxKind::FirstMessage,
        text: Some("Здравствуйте".to_owned()),
        facts: None,
        random_id: *contact_id,
        state: OutboxState::Sending,
        not_before: NOW,
        allowed_because: "test".to_owned(),
        in_reply_to: None,
    };
    let mut moves = Moves::new();
    let rows = ids.iter().map(message).collect();
    plan::enqueue_first(tx, id, rows, &mut moves, NOW).await.unwrap();
    moves.apply(tx).await.unwrap();
    let rows = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(id))
        .order_by_asc(outbox::Column::Id);
    (id, rows.all(tx).await.unwrap())
}

fn sent(row: &outbox::Model) -> Sent<'_> {
    Sent {
        row,
        telegram_message_id: Some(row.id + 50),
        at: NOW,
        author: MessageAuthor::Ai,
        product_id: Some(3),
        day: "1970-01-01",
    }
}

/// The first two were sent together, the others one by one.
async fn all_sent(tx: &Tx) -> (i64, Vec<outbox::Model>) {
    let (id, rows) = sending(tx).await;
    let mut moves = Moves::new();
    let two: Vec<Sent<'_>> = rows[..2].iter().map(sent).collect();
    together::record_sent(tx, &two, &mut moves)
        .await
        .unwrap()
        .unwrap();
    for row in &rows[2..] {
        deliver::record_sent(tx, &sent(row), &mut moves)
            .await
            .unwrap()
            .unwrap();
    }
    moves.apply(tx).await.unwrap();
    (id, rows)
}

async fn counted(tx: &Tx, id: i64, kind: CounterKind) -> Vec<(String, i64)> {
    let mut found: Vec<(String, i64)> = counters::of_campaign(tx, id)
        .await
        .unwrap()
        .into_iter()
        .filter(|(of, ..)| *of == kind)
        .map(|(_, key, value)| (key, value))
        .collect();
    found.sort();
    found
}

fn both(first: i64, second: i64) -> Vec<(String, i64)> {
    vec![("0".to_owned(), first), ("1".to_owned(), second)]
}

#[test]
fn a_first_message_begins_the_wait_and_an_answer_ends_it() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, rows) = all_sent(&tx).await;
        assert_eq!(
            follow_ups::next_due(&tx).await.unwrap(),
            Some(NOW.plus_ms(DAY_MS))
        );
        let due = follow_ups::due(&tx, NOW.plus_ms(DAY_MS), 10).await.unwrap();
        assert_eq!(due.len(), 4);
        assert!(follow_ups::due(&tx, NOW, 10).await.unwrap().is_empty());
        assert!(!campaign::nobody_left(&tx, id).await.unwrap(), "somebody waits");

        let later = NOW.plus_ms(3 * DAY_MS);
        assert!(follow_ups::wait(&tx, &due[0], 2, later).await.unwrap());
        assert!(
            !follow_ups::wait(&tx, &due[0], 2, later).await.unwrap(),
            "as it was read"
        );
        assert!(!follow_ups::end(&tx, &due[0], "done").await.unwrap());

        let mut moves = Moves::new();
        let answered = (7, NOW.plus_ms(5));
        receive::count_reply(&tx, rows[1].contact_id, Some(id), answered, &mut moves)
            .await
            .unwrap();
        opt_out::apply(&tx, rows[2].contact_id, &mut moves, NOW)
            .await
            .unwrap();
        assert!(follow_ups::end(&tx, &due[3], "done").await.unwrap());
        let people: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let mut waits = follow_ups::of_contacts(&tx, id, &people).await.unwrap();
        waits.sort_by_key(|wait| wait.contact_id);
        let told: Vec<_> = waits
            .iter()
            .map(|wait| (wait.step, wait.ended.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (2, None),
                (1, Some("replied")),
                (1, Some("opted_out")),
                (1, Some("done"))
            ]
        );
        follow_ups::cancel_of_campaign(&tx, id, "campaign_cancelled")
            .await
            .unwrap();
        assert!(campaign::nobody_left(&tx, id).await.unwrap());
    });
}

#[test]
fn a_follow_up_on_silence_is_told_from_an_answer() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, rows) = all_sent(&tx).await;
        let mut made = Vec::new();
        for (step, in_reply_to) in [(1, None), (2, Some(5))] {
            let message = NewMessage {
                account_id: rows[0].account_id,
                contact_id: rows[0].contact_id,
                campaign_id: Some(id),
                dialog_step: step,
                kind: OutboxKind::FollowUp,
                text: Some("Ещё раз".to_owned()),
                facts: None,
                random_id: 100 + i64::from(step),
                state: OutboxState::Queued,
                not_before: NOW.plus_ms(i64::from(step)),
                allowed_because: "test".to_owned(),
                in_reply_to,
            };
            made.push(plan::enqueue(&tx, message, NOW).await.unwrap());
        }
        let wait = &follow_ups::of_contacts(&tx, id, &[rows[0].contact_id])
            .await
            .unwrap()[0];
        let own = follow_ups::message_of(&tx, wait).await.unwrap().unwrap();
        assert_eq!(own.id, made[0].id);
        let paced = follow_ups::paced(&tx, own.account_id, UnixMillis(0), 10)
            .await
            .unwrap();
        assert_eq!(paced, [(NOW.plus_ms(1), 101)]);
        let due = async |asked_only| {
            let rows = alfa_store::outreach::lane::due_in_dialogs(
                &tx,
                own.account_id,
                NOW.plus_ms(9),
                9,
                asked_only,
            );
            let rows = rows.await.unwrap();
            rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(due(true).await, [made[1].id]);
        assert_eq!(due(false).await, [made[0].id, made[1].id]);
        follow_ups::cancel_of_contact(&tx, own.contact_id, "stage_moved")
            .await
            .unwrap();
        assert_eq!(due(false).await, [made[1].id]);
    });
}

#[test]
fn variants_are_counted_where_they_move() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, rows) = all_sent(&tx).await;
        assert_eq!(counted(&tx, id, CounterKind::VariantTotal).await, both(2, 2));
        assert_eq!(counted(&tx, id, CounterKind::VariantSent).await, both(2, 2));
        let mut moves = Moves::new();
        let person = rows[0].contact_id;
        let variant = person % 2;
        let key = (rows[0].account_id, person);
        for _ in 0..2 {
            receipts::read_by_contact(&tx, key, 1_000, NOW, &mut moves)
                .await
                .unwrap();
            receive::count_reply(&tx, person, Some(id), (7, NOW), &mut moves)
                .await
                .unwrap();
            opt_out::apply(&tx, person, &mut moves, NOW).await.unwrap();
        }
        moves.apply(&tx).await.unwrap();
        for kind in [
            CounterKind::VariantRead,
            CounterKind::VariantReplied,
            CounterKind::VariantOptedOut,
        ] {
            assert_eq!(counted(&tx, id, kind).await, [(variant.to_string(), 1)], "{kind}");
        }
    });
}

#[test]
fn each_move_in_the_funnel_is_kept() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, rows) = all_sent(&tx).await;
        let person = rows[0].contact_id;
        let cause = |by| stages::Cause {
            message_id: Some(9),
            reason: Some("price"),
            by,
            at: NOW,
        };
        let read = contact::Entity::find_by_id(person)
            .one(&tx)
            .await
            .unwrap()
            .unwrap();
        let to = FunnelStage::Lost;
        let mut moves = Moves::new();
        let from = [FunnelStage::Contacted];
        assert!(
            stages::move_by_hand(&tx, &read, to, (Some(id), &from), &cause("olga"), &mut moves)
                .await
                .unwrap()
        );
        assert!(
            !stages::move_by_hand(&tx, &read, to, (Some(id), &from), &cause("olga"), &mut moves)
                .await
                .unwrap(),
            "it is not where it was read any more"
        );
        moves.apply(&tx).await.unwrap();
        let expected = [
            ("contacted".to_owned(), 3),
            ("lost".to_owned(), 1),
            ("new".to_owned(), 0),
        ];
        assert_eq!(counted(&tx, id, CounterKind::Stage).await, expected);
        let moves = stages::history(&tx, person, &Page::first(1)).await.unwrap();
        assert_eq!(stages::total(&tx, person).await.unwrap(), 2);
        let newest = &moves.items[0];
        assert_eq!(
            (
                newest.from_stage,
                newest.to_stage,
                newest.reason.as_deref(),
                newest.message_id
            ),
            (FunnelStage::Contacted, to, Some("price"), Some(9))
        );
        let page = Page {
            cursor: moves.next_cursor,
            ..Page::first(1)
        };
        let oldest = stages::history(&tx, person, &page).await.unwrap().items;
        assert_eq!(
            (oldest[0].from_stage, oldest[0].moved_by.as_str()),
            (FunnelStage::New, "alfa")
        );
        assert!(oldest[0].message_id.is_some());
    });
}

#[test]
fn the_people_of_a_campaign_page_by_contact_and_wait_by_account() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (id, rows) = sending(&tx).await;
        let waiting = audience::waiting_by_account(&tx, &[id]).await.unwrap();
        assert_eq!(waiting, [(id, rows[0].account_id, 4)]);
        let mut moves = Moves::new();
        deliver::record_sent(&tx, &sent(&rows[0]), &mut moves)
            .await
            .unwrap()
            .unwrap();
        let queued = Filter {
            state: Some(CampaignContactState::Queued),
            ..Filter::default()
        };
        assert_eq!(audience::total(&tx, id, &queued).await.unwrap(), 3);
        let first = audience::list(&tx, id, &queued, &Page::first(2)).await.unwrap();
        let page = Page {
            cursor: first.next_cursor.clone(),
            ..Page::first(2)
        };
        let rest = audience::list(&tx, id, &queued, &page).await.unwrap();
        let listed: Vec<i64> = first
            .items
            .iter()
            .chain(&rest.items)
            .map(|row| row.contact_id)
            .collect();
        let expected: Vec<i64> = rows[1..].iter().map(|row| row.contact_id).collect();
        assert_eq!((listed, rest.next_cursor), (expected, None));
        let variant = Filter {
            variant: Some(1),
            ..Filter::default()
        };
        assert_eq!(audience::total(&tx, id, &variant).await.unwrap(), 2);
    });
}

#[test]
fn only_people_who_may_be_written_to_are_reachable() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let new = NewCampaign {
            name: "К".to_owned(),
            description: None,
            product_id: None,
            templates: None,
            approval: Approval::Auto,
            scheduled_at: None,
            batch_size: None,
            delay_ms: None,
        };
        let id = campaign::create(&tx, new, NOW).await.unwrap().id;
        let mut ids = Vec::new();
        for number in 0..4 {
            let phone = format!("+7999000000{number}");
            let made = contacts::create(&tx, profile("Ёж", Some(&phone), None), ContactSource::Manual, NOW);
            ids.push(made.await.unwrap().id);
        }
        campaign::add_contacts(&tx, id, &ids, |_| 0).await.unwrap();
        let grant = contacts::consent::Grant {
            basis: ConsentBasis::OptInForm,
            evidence: None,
            recorded_by: "test".to_owned(),
            wording: None,
        };
        for contact in &ids[..3] {
            contacts::consent::grant(&tx, *contact, &grant, NOW)
                .await
                .unwrap();
        }
        contacts::note_outbound(&tx, ids[1], NOW.plus_ms(-5))
            .await
            .unwrap();
        contacts::consent::opt_out(&tx, ids[2], "test", None, NOW)
            .await
            .unwrap();
        let found = audience::reachable(&tx, id, NOW.plus_ms(-10), 10).await.unwrap();
        assert_eq!(found, [ids[0]]);
        let found = audience::reachable(&tx, id, NOW, 10).await.unwrap();
        assert_eq!(found, ids[..2]);
        assert_eq!(audience::reachable(&tx, id, NOW, 1).await.unwrap().len(), 1);
    });
}

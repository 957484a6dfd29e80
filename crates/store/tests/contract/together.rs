//! A batch of first messages comes out as if each had been recorded by itself.

use alfa_store::entity::{contacts as contact, dialogs, messages, outbox};
use alfa_store::outreach::campaign::{self, NewCampaign};
use alfa_store::outreach::counters::{self, Moves};
use alfa_store::outreach::deliver::{self, Sent};
use alfa_store::outreach::lane::Lease;
use alfa_store::outreach::plan::{self, NewMessage};
use alfa_store::outreach::prepare::KnownPeer;
use alfa_store::outreach::together::{self, Written};
use alfa_store::types::{Approval, ContactSource, Environment, MessageAuthor, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};
use alfa_store::{accounts, contacts};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::contacts::profile;
use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);
const ACCOUNT: i64 = 1;
const LEASE: Lease<'_> = Lease {
    owner: "node",
    until: UnixMillis(2_000_000),
};

async fn account(tx: &Tx) {
    let id = accounts::create(tx, "main", Environment::Sandbox, None, NOW)
        .await
        .unwrap();
    assert_eq!(id, ACCOUNT, "the first of a fresh database");
}

/// A campaign whose first messages wait to be sent to three new people.
async fn queued(tx: &Tx, seed: i64) -> (i64, Vec<outbox::Model>) {
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
    let campaign_id = campaign::create(tx, new, NOW).await.unwrap().id;
    let mut ids = Vec::new();
    for number in 0..3 {
        let phone = format!("+7999000{seed}00{number}");
        let made = contacts::create(tx, profile("Ёж", Some(&phone), None), ContactSource::Manual, NOW);
        ids.push(made.await.unwrap().id);
    }
    campaign::add_contacts(tx, campaign_id, &ids, |_| 0)
        .await
        .unwrap();
    let message = |(number, contact_id): (i64, &i64)| NewMessage {
        account_id: ACCOUNT,
        contact_id: *contact_id,
        campaign_id: Some(campaign_id),
        dialog_step: 0,
        kind: OutboxKind::FirstMessage,
        text: None,
        facts: None,
        random_id: seed * 100 + number,
        state: OutboxState::Queued,
        not_before: NOW,
        allowed_because: "test".to_owned(),
        in_reply_to: None,
    };
    let mut moves = Moves::new();
    let rows = (0..).zip(&ids).map(message).collect();
    plan::enqueue_first(tx, campaign_id, rows, &mut moves, NOW)
        .await
        .unwrap();
    moves.apply(tx).await.unwrap();
    let peers: Vec<KnownPeer> = ids
        .iter()
        .map(|&contact_id| KnownPeer {
            contact_id,
            telegram_user_id: contact_id + 700,
            access_hash: 9,
        })
        .collect();
    together::remember_peers(tx, ACCOUNT, &peers).await.unwrap();
    together::identify(tx, &peers).await.unwrap();
    (campaign_id, rows_of(tx, campaign_id).await)
}

async fn rows_of(tx: &Tx, campaign_id: i64) -> Vec<outbox::Model> {
    outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .order_by_asc(outbox::Column::Id)
        .all(tx)
        .await
        .unwrap()
}

fn sent<'a>(rows: &'a [outbox::Model]) -> Vec<Sent<'a>> {
    let one = |(number, row): (i64, &'a outbox::Model)| Sent {
        row,
        telegram_message_id: Some(50 + number),
        at: NOW.plus_ms(number / 2 * 1_000),
        author: MessageAuthor::Ai,
        product_id: Some(3),
        day: "1970-01-01",
    };
    (0..).zip(rows).map(one).collect()
}

async fn write_and_lease(tx: &Tx, campaign_id: i64, rows: &[outbox::Model]) -> Vec<outbox::Model> {
    let written: Vec<Written> = rows
        .iter()
        .map(|row| Written {
            outbox_id: row.id,
            text: format!("Здравствуйте {}", row.random_id % 100),
            facts: (row.random_id % 2 == 0).then(|| "[]".to_owned()),
            state: row.state,
        })
        .collect();
    together::set_texts(tx, &written).await.unwrap();
    let people: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
    assert!(together::claim_outreach(tx, &people, NOW, 1_000).await.unwrap());
    let rows: Vec<&outbox::Model> = rows.iter().collect();
    assert!(together::lease(tx, &rows, LEASE).await.unwrap());
    rows_of(tx, campaign_id).await
}

/// What there is now of a campaign and its people, without what differs between two campaigns.
async fn picture(tx: &Tx, campaign_id: i64) -> String {
    let mut text = String::new();
    for row in rows_of(tx, campaign_id).await {
        let contact = contact::Entity::find_by_id(row.contact_id)
            .one(tx)
            .await
            .unwrap()
            .unwrap();
        let message = messages::Entity::find().filter(messages::Column::OutboxId.eq(row.id));
        let message = message.one(tx).await.unwrap().unwrap();
        let dialog = dialogs::Entity::find().filter(dialogs::Column::ContactId.eq(row.contact_id));
        let dialog = dialog.one(tx).await.unwrap().unwrap();
        assert_eq!(contact.stage_message_id, Some(message.id));
        assert_eq!(contact.telegram_user_id, Some(contact.id + 700));
        assert_eq!(dialog.campaign_id, Some(campaign_id));
        text += &format!(
            "{:?} {:?} {:?} {:?} {:?} {} | {:?} {:?} {:?} | {:?} {:?} {:?} {:?} {:?} | {:?} {:?} {:?} {}\n",
            (row.state, row.lease_owner, row.lease_until),
            row.sent_at,
            row.telegram_message_id,
            row.text,
            row.facts,
            row.attempts,
            contact.stage,
            contact.last_message_at,
            contact.last_outreach_at,
            (message.state, message.author, message.direction),
            message.telegram_message_id,
            message.sent_at,
            message.text,
            (message.account_id, message.contact_id == row.contact_id),
            (dialog.owner, dialog.product_id),
            dialog.last_message_at,
            dialog.closed_at,
            dialog.unanswered_ai,
        );
    }
    let mut counted = counters::of_campaign(tx, campaign_id).await.unwrap();
    counted.sort();
    text + &format!("{counted:?}")
}

#[test]
fn a_batch_comes_out_as_its_messages_one_by_one() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        account(&tx).await;
        let (first, rows) = queued(&tx, 1).await;
        let rows = write_and_lease(&tx, first, &rows).await;
        let mut moves = Moves::new();
        let ids = together::record_sent(&tx, &sent(&rows), &mut moves)
            .await
            .unwrap()
            .unwrap();
        moves.apply(&tx).await.unwrap();
        for (row, id) in rows.iter().zip(ids) {
            let message = messages::Entity::find_by_id(id).one(&tx).await.unwrap().unwrap();
            assert_eq!(message.outbox_id, Some(row.id));
        }

        let (second, rows) = queued(&tx, 2).await;
        let rows = write_and_lease(&tx, second, &rows).await;
        let mut moves = Moves::new();
        for one in sent(&rows) {
            deliver::record_sent(&tx, &one, &mut moves)
                .await
                .unwrap()
                .unwrap();
        }
        moves.apply(&tx).await.unwrap();
        let (together, apart) = (picture(&tx, first).await, picture(&tx, second).await);
        assert_eq!(together, apart);
        assert!(together.contains("\"delivered\", 3"), "{together}");
    });
}

#[test]
fn a_batch_that_is_not_as_it_was_read_is_refused() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        account(&tx).await;
        let (campaign_id, rows) = queued(&tx, 1).await;
        let people: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let leased = write_and_lease(&tx, campaign_id, &rows).await;
        assert!(
            !together::claim_outreach(&tx, &people, NOW, 1_000).await.unwrap(),
            "claimed already"
        );
        let stale: Vec<&outbox::Model> = rows.iter().collect();
        assert!(
            !together::lease(&tx, &stale, LEASE).await.unwrap(),
            "leased already"
        );
        let all = sent(&leased);
        let mut moves = Moves::new();
        deliver::record_sent(&tx, &all[1], &mut moves)
            .await
            .unwrap()
            .unwrap();
        assert!(
            together::record_sent(&tx, &all, &mut moves)
                .await
                .unwrap()
                .is_none(),
            "one of them was recorded already"
        );
    });
}

//! What an administrator sets, what a change of many contacts changed, and campaigns that never began.

use alfa_store::contacts::bulk;
use alfa_store::entity::outbox;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{NotSent, record_not_sent};
use alfa_store::outreach::{campaign, lane};
use alfa_store::types::{CampaignState, OutboxState};
use alfa_store::{contacts, settings};
use sea_orm::EntityTrait;

use crate::harness::on_each;
use crate::identity::{NOW, account, campaign_of, uploaded};

#[test]
fn a_setting_is_replaced_by_the_next() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        assert_eq!(settings::get(&tx, "policy").await.unwrap(), None);
        for value in ["{}", "{\"a\":1}"] {
            settings::put(&tx, "policy", value, NOW).await.unwrap();
        }
        settings::put(&tx, "other", "7", NOW).await.unwrap();
        assert_eq!(
            settings::get(&tx, "policy").await.unwrap().as_deref(),
            Some("{\"a\":1}")
        );
    });
}

#[test]
fn what_a_job_changed_is_kept_by_contact_and_forgotten_in_time() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let mut ids = Vec::new();
        for number in 1..=3 {
            let row = uploaded(&tx, &format!("+7999000000{number}")).await;
            bulk::note(&tx, (7, row.id), "{}", NOW.plus_ms(number))
                .await
                .unwrap();
            ids.push(row.id);
        }
        bulk::note(&tx, (8, ids[0]), "{}", NOW).await.unwrap();
        let found = bulk::after(&tx, 7, ids[0], 10).await.unwrap();
        let found: Vec<i64> = found.iter().map(|row| row.contact_id).collect();
        assert_eq!(found, ids[1..]);
        assert_eq!(bulk::left(&tx, 7, 0).await.unwrap(), 3);
        contacts::delete(&tx, ids[2], NOW).await.unwrap();
        assert_eq!(
            bulk::left(&tx, 7, 0).await.unwrap(),
            2,
            "nothing is kept of who is gone"
        );
        assert_eq!(bulk::trim(&tx, NOW.plus_ms(2), 10).await.unwrap(), 2);
        assert_eq!(bulk::left(&tx, 7, 0).await.unwrap(), 1);
    });
}

#[test]
fn only_a_draft_is_deleted_with_its_audience() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = uploaded(&tx, "+79990000001").await;
        let draft = campaign_of(&tx, account_id, &[]).await;
        campaign::add_contacts(&tx, draft, &[ann.id], |_| 0)
            .await
            .unwrap();
        let running = campaign_of(&tx, account_id, &[]).await;
        let step = (CampaignState::Draft, CampaignState::Running);
        assert!(campaign::move_state(&tx, running, step, None, NOW).await.unwrap());
        assert!(campaign::delete_draft(&tx, draft).await.unwrap());
        assert!(!campaign::delete_draft(&tx, draft).await.unwrap());
        assert!(!campaign::delete_draft(&tx, running).await.unwrap());
        assert!(campaign::get(&tx, draft).await.unwrap().is_none());
        assert!(campaign::get(&tx, running).await.unwrap().is_some());
    });
}

#[test]
fn what_was_put_off_for_a_reason_is_asked_anew() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = uploaded(&tx, "+79990000001").await;
        campaign_of(&tx, account_id, &[ann.id]).await;
        let read = async || outbox::Entity::find().one(&tx).await.unwrap().unwrap();
        let until = NOW.plus_ms(1_000);
        let outcome = NotSent::Deferred {
            until,
            reason: "quiet_hours",
        };
        let row = read().await;
        assert!(
            record_not_sent(&tx, &row, row.state, &outcome, &mut Moves::new())
                .await
                .unwrap()
        );
        assert_eq!(lane::ask_anew(&tx, &["other"], NOW).await.unwrap(), 0);
        assert_eq!(read().await.not_before, until);
        assert_eq!(lane::ask_anew(&tx, &["quiet_hours"], NOW).await.unwrap(), 1);
        let row = read().await;
        assert_eq!((row.state, row.not_before), (OutboxState::Deferred, NOW));
    });
}

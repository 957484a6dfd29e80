//! Two contacts that a person of the team makes one, and who is likely to be one.

use alfa_store::contacts::{self, Profile, consent, duplicates, suppression, tags};
use alfa_store::entity::{contacts as people, dialogs as dialog_rows, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::lane::{self, Lease};
use alfa_store::outreach::merge_by_hand::{Obstacle, merge_by_hand};
use alfa_store::outreach::stages::{self, Cause};
use alfa_store::outreach::{audience, plan, react, receive};
use alfa_store::types::{
    CampaignContactState, ConsentBasis, ContactSource, DialogOwner, FunnelStage, OutboxState,
};
use alfa_store::{Tx, UnixMillis, dialogs, messages};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::contacts::profile;
use crate::harness::on_each;
use crate::identity::{NOW, USER, account, add, campaign_of, counted, member, uploaded, wrote};

async fn merged(tx: &Tx, kept: i64, gone: i64) -> Result<(), Obstacle> {
    let mut moves = Moves::new();
    let done = merge_by_hand(tx, (kept, gone), &mut moves, NOW).await.unwrap();
    moves.apply(tx).await.unwrap();
    done.map(drop)
}

async fn first_message(tx: &Tx, contact_id: i64) -> outbox::Model {
    let of_contact = outbox::Column::ContactId.eq(contact_id);
    let query = outbox::Entity::find().filter(of_contact);
    query.one(tx).await.unwrap().unwrap()
}

async fn begin_sending(tx: &Tx, contact_id: i64) {
    let row = first_message(tx, contact_id).await;
    let lease = Lease {
        owner: "lane",
        until: NOW.plus_ms(1),
    };
    assert!(lane::lease(tx, &row, lease).await.unwrap());
}

#[test]
fn the_whole_past_goes_along_and_own_fields_stay() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let kept = uploaded(&tx, "+79990000001").await;
        let told = Profile {
            phone: Some("+79990000002".to_owned()),
            profession: Some("врач".to_owned()),
            notes: Some("просила звонить вечером".to_owned()),
            extra: Some(r#"{"Город":"Тверь"}"#.to_owned()),
            telegram_user_id: Some(USER),
            ..profile("annie", None, Some("annie"))
        };
        let gone = add(&tx, told, ContactSource::Inbound).await;
        tags::add_many(&tx, &[(gone.id, "бег")]).await.unwrap();
        for one in [kept.id, gone.id] {
            wrote(&tx, account_id, one).await;
            receive::touch_dialog(&tx, (account_id, one), NOW.plus_ms(one), Some(NOW))
                .await
                .unwrap();
        }
        let cause = Cause {
            message_id: None,
            reason: None,
            by: "ann",
            at: NOW,
        };
        let step = (FunnelStage::New, FunnelStage::Interested);
        stages::record(&tx, &[(gone.id, None)], step, None, &cause)
            .await
            .unwrap();

        assert_eq!(merged(&tx, kept.id, gone.id).await, Ok(()));

        assert!(contacts::find(&tx, gone.id).await.unwrap().is_none());
        let row = contacts::get(&tx, kept.id).await.unwrap();
        assert_eq!(
            (row.name.as_str(), row.phone.as_deref(), row.username.as_deref()),
            ("Анна Ёлкина", Some("+79990000001"), Some("annie"))
        );
        assert_eq!(
            (
                row.profession.as_deref(),
                row.notes.as_deref(),
                row.telegram_user_id,
                row.consent_basis
            ),
            (
                Some("врач"),
                Some("просила звонить вечером"),
                Some(USER),
                ConsentBasis::OperatorAttested
            )
        );
        let extra: serde_json::Value = serde_json::from_str(row.extra.as_deref().unwrap()).unwrap();
        assert_eq!(
            extra,
            serde_json::json!({"Город": "Тверь", "phone 2": "+79990000002"})
        );
        assert_eq!(tags::of(&tx, kept.id).await.unwrap(), ["бег"]);
        assert_eq!(messages::total(&tx, kept.id).await.unwrap(), 2);
        assert_eq!(stages::total(&tx, kept.id).await.unwrap(), 1);
        let dialogs = dialogs::of_contact(&tx, kept.id).await.unwrap();
        let [dialog] = dialogs.as_slice() else {
            panic!("{dialogs:?}")
        };
        assert_eq!(
            (dialog.unread, dialog.last_message_at, dialog.react_due_at),
            (2, NOW.plus_ms(gone.id), Some(NOW))
        );
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_dialog_on_another_account_moves_and_an_owner_stays_an_owner() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (one, two) = (account(&tx).await, account(&tx).await);
        let kept = uploaded(&tx, "+79990000001").await;
        let gone = uploaded(&tx, "+79990000002").await;
        for (account_id, contact_id) in [(one, kept.id), (one, gone.id), (two, gone.id)] {
            receive::touch_dialog(&tx, (account_id, contact_id), NOW, None)
                .await
                .unwrap();
        }
        alfa_store::outreach::takeover::set_owner(&tx, gone.id, DialogOwner::Human, NOW)
            .await
            .unwrap();
        assert_eq!(merged(&tx, kept.id, gone.id).await, Ok(()));
        let dialogs = dialogs::of_contact(&tx, kept.id).await.unwrap();
        let owners: Vec<_> = dialogs.iter().map(|dialog| dialog.owner).collect();
        assert_eq!(owners, [DialogOwner::Human, DialogOwner::Human]);
    });
}

#[test]
fn what_waited_is_planned_anew_and_nobody_is_twice_in_a_campaign() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let kept = uploaded(&tx, "+79990000001").await;
        let gone = uploaded(&tx, "+79990000002").await;
        let both = campaign_of(&tx, account_id, &[kept.id, gone.id]).await;
        let one = campaign_of(&tx, account_id, &[gone.id]).await;
        assert_eq!(merged(&tx, kept.id, gone.id).await, Ok(()));
        assert_eq!(
            (
                counted(&tx, both, "queued").await,
                counted(&tx, both, "skipped").await
            ),
            (1, 1)
        );
        assert_eq!(plan::pending(&tx, one, 10).await.unwrap(), [kept.id]);
        let left = outbox::Entity::find().all(&tx).await.unwrap();
        let campaigns: Vec<_> = left.iter().map(|row| (row.campaign_id, row.contact_id)).collect();
        assert_eq!(campaigns, [(Some(both), kept.id)]);
        let listed = audience::campaigns_of(&tx, kept.id, 10).await.unwrap();
        let listed: Vec<_> = listed
            .iter()
            .map(|found| (found.row.campaign_id, found.row.state, found.message_id))
            .collect();
        assert_eq!(
            listed,
            [
                (one, CampaignContactState::Pending, None),
                (both, CampaignContactState::Queued, None)
            ]
        );
    });
}

#[test]
fn a_stop_and_a_revocation_of_either_hold_for_the_one() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let kept = uploaded(&tx, "+79990000001").await;
        campaign_of(&tx, account_id, &[kept.id]).await;
        let gone = uploaded(&tx, "+79990000002").await;
        consent::opt_out(&tx, gone.id, "contact", None, UnixMillis(7))
            .await
            .unwrap();
        assert_eq!(merged(&tx, kept.id, gone.id).await, Ok(()));
        let row = contacts::get(&tx, kept.id).await.unwrap();
        assert_eq!(
            (row.opted_out_at, row.stage, row.consent_basis),
            (Some(UnixMillis(7)), FunnelStage::OptedOut, ConsentBasis::None)
        );
        let own = suppression::since(&tx, &contacts::Identity::of(&row))
            .await
            .unwrap();
        assert_eq!(own, Some(UnixMillis(7)));
        assert_eq!(first_message(&tx, kept.id).await.state, OutboxState::Cancelled);

        let revoking = uploaded(&tx, "+79990000003").await;
        consent::revoke(&tx, revoking.id, "ann", None, NOW).await.unwrap();
        let other = uploaded(&tx, "+79990000004").await;
        assert_eq!(merged(&tx, other.id, revoking.id).await, Ok(()));
        let row = contacts::get(&tx, other.id).await.unwrap();
        assert_eq!(row.consent_basis, ConsentBasis::None);
        assert!(consent::revoked(&tx, other.id).await.unwrap());
    });
}

#[test]
fn what_cannot_be_one_is_refused() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = uploaded(&tx, "+79990000001").await;
        let first = member(&tx).await;
        let other = Profile {
            telegram_user_id: Some(USER + 1),
            ..profile("annie", None, None)
        };
        let second = add(&tx, other, ContactSource::Group).await;
        assert_eq!(merged(&tx, first.id, second.id).await, Err(Obstacle::TwoAccounts));
        receive::touch_dialog(&tx, (account_id, first.id), NOW, Some(NOW))
            .await
            .unwrap();
        let due = react::due(&tx, NOW, 10).await.unwrap();
        let lease = Lease {
            owner: "reactor",
            until: NOW.plus_ms(1),
        };
        assert!(react::lease(&tx, &due[0], lease).await.unwrap());
        assert_eq!(merged(&tx, ann.id, first.id).await, Err(Obstacle::Answering));
        assert_eq!(
            dialog_rows::Entity::find()
                .one(&tx)
                .await
                .unwrap()
                .unwrap()
                .contact_id,
            first.id
        );
        campaign_of(&tx, account_id, &[ann.id]).await;
        begin_sending(&tx, ann.id).await;
        assert_eq!(merged(&tx, second.id, ann.id).await, Err(Obstacle::Sending));
        let missing = merge_by_hand(&tx, (ann.id, 999), &mut Moves::new(), NOW).await;
        assert!(missing.is_err());
    });
}

async fn likely(tx: &Tx, contact: &people::Model) -> Vec<i64> {
    let found = duplicates::likely(tx, contact, 10).await.unwrap();
    found.iter().map(|row| row.id).collect()
}

#[test]
fn the_likeliest_duplicate_is_first() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let make = async |name: &str, phone: Option<&str>, username: Option<&str>| {
            add(&tx, profile(name, phone, username), ContactSource::Manual).await
        };
        let ann = make("Анна Ёлкина", Some("+79991234567"), None).await;
        let namesake = make("анна елкина", Some("+79990000002"), None).await;
        let fits = make("Елкина Анна", None, Some("annie")).await;
        let abroad = make("Анна Елкина", Some("+3809991234567"), None).await;
        make("Анна", None, Some("another_ann")).await;
        make("Пётр Ёлкин", None, None).await;
        assert_eq!(likely(&tx, &ann).await, [abroad.id, fits.id, namesake.id]);
        let nick = make("annie", None, None).await;
        assert_eq!(likely(&tx, &nick).await, [fits.id]);
        assert_eq!(
            likely(&tx, &fits).await,
            [nick.id, ann.id, namesake.id, abroad.id]
        );
        let short = duplicates::likely(&tx, &ann, 1).await.unwrap();
        assert_eq!(short.len(), 1);
    });
}

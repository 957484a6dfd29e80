//! One person, one row: what becomes of rows that turn out to be the same person, and of keys that open no door any more.

use alfa_store::contacts::consent::{self, Grant};
use alfa_store::contacts::{self, ImportRow, Origin, Profile, import_chunk, suppression, tags};
use alfa_store::entity::contacts::Model;
use alfa_store::outreach::campaign::{self, NewCampaign};
use alfa_store::outreach::counters::{self, Moves};
use alfa_store::outreach::identity::{Found, Recognised, recognise};
use alfa_store::outreach::plan::{self, NewMessage};
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::outreach::receive::{self, NewMessage as Stored};
use alfa_store::outreach::stages;
use alfa_store::types::{
    Approval, ConsentBasis, ContactSource, ContactStatus, CounterKind, Environment, FunnelStage,
    MessageAuthor, OutboxKind, OutboxState,
};
use alfa_store::{Tx, UnixMillis, accounts};

use crate::contacts::profile;
use crate::harness::on_each;

pub const NOW: UnixMillis = UnixMillis(1_000_000);
pub const USER: i64 = 5_000_000_777;

pub async fn account(tx: &Tx) -> i64 {
    accounts::create(tx, "main", Environment::Sandbox, None, NOW)
        .await
        .unwrap()
}

pub async fn add(tx: &Tx, profile: Profile, source: ContactSource) -> Model {
    contacts::create(tx, profile, source, NOW).await.unwrap()
}

pub async fn uploaded(tx: &Tx, phone: &str) -> Model {
    let row = add(
        tx,
        profile("Анна Ёлкина", Some(phone), None),
        ContactSource::Upload,
    )
    .await;
    let grant = Grant {
        basis: ConsentBasis::OperatorAttested,
        evidence: None,
        recorded_by: "test".to_owned(),
        wording: None,
    };
    assert!(consent::grant(tx, row.id, &grant, NOW).await.unwrap());
    row
}

pub async fn member(tx: &Tx) -> Model {
    let profile = Profile {
        telegram_user_id: Some(USER),
        ..profile("annie", None, Some("annie"))
    };
    add(tx, profile, ContactSource::Group).await
}

fn found(contact_id: i64) -> Found {
    Found {
        peer: KnownPeer {
            contact_id,
            telegram_user_id: USER,
            access_hash: 9,
        },
        phone: None,
        username: None,
    }
}

async fn look_up(tx: &Tx, account_id: i64, contact_ids: &[i64]) -> Vec<Recognised> {
    let all: Vec<Found> = contact_ids.iter().copied().map(found).collect();
    let mut moves = Moves::new();
    let recognised = recognise(tx, account_id, &all, &mut moves, NOW).await.unwrap();
    moves.apply(tx).await.unwrap();
    recognised
}

pub async fn campaign_of(tx: &Tx, account_id: i64, contact_ids: &[i64]) -> i64 {
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
    let id = campaign::create(tx, new, NOW).await.unwrap().id;
    campaign::add_contacts(tx, id, contact_ids, |_| 0).await.unwrap();
    let message = |contact_id: &i64| NewMessage {
        account_id,
        contact_id: *contact_id,
        campaign_id: Some(id),
        dialog_step: 0,
        kind: OutboxKind::FirstMessage,
        text: None,
        facts: None,
        random_id: id * 1_000 + contact_id,
        state: OutboxState::Queued,
        not_before: NOW,
        allowed_because: "test".to_owned(),
        in_reply_to: None,
    };
    let mut moves = Moves::new();
    let rows = contact_ids.iter().map(message).collect();
    plan::enqueue_first(tx, id, rows, &mut moves, NOW).await.unwrap();
    moves.apply(tx).await.unwrap();
    id
}

pub async fn counted(tx: &Tx, campaign_id: i64, key: &str) -> i64 {
    let all = counters::of_campaign(tx, campaign_id).await.unwrap();
    all.iter()
        .find(|(kind, name, _)| *kind == CounterKind::State && name == key)
        .map_or(0, |(.., value)| *value)
}

pub async fn wrote(tx: &Tx, account_id: i64, contact_id: i64) {
    let message = Stored {
        account_id,
        contact_id,
        telegram_message_id: contact_id,
        text: "Здравствуйте",
        sent_at: NOW,
        author: MessageAuthor::Contact,
    };
    receive::store_once(tx, &message).await.unwrap().unwrap();
}

#[test]
fn a_member_without_a_past_goes_into_the_row_whose_message_waits() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let member = member(&tx).await;
        tags::add_many(&tx, &[(member.id, "бег")]).await.unwrap();
        let cause = stages::Cause {
            message_id: None,
            reason: None,
            by: "ann",
            at: NOW,
        };
        let step = (FunnelStage::New, FunnelStage::Interested);
        stages::record(&tx, &[(member.id, None)], step, None, &cause)
            .await
            .unwrap();
        let ann = uploaded(&tx, "+79990000001").await;
        let campaign_id = campaign_of(&tx, account_id, &[ann.id]).await;
        let merged = Recognised::Merged {
            kept: ann.id,
            gone: member.id,
        };
        assert_eq!(look_up(&tx, account_id, &[ann.id]).await, [merged]);
        assert!(contacts::find(&tx, member.id).await.unwrap().is_none());
        let row = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!(
            (row.name.as_str(), row.phone.as_deref(), row.username.as_deref()),
            ("Анна Ёлкина", Some("+79990000001"), Some("annie"))
        );
        assert_eq!(
            (row.telegram_user_id, row.consent_basis, row.import_id),
            (Some(USER), ConsentBasis::OperatorAttested, None)
        );
        assert_eq!(tags::of(&tx, ann.id).await.unwrap(), ["бег"]);
        assert_eq!(stages::total(&tx, ann.id).await.unwrap(), 1);
        let peers = prepare::peers(&tx, account_id, &[ann.id]).await.unwrap();
        assert_eq!(peers, [found(ann.id).peer]);
        assert_eq!(counted(&tx, campaign_id, "queued").await, 1);
    });
}

#[test]
fn what_waits_for_a_row_that_goes_is_planned_anew_for_the_row_with_a_past() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let member = member(&tx).await;
        wrote(&tx, account_id, member.id).await;
        let ann = uploaded(&tx, "+79990000001").await;
        let campaign_id = campaign_of(&tx, account_id, &[ann.id]).await;
        let merged = Recognised::Merged {
            kept: member.id,
            gone: ann.id,
        };
        assert_eq!(look_up(&tx, account_id, &[ann.id]).await, [merged]);
        let row = contacts::get(&tx, member.id).await.unwrap();
        assert_eq!(
            (row.name.as_str(), row.phone.as_deref(), row.source),
            ("Анна Ёлкина", Some("+79990000001"), ContactSource::Upload)
        );
        assert_eq!(plan::pending(&tx, campaign_id, 10).await.unwrap(), [member.id]);
        assert_eq!(
            (
                counted(&tx, campaign_id, "queued").await,
                counted(&tx, campaign_id, "pending").await
            ),
            (0, 1)
        );
    });
}

#[test]
fn of_two_rows_in_one_campaign_one_is_a_duplicate() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let one = uploaded(&tx, "+79990000001").await;
        let other = add(&tx, profile("@annie", None, Some("annie")), ContactSource::Upload).await;
        let campaign_id = campaign_of(&tx, account_id, &[one.id, other.id]).await;
        let recognised = look_up(&tx, account_id, &[one.id, other.id]).await;
        let merged = Recognised::Merged {
            kept: one.id,
            gone: other.id,
        };
        assert_eq!(recognised, [Recognised::Is, merged]);
        assert_eq!(
            (
                counted(&tx, campaign_id, "queued").await,
                counted(&tx, campaign_id, "skipped").await
            ),
            (1, 1)
        );
        let row = contacts::get(&tx, one.id).await.unwrap();
        assert_eq!(
            (row.username.as_deref(), row.telegram_user_id),
            (Some("annie"), Some(USER))
        );
    });
}

#[test]
fn a_revoked_consent_and_a_stop_outlive_the_merging() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let revoking = member(&tx).await;
        consent::revoke(&tx, revoking.id, "test", None, NOW)
            .await
            .unwrap();
        let ann = uploaded(&tx, "+79990000001").await;
        campaign_of(&tx, account_id, &[ann.id]).await;
        look_up(&tx, account_id, &[ann.id]).await;
        let row = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!(row.consent_basis, ConsentBasis::None);
        assert!(consent::revoked(&tx, ann.id).await.unwrap());
    });
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let stopping = member(&tx).await;
        consent::opt_out(&tx, stopping.id, "contact", None, UnixMillis(7))
            .await
            .unwrap();
        let ann = uploaded(&tx, "+79990000001").await;
        let campaign_id = campaign_of(&tx, account_id, &[ann.id]).await;
        assert_eq!(look_up(&tx, account_id, &[ann.id]).await, [Recognised::OptedOut]);
        let row = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!(
            (row.opted_out_at, row.stage, row.consent_basis),
            (Some(UnixMillis(7)), FunnelStage::OptedOut, ConsentBasis::None)
        );
        assert_eq!(counted(&tx, campaign_id, "skipped").await, 1);
        let by_phone = alfa_store::contacts::Identity {
            phone: Some("+79990000001".to_owned()),
            ..Default::default()
        };
        assert!(suppression::since(&tx, &by_phone).await.unwrap().is_some());
    });
}

#[test]
fn two_rows_that_both_have_a_past_stay_apart_and_a_stop_holds_for_both() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let member = member(&tx).await;
        wrote(&tx, account_id, member.id).await;
        prepare::remember_peer(&tx, account_id, found(member.id).peer)
            .await
            .unwrap();
        let ann = uploaded(&tx, "+79990000001").await;
        wrote(&tx, account_id, ann.id).await;
        let duplicate = Recognised::Duplicate { of: member.id };
        assert_eq!(look_up(&tx, account_id, &[ann.id]).await, [duplicate]);
        let peers = prepare::peers(&tx, account_id, &[ann.id, member.id])
            .await
            .unwrap();
        assert_eq!(peers, [found(member.id).peer], "the peer stays where it was");
        consent::opt_out(&tx, member.id, "contact", None, NOW)
            .await
            .unwrap();
        assert_eq!(look_up(&tx, account_id, &[ann.id]).await, [Recognised::OptedOut]);
        let row = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!(row.opted_out_at, Some(NOW));
    });
}

#[test]
fn two_phones_are_not_made_one() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let first = uploaded(&tx, "+79990000001").await;
        assert!(prepare::identify(&tx, first.id, USER).await.unwrap());
        let second = uploaded(&tx, "+79990000002").await;
        let duplicate = Recognised::Duplicate { of: first.id };
        assert_eq!(look_up(&tx, account_id, &[second.id]).await, [duplicate]);
    });
}

#[test]
fn a_stop_under_an_identity_that_telegram_reveals_is_kept() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = add(&tx, profile("А", None, Some("annie")), ContactSource::Upload).await;
        consent::opt_out(&tx, ann.id, "contact", None, NOW).await.unwrap();
        contacts::delete(&tx, ann.id, NOW).await.unwrap();
        let again = uploaded(&tx, "+79990000001").await;
        assert_eq!(again.opted_out_at, None);
        let revealed = Found {
            username: Some("annie".to_owned()),
            ..found(again.id)
        };
        let mut moves = Moves::new();
        let recognised = recognise(&tx, account_id, &[revealed], &mut moves, NOW).await;
        assert_eq!(recognised.unwrap(), [Recognised::OptedOut]);
        let row = contacts::get(&tx, again.id).await.unwrap();
        assert_eq!(row.stage, FunnelStage::OptedOut);

        // By writing, too, a person may reveal who said stop before.
        contacts::delete(&tx, again.id, NOW).await.unwrap();
        let third = uploaded(&tx, "+79990000003").await;
        assert!(prepare::identify(&tx, third.id, USER).await.unwrap());
        let row = contacts::get(&tx, third.id).await.unwrap();
        assert_eq!(
            (row.opted_out_at, row.consent_basis),
            (Some(NOW), ConsentBasis::None)
        );
    });
}

#[test]
fn a_username_that_changed_hands_is_not_the_old_person() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let profile = profile("Борис", Some("+79990000001"), Some("taken"));
        let boris = add(&tx, profile, ContactSource::Upload).await;
        let by_name = async |user| {
            let phone = Some("+79990000001");
            receive::contact_of(&tx, account_id, user, phone, Some("taken"))
                .await
                .unwrap()
        };
        assert_eq!(by_name(USER).await, Some(boris.id));
        assert!(prepare::identify(&tx, boris.id, USER).await.unwrap());
        assert_eq!(by_name(USER).await, Some(boris.id));
        assert_eq!(by_name(USER + 1).await, None);
        assert!(!prepare::identify(&tx, boris.id, USER + 1).await.unwrap());
        let other = Found {
            peer: KnownPeer {
                telegram_user_id: USER + 1,
                ..found(boris.id).peer
            },
            ..found(boris.id)
        };
        let mut moves = Moves::new();
        let recognised = recognise(&tx, account_id, &[other], &mut moves, NOW).await;
        assert_eq!(recognised.unwrap(), [Recognised::Another]);
        let row = contacts::get(&tx, boris.id).await.unwrap();
        assert_eq!(row.telegram_user_id, Some(USER));
        let free = receive::untaken(&tx, Some("+79990000001"), Some("free")).await;
        assert_eq!(free.unwrap(), (None, Some("free".to_owned())));
    });
}

#[test]
fn who_is_found_or_writes_is_in_telegram_after_all() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        for by_look_up in [true, false] {
            let ann = add(&tx, profile("А", None, None), ContactSource::Manual).await;
            prepare::mark_no_telegram(&tx, ann.id, NOW).await.unwrap();
            if by_look_up {
                look_up(&tx, account_id, &[ann.id]).await;
            } else {
                assert!(prepare::identify(&tx, ann.id, USER).await.unwrap());
            }
            let row = contacts::get(&tx, ann.id).await.unwrap();
            assert_eq!(row.status, ContactStatus::Active);
            contacts::delete(&tx, ann.id, NOW).await.unwrap();
        }
    });
}

async fn known(tx: &Tx, account_id: i64, username: &str) -> Model {
    let row = add(
        tx,
        profile("А", Some("+79990000001"), Some(username)),
        ContactSource::Manual,
    )
    .await;
    look_up(tx, account_id, &[row.id]).await;
    prepare::mark_no_telegram(tx, row.id, NOW).await.unwrap();
    row
}

async fn forgotten(tx: &Tx, account_id: i64, id: i64) {
    let row = contacts::get(tx, id).await.unwrap();
    assert_eq!(
        (row.phone.as_deref(), row.telegram_user_id, row.status),
        (Some("+79990000002"), None, ContactStatus::Active)
    );
    assert!(prepare::peers(tx, account_id, &[id]).await.unwrap().is_empty());
    let old = receive::contact_of(tx, account_id, USER, None, None)
        .await
        .unwrap();
    assert_eq!(old, None, "the person before is nobody of ours");
}

#[test]
fn with_another_phone_the_person_is_looked_up_anew() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = known(&tx, account_id, "annie").await;
        let changed = profile("А", Some("+79990000002"), Some("annie"));
        contacts::update(&tx, ann.id, changed, NOW).await.unwrap();
        forgotten(&tx, account_id, ann.id).await;
    });
}

#[test]
fn an_upload_that_brings_another_phone_forgets_the_person_before() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = known(&tx, account_id, "annie").await;
        let row = ImportRow {
            phone: Some("+79990000002".to_owned()),
            username: Some("annie".to_owned()),
            ..ImportRow::default()
        };
        let import = alfa_store::imports::NewImport {
            file_name: "contacts.csv".to_owned(),
            format: "csv".to_owned(),
            dry_run: false,
            consent: ConsentBasis::OperatorAttested,
            country: "RU".to_owned(),
        };
        let import_id = alfa_store::imports::create(&tx, &import, NOW).await.unwrap();
        let grant = Grant {
            basis: ConsentBasis::OperatorAttested,
            evidence: None,
            recorded_by: "ann".to_owned(),
            wording: None,
        };
        let origin = Origin::Upload { import_id, grant };
        import_chunk(&tx, &[row], &origin, false, NOW).await.unwrap();
        forgotten(&tx, account_id, ann.id).await;
    });
}

#[test]
fn a_username_that_is_added_changes_nobody() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = uploaded(&tx, "+79990000001").await;
        look_up(&tx, account_id, &[ann.id]).await;
        let changed = Profile {
            telegram_user_id: Some(USER),
            ..profile("А", Some("+79990000001"), Some("annie"))
        };
        contacts::update(&tx, ann.id, changed, NOW).await.unwrap();
        assert_eq!(
            prepare::peers(&tx, account_id, &[ann.id]).await.unwrap(),
            [found(ann.id).peer]
        );
    });
}

#[test]
fn another_user_of_an_account_has_keys_of_their_own() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let account_id = account(&tx).await;
        let ann = uploaded(&tx, "+79990000001").await;
        let sign_in = async |user| {
            accounts::set_identity(&tx, account_id, user, None, None, NOW)
                .await
                .unwrap();
            prepare::peers(&tx, account_id, &[ann.id]).await.unwrap().len()
        };
        sign_in(1).await;
        look_up(&tx, account_id, &[ann.id]).await;
        assert_eq!(sign_in(1).await, 1);
        assert_eq!(sign_in(2).await, 0);
    });
}

//! Outcomes that meet a state which changed while the message was on the way.

use std::ffi::OsString;
use std::sync::Arc;

use alfa_store::contacts::consent::{Grant, grant};
use alfa_store::contacts::{self, Profile};
use alfa_store::outreach::campaign::NewCampaign;
use alfa_store::outreach::lane::Lease;
use alfa_store::outreach::plan::{self, NewMessage};
use alfa_store::outreach::prepare::KnownPeer;
use alfa_store::types::{Approval, ConsentBasis, ContactSource, Environment, OutboxState};

use super::*;
use crate::campaigns::lifecycle::Action;
use crate::campaigns::service;
use crate::clock::Clock;
use crate::config::Config;

const NOW: UnixMillis = UnixMillis(1_795_165_200_000);

struct Sending {
    app: Arc<App>,
    campaign_id: i64,
    row: outbox::Model,
    _folder: tempfile::TempDir,
}

impl Sending {
    /// A campaign's first message that its lane is just sending.
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:///{}", folder.path().join("alfa.db").display());
        let variables: Vec<(OsString, OsString)> = vec![
            ("DATABASE_URL".into(), database.into()),
            ("DATA_DIR".into(), folder.path().as_os_str().to_owned()),
        ];
        let config = Config::from_sources(variables, None).unwrap();
        let app = App::open(config, Clock::at(NOW, 7).0).await.unwrap();
        let tx = app.begin().await.unwrap();
        let account_id = alfa_store::accounts::create(&tx, "main", Environment::Sandbox, None, NOW)
            .await
            .unwrap();
        alfa_store::accounts::set_state(&tx, account_id, AccountState::Ready, None, None, NOW)
            .await
            .unwrap();
        let profile = Profile {
            name: "Анна".to_owned(),
            phone: Some("+79002000000".to_owned()),
            ..Profile::default()
        };
        let contact_id = contacts::create(&tx, profile, ContactSource::Manual, NOW)
            .await
            .unwrap()
            .id;
        let agreed = Grant {
            basis: ConsentBasis::OperatorAttested,
            evidence: None,
            recorded_by: "test".to_owned(),
            wording: None,
        };
        grant(&tx, contact_id, &agreed, NOW).await.unwrap();
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
        let campaign_id = campaign::create(&tx, new, NOW).await.unwrap().id;
        campaign::add_contacts(&tx, campaign_id, &[contact_id], |_| 0)
            .await
            .unwrap();
        let to_running = (CampaignState::Draft, CampaignState::Running);
        campaign::move_state(&tx, campaign_id, to_running, None, NOW)
            .await
            .unwrap();
        let message = NewMessage {
            account_id,
            contact_id,
            campaign_id: Some(campaign_id),
            dialog_step: 0,
            kind: OutboxKind::FirstMessage,
            text: Some("Здравствуйте, Анна!".to_owned()),
            facts: None,
            random_id: 5,
            state: OutboxState::Queued,
            not_before: NOW,
            allowed_because: "test".to_owned(),
            in_reply_to: None,
        };
        let mut moves = Moves::new();
        plan::enqueue_first(&tx, campaign_id, vec![message], &mut moves, NOW)
            .await
            .unwrap();
        moves.apply(&tx).await.unwrap();
        let queued = store_lane::due_first(&tx, account_id, Some(campaign_id), NOW, 1)
            .await
            .unwrap();
        let lease = Lease {
            owner: &app.node,
            until: NOW.plus_ms(120_000),
        };
        assert!(store_lane::lease(&tx, &queued[0], lease).await.unwrap());
        let row = alfa_store::outbox::get(&tx, queued[0].id).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            app,
            campaign_id,
            row,
            _folder: folder,
        }
    }

    fn leased(&self, again: bool) -> Leased {
        Leased {
            row: self.row.clone(),
            again,
            sendable: Err("paused"),
            peer: KnownPeer {
                contact_id: self.row.contact_id,
                telegram_user_id: 700,
                access_hash: 9,
            },
        }
    }

    /// Records an outcome of the row as it is now.
    async fn ends(&mut self, again: bool, outcome: Outcome) -> (OutboxState, Option<String>) {
        self.row = self.reread().await;
        record(&self.app, vec![(self.leased(again), outcome)])
            .await
            .unwrap();
        self.row = self.reread().await;
        (self.row.state, self.row.reason.clone())
    }

    async fn reread(&self) -> outbox::Model {
        alfa_store::outbox::get(self.app.store.reader(), self.row.id)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn what_comes_back_after_its_campaign_was_cancelled_is_cancelled_too() {
    for outcome in [
        Outcome::Wait { seconds: 30 },
        Outcome::NotConnected,
        Outcome::SessionLost(LossReason::SessionRevoked),
        Outcome::Limited("peer_flood"),
    ] {
        let mut sending = Sending::start().await;
        service::act(&sending.app, sending.campaign_id, Action::Cancel)
            .await
            .unwrap();
        let told = format!("{outcome:?}");
        assert_eq!(
            sending.ends(false, outcome).await,
            (OutboxState::Cancelled, Some("campaign_cancelled".to_owned())),
            "{told}"
        );
        let db = sending.app.store.reader();
        let people = alfa_store::outreach::people::load(db, &[sending.row.contact_id], NOW)
            .await
            .unwrap();
        assert_eq!(
            people[0].waiting_campaign_id, None,
            "{told}: it bars no other campaign"
        );
        let campaign = service::find(db, sending.campaign_id).await.unwrap();
        let stats = crate::campaigns::stats::of(&sending.app, &campaign)
            .await
            .unwrap();
        assert_eq!((stats.queued, stats.cancelled), (0, 1), "{told}");
    }
}

#[tokio::test]
async fn sends_that_certainly_did_not_happen_do_not_use_up_those_whose_outcome_is_unknown() {
    let mut sending = Sending::start().await;
    // The first answer is lost, and then there is no connection for a long time.
    let queued = sending.ends(false, Outcome::Unknown("lost".to_owned())).await;
    assert_eq!(queued.0, OutboxState::Sending);
    for _ in 0..100 {
        let tx = sending.app.begin().await.unwrap();
        let lease = Lease {
            owner: &sending.app.node,
            until: NOW.plus_ms(120_000),
        };
        let row = sending.reread().await;
        assert!(store_lane::lease(&tx, &row, lease).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(
            sending.ends(true, Outcome::NotConnected).await.0,
            OutboxState::Sending
        );
    }
    let unknown = || Outcome::Unknown("lost again".to_owned());
    for _ in 2..MOST_UNKNOWN {
        assert_eq!(sending.ends(true, unknown()).await.0, OutboxState::Sending);
    }
    let last = sending.ends(true, unknown()).await;
    assert_eq!(last, (OutboxState::Failed, Some("unknown_outcome".to_owned())));
}

#[tokio::test]
async fn what_comes_back_to_a_paused_campaign_keeps_its_place() {
    let mut sending = Sending::start().await;
    service::act(&sending.app, sending.campaign_id, Action::Pause)
        .await
        .unwrap();
    let ended = sending.ends(false, Outcome::Wait { seconds: 30 }).await;
    assert_eq!(ended, (OutboxState::Queued, None));
}

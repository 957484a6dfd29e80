//! Jobs, events, accounts, keys and access.

use std::collections::BTreeSet;

use alfa_store::access::{self, AuditFilter};
use alfa_store::accounts::{self, Peer};
use alfa_store::events::{self, NewEvent};
use alfa_store::idempotency::{self, Begun};
use alfa_store::jobs::{self, Enqueued, NewJob};
use alfa_store::knowledge::NewVersion;
use alfa_store::types::{AccountState, Environment, JobState, KnowledgeSource};
use alfa_store::{Page, StoreError, UnixMillis, knowledge};

use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);

fn job(kind: &str, key: Option<&str>) -> NewJob {
    NewJob {
        kind: kind.to_owned(),
        unique_key: key.map(str::to_owned),
        payload: "{}".to_owned(),
        run_at: NOW,
    }
}

#[test]
fn eight_workers_never_claim_one_job_twice() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        for _ in 0..60 {
            jobs::enqueue(&tx, &job("work", None), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let workers: Vec<_> = (0..8)
            .map(|n| {
                let store = db.store.clone();
                tokio::task::spawn(async move {
                    let owner = format!("worker {n}");
                    let mut mine = Vec::new();
                    let mut idle = 0;
                    // A claim may come back empty while others hold all the candidates that it saw.
                    while idle < 20 {
                        let tx = store.begin().await.unwrap();
                        let claimed = jobs::claim(&tx, &["work"], &owner, NOW, 1_000).await.unwrap();
                        tx.commit().await.unwrap();
                        match claimed {
                            Some(job) => mine.push(job.id),
                            None => idle += 1,
                        }
                    }
                    mine
                })
            })
            .collect();
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap());
        }
        let distinct: BTreeSet<i64> = claimed.iter().copied().collect();
        assert_eq!((claimed.len(), distinct.len()), (60, 60));
    });
}

#[test]
fn a_job_goes_through_its_life() {
    on_each(async |db| {
        let store = &db.store;
        let tx = store.begin().await.unwrap();
        let first = jobs::enqueue(&tx, &job("import", Some("k")), NOW).await.unwrap();
        assert!(matches!(first, Enqueued::New(_)));
        let id = first.id();
        assert_eq!(
            jobs::enqueue(&tx, &job("import", Some("k")), NOW).await.unwrap(),
            Enqueued::Already(id)
        );
        let early = NOW.plus_ms(-1);
        assert_eq!(jobs::claim(&tx, &["import"], "a", early, 10).await.unwrap(), None);
        assert_eq!(jobs::claim(&tx, &["other"], "a", NOW, 10).await.unwrap(), None);
        assert_eq!(jobs::next_due(&tx, &["import"]).await.unwrap(), Some(NOW));
        let mine = jobs::claim(&tx, &["import"], "a", NOW, 10)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((mine.id, mine.state, mine.attempts), (id, JobState::Running, 1));
        assert_eq!(jobs::get(&tx, id).await.unwrap(), mine);
        assert_eq!(
            jobs::next_due(&tx, &["import"]).await.unwrap(),
            Some(NOW.plus_ms(10))
        );
        assert!(
            jobs::progress(&tx, id, "a", 5, Some(10), Some("row 5"))
                .await
                .unwrap()
        );
        assert_eq!(
            jobs::claim(&tx, &["import"], "b", NOW.plus_ms(10), 10)
                .await
                .unwrap(),
            None,
            "the lease holds"
        );

        // Worker a dies; b goes on where a was; a's late word counts no more.
        let taken = jobs::claim(&tx, &["import"], "b", NOW.plus_ms(11), 10)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((taken.attempts, taken.cursor.as_deref()), (2, Some("row 5")));
        assert!(!jobs::heartbeat(&tx, id, "a", NOW.plus_ms(50)).await.unwrap());
        assert!(!jobs::complete(&tx, id, "a", None, NOW).await.unwrap());
        assert!(jobs::heartbeat(&tx, id, "b", NOW.plus_ms(50)).await.unwrap());

        let retry = Some(NOW.plus_ms(100));
        assert_eq!(
            jobs::fail(&tx, id, "b", "no", retry, NOW).await.unwrap(),
            Some(JobState::Queued)
        );
        assert_eq!(
            jobs::enqueue(&tx, &job("import", Some("k")), NOW).await.unwrap(),
            Enqueued::Already(id)
        );
        jobs::claim(&tx, &["import"], "c", NOW.plus_ms(100), 10)
            .await
            .unwrap()
            .unwrap();
        assert!(jobs::complete(&tx, id, "c", Some("{}"), NOW).await.unwrap());
        assert!(matches!(
            jobs::enqueue(&tx, &job("import", Some("k")), NOW).await.unwrap(),
            Enqueued::New(_)
        ));
        assert_eq!(
            jobs::total(&tx, Some("import"), Some(JobState::Done))
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            jobs::list(&tx, None, None, &Page::first(1)).await.unwrap().items[0].state,
            JobState::Queued
        );
        assert_eq!(jobs::trim(&tx, NOW.plus_ms(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_job_that_kills_its_workers_ends_as_failed() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let id = jobs::enqueue(&tx, &job("deadly", None), NOW).await.unwrap().id();
        let mut now = NOW;
        for _ in 0..jobs::MAX_ATTEMPTS {
            assert!(
                jobs::claim(&tx, &["deadly"], "w", now, 10)
                    .await
                    .unwrap()
                    .is_some()
            );
            now = now.plus_ms(11);
        }
        assert_eq!(jobs::claim(&tx, &["deadly"], "w", now, 10).await.unwrap(), None);
        assert_eq!(jobs::give_up(&tx, &["other"], now).await.unwrap(), []);
        let given_up = jobs::give_up(&tx, &["deadly"], now).await.unwrap();
        assert_eq!(
            given_up.iter().map(|job| (job.id, job.state)).collect::<Vec<_>>(),
            [(id, JobState::Failed)]
        );
        assert_eq!(jobs::give_up(&tx, &["deadly"], now).await.unwrap(), []);
        assert_eq!(jobs::get(&tx, id).await.unwrap().state, JobState::Failed);
        let id = jobs::enqueue(&tx, &job("deadly", None), NOW).await.unwrap().id();
        assert!(jobs::cancel(&tx, id, NOW).await.unwrap());
        assert!(!jobs::cancel(&tx, id, NOW).await.unwrap());
        assert_eq!(jobs::claim(&tx, &["deadly"], "w", now, 10).await.unwrap(), None);
    });
}

#[test]
fn a_reader_of_events_misses_none_while_eight_write() {
    on_each(async |db| {
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let store = db.store.clone();
                tokio::task::spawn(async move {
                    for _ in 0..20 {
                        let tx = store.begin().await.unwrap();
                        let event = NewEvent {
                            kind: "k".into(),
                            contact_id: Some(n),
                            campaign_id: None,
                            body: "{}".into(),
                        };
                        events::append(&tx, &event, NOW).await.unwrap();
                        tokio::task::yield_now().await;
                        tx.commit().await.unwrap();
                    }
                })
            })
            .collect();
        let mut seen = Vec::new();
        while seen.len() < 160 {
            let last = seen.last().copied().unwrap_or(0);
            let more = events::after(db.store.reader(), last, 50).await.unwrap();
            seen.extend(more.into_iter().map(|event| event.id));
            if writers.iter().all(tokio::task::JoinHandle::is_finished)
                && events::newest_id(db.store.reader()).await.unwrap() == seen.last().copied().unwrap_or(0)
            {
                break;
            }
        }
        assert_eq!(seen.len(), 160);
        let tx = db.store.begin().await.unwrap();
        assert_eq!(
            events::trim(&tx, 10, 100).await.unwrap(),
            100,
            "a bounded number at once"
        );
        assert_eq!(events::trim(&tx, 10, 100).await.unwrap(), 50);
        assert_eq!(events::trim(&tx, 10, 100).await.unwrap(), 0);
        assert_eq!(events::after(&tx, 0, 9_999).await.unwrap().len(), 10);
    });
}

#[test]
fn sessions_and_peers_belong_to_their_account() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (sandbox, real) = (Environment::Sandbox, Environment::Production);
        let id = accounts::create(&tx, "main", sandbox, Some("+79990000000"), NOW)
            .await
            .unwrap();
        assert_eq!(accounts::load_session(&tx, id, sandbox).await.unwrap(), None);
        accounts::save_session(&tx, id, sandbox, vec![1; 100_000], NOW)
            .await
            .unwrap();
        accounts::save_session(&tx, id, sandbox, vec![2, 0, 255], NOW)
            .await
            .unwrap();
        assert_eq!(
            accounts::load_session(&tx, id, sandbox).await.unwrap(),
            Some(vec![2, 0, 255])
        );
        let wrong = accounts::save_session(&tx, id, real, vec![3], NOW).await;
        assert!(matches!(wrong, Err(StoreError::WrongEnvironment)));
        assert!(matches!(
            accounts::load_session(&tx, id, real).await,
            Err(StoreError::WrongEnvironment)
        ));
        accounts::set_state(
            &tx,
            id,
            AccountState::FloodWait,
            Some("FLOOD_WAIT"),
            Some(NOW),
            NOW,
        )
        .await
        .unwrap();
        accounts::set_identity(&tx, id, 777, Some("me"), None, NOW)
            .await
            .unwrap();
        assert_eq!(accounts::get(&tx, id).await.unwrap().state_until, Some(NOW));
        assert_eq!(accounts::list(&tx, sandbox).await.unwrap().len(), 1);
        assert!(accounts::list(&tx, real).await.unwrap().is_empty());

        let peer = |access_hash, contact_id| Peer {
            telegram_user_id: 5,
            access_hash,
            contact_id,
        };
        accounts::save_peers(&tx, id, &[peer(1, Some(9)), peer(2, Some(9))])
            .await
            .unwrap();
        accounts::save_peers(&tx, id, &[peer(3, None)]).await.unwrap();
        let kept = accounts::peer_of_contact(&tx, id, 9).await.unwrap().unwrap();
        assert_eq!((kept.access_hash, kept.telegram_user_id), (3, 5));
        assert_eq!(accounts::peer(&tx, id, 5).await.unwrap(), Some(kept));
        accounts::delete_session(&tx, id).await.unwrap();
        assert_eq!(accounts::load_session(&tx, id, sandbox).await.unwrap(), None);
    });
}

#[test]
fn an_idempotency_key_answers_again() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let begin = async |hash: &str, now: UnixMillis| {
            idempotency::begin(&tx, "key", "POST /x", hash, now.plus_ms(-1_000), now)
                .await
                .unwrap()
        };
        assert_eq!(begin("h", NOW).await, Begun::New);
        assert_eq!(begin("h", NOW).await, Begun::Running);
        assert_eq!(begin("other", NOW).await, Begun::Different);
        assert_eq!(
            begin("h", NOW.plus_ms(1_001)).await,
            Begun::New,
            "the first process was killed"
        );
        idempotency::abandon(&tx, "key", "POST /x").await.unwrap();
        assert_eq!(begin("other", NOW).await, Begun::New);
        idempotency::finish(&tx, "key", "POST /x", 201, "{\"id\":1}")
            .await
            .unwrap();
        idempotency::abandon(&tx, "key", "POST /x").await.unwrap();
        let done = Begun::Done {
            status: 201,
            body: "{\"id\":1}".to_owned(),
        };
        assert_eq!(begin("other", NOW.plus_ms(9_999)).await, done);
        assert_eq!(idempotency::expire(&tx, NOW.plus_ms(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        // Two at once: one works, the other is told to wait.
        let both = [0, 1].map(|_| {
            let store = db.store.clone();
            tokio::task::spawn(async move {
                let tx = store.begin().await.unwrap();
                let begun = idempotency::begin(&tx, "race", "r", "h", UnixMillis(0), NOW)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                begun
            })
        });
        let [a, b] = both;
        let results = [a.await.unwrap(), b.await.unwrap()];
        assert!(
            results.contains(&Begun::New) && results.contains(&Begun::Running),
            "{results:?}"
        );
    });
}

#[test]
fn users_sessions_tokens_and_the_audit_log() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let ann = access::create_user(&tx, "ann", "hash", "owner", NOW)
            .await
            .unwrap();
        access::create_session(&tx, ann, "s1", "csrf", NOW, NOW.plus_ms(10))
            .await
            .unwrap();
        assert_eq!(
            access::session(&tx, "s1", NOW).await.unwrap().unwrap().user_id,
            ann
        );
        assert!(
            access::session(&tx, "s1", NOW.plus_ms(10))
                .await
                .unwrap()
                .is_none()
        );
        access::set_password(&tx, ann, "hash2").await.unwrap();
        assert!(
            access::session(&tx, "s1", NOW).await.unwrap().is_none(),
            "a new password ends the sessions"
        );
        assert_eq!(
            access::user_by_name(&tx, "ann")
                .await
                .unwrap()
                .unwrap()
                .password_hash,
            "hash2"
        );
        assert!(matches!(
            access::set_password(&tx, 99, "x").await,
            Err(StoreError::NotFound("user"))
        ));
        let token = access::create_token(&tx, "ci", "t1", "read write", NOW)
            .await
            .unwrap();
        access::touch_token(&tx, token, NOW).await.unwrap();
        assert_eq!(
            access::token(&tx, "t1").await.unwrap().unwrap().last_used_at,
            Some(NOW)
        );
        assert!(access::revoke_token(&tx, token, NOW).await.unwrap());
        assert!(!access::revoke_token(&tx, token, NOW).await.unwrap());
        assert!(access::token(&tx, "t1").await.unwrap().is_none());
        assert_eq!(access::tokens(&tx).await.unwrap().len(), 1);
        access::audit(&tx, "ann", "token.revoke", "ci", None, NOW)
            .await
            .unwrap();
        assert_eq!(
            access::audit_list(&tx, &AuditFilter::default(), &Page::default())
                .await
                .unwrap()
                .items[0]
                .subject,
            "ci"
        );
        let wanted = |action: &str| AuditFilter {
            action: Some(action.to_owned()),
            ..AuditFilter::default()
        };
        for (filter, number) in [
            (AuditFilter::default(), 1),
            (wanted("token"), 1),
            (wanted("token.revoke"), 1),
            (wanted("tok"), 0),
            (wanted("token.rev"), 0),
            (
                AuditFilter {
                    actor: Some("bob".to_owned()),
                    ..wanted("token")
                },
                0,
            ),
            (
                AuditFilter {
                    subject: Some("ci".to_owned()),
                    from: Some(NOW),
                    ..AuditFilter::default()
                },
                1,
            ),
            (
                AuditFilter {
                    to: Some(NOW),
                    ..AuditFilter::default()
                },
                0,
            ),
        ] {
            assert_eq!(
                access::audit_total(&tx, &filter).await.unwrap(),
                number,
                "{filter:?}"
            );
        }
        let error = access::create_user(&tx, "ann", "hash", "viewer", NOW)
            .await
            .unwrap_err();
        assert!(error.is_conflict_on("name"));
    });
}

#[test]
fn the_newest_knowledge_is_in_force() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        assert_eq!(knowledge::newest(&tx).await.unwrap(), None);
        let long = "я".repeat(200_000);
        let version = |body, source, parent_id| NewVersion {
            body,
            source,
            author: "ann",
            parent_id,
            action: Some("imported"),
            subject: None,
        };
        let first = version("{}", KnowledgeSource::Sample, None);
        let first = knowledge::append(&tx, &first, NOW).await.unwrap();
        let second = version(&long, KnowledgeSource::Edit, Some(first));
        let id = knowledge::append(&tx, &second, NOW).await.unwrap();
        assert_eq!(knowledge::newest_id(&tx).await.unwrap(), Some(id));
        assert_eq!(knowledge::newest(&tx).await.unwrap().unwrap().body, long);
        assert_eq!(
            knowledge::get(&tx, id).await.unwrap().source,
            KnowledgeSource::Edit
        );
        assert_eq!(knowledge::before(&tx, id).await.unwrap().unwrap().id, first);
        assert_eq!(knowledge::before(&tx, first).await.unwrap(), None);
        let page = knowledge::versions(&tx, &Page::first(1)).await.unwrap();
        assert_eq!(
            (page.items[0].id, page.items[0].parent_id),
            (id, Some(first)),
            "newest first"
        );
        let rest = Page {
            limit: 10,
            cursor: page.next_cursor,
        };
        let rest = knowledge::versions(&tx, &rest).await.unwrap();
        assert_eq!(
            (rest.items[0].id, rest.items.len(), rest.next_cursor),
            (first, 1, None)
        );
        assert_eq!(knowledge::total(&tx).await.unwrap(), 2);
        let again = knowledge::append(&tx, &second, NOW).await.unwrap_err();
        assert!(again.is_conflict_on("parent_id"), "{again}");
    });
}

//! Uploads: matching, consent, undoing, speed.

use alfa_store::contacts::consent::Grant;
use alfa_store::contacts::{self, Filter, ImportOutcome, ImportRow, Origin, Profile, Sort, import_chunk};
use alfa_store::contacts::{consent, tags};
use alfa_store::imports::{self, Counts, NewImport, ProblemRow, UndoPosition};
use alfa_store::types::{ConsentBasis, ContactSource, FunnelStage, ImportState};
use alfa_store::{Order, Page, Store, UnixMillis};

use crate::harness::{on_each, on_sqlite};

pub const NOW: UnixMillis = UnixMillis(1_000_000);

pub fn row(name: &str, phone: &str) -> ImportRow {
    ImportRow {
        name: Some(name.to_owned()),
        phone: Some(phone.to_owned()),
        ..ImportRow::default()
    }
}

pub async fn begin(store: &Store) -> (i64, Origin) {
    let tx = store.begin().await.unwrap();
    let import = NewImport {
        file_name: "contacts.csv".to_owned(),
        format: "csv".to_owned(),
        dry_run: false,
        consent: ConsentBasis::OperatorAttested,
        country: "RU".to_owned(),
    };
    let import_id = imports::create(&tx, &import, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let grant = Grant {
        basis: ConsentBasis::OperatorAttested,
        evidence: Some("contacts.csv".to_owned()),
        recorded_by: "ann".to_owned(),
        wording: None,
    };
    (import_id, Origin::Upload { import_id, grant })
}

pub async fn take(store: &Store, rows: &[ImportRow], origin: &Origin, now: UnixMillis) -> Vec<ImportOutcome> {
    let tx = store.begin().await.unwrap();
    let outcomes = import_chunk(&tx, rows, origin, false, now).await.unwrap();
    tx.commit().await.unwrap();
    outcomes
}

async fn everybody(store: &Store) -> Vec<alfa_store::entity::contacts::Model> {
    let all = contacts::list(
        store.reader(),
        &Filter::default(),
        Sort::default(),
        &Page::default(),
    )
    .await
    .unwrap();
    all.items
}

const CREATED: ImportOutcome = ImportOutcome::Created { opted_out: false };

#[test]
fn the_same_file_twice_makes_nobody_the_second_time() {
    on_each(async |db| {
        let (import_id, origin) = begin(&db.store).await;
        let mut ann = row("Анна Ёлкина", "+79990000001");
        ann.extra = Some("{\"город\":\"Омск\"}".to_owned());
        ann.tags = vec!["vip".to_owned()];
        let bob = ImportRow {
            username: Some("bob".to_owned()),
            ..ImportRow::default()
        };
        let rows = [ann, bob];
        let tx = db.store.begin().await.unwrap();
        assert_eq!(
            import_chunk(&tx, &rows, &origin, true, NOW).await.unwrap(),
            [CREATED, CREATED]
        );
        tx.commit().await.unwrap();
        assert!(everybody(&db.store).await.is_empty(), "a dry run writes nothing");

        assert_eq!(take(&db.store, &rows, &origin, NOW).await, [CREATED, CREATED]);
        let all = everybody(&db.store).await;
        assert_eq!(
            (all[0].name_key.as_str(), all[1].name.as_str()),
            ("анна елкина", "@bob")
        );
        assert!(
            all.iter()
                .all(|c| c.import_id == Some(import_id) && c.source == ContactSource::Upload)
        );
        assert_eq!(tags::of(db.store.reader(), all[0].id).await.unwrap(), ["vip"]);
        for contact in &all {
            assert_eq!(contact.consent_basis, ConsentBasis::OperatorAttested);
            let ledger = consent::ledger(db.store.reader(), contact.id).await.unwrap();
            assert_eq!(
                (ledger.len(), ledger[0].recorded_by.as_str(), ledger[0].created_at),
                (1, "ann", NOW)
            );
        }
        let (_, again) = begin(&db.store).await;
        let outcomes = take(&db.store, &rows, &again, NOW.plus_ms(5)).await;
        assert_eq!(
            outcomes,
            [
                ImportOutcome::Unchanged(all[0].id),
                ImportOutcome::Unchanged(all[1].id)
            ]
        );
        assert_eq!(everybody(&db.store).await, all);
    });
}

#[test]
fn a_row_updates_only_what_it_brings_and_people_meet_by_any_identity() {
    on_each(async |db| {
        let (_, origin) = begin(&db.store).await;
        let ann = ImportRow {
            username: Some("ann".to_owned()),
            profession: Some("врач".to_owned()),
            extra: Some("{\"a\":1,\"b\":2}".to_owned()),
            ..row("Анна", "+79990000001")
        };
        take(&db.store, &[ann, row("Боб", "+79990000002")], &origin, NOW).await;
        let all = everybody(&db.store).await;
        let by_username = ImportRow {
            username: Some("ann".to_owned()),
            age: Some(30),
            extra: Some("{\"b\":3}".to_owned()),
            tags: vec!["new".to_owned()],
            ..ImportRow::default()
        };
        let torn = ImportRow {
            username: Some("ann".to_owned()),
            ..row("Кто", "+79990000002")
        };
        let outcomes = take(
            &db.store,
            &[by_username, torn, row("Боб", "+79990000002")],
            &origin,
            NOW,
        )
        .await;
        assert_eq!(outcomes[0], ImportOutcome::Updated(all[0].id));
        assert_eq!(outcomes[1], ImportOutcome::Ambiguous(vec![all[0].id, all[1].id]));
        assert_eq!(outcomes[2], ImportOutcome::Unchanged(all[1].id));
        let ann = contacts::get(db.store.reader(), all[0].id).await.unwrap();
        assert_eq!(
            (ann.name.as_str(), ann.age, ann.profession.as_deref()),
            ("Анна", Some(30), Some("врач"))
        );
        assert_eq!(ann.extra.as_deref(), Some("{\"a\":1,\"b\":3}"));
        assert_eq!(tags::of(db.store.reader(), ann.id).await.unwrap(), ["new"]);

        // One person in two rows of one chunk, joined by a third identity.
        let first = ImportRow {
            username: Some("eva".to_owned()),
            ..row("Ева", "+79990000003")
        };
        let second = ImportRow {
            username: Some("eva".to_owned()),
            age: Some(20),
            ..ImportRow::default()
        };
        assert_eq!(
            take(&db.store, &[first, second], &origin, NOW).await,
            [CREATED, ImportOutcome::Updated(0)]
        );
        let eva = contacts::find_by_phone(db.store.reader(), "+79990000003")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(eva.age, Some(20));
    });
}

#[test]
fn an_upload_never_widens_consent_that_was_taken_back() {
    on_each(async |db| {
        let (_, origin) = begin(&db.store).await;
        take(
            &db.store,
            &[
                row("А", "+79990000001"),
                row("Б", "+79990000002"),
                row("В", "+79990000003"),
            ],
            &origin,
            NOW,
        )
        .await;
        let all = everybody(&db.store).await;
        let tx = db.store.begin().await.unwrap();
        consent::opt_out(&tx, all[0].id, "rule", None, NOW).await.unwrap();
        contacts::delete(&tx, all[0].id, NOW).await.unwrap();
        consent::revoke(&tx, all[1].id, "ann", None, NOW).await.unwrap();
        let profile = Profile {
            name: "Г".to_owned(),
            phone: Some("+79990000004".to_owned()),
            ..Profile::default()
        };
        let group = contacts::create(&tx, profile, ContactSource::Group, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let rows = [
            row("А", "+79990000001"),
            row("Б", "+79990000002"),
            row("В", "+79990000003"),
            row("Г", "+79990000004"),
        ];
        let outcomes = take(&db.store, &rows, &origin, NOW.plus_ms(9)).await;
        assert_eq!(outcomes[0], ImportOutcome::Created { opted_out: true });
        assert_eq!(outcomes[1], ImportOutcome::Unchanged(all[1].id));
        assert_eq!(outcomes[2], ImportOutcome::Unchanged(all[2].id));
        assert_eq!(
            outcomes[3],
            ImportOutcome::Updated(group.id),
            "the operator attests for the group's member"
        );
        let read = db.store.reader();
        let stopped = contacts::find_by_phone(read, "+79990000001")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (stopped.consent_basis, stopped.stage),
            (ConsentBasis::None, FunnelStage::OptedOut)
        );
        assert!(consent::ledger(read, stopped.id).await.unwrap().is_empty());
        assert_eq!(
            contacts::get(read, all[1].id).await.unwrap().consent_basis,
            ConsentBasis::None
        );
        assert_eq!(
            contacts::get(read, group.id).await.unwrap().consent_basis,
            ConsentBasis::OperatorAttested
        );
        assert_eq!(consent::ledger(read, group.id).await.unwrap().len(), 1);
    });
}

#[test]
fn an_upload_is_undone_but_for_those_who_were_written_to() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let profile = Profile {
            name: "Старый".to_owned(),
            phone: Some("+79990000009".to_owned()),
            ..Profile::default()
        };
        let old = contacts::create(&tx, profile, ContactSource::Manual, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let (import_id, origin) = begin(&db.store).await;
        let renamed = ImportRow {
            tags: vec!["t".to_owned()],
            age: Some(5),
            ..row("Новый", "+79990000009")
        };
        take(
            &db.store,
            &[renamed, row("А", "+79990000001")],
            &origin,
            NOW.plus_ms(1),
        )
        .await;
        take(
            &db.store,
            &[row("Новейший", "+79990000009"), row("Б", "+79990000002")],
            &origin,
            NOW.plus_ms(2),
        )
        .await;
        let written = contacts::find_by_phone(db.store.reader(), "+79990000002")
            .await
            .unwrap()
            .unwrap();
        let tx = db.store.begin().await.unwrap();
        contacts::note_outbound(&tx, written.id, NOW).await.unwrap();
        tx.commit().await.unwrap();

        let (mut deleted, mut restored, mut kept) = (0, 0, Vec::new());
        let mut position = Some(UndoPosition::default());
        while let Some(from) = position {
            let tx = db.store.begin().await.unwrap();
            let step = imports::undo_step(&tx, import_id, from, NOW.plus_ms(3))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            deleted += step.deleted;
            restored += step.restored;
            kept.extend(step.kept);
            position = step.next;
        }
        assert_eq!((deleted, restored, kept), (1, 2, vec![written.id]));
        let back = contacts::get(db.store.reader(), old.id).await.unwrap();
        assert_eq!(
            (back.name.as_str(), back.age, back.consent_basis),
            ("Старый", None, ConsentBasis::None)
        );
        assert!(tags::of(db.store.reader(), old.id).await.unwrap().is_empty());
        assert_eq!(everybody(&db.store).await.len(), 2);
        // The undoing did not take consent back: another upload may attest it anew.
        let (_, again) = begin(&db.store).await;
        take(&db.store, &[row("Старый", "+79990000009")], &again, NOW).await;
        let attested = contacts::get(db.store.reader(), old.id).await.unwrap();
        assert_eq!(attested.consent_basis, ConsentBasis::OperatorAttested);
    });
}

#[test]
fn an_upload_keeps_its_counts_and_problem_rows() {
    on_each(async |db| {
        let (id, _) = begin(&db.store).await;
        let tx = db.store.begin().await.unwrap();
        let counts = Counts {
            total: 7,
            created: 1,
            updated: 2,
            unchanged: 3,
            skipped: 0,
            errors: 1,
        };
        imports::set_counts(&tx, id, counts).await.unwrap();
        let problem = |row| ProblemRow {
            row,
            field: Some("phone".to_owned()),
            value: Some("12".to_owned()),
            message: "too short".to_owned(),
            raw: "[]".to_owned(),
        };
        imports::add_rows(&tx, id, &[problem(2), problem(2), problem(5)])
            .await
            .unwrap();
        assert!(
            imports::move_state(&tx, id, ImportState::Running, ImportState::Done, None, NOW)
                .await
                .unwrap()
        );
        assert!(
            !imports::move_state(&tx, id, ImportState::Running, ImportState::Failed, None, NOW)
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        let read = db.store.reader();
        assert_eq!(imports::get(read, id).await.unwrap().unchanged, 3);
        let first = imports::rows(read, id, &Page::first(2)).await.unwrap();
        let page = Page {
            limit: 2,
            cursor: first.next_cursor,
        };
        let second = imports::rows(read, id, &page).await.unwrap();
        let rows: Vec<i64> = first
            .items
            .iter()
            .chain(&second.items)
            .map(|problem| problem.row)
            .collect();
        assert_eq!(
            (rows, imports::row_total(read, id).await.unwrap()),
            (vec![2, 2, 5], 3)
        );
        assert_eq!(
            imports::rows_after(read, id, first.items[0].id)
                .await
                .unwrap()
                .len(),
            2
        );
        assert_eq!(
            imports::list(read, None, Order::NEWEST, &Page::default())
                .await
                .unwrap()
                .items
                .len(),
            1
        );
    });
}

/// Not a test of correctness: `cargo test -p alfa-store --test contract speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, run by hand"]
fn speed_of_new_rows() {
    on_sqlite(async |db| {
        let (_, origin) = begin(&db.store).await;
        let begun = std::time::Instant::now();
        let total = 200_000;
        for batch in 0..total / 20_000 {
            let tx = db.store.begin().await.unwrap();
            for chunk in 0..20 {
                let first = batch * 20_000 + chunk * 1_000;
                let rows: Vec<ImportRow> = (first..first + 1_000)
                    .map(|n| ImportRow {
                        profession: Some("инженер".to_owned()),
                        interests: Some("бег, кино".to_owned()),
                        ..row(
                            &format!("Имя{} Фамилия{n}", n * 7919 % 10_007),
                            &format!("+79{:09}", n * 7_919 % 999_999_937),
                        )
                    })
                    .collect();
                import_chunk(&tx, &rows, &origin, false, NOW).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        println!("{:.0} rows/s", f64::from(total) / begun.elapsed().as_secs_f64());
    });
}

//! What an undone upload may not touch: what people did since.

use alfa_store::contacts::consent::{self, Grant};
use alfa_store::contacts::{self, ImportRow, Profile};
use alfa_store::entity::contacts::Model;
use alfa_store::imports::{self, UndoPosition};
use alfa_store::types::{ConsentAction, ConsentBasis, ContactSource};
use alfa_store::{Store, UnixMillis};

use crate::harness::on_each;
use crate::imports::{NOW, begin, row, take};

/// Undoes a whole upload; how many are gone, as before, and kept.
pub async fn undo(store: &Store, import_id: i64, now: UnixMillis) -> (u64, u64, Vec<i64>) {
    let (mut deleted, mut restored, mut kept) = (0, 0, Vec::new());
    let mut position = Some(UndoPosition::default());
    while let Some(from) = position {
        let tx = store.begin().await.unwrap();
        let step = imports::undo_step(&tx, import_id, from, now).await.unwrap();
        tx.commit().await.unwrap();
        deleted += step.deleted;
        restored += step.restored;
        kept.extend(step.kept);
        position = step.next;
    }
    (deleted, restored, kept)
}

async fn manual(store: &Store, phone: &str) -> Model {
    let tx = store.begin().await.unwrap();
    let profile = Profile {
        name: "Старый".to_owned(),
        phone: Some(phone.to_owned()),
        ..Profile::default()
    };
    let made = contacts::create(&tx, profile, ContactSource::Manual, NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    made
}

async fn grant(store: &Store, id: i64, basis: ConsentBasis, at: UnixMillis) {
    let entry = Grant {
        basis,
        evidence: None,
        recorded_by: "ann".to_owned(),
        wording: None,
    };
    let tx = store.begin().await.unwrap();
    consent::grant(&tx, id, &entry, at).await.unwrap();
    tx.commit().await.unwrap();
}

async fn revoke(store: &Store, id: i64, at: UnixMillis) {
    let tx = store.begin().await.unwrap();
    consent::revoke(&tx, id, "ann", None, at).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn consent_that_was_revoked_since_stays_revoked() {
    on_each(async |db| {
        // One had a basis before the upload, the other got it from the upload.
        let known = manual(&db.store, "+79990000001").await;
        let attested = manual(&db.store, "+79990000002").await;
        grant(&db.store, known.id, ConsentBasis::ExistingClient, NOW).await;
        let (import_id, origin) = begin(&db.store).await;
        let rows = [row("Новый", "+79990000001"), row("Новая", "+79990000002")];
        take(&db.store, &rows, &origin, NOW.plus_ms(1)).await;
        for id in [known.id, attested.id] {
            revoke(&db.store, id, NOW.plus_ms(2)).await;
        }
        assert_eq!(undo(&db.store, import_id, NOW.plus_ms(3)).await, (0, 2, vec![]));
        let read = db.store.reader();
        for id in [known.id, attested.id] {
            let back = contacts::get(read, id).await.unwrap();
            assert_eq!(
                (back.name.as_str(), back.consent_basis),
                ("Старый", ConsentBasis::None)
            );
            let ledger = consent::ledger(read, id).await.unwrap();
            assert_eq!(ledger.last().unwrap().action, ConsentAction::Revoked);
        }
    });
}

#[test]
fn a_basis_that_was_recorded_since_stays() {
    on_each(async |db| {
        let old = manual(&db.store, "+79990000001").await;
        let (import_id, origin) = begin(&db.store).await;
        take(
            &db.store,
            &[row("Новый", "+79990000001")],
            &origin,
            NOW.plus_ms(1),
        )
        .await;
        grant(&db.store, old.id, ConsentBasis::OptInForm, NOW.plus_ms(2)).await;
        undo(&db.store, import_id, NOW.plus_ms(3)).await;
        let read = db.store.reader();
        let back = contacts::get(read, old.id).await.unwrap();
        assert_eq!(back.consent_basis, ConsentBasis::OptInForm);
        assert_eq!(consent::ledger(read, old.id).await.unwrap().len(), 2);
    });
}

#[test]
fn what_was_edited_since_stays_and_the_rest_goes_back() {
    on_each(async |db| {
        let old = manual(&db.store, "+79990000001").await;
        let (import_id, origin) = begin(&db.store).await;
        let brought = ImportRow {
            profession: Some("врач".to_owned()),
            goal: Some("дом".to_owned()),
            ..row("Новый", "+79990000001")
        };
        take(&db.store, &[brought], &origin, NOW.plus_ms(1)).await;
        let tx = db.store.begin().await.unwrap();
        let edited = Profile {
            name: "Новый".to_owned(),
            phone: old.phone.clone(),
            profession: Some("хирург".to_owned()),
            goal: Some("дом".to_owned()),
            notes: Some("позвонить".to_owned()),
            ..Profile::default()
        };
        contacts::update(&tx, old.id, edited, NOW.plus_ms(2))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(undo(&db.store, import_id, NOW.plus_ms(3)).await, (0, 1, vec![]));
        let back = contacts::get(db.store.reader(), old.id).await.unwrap();
        assert_eq!(
            (back.name.as_str(), back.goal.as_deref()),
            ("Старый", None),
            "what the upload wrote goes back"
        );
        assert_eq!(
            (back.profession.as_deref(), back.notes.as_deref()),
            (Some("хирург"), Some("позвонить")),
            "what a person wrote stays"
        );
    });
}

#[test]
fn a_phone_that_another_has_by_now_is_not_taken_from_them() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let profile = Profile {
            name: "Старый".to_owned(),
            phone: Some("+79990000001".to_owned()),
            username: Some("ivan".to_owned()),
            ..Profile::default()
        };
        let old = contacts::create(&tx, profile, ContactSource::Manual, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let (import_id, origin) = begin(&db.store).await;
        let moved = ImportRow {
            username: Some("ivan".to_owned()),
            ..row("Старый", "+79990000002")
        };
        take(&db.store, &[moved], &origin, NOW.plus_ms(1)).await;
        manual(&db.store, "+79990000001").await;
        assert_eq!(
            undo(&db.store, import_id, NOW.plus_ms(2)).await,
            (0, 0, vec![old.id])
        );
    });
}

//! A contact's end: what must go, and what must stay.

use alfa_store::contacts;
use alfa_store::entity::import_changes;
use alfa_store::groups::{self, NewGroup, NewMember};
use alfa_store::types::GroupKind;
use alfa_store::{Order, Page, contacts::ImportRow};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::harness::on_each;
use crate::imports::{NOW, begin, row, take};
use crate::undo::undo;

/// A person of an upload who is in a group, too; gives the contact, the group and the upload.
async fn member(store: &alfa_store::Store) -> (i64, i64, i64) {
    let (import_id, origin) = begin(store).await;
    let person = ImportRow {
        telegram_user_id: Some(1),
        ..row("Анна", "+79990000001")
    };
    take(store, std::slice::from_ref(&person), &origin, NOW).await;
    let changed = ImportRow {
        name: Some("Анна Ёлкина".to_owned()),
        ..person
    };
    take(store, &[changed], &origin, NOW.plus_ms(1)).await;
    let group = NewGroup {
        telegram_id: 50,
        access_hash: 1,
        title: "Бег".to_owned(),
        username: None,
        kind: GroupKind::Supergroup,
        members_count: 1,
    };
    let annie = NewMember {
        telegram_user_id: 1,
        name: "annie".to_owned(),
        username: Some("annie".to_owned()),
    };
    let tx = store.begin().await.unwrap();
    groups::save(&tx, 1, &[group], NOW).await.unwrap();
    let group_id = groups::list(&tx, None, Order::NEWEST, &Page::default())
        .await
        .unwrap()
        .items[0]
        .id;
    groups::save_members(&tx, group_id, &[annie], NOW).await.unwrap();
    groups::link_members(&tx, group_id).await.unwrap();
    tx.commit().await.unwrap();
    let id = contacts::find_by_phone(store.reader(), "+79990000001")
        .await
        .unwrap()
        .unwrap()
        .id;
    (id, group_id, import_id)
}

#[test]
fn erasing_a_person_leaves_no_name_and_no_old_state() {
    on_each(async |db| {
        let (id, group_id, _) = member(&db.store).await;
        let tx = db.store.begin().await.unwrap();
        assert_eq!(import_changes::Entity::find().count(&tx).await.unwrap(), 1);
        contacts::delete(&tx, id, NOW).await.unwrap();
        assert!(contacts::delete(&tx, id, NOW).await.is_err());
        tx.commit().await.unwrap();
        let read = db.store.reader();
        assert_eq!(import_changes::Entity::find().count(read).await.unwrap(), 0);
        let members = groups::members(read, group_id, Order::NEWEST, &Page::default())
            .await
            .unwrap();
        let annie = &members.items[0];
        assert_eq!(
            (annie.contact_id, annie.name.as_str(), annie.username.as_deref()),
            (None, "", None)
        );
    });
}

#[test]
fn undoing_an_upload_leaves_the_lists_of_groups_alone() {
    on_each(async |db| {
        let (_, group_id, import_id) = member(&db.store).await;
        assert_eq!(undo(&db.store, import_id, NOW.plus_ms(2)).await.0, 1);
        let members = groups::members(db.store.reader(), group_id, Order::NEWEST, &Page::default())
            .await
            .unwrap();
        let annie = &members.items[0];
        assert_eq!((annie.contact_id, annie.name.as_str()), (None, "annie"));
    });
}

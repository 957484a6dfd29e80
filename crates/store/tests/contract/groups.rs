//! Groups and their members.

use alfa_store::contacts::{
    self, Filter, Identity, ImportOutcome, ImportRow, Origin, Profile, Sort, import_chunk,
};
use alfa_store::types::{ConsentBasis, ContactSource, GroupKind};
use alfa_store::{Order, Page, UnixMillis, groups};

use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);
const CREATED: ImportOutcome = ImportOutcome::Created { opted_out: false };

#[test]
fn members_of_a_group_become_contacts_without_consent() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let profile = Profile {
            name: "Анна".to_owned(),
            telegram_user_id: Some(1),
            ..Profile::default()
        };
        let ann = contacts::create(&tx, profile, ContactSource::Manual, NOW)
            .await
            .unwrap();
        let group = groups::NewGroup {
            telegram_id: 50,
            access_hash: 1,
            title: "Бег".to_owned(),
            username: None,
            kind: GroupKind::Supergroup,
            members_count: 2,
        };
        groups::save(&tx, 1, std::slice::from_ref(&group), NOW)
            .await
            .unwrap();
        groups::save(
            &tx,
            1,
            &[groups::NewGroup {
                title: "Бег!".to_owned(),
                ..group
            }],
            NOW,
        )
        .await
        .unwrap();
        let all = groups::list(&tx, Some(1), Order::NEWEST, &Page::default())
            .await
            .unwrap();
        assert_eq!((all.items.len(), all.items[0].title.as_str()), (1, "Бег!"));
        let id = all.items[0].id;
        let member = |id, name: &str| groups::NewMember {
            telegram_user_id: id,
            name: name.to_owned(),
            username: Some(format!("user{id}")),
        };
        groups::save_members(
            &tx,
            id,
            &[member(1, "annie"), member(2, "Bob"), member(2, "Bob")],
            NOW,
        )
        .await
        .unwrap();
        let rows: Vec<ImportRow> = groups::members(&tx, id, Order::NEWEST, &Page::default())
            .await
            .unwrap()
            .items
            .into_iter()
            .map(|m| ImportRow {
                name: Some(m.name),
                username: m.username,
                telegram_user_id: Some(m.telegram_user_id),
                ..ImportRow::default()
            })
            .collect();
        let outcomes = import_chunk(&tx, &rows, &Origin::Group, false, NOW)
            .await
            .unwrap();
        assert_eq!(outcomes, [CREATED, ImportOutcome::Updated(ann.id)]);
        assert_eq!(groups::link_members(&tx, id).await.unwrap(), 2);
        assert_eq!(groups::link_members(&tx, id).await.unwrap(), 0);
        groups::set_parsed(&tx, id, NOW).await.unwrap();
        assert_eq!(groups::get(&tx, id).await.unwrap().parsed_at, Some(NOW));
        tx.commit().await.unwrap();
        let ann = contacts::get(db.store.reader(), ann.id).await.unwrap();
        assert_eq!(
            (ann.name.as_str(), ann.username.as_deref()),
            ("Анна", Some("user1")),
            "the operator's name stays"
        );
        let filter = Filter {
            group_id: Some(id),
            ..Filter::default()
        };
        let page = contacts::list(db.store.reader(), &filter, Sort::default(), &Page::default())
            .await
            .unwrap();
        assert_eq!(page.items.len(), 2);
        assert!(
            page.items
                .iter()
                .all(|contact| contact.consent_basis == ConsentBasis::None)
        );
        let by = Identity {
            telegram_user_id: Some(2),
            ..Identity::default()
        };
        assert_eq!(
            contacts::find_by(db.store.reader(), &by).await.unwrap()[0].source,
            ContactSource::Group
        );
    });
}

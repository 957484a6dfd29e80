//! Contacts: changes, consent, search and lists.

use alfa_store::contacts::consent::Grant;
use alfa_store::contacts::{self, Filter, Identity, Profile, Sort, consent, suppression, tags};
use alfa_store::entity::contacts::Model;
use alfa_store::types::{ConsentAction, ConsentBasis, ContactSource, FunnelStage};
use alfa_store::{Page, Store, StoreError, UnixMillis};

use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);

pub fn profile(name: &str, phone: Option<&str>, username: Option<&str>) -> Profile {
    Profile {
        name: name.to_owned(),
        phone: phone.map(str::to_owned),
        username: username.map(str::to_owned),
        ..Profile::default()
    }
}

async fn add(store: &Store, name: &str, phone: Option<&str>, username: Option<&str>) -> Model {
    let tx = store.begin().await.unwrap();
    let made = contacts::create(&tx, profile(name, phone, username), ContactSource::Manual, NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    made
}

fn granted(basis: ConsentBasis) -> Grant {
    Grant {
        basis,
        evidence: Some("form 7".to_owned()),
        recorded_by: "ann".to_owned(),
        wording: None,
    }
}

#[test]
fn a_contact_is_made_changed_found_and_deleted() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна Ёлкина", Some("+79990000001"), Some("ann")).await;
        assert_eq!(
            (ann.name_key.as_str(), ann.stage),
            ("анна елкина", FunnelStage::New)
        );
        let read = db.store.reader();
        assert_eq!(contacts::get(read, ann.id).await.unwrap(), ann);
        assert_eq!(
            contacts::find_by_phone(read, "+79990000001")
                .await
                .unwrap()
                .as_ref(),
            Some(&ann)
        );
        assert_eq!(
            contacts::find_by_username(read, "ann").await.unwrap().as_ref(),
            Some(&ann)
        );
        let identity = Identity {
            username: Some("ann".to_owned()),
            telegram_user_id: Some(5),
            phone: None,
        };
        assert_eq!(
            contacts::find_by(read, &identity).await.unwrap(),
            std::slice::from_ref(&ann)
        );
        assert!(
            contacts::find_by(read, &Identity::default())
                .await
                .unwrap()
                .is_empty()
        );

        let tx = db.store.begin().await.unwrap();
        let changed = Profile {
            age: Some(30),
            ..profile("Анна", None, Some("anna"))
        };
        let changed = contacts::update(&tx, ann.id, changed, UnixMillis(2))
            .await
            .unwrap();
        assert_eq!(
            (changed.phone.as_deref(), changed.age, changed.created_at),
            (None, Some(30), NOW)
        );
        tags::set(&tx, ann.id, &["vip".to_owned(), "vip".to_owned(), "a".to_owned()])
            .await
            .unwrap();
        assert_eq!(tags::of(&tx, ann.id).await.unwrap(), ["a", "vip"]);
        contacts::delete(&tx, ann.id, NOW).await.unwrap();
        assert!(matches!(
            contacts::get(&tx, ann.id).await,
            Err(StoreError::NotFound("contact"))
        ));
        assert!(matches!(
            contacts::delete(&tx, ann.id, NOW).await,
            Err(StoreError::NotFound("contact"))
        ));
        assert!(tags::most_used(&tx, None, 10).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    });
}

#[test]
fn stop_beats_every_basis_and_outlives_the_contact() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна", Some("+79990000001"), Some("ann")).await;
        let tx = db.store.begin().await.unwrap();
        assert!(
            consent::grant(&tx, ann.id, &granted(ConsentBasis::OptInForm), NOW)
                .await
                .unwrap()
        );
        assert!(
            !consent::grant(&tx, ann.id, &granted(ConsentBasis::None), NOW)
                .await
                .unwrap()
        );
        assert_eq!(
            contacts::get(&tx, ann.id).await.unwrap().consent_basis,
            ConsentBasis::OptInForm
        );
        assert!(
            consent::opt_out(&tx, ann.id, "rule", Some("стоп"), UnixMillis(2))
                .await
                .unwrap()
        );
        assert!(
            !consent::opt_out(&tx, ann.id, "rule", None, UnixMillis(3))
                .await
                .unwrap()
        );
        assert!(
            !consent::grant(&tx, ann.id, &granted(ConsentBasis::WroteFirst), NOW)
                .await
                .unwrap()
        );
        let out = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!(out.opted_out_at, Some(UnixMillis(2)));
        assert_eq!(
            (out.consent_basis, out.stage),
            (ConsentBasis::None, FunnelStage::OptedOut)
        );
        let actions: Vec<_> = consent::ledger(&tx, ann.id)
            .await
            .unwrap()
            .into_iter()
            .map(|e| e.action)
            .collect();
        assert_eq!(actions, [ConsentAction::Granted, ConsentAction::Revoked]);

        contacts::delete(&tx, ann.id, NOW).await.unwrap();
        let again = contacts::create(&tx, profile("А", None, Some("ann")), ContactSource::Manual, NOW)
            .await
            .unwrap();
        assert_eq!(
            (again.opted_out_at, again.stage),
            (Some(UnixMillis(2)), FunnelStage::OptedOut)
        );
        assert!(
            !consent::grant(&tx, again.id, &granted(ConsentBasis::OptInForm), NOW)
                .await
                .unwrap()
        );

        // Another contact that takes over the phone is the same person.
        let other = contacts::create(&tx, profile("Б", None, None), ContactSource::Manual, NOW)
            .await
            .unwrap();
        let other = contacts::update(&tx, other.id, profile("Б", Some("+79990000001"), None), NOW)
            .await
            .unwrap();
        assert_eq!(other.opted_out_at, Some(UnixMillis(2)));

        consent::reinstate(&tx, again.id, &granted(ConsentBasis::OptInForm), NOW)
            .await
            .unwrap();
        let back = contacts::get(&tx, again.id).await.unwrap();
        assert_eq!(
            (back.opted_out_at, back.consent_basis),
            (None, ConsentBasis::OptInForm)
        );
        assert_eq!(suppression::since(&tx, &Identity::of(&back)).await.unwrap(), None);
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_revocation_holds_without_an_opt_out() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна", Some("+79990000001"), None).await;
        let tx = db.store.begin().await.unwrap();
        assert!(
            consent::grant(&tx, ann.id, &granted(ConsentBasis::OptInForm), NOW)
                .await
                .unwrap()
        );
        consent::revoke(&tx, ann.id, "ann", None, NOW).await.unwrap();
        assert!(
            !consent::grant(&tx, ann.id, &granted(ConsentBasis::OperatorAttested), NOW)
                .await
                .unwrap()
        );
        let now = contacts::get(&tx, ann.id).await.unwrap();
        assert_eq!((now.consent_basis, now.opted_out_at), (ConsentBasis::None, None));
    });
}

#[test]
fn one_of_many_claims_the_right_to_write_first() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна", Some("+79990000001"), None).await;
        let claims = (0..8).map(|_| {
            let (store, id) = (db.store.clone(), ann.id);
            tokio::task::spawn(async move {
                let tx = store.begin().await.unwrap();
                let won = contacts::claim_outreach(&tx, id, 86_400_000, NOW).await.unwrap();
                tx.commit().await.unwrap();
                won
            })
        });
        let mut won = 0;
        for claim in claims.collect::<Vec<_>>() {
            won += usize::from(claim.await.unwrap());
        }
        assert_eq!(won, 1);
        let tx = db.store.begin().await.unwrap();
        assert!(
            !contacts::claim_outreach(&tx, ann.id, 86_400_000, NOW.plus_ms(86_399_999))
                .await
                .unwrap()
        );
        assert!(
            contacts::claim_outreach(&tx, ann.id, 86_400_000, NOW.plus_ms(86_400_000))
                .await
                .unwrap()
        );
        contacts::release_outreach(&tx, ann.id, NOW.plus_ms(86_400_000))
            .await
            .unwrap();
        assert!(
            contacts::claim_outreach(&tx, ann.id, 86_400_000, NOW)
                .await
                .unwrap()
        );
    });
}

async fn names(store: &Store, search: &str) -> Vec<String> {
    let filter = Filter {
        search: Some(search.to_owned()),
        ..Filter::default()
    };
    let page = contacts::list(store.reader(), &filter, Sort::default(), &Page::default())
        .await
        .unwrap();
    assert_eq!(
        contacts::total(store, &filter).await.unwrap(),
        page.items.len() as u64,
        "{search}"
    );
    page.items.into_iter().map(|contact| contact.name).collect()
}

#[test]
fn search_finds_parts_of_names_phones_and_usernames() {
    on_each(async |db| {
        add(&db.store, "Пётр Семёнов", Some("+79123456789"), Some("petya")).await;
        add(&db.store, "Семен Петров", Some("+79991112233"), None).await;
        add(&db.store, "100% \"O'Neil\" _x\\", None, Some("oneil")).await;
        let both = ["Пётр Семёнов", "Семен Петров"];
        assert_eq!(names(&db.store, "ПЕТР").await, both);
        assert_eq!(names(&db.store, "ёнов").await, both[..1]);
        assert_eq!(names(&db.store, "се").await, both, "two letters: of any word");
        assert_eq!(
            names(&db.store, "с").await,
            both[1..],
            "one letter: the beginning"
        );
        assert!(names(&db.store, "ер").await.is_empty(), "not within a word");
        assert_eq!(names(&db.store, "петр се").await, both, "each word, in any order");
        assert_eq!(names(&db.store, "семен петр").await, both);
        assert_eq!(names(&db.store, "петр 100").await, [""; 0]);
        assert_eq!(names(&db.store, "8 (912) 345").await, both[..1]);
        assert_eq!(names(&db.store, "+7999").await, both[1..]);
        assert_eq!(names(&db.store, "912").await, both[..1]);
        assert_eq!(names(&db.store, "@pet").await, both[..1]);
        assert_eq!(names(&db.store, "oneil").await, ["100% \"O'Neil\" _x\\"]);
        for literal in ["100%", "100% \"o", "\"o'", "_x\\", "o'neil"] {
            assert_eq!(
                names(&db.store, literal).await,
                ["100% \"O'Neil\" _x\\"],
                "{literal}"
            );
        }
        for nothing in ["%%%", "___", "енп", "* OR *", "\0"] {
            assert_eq!(
                names(&db.store, nothing).await.len(),
                if nothing == "\0" { 3 } else { 0 },
                "{nothing}"
            );
        }
    });
}

#[test]
fn search_follows_changed_and_deleted_names() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна Иванова", None, Some("ann")).await;
        let tx = db.store.begin().await.unwrap();
        contacts::update(&tx, ann.id, profile("Анна Сидорова", None, Some("ann")), NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(names(&db.store, "иванова").await.is_empty());
        assert_eq!(names(&db.store, "дорова").await, ["Анна Сидорова"]);
        let tx = db.store.begin().await.unwrap();
        contacts::delete(&tx, ann.id, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert!(names(&db.store, "дорова").await.is_empty());
    });
}

#[test]
fn every_order_pages_through_everybody_once() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        for (n, name) in ["Яна", "ёж", "Анна", "анна", "Bob", "Ева", "Ирина", "Яна", "Олег"]
            .iter()
            .enumerate()
        {
            let made_at = UnixMillis(100 - (n as i64 / 2));
            let made = contacts::create(&tx, profile(name, None, None), ContactSource::Manual, made_at)
                .await
                .unwrap();
            if n % 3 != 0 {
                contacts::note_outbound(&tx, made.id, UnixMillis(n as i64 / 4))
                    .await
                    .unwrap();
            }
        }
        tx.commit().await.unwrap();
        for word in ["id", "name", "created_at", "last_message_at"] {
            let up = walk(&db.store, word).await;
            let mut down = walk(&db.store, &format!("-{word}")).await;
            assert_eq!(up.len(), 9, "{word}");
            let key = |c: &Model| match word {
                "id" => (String::new(), c.id),
                "name" => (c.name_key.clone(), c.id),
                "created_at" => (format!("{:03}", c.created_at.0), c.id),
                _ => (
                    c.last_message_at
                        .map_or(String::new(), |at| format!("{:03}", at.0)),
                    c.id,
                ),
            };
            assert!(up.is_sorted_by_key(key), "{word}");
            down.reverse();
            assert_eq!(up, down, "{word}");
        }
        let page = Page {
            limit: 2,
            cursor: Some("cn.n1.2".to_owned()),
        };
        let by_name = Sort::parse("name").unwrap();
        let refused = contacts::list(db.store.reader(), &Filter::default(), by_name, &page).await;
        assert!(matches!(refused, Err(StoreError::BadCursor)));
    });
}

async fn walk(store: &Store, sort: &str) -> Vec<Model> {
    let sort = Sort::parse(sort).unwrap();
    let mut page = Page::first(2);
    let mut all = Vec::new();
    loop {
        let part = contacts::list(store.reader(), &Filter::default(), sort, &page)
            .await
            .unwrap();
        all.extend(part.items);
        match part.next_cursor {
            Some(cursor) => page.cursor = Some(cursor),
            None => return all,
        }
    }
}

#[test]
fn filters_combine() {
    on_each(async |db| {
        let ann = add(&db.store, "Анна", Some("+79990000001"), None).await;
        let bob = add(&db.store, "Bob", Some("+79990000002"), None).await;
        let tx = db.store.begin().await.unwrap();
        tags::add_many(&tx, &[(ann.id, "vip"), (bob.id, "vip"), (bob.id, "vip")])
            .await
            .unwrap();
        consent::grant(&tx, ann.id, &granted(ConsentBasis::ExistingClient), NOW)
            .await
            .unwrap();
        consent::opt_out(&tx, bob.id, "rule", None, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let ids = async |filter: Filter| {
            let page = contacts::list(db.store.reader(), &filter, Sort::default(), &Page::default())
                .await
                .unwrap();
            assert_eq!(
                contacts::total(&db.store, &filter).await.unwrap() as usize,
                page.items.len()
            );
            page.items
                .into_iter()
                .map(|contact| contact.id)
                .collect::<Vec<_>>()
        };
        let tagged = Filter {
            tag: Some("vip".to_owned()),
            ..Filter::default()
        };
        assert_eq!(ids(tagged.clone()).await, [ann.id, bob.id]);
        let client = Filter {
            consent: Some(ConsentBasis::ExistingClient),
            ..tagged.clone()
        };
        assert_eq!(ids(client).await, [ann.id]);
        assert_eq!(
            ids(Filter {
                opted_out: Some(true),
                ..tagged.clone()
            })
            .await,
            [bob.id]
        );
        assert_eq!(
            ids(Filter {
                source: Some(ContactSource::Group),
                ..tagged
            })
            .await,
            [0; 0]
        );
        assert_eq!(
            ids(Filter {
                group_id: Some(1),
                ..Filter::default()
            })
            .await,
            [0; 0]
        );
    });
}

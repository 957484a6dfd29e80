//! The schema from empty, and the connection.

use alfa_store::entity::contacts;
use alfa_store::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage};
use alfa_store::{ConnectProblem, ConnectionTrait, DatabaseUrl, Store, StoreError, UnixMillis};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::harness::{fresh_postgres, on_each, on_sqlite, server_url};

fn person(name: &str, phone: Option<&str>) -> contacts::ActiveModel {
    contacts::ActiveModel {
        name: Set(name.to_owned()),
        name_key: Set(name.to_lowercase()),
        phone: Set(phone.map(str::to_owned)),
        source: Set(ContactSource::Manual),
        status: Set(ContactStatus::Active),
        consent_basis: Set(ConsentBasis::None),
        stage: Set(FunnelStage::New),
        created_at: Set(UnixMillis(2_208_988_800_123)),
        updated_at: Set(UnixMillis(0)),
        ..Default::default()
    }
}

#[test]
fn migrates_from_empty_and_again_and_keeps_far_times_exact() {
    on_each(async |db| {
        let store = &db.store;
        assert!(store.ready().await.unwrap());
        store.migrate().await.unwrap();
        let tx = store.begin().await.unwrap();
        let made = person("Ёлка", Some("+79990000001")).insert(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let read = contacts::Entity::find_by_id(made.id)
            .one(store.reader())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(read, made);
        assert_eq!(read.created_at, UnixMillis(2_208_988_800_123), "a moment in 2040");
    });
}

#[test]
fn is_not_ready_before_the_migrations() {
    on_each(async |db| {
        let url = match &db.url {
            DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.with_extension("empty")),
            _ => fresh_postgres().await,
        };
        let store = Store::connect(&url).await.unwrap();
        assert!(!store.ready().await.unwrap());
    });
}

#[test]
fn two_processes_may_migrate_at_once() {
    on_each(async |db| {
        let url = match &db.url {
            DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.with_extension("second")),
            _ => fresh_postgres().await,
        };
        let one = Store::connect(&url).await.unwrap();
        let two = Store::connect(&url).await.unwrap();
        let (a, b) = tokio::join!(one.migrate(), two.migrate());
        a.unwrap();
        b.unwrap();
        assert!(one.ready().await.unwrap() && two.ready().await.unwrap());
    });
}

#[test]
fn a_unique_violation_names_its_field() {
    on_each(async |db| {
        for _ in 0..2 {
            let tx = db.store.begin().await.unwrap();
            let result = person("A", Some("+79990000001"))
                .insert(&tx)
                .await
                .map_err(StoreError::from);
            if let Err(error) = result {
                assert!(error.is_conflict_on("phone"), "{error}");
                assert!(matches!(error, StoreError::Conflict { table, .. } if table == "contacts"));
                tx.rollback().await.unwrap();
                let count = contacts::Entity::find().count(db.store.reader()).await.unwrap();
                assert_eq!(count, 1);
                return;
            }
            tx.commit().await.unwrap();
        }
        panic!("the same phone was taken twice");
    });
}

#[test]
fn a_dropped_transaction_leaves_nothing() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        person("A", None).insert(&tx).await.unwrap();
        drop(tx);
        let tx = db.store.begin().await.unwrap();
        assert_eq!(contacts::Entity::find().count(&tx).await.unwrap(), 0);
    });
}

#[test]
fn sqlite_settings_hold_and_readers_cannot_write() {
    on_sqlite(async |db| {
        let pragma = async |db: &dyn Pragma, name: &str| db.pragma(name).await;
        let tx = db.store.begin().await.unwrap();
        assert_eq!(pragma(&tx, "journal_mode").await, "wal");
        assert_eq!(pragma(&tx, "synchronous").await, "2");
        assert_eq!(pragma(&tx, "foreign_keys").await, "1");
        tx.rollback().await.unwrap();
        assert_eq!(pragma(db.store.reader(), "query_only").await, "1");
        assert!(person("A", None).insert(db.store.reader()).await.is_err());
    });
}

#[async_trait::async_trait]
trait Pragma: Sync {
    async fn pragma(&self, name: &str) -> String;
}

#[async_trait::async_trait]
impl<C: ConnectionTrait> Pragma for C {
    async fn pragma(&self, name: &str) -> String {
        let statement =
            sea_orm::Statement::from_string(self.get_database_backend(), format!("PRAGMA {name}"));
        let row = self.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
            .unwrap()
    }
}

#[test]
fn a_database_that_cannot_be_opened_says_why() {
    on_sqlite(async |db| {
        let DatabaseUrl::Sqlite(path) = &db.url else {
            unreachable!()
        };
        let problem = async |url: DatabaseUrl| match Store::connect(&url).await {
            Err(StoreError::Connect(error)) => {
                assert!(!error.to_string().contains("hunter2"), "{error}");
                error.problem
            }
            other => panic!("{other:?}"),
        };
        let missing = path.with_file_name("no").join("alfa.db");
        assert_eq!(
            problem(DatabaseUrl::Sqlite(missing)).await,
            ConnectProblem::NoFolder
        );
        let picture = path.with_file_name("picture.db");
        std::fs::write(&picture, [0x89u8; 8192]).unwrap();
        assert_eq!(
            problem(DatabaseUrl::Sqlite(picture)).await,
            ConnectProblem::NotADatabase
        );
        assert_eq!(
            problem(DatabaseUrl::Sqlite(path.parent().unwrap().into())).await,
            ConnectProblem::NoPermission
        );
        let postgres = |address: &str| DatabaseUrl::parse(address).unwrap();
        assert_eq!(
            problem(postgres("postgres://ann:hunter2@127.0.0.1:1/alfa")).await,
            ConnectProblem::Unreachable
        );
        let no_database = format!("{}/no_such", server_url());
        assert_eq!(problem(postgres(&no_database)).await, ConnectProblem::NoDatabase);
    });
}

#[test]
fn transactions_that_read_and_then_write_wait_and_do_not_deadlock() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let id = person("0", None).insert(&tx).await.unwrap().id;
        tx.commit().await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let store = db.store.clone();
                tokio::task::spawn(async move {
                    for _ in 0..10 {
                        let tx = store.begin().await.unwrap();
                        // Read first: a deferred transaction of SQLite could not upgrade its lock afterwards.
                        contacts::Entity::find_by_id(id).one(&tx).await.unwrap().unwrap();
                        contacts::Entity::update_many()
                            .filter(contacts::Column::Id.eq(id))
                            .col_expr(contacts::Column::Age, Expr::cust("COALESCE(age, 0) + 1"))
                            .exec(&tx)
                            .await
                            .unwrap();
                        tx.commit().await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let after = contacts::Entity::find_by_id(id)
            .one(db.store.reader())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(after.age, Some(80));
    });
}

#[test]
fn of_eight_that_add_one_phone_one_succeeds() {
    on_each(async |db| {
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let store = db.store.clone();
                tokio::task::spawn(async move {
                    let tx = store.begin().await?;
                    person(&n.to_string(), Some("+79990000001")).insert(&tx).await?;
                    tx.commit().await
                })
            })
            .collect();
        let mut added = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => added += 1,
                Err(error) => assert!(error.is_conflict_on("phone"), "{error}"),
            }
        }
        assert_eq!(added, 1);
    });
}

#[test]
fn a_contact_s_events_and_changes_are_found_by_an_index() {
    on_sqlite(async |db| {
        let reader = db.store.reader();
        for table in ["events", "import_changes"] {
            let sql = format!("EXPLAIN QUERY PLAN DELETE FROM {table} WHERE contact_id IN (1, 2)");
            let statement = sea_orm::Statement::from_string(reader.get_database_backend(), sql);
            let row = reader.query_one_raw(statement).await.unwrap().unwrap();
            let plan: String = row.try_get("", "detail").unwrap();
            assert!(plan.contains(&format!("ix_{table}__contact_id")), "{plan}");
        }
    });
}

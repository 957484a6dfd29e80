//! One process at a time serves a database.

use std::time::Duration;

use alfa_store::ServeLock;
use alfa_store::events::{self, NewEvent};
use alfa_store::types::UnixMillis;

use crate::harness::on_each;

#[test]
fn a_database_is_served_once_and_again_after_that() {
    on_each(async |db| {
        let mut first = ServeLock::acquire(&db.url).await.unwrap().unwrap();
        assert!(ServeLock::acquire(&db.url).await.unwrap().is_none());
        assert!(first.still_held().await.unwrap());
        // What does not serve is not kept out: migrations, tokens, a look into the tables.
        assert!(db.store.ready().await.unwrap());
        // And what is done while serving does not wait for the lock.
        let event = NewEvent {
            kind: "job".to_owned(),
            contact_id: None,
            campaign_id: None,
            body: "{}".to_owned(),
        };
        let append = async {
            let tx = db.store.begin().await.unwrap();
            events::append(&tx, &event, UnixMillis(1)).await.unwrap();
            tx.commit().await.unwrap();
        };
        tokio::time::timeout(Duration::from_secs(10), append)
            .await
            .unwrap();
        drop(first);
        assert!(ServeLock::acquire(&db.url).await.unwrap().is_some());
    });
}

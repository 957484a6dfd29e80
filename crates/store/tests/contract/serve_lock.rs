//! One process at a time serves a database.

use alfa_store::ServeLock;

use crate::harness::on_each;

#[test]
fn a_database_is_served_once_and_again_after_that() {
    on_each(async |db| {
        let mut first = ServeLock::acquire(&db.url).await.unwrap().unwrap();
        assert!(ServeLock::acquire(&db.url).await.unwrap().is_none());
        assert!(first.still_held().await.unwrap());
        // What does not serve is not kept out: migrations, tokens, a look into the tables.
        assert!(db.store.ready().await.unwrap());
        drop(first);
        assert!(ServeLock::acquire(&db.url).await.unwrap().is_some());
    });
}

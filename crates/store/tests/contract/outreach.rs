//! Single steps of outreach: states that are left by compare-and-set, edits, deletions, reactions.

use alfa_store::accounts;
use alfa_store::types::{AccountState, Environment};
use alfa_store::{Tx, UnixMillis};

use crate::harness::on_each;

const NOW: UnixMillis = UnixMillis(1_000_000);

async fn account(tx: &Tx) -> i64 {
    accounts::create(tx, "main", Environment::Sandbox, None, NOW)
        .await
        .unwrap()
}

#[test]
fn an_account_s_state_is_left_only_as_it_was_read() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let id = account(&tx).await;
        let ready = (AccountState::Ready, None, None);
        let waiting = (AccountState::FloodWait, Some("FLOOD_WAIT_5"), Some(NOW));
        let read = accounts::get(&tx, id).await.unwrap();
        assert!(accounts::change_state(&tx, &read, ready, NOW).await.unwrap());
        assert!(
            !accounts::change_state(&tx, &read, waiting, NOW).await.unwrap(),
            "it is not logged out any more"
        );
        let read = accounts::get(&tx, id).await.unwrap();
        assert!(accounts::change_state(&tx, &read, waiting, NOW).await.unwrap());
        let read = accounts::get(&tx, id).await.unwrap();
        let longer = (AccountState::FloodWait, Some("FLOOD_WAIT_9"), Some(NOW.plus_ms(9)));
        assert!(accounts::change_state(&tx, &read, longer, NOW).await.unwrap());
        assert!(
            !accounts::change_state(&tx, &read, ready, NOW).await.unwrap(),
            "the wait is another one"
        );
        let kept = accounts::get(&tx, id).await.unwrap();
        assert_eq!(
            (kept.state, kept.state_until),
            (AccountState::FloodWait, Some(NOW.plus_ms(9)))
        );
        tx.commit().await.unwrap();
    });
}

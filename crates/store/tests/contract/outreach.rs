//! Single steps of outreach: states that are left by compare-and-set, edits, deletions, reactions.

use alfa_store::contacts;
use alfa_store::entity::messages;
use alfa_store::outreach::receive::{self, NewMessage};
use alfa_store::outreach::{react, receipts};
use alfa_store::types::{AccountState, ContactSource, Environment, MessageAuthor};
use alfa_store::{Tx, UnixMillis, accounts};

use crate::contacts::profile;
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
        let longer = (
            AccountState::FloodWait,
            Some("FLOOD_WAIT_9"),
            Some(NOW.plus_ms(9)),
        );
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

/// A contact who wrote these messages to an account; Telegram's ids are 1 and on.
async fn wrote(tx: &Tx, texts: &[&str]) -> (i64, i64, Vec<i64>) {
    let account_id = account(tx).await;
    let person = profile("Ёж", Some("+79990000001"), None);
    let contact_id = contacts::create(tx, person, ContactSource::Manual, NOW)
        .await
        .unwrap()
        .id;
    let mut ids = Vec::new();
    for (number, text) in (1..).zip(texts) {
        let new = NewMessage {
            account_id,
            contact_id,
            telegram_message_id: number,
            text,
            sent_at: NOW,
            author: MessageAuthor::Contact,
        };
        ids.push(receive::store_once(tx, &new).await.unwrap().unwrap());
    }
    receive::touch_dialog(tx, (account_id, contact_id), NOW, None)
        .await
        .unwrap();
    (account_id, contact_id, ids)
}

async fn message(tx: &Tx, id: i64) -> messages::Model {
    alfa_store::messages::get(tx, id).await.unwrap()
}

#[test]
fn an_edit_keeps_the_first_wording_and_one_without_a_change_is_none() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (account_id, contact_id, ids) = wrote(&tx, &["согласен"]).await;
        let key = (account_id, contact_id);
        let edit = async |text: &str, at| receipts::edited(&tx, key, 1, text, at).await.unwrap();
        assert_eq!(edit("согласен", NOW).await, None, "only a reaction came to it");
        assert_eq!(message(&tx, ids[0]).await.edited_at, None);
        assert_eq!(edit("подумаю", NOW.plus_ms(1)).await, Some(ids[0]));
        assert_eq!(edit("нет", NOW.plus_ms(2)).await, Some(ids[0]));
        let kept = message(&tx, ids[0]).await;
        assert_eq!(
            (kept.text.as_str(), kept.first_text.as_deref(), kept.edited_at),
            ("нет", Some("согласен"), Some(NOW.plus_ms(2)))
        );
        tx.commit().await.unwrap();
        let quick = alfa_store::messages::get(db.store.reader(), ids[0])
            .await
            .unwrap();
        assert_eq!(quick, kept);
    });
}

#[test]
fn what_was_deleted_waits_for_no_reaction() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (account_id, contact_id, ids) = wrote(&tx, &["Какая ставка?", "ой", "не вам"]).await;
        let deleted = receipts::deleted(&tx, account_id, &[1, 3], NOW).await.unwrap();
        assert_eq!(deleted.len(), 2);
        let waiting = react::unhandled(&tx, account_id, contact_id, 10).await.unwrap();
        let waiting: Vec<i64> = waiting.iter().map(|row| row.id).collect();
        assert_eq!(waiting, [ids[1]]);
        let how = message(&tx, ids[0]).await.handled_how;
        assert_eq!(how.as_deref(), Some(receipts::DELETED));
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_reaction_is_due_only_where_something_waits_and_no_later_than_it_was() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let (account_id, contact_id, ids) = wrote(&tx, &["Какая ставка?"]).await;
        let other = account(&tx).await;
        receive::touch_dialog(&tx, (other, contact_id), NOW, None)
            .await
            .unwrap();
        let due = async |account| {
            let dialog = receive::dialog(&tx, account, contact_id).await.unwrap().unwrap();
            (dialog.react_due_at, dialog.react_seq)
        };
        react::schedule(&tx, contact_id, NOW).await.unwrap();
        assert_eq!(due(account_id).await, (Some(NOW), 2));
        assert_eq!(due(other).await, (None, 1), "nothing waits there");
        react::schedule(&tx, contact_id, NOW.plus_ms(5)).await.unwrap();
        assert_eq!(due(account_id).await, (Some(NOW), 3));
        receipts::deleted(&tx, account_id, &[1], NOW).await.unwrap();
        assert!(message(&tx, ids[0]).await.handled_at.is_some());
        tx.commit().await.unwrap();
    });
}

//! What Alfa has written down: rows of its database, read once it is dead, and answers of its API.

use alfa_store::entity::{messages, outbox};
use alfa_store::{DatabaseUrl, Store};
use serde_json::Value;

use crate::alfa::Place;

/// Ids in a row that nobody has, after which there are no more.
const GAP_IDS: i64 = 100;

/// Rows of the database.
pub struct Rows {
    pub outbox: Vec<outbox::Model>,
    pub messages: Vec<messages::Model>,
}

pub async fn rows(place: &Place) -> Rows {
    let url = DatabaseUrl::parse(&place.database_url()).unwrap();
    let store = Store::connect(&url).await.unwrap();
    let mut rows = Rows {
        outbox: Vec::new(),
        messages: Vec::new(),
    };
    let (mut id, mut gap) = (1, 0);
    while gap < GAP_IDS {
        let (sent, said) = (
            alfa_store::outbox::get(store.reader(), id).await,
            alfa_store::messages::get(store.reader(), id).await,
        );
        gap = if sent.is_err() && said.is_err() {
            gap + 1
        } else {
            0
        };
        rows.outbox.extend(sent);
        rows.messages.extend(said);
        id += 1;
    }
    store.close().await.unwrap();
    rows
}

/// The contacts, all pages.
pub async fn contacts(place: &Place) -> Vec<Value> {
    let mut all = Vec::new();
    let mut path = "/api/contacts?limit=500".to_owned();
    loop {
        let page = place.get(&path).await;
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next_cursor"].as_str() else {
            return all;
        };
        path = format!("/api/contacts?limit=500&cursor={cursor}");
    }
}

/// What the API tells of a contact's messages.
pub async fn history(place: &Place, contact_id: i64) -> Vec<Value> {
    let page = place
        .get(&format!(
            "/api/messages/history?contact_id={contact_id}&limit=500"
        ))
        .await;
    assert!(page["next_cursor"].is_null());
    page["items"].as_array().unwrap().clone()
}

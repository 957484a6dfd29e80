//! What happened, for whoever watches: written in the transaction of the change, read by `GET /api/events`.

use alfa_store::events::NewEvent;
use alfa_store::{ConnectionTrait, Store, StoreError, UnixMillis};
use serde_json::Value;
use tokio::sync::watch;

/// What an event is about; its name in the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// A message was sent, received, read, edited or deleted.
    Message,
    /// A dialog changed its owner, its stage or its end.
    Dialog,
    /// A campaign changed its state or its counters.
    Campaign,
    /// Drafts of a campaign were written.
    Drafts,
    /// A background job moved on.
    Job,
    /// One of our accounts changed its state.
    Account,
    /// A client card was made, changed or taken away.
    Client,
    /// A session or a booking was made, moved or cancelled.
    Schedule,
    /// A payment, a refund or a subscription was made or changed.
    Payment,
}

impl Topic {
    /// The name in the stream.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Dialog => "dialog",
            Self::Campaign => "campaign",
            Self::Drafts => "drafts",
            Self::Job => "job",
            Self::Account => "account",
            Self::Client => "client",
            Self::Schedule => "schedule",
            Self::Payment => "payment",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What it is about.
    pub topic: Topic,
    /// Whose dialog.
    pub contact_id: Option<i64>,
    /// Which campaign.
    pub campaign_id: Option<i64>,
    /// What changed: ids and states, never texts or phones.
    pub body: Value,
}

impl Event {
    /// An event about a topic.
    pub fn new(topic: Topic, body: Value) -> Self {
        Self {
            topic,
            contact_id: None,
            campaign_id: None,
            body,
        }
    }

    /// Says whose dialog it is in.
    #[must_use]
    pub fn contact(self, contact_id: i64) -> Self {
        Self {
            contact_id: Some(contact_id),
            ..self
        }
    }

    /// Says which campaign it is of.
    #[must_use]
    pub fn campaign(self, campaign_id: Option<i64>) -> Self {
        Self { campaign_id, ..self }
    }
}

/// The table of events, and the signal that it grew.
pub struct Events {
    store: Store,
    grew: watch::Sender<u64>,
}

impl Events {
    /// Events kept in `store`.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            grew: watch::Sender::new(0),
        }
    }

    /// Writes an event in the caller's transaction. Call [`Events::announce`] after the commit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn append<C: ConnectionTrait>(
        &self,
        db: &C,
        event: &Event,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        alfa_store::events::append(db, &row(event), now).await?;
        Ok(())
    }

    /// Writes events in their order, in the caller's transaction. Call [`Events::announce`] after the commit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn append_many<C: ConnectionTrait>(
        &self,
        db: &C,
        events: &[Event],
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let rows: Vec<NewEvent> = events.iter().map(row).collect();
        alfa_store::events::append_many(db, &rows, now).await
    }

    /// Tells everybody who watches that the table grew.
    pub fn announce(&self) {
        self.grew.send_modify(|count| *count += 1);
    }

    /// A receiver that changes whenever the table grew.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.grew.subscribe()
    }

    /// The database that holds the events.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

fn row(event: &Event) -> NewEvent {
    NewEvent {
        kind: event.topic.as_str().to_owned(),
        contact_id: event.contact_id,
        campaign_id: event.campaign_id,
        body: event.body.to_string(),
    }
}

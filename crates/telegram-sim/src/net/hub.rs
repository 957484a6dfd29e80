//! Who is connected: where the news of an account goes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

use super::lock;
use crate::clock::ActivityGuard;
use crate::ids::{KeyId, UserId};

/// Messages that may wait for one connection; beyond that its client is told to ask for the difference.
const MAX_WAITING_MESSAGES: usize = 4096;

/// Something for a connection to write.
pub(crate) enum Outgoing {
    /// News for the client.
    Push {
        body: Arc<Vec<u8>>,
        guard: ActivityGuard,
    },
    /// A call's answer that took time.
    Answer {
        session_id: i64,
        req_msg_id: i64,
        result: Vec<u8>,
        guard: ActivityGuard,
    },
    /// Close without a word.
    Close,
}

/// The way to one connection.
#[derive(Clone)]
pub(crate) struct Sink {
    pub(crate) connection: u64,
    sender: mpsc::Sender<Outgoing>,
    overflowed: Arc<AtomicBool>,
}

impl Sink {
    /// Hands over without waiting. What does not fit is dropped, and the client will be told so.
    pub(crate) fn send(&self, outgoing: Outgoing) {
        if self.sender.try_send(outgoing).is_err() {
            self.overflowed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether something was dropped since the last look.
    pub(crate) fn take_overflow(&self) -> bool {
        self.overflowed.load(Ordering::Relaxed) && self.overflowed.swap(false, Ordering::Relaxed)
    }
}

struct Listener {
    key: KeyId,
    account: Option<UserId>,
    layer: i32,
    sink: Sink,
}

/// All connections that want news.
#[derive(Default)]
pub(crate) struct Hub {
    last_connection: AtomicU64,
    listeners: Mutex<HashMap<u64, Listener>>,
}

impl Hub {
    /// The two ends of a new connection's queue.
    pub(crate) fn connect(&self) -> (Sink, mpsc::Receiver<Outgoing>) {
        let (sender, receiver) = mpsc::channel(MAX_WAITING_MESSAGES);
        let connection = self.last_connection.fetch_add(1, Ordering::Relaxed) + 1;
        (
            Sink {
                connection,
                sender,
                overflowed: Arc::default(),
            },
            receiver,
        )
    }

    /// From now on the connection gets the news of the key and of its account.
    pub(crate) fn listen(&self, key: KeyId, account: Option<UserId>, layer: i32, sink: &Sink) {
        let listener = Listener {
            key,
            account,
            layer,
            sink: sink.clone(),
        };
        lock(&self.listeners).insert(sink.connection, listener);
    }

    /// Whether the connection gets any news.
    pub(crate) fn is_listening(&self, sink: &Sink) -> bool {
        lock(&self.listeners).contains_key(&sink.connection)
    }

    /// The connection is gone.
    pub(crate) fn disconnect(&self, connection: u64) {
        lock(&self.listeners).remove(&connection);
    }

    /// Connections of every session of an account, but one key's; each with its client's layer.
    pub(crate) fn of_account(&self, account: UserId, except: Option<KeyId>) -> Vec<(Sink, i32)> {
        self.select(|listener| listener.account == Some(account) && Some(listener.key) != except)
    }

    /// Connections of one key.
    pub(crate) fn of_key(&self, key: KeyId) -> Vec<(Sink, i32)> {
        self.select(|listener| listener.key == key)
    }

    /// Every connection.
    pub(crate) fn all(&self) -> Vec<(Sink, i32)> {
        self.select(|_| true)
    }

    fn select(&self, wanted: impl Fn(&Listener) -> bool) -> Vec<(Sink, i32)> {
        let listeners = lock(&self.listeners);
        let chosen = listeners.values().filter(|listener| wanted(listener));
        chosen
            .map(|listener| (listener.sink.clone(), listener.layer))
            .collect()
    }
}

//! MTProto 2.0 over TCP, the server's side: framing, handshake, encryption, session, connections.

pub(crate) mod connection;
pub(crate) mod crypto;
pub(crate) mod handshake;
pub(crate) mod hub;
pub(crate) mod keys;
pub(crate) mod os;
mod primes;
pub(crate) mod rsa;
mod service;
pub(crate) mod session;
pub(crate) mod transport;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks; a panic of another task while it held the lock does not spread.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Alfa's own Telegram account: a user client over MTProto.
//!
//! This crate is the only place that knows grammers. A [`UserClient`] is one signed-in (or signing-in) account with
//! one connection pool that is watched over and rebuilt when it dies. Calls are pipelined; each has a timeout and is
//! never repeated by itself: what to do about a failure is the caller's business, and [`TelegramError`] says enough to
//! decide. What Telegram sends arrives through [`UpdateStream`]; a batch counts as received only once
//! [`UpdateStream::commit`] was called, so a process killed in between sees it again.
//!
//! Logs of this crate carry no phones, texts or keys. Those of grammers do below the level `info`: an embedder's
//! filter must keep the targets `grammers_*` at `info` or above.

mod activity;
mod auth;
mod client;
mod conversations;
mod entropy;
mod error;
mod groups;
mod handshake;
mod incoming;
mod messages;
mod options;
mod password;
mod people;
mod pool;
mod pump;
mod qr;
mod rsa;
mod session;
mod session_format;
mod shared;
mod stream;
mod tasks;
mod types;

pub use activity::{Activity, Stall};
pub use auth::{CodeDelivery, CodeRequest, SignIn};
pub use client::{Health, UserClient};
pub use conversations::{Conversation, ConversationsPage, ConversationsPlace};
pub use error::{LossReason, RefusedReason, TelegramError, VaultError};
pub use groups::{Group, GroupKind, GroupRef, MembersPage};
pub use incoming::{Incoming, IncomingMessage};
pub use messages::{HistoryMessage, SentMessage};
pub use options::{ClientOptions, Endpoint};
pub use people::{ContactRequirement, ImportedPhones, PhoneContact};
pub use qr::{QrLogin, QrPoll};
pub use rsa::RsaPublicKey;
pub use session::SessionVault;
pub use stream::{Batch, UpdateStream};
pub use types::{Me, Peer, PeerRef};

//! Alfa's data: entities, migrations and queries. The only place that knows SQL.
//!
//! Queries are free functions in a module per noun. They take `&impl ConnectionTrait`: [`Store::reader`] for a plain
//! read, or a [`Tx`], in which several compose into one change. How to add a query or a migration: `README.md`.

pub mod access;
pub mod accounts;
mod advisory;
pub mod ai;
pub mod analytics;
pub mod assistant;
pub mod campaigns;
pub mod contacts;
mod counts;
pub mod crm;
pub mod demo;
pub mod dialogs;
pub mod entity;
mod error;
pub mod events;
pub mod groups;
pub mod idempotency;
pub mod imports;
pub mod jobs;
pub mod knowledge;
mod matching;
pub mod messages;
mod migration;
pub mod outbox;
pub mod outreach;
mod paging;
mod quick;
mod serve_lock;
pub mod settings;
mod store;
pub mod types;
mod url;

pub use error::{ConnectError, ConnectProblem, StoreError};
pub use paging::{Order, Page, PageOf};
pub use sea_orm::ConnectionTrait;
pub use serve_lock::ServeLock;
pub use store::{Store, Tx};
pub use types::UnixMillis;
pub use url::{DatabaseUrl, UrlError};

/// The answer of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

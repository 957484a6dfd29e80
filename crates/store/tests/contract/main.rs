//! The store's contract: every test runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]
#![expect(clippy::disallowed_methods, reason = "tests spawn tasks to make them race")]

mod campaigns;
mod changes;
mod contacts;
mod crm;
mod erase;
mod figures;
mod groups;
mod harness;
mod identity;
mod imports;
mod merge_by_hand;
mod outreach;
mod quick;
mod schema;
mod serve_lock;
mod service;
mod together;
mod undo;

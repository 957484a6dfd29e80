//! The store's contract: every test runs on SQLite and on PostgreSQL.

mod contacts;
mod harness;
mod imports;
mod schema;
mod service;

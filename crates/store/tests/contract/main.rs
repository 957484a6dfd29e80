//! The store's contract: every test runs on SQLite and on PostgreSQL.

mod harness;
mod schema;

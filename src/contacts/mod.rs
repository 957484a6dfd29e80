//! Contacts: phones and names, the file formats they come in, import and export.
//!
//! An upload goes one way: spooled file → [`format`] (what is it, which encoding, records) → [`headers`] (which
//! column is which field) → [`rows`] (normalise, validate, drop duplicates) → chunks → the store.

pub mod bulk;
pub mod bulk_undo;
pub mod dedup;
pub mod erasure;
pub mod export;
pub mod fields;
pub mod format;
mod header_words;
pub mod headers;
pub mod import;
pub mod manual;
pub mod merge;
pub mod name;
pub mod phone;
pub mod phone_zone;
pub mod preview;
pub mod reader;
pub mod recovery;
pub mod report;
pub mod rows;
pub mod spool;
pub mod upload;
pub mod upload_job;
mod upload_target;
pub mod upload_undo;
pub mod username;
pub mod values;
pub mod wording;

pub use phone::Phone;

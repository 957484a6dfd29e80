//! The API through a real server and a real database.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod about;
mod access;
mod accounts;
mod analytics;
mod assistant;
mod bad_input;
mod bulk;
mod campaign_drafts;
mod campaign_people;
mod campaign_plan;
mod client_join;
mod contact_relations;
mod credentials;
mod crm;
mod crm_import;
mod crm_lists;
mod crm_money;
mod crm_races;
mod crm_schedule;
mod cut_off;
mod document;
mod erasure;
mod events;
mod failed_uploads;
mod idempotency;
mod import_preview;
mod inbox;
mod knowledge;
mod knowledge_file;
mod knowledge_sync;
mod knowledge_versions;
mod lists;
mod no_input;
mod once;
mod policy;
mod problem_rows;
mod problems;
mod revoked_streams;
mod server;
mod sorting;
mod start;
mod texts;
mod undo;
mod uploads;

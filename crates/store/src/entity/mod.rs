//! The tables, one file each. ARCHITECTURE.md ("Data") says what they are for.

pub mod account_peers;
pub mod accounts;
pub mod api_tokens;
pub mod audit_log;
pub mod campaign_contacts;
pub mod campaign_counters;
pub mod campaigns;
pub mod consents;
pub mod contact_tags;
pub mod contacts;
pub mod dialogs;
pub mod events;
pub mod group_members;
pub mod idempotency_keys;
pub mod import_changes;
pub mod import_rows;
pub mod imports;
pub mod jobs;
pub mod knowledge_versions;
pub mod messages;
pub mod outbox;
pub mod suppressions;
pub mod telegram_groups;
pub mod telegram_sessions;
pub mod user_sessions;
pub mod users;

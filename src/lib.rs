//! Alfa: a self-hosted CRM that talks to customers in Telegram. ARCHITECTURE.md has the code map.

pub mod access;
pub mod accounts;
pub mod ai;
pub mod api;
pub mod app;
pub mod campaigns;
pub mod clock;
pub mod config;
pub mod contacts;
pub mod crash;
pub mod error;
pub mod events;
pub mod funnel;
pub mod groups;
pub mod housekeeping;
pub mod inbox;
pub mod jobs;
pub mod knowledge;
pub mod logging;
pub mod outbox;
pub mod policy;
pub mod simulator;
pub mod text;
pub mod workers;
pub mod writing;

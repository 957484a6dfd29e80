//! Alfa: a self-hosted CRM that talks to customers in Telegram. ARCHITECTURE.md has the code map.

pub mod access;
pub mod config;
pub mod contacts;
pub mod error;
pub mod funnel;
pub mod inbox;
pub mod knowledge;
pub mod logging;
pub mod text;
pub mod writing;

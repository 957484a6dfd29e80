//! Campaigns: their life, their audience, what they write and what came of it.

pub mod draft;
pub mod lifecycle;
mod planner;
pub mod service;
pub mod stats;

pub(crate) use planner::sending_accounts;
pub use planner::start_worker;

//! What outreach does to the tables: campaigns, the outbox, dialogs and messages.
//!
//! Each function is one step of a transaction that the product composes; a state is left only by compare-and-set.

pub mod audience;
pub mod campaign;
pub mod counters;
pub mod deliver;
pub mod follow_ups;
pub mod identity;
pub mod lane;
pub mod lookups;
mod merge;
pub mod merge_by_hand;
pub mod opt_out;
pub(crate) mod peers;
pub mod people;
pub mod plan;
pub mod prepare;
pub mod queued;
pub mod reached;
pub mod react;
pub mod receipts;
pub mod receive;
pub mod set_aside;
pub mod stages;
pub mod takeover;
pub mod together;

pub use peers::peers as known_peers;

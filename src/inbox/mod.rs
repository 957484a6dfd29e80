//! The inbox: what people write, what it means, and what is done about it.

pub mod classify;
pub mod edit;
mod keep;
pub mod objection;
pub mod opt_out;
pub mod reaction;
mod reactor;
pub mod reading;
mod receive;
mod reread;
pub mod service;
mod stop;
mod stranger;
pub mod suggest;

pub use reactor::{release_dead, start_worker};
pub use receive::start_receiver;

//! The inbox: what people write, what it means, and what is done about it.

pub mod classify;
pub mod objection;
pub mod opt_out;
pub mod reaction;
mod receive;
pub mod service;
mod stop;
mod stranger;

pub use receive::start_receiver;

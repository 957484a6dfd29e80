//! A simulated Telegram: an MTProto server with a world of people behind it that one can break.
//! It shares no code with the client it is used to test.

pub mod clock;
pub mod control;
pub mod fault;
pub mod ids;
pub mod journal;
mod net;
pub mod persona;
mod rpc;
pub mod scenario;
pub mod server;
pub mod world;

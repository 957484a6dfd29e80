//! The main job in virtual time: a real database, real MTProto to the simulated Telegram, simulated people.

mod crowd;
mod faults;
mod harness;
mod main_job;
mod people;
mod takeover;

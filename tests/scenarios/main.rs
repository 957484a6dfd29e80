//! The main job in virtual time: a real database, real MTProto to the simulated Telegram, simulated people.

#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod dialogs;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod lookups;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod people;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod unknown;

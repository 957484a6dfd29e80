//! The main job in virtual time: a real database, real MTProto to the simulated Telegram, simulated people.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod bookings;
#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod dialogs;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod forecast;
#[cfg(test)]
mod gaps;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod lookups;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod pace;
#[cfg(test)]
mod people;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod silence;
#[cfg(test)]
mod silent;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod turns;
#[cfg(test)]
mod unknown;

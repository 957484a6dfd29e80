//! The assistant on the demo business: its figures are those of SQL that was written without looking at its code.

#[cfg(test)]
mod asked;
#[cfg(test)]
mod days;
#[cfg(test)]
mod every;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod intents;
#[cfg(test)]
mod leaning;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod sloppy;
#[cfg(test)]
mod studio;

#[cfg(test)]
#[path = "../ai/fake.rs"]
#[expect(dead_code, reason = "the other suite's providers also stall and throttle")]
mod fake;

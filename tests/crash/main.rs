//! The power fails: `alfa serve` is killed with SIGKILL at every step and at random moments, while the simulated
//! Telegram, a process of its own, goes on and counts.

#[cfg(test)]
mod alfa;
#[cfg(test)]
mod alone;
#[cfg(test)]
mod dice;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod records;
#[cfg(test)]
mod send;
#[cfg(test)]
mod simulator;
#[cfg(test)]
mod upload;

//! The product with AI providers: what they write leaves only when it is grounded, what they may not see they do not
//! get, and without them everything goes on.

#[cfg(test)]
mod ahead;
#[cfg(test)]
#[expect(
    dead_code,
    reason = "the assistant's suite has a provider that calls functions"
)]
mod fake;
#[cfg(test)]
#[path = "../../crates/llm/tests/people/mod.rs"]
#[expect(
    dead_code,
    reason = "the chain's own suite looks for one person in one prompt"
)]
mod people;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod product;
#[cfg(test)]
mod prompts;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod storm;
#[cfg(test)]
mod writing;

//! The product with AI providers: what they write leaves only when it is grounded, what they may not see they do not
//! get, and without them everything goes on.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[cfg(test)]
mod fake;
#[cfg(test)]
mod product;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod writing;

//! What people write to us.

pub mod reaction;

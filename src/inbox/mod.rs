//! What people write to us.

pub mod opt_out;
pub mod reaction;

//! PostgreSQL's advisory locks. All keys stand here, since two uses of one key wait for each other.

/// What a lock keeps apart; the number is its key, of one database.
#[derive(Clone, Copy, Debug)]
#[repr(i64)]
pub(crate) enum AdvisoryLock {
    /// Two starting processes would migrate at once.
    Migration = 4_125_643_917,
    /// Events must become visible in the order of their ids.
    EventOrder = 4_125_643_918,
    /// One process serves a database.
    Serve = 4_125_643_919,
}

impl AdvisoryLock {
    /// Waits for the lock and keeps it until the transaction ends.
    pub(crate) fn take_in_transaction(self) -> String {
        format!("SELECT pg_advisory_xact_lock({})", self as i64)
    }

    /// Whether the lock could be taken at once; kept until the connection ends.
    pub(crate) fn try_for_connection(self) -> String {
        format!("SELECT pg_try_advisory_lock({})", self as i64)
    }
}

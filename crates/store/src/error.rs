//! What can go wrong in the store.

use std::fmt;

use crate::migration::OVERLAP;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr, SqlxError};

/// An error of the store. Texts are for the log; the product makes the operator's text from the variant.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No row has this id.
    #[error("no {0}")]
    NotFound(&'static str),
    /// A unique constraint refused the change. On PostgreSQL the transaction is spoilt by it: roll back.
    #[error("{table}: another row has the same {}", .fields.join(", "))]
    Conflict {
        /// The table.
        table: String,
        /// The columns that must be unique together.
        fields: Vec<String>,
    },
    /// The database is busy (lock or pool wait ran out, deadlock, serialisation failure): try the whole transaction again.
    #[error("the database is busy")]
    Busy,
    /// The position in a list is not one that this list gave.
    #[error("the cursor is not one of this list")]
    BadCursor,
    /// A place or a member of the staff is taken at that time. On PostgreSQL the transaction is spoilt by it: roll back.
    #[error("taken at that time")]
    Overlap,
    /// Other rows still name this one. On PostgreSQL the transaction is spoilt by it: roll back.
    #[error("other rows still name this one")]
    StillUsed,
    /// A sandbox session would be used against real Telegram, or the other way round.
    #[error("a session of the other environment")]
    WrongEnvironment,
    /// The database cannot be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Anything else.
    #[error("database: {0}")]
    Other(DbErr),
}

impl StoreError {
    /// Whether the database cannot be used now, and the same change may well succeed later: it is busy, away, or has no
    /// room.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy | Self::Connect(_) => true,
            Self::Other(error) => is_away(error),
            Self::NotFound(_)
            | Self::Conflict { .. }
            | Self::BadCursor
            | Self::Overlap
            | Self::StillUsed
            | Self::WrongEnvironment => false,
        }
    }

    /// Whether the change was refused because of `field`, alone or with other columns.
    #[must_use]
    pub fn is_conflict_on(&self, field: &str) -> bool {
        matches!(self, Self::Conflict { fields, .. } if fields.iter().any(|name| name == field))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => {
                let (table, fields) = violated(&message);
                return Self::Conflict { table, fields };
            }
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::StillUsed,
            _ if is_overlap(&error) => return Self::Overlap,
            _ => {}
        }
        if is_busy(&error) {
            Self::Busy
        } else {
            Self::Other(error)
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(DbErr::Query(RuntimeErr::SqlxError(error.into())))
    }
}

fn driver_error(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(e))
        | DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e)) => Some(e),
        _ => None,
    }
}

fn is_overlap(error: &DbErr) -> bool {
    matches!(driver_error(error), Some(SqlxError::Database(e)) if e.message().contains(OVERLAP))
}

fn is_busy(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) {
        return true;
    }
    match driver_error(error) {
        Some(SqlxError::PoolTimedOut) => true,
        Some(SqlxError::Database(e)) => {
            let code = e.code().unwrap_or_default();
            // SQLite: BUSY (5) and LOCKED (6) with their extended codes; PostgreSQL: serialisation failure, deadlock,
            // lock timeout; MySQL answers 40001 too, and HY000 with 1205 for a lock wait that ran out.
            matches!(
                &*code,
                "5" | "6" | "261" | "262" | "517" | "40001" | "40P01" | "55P03"
            ) || e.message().starts_with("Lock wait timeout")
        }
        _ => false,
    }
}

fn is_away(error: &DbErr) -> bool {
    if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
        return true;
    }
    match driver_error(error) {
        Some(SqlxError::Database(e)) => {
            let code = e.code().unwrap_or_default();
            match code.parse::<u32>() {
                // SQLite, in the low byte: NOMEM, READONLY, IOERR, FULL, CANTOPEN. Its extended codes are below 65,536.
                Ok(number) if code.len() < 5 => matches!(number & 0xff, 7 | 8 | 10 | 13 | 14),
                // PostgreSQL's classes, of which MySQL knows some: connection, resources, operator, system.
                _ => ["08", "53", "57", "58"]
                    .iter()
                    .any(|class| code.starts_with(class)),
            }
        }
        Some(
            SqlxError::Io(_)
            | SqlxError::Tls(_)
            | SqlxError::PoolTimedOut
            | SqlxError::PoolClosed
            | SqlxError::WorkerCrashed,
        ) => true,
        _ => false,
    }
}

/// Table and columns of a violated constraint, from the message of any of the three databases.
fn violated(message: &str) -> (String, Vec<String>) {
    // SQLite: `UNIQUE constraint failed: contacts.phone, contacts.name`
    if let Some((_, columns)) = message.split_once("constraint failed: ") {
        let mut table = String::new();
        let mut fields = Vec::new();
        for column in columns.split(", ") {
            let (of, name) = column.split_once('.').unwrap_or(("", column));
            of.clone_into(&mut table);
            fields.push(name.to_owned());
        }
        return (table, fields);
    }
    // PostgreSQL: `… constraint "uq_contacts__phone"`; MySQL: `… for key 'contacts.uq_contacts__phone'`
    let name = message
        .split(['"', '\'', '.', '`'])
        .rfind(|part| part.starts_with("uq_"));
    let Some(name) = name else {
        return (String::new(), Vec::new());
    };
    let mut parts = name.trim_start_matches("uq_").split("__").map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Why the database cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectProblem {
    /// The folder of the SQLite file does not exist.
    NoFolder,
    /// The file or the folder may not be read or written.
    NoPermission,
    /// The file is not an SQLite database.
    NotADatabase,
    /// No server answers at the address.
    Unreachable,
    /// The server refused the user name or the password.
    WrongPassword,
    /// The server has no database of this name.
    NoDatabase,
    /// Another reason; see the detail.
    Other,
}

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the database {address}: {detail}")]
pub struct ConnectError {
    /// Why.
    pub problem: ConnectProblem,
    /// The address, its password masked.
    pub address: String,
    /// What the driver said.
    pub detail: String,
}

impl ConnectError {
    /// Sorts a driver's error.
    pub(crate) fn new(address: &impl fmt::Display, error: &sqlx::Error) -> Self {
        Self {
            problem: problem_of(error),
            address: address.to_string(),
            detail: error.to_string(),
        }
    }
}

fn problem_of(error: &sqlx::Error) -> ConnectProblem {
    match error {
        sqlx::Error::Database(e) => match &*e.code().unwrap_or_default() {
            // SQLite: PERM, READONLY, CANTOPEN, AUTH; MySQL and PostgreSQL: no privilege.
            "3" | "8" | "14" | "23" | "42501" | "1044" => ConnectProblem::NoPermission,
            "26" => ConnectProblem::NotADatabase,
            "28P01" | "28000" => ConnectProblem::WrongPassword,
            "3D000" | "42000" => ConnectProblem::NoDatabase,
            _ => ConnectProblem::Other,
        },
        sqlx::Error::Io(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
            ConnectProblem::NoPermission
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => ConnectProblem::Unreachable,
        _ => ConnectProblem::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::violated;

    #[test]
    fn constraint_is_read_from_every_databases_message() {
        let phone = ("contacts".to_owned(), vec!["phone".to_owned()]);
        assert_eq!(violated("UNIQUE constraint failed: contacts.phone"), phone);
        assert_eq!(
            violated("duplicate key value violates unique constraint \"uq_contacts__phone\""),
            phone
        );
        assert_eq!(
            violated("Duplicate entry '+79990000000' for key 'contacts.uq_contacts__phone'"),
            phone
        );
        assert_eq!(
            violated("Duplicate entry '+79990000000' for key 'uq_contacts__phone'"),
            phone
        );
        assert_eq!(
            violated("UNIQUE constraint failed: contact_tags.contact_id, contact_tags.tag").1,
            ["contact_id", "tag"]
        );
    }
}

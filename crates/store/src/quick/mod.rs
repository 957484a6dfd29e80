//! Reads of a few rows by key that a screen asks for all the time, on SQLite.
//!
//! sqlx keeps a thread for each connection: a call changes threads twice, which costs more than such a read itself. So
//! these few go through read-only connections of their own, in the caller's thread; each is bounded by a page of rows
//! found by an index. Everything else, and every other database, goes the ordinary way.

mod rows;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Row};
use sea_orm::DbErr;

use crate::{Result, StoreError};

pub(crate) use rows::{CAMPAIGN, CONTACT, COUNTER, Columns, MESSAGE, campaign, contact, counter, message};

/// Most connections, which is the most reads at one moment; one more read goes the ordinary way.
const MAX_CONNECTIONS: usize = 8;
/// Prepared statements kept by each connection.
const STATEMENT_CACHE: usize = 32;
/// What the other connections have, with a smaller cache: pages come from the mapped file.
const SETTINGS: &str = "PRAGMA query_only=on; PRAGMA busy_timeout=10000; PRAGMA temp_store=memory; \
     PRAGMA cache_size=-2048; PRAGMA mmap_size=268435456;";

/// The connections.
#[derive(Debug)]
pub(crate) struct Quick {
    path: PathBuf,
    pool: Mutex<Pool>,
    /// One connection's own count of what others wrote: it says nothing about another connection's.
    watch: Mutex<Option<Connection>>,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    opened: usize,
    closed: bool,
}

impl Quick {
    /// None is opened before it is needed.
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            pool: Mutex::default(),
            watch: Mutex::default(),
        }
    }

    /// Reads with a connection of its own; nothing when all are in use or the store is closed.
    ///
    /// # Errors
    /// Of the database.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<Result<T>> {
        let connection = match self.take() {
            Ok(connection) => connection?,
            Err(error) => return Some(Err(failed(error))),
        };
        let found = read(&connection);
        let mut pool = self.pool();
        if pool.closed {
            pool.opened -= 1;
        } else {
            pool.idle.push(connection);
        }
        Some(found.map_err(failed))
    }

    fn take(&self) -> rusqlite::Result<Option<Connection>> {
        let mut pool = self.pool();
        if let Some(connection) = pool.idle.pop() {
            return Ok(Some(connection));
        }
        if pool.closed || pool.opened >= MAX_CONNECTIONS {
            return Ok(None);
        }
        let connection = open(&self.path)?;
        pool.opened += 1;
        Ok(Some(connection))
    }

    /// Another number after each write to the file, by whomever; nothing when that cannot be told now.
    pub(crate) fn version(&self) -> Option<i64> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        if watch.is_none() && !self.pool().closed {
            *watch = open(&self.path).ok();
        }
        let found = first(watch.as_ref()?, "PRAGMA data_version", [], |row| row.get(0));
        found.ok().flatten()
    }

    /// Closes what is idle; what is in use is closed when its read ends.
    pub(crate) fn close(&self) {
        let mut pool = self.pool();
        pool.closed = true;
        pool.opened -= pool.idle.len();
        pool.idle.clear();
        drop(pool);
        *self.watch.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(SETTINGS)?;
    // Else SQLite prepares a statement anew for each value that a range is bound to, in the hope of a better plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    Ok(connection)
}

fn failed(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        _ => StoreError::Other(DbErr::Custom(error.to_string())),
    }
}

/// All rows of a statement, which is prepared once for each connection.
pub(crate) fn all<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    make: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map(params, make)?.collect()
}

/// The first row of a statement, if there is one.
pub(crate) fn first<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    make: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    connection
        .prepare_cached(sql)?
        .query(params)?
        .next()?
        .map(make)
        .transpose()
}

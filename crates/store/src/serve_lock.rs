//! One process at a time serves a database: two would each take what the other is just sending for a message whose
//! outcome is unknown, and send it again.
//!
//! The lock goes with its process, however that ends: the system closes its files and its connections.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use crate::advisory::AdvisoryLock;
use crate::error::{ConnectError, ConnectProblem, StoreError};
use crate::url::DatabaseUrl;

/// MySQL's locks are of the whole server: the name says of which database.
const MYSQL_LOCK: &str = "SELECT COALESCE(GET_LOCK(CONCAT('alfa:', DATABASE()), 0), 0) = 1";
/// A database server takes a moment to notice that a process was killed: the lock is asked for so often.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);
/// How long a server may take to answer whether it still knows us.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The right to serve a database, until this is dropped or the process ends.
#[derive(Debug)]
pub struct ServeLock {
    url: DatabaseUrl,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// Closing it lets the lock go.
    File {
        _locked: File,
    },
    Postgres(Box<PgConnection>),
    MySql(Box<MySqlConnection>),
}

impl ServeLock {
    /// Takes the lock. Nothing: another process serves this database.
    ///
    /// # Errors
    /// [`StoreError::Connect`] when the lock's file cannot be made or the server does not answer.
    pub async fn acquire(url: &DatabaseUrl) -> Result<Option<Self>, StoreError> {
        let held = match url {
            DatabaseUrl::Sqlite(path) => beside(path).map_err(|error| no_file(url, &error))?,
            DatabaseUrl::Postgres(_) | DatabaseUrl::MySql(_) => {
                let mut held = None;
                for tried in 0..TRIES {
                    if tried > 0 {
                        tokio::time::sleep(PAUSE).await;
                    }
                    held = on_server(url)
                        .await
                        .map_err(|error| ConnectError::new(url, &error))?;
                    if held.is_some() {
                        break;
                    }
                }
                held
            }
        };
        let url = url.clone();
        Ok(held.map(|held| Self { url, held }))
    }

    /// Whether the lock is still ours; on a server whose connection was lost it is taken again. False: another process
    /// was quicker, and this one must stop.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn still_held(&mut self) -> Result<bool, StoreError> {
        let ping = async {
            match &mut self.held {
                Held::File { .. } => Ok(()),
                Held::Postgres(connection) => connection.ping().await,
                Held::MySql(connection) => connection.ping().await,
            }
        };
        if matches!(tokio::time::timeout(PING_TIMEOUT, ping).await, Ok(Ok(()))) {
            return Ok(true);
        }
        match Self::acquire(&self.url).await? {
            Some(again) => {
                *self = again;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

fn beside(database: &Path) -> io::Result<Option<Held>> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock_path(database)?)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held::File { _locked: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// `alfa.db.lock` in the folder where the file really is, by whichever path it is named.
fn lock_path(database: &Path) -> io::Result<PathBuf> {
    let real = match database.canonicalize() {
        Ok(real) => real,
        // The database is not made yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
            folder.join(database.file_name().unwrap_or_default())
        }
        Err(error) => return Err(error),
    };
    let mut name = real.into_os_string();
    name.push(".lock");
    Ok(name.into())
}

fn no_file(url: &DatabaseUrl, error: &io::Error) -> ConnectError {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => ConnectProblem::NoFolder,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ConnectProblem::NoPermission,
        _ => ConnectProblem::Other,
    };
    ConnectError {
        problem,
        address: url.to_string(),
        detail: format!("the lock file beside it: {error}"),
    }
}

/// A connection of its own that holds the lock, which the pool must not close or lend.
async fn on_server(url: &DatabaseUrl) -> Result<Option<Held>, sqlx::Error> {
    match url {
        DatabaseUrl::Sqlite(_) => Ok(None),
        DatabaseUrl::Postgres(address) => {
            let options = PgConnectOptions::from_str(address)?.application_name("alfa serve lock");
            let mut connection = options.disable_statement_logging().connect().await?;
            let taken: bool =
                sqlx::query_scalar(sqlx::AssertSqlSafe(AdvisoryLock::Serve.try_for_connection()))
                    .fetch_one(&mut connection)
                    .await?;
            Ok(taken.then(|| Held::Postgres(Box::new(connection))))
        }
        DatabaseUrl::MySql(address) => {
            let options = MySqlConnectOptions::from_str(address)?;
            let mut connection = options.disable_statement_logging().connect().await?;
            let taken: bool = sqlx::query_scalar(MYSQL_LOCK).fetch_one(&mut connection).await?;
            Ok(taken.then(|| Held::MySql(Box::new(connection))))
        }
    }
}

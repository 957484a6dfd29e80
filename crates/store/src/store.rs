//! The connection to the database: readers, the one writer, transactions.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::advisory::AdvisoryLock;
use crate::counts::Counts;
use crate::error::{ConnectError, ConnectProblem, StoreError};
use crate::migration::Migrator;
use crate::quick::Quick;
use crate::url::DatabaseUrl;

/// Connections that read an SQLite file side by side.
const SQLITE_READERS: u32 = 4;
/// Connections to a database server.
const SERVER_CONNECTIONS: u32 = 16;
/// Longest wait for a connection or an SQLite lock; after it the answer is [`StoreError::Busy`].
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Prepared statements kept by each connection.
const STATEMENT_CACHE: usize = 256;

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    url: DatabaseUrl,
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    counts: Counts,
    /// On SQLite only.
    quick: Option<Quick>,
}

impl Store {
    /// Opens the database; an SQLite file that does not exist is made, its folder must be there.
    ///
    /// # Errors
    /// [`StoreError::Connect`] with the reason sorted by [`ConnectProblem`].
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let (reader, writer) = match url {
            DatabaseUrl::Sqlite(path) => sqlite(url, path).await?,
            DatabaseUrl::Postgres(address) => same(postgres(url, address).await?),
            DatabaseUrl::MySql(address) => same(mysql(url, address).await?),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                url: url.clone(),
                reader,
                writer,
                counts: Counts::default(),
                quick: match url {
                    DatabaseUrl::Sqlite(path) => Some(Quick::new(path)),
                    DatabaseUrl::Postgres(_) | DatabaseUrl::MySql(_) => None,
                },
            }),
        })
    }

    /// Brings the schema up to date, all of it or nothing (MySQL commits each statement by itself).
    ///
    /// # Errors
    /// Of the database, and when it was written by a newer version of the product.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(&AdvisoryLock::Migration.take_in_transaction())
                .await?;
        }
        Migrator::up(&tx.0, None).await?;
        tx.commit().await
    }

    /// Whether the database answers and its schema is the present one.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ready(&self) -> Result<bool, StoreError> {
        Ok(Migrator::get_pending_migrations_read_only(self.reader())
            .await?
            .is_empty())
    }

    /// The connection for reading outside a transaction. On SQLite it refuses to write.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.inner.reader
    }

    /// Begins a transaction that may write: IMMEDIATE on SQLite (one at a time, others wait), READ COMMITTED elsewhere.
    /// Keep it short and never await anything but the database in it. Dropped without `commit`, it is rolled back.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the writer does not come free within 10 s.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx(self.inner.writer.begin_with_options(options).await?))
    }

    /// Closes the connections; SQLite folds its log into the file.
    ///
    /// # Errors
    /// Of the database.
    pub async fn close(&self) -> Result<(), StoreError> {
        if let Some(quick) = &self.inner.quick {
            quick.close();
        }
        self.inner.reader.close_by_ref().await?;
        Ok(self.inner.writer.close_by_ref().await?)
    }

    /// The address, whose password does not show.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.inner.url
    }

    /// Reads a few rows by key in this thread, where that is possible: see [`crate::quick`].
    pub(crate) fn quick<T>(
        &self,
        read: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Option<Result<T, StoreError>> {
        self.inner.quick.as_ref()?.read(read)
    }

    /// Another number after each write to the database, by whomever; nothing where that is not told.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.inner.quick.as_ref()?.version()
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.inner.counts
    }

    fn is_sqlite(&self) -> bool {
        matches!(self.inner.url, DatabaseUrl::Sqlite(_))
    }
}

/// A transaction. Query functions take it as they take [`Store::reader`].
#[derive(Debug)]
pub struct Tx(DatabaseTransaction);

impl Tx {
    /// Makes the changes last.
    ///
    /// # Errors
    /// Of the database; the outcome is then unknown.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }

    /// Drops the changes.
    ///
    /// # Errors
    /// Of the database; the changes are dropped in any case.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.0.rollback().await?)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}

fn same(connection: DatabaseConnection) -> (DatabaseConnection, DatabaseConnection) {
    (connection.clone(), connection)
}

async fn sqlite(
    url: &DatabaseUrl,
    path: &Path,
) -> Result<(DatabaseConnection, DatabaseConnection), ConnectError> {
    if let Some(folder) = path.parent()
        && !folder.as_os_str().is_empty()
        && !folder.is_dir()
    {
        let detail = format!("the folder {} does not exist", folder.display());
        return Err(ConnectError {
            problem: ConnectProblem::NoFolder,
            address: url.to_string(),
            detail,
        });
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        // With NORMAL a power cut may lose a "sent" mark, which is a double send.
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16384")
        .pragma("mmap_size", "268435456")
        // Pages of 4 KiB: an upload writes the same pages of the indexes again and again.
        .pragma("wal_autocheckpoint", "8000")
        .statement_cache_capacity(STATEMENT_CACHE)
        .disable_statement_logging();
    let failed = |error: sqlx::Error| ConnectError::new(url, &error);
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(BUSY_TIMEOUT)
            .test_before_acquire(false)
    };
    // The writer first: it makes the file and turns WAL on.
    let writer = pool()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    let reader = pool()
        .max_connections(SQLITE_READERS)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(failed)?;
    Ok((reader.into(), writer.into()))
}

async fn postgres(url: &DatabaseUrl, address: &str) -> Result<DatabaseConnection, ConnectError> {
    let failed = |error: sqlx::Error| ConnectError::new(url, &error);
    let options = PgConnectOptions::from_str(address)
        .map_err(failed)?
        .application_name("alfa")
        .options([("default_transaction_isolation", "read committed")])
        .statement_cache_capacity(STATEMENT_CACHE)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(SERVER_CONNECTIONS)
        .acquire_timeout(BUSY_TIMEOUT);
    // One plain connection first: its error says why, where the pool would only say that time ran out.
    options.connect().await.map_err(failed)?;
    Ok(pool.connect_with(options).await.map_err(failed)?.into())
}

async fn mysql(url: &DatabaseUrl, address: &str) -> Result<DatabaseConnection, ConnectError> {
    let failed = |error: sqlx::Error| ConnectError::new(url, &error);
    let options = MySqlConnectOptions::from_str(address)
        .map_err(failed)?
        .charset("utf8mb4")
        .statement_cache_capacity(STATEMENT_CACHE)
        .disable_statement_logging();
    options.connect().await.map_err(failed)?;
    let pool = MySqlPoolOptions::new()
        .max_connections(SERVER_CONNECTIONS)
        .acquire_timeout(BUSY_TIMEOUT)
        .after_connect(|connection, _| {
            Box::pin(async move {
                let statement = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
                sqlx::Executor::execute(connection, statement).await.map(|_| ())
            })
        });
    Ok(pool.connect_with(options).await.map_err(failed)?.into())
}

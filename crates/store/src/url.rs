//! `DATABASE_URL`, in sqlx's spellings and in SQLAlchemy's.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where the database is. `Debug` and `Display` mask the password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file; a relative path is relative to the working folder.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as `postgres://…`.
    Postgres(String),
    /// A MySQL or MariaDB server, as `mysql://…`.
    MySql(String),
}

/// Why an address is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Neither SQLite nor PostgreSQL nor MySQL.
    #[error("expected sqlite:///file, postgresql://user:password@host/database or mysql://…")]
    UnknownKind,
    /// An SQLite address without a file, or with `:memory:`.
    #[error("a database in memory would be lost with the process: name a file, as in sqlite:///./alfa.db")]
    InMemory,
    /// An option of an SQLite address that is not known.
    #[error("option `{0}` of the SQLite address is not known")]
    UnknownOption(String),
    /// A server address without host or database.
    #[error("expected {0}://user:password@host:port/database")]
    Incomplete(&'static str),
}

/// Options of SQLAlchemy's SQLite addresses that mean nothing here and do no harm.
const IGNORED_SQLITE_OPTIONS: &[&str] = &["check_same_thread", "timeout", "cache", "mode", "uri"];

impl DatabaseUrl {
    /// Reads an address. A driver after `+` is dropped: `postgresql+psycopg://`, `mysql+pymysql://`.
    /// As in SQLAlchemy, three slashes are a path relative to the working folder and four an absolute one.
    ///
    /// # Errors
    /// What is not understood; see [`UrlError`]. The text never holds the password.
    pub fn parse(url: &str) -> Result<Self, UrlError> {
        let url = url.trim();
        let (scheme, rest) = url.split_once(':').ok_or(UrlError::UnknownKind)?;
        let scheme = scheme.split('+').next().unwrap_or_default().to_ascii_lowercase();
        match scheme.as_str() {
            "sqlite" => sqlite(rest),
            "postgres" | "postgresql" => server(rest, "postgres").map(Self::Postgres),
            "mysql" | "mariadb" => server(rest, "mysql").map(Self::MySql),
            _ => Err(UrlError::UnknownKind),
        }
    }

    /// The folder that holds the SQLite file, where other files of the product may lie too.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => path.parent(),
            Self::Postgres(_) | Self::MySql(_) => None,
        }
    }
}

fn sqlite(rest: &str) -> Result<DatabaseUrl, UrlError> {
    let (path, options) = rest.split_once('?').unwrap_or((rest, ""));
    for option in options.split('&').filter(|option| !option.is_empty()) {
        let name = option.split('=').next().unwrap_or_default();
        if option == "mode=memory" {
            return Err(UrlError::InMemory);
        }
        if !IGNORED_SQLITE_OPTIONS.contains(&name) {
            return Err(UrlError::UnknownOption(name.to_owned()));
        }
    }
    // `sqlite:///x` is relative, `sqlite:////x` absolute; `sqlite://x` and `sqlite:x` are sqlx's relative spellings.
    let path = path
        .strip_prefix("///")
        .or_else(|| path.strip_prefix("//"))
        .unwrap_or(path);
    if path.is_empty() || path == ":memory:" || path == "/:memory:" {
        return Err(UrlError::InMemory);
    }
    Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
}

fn server(rest: &str, scheme: &'static str) -> Result<String, UrlError> {
    let address = rest.strip_prefix("//").ok_or(UrlError::Incomplete(scheme))?;
    let path = address.split('?').next().unwrap_or_default();
    // A socket may be given as an option, so an empty host is the driver's business; a database must be named.
    let database = path
        .rsplit_once('@')
        .map_or(path, |(_, host)| host)
        .split_once('/')
        .map_or("", |(_, db)| db);
    if database.is_empty() {
        return Err(UrlError::Incomplete(scheme));
    }
    Ok(format!("{scheme}://{address}"))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:///{}", path.display()),
            Self::Postgres(url) | Self::MySql(url) => f.write_str(&masked(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address with everything that may be a password replaced: between the first `:` of the user part and the last `@`,
/// and in options whose name tells.
fn masked(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (address, options) = rest.split_once('?').unwrap_or((rest, ""));
    let address = match address.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{name}:***@{host}"),
            None => format!("{user}@{host}"),
        },
        None => address.to_owned(),
    };
    let options: Vec<String> = options
        .split('&')
        .filter(|option| !option.is_empty())
        .map(|option| match option.split_once('=') {
            Some((name, _)) if name.contains("password") || name.contains("key") => format!("{name}=***"),
            _ => option.to_owned(),
        })
        .collect();
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{address}{mark}{}", options.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Result<DatabaseUrl, UrlError> {
        Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
    }

    #[test]
    fn sqlite_paths_are_read_as_sqlalchemy_reads_them() {
        assert_eq!(DatabaseUrl::parse("sqlite:///./alfa.db"), file("./alfa.db"));
        assert_eq!(DatabaseUrl::parse("sqlite:///alfa.db"), file("alfa.db"));
        assert_eq!(DatabaseUrl::parse("sqlite:////var/alfa.db"), file("/var/alfa.db"));
        assert_eq!(
            DatabaseUrl::parse("sqlite+aiosqlite:///data/alfa.db?timeout=5"),
            file("data/alfa.db")
        );
        assert_eq!(DatabaseUrl::parse("sqlite://alfa.db"), file("alfa.db"));
        assert_eq!(DatabaseUrl::parse("sqlite:alfa.db"), file("alfa.db"));
    }

    #[test]
    fn memory_and_unknown_are_refused() {
        for url in [
            "sqlite://:memory:",
            "sqlite::memory:",
            "sqlite:///:memory:",
            "sqlite://",
            "sqlite:///x?mode=memory",
        ] {
            assert_eq!(DatabaseUrl::parse(url), Err(UrlError::InMemory), "{url}");
        }
        assert_eq!(
            DatabaseUrl::parse("sqlite:///x?magic=1"),
            Err(UrlError::UnknownOption("magic".to_owned()))
        );
        assert_eq!(DatabaseUrl::parse("oracle://x/y"), Err(UrlError::UnknownKind));
        assert_eq!(DatabaseUrl::parse("alfa.db"), Err(UrlError::UnknownKind));
        assert_eq!(
            DatabaseUrl::parse("postgresql://localhost"),
            Err(UrlError::Incomplete("postgres"))
        );
    }

    #[test]
    fn driver_is_dropped_and_password_masked() {
        let url = DatabaseUrl::parse(
            "postgresql+psycopg://ann:p@ss:w/rd@db:5432/alfa?sslpassword=x&sslmode=prefer",
        )
        .unwrap();
        assert!(matches!(&url, DatabaseUrl::Postgres(url) if url.starts_with("postgres://ann:p@ss:w/rd@db")));
        assert_eq!(
            format!("{url:?}"),
            "postgres://ann:***@db:5432/alfa?sslpassword=***&sslmode=prefer"
        );
        assert_eq!(url.to_string(), format!("{url:?}"));
        let url = DatabaseUrl::parse("mysql+pymysql://root:secret@localhost/alfa").unwrap();
        assert_eq!(url.to_string(), "mysql://root:***@localhost/alfa");
    }
}

//! A fresh database for each test, on each of the databases.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use alfa_store::{ConnectionTrait, DatabaseUrl, Store};

/// A server for the tests that runs elsewhere; absent, they start a private one.
const SERVER_VARIABLE: &str = "ALFA_TEST_POSTGRES_URL";
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A migrated database.
pub struct Db {
    pub store: Store,
    pub url: DatabaseUrl,
    _folder: Option<tempfile::TempDir>,
}

/// Runs `test` on a fresh SQLite file and on a fresh PostgreSQL database.
pub fn on_each<F: Future<Output = ()>>(test: impl Fn(Db) -> F) {
    on_sqlite(&test);
    run(async {
        let url = fresh_postgres().await;
        test(migrated(url, None).await).await;
    });
}

/// Runs `test` on SQLite alone.
pub fn on_sqlite<F: Future<Output = ()>>(test: impl Fn(Db) -> F) {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("alfa.db"));
        test(migrated(url, Some(folder)).await).await;
    });
}

fn run(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future);
}

async fn migrated(url: DatabaseUrl, folder: Option<tempfile::TempDir>) -> Db {
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    Db {
        store,
        url,
        _folder: folder,
    }
}

/// An empty database on the PostgreSQL server.
pub async fn fresh_postgres() -> DatabaseUrl {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = server_url();
    let name = format!(
        "alfa_test_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let url = DatabaseUrl::parse(&format!("{server}/postgres")).unwrap();
    let mut admin = Store::connect(&url).await;
    // A server that was just started takes connections before it takes them in earnest.
    for _ in 0..300 {
        if admin.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        admin = Store::connect(&url).await;
    }
    let admin = admin.unwrap();
    admin
        .reader()
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    DatabaseUrl::parse(&format!("{server}/{name}")).unwrap()
}

/// Address of the PostgreSQL server, without a database; the server is started by the first test that asks.
pub fn server_url() -> String {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER
        .get_or_init(|| match std::env::var(SERVER_VARIABLE) {
            Ok(url) => url.trim_end_matches('/').to_owned(),
            Err(_) => start(),
        })
        .clone()
}

#[expect(
    clippy::zombie_processes,
    reason = "the watcher stops the server after this process"
)]
fn start() -> String {
    let bin = newest_bin().unwrap_or_else(|| {
        panic!("PostgreSQL is not installed: `apt-get install postgresql` (or give a server in {SERVER_VARIABLE})")
    });
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    // Outside the home folder of root, where the user `postgres` cannot go.
    let folder = std::env::temp_dir().join(format!("alfa-test-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let data = folder.join("data");
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    if root {
        // initdb and postgres refuse to run as root.
        assert!(
            Command::new("chown")
                .arg("postgres")
                .arg(&folder)
                .status()
                .unwrap()
                .success()
        );
    }
    let init = command(root, &bin.join("initdb"))
        .args([
            "--username=alfa",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "-D",
        ])
        .arg(&data)
        .output()
        .unwrap();
    assert!(
        init.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&init.stderr)
    );
    let server = command(root, &bin.join("postgres"))
        .arg("-D")
        .arg(&data)
        .args([
            "-p",
            &port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
        ])
        .args([
            "-c",
            "fsync=off",
            "-c",
            "synchronous_commit=off",
            "-c",
            "full_page_writes=off",
        ])
        .args(["-c", "max_connections=300"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    stop_with_this_process(&server, &data, &folder);
    let deadline = Instant::now() + START_TIMEOUT;
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "PostgreSQL does not start");
        std::thread::sleep(Duration::from_millis(50));
    }
    format!("postgres://alfa@127.0.0.1:{port}")
}

fn command(root: bool, program: &Path) -> Command {
    if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command.current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

/// A watcher outlives the test process however it ends, stops the server and removes its folder.
#[expect(
    clippy::zombie_processes,
    reason = "the watcher outlives this process on purpose"
)]
fn stop_with_this_process(server: &Child, data: &Path, folder: &Path) {
    let script = "while kill -0 $0 2>/dev/null; do sleep 0.2; done; \
                  kill -INT $(head -n 1 \"$2/postmaster.pid\") 2>/dev/null; \
                  while kill -0 $1 2>/dev/null; do sleep 0.1; done; rm -rf \"$3\"";
    Command::new("setsid")
        .args([
            "sh",
            "-c",
            script,
            &std::process::id().to_string(),
            &server.id().to_string(),
        ])
        .arg(data)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
}

fn newest_bin() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin)
}

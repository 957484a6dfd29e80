//! `alfa serve` as a process that is killed and started again on the same folder.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A start that takes longer has failed.
const LONGEST_START: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(10);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
const SIGKILL: i32 = 9;
/// Below the ports that the system gives to outgoing connections, so that none of them has it while Alfa is dead.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// Where and how Alfa is started.
pub struct Place {
    folder: PathBuf,
    simulator: String,
    port: u16,
    pub http: reqwest::Client,
}

impl Place {
    pub fn new(folder: &Path, simulator: String) -> Self {
        // Tests run side by side, and the port is free again whenever Alfa is dead: each test takes another.
        static TAKEN: AtomicU16 = AtomicU16::new(0);
        let count = PORTS.end - PORTS.start;
        let first = (std::process::id() % u32::from(count)) as u16;
        let port = (0..count)
            .map(|_| TAKEN.fetch_add(1, Ordering::SeqCst))
            .map(|step| PORTS.start + (first + step) % count)
            .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
            .unwrap();
        alfa_llm::install_tls_provider();
        Self {
            folder: folder.to_owned(),
            simulator,
            port,
            // A connection to a process that was killed is not used again.
            http: reqwest::Client::builder()
                .pool_max_idle_per_host(0)
                .timeout(REQUEST_TIMEOUT)
                .build()
                .unwrap(),
        }
    }

    pub fn database_url(&self) -> String {
        format!("sqlite:///{}", self.folder.join("alfa.db").display())
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Starts the process; at `crash_at` (`point:n`) it kills itself.
    pub fn start(&self, crash_at: Option<&str>) -> Alfa {
        let said = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join("said.txt"))
            .unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_alfa"));
        command
            .arg("serve")
            .current_dir(&self.folder)
            .env_clear()
            .env("DATABASE_URL", self.database_url())
            .env("DATA_DIR", &self.folder)
            .env("SIMULATOR", &self.simulator)
            .env("HOST", "127.0.0.1")
            .env("PORT", self.port.to_string())
            .env("PACING", "off")
            .env("QUIET_HOURS", "off")
            .env("SETTLE_SECONDS", "0.3")
            .env("LOG_LEVEL", "warn")
            .stdout(Stdio::null())
            .stderr(said);
        if let Some(crash_at) = crash_at {
            command.env("ALFA_CRASH_AT", crash_at);
        }
        Alfa {
            process: command.spawn().unwrap(),
        }
    }

    /// Waits until the process answers. False: it died before.
    pub async fn is_up(&self, alfa: &mut Alfa) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < LONGEST_START {
            if alfa.ended().is_some() {
                return false;
            }
            let answer = self.http.get(self.url("/health")).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return true;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("Alfa did not start; it said: {}", self.said());
    }

    /// Asks for something, as long as the process lives; the answer's status and body.
    pub async fn ask(&self, request: reqwest::RequestBuilder) -> Option<(u16, Value)> {
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.json().await.unwrap_or_default()))
    }

    /// Reads something that must be there.
    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask(self.http.get(self.url(path))).await.unwrap();
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// The end of what the processes said, for a failure.
    pub fn said(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        let all = format!("{}{}", read("said.txt"), read("logs/app.log"));
        let lines: Vec<&str> = all.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

/// A running process. It ends with this.
pub struct Alfa {
    process: Child,
}

impl Alfa {
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.try_wait().unwrap()
    }

    /// Waits so long for the process to kill itself. False: it lives.
    pub async fn dies_within(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                assert_eq!(
                    status.signal(),
                    Some(SIGKILL),
                    "it was to be killed, not to fail: {status}"
                );
                return true;
            }
            if begun.elapsed() >= limit {
                return false;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Kills it as a power cut does.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Alfa {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

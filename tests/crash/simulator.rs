//! The simulated Telegram, in a process that nobody kills.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const LOG_PAGE_ENTRIES: usize = 10_000;

pub struct Simulator {
    process: Child,
    mtproto: String,
    control: String,
    key_file: PathBuf,
    http: reqwest::Client,
}

impl Simulator {
    /// Starts it in a folder with a scenario (YAML).
    pub fn start(folder: &Path, scenario: &str) -> Self {
        let scenario_file = folder.join("scenario.yaml");
        std::fs::write(&scenario_file, scenario).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_alfa"))
            .arg("telegram-sim")
            .arg("--scenario")
            .arg(&scenario_file)
            .arg("--journal")
            .arg(folder.join("telegram.journal"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let word = |name: &str| ready[name].as_str().unwrap().to_owned();
        let key_file = folder.join("telegram.pem");
        std::fs::write(&key_file, word("rsa_public_key")).unwrap();
        alfa_llm::install_tls_provider();
        Self {
            process,
            mtproto: word("mtproto"),
            control: word("control"),
            key_file,
            http: reqwest::Client::new(),
        }
    }

    /// The value of `SIMULATOR`.
    pub fn variable(&self) -> String {
        format!("{},{}", self.mtproto, self.key_file.display())
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.control)).send();
        answer.await.unwrap().json().await.unwrap()
    }

    /// Everything that happened since the entry of this number.
    pub async fn log_after(&self, mut seq: u64) -> Vec<Value> {
        let mut log = Vec::new();
        loop {
            let page = self
                .get(&format!("/log?after={seq}&limit={LOG_PAGE_ENTRIES}"))
                .await;
            let page = page.as_array().unwrap();
            let Some(last) = page.last() else { return log };
            seq = last["seq"].as_u64().unwrap();
            log.extend(page.iter().cloned());
        }
    }

    /// How often each thing happened.
    pub async fn counter(&self, name: &str) -> u64 {
        self.get("/counters").await[name].as_u64().unwrap_or_default()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

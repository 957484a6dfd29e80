//! No key in anything that the product says, keeps or sends but the header of its own request: every provider with a key
//! of its own, which the vendors quote back, and the product as a process whose console is read.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake::{Answer, Fake};

const LONGEST_START: Duration = Duration::from_secs(60);
/// Provider, the variable of its key, the variable of its address, how its fake refuses.
const PROVIDERS: [(&str, &str, &str, u16); 6] = [
    ("timeweb", "TIMEWEB_API_TOKEN", "TIMEWEB_BASE_URL", 401),
    ("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", 429),
    ("gemini", "GEMINI_API_KEY", "GEMINI_BASE_URL", 400),
    ("groq", "GROQ_API_KEY", "GROQ_BASE_URL", 403),
    ("ollama", "OLLAMA_API_KEY", "OLLAMA_URL", 500),
    ("huggingface", "HUGGINGFACE_TOKEN", "HUGGINGFACE_BASE_URL", 402),
];

fn key_of(provider: &str) -> String {
    format!("invented-key-of-{provider}-4711-and-more")
}

struct Alfa {
    process: Child,
    url: String,
    http: reqwest::Client,
}

impl Alfa {
    async fn start(folder: &Path, fakes: &[Fake]) -> Self {
        alfa::tls::set_up();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = command(folder, fakes);
        let said = std::fs::File::create(folder.join("console.txt")).unwrap();
        command
            .arg("serve")
            .env("PORT", port.to_string())
            .stdout(said.try_clone().unwrap())
            .stderr(said);
        let alfa = Self {
            process: command.spawn().unwrap(),
            url: format!("http://127.0.0.1:{port}"),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        };
        let begun = Instant::now();
        while alfa
            .http
            .get(format!("{}/health", alfa.url))
            .send()
            .await
            .is_err()
        {
            assert!(begun.elapsed() < LONGEST_START, "Alfa did not start");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        alfa
    }

    async fn get(&self, path: &str) -> String {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await.unwrap();
        answer.text().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> String {
        let request = self.http.post(format!("{}{path}", self.url)).json(&body);
        request.send().await.unwrap().text().await.unwrap()
    }
}

impl Drop for Alfa {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(folder: &Path, fakes: &[Fake]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alfa"));
    command
        .current_dir(folder)
        .env_clear()
        .env(
            "DATABASE_URL",
            format!("sqlite:///{}", folder.join("alfa.db").display()),
        )
        .env("DATA_DIR", folder)
        .env("HOST", "127.0.0.1")
        .env("PACING", "off")
        .env("LOG_LEVEL", "trace")
        .env("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test");
    for ((provider, key, url, _), fake) in PROVIDERS.iter().zip(fakes) {
        // Ollama takes no key.
        if *provider != "ollama" {
            command.env(key, key_of(provider));
        }
        command.env(url, &fake.url);
    }
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_key_is_in_a_log_an_error_a_prompt_an_answer_or_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut fakes = Vec::new();
    for (provider, _, _, status) in PROVIDERS {
        let key = key_of(provider);
        fakes.push(
            Fake::start(move |_| {
                let said = format!("Incorrect API key provided: {key}");
                let error = json!({"message": said, "code": key, "type": key, "param": key});
                Answer::Status(status, json!({"error": error, "message": key}))
            })
            .await,
        );
    }
    let alfa = Alfa::start(folder.path(), &fakes).await;
    let mut answers = Vec::new();
    for (provider, ..) in PROVIDERS {
        answers.push(
            alfa.post(&format!("/api/ai/providers/{provider}/test"), json!({}))
                .await,
        );
    }
    // Work of each kind: a draft, an answer, a meaning, a choice, the assistant, its stream.
    let objection = json!({"objection": "А какая у вас ставка?", "product_id": 3});
    let chat = json!({"message": "Сколько клиентов в базе?"});
    for (path, body) in [
        ("/api/ai/handle-objection", objection),
        ("/api/ai-assistant/chat", chat.clone()),
        ("/api/ai-assistant/chat?stream=true", chat),
    ] {
        answers.push(alfa.post(path, body).await);
    }
    for path in [
        "/api/ai/recommend-product?profession=%D0%92%D1%80%D0%B0%D1%87",
        "/api/ai/providers",
        "/api/ai/attempts?limit=200",
        "/api/ai/violations?limit=200",
        "/api/analytics/ai",
        "/api/audit",
        "/api/events?after=0",
        "/api/system",
        "/health",
        "/ready",
        "/metrics",
    ] {
        let asked = tokio::time::timeout(Duration::from_secs(3), alfa.get(path)).await;
        answers.extend(asked);
    }
    let attempts = &answers
        .iter()
        .find(|answer| answer.contains("\"outcome\""))
        .unwrap();
    for (provider, ..) in PROVIDERS {
        assert!(attempts.contains(provider), "{provider} was asked: {attempts}");
    }
    drop(alfa);
    let doctor = command(folder.path(), &fakes)
        .arg("doctor")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    answers.push(String::from_utf8_lossy(&doctor.stdout).into_owned());
    answers.push(String::from_utf8_lossy(&doctor.stderr).into_owned());
    // A configuration that is refused is told without the key.
    let refused = command(folder.path(), &fakes)
        .arg("doctor")
        .env("OPENAI_API_KEY", format!("{} with blanks\u{7}", key_of("openai")))
        .env("OPENAI_LIMITS", "speed=5")
        .output()
        .unwrap();
    answers.push(String::from_utf8_lossy(&refused.stdout).into_owned());
    answers.push(String::from_utf8_lossy(&refused.stderr).into_owned());

    let console = std::fs::read_to_string(folder.path().join("console.txt")).unwrap();
    assert!(!console.is_empty(), "it said something");
    let mut files = Vec::new();
    read_all(folder.path(), &mut files);
    assert!(
        files.iter().any(|(name, _)| name.ends_with("alfa.db")),
        "the database is there"
    );
    for (provider, ..) in PROVIDERS {
        let key = key_of(provider);
        for answer in &answers {
            assert!(!answer.contains(&key), "{provider}: {answer}");
        }
        for fake in &fakes {
            assert!(
                !fake.seen().iter().any(|body| body.contains(&key)),
                "{provider}: in a prompt"
            );
        }
        for (name, bytes) in &files {
            let found = bytes.windows(key.len()).any(|window| window == key.as_bytes());
            assert!(!found, "{provider}: in {name}");
        }
    }
}

fn read_all(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, files);
        } else if path.is_file() {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

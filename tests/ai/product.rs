//! An Alfa in real time, in the sandbox, with these providers.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alfa::api;
use alfa::app::App;
use alfa::clock::Clock;
use alfa::config::Config;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(60);
/// A key of no provider's real shape.
pub const KEY: &str = "invented-key-of-the-test-4711";

const SCENARIO: &str = r#"
seed: 3
code: "12345"
delays: { read: { min_ms: 20, max_ms: 40 }, reply: { min_ms: 60, max_ms: 90 } }
accounts:
  - { phone: "+79990000001", first_name: "Альфа" }
people:
  - { phone: "+79991230001", first_name: "Аристарх", persona: asks_rate }
  - { phone: "+79991230002", first_name: "Евлампия", persona: silent }
  - { phone: "+79991230003", first_name: "Дормидонт", persona: says_stop }
"#;

pub struct Product {
    pub app: Arc<App>,
    pub folder: tempfile::TempDir,
    address: String,
    client: reqwest::Client,
}

impl Product {
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        Self::start_among(SCENARIO, variables).await
    }

    /// The same among other people.
    pub async fn start_among(people: &str, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scenario = folder.path().join("scenario.yaml");
        std::fs::write(&scenario, people).unwrap();
        let database = format!("sqlite:///{}", folder.path().join("alfa.db").display());
        let mut all: Vec<(OsString, OsString)> = vec![
            ("DATABASE_URL".into(), database.into()),
            ("DATA_DIR".into(), folder.path().into()),
            ("SANDBOX_SCENARIO".into(), scenario.into()),
            ("PACING".into(), "off".into()),
            ("SETTLE_SECONDS".into(), "0.2".into()),
        ];
        all.extend(variables.iter().map(|(name, value)| (name.into(), value.into())));
        let config = Config::from_sources(all, None).unwrap();
        let app = App::open(config, Clock::real()).await.unwrap();
        api::prepare(&app).await.unwrap();
        app.start().await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let served = app.clone();
        app.workers.spawn("server", async move {
            api::serve(served, listener, std::future::pending())
                .await
                .unwrap();
        });
        Self {
            app,
            folder,
            address,
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    pub async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.address));
        let answer = request.header("accept-language", "en").send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body}");
        body
    }

    pub async fn patch(&self, path: &str, body: Value) {
        let request = self.client.patch(format!("{}{path}", self.address)).json(&body);
        let answer = request.header("accept-language", "en").send().await.unwrap();
        let status = answer.status();
        assert!(
            status.is_success(),
            "{path}: {status} {}",
            answer.text().await.unwrap()
        );
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.address)).json(&body);
        let answer = request.header("accept-language", "en").send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body}");
        body
    }

    /// Uploads the three people and lets a campaign for product 3 write to them. Gives the campaign's id and the
    /// contacts' ids.
    pub async fn run_campaign(&self) -> (i64, Vec<i64>) {
        let mut ids = Vec::new();
        for (name, phone, profession) in [
            ("Аристарх Вяземцев", "+79991230001", "Предприниматель"),
            ("Евлампия Кудеярова", "+79991230002", "Врач"),
            ("Дормидонт Шестопёров", "+79991230003", "Учитель"),
        ] {
            let person =
                json!({"name": name, "phone": phone, "profession": profession, "interests": "Путешествия"});
            ids.push(
                self.post("/api/contacts/create", person).await["id"]
                    .as_i64()
                    .unwrap(),
            );
        }
        let campaign = json!({"name": "Первая", "product_id": 3, "contact_ids": ids});
        let id = self.post("/api/campaigns/create", campaign).await["id"]
            .as_i64()
            .unwrap();
        self.post(&format!("/api/campaigns/{id}/initiate-dialogs"), json!({}))
            .await;
        self.until(|| async { self.stats(id).await["sent"] == 3 }).await;
        (id, ids)
    }

    pub async fn stats(&self, campaign: i64) -> Value {
        self.get(&format!("/api/campaigns/{campaign}/stats")).await
    }

    /// Texts of a person's history by direction, oldest first.
    pub async fn texts(&self, contact: i64, direction: &str) -> Vec<String> {
        let history = self
            .get(&format!("/api/messages/history?contact_id={contact}"))
            .await;
        let items = history["items"].as_array().unwrap().clone();
        items
            .iter()
            .filter(|message| message["direction"] == direction)
            .map(|message| message["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits until it holds.
    pub async fn until<F: Future<Output = bool>>(&self, holds: impl Fn() -> F) {
        self.until_within(PATIENCE, holds).await;
    }

    /// Waits so long at most.
    pub async fn until_within<F: Future<Output = bool>>(&self, patience: Duration, holds: impl Fn() -> F) {
        let begun = Instant::now();
        while !holds().await {
            assert!(begun.elapsed() < patience, "it does not come");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn stop(self) {
        self.app.shut_down().await;
    }
}

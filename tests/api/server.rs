//! A server of its own for each test: a free port, a folder and a database that go away with it.

use alfa::api;
use alfa::app::App;
use alfa::clock::Clock;
use alfa::config::Config;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use std::ffi::OsString;
use std::sync::Arc;
use tokio::net::TcpListener;

pub const PASSWORD: &str = "correct horse battery";

pub struct Server {
    pub app: Arc<App>,
    pub address: String,
    pub client: reqwest::Client,
    pub folder: tempfile::TempDir,
}

impl Server {
    /// Nothing configured: open to this machine.
    pub async fn open() -> Self {
        Self::with(&[]).await
    }

    /// With an administrator's password.
    pub async fn closed() -> Self {
        Self::with(&[("ALFA_ADMIN_PASSWORD", PASSWORD)]).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::on(tempfile::tempdir().expect("folder"), settings, Clock::real()).await
    }

    /// With a clock of the test's own.
    pub async fn at(settings: &[(&str, &str)], clock: Clock) -> Self {
        Self::on(tempfile::tempdir().expect("folder"), settings, clock).await
    }

    /// Stops and starts again on the same folder, with other settings.
    pub async fn again(self, settings: &[(&str, &str)]) -> Self {
        self.app.shut_down().await;
        Self::on(self.folder, settings, Clock::real()).await
    }

    async fn on(folder: tempfile::TempDir, settings: &[(&str, &str)], clock: Clock) -> Self {
        let database = format!("sqlite:///{}/alfa.db", folder.path().display());
        let own = [("DATABASE_URL", database.as_str())];
        let folder_of = folder.path().display().to_string();
        let elsewhere = [("DATA_DIR", folder_of.as_str())];
        let another = settings.iter().any(|(name, _)| *name == "DATABASE_URL");
        let fixed = if another { elsewhere } else { own };
        let environment = fixed
            .iter()
            .chain(settings)
            .map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let config = Config::from_sources(environment, None).expect("settings");
        let app = App::open(config, clock).await.expect("opened");
        api::prepare(&app).await.expect("prepared");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        let address = format!("http://{}", listener.local_addr().expect("address"));
        let served = app.clone();
        app.workers.spawn("server", async move {
            api::serve(served, listener, std::future::pending())
                .await
                .expect("served");
        });
        let client = reqwest::Client::builder().no_proxy().build().expect("client");
        Self {
            app,
            address,
            client,
            folder,
        }
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("method");
        self.client
            .request(method, format!("{}{path}", self.address))
            .header("accept-language", "en")
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request("GET", path).send().await.expect("answered")).await
    }

    /// With no body when it is null.
    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.request("POST", path);
        if !body.is_null() {
            request = request.json(&body);
        }
        answer(request.send().await.expect("answered")).await
    }

    /// As somebody who reads this language.
    pub async fn post_in(&self, language: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("accept-language", language).json(body);
        answer(request.send().await.expect("answered")).await
    }

    /// Sends a JSON body with any method.
    pub async fn send(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        answer(
            self.request(method, path)
                .json(body)
                .send()
                .await
                .expect("answered"),
        )
        .await
    }

    /// Adds a contact and answers its id.
    pub async fn contact(&self, name: &str, phone: &str) -> i64 {
        let (status, body) = self
            .post(
                "/api/contacts/create",
                serde_json::json!({"name": name, "phone": phone}),
            )
            .await;
        assert_eq!(status, 201, "{body}");
        body["id"].as_i64().expect("id")
    }
}

/// Status and body; an error must be a whole problem.
pub async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let kind = response
        .headers()
        .get("content-type")
        .map(|value| value.to_str().expect("text").to_owned());
    let text = response.text().await.expect("body");
    let body: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    if status >= 400 {
        assert_eq!(
            kind.as_deref(),
            Some("application/problem+json"),
            "{status} {text}"
        );
        assert_eq!(body["status"], status, "{text}");
        for member in ["type", "title", "detail", "code"] {
            let said = body[member].as_str().unwrap_or_default();
            assert!(
                !said.is_empty() && !said.starts_with("error.") && !said.starts_with("api."),
                "{member}: {text}"
            );
        }
    }
    (status, body)
}

/// The fields that a problem names.
pub fn fields(body: &Value) -> Vec<String> {
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .filter_map(|error| error["field"].as_str().map(str::to_owned))
        .collect()
}

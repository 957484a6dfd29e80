//! Who may call.

use crate::server::{PASSWORD, Server, answer};
use alfa::access::{AccessService, Scope};
use alfa::api;
use alfa::api::router::{Access, ROUTES};
use alfa::app::App;
use alfa::clock::Clock;
use alfa::config::Config;
use serde_json::json;
use std::ffi::OsString;

/// The routes that need nobody. Keep it so: whatever is added here is open to everybody who reaches the port.
const NEED_NO_LOGIN: [(&str, &str); 2] = [("GET", "/health"), ("POST", "/api/auth/login")];

fn concrete(path: &str) -> String {
    path.replace("{id}", "1")
        .replace("{contact_id}", "1")
        .replace("{attribute}", "rate")
        .replace("{class}", "price_rate")
        .replace("{kind}", "offers")
}

#[tokio::test]
async fn without_a_login_nothing_but_health_and_the_login_answers() {
    let open: Vec<_> = ROUTES
        .iter()
        .filter(|route| route.access == Access::Open)
        .map(|route| (route.method, route.path))
        .collect();
    assert_eq!(open, NEED_NO_LOGIN);
    let server = Server::closed().await;
    let others = ["/openapi.json", "/docs", "/docs/", "/docs/index.html"].map(|path| ("GET", path));
    let mapped = ROUTES.iter().map(|route| (route.method, route.path));
    for (method, path) in mapped
        .chain(others)
        .filter(|route| !NEED_NO_LOGIN.contains(route))
    {
        let response = server
            .request(method, &concrete(path))
            .send()
            .await
            .expect("answered");
        assert_eq!(response.headers()["www-authenticate"], "Bearer realm=\"alfa\"");
        assert_eq!(answer(response).await.0, 401, "{method} {path}");
    }
    assert_eq!(server.get("/health").await.0, 200);
}

#[tokio::test]
async fn the_admin_opens_for_everybody_and_from_everywhere_on_its_own_host() {
    for server in [Server::closed().await, Server::open().await] {
        let ask = async |path: &str, host: Option<&str>| {
            let mut request = server.request("GET", path).header("sec-fetch-site", "cross-site");
            if let Some(host) = host {
                request = request.header("host", host);
            }
            request.send().await.expect("answered")
        };
        for path in ["/", "/admin", "/admin/", "/admin/inbox"] {
            let response = ask(path, None).await;
            assert!(response.url().path().starts_with("/admin"), "{path}");
            assert!(
                response.headers().contains_key("content-security-policy"),
                "{path}"
            );
            assert!(response.text().await.expect("text").contains("<html"), "{path}");
        }
        let missing = answer(ask("/admin/assets/missing.js", None).await).await;
        assert_eq!(missing.0, 404);
        let foreign = ask("/admin", Some("evil.example")).await.status();
        assert_eq!(foreign == 403, server.app.config.admin_password.is_none());
    }
}

#[tokio::test]
async fn a_token_does_what_its_scope_says_until_it_is_revoked() {
    let server = Server::closed().await;
    let access = AccessService::new(server.app.store.clone(), server.app.clock.clone());
    let mut tokens = Vec::new();
    for scope in [Scope::Read, Scope::Write, Scope::Admin] {
        tokens.push(access.create_token("test", "program", scope).await.expect("made"));
    }
    let ask = async |token: usize, method: &str, path: &str| {
        let request = server
            .request(method, path)
            .bearer_auth(tokens[token].token.expose());
        let request = if method == "POST" {
            request.json(&json!({"name": "x"}))
        } else {
            request
        };
        answer(request.send().await.expect("answered")).await.0
    };
    assert_eq!(ask(0, "GET", "/api/contacts").await, 200);
    assert_eq!(ask(0, "POST", "/api/contacts/create").await, 403);
    assert_eq!(ask(1, "POST", "/api/contacts/create").await, 201);
    assert_eq!(ask(1, "GET", "/api/tokens").await, 403);
    assert_eq!(ask(2, "GET", "/api/tokens").await, 200);
    assert_eq!(
        ask(2, "DELETE", &format!("/api/tokens/{}", tokens[0].id)).await,
        204
    );
    assert_eq!(ask(0, "GET", "/api/contacts").await, 401);
    assert_eq!(ask(2, "DELETE", "/api/tokens/999").await, 404);
    let kept = alfa_store::access::tokens(server.app.store.reader())
        .await
        .expect("read");
    assert!(kept.iter().all(|row| {
        tokens
            .iter()
            .all(|made| !made.token.expose().contains(&row.token_hash))
    }));
}

#[tokio::test]
async fn a_session_is_a_strict_cookie_with_a_csrf_token() {
    let server = Server::closed().await;
    let (status, _) = server
        .post("/api/auth/login", json!({"password": "wrong password"}))
        .await;
    assert_eq!(status, 401);
    let login = server
        .request("POST", "/api/auth/login")
        .json(&json!({"password": PASSWORD}));
    let response = login
        .header("x-forwarded-proto", "https")
        .send()
        .await
        .expect("answered");
    let set = response.headers()["set-cookie"]
        .to_str()
        .expect("text")
        .to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age="] {
        assert!(set.contains(part), "{set}");
    }
    let cookie = set.split(';').next().expect("pair").to_owned();
    let (status, body) = answer(response).await;
    assert_eq!((status, &body["user"]["name"]), (200, &json!("admin")));
    let csrf = body["csrf_token"].as_str().expect("token").to_owned();
    let create = |csrf: &str| {
        let request = server
            .request("POST", "/api/contacts/create")
            .header("cookie", &cookie);
        request
            .header("x-csrf-token", csrf.to_owned())
            .json(&json!({"name": "x"}))
    };
    assert_eq!(answer(create("").send().await.expect("answered")).await.0, 403);
    assert_eq!(
        answer(create("another").send().await.expect("answered")).await.0,
        403
    );
    assert_eq!(answer(create(&csrf).send().await.expect("answered")).await.0, 201);
    let foreign = create(&csrf)
        .header("origin", "http://evil.example")
        .send()
        .await
        .expect("answered");
    assert_eq!(answer(foreign).await.0, 403);
    let me = async || {
        server
            .request("GET", "/api/auth/me")
            .header("cookie", &cookie)
            .send()
            .await
            .expect("answered")
    };
    let (status, body) = answer(me().await).await;
    assert_eq!((status, body["csrf_token"].as_str()), (200, Some(csrf.as_str())));
    let out = server
        .request("POST", "/api/auth/logout")
        .header("cookie", &cookie)
        .header("x-csrf-token", &csrf);
    assert_eq!(answer(out.send().await.expect("answered")).await.0, 204);
    assert_eq!(answer(me().await).await.0, 401);
}

#[tokio::test]
async fn logins_are_held_up_after_too_many_tries() {
    let server = Server::closed().await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let body = json!({"name": "nobody", "password": "wrong password"});
        let response = server
            .request("POST", "/api/auth/login")
            .json(&body)
            .send()
            .await
            .expect("answered");
        if response.status() == 429 {
            let wait: u64 = response.headers()["retry-after"]
                .to_str()
                .expect("text")
                .parse()
                .expect("seconds");
            assert!((1..=300).contains(&wait));
        }
        statuses.push(answer(response).await.0);
    }
    assert_eq!(statuses, [[401; 10].as_slice(), &[429, 429]].concat());
}

#[tokio::test]
async fn the_open_sandbox_answers_this_machine_only() {
    let server = Server::open().await;
    let ask = async |name: &'static str, value: &'static str| {
        answer(
            server
                .request("GET", "/api/contacts")
                .header(name, value)
                .send()
                .await
                .expect("answered"),
        )
        .await
        .0
    };
    assert_eq!(server.get("/api/contacts").await.0, 200);
    assert_eq!(ask("host", "localhost").await, 200);
    assert_eq!(ask("host", "rebound.example").await, 403);
    assert_eq!(ask("origin", "http://evil.example").await, 403);
    assert_eq!(ask("origin", "null").await, 403);
    assert_eq!(ask("sec-fetch-site", "cross-site").await, 403);
    assert_eq!(ask("sec-fetch-site", "same-origin").await, 200);
}

#[tokio::test]
async fn other_machines_are_not_served_while_nobody_can_log_in() {
    let folder = tempfile::tempdir().expect("folder");
    let database = format!("sqlite:///{}/alfa.db", folder.path().display());
    let settings = [("DATABASE_URL", database.as_str()), ("HOST", "0.0.0.0")];
    let environment = settings
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let config = Config::from_sources(environment, None).expect("settings");
    assert!(config.closed());
    let app = App::open(config, Clock::real()).await.expect("opened");
    assert_eq!(api::prepare(&app).await.expect_err("refused").code(), "exposed");
    let access = AccessService::new(app.store.clone(), app.clock.clone());
    access
        .create_token("test", "program", Scope::Read)
        .await
        .expect("made");
    api::prepare(&app).await.expect("somebody can come in now");
}

//! Who may call. One place decides it for every route, from the access level in the route map; a route that is not in
//! the map is refused.
//!
//! Open (nothing configured: sandbox, loopback): anybody on this machine. A foreign `Host` is refused, which ends DNS
//! rebinding, and so is whatever a browser sends for another site.
//! Closed: a session's cookie, with its CSRF token for anything that changes, or a bearer token with a fitting scope.

use super::ApiState;
use super::router::{Access, access_of};
use crate::access::{Caller, Scope};
use crate::error::{AppError, AppResult, Message};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use std::net::IpAddr;

/// The session's cookie.
pub const SESSION_COOKIE: &str = "alfa_session";
/// Where the CSRF token of a session is sent back.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// Lets a request through with its [`Caller`], or refuses it.
///
/// # Errors
/// `Unauthorized` or `Forbidden`.
pub async fn check(State(state): State<ApiState>, request: Request, next: Next) -> AppResult<Response> {
    let (mut parts, body) = request.into_parts();
    let caller = admit(&state, &parts).await?;
    parts.extensions.insert(caller);
    Ok(next.run(Request::from_parts(parts, body)).await)
}

async fn admit(state: &ApiState, request: &Parts) -> AppResult<Caller> {
    let access = needed(request);
    if !state.closed() {
        own_machine(&request.headers, &request.uri)?;
        if access != Access::Page {
            own_site(&request.headers, &request.uri)?;
        }
        return Ok(Caller::Open);
    }
    if access == Access::Page {
        return Ok(Caller::Nobody);
    }
    if access == Access::Open {
        own_site(&request.headers, &request.uri)?;
        return Ok(Caller::Nobody);
    }
    let caller = identify(state, request).await?;
    let scope = match access {
        Access::Open | Access::Page | Access::Read => Scope::Read,
        Access::Write => Scope::Write,
        Access::Admin => Scope::Admin,
    };
    if caller.may(scope) {
        Ok(caller)
    } else {
        let message = Message::new("error.scope").with("scope", scope.as_str());
        Err(AppError::Forbidden { message })
    }
}

/// What the route asks for; what is not in the map asks for everything.
fn needed(request: &Parts) -> Access {
    let path = request.extensions.get::<MatchedPath>().map(MatchedPath::as_str);
    path.and_then(|path| access_of(&request.method, path))
        .unwrap_or(Access::Admin)
}

async fn identify(state: &ApiState, request: &Parts) -> AppResult<Caller> {
    let headers = &request.headers;
    if let Some(token) = bearer(headers) {
        let caller = state.access().caller_of_token(token).await?;
        return caller.ok_or(AppError::Unauthorized);
    }
    let jar = CookieJar::from_headers(headers);
    let cookie = jar.get(SESSION_COOKIE).ok_or(AppError::Unauthorized)?;
    let session = state
        .access()
        .session(cookie.value())
        .await?
        .ok_or(AppError::Unauthorized)?;
    own_site(headers, &request.uri)?;
    let safe = matches!(request.method, Method::GET | Method::HEAD);
    let sent = headers
        .get(CSRF_HEADER)
        .map_or(&b""[..], |value| value.as_bytes());
    if !safe && !same(sent, session.csrf.as_bytes()) {
        return Err(AppError::Forbidden {
            message: Message::new("error.csrf"),
        });
    }
    Ok(Caller::User(session.user))
}

/// Whether who opened a stream may still read: the token is not revoked, the session has not ended.
///
/// # Errors
/// Of the database.
pub async fn still_there(state: &ApiState, headers: &HeaderMap) -> AppResult<bool> {
    if !state.closed() {
        return Ok(true);
    }
    if let Some(token) = bearer(headers) {
        return Ok(state.access().caller_of_token(token).await?.is_some());
    }
    let jar = CookieJar::from_headers(headers);
    match jar.get(SESSION_COOKIE) {
        Some(cookie) => Ok(state.access().session(cookie.value()).await?.is_some()),
        None => Ok(false),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Compares in a time that does not tell where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |sum, (l, r)| sum | (l ^ r)) == 0
}

fn own_machine(headers: &HeaderMap, uri: &Uri) -> AppResult<()> {
    let host = authority(headers, uri).unwrap_or_default();
    if is_loopback(&host) {
        return Ok(());
    }
    Err(AppError::Forbidden {
        message: Message::new("error.host"),
    })
}

/// Refuses what a browser sends on behalf of another site.
fn own_site(headers: &HeaderMap, uri: &Uri) -> AppResult<()> {
    let foreign = || AppError::Forbidden {
        message: Message::new("error.cross_site"),
    };
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return Err(foreign());
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        let own = authority(headers, uri);
        if host.is_none() || host.map(str::to_ascii_lowercase) != own {
            return Err(foreign());
        }
    }
    Ok(())
}

/// `Host`, or the address of an HTTP/2 request; lower case. Several `Host` headers are none.
fn authority(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok()?,
        (None, _) => uri.authority()?.as_str(),
        _ => return None,
    };
    Some(host.to_ascii_lowercase())
}

/// `localhost`, `127.x.x.x` or `[::1]`, with any port.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if port.is_empty() || is_port(port) => address,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if is_port(&format!(":{port}")) => name,
            Some(_) => return false,
            None => host,
        },
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':')
        .is_some_and(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn loopback_hosts() {
        for good in [
            "localhost",
            "localhost:8000",
            "127.0.0.1:8000",
            "127.1.2.3",
            "[::1]:8000",
            "[::1]",
        ] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "10.0.0.1",
            "[::2]",
            "localhost:x",
            "[::1]x",
            "0.0.0.0",
            "user@localhost",
        ] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn other_sites_are_refused() {
        let uri = Uri::from_static("/api/contacts");
        let refused = |pairs: &[(&'static str, &'static str)]| {
            let headers = headers(pairs);
            own_machine(&headers, &uri)
                .and_then(|()| own_site(&headers, &uri))
                .is_err()
        };
        let host = ("host", "localhost:8000");
        assert!(!refused(&[host]));
        assert!(!refused(&[
            host,
            ("origin", "http://localhost:8000"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(!refused(&[host, ("sec-fetch-site", "none")]));
        assert!(refused(&[host, ("origin", "http://evil.example")]));
        assert!(refused(&[host, ("origin", "http://localhost:3000")]));
        assert!(refused(&[host, ("origin", "null")]));
        assert!(refused(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(refused(&[host, ("sec-fetch-site", "same-site")]));
        assert!(refused(&[host, ("host", "localhost")]));
        assert!(refused(&[]));
    }

    #[test]
    fn tokens_compare_whole() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"ab", b"abc") && !same(b"", b"abc"));
    }
}

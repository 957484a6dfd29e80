//! The web admin at `/admin`: the files that Vite built in `web/dist`, out of the binary. A debug build reads them from
//! the disk, so that the pages can be built without it.
//!
//! Of what was packed there is the packed form only (`web/scripts/packed.mjs`); who takes none gets it unpacked.

use super::language::of;
use crate::error::AppError;
use crate::text::{Lang, text};
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use flate2::read::GzDecoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::Read;

/// What Vite built. Empty when the pages were not built before the binary was.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Pages;

const INDEX: &str = "index.html";
/// Vite puts a hash of the contents into these names: such a file never changes.
const HASHED: &str = "assets/";

/// Mantine sets styles in place; everything else comes from here and nothing may frame the pages.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// A file of the pages.
#[derive(Debug, Clone)]
struct File {
    bytes: Cow<'static, [u8]>,
    sha256: [u8; 32],
}

/// The files by their path under `web/dist`.
type Files<'a> = &'a dyn Fn(&str) -> Option<File>;

fn embedded(path: &str) -> Option<File> {
    let file = Pages::get(path)?;
    Some(File {
        sha256: file.metadata.sha256_hash(),
        bytes: file.data,
    })
}

/// The front page is the admin.
pub async fn front() -> Redirect {
    std::future::ready(Redirect::to("/admin/")).await
}

/// The page that draws all others.
pub async fn index(headers: HeaderMap) -> Response {
    std::future::ready(answer(&embedded, INDEX, &headers)).await
}

/// A file, or the page for a path of the page's own.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    std::future::ready(answer(&embedded, &path, &headers)).await
}

fn answer(files: Files<'_>, path: &str, headers: &HeaderMap) -> Response {
    let mut response = match found(files, path, headers) {
        Some(response) => response,
        None if path != INDEX && !is_page(path) => AppError::NotFound { what: "page" }.into_response(),
        None => found(files, INDEX, headers).unwrap_or_else(|| not_built(of(headers))),
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Paths of the pages have no ending; files have one.
fn is_page(path: &str) -> bool {
    !path.starts_with(HASHED) && !path.rsplit('/').next().unwrap_or_default().contains('.')
}

fn found(files: Files<'_>, path: &str, headers: &HeaderMap) -> Option<Response> {
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(headers, coding))
        .find_map(|(coding, ending)| Some((files(&format!("{path}{ending}"))?, Some(coding))));
    let (file, coding) = match packed {
        Some(packed) => packed,
        None => (plain(files, path)?, None),
    };
    let tag = format!("\"{}\"", hex::encode(&file.sha256[..16]));
    let cache = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let same = knows(headers, &tag);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind_of(path))], body_of(file.bytes)).into_response()
    };
    let told = response.headers_mut();
    told.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    told.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        told.insert(header::ETAG, tag);
    }
    if let Some(coding) = coding.filter(|_| !same) {
        told.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

/// The file as it was before it was packed.
fn plain(files: Files<'_>, path: &str) -> Option<File> {
    files(path).or_else(|| {
        let packed = files(&format!("{path}.gz"))?;
        let mut bytes = Vec::new();
        GzDecoder::new(&*packed.bytes).read_to_end(&mut bytes).ok()?;
        Some(File {
            sha256: Sha256::digest(&bytes).into(),
            bytes: Cow::Owned(bytes),
        })
    })
}

fn body_of(bytes: Cow<'static, [u8]>) -> Body {
    match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// Whether `Accept-Encoding` names the coding and does not weigh it with nothing.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter();
    lists
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
            named && weight != Some(0.0)
        })
}

fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter();
    lists
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag)
}

/// By the ending; what Vite does not make is bytes.
fn kind_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The binary holds no pages: says how to build them.
fn not_built(lang: Lang) -> Response {
    let say = |key| text(lang, key, &[]);
    let page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>Alfa</title><h1>{}</h1><p>{}</p>\
         <p><a href=\"/docs\">/docs</a></p></html>",
        lang.code(),
        say("admin.not_built"),
        say("admin.how_to_build"),
    );
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(text: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).expect("in memory");
        packed.finish().expect("in memory")
    }

    fn built(path: &str) -> Option<File> {
        let packed;
        let bytes: &[u8] = match path {
            "index.html" => b"<html>",
            "index.html.br" => b"br",
            "index.html.gz" => b"gz",
            "assets/app-1a2b.js.gz" => {
                packed = gzip("code");
                &packed
            }
            "theme.js" => b"theme",
            _ => return None,
        };
        Some(File {
            bytes: Cow::Owned(bytes.to_vec()),
            sha256: Sha256::digest(bytes).into(),
        })
    }

    async fn ask(files: Files<'_>, path: &str, sent: &[(&'static str, &str)]) -> (u16, HeaderMap, String) {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(*name, HeaderValue::from_str(value).expect("fits"));
        }
        let response = answer(files, path, &headers);
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10_000).await.expect("read");
        let body = String::from_utf8(body.to_vec()).expect("text");
        (parts.status.as_u16(), parts.headers, body)
    }

    #[tokio::test]
    async fn packed_files_go_to_whoever_takes_them() {
        for (accepted, coding, body) in [
            ("gzip, deflate, br", Some("br"), "br"),
            ("gzip", Some("gzip"), "gz"),
            ("br;q=0, GZIP;q=0.5", Some("gzip"), "gz"),
            ("identity", None, "<html>"),
        ] {
            let (status, headers, text) = ask(&built, INDEX, &[("accept-encoding", accepted)]).await;
            assert_eq!((status, text.as_str()), (200, body), "{accepted}");
            let told = headers
                .get("content-encoding")
                .map(|value| value.to_str().expect("text"));
            assert_eq!(told, coding, "{accepted}");
            assert_eq!(headers["content-type"], "text/html; charset=utf-8");
            assert_eq!(headers["vary"], "accept-encoding");
        }
        // Of this one the binary holds the packed form only.
        let (status, headers, body) = ask(&built, "assets/app-1a2b.js", &[]).await;
        assert_eq!((status, body.as_str()), (200, "code"));
        assert!(!headers.contains_key("content-encoding"));
        let (_, headers, body) = ask(&built, "theme.js", &[("accept-encoding", "br")]).await;
        assert_eq!((body.as_str(), headers.get("content-encoding")), ("theme", None));
    }

    #[tokio::test]
    async fn hashed_files_are_kept_and_pages_are_asked_for_again() {
        let (_, headers, _) = ask(&built, "assets/app-1a2b.js", &[]).await;
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        let (status, headers, body) = ask(&built, "campaigns/7", &[]).await;
        assert_eq!((status, body.as_str()), (200, "<html>"));
        assert_eq!(headers["cache-control"], "no-cache");
        let tag = headers["etag"].to_str().expect("text").to_owned();
        let weak = format!("\"x\", W/{tag}");
        let (status, headers, body) = ask(&built, INDEX, &[("if-none-match", &weak)]).await;
        assert_eq!((status, body.as_str()), (304, ""));
        assert_eq!(headers["etag"], tag.as_str());
        // Another coding is another representation.
        let sent = [("if-none-match", tag.as_str()), ("accept-encoding", "br")];
        assert_eq!(ask(&built, INDEX, &sent).await.0, 200);
    }

    #[tokio::test]
    async fn a_missing_file_is_not_the_page_and_each_answer_is_guarded() {
        for (path, status) in [
            ("assets/old-9f.js", 404),
            ("favicon.ico", 404),
            ("assets/", 404),
            ("inbox", 200),
        ] {
            let (told, headers, _) = ask(&built, path, &[]).await;
            assert_eq!(told, status, "{path}");
            let policy = headers["content-security-policy"].to_str().expect("text");
            assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"));
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers["referrer-policy"], "same-origin");
        }
    }

    #[tokio::test]
    async fn without_pages_it_says_how_to_build_them() {
        let none: Files<'_> = &|_| None;
        let (status, headers, body) = ask(none, "inbox", &[("accept-language", "en")]).await;
        assert_eq!(status, 200);
        assert_eq!(headers["cache-control"], "no-store");
        assert!(
            body.contains("make run") && body.contains("lang=\"en\""),
            "{body}"
        );
    }
}

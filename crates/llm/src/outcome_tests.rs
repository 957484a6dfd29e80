//! The vendors' own error bodies and what they mean.

use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_790_000_000_000;

fn answered(provider: Provider, status: u16, body: &str) -> Failure {
    let status = StatusCode::from_u16(status).unwrap();
    classify(provider, status, &HeaderMap::new(), body.as_bytes(), NOW)
}

#[test]
fn what_disables() {
    for (provider, status, body, cause) in [
        (Provider::Timeweb, 401, "{}", Cause::Unauthorized),
        (
            Provider::Timeweb,
            404,
            r#"{"message":"Agent not found"}"#,
            Cause::AgentNotFound,
        ),
        (Provider::Timeweb, 404, "<html>", Cause::AgentNotFound),
        (Provider::OpenAi, 403, "{}", Cause::Forbidden),
        (
            Provider::OpenAi,
            429,
            r#"{"error":{"code":"insufficient_quota","type":"insufficient_quota"}}"#,
            Cause::CreditExhausted,
        ),
        (
            Provider::OpenAi,
            404,
            r#"{"error":{"code":"model_not_found"}}"#,
            Cause::ModelNotFound,
        ),
        (
            Provider::Gemini,
            400,
            r#"[{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
            Cause::Unauthorized,
        ),
        (
            Provider::Gemini,
            400,
            r#"[{"error":{"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}]"#,
            Cause::Forbidden,
        ),
        (
            Provider::Gemini,
            404,
            r#"[{"error":{"status":"NOT_FOUND"}}]"#,
            Cause::ModelNotFound,
        ),
        (
            Provider::Groq,
            400,
            r#"{"error":{"code":"model_decommissioned"}}"#,
            Cause::ModelNotFound,
        ),
        (
            Provider::HuggingFace,
            402,
            r#"{"error":"You have exceeded your monthly included credits"}"#,
            Cause::CreditExhausted,
        ),
        (
            Provider::Ollama,
            404,
            r#"{"error":{"message":"model 'x' not found","type":"api_error"}}"#,
            Cause::ModelNotFound,
        ),
        (Provider::Ollama, 404, "404 page not found", Cause::WrongAddress),
        (Provider::OpenAi, 302, "", Cause::WrongAddress),
    ] {
        let failure = answered(provider, status, body);
        assert_eq!(
            (failure.cause, failure.row),
            (cause, Row::Disable),
            "{provider} {status} {body}"
        );
    }
}

#[test]
fn what_is_throttled_and_for_how_long() {
    let gemini = r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"17s"}]}}]"#;
    let gemini_day = r#"{"error":{"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"1s"},{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}"#;
    let groq = r#"{"error":{"message":"Rate limit reached. Please try again in 7.66s.","code":"rate_limit_exceeded"}}"#;
    for (provider, body, wait_ms) in [
        (Provider::Gemini, gemini, 17_000),
        (Provider::Gemini, gemini_day, hints::until_hour_utc_ms(NOW, 8)),
        (Provider::Groq, groq, 7_660),
        (Provider::HuggingFace, "slow down", UNNAMED_THROTTLE_MS),
        (Provider::Timeweb, "{}", UNNAMED_THROTTLE_MS),
    ] {
        let failure = answered(provider, 429, body);
        assert_eq!(failure.row, Row::Throttle { wait_ms }, "{provider} {body}");
        assert_eq!(
            failure.cause,
            Cause::Throttled {
                until_ms: NOW + wait_ms
            }
        );
    }
}

#[test]
fn the_header_wins_over_the_body() {
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    let body = br#"{"error":{"message":"Please try again in 9s."}}"#;
    let failure = classify(Provider::Groq, StatusCode::TOO_MANY_REQUESTS, &headers, body, NOW);
    assert_eq!(failure.row, Row::Throttle { wait_ms: 2_000 });
}

#[test]
fn groq_resets_are_used_when_there_is_no_retry_after() {
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-remaining-requests", HeaderValue::from_static("0"));
    headers.insert("x-ratelimit-reset-requests", HeaderValue::from_static("2h3m"));
    let failure = classify(
        Provider::Groq,
        StatusCode::TOO_MANY_REQUESTS,
        &headers,
        b"{}",
        NOW,
    );
    assert_eq!(failure.row, Row::Throttle { wait_ms: 7_380_000 });
}

#[test]
fn what_is_too_long() {
    for (provider, status, body) in [
        (
            Provider::OpenAi,
            400,
            r#"{"error":{"code":"context_length_exceeded"}}"#,
        ),
        (
            Provider::Gemini,
            400,
            r#"[{"error":{"message":"The input token count (9) exceeds the maximum number of tokens allowed (8)."}}]"#,
        ),
        (
            Provider::Groq,
            400,
            r#"{"error":{"message":"Please reduce the length of the messages or completion."}}"#,
        ),
        (
            Provider::Groq,
            413,
            r#"{"error":{"code":"rate_limit_exceeded","type":"tokens"}}"#,
        ),
        (
            Provider::Ollama,
            400,
            r#"{"error":{"message":"the request exceeds the available context size"}}"#,
        ),
        (
            Provider::HuggingFace,
            422,
            r#"{"error":"`inputs` tokens + `max_new_tokens` must be <= 4096"}"#,
        ),
    ] {
        let failure = answered(provider, status, body);
        assert_eq!(
            (failure.cause, failure.row),
            (Cause::ContextOverflow, Row::Trim),
            "{provider} {body}"
        );
    }
}

#[test]
fn the_other_rows() {
    for (status, body, cause, row) in [
        (500, "", Cause::ServerError, Row::RetryOnce),
        (
            503,
            r#"[{"error":{"status":"UNAVAILABLE"}}]"#,
            Cause::ServerError,
            Row::RetryOnce,
        ),
        (529, "", Cause::ServerError, Row::RetryOnce),
        (
            400,
            r#"{"error":{"code":"unsupported_parameter"}}"#,
            Cause::BadRequest,
            Row::Reduce,
        ),
        (422, "{}", Cause::BadRequest, Row::Reduce),
        (
            400,
            r#"{"error":{"code":"content_filter"}}"#,
            Cause::Refused,
            Row::Fail,
        ),
        (
            400,
            r#"{"error":{"code":"json_validate_failed"}}"#,
            Cause::InvalidJson,
            Row::Fail,
        ),
    ] {
        let failure = answered(Provider::Groq, status, body);
        assert_eq!((failure.cause, failure.row), (cause, row), "{status} {body}");
    }
}

#[test]
fn an_error_in_a_stream_is_put_into_the_same_rows() {
    let quota = serde_json::json!({ "code": "insufficient_quota" });
    assert_eq!(
        classify_in_stream(Provider::OpenAi, &quota, NOW).row,
        Row::Disable
    );
    let busy = serde_json::json!({ "code": 503, "message": "overloaded" });
    assert_eq!(
        classify_in_stream(Provider::Groq, &busy, NOW).cause,
        Cause::ServerError
    );
    let throttled = serde_json::json!({ "code": "rate_limit_exceeded" });
    let row = classify_in_stream(Provider::Groq, &throttled, NOW).row;
    assert_eq!(
        row,
        Row::Throttle {
            wait_ms: UNNAMED_THROTTLE_MS
        }
    );
}

#[test]
fn the_detail_holds_codes_only() {
    let body = r#"{"error":{"message":"Incorrect API key provided: sk-invented","code":"invalid_api_key","type":"invalid_request_error"}}"#;
    assert_eq!(
        answered(Provider::OpenAi, 401, body).detail,
        "invalid_api_key invalid_request_error"
    );
    let quoting = r#"{"error":{"code":"sk-1234567890 is wrong","type":"x"}}"#;
    assert_eq!(answered(Provider::OpenAi, 401, quoting).detail, "x");
}

proptest! {
    /// Whatever a vendor answers: it is put into a row, waits are not in the past, and no text of the body gets through.
    #[test]
    fn any_hostile_answer_is_put_into_a_row(
        status in 300u16..600,
        body in prop::collection::vec(any::<u8>(), 0..200),
        message in "\\PC{0,60}",
        delay in "\\PC{0,12}",
    ) {
        let told = serde_json::json!([{"error": {"message": message, "code": delay, "details": [{"retryDelay": delay, "reason": message}]}}]);
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(&delay) {
            headers.insert(RETRY_AFTER, value);
        }
        let status = StatusCode::from_u16(status).unwrap();
        for provider in Provider::ALL {
            for body in [body.clone(), told.to_string().into_bytes()] {
                let failure = classify(provider, status, &headers, &body, NOW);
                if let Cause::Throttled { until_ms } = failure.cause {
                    prop_assert!(until_ms >= NOW, "{:?}", failure);
                }
            }
        }
    }
}

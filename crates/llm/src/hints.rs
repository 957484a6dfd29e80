//! What vendors say about when to come back, in each of their spellings. Pure.

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::clock::{DAY_MS, HOUR_MS, SECOND_MS};

/// Nobody is believed beyond this: a day's quota is the longest that is waited for; then a probe shows the truth.
pub(crate) const LONGEST_WAIT_MS: i64 = DAY_MS;

/// What the headers of an answer say about the vendor's own counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateHints {
    /// Requests left in the vendor's window (Groq: of the day).
    pub requests_left: Option<u64>,
    /// When that window begins anew, in milliseconds from now.
    pub requests_reset_ms: Option<i64>,
    /// Tokens left in the vendor's window (Groq: of the minute).
    pub tokens_left: Option<u64>,
    /// When that window begins anew, in milliseconds from now.
    pub tokens_reset_ms: Option<i64>,
}

impl RateHints {
    /// Reads `x-ratelimit-*`, which OpenAI and Groq send with every answer.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let number = |name: &str| text(headers, name)?.trim().parse::<u64>().ok();
        let span = |name: &str| duration_ms(text(headers, name)?);
        Self {
            requests_left: number("x-ratelimit-remaining-requests"),
            requests_reset_ms: span("x-ratelimit-reset-requests"),
            tokens_left: number("x-ratelimit-remaining-tokens"),
            tokens_reset_ms: span("x-ratelimit-reset-tokens"),
        }
    }

    /// How long until what is used up is there again.
    pub fn exhausted_for_ms(&self) -> Option<i64> {
        let requests = self.requests_reset_ms.filter(|_| self.requests_left == Some(0));
        let tokens = self.tokens_reset_ms.filter(|_| self.tokens_left == Some(0));
        requests.max(tokens)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `Retry-After` in seconds (also with a fraction) or as a date, or `retry-after-ms`; in milliseconds from `now_ms`.
pub(crate) fn retry_after_ms(headers: &HeaderMap, now_ms: i64) -> Option<i64> {
    if let Some(exact) = text(headers, "retry-after-ms").and_then(|value| value.trim().parse::<f64>().ok()) {
        return bounded(exact);
    }
    let value = text(headers, "retry-after")?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return bounded(seconds * SECOND_MS as f64);
    }
    if let Ok(date) = httpdate::parse_http_date(value) {
        let at = date.duration_since(std::time::UNIX_EPOCH).ok()?.as_millis();
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        return Some(at.saturating_sub(now_ms).clamp(0, LONGEST_WAIT_MS));
    }
    duration_ms(value)
}

/// A span such as `17s`, `2m59.56s`, `1h0m5s`, `450ms`, `0.5s`, `1d`; in milliseconds.
pub(crate) fn duration_ms(span: &str) -> Option<i64> {
    let mut rest = span.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let (unit_ms, length) = if rest.starts_with("ms") {
            (1, 2)
        } else {
            let unit = match rest.chars().next()? {
                's' => SECOND_MS,
                'm' => 60 * SECOND_MS,
                'h' => HOUR_MS,
                'd' => DAY_MS,
                _ => return None,
            };
            (unit, 1)
        };
        rest = rest.get(length..)?;
        total += amount * unit_ms as f64;
    }
    bounded(total)
}

fn bounded(ms: f64) -> Option<i64> {
    if !ms.is_finite() {
        return None;
    }
    Some((ms.ceil() as i64).clamp(0, LONGEST_WAIT_MS))
}

/// Gemini's `details[].retryDelay`.
pub(crate) fn gemini_retry_delay_ms(error: &Value) -> Option<i64> {
    let details = error.get("details")?.as_array()?;
    details
        .iter()
        .find_map(|detail| duration_ms(detail.get("retryDelay")?.as_str()?))
}

/// Whether Gemini says that it is the day's quota that is used up.
pub(crate) fn gemini_daily_quota(error: &Value) -> bool {
    let violations = error
        .get("details")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|detail| detail.get("violations")?.as_array())
        .flatten();
    violations
        .filter_map(|violation| violation.get("quotaId")?.as_str())
        .any(|id| id.contains("PerDay"))
}

/// "Please try again in 2m59.56s." of OpenAI and Groq.
pub(crate) fn try_again_in_ms(message: &str) -> Option<i64> {
    let (_, after) = message.split_once("try again in ")?;
    let span = after.split_whitespace().next()?;
    duration_ms(span.trim_end_matches(['.', ',']))
}

/// From now to the next full `hour` UTC.
pub(crate) fn until_hour_utc_ms(now_ms: i64, hour: i64) -> i64 {
    let wait = (hour * HOUR_MS - now_ms.rem_euclid(DAY_MS)).rem_euclid(DAY_MS);
    if wait == 0 { DAY_MS } else { wait }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    reqwest::header::HeaderName::from_static(name),
                    reqwest::header::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn spans_of_every_vendor() {
        for (span, expected) in [
            ("17s", Some(17_000)),
            ("2m59.56s", Some(179_560)),
            ("1h0m5s", Some(3_605_000)),
            ("450ms", Some(450)),
            ("7.66s", Some(7_660)),
            ("1d", Some(DAY_MS)),
            ("400d", Some(LONGEST_WAIT_MS)),
            ("", None),
            ("soon", None),
            ("17", None),
            ("3x", None),
        ] {
            assert_eq!(duration_ms(span), expected, "{span}");
        }
    }

    #[test]
    fn retry_after_in_seconds_or_as_a_date() {
        let now = 1_445_412_480_000 - 30_000;
        assert_eq!(
            retry_after_ms(&headers(&[("retry-after", "2")]), now),
            Some(2_000)
        );
        assert_eq!(
            retry_after_ms(&headers(&[("retry-after", "0.5")]), now),
            Some(500)
        );
        let date = headers(&[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")]);
        assert_eq!(retry_after_ms(&date, now), Some(30_000));
        assert_eq!(retry_after_ms(&date, now + 60_000), Some(0));
        assert_eq!(
            retry_after_ms(&headers(&[("retry-after-ms", "120")]), now),
            Some(120)
        );
        assert_eq!(retry_after_ms(&headers(&[("retry-after", "later")]), now), None);
        assert_eq!(retry_after_ms(&headers(&[("retry-after", "-5")]), now), Some(0));
        assert_eq!(retry_after_ms(&headers(&[("retry-after", "NaN")]), now), None);
    }

    #[test]
    fn groq_counts_requests_a_day_and_tokens_a_minute() {
        let hints = RateHints::from_headers(&headers(&[
            ("x-ratelimit-remaining-requests", "14370"),
            ("x-ratelimit-remaining-tokens", "0"),
            ("x-ratelimit-reset-requests", "2m59.56s"),
            ("x-ratelimit-reset-tokens", "7.66s"),
        ]));
        assert_eq!(hints.requests_left, Some(14_370));
        assert_eq!(hints.exhausted_for_ms(), Some(7_660));
    }

    #[test]
    fn gemini_says_it_in_the_body() {
        let error = serde_json::json!({ "details": [
            { "@type": "type.googleapis.com/google.rpc.QuotaFailure",
              "violations": [{ "quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] },
            { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17s" },
        ]});
        assert_eq!(gemini_retry_delay_ms(&error), Some(17_000));
        assert!(gemini_daily_quota(&error));
    }

    #[test]
    fn the_next_hour_is_never_now() {
        assert_eq!(until_hour_utc_ms(0, 8), 8 * HOUR_MS);
        assert_eq!(until_hour_utc_ms(8 * HOUR_MS, 8), DAY_MS);
        assert_eq!(until_hour_utc_ms(9 * HOUR_MS, 8), 23 * HOUR_MS);
    }

    #[test]
    fn a_wait_in_the_words_of_the_message() {
        let message = "Rate limit reached on tokens per day (TPD). Please try again in 2m59.56s. Need more?";
        assert_eq!(try_again_in_ms(message), Some(179_560));
        assert_eq!(try_again_in_ms("no"), None);
    }
}

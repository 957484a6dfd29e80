//! An answer that is arriving: a stream of events, or one body of JSON.

use std::sync::Arc;

use reqwest::Response;
use reqwest::header::CONTENT_TYPE;

use crate::answer::Answer;
use crate::clock::within;
use crate::hints::RateHints;
use crate::outcome::{Failure, Row, classify_in_stream};
use crate::sse::SseParser;
use crate::times::Times;
use crate::wire::{ChatResponse, Delta};
use crate::{Cause, Clock, Provider, Timeout};

/// A stream may stand still for so many milliseconds.
const IDLE_MS: i64 = 15_000;
/// No answer is larger, in bytes.
const MOST_BYTES: usize = 1024 * 1024;
/// How long the token counts that follow an answer are waited for, in milliseconds.
const USAGE_MS: i64 = 1_000;
/// How long the end of a stream is waited for after its `[DONE]`, in milliseconds: then the connection can be reused.
const END_MS: i64 = 100;
/// An answer that is arriving.
pub(crate) struct Live {
    response: Response,
    provider: Provider,
    times: Times,
    clock: Arc<dyn Clock>,
    status: u16,
    hints: RateHints,
    parser: SseParser,
    /// The body, when it is no stream of events.
    whole: Option<Vec<u8>>,
    received_bytes: usize,
    last_sign_ms: i64,
    done: bool,
    ended: bool,
    answer: Answer,
}

impl Live {
    pub fn new(response: Response, provider: Provider, times: Times, clock: Arc<dyn Clock>) -> Self {
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let events = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("event-stream"));
        Self {
            provider,
            times,
            status: response.status().as_u16(),
            hints: RateHints::from_headers(response.headers()),
            parser: SseParser::default(),
            whole: (!events).then(Vec::new),
            received_bytes: 0,
            last_sign_ms: clock.now_ms(),
            done: false,
            ended: false,
            answer: Answer::default(),
            response,
            clock,
        }
    }

    pub fn hints(&self) -> RateHints {
        self.hints
    }

    pub fn status(&self) -> u16 {
        self.status
    }

    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The next piece of text; nothing when the answer is complete.
    pub async fn next(&mut self) -> Result<Option<String>, Failure> {
        let next = self.step().await;
        next.map_err(|failure| {
            if failure.status.is_some() {
                failure
            } else {
                failure.with_status(self.status)
            }
        })
    }

    async fn step(&mut self) -> Result<Option<String>, Failure> {
        loop {
            while let Some(data) = self.parser.next() {
                if let Some(text) = self.event(&data)? {
                    return Ok(Some(text));
                }
            }
            if self.done || self.ended {
                self.wind_up().await;
                return self.complete();
            }
            if self.answer.finish_reason.is_some() {
                // Only counts may follow.
                let received = within(&*self.clock, USAGE_MS, self.response.chunk()).await;
                match received {
                    Some(Ok(Some(bytes))) if self.take(&bytes).is_ok() => continue,
                    Some(Ok(None)) => self.ended = true,
                    _ => {}
                }
                self.done = true;
                continue;
            }
            let now_ms = self.clock.now_ms();
            let (limit_ms, limit) = match self.answer.first_token_ms {
                None => self.times.before_first_token(now_ms),
                Some(_) => self
                    .times
                    .until(self.last_sign_ms + IDLE_MS, Timeout::Idle, now_ms),
            };
            match within(&*self.clock, limit_ms, self.response.chunk()).await {
                None => return Err(self.times_out(limit)),
                Some(Ok(Some(bytes))) => self.take(&bytes)?,
                Some(Ok(None)) => {
                    self.ended = true;
                    if let Some(text) = self.end()? {
                        return Ok(Some(text));
                    }
                }
                Some(Err(_)) if self.answer.first_token_ms.is_none() => {
                    return Err(Failure::new(Cause::Unreachable, "connection_lost"));
                }
                Some(Err(_)) => return Err(Failure::new(Cause::CutStream, "connection_lost")),
            }
        }
    }

    fn times_out(&self, limit: Timeout) -> Failure {
        match self.answer.first_token_ms {
            None => self.times.timed_out(limit, self.clock.now_ms()),
            Some(_) => Failure::new(Cause::Timeout { limit }, ""),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.received_bytes = self.received_bytes.saturating_add(bytes.len());
        if self.received_bytes > MOST_BYTES {
            return Err(Failure::new(Cause::TooLarge, ""));
        }
        match &mut self.whole {
            Some(whole) => {
                whole.extend_from_slice(bytes);
                Ok(())
            }
            None => self
                .parser
                .feed(bytes)
                .map_err(|_| Failure::new(Cause::InvalidJson, "not_text")),
        }
    }

    /// The body is over.
    fn end(&mut self) -> Result<Option<String>, Failure> {
        let Some(whole) = self.whole.take() else {
            return self
                .parser
                .finish()
                .map(|()| None)
                .map_err(|_| Failure::new(Cause::InvalidJson, "not_text"));
        };
        if whole.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let text = String::from_utf8(whole).map_err(|_| Failure::new(Cause::InvalidJson, "not_text"))?;
        // Some servers send events under another content type.
        if text.trim_start().starts_with("data:") {
            let fed = self
                .parser
                .feed(text.as_bytes())
                .and_then(|()| self.parser.finish());
            return fed
                .map(|()| None)
                .map_err(|_| Failure::new(Cause::InvalidJson, "not_text"));
        }
        let piece = self.event(&text)?;
        self.done = true;
        Ok(piece)
    }

    /// Takes the data of one event.
    fn event(&mut self, data: &str) -> Result<Option<String>, Failure> {
        if data.trim() == "[DONE]" {
            self.done = true;
            return Ok(None);
        }
        let chunk: ChatResponse =
            serde_json::from_str(data).map_err(|_| Failure::new(Cause::InvalidJson, "not_an_answer"))?;
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            let failure = classify_in_stream(self.provider, &error, self.clock.now_ms());
            let begun = self.answer.first_token_ms.is_some();
            return Err(if begun {
                Failure {
                    cause: Cause::CutStream,
                    row: Row::Fail,
                    ..failure
                }
            } else {
                failure
            });
        }
        if let Some(usage) = chunk.usage {
            self.answer.usage = Some(usage.into());
        }
        let Some(choice) = chunk.choices.into_iter().next() else {
            return Ok(None);
        };
        if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
            self.answer.finish_reason = Some(reason);
        }
        Ok(choice
            .delta
            .or(choice.message)
            .and_then(|delta| self.delta(delta)))
    }

    fn delta(&mut self, delta: Delta) -> Option<String> {
        let calls = delta.tool_calls.unwrap_or_default();
        let refusal = delta.refusal.unwrap_or_default();
        let text = delta.content.unwrap_or_default();
        let thoughts = [delta.reasoning, delta.reasoning_content].into_iter().flatten();
        let thinks = thoughts
            .filter_map(|thought| thought.as_str().map(str::is_empty))
            .any(|empty| !empty);
        // Keep-alives and empty pieces are no sign of an answer.
        if !(text.is_empty() && refusal.is_empty() && calls.is_empty()) || thinks {
            self.last_sign_ms = self.clock.now_ms();
            let since_ms = self.last_sign_ms - self.times.began_ms;
            self.answer.first_token_ms.get_or_insert(since_ms);
        }
        self.answer.refusal.push_str(&refusal);
        for call in calls {
            self.answer.tool_call(call);
        }
        self.answer.text.push_str(&text);
        (!text.is_empty()).then_some(text)
    }

    /// Reads the connection to its end, so that it can be used again; a late end does not matter.
    async fn wind_up(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        let response = &mut self.response;
        let mut room = MOST_BYTES.saturating_sub(self.received_bytes);
        let reading = async {
            while let Ok(Some(bytes)) = response.chunk().await {
                room = room.saturating_sub(bytes.len());
                if room == 0 {
                    break;
                }
            }
        };
        let _ = within(&*self.clock, END_MS, reading).await;
    }

    /// Nothing more comes: was that an answer?
    fn complete(&mut self) -> Result<Option<String>, Failure> {
        if self.received_bytes == 0 {
            return Err(Failure::new(Cause::Empty, "no_body"));
        }
        if self.done || self.answer.finish_reason.is_some() {
            return Ok(None);
        }
        Err(Failure::new(Cause::CutStream, "no_finish"))
    }
}

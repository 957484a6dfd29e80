//! An answer as it is written.

use crate::outcome::Failure;
use crate::request::{Completion, ProviderCause};
use crate::visit::{After, Current, Visit};
use crate::{Cause, Provider};

/// What happens in a stream.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamEvent {
    /// The next piece of the text.
    Token(String),
    /// The whole answer; the last event. Tool calls are only in here.
    Done(Box<Completion>),
    /// It broke off after its beginning; the last event. What came before is not the whole answer.
    Broken {
        /// Who broke off.
        provider: Provider,
        /// Why.
        cause: Cause,
    },
}

/// A stream of tokens. Dropping it ends the request and gives its place back.
pub struct TokenStream {
    visit: Visit,
    current: Current,
    first: Option<String>,
    passed_by: Vec<ProviderCause>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Complete,
    Over,
}

impl std::fmt::Debug for TokenStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenStream")
            .field("provider", &self.provider())
            .finish_non_exhaustive()
    }
}

impl TokenStream {
    /// Asks one provider until its first token is there, or the table says next.
    pub(crate) async fn open(
        mut visit: Visit,
        passed_by: Vec<ProviderCause>,
    ) -> Result<Self, (Cause, Vec<ProviderCause>)> {
        loop {
            let failure = match visit.start().await {
                Err(failure) => failure,
                Ok(current) => match Self::begin(&mut visit, current).await {
                    Ok((current, first)) => {
                        let state = if first.is_some() {
                            State::Running
                        } else {
                            State::Complete
                        };
                        return Ok(Self {
                            visit,
                            current,
                            first,
                            passed_by,
                            state,
                        });
                    }
                    Err(failure) => failure,
                },
            };
            if let After::Next(cause) = visit.after(&failure).await {
                return Err((cause, passed_by));
            }
        }
    }

    /// Waits for the first piece that is more than space; an answer without any must at least call tools.
    async fn begin(visit: &mut Visit, mut current: Current) -> Result<(Current, Option<String>), Failure> {
        let mut first = String::new();
        loop {
            match current.live.next().await {
                Ok(Some(piece)) => {
                    first.push_str(&piece);
                    if !first.trim().is_empty() {
                        return Ok((current, Some(first)));
                    }
                }
                Ok(None) if !current.live.answer().tool_calls.is_empty() => return Ok((current, None)),
                // Judging says what is wrong with it.
                Ok(None) => match visit.conclude(&current, None) {
                    Ok(_) => return Err(Failure::new(Cause::Empty, "")),
                    Err(failure) => return Err(failure),
                },
                Err(failure) => return Err(visit.failed(&current, failure)),
            }
        }
    }

    /// Who answers.
    pub fn provider(&self) -> Provider {
        self.visit.slot().settings.provider
    }

    /// With which model.
    pub fn model(&self) -> &str {
        &self.visit.slot().settings.model
    }

    /// Why those before did not answer.
    pub fn passed_by(&self) -> &[ProviderCause] {
        &self.passed_by
    }

    /// The next event; nothing after the last.
    pub async fn next(&mut self) -> Option<StreamEvent> {
        if let Some(first) = self.first.take() {
            return Some(StreamEvent::Token(first));
        }
        let failure = match self.state {
            State::Over => return None,
            State::Complete => match self.conclude() {
                Ok(done) => return Some(done),
                Err(failure) => failure,
            },
            State::Running => match self.current.live.next().await {
                Ok(Some(piece)) => return Some(StreamEvent::Token(piece)),
                Ok(None) => match self.conclude() {
                    Ok(done) => return Some(done),
                    Err(failure) => failure,
                },
                Err(failure) => self.visit.failed(&self.current, failure),
            },
        };
        self.state = State::Over;
        self.visit.give_up(&failure);
        Some(StreamEvent::Broken {
            provider: self.provider(),
            cause: failure.cause,
        })
    }

    fn conclude(&mut self) -> Result<StreamEvent, Failure> {
        let completion = self.visit.conclude(&self.current, None)?;
        self.state = State::Over;
        let passed_by = self.passed_by.clone();
        Ok(StreamEvent::Done(Box::new(Completion {
            passed_by,
            ..completion
        })))
    }
}

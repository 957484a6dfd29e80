//! The AI providers: who may be asked, why not, what was asked, and what did not leave.

use std::collections::BTreeMap;

use alfa_llm::{BreakerState, Cause, Chain, DataClass, Provider, ProviderState, TestFailure};
use alfa_store::UnixMillis;
use alfa_store::ai as rows;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiState;
use super::extract::Query;
use super::language::of;
use super::paging::NoQuery;
use super::time::Time;
use crate::ai::{self, Service, service, words};
use crate::app::App;
use crate::clock::DAY_MS;
use crate::error::{AppError, AppResult, Message};
use crate::text::{Lang, text};
use crate::writing::model::Way;

/// The state of everything that writes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvidersAnswer {
    /// For messages, answers to people and the meaning of replies.
    pub outreach: ChainAnswer,
    /// For the assistant.
    pub assistant: ChainAnswer,
    /// `written`: free text with slots for facts; `composed`: approved blocks in an order.
    pub writing: &'static str,
    pub items: Vec<ProviderAnswer>,
}

/// How a chain does its work.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChainAnswer {
    /// The order in which providers are asked; `offline` is always last.
    pub order: Vec<&'static str>,
    /// `full`, `stand_in`, `degraded`, or `offline` when no provider is configured.
    pub service: &'static str,
    /// Providers are configured, and none may be asked.
    pub degraded: bool,
    /// In words, with what to do.
    pub message: String,
}

/// One provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderAnswer {
    pub name: &'static str,
    pub title: &'static str,
    /// The chains that it is in.
    pub chains: Vec<&'static str>,
    pub configured: bool,
    /// `not_configured`, `closed` (it may be asked), `open` (not before `until`), `half_open` (one probe is out),
    /// `disabled` (its next probe is at `until`).
    pub state: &'static str,
    /// Why it may not be asked, as a word.
    pub cause: Option<&'static str>,
    /// The state in words, with what to do.
    pub message: String,
    pub until: Option<Time>,
    pub model: String,
    pub host: String,
    /// The classes of data that it may see.
    pub sees: Vec<&'static str>,
    /// Its limits and what of them is used; `null` is no limit.
    #[schema(value_type = Object)]
    pub limits: serde_json::Value,
    #[schema(value_type = Object)]
    pub used: serde_json::Value,
    pub last_success_at: Option<Time>,
    pub last_failure_at: Option<Time>,
    pub last_failure: Option<&'static str>,
    /// Attempts of the last 24 hours by outcome.
    pub attempts_by_outcome: BTreeMap<String, i64>,
    /// Tokens of the last 24 hours.
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    /// Cost of the last 24 hours in millionths of the vendor's currency, where prices are configured.
    pub cost_micros: i64,
}

/// The providers: state, why, until when, what to do.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/ai/providers", tag = "ai", responses((status = 200, body = ProvidersAnswer)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<ProvidersAnswer>> {
    let lang = of(&headers);
    let app = state.app();
    let (outreach, assistant) = (app.ai.outreach().states(), app.ai.assistant().states());
    let since = app.clock.now().plus_ms(-DAY_MS);
    ai::keep_books(app).await;
    let usage = rows::usage(state.store().reader(), since).await?;
    let in_chain = |of: &[ProviderState], provider| of.iter().any(|state| state.provider == provider);
    let mut items: Vec<ProviderAnswer> = Vec::new();
    for one in outreach.iter().chain(&assistant) {
        if items.iter().any(|item| item.name == one.provider.name()) {
            continue;
        }
        let chains = [("outreach", &outreach), ("assistant", &assistant)];
        let chains = chains
            .into_iter()
            .filter(|(_, states)| in_chain(states, one.provider))
            .map(|(name, _)| name)
            .collect();
        items.push(answer(lang, one, chains, &usage)?);
    }
    Ok(axum::Json(ProvidersAnswer {
        outreach: chain(lang, &outreach),
        assistant: chain(lang, &assistant),
        writing: match app.ai.way() {
            Way::Composed => "composed",
            Way::Written => "written",
        },
        items,
    }))
}

fn chain(lang: Lang, states: &[ProviderState]) -> ChainAnswer {
    let how = service(states);
    ChainAnswer {
        order: states
            .iter()
            .map(|state| state.provider.name())
            .chain([ai::OFFLINE])
            .collect(),
        service: how.word(),
        degraded: how == Service::Degraded,
        message: words::service(lang, how, states),
    }
}

fn answer(
    lang: Lang,
    of: &ProviderState,
    chains: Vec<&'static str>,
    usage: &[rows::Usage],
) -> AppResult<ProviderAnswer> {
    let (state, cause, until_ms) = match of.breaker {
        _ if !of.configured => ("not_configured", Some(Cause::NotConfigured), None),
        BreakerState::Closed => ("closed", None, None),
        BreakerState::Open { until_ms, cause } => ("open", Some(cause), Some(until_ms)),
        BreakerState::HalfOpen { cause } => ("half_open", Some(cause), None),
        BreakerState::Disabled { probe_at_ms, cause } => ("disabled", Some(cause), Some(probe_at_ms)),
    };
    let own: Vec<&rows::Usage> = usage
        .iter()
        .filter(|row| row.provider == of.provider.name())
        .collect();
    let sum = |value: fn(&rows::Usage) -> Option<i64>| own.iter().filter_map(|row| value(row)).sum();
    let at = |ms: Option<i64>| ms.map(|ms| Time(UnixMillis(ms)));
    Ok(ProviderAnswer {
        name: of.provider.name(),
        title: words::title(of.provider),
        chains,
        configured: of.configured,
        state,
        cause: cause.map(Cause::word),
        message: words::state(lang, of),
        until: at(until_ms),
        model: of.model.clone(),
        host: of.host.clone(),
        sees: of.classes.iter().map(|class| class_word(*class)).collect(),
        limits: serde_json::to_value(of.limits).map_err(AppError::internal)?,
        used: serde_json::to_value(of.used).map_err(AppError::internal)?,
        last_success_at: at(of.totals.last_success_ms),
        last_failure_at: at(of.totals.last_failure_ms),
        last_failure: of.totals.last_cause.map(Cause::word),
        attempts_by_outcome: own
            .iter()
            .map(|row| (row.outcome.clone(), row.attempts))
            .collect(),
        prompt_tokens: sum(|row| row.prompt_tokens),
        completion_tokens: sum(|row| row.completion_tokens),
        cost_micros: sum(|row| row.cost_micros),
    })
}

fn class_word(class: DataClass) -> &'static str {
    match class {
        DataClass::Public => "public",
        DataClass::Profile => "profile",
        DataClass::Dialog => "dialog",
    }
}

/// How a test went.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestAnswer {
    pub ok: bool,
    pub provider: &'static str,
    pub model: Option<String>,
    /// Milliseconds to the whole answer.
    pub latency_ms: Option<i64>,
    /// Why there was no answer, as a word.
    pub cause: Option<&'static str>,
    /// In words, with what to do.
    pub message: String,
}

/// Asks a provider something small for real. A provider that was disabled is asked again when it answers.
///
/// # Errors
/// `Invalid` when there is no such provider.
#[utoipa::path(post, path = "/api/ai/providers/{name}/test", tag = "ai",
    params(("name" = String, Path, description = "`gemini`, `groq`, `ollama`, `huggingface`, `timeweb`, `openai`")),
    responses((status = 200, body = TestAnswer)))]
pub async fn test(
    State(state): State<ApiState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<TestAnswer>> {
    let lang = of(&headers);
    let app = state.app();
    let (chain, provider, model) = find(app, &name)?;
    let answer = match chain.test(provider).await {
        Ok(report) => {
            let ms = report.total_ms.to_string();
            let values = [
                ("provider", words::title(provider)),
                ("ms", ms.as_str()),
                ("model", report.model.as_str()),
            ];
            TestAnswer {
                ok: true,
                provider: provider.name(),
                message: text(lang, "ai.test_ok", &values),
                latency_ms: Some(report.total_ms),
                model: Some(report.model),
                cause: None,
            }
        }
        Err(TestFailure::Unknown) => return Err(no_such_provider(app)),
        Err(TestFailure::NoAnswer(cause)) => TestAnswer {
            ok: false,
            provider: provider.name(),
            message: words::cause(lang, provider, &model, cause),
            latency_ms: None,
            model: Some(model),
            cause: Some(cause.word()),
        },
    };
    Ok(axum::Json(answer))
}

fn find<'a>(app: &'a App, name: &str) -> AppResult<(&'a Chain, Provider, String)> {
    for chain in [app.ai.outreach(), app.ai.assistant()] {
        let named = chain
            .states()
            .into_iter()
            .find(|state| state.provider.name() == name);
        if let Some(found) = named {
            return Ok((chain, found.provider, found.model));
        }
    }
    Err(no_such_provider(app))
}

fn no_such_provider(app: &App) -> AppError {
    let mut names: Vec<&str> = Vec::new();
    for state in app
        .ai
        .outreach()
        .states()
        .iter()
        .chain(&app.ai.assistant().states())
    {
        if !names.contains(&state.provider.name()) {
            names.push(state.provider.name());
        }
    }
    AppError::invalid(
        "name",
        Message::new("ai.no_such_provider").with("words", names.join(", ")),
    )
}

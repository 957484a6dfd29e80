//! What happened with a provider, why, and what to do: in the operator's language.

use alfa_llm::{BreakerState, Cause, Provider, ProviderState};

use super::Service;
use crate::text::{Lang, text};

/// A provider's name as its vendor writes it.
pub const fn title(provider: Provider) -> &'static str {
    match provider {
        Provider::Timeweb => "Timeweb Cloud AI",
        Provider::OpenAi => "OpenAI",
        Provider::Gemini => "Gemini",
        Provider::Groq => "Groq",
        Provider::Ollama => "Ollama",
        Provider::HuggingFace => "Hugging Face",
    }
}

/// The variables that configure a provider.
const fn variables(provider: Provider) -> &'static str {
    match provider {
        Provider::Timeweb => "TIMEWEB_API_TOKEN, TIMEWEB_AGENT_ACCESS_ID",
        Provider::OpenAi => "OPENAI_API_KEY",
        Provider::Gemini => "GEMINI_API_KEY",
        Provider::Groq => "GROQ_API_KEY",
        Provider::Ollama => "OLLAMA_URL",
        Provider::HuggingFace => "HUGGINGFACE_TOKEN",
    }
}

/// Why a provider gives no answer, and what to do about it.
pub fn cause(lang: Lang, provider: Provider, model: &str, cause: Cause) -> String {
    let timeweb = provider == Provider::Timeweb;
    let key = match cause {
        Cause::Unauthorized if timeweb => "ai.unauthorized_timeweb".to_owned(),
        Cause::Unreachable if provider == Provider::Ollama => "ai.unreachable_ollama".to_owned(),
        Cause::ModelNotFound if provider == Provider::Ollama => "ai.model_not_found_ollama".to_owned(),
        Cause::Timeout { .. } => "ai.timeout".to_owned(),
        other => format!("ai.{}", other.word()),
    };
    let values = [
        ("provider", title(provider)),
        ("model", model),
        ("variables", variables(provider)),
    ];
    text(lang, &key, &values)
}

/// A provider's state.
pub fn state(lang: Lang, of: &ProviderState) -> String {
    let because = |why| cause(lang, of.provider, &of.model, why);
    match of.breaker {
        _ if !of.configured => because(Cause::NotConfigured),
        BreakerState::Closed => text(lang, "ai.works", &[("provider", title(of.provider))]),
        BreakerState::Open { cause, .. }
        | BreakerState::HalfOpen { cause }
        | BreakerState::Disabled { cause, .. } => because(cause),
    }
}

/// How a chain does its work, and why not better.
pub fn service(lang: Lang, service: Service, states: &[ProviderState]) -> String {
    let trouble: Vec<String> = states
        .iter()
        .filter(|of| of.configured && of.breaker != BreakerState::Closed)
        .map(|of| state(lang, of))
        .collect();
    let working = states
        .iter()
        .find(|of| {
            of.configured && matches!(of.breaker, BreakerState::Closed | BreakerState::HalfOpen { .. })
        })
        .map_or("", |of| title(of.provider));
    let key = format!("ai.service_{}", service.word());
    text(lang, &key, &[("why", &trouble.join(" ")), ("provider", working)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use alfa_llm::Timeout;

    #[test]
    fn every_cause_has_a_text_in_both_languages() {
        let causes = [
            Cause::NotConfigured,
            Cause::Unauthorized,
            Cause::Forbidden,
            Cause::AgentNotFound,
            Cause::ModelNotFound,
            Cause::WrongAddress,
            Cause::CreditExhausted,
            Cause::Throttled { until_ms: 0 },
            Cause::ServerError,
            Cause::Unreachable,
            Cause::Timeout {
                limit: Timeout::Connect,
            },
            Cause::ContextOverflow,
            Cause::BadRequest,
            Cause::Empty,
            Cause::Refused,
            Cause::InvalidJson,
            Cause::Rejected,
            Cause::CutStream,
            Cause::TooLarge,
            Cause::Abandoned,
            Cause::Privacy,
            Cause::Busy { until_ms: None },
        ];
        for provider in Provider::ALL {
            for why in causes {
                for lang in [Lang::Ru, Lang::En] {
                    let said = cause(lang, provider, "some-model", why);
                    assert!(!said.starts_with("ai."), "{said}");
                    assert!(!said.contains('{'), "{said}");
                }
            }
        }
        for way in [
            Service::Offline,
            Service::Full,
            Service::StandIn,
            Service::Degraded,
        ] {
            for lang in [Lang::Ru, Lang::En] {
                assert!(!service(lang, way, &[]).starts_with("ai."));
            }
        }
    }
}

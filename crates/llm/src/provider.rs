//! Which providers there are, and in what each differs from the others.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A vendor that speaks the OpenAI chat-completions format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// An agent of Timeweb Cloud; it has a system prompt and a model of its own.
    Timeweb,
    /// OpenAI.
    OpenAi,
    /// Google Gemini through its OpenAI-compatible endpoint.
    Gemini,
    /// Groq.
    Groq,
    /// Ollama on the operator's own computer.
    Ollama,
    /// The router of Hugging Face.
    HuggingFace,
}

/// In what a vendor differs. One row each, read by the client and by the classification of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirks {
    /// A key must be configured.
    pub needs_key: bool,
    /// The access id is a part of the URL.
    pub needs_access_id: bool,
    /// The model's name decides nothing (the agent has its own), so it is left out.
    pub ignores_model: bool,
    /// `frequency_penalty` is understood.
    pub frequency_penalty: bool,
    /// The limit of the answer is called `max_completion_tokens`, not `max_tokens`.
    pub max_completion_tokens: bool,
    /// Functions can be called; an agent with tools of its own takes none of ours.
    pub functions: bool,
    /// A header sent with every request: name and value.
    pub header: Option<(&'static str, &'static str)>,
    /// A day's quota begins anew at this hour UTC; `None` when the vendor says it in its answers.
    pub day_resets_at_hour_utc: Option<i64>,
}

const PLAIN: Quirks = Quirks {
    needs_key: true,
    needs_access_id: false,
    ignores_model: false,
    frequency_penalty: true,
    max_completion_tokens: false,
    functions: true,
    header: None,
    day_resets_at_hour_utc: None,
};

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 6] = [
        Self::Timeweb,
        Self::OpenAi,
        Self::Gemini,
        Self::Groq,
        Self::Ollama,
        Self::HuggingFace,
    ];

    /// The word for it in configuration, the API and the records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeweb => "timeweb",
            Self::OpenAi => "openai",
            Self::Gemini => "gemini",
            Self::Groq => "groq",
            Self::Ollama => "ollama",
            Self::HuggingFace => "huggingface",
        }
    }

    /// Where its API is, without `/chat/completions`. `{access_id}` is to be filled in.
    pub const fn default_base_url(self) -> &'static str {
        match self {
            Self::Timeweb => "https://agent.timeweb.cloud/api/v1/cloud-ai/agents/{access_id}/v1",
            Self::OpenAi => "https://api.openai.com/v1",
            Self::Gemini => "https://generativelanguage.googleapis.com/v1beta/openai",
            Self::Groq => "https://api.groq.com/openai/v1",
            Self::Ollama => "http://localhost:11434/v1",
            Self::HuggingFace => "https://router.huggingface.co/v1",
        }
    }

    /// The model asked when none is configured. Vendors retire models: the ids are those of late 2026.
    pub const fn default_model(self) -> &'static str {
        match self {
            Self::Timeweb => "agent",
            Self::OpenAi => "gpt-5.4-mini",
            Self::Gemini => "gemini-3.5-flash",
            Self::Groq | Self::HuggingFace => "openai/gpt-oss-120b",
            Self::Ollama => "gpt-oss:20b",
        }
    }

    /// In what it differs from the others.
    pub const fn quirks(self) -> Quirks {
        match self {
            Self::Timeweb => Quirks {
                needs_access_id: true,
                ignores_model: true,
                functions: false,
                header: Some(("x-proxy-source", "alfa")),
                ..PLAIN
            },
            Self::OpenAi => Quirks {
                max_completion_tokens: true,
                ..PLAIN
            },
            Self::Gemini => Quirks {
                frequency_penalty: false,
                // Midnight in California: 8:00 UTC in winter. In summer it is an hour earlier, and waiting that hour
                // more is cheaper than asking in vain.
                day_resets_at_hour_utc: Some(8),
                ..PLAIN
            },
            Self::Groq | Self::HuggingFace => PLAIN,
            // Its `/v1` ignores `num_ctx`: the size of the context is that of the model's file, and what does not fit
            // is an overflow like any other.
            Self::Ollama => Quirks {
                needs_key: false,
                ..PLAIN
            },
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No provider has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a provider; there are timeweb, openai, gemini, groq, ollama, huggingface")]
pub struct UnknownProvider(pub String);

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let wanted = name.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|provider| provider.name() == wanted)
            .ok_or(UnknownProvider(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for provider in Provider::ALL {
            assert_eq!(provider.name().parse(), Ok(provider));
            let json = serde_json::to_string(&provider).unwrap();
            assert_eq!(json, format!("\"{}\"", provider.name()));
        }
        assert!("gigachat".parse::<Provider>().is_err());
    }
}

//! How one provider is configured.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{DataClass, LimitSettings, Provider, Secret, Usage};

/// What tokens cost, in millionths of the currency's unit (micro-dollars, micro-roubles) for a million tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    /// For a million tokens of the prompt.
    pub prompt_micros_per_million: i64,
    /// For a million tokens of the answer.
    pub completion_micros_per_million: i64,
}

impl Prices {
    /// What this usage costs, in millionths of the unit.
    pub fn cost_micros(&self, usage: Usage) -> i64 {
        let part = |tokens: u64, price: i64| i128::from(tokens) * i128::from(price);
        let total = part(usage.prompt_tokens, self.prompt_micros_per_million)
            + part(usage.completion_tokens, self.completion_micros_per_million);
        i64::try_from(total / 1_000_000).unwrap_or(i64::MAX)
    }
}

/// One provider with one model, as configured.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// The vendor.
    pub provider: Provider,
    /// Where its API is, without `/chat/completions`; `{access_id}` in it is filled in.
    pub base_url: String,
    /// The model's id.
    pub model: String,
    /// The key; Ollama needs none.
    pub key: Option<Secret>,
    /// Timeweb's access id of the agent.
    pub access_id: Option<String>,
    /// What it may see. A prompt with another class passes it by.
    pub classes: BTreeSet<DataClass>,
    /// How much may be asked of it.
    pub limits: LimitSettings,
    /// What it costs, if that is to be recorded.
    pub prices: Option<Prices>,
}

/// The configured address is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the base URL of {provider} must be an http or https address without user name and password")]
pub struct BadBaseUrl {
    /// Whose.
    pub provider: Provider,
}

impl ProviderSettings {
    /// The vendor's defaults without a key: it may see everything, and no limits.
    pub fn new(provider: Provider) -> Self {
        Self {
            provider,
            base_url: provider.default_base_url().to_owned(),
            model: provider.default_model().to_owned(),
            key: None,
            access_id: None,
            classes: DataClass::ALL.into(),
            limits: LimitSettings::default(),
            prices: None,
        }
    }

    /// Whether everything that the vendor needs is there.
    pub fn is_configured(&self) -> bool {
        let quirks = self.provider.quirks();
        let key = self.key.as_ref().is_some_and(|key| !key.is_empty());
        let access_id = self.access_id.as_ref().is_some_and(|id| !id.trim().is_empty());
        (key || !quirks.needs_key)
            && (access_id || !quirks.needs_access_id || !self.base_url.contains("{access_id}"))
    }

    /// The address that is asked.
    pub(crate) fn endpoint(&self) -> Result<Url, BadBaseUrl> {
        let bad = BadBaseUrl {
            provider: self.provider,
        };
        let access_id = self.access_id.as_deref().unwrap_or_default().trim();
        // The id becomes one segment of the path, whatever is in it.
        if access_id.contains(['/', '?', '#', '%', '\\']) {
            return Err(bad);
        }
        let base = self.base_url.trim().replace("{access_id}", access_id);
        let address = format!("{}/chat/completions", base.trim_end_matches('/'));
        let url = Url::parse(&address).map_err(|_| bad.clone())?;
        let plain = url.username().is_empty() && url.password().is_none();
        if matches!(url.scheme(), "http" | "https") && url.has_host() && plain {
            Ok(url)
        } else {
            Err(bad)
        }
    }

    /// The host (and a port that is not the scheme's own), for people; empty when the address is none.
    pub fn host(&self) -> String {
        let Ok(url) = self.endpoint() else {
            return String::new();
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        url.port().map_or(host.clone(), |port| format!("{host}:{port}"))
    }

    /// Changes whenever address, model, agent or key change, so that a provider that was disabled gets a new chance.
    /// The key goes in as the key of a MAC: it cannot be had back from the fingerprint.
    pub fn fingerprint(&self) -> String {
        let key = self.key.as_ref().map_or("", Secret::expose);
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
            // HMAC takes keys of any length.
            return String::new();
        };
        let access_id = self.access_id.as_deref().unwrap_or_default();
        for part in [self.provider.name(), &self.base_url, &self.model, access_id] {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part.as_bytes());
        }
        let digest = mac.finalize().into_bytes();
        hex::encode(digest.get(..16).unwrap_or(&digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeweb() -> ProviderSettings {
        let mut settings = ProviderSettings::new(Provider::Timeweb);
        settings.key = Some(Secret::new("invented"));
        settings.access_id = Some("abc-1".to_owned());
        settings
    }

    #[test]
    fn the_access_id_goes_into_the_address() {
        let url = timeweb().endpoint().unwrap();
        assert_eq!(
            url.as_str(),
            "https://agent.timeweb.cloud/api/v1/cloud-ai/agents/abc-1/v1/chat/completions"
        );
        assert_eq!(timeweb().host(), "agent.timeweb.cloud");
        let mut escaping = timeweb();
        escaping.access_id = Some("../../x".to_owned());
        assert!(escaping.endpoint().is_err());
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused() {
        for address in ["", "ftp://host/v1", "host:80", "https://user:pass@host/v1"] {
            let mut settings = ProviderSettings::new(Provider::Ollama);
            settings.base_url = address.to_owned();
            assert!(settings.endpoint().is_err(), "{address}");
        }
    }

    #[test]
    fn what_is_missing_is_noticed() {
        assert!(timeweb().is_configured());
        assert!(ProviderSettings::new(Provider::Ollama).is_configured());
        for provider in [
            Provider::OpenAi,
            Provider::Gemini,
            Provider::Groq,
            Provider::HuggingFace,
        ] {
            assert!(!ProviderSettings::new(provider).is_configured());
        }
        let mut without_agent = timeweb();
        without_agent.access_id = None;
        assert!(!without_agent.is_configured());
    }

    #[test]
    fn the_fingerprint_changes_with_each_part() {
        let first = timeweb().fingerprint();
        assert_eq!(first, timeweb().fingerprint());
        let change = |change: fn(&mut ProviderSettings)| {
            let mut settings = timeweb();
            change(&mut settings);
            settings.fingerprint()
        };
        assert_ne!(first, change(|s| s.key = Some(Secret::new("other"))));
        assert_ne!(first, change(|s| s.model.push('x')));
        assert_ne!(first, change(|s| s.base_url.push('x')));
        assert_ne!(first, change(|s| s.access_id = Some("abc-2".to_owned())));
        assert!(!first.contains("invented"));
    }

    #[test]
    fn cost_is_in_millionths() {
        let prices = Prices {
            prompt_micros_per_million: 250_000,
            completion_micros_per_million: 2_000_000,
        };
        let usage = Usage {
            prompt_tokens: 1_000,
            completion_tokens: 500,
        };
        assert_eq!(prices.cost_micros(usage), 250 + 1_000);
    }
}

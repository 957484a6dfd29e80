//! The AI providers: keys, addresses, models, limits, prices, and what each may see.

use std::collections::BTreeSet;

use alfa_llm::{DataClass, LimitSettings, Prices, Provider, ProviderSettings};

use super::secret::Secret;
use super::source::Source;
use super::values;
use crate::error::Message;

/// Answers asked of one provider at once, unless its limits say otherwise.
const PARALLEL: u32 = 4;
/// Chains as they are without configuration.
const OUTREACH: [Provider; 4] = [
    Provider::Gemini,
    Provider::Groq,
    Provider::Ollama,
    Provider::HuggingFace,
];
const ASSISTANT: [Provider; 2] = [Provider::Timeweb, Provider::OpenAi];

/// How texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Approved blocks and facts in an order.
    Composed,
    /// Free text with slots for facts.
    Written,
}

/// The AI providers in the order in which they are asked. Providers that are not configured are in their chain as well,
/// so that they can be shown.
#[derive(Debug, Clone)]
pub struct Providers {
    /// For messages, answers and the meaning of replies.
    pub outreach: Vec<ProviderSettings>,
    /// For the assistant.
    pub assistant: Vec<ProviderSettings>,
    /// How texts are written when a provider is there.
    pub writing: Writing,
    /// Every key and access id, for the log to hide.
    pub secrets: Vec<Secret>,
}

impl Default for Providers {
    /// None.
    fn default() -> Self {
        Self {
            outreach: Vec::new(),
            assistant: Vec::new(),
            writing: Writing::Written,
            secrets: Vec::new(),
        }
    }
}

/// The names of a provider's variables begin so.
fn prefix(provider: Provider) -> &'static str {
    match provider {
        Provider::Timeweb => "TIMEWEB",
        Provider::OpenAi => "OPENAI",
        Provider::Gemini => "GEMINI",
        Provider::Groq => "GROQ",
        Provider::Ollama => "OLLAMA",
        Provider::HuggingFace => "HUGGINGFACE",
    }
}

/// Reads everything about the providers.
pub(super) fn read(source: &mut Source) -> Providers {
    let to_cloud = source
        .parse("AI_DIALOG_TEXT", values::dialog_text)
        .unwrap_or(true);
    let mut secrets = Vec::new();
    let all: Vec<ProviderSettings> = Provider::ALL
        .into_iter()
        .map(|provider| one(source, provider, to_cloud, &mut secrets))
        .collect();
    let outreach = source
        .parse("AI_OUTREACH", chain)
        .unwrap_or_else(|| OUTREACH.to_vec());
    let assistant = source
        .parse("AI_ASSISTANT", chain)
        .unwrap_or_else(|| ASSISTANT.to_vec());
    let of = |order: Vec<Provider>| {
        let find = |provider: &Provider| {
            all.iter()
                .find(|settings| settings.provider == *provider)
                .cloned()
        };
        order.iter().filter_map(find).collect()
    };
    Providers {
        outreach: of(outreach),
        assistant: of(assistant),
        writing: source.parse("AI_WRITING", writing).unwrap_or(Writing::Written),
        secrets,
    }
}

fn one(
    source: &mut Source,
    provider: Provider,
    to_cloud: bool,
    secrets: &mut Vec<Secret>,
) -> ProviderSettings {
    let prefix = prefix(provider);
    let mut settings = ProviderSettings::new(provider);
    let keys: &[&str] = match provider {
        Provider::Timeweb => &["TIMEWEB_API_TOKEN"],
        Provider::HuggingFace => &["HUGGINGFACE_TOKEN", "HUGGINGFACE_API_KEY"],
        Provider::Ollama => &[],
        Provider::OpenAi => &["OPENAI_API_KEY"],
        Provider::Gemini => &["GEMINI_API_KEY"],
        Provider::Groq => &["GROQ_API_KEY"],
    };
    // Every variable that is given is read, so that a malformed one is refused even beside another.
    let given: Vec<_> = keys
        .iter()
        .filter_map(|name| source.parse(name, values::key))
        .collect();
    settings.key = given.first().map(|key| alfa_llm::Secret::new(key.expose()));
    secrets.extend(given);
    let mut addresses = vec![format!("{prefix}_BASE_URL")];
    if provider == Provider::Ollama {
        addresses.push("OLLAMA_URL".to_owned());
    }
    let addresses: Vec<String> = addresses
        .iter()
        .filter_map(|name| source.parse(name, values::web_address))
        .collect();
    if let Some(address) = addresses.into_iter().next() {
        settings.base_url = if provider == Provider::Ollama {
            ollama(&address)
        } else {
            address
        };
    } else if provider == Provider::Ollama {
        // Nobody said that there is an Ollama on this computer.
        settings.base_url.clear();
    }
    if let Some(model) = source.parse(&format!("{prefix}_MODEL"), values::model) {
        settings.model = model;
    }
    if provider == Provider::Timeweb {
        let id = source.parse("TIMEWEB_AGENT_ACCESS_ID", values::key);
        settings.access_id = id.as_ref().map(|id| id.expose().to_owned());
        secrets.extend(id);
    }
    settings.limits = source
        .parse(&format!("{prefix}_LIMITS"), limits)
        .unwrap_or_else(|| LimitSettings {
            concurrency: Some(PARALLEL),
            ..LimitSettings::default()
        });
    settings.prices = source.parse(&format!("{prefix}_PRICES"), prices);
    settings.classes = source
        .parse(&format!("{prefix}_SEES"), classes)
        .unwrap_or_else(|| DataClass::ALL.into());
    if !to_cloud && provider != Provider::Ollama {
        settings.classes.remove(&DataClass::Dialog);
    }
    settings
}

/// The seed gives `http://localhost:11434`, the wire format lives below `/v1`.
fn ollama(address: &str) -> String {
    let address = address.trim_end_matches('/');
    if address.ends_with("/v1") {
        address.to_owned()
    } else {
        format!("{address}/v1")
    }
}

fn chain(text: &str) -> Result<Vec<Provider>, Message> {
    let bad = || Message::new("config.expected.ai_chain");
    if text == "off" {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for name in text.split(',') {
        let provider: Provider = name.trim().parse().map_err(|_| bad())?;
        if found.contains(&provider) {
            return Err(bad());
        }
        found.push(provider);
    }
    Ok(found)
}

fn writing(text: &str) -> Result<Writing, Message> {
    match text {
        "composed" => Ok(Writing::Composed),
        "written" => Ok(Writing::Written),
        _ => Err(Message::new("config.expected.ai_writing")),
    }
}

/// `parallel=2,rpm=10,rpd=200,tpm=8000,tpd=200000`, each once, in any order.
fn limits(text: &str) -> Result<LimitSettings, Message> {
    let bad = || Message::new("config.expected.ai_limits");
    let mut limits = LimitSettings {
        concurrency: Some(PARALLEL),
        ..LimitSettings::default()
    };
    let mut seen = BTreeSet::new();
    for part in text.split(',') {
        let (name, number) = part.split_once('=').ok_or_else(bad)?;
        let name = name.trim();
        let number: u32 = number.trim().parse().ok().filter(|n| *n > 0).ok_or_else(bad)?;
        if !seen.insert(name.to_owned()) {
            return Err(bad());
        }
        match name {
            "parallel" => limits.concurrency = Some(number),
            "rpm" => limits.requests_per_minute = Some(u64::from(number)),
            "rpd" => limits.requests_per_day = Some(u64::from(number)),
            "tpm" => limits.tokens_per_minute = Some(u64::from(number)),
            "tpd" => limits.tokens_per_day = Some(u64::from(number)),
            _ => return Err(bad()),
        }
    }
    Ok(limits)
}

/// `0.25/2`: what a million tokens cost, of the prompt and of the answer, in whole units of the vendor's currency.
fn prices(text: &str) -> Result<Prices, Message> {
    let bad = || Message::new("config.expected.ai_prices");
    let micros = |price: &str| -> Option<i64> {
        let price: f64 = price.trim().parse().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "bounded just here")]
        (0.0..=1e6).contains(&price).then(|| (price * 1e6).round() as i64)
    };
    let (prompt, completion) = text.split_once('/').ok_or_else(bad)?;
    Ok(Prices {
        prompt_micros_per_million: micros(prompt).ok_or_else(bad)?,
        completion_micros_per_million: micros(completion).ok_or_else(bad)?,
    })
}

/// `public,profile,dialog`: what a provider may see.
fn classes(text: &str) -> Result<BTreeSet<DataClass>, Message> {
    let one = |name: &str| match name.trim() {
        "public" => Some(DataClass::Public),
        "profile" => Some(DataClass::Profile),
        "dialog" => Some(DataClass::Dialog),
        _ => None,
    };
    text.split(',')
        .map(one)
        .collect::<Option<_>>()
        .ok_or_else(|| Message::new("config.expected.ai_classes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(pairs: &[(&str, &str)]) -> (Providers, usize) {
        let environment = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        let mut source = Source::new(environment, None);
        let providers = read(&mut source);
        (providers, source.into_refusals().len())
    }

    fn found(of: &[ProviderSettings], provider: Provider) -> &ProviderSettings {
        of.iter().find(|settings| settings.provider == provider).unwrap()
    }

    #[test]
    fn without_anything_no_provider_is_configured() {
        let (providers, refusals) = read_from(&[]);
        assert_eq!(refusals, 0);
        assert_eq!((providers.outreach.len(), providers.assistant.len()), (4, 2));
        let all = providers.outreach.iter().chain(&providers.assistant);
        assert!(all.into_iter().all(|settings| !configured(settings)));
    }

    fn configured(settings: &ProviderSettings) -> bool {
        settings.is_configured() && !settings.base_url.is_empty()
    }

    #[test]
    fn each_provider_is_read_by_its_own_variables() {
        let (providers, refusals) = read_from(&[
            ("GEMINI_API_KEY", "invented-gemini-key"),
            ("GEMINI_LIMITS", "rpd=20, parallel=1"),
            ("GEMINI_PRICES", "0.25/2"),
            ("OLLAMA_URL", "http://localhost:11434"),
            ("HUGGINGFACE_API_KEY", "invented-hf-key"),
            ("GROQ_API_KEY", "invented-groq-key"),
            ("GROQ_SEES", "public"),
            ("AI_OUTREACH", "ollama,gemini,groq"),
            ("AI_WRITING", "composed"),
        ]);
        assert_eq!(refusals, 0);
        let order: Vec<Provider> = providers
            .outreach
            .iter()
            .map(|settings| settings.provider)
            .collect();
        assert_eq!(order, [Provider::Ollama, Provider::Gemini, Provider::Groq]);
        let gemini = found(&providers.outreach, Provider::Gemini);
        assert_eq!(gemini.limits.requests_per_day, Some(20));
        assert_eq!(gemini.limits.concurrency, Some(1));
        assert_eq!(gemini.prices.unwrap().prompt_micros_per_million, 250_000);
        assert_eq!(
            found(&providers.outreach, Provider::Ollama).base_url,
            "http://localhost:11434/v1"
        );
        assert_eq!(found(&providers.outreach, Provider::Groq).classes.len(), 1);
        assert_eq!(providers.writing, Writing::Composed);
        assert!(!format!("{providers:?}").contains("invented"));
    }

    #[test]
    fn dialogs_stay_at_home_when_told_so() {
        let (providers, _) = read_from(&[("AI_DIALOG_TEXT", "local")]);
        for settings in providers.outreach.iter().chain(&providers.assistant) {
            let sees = settings.classes.contains(&DataClass::Dialog);
            assert_eq!(
                sees,
                settings.provider == Provider::Ollama,
                "{}",
                settings.provider.name()
            );
        }
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for (name, value) in [
            ("AI_OUTREACH", "gemini,gemini"),
            ("AI_OUTREACH", "chatgpt"),
            ("AI_WRITING", "free"),
            ("GEMINI_LIMITS", "rpm=0"),
            ("GEMINI_LIMITS", "rpm=5,rpm=6"),
            ("GEMINI_LIMITS", "speed=5"),
            ("GROQ_PRICES", "1"),
            ("GROQ_PRICES", "-1/2"),
            ("GROQ_SEES", "everything"),
        ] {
            assert_eq!(read_from(&[(name, value)]).1, 1, "{name}={value}");
        }
    }
}

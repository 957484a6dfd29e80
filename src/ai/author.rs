//! A message written by a provider. What it writes ends in the grounding check: on a violation it is asked once more
//! with the violation named, then the next provider is asked; when none writes what may leave, the offline composer
//! does. Every violation is recorded.

use alfa_llm::{Completion, Json, Masker, Prompt, PromptBuilder, Provider, Purpose, Request};
use alfa_store::ai::{NewViolation, record_violations};

use super::{ChainClock, Person};
use crate::app::App;
use crate::error::AppResult;
use crate::writing::Draft;
use crate::writing::model::{Ask, Brief, Fault, Kind, ask, draft};

/// The longest answer, in tokens: models that think first count their thoughts.
const MAX_TOKENS: u32 = 1_500;
/// How often one provider is asked for one message.
const TRIES: usize = 2;
/// Violations named to a provider.
const NAMED_FAULTS: usize = 5;

/// A message and who wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Authored {
    pub draft: Draft,
    pub provider: Provider,
}

/// Lets the providers write. `None`: none is configured, or none wrote anything that may leave in time.
pub async fn write(app: &App, brief: &Brief<'_>, person: &Person) -> Option<Authored> {
    let chain = app.ai.outreach();
    if !chain.is_configured() {
        return None;
    }
    let purpose = match brief.kind {
        Kind::First => Purpose::Outreach,
        Kind::Answer { .. } => Purpose::Reply,
    };
    let way = app.ai.way();
    let asked = ask(way, brief);
    let until = app.clock.now().plus_ms(person.patience_ms);
    for state in chain.states().iter().filter(|state| state.configured) {
        let one = chain.select(&[state.provider]);
        let mut faults: Vec<Fault> = Vec::new();
        for _ in 0..TRIES {
            let left_ms = until.0 - app.clock.now().0;
            if left_ms <= 0 {
                return None;
            }
            let prompt = prompt_of(app, &asked, &person.masker, &faults);
            // Who may not see profiles can still write a first message to anybody.
            let without_profile = matches!(brief.kind, Kind::First).then(|| {
                let bare = Ask {
                    profile: String::new(),
                    ..asked.clone()
                };
                prompt_of(app, &bare, &person.masker, &faults)
            });
            let mut request = Request::new(purpose, &prompt);
            request.reduced_prompt = without_profile.as_ref();
            request.deadline_ms = left_ms;
            request.max_tokens = MAX_TOKENS;
            request.json = Json::Object;
            let Ok(Completion { text, provider, .. }) = one.complete(&request).await else {
                break;
            };
            match draft(way, &text, brief) {
                Ok(draft) => return Some(Authored { draft, provider }),
                Err(found) => {
                    if let Err(error) = record(app, purpose, provider, &found, person.contact_id).await {
                        tracing::warn!(%error, "violations could not be recorded");
                    }
                    faults = found;
                }
            }
        }
    }
    None
}

fn prompt_of(app: &App, asked: &Ask, masker: &Masker, faults: &[Fault]) -> Prompt {
    let clock = ChainClock(app.clock.clone());
    let mut prompt = PromptBuilder::new(asked.system, masker.clone(), &clock).public(&asked.public);
    if !asked.profile.is_empty() {
        prompt = prompt.profile(&asked.profile);
    }
    for text in &asked.dialog {
        prompt = prompt.person_wrote(text);
    }
    let task = if faults.is_empty() {
        "Write it now.".to_owned()
    } else {
        // The kinds alone: the text may hold what the person wrote.
        let mut kinds: Vec<&str> = faults.iter().map(|fault| fault.kind).collect();
        kinds.dedup();
        kinds.truncate(NAMED_FAULTS);
        format!(
            "Your last answer broke these rules: {}. Write it anew and keep every rule.",
            kinds.join(", ")
        )
    };
    prompt.task(&task).build()
}

async fn record(
    app: &App,
    purpose: Purpose,
    provider: Provider,
    faults: &[Fault],
    contact_id: Option<i64>,
) -> AppResult<()> {
    let kinds: Vec<&str> = faults.iter().map(|fault| fault.kind).collect();
    tracing::warn!(
        provider = provider.name(),
        ?kinds,
        "what a provider wrote may not leave"
    );
    let rows = faults
        .iter()
        .map(|fault| NewViolation {
            purpose: purpose.word(),
            provider: provider.name(),
            kind: fault.kind,
            found: fault.found.clone(),
            contact_id,
        })
        .collect();
    let tx = app.begin().await?;
    record_violations(&tx, rows, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

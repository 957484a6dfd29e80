//! The first message of a campaign to one person: from its template, or composed from the knowledge base.

use alfa_store::UnixMillis;
use alfa_store::entity::{campaigns, contacts};
use alfa_store::outreach::campaign::DEFAULT_BATCH;
use alfa_store::types::{Approval, CampaignState};
use serde_json::json;

use super::service::CampaignRequest;
use crate::ai;
use crate::app::App;
use crate::inbox::service::LONGEST_MESSAGE_CHARS;
use crate::knowledge::{DayPart, Form, KnowledgeBase, Language, Product};
use crate::text::Lang;
use crate::writing::check::CheckContext;
use crate::writing::compose::{FirstMessageOptions, first_message as compose};
use crate::writing::recommend::recommend;
use crate::writing::template::{TemplateContext, render, variant};
use crate::writing::vet::vetted;
use crate::writing::{Draft, Profile, ToldFacts};

/// A written message.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Its text.
    pub text: String,
    /// The facts and blocks that it uses and who wrote it, as JSON.
    pub facts: Option<String>,
    /// Who wrote it: `template`, a provider, or `offline`.
    pub provider: &'static str,
}

/// Comes after every campaign that there is.
const UNSAVED_ID: i64 = i64::MAX;
/// Who wrote a message that an operator's template gave.
pub(super) const TEMPLATE: &str = "template";

/// Writes the first message: from the operator's template (whose text is the operator's own and is not checked), by an
/// AI provider, or by the offline composer, whose choices `seed` decides, so that the same row always reads the same.
/// The providers have `patience_ms` milliseconds.
///
/// # Errors
/// The reason, by name, when there is nothing to write about.
pub async fn first_message(
    app: &App,
    campaign: &campaigns::Model,
    contact: &contacts::Model,
    seed: u64,
    patience_ms: i64,
) -> Result<Drafted, &'static str> {
    let kb = app.knowledge();
    let today = app.today();
    let profile = profile_of(contact);
    let product = product_for(&kb, campaign, &profile);
    let templates = templates_of(campaign);
    if let Some(template) = templates.get(variant(campaign.id, contact.id, templates.len())) {
        let context = TemplateContext {
            profile: &profile,
            product,
            kb: &kb,
            language: profile.writes_in(),
            persona: None,
            today,
        };
        return drafted(render(template, &context), TEMPLATE, &kb);
    }
    let options = FirstMessageOptions {
        language: profile.writes_in(),
        form: Form::Formal,
        day_part: DayPart::Neutral,
        seed,
        today,
        disclosure: app.config.ai_disclosure,
        persona: None,
        avoid: &[],
    };
    let product = product.ok_or("no_product")?;
    let person = ai::Person::of(Some(contact), patience_ms);
    if let Some(written) = ai::first_message(app, &profile, product, &options, &person).await {
        return drafted(written.draft, written.provider.name(), &kb);
    }
    let rules = CheckContext {
        kb: &kb,
        products: vec![product],
        profile: Some(&profile),
        today,
    };
    let write = |seed| {
        let options = FirstMessageOptions {
            seed,
            ..options.clone()
        };
        Some(compose(&profile, product, &kb, &options))
    };
    let draft = vetted(&rules, seed, write, |draft| draft.text.as_str()).ok_or("not_grounded")?;
    drafted(draft, ai::OFFLINE, &kb)
}

/// A text that is neither empty nor too long, with what it rests on and who wrote it.
pub(super) fn drafted(
    draft: Draft,
    provider: &'static str,
    kb: &KnowledgeBase,
) -> Result<Drafted, &'static str> {
    if draft.text.trim().is_empty() {
        return Err("empty_text");
    }
    if draft.text.chars().count() > LONGEST_MESSAGE_CHARS {
        return Err("too_long");
    }
    Ok(Drafted {
        facts: Some(json!(ToldFacts::of(&draft, provider, kb)).to_string()),
        text: draft.text,
        provider,
    })
}

/// A campaign that is not made: for samples and forecasts. Its id is no campaign's.
pub fn unsaved(request: &CampaignRequest, now: UnixMillis) -> campaigns::Model {
    campaigns::Model {
        id: UNSAVED_ID,
        name: request.name.clone(),
        description: None,
        product_id: request.product_id,
        templates: (!request.templates.is_empty()).then(|| json!(request.templates).to_string()),
        approval: Approval::Auto,
        state: CampaignState::Draft,
        state_reason: None,
        scheduled_at: None,
        batch_size: DEFAULT_BATCH,
        delay_ms: None,
        started_at: None,
        completed_at: None,
        response_ms_sum: 0,
        response_count: 0,
        created_at: now,
        updated_at: now,
    }
}

/// The campaign's product; without one, what fits the person best.
pub(super) fn product_for<'a>(
    kb: &'a KnowledgeBase,
    campaign: &campaigns::Model,
    profile: &Profile,
) -> Option<&'a Product> {
    match campaign.product_id {
        Some(id) => kb.product(id),
        None => kb.product(recommend(profile, kb, Lang::Ru)?.best.product_id),
    }
}

/// The campaign's templates; none: the composer writes.
pub fn templates_of(campaign: &campaigns::Model) -> Vec<String> {
    campaign
        .templates
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

/// What is known of a contact, for writing.
pub fn profile_of(contact: &contacts::Model) -> Profile {
    Profile {
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
        profession: contact.profession.clone(),
        interests: contact
            .interests
            .as_deref()
            .map(Profile::split_list)
            .unwrap_or_default(),
        goal: contact.goal.clone(),
        age: contact.age.and_then(|age| u32::try_from(age).ok()),
        has: Vec::new(),
        said: Vec::new(),
        language: contact.language.as_deref().and_then(Language::parse),
    }
}

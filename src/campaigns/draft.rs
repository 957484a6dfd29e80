//! The first message of a campaign to one person: from its template, or composed from the knowledge base.

use alfa_store::entity::{campaigns, contacts};
use serde_json::json;

use crate::app::App;
use crate::inbox::service::LONGEST_MESSAGE_CHARS;
use crate::knowledge::{DayPart, Form, KnowledgeBase, Language, Product};
use crate::text::Lang;
use crate::writing::check::CheckContext;
use crate::writing::compose::{FirstMessageOptions, first_message as compose};
use crate::writing::recommend::recommend;
use crate::writing::template::{TemplateContext, render, variant};
use crate::writing::vet::vetted;
use crate::writing::{Draft, Profile};

/// A written message.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Its text.
    pub text: String,
    /// The facts and blocks that it uses, as JSON.
    pub facts: Option<String>,
}

/// Writes the first message; the text of an operator's template is the operator's own and is not checked. `seed` decides every choice, so that the same row always reads the same.
///
/// # Errors
/// The reason, by name, when there is nothing to write about.
pub fn first_message(
    app: &App,
    campaign: &campaigns::Model,
    contact: &contacts::Model,
    seed: u64,
) -> Result<Drafted, &'static str> {
    let kb = app.knowledge();
    let today = app.today();
    let profile = profile_of(contact);
    let product = product_for(&kb, campaign, &profile);
    let templates = templates_of(campaign);
    let draft = if let Some(template) = templates.get(variant(campaign.id, contact.id, templates.len())) {
        let context = TemplateContext {
            profile: &profile,
            product,
            kb: &kb,
            language: profile.writes_in(),
            persona: None,
            today,
        };
        render(template, &context)
    } else {
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
        let rules = CheckContext {
            kb: &kb,
            products: vec![product],
            profile: Some(&profile),
            today,
        };
        let write = |seed| {
            Some(compose(
                &profile,
                product,
                &kb,
                &FirstMessageOptions {
                    seed,
                    ..options.clone()
                },
            ))
        };
        vetted(&rules, seed, write, |draft| draft.text.as_str()).ok_or("not_grounded")?
    };
    if draft.text.trim().is_empty() {
        return Err("empty_text");
    }
    if draft.text.chars().count() > LONGEST_MESSAGE_CHARS {
        return Err("too_long");
    }
    Ok(drafted(draft))
}

fn drafted(draft: Draft) -> Drafted {
    let facts = json!({ "facts": draft.facts, "blocks": draft.blocks }).to_string();
    Drafted {
        text: draft.text,
        facts: Some(facts),
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

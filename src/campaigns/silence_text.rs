//! The text of a follow-up on silence: from its template, or composed of what was not said yet.

use alfa_store::Tx;
use alfa_store::entity::{campaigns, contacts};
use alfa_store::outreach::people;
use alfa_store::types::MessageDirection;

use super::draft::{Drafted, TEMPLATE, drafted, product_for, profile_of};
use crate::ai;
use crate::app::App;
use crate::error::AppResult;
use crate::knowledge::Form;
use crate::writing::check::CheckContext;
use crate::writing::reminder::{ReminderContext, reminder};
use crate::writing::template::{TemplateContext, render};
use crate::writing::vet::vetted;
use crate::writing::{Draft, FactRef, ToldFacts};

/// Messages to the person that the writer looks back on.
const LOOK_BACK: u64 = 40;

/// Writes the follow-up; the reason, by name, when nothing can be written. The text of an operator's template is the
/// operator's own and is not checked.
///
/// # Errors
/// When the database fails.
pub(super) async fn write(
    app: &App,
    tx: &Tx,
    campaign: &campaigns::Model,
    template: Option<&str>,
    contact: &contacts::Model,
    seed: u64,
) -> AppResult<Result<Drafted, &'static str>> {
    let history = people::newest_messages(tx, contact.id, LOOK_BACK).await?;
    let sent: Vec<String> = history
        .into_iter()
        .filter(|message| message.direction == MessageDirection::Out)
        .map(|message| message.text)
        .collect();
    let told: Vec<ToldFacts> = people::facts_told(tx, contact.id, LOOK_BACK)
        .await?
        .iter()
        .filter_map(|facts| serde_json::from_str(facts).ok())
        .collect();
    Ok(compose(app, campaign, template, contact, (&sent, told), seed))
}

fn compose(
    app: &App,
    campaign: &campaigns::Model,
    template: Option<&str>,
    contact: &contacts::Model,
    (sent, told): (&[String], Vec<ToldFacts>),
    seed: u64,
) -> Result<Drafted, &'static str> {
    let kb = app.knowledge();
    let today = app.today();
    let profile = profile_of(contact);
    let product = product_for(&kb, campaign, &profile);
    let disclosed = kb
        .blocks
        .ai_disclosure
        .iter()
        .any(|block| told.iter().any(|told| told.blocks.contains(&block.id)));
    let draft = if let Some(template) = template {
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
        let product = product.ok_or("no_product")?;
        let told: Vec<FactRef> = told.into_iter().flat_map(|told| told.facts).collect();
        let context = ReminderContext {
            kb: &kb,
            product,
            profile: &profile,
            language: profile.writes_in(),
            form: Form::Formal,
            told: &told,
            sent,
            disclose: app.config.ai_disclosure && !disclosed,
        };
        let rules = CheckContext {
            kb: &kb,
            products: vec![product],
            profile: Some(&profile),
            today,
        };
        let write = |seed| reminder(&context, seed, today);
        vetted(&rules, seed, write, |draft: &Draft| draft.text.as_str()).ok_or("nothing_new")?
    };
    let author = if template.is_some() { TEMPLATE } else { ai::OFFLINE };
    drafted(draft, author, &kb)
}

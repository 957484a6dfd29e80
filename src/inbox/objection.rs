//! An answer to a given objection, for `POST /api/ai/handle-objection`.

use alfa_llm::ASSISTANT_DEADLINE_MS;
use alfa_store::entity::contacts;
use chrono::NaiveDate;
use serde::Serialize;

use super::classify::Classification;
use crate::ai::{self, Person};
use crate::app::App;
use crate::knowledge::{Form, KnowledgeBase, Language, Product, ReplyClass};
use crate::writing::compose::opt_out_confirmation;
use crate::writing::follow_up::{FollowUp, FollowUpContext, Promise, follow_up, leading};
use crate::writing::{FactRef, Profile, guess_language};

/// The answer with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectionAnswer {
    /// The class that was answered.
    pub category: ReplyClass,
    /// All classes that hold.
    pub classes: Vec<ReplyClass>,
    /// 0 to 1.
    pub confidence: f32,
    pub response: String,
    pub language: Language,
    pub facts: Vec<FactRef>,
    pub promises: Vec<Promise>,
    /// Who wrote it: a provider or `offline`.
    pub provider: &'static str,
}

/// What is known beside the objection.
#[derive(Debug, Clone)]
pub struct ObjectionContext<'a> {
    pub kb: &'a KnowledgeBase,
    pub product: Option<&'a Product>,
    pub profile: &'a Profile,
    pub form: Form,
    /// The consent ledger says that the contact comes from the operator's list.
    pub on_list: bool,
    pub persona: Option<&'a str>,
    pub today: NaiveDate,
}

/// Answers an objection in the language in which it is written, by a provider or offline. `None`: the knowledge base has
/// no answer that fits.
pub async fn answer(
    app: &App,
    objection: &str,
    context: &ObjectionContext<'_>,
    contact: Option<&contacts::Model>,
    seed: u64,
) -> Option<ObjectionAnswer> {
    let person = Person::of(contact, ASSISTANT_DEADLINE_MS);
    let (classified, _) = ai::meaning(app, objection, &person.masker).await;
    let asked = asked(objection, context);
    match ai::answer(app, &classified.classes, &asked, &person).await {
        Some((written, provider)) => Some(told(&classified, written, provider.name())),
        None => offline(objection, &classified, context, seed),
    }
}

fn offline(
    objection: &str,
    classified: &Classification,
    context: &ObjectionContext<'_>,
    seed: u64,
) -> Option<ObjectionAnswer> {
    let asked = asked(objection, context);
    if classified.classes.contains(&ReplyClass::OptOut) {
        let draft = opt_out_confirmation(context.kb, asked.language, context.form, seed)?;
        let confirmed = FollowUp {
            class: ReplyClass::OptOut,
            draft,
            promises: Vec::new(),
        };
        return Some(told(classified, confirmed, ai::OFFLINE));
    }
    let written = follow_up(&classified.classes, &asked, seed, context.today)?;
    Some(told(classified, written, ai::OFFLINE))
}

fn asked<'a>(objection: &'a str, context: &ObjectionContext<'a>) -> FollowUpContext<'a> {
    FollowUpContext {
        kb: context.kb,
        product: context.product,
        profile: context.profile,
        language: guess_language(objection).unwrap_or_else(|| context.profile.writes_in()),
        form: context.form,
        said: objection,
        told: &[],
        sent: &[],
        on_list: context.on_list,
        persona: context.persona,
    }
}

fn told(classified: &Classification, written: FollowUp, provider: &'static str) -> ObjectionAnswer {
    ObjectionAnswer {
        category: leading(&classified.classes).unwrap_or(written.class),
        classes: classified.classes.clone(),
        confidence: classified.confidence,
        response: written.draft.text,
        language: written.draft.language,
        facts: written.draft.facts,
        promises: written.promises,
        provider,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::classify::classify;

    fn answered(objection: &str, product: Option<i64>) -> ObjectionAnswer {
        let kb = KnowledgeBase::sample().unwrap();
        let context = ObjectionContext {
            kb: &kb,
            product: product.and_then(|id| kb.product(id)),
            profile: &Profile::default(),
            form: Form::Formal,
            on_list: false,
            persona: None,
            today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        };
        offline(objection, &classify(objection), &context, 5).unwrap()
    }

    #[test]
    fn answers_with_the_fact_asked_about() {
        let answer = answered("А какая процентная ставка?", Some(3));
        assert_eq!(answer.category, ReplyClass::PriceRate);
        assert!(answer.response.contains("18,9"), "{}", answer.response);
        assert_eq!(answer.facts[0].attribute, "rate");
    }

    #[test]
    fn answers_without_a_product_and_in_english() {
        let answer = answered("This is a scam", None);
        assert_eq!(
            (answer.category, answer.language),
            (ReplyClass::NoTrust, Language::En)
        );
        assert!(!answer.response.contains("{{"));
    }

    #[test]
    fn a_stop_is_confirmed() {
        let answer = answered("Не пишите мне больше", Some(1));
        assert_eq!((answer.category, answer.confidence), (ReplyClass::OptOut, 1.0));
        assert!(
            answer.facts.is_empty() && !answer.response.contains('?'),
            "{}",
            answer.response
        );
    }
}

//! An answer to a given objection, for `POST /api/ai/handle-objection`: classified and answered offline.

use chrono::NaiveDate;
use serde::Serialize;

use super::classify::{Classification, classify};
use crate::knowledge::{Form, KnowledgeBase, Language, Product, ReplyClass};
use crate::writing::compose::opt_out_confirmation;
use crate::writing::follow_up::{FollowUpContext, Promise, follow_up, leading};
use crate::writing::{Draft, FactRef, Profile, guess_language};

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

/// Answers an objection in the language in which it is written. `None`: the knowledge base has no answer that fits.
pub fn answer(objection: &str, context: &ObjectionContext<'_>, seed: u64) -> Option<ObjectionAnswer> {
    let Classification {
        classes, confidence, ..
    } = classify(objection);
    let language = guess_language(objection).unwrap_or_else(|| context.profile.writes_in());
    if classes.contains(&ReplyClass::OptOut) {
        let draft = opt_out_confirmation(context.kb, language, context.form, seed)?;
        return Some(answered(
            ReplyClass::OptOut,
            classes,
            confidence,
            draft,
            Vec::new(),
        ));
    }
    let asked = FollowUpContext {
        kb: context.kb,
        product: context.product,
        profile: context.profile,
        language,
        form: context.form,
        said: objection,
        told: &[],
        sent: &[],
        on_list: context.on_list,
        persona: context.persona,
    };
    let written = follow_up(&classes, &asked, seed, context.today)?;
    let category = leading(&classes).unwrap_or(written.class);
    Some(answered(
        category,
        classes,
        confidence,
        written.draft,
        written.promises,
    ))
}

fn answered(
    category: ReplyClass,
    classes: Vec<ReplyClass>,
    confidence: f32,
    draft: Draft,
    promises: Vec<Promise>,
) -> ObjectionAnswer {
    ObjectionAnswer {
        category,
        classes,
        confidence,
        response: draft.text,
        language: draft.language,
        facts: draft.facts,
        promises,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        answer(objection, &context, 5).unwrap()
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

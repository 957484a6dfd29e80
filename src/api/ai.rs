//! What the writing engine knows: a recommendation, an answer to an objection, a check of a text.

use super::ApiState;
use super::ai_input::{CheckInput, ObjectionInput, RecommendQuery};
use super::extract::{Json, Query};
use super::language::of;
use crate::ai;
use crate::campaigns::draft::profile_of;
use crate::contacts::manual::on_operators_list;
use crate::error::{AppError, AppResult, Message};
use crate::inbox::objection::{self, ObjectionContext};
use crate::knowledge::{KnowledgeBase, Product};
use crate::writing::check::{CheckContext, check};
use crate::writing::recommend::{Scored, in_words, recommend};
use crate::writing::{guess_form, stable_hash};
use alfa_store::entity::contacts;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// The product that fits, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecommendAnswer {
    pub product: RecommendedProduct,
    pub score: i64,
    /// Why, in words.
    pub reasons: Vec<String>,
    /// What fits next.
    pub alternatives: Vec<ScoredProduct>,
    /// The recommendation in a sentence or two.
    pub text: String,
    /// Who thought of it: `offline` without a provider.
    pub provider: &'static str,
}

/// A product in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecommendedProduct {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub link: String,
}

/// A product with its score.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoredProduct {
    pub product_id: i64,
    pub product: String,
    pub score: i64,
    pub reasons: Vec<String>,
}

impl From<Scored> for ScoredProduct {
    fn from(scored: Scored) -> Self {
        Self {
            product_id: scored.product_id,
            product: scored.product,
            score: scored.score,
            reasons: scored.reasons,
        }
    }
}

/// The product that fits a contact, or a person described by the parameters.
///
/// # Errors
/// `Invalid`; `NotFound`; `Conflict` when the person has every product.
#[utoipa::path(get, path = "/api/ai/recommend-product", tag = "ai", params(RecommendQuery), responses((status = 200, body = RecommendAnswer)))]
pub async fn recommend_product(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<RecommendQuery>,
) -> AppResult<axum::Json<RecommendAnswer>> {
    let contact = contact_of(&state, query.contact_id).await?;
    let profile = query.profile(contact.as_ref().map(profile_of).unwrap_or_default());
    let lang = of(&headers);
    let base = state.app().knowledge();
    let mut found = recommend(&profile, &base, lang)
        .ok_or_else(|| AppError::conflict("has_every_product", Message::new("error.has_every_product")))?;
    let provider = ai::choose(
        state.app(),
        &mut found,
        &profile,
        &ai::Person::of(contact.as_ref(), 0).masker,
    )
    .await
    .unwrap_or(ai::OFFLINE);
    let product = base
        .product(found.best.product_id)
        .ok_or(AppError::NotFound { what: "product" })?;
    let language = super::knowledge::language(lang);
    let info = product.info(language, state.app().today(), base.sample);
    let rules = CheckContext {
        kb: &base,
        products: vec![product],
        profile: Some(&profile),
        today: state.app().today(),
    };
    let text = in_words(info.name, info.description, &found.best.reasons, &rules);
    Ok(axum::Json(RecommendAnswer {
        product: RecommendedProduct {
            id: info.id,
            name: info.name.to_owned(),
            description: info.description.to_owned(),
            link: info.link.to_owned(),
        },
        score: found.best.score,
        reasons: found.best.reasons,
        alternatives: found.alternatives.into_iter().map(ScoredProduct::from).collect(),
        text,
        provider,
    }))
}

/// The answer to an objection.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionAnswer {
    /// What kind of reply it is.
    pub category: &'static str,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    pub response: String,
    /// The facts that the answer tells.
    #[schema(value_type = Vec<Object>)]
    pub facts: Vec<serde_json::Value>,
    pub provider: &'static str,
}

/// Answers an objection: short, with a fact of the product, and one soft question.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when the knowledge base has no answer that fits.
#[utoipa::path(post, path = "/api/ai/handle-objection", tag = "ai", request_body = ObjectionInput, responses((status = 200, body = ObjectionAnswer)))]
pub async fn handle_objection(
    State(state): State<ApiState>,
    Json(input): Json<ObjectionInput>,
) -> AppResult<axum::Json<ObjectionAnswer>> {
    let contact = contact_of(&state, input.contact_id).await?;
    let base = state.app().knowledge();
    let product = input
        .product_id
        .map(|id| product_of(&base, "product_id", id))
        .transpose()?;
    let context = ObjectionContext {
        kb: &base,
        product,
        profile: &contact.as_ref().map(profile_of).unwrap_or_default(),
        form: guess_form(&input.objection).unwrap_or_default(),
        on_list: contact.as_ref().is_some_and(on_operators_list),
        persona: None,
        today: state.app().today(),
    };
    let seed = stable_hash(&[
        input.objection.as_bytes(),
        &input.contact_id.unwrap_or(0).to_be_bytes(),
    ]);
    let answer = objection::answer(state.app(), &input.objection, &context, contact.as_ref(), seed)
        .await
        .ok_or_else(|| AppError::conflict("no_answer", Message::new("error.no_answer")))?;
    let facts = answer
        .facts
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<_, _>>()
        .map_err(AppError::internal)?;
    Ok(axum::Json(ObjectionAnswer {
        category: answer.category.name(),
        confidence: answer.confidence,
        response: answer.response,
        facts,
        provider: answer.provider,
    }))
}

/// What a text may not say.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViolationAnswer {
    /// Where it begins, in characters.
    pub start: usize,
    /// Where it ends; this character is not in it.
    pub end: usize,
    pub kind: &'static str,
    /// In words.
    pub message: String,
}

/// The verdict on a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckAnswer {
    /// It may leave.
    pub ok: bool,
    pub violations: Vec<ViolationAnswer>,
}

/// Checks a text against the knowledge base: numbers, dates, links, promises, names.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/ai/check", tag = "ai", request_body = CheckInput, responses((status = 200, body = CheckAnswer)))]
pub async fn check_text(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<CheckInput>,
) -> AppResult<axum::Json<CheckAnswer>> {
    let lang = of(&headers);
    let base = state.app().knowledge();
    let inline = input.inline_products()?;
    let products = match (&inline, input.product_id) {
        (Some(products), _) => products.iter().collect(),
        (None, Some(id)) => vec![product_of(&base, "product_id", id)?],
        (None, None) => Vec::new(),
    };
    let profile = match contact_of(&state, input.contact_id).await? {
        Some(contact) => Some(profile_of(&contact)),
        None => input.profile(),
    };
    let context = CheckContext {
        kb: &base,
        products,
        profile: profile.as_ref(),
        today: state.app().today(),
    };
    let violations: Vec<ViolationAnswer> = check(&input.text, &context)
        .iter()
        .map(|found| ViolationAnswer {
            start: found.start,
            end: found.end,
            kind: found.kind.key().trim_start_matches("check."),
            message: found.text(lang),
        })
        .collect();
    Ok(axum::Json(CheckAnswer {
        ok: violations.is_empty(),
        violations,
    }))
}

async fn contact_of(state: &ApiState, contact_id: Option<i64>) -> AppResult<Option<contacts::Model>> {
    let Some(id) = contact_id else { return Ok(None) };
    Ok(Some(alfa_store::contacts::get(state.store().reader(), id).await?))
}

fn product_of<'a>(base: &'a KnowledgeBase, field: &str, id: i64) -> AppResult<&'a Product> {
    base.product(id)
        .ok_or_else(|| AppError::invalid(field, Message::new("error.product_not_found")))
}

//! What is sent to the writing engine.

use super::check::{Checks, Input};
use super::extract::Strict;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::Product;
use crate::writing::Profile;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const MAX_TEXT_CHARS: usize = 4096;
const MAX_FIELD_CHARS: usize = 1000;
const MAX_ENTRIES: usize = 50;
const MAX_NAME_CHARS: usize = 200;

/// Who is to be advised.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecommendQuery {
    #[param(minimum = 1)]
    pub contact_id: Option<i64>,
    #[param(max_length = 1000)]
    profession: Option<String>,
    /// Comma-separated.
    #[param(max_length = 1000)]
    interests: Option<String>,
    #[param(minimum = 1, maximum = 120)]
    age: Option<u32>,
    #[param(max_length = 1000)]
    goal: Option<String>,
    /// Names of products that the person has, comma-separated.
    #[param(max_length = 1000)]
    has: Option<String>,
}

impl Input for RecommendQuery {
    fn check(&self, checks: &mut Checks) {
        checks.range("contact_id", self.contact_id, 1, i64::MAX);
        checks.optional_text("profession", self.profession.as_deref(), MAX_FIELD_CHARS);
        checks.optional_text("interests", self.interests.as_deref(), MAX_FIELD_CHARS);
        checks.optional_text("goal", self.goal.as_deref(), MAX_FIELD_CHARS);
        checks.optional_text("has", self.has.as_deref(), MAX_FIELD_CHARS);
        checks.range("age", self.age, 1, 120);
    }
}

impl RecommendQuery {
    /// What is known, with what the parameters say over it.
    #[must_use]
    pub fn profile(self, known: Profile) -> Profile {
        Profile {
            profession: self.profession.or(known.profession),
            interests: self
                .interests
                .as_deref()
                .map_or(known.interests, Profile::split_list),
            age: self.age.or(known.age),
            goal: self.goal.or(known.goal),
            has: self.has.as_deref().map_or(known.has, Profile::split_list),
            ..known
        }
    }
}

/// An objection, in the person's own words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionInput {
    #[schema(min_length = 1, max_length = 4096)]
    pub objection: String,
    #[schema(minimum = 1)]
    pub contact_id: Option<i64>,
    #[schema(minimum = 1)]
    pub product_id: Option<i64>,
}

impl Input for ObjectionInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("objection", &self.objection, 1, MAX_TEXT_CHARS);
        checks.range("contact_id", self.contact_id, 1, i64::MAX);
        checks.range("product_id", self.product_id, 1, i64::MAX);
    }
}

/// Whom a text is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileInput {
    #[schema(max_length = 200)]
    first_name: Option<String>,
    #[schema(max_length = 200)]
    last_name: Option<String>,
    #[schema(max_length = 1000)]
    profession: Option<String>,
    /// Comma-separated.
    #[schema(max_length = 1000)]
    interests: Option<String>,
    #[schema(max_length = 1000)]
    goal: Option<String>,
    #[schema(minimum = 1, maximum = 120)]
    age: Option<u32>,
    /// What the person wrote.
    #[schema(max_items = 50)]
    said: Option<Vec<String>>,
}

/// A product that the knowledge base does not have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InlineProduct {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(max_length = 2000)]
    link: Option<String>,
    #[schema(value_type = Option<Vec<InlineFact>>, max_items = 50)]
    facts: Option<Vec<Strict<InlineFact>>>,
}

/// A number in the fact's unit, or words.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub enum NumberOrText {
    Number(f64),
    Text(String),
}

/// How a value binds.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoundWord {
    UpTo,
    From,
    Exact,
}

/// The unit of a value.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitWord {
    Percent,
    PercentPerYear,
    #[serde(rename = "RUB")]
    Rub,
    #[serde(rename = "RUB_per_month")]
    RubPerMonth,
    #[serde(rename = "RUB_per_year")]
    RubPerYear,
    Day,
    Month,
    Minute,
    Piece,
    Text,
}

/// A fact of such a product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InlineFact {
    #[schema(min_length = 1, max_length = 200)]
    attribute: String,
    value: NumberOrText,
    /// `exact` when it is left out.
    bound: Option<BoundWord>,
    unit: UnitWord,
}

/// A text to check, and what it may speak of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInput {
    #[schema(min_length = 1, max_length = 4096)]
    pub text: String,
    #[schema(minimum = 1)]
    pub product_id: Option<i64>,
    #[schema(value_type = Option<Vec<InlineProduct>>, max_items = 50)]
    products: Option<Vec<Strict<InlineProduct>>>,
    #[schema(value_type = Option<ProfileInput>)]
    profile: Option<Strict<ProfileInput>>,
    #[schema(minimum = 1)]
    pub contact_id: Option<i64>,
}

impl Input for CheckInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("text", &self.text, 1, MAX_TEXT_CHARS);
        checks.range("product_id", self.product_id, 1, i64::MAX);
        checks.range("contact_id", self.contact_id, 1, i64::MAX);
        let products = self.products.as_deref().unwrap_or_default();
        checks.count("products", products.len(), MAX_ENTRIES);
        for (index, product) in products.iter().enumerate() {
            product.check(checks, &format!("products[{index}]"));
        }
        if let Some(profile) = &self.profile {
            profile.check(checks);
        }
    }
}

impl InlineProduct {
    fn check(&self, checks: &mut Checks, path: &str) {
        checks.text(&format!("{path}.name"), &self.name, 1, MAX_NAME_CHARS);
        checks.optional_text(&format!("{path}.link"), self.link.as_deref(), 2000);
        let facts = self.facts.as_deref().unwrap_or_default();
        checks.count(&format!("{path}.facts"), facts.len(), MAX_ENTRIES);
        for (index, fact) in facts.iter().enumerate() {
            checks.text(
                &format!("{path}.facts[{index}].attribute"),
                &fact.attribute,
                1,
                MAX_NAME_CHARS,
            );
        }
    }
}

impl ProfileInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("profile.first_name", self.first_name.as_deref(), MAX_NAME_CHARS);
        checks.optional_text("profile.last_name", self.last_name.as_deref(), MAX_NAME_CHARS);
        checks.optional_text("profile.profession", self.profession.as_deref(), MAX_FIELD_CHARS);
        checks.optional_text("profile.interests", self.interests.as_deref(), MAX_FIELD_CHARS);
        checks.optional_text("profile.goal", self.goal.as_deref(), MAX_FIELD_CHARS);
        checks.range("profile.age", self.age, 1, 120);
        let said = self.said.as_deref().unwrap_or_default();
        checks.count("profile.said", said.len(), MAX_ENTRIES);
        for (index, text) in said.iter().enumerate() {
            checks.text(&format!("profile.said[{index}]"), text, 0, MAX_TEXT_CHARS);
        }
    }
}

impl CheckInput {
    /// The inline products as the knowledge base would hold them.
    ///
    /// # Errors
    /// `Invalid` naming the product whose facts make no sense.
    pub fn inline_products(&self) -> AppResult<Option<Vec<Product>>> {
        let Some(products) = &self.products else {
            return Ok(None);
        };
        let made = products
            .iter()
            .enumerate()
            .map(|(index, product)| product.full(index));
        made.collect::<AppResult<Vec<_>>>().map(Some)
    }

    /// Whom the text is for, as the request says.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        let given = self.profile.as_ref()?;
        Some(Profile {
            first_name: given.first_name.clone(),
            last_name: given.last_name.clone(),
            profession: given.profession.clone(),
            interests: given
                .interests
                .as_deref()
                .map(Profile::split_list)
                .unwrap_or_default(),
            goal: given.goal.clone(),
            age: given.age,
            said: given.said.clone().unwrap_or_default(),
            ..Profile::default()
        })
    }
}

impl InlineProduct {
    fn full(&self, index: usize) -> AppResult<Product> {
        let facts: Vec<serde_json::Value> = self.facts.iter().flatten().map(|fact| fact.full()).collect();
        let product = serde_json::json!({
            // The knowledge base's own ids are positive.
            "id": -1 - i64::try_from(index).unwrap_or(i64::MAX / 2),
            "name": {"ru": self.name},
            "points": 0,
            "kind": "service",
            "description": {"ru": ""},
            "link": self.link.as_deref().unwrap_or_default(),
            "facts": facts,
        });
        serde_json::from_value(product).map_err(|cause| {
            let message = Message::new("error.wrong_type").with("expected", cause);
            AppError::invalid(format!("products[{index}].facts"), message)
        })
    }
}

impl InlineFact {
    fn full(&self) -> serde_json::Value {
        serde_json::json!({
            "attribute": self.attribute,
            "label": {"ru": self.attribute},
            "value": self.value,
            "bound": self.bound.unwrap_or(BoundWord::Exact),
            "unit": self.unit,
            "display": {"ru": ""},
            "valid_from": null,
            "valid_to": null,
            "source": "",
            "sentences": {"ru": []},
        })
    }
}

//! Money in answers: whole minor units, the currency, and how people write it.

use super::ApiState;
pub use crate::money::{formatted, minor_units};
use crate::text::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Money {
    /// Whole minor units (kopecks, cents).
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// As people write it, in the language of the answer.
    pub formatted: String,
}

/// How the answer's reader writes money.
#[derive(Debug, Clone)]
pub struct Purse {
    currency: String,
    lang: Lang,
}

impl Purse {
    /// The business's currency in this language.
    #[must_use]
    pub fn of(state: &ApiState, lang: Lang) -> Self {
        Self {
            currency: state.app().config.currency.clone(),
            lang,
        }
    }

    /// An amount in minor units.
    #[must_use]
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency.clone(),
            formatted: formatted(minor, &self.currency, self.lang),
        }
    }
}

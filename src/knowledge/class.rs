//! The classes of a reply, which are also the classes of approved answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a reply means. Several may hold at once; `OptOut` wins over all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyClass {
    /// Price, rate, fee or payment.
    PriceRate,
    AlreadyHave,
    NoNeed,
    NoTrust,
    /// Not now, or with somebody's advice first.
    ThinkLater,
    BadExperience,
    /// Wants a living person, a call or a specialist.
    AskConsultant,
    FearOfDebt,
    /// Who writes, where is my number from.
    WhoAreYou,
    OptOut,
    Interest,
    /// Any question about the product but its price.
    Question,
    /// Nothing to react to.
    Other,
}

impl ReplyClass {
    /// Every class, in the order of the specification.
    pub const ALL: [Self; 13] = [
        Self::PriceRate,
        Self::AlreadyHave,
        Self::NoNeed,
        Self::NoTrust,
        Self::ThinkLater,
        Self::BadExperience,
        Self::AskConsultant,
        Self::FearOfDebt,
        Self::WhoAreYou,
        Self::OptOut,
        Self::Interest,
        Self::Question,
        Self::Other,
    ];

    /// The class's name as stored and as in the API, `price_rate` and so on.
    pub fn name(self) -> &'static str {
        match self {
            Self::PriceRate => "price_rate",
            Self::AlreadyHave => "already_have",
            Self::NoNeed => "no_need",
            Self::NoTrust => "no_trust",
            Self::ThinkLater => "think_later",
            Self::BadExperience => "bad_experience",
            Self::AskConsultant => "ask_consultant",
            Self::FearOfDebt => "fear_of_debt",
            Self::WhoAreYou => "who_are_you",
            Self::OptOut => "opt_out",
            Self::Interest => "interest",
            Self::Question => "question",
            Self::Other => "other",
        }
    }

    /// The class of that name; a name that is none of ours (a model's invention) is `None`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Position in [`Self::ALL`].
    pub fn index(self) -> usize {
        Self::ALL
            .iter()
            .position(|class| *class == self)
            .unwrap_or_default()
    }
}

//! The funnel: where a person stands, and which moves are allowed.

use alfa_store::types::FunnelStage;
use serde::{Deserialize, Serialize};

/// `new → contacted → replied → interested → offered → applied → won`, or `lost`, or `opted_out`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    New,
    Contacted,
    Replied,
    Interested,
    Offered,
    Applied,
    Won,
    Lost,
    OptedOut,
}

/// Why a person was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostReason {
    NoNeed,
    AlreadyHas,
    NoTrust,
    Price,
    FearOfDebt,
    BadExperience,
    Silent,
    Competitor,
    Refused,
    Other,
}

impl Stage {
    /// Every stage in the order of the funnel.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Contacted,
        Self::Replied,
        Self::Interested,
        Self::Offered,
        Self::Applied,
        Self::Won,
        Self::Lost,
        Self::OptedOut,
    ];

    /// The stage's name as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Contacted => "contacted",
            Self::Replied => "replied",
            Self::Interested => "interested",
            Self::Offered => "offered",
            Self::Applied => "applied",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::OptedOut => "opted_out",
        }
    }

    /// The stage of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// The stage as the tables have it.
    pub fn of(stored: FunnelStage) -> Self {
        Self::parse(stored.as_str()).unwrap_or_default()
    }

    /// The stage in the word of the tables.
    pub fn stored(self) -> FunnelStage {
        self.name().parse().unwrap_or(FunnelStage::New)
    }

    /// The stages from which this one may be reached.
    pub fn reached_from(self) -> Vec<FunnelStage> {
        let before = Self::ALL.into_iter().filter(|from| from.may_become(self));
        before.map(Self::stored).collect()
    }

    /// Whether a person of the team may move somebody here by hand. That somebody has said stop is recorded as an
    /// opt-out, which does more; and nobody is new again.
    pub fn by_hand(self) -> bool {
        !matches!(self, Self::New | Self::OptedOut)
    }

    /// Whether this move may be made. The funnel goes forward, steps may be left out; a lost person may come back by
    /// replying; "stop" is possible everywhere, and undone only by a new consent (back to `new`).
    pub fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (from, to) if from == to => false,
            (_, Self::OptedOut) | (Self::OptedOut, Self::New) => true,
            (Self::OptedOut, _) => false,
            (Self::Won, Self::Lost) => false,
            (_, Self::Lost) => true,
            // A customer may be asked about another product.
            (Self::Lost | Self::Won, to) => matches!(to, Self::Replied | Self::Interested),
            (from, to) => to > from,
        }
    }

    /// The later of the two, where the move is allowed; else the present stage.
    pub fn advanced(self, next: Self) -> Self {
        if self.may_become(next) { next } else { self }
    }
}

impl LostReason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::NoNeed,
        Self::AlreadyHas,
        Self::NoTrust,
        Self::Price,
        Self::FearOfDebt,
        Self::BadExperience,
        Self::Silent,
        Self::Competitor,
        Self::Refused,
        Self::Other,
    ];

    /// The reason's name as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoNeed => "no_need",
            Self::AlreadyHas => "already_has",
            Self::NoTrust => "no_trust",
            Self::Price => "price",
            Self::FearOfDebt => "fear_of_debt",
            Self::BadExperience => "bad_experience",
            Self::Silent => "silent",
            Self::Competitor => "competitor",
            Self::Refused => "refused",
            Self::Other => "other",
        }
    }

    /// The reason of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_forward_or_out_or_back_by_reply() {
        for from in Stage::ALL {
            assert!(!from.may_become(from));
            assert_eq!(Stage::parse(from.name()), Some(from));
            assert_eq!(from.may_become(Stage::OptedOut), from != Stage::OptedOut);
            for to in Stage::ALL {
                let backward = to < from && !matches!(from, Stage::Lost | Stage::Won | Stage::OptedOut);
                if backward {
                    assert!(!from.may_become(to), "{from:?} → {to:?}");
                }
            }
        }
        assert!(Stage::ALL.iter().all(|stage| Stage::of(stage.stored()) == *stage));
        assert_eq!(
            Stage::Contacted.reached_from(),
            [FunnelStage::New],
            "a lost person comes back by replying only"
        );
        assert!(Stage::Lost.may_become(Stage::Replied));
        assert!(!Stage::Lost.may_become(Stage::Contacted));
        assert!(!Stage::OptedOut.may_become(Stage::Contacted));
        assert_eq!(Stage::Offered.advanced(Stage::Replied), Stage::Offered);
    }
}

//! What a caller may learn. The assistant and the agents see what the caller would see, and say so when it is less.

use super::tool::Domain;
use crate::access::{Caller, Scope};

/// The role that works with the inbox and contacts, and not with money.
const OPERATOR: &str = "operator";

/// The rights of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    reads: bool,
    money: bool,
}

impl Rights {
    /// Of this caller.
    #[must_use]
    pub fn of(caller: &Caller) -> Self {
        let money = match caller {
            Caller::User(user) => user.role != OPERATOR,
            _ => true,
        };
        Self {
            reads: caller.may(Scope::Read),
            money,
        }
    }

    /// Whether figures of this kind may be shown.
    #[must_use]
    pub fn may(self, domain: Domain) -> bool {
        self.reads && (self.money || domain != Domain::Revenue)
    }

    /// Whether money may be shown.
    #[must_use]
    pub fn money(self) -> bool {
        self.may(Domain::Revenue)
    }
}

//! What an administrator may set while Alfa runs: over the environment, which is over the defaults. Pure.

use alfa_store::types::Approval;
use serde::{Deserialize, Serialize};

use super::{MOST_UNANSWERED, Policy};
use crate::clock::{HOUR_MS, SECOND_MS};
use crate::config::{Config, QuietHours};
use crate::outbox::pacer::DEFAULT_GAP_MS;

/// Campaigns may write to one person so often in 30 days.
const CAMPAIGN_MESSAGES_PER_30_DAYS: u64 = 4;
/// Hours for which campaigns leave a person alone, unless set.
const DEFAULT_RECENT_HOURS: u32 = 24;

/// The settings in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Dialogs that an account may begin in any 24 hours.
    pub new_dialogs_per_day: u32,
    /// When nobody is written to, in the recipient's time zone.
    pub quiet_hours: Option<QuietHours>,
    /// Hours after any message for which campaigns leave a person alone.
    pub recently_contacted_hours: u32,
    /// Bounds of the pause between two new dialogs when the campaign names none, in milliseconds.
    pub pause_ms: (i64, i64),
    /// Whether drafts of a campaign that does not say so leave by themselves.
    pub approval: Approval,
    /// How long a burst of messages is let settle before it is answered, in milliseconds.
    pub settle_ms: i64,
    /// How many messages the AI may send without an answer.
    pub max_unanswered: i32,
}

/// Quiet hours as they are set: none is a choice, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quiet {
    /// There are none.
    Off,
    /// These.
    Hours(QuietHours),
}

/// What an administrator has set; the rest is as the environment says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_dialogs_per_day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<Quiet>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recently_contacted_hours: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_min_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_max_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_unanswered: Option<i32>,
}

impl Changes {
    /// These, with newer ones over them.
    #[must_use]
    pub fn then(&self, newer: &Self) -> Self {
        Self {
            new_dialogs_per_day: newer.new_dialogs_per_day.or(self.new_dialogs_per_day),
            quiet_hours: newer.quiet_hours.or(self.quiet_hours),
            recently_contacted_hours: newer.recently_contacted_hours.or(self.recently_contacted_hours),
            pause_min_ms: newer.pause_min_ms.or(self.pause_min_ms),
            pause_max_ms: newer.pause_max_ms.or(self.pause_max_ms),
            approval: newer.approval.or(self.approval),
            settle_ms: newer.settle_ms.or(self.settle_ms),
            max_unanswered: newer.max_unanswered.or(self.max_unanswered),
        }
    }
}

impl Settings {
    /// The settings under a configuration and what was set over it.
    #[must_use]
    pub fn new(config: &Config, set: &Changes) -> Self {
        let quiet_hours = match set.quiet_hours {
            None => config.quiet_hours,
            Some(Quiet::Off) => None,
            Some(Quiet::Hours(hours)) => Some(hours),
        };
        Self {
            new_dialogs_per_day: set.new_dialogs_per_day.unwrap_or(config.new_dialogs_per_day),
            quiet_hours,
            recently_contacted_hours: set.recently_contacted_hours.unwrap_or(DEFAULT_RECENT_HOURS),
            pause_ms: (
                set.pause_min_ms.unwrap_or(DEFAULT_GAP_MS.0),
                set.pause_max_ms.unwrap_or(DEFAULT_GAP_MS.1),
            ),
            approval: set.approval.unwrap_or(config.approval),
            settle_ms: set
                .settle_ms
                .unwrap_or_else(|| i64::try_from(config.settle_ms).unwrap_or(SECOND_MS)),
            max_unanswered: set.max_unanswered.unwrap_or(MOST_UNANSWERED),
        }
    }

    /// What the gate asks for.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            quiet_hours: self.quiet_hours,
            campaign_messages_per_30_days: CAMPAIGN_MESSAGES_PER_30_DAYS,
            recent_ms: i64::from(self.recently_contacted_hours) * HOUR_MS,
            most_unanswered: self.max_unanswered,
        }
    }
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Nobody has said anything.
    Default,
    /// The environment or `.env`.
    Environment,
    /// An administrator has set it.
    Set,
}

impl Source {
    /// Of a setting that was `set` or not, and that a variable of the environment may give.
    #[must_use]
    pub fn of(config: &Config, set: bool, variable: Option<&str>) -> Self {
        match variable {
            _ if set => Self::Set,
            Some(name) if config.policy_given.contains(&name) => Self::Environment,
            _ => Self::Default,
        }
    }
}

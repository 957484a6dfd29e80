//! The settings that an administrator may change while Alfa runs.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Json, Query, given};
use super::paging::NoQuery;
use super::word::Approval;
use crate::access::Caller;
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::config::{QuietHours, minute_of_day};
use crate::error::{AppError, AppResult, Message};
use crate::policy::settings::{Changes, Quiet, Source};
use crate::policy::{MOST_UNANSWERED, service};
use axum::Extension;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most new dialogs of an account in a day.
const MOST_NEW_DIALOGS: u32 = 10_000;
/// Longest time for which campaigns leave a person alone, in hours: 30 days.
const MOST_RECENT_HOURS: u32 = 720;
/// Bounds of the pause between two new dialogs, in seconds.
const PAUSE_SECONDS: (f64, f64) = (2.0, 600.0);
/// Longest time for which a burst is let settle, in seconds.
const MOST_SETTLE_SECONDS: f64 = 300.0;

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicySource {
    /// Nobody has said anything.
    Default,
    /// The environment or `.env`.
    Environment,
    /// An administrator has set it.
    Set,
}

impl From<Source> for PolicySource {
    fn from(source: Source) -> Self {
        match source {
            Source::Default => Self::Default,
            Source::Environment => Self::Environment,
            Source::Set => Self::Set,
        }
    }
}

/// The settings in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyView {
    /// Dialogs that an account may begin in any 24 hours.
    pub daily_new_dialogs: u32,
    /// When quiet hours begin in the recipient's time zone, `21:00`; null: there are none.
    pub quiet_from: Option<String>,
    /// When they end.
    pub quiet_to: Option<String>,
    /// Hours after any message for which campaigns leave a person alone.
    pub recently_contacted_hours: u32,
    /// The shortest pause between two new dialogs of a campaign that names none.
    pub pause_seconds_min: f64,
    /// The longest.
    pub pause_seconds_max: f64,
    /// Whether drafts of a campaign that does not say so leave by themselves.
    pub approval: Approval,
    /// How long a burst of messages is let settle before it is answered.
    pub settle_seconds: f64,
    /// How many messages the AI may send without an answer.
    pub max_unanswered: i32,
    pub source: PolicySources,
}

/// Where each setting comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicySources {
    pub daily_new_dialogs: PolicySource,
    pub quiet_from: PolicySource,
    pub quiet_to: PolicySource,
    pub recently_contacted_hours: PolicySource,
    pub pause_seconds_min: PolicySource,
    pub pause_seconds_max: PolicySource,
    pub approval: PolicySource,
    pub settle_seconds: PolicySource,
    pub max_unanswered: PolicySource,
}

/// Settings to change: what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyChange {
    #[schema(minimum = 1, maximum = 10_000)]
    daily_new_dialogs: Option<u32>,
    /// `HH:MM`; null, together with `quiet_to`: no quiet hours.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    quiet_from: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    quiet_to: Option<Option<String>>,
    #[schema(minimum = 1, maximum = 720)]
    recently_contacted_hours: Option<u32>,
    #[schema(minimum = 2, maximum = 600)]
    pause_seconds_min: Option<f64>,
    #[schema(minimum = 2, maximum = 600)]
    pause_seconds_max: Option<f64>,
    approval: Option<Approval>,
    #[schema(minimum = 0, maximum = 300)]
    settle_seconds: Option<f64>,
    #[schema(minimum = 1, maximum = 3)]
    max_unanswered: Option<i32>,
}

impl Input for PolicyChange {
    fn check(&self, checks: &mut Checks) {
        checks.range("daily_new_dialogs", self.daily_new_dialogs, 1, MOST_NEW_DIALOGS);
        checks.range(
            "recently_contacted_hours",
            self.recently_contacted_hours,
            1,
            MOST_RECENT_HOURS,
        );
        let (least, most) = PAUSE_SECONDS;
        checks.range("pause_seconds_min", self.pause_seconds_min, least, most);
        checks.range("pause_seconds_max", self.pause_seconds_max, least, most);
        checks.range("settle_seconds", self.settle_seconds, 0.0, MOST_SETTLE_SECONDS);
        checks.range("max_unanswered", self.max_unanswered, 1, MOST_UNANSWERED);
        for (field, value) in [("quiet_from", &self.quiet_from), ("quiet_to", &self.quiet_to)] {
            if let Some(Some(text)) = value
                && minute_of_day(text).is_none()
            {
                checks.refuse(field, Message::new("policy.clock"));
            }
        }
    }
}

impl PolicyChange {
    fn changes(&self, present: Option<QuietHours>) -> AppResult<Changes> {
        Ok(Changes {
            new_dialogs_per_day: self.daily_new_dialogs,
            quiet_hours: self.quiet(present)?,
            recently_contacted_hours: self.recently_contacted_hours,
            pause_min_ms: self.pause_seconds_min.map(milliseconds),
            pause_max_ms: self.pause_seconds_max.map(milliseconds),
            approval: self.approval.map(|approval| approval.0),
            settle_ms: self.settle_seconds.map(milliseconds),
            max_unanswered: self.max_unanswered,
        })
    }

    /// The quiet hours that the two fields mean together; a field that is left out is as it is at present.
    fn quiet(&self, present: Option<QuietHours>) -> AppResult<Option<Quiet>> {
        if self.quiet_from.is_none() && self.quiet_to.is_none() {
            return Ok(None);
        }
        let minute = |field: &Option<Option<String>>, present: Option<u16>| match field {
            Some(text) => text.as_deref().and_then(minute_of_day),
            None => present,
        };
        let from = minute(&self.quiet_from, present.map(|hours| hours.from_minute));
        let to = minute(&self.quiet_to, present.map(|hours| hours.to_minute));
        let refuse = |field: &str, key| Err(AppError::invalid(field, Message::new(key)));
        match (from, to) {
            (None, None) => Ok(Some(Quiet::Off)),
            (Some(from), Some(to)) if from == to => refuse("quiet_to", "policy.quiet_empty"),
            (Some(from_minute), Some(to_minute)) => Ok(Some(Quiet::Hours(QuietHours {
                from_minute,
                to_minute,
            }))),
            (None, Some(_)) => refuse("quiet_from", "policy.quiet_half"),
            (Some(_), None) => refuse("quiet_to", "policy.quiet_half"),
        }
    }
}

/// Seconds within a few minutes as whole milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the checks before")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * SECOND_MS as f64).round() as i64
}

fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / SECOND_MS as f64
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn present(app: &App) -> PolicyView {
    let (settings, set) = (app.settings(), app.changes());
    let source = |set: bool, variable| PolicySource::from(Source::of(&app.config, set, variable));
    let quiet = source(set.quiet_hours.is_some(), Some("QUIET_HOURS"));
    PolicyView {
        daily_new_dialogs: settings.new_dialogs_per_day,
        quiet_from: settings.quiet_hours.map(|hours| clock(hours.from_minute)),
        quiet_to: settings.quiet_hours.map(|hours| clock(hours.to_minute)),
        recently_contacted_hours: settings.recently_contacted_hours,
        pause_seconds_min: seconds(settings.pause_ms.0),
        pause_seconds_max: seconds(settings.pause_ms.1),
        approval: settings.approval.into(),
        settle_seconds: seconds(settings.settle_ms),
        max_unanswered: settings.max_unanswered,
        source: PolicySources {
            daily_new_dialogs: source(set.new_dialogs_per_day.is_some(), Some("NEW_DIALOGS_PER_DAY")),
            quiet_from: quiet,
            quiet_to: quiet,
            recently_contacted_hours: source(set.recently_contacted_hours.is_some(), None),
            pause_seconds_min: source(set.pause_min_ms.is_some(), None),
            pause_seconds_max: source(set.pause_max_ms.is_some(), None),
            approval: source(set.approval.is_some(), Some("APPROVAL")),
            settle_seconds: source(set.settle_ms.is_some(), Some("SETTLE_SECONDS")),
            max_unanswered: source(set.max_unanswered.is_some(), None),
        },
    }
}

/// The rules of writing to people that are in force, and where each comes from.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "policy", path = "/api/policy", tag = "system", responses((status = 200, body = PolicyView)))]
pub async fn get(
    State(state): State<ApiState>,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<PolicyView>> {
    Ok(axum::Json(present(state.app())))
}

/// Changes rules of writing to people. They hold at once: for the next message, and for what waits.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(patch, operation_id = "change_policy", path = "/api/policy", tag = "system", request_body = PolicyChange,
    responses((status = 200, body = PolicyView)))]
pub async fn change(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Json(change): Json<PolicyChange>,
) -> AppResult<axum::Json<PolicyView>> {
    let app = state.app();
    let changes = change.changes(app.settings().quiet_hours)?;
    service::change(app, &changes, &caller.name()).await?;
    Ok(axum::Json(present(app)))
}

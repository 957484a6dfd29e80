//! What the pages must know of this Alfa: which mode, whose time and money, what is not as it should be.

use super::ApiState;
use super::extract::Query;
use super::language::of;
use super::paging::NoQuery;
use super::reason::words;
use super::word::{Approval, ConsentBasis};
use crate::accounts::state::why_none_sends;
use crate::campaigns::sending_accounts;
use crate::config::QuietHours;
use crate::error::AppResult;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// What this Alfa is.
#[derive(Debug, Serialize, ToSchema)]
pub struct About {
    pub version: &'static str,
    /// `sandbox`: its own simulated Telegram; `production`: the real one.
    pub mode: &'static str,
    /// Every call must say who calls.
    pub closed: bool,
    /// IANA name of the business's time zone.
    pub time_zone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// The language of whoever asks for none.
    pub language: &'static str,
    /// When no campaign writes, in the recipient's time: `21:00-09:00`; null: no quiet hours.
    pub quiet_hours: Option<String>,
    /// Dialogs that an account begins in 24 hours.
    pub new_dialogs_per_day: u32,
    pub approval: Approval,
    /// The first message that an AI writes says so.
    pub ai_disclosure: bool,
    /// What is recorded for uploaded contacts when nothing is said.
    pub upload_consent: ConsentBasis,
    /// What is not as it should be; empty when all is well.
    pub degraded: Vec<Degraded>,
}

/// Something that is not as it should be.
#[derive(Debug, Serialize, ToSchema)]
pub struct Degraded {
    /// By name: `no_account`, `account_restricted` and the like.
    pub code: String,
    /// In words.
    pub text: String,
}

/// What this Alfa is, and what is not as it should be.
///
/// # Errors
/// Of the database.
#[utoipa::path(get, operation_id = "about", path = "/api/system", tag = "system", responses((status = 200, body = About)))]
pub async fn about(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<About>> {
    let app = state.app();
    let (config, settings) = (&app.config, app.settings());
    let mut degraded = Vec::new();
    if sending_accounts(app).await?.is_empty() {
        let code = why_none_sends(app).await?;
        degraded.push(Degraded {
            text: words(of(&headers), code),
            code: code.to_owned(),
        });
    }
    Ok(axum::Json(About {
        version: env!("CARGO_PKG_VERSION"),
        mode: if config.sandbox() { "sandbox" } else { "production" },
        closed: state.closed(),
        time_zone: config.timezone.name().to_owned(),
        currency: config.currency.clone(),
        language: crate::text::Lang::default().code(),
        quiet_hours: settings.quiet_hours.map(spelt),
        new_dialogs_per_day: settings.new_dialogs_per_day,
        approval: settings.approval.into(),
        ai_disclosure: config.ai_disclosure,
        upload_consent: config.upload_consent.into(),
        degraded,
    }))
}

fn spelt(hours: QuietHours) -> String {
    let clock = |minute| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{}-{}", clock(hours.from_minute), clock(hours.to_minute))
}

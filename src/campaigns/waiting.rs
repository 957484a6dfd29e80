//! Why a running campaign does not move, for the operator.

use alfa_store::UnixMillis;
use alfa_store::entity::campaigns;
use alfa_store::outreach::{lane, prepare};
use alfa_store::types::{AccountState, Approval, CampaignState};

use super::planner::sending_accounts;
use crate::accounts::state::why_none_sends;
use crate::app::App;
use crate::clock::DAY_MS;
use crate::error::AppResult;

/// Something that people of a campaign wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// `no_account`, `account_restricted` (all that there are), `approval`, `quiet_hours`, `lookups_limited`, `daily_budget`, or `account_` with the account's state.
    pub reason: String,
    /// Which account.
    pub account_id: Option<i64>,
    /// Until when, where that is known.
    pub until: Option<UnixMillis>,
}

/// What the people of a campaign who are left wait for, beside the pacing.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for(app: &App, campaign: &campaigns::Model) -> AppResult<Vec<Waiting>> {
    let db = app.store.reader();
    let mut found = Vec::new();
    let mut add = |reason: &str, account_id, until| {
        found.push(Waiting {
            reason: reason.to_owned(),
            account_id,
            until,
        });
    };
    if campaign.state != CampaignState::Running {
        return Ok(found);
    }
    if sending_accounts(app).await?.is_empty() {
        add(why_none_sends(app).await?, None, None);
    }
    if campaign.approval == Approval::Manual && prepare::drafts_total(db, campaign.id).await? > 0 {
        add("approval", None, None);
    }
    let quiet = prepare::waits_until(db, campaign.id, None, Some("quiet_hours")).await?;
    if quiet.is_some() {
        add("quiet_hours", None, quiet);
    }
    let now = app.clock.now();
    for account in alfa_store::accounts::list(db, crate::accounts::environment(app)).await? {
        let lookups = prepare::waits_until(db, campaign.id, Some(account.id), Some("lookup_limited")).await?;
        let lookups = lookups.filter(|until| *until > now);
        if lookups.is_some() {
            add("lookups_limited", Some(account.id), lookups);
        }
        let until = if account.state == AccountState::Ready {
            match budget_ends(app, account.id).await? {
                None => continue,
                until => until,
            }
        } else {
            account.state_until
        };
        if prepare::waits_until(db, campaign.id, Some(account.id), None)
            .await?
            .is_some()
        {
            let reason = match account.state {
                AccountState::Ready => "daily_budget".to_owned(),
                state => format!("account_{state}"),
            };
            add(&reason, Some(account.id), until);
        }
    }
    Ok(found)
}

/// Until when the account may begin no dialog because it began as many as a day allows.
async fn budget_ends(app: &App, account_id: i64) -> AppResult<Option<UnixMillis>> {
    let most = u64::from(app.settings().new_dialogs_per_day);
    if !app.config.pacing || most == 0 {
        return Ok(None);
    }
    let begun = lane::begun(app.store.reader(), account_id, most).await?;
    let until = begun
        .first()
        .filter(|_| begun.len() as u64 == most)
        .map(|first| first.at.plus_ms(DAY_MS));
    Ok(until.filter(|until| *until > app.clock.now()))
}

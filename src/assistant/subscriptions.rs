//! Tools about subscriptions.

use alfa_store::crm::subscriptions;
use alfa_store::types::SubscriptionStatus;
use alfa_store::{Order, Page};
use serde_json::json;

use super::clients::{names, number};
use super::desk::{Desk, Outcome, iso};
use super::period::Period;
use super::tool::Call;
use crate::error::AppResult;

/// How many subscriptions run today.
pub async fn active(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let filter = subscriptions::Filter {
        active_on: Some(desk.today),
        ..Default::default()
    };
    let found = number(subscriptions::total(desk.db(), &filter).await?);
    let text = desk.say(
        "subscriptions_active",
        &[
            ("day", &desk.day(desk.today)),
            ("subscriptions", &desk.count(found, "subscription")),
        ],
    );
    Ok(desk.outcome(call, text).with("active_subscriptions", found))
}

/// Which subscriptions have their last day in the period.
pub async fn ending(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let soon = Period {
        from: desk.today,
        to: desk.today.plus(6),
    };
    let period = desk.period(call, soon);
    let filter = subscriptions::Filter {
        status: Some(SubscriptionStatus::Active),
        ends_from: Some(period.from),
        ends_to: Some(period.to),
        ..Default::default()
    };
    let total = number(subscriptions::total(desk.db(), &filter).await?);
    let order = Order::parse("ends_on", subscriptions::SORT_KEYS).unwrap_or(Order::NEWEST);
    let page = Page::first(u32::try_from(desk.rows(call)).unwrap_or(10));
    let found = subscriptions::list(desk.db(), &filter, order, &page).await?.items;
    let ids: Vec<i64> = found
        .iter()
        .map(|row| row.client_id.unwrap_or_default())
        .collect();
    let people = names(desk, &ids).await?;
    let lines: Vec<String> = people
        .iter()
        .zip(&found)
        .map(|(name, row)| format!("• {name} — {}", desk.day(row.ends_on)))
        .collect();
    let key = if total == 0 {
        "subscriptions_ending_none"
    } else {
        "subscriptions_ending"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("subscriptions", &desk.count(total, "subscription")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = people
        .iter()
        .zip(&found)
        .map(|(name, row)| json!({"subscription_id": row.id, "client_id": row.client_id, "name": name, "ends_on": iso(row.ends_on)}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("ending_subscriptions", total)
        .with("subscriptions", items)
        .over(period)
        .naming(people))
}

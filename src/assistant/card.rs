//! Tools about one client, and about birthdays.

use alfa_store::crm::{bookings, clients, debts, subscriptions};
use alfa_store::entity::{clients::Model as Client, subscriptions::Model as Subscription};
use alfa_store::types::Day;
use alfa_store::{Order, Page};
use serde_json::json;

use super::clients::{number, one, with_contacts};
use super::desk::{Desk, Outcome, iso, stamp};
use super::period::Unit;
use super::tool::Call;
use crate::crm::calendar::birthdays;
use crate::error::AppResult;

/// Subscriptions that a card tells of.
const MOST_SUBSCRIPTIONS: u32 = 3;

/// A card.
pub async fn card(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let (client, contact) = match one(desk, call).await? {
        Ok(found) => found,
        Err(outcome) => return Ok(outcome),
    };
    let held = subscriptions::Filter {
        client_id: Some(client.id),
        active_on: Some(desk.today),
        ..Default::default()
    };
    let active = number(subscriptions::total(desk.db(), &held).await?);
    let page = Page::first(MOST_SUBSCRIPTIONS);
    let running = subscriptions::list(desk.db(), &held, Order::NEWEST, &page)
        .await?
        .items;
    let next = bookings::next_of_client(desk.db(), client.id, desk.now).await?;
    let last = if client.last_visit_day == Day(0) {
        desk.say("never", &[])
    } else {
        desk.day(client.last_visit_day)
    };
    let mut text = desk.say(
        "client_card",
        &[
            ("name", &contact.name),
            ("status", &desk.say(&format!("status_{}", client.status), &[])),
            ("since", &desk.day(client.created_day)),
            ("visits", &desk.count(client.visits, "visit")),
            ("last", &last),
            ("subscriptions", &desk.count(active, "subscription")),
            (
                "next",
                &next
                    .as_ref()
                    .map_or_else(|| desk.say("none_yet", &[]), |row| desk.moment(row.starts_at)),
            ),
        ],
    );
    for row in &running {
        text.push(' ');
        text.push_str(&runs(desk, row));
    }
    let birthday = day_of_year(&client);
    if let Some(day) = &birthday {
        text.push(' ');
        text.push_str(&desk.say("card_birthday", &[("day", day)]));
    }
    let subscriptions: Vec<_> = running
        .iter()
        .map(|row| json!({"id": row.id, "ends_on": iso(row.ends_on), "visits_left": row.visits_left}))
        .collect();
    let mut outcome = desk
        .outcome(call, String::new())
        .with("subscriptions", subscriptions)
        .with("birthday", birthday)
        .with("client_id", client.id)
        .with("name", contact.name.clone())
        .with("status", client.status.as_str())
        .with("created_on", iso(client.created_day))
        .with("visits", client.visits)
        .with(
            "last_visit",
            if client.last_visit_day == Day(0) {
                json!(null)
            } else {
                iso(client.last_visit_day).into()
            },
        )
        .with("active_subscriptions", active)
        .with("next_booking", next.as_ref().map(|row| stamp(row.starts_at)))
        .naming(vec![contact.name.clone()]);
    if desk.rights.money() {
        let owed = debts::of_client(
            desk.db(),
            client.id,
            debts::At {
                now: desk.now,
                today: desk.today,
            },
        )
        .await?;
        text.push(' ');
        text.push_str(&desk.say("client_owes", &[("owed", &desk.money(owed))]));
        outcome = outcome.with_money(desk, "owed", owed);
    }
    outcome.text = text;
    Ok(outcome)
}

/// Until when a subscription runs, and how many visits are left of it.
fn runs(desk: &Desk, row: &Subscription) -> String {
    let until = desk.day(row.ends_on);
    match row.visits_left {
        Some(left) => {
            let left = desk.count(left.into(), "visit");
            desk.say("card_subscription", &[("until", &until), ("left", &left)])
        }
        None => desk.say("card_subscription_unlimited", &[("until", &until)]),
    }
}

/// Day and month, as they are written.
fn day_of_year(client: &Client) -> Option<String> {
    let day = client.birth_month_day?;
    Some(format!("{:02}.{:02}", day % 100, day / 100))
}

/// Whose birthday is in the period.
pub async fn birthdays_in(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Week));
    let (from, to) = birthdays(period.from, period.to);
    let filter = clients::Filter {
        birthday_from: Some(from),
        birthday_to: Some(to),
        ..Default::default()
    };
    let total = number(clients::total(desk.db(), &filter).await?);
    let page = Page::first(u32::try_from(desk.rows(call)).unwrap_or(10));
    let found = with_contacts(
        desk,
        clients::list(desk.db(), &filter, Order::NEWEST, &page)
            .await?
            .items,
    )
    .await?;
    let when = |client: &Client| day_of_year(client).unwrap_or_default();
    let lines: Vec<String> = found
        .iter()
        .map(|(client, contact)| format!("• {} — {}", contact.name, when(client)))
        .collect();
    let key = if total == 0 { "birthdays_none" } else { "birthdays" };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("clients", &desk.count(total, "client")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .map(|(client, contact)| json!({"id": client.id, "name": contact.name, "birthday": when(client)}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("count", total)
        .with("clients", items)
        .over(period)
        .naming(found.into_iter().map(|(_, contact)| contact.name).collect()))
}

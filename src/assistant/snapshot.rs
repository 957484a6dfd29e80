//! The business at a glance.

use alfa_store::crm::snapshot::{self, Snapshot};
use serde_json::{Map, Value};

use super::desk::{Desk, Outcome};
use super::kept::Glance;
use super::tool::{Args, Call, Tool};
use crate::error::AppResult;

/// The figures of now.
///
/// # Errors
/// When the database fails.
pub async fn figures(desk: &Desk) -> AppResult<Snapshot> {
    let (days, now) = (desk.calendar.days(desk.now), desk.now);
    let read = async || {
        Ok(Glance {
            figures: snapshot::read(desk.db(), days, now).await?,
            days,
            read_at: now,
        })
    };
    let memory = &desk.app.memory.glance;
    let glance = memory
        .get(&desk.app.store, |kept| kept.holds(days, now), read)
        .await?;
    Ok(glance.figures)
}

/// The figures as they stand in `data`: money in minor units, and absent for who may not see it.
#[must_use]
pub fn data(desk: &Desk, of: &Snapshot) -> Map<String, Value> {
    let call = Call {
        tool: Tool::Snapshot,
        args: Args::default(),
    };
    let mut outcome = desk
        .outcome(&call, String::new())
        .with("total_clients", of.total_clients)
        .with("active_clients", of.active_clients)
        .with("new_clients_today", of.new_clients_today)
        .with("new_clients_week", of.new_clients_week)
        .with("new_clients_month", of.new_clients_month)
        .with("today_bookings", of.today_bookings)
        .with("available_slots_today", of.available_slots_today);
    if desk.rights.money() {
        outcome = outcome
            .with_money(desk, "revenue_today", of.revenue_today.net_minor())
            .with_money(desk, "revenue_week", of.revenue_week.net_minor())
            .with_money(desk, "revenue_month", of.revenue_month.net_minor());
    }
    outcome.data
}

/// The figures in words.
///
/// # Errors
/// When the database fails.
pub async fn tell(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let of = figures(desk).await?;
    let mut text = desk.say(
        "snapshot",
        &[
            ("day", &desk.day(desk.today)),
            ("clients", &desk.count(of.total_clients, "client")),
            ("active", &desk.count(of.active_clients, "active")),
            ("new_today", &desk.number(of.new_clients_today)),
            ("new_week", &desk.number(of.new_clients_week)),
            ("new_month", &desk.number(of.new_clients_month)),
            ("bookings", &desk.number(of.today_bookings)),
            ("free", &desk.number(of.available_slots_today)),
        ],
    );
    text.push('\n');
    text.push_str(&if desk.rights.money() {
        desk.say(
            "snapshot_money",
            &[
                ("today", &desk.money(of.revenue_today.net_minor())),
                ("week", &desk.money(of.revenue_week.net_minor())),
                ("month", &desk.money(of.revenue_month.net_minor())),
            ],
        )
    } else {
        desk.say("forbidden_revenue", &[])
    });
    let mut outcome = desk.outcome(call, text);
    outcome.data = data(desk, &of);
    Ok(outcome)
}

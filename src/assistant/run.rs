//! Runs a call: the one place from which tools are reached, by the offline engine, by providers and by outside agents.

use alfa_store::crm::directions;

use super::desk::{Desk, Ending, Outcome, forbidden};
use super::tool::{Call, Tool};
use super::{card, clients, load, outreach, revenue, schedule, seats, snapshot, subscriptions};
use crate::error::AppResult;

/// That the business has no such direction, and which it has; nothing when it has it.
async fn no_direction(desk: &Desk, call: &Call, code: &str) -> AppResult<Option<Outcome>> {
    let known = directions::all(desk.db()).await?;
    if known.iter().any(|one| one.code == code) {
        return Ok(None);
    }
    let codes: Vec<&str> = known.iter().map(|one| one.code.as_str()).collect();
    let text = desk.say("no_direction", &[("name", code), ("names", &codes.join(", "))]);
    let mut outcome = desk.outcome(call, text);
    outcome.ending = Ending::NoSuch;
    Ok(Some(outcome))
}

/// What a tool answers to this caller.
///
/// # Errors
/// When the database fails.
pub async fn run(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    if !desk.rights.may(call.tool.domain()) {
        return Ok(forbidden(desk, call));
    }
    if let Some(code) = call.args.direction.as_deref()
        && let Some(outcome) = no_direction(desk, call, code).await?
    {
        return Ok(outcome);
    }
    match call.tool {
        Tool::Snapshot => snapshot::tell(desk, call).await,
        Tool::ClientsCount => clients::count(desk, call).await,
        Tool::ClientsNew => clients::new(desk, call).await,
        Tool::ClientsSearch => clients::search(desk, call).await,
        Tool::ClientCard => card::card(desk, call).await,
        Tool::ClientsBySource => clients::by_source(desk, call).await,
        Tool::ClientsByStatus => clients::by_status(desk, call).await,
        Tool::ClientsInactive => clients::inactive(desk, call).await,
        Tool::Birthdays => card::birthdays_in(desk, call).await,
        Tool::OptedOut => clients::opted_out(desk, call).await,
        Tool::Duplicates => clients::duplicates(desk, call).await,
        Tool::Subscriptions => subscriptions::active(desk, call).await,
        Tool::SubscriptionsEnding => subscriptions::ending(desk, call).await,
        Tool::BookingsCount => schedule::count(desk, call).await,
        Tool::BookingsList => schedule::list(desk, call).await,
        Tool::FreeSeats => seats::free_seats(desk, call).await,
        Tool::FreePlaces => seats::free_places(desk, call).await,
        Tool::LoadByTrainer => load::by_trainer(desk, call).await,
        Tool::LoadByPlace => load::by_place(desk, call).await,
        Tool::LoadByHour => load::by_hour(desk, call).await,
        Tool::Cancellations => schedule::cancelled(desk, call).await,
        Tool::NoShows => schedule::no_shows(desk, call).await,
        Tool::NoShowsTop => schedule::no_shows_top(desk, call).await,
        Tool::NextBooking => schedule::next_booking(desk, call).await,
        Tool::RevenueTotal => revenue::total(desk, call).await,
        Tool::RevenueCompare => revenue::compare(desk, call).await,
        Tool::RevenueByService => revenue::by_service(desk, call).await,
        Tool::RevenueByTrainer => revenue::by_trainer(desk, call).await,
        Tool::RevenueByMethod => revenue::by_method(desk, call).await,
        Tool::RevenueByDirection => revenue::by_direction(desk, call).await,
        Tool::AveragePayment => revenue::average(desk, call).await,
        Tool::TopClients => revenue::top_clients(desk, call).await,
        Tool::Debtors => revenue::debtors(desk, call).await,
        Tool::Refunds => revenue::refunds(desk, call).await,
        Tool::CampaignFunnel => outreach::funnel(desk, call).await,
        Tool::CampaignsCompared => outreach::compared(desk, call).await,
        Tool::ReplyClasses => outreach::classes(desk, call).await,
        Tool::WaitingForAnswer => outreach::waiting(desk, call).await,
        Tool::BestVariant => outreach::variant(desk, call).await,
    }
}

//! The questions that the specification came with: each leads to its tool, or is said not to.

use alfa::assistant::tool::Tool;

use crate::studio::Studio;

/// The tool that answers an intent of the file; `None`: no figures are asked for.
fn tool_of(intent: &str) -> Option<Tool> {
    Some(match intent.trim_start_matches("follow_up:") {
        "clients.count" | "clients.count_by_status" => Tool::ClientsCount,
        "clients.new" | "clients.new_compare" => Tool::ClientsNew,
        "clients.search" => Tool::ClientsSearch,
        "clients.card" => Tool::ClientCard,
        "clients.by_source" => Tool::ClientsBySource,
        "clients.by_status" => Tool::ClientsByStatus,
        "clients.inactive_since" => Tool::ClientsInactive,
        "clients.birthdays" => Tool::Birthdays,
        "clients.opted_out" => Tool::OptedOut,
        "clients.duplicates" => Tool::Duplicates,
        "bookings.count" => Tool::BookingsCount,
        "bookings.list" => Tool::BookingsList,
        "schedule.free" => Tool::FreeSeats,
        "schedule.free_places" => Tool::FreePlaces,
        "schedule.load_by_trainer" => Tool::LoadByTrainer,
        "schedule.load_by_place" => Tool::LoadByPlace,
        "bookings.cancellations" => Tool::Cancellations,
        "bookings.no_shows" => Tool::NoShows,
        "bookings.no_shows_top" => Tool::NoShowsTop,
        "bookings.next_of_client" => Tool::NextBooking,
        "revenue.total" => Tool::RevenueTotal,
        "revenue.by_service" => Tool::RevenueByService,
        "revenue.by_trainer" => Tool::RevenueByTrainer,
        "revenue.by_method" => Tool::RevenueByMethod,
        "revenue.average" => Tool::AveragePayment,
        "revenue.compare" => Tool::RevenueCompare,
        "revenue.top_clients" => Tool::TopClients,
        "revenue.debtors" => Tool::Debtors,
        "revenue.refunds" => Tool::Refunds,
        "outreach.funnel" | "outreach.replies" | "outreach.read_rate" => Tool::CampaignFunnel,
        "outreach.reply_classes" => Tool::ReplyClasses,
        "outreach.waiting" => Tool::WaitingForAnswer,
        "outreach.best_variant" => Tool::BestVariant,
        "snapshot" => Tool::Snapshot,
        _ => return None,
    })
}

/// A line of the file: question, language, intent, kind of answer. Only questions are quoted.
pub fn lines() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in include_str!("seed_questions.csv").lines().skip(1) {
        let (question, rest) = match line.strip_prefix('"').and_then(|rest| rest.split_once("\",")) {
            Some((question, rest)) => (question, rest),
            None => line.split_once(',').unwrap(),
        };
        let intent = rest.split(',').nth(1).unwrap();
        found.push((question.to_owned(), intent.to_owned()));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_questions_of_the_specification_lead_to_their_tools() {
    let studio = Studio::filled().await;
    let lines = lines();
    assert!(lines.len() >= 75, "{}", lines.len());
    let mut wrong = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for (question, intent) in &lines {
        let wanted = tool_of(intent);
        if !intent.starts_with("follow_up:") && wanted.is_some() {
            before.clear();
        }
        let history = if intent.starts_with("follow_up:") {
            before.clone()
        } else {
            Vec::new()
        };
        let reply = studio.ask_after(&history, question).await;
        let used = reply.calls.first().map(|call| call.tool);
        if used != wanted || reply.message.starts_with("assistant.") || reply.message.contains("{{") {
            wrong.push(format!(
                "{question}: {used:?} instead of {wanted:?}: {}",
                reply.message
            ));
        }
        before.push(question);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The assistant's tools: typed, read-only questions to the store. Their names, arguments and who may ask.

use alfa_store::types::{BookingStatus, ClientStatus, PaymentMethod, PlaceKind};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What a tool's answer is about; who may see it hangs on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Clients.
    Clients,
    /// Sessions, bookings, places.
    Schedule,
    /// Money.
    Revenue,
    /// Campaigns and dialogs.
    Outreach,
    /// Something of everything; money only for who may see it.
    Business,
}

/// Arguments of a call. Each tool takes some of them; the others must be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Args {
    /// The first day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The first day of the period that is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_from: Option<NaiveDate>,
    /// The last day of the period that is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_to: Option<NaiveDate>,
    /// A client: words of the name, phone or contract number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// A trainer, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// A service, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// A place, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// A campaign, by name; the last one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The campaign that it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_campaign: Option<String>,
    /// A direction's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// A status of the things that are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `cash`, `transfer` or `card`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `hall`, `desk`, `meeting_room` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// From this time of the day, `15:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_time: Option<String>,
    /// To this time of the day, `18:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_time: Option<String>,
    /// Most rows of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Most rows of a tool's list.
pub const MOST_ROWS: u32 = 50;
/// Rows of a list when nobody says how many.
pub const USUAL_ROWS: u32 = 10;
/// The longest name in an argument, in characters.
const NAME_CHARS: usize = 200;

macro_rules! tools {
    ($($variant:ident $name:literal $domain:ident [$($arg:literal)*] $about:literal;)+) => {
        /// A tool.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tool { $(#[doc = $about] $variant),+ }

        impl Tool {
            /// Every tool.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name, for providers, agents and programs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it is about.
            #[must_use]
            pub const fn domain(self) -> Domain {
                match self { $(Self::$variant => Domain::$domain),+ }
            }

            /// What it is for, in words for a model.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $about),+ }
            }

            /// The arguments that it takes.
            #[must_use]
            pub const fn takes(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($arg),*]),+ }
            }
        }
    };
}

tools! {
    Snapshot "business_snapshot" Business [] "The business at a glance: clients, new clients, today's bookings and free seats, revenue of today, this week and this month.";
    ClientsCount "clients_count" Clients ["status" "direction"] "How many clients there are, of every status, and how many are active.";
    ClientsNew "clients_new" Clients ["from" "to" "with_from" "with_to"] "How many clients were added in a period; with a second period, compared with it.";
    ClientsSearch "clients_search" Clients ["client" "limit"] "Clients by words of the name, phone or contract number.";
    ClientCard "client_card" Clients ["client"] "One client's card: status, visits, subscriptions, next booking.";
    ClientsBySource "clients_by_source" Clients ["from" "to"] "Where clients come from.";
    ClientsByStatus "clients_by_status" Clients [] "Clients by status.";
    ClientsInactive "clients_inactive" Clients ["from" "status" "limit"] "Clients without an attended visit since a day (30 days ago when absent), of every status unless one is given.";
    Birthdays "clients_birthdays" Clients ["from" "to" "limit"] "Clients whose birthday is in a period.";
    OptedOut "clients_opted_out" Clients [] "How many people opted out of messages.";
    Duplicates "clients_duplicates" Clients ["limit"] "Clients that seem to be there twice: the same name.";
    Subscriptions "subscriptions_active" Clients [] "How many subscriptions are active today: they contain today and are not frozen.";
    SubscriptionsEnding "subscriptions_ending" Clients ["from" "to" "limit"] "Subscriptions whose last day is in a period (the next 7 days when absent), and whose they are.";
    BookingsCount "bookings_count" Schedule ["from" "to" "with_from" "with_to" "staff" "service" "place" "status" "from_time" "to_time"] "How many bookings there are in a period (not cancelled ones unless a status is given; with times, of one day only).";
    BookingsList "bookings_list" Schedule ["from" "to" "staff" "service" "place" "status" "from_time" "to_time" "limit"] "Who is booked in a period; with a status, who came, did not come or cancelled; with times, of one day only.";
    FreeSeats "free_seats" Schedule ["from" "to" "staff" "service" "place" "from_time" "to_time"] "Free seats in sessions that have not begun.";
    FreePlaces "free_places" Schedule ["from" "from_time" "to_time" "kind" "place"] "Places (halls, desks, meeting rooms) that are free on a day for a time.";
    LoadByTrainer "load_by_trainer" Schedule ["from" "to" "staff"] "How much trainers are taken: hours, and the share of their working hours.";
    LoadByPlace "load_by_place" Schedule ["from" "to" "place" "kind"] "How much places are taken: hours.";
    LoadByHour "load_by_hour" Schedule ["from" "to"] "Attended bookings by hour of the day (last 30 days when no period is given).";
    Cancellations "bookings_cancelled" Schedule ["from" "to" "staff" "service" "place"] "How many bookings of a period were cancelled.";
    NoShows "bookings_no_shows" Schedule ["from" "to" "staff" "service" "place"] "How many people did not come to their bookings in a period.";
    NoShowsTop "no_shows_top" Schedule ["from" "to" "limit"] "Who does not come most often.";
    NextBooking "next_booking" Schedule ["client"] "The next booking of a client.";
    RevenueTotal "revenue_total" Revenue ["from" "to" "staff" "service" "direction" "method"] "Revenue of a period: completed payments minus refunds.";
    RevenueCompare "revenue_compare" Revenue ["from" "to" "with_from" "with_to"] "Revenue of two periods.";
    RevenueByService "revenue_by_service" Revenue ["from" "to" "limit"] "Revenue by service.";
    RevenueByTrainer "revenue_by_trainer" Revenue ["from" "to" "limit"] "Revenue by trainer.";
    RevenueByMethod "revenue_by_method" Revenue ["from" "to"] "Revenue by method of payment.";
    RevenueByDirection "revenue_by_direction" Revenue ["from" "to"] "Revenue by direction, through the service.";
    AveragePayment "average_payment" Revenue ["from" "to"] "The average completed payment of a period.";
    TopClients "top_clients" Revenue ["from" "to" "limit"] "The clients who paid most, refunds taken off.";
    Debtors "debtors" Revenue ["client" "limit"] "Who owes for bookings or subscriptions that have begun; of one client, what is owed.";
    Refunds "refunds" Revenue ["from" "to"] "Refunds of a period.";
    CampaignFunnel "campaign_funnel" Outreach ["campaign"] "A campaign's figures: people, sent, read, replied, opted out.";
    CampaignsCompared "campaigns_compared" Outreach ["campaign" "with_campaign"] "Campaigns beside each other by the share of replies: the best, the worst, the one with most replies. All of them, or the two that are named.";
    ReplyClasses "reply_classes" Outreach ["from" "to"] "What people answer: classes of replies, objections among them.";
    WaitingForAnswer "waiting_for_answer" Outreach ["limit"] "Who waits for an answer of ours.";
    BestVariant "best_variant" Outreach ["campaign"] "Which variant of a campaign's message got more replies.";
}

/// A call of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub tool: Tool,
    /// With what.
    pub args: Args,
}

/// Why a call is not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCall {
    /// The argument, or `name`.
    pub field: String,
    /// What is wrong, for a program.
    pub why: String,
}

impl Tool {
    /// The tool of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tool| tool.name() == name)
    }

    /// Is about one client, and nothing without.
    #[must_use]
    pub fn needs_client(self) -> bool {
        self.takes().contains(&"client") && self != Self::Debtors
    }

    /// Its status is one of a client, not of a booking.
    #[must_use]
    pub const fn is_of_clients(self) -> bool {
        matches!(self, Self::ClientsCount | Self::ClientsInactive)
    }

    /// The words of its status.
    fn statuses(self) -> Vec<&'static str> {
        if self.is_of_clients() {
            words_of(ClientStatus::ALL, ClientStatus::as_str)
        } else {
            words_of(BookingStatus::ALL, BookingStatus::as_str)
        }
    }

    /// JSON Schema of its arguments.
    #[must_use]
    pub fn schema(self) -> Map<String, Value> {
        let date = |about: &str| json!({"type": "string", "format": "date", "description": about});
        let text = |about: &str| json!({"type": "string", "maxLength": NAME_CHARS, "description": about});
        let one_of = |words: &[&str]| json!({"type": "string", "enum": words});
        let mut properties = Map::new();
        for arg in self.takes() {
            let schema = match *arg {
                "from" => date("The first day, YYYY-MM-DD, in the business's time zone"),
                "to" => date("The last day, included"),
                "with_from" => date("The first day of the period to compare with"),
                "with_to" => date("The last day of the period to compare with"),
                "client" => text("Words of the client's name, the phone or the contract number"),
                "staff" => text("The trainer's name"),
                "service" => text("The service's name"),
                "place" => text("The place's name"),
                "campaign" if self == Self::CampaignsCompared => {
                    text("The campaign's name; every campaign when absent")
                }
                "campaign" => text("The campaign's name; the latest campaign when absent"),
                "with_campaign" => text("The name of the campaign to compare with"),
                "direction" => text("The direction's code: fitness, coworking, coffee, kids or an own one"),
                "status" => one_of(&self.statuses()),
                "method" => one_of(&words_of(PaymentMethod::ALL, PaymentMethod::as_str)),
                "kind" => one_of(&words_of(PlaceKind::ALL, PlaceKind::as_str)),
                "from_time" | "to_time" => {
                    json!({"type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9]$"})
                }
                _ => json!({"type": "integer", "minimum": 1, "maximum": MOST_ROWS}),
            };
            properties.insert((*arg).to_owned(), schema);
        }
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), properties.into());
        if self.needs_client() {
            schema.insert("required".to_owned(), json!(["client"]));
        }
        schema.insert("additionalProperties".to_owned(), false.into());
        schema
    }

    /// A call with arguments that a program or a model wrote.
    ///
    /// # Errors
    /// [`BadCall`] with the argument that is wrong.
    pub fn call(self, arguments: Map<String, Value>) -> Result<Call, BadCall> {
        let bad = |field: &str, why: &str| BadCall {
            field: field.to_owned(),
            why: why.to_owned(),
        };
        if let Some(other) = arguments.keys().find(|key| !self.takes().contains(&key.as_str())) {
            return Err(bad(other, "this tool takes no such argument"));
        }
        let args: Args = serde_path_to_error::deserialize(Value::Object(arguments))
            .map_err(|error| bad(&error.path().to_string(), &error.inner().to_string()))?;
        args.check().map_err(|(field, why)| bad(field, why))?;
        for (field, said, words) in [
            ("status", &args.status, self.statuses()),
            (
                "method",
                &args.method,
                words_of(PaymentMethod::ALL, PaymentMethod::as_str),
            ),
            ("kind", &args.kind, words_of(PlaceKind::ALL, PlaceKind::as_str)),
        ] {
            if let Some(said) = said
                && !words.contains(&said.as_str())
            {
                return Err(bad(field, &format!("is none of {}", words.join(", "))));
            }
        }
        if self.needs_client() && args.client.as_deref().is_none_or(|name| name.trim().is_empty()) {
            return Err(bad("client", "is needed"));
        }
        Ok(Call { tool: self, args })
    }
}

impl Args {
    fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let names = [
            ("client", &self.client),
            ("staff", &self.staff),
            ("service", &self.service),
            ("place", &self.place),
            ("campaign", &self.campaign),
            ("with_campaign", &self.with_campaign),
            ("direction", &self.direction),
        ];
        for (field, name) in names {
            if name
                .as_ref()
                .is_some_and(|name| name.chars().count() > NAME_CHARS || name.contains('\0'))
            {
                return Err((field, "is too long"));
            }
        }
        for (field, from, to) in [
            ("to", self.from, self.to),
            ("with_to", self.with_from, self.with_to),
        ] {
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                return Err((field, "is before the first day"));
            }
            if [from, to]
                .into_iter()
                .flatten()
                .any(|day| !(1970..=2200).contains(&chrono::Datelike::year(&day)))
            {
                return Err((field, "is out of the calendar"));
            }
        }
        for (field, time) in [("from_time", &self.from_time), ("to_time", &self.to_time)] {
            if time.is_some() && minute(time.as_deref()).is_none() {
                return Err((field, "is not a time HH:MM"));
            }
        }
        match self.limit {
            Some(limit) if !(1..=MOST_ROWS).contains(&limit) => Err(("limit", "is out of range")),
            _ => Ok(()),
        }
    }
}

/// The words of an enumeration.
fn words_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

/// Minutes from midnight of `HH:MM`, to 24:00.
#[must_use]
pub fn minute(time: Option<&str>) -> Option<i32> {
    let (hours, minutes) = time?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    ((0..60).contains(&minutes) && (0..=24 * 60).contains(&all)).then_some(all)
}

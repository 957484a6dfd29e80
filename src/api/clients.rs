//! Clients: list, card, create, change, delete, export.

use super::ApiState;
use super::check::{Checks, Input};
use super::client_input::{ClientChange, ClientInput};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::subscriptions::{self, Subscription};
use super::table::{self, Cell, FileKind, Rows, spelt};
use super::time::{Date, Time};
use super::word::{ClientStatus, ConsentBasis};
use crate::access::Caller;
use crate::crm::{calendar, clients as service};
use crate::error::{AppResult, Message};
use alfa_store::crm::clients::{self as rows, Filter, SORT_KEYS};
use alfa_store::crm::{bookings, debts, payments, subscriptions as sold};
use alfa_store::entity::{clients::Model, contacts};
use alfa_store::{Order, PageOf};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// A client: a contact with a client card.
#[derive(Debug, Serialize, ToSchema)]
pub struct Client {
    pub id: i64,
    pub contact_id: i64,
    pub name: String,
    /// E.164.
    pub phone: Option<String>,
    pub username: Option<String>,
    pub tags: Vec<String>,
    pub status: ClientStatus,
    /// Code of a direction.
    pub direction: Option<String>,
    pub contract_number: Option<String>,
    pub subscription_number: Option<String>,
    /// Where the client heard of us.
    pub source: Option<String>,
    pub birth_date: Option<Date>,
    pub notes: Option<String>,
    pub contraindications: Option<String>,
    /// Attended bookings.
    pub visits: i64,
    /// Day of the last attended booking.
    pub last_visit_on: Option<Date>,
    /// Why we may write to the person.
    pub consent: ConsentBasis,
    pub opted_out: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A client with what one wants to know at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientCard {
    #[serde(flatten)]
    pub client: Client,
    /// Bookings and subscriptions that have begun and are not paid.
    pub debt: Money,
    /// Payments less refunds, ever.
    pub paid: Money,
    /// Subscriptions that run today.
    pub subscriptions: Vec<Subscription>,
    /// The next booking.
    pub next_booking_id: Option<i64>,
    pub next_booking_at: Option<Time>,
}

impl Client {
    fn of(row: Model, contact: contacts::Model, tags: Vec<String>) -> Self {
        Self {
            id: row.id,
            contact_id: row.contact_id,
            name: contact.name,
            phone: contact.phone,
            username: contact.username,
            tags,
            status: row.status.into(),
            direction: row.direction,
            contract_number: row.contract_number,
            subscription_number: row.subscription_number,
            source: row.source,
            birth_date: row.birth_date.map(Date),
            notes: row.notes,
            contraindications: row.contraindications,
            visits: row.visits,
            last_visit_on: Some(row.last_visit_day).filter(|day| day.0 != 0).map(Date),
            consent: contact.consent_basis.into(),
            opted_out: contact.opted_out_at.is_some(),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

/// Which clients, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClientQuery {
    /// Part of the name, the beginning of a phone, a username, a contract or subscription number.
    #[param(max_length = 200)]
    pub search: Option<String>,
    pub status: Option<ClientStatus>,
    #[param(max_length = 64)]
    pub direction: Option<String>,
    #[param(max_length = 255)]
    pub source: Option<String>,
    #[param(max_length = 64)]
    pub tag: Option<String>,
    /// The card was made on this day or later.
    pub created_from: Option<Date>,
    /// The card was made on this day or earlier.
    pub created_to: Option<Date>,
    /// No attended visit in so many days.
    #[param(minimum = 1, maximum = 36500)]
    pub inactive_days: Option<i32>,
    /// Birthdays from this day of any year …
    pub birthday_from: Option<Date>,
    /// … to this one.
    pub birthday_to: Option<Date>,
    pub opted_out: Option<bool>,
    /// Only those who owe something.
    pub debtors: Option<bool>,
    /// `id`, `name`, `created_at` or `last_visit`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|created_at|last_visit)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for ClientQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 200);
        checks.optional_text("direction", self.direction.as_deref(), 64);
        checks.optional_text("source", self.source.as_deref(), 255);
        checks.optional_text("tag", self.tag.as_deref(), 64);
        checks.range("inactive_days", self.inactive_days, 1, 36_500);
        if self.birthday_from.is_some() != self.birthday_to.is_some() {
            checks.refuse("birthday_to", Message::new("crm.both_ends"));
        }
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl ClientQuery {
    fn filter(&self, state: &ApiState) -> Filter {
        let now = state.clock().now();
        let today = crate::crm::calendar(state.app()).day(now);
        let birthdays = self
            .birthday_from
            .zip(self.birthday_to)
            .map(|(from, to)| calendar::birthdays(from.0, to.0));
        Filter {
            search: self.search.clone(),
            status: self.status.map(|word| word.0),
            direction: self.direction.clone(),
            source: self.source.clone(),
            tag: self.tag.clone(),
            created_from: self.created_from.map(|day| day.0),
            created_to: self.created_to.map(|day| day.0),
            no_visit_since: self.inactive_days.map(|days| today.plus(-days)),
            birthday_from: birthdays.map(|(from, _)| from),
            birthday_to: birthdays.map(|(_, to)| to),
            opted_out: self.opted_out,
            owes_at: (self.debtors == Some(true)).then_some(debts::At { now, today }),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// The clients.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/clients", tag = "clients", params(ClientQuery), responses((status = 200, body = Page<Client>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<ClientQuery>,
) -> AppResult<axum::Json<Page<Client>>> {
    let (filter, order) = (query.filter(&state), query.order());
    // Not the moment of debts, which is another for each page.
    let bound = format!(
        "{:?} {order:?}",
        Filter {
            owes_at: None,
            ..filter.clone()
        }
    );
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let total = rows::total(db, &filter).await?;
    let page = page_of(&bound, found, total)?;
    let views = views(&state, page.items).await?;
    Ok(axum::Json(Page {
        items: views,
        total: page.total,
        next_cursor: page.next_cursor,
    }))
}

/// Rows with their contacts and tags.
async fn views(state: &ApiState, found: Vec<Model>) -> AppResult<Vec<Client>> {
    let db = state.store().reader();
    let ids: Vec<i64> = found.iter().map(|row| row.contact_id).collect();
    let people = alfa_store::contacts::get_many(db, &ids).await?;
    let mut people: HashMap<i64, contacts::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let mut tags = alfa_store::contacts::tags::of_many(db, &ids).await?;
    let view = |row: Model| {
        let contact = people.remove(&row.contact_id)?;
        let own = tags.remove(&row.contact_id).unwrap_or_default();
        Some(Client::of(row, contact, own))
    };
    // A contact that was deleted this moment takes its client with it.
    Ok(found.into_iter().filter_map(view).collect())
}

/// The card of a row.
///
/// # Errors
/// Of the database.
pub async fn card(state: &ApiState, purse: &Purse, row: Model) -> AppResult<ClientCard> {
    let db = state.store().reader();
    let now = state.clock().now();
    let today = crate::crm::calendar(state.app()).day(now);
    let (id, contact_id) = (row.id, row.contact_id);
    let debt = debts::of_client(db, id, debts::At { now, today }).await?;
    let next = bookings::next_of_client(db, id, now).await?;
    let filter = sold::Filter {
        client_id: Some(id),
        active_on: Some(today),
        ..sold::Filter::default()
    };
    let running = sold::list(db, &filter, Order::NEWEST, &alfa_store::Page::first(50)).await?;
    let contact = alfa_store::contacts::get(db, contact_id).await?;
    let tags = alfa_store::contacts::tags::of(db, contact_id).await?;
    Ok(ClientCard {
        client: Client::of(row, contact, tags),
        debt: purse.money(debt),
        paid: purse.money(payments::net_of_client(db, id).await?),
        subscriptions: subscriptions::views(state, purse, running.items).await?,
        next_booking_id: next.as_ref().map(|booking| booking.id),
        next_booking_at: next.map(|booking| booking.starts_at.into()),
    })
}

/// Makes a client: of a contact that there is (`contact_id`), or together with a new contact.
///
/// # Errors
/// `Invalid`; `Conflict` when the contact is a client already, or another has this phone or username.
#[utoipa::path(post, path = "/api/clients", tag = "clients", request_body = ClientInput, responses((status = 201, body = ClientCard)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<ClientInput>,
) -> AppResult<(StatusCode, axum::Json<ClientCard>)> {
    let (who, new) = input.normalised()?;
    let row = service::create(state.app(), who, new, &caller.name()).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok((StatusCode::CREATED, axum::Json(card(&state, &purse, row).await?)))
}

/// A client's card.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/clients/{id}", tag = "clients", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = ClientCard)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<ClientCard>> {
    let row = rows::get(state.store().reader(), id).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(card(&state, &purse, row).await?))
}

/// Changes a card: the fields that the body brings; `null` empties a field. Name and phone are the contact's.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(patch, path = "/api/clients/{id}", tag = "clients", params(("id" = i64, Path, minimum = 1)),
    request_body = ClientChange, responses((status = 200, body = ClientCard)))]
pub async fn update(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(change): Json<ClientChange>,
) -> AppResult<axum::Json<ClientCard>> {
    let row = service::update(state.app(), id, change.normalised(), &caller.name()).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(card(&state, &purse, row).await?))
}

/// Takes the card away; the contact stays. A client with bookings or payments is kept: make it `former`.
///
/// # Errors
/// `NotFound`, `Conflict`.
#[utoipa::path(delete, path = "/api/clients/{id}", tag = "clients", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "clients";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "phone",
        "username",
        "status",
        "direction",
        "contract_number",
        "subscription_number",
        "source",
        "birth_date",
        "notes",
        "contraindications",
        "visits",
        "last_visit_on",
        "created_at",
    ];

    async fn page(&self, state: &ApiState, page: alfa_store::Page) -> AppResult<PageOf<Vec<Cell>>> {
        let found = rows::list(state.store().reader(), &self.0, self.1, &page).await?;
        let views = views(state, found.items).await?;
        Ok(PageOf {
            items: views.into_iter().map(cells).collect(),
            next_cursor: found.next_cursor,
        })
    }
}

fn cells(client: Client) -> Vec<Cell> {
    vec![
        client.id.into(),
        client.name.into(),
        client.phone.into(),
        client.username.into(),
        spelt(client.status.0),
        client.direction.into(),
        client.contract_number.into(),
        client.subscription_number.into(),
        client.source.into(),
        client.birth_date.map(spelt).into(),
        client.notes.into(),
        client.contraindications.into(),
        client.visits.into(),
        client.last_visit_on.map(spelt).into(),
        spelt(client.created_at),
    ]
}

/// The clients that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/clients/export", tag = "clients", params(ClientQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<ClientQuery>) -> AppResult<Response> {
    let export = Export(query.filter(&state), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}

//! What a file may bring of each noun: its columns, and how a row is added.

use super::ApiState;
use super::booking_input::BookingInput;
use super::client_input::ClientInput;
use super::crm_cells::Kind;
use super::crm_import::{Added, Column, ImportForm, Importable, TableReport, import};
use super::extract::Query;
use super::paging::NoQuery;
use super::payment_input::PaymentInput;
use super::places::PlaceInput;
use super::services::ServiceInput;
use super::session_input::SessionInput;
use super::staff::StaffInput;
use super::subscription_input::SubscriptionInput;
use crate::access::Caller;
use crate::crm::clients::Who;
use crate::crm::{bookings, catalogue, clients, payments, sessions, subscriptions};
use crate::error::{AppError, AppResult};
use axum::Extension;
use axum::extract::{Request, State};
use axum::response::Response;

const fn column(field: &'static str, names: &'static [&'static str], kind: Kind) -> Column {
    Column { field, names, kind }
}

/// Whatever is there already is left as it is.
fn known(outcome: AppResult<()>, codes: &[&str]) -> AppResult<Added> {
    match outcome {
        Ok(()) => Ok(Added::Created),
        Err(AppError::Conflict { code, .. }) if codes.contains(&code) => Ok(Added::Known),
        Err(other) => Err(other),
    }
}

impl Importable for ClientInput {
    const COLUMNS: &'static [Column] = &[
        column("contact.name", &["имя", "фио", "клиент", "full name"], Kind::Text),
        column("contact.phone", &["телефон"], Kind::Text),
        column("contact.username", &["telegram", "телеграм"], Kind::Text),
        column(
            "status",
            &["статус"],
            Kind::Word(&[("новый", "new"), ("активный", "active"), ("бывший", "former")]),
        ),
        column("direction", &["направление"], Kind::Text),
        column("contract_number", &["договор", "номер договора"], Kind::Text),
        column(
            "subscription_number",
            &["абонемент", "номер абонемента"],
            Kind::Text,
        ),
        column("source", &["источник"], Kind::Text),
        column(
            "birth_date",
            &["дата рождения", "день рождения", "birthday"],
            Kind::Date,
        ),
        column("notes", &["заметки", "примечания"], Kind::Text),
        column("contraindications", &["противопоказания"], Kind::Text),
        column("created_at", &["дата регистрации"], Kind::Moment),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let (who, card) = self.normalised()?;
        let made = clients::create(state.app(), who, card.clone(), actor).await;
        let made = match made {
            // The person is a contact already: the card is for that one.
            Err(AppError::Conflict {
                code: "contact_exists",
                data: Some(data),
                ..
            }) if data["contact_id"].is_i64() => {
                let id = data["contact_id"].as_i64().unwrap_or_default();
                clients::create(state.app(), Who::Contact(id), card, actor).await
            }
            other => other,
        };
        known(made.map(drop), &["client_exists"])
    }
}

impl Importable for ServiceInput {
    const COLUMNS: &'static [Column] = &[
        column("name", &["название", "услуга"], Kind::Text),
        column("category", &["категория"], Kind::Text),
        column("direction", &["направление"], Kind::Text),
        column("duration_minutes", &["длительность", "минут"], Kind::Whole),
        column("price_minor", &["price", "цена", "стоимость"], Kind::Money),
        column("capacity", &["мест"], Kind::Whole),
        column("visits", &["посещений"], Kind::Whole),
        column("period_days", &["дней"], Kind::Whole),
        column("description", &["описание"], Kind::Text),
        column("active", &["действует"], Kind::Yes),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let made = catalogue::save_service(state.app(), self.row(None), actor).await;
        known(made.map(drop), &["name_taken"])
    }
}

impl Importable for PlaceInput {
    const COLUMNS: &'static [Column] = &[
        column("name", &["название", "место"], Kind::Text),
        column(
            "kind",
            &["вид", "тип"],
            Kind::Word(&[
                ("зал", "hall"),
                ("стол", "desk"),
                ("переговорная", "meeting_room"),
                ("другое", "other"),
            ]),
        ),
        column("direction", &["направление"], Kind::Text),
        column("capacity", &["вместимость", "человек"], Kind::Whole),
        column("price_hour_minor", &["price hour", "цена за час"], Kind::Money),
        column("price_day_minor", &["price day", "цена за день"], Kind::Money),
        column(
            "price_month_minor",
            &["price month", "цена за месяц"],
            Kind::Money,
        ),
        column("description", &["описание"], Kind::Text),
        column("active", &["действует"], Kind::Yes),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let made = catalogue::save_place(state.app(), self.row(None), actor).await;
        known(made.map(drop), &["name_taken"])
    }
}

impl Importable for StaffInput {
    const COLUMNS: &'static [Column] = &[
        column("name", &["имя", "фио", "сотрудник", "тренер"], Kind::Text),
        column("position", &["должность"], Kind::Text),
        column("phone", &["телефон"], Kind::Text),
        column("directions", &["направления", "направление"], Kind::List),
        column("notes", &["заметки", "примечания"], Kind::Text),
        column("active", &["работает"], Kind::Yes),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let (row, details) = self.row(None)?;
        // Namesakes are possible; the same name with the same phone is the same person.
        let found = alfa_store::crm::staff::find_by_name(state.store().reader(), &row.name).await?;
        if found.iter().any(|other| other.phone == row.phone) {
            return Ok(Added::Known);
        }
        catalogue::save_staff(state.app(), row, Some(details), actor).await?;
        Ok(Added::Created)
    }
}

impl Importable for SessionInput {
    const COLUMNS: &'static [Column] = &[
        column("service_id", &["service", "услуга"], Kind::Service),
        column("staff_id", &["staff", "тренер", "сотрудник"], Kind::Staff),
        column("place_id", &["place", "место", "зал"], Kind::Place),
        column("starts_at", &["начало"], Kind::Moment),
        column("ends_at", &["конец", "окончание"], Kind::Moment),
        column("capacity", &["мест"], Kind::Whole),
        column("price_minor", &["price", "цена"], Kind::Money),
        column("notes", &["заметки", "примечания"], Kind::Text),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let new = self.normalised();
        if alfa_store::crm::sessions::same(
            state.store().reader(),
            new.service_id,
            new.starts_at,
            (new.staff_id, new.place_id),
        )
        .await?
        {
            return Ok(Added::Known);
        }
        sessions::create(state.app(), new, actor).await?;
        Ok(Added::Created)
    }
}

impl Importable for BookingInput {
    const COLUMNS: &'static [Column] = &[
        column("client_id", &["client", "клиент"], Kind::Client),
        column("session_id", &["занятие"], Kind::Whole),
        column("place_id", &["place", "место"], Kind::Place),
        column("starts_at", &["начало"], Kind::Moment),
        column("ends_at", &["конец", "окончание"], Kind::Moment),
        column("price_minor", &["price", "цена"], Kind::Money),
        column("notes", &["заметки", "примечания"], Kind::Text),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let made = bookings::create(state.app(), self.normalised()?, actor).await;
        known(made.map(drop), &["already_booked"])
    }
}

impl Importable for SubscriptionInput {
    const COLUMNS: &'static [Column] = &[
        column("client_id", &["client", "клиент"], Kind::Client),
        column("service_id", &["service", "услуга"], Kind::Service),
        column("number", &["номер"], Kind::Text),
        column("starts_on", &["начало"], Kind::Date),
        column("ends_on", &["конец", "окончание"], Kind::Date),
        column("visits", &["посещений"], Kind::Whole),
        column("price_minor", &["price", "цена"], Kind::Money),
        column("notes", &["заметки", "примечания"], Kind::Text),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let new = self.normalised();
        if let Some(number) = &new.number
            && alfa_store::crm::subscriptions::has_number(state.store().reader(), number).await?
        {
            return Ok(Added::Known);
        }
        subscriptions::create(state.app(), new, actor).await?;
        Ok(Added::Created)
    }
}

impl Importable for PaymentInput {
    const COLUMNS: &'static [Column] = &[
        column("client_id", &["client", "клиент"], Kind::Client),
        column("amount_minor", &["amount", "сумма"], Kind::Money),
        column(
            "method",
            &["способ", "способ оплаты"],
            Kind::Word(&[
                ("наличные", "cash"),
                ("наличными", "cash"),
                ("карта", "card"),
                ("картой", "card"),
                ("перевод", "transfer"),
            ]),
        ),
        column("paid_at", &["дата", "время оплаты"], Kind::Moment),
        column("service_id", &["service", "услуга"], Kind::Service),
        column("staff_id", &["staff", "тренер", "сотрудник"], Kind::Staff),
        column("booking_id", &["запись"], Kind::Whole),
        column("subscription_id", &["абонемент"], Kind::Whole),
        column("number", &["номер", "чек"], Kind::Text),
        column("notes", &["заметки", "примечания"], Kind::Text),
    ];

    async fn add(self, state: &ApiState, actor: &str) -> AppResult<Added> {
        let new = self.normalised();
        if let Some(number) = &new.number
            && alfa_store::crm::payments::has_number(state.store().reader(), number).await?
        {
            return Ok(Added::Known);
        }
        payments::create(state.app(), new, actor).await?;
        Ok(Added::Created)
    }
}

macro_rules! imports {
    ($($(#[$doc:meta])* $name:ident $input:ty, $path:literal, $tag:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// `Invalid` naming `file`.
        #[utoipa::path(post, path = $path, tag = $tag,
            request_body(content = ImportForm, content_type = "multipart/form-data"),
            responses((status = 200, body = TableReport)))]
        pub async fn $name(
            state: State<ApiState>,
            caller: Extension<Caller>,
            Query(NoQuery {}): Query<NoQuery>,
            request: Request,
        ) -> Result<Response, Response> {
            import::<$input>(state, caller, request).await
        }
    )*};
}

imports! {
    /// Makes clients of a file's rows; whoever is a client already stays as they are.
    clients_file ClientInput, "/api/clients/import", "clients";
    /// Adds the services of a file; those whose name is there already stay as they are.
    services_file ServiceInput, "/api/services/import", "services";
    /// Adds the staff of a file; whoever is there already (name and phone) stays as they are.
    staff_file StaffInput, "/api/staff/import", "staff";
    /// Adds the places of a file; those whose name is there already stay as they are.
    places_file PlaceInput, "/api/places/import", "places";
    /// Adds the sessions of a file; those that are there already (service, beginning, trainer, place) stay as they are.
    sessions_file SessionInput, "/api/schedule/sessions/import", "schedule";
    /// Adds the bookings of a file; seats that the clients have already stay as they are.
    bookings_file BookingInput, "/api/schedule/bookings/import", "schedule";
    /// Adds the subscriptions of a file; those whose number is there already stay as they are.
    subscriptions_file SubscriptionInput, "/api/subscriptions/import", "subscriptions";
    /// Records the payments of a file; those whose receipt's number is there already are left out. Refunds are made by hand.
    payments_file PaymentInput, "/api/payments/import", "payments";
}

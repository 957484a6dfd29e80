//! Client cards: made for a contact that there is, or together with a new one.

use alfa_store::crm::clients as rows;
use alfa_store::crm::join::Joined;
use alfa_store::crm::totals::Moves;
use alfa_store::entity::clients::Model;
use alfa_store::types::{ClientStatus, Day};
use alfa_store::{Tx, UnixMillis, contacts};
use serde_json::json;

use super::{audited, calendar, check_direction, commit, named, told};
use crate::app::App;
use crate::contacts::manual::{self, NewContact};
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;
use crate::once::{self, Made};

/// Whose card it is.
#[derive(Debug, Clone)]
pub enum Who {
    /// A contact that there is.
    Contact(i64),
    /// A contact to be made.
    New(Box<NewContact>),
}

/// What stands on a card.
#[derive(Debug, Clone, Default)]
pub struct Card {
    pub status: Option<ClientStatus>,
    pub direction: Option<String>,
    pub contract_number: Option<String>,
    pub subscription_number: Option<String>,
    pub source: Option<String>,
    pub birth_date: Option<Day>,
    pub notes: Option<String>,
    pub contraindications: Option<String>,
    /// When the client came; absent: now.
    pub created_at: Option<UnixMillis>,
}

/// A change of a card: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub status: Option<ClientStatus>,
    pub direction: Option<Option<String>>,
    pub contract_number: Option<Option<String>>,
    pub subscription_number: Option<Option<String>>,
    pub source: Option<Option<String>>,
    pub birth_date: Option<Option<Day>>,
    pub notes: Option<Option<String>>,
    pub contraindications: Option<Option<String>>,
}

/// Makes a client.
///
/// # Errors
/// `Conflict` when the contact has a card, or when a new contact's phone or username is another's; `Invalid`.
pub async fn create(app: &App, who: Who, card: Card, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let contact_id = match who {
        Who::Contact(id) => named("contact_id", contacts::get(&tx, id).await)?.id,
        Who::New(new) => manual::create_in(app, &tx, *new, actor).await?.id,
    };
    check_direction(&tx, "direction", card.direction.as_deref()).await?;
    check_birth(app, card.birth_date)?;
    if let Some(there) = rows::of_contacts(&tx, &[contact_id]).await?.first() {
        return Err(has_card(there.id));
    }
    let created_at = card.created_at.unwrap_or(now);
    let row = Model {
        id: 0,
        contact_id,
        status: card.status.unwrap_or(ClientStatus::New),
        direction: card.direction,
        contract_number: card.contract_number,
        subscription_number: card.subscription_number,
        source: card.source,
        birth_date: card.birth_date,
        birth_month_day: card.birth_date.map(calendar::month_day),
        notes: card.notes,
        contraindications: card.contraindications,
        visits: 0,
        last_visit_day: Day(0),
        created_day: super::calendar(app).day(created_at),
        created_at,
        updated_at: now,
    };
    let mut moves = Moves::new();
    let row = rows::create(&tx, row, &mut moves).await.map_err(|error| {
        if error.is_conflict_on("contact_id") {
            has_card(contact_id)
        } else {
            error.into()
        }
    })?;
    audited(&tx, actor, "client.create", ("client", row.id), None, now).await?;
    told(
        app,
        &tx,
        Topic::Client,
        json!({"id": row.id, "contact_id": contact_id}),
        now,
    )
    .await?;
    once::made(&tx, &Made::Client { id: row.id }).await?;
    commit(app, tx, moves).await?;
    Ok(row)
}

/// Nobody is born after today.
fn check_birth(app: &App, birth_date: Option<Day>) -> AppResult<()> {
    let today = super::calendar(app).day(app.clock.now());
    if birth_date.is_some_and(|day| day > today) {
        return Err(AppError::invalid(
            "birth_date",
            Message::new("crm.born_in_the_future"),
        ));
    }
    Ok(())
}

fn has_card(id: i64) -> AppError {
    AppError::Conflict {
        code: "client_exists",
        message: Message::new("crm.client_exists").with("id", id),
        data: Some(json!({"client_id": id})),
    }
}

/// Changes a card.
///
/// # Errors
/// `NotFound`, `Invalid`.
pub async fn update(app: &App, id: i64, change: Change, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let before = rows::lock(&tx, id).await?;
    let row = before.clone();
    let birth_date = change.birth_date.unwrap_or(row.birth_date);
    let after = Model {
        status: change.status.unwrap_or(row.status),
        direction: change.direction.unwrap_or(row.direction),
        contract_number: change.contract_number.unwrap_or(row.contract_number),
        subscription_number: change.subscription_number.unwrap_or(row.subscription_number),
        source: change.source.unwrap_or(row.source),
        birth_month_day: birth_date.map(calendar::month_day),
        birth_date,
        notes: change.notes.unwrap_or(row.notes),
        contraindications: change.contraindications.unwrap_or(row.contraindications),
        updated_at: now,
        ..before.clone()
    };
    check_direction(&tx, "direction", after.direction.as_deref()).await?;
    check_birth(app, after.birth_date)?;
    let mut moves = Moves::new();
    let after = rows::update(&tx, &before, after, &mut moves).await?;
    audited(&tx, actor, "client.update", ("client", id), None, now).await?;
    told(
        app,
        &tx,
        Topic::Client,
        json!({"id": id, "contact_id": after.contact_id}),
        now,
    )
    .await?;
    commit(app, tx, moves).await?;
    Ok(after)
}

/// Takes the card away; the contact stays. With a past the card is kept: the client is `former`.
///
/// # Errors
/// `NotFound`; `Conflict` when there are bookings, subscriptions or payments.
pub async fn delete(app: &App, id: i64, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let row = rows::lock(&tx, id).await?;
    if rows::has_past(&tx, id).await? {
        return Err(AppError::conflict(
            "client_has_past",
            Message::new("crm.client_has_past"),
        ));
    }
    let mut moves = Moves::new();
    rows::delete(&tx, &row, &mut moves).await?;
    audited(&tx, actor, "client.delete", ("client", id), None, now).await?;
    told(app, &tx, Topic::Client, json!({"id": id, "deleted": true}), now).await?;
    commit(app, tx, moves).await
}

/// Tells what the joining of two cards changed, in its transaction.
///
/// # Errors
/// When the database fails.
pub(crate) async fn joined(app: &App, tx: &Tx, joined: &Joined, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    let detail = format!("client:{}", joined.gone);
    audited(
        tx,
        actor,
        "client.join",
        ("client", joined.kept),
        Some(&detail),
        now,
    )
    .await?;
    for booking in &joined.cancelled {
        let subject = ("booking", booking.id);
        audited(
            tx,
            actor,
            "booking.status",
            subject,
            Some(booking.status.as_str()),
            now,
        )
        .await?;
        let body =
            json!({"booking_id": booking.id, "session_id": booking.session_id, "status": booking.status});
        told(app, tx, Topic::Schedule, body, now).await?;
    }
    told(
        app,
        tx,
        Topic::Client,
        json!({"id": joined.gone, "deleted": true}),
        now,
    )
    .await?;
    told(app, tx, Topic::Client, json!({"id": joined.kept}), now).await
}

/// A client who is new becomes active with the first visit, payment or subscription.
pub(super) async fn activate(tx: &Tx, id: i64, moves: &mut Moves, now: UnixMillis) -> AppResult<()> {
    let before = rows::lock(tx, id).await?;
    if before.status == ClientStatus::New {
        let after = Model {
            status: ClientStatus::Active,
            updated_at: now,
            ..before.clone()
        };
        rows::update(tx, &before, after, moves).await?;
    }
    Ok(())
}

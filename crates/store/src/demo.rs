//! The demo business: what it made is marked, so that all of it can be taken away again and nothing else.

use sea_orm::sea_query::{Condition, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::entity::{
    bookings, clients, contact_tags, contacts, crm_state, occupancy, payments, places,
    schedule_sessions as sessions, services, staff, staff_directions, staff_hours, subscription_freezes,
    subscriptions, waiting_list,
};

/// The tag of the demo's people, and the actor who made the demo's rows.
pub const MARK: &str = "demo";
/// The state's key that holds what cannot bear a mark itself.
const STATE: &str = "demo";

/// Ids of what the demo offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Services.
    pub services: Vec<i64>,
    /// Staff.
    pub staff: Vec<i64>,
    /// Places.
    pub places: Vec<i64>,
}

/// The demo that is there, if one is.
///
/// # Errors
/// Of the database.
pub async fn present(db: &impl ConnectionTrait) -> Result<Option<Offer>> {
    let row = crm_state::Entity::find()
        .filter(crm_state::Column::Key.eq(STATE))
        .one(db)
        .await?;
    Ok(row.map(|row| serde_json::from_str(&row.value).unwrap_or_default()))
}

/// Notes what the demo offers.
///
/// # Errors
/// Of the database.
pub async fn note(db: &impl ConnectionTrait, offer: &Offer) -> Result<()> {
    let value = serde_json::to_string(offer).unwrap_or_default();
    let row = crm_state::ActiveModel {
        key: Set(STATE.to_owned()),
        value: Set(value),
        ..Default::default()
    };
    crm_state::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn people() -> SelectStatement {
    Query::select()
        .column(contact_tags::Column::ContactId)
        .from(contact_tags::Entity)
        .and_where(contact_tags::Column::Tag.eq(MARK))
        .take()
}

fn cards() -> SelectStatement {
    Query::select()
        .column(clients::Column::Id)
        .from(clients::Entity)
        .and_where(clients::Column::ContactId.in_subquery(people()))
        .take()
}

/// Takes the demo away: its people, what they booked, bought and paid, its schedule and what it offers. What hangs on
/// those goes with them. The totals are to be made anew afterwards ([`crate::crm::rebase`]).
///
/// # Errors
/// Of the database.
pub async fn remove(db: &impl ConnectionTrait, offer: &Offer) -> Result<()> {
    payments::Entity::delete_many()
        .filter(
            Condition::any()
                .add(payments::Column::CreatedBy.eq(MARK))
                .add(payments::Column::ClientId.in_subquery(cards())),
        )
        .exec(db)
        .await?;
    let demo_bookings = || {
        Condition::any()
            .add(bookings::Column::CreatedBy.eq(MARK))
            .add(bookings::Column::ClientId.in_subquery(cards()))
            .add(bookings::Column::SessionId.in_subquery(demo_sessions()))
            .add(bookings::Column::PlaceId.is_in(offer.places.iter().copied()))
    };
    let booking_ids = Query::select()
        .column(bookings::Column::Id)
        .from(bookings::Entity)
        .cond_where(demo_bookings())
        .take();
    occupancy::Entity::delete_many()
        .filter(
            Condition::any()
                .add(occupancy::Column::BookingId.in_subquery(booking_ids))
                .add(occupancy::Column::SessionId.in_subquery(demo_sessions())),
        )
        .exec(db)
        .await?;
    waiting_list::Entity::delete_many()
        .filter(
            Condition::any()
                .add(waiting_list::Column::SessionId.in_subquery(demo_sessions()))
                .add(waiting_list::Column::ClientId.in_subquery(cards())),
        )
        .exec(db)
        .await?;
    bookings::Entity::delete_many()
        .filter(demo_bookings())
        .exec(db)
        .await?;
    sessions::Entity::delete_many()
        .filter(sessions::Column::CreatedBy.eq(MARK))
        .exec(db)
        .await?;
    let held = || {
        Condition::any()
            .add(subscriptions::Column::CreatedBy.eq(MARK))
            .add(subscriptions::Column::ClientId.in_subquery(cards()))
    };
    let held_ids = Query::select()
        .column(subscriptions::Column::Id)
        .from(subscriptions::Entity)
        .cond_where(held())
        .take();
    subscription_freezes::Entity::delete_many()
        .filter(subscription_freezes::Column::SubscriptionId.in_subquery(held_ids))
        .exec(db)
        .await?;
    subscriptions::Entity::delete_many()
        .filter(held())
        .exec(db)
        .await?;
    clients::Entity::delete_many()
        .filter(clients::Column::ContactId.in_subquery(people()))
        .exec(db)
        .await?;
    contacts::Entity::delete_many()
        .filter(contacts::Column::Id.in_subquery(people()))
        .exec(db)
        .await?;
    contact_tags::Entity::delete_many()
        .filter(contact_tags::Column::Tag.eq(MARK))
        .exec(db)
        .await?;
    offered(db, offer).await?;
    crm_state::Entity::delete_many()
        .filter(crm_state::Column::Key.eq(STATE))
        .exec(db)
        .await?;
    Ok(())
}

fn demo_sessions() -> SelectStatement {
    Query::select()
        .column(sessions::Column::Id)
        .from(sessions::Entity)
        .and_where(sessions::Column::CreatedBy.eq(MARK))
        .take()
}

async fn offered(db: &impl ConnectionTrait, offer: &Offer) -> Result<()> {
    staff_hours::Entity::delete_many()
        .filter(staff_hours::Column::StaffId.is_in(offer.staff.iter().copied()))
        .exec(db)
        .await?;
    staff_directions::Entity::delete_many()
        .filter(staff_directions::Column::StaffId.is_in(offer.staff.iter().copied()))
        .exec(db)
        .await?;
    staff::Entity::delete_many()
        .filter(staff::Column::Id.is_in(offer.staff.iter().copied()))
        .exec(db)
        .await?;
    places::Entity::delete_many()
        .filter(places::Column::Id.is_in(offer.places.iter().copied()))
        .exec(db)
        .await?;
    services::Entity::delete_many()
        .filter(services::Column::Id.is_in(offer.services.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

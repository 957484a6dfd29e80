//! The demo business: what it made is marked, so that all of it can be taken away again and nothing else.

pub mod outreach;

use sea_orm::sea_query::{Condition, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::entity::{
    accounts, bookings, campaigns, clients, contact_tags, crm_state, occupancy, payments, places,
    schedule_sessions as sessions, services, staff, staff_directions, staff_hours, subscription_freezes,
    subscriptions, waiting_list,
};

/// The tag of the demo's people, and the actor who made the demo's rows.
pub const MARK: &str = "demo";
/// People deleted by a few statements.
const PEOPLE_AT_ONCE: usize = 1_000;
/// The state's key that holds what cannot bear a mark itself.
const STATE: &str = "demo";

/// Ids of what cannot bear a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Services.
    pub services: Vec<i64>,
    /// Staff.
    pub staff: Vec<i64>,
    /// Places.
    pub places: Vec<i64>,
    /// Telegram accounts.
    pub accounts: Vec<i64>,
    /// Campaigns.
    pub campaigns: Vec<i64>,
}

/// The demo that is there, if one is.
///
/// # Errors
/// Of the database.
pub async fn present(db: &impl ConnectionTrait) -> Result<Option<Kept>> {
    let row = crm_state::Entity::find()
        .filter(crm_state::Column::Key.eq(STATE))
        .one(db)
        .await?;
    Ok(row.map(|row| serde_json::from_str(&row.value).unwrap_or_default()))
}

/// Notes what the demo made.
///
/// # Errors
/// Of the database.
pub async fn note(db: &impl ConnectionTrait, kept: &Kept) -> Result<()> {
    let value = serde_json::to_string(kept).unwrap_or_default();
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
pub async fn remove(db: &impl ConnectionTrait, kept: &Kept) -> Result<()> {
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
            .add(bookings::Column::PlaceId.is_in(kept.places.iter().copied()))
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
    let people: Vec<i64> = contact_tags::Entity::find()
        .select_only()
        .column(contact_tags::Column::ContactId)
        .filter(contact_tags::Column::Tag.eq(MARK))
        .into_tuple()
        .all(db)
        .await?;
    for chunk in people.chunks(PEOPLE_AT_ONCE) {
        crate::contacts::delete_many(db, chunk).await?;
    }
    contact_tags::Entity::delete_many()
        .filter(contact_tags::Column::Tag.eq(MARK))
        .exec(db)
        .await?;
    // Dialogs and messages went with their people.
    campaigns::Entity::delete_many()
        .filter(campaigns::Column::Id.is_in(kept.campaigns.iter().copied()))
        .exec(db)
        .await?;
    accounts::Entity::delete_many()
        .filter(accounts::Column::Id.is_in(kept.accounts.iter().copied()))
        .exec(db)
        .await?;
    offered(db, kept).await?;
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

async fn offered(db: &impl ConnectionTrait, kept: &Kept) -> Result<()> {
    staff_hours::Entity::delete_many()
        .filter(staff_hours::Column::StaffId.is_in(kept.staff.iter().copied()))
        .exec(db)
        .await?;
    staff_directions::Entity::delete_many()
        .filter(staff_directions::Column::StaffId.is_in(kept.staff.iter().copied()))
        .exec(db)
        .await?;
    staff::Entity::delete_many()
        .filter(staff::Column::Id.is_in(kept.staff.iter().copied()))
        .exec(db)
        .await?;
    places::Entity::delete_many()
        .filter(places::Column::Id.is_in(kept.places.iter().copied()))
        .exec(db)
        .await?;
    services::Entity::delete_many()
        .filter(services::Column::Id.is_in(kept.services.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

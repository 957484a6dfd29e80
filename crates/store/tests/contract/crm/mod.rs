//! The CRM: one thing at a time, no seat too many, sums that stay right.

mod join;
mod money;
mod people;
mod races;
mod schedule;

use alfa_store::contacts::{self, Profile};
use alfa_store::crm::{clients, places, services, sessions, staff, totals::Moves};
use alfa_store::entity as rows;
use alfa_store::types::{
    ClientStatus, ContactSource, Day, PaymentKind, PaymentMethod, PaymentStatus, PlaceKind, SessionStatus,
};
use alfa_store::{Store, Tx, UnixMillis};

const MINUTE_MS: i64 = 60_000;
/// 2026-03-02T09:00:00Z, a Monday.
pub const NOW: UnixMillis = UnixMillis(1_772_442_000_000);
pub const TODAY: Day = Day(20_514);

fn minutes(after: i64) -> UnixMillis {
    NOW.plus_ms(after * MINUTE_MS)
}

pub async fn client(tx: &Tx, name: &str) -> rows::clients::Model {
    let profile = Profile {
        name: name.to_owned(),
        ..Profile::default()
    };
    let contact = contacts::create(tx, profile, ContactSource::Manual, NOW)
        .await
        .unwrap();
    let mut moves = Moves::new();
    let row = rows::clients::Model {
        id: 0,
        contact_id: contact.id,
        status: ClientStatus::New,
        direction: Some("fitness".to_owned()),
        contract_number: Some(format!("Д-{}", contact.id)),
        subscription_number: None,
        source: Some("instagram".to_owned()),
        birth_date: Some(Day(7_306)),
        birth_month_day: Some(102),
        notes: None,
        contraindications: None,
        visits: 0,
        last_visit_day: Day(0),
        created_day: TODAY,
        created_at: NOW,
        updated_at: NOW,
    };
    let made = clients::create(tx, row, &mut moves).await.unwrap();
    moves.apply(tx).await.unwrap();
    made
}

pub async fn service(tx: &Tx, name: &str) -> rows::services::Model {
    let row = rows::services::Model {
        id: 0,
        name: name.to_owned(),
        name_key: contacts::fold_name(name),
        category: None,
        direction: Some("fitness".to_owned()),
        duration_minutes: 60,
        price_minor: 80_000,
        capacity: Some(10),
        visits: None,
        period_days: None,
        description: None,
        active: true,
        created_at: NOW,
        updated_at: NOW,
    };
    services::create(tx, row).await.unwrap()
}

pub async fn trainer(tx: &Tx, name: &str) -> rows::staff::Model {
    let row = rows::staff::Model {
        id: 0,
        name: name.to_owned(),
        name_key: contacts::fold_name(name),
        position: None,
        phone: None,
        notes: None,
        active: true,
        created_at: NOW,
        updated_at: NOW,
    };
    staff::create(tx, row).await.unwrap()
}

pub async fn place(tx: &Tx, name: &str) -> rows::places::Model {
    let row = rows::places::Model {
        id: 0,
        name: name.to_owned(),
        name_key: contacts::fold_name(name),
        kind: PlaceKind::Desk,
        direction: Some("coworking".to_owned()),
        capacity: 1,
        price_hour_minor: Some(30_000),
        price_day_minor: None,
        price_month_minor: None,
        description: None,
        active: true,
        created_at: NOW,
        updated_at: NOW,
    };
    places::create(tx, row).await.unwrap()
}

pub fn session_row(service_id: i64, capacity: i32) -> rows::schedule_sessions::Model {
    rows::schedule_sessions::Model {
        id: 0,
        service_id,
        staff_id: None,
        place_id: None,
        starts_at: minutes(60),
        ends_at: minutes(120),
        day: TODAY,
        hour: 13,
        capacity,
        seats_taken: 0,
        price_minor: 80_000,
        status: SessionStatus::Scheduled,
        cancel_reason: None,
        notes: None,
        series_id: None,
        created_by: "test".to_owned(),
        created_at: NOW,
        updated_at: NOW,
    }
}

pub async fn session(tx: &Tx, service_id: i64, capacity: i32) -> rows::schedule_sessions::Model {
    sessions::create(tx, session_row(service_id, capacity))
        .await
        .unwrap()
}

fn payment(client_id: i64, amount_minor: i64, day: Day) -> rows::payments::Model {
    rows::payments::Model {
        id: 0,
        client_id: Some(client_id),
        kind: PaymentKind::Payment,
        status: PaymentStatus::Completed,
        method: PaymentMethod::Card,
        amount_minor,
        refunded_minor: 0,
        refund_of: None,
        service_id: None,
        staff_id: None,
        subscription_id: None,
        booking_id: None,
        paid_at: Some(NOW),
        day: Some(day),
        number: None,
        notes: None,
        created_by: "test".to_owned(),
        created_at: NOW,
        updated_at: NOW,
    }
}

/// A store with something in it: what `fill` makes, committed.
async fn filled<T>(store: &Store, fill: impl AsyncFnOnce(&Tx) -> T) -> T {
    let tx = store.begin().await.unwrap();
    let made = fill(&tx).await;
    tx.commit().await.unwrap();
    made
}

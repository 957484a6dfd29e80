//! What the demo studio offers: services, trainers with their hours, halls, rooms and desks.

use alfa_store::Tx;
use alfa_store::contacts::fold_name;
use alfa_store::crm::staff::{Details, Hours};
use alfa_store::crm::{places, services, staff};
use alfa_store::demo;
use alfa_store::entity::{places::Model as Place, services::Model as Service, staff::Model as Staff};
use alfa_store::types::PlaceKind;

use crate::app::App;
use crate::error::AppResult;
use crate::text::{Lang, text};

/// What there is.
pub struct Offer {
    pub services: Vec<Service>,
    pub staff: Vec<Staff>,
    pub places: Vec<Place>,
}

/// Name, direction, minutes, price in minor units, seats, visits, days: the last two of what is sold as a subscription.
type ServiceRow = (
    &'static str,
    &'static str,
    i32,
    i64,
    Option<i32>,
    Option<i32>,
    Option<i32>,
);

/// The group classes come first; the schedule takes them by their place.
const SERVICES: [ServiceRow; 11] = [
    ("Йога", "fitness", 60, 90_000, Some(12), None, None),
    ("Пилатес", "fitness", 60, 95_000, Some(10), None, None),
    ("Стретчинг", "fitness", 50, 80_000, Some(12), None, None),
    ("Силовая тренировка", "fitness", 60, 100_000, Some(14), None, None),
    ("Детская гимнастика", "kids", 45, 70_000, Some(8), None, None),
    (
        "Персональная тренировка",
        "fitness",
        60,
        250_000,
        Some(1),
        None,
        None,
    ),
    (
        "Абонемент на 8 занятий",
        "fitness",
        60,
        560_000,
        None,
        Some(8),
        Some(30),
    ),
    (
        "Безлимитный абонемент",
        "fitness",
        60,
        790_000,
        None,
        None,
        Some(30),
    ),
    ("Рабочий стол", "coworking", 480, 80_000, None, None, None),
    ("Переговорная", "coworking", 60, 120_000, None, None, None),
    ("Кофе и завтраки", "coffee", 15, 35_000, None, None, None),
];
/// The group classes among them.
pub const CLASSES: usize = 5;
/// The personal training.
pub const PERSONAL: usize = 5;
pub const EIGHT_VISITS: usize = 6;
pub const UNLIMITED: usize = 7;
pub const DESK: usize = 8;
pub const ROOM: usize = 9;
pub const COFFEE: usize = 10;

const STAFF: [(&str, &str, &[&str]); 6] = [
    ("Анна Соколова", "тренер по йоге", &["fitness"]),
    ("Олег Соколов", "силовой тренер", &["fitness"]),
    ("Ирина Белова", "тренер по пилатесу", &["fitness"]),
    ("Мария Королёва", "тренер по стретчингу", &["fitness"]),
    ("Дарья Зимина", "детский тренер", &["kids"]),
    ("Павел Громов", "персональный тренер", &["fitness"]),
];

/// Name, kind, direction, seats, price of an hour and of a day in minor units.
type PlaceRow = (
    &'static str,
    PlaceKind,
    &'static str,
    i32,
    Option<i64>,
    Option<i64>,
);

const PLACES: [PlaceRow; 11] = [
    ("Большой зал", PlaceKind::Hall, "fitness", 14, Some(300_000), None),
    ("Малый зал", PlaceKind::Hall, "fitness", 12, Some(200_000), None),
    ("Детский зал", PlaceKind::Hall, "kids", 8, Some(150_000), None),
    (
        "Переговорная «Север»",
        PlaceKind::MeetingRoom,
        "coworking",
        8,
        Some(120_000),
        None,
    ),
    (
        "Переговорная «Юг»",
        PlaceKind::MeetingRoom,
        "coworking",
        4,
        Some(90_000),
        None,
    ),
    ("Стол 1", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
    ("Стол 2", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
    ("Стол 3", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
    ("Стол 4", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
    ("Стол 5", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
    ("Стол 6", PlaceKind::Desk, "coworking", 1, None, Some(80_000)),
];
/// The halls, by class; then rooms and desks.
pub const ROOMS: std::ops::Range<usize> = 3..5;
pub const DESKS: std::ops::Range<usize> = 5..11;

/// From nine to nine, every day.
const FROM_MINUTE: i32 = 9 * 60;
const TO_MINUTE: i32 = 21 * 60;

impl Offer {
    /// What must be remembered of it.
    pub fn ids(&self) -> demo::Kept {
        demo::Kept {
            services: self.services.iter().map(|row| row.id).collect(),
            staff: self.staff.iter().map(|row| row.id).collect(),
            places: self.places.iter().map(|row| row.id).collect(),
            ..Default::default()
        }
    }
}

/// Makes it. A service or a place of the same name that is there already refuses the whole demo.
pub async fn make(app: &App, tx: &Tx) -> AppResult<Offer> {
    let now = app.clock.now();
    let mark = text(Lang::Ru, "demo.mark", &[]);
    let mut offer = Offer {
        services: Vec::new(),
        staff: Vec::new(),
        places: Vec::new(),
    };
    for (name, direction, duration_minutes, price_minor, capacity, visits, period_days) in SERVICES {
        let row = Service {
            id: 0,
            name: name.to_owned(),
            name_key: fold_name(name),
            category: Some(mark.clone()),
            direction: Some(direction.to_owned()),
            duration_minutes,
            price_minor,
            capacity,
            visits,
            period_days,
            description: Some(mark.clone()),
            active: true,
            created_at: now,
            updated_at: now,
        };
        offer.services.push(services::create(tx, row).await?);
    }
    for (name, position, directions) in STAFF {
        let row = Staff {
            id: 0,
            name: name.to_owned(),
            name_key: fold_name(name),
            position: Some(position.to_owned()),
            phone: None,
            notes: Some(mark.clone()),
            active: true,
            created_at: now,
            updated_at: now,
        };
        let row = staff::create(tx, row).await?;
        let hours = (1..=7)
            .map(|weekday| Hours {
                weekday,
                from_minute: FROM_MINUTE,
                to_minute: TO_MINUTE,
            })
            .collect();
        let details = Details {
            directions: directions.iter().map(|code| (*code).to_owned()).collect(),
            hours,
        };
        staff::set_details(tx, row.id, &details).await?;
        offer.staff.push(row);
    }
    for (name, kind, direction, capacity, price_hour_minor, price_day_minor) in PLACES {
        let row = Place {
            id: 0,
            name: name.to_owned(),
            name_key: fold_name(name),
            kind,
            direction: Some(direction.to_owned()),
            capacity,
            price_hour_minor,
            price_day_minor,
            price_month_minor: None,
            description: Some(mark.clone()),
            active: true,
            created_at: now,
            updated_at: now,
        };
        offer.places.push(places::create(tx, row).await?);
    }
    Ok(offer)
}

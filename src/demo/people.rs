//! The demo's clients: invented names, phones of a range that is nobody's, no consent, so that nobody is ever written to.

use alfa_store::Tx;
use alfa_store::contacts::{self, Profile, tags};
use alfa_store::crm::clients;
use alfa_store::crm::totals::Moves;
use alfa_store::demo::MARK;
use alfa_store::entity::clients::Model;
use alfa_store::types::{ClientStatus, ContactSource, Day};

use super::dice::Dice;
use crate::app::App;
use crate::crm::calendar::month_day;
use crate::error::AppResult;
use crate::text::{Lang, text};

/// How many clients there are.
pub const CLIENTS: usize = 320;
/// Days of the past that the demo knows of.
pub const DAYS: i32 = 365;

const WOMEN: [&str; 16] = [
    "Мария",
    "Ольга",
    "Елена",
    "Наталья",
    "Татьяна",
    "Светлана",
    "Юлия",
    "Екатерина",
    "Ксения",
    "Алина",
    "Вера",
    "Полина",
    "Дарья",
    "Софья",
    "Инна",
    "Лидия",
];
const MEN: [&str; 12] = [
    "Андрей",
    "Сергей",
    "Дмитрий",
    "Павел",
    "Николай",
    "Игорь",
    "Роман",
    "Виктор",
    "Артём",
    "Глеб",
    "Фёдор",
    "Тимур",
];
/// A woman's is with an «а».
const SURNAMES: [&str; 20] = [
    "Смирнов",
    "Иванов",
    "Ковалёв",
    "Петров",
    "Морозов",
    "Лебедев",
    "Орлов",
    "Зайцев",
    "Егоров",
    "Фролов",
    "Киселёв",
    "Макаров",
    "Захаров",
    "Виноградов",
    "Гусев",
    "Титов",
    "Кудрявцев",
    "Баранов",
    "Калинин",
    "Широков",
];
const SOURCES: [&str; 5] = ["Instagram", "Сайт", "Друзья", "Вывеска", "Яндекс Карты"];

/// A client of the demo.
pub struct Person {
    pub client: Model,
    pub first_name: &'static str,
}

/// Makes them, the ones who came first first.
pub async fn make(app: &App, tx: &Tx, dice: &mut Dice) -> AppResult<Vec<Person>> {
    let calendar = crate::crm::calendar(app);
    let today = calendar.day(app.clock.now());
    let note = text(Lang::Ru, "demo.mark", &[]);
    let mut moves = Moves::new();
    let mut made = Vec::with_capacity(CLIENTS);
    for number in 0..CLIENTS {
        let woman = dice.percent(65);
        let first = dice
            .pick(if woman { &WOMEN } else { &MEN })
            .copied()
            .unwrap_or_default();
        let surname = dice.pick(&SURNAMES).copied().unwrap_or_default();
        let last = if woman {
            format!("{surname}а")
        } else {
            surname.to_owned()
        };
        let profile = Profile {
            name: format!("{first} {last}"),
            first_name: Some(first.to_owned()),
            last_name: Some(last),
            phone: Some(format!("+7000{number:07}")),
            notes: Some(note.clone()),
            ..Default::default()
        };
        // Most came in the past; the last few weeks are dense enough to have somebody every few days.
        let age = DAYS - DAYS * i32::try_from(number).unwrap_or(0) / i32::try_from(CLIENTS).unwrap_or(1);
        let created_day = today.plus(-(age - 1).max(0));
        let created_at = calendar.at_minute(created_day, 10 * 60).min(app.clock.now());
        let contact = contacts::create(tx, profile, ContactSource::Manual, created_at).await?;
        tags::set(tx, contact.id, &[MARK.to_owned()]).await?;
        let birth = Day(i32::try_from(dice.below(14_000)).unwrap_or(0));
        let status = match dice.below(10) {
            0 | 1 => ClientStatus::Former,
            2 => ClientStatus::New,
            _ => ClientStatus::Active,
        };
        let row = Model {
            id: 0,
            contact_id: contact.id,
            status,
            direction: Some(["fitness", "fitness", "fitness", "coworking", "kids"][dice.below(5)].to_owned()),
            contract_number: Some(format!("Д-{:04}", number + 1)),
            subscription_number: None,
            source: dice
                .percent(90)
                .then(|| dice.pick(&SOURCES).copied().unwrap_or_default().to_owned()),
            birth_date: Some(birth),
            birth_month_day: Some(month_day(birth)),
            notes: Some(note.clone()),
            contraindications: None,
            visits: 0,
            last_visit_day: Day(0),
            created_day,
            created_at,
            updated_at: created_at,
        };
        let client = clients::create(tx, row, &mut moves).await?;
        made.push(Person {
            client,
            first_name: first,
        });
    }
    // The totals are made anew when everything is there.
    drop(moves);
    Ok(made)
}

//! What the assistant does not tell, does not know or does not do, it says.

use alfa::access::{Caller, User};
use alfa::demo;
use serde_json::Value;

use crate::studio::Studio;

fn operator() -> Caller {
    Caller::User(User {
        id: 7,
        name: "operator".to_owned(),
        role: "operator".to_owned(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_see_money_is_told_so_and_sees_the_rest() {
    let studio = Studio::filled().await;
    for question in [
        "Какая выручка сегодня?",
        "Кто нам должен?",
        "топ-5 клиентов по оплатам за год",
        "What is the average payment?",
        "Сколько возвратов сделали в ноябре?",
    ] {
        let reply = studio.ask_as(&operator(), &[], question).await;
        assert!(
            reply.message.contains("нет права") || reply.message.contains("no right"),
            "{question}: {}",
            reply.message
        );
        assert!(reply.data.is_empty(), "{question}: {:?}", reply.data);
    }
    let reply = studio.ask_as(&operator(), &[], "Сколько клиентов в базе?").await;
    assert_eq!(reply.data["total_clients"], 320);
    assert!(!reply.data.contains_key("revenue_today"));
    let reply = studio.ask_as(&operator(), &[], "Как у нас дела?").await;
    assert!(
        reply.message.contains("нет права") && !reply.data.contains_key("revenue_month"),
        "{}",
        reply.message
    );
    let reply = studio
        .ask_as(&operator(), &[], "Покажи карточку клиента 0000001")
        .await;
    assert!(!reply.data.contains_key("owed"), "{:?}", reply.data);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_names_and_namesakes() {
    let studio = Studio::filled().await;
    let reply = studio
        .ask("Насколько загружен тренер Соколов на этой неделе?")
        .await;
    assert!(
        reply.message.contains("Анна Соколова") && reply.message.contains("Олег Соколов"),
        "{}",
        reply.message
    );
    assert_eq!(reply.data["candidates"].as_array().map(Vec::len), Some(2));
    for (question, name) in [
        ("Насколько загружен тренер Вася на этой неделе?", "Вася"),
        ("Сколько мест осталось на керлинг завтра?", "керлинг"),
        ("Найди клиента Трампушкина", "Трампушкина"),
        ("Когда следующая запись у Гермионы Фазендейро?", "Фазендейро"),
        ("Как идёт кампания «Весна»?", ""),
    ] {
        let reply = studio.ask(question).await;
        assert!(
            reply.message.contains("Не нашёл") || reply.message.contains("пока нет"),
            "{question}: {}",
            reply.message
        );
        assert!(reply.message.contains(name), "{question}: {}", reply.message);
    }
    let reply = studio.ask("Покажи карточку клиента Смирнова").await;
    assert!(reply.message.contains("уточните"), "{}", reply.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_small_talk_and_orders() {
    let studio = Studio::empty(&[]).await;
    for question in [
        "Какая завтра погода?",
        "Сколько зарабатывает наш бухгалтер?",
        "What's the dollar rate today?",
        "абырвалг",
        "?!",
        "🙂🙂",
        "SELECT",
        "42",
        "а",
        "ё".repeat(2_000).as_str(),
    ] {
        let reply = studio.ask(question).await;
        assert!(reply.calls.is_empty(), "{question}: {:?}", reply.calls);
        assert!(
            reply.message.contains("не знаю") || reply.message.contains("do not know"),
            "{question}: {}",
            reply.message
        );
    }
    for (question, part) in [
        ("Привет!", "Здравствуйте"),
        ("Спасибо, выручил", "Пожалуйста"),
        ("Ты кто?", "ассистент"),
        ("Что ты умеешь?", "клиенты"),
        ("Hi there", "Hello"),
        ("What can you do?", "clients"),
        ("Пока!", "До встречи"),
        ("Удали всех неактивных клиентов", "ничего не меняю"),
        (
            "пришли мне телефоны всех клиентов sql запросом",
            "ничего не меняю",
        ),
        ("Delete all clients", "change"),
        ("Покажи карточку клиента", "О каком клиенте"),
    ] {
        let reply = studio.ask(question).await;
        assert!(
            reply.message.contains(part) && reply.calls.is_empty(),
            "{question}: {}",
            reply.message
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_business_has_zeros_and_says_none() {
    let studio = Studio::empty(&[]).await;
    for question in [
        "Сколько клиентов в базе?",
        "Какая выручка сегодня?",
        "Сколько записей на сегодня?",
        "Какой средний чек?",
        "Кто нам должен?",
        "Есть дубли в базе?",
        "топ-5 клиентов по оплатам за год",
        "Как идёт кампания «Осень»?",
        "Кто ждёт ответа?",
        "Какие возражения встречаются чаще всего?",
        "самая популярная услуга",
        "Which trainer is the busiest this month?",
        "Any free slots this evening?",
        "Откуда к нам приходят клиенты?",
        "Give me a quick summary",
    ] {
        let reply = studio.ask(question).await;
        assert!(
            !reply.message.contains("assistant.") && !reply.message.contains('{'),
            "{question}: {}",
            reply.message
        );
        assert!(!reply.calls.is_empty(), "{question}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_goes_as_it_came_and_comes_again_the_same() {
    let studio = Studio::filled().await;
    let first = studio.ask("Give me a quick summary").await.data;
    assert!(demo::fill(&studio.app, 1).await.is_err(), "it is there already");
    demo::remove(&studio.app).await.unwrap();
    let sql = studio.sql();
    for table in [
        "contacts",
        "clients",
        "bookings",
        "payments",
        "subscriptions",
        "schedule_sessions",
        "occupancy",
        "services",
        "staff",
        "staff_hours",
        "places",
        "contact_tags",
        "day_totals",
        "campaigns",
        "campaign_contacts",
        "campaign_counters",
        "messages",
        "dialogs",
        "stage_moves",
        "accounts",
    ] {
        let left: i64 = sql
            .query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    assert!(demo::remove(&studio.app).await.is_err(), "it is gone");
    demo::fill(&studio.app, demo::SEED).await.unwrap();
    assert_eq!(
        Value::Object(studio.ask("Give me a quick summary").await.data),
        Value::Object(first)
    );
}

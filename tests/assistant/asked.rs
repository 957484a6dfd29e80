//! The question that was asked is the one that is answered: never another one that looks like it.

use alfa::assistant::tool::Tool;

use crate::studio::{NOW, Studio};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_that_does_not_exist_is_asked_again() {
    let studio = Studio::filled().await;
    for (question, parts) in [
        ("Выручка за 29 февраля 2026", ["29 февраля 2026", "28 дней"]),
        ("выручка за 31 сентября", ["31 сентября 2026", "30 дней"]),
        ("Выручка с 31 ноября по 5 декабря", ["31 ноября 2025", "30 дней"]),
        ("Сколько записей 31.04.2026?", ["31 апреля 2026", "30 дней"]),
        ("Сколько новых клиентов за 01.13.2026?", ["01.13.2026", "нет"]),
        ("revenue on February 30", ["30 February 2026", "28 days"]),
        ("Revenue from 1 to 31 September", ["31 September 2026", "30 days"]),
    ] {
        let reply = studio.ask(question).await;
        assert!(
            reply.calls.is_empty() && reply.sources.is_empty() && !reply.data.contains_key("revenue"),
            "{question}: {:?}",
            reply.calls
        );
        for part in parts {
            assert!(reply.message.contains(part), "{question}: {}", reply.message);
        }
    }
    // Told again, it is the answer to what was asked; told wrongly again, it is none.
    let wrong = ["Выручка Олега Соколова за 31 сентября"];
    let again = studio.ask_after(&wrong, "за 30 сентября").await;
    let at_once = studio.ask("Выручка Олега Соколова за 30 сентября").await;
    assert_eq!((again.calls, again.data), (at_once.calls, at_once.data));
    let again = studio
        .ask_after(&["Выручка за октябрь"], "а за 31 сентября?")
        .await;
    assert!(
        again.calls.is_empty() && again.message.contains("30 дней"),
        "{}",
        again.message
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_that_is_asked_for_is_counted_and_named() {
    let studio = Studio::filled().await;
    for (question, status) in [
        ("Сколько активных клиентов не были 30 дней?", Some("активный")),
        ("Сколько бывших клиентов не были 30 дней?", Some("бывший")),
        ("Сколько клиентов не были 30 дней?", None),
    ] {
        let reply = studio.ask(question).await;
        let named = ["активный", "бывший", "новый"]
            .into_iter()
            .find(|word| reply.message.contains(&format!("статус: {word}")));
        assert_eq!(named, status, "{question}: {}", reply.message);
    }
    // What a program asks for and what does not exist is not counted as everybody.
    let arguments = serde_json::json!({"status": "sleeping"});
    let bad = Tool::ClientsInactive.call(arguments.as_object().unwrap().clone());
    assert_eq!(bad.unwrap_err().field, "status");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_debt_of_who_is_named_is_told_and_nobody_elses() {
    let studio = Studio::filled().await;
    let sql = studio.sql();
    let owed = format!(
        "(SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM bookings WHERE client_id = c.id AND status <> 'cancelled' AND starts_at <= {NOW} AND price_minor > paid_minor) + (SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM subscriptions WHERE client_id = c.id AND status = 'active' AND price_minor > paid_minor AND date(starts_on * 86400, 'unixepoch') <= '2026-11-28')",
        NOW = NOW.0
    );
    let people = format!(
        "SELECT p.name, {owed} AS owed FROM clients c JOIN contacts p ON p.id = c.contact_id GROUP BY p.name HAVING COUNT(*) = 1 ORDER BY owed"
    );
    let people: Vec<(String, i64)> = sql
        .prepare(&people)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let (_, most) = people.last().unwrap();
    assert!(people[0].1 == 0 && *most > 0, "{people:?}");
    for (name, owed) in [&people[0], &people[people.len() - 1]] {
        for question in [
            format!("Сколько должен {name}?"),
            format!("Долг {name}"),
            format!("долг {}", name.to_lowercase()),
            format!("How much does {name} owe?"),
        ] {
            let reply = studio.ask(&question).await;
            assert_eq!(reply.data["owed"], *owed, "{question}: {}", reply.message);
            assert_eq!(reply.data["name"], *name, "{question}");
            assert!(
                !reply.data.contains_key("clients"),
                "{question}: everybody is named"
            );
        }
    }
    // In another case; of several namesakes it is asked which; nobody's is nobody's.
    for (question, surname) in [
        ("Сколько должен Егоров?", "Егоров"),
        ("Долг Юлии Морозовой", "Морозова"),
    ] {
        let reply = studio.ask(question).await;
        assert!(!reply.message.contains("всего"), "{question}: {}", reply.message);
        assert!(reply.message.contains(surname), "{question}: {}", reply.message);
    }
    let reply = studio.ask("Сколько должен Трампушкин?").await;
    assert!(
        reply.message.contains("Не нашёл клиента «Трампушкин»"),
        "{}",
        reply.message
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn top_clients_are_of_money_and_as_many_as_are_asked_for() {
    let studio = Studio::filled().await;
    for question in ["Топ-3 клиентов за год", "Top 3 clients this year"] {
        let reply = studio.ask(question).await;
        assert_eq!(reply.calls[0].tool, Tool::TopClients, "{question}");
        assert_eq!(
            reply.data["clients"].as_array().map(Vec::len),
            Some(3),
            "{question}"
        );
    }
    for question in [
        "Топ-3 клиентов по посещениям за год",
        "Топ клиентов по числу визитов",
        "Top 5 clients by visits",
    ] {
        unknown(&studio, question).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_that_end_are_named_and_others_are_not_counted_instead() {
    let studio = Studio::filled().await;
    let reply = studio.ask("Какие абонементы заканчиваются на этой неделе?").await;
    let first: (String, String) = studio
        .sql()
        .query_row(
            "SELECT p.name, date(s.ends_on * 86400, 'unixepoch') FROM subscriptions s JOIN clients c ON c.id = s.client_id JOIN contacts p ON p.id = c.contact_id WHERE s.status = 'active' AND date(s.ends_on * 86400, 'unixepoch') BETWEEN '2026-11-23' AND '2026-11-29' ORDER BY s.ends_on, s.id LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let row = &reply.data["subscriptions"][0];
    assert_eq!(
        (&row["name"], &row["ends_on"]),
        (&first.0.clone().into(), &first.1.into())
    );
    assert!(reply.message.contains(&first.0), "{}", reply.message);
    for question in [
        "Сколько абонементов продали в ноябре?",
        "Какие абонементы заморожены?",
        "Сколько стоит абонемент?",
        "How many subscriptions are frozen?",
    ] {
        unknown(&studio, question).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn campaigns_are_compared_when_the_best_or_the_worst_is_asked_for() {
    let studio = Studio::filled().await;
    let named = |order: &str| -> String {
        let query = format!(
            "SELECT c.name FROM campaigns c JOIN campaign_contacts p ON p.campaign_id = c.id WHERE p.delivered GROUP BY c.id ORDER BY {order} LIMIT 1"
        );
        studio.sql().query_row(&query, [], |row| row.get(0)).unwrap()
    };
    let (best, worst, most) = (
        named("COUNT(p.replied_at) * 1.0 / COUNT(*) DESC"),
        named("COUNT(p.replied_at) * 1.0 / COUNT(*)"),
        named("COUNT(p.replied_at) DESC"),
    );
    assert_ne!(best, worst);
    for question in [
        "Какая кампания самая неудачная?",
        "Какая кампания самая успешная?",
        "Какая рассылка принесла больше всего ответов?",
        &format!("Сравни кампании «{best}» и «{worst}»"),
        "Which campaign is the worst?",
        "Which campaign got the most replies?",
    ] {
        let reply = studio.ask(question).await;
        assert_eq!(reply.data["best"], best, "{question}");
        assert_eq!(reply.data["worst"], worst, "{question}");
        assert_eq!(reply.data["most_replies"], most, "{question}");
        assert!(
            reply.message.contains(&best) && reply.message.contains(&worst),
            "{question}: {}",
            reply.message
        );
    }
    let none = Studio::empty(&[])
        .await
        .ask("Какая кампания самая успешная?")
        .await;
    assert!(none.message.contains("Сравнивать нечего"), "{}", none.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_sounds_like_another_question_is_said_not_to_be_known() {
    let studio = Studio::filled().await;
    for question in [
        "Кто должен прийти завтра?",
        "Сколько мы должны тренеру Анне?",
        "How much do we owe to the staff?",
        "В какое время лучше запускать рассылку?",
        "When is the best time for a campaign?",
    ] {
        unknown(&studio, question).await;
    }
    for (question, tool) in [
        ("Кто должен заплатить?", Tool::Debtors),
        ("How is the most recent campaign doing?", Tool::CampaignFunnel),
    ] {
        let reply = studio.ask(question).await;
        assert_eq!(reply.calls[0].tool, tool, "{question}: {}", reply.message);
    }
}

/// It is said that this is not known, and what is.
async fn unknown(studio: &Studio, question: &str) {
    let reply = studio.ask(question).await;
    assert!(
        reply.calls.is_empty(),
        "{question}: {:?} {}",
        reply.calls,
        reply.message
    );
    assert!(
        reply.message.contains("не знаю") || reply.message.contains("do not know"),
        "{question}: {}",
        reply.message
    );
}

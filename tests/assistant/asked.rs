//! The question that was asked is the one that is answered: never another one that looks like it.

use alfa::assistant::tool::Tool;

use crate::studio::Studio;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_that_does_not_exist_is_asked_again() {
    let studio = Studio::filled().await;
    for (question, parts) in [
        ("Выручка за 29 февраля 2026", ["29 февраля 2026", "28 дней"]),
        ("выручка за 31 сентября", ["31 сентября 2026", "30 дней"]),
        (
            "Выручка с 31 ноября по 5 декабря",
            ["31 ноября 2025", "30 дней"],
        ),
        ("Сколько записей 31.04.2026?", ["31 апреля 2026", "30 дней"]),
        ("Сколько новых клиентов за 01.13.2026?", ["01.13.2026", "нет"]),
        ("revenue on February 30", ["30 February 2026", "28 days"]),
        (
            "Revenue from 1 to 31 September",
            ["31 September 2026", "30 days"],
        ),
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
    let again = studio.ask_after(&["Выручка за октябрь"], "а за 31 сентября?").await;
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

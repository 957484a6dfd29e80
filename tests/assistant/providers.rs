//! The same questions with a Timeweb agent and an OpenAI that tell the truth, lie, invent, fail and are slow.

use alfa::assistant::Reply;
use alfa::clock::Clock;
use serde_json::{Value, json};
use std::time::Instant;

use crate::fake::{Answer, Fake};
use crate::studio::Studio;

const KEY: &str = "invented-key-of-the-test-4711";
const QUESTION: &str = "Сколько клиентов в базе?";

struct Rig {
    studio: Studio,
    timeweb: Fake,
    openai: Fake,
}

async fn rig(
    timeweb: impl Fn(&str) -> Answer + Send + Sync + 'static,
    openai: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> Rig {
    let (timeweb, openai) = (Fake::start(timeweb).await, Fake::start(openai).await);
    let variables = [
        ("TIMEWEB_API_TOKEN", KEY),
        ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
        ("TIMEWEB_BASE_URL", &timeweb.url),
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", &openai.url),
    ];
    let studio = Studio::at(Clock::real(), &variables).await;
    alfa::demo::fill(&studio.app, alfa::demo::SEED).await.unwrap();
    Rig {
        studio,
        timeweb,
        openai,
    }
}

fn says(text: &str) -> impl Fn(&str) -> Answer + Send + Sync + 'static + use<> {
    let text = text.to_owned();
    move |_| Answer::Says(text.clone())
}

fn fails(status: u16) -> impl Fn(&str) -> Answer + Send + Sync + 'static {
    move |_| Answer::Status(status, json!({"error": {"message": "no"}}))
}

/// Asks for a tool first, then says a text made of its result.
fn calls(
    tool: &'static str,
    arguments: &'static str,
    text: &'static str,
) -> impl Fn(&str) -> Answer + Send + Sync + 'static {
    move |body| {
        let asked: Value = serde_json::from_str(body).unwrap();
        let results: Vec<&Value> = asked["messages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|message| message["role"] == "tool")
            .collect();
        if results.is_empty() {
            Answer::Calls(tool.to_owned(), arguments.to_owned())
        } else {
            Answer::Says(text.to_owned())
        }
    }
}

fn by(reply: &Reply) -> (&'static str, bool) {
    (reply.provider, reply.degraded)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_without_functions_answers_from_its_context() {
    let rig = rig(says("У вас 320 клиентов."), fails(500)).await;
    let reply = rig.studio.ask(QUESTION).await;
    assert_eq!(by(&reply), ("timeweb", false), "{}", reply.message);
    assert_eq!(reply.message, "У вас 320 клиентов.");
    assert_eq!(reply.data["total_clients"], 320);
    let sent = rig.timeweb.seen().join("\n");
    assert!(sent.contains("320") && !sent.contains("\"tools\""), "{sent}");
    assert!(rig.openai.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_one_chooses_tools_when_the_first_fails() {
    let rig = rig(fails(401), calls("clients_count", "{}", "Всего 320 клиентов.")).await;
    let reply = rig.studio.ask(QUESTION).await;
    assert_eq!(
        by(&reply),
        ("openai", false),
        "{} {:?}",
        reply.message,
        reply.notices
    );
    assert_eq!(reply.message, "Всего 320 клиентов.");
    assert_eq!(reply.calls[0].tool.name(), "clients_count");
    assert!(reply.notices[0].contains("токен"), "{:?}", reply.notices);
    let first: Value = serde_json::from_str(&rig.openai.seen()[0]).unwrap();
    assert!(first["tools"].as_array().unwrap().len() > 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_that_no_tool_returned_never_leaves() {
    for lie in [
        "У вас 321 клиент.",
        "Почти двадцать клиентов.",
        "320 клиентов, лучший из них Вальдемар Непомнящий.",
        "320 клиентов, рост 15%.",
    ] {
        let rig = rig(says(lie), calls("clients_count", "{}", lie)).await;
        let reply = rig.studio.ask(QUESTION).await;
        assert_eq!(by(&reply), ("offline", true), "{lie}: {}", reply.message);
        assert!(
            reply.message.contains("320 клиентов") && !reply.message.contains(lie),
            "{}",
            reply.message
        );
        assert_eq!(reply.notices.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_tools_is_none() {
    let rig = rig(fails(404), says("Клиентов много, всё отлично!")).await;
    let reply = rig.studio.ask(QUESTION).await;
    assert_eq!(by(&reply), ("offline", true), "{}", reply.message);
    assert!(
        reply.notices[0].contains("access id") || reply.notices[0].contains("агент"),
        "{:?}",
        reply.notices
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_people_do_not_go_out_and_come_back() {
    let rig = rig(
        fails(500),
        calls("next_booking", r#"{"client": "{{person_7}}"}"#, "Нет записей."),
    )
    .await;
    let name: String = rig
        .studio
        .sql()
        .query_row(
            "SELECT last_name FROM contacts WHERE last_name LIKE '%ова' LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    rig.studio
        .ask(&format!("{name} когда придёт и сколько должна?"))
        .await;
    for sent in rig.timeweb.seen().iter().chain(&rig.openai.seen()) {
        assert!(!sent.contains(&name), "{sent}");
        assert!(!sent.contains("Соколов"), "{sent}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leading_question_makes_no_figure() {
    let lie = "Да, у вас 500 клиентов.";
    let rig = rig(says(lie), calls("clients_count", "{}", lie)).await;
    let reply = rig.studio.ask("Правда, что у нас 500 клиентов?").await;
    assert_eq!(by(&reply), ("offline", true), "{}", reply.message);
    assert!(!reply.message.contains("500"), "{}", reply.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_provider_is_waited_for_and_a_silent_one_is_not() {
    let late = |_: &str| Answer::Late(2_000, Box::new(Answer::Says("У вас 320 клиентов.".to_owned())));
    let slow = rig(late, fails(500)).await;
    let reply = slow.studio.ask(QUESTION).await;
    assert_eq!(by(&reply), ("timeweb", false), "{:?}", reply.notices);

    let silent = rig(
        |_: &str| Answer::Hangs,
        calls("clients_count", "{}", "Всего 320 клиентов."),
    );
    let dead = rig(|_: &str| Answer::Hangs, |_: &str| Answer::Hangs);
    let (silent, dead) = tokio::join!(silent, dead);
    let begun = Instant::now();
    let ((stood_in, stood_in_s), (offline, offline_s)) = tokio::join!(
        async { (silent.studio.ask(QUESTION).await, begun.elapsed().as_secs_f64()) },
        async { (dead.studio.ask(QUESTION).await, begun.elapsed().as_secs_f64()) },
    );
    assert_eq!(by(&stood_in), ("openai", false), "{:?}", stood_in.notices);
    assert!(
        stood_in.notices[0].contains("не ответил вовремя"),
        "{:?}",
        stood_in.notices
    );
    assert_eq!(by(&offline), ("offline", true));
    assert_eq!(offline.notices.len(), 2, "{:?}", offline.notices);
    assert!(
        stood_in_s < 20.0 && offline_s < 21.0,
        "{stood_in_s} s and {offline_s} s"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_trouble_comes_with_the_advice() {
    for (timeweb, advice) in [
        (401, "токен целый, не истёк и что у агента включён приватный API"),
        (404, "не соответствует ни одному агенту"),
        (403, "не разрешает этот запрос"),
        (402, "закончились деньги"),
    ] {
        let rig = rig(
            fails(timeweb),
            calls("clients_count", "{}", "Всего 320 клиентов."),
        )
        .await;
        let reply = rig.studio.ask(QUESTION).await;
        assert_eq!(by(&reply), ("openai", false), "{timeweb}: {:?}", reply.notices);
        assert_eq!(reply.notices.len(), 1);
        assert!(
            reply.notices[0].contains(advice),
            "{timeweb}: {:?}",
            reply.notices
        );
        // Nobody asks it again before its probe, and the operator is still told why.
        let asked = rig.timeweb.seen().len();
        let reply = rig.studio.ask(QUESTION).await;
        assert_eq!(rig.timeweb.seen().len(), asked);
        assert!(
            reply.notices[0].contains(advice),
            "{timeweb}: {:?}",
            reply.notices
        );
    }
}

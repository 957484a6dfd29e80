//! The same questions with a Timeweb agent and an OpenAI that tell the truth, lie, invent, fail and are slow.

use alfa::assistant::Reply;
use serde_json::{Value, json};

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
    let studio = Studio::empty(&[
        ("TIMEWEB_API_TOKEN", KEY),
        ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
        ("TIMEWEB_BASE_URL", &timeweb.url),
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", &openai.url),
    ])
    .await;
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
async fn every_question_keeps_its_figures_with_liars_and_failures() {
    let liars = rig(
        says("Итого 987654321."),
        calls("business_snapshot", "{}", "Итого 987654321."),
    )
    .await;
    let broken = rig(fails(503), fails(429)).await;
    for question in [
        "Сколько клиентов в базе?",
        "Выручка за октябрь",
        "Кто нам должен?",
        "How many bookings are there tomorrow?",
        "What is the average payment?",
        "топ-5 клиентов по оплатам за год",
    ] {
        for studio in [&liars.studio, &broken.studio] {
            let reply = studio.ask(question).await;
            assert_eq!(by(&reply), ("offline", true), "{question}");
            assert!(!reply.message.contains("987"), "{question}: {}", reply.message);
            assert!(!reply.data.is_empty() && !reply.calls.is_empty());
        }
    }
}

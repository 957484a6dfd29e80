//! Nobody's name and no phone in what the assistant's providers get: an agent without functions and one with them, asked
//! about every client of the studio, in capitals and in small letters.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use alfa::clock::Clock;
use alfa::demo;
use futures::StreamExt as _;
use serde_json::{Value, json};

use crate::fake::{Answer, Fake};
use crate::studio::{NOW, Studio};

const KEY: &str = "invented-key-of-the-test-4711";
const AT_ONCE: usize = 4;
/// Prompts at least.
const PROMPTS: usize = 2_000;
/// Questions about somebody; every so often one about many.
const ABOUT: [&str; 6] = [
    "Когда следующая запись у {name}?",
    "Покажи карточку {name}",
    "найди клиента {last}",
    "когда придёт {small} и сколько должна",
    "When is the next booking of {name}?",
    "{small}, {small}: есть ли долги у этого клиента?",
];
const ABOUT_MANY: [&str; 5] = [
    "Кто записан на завтра?",
    "Кто нам должен?",
    "топ-10 клиентов по оплатам за год",
    "У кого день рождения на этой неделе?",
    "Кто чаще всех не приходит на занятия?",
];

/// Calls what it is told to call, and then says nothing that could be wrong.
async fn quiet(wanted: Arc<Mutex<(String, String)>>) -> Fake {
    Fake::start(move |body| {
        let asked: Value = serde_json::from_str(body).unwrap();
        let told = asked["messages"]
            .as_array()
            .unwrap()
            .iter()
            .any(|message| message["role"] == "tool");
        if told || !asked["tools"].is_array() {
            return Answer::Says("Готово.".to_owned());
        }
        let (tool, arguments) = wanted.lock().unwrap().clone();
        Answer::Calls(tool, arguments)
    })
    .await
}

async fn studio(variables: &[(&str, &str)]) -> Studio {
    let studio = Studio::at(Clock::at(NOW, 1).0, variables).await;
    demo::fill(&studio.app, demo::SEED).await.unwrap();
    studio
}

/// The words of a text, folded.
fn words(text: &str) -> BTreeSet<String> {
    let folded = text.to_lowercase().replace('ё', "е");
    let words = folded.split(|c: char| !c.is_alphabetic());
    words
        .filter(|word| word.chars().count() > 2)
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_named_to_a_provider() {
    let wanted = Arc::new(Mutex::new((
        "bookings_list".to_owned(),
        json!({"from": "2026-11-23", "to": "2026-11-29", "limit": 50}).to_string(),
    )));
    let (agent, openai) = (quiet(wanted.clone()).await, quiet(wanted).await);
    let with_agent = studio(&[
        ("TIMEWEB_API_TOKEN", KEY),
        ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
        ("TIMEWEB_BASE_URL", &agent.url),
    ])
    .await;
    let with_functions = studio(&[("OPENAI_API_KEY", KEY), ("OPENAI_BASE_URL", &openai.url)]).await;
    let people: Vec<(String, String, String)> = {
        let sql = with_agent.sql();
        let mut found = sql
            .prepare("SELECT name, COALESCE(last_name, name), COALESCE(phone, '') FROM contacts ORDER BY id")
            .unwrap();
        let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let mut questions = Vec::new();
    for round in 0..3 {
        for (place, (name, last, _)) in people.iter().enumerate() {
            let about = ABOUT[(place + round) % ABOUT.len()];
            questions.push(
                about
                    .replace("{name}", name)
                    .replace("{last}", last)
                    .replace("{small}", &last.to_lowercase()),
            );
            if place % 10 == 0 {
                questions.push(ABOUT_MANY[place / 10 % ABOUT_MANY.len()].to_owned());
            }
        }
    }
    futures::stream::iter(&questions)
        .for_each_concurrent(AT_ONCE, |question| async {
            with_agent.ask(question).await;
            with_functions.ask(question).await;
        })
        .await;

    let lasts: BTreeSet<String> = people.iter().flat_map(|(_, last, _)| words(last)).collect();
    let mut prompts = 0;
    for (who, fake) in [("the agent", &agent), ("OpenAI", &openai)] {
        let seen = fake.seen();
        println!("{who}: {} prompts", seen.len());
        prompts += seen.len();
        for body in &seen {
            let told: Vec<String> = words(body).intersection(&lasts).cloned().collect();
            assert!(told.is_empty(), "{who}: {told:?} in {body}");
            assert!(!body.contains(KEY), "{body}");
        }
        let all = seen.join("\n");
        for (_, _, phone) in &people {
            let digits = phone.trim_start_matches('+');
            assert!(digits.is_empty() || !all.contains(digits), "{who}: {phone}");
        }
    }
    assert!(prompts >= PROMPTS, "{prompts}");
}

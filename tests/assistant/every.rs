//! Every question of the suite, with a Timeweb agent and an OpenAI that tell the truth, refuse, and lie. The clock stands
//! still, so the figures are those of the offline engine and of SQL.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use alfa::assistant::Reply;
use alfa::clock::Clock;
use alfa::demo;
use alfa_llm::Provider;
use serde_json::{Value, json};

use crate::fake::{Answer, Fake};
use crate::figures;
use crate::intents;
use crate::studio::{NOW, Studio};

const KEY: &str = "invented-key-of-the-test-4711";
/// Figures, counts in words and people that no tool knows, said with what the tool did say.
const LIES: [&str; 5] = [
    "Итого 987654321.",
    "{} Это 98765 рублей.",
    "{} Лучшим был Вальдемар Непомнящий.",
    "{} Примерно восемнадцать тысяч.",
    "9753. {}",
];

/// What a provider does with the next question.
#[derive(Clone)]
enum Mood {
    Honest,
    Lies(String),
    Refuses(u16),
}

/// A tool and its arguments.
type Wanted = (String, String);

struct Vendor {
    fake: Fake,
    mood: Arc<Mutex<Mood>>,
    /// What one with functions asks for.
    wanted: Arc<Mutex<Wanted>>,
}

impl Vendor {
    async fn start() -> Self {
        let (mood, wanted) = (
            Arc::new(Mutex::new(Mood::Honest)),
            Arc::new(Mutex::new(Wanted::default())),
        );
        let (its_mood, its_wanted) = (mood.clone(), wanted.clone());
        let fake = Fake::start(move |body| {
            if body.contains("This is a test of the connection") {
                return Answer::Says("ok".to_owned());
            }
            let mood = its_mood.lock().unwrap().clone();
            if let Mood::Refuses(status) = mood {
                return Answer::Status(status, json!({"error": {"message": "no"}}));
            }
            let asked: Value = serde_json::from_str(body).unwrap();
            let Some(result) = result_of(&asked) else {
                let (tool, arguments) = its_wanted.lock().unwrap().clone();
                return Answer::Calls(tool, arguments);
            };
            Answer::Says(match mood {
                Mood::Lies(lie) => lie.replace("{}", &result),
                _ => result,
            })
        })
        .await;
        Self { fake, mood, wanted }
    }

    fn turns(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

/// The tool's result that a request holds: in the answer of a tool, or in the context of who calls none. `None`: a tool
/// may be called first.
fn result_of(asked: &Value) -> Option<String> {
    let messages = asked["messages"].as_array().unwrap();
    let text = |result: &Value| result["result"].as_str().map(str::to_owned);
    if let Some(told) = messages.iter().rfind(|message| message["role"] == "tool") {
        let result: Value = serde_json::from_str(told["content"].as_str().unwrap()).unwrap();
        return Some(text(&result).unwrap_or_default());
    }
    if asked["tools"].is_array() {
        return None;
    }
    let about = messages.iter().find_map(|message| {
        let fence: Value = serde_json::from_str(message["content"].as_str()?).ok()?;
        serde_json::from_str::<Vec<Value>>(fence["about_person"].as_str()?).ok()
    });
    about?.last().and_then(text)
}

struct Rig {
    with: Studio,
    without: Studio,
    timeweb: Vendor,
    openai: Vendor,
}

impl Rig {
    async fn start() -> Self {
        let (timeweb, openai) = (Vendor::start().await, Vendor::start().await);
        let variables = [
            ("TIMEWEB_API_TOKEN", KEY),
            ("TIMEWEB_AGENT_ACCESS_ID", "agent-of-the-test"),
            ("TIMEWEB_BASE_URL", timeweb.fake.url.as_str()),
            ("OPENAI_API_KEY", KEY),
            ("OPENAI_BASE_URL", openai.fake.url.as_str()),
        ];
        let with = Studio::at(Clock::at(NOW, 1).0, &variables).await;
        demo::fill(&with.app, demo::SEED).await.unwrap();
        Self {
            with,
            without: Studio::filled().await,
            timeweb,
            openai,
        }
    }

    /// Asks once more, with the providers in these moods and both of them asked.
    async fn ask(&self, (timeweb, openai): (Mood, Mood), before: &[&str], question: &str) -> Reply {
        self.timeweb.turns(timeweb);
        self.openai.turns(openai);
        let chain = self.with.app.ai.assistant();
        for provider in [Provider::Timeweb, Provider::OpenAi] {
            chain.test(provider).await.unwrap();
        }
        self.with.ask_after(before, question).await
    }
}

/// The questions before it, the question, and the place of its figure with the SQL, where it is known.
type Asked = (Vec<String>, String, Option<(&'static str, String)>);

/// Every question.
fn questions() -> Vec<Asked> {
    let mut all = Vec::new();
    for (questions, place, query) in figures::cases() {
        for question in questions {
            all.push((Vec::new(), question.to_owned(), Some((place, query.clone()))));
        }
    }
    let mut before: Vec<String> = Vec::new();
    for (question, intent) in intents::lines() {
        if !intent.starts_with("follow_up:") {
            before.clear();
        }
        all.push((before.clone(), question.clone(), None));
        before.push(question);
    }
    all
}

/// Runs of digits.
fn digits(text: &str) -> BTreeSet<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_question_keeps_its_figures_whatever_the_providers_do() {
    let rig = Rig::start().await;
    let sql = rig.with.sql();
    let refusals = [401, 403, 404, 402];
    let (mut asked, mut settled, mut by_provider) = (0, 0, [0, 0]);
    'questions: for (number, (before, question, figure)) in questions().into_iter().enumerate() {
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let offline = rig.without.ask_after(&before, &question).await;
        let Some(call) = offline.calls.first() else {
            // Small talk, orders, and what the offline engine does not know.
            continue;
        };
        asked += 1;
        *rig.openai.wanted.lock().unwrap() = (call.tool.name().to_owned(), json!(call.args).to_string());
        let refusal = Mood::Refuses(refusals[number % refusals.len()]);

        // Told the truth by the first, and by the second when the first refuses.
        for (place, moods) in [
            (0, (Mood::Honest, Mood::Refuses(401))),
            (1, (refusal.clone(), Mood::Honest)),
        ] {
            let reply = rig.ask(moods, &before, &question).await;
            if (reply.provider, reply.degraded) == ("offline", false) {
                // Nobody has the name, or several have: that is not for a provider.
                assert_eq!(reply.message, offline.message, "{question}");
                settled += 1;
                continue 'questions;
            }
            if reply.provider == ["timeweb", "openai"][place] {
                by_provider[place] += 1;
                assert!(!reply.degraded, "{question}");
                assert_eq!(reply.notices.len(), place, "{question}: {:?}", reply.notices);
            } else {
                assert_eq!((reply.provider, reply.degraded), ("offline", true), "{question}");
                assert_eq!(reply.message, offline.message);
            }
            grounded(&question, &reply, &offline);
            if let Some((place, query)) = &figure {
                let found = Value::Object(reply.data.clone());
                let found = found.pointer(place).and_then(Value::as_f64);
                let wanted = figures::wanted(&sql, query);
                assert!(
                    found.is_some_and(|found| (found - wanted).abs() < 1e-9),
                    "{question}: {found:?}, SQL {wanted}"
                );
            }
        }

        // Lied to by both, refused by both: the offline engine's words.
        let lie = Mood::Lies(LIES[number % LIES.len()].to_owned());
        for moods in [(lie.clone(), lie), (refusal.clone(), refusal)] {
            let reply = rig.ask(moods, &before, &question).await;
            assert_eq!((reply.provider, reply.degraded), ("offline", true), "{question}");
            assert_eq!(reply.message, offline.message, "{question}");
            assert_eq!(reply.data, offline.data, "{question}");
            assert_eq!(reply.notices.len(), 2, "{question}: {:?}", reply.notices);
        }
    }
    println!(
        "{asked} questions; told by Timeweb {} and by OpenAI {}",
        by_provider[0], by_provider[1]
    );
    assert!(asked >= 200 && settled < 20, "{asked}, {settled} settled");
    asked -= settled;
    // What names people in a way that is not let through is rare.
    assert!(
        by_provider.iter().all(|told| told * 100 >= asked * 95),
        "{by_provider:?} of {asked}"
    );
}

/// No digits in the message but those of the tool that was called.
fn grounded(question: &str, reply: &Reply, offline: &Reply) {
    let known = format!("{} {}", offline.message, json!(offline.data));
    let strange: Vec<String> = digits(&reply.message)
        .difference(&digits(&known))
        .cloned()
        .collect();
    assert!(strange.is_empty(), "{question}: {strange:?} in {}", reply.message);
}

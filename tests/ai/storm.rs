//! A storm: providers fail, are throttled, hang, stall in mid-answer, run out of credit and come back, while 500 drafts
//! are asked for through campaigns. Every draft is there in time, and the states say what happened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake::{Answer, Fake};
use crate::product::{KEY, Product};
use crate::prompts::says;

/// Everybody exists and is silent.
const CROWD: &str = r#"
seed: 5
open_registration: true
code: "12345"
accounts:
  - { phone: "+79990000001", first_name: "Альфа" }
populate:
  personas: { silent: 1 }
"#;
const DRAFTS: usize = 500;
const WAVES: usize = 4;
/// Two waves have a provider that is silent for the 10 s in which a first token must come; a wave may take so long, on
/// cores that others use too.
const WAVE: Duration = Duration::from_secs(180);
/// The providers have so long for one draft, in milliseconds.
const DEADLINE_MS: u64 = 60_000;
const TEXT: &str = "Здравствуйте, {{first_name}}! Я {{persona}}. По продукту «{{product.name}}» ставка {{fact:3.rate}}. Рассказать подробнее?";

/// How a provider behaves now.
#[derive(Clone, Copy, PartialEq)]
enum Weather {
    Fine,
    Fails,
    Throttles,
    Stalls,
    Hangs,
    OutOfCredit,
}

struct Vendor {
    fake: Fake,
    weather: Arc<Mutex<Weather>>,
}

impl Vendor {
    async fn start() -> Self {
        let weather = Arc::new(Mutex::new(Weather::Fine));
        let now = weather.clone();
        let fake = Fake::start(move |body| {
            let weather = *now.lock().unwrap();
            match weather {
                Weather::Fine if body.contains("This is a test of the connection") => {
                    Answer::Says("ok".to_owned())
                }
                Weather::Fine => says(TEXT),
                Weather::Fails => Answer::Status(503, json!({"error": {"message": "overloaded"}})),
                Weather::Throttles => Answer::Throttled(50),
                Weather::Stalls => Answer::Stalls,
                Weather::Hangs => Answer::Hangs,
                Weather::OutOfCredit => Answer::Status(402, json!({"error": {"message": "credit is gone"}})),
            }
        })
        .await;
        Self { fake, weather }
    }

    fn turns(&self, weather: Weather) {
        *self.weather.lock().unwrap() = weather;
    }
}

struct Storm {
    product: Product,
    people: Vec<i64>,
    drafted: usize,
}

impl Storm {
    async fn begin(vendors: &[Vendor; 4]) -> Self {
        let urls: Vec<&str> = vendors.iter().map(|vendor| vendor.fake.url.as_str()).collect();
        let product = Product::start_among(
            CROWD,
            &[
                ("GEMINI_API_KEY", KEY),
                ("GEMINI_BASE_URL", urls[0]),
                ("GROQ_API_KEY", KEY),
                ("GROQ_BASE_URL", urls[1]),
                ("OLLAMA_URL", urls[2].trim_end_matches("/v1")),
                ("HUGGINGFACE_TOKEN", KEY),
                ("HUGGINGFACE_BASE_URL", urls[3]),
            ],
        )
        .await;
        let mut people = Vec::new();
        for number in 0..DRAFTS {
            let person =
                json!({"name": "Евлампия", "phone": format!("+7999200{number:04}"), "profession": "Врач"});
            let made = product.post("/api/contacts/create", person).await;
            people.push(made["id"].as_i64().unwrap());
        }
        Self {
            product,
            people,
            drafted: 0,
        }
    }

    /// A campaign whose drafts wait for approval, for the next people. Who wrote how many of its drafts.
    async fn wave(&mut self) -> BTreeMap<String, usize> {
        let size = DRAFTS / WAVES;
        let people = &self.people[self.drafted..self.drafted + size];
        self.drafted += size;
        let campaign = json!({"name": "Волна", "product_id": 3, "approval": "manual", "contact_ids": people});
        let id = self.product.post("/api/campaigns/create", campaign).await["id"]
            .as_i64()
            .unwrap();
        let begun = Instant::now();
        self.product
            .post(&format!("/api/campaigns/{id}/initiate-dialogs"), json!({}))
            .await;
        let path = format!("/api/campaigns/{id}/drafts?limit=200");
        self.product
            .until_within(WAVE, || async { self.product.get(&path).await["total"] == size })
            .await;
        println!("{size} drafts in {:?}", begun.elapsed());
        let drafts = self.product.get(&path).await;
        let mut authors = BTreeMap::new();
        for draft in drafts["items"].as_array().unwrap() {
            let text = draft["text"].as_str().unwrap();
            assert!(text.contains("стоп") && !text.contains("{{"), "{text}");
            let author = draft["provider"].as_str().unwrap();
            *authors.entry(author.to_owned()).or_insert(0) += 1;
        }
        assert_eq!(authors.values().sum::<usize>(), size, "{authors:?}");
        authors
    }

    /// What the API says of each provider: its state and why.
    async fn states(&self) -> BTreeMap<String, (String, Value)> {
        let answer = self.product.get("/api/ai/providers").await;
        let items = answer["items"].as_array().unwrap().iter();
        items
            .map(|item| {
                let text = |field: &str| item[field].as_str().unwrap().to_owned();
                (text("name"), (text("state"), item["cause"].clone()))
            })
            .collect()
    }

    /// The operator's test button.
    async fn test(&self, name: &str) {
        let answer = self
            .product
            .post(&format!("/api/ai/providers/{name}/test"), json!({}))
            .await;
        assert_eq!(answer["ok"], true, "{answer}");
    }
}

fn is(states: &BTreeMap<String, (String, Value)>, name: &str, state: &str, cause: Value) {
    assert_eq!(states[name], (state.to_owned(), cause), "{name}: {states:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_drafts_come_in_time_through_a_storm() {
    let vendors = [
        Vendor::start().await,
        Vendor::start().await,
        Vendor::start().await,
        Vendor::start().await,
    ];
    let [gemini, groq, ollama, face] = &vendors;
    let mut storm = Storm::begin(&vendors).await;
    let begun = Instant::now();

    gemini.turns(Weather::Fails);
    groq.turns(Weather::Throttles);
    ollama.turns(Weather::Stalls);
    let authors = storm.wave().await;
    assert_eq!(authors, BTreeMap::from([("huggingface".to_owned(), 125)]));
    let states = storm.states().await;
    is(&states, "gemini", "open", json!("server_error"));
    is(&states, "groq", "open", json!("throttled"));
    is(&states, "ollama", "open", json!("timeout_first_token"));
    is(&states, "huggingface", "closed", Value::Null);

    face.turns(Weather::OutOfCredit);
    let authors = storm.wave().await;
    assert_eq!(authors, BTreeMap::from([("offline".to_owned(), 125)]));
    is(
        &storm.states().await,
        "huggingface",
        "disabled",
        json!("credit_exhausted"),
    );
    let outreach = storm.product.get("/api/ai/providers").await["outreach"].clone();
    assert_eq!(
        (&outreach["service"], &outreach["degraded"]),
        (&json!("degraded"), &json!(true))
    );

    for (vendor, name) in [
        (gemini, "gemini"),
        (groq, "groq"),
        (ollama, "ollama"),
        (face, "huggingface"),
    ] {
        vendor.turns(Weather::Fine);
        storm.test(name).await;
    }
    gemini.turns(Weather::Hangs);
    let authors = storm.wave().await;
    assert_eq!(authors, BTreeMap::from([("groq".to_owned(), 125)]));
    let states = storm.states().await;
    is(&states, "gemini", "open", json!("timeout_first_token"));
    is(&states, "groq", "closed", Value::Null);

    gemini.turns(Weather::Fine);
    storm.test("gemini").await;
    let authors = storm.wave().await;
    assert_eq!(authors, BTreeMap::from([("gemini".to_owned(), 125)]));
    for (name, state) in storm.states().await {
        let expected = if matches!(name.as_str(), "timeweb" | "openai") {
            "not_configured"
        } else {
            "closed"
        };
        assert_eq!(state.0, expected, "{name}");
    }
    let outreach = storm.product.get("/api/ai/providers").await["outreach"].clone();
    assert_eq!(outreach["service"], "full", "{outreach}");

    assert_eq!(storm.drafted, DRAFTS);
    let attempts = storm.product.get("/api/ai/attempts?limit=200").await;
    let attempts = attempts["items"].as_array().unwrap();
    let in_time = |attempt: &Value| attempt["total_ms"].as_u64().unwrap() <= DEADLINE_MS;
    assert!(
        !attempts.is_empty() && attempts.iter().all(in_time),
        "{attempts:?}"
    );
    println!("{DRAFTS} drafts in {:?}", begun.elapsed());
    storm.product.stop().await;
}

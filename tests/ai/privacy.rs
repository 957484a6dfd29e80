//! Prompts of the product itself, first messages and answers, with `AI_DIALOG_TEXT=local` and one provider that may
//! see nothing but knowledge. Every byte that a provider got is searched.

use std::collections::{BTreeSet, HashSet};

use alfa::app::App;
use alfa::campaigns::draft;
use alfa::campaigns::service::{CampaignRequest, PaceRequest};
use alfa::inbox::objection::{self, ObjectionContext};
use alfa_store::UnixMillis;
use alfa_store::entity::contacts;
use alfa_store::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage};
use futures::StreamExt as _;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::fake::{Answer, Fake};
use crate::people::{Person, person, sentence};
use crate::product::{KEY, Product};
use crate::prompts::{asks_answer, asks_meaning, says};

/// People that are written to, unless `PRIVACY_PEOPLE` says another number: these make ten thousand prompts.
const PEOPLE: i64 = 1_500;
/// Each is written to by three providers, two of them twice, and answered by the last, which labels the reply first.
const PROMPTS_EACH: i64 = 7;
const AT_ONCE: usize = 8;
const THREADS: usize = 2;
const SEED: u64 = 20_261_128;
const PATIENCE_MS: i64 = 60_000;
const GOOD: &str =
    "Здравствуйте, {{first_name}}! Я {{persona}}. Ставка {{fact:3.rate}}. Рассказать подробнее?";
const INVENTED: &str = "Здравствуйте, {{first_name}}! Я {{persona}}. Ставка 0,1 %. Берёте?";

fn contact(id: i64, who: &Person, said: [String; 3]) -> contacts::Model {
    let identity = &who.identity;
    let name = [&identity.first_name, &identity.last_name].map(|part| part.clone().unwrap());
    let [profession, interests, goal] = said;
    contacts::Model {
        id,
        name: name.join(" "),
        first_name: identity.first_name.clone(),
        last_name: identity.last_name.clone(),
        name_key: name.join(" ").to_lowercase(),
        phone: identity.phone.clone(),
        username: identity.username.clone(),
        telegram_user_id: identity.telegram_user_id,
        profession: Some(profession),
        interests: Some(interests),
        age: Some(40),
        goal: Some(goal),
        notes: None,
        language: None,
        timezone: None,
        source: ContactSource::Manual,
        status: ContactStatus::Active,
        consent_basis: ConsentBasis::OperatorAttested,
        opted_out_at: None,
        stage: FunnelStage::New,
        stage_message_id: None,
        last_outreach_at: None,
        last_inbound_at: None,
        last_message_at: None,
        extra: None,
        import_id: None,
        created_at: UnixMillis(0),
        updated_at: UnixMillis(0),
    }
}

/// A first message to somebody and an answer to what they write.
async fn write_to(app: &App, contact: &contacts::Model, wrote: &str) {
    let request = CampaignRequest {
        name: "Проба".to_owned(),
        description: None,
        product_id: Some(3),
        contact_ids: Vec::new(),
        templates: Vec::new(),
        follow_ups: Vec::new(),
        scheduled_at: None,
        approval: None,
        pace: PaceRequest::default(),
    };
    let campaign = draft::unsaved(&request, app.clock.now());
    let seed = contact.id.unsigned_abs();
    let drafted = draft::first_message(app, &campaign, contact, seed, PATIENCE_MS)
        .await
        .unwrap();
    assert_eq!(drafted.provider, "ollama");
    let kb = app.knowledge();
    let profile = draft::profile_of(contact);
    let context = ObjectionContext {
        kb: &kb,
        product: kb.product(3),
        profile: &profile,
        form: Default::default(),
        on_list: true,
        persona: None,
        today: app.today(),
    };
    objection::answer(app, wrote, &context, Some(contact), seed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_identifier_is_in_the_prompts_of_the_product() {
    let inventing = || {
        Fake::start(|body| {
            if body.contains("This is a test of the connection") {
                Answer::Says("ok".to_owned())
            } else {
                says(INVENTED)
            }
        })
    };
    let (gemini, groq) = (inventing().await, inventing().await);
    let ollama = Fake::start(|body| {
        if asks_meaning(body) {
            Answer::Says(r#"{"classes": ["price_rate"], "confidence": 0.9}"#.to_owned())
        } else if asks_answer(body) {
            says("Ставка {{fact:3.rate}}, свою вы увидите до подписания. На какую сумму прикинуть?")
        } else {
            says(GOOD)
        }
    })
    .await;
    let product = Product::start(&[
        ("GEMINI_API_KEY", KEY),
        ("GEMINI_BASE_URL", &gemini.url),
        ("GEMINI_LIMITS", "parallel=100"),
        ("GROQ_API_KEY", KEY),
        ("GROQ_BASE_URL", &groq.url),
        ("GROQ_SEES", "public"),
        ("GROQ_LIMITS", "parallel=100"),
        ("OLLAMA_URL", ollama.url.trim_end_matches("/v1")),
        ("OLLAMA_LIMITS", "parallel=100"),
        ("AI_DIALOG_TEXT", "local"),
    ])
    .await;
    let mut rng = StdRng::seed_from_u64(SEED);
    let mut everybody = Vec::new();
    let people = std::env::var("PRIVACY_PEOPLE").map_or(PEOPLE, |number| number.parse().unwrap());
    for id in 1..=people {
        let who = person(&mut rng);
        let said = [(); 3].map(|()| sentence(&mut rng, &who));
        let wrote = format!("Какая у вас ставка? {}", sentence(&mut rng, &who));
        everybody.push((contact(id, &who, said), wrote, who));
    }
    let app = &product.app;
    // Writing is work of the processor: one thread would do it for all.
    let handle = &tokio::runtime::Handle::current();
    std::thread::scope(|scope| {
        for some in everybody.chunks(everybody.len().div_ceil(THREADS)) {
            scope.spawn(move || {
                let written = futures::stream::iter(some)
                    .for_each_concurrent(AT_ONCE, |(contact, wrote, _)| write_to(app, contact, wrote));
                handle.block_on(written);
            });
        }
    });

    let mut prompts = 0;
    for (name, fake) in [("gemini", &gemini), ("groq", &groq), ("ollama", &ollama)] {
        let seen = fake.seen();
        println!("{name}: {} prompts", seen.len());
        prompts += seen.len();
        let cloud = name != "ollama";
        for body in &seen {
            assert!(
                !cloud || !(asks_meaning(body) || asks_answer(body) || body.contains("person_wrote")),
                "a reply went to {name}: {body}"
            );
            assert!(
                name != "groq" || !body.contains("about_person"),
                "a profile went to {name}: {body}"
            );
        }
        // Whose prompt it was is not told in it: nobody may be found in any.
        let all = seen.join("\n").to_lowercase().replace('ё', "е");
        let of_letters: BTreeSet<&str> = all.split(|c: char| !c.is_alphabetic()).collect();
        let marks: HashSet<&str> = all.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        for (_, _, who) in &everybody {
            for own in who.own_words() {
                assert!(!marks.contains(own.as_str()), "{name}, seed {SEED}: {own}");
            }
            for stem in who.name_stems() {
                // A name with an ending of at most two letters.
                let begun = of_letters.range(stem.as_str()..);
                let told = begun
                    .map_while(|word| Some((word, word.strip_prefix(stem.as_str())?)))
                    .find(|(_, end)| end.chars().count() <= 2);
                assert_eq!(told, None, "{name}, seed {SEED}: {stem}");
            }
        }
    }
    // A reply that asks who writes or for a person is answered without a model.
    let least = usize::try_from(people * (PROMPTS_EACH - 1)).unwrap();
    assert!(prompts >= least, "{prompts} of {people} people");
    product.stop().await;
}

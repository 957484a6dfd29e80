//! A provider chooses among the products that fit best. It may not invent one: only an id that was offered counts.

use alfa_llm::{Json, Masker, PromptBuilder, Purpose, Request};
use serde::Deserialize;
use serde_json::json;

use super::ChainClock;
use crate::app::App;
use crate::writing::Profile;
use crate::writing::recommend::{Recommendation, Scored};

const RULES: &str = "You choose the one product that serves a person best, from a short list that is already sorted by fit. \
     What the person needs comes first. Answer with one JSON object and nothing else: {\"product_id\": number}, an id from \
     the list.";
/// The longest answer, in tokens: models that think first count their thoughts.
const MAX_TOKENS: u32 = 500;
/// Products that are offered to choose from.
const CHOICES: usize = 3;
/// Only products that fit nearly as well are a matter of choice.
const CLOSE_SCORE: i64 = 2;

#[derive(Deserialize)]
struct Choice {
    product_id: i64,
}

/// Lets a provider choose among the best of a recommendation; what it chose becomes the best. Gives the provider's name.
/// `None`: none is configured, none chose, or there is nothing to choose.
pub async fn choose(
    app: &App,
    found: &mut Recommendation,
    profile: &Profile,
    masker: &Masker,
) -> Option<&'static str> {
    let chain = app.ai.outreach();
    let close = |scored: &&Scored| found.best.score - scored.score <= CLOSE_SCORE;
    let others = found.alternatives.iter().filter(close);
    let choices: Vec<&Scored> = std::iter::once(&found.best).chain(others).take(CHOICES).collect();
    if !chain.is_configured() || choices.len() < 2 {
        return None;
    }
    let list: Vec<_> = choices
        .iter()
        .map(|scored| json!({"product_id": scored.product_id, "name": scored.product, "score": scored.score, "reasons": scored.reasons}))
        .collect();
    // The reasons repeat what is known of the person, and so count as profile.
    let known = json!({
        "profession": profile.profession,
        "interests": profile.interests,
        "goal": profile.goal,
        "age": profile.age,
        "products": list,
    });
    let clock = ChainClock(app.clock.clone());
    let prompt = PromptBuilder::new(RULES, masker.clone(), &clock)
        .profile(&known.to_string())
        .task("Which one?")
        .build();
    let ids: Vec<i64> = choices.iter().map(|scored| scored.product_id).collect();
    let chosen = |answer: &str| {
        let choice: Choice = serde_json::from_str(answer).ok()?;
        Some(choice.product_id).filter(|id| ids.contains(id))
    };
    let valid = |answer: &str| match chosen(answer) {
        Some(_) => Ok(()),
        None => Err("no product of the list".to_owned()),
    };
    let mut request = Request::new(Purpose::Recommendation, &prompt);
    request.max_tokens = MAX_TOKENS;
    request.temperature = Some(0.0);
    request.json = Json::Object;
    request.validate = Some(&valid);
    let answer = chain.complete(&request).await.ok()?;
    let id = chosen(&answer.text)?;
    if let Some(place) = found
        .alternatives
        .iter()
        .position(|scored| scored.product_id == id)
    {
        std::mem::swap(&mut found.best, &mut found.alternatives[place]);
    }
    Some(answer.provider.name())
}

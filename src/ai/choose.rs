//! A provider chooses among the products that fit best. It may not invent one: only an id that was offered counts.

use alfa_llm::{Json, Masker, PromptBuilder, Purpose, Request};
use serde::Deserialize;
use serde_json::json;

use super::ChainClock;
use crate::app::App;
use crate::writing::Profile;
use crate::writing::recommend::Scored;

const RULES: &str = "You choose the one product that serves a person best, from a short list that is already sorted by fit. \
     What the person needs comes first. Answer with one JSON object and nothing else: {\"product_id\": number}, an id from \
     the list.";
/// The longest answer, in tokens: models that think first count their thoughts.
const MAX_TOKENS: u32 = 500;
/// Products that are offered to choose from.
const CHOICES: usize = 3;

#[derive(Deserialize)]
struct Choice {
    product_id: i64,
}

/// The place among `best` that a provider chose, and its name. `None`: none is configured, none chose, or there is
/// nothing to choose.
pub async fn choose(
    app: &App,
    best: &[&Scored],
    profile: &Profile,
    masker: &Masker,
) -> Option<(usize, &'static str)> {
    let chain = app.ai.outreach();
    let best = best.get(..best.len().min(CHOICES))?;
    if !chain.is_configured() || best.len() < 2 {
        return None;
    }
    let list: Vec<_> = best
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
    let place = |answer: &str| {
        let choice: Choice = serde_json::from_str(answer).ok()?;
        best.iter().position(|scored| scored.product_id == choice.product_id)
    };
    let valid = |answer: &str| match place(answer) {
        Some(_) => Ok(()),
        None => Err("no product of the list".to_owned()),
    };
    let mut request = Request::new(Purpose::Recommendation, &prompt);
    request.max_tokens = MAX_TOKENS;
    request.temperature = Some(0.0);
    request.json = Json::Object;
    request.validate = Some(&valid);
    let answer = chain.complete(&request).await.ok()?;
    Some((place(&answer.text)?, answer.provider.name()))
}

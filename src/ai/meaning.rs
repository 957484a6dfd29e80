//! What a reply means: by rule, by a provider's label when it is a valid one, else by the offline classifier.

use alfa_llm::{Json, Masker, PromptBuilder, Purpose, Request};
use serde::Deserialize;

use super::ChainClock;
use crate::app::App;
use crate::inbox::classify::{Classification, classify};
use crate::knowledge::ReplyClass;

const RULES: &str = include_str!("meaning.txt");
/// The longest answer, in tokens: models that think first count their thoughts.
const MAX_TOKENS: u32 = 700;
/// A reply is read so far, in characters.
const READ_CHARS: usize = 600;
/// Classes of one reply.
const MOST_CLASSES: usize = 4;

#[derive(Deserialize)]
struct Label {
    classes: Vec<String>,
    confidence: Option<f32>,
}

/// The meaning of what a person wrote, and who said so.
pub async fn meaning(app: &App, text: &str, masker: &Masker) -> (Classification, &'static str) {
    let offline = classify(text);
    let chain = app.ai.outreach();
    // A stop is obeyed by rule, and no model can undo it.
    if offline.rule.is_some() || !chain.is_configured() {
        return (offline, super::OFFLINE);
    }
    let read: String = text.chars().take(READ_CHARS).collect();
    let clock = ChainClock(app.clock.clone());
    let prompt = PromptBuilder::new(RULES, masker.clone(), &clock)
        .person_wrote(&read)
        .task("Which classes?")
        .build();
    let valid = |answer: &str| match labelled(answer) {
        Some(_) => Ok(()),
        None => Err("no valid label".to_owned()),
    };
    let mut request = Request::new(Purpose::Classification, &prompt);
    request.max_tokens = MAX_TOKENS;
    request.temperature = Some(0.0);
    request.json = Json::Object;
    request.validate = Some(&valid);
    match chain.complete(&request).await {
        Ok(answer) => match labelled(&answer.text) {
            Some(found) => (found, answer.provider.name()),
            None => (offline, super::OFFLINE),
        },
        Err(_) => (offline, super::OFFLINE),
    }
}

/// A label is used only when each of its classes is one of ours.
fn labelled(answer: &str) -> Option<Classification> {
    let label: Label = serde_json::from_str(answer).ok()?;
    let mut classes = Vec::new();
    for name in &label.classes {
        let class = ReplyClass::parse(name)?;
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    let confidence = label.confidence.unwrap_or(0.7).clamp(0.0, 1.0);
    if classes.is_empty() || classes.len() > MOST_CLASSES || !confidence.is_finite() {
        return None;
    }
    // Only the rule makes an opt-out of a message; a model that sees one makes a person look at it.
    if classes.contains(&ReplyClass::OptOut) {
        return Some(Classification {
            classes: vec![ReplyClass::Other],
            confidence: 0.0,
            rule: None,
        });
    }
    Some(Classification {
        classes,
        confidence,
        rule: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_labels_are_used() {
        let found = labelled(r#"{"classes": ["price_rate", "interest"], "confidence": 0.9}"#).unwrap();
        assert_eq!(found.classes, [ReplyClass::PriceRate, ReplyClass::Interest]);
        for answer in [
            "",
            "{}",
            r#"{"classes": []}"#,
            r#"{"classes": ["happy"]}"#,
            r#"{"classes": ["interest", "give_discount"], "confidence": 1}"#,
        ] {
            assert_eq!(labelled(answer), None, "{answer}");
        }
    }

    #[test]
    fn a_model_alone_opts_nobody_out() {
        let found = labelled(r#"{"classes": ["opt_out"], "confidence": 0.99}"#).unwrap();
        assert_eq!((found.classes[0], found.confidence), (ReplyClass::Other, 0.0));
    }
}

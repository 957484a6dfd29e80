//! What a model is asked: instructions, what is public, what is known of the person, what the person wrote.

use serde_json::{Value, json};

use super::{Brief, Kind, Way};
use crate::knowledge::{Form, Language};

const COMPOSED: &str = include_str!("composed.txt");
const WRITTEN: &str = include_str!("written.txt");
/// Messages of the person that a model sees, the newest.
const SAID_MESSAGES: usize = 6;
/// Each of them so far, in characters.
const SAID_CHARS: usize = 600;

/// A question to a model, its parts apart by how private they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Instructions; a constant of the program.
    pub system: &'static str,
    /// From the knowledge base: everybody may see it.
    pub public: String,
    /// Profession, interests, goal.
    pub profile: String,
    /// What the person wrote, oldest first; empty for a first message.
    pub dialog: Vec<String>,
}

/// The question for a message.
pub fn ask(way: Way, brief: &Brief<'_>) -> Ask {
    let profile = brief.profile;
    let known = json!({
        "profession": profile.profession,
        "interests": profile.interests,
        "goal": profile.goal,
        "has_products": profile.has,
        "name_is_known": profile.greeting_name().is_some(),
    });
    Ask {
        system: match way {
            Way::Composed => COMPOSED,
            Way::Written => WRITTEN,
        },
        public: public(way, brief).to_string(),
        profile: known.to_string(),
        dialog: dialog(brief),
    }
}

fn public(way: Way, brief: &Brief<'_>) -> Value {
    let (task, classes) = match brief.kind {
        Kind::First => ("first_message", Vec::new()),
        Kind::Answer { classes, .. } => ("answer", classes.iter().map(|class| class.name()).collect()),
    };
    let mut told = json!({
        "task": task,
        "meaning_of_reply": classes,
        "language": brief.kb.language_for(brief.language).code(),
        "address": match brief.form {
            Form::Formal => "вы",
            Form::Informal => "ты",
        },
        "longest_text_in_characters": brief.max_chars,
    });
    let pieces = brief.pieces.iter();
    match way {
        Way::Composed => {
            told["pieces"] = pieces
                .map(|piece| json!({"id": piece.id, "part": piece.part, "text": piece.source}))
                .collect();
        }
        Way::Written => {
            told["slots"] = slots(brief);
            told["approved_examples"] = pieces
                .filter(|piece| piece.is_block)
                .map(|piece| json!({"part": piece.part, "text": spelt(&piece.source, brief)}))
                .collect();
        }
    }
    told
}

/// The slots that may be used, each with what it stands for.
fn slots(brief: &Brief<'_>) -> Value {
    let language = brief.kb.language_for(brief.language);
    let mut known = vec![
        json!({"slot": "{{persona}}", "is": "who signs the message"}),
        json!({"slot": "{{program.name}}", "is": "the programme"}),
        json!({"slot": "{{program.bank}}", "is": "the bank"}),
    ];
    if brief.profile.greeting_name().is_some() {
        known.push(json!({"slot": "{{first_name}}", "is": "the person's first name"}));
    }
    if let Some(product) = brief.product {
        known.push(json!({"slot": "{{product.name}}", "is": "the product, nominative only"}));
        known.push(json!({"slot": "{{product.link}}", "is": "the product's page"}));
        for fact in product.live_facts(brief.today) {
            let label = fact.label.get_or_first(language).map_or("", String::as_str);
            known.push(
                json!({"slot": format!("{{{{fact:{}.{}}}}}", product.id, fact.attribute), "is": label}),
            );
        }
    }
    Value::Array(known)
}

/// An approved text with its slots spelt as a model is to spell them.
fn spelt(source: &str, brief: &Brief<'_>) -> String {
    match brief.product {
        Some(product) => source.replace("{{fact.", &format!("{{{{fact:{}.", product.id)),
        None => source.to_owned(),
    }
}

fn dialog(brief: &Brief<'_>) -> Vec<String> {
    let Kind::Answer { said, .. } = brief.kind else {
        return Vec::new();
    };
    let earlier = &brief.profile.said;
    let mut texts: Vec<&str> = earlier.iter().map(String::as_str).collect();
    if texts.last() != Some(&said) {
        texts.push(said);
    }
    let from = texts.len().saturating_sub(SAID_MESSAGES);
    texts[from..]
        .iter()
        .map(|text| text.chars().take(SAID_CHARS).collect())
        .collect()
}

/// Whether a text is in the language that was asked for; short or mixed texts are not judged.
pub(super) fn in_language(text: &str, wanted: Language) -> bool {
    super::super::guess_language(text).is_none_or(|guessed| {
        guessed == wanted || !matches!((guessed, wanted), (Language::En, _) | (_, Language::En))
    })
}

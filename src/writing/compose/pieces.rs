//! The approved texts from which a model may put a first message together.

use super::{Composer, FirstMessageOptions, Part};
use crate::knowledge::{BridgeBy, Form, KnowledgeBase, Language, Product};
use crate::writing::model::Piece;
use crate::writing::{Profile, words};

/// Every approved block and fact sentence that fits the product and the person, each with its id.
pub fn pieces(
    profile: &Profile,
    product: &Product,
    kb: &KnowledgeBase,
    options: &FirstMessageOptions<'_>,
) -> Vec<Piece> {
    let composer = Composer::new(profile, product, kb, options, options.seed);
    let profession = words::stems(profile.profession.as_deref().unwrap_or_default());
    let interests = words::stems(&profile.interests.join(", "));
    let blocks = &kb.blocks;
    let mut found = Vec::new();
    for (part, name, of) in [
        (Part::Greeting, "greeting", &blocks.greetings),
        (Part::Introduction, "introduction", &blocks.introductions),
        (Part::Bridge, "bridge", &blocks.bridges),
        (Part::Offer, "offer", &blocks.offers),
        (Part::Question, "question", &blocks.questions),
        (Part::Closing, "closing", &blocks.closings),
    ] {
        let fitting = composer.fitting(part, of, |composer, block, _| match part {
            Part::Greeting => {
                let time = block.time.unwrap_or_default();
                time == Default::default() || time == composer.options.day_part
            }
            Part::Bridge => {
                let said = match block.by {
                    Some(BridgeBy::Profession) => &profession,
                    Some(BridgeBy::Interest) => &interests,
                    Some(BridgeBy::Any) | None => return true,
                };
                block.words.iter().any(|word| words::says(said, word))
            }
            // The introduction has said who writes: no signature besides.
            Part::Closing => !block
                .text(Language::En, Form::Formal)
                .is_some_and(|text| text.contains("{{persona}}")),
            _ => true,
        });
        found.extend(fitting.into_iter().map(|(block, source, text)| Piece {
            id: block.id.clone(),
            part: name,
            source: source.to_owned(),
            text,
            facts: composer.filler.facts(source),
            is_block: true,
        }));
    }
    found.extend(composer.filler.fact_pieces(product));
    found
}

//! The approved texts from which a model may put an answer together.

use chrono::NaiveDate;

use super::{FollowUpContext, Writer};
use crate::knowledge::ReplyClass;
use crate::writing::model::Piece;

/// Every approved answer to one of the classes, fact sentence and question that fits and was not said before, each with
/// its id.
pub fn pieces(classes: &[ReplyClass], context: &FollowUpContext<'_>, today: NaiveDate) -> Vec<Piece> {
    let writer = Writer::new(context, today);
    let mut found = Vec::new();
    let answers = classes
        .iter()
        .flat_map(|class| context.kb.answers(*class))
        .filter(|answer| !answer.closes_dialog);
    let questions = &context.kb.blocks.questions;
    let all = answers
        .map(|answer| ("answer", answer))
        .chain(questions.iter().map(|question| ("question", question)));
    for (part, block) in all {
        if let Some(source) = block.text(writer.filler.language, context.form)
            && writer.fits(block)
            && let Some(text) = writer.filler.fill(source)
            && writer.may_send(&text)
        {
            found.push(Piece {
                id: block.id.clone(),
                part,
                source: source.to_owned(),
                facts: writer.filler.facts(source),
                text,
                is_block: true,
            });
        }
    }
    if let Some(product) = context.product {
        let facts = writer.filler.fact_pieces(product);
        found.extend(facts.into_iter().filter(|piece| writer.is_new(&piece.text)));
    }
    found
}

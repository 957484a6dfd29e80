//! Changes of single parts of the knowledge base. Pure: whether the whole still holds is looked at afterwards.

use super::class::ReplyClass;
use super::model::{Block, Fact, Form, KnowledgeBase, Language, Objection, Product, ProductScope, Program};
use crate::error::{AppError, AppResult, Message};
use serde_json::json;

/// What a change touched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// For the history: the product's id, the fact, the class.
    pub subject: String,
    /// Where in the base the caller's value stands: `products[2]`. Empty: everywhere.
    pub inside: String,
    /// What the caller calls that place; empty: the body itself.
    pub shown: &'static str,
}

impl Touched {
    /// A change of the base as a whole.
    pub fn whole(subject: impl ToString) -> Self {
        Self::part(subject, String::new(), "")
    }

    fn part(subject: impl ToString, inside: String, shown: &'static str) -> Self {
        Self {
            subject: subject.to_string(),
            inside,
            shown,
        }
    }

    /// The caller's name of a place in the base. Places outside of what was sent keep their whole path.
    pub fn field(&self, path: &str) -> String {
        let rest = path.strip_prefix(&self.inside);
        let rest = rest
            .filter(|rest| !self.inside.is_empty() && matches!(rest.chars().next(), None | Some('.' | '[')));
        match rest {
            None => path.to_owned(),
            Some(rest) if self.shown.is_empty() => match rest.trim_start_matches('.') {
                "" => "body".to_owned(),
                rest => rest.to_owned(),
            },
            Some(rest) => format!("{}{rest}", self.shown),
        }
    }
}

impl KnowledgeBase {
    /// Puts the programme; `sample` says whether the facts are made up, `None` leaves that as it is.
    pub fn put_program(&mut self, program: Program, sample: Option<bool>) -> Touched {
        self.program = program;
        self.sample = sample.unwrap_or(self.sample);
        Touched::part("", "program".to_owned(), "")
    }

    /// Adds a product. An id of 0 is given here: the next after every id that is in use and after `spent`.
    pub fn add_product(&mut self, mut product: Product, spent: i64) -> Touched {
        if product.id == 0 {
            let greatest = self.products.iter().map(|known| known.id).max();
            product.id = greatest.unwrap_or(0).max(spent).saturating_add(1);
        }
        let touched = Touched::part(product.id, format!("products[{}]", self.products.len()), "");
        self.products.push(product);
        touched
    }

    /// Puts a product in the place of the one with its id.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn put_product(&mut self, product: Product) -> AppResult<Touched> {
        let index = self.index_of(product.id)?;
        let touched = Touched::part(product.id, format!("products[{index}]"), "");
        self.products[index] = product;
        Ok(touched)
    }

    /// Removes a product that no text needs.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` naming the texts.
    pub fn delete_product(&mut self, id: i64) -> AppResult<Touched> {
        let index = self.index_of(id)?;
        let gone = self.products.remove(index);
        let texts = self.texts_without_product(id);
        if texts.is_empty() {
            Ok(Touched::whole(id))
        } else {
            Err(needed(&gone, &texts))
        }
    }

    /// The texts that name a product which is not there any more, or need a fact that no product of theirs has now.
    fn texts_without_product(&self, id: i64) -> Vec<(String, &Block)> {
        let kinds = self.blocks.kinds().into_iter();
        let blocks = kinds.map(|(kind, blocks)| (format!("blocks.{kind}"), blocks));
        let answers = self.objections.iter().map(|objection| {
            let place = format!("objections.{}", objection.class.name());
            (place, objection.answers.as_slice())
        });
        let mut found = Vec::new();
        for (place, texts) in blocks.chain(answers) {
            let needs_it = texts.iter().filter(|text| {
                let named = matches!(&text.products, ProductScope::Only(ids) if ids.contains(&id));
                named || self.lacking(text).next().is_some()
            });
            found.extend(needs_it.map(|text| (place.clone(), text)));
        }
        found
    }

    /// Puts a fact of a product in the place of the one of the same attribute, or after the others.
    ///
    /// # Errors
    /// `NotFound` when there is no such product.
    pub fn put_fact(&mut self, product: i64, fact: Fact) -> AppResult<Touched> {
        let at = self.index_of(product)?;
        let subject = format!("{product}.{}", fact.attribute);
        let facts = &mut self.products[at].facts;
        let place = facts.iter().position(|known| known.attribute == fact.attribute);
        let index = place.unwrap_or(facts.len());
        match place {
            Some(index) => facts[index] = fact,
            None => facts.push(fact),
        }
        Ok(Touched::part(
            subject,
            format!("products[{at}].facts[{index}]"),
            "",
        ))
    }

    /// Removes a fact of a product.
    ///
    /// # Errors
    /// `NotFound` when there is no such product, or it has no such fact.
    pub fn delete_fact(&mut self, product: i64, attribute: &str) -> AppResult<Touched> {
        let at = self.index_of(product)?;
        let facts = &mut self.products[at].facts;
        let index = facts.iter().position(|fact| fact.attribute == attribute);
        facts.remove(index.ok_or_else(|| AppError::not_found("fact"))?);
        Ok(Touched::whole(format!("{product}.{attribute}")))
    }

    /// Puts the approved answers to a class of reply.
    pub fn put_answers(&mut self, class: ReplyClass, answers: Vec<Block>) -> Touched {
        let place = self.objections.iter().position(|known| known.class == class);
        let index = place.unwrap_or(self.objections.len());
        match place {
            Some(index) => self.objections[index].answers = answers,
            None => self.objections.push(Objection { class, answers }),
        }
        Touched::part(class.name(), format!("objections[{index}].answers"), "answers")
    }

    /// Puts the blocks of one kind.
    ///
    /// # Errors
    /// `NotFound` when there is no such kind.
    pub fn put_blocks(&mut self, kind: &str, blocks: Vec<Block>) -> AppResult<Touched> {
        let place = self.blocks.of_mut(kind);
        *place.ok_or_else(|| AppError::not_found("block kind"))? = blocks;
        Ok(Touched::part(kind, format!("blocks.{kind}"), "blocks"))
    }

    fn index_of(&self, product: i64) -> AppResult<usize> {
        self.products
            .iter()
            .position(|known| known.id == product)
            .ok_or_else(|| AppError::not_found("product"))
    }
}

/// Texts that a refusal names; the others are counted.
const TOLD_TEXTS: usize = 3;
/// Characters of a text that are enough to know it by.
const TOLD_CHARS: usize = 48;

fn needed(product: &Product, texts: &[(String, &Block)]) -> AppError {
    let named: Vec<String> = texts
        .iter()
        .take(TOLD_TEXTS)
        .map(|(_, text)| beginning(text))
        .collect();
    let more = texts.len().saturating_sub(TOLD_TEXTS);
    let key = if more > 0 {
        "knowledge.product_in_texts_more"
    } else {
        "knowledge.product_in_texts"
    };
    let name = Language::ALL
        .into_iter()
        .find_map(|language| product.name.get(language));
    let told: Vec<_> = texts
        .iter()
        .map(|(place, text)| json!({"place": place, "id": text.id}))
        .collect();
    AppError::Conflict {
        code: "product_in_use",
        message: Message::new(key)
            .with("product", name.map_or("", String::as_str))
            .with("texts", named.join("; "))
            .with("more", more),
        data: Some(json!({"product_id": product.id, "texts": told})),
    }
}

/// The first words of a text, for people to know it by.
fn beginning(text: &Block) -> String {
    let words = Language::ALL
        .into_iter()
        .find_map(|language| text.text(language, Form::Formal))
        .unwrap_or(&text.id);
    let mut short: String = words.trim().chars().take(TOLD_CHARS).collect();
    if words.trim().chars().count() > TOLD_CHARS {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    format!("«{short}»")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_called_as_the_caller_calls_them() {
        let product = Touched::part(3, "products[1]".to_owned(), "");
        assert_eq!(
            product.field("products[1].facts[0].display.ru"),
            "facts[0].display.ru"
        );
        assert_eq!(product.field("products[1]"), "body");
        assert_eq!(product.field("products[12].link"), "products[12].link");
        assert_eq!(
            product.field("blocks.offers[0].requires"),
            "blocks.offers[0].requires"
        );
        let blocks = Touched::part("offers", "blocks.offers".to_owned(), "blocks");
        assert_eq!(blocks.field("blocks.offers[2].ru"), "blocks[2].ru");
        assert_eq!(blocks.field("blocks.offers"), "blocks");
        assert_eq!(Touched::whole("").field("schema"), "schema");
    }

    #[test]
    fn a_new_product_gets_an_id_that_was_never_used() {
        let mut base = KnowledgeBase::sample().unwrap();
        let mut product = base.products[0].clone();
        product.id = 0;
        assert_eq!(base.add_product(product.clone(), 0).subject, "6");
        assert_eq!(base.add_product(product.clone(), 40).subject, "41");
        product.id = 7;
        assert_eq!(base.add_product(product, 0).subject, "7");
    }

    #[test]
    fn a_fact_keeps_its_place_and_a_new_one_comes_last() {
        let mut base = KnowledgeBase::sample().unwrap();
        let mut fact = base.products[0].facts[1].clone();
        fact.lead = false;
        assert_eq!(
            base.put_fact(1, fact.clone()).unwrap().inside,
            "products[0].facts[1]"
        );
        assert!(!base.products[0].facts[1].lead);
        fact.attribute = "extra".to_owned();
        let count = base.products[0].facts.len();
        assert_eq!(
            base.put_fact(1, fact.clone()).unwrap().inside,
            format!("products[0].facts[{count}]")
        );
        assert!(base.put_fact(99, fact).is_err());
        assert!(base.delete_fact(1, "extra").is_ok() && base.delete_fact(1, "extra").is_err());
    }
}

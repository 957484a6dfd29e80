//! How large the parts of a knowledge base may be, and which characters they may have.

use serde_json::Value;

use super::model::{FactValue, KnowledgeBase, Product};
use super::validate::Report;

/// Products of a programme.
const MAX_PRODUCTS: usize = 500;
/// Facts of a product.
const MAX_FACTS: usize = 100;
/// Texts of one kind, and answers to one class.
const MAX_BLOCKS: usize = 1_000;
/// Points of one deal.
const MAX_POINTS: u64 = 1_000_000_000;
/// Points of a level, and a level's bonus in whole units of the currency.
const MAX_LEVEL: u64 = 1_000_000_000_000;
/// Weight of words or ages in the score.
const MAX_WEIGHT: u32 = 1_000;
/// Years.
const MAX_AGE: u32 = 150;
/// A fact's number, either way.
const MAX_VALUE: f64 = 1e15;
/// Letters of an attribute, which is a part of slots.
const MAX_ATTRIBUTE_CHARS: usize = 64;

/// Whether a fact may be called so: small Latin letters, digits and underscores.
pub fn is_attribute(name: &str) -> bool {
    (1..=MAX_ATTRIBUTE_CHARS).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl KnowledgeBase {
    /// Names what is too large, too many, or written with characters that cannot be kept.
    pub(super) fn check_bounds(&self, report: &mut Report) {
        at_most(report, "products", self.products.len(), MAX_PRODUCTS);
        for (index, level) in self.program.levels.iter().enumerate() {
            let path = format!("program.levels[{index}]");
            let numbers = [
                ("min_points", level.min_points),
                ("max_points", level.max_points.unwrap_or_default()),
                ("bonus", level.bonus),
            ];
            for (name, number) in numbers {
                below(report, &format!("{path}.{name}"), number, MAX_LEVEL);
            }
        }
        for (index, product) in self.products.iter().enumerate() {
            check_product(report, &format!("products[{index}]"), product);
        }
        for (index, objection) in self.objections.iter().enumerate() {
            let path = format!("objections[{index}].answers");
            at_most(report, &path, objection.answers.len(), MAX_BLOCKS);
        }
        for (kind, blocks) in self.blocks.kinds() {
            at_most(report, &format!("blocks.{kind}"), blocks.len(), MAX_BLOCKS);
        }
        // PostgreSQL keeps no NUL in a text, and what stands here is written into messages.
        if let Ok(whole) = serde_json::to_value(self) {
            check_characters(report, String::new(), &whole);
        }
    }
}

fn check_product(report: &mut Report, path: &str, product: &Product) {
    below(report, &format!("{path}.points"), product.points, MAX_POINTS);
    at_most(report, &format!("{path}.facts"), product.facts.len(), MAX_FACTS);
    let audience = &product.audience;
    let lists = [
        ("professions", &audience.professions),
        ("interests", &audience.interests),
        ("goals", &audience.goals),
    ];
    for (name, list) in lists {
        for (index, words) in list.iter().enumerate() {
            let path = format!("{path}.audience.{name}[{index}].weight");
            below(report, &path, words.weight, MAX_WEIGHT);
        }
    }
    for (index, ages) in audience.ages.iter().enumerate() {
        let path = format!("{path}.audience.ages[{index}]");
        below(report, &format!("{path}.weight"), ages.weight, MAX_WEIGHT);
        below(report, &format!("{path}.to"), ages.to, MAX_AGE);
    }
    for (index, fact) in product.facts.iter().enumerate() {
        let path = format!("{path}.facts[{index}]");
        if !is_attribute(&fact.attribute) {
            report.add(
                &format!("{path}.attribute"),
                "knowledge.attribute",
                fact.attribute.clone(),
            );
        }
        // Not a number is none of these, too.
        if let FactValue::Number(value) = fact.value
            && !(-MAX_VALUE..=MAX_VALUE).contains(&value)
        {
            report.add(
                &format!("{path}.value"),
                "knowledge.too_large",
                format!("{MAX_VALUE}"),
            );
        }
    }
}

fn below<T: PartialOrd + ToString>(report: &mut Report, path: &str, number: T, most: T) {
    if number > most {
        report.add(path, "knowledge.too_large", most.to_string());
    }
}

fn at_most(report: &mut Report, path: &str, count: usize, most: usize) {
    if count > most {
        report.add(path, "knowledge.too_many", most.to_string());
    }
}

fn check_characters(report: &mut Report, path: String, value: &Value) {
    match value {
        Value::String(text) if text.contains('\0') => report.add(&path, "knowledge.nul", ""),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check_characters(report, format!("{path}[{index}]"), item);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let inner = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                check_characters(report, inner, member);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_is_named_where_it_is_broken() {
        type Break = fn(&mut KnowledgeBase);
        let cases: [(Break, &str, &str); 10] = [
            (
                |b| b.products[1].points = MAX_POINTS + 1,
                "products[1].points",
                "knowledge.too_large",
            ),
            (
                |b| b.program.levels[2].bonus = u64::MAX,
                "program.levels[2].bonus",
                "knowledge.too_large",
            ),
            (
                |b| b.products[0].audience.goals[0].weight = u32::MAX,
                "products[0].audience.goals[0].weight",
                "knowledge.too_large",
            ),
            (
                |b| b.products[0].audience.ages[0].to = 151,
                "products[0].audience.ages[0].to",
                "knowledge.too_large",
            ),
            (
                |b| b.products[0].facts[0].value = FactValue::Number(f64::NAN),
                "products[0].facts[0].value",
                "knowledge.too_large",
            ),
            (
                |b| b.products[0].facts[0].attribute = "a}}b".to_owned(),
                "products[0].facts[0].attribute",
                "knowledge.attribute",
            ),
            (
                |b| b.products[0].facts[0].source = "a\0b".to_owned(),
                "products[0].facts[0].source",
                "knowledge.nul",
            ),
            (
                |b| b.products = vec![b.products[0].clone(); MAX_PRODUCTS + 1],
                "products",
                "knowledge.too_many",
            ),
            (
                |b| b.products[0].facts = vec![b.products[0].facts[0].clone(); MAX_FACTS + 1],
                "products[0].facts",
                "knowledge.too_many",
            ),
            (
                |b| b.blocks.questions = vec![b.blocks.questions[0].clone(); MAX_BLOCKS + 1],
                "blocks.questions",
                "knowledge.too_many",
            ),
        ];
        for (break_it, path, key) in cases {
            let mut base = KnowledgeBase::sample().unwrap();
            break_it(&mut base);
            let found = base.problems();
            let named = found
                .iter()
                .any(|problem| problem.path == path && problem.key == key);
            assert!(named, "{path} {key}: {found:?}");
        }
    }

    #[test]
    fn attributes_are_plain_words() {
        assert!(is_attribute("credit_limit") && is_attribute("rate2"));
        for bad in ["", "Rate", "a b", "ставка", "a.b", &"a".repeat(65)] {
            assert!(!is_attribute(bad), "{bad}");
        }
    }
}

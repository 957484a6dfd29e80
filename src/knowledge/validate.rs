//! What a knowledge base must satisfy beyond its shape.

use std::collections::BTreeSet;

use super::load::Problem;
use super::model::{
    Block, Bound, BridgeBy, Fact, FactValue, Form, KnowledgeBase, Language, Localized, Product, ProductScope,
    Unit,
};
use super::slots::{COMMON, slots};
use crate::writing::numbers::{Family, numbers};

/// The only schema understood.
const SCHEMA: u32 = 1;

/// The problems found so far.
pub(super) struct Report {
    problems: Vec<Problem>,
    languages: Vec<Language>,
}

impl Report {
    pub(super) fn add(&mut self, path: &str, key: &'static str, detail: impl Into<String>) {
        self.problems.push(Problem {
            path: path.to_owned(),
            line: None,
            key,
            detail: detail.into(),
        });
    }

    /// Each language has a value, none that is not listed has one.
    fn localized<T>(&mut self, path: &str, value: &Localized<T>, is_empty: impl Fn(&T) -> bool) {
        for language in Language::ALL {
            let path = format!("{path}.{}", language.code());
            match (value.get(language), self.languages.contains(&language)) {
                (Some(value), true) if is_empty(value) => {
                    self.add(&path, "knowledge.no_text", language.code())
                }
                (None, true) => self.add(&path, "knowledge.no_text", language.code()),
                (Some(_), false) => self.add(&path, "knowledge.unlisted_language", language.code()),
                _ => {}
            }
        }
    }

    fn text(&mut self, path: &str, value: &Localized<String>) {
        self.localized(path, value, |text| text.trim().is_empty());
    }

    fn unique<'a>(&mut self, path: &str, ids: impl Iterator<Item = &'a str>, of: &str) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.add(&format!("{path}[{index}].{of}"), "knowledge.duplicate", id);
            }
        }
    }

    fn slots(&mut self, path: &str, text: &str, attributes: &[&str]) {
        match slots(text) {
            Err(_) => self.add(path, "knowledge.braces", text),
            Ok(found) => {
                for slot in found {
                    let known = match slot.name.strip_prefix("fact.") {
                        Some(attribute) => attributes.contains(&attribute),
                        None => COMMON.contains(&slot.name),
                    };
                    if !known {
                        self.add(path, "knowledge.unknown_slot", slot.name);
                    }
                }
            }
        }
    }
}

impl KnowledgeBase {
    /// Everything wrong with this knowledge base, lines not yet known.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut report = Report {
            problems: Vec::new(),
            languages: self.languages.clone(),
        };
        if self.schema != SCHEMA {
            report.add("schema", "knowledge.schema", self.schema.to_string());
        }
        if self.languages.is_empty() {
            report.add("languages", "knowledge.no_languages", "");
        }
        self.check_program(&mut report);
        self.check_products(&mut report);
        self.check_answers(&mut report);
        for (kind, blocks) in self.blocks.kinds() {
            let path = format!("blocks.{kind}");
            if blocks.is_empty() {
                report.add(&path, "knowledge.no_blocks", kind);
            }
            self.check_blocks(&mut report, &path, blocks);
        }
        self.check_bounds(&mut report);
        report.problems
    }

    fn check_program(&self, report: &mut Report) {
        let program = &self.program;
        report.text("program.name", &program.name);
        report.text("program.bank", &program.bank);
        report.text("program.persona", &program.persona);
        report.text("program.description", &program.description);
        for (index, benefit) in program.benefits.iter().enumerate() {
            report.text(&format!("program.benefits[{index}].text"), &benefit.text);
        }
        report.unique(
            "program.levels",
            program.levels.iter().map(|level| level.id.as_str()),
            "id",
        );
        let mut next = Some(0);
        for (index, level) in program.levels.iter().enumerate() {
            let path = format!("program.levels[{index}]");
            if Some(level.min_points) != next {
                report.add(
                    &format!("{path}.min_points"),
                    "knowledge.level_gap",
                    level.id.clone(),
                );
            }
            if level.max_points.is_some_and(|max| max < level.min_points) {
                report.add(
                    &format!("{path}.max_points"),
                    "knowledge.level_gap",
                    level.id.clone(),
                );
            }
            next = level.max_points.map(|max| max.saturating_add(1));
        }
        if next.is_some() {
            report.add("program.levels", "knowledge.level_end", "");
        }
    }

    fn check_products(&self, report: &mut Report) {
        if self.products.is_empty() {
            report.add("products", "knowledge.no_products", "");
        }
        let mut ids = BTreeSet::new();
        for (index, product) in self.products.iter().enumerate() {
            let path = format!("products[{index}]");
            if product.id <= 0 {
                report.add(&format!("{path}.id"), "knowledge.bad_id", product.id.to_string());
            } else if !ids.insert(product.id) {
                report.add(
                    &format!("{path}.id"),
                    "knowledge.duplicate",
                    product.id.to_string(),
                );
            }
            report.text(&format!("{path}.name"), &product.name);
            report.text(&format!("{path}.description"), &product.description);
            if !is_link(&product.link) {
                report.add(&format!("{path}.link"), "knowledge.link", product.link.clone());
            }
            check_audience(report, &path, product);
            report.unique(
                &format!("{path}.facts"),
                product.facts.iter().map(|f| f.attribute.as_str()),
                "attribute",
            );
            let attributes: Vec<&str> = product.facts.iter().map(|fact| fact.attribute.as_str()).collect();
            for (index, fact) in product.facts.iter().enumerate() {
                check_fact(report, &format!("{path}.facts[{index}]"), fact, &attributes);
            }
        }
    }

    fn check_answers(&self, report: &mut Report) {
        report.unique(
            "objections",
            self.objections.iter().map(|objection| objection.class.name()),
            "class",
        );
        for (index, objection) in self.objections.iter().enumerate() {
            let path = format!("objections[{index}].answers");
            if objection.answers.is_empty() {
                report.add(&path, "knowledge.no_blocks", objection.class.name());
            }
            self.check_blocks(report, &path, &objection.answers);
        }
    }

    /// The attributes that a text needs and that none of its products has: it would never be used again.
    pub(super) fn lacking<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = &'a str> {
        let known = |attribute: &str| {
            self.products
                .iter()
                .filter(|product| block.products.includes(product.id))
                .any(|product| product.fact(attribute).is_some())
        };
        let needed = block.requires.iter().map(String::as_str);
        needed.filter(move |attribute| !known(attribute))
    }

    fn check_blocks(&self, report: &mut Report, path: &str, blocks: &[Block]) {
        report.unique(path, blocks.iter().map(|block| block.id.as_str()), "id");
        for (index, block) in blocks.iter().enumerate() {
            let path = format!("{path}[{index}]");
            if matches!(block.by, Some(BridgeBy::Profession | BridgeBy::Interest)) && block.words.is_empty() {
                report.add(&path, "knowledge.no_words", block.id.clone());
            }
            if let ProductScope::Only(ids) = &block.products {
                for id in ids.iter().filter(|id| self.product(**id).is_none()) {
                    report.add(
                        &format!("{path}.products"),
                        "knowledge.no_such_product",
                        id.to_string(),
                    );
                }
            }
            for attribute in self.lacking(block) {
                report.add(
                    &format!("{path}.requires"),
                    "knowledge.no_such_attribute",
                    attribute,
                );
            }
            let attributes: Vec<&str> = block.requires.iter().map(String::as_str).collect();
            for language in Language::ALL {
                let at = format!("{path}.{}", language.code());
                let listed = self.languages.contains(&language);
                for (form, name) in [(Form::Formal, "formal"), (Form::Informal, "informal")] {
                    match block.text(language, form) {
                        Some(text) if !listed && form == Form::Formal => {
                            report.add(&at, "knowledge.unlisted_language", text);
                        }
                        Some(text) if text.trim().is_empty() => {
                            report.add(&format!("{at}.{name}"), "knowledge.no_text", language.code());
                        }
                        Some(text) => report.slots(&format!("{at}.{name}"), text, &attributes),
                        None if listed && form == Form::Formal => {
                            report.add(&at, "knowledge.no_text", language.code())
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

fn check_audience(report: &mut Report, path: &str, product: &Product) {
    let audience = &product.audience;
    let lists = [
        ("professions", &audience.professions),
        ("interests", &audience.interests),
        ("goals", &audience.goals),
    ];
    for (name, words) in lists {
        for (index, entry) in words.iter().enumerate() {
            if entry.words.is_empty() || entry.words.iter().any(|word| word.trim().is_empty()) {
                report.add(
                    &format!("{path}.audience.{name}[{index}].words"),
                    "knowledge.no_words",
                    name,
                );
            }
        }
    }
    for (index, ages) in audience.ages.iter().enumerate() {
        if ages.from > ages.to {
            report.add(
                &format!("{path}.audience.ages[{index}].from"),
                "knowledge.ages",
                format!("{} > {}", ages.from, ages.to),
            );
        }
    }
}

fn check_fact(report: &mut Report, path: &str, fact: &Fact, attributes: &[&str]) {
    report.text(&format!("{path}.label"), &fact.label);
    report.text(&format!("{path}.display"), &fact.display);
    report.localized(&format!("{path}.sentences"), &fact.sentences, Vec::is_empty);
    if let (Some(from), Some(to)) = (fact.valid_from, fact.valid_to)
        && from > to
    {
        report.add(
            &format!("{path}.valid_to"),
            "knowledge.dates",
            format!("{from} > {to}"),
        );
    }
    if matches!(fact.value, FactValue::Text(_)) != (fact.unit == Unit::Text) {
        report.add(
            &format!("{path}.value"),
            "knowledge.value_unit",
            fact.attribute.clone(),
        );
    }
    for language in Language::ALL {
        if let Some(display) = fact.display.get(language)
            && !display.trim().is_empty()
            && !display_agrees(fact, display)
        {
            report.add(
                &format!("{path}.display.{}", language.code()),
                "knowledge.display",
                display.clone(),
            );
        }
        for (index, sentence) in fact.sentences.get(language).into_iter().flatten().enumerate() {
            let at = format!("{path}.sentences.{}[{index}]", language.code());
            report.slots(&at, sentence, attributes);
        }
    }
}

/// Whether what is shown says the fact's value, unit and bound and no other number.
fn display_agrees(fact: &Fact, display: &str) -> bool {
    let found = numbers(display);
    match fact.value {
        FactValue::Text(_) => found.is_empty(),
        FactValue::Number(value) => match found.as_slice() {
            [only] => {
                let (family, scale) = Family::of(fact.unit);
                let same_bound = match only.bound {
                    Some(bound) => bound == fact.bound,
                    None => fact.bound == Bound::Exact,
                };
                same_bound
                    && only.family == family
                    && (only.value - value * scale).abs() < 1e-6 * value.abs().max(1.0)
            }
            _ => false,
        },
    }
}

/// An absolute http(s) link with a host.
fn is_link(link: &str) -> bool {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && !host.starts_with('.')
            && !link.contains(char::is_whitespace)
            && !host.contains('@')
    })
}

//! Looking things up, and what the API shows.

use chrono::NaiveDate;
use serde::Serialize;

use super::class::ReplyClass;
use super::model::{Block, Fact, KnowledgeBase, Language, Level, Product, ProductScope};

/// The programme as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgramInfo<'a> {
    pub name: &'a str,
    pub bank: &'a str,
    pub persona: &'a str,
    pub description: &'a str,
    pub currency: &'a str,
    pub levels: &'a [Level],
    pub benefits: Vec<&'a str>,
    pub products_count: usize,
    /// The facts are made up.
    pub sample: bool,
}

/// A product as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductInfo<'a> {
    pub id: i64,
    pub name: &'a str,
    pub description: &'a str,
    pub points: u64,
    pub priority: i32,
    pub link: &'a str,
    pub facts: Vec<FactInfo<'a>>,
    pub sample: bool,
}

/// A fact as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactInfo<'a> {
    pub attribute: &'a str,
    pub label: &'a str,
    pub display: &'a str,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// Usable on the day asked about.
    pub live: bool,
    pub source: &'a str,
}

impl Fact {
    /// Whether the fact holds on this day; both ends are included.
    pub fn is_live(&self, today: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= today) && self.valid_to.is_none_or(|to| today <= to)
    }
}

impl Product {
    /// The fact of this attribute, live or not.
    pub fn fact(&self, attribute: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.attribute == attribute)
    }

    /// The facts that may be told on this day.
    pub fn live_facts(&self, today: NaiveDate) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.is_live(today))
    }

    /// The name in this language.
    pub fn name_in(&self, language: Language) -> &str {
        self.name.get_or_first(language).map_or("", String::as_str)
    }
}

impl ProductScope {
    /// Whether the text may be used for this product.
    pub fn includes(&self, product: i64) -> bool {
        match self {
            Self::All(_) => true,
            Self::Only(ids) => ids.contains(&product),
        }
    }
}

impl Block {
    /// Whether the text fits the product: in scope, with every required attribute live.
    pub fn fits(&self, product: &Product, today: NaiveDate) -> bool {
        self.products.includes(product.id)
            && self
                .requires
                .iter()
                .all(|name| product.fact(name).is_some_and(|fact| fact.is_live(today)))
    }
}

impl KnowledgeBase {
    /// The product with this id.
    pub fn product(&self, id: i64) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// The product whose name or alias in any language this is, letter case aside.
    pub fn product_by_name(&self, name: &str) -> Option<&Product> {
        let wanted = name.trim().to_lowercase();
        self.products
            .iter()
            .find(|product| product.names().any(|known| known.to_lowercase() == wanted))
    }

    /// The approved answers to a class.
    pub fn answers(&self, class: ReplyClass) -> &[Block] {
        self.objections
            .iter()
            .find(|objection| objection.class == class)
            .map_or(&[], |objection| &objection.answers)
    }

    /// The language to write in to a person who prefers `wanted`: it, if the knowledge base has it; Russian for
    /// speakers of Uzbek, Kazakh and Ukrainian; else the first one.
    pub fn language_for(&self, wanted: Language) -> Language {
        let has = |language: &Language| self.languages.contains(language);
        [
            wanted,
            if wanted == Language::En {
                Language::En
            } else {
                Language::Ru
            },
        ]
        .into_iter()
        .find(has)
        .or_else(|| self.languages.first().copied())
        .unwrap_or(Language::Ru)
    }

    /// The programme.
    pub fn program_info(&self, language: Language) -> ProgramInfo<'_> {
        ProgramInfo {
            name: self
                .program
                .name
                .get_or_first(language)
                .map_or("", String::as_str),
            bank: self
                .program
                .bank
                .get_or_first(language)
                .map_or("", String::as_str),
            persona: self
                .program
                .persona
                .get_or_first(language)
                .map_or("", String::as_str),
            description: self
                .program
                .description
                .get_or_first(language)
                .map_or("", String::as_str),
            currency: &self.currency,
            levels: &self.program.levels,
            benefits: self
                .program
                .benefits
                .iter()
                .filter_map(|benefit| benefit.text.get_or_first(language).map(String::as_str))
                .collect(),
            products_count: self.products.len(),
            sample: self.sample,
        }
    }

    /// Every product with its facts, in the order of the file.
    pub fn product_infos(&self, language: Language, today: NaiveDate) -> Vec<ProductInfo<'_>> {
        self.products
            .iter()
            .map(|product| product.info(language, today, self.sample))
            .collect()
    }
}

impl Product {
    /// Names and aliases in every language.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        Language::ALL.into_iter().flat_map(|language| {
            let aliases = self.aliases.get(language).into_iter().flatten();
            self.name
                .get(language)
                .into_iter()
                .chain(aliases)
                .map(String::as_str)
        })
    }

    /// The product as the API shows it.
    pub fn info(&self, language: Language, today: NaiveDate, sample: bool) -> ProductInfo<'_> {
        let facts = self.facts.iter().map(|fact| FactInfo {
            attribute: &fact.attribute,
            label: fact.label.get_or_first(language).map_or("", String::as_str),
            display: fact.display.get_or_first(language).map_or("", String::as_str),
            valid_from: fact.valid_from,
            valid_to: fact.valid_to,
            live: fact.is_live(today),
            source: &fact.source,
        });
        ProductInfo {
            id: self.id,
            name: self.name_in(language),
            description: self.description.get_or_first(language).map_or("", String::as_str),
            points: self.points,
            priority: self.priority,
            link: &self.link,
            facts: facts.collect(),
            sample,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_fact_cannot_be_used() {
        let mut kb = KnowledgeBase::sample().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        kb.products[0].facts[0].valid_to = Some(day("2026-06-30"));
        let product = kb.product(1).unwrap();
        assert!(product.facts[0].is_live(day("2026-06-30")));
        assert!(!product.facts[0].is_live(day("2026-07-01")));
        assert!(!product.facts[0].is_live(day("2025-12-31")));
        assert!(
            product
                .live_facts(day("2026-07-01"))
                .all(|fact| fact.attribute != "cashback")
        );
        let needs = kb
            .answers(ReplyClass::AlreadyHave)
            .iter()
            .find(|block| block.requires == ["cashback"])
            .unwrap();
        assert!(needs.fits(product, day("2026-06-30")) && !needs.fits(product, day("2026-07-01")));
    }

    #[test]
    fn finds_products_and_languages() {
        let kb = KnowledgeBase::sample().unwrap();
        assert_eq!(kb.product_by_name(" КРЕДИТКА ").unwrap().id, 1);
        assert_eq!(kb.product_by_name("home loan").unwrap().id, 4);
        assert_eq!(kb.language_for(Language::Uz), Language::Ru);
        assert_eq!(kb.language_for(Language::En), Language::En);
        assert_eq!(kb.program_info(Language::En).name, "Svoi v Alfe");
        assert!(kb.program_info(Language::Ru).sample);
    }
}

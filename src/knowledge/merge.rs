//! Products as the partner's cabinet tells them, taken into the knowledge base. Pure.
//!
//! What a product brings is updated, what it does not bring stays, a new product is added, and nothing is deleted.
//! Members that we do not know are passed over: the cabinet is not ours and may say more.

use serde_json::{Map, Value};

use super::model::{Audience, Fact, KnowledgeBase, Language, Localized, Product, ProductKind};
use crate::error::{FieldError, Message};

/// Members that may hold the list.
const LISTS: [&str; 3] = ["products", "items", "data"];
/// Bad places that are told.
const MAX_TOLD: usize = 50;

/// What an answer of the cabinet did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    pub added: Vec<i64>,
    pub updated: Vec<i64>,
    pub unchanged: usize,
}

/// The products of an answer: a list, or an object that has one.
///
/// # Errors
/// When there is no list.
pub(super) fn listed(answer: &Value) -> Result<(&'static str, &Vec<Value>), FieldError> {
    let inside = LISTS
        .into_iter()
        .find_map(|name| answer.get(name)?.as_array().map(|list| (name, list)));
    let found = answer.as_array().map(|list| ("", list)).or(inside);
    found.ok_or_else(|| {
        wrong(
            "body",
            "[…], {\"products\": […]}, {\"items\": […]}, {\"data\": […]}",
        )
    })
}

impl KnowledgeBase {
    /// Takes the cabinet's products.
    ///
    /// # Errors
    /// Every place that does not fit; the base may then be half changed and must be dropped.
    pub(super) fn take_products(&mut self, answer: &Value) -> Result<Merged, Vec<FieldError>> {
        let (name, list) = listed(answer).map_err(|error| vec![error])?;
        let mut merged = Merged::default();
        let mut errors = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (index, item) in list.iter().enumerate() {
            if errors.len() >= MAX_TOLD {
                break;
            }
            let mut item = Item {
                path: format!("{name}[{index}]"),
                value: item.as_object(),
                errors: Vec::new(),
            };
            if item.value.is_none() {
                errors.push(wrong(&item.path, "{…}"));
                continue;
            }
            let id = item.whole("id", 1, i64::MAX);
            match id {
                None => item.must("id", true),
                Some(id) if !seen.insert(id) => {
                    let message = Message::new("knowledge.duplicate").with("detail", id);
                    item.refuse("id", message);
                }
                Some(id) => self.take_product(&mut item, id, &mut merged),
            }
            errors.append(&mut item.errors);
        }
        if errors.is_empty() {
            Ok(merged)
        } else {
            Err(errors)
        }
    }

    fn take_product(&mut self, item: &mut Item<'_>, id: i64, merged: &mut Merged) {
        let languages = self.languages.clone();
        let place = self.products.iter().position(|product| product.id == id);
        let known = place.map(|index| self.products[index].clone());
        let new = known.is_none();
        let mut product = known.clone().unwrap_or_else(|| blank(id));
        let name = item.text("name", &languages, &product.name);
        item.must("name", new && name.is_none());
        product.name = name.unwrap_or(product.name);
        let points = item.whole("points", 0, i64::MAX);
        item.must("points", new && points.is_none());
        product.points = points.map_or(product.points, i64::unsigned_abs);
        if let Some(priority) = item.whole("priority", i64::from(i32::MIN), i64::from(i32::MAX)) {
            product.priority = i32::try_from(priority).unwrap_or(product.priority);
        }
        let link = item.plain("link");
        item.must("link", new && link.is_none());
        product.link = link.unwrap_or(product.link);
        let description = item.text("description", &languages, &product.description);
        // A card without a description is told by its name until somebody writes one.
        let fallback = if new {
            product.name.clone()
        } else {
            product.description
        };
        product.description = description.unwrap_or(fallback);
        if let Some(kind) = item.shaped::<ProductKind>("kind") {
            product.kind = kind;
        }
        for fact in item.shaped::<Vec<Fact>>("facts").unwrap_or_default() {
            match product
                .facts
                .iter_mut()
                .find(|own| own.attribute == fact.attribute)
            {
                Some(own) => *own = fact,
                None => product.facts.push(fact),
            }
        }
        if known.as_ref() == Some(&product) {
            merged.unchanged += 1;
            return;
        }
        match place {
            Some(index) => {
                self.products[index] = product;
                merged.updated.push(id);
            }
            None => {
                self.products.push(product);
                merged.added.push(id);
            }
        }
    }
}

/// A product of which nothing is known.
fn blank(id: i64) -> Product {
    Product {
        id,
        name: Localized::default(),
        aliases: Localized::default(),
        points: 0,
        priority: 0,
        kind: ProductKind::Service,
        description: Localized::default(),
        link: String::new(),
        audience: Audience::default(),
        facts: Vec::new(),
    }
}

/// One product of the answer, with what is wrong with it. A member that is null is one that is not brought.
struct Item<'a> {
    path: String,
    value: Option<&'a Map<String, Value>>,
    errors: Vec<FieldError>,
}

impl Item<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.value?.get(name).filter(|value| !value.is_null())
    }

    fn refuse(&mut self, name: &str, message: Message) {
        self.errors.push(FieldError {
            field: format!("{}.{name}", self.path),
            message,
        });
    }

    /// Names a member that is needed and was neither brought nor refused.
    fn must(&mut self, name: &str, missing: bool) {
        if missing && self.get(name).is_none() {
            self.refuse(name, Message::new("error.missing_field"));
        }
    }

    /// A whole number: no text, no fraction, no other range.
    fn whole(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let number = self.get(name)?.as_i64();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = Message::new("knowledge.whole_number").with("least", least);
            self.refuse(name, message.with("most", most));
        }
        number
    }

    fn plain(&mut self, name: &str) -> Option<String> {
        let text = self.get(name)?.as_str().map(|text| text.trim().to_owned());
        if text.is_none() {
            self.errors.push(wrong(&format!("{}.{name}", self.path), "\"…\""));
        }
        text
    }

    /// A text, or a text for each language. A plain one is in the base's first language; the other languages take it
    /// too as long as nobody has translated it.
    fn text(
        &mut self,
        name: &str,
        languages: &[Language],
        present: &Localized<String>,
    ) -> Option<Localized<String>> {
        if self.get(name)?.is_object() {
            let brought: Localized<String> = self.shaped(name)?;
            let mut text = present.clone();
            for language in Language::ALL {
                if let Some(own) = brought.get(language) {
                    text.set(language, own.clone());
                }
            }
            return Some(text);
        }
        let plain = self.plain(name)?;
        let first = languages.first().copied()?;
        let mut text = present.clone();
        for language in languages {
            let untranslated = *language == first
                || present.get(*language).is_none()
                || present.get(*language) == present.get(first);
            if untranslated {
                text.set(*language, plain.clone());
            }
        }
        Some(text)
    }

    /// A member in our own shape.
    fn shaped<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let value = self.get(name)?.clone();
        match serde_path_to_error::deserialize(value) {
            Ok(shaped) => Some(shaped),
            Err(error) => {
                let inner = error.path().to_string();
                let cause = error.inner().to_string();
                let place = match inner.as_str() {
                    "." => format!("{}.{name}", self.path),
                    inner if inner.starts_with('[') => format!("{}.{name}{inner}", self.path),
                    inner => format!("{}.{name}.{inner}", self.path),
                };
                // Only what is expected: the cabinet's own words are not repeated.
                let expected = cause
                    .split("expected ")
                    .nth(1)
                    .unwrap_or("the shape of the export");
                self.errors.push(wrong(&place, expected));
                None
            }
        }
    }
}

fn wrong(field: &str, expected: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: Message::new("error.wrong_type").with("expected", expected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn taken(answer: &Value) -> Result<(KnowledgeBase, Merged), Vec<FieldError>> {
        let mut base = KnowledgeBase::sample().unwrap();
        let merged = base.take_products(answer)?;
        assert_eq!(base.problems(), []);
        Ok((base, merged))
    }

    #[test]
    fn what_is_brought_is_updated_and_the_rest_stays() {
        let fact = serde_json::to_value(&KnowledgeBase::sample().unwrap().products[1].facts[0]).unwrap();
        let answer = json!({"data": [
            {"id": 1, "points": 650, "colour": "red", "description": null},
            {"id": 2, "points": 300},
            {"id": 9, "name": "Новая карта", "points": 10, "link": "https://example.com/new", "facts": [fact]},
        ]});
        let (base, merged) = taken(&answer).unwrap();
        let sample = KnowledgeBase::sample().unwrap();
        assert_eq!(
            merged,
            Merged {
                added: vec![9],
                updated: vec![1],
                unchanged: 1
            }
        );
        let (old, new) = (sample.product(1).unwrap(), base.product(1).unwrap());
        assert_eq!((new.points, &new.name, &new.facts), (650, &old.name, &old.facts));
        let new = base.product(9).unwrap();
        assert_eq!(
            (new.name.ru.as_deref(), new.name.en.as_deref()),
            (Some("Новая карта"), Some("Новая карта"))
        );
        assert_eq!((new.facts.len(), &new.description), (1, &new.name));
        assert_eq!(base.products.len(), sample.products.len() + 1);
    }

    #[test]
    fn a_plain_text_leaves_a_translation_alone() {
        let (base, _) = taken(&json!([{"id": 1, "name": "Карта"}])).unwrap();
        let name = &base.product(1).unwrap().name;
        assert_eq!(
            (name.ru.as_deref(), name.en.as_deref()),
            (Some("Карта"), Some("Credit card"))
        );
        let (base, _) = taken(&json!([{"id": 1, "name": {"en": "Card"}}])).unwrap();
        let name = &base.product(1).unwrap().name;
        assert_eq!(
            (name.ru.as_deref(), name.en.as_deref()),
            (Some("Кредитная карта"), Some("Card"))
        );
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let cases = [
            (json!({}), "body"),
            (json!("text"), "body"),
            (json!([1]), "[0]"),
            (json!([{"name": "x"}]), "[0].id"),
            (json!([{"id": "1"}]), "[0].id"),
            (json!([{"id": 0}]), "[0].id"),
            (json!([{"id": 1}, {"id": 1}]), "[1].id"),
            (json!({"items": [{"id": 1, "points": "500"}]}), "items[0].points"),
            (json!([{"id": 1, "points": 1.5}]), "[0].points"),
            (json!([{"id": 1, "points": -1}]), "[0].points"),
            (json!([{"id": 1, "priority": 1e12}]), "[0].priority"),
            (json!([{"id": 1, "name": 5}]), "[0].name"),
            (json!([{"id": 1, "name": {"xx": "a"}}]), "[0].name.xx"),
            (json!([{"id": 1, "link": ["https://a.b"]}]), "[0].link"),
            (
                json!([{"id": 1, "facts": [{"attribute": "rate"}]}]),
                "[0].facts[0]",
            ),
            (json!([{"id": 99, "name": "a", "points": 1}]), "[0].link"),
        ];
        for (answer, field) in cases {
            let errors = taken(&answer).unwrap_err();
            let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, [field], "{answer}");
        }
    }
}

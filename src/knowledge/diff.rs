//! What changed between two versions of the knowledge base: a structural difference of their JSON.
//!
//! Items of a list that have a name of their own (`id`, `attribute`, `class`) are matched by it, so that an item put in
//! the middle is one change and not a change of all that follow. Other lists (words, sentences) are compared whole.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Changes that are told; the others are counted.
pub const MAX_CHANGES: usize = 500;

/// The members that name an item of a list, the first that it has.
const NAMES: [&str; 3] = ["id", "attribute", "class"];

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Where: `products[id=3].facts[attribute=rate].value`; `products.order` when items changed places.
    pub path: String,
    /// `None`: it was not there.
    pub before: Option<Value>,
    /// `None`: it is there no more.
    pub after: Option<Value>,
}

/// All that is different, in the order of the names and, in lists, of the later version.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Difference {
    /// The first [`MAX_CHANGES`].
    pub changes: Vec<Change>,
    /// How many there are in all.
    pub total: usize,
}

/// What leads from one JSON to the other.
#[must_use]
pub fn difference(before: &Value, after: &Value) -> Difference {
    let mut found = Difference::default();
    found.compare("", before, after);
    found
}

impl Difference {
    fn add(&mut self, path: String, before: Option<&Value>, after: Option<&Value>) {
        self.total += 1;
        if self.changes.len() < MAX_CHANGES {
            self.changes.push(Change {
                path,
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    }

    fn compare(&mut self, path: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        match (before, after) {
            (Value::Object(old), Value::Object(new)) => {
                let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
                names.sort_unstable();
                names.dedup();
                for name in names {
                    let path = inside(path, name);
                    match (old.get(name), new.get(name)) {
                        (Some(old), Some(new)) => self.compare(&path, old, new),
                        (old, new) => self.add(path, old, new),
                    }
                }
            }
            (Value::Array(old), Value::Array(new)) => match (named(old), named(new)) {
                (Some(old), Some(new)) => self.compare_items(path, &old, &new),
                _ => self.add(path.to_owned(), Some(before), Some(after)),
            },
            _ => self.add(path.to_owned(), Some(before), Some(after)),
        }
    }

    fn compare_items(&mut self, path: &str, old: &[Item<'_>], new: &[Item<'_>]) {
        let (by_old, by_new) = (by_name(old), by_name(new));
        for item in new {
            let path = format!("{path}[{}]", item.name);
            match by_old.get(item.name.as_str()) {
                Some(before) => self.compare(&path, before, item.value),
                None => self.add(path, None, Some(item.value)),
            }
        }
        for item in old.iter().filter(|item| !by_new.contains_key(item.name.as_str())) {
            self.add(format!("{path}[{}]", item.name), Some(item.value), None);
        }
        let kept = |items: &[Item<'_>], other: &BTreeMap<&str, &Value>| -> Vec<Value> {
            let both = items.iter().filter(|item| other.contains_key(item.name.as_str()));
            both.map(|item| Value::from(item.name.clone())).collect()
        };
        let (was, is) = (kept(old, &by_new), kept(new, &by_old));
        if was != is {
            self.add(
                inside(path, "order"),
                Some(&Value::from(was)),
                Some(&Value::from(is)),
            );
        }
    }
}

/// An item of a list with its name, `id=3`.
struct Item<'a> {
    name: String,
    value: &'a Value,
}

fn by_name<'a>(items: &'a [Item<'a>]) -> BTreeMap<&'a str, &'a Value> {
    items
        .iter()
        .map(|item| (item.name.as_str(), item.value))
        .collect()
}

/// The items with their names; `None` when one has none or two have the same.
fn named(items: &[Value]) -> Option<Vec<Item<'_>>> {
    let mut found: Vec<Item<'_>> = Vec::with_capacity(items.len());
    for value in items {
        let name = NAMES.into_iter().find_map(|member| {
            let own = match value.get(member)? {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some(format!("{member}={own}"))
        })?;
        found.push(Item { name, value });
    }
    let mut names: Vec<&str> = found.iter().map(|item| item.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    (names.len() == found.len()).then_some(found)
}

fn inside(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::KnowledgeBase;
    use serde_json::json;

    fn sample() -> (KnowledgeBase, Value) {
        let base = KnowledgeBase::sample().unwrap();
        let value = serde_json::to_value(&base).unwrap();
        (base, value)
    }

    #[test]
    fn nothing_is_different_from_itself() {
        let (_, value) = sample();
        assert_eq!(difference(&value, &value), Difference::default());
    }

    #[test]
    fn items_are_matched_by_name_and_not_by_place() {
        let (base, before) = sample();
        let mut later = base.clone();
        // The first product goes: by place, every other one would be different.
        later.products.remove(0);
        let found = difference(&before, &serde_json::to_value(&later).unwrap());
        assert_eq!(found.total, 1);
        assert_eq!(
            (found.changes[0].path.as_str(), &found.changes[0].after),
            ("products[id=1]", &None)
        );

        let mut later = base;
        later.products[2].facts[0].bound = crate::knowledge::Bound::Exact;
        later.program.bank.en = Some("Bank".to_owned());
        later.objections[1].answers[0].closes_dialog ^= true;
        let class = later.objections[1].class.name();
        let block = later.objections[1].answers[0].id.clone();
        let attribute = later.products[2].facts[0].attribute.clone();
        let found = difference(&before, &serde_json::to_value(&later).unwrap());
        let paths: Vec<&str> = found.changes.iter().map(|change| change.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                format!("objections[class={class}].answers[id={block}].closes_dialog").as_str(),
                format!("products[id=3].facts[attribute={attribute}].bound").as_str(),
                "program.bank.en",
            ]
        );
        assert_eq!(found.changes[2].after, Some(json!("Bank")));
    }

    #[test]
    fn places_words_and_types_are_told() {
        let found = difference(
            &json!({"a": [{"id": 1}, {"id": 2}], "w": ["x"], "t": 1, "gone": 0}),
            &json!({"a": [{"id": 2}, {"id": 1}], "w": ["x", "y"], "t": "1", "new": 0}),
        );
        let told: Vec<_> = found.changes.iter().map(|change| change.path.as_str()).collect();
        assert_eq!(told, ["a.order", "gone", "new", "t", "w"]);
        assert_eq!(found.changes[0].before, Some(json!(["id=1", "id=2"])));
    }

    #[test]
    fn items_without_a_name_or_with_the_same_are_compared_whole() {
        let found = difference(&json!({"a": [{"id": 1}, {"id": 1}]}), &json!({"a": [{"id": 1}]}));
        assert_eq!((found.total, found.changes[0].path.as_str()), (1, "a"));
        let found = difference(&json!({"a": [{"w": 1}]}), &json!({"a": [{"w": 2}]}));
        assert_eq!((found.total, found.changes[0].path.as_str()), (1, "a"));
    }

    #[test]
    fn the_list_is_bounded_and_the_count_is_not() {
        let many = |value: i32| -> Value {
            let members = (0..MAX_CHANGES + 7).map(|n| (format!("k{n:04}"), Value::from(value)));
            Value::Object(members.collect())
        };
        let found = difference(&many(1), &many(2));
        assert_eq!((found.changes.len(), found.total), (MAX_CHANGES, MAX_CHANGES + 7));
        assert_eq!(found.changes[0].path, "k0000");
    }
}

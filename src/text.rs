//! Message catalogues: every text a person reads is looked up here by key, in Russian or English.
//!
//! A catalogue is a YAML file of sections; `section.name` is the key, `{value}` a placeholder.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The language of the operator (`Accept-Language`). People written to have more: see `knowledge::Language`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    Ru,
    En,
}

type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

static RU: LazyLock<Catalogue> = LazyLock::new(|| parse(include_str!("../locales/ru.yaml")));
static EN: LazyLock<Catalogue> = LazyLock::new(|| parse(include_str!("../locales/en.yaml")));

/// A catalogue that does not parse is empty: keys are then shown instead of texts, and the tests fail.
fn parse(source: &str) -> Catalogue {
    serde_saphyr::from_str(source).unwrap_or_default()
}

impl Lang {
    /// The first of the listed languages that we speak, by weight; Russian when none is named.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',').take(16) {
            let mut fields = part.trim().split(';');
            let tag = fields.next().unwrap_or_default().trim().to_ascii_lowercase();
            let lang = match tag.split('-').next() {
                Some("ru") => Self::Ru,
                Some("en") => Self::En,
                _ => continue,
            };
            let weight = fields
                .find_map(|field| field.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, lang));
            }
        }
        best.map_or(Self::Ru, |(_, lang)| lang)
    }

    /// The language's code: `ru` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// The text of `key` (`section.name`) with its placeholders filled in. An unknown key is returned as it is.
pub fn text(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    let catalogue = match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    };
    let found = key
        .split_once('.')
        .and_then(|(section, name)| catalogue.get(section)?.get(name));
    let mut rest = match found {
        Some(found) => found.as_str(),
        None => return key.to_owned(),
    };
    let mut filled = String::with_capacity(rest.len() + 32);
    // One pass, so that a value which contains braces is never filled in again.
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let known = after.find('}').and_then(|close| {
            values
                .iter()
                .find(|(name, _)| *name == &after[..close])
                .map(|pair| (close, pair.1))
        });
        if let Some((close, value)) = known {
            filled.push_str(value);
            rest = &after[close + 1..];
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn catalogues_have_the_same_keys_and_placeholders() {
        for source in [
            include_str!("../locales/ru.yaml"),
            include_str!("../locales/en.yaml"),
        ] {
            let parsed: Result<Catalogue, _> = serde_saphyr::from_str(source);
            parsed.expect("a catalogue of sections of texts");
        }
        assert!(!RU.is_empty());
        assert_eq!(RU.keys().collect::<Vec<_>>(), EN.keys().collect::<Vec<_>>());
        for (section, texts) in RU.iter() {
            let english = &EN[section];
            assert_eq!(
                texts.keys().collect::<Vec<_>>(),
                english.keys().collect::<Vec<_>>(),
                "section {section}"
            );
            for (name, russian) in texts {
                let english = &english[name];
                assert_eq!(placeholders(russian), placeholders(english), "{section}.{name}");
                assert!(
                    !russian.trim().is_empty() && !english.trim().is_empty(),
                    "{section}.{name} is empty"
                );
            }
        }
    }

    #[test]
    fn fills_each_placeholder_once() {
        let filled = text(
            Lang::En,
            "check.number",
            &[("found", "{product}"), ("product", "Card")],
        );
        assert!(filled.contains("{product}"), "{filled}");
        assert_eq!(text(Lang::Ru, "no.such_key", &[]), "no.such_key");
    }

    #[test]
    fn chooses_the_language_by_weight() {
        assert_eq!(Lang::from_accept_language("de, en-GB;q=0.7, ru;q=0.3"), Lang::En);
        assert_eq!(Lang::from_accept_language("en;q=0.2, ru"), Lang::Ru);
        assert_eq!(Lang::from_accept_language(""), Lang::Ru);
        assert_eq!(Lang::from_accept_language("en;q=0"), Lang::Ru);
    }
}

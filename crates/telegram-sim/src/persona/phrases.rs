//! The phrases people draw from, kept in `scenarios/phrases.yaml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Language;

#[derive(Default, serde::Deserialize)]
struct Catalogue {
    ru: HashMap<String, Vec<String>>,
    en: HashMap<String, Vec<String>>,
}

// The file is part of the program; the tests below keep it readable.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../scenarios/phrases.yaml")).unwrap_or_default()
});

/// One phrasing for an occasion, drawn by a number.
pub(super) fn phrase(language: Language, occasion: &str, drawn: u64) -> Option<&'static str> {
    let catalogue: &'static Catalogue = &CATALOGUE;
    let phrases = match language {
        Language::Ru => catalogue.ru.get(occasion),
        Language::En => catalogue.en.get(occasion),
    }?;
    let index = usize::try_from(drawn % u64::try_from(phrases.len().max(1)).unwrap_or(1)).unwrap_or(0);
    phrases.get(index).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_have_the_same_occasions_and_none_is_empty() {
        let occasions = |phrases: &HashMap<String, Vec<String>>| -> BTreeSet<String> {
            assert!(
                phrases
                    .values()
                    .all(|list| list.iter().any(|text| !text.trim().is_empty()))
            );
            phrases.keys().cloned().collect()
        };
        assert!(CATALOGUE.ru.len() > 10);
        assert_eq!(occasions(&CATALOGUE.ru), occasions(&CATALOGUE.en));
    }

    #[test]
    fn a_phrase_is_drawn_evenly_by_its_number() {
        let drawn: BTreeSet<_> = (0..50).filter_map(|n| phrase(Language::Ru, "stop", n)).collect();
        assert_eq!(drawn.len(), CATALOGUE.ru["stop"].len());
        assert_eq!(phrase(Language::Ru, "no such occasion", 1), None);
    }
}

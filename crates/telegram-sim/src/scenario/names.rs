//! Names for people who are made up.

use serde::Deserialize;
use std::sync::LazyLock;

use crate::persona::Language;

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
}

#[derive(Default, Deserialize)]
struct Catalogue {
    ru: Vec<Sex>,
    en: Vec<Sex>,
}

#[derive(Deserialize)]
struct Sex {
    first: Vec<String>,
    last: Vec<String>,
}

// The file is part of the program; the tests below keep it readable.
static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| serde_saphyr::from_str(include_str!("../../scenarios/names.yaml")).unwrap_or_default());

/// The name that a drawn number stands for.
#[must_use]
pub fn name(language: Language, drawn: u64) -> Name {
    let sexes = match language {
        Language::Ru => &CATALOGUE.ru,
        Language::En => &CATALOGUE.en,
    };
    let chosen = pick(sexes, drawn);
    let part = |list: Option<&Vec<String>>, shift: u32| {
        list.and_then(|list| pick(list, drawn >> shift))
            .cloned()
            .unwrap_or_default()
    };
    Name {
        first: part(chosen.map(|sex| &sex.first), 8),
        last: part(chosen.map(|sex| &sex.last), 24),
    }
}

fn pick<T>(list: &[T], drawn: u64) -> Option<&T> {
    let len = u64::try_from(list.len()).ok().filter(|len| *len > 0)?;
    list.get(usize::try_from(drawn % len).ok()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ids::roll;

    #[test]
    fn names_differ_and_are_whole() {
        let drawn: Vec<Name> = (0..200).map(|n| name(Language::Ru, roll(1, &[n]))).collect();
        assert!(
            drawn
                .iter()
                .all(|name| !name.first.is_empty() && !name.last.is_empty())
        );
        let distinct: BTreeSet<String> = drawn
            .iter()
            .map(|name| format!("{} {}", name.first, name.last))
            .collect();
        assert!(distinct.len() > 100, "{}", distinct.len());
        assert!(name(Language::En, 5).first.is_ascii());
    }
}

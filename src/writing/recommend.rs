//! Which product fits a person: a transparent score with reasons in words. Points only break ties.

use std::cmp::Reverse;

use serde::Serialize;

use super::check::{CheckContext, check};
use super::vet::vetted;
use super::{Profile, words};
use crate::knowledge::{KnowledgeBase, Language, Product, ProductKind, Words};
use crate::text::{Lang, text};

/// At most so many other products are named.
const MAX_ALTERNATIVES: usize = 3;
/// What the person says of themselves weighs half of what is on record.
const SAID_SHARE: i64 = 2;
/// A person afraid of debt is not offered more of it while anything else is there.
const DEBT_PENALTY: i64 = 20;

/// A product with its score and the reasons for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    pub product_id: i64,
    pub product: String,
    pub score: i64,
    pub reasons: Vec<String>,
}

/// The recommendation for a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommendation {
    pub best: Scored,
    pub alternatives: Vec<Scored>,
    /// Products left out because the person has them.
    pub has: Vec<i64>,
}

/// Recommends a product. `None` when the person has them all.
pub fn recommend(profile: &Profile, kb: &KnowledgeBase, lang: Lang) -> Option<Recommendation> {
    let heard = Heard::new(profile, kb);
    let mut scored: Vec<(&Product, Scored)> = kb
        .products
        .iter()
        .filter(|product| !heard.has.contains(&product.id))
        .map(|product| (product, score(product, profile, &heard, kb, lang)))
        .collect();
    // Usefulness first; the programme's points, then its priority, break ties; the id makes the order total.
    scored.sort_by_key(|(product, scored)| {
        (
            Reverse(scored.score),
            Reverse(product.points),
            Reverse(product.priority),
            product.id,
        )
    });
    let mut ranked = scored.into_iter();
    let (product, mut best) = ranked.next()?;
    let rest: Vec<(&Product, Scored)> = ranked.collect();
    let tied = rest.first().is_some_and(|(_, next)| next.score == best.score);
    if best.reasons.is_empty() {
        best.reasons.push(text(lang, "recommend.nothing_known", &[]));
    } else if tied {
        best.reasons.push(text(
            lang,
            "recommend.points",
            &[("value", &product.points.to_string())],
        ));
    }
    let alternatives = rest
        .into_iter()
        .map(|(_, scored)| scored)
        .take(MAX_ALTERNATIVES)
        .collect();
    Some(Recommendation {
        best,
        alternatives,
        has: heard.has,
    })
}

/// The recommendation in words that may leave: a reason repeats what is known of the person, and what was known may hold
/// anything. Reasons that say what no fact does are left out, then all of them, then all but the name.
#[must_use]
pub fn in_words(name: &str, description: &str, reasons: &[String], context: &CheckContext<'_>) -> String {
    let whole = |reasons: &[&str]| {
        format!("{name}. {description} {}", reasons.join("; "))
            .trim_end()
            .to_owned()
    };
    let write = |attempt: u64| {
        let all: Vec<&str> = reasons.iter().map(String::as_str).collect();
        Some(match attempt {
            0 => whole(&all),
            1 => {
                let fine = |reason: &&str| check(&format!("{name}. {reason}"), context).is_empty();
                whole(&all.into_iter().filter(fine).collect::<Vec<_>>())
            }
            2 => whole(&[]),
            _ => name.to_owned(),
        })
    };
    vetted(context, 0, write, String::as_str).unwrap_or_else(|| name.to_owned())
}

/// What was said, prepared once.
struct Heard {
    profession: Vec<String>,
    interests: Vec<String>,
    goal: Vec<String>,
    said: Vec<String>,
    has: Vec<i64>,
    fears_debt: bool,
}

impl Heard {
    fn new(profile: &Profile, kb: &KnowledgeBase) -> Self {
        let said = words::stems(&profile.said.join(" "));
        let named = |name: &String| {
            let exact = kb.product_by_name(name).map(|product| product.id);
            let stems = words::stems(name);
            exact.or_else(|| {
                kb.products
                    .iter()
                    .find(|product| product.names().any(|known| words::says(&stems, known)))
                    .map(|p| p.id)
            })
        };
        let fears = [
            "боюсь",
            "страшно",
            "долг",
            "долгов",
            "кабала",
            "debt",
            "afraid",
            "scared",
        ];
        let tokens: Vec<String> = profile
            .said
            .iter()
            .flat_map(|text| words::tokens(&words::fold(text)))
            .collect();
        let wish = profile.goal.as_deref().map(words::fold).unwrap_or_default();
        Self {
            profession: words::stems(profile.profession.as_deref().unwrap_or_default()),
            interests: words::stems(&profile.interests.join(", ")),
            goal: words::stems(profile.goal.as_deref().unwrap_or_default()),
            said,
            has: profile.has.iter().filter_map(named).collect(),
            fears_debt: wish.contains("без долг")
                || tokens.iter().any(|token| fears.contains(&token.as_str())),
        }
    }
}

/// The best-weighted entry that is said, with the word that matched.
fn best<'a>(entries: &'a [Words], said: &[String]) -> Option<(i64, &'a str)> {
    entries
        .iter()
        .filter_map(|entry| {
            let word = entry.words.iter().find(|word| words::says(said, word))?;
            Some((i64::from(entry.weight), word.as_str()))
        })
        .max_by_key(|(weight, _)| *weight)
}

fn score(product: &Product, profile: &Profile, heard: &Heard, kb: &KnowledgeBase, lang: Lang) -> Scored {
    let audience = &product.audience;
    let mut total = 0;
    let mut reasons = Vec::new();
    let mut add = |weight: i64, key: &str, value: &str| {
        total += weight;
        reasons.push(text(lang, key, &[("value", value)]));
    };
    if let Some((weight, _)) = best(&audience.professions, &heard.profession) {
        add(
            weight,
            "recommend.profession",
            profile.profession.as_deref().unwrap_or_default(),
        );
    }
    // Each interest counts, so that two fitting ones are more than one.
    for entry in &audience.interests {
        if let Some((weight, word)) = best(std::slice::from_ref(entry), &heard.interests) {
            add(weight, "recommend.interest", word);
        }
    }
    if let Some((weight, word)) = best(&audience.goals, &heard.goal) {
        add(weight, "recommend.goal", word);
    }
    if let Some((weight, word)) =
        best(&audience.goals, &heard.said).max(best(&audience.interests, &heard.said))
    {
        add((weight / SAID_SHARE).max(1), "recommend.said", word);
    }
    if let Some(age) = profile.age
        && let Some(ages) = audience
            .ages
            .iter()
            .find(|ages| (ages.from..=ages.to).contains(&age))
    {
        add(i64::from(ages.weight), "recommend.age", &age.to_string());
    }
    if heard.fears_debt {
        match product.kind {
            ProductKind::Credit => add(-DEBT_PENALTY, "recommend.fear_of_debt", ""),
            _ => add(1, "recommend.no_debt", ""),
        }
    }
    let language = kb.language_for(if lang == Lang::Ru {
        Language::Ru
    } else {
        Language::En
    });
    Scored {
        product_id: product.id,
        product: product.name_in(language).to_owned(),
        score: total,
        reasons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn for_whom(
        profession: &str,
        interests: &str,
        goal: Option<&str>,
        age: Option<u32>,
        has: &[&str],
    ) -> Recommendation {
        let kb = KnowledgeBase::sample().unwrap();
        let profile = Profile {
            profession: Some(profession.to_owned()),
            interests: Profile::split_list(interests),
            goal: goal.map(str::to_owned),
            age,
            has: has.iter().map(|name| (*name).to_owned()).collect(),
            ..Profile::default()
        };
        recommend(&profile, &kb, Lang::Ru).unwrap()
    }

    #[test]
    fn fits_the_person() {
        assert_eq!(for_whom("Студент", "", None, Some(19), &[]).best.product_id, 2);
        assert_eq!(
            for_whom("Программист", "недвижимость", None, Some(30), &[])
                .best
                .product_id,
            4
        );
        assert_eq!(
            for_whom("Бизнесмен", "Инвестиции", None, None, &[])
                .best
                .product_id,
            5
        );
        assert_eq!(for_whom("Врач", "Здоровье", None, None, &[]).best.product_id, 1);
        assert_eq!(
            for_whom("Строитель", "ремонт", Some("сделать ремонт"), Some(40), &[])
                .best
                .product_id,
            3
        );
    }

    #[test]
    fn what_the_person_has_is_not_recommended() {
        let found = for_whom("Врач", "Здоровье", None, None, &["кредитная карта"]);
        assert_eq!(found.has, [1]);
        assert_eq!(found.best.product_id, 2);
        assert!(found.alternatives.iter().all(|other| other.product_id != 1));
    }

    fn told(profile: &Profile, reasons: &[String]) -> String {
        let kb = KnowledgeBase::sample().unwrap();
        let product = kb.product(3).unwrap();
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let context = CheckContext {
            kb: &kb,
            products: vec![product],
            profile: Some(profile),
            today,
        };
        let info = product.info(Language::Ru, today, true);
        let text = in_words(info.name, info.description, reasons, &context);
        assert_eq!(check(&text, &context), [], "{text}");
        text
    }

    #[test]
    fn what_is_said_of_it_may_leave() {
        let profile = Profile {
            profession: Some("строитель, кредит под 3 % одобрен".to_owned()),
            interests: vec!["ремонт".to_owned()],
            age: Some(40),
            ..Profile::default()
        };
        let reasons = [
            "подходит по профессии: строитель, кредит под 3 % одобрен",
            "связано с интересом: ремонт",
            "подходит по возрасту: 40",
            "при равной пользе решили баллы программы: 700",
        ]
        .map(str::to_owned);
        let text = told(&profile, &reasons);
        assert!(text.contains("ремонт"), "{text}");
        assert!(!text.contains("одобрен") && !text.contains("700"), "{text}");
        // What is fine is told whole.
        let fine = told(&profile, &reasons[1..2]);
        assert!(fine.ends_with("связано с интересом: ремонт"), "{fine}");
        let kb = KnowledgeBase::sample().unwrap();
        let name = kb.product(3).unwrap().name_in(Language::Ru);
        assert!(told(&profile, &reasons[..1]).starts_with(name));
    }

    #[test]
    fn points_only_break_ties() {
        let nothing = for_whom("", "", None, None, &[]);
        assert_eq!(nothing.best.score, 0);
        assert_eq!(nothing.best.product_id, 4);
        assert_eq!(nothing.best.reasons.len(), 1);
        let kb = KnowledgeBase::sample().unwrap();
        let mut rich = kb.clone();
        for product in &mut rich.products {
            product.points = if product.id == 3 { 1_000_000 } else { 1 };
        }
        let profile = Profile {
            profession: Some("Пенсионер".to_owned()),
            ..Profile::default()
        };
        assert_eq!(recommend(&profile, &rich, Lang::En).unwrap().best.product_id, 2);
    }

    #[test]
    fn who_fears_debt_is_not_offered_credit() {
        let kb = KnowledgeBase::sample().unwrap();
        let profile = Profile {
            interests: vec!["ремонт".to_owned(), "автомобили".to_owned()],
            said: vec!["Боюсь влезть в долги".to_owned()],
            ..Profile::default()
        };
        let found = recommend(&profile, &kb, Lang::Ru).unwrap();
        assert_ne!(
            kb.product(found.best.product_id).unwrap().kind,
            ProductKind::Credit
        );
        assert!(!found.best.reasons.is_empty());
    }
}

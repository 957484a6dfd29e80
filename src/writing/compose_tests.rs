use std::collections::BTreeSet;

use super::*;

const NAMES: [&str; 20] = [
    "Иван",
    "Мария",
    "Ольга",
    "Пётр",
    "Анна",
    "Сергей",
    "Елена",
    "Дмитрий",
    "Наталья",
    "Алексей",
    "Ирина",
    "Павел",
    "Юлия",
    "Андрей",
    "Татьяна",
    "Николай",
    "Светлана",
    "Артём",
    "Ксения",
    "Роман",
];
const PROFESSIONS: [&str; 14] = [
    "Бизнесмен",
    "Врач",
    "Учитель",
    "Программист",
    "Водитель",
    "Инженер",
    "Менеджер",
    "Бухгалтер",
    "Дизайнер",
    "Студент",
    "Пенсионер",
    "Военный",
    "Тренер",
    "Астроном",
];
const INTERESTS: [&str; 15] = [
    "Инвестиции",
    "Здоровье",
    "Путешествия",
    "Спорт",
    "Покупки",
    "Автомобили",
    "Недвижимость",
    "Дача",
    "Семья",
    "Технологии",
    "Книги",
    "Кулинария",
    "Бизнес",
    "Музыка",
    "Рыбалка",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn options(seed: u64) -> FirstMessageOptions<'static> {
    FirstMessageOptions {
        language: Language::Ru,
        form: Form::Formal,
        day_part: DayPart::Neutral,
        seed,
        today: today(),
        disclosure: true,
        persona: None,
        avoid: &[],
    }
}

fn person(index: usize) -> Profile {
    Profile {
        first_name: Some(NAMES[index % NAMES.len()].to_owned()),
        profession: Some(PROFESSIONS[(index * 5 + index / 20) % PROFESSIONS.len()].to_owned()),
        interests: vec![INTERESTS[(index * 7 + index / 15) % INTERESTS.len()].to_owned()],
        ..Profile::default()
    }
}

fn trigrams(text: &str) -> BTreeSet<Vec<String>> {
    words::tokens(&words::fold(text))
        .windows(3)
        .map(<[String]>::to_vec)
        .collect()
}

/// (median, 99th percentile, maximum) of the pairwise similarity of 3-grams of words.
fn similarity(texts: &[String]) -> (f64, f64, f64) {
    let grams: Vec<_> = texts.iter().map(|text| trigrams(text)).collect();
    let mut found = Vec::new();
    for left in 0..grams.len() {
        for right in left + 1..grams.len() {
            let common = grams[left].intersection(&grams[right]).count();
            let all = grams[left].union(&grams[right]).count();
            found.push(common as f64 / all as f64);
        }
    }
    found.sort_by(f64::total_cmp);
    (
        found[found.len() / 2],
        found[found.len() * 99 / 100],
        found[found.len() - 1],
    )
}

#[test]
fn a_hundred_messages_do_not_look_alike() {
    let kb = KnowledgeBase::sample().unwrap();
    for product in &kb.products {
        let mut recent = Vec::new();
        let mut texts = Vec::new();
        for index in 0..100 {
            let from = recent.len().saturating_sub(20);
            let avoid: Vec<String> = recent[from..].to_vec();
            let draft = first_message(
                &person(index),
                product,
                &kb,
                &FirstMessageOptions {
                    avoid: &avoid,
                    ..options(index as u64)
                },
            );
            recent.push(draft.opening());
            texts.push(draft.text);
        }
        let unique: BTreeSet<_> = texts.iter().collect();
        assert_eq!(unique.len(), 100);
        let (median, high, max) = similarity(&texts);
        println!(
            "product {}: median {median:.3}, 99 % below {high:.3}, maximum {max:.3}",
            product.id
        );
        assert!(median < 0.12, "median {median}");
        assert!(high < 0.40, "99th percentile {high}");
        assert!(max < 0.65, "maximum {max}");
    }
}

#[test]
fn the_same_person_at_a_hundred_seeds_gets_many_texts() {
    let kb = KnowledgeBase::sample().unwrap();
    let texts: BTreeSet<String> = (0..100)
        .map(|seed| first_message(&person(0), &kb.products[2], &kb, &options(seed)).text)
        .collect();
    assert!(texts.len() >= 99, "{}", texts.len());
    let again = first_message(&person(0), &kb.products[2], &kb, &options(7));
    assert_eq!(
        again,
        first_message(&person(0), &kb.products[2], &kb, &options(7))
    );
}

#[test]
fn a_message_is_personal_honest_and_short() {
    let kb = KnowledgeBase::sample().unwrap();
    for index in 0..300 {
        let profile = person(index);
        let product = &kb.products[index % kb.products.len()];
        let form = if index % 3 == 0 {
            Form::Informal
        } else {
            Form::Formal
        };
        let draft = first_message(
            &profile,
            product,
            &kb,
            &FirstMessageOptions {
                form,
                ..options(index as u64)
            },
        );
        let text = &draft.text;
        assert!(text.contains(profile.first_name.as_deref().unwrap()), "{text}");
        assert!(text.contains("партнёр программы «Свой в Альфе»"), "{text}");
        assert!(text.contains("ИИ-помощник") && text.contains("«стоп»"), "{text}");
        assert!(
            text.chars().count() <= MAX_FIRST_MESSAGE_CHARS,
            "{}",
            text.chars().count()
        );
        assert!(!text.contains("{{") && !text.contains("  "), "{text}");
        assert!(!draft.facts.is_empty(), "{text}");
        let bridges: Vec<_> = draft
            .blocks
            .iter()
            .filter(|id| id.starts_with("bridges."))
            .collect();
        let known = profile.profession.as_deref() != Some("Астроном");
        let liked = profile.interests[0] != "Рыбалка";
        assert_eq!(
            bridges.len(),
            (usize::from(known) + usize::from(liked)).max(1),
            "{profile:?} {text}"
        );
    }
}

#[test]
fn the_two_people_of_the_example() {
    let kb = KnowledgeBase::sample().unwrap();
    let people = [("Иван", "Бизнесмен", "Инвестиции"), ("Мария", "Врач", "Здоровье")];
    for (seed, (name, profession, interest)) in people.into_iter().enumerate() {
        let profile = Profile {
            first_name: Some(name.to_owned()),
            profession: Some(profession.to_owned()),
            interests: vec![interest.to_owned()],
            ..Profile::default()
        };
        let draft = first_message(&profile, kb.product(3).unwrap(), &kb, &options(seed as u64));
        println!("{}\n", draft.text);
        let bridges: Vec<_> = draft
            .blocks
            .iter()
            .filter(|id| id.starts_with("bridges."))
            .collect();
        assert_eq!(bridges.len(), 2);
    }
}

#[test]
fn without_a_name_or_disclosure() {
    let kb = KnowledgeBase::sample().unwrap();
    for seed in 0..50 {
        let nobody = Profile {
            first_name: Some("89161234567".to_owned()),
            ..Profile::default()
        };
        let draft = first_message(
            &nobody,
            &kb.products[0],
            &kb,
            &FirstMessageOptions {
                disclosure: false,
                ..options(seed)
            },
        );
        assert!(
            !draft.text.contains("ИИ") && !draft.text.contains("8916"),
            "{}",
            draft.text
        );
        assert!(draft.text.contains("«стоп»"), "{}", draft.text);
    }
}

#[test]
fn english_and_uzbek_people() {
    let kb = KnowledgeBase::sample().unwrap();
    let english = first_message(
        &person(1),
        &kb.products[0],
        &kb,
        &FirstMessageOptions {
            language: Language::En,
            ..options(3)
        },
    );
    assert!(
        english.text.contains("stop") && english.language == Language::En,
        "{}",
        english.text
    );
    let uzbek = first_message(
        &person(1),
        &kb.products[0],
        &kb,
        &FirstMessageOptions {
            language: Language::Uz,
            ..options(3)
        },
    );
    assert_eq!(uzbek.language, Language::Ru);
}

#[test]
fn an_expired_fact_is_not_told() {
    let mut kb = KnowledgeBase::sample().unwrap();
    for fact in &mut kb.products[1].facts {
        fact.valid_to = NaiveDate::from_ymd_opt(2026, 11, 19);
    }
    for seed in 0..40 {
        let draft = first_message(&person(2), &kb.products[1], &kb, &options(seed));
        assert!(
            draft.facts.is_empty() && !draft.text.contains('%'),
            "{}",
            draft.text
        );
    }
}

#[test]
fn confirms_an_opt_out_in_the_person_s_language() {
    let kb = KnowledgeBase::sample().unwrap();
    let russian = opt_out_confirmation(&kb, Language::Kk, Form::Formal, 1).unwrap();
    assert_eq!(russian.language, Language::Ru);
    let english = opt_out_confirmation(&kb, Language::En, Form::Formal, 2).unwrap();
    assert!(english.blocks[0].starts_with("opt_out."));
    assert!(!english.text.contains('?'));
}

use super::*;
use crate::writing::check::{CheckContext, check};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn answered(
    classes: &[ReplyClass],
    said: &str,
    product: i64,
    language: Language,
    sent: &[String],
    seed: u64,
) -> Option<FollowUp> {
    let kb = KnowledgeBase::sample().unwrap();
    let context = FollowUpContext {
        kb: &kb,
        product: kb.product(product),
        profile: &Profile::default(),
        language,
        form: Form::Formal,
        said,
        told: &[],
        sent,
        on_list: true,
        persona: None,
    };
    follow_up(classes, &context, seed, today())
}

#[test]
fn every_answer_is_short_asks_once_and_passes_the_check() {
    let kb = KnowledgeBase::sample().unwrap();
    for product in &kb.products {
        for class in ReplyClass::ALL
            .into_iter()
            .filter(|class| *class != ReplyClass::OptOut)
        {
            for language in [Language::Ru, Language::En, Language::Uz] {
                for seed in 0..8 {
                    let answer = answered(&[class], "", product.id, language, &[], seed).unwrap();
                    let text = &answer.draft.text;
                    assert!(text.chars().count() <= MAX_FOLLOW_UP_CHARS, "{text}");
                    assert!(!text.contains("{{"), "{text}");
                    let profile = Profile::default();
                    let context = CheckContext {
                        kb: &kb,
                        products: vec![product],
                        profile: Some(&profile),
                        today: today(),
                    };
                    assert_eq!(check(text, &context), [], "{text}");
                }
            }
        }
    }
}

#[test]
fn a_question_about_a_fact_gets_the_fact() {
    for (said, product, wanted) in [
        ("А какая ставка?", 3, "18,9"),
        ("Сколько стоит обслуживание", 1, "0\u{a0}₽"),
        ("Сколько дней рассматривают заявку?", 4, "до 3"),
        ("какой первый взнос", 4, "от 20"),
    ] {
        let answer = answered(&[ReplyClass::PriceRate], said, product, Language::Ru, &[], 1).unwrap();
        assert!(
            answer.draft.text.contains(wanted),
            "{said}: {}",
            answer.draft.text
        );
        assert!(answer.draft.text.ends_with('?'), "{}", answer.draft.text);
        assert!(!answer.draft.facts.is_empty());
    }
}

#[test]
fn the_same_sentence_is_never_said_twice() {
    for class in [
        ReplyClass::NoTrust,
        ReplyClass::PriceRate,
        ReplyClass::Question,
        ReplyClass::ThinkLater,
    ] {
        let mut sent: Vec<String> = Vec::new();
        for seed in 0..20 {
            let Some(answer) = answered(&[class], "а ставка какая?", 3, Language::Ru, &sent, seed)
            else {
                break;
            };
            let said: Vec<String> = sent
                .iter()
                .flat_map(|text| sentences(text))
                .map(words::fold)
                .collect();
            for sentence in sentences(&answer.draft.text) {
                assert!(!said.contains(&words::fold(sentence)), "{class:?}: {sentence}");
            }
            sent.push(answer.draft.text);
        }
        assert!(sent.len() >= 2, "{class:?}: {}", sent.len());
    }
}

#[test]
fn promises_come_out_as_data() {
    let kinds = |text: &str| {
        promises(text)
            .into_iter()
            .map(|p| (p.kind, p.if_confirmed))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds("Хорошо, с живым человеком правда проще. Уже зову коллегу."),
        [(PromiseKind::HandOver, false)]
    );
    assert_eq!(
        kinds("Если совсем, больше предлагать не буду."),
        [(PromiseKind::NotOfferAgain, true)]
    );
    assert_eq!(
        kinds("если данные внесены по ошибке, сотру их по одному вашему слову."),
        [(PromiseKind::EraseData, true)]
    );
    assert_eq!(
        kinds("могу передать разговор человеку."),
        [(PromiseKind::HandOver, true)]
    );
    assert_eq!(kinds("Конечно, спешить незачем."), []);
    for seed in 0..20 {
        let answer = answered(
            &[ReplyClass::AskConsultant],
            "позовите человека",
            3,
            Language::En,
            &[],
            seed,
        )
        .unwrap();
        assert!(
            answer
                .promises
                .iter()
                .any(|p| p.kind == PromiseKind::HandOver && !p.if_confirmed),
            "{}",
            answer.draft.text
        );
    }
}

#[test]
fn where_the_number_is_from_is_said_only_when_the_ledger_says_so() {
    let kb = KnowledgeBase::sample().unwrap();
    for seed in 0..40 {
        let context = FollowUpContext {
            kb: &kb,
            product: None,
            profile: &Profile::default(),
            language: Language::Ru,
            form: Form::Formal,
            said: "откуда мой номер",
            told: &[],
            sent: &[],
            on_list: false,
            persona: None,
        };
        let answer = follow_up(&[ReplyClass::WhoAreYou], &context, seed, today()).unwrap();
        assert!(
            !answer.draft.text.contains("в списке партнёра"),
            "{}",
            answer.draft.text
        );
    }
}

#[test]
fn nobody_who_opted_out_is_answered() {
    assert_eq!(
        answered(
            &[ReplyClass::OptOut, ReplyClass::Question],
            "стоп, какая ставка",
            3,
            Language::Ru,
            &[],
            1
        ),
        None
    );
}

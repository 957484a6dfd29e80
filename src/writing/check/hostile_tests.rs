//! Whatever the text: the check ends, its offsets are within the text, and an ungrounded figure is found.

use proptest::prelude::*;

use super::*;

fn found_in(text: &str, product: i64) -> Vec<Violation> {
    let kb = KnowledgeBase::sample().unwrap();
    let profile = Profile {
        first_name: Some("Анна".to_owned()),
        age: Some(40),
        said: vec!["у меня 700 тысяч, напишите 10 декабря".to_owned()],
        ..Profile::default()
    };
    let context = CheckContext {
        kb: &kb,
        products: kb.product(product).into_iter().collect(),
        profile: Some(&profile),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
    };
    check(text, &context)
}

fn offsets_hold(text: &str) {
    let chars: Vec<char> = text.chars().collect();
    for violation in found_in(text, 3) {
        assert!(
            violation.start <= violation.end && violation.end <= chars.len(),
            "{violation:?}"
        );
        let part: String = chars[violation.start..violation.end].iter().collect();
        assert_eq!(part.trim(), violation.found);
    }
}

/// What the rules look at, to be put together in any order.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "до",
        "от",
        "не",
        "больше",
        "и",
        "ставка",
        "вам",
        "вы",
        "%",
        "₽",
        "$",
        "лет",
        "мес.",
        "годовых",
        "в месяц",
        "полтора",
        "полмиллиона",
        "тысяч",
        "целых",
        "десятых",
        "с половиной",
        "{{",
        "}}",
        "[имя]",
        "<",
        "___",
        "https://",
        "example.com",
        "@name",
        "+7",
        "-",
        "—",
        ",",
        ".",
        "?",
        "\n",
        "\u{200b}",
        "８",
        "½",
        "ﬁ",
        "й",
        "İ",
        "карта «Х»",
        "Иван,",
        "31.12",
        "декабря",
        "первого",
        "half a",
        "hundred",
        "point",
        "twenty-",
        "пол",
        "ноль",
        "0",
        "000",
        "1.500.000",
        "'",
        "e\u{301}",
        "-ден бастап",
        "ипотека",
        "бесплатно",
    ]);
    prop_oneof![
        words.prop_map(str::to_owned),
        "[0-9]{1,7}([.,][0-9]{1,3})?",
        "\\PC{0,4}"
    ]
}

proptest! {
    #[test]
    fn any_text_is_judged(text in "\\PC{0,200}") {
        offsets_hold(&text);
    }

    #[test]
    fn what_the_rules_look_at_may_stand_in_any_order(pieces in prop::collection::vec(piece(), 0..24), glue in prop::sample::select(vec!["", " ", "\u{a0}"])) {
        offsets_hold(&pieces.join(glue));
    }

    #[test]
    fn an_ungrounded_percentage_is_found(tenths in 1u32..1_000, before in "[а-я ]{0,20}", bound in prop::sample::select(vec!["", "от ", "до ", "не более "])) {
        prop_assume!(tenths != 189);
        let text = format!("{before} {bound}{},{} % годовых", tenths / 10, tenths % 10);
        prop_assert!(!found_in(&text, 3).is_empty(), "{}", text);
    }
}

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn ivan() -> Profile {
    Profile {
        first_name: Some("Иван".to_owned()),
        profession: Some("Бизнесмен".to_owned()),
        interests: vec!["Инвестиции".to_owned()],
        age: Some(40),
        said: vec!["мне нужно 700 тысяч рублей на ремонт".to_owned()],
        ..Profile::default()
    }
}

fn kinds(text: &str, product: i64) -> Vec<ViolationKind> {
    let kb = KnowledgeBase::sample().unwrap();
    let profile = ivan();
    let context = CheckContext {
        kb: &kb,
        products: kb.product(product).into_iter().collect(),
        profile: Some(&profile),
        today: today(),
    };
    check(text, &context)
        .into_iter()
        .map(|violation| violation.kind)
        .collect()
}

#[test]
fn what_is_grounded_passes() {
    for (text, product) in [
        ("Иван, ставка — от 18,9 % годовых.", 3),
        ("Ставка от 18.9% годовых, срок до 5 лет, сумма до 3 млн ₽.", 3),
        ("Срок — до 60 месяцев.", 3),
        ("Сумма до трёх миллионов рублей? До 3 000 000 ₽.", 3),
        ("Кэшбэк до 7 %, льготный период до 60 дней.", 1),
        ("Решение за срок до 24 часов.", 1),
        ("Обслуживание 0 ₽ в год, то есть бесплатное обслуживание.", 1),
        ("Условия: https://example.com/sample/cash-loan", 3),
        ("Условия: example.com/sample/cash-loan/.", 3),
        ("Вы писали про 700 тысяч рублей на ремонт.", 3),
        ("Я не сотрудник банка, а партнёр программы «Свой в Альфе».", 3),
        ("Доход не гарантирован.", 5),
        ("Это не кредит: деньги ваши, долга не возникает.", 2),
        ("Вам позвонит менеджер.", 3),
    ] {
        assert_eq!(kinds(text, product), [], "{text}");
    }
}

#[test]
fn what_is_not_grounded_is_found() {
    use ViolationKind as V;
    for (text, product, wanted) in [
        ("Ставка от 17,9 % годовых", 3, V::Number),
        ("Ставка 18,9 % годовых", 3, V::Bound),
        ("Ставка до 18,9 % годовых", 3, V::Bound),
        ("Кэшбэк 7 %", 1, V::Bound),
        ("Кэшбэк до 12 %", 2, V::Number),
        ("Процент на остаток до 5 %", 2, V::Number),
        ("Сумма до семи миллионов рублей", 3, V::Number),
        ("Сумма до 3 000 000 $", 3, V::Number),
        ("Срок до 6 лет", 3, V::Number),
        ("Ставка от 18,9 % в месяц", 3, V::Number),
        ("Стaвка от １７,９ % годовых", 3, V::Number),
        ("Предложение до 31 декабря", 3, V::Date),
        ("Успеть до 31.12.2026", 3, V::Date),
        ("Until December 31", 3, V::Date),
        ("Пишите на +7 999 123-45-67", 3, V::Phone),
        ("Звоните 8 800 200-00-00", 3, V::Phone),
        ("https://example.com/sample/cash-loan?ref=1", 3, V::Link),
        ("https://example.com.evil.ru/sample/cash-loan", 3, V::Link),
        ("https://example.com@evil.ru/sample/cash-loan", 3, V::Link),
        ("Смотрите example.com/sample/mortgage", 3, V::Link),
        ("Пишите @alfa_manager", 3, V::Link),
        ("Ещё у нас ипотека", 3, V::OtherProduct),
        ("Есть и дебетовая карта", 3, V::OtherProduct),
        ("Кредит вам одобрен!", 3, V::Forbidden),
        ("Гарантируем доход", 5, V::Forbidden),
        ("Только сегодня!", 3, V::Forbidden),
        ("Бесплатно и быстро", 3, V::Forbidden),
        ("Самая низкая ставка", 3, V::Forbidden),
        ("Hurry, last day!", 3, V::Forbidden),
        ("Мария, добрый день!", 3, V::FirstName),
        ("Здравствуйте, Зульфия!", 3, V::FirstName),
        ("Вы учитель и знаете цену времени", 3, V::AboutPerson),
        ("Вам 35 лет", 3, V::Number),
        ("Я сотрудник банка", 3, V::Persona),
        ("Пишу от имени банка", 3, V::Persona),
        ("This is a bank manager", 3, V::Persona),
        ("Привет, {{first_name}}", 3, V::Slot),
    ] {
        assert!(
            kinds(text, product).contains(&wanted),
            "{text}: {:?}",
            kinds(text, product)
        );
    }
}

#[test]
fn places_are_characters_of_the_source() {
    let kb = KnowledgeBase::sample().unwrap();
    let context = CheckContext {
        kb: &kb,
        products: vec![kb.product(3).unwrap()],
        profile: None,
        today: today(),
    };
    let text = "Ого 😀, ставка 99 % годовых!";
    let found = check(text, &context);
    assert_eq!(found.len(), 1);
    let part: String = text
        .chars()
        .skip(found[0].start)
        .take(found[0].end - found[0].start)
        .collect();
    assert_eq!(part, "99 % годовых");
    assert!(found[0].text(Lang::En).contains("99 %"));
}

#[test]
fn an_expired_fact_may_not_be_told() {
    let mut kb = KnowledgeBase::sample().unwrap();
    for fact in &mut kb.products[2].facts {
        fact.valid_to = NaiveDate::from_ymd_opt(2026, 1, 31);
    }
    let context = CheckContext {
        kb: &kb,
        products: vec![kb.product(3).unwrap()],
        profile: None,
        today: today(),
    };
    assert!(!check("Ставка — от 18,9 % годовых", &context).is_empty());
}

/// What the composer writes passes: every product, many people, many seeds, both languages and forms.
#[test]
fn every_first_message_passes() {
    use crate::knowledge::{DayPart, Form, Language};
    use crate::writing::compose::{FirstMessageOptions, first_message};
    let kb = KnowledgeBase::sample().unwrap();
    let professions = [
        "Бизнесмен",
        "Врач",
        "Учитель",
        "Программист",
        "Водитель",
        "Бухгалтер",
        "Студент",
        "Пенсионер",
        "",
    ];
    let interests = [
        "Инвестиции",
        "Здоровье",
        "Дача",
        "Спорт",
        "Автомобили",
        "Недвижимость",
        "",
    ];
    let mut seed = 0;
    for product in &kb.products {
        for profession in professions {
            for interest in interests {
                seed += 1;
                let profile = Profile {
                    first_name: Some(if seed % 2 == 0 { "Ольга" } else { "Иван" }.to_owned()),
                    profession: Some(profession.to_owned()),
                    interests: vec![interest.to_owned()],
                    ..Profile::default()
                };
                let options = FirstMessageOptions {
                    language: if seed % 3 == 0 { Language::En } else { Language::Ru },
                    form: if seed % 5 == 0 {
                        Form::Informal
                    } else {
                        Form::Formal
                    },
                    day_part: DayPart::Day,
                    seed,
                    today: today(),
                    disclosure: true,
                    persona: None,
                    avoid: &[],
                };
                let draft = first_message(&profile, product, &kb, &options);
                let context = CheckContext {
                    kb: &kb,
                    products: vec![product],
                    profile: Some(&profile),
                    today: today(),
                };
                assert_eq!(check(&draft.text, &context), [], "{}", draft.text);
            }
        }
    }
}

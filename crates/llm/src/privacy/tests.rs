//! What goes and what stays.

use proptest::prelude::*;

use super::*;

fn unknown(text: &str) -> String {
    Masker::new().mask(text)
}

#[test]
fn identifiers_of_every_shape_go() {
    for (text, expected) in [
        ("звони +7 916 123-45-67", "звони [телефон]"),
        ("мой 8(916)123-45-67!", "мой [телефон]!"),
        ("89161234567", "[телефон]"),
        ("8 9 1 6 1 2 3 4 5 6 7", "[телефон]"),
        ("9161234567", "[телефон]"),
        ("+375 29 123-45-67", "[телефон]"),
        ("+44 20 7946 0958", "[телефон]"),
        ("дом. 123-45-67", "дом. [телефон]"),
        ("8 (4012) 12-05-21", "[телефон]"),
        ("８９１６１２３４５６７", "[телефон]"),
        ("8\u{200b}916\u{a0}123\u{2011}45\u{2011}67", "[телефон]"),
        ("8️⃣9️⃣161234567", "[телефон]"),
        ("карта 4276 5500 1234 5678", "карта [карта]"),
        ("4276550012345678", "[карта]"),
        ("паспорт 45 10 123456", "паспорт [документ]"),
        (
            "паспорт серия 4510 номер 123456",
            "паспорт серия [номер] номер [номер]",
        ),
        ("снилс 123-456-789 01", "снилс [документ]"),
        ("ИНН 500100732259", "ИНН [документ]"),
        ("договор № 12345", "договор № [номер]"),
        ("id 7654321", "id [номер]"),
        ("паспорт МР1234567", "паспорт МР[документ]"),
        ("AB1234567 и id123456789", "[номер] и [номер]"),
        ("пишите ivan.petrov@mail.ru", "пишите [почта]"),
        ("почта иван@почта.рф", "почта [почта]"),
        ("ivan собака mail точка ru", "[почта]"),
        ("я @ivan_petrov, ок", "я [ник], ок"),
        ("t.me/ivan_petrov", "[ссылка]"),
        ("https://t.me/+AbCdEf и tg://user?id=5", "[ссылка] и [ссылка]"),
        ("https://vk.com/id55 мой", "[ссылка] мой"),
        ("ivan.t.me", "[ссылка]"),
        ("инста: @ivan.petrov, вк ivanpetrov", "инста: [ник], вк [ник]"),
        ("@ ivan.petrov", "[ник]"),
        ("8 916 000 7000", "[телефон]"),
        ("8 916 123.45.67", "[телефон]"),
        ("счёт 40817810099910004312", "счёт [номер]"),
        ("KZ86 125K ZT50 0410 0100", "[номер]"),
        ("тг: ivan_petrov", "тг: [ник]"),
    ] {
        assert_eq!(unknown(text), expected, "{text}");
    }
}

#[test]
fn what_a_text_is_about_stays() {
    for text in [
        "до 7 000 000 ₽ под 19,9 %",
        "7 000 000 рублей на 60 мес.",
        "2026-01-31",
        "31.01.2026 в 10:30",
        "с 01.02.2026 по 28.02.2026",
        "2026-01-31 10:00",
        "кредит 1 500 000",
        "от 300 000 до 7 000 000",
        "300000-500000 руб",
        "100 000 000",
        "7000000",
        "мне 35 лет, двое детей 5 и 8",
        "10:00-18:00",
        "в 2019 2020 2021 годах",
        "с 18-24 лет, 12 мес",
        "1.234.567,89 руб",
        "ставка 12.5% годовых",
        "https://example.org/products/12",
        "10 000, 20 000, 30 000",
        "№ 5",
        "120-350 тысяч, 750-1250 р, 123-456",
        "2 500 000-3 000 000 руб",
        "1 000 000 2 000 000",
        "+20 % и +500 000 руб",
        "12.12.2025-15.01.2026",
        "двое детей, 2015 и 2018 г.р.",
        "meet me at mail today",
    ] {
        assert_eq!(unknown(text), text);
    }
}

fn maria() -> Masker {
    Masker::of(&Identity {
        first_name: Some("Мария".to_owned()),
        last_name: Some("Кузнецова-Ёлкина".to_owned()),
        phone: Some("+79161234567".to_owned()),
        username: Some("@masha_k".to_owned()),
        telegram_user_id: Some(54_321),
        email: Some("mkuz@example.org".to_owned()),
    })
}

#[test]
fn own_names_go_in_any_form() {
    for (text, expected) in [
        ("Я Мария", "Я {{first_name}}"),
        (
            "марии, МАРИЮ, Марией",
            "{{first_name}}, {{first_name}}, {{first_name}}",
        ),
        ("Mariya Kuznetsova", "{{first_name}} "),
        ("Это Maria", "Это {{first_name}}"),
        ("С Кузнецовой, пожалуйста", "С , пожалуйста"),
        ("от Елкиной и КУЗНЕЦОВУ", "от и "),
        ("Kuznetsovoy Marii", " {{first_name}}"),
        ("маринад и морковь", "маринад и морковь"),
    ] {
        assert_eq!(maria().mask(text), expected, "{text}");
    }
}

#[test]
fn own_numbers_and_nicks_go_without_their_signs() {
    for (text, expected) in [
        ("мой айди 54321", "мой айди [номер]"),
        ("54 321", "[номер]"),
        ("ник masha_k", "ник [ник]"),
        ("MASHA_K", "[ник]"),
        ("123 45 67 это конец номера", "[номер] это конец номера"),
        ("mkuz на example", "[ник] на example"),
    ] {
        assert_eq!(maria().mask(text), expected, "{text}");
    }
}

#[test]
fn a_number_with_the_surname_in_its_middle_goes() {
    assert_eq!(maria().mask("8903 Кузнецова 5554433"), "[телефон]");
}

#[test]
fn fleeting_vowels_adjectives_and_short_names() {
    let person = |first: &str, last: &str| {
        Masker::of(&Identity {
            first_name: Some(first.to_owned()),
            last_name: Some(last.to_owned()),
            ..Identity::default()
        })
    };
    assert_eq!(
        person("Павел", "Толстой").mask("Павлу Толстому"),
        "{{first_name}} "
    );
    assert_eq!(
        person("Пётр", "Заяц").mask("Петра, петру"),
        "{{first_name}}, {{first_name}}"
    );
    assert_eq!(
        person("Лев", "Достоевский").mask("Льва Достоевского"),
        "{{first_name}} "
    );
    assert_eq!(person("Ivan", "Petrov").mask("Ивану Петрову"), "{{first_name}} ");
    assert_eq!(
        person("Анна Мария", "Ли").mask("Анна Мария Ли, можно ли?"),
        "{{first_name}} , можно ли?"
    );
    assert_eq!(person("Не", "да").mask("не надо, да"), "не надо, да");
}

#[test]
fn others_who_are_known_get_another_placeholder() {
    let other = Identity {
        first_name: Some("Олег".to_owned()),
        ..Identity::default()
    };
    assert_eq!(
        maria().and(&other).mask("Мария и Олегу"),
        "{{first_name}} и [имя]"
    );
}

#[test]
fn the_name_is_put_back() {
    assert_eq!(
        fill_first_name("Здравствуйте, {{first_name}}!", "Мария"),
        "Здравствуйте, Мария!"
    );
}

#[test]
fn nothing_of_an_identity_is_shown() {
    let person = Identity {
        last_name: Some("Секретов".to_owned()),
        ..Identity::default()
    };
    assert!(!format!("{person:?} {:?}", Masker::of(&person)).contains("Секретов"));
}

proptest! {
    #[test]
    fn masking_again_changes_nothing(text in "[а-яА-Яa-z0-9 .,@()+№/:\\n-]{0,60}") {
        let once = maria().mask(&text);
        prop_assert_eq!(maria().mask(&once), once);
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,80}") {
        maria().mask(&text);
    }

    #[test]
    fn no_long_run_of_digits_is_left(text in "[а-я0-9 ]{0,10}[0-9]{9,24}[а-я ]{0,5}") {
        let masked = unknown(&text);
        let longest = masked.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        prop_assert!(longest < Some(9), "{}", masked);
    }

    #[test]
    fn amounts_stay(millions in 1u32..900, thousands in 0u32..999) {
        let text = format!("до {millions} {thousands:03} 000 ₽");
        prop_assert_eq!(unknown(&text), text);
    }
}

use super::*;

fn only(text: &str) -> (f64, Family, Option<Bound>) {
    let found = numbers(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    (found[0].value, found[0].family, found[0].bound)
}

#[test]
fn russian_forms() {
    assert_eq!(only("до 7 000 000 ₽"), (7e6, Family::Money, Some(Bound::UpTo)));
    assert_eq!(only("19,9 %"), (19.9, Family::Percent, None));
    assert_eq!(
        only("от 19,9% годовых"),
        (19.9, Family::PercentPerYear, Some(Bound::From))
    );
    assert_eq!(only("7 млн руб."), (7e6, Family::Money, None));
    assert_eq!(only("7 млн. рублей сразу"), (7e6, Family::Money, None));
    assert_eq!(only("12 мес."), (12.0, Family::Months, None));
    assert_eq!(only("полтора миллиона"), (1.5e6, Family::Bare, None));
    assert_eq!(only("полтора миллиона рублей"), (1.5e6, Family::Money, None));
    assert_eq!(only("до 5 лет"), (60.0, Family::Months, Some(Bound::UpTo)));
    assert_eq!(
        only("не более двадцати пяти процентов"),
        (25.0, Family::Percent, Some(Bound::UpTo))
    );
    assert_eq!(only("0 ₽ в месяц"), (0.0, Family::MoneyPerMonth, None));
    assert_eq!(only("24 часа"), (1440.0, Family::Minutes, None));
    assert_eq!(only("300к"), (3e5, Family::Bare, None));
    assert_eq!(only("миллион рублей"), (1e6, Family::Money, None));
}

#[test]
fn english_forms() {
    assert_eq!(only("up to ₽3,000,000"), (3e6, Family::Money, Some(Bound::UpTo)));
    assert_eq!(
        only("up to RUB 3,000,000"),
        (3e6, Family::Money, Some(Bound::UpTo))
    );
    assert_eq!(only("₽0 a year"), (0.0, Family::MoneyPerYear, None));
    assert_eq!(
        only("from 18.9% a year"),
        (18.9, Family::PercentPerYear, Some(Bound::From))
    );
    assert_eq!(only("$100"), (100.0, Family::Foreign, None));
    assert_eq!(only("two months"), (2.0, Family::Months, None));
}

#[test]
fn words_without_a_unit_are_no_numbers() {
    assert!(numbers("один из вариантов, два слова, стола").is_empty());
    assert!(numbers("напишу в двух словах").is_empty());
}

#[test]
fn several() {
    let values: Vec<f64> = numbers("от 5 % до 10 %, 2 карты")
        .iter()
        .map(|number| number.value)
        .collect();
    assert_eq!(values, [5.0, 10.0, 2.0]);
}

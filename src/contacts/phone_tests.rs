use std::hint::black_box;
use std::time::Instant;

use proptest::prelude::*;

use super::*;

fn ru(raw: &str) -> Result<String, PhoneError> {
    normalise(raw, Country::default()).map(|phone| phone.to_string())
}

#[test]
fn russian_forms_are_one_number() {
    let forms = [
        "+79991234567",
        "79991234567",
        "89991234567",
        "9991234567",
        "8 (999) 123-45-67",
        "+7 999 123 45 67",
        "8.999.123.45.67",
        "+8 999 123-45-67",
        "'+79991234567",
        "=\"89991234567\"",
        "\u{a0}8\u{a0}999\u{a0}123\u{2011}45\u{2013}67 ",
        "tel:+7-999-123-45-67",
        "тел. 8-999-123-45-67",
        "007 999 123 45 67",
        "79991234567.0",
        "79991234567,00",
        "7.9991234567E10",
        "7,9991234567E+10",
        "+79991234567 доб. 12",
        "＋７９９９１２３４５６７",
    ];
    for form in forms {
        assert_eq!(ru(form).as_deref(), Ok("+79991234567"), "{form}");
    }
}

#[test]
fn a_float_with_lost_digits_is_an_error() {
    for lost in ["7.99912E+10", "7,99912E+10", "8E+10", "7.999123456E10"] {
        assert_eq!(ru(lost), Err(PhoneError::DigitsLost), "{lost}");
    }
}

#[test]
fn other_countries() {
    assert_eq!(ru("+998 90 123 45 67").as_deref(), Ok("+998901234567"));
    assert_eq!(ru("998901234567").as_deref(), Ok("+998901234567"));
    assert_eq!(ru("+380501234567").as_deref(), Ok("+380501234567"));
    assert_eq!(ru("+375291234567").as_deref(), Ok("+375291234567"));
    assert_eq!(ru("87011234567").as_deref(), Ok("+77011234567"));
    assert_eq!(ru("+1 555 010 1234").as_deref(), Ok("+15550101234"));
    assert_eq!(ru("+49 30 901820").as_deref(), Ok("+4930901820"));
    let uz: Country = "uz".parse().unwrap();
    assert_eq!(
        normalise("90 123 45 67", uz).unwrap().to_string(),
        "+998901234567"
    );
    let germany: Country = "DE".parse().unwrap();
    assert_eq!(
        normalise("030 901820", germany).unwrap().to_string(),
        "+4930901820"
    );
    assert!("Россия".parse::<Country>().is_err());
}

#[test]
fn what_is_not_a_phone() {
    assert_eq!(ru("  "), Err(PhoneError::Empty));
    assert_eq!(ru("нет"), Err(PhoneError::NotANumber));
    assert_eq!(ru("8999123456Х"), Err(PhoneError::NotANumber));
    assert_eq!(ru("12345"), Err(PhoneError::TooShort));
    assert_eq!(ru("+7999"), Err(PhoneError::TooShort));
    assert_eq!(ru("8999123456789"), Err(PhoneError::TooLong));
    assert_eq!(ru("1234567890123456"), Err(PhoneError::TooLong));
    assert_eq!(ru("+70001234567"), Err(PhoneError::NoSuchNumber));
    assert_eq!(ru("+0001234567"), Err(PhoneError::NoSuchNumber));
    assert_eq!(ru("+7999+1234567"), Err(PhoneError::NotANumber));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn normalising_twice_changes_nothing(raw in "\\+?[0-9 ()-]{5,18}") {
        if let Ok(phone) = normalise(&raw, Country::default()) {
            let again = normalise(&phone.to_string(), Country::default());
            prop_assert_eq!(again, Ok(phone), "{}", raw);
        }
    }

    #[test]
    fn no_text_panics(raw in ".{0,40}") {
        let _ = normalise(&raw, Country::default());
    }

    #[test]
    fn every_russian_mobile_in_every_dress(national in 9_000_000_000_u64..10_000_000_000) {
        let expected = format!("+7{national}");
        for raw in [format!("8{national}"), format!("7{national}"), format!("{national}"), format!("7{national}.0")] {
            prop_assert_eq!(ru(&raw), Ok(expected.clone()));
        }
    }
}

/// `cargo test --release -- --ignored --nocapture phone_speed`: nanoseconds for each number.
#[test]
#[ignore = "a measurement, not a check"]
fn phone_speed() {
    for raw in ["+79991234567", "8 (999) 123-45-67", "+44 20 7946 0958"] {
        let start = Instant::now();
        for _ in 0..200_000 {
            let _ = black_box(normalise(black_box(raw), Country::default()));
        }
        println!("{raw}: {} ns", start.elapsed().as_nanos() / 200_000);
    }
}

//! Time zone by the region of a phone, for quiet hours.

use chrono_tz::Tz;

use super::Phone;

/// The time zone that people with this number most likely live in.
///
/// Russian mobile numbers and countries with several zones tell nothing: `None`, and the caller takes the business's.
#[must_use]
pub fn time_zone(phone: Phone) -> Option<Tz> {
    let digits = phone.digits().to_string();
    if let Some(national) = digits.strip_prefix('7') {
        return zone_seven(national);
    }
    COUNTRIES
        .iter()
        .find(|(code, _)| digits.starts_with(code))
        .map(|&(_, zone)| zone)
}

fn zone_seven(national: &str) -> Option<Tz> {
    let area: u16 = national.get(..3)?.parse().ok()?;
    let zone = match area {
        600..=799 => Tz::Asia__Almaty,
        401 => Tz::Europe__Kaliningrad,
        341 | 846 | 848 => Tz::Europe__Samara,
        842 => Tz::Europe__Ulyanovsk,
        845 => Tz::Europe__Saratov,
        851 => Tz::Europe__Astrakhan,
        342..=353 => Tz::Asia__Yekaterinburg,
        381 => Tz::Asia__Omsk,
        382 => Tz::Asia__Tomsk,
        383 => Tz::Asia__Novosibirsk,
        384 => Tz::Asia__Novokuznetsk,
        385 | 388 => Tz::Asia__Barnaul,
        390..=394 => Tz::Asia__Krasnoyarsk,
        301 | 395 => Tz::Asia__Irkutsk,
        302 => Tz::Asia__Chita,
        411 | 416 => Tz::Asia__Yakutsk,
        421 | 423 | 426 => Tz::Asia__Vladivostok,
        413 => Tz::Asia__Magadan,
        424 => Tz::Asia__Sakhalin,
        415 => Tz::Asia__Kamchatka,
        427 => Tz::Asia__Anadyr,
        // 800 is free of charge and belongs to no place; 9xx is mobile and moves with its owner.
        800..=809 | 900..=999 => return None,
        300..=499 | 810..=899 => Tz::Europe__Moscow,
        _ => return None,
    };
    Some(zone)
}

/// Countries with one zone (or one that nearly everyone lives in). Codes are prefix-free.
const COUNTRIES: &[(&str, Tz)] = &[
    ("998", Tz::Asia__Tashkent),
    ("996", Tz::Asia__Bishkek),
    ("995", Tz::Asia__Tbilisi),
    ("994", Tz::Asia__Baku),
    ("993", Tz::Asia__Ashgabat),
    ("992", Tz::Asia__Dushanbe),
    ("976", Tz::Asia__Ulaanbaatar),
    ("972", Tz::Asia__Jerusalem),
    ("971", Tz::Asia__Dubai),
    ("380", Tz::Europe__Kyiv),
    ("375", Tz::Europe__Minsk),
    ("374", Tz::Asia__Yerevan),
    ("373", Tz::Europe__Chisinau),
    ("372", Tz::Europe__Tallinn),
    ("371", Tz::Europe__Riga),
    ("370", Tz::Europe__Vilnius),
    ("358", Tz::Europe__Helsinki),
    ("357", Tz::Asia__Nicosia),
    ("382", Tz::Europe__Podgorica),
    ("381", Tz::Europe__Belgrade),
    ("420", Tz::Europe__Prague),
    ("421", Tz::Europe__Bratislava),
    ("359", Tz::Europe__Sofia),
    ("20", Tz::Africa__Cairo),
    ("30", Tz::Europe__Athens),
    ("31", Tz::Europe__Amsterdam),
    ("33", Tz::Europe__Paris),
    ("34", Tz::Europe__Madrid),
    ("36", Tz::Europe__Budapest),
    ("39", Tz::Europe__Rome),
    ("40", Tz::Europe__Bucharest),
    ("41", Tz::Europe__Zurich),
    ("43", Tz::Europe__Vienna),
    ("44", Tz::Europe__London),
    ("45", Tz::Europe__Copenhagen),
    ("46", Tz::Europe__Stockholm),
    ("47", Tz::Europe__Oslo),
    ("48", Tz::Europe__Warsaw),
    ("49", Tz::Europe__Berlin),
    ("66", Tz::Asia__Bangkok),
    ("81", Tz::Asia__Tokyo),
    ("82", Tz::Asia__Seoul),
    ("84", Tz::Asia__Ho_Chi_Minh),
    ("86", Tz::Asia__Shanghai),
    ("90", Tz::Europe__Istanbul),
    ("91", Tz::Asia__Kolkata),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::phone::{Country, normalise};

    fn zone(raw: &str) -> Option<Tz> {
        time_zone(normalise(raw, Country::default()).unwrap())
    }

    #[test]
    fn regions_of_russia() {
        assert_eq!(zone("+7 495 123-45-67"), Some(Tz::Europe__Moscow));
        assert_eq!(zone("+7 4012 12-34-56"), Some(Tz::Europe__Kaliningrad));
        assert_eq!(zone("+7 343 123-45-67"), Some(Tz::Asia__Yekaterinburg));
        assert_eq!(zone("+7 383 123-45-67"), Some(Tz::Asia__Novosibirsk));
        assert_eq!(zone("+7 423 123-45-67"), Some(Tz::Asia__Vladivostok));
        assert_eq!(zone("+7 999 123-45-67"), None, "a mobile tells nothing");
        assert_eq!(zone("8 800 555-00-00"), None);
    }

    #[test]
    fn neighbours() {
        assert_eq!(zone("+7 701 123-45-67"), Some(Tz::Asia__Almaty));
        assert_eq!(zone("+998901234567"), Some(Tz::Asia__Tashkent));
        assert_eq!(zone("+380501234567"), Some(Tz::Europe__Kyiv));
        assert_eq!(zone("+375291234567"), Some(Tz::Europe__Minsk));
        assert_eq!(zone("+1 555 010 1234"), None, "six zones");
    }

    #[test]
    fn no_code_is_a_prefix_of_another() {
        for (at, (code, _)) in COUNTRIES.iter().enumerate() {
            let clash = COUNTRIES
                .iter()
                .enumerate()
                .any(|(i, (other, _))| i != at && other.starts_with(code));
            assert!(!clash, "{code}");
        }
    }
}

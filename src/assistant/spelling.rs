//! How people write in haste: short forms, slang and slips of the finger become the words that the tables know. Pure.

use super::lexis::{Token, same_word};
use super::names::{Names, Noun};

/// What is written, and the word that is meant.
const SHORT: &[(&str, &str)] = &[
    ("чё", "что"),
    ("че", "что"),
    ("чо", "что"),
    ("скок", "сколько"),
    ("скока", "сколько"),
    ("скоко", "сколько"),
    ("пн", "понедельник"),
    ("вт", "вторник"),
    ("чт", "четверг"),
    ("пт", "пятница"),
    ("сб", "суббота"),
    ("вс", "воскресенье"),
    ("др", "рождения"),
    ("днюха", "рождения"),
    ("чел", "человек"),
    ("народ", "человек"),
    ("народа", "человек"),
    ("народу", "человек"),
    ("бабки", "деньги"),
    ("бабок", "деньги"),
    ("бабла", "деньги"),
    ("бабло", "деньги"),
    ("бабосы", "деньги"),
    ("нал", "наличные"),
    ("нала", "наличные"),
    ("налом", "наличные"),
    ("налу", "наличные"),
    ("кэш", "наличные"),
    ("кеш", "наличные"),
    ("кэшем", "наличные"),
    ("треня", "тренировка"),
    ("трени", "тренировки"),
    ("абон", "абонемент"),
    ("абик", "абонемент"),
    ("абики", "абонементы"),
    ("абиков", "абонементов"),
    ("зп", "зарплата"),
    ("щас", "сейчас"),
    ("след", "следующей"),
    ("инст", "instagram"),
    ("инсты", "instagram"),
    ("ppl", "people"),
    ("biz", "business"),
    ("r", "are"),
    ("u", "you"),
    ("cust", "client"),
    ("wk", "week"),
    ("wks", "weeks"),
    ("mth", "month"),
    ("mo", "month"),
    ("qtr", "quarter"),
    ("yr", "year"),
    ("hw", "how"),
    ("wat", "what"),
    ("whos", "who's"),
    ("rev", "revenue"),
    ("tmrw", "tomorrow"),
    ("tmr", "tomorrow"),
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("tues", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("thurs", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
];

/// Beginnings of the words that a slip is looked for in: long enough that one letter makes no other word of them.
const KNOWN: &[&str] = &[
    "клиент",
    "выручк",
    "записей",
    "записи",
    "запись",
    "записан",
    "тренер",
    "тренировк",
    "абонемент",
    "свободн",
    "рассылк",
    "возврат",
    "переговор",
    "сегодня",
    "вчера",
    "завтра",
    "позавчера",
    "недел",
    "месяц",
    "квартал",
    "понедельник",
    "вторник",
    "четверг",
    "пятниц",
    "суббот",
    "воскресень",
    "январ",
    "феврал",
    "апрел",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "заработа",
    "платеж",
    "должник",
    "должен",
    "рождени",
    "сколько",
    "загружен",
    "следующ",
    "наличн",
    "услугам",
    "услуги",
    "revenue",
    "client",
    "booking",
    "tomorrow",
    "yesterday",
    "birthday",
    "subscription",
    "membership",
    "campaign",
    "cancel",
    "trainer",
    "payment",
    "service",
    "january",
    "february",
    "september",
    "october",
    "november",
    "december",
];
/// Words of their own that are a letter away from one above.
const OTHERS: &[&str] = &[
    "вечера",
    "выручил",
    "записа",
    "свобод",
    "завтрак",
    "запас",
    "trained",
    "trainee",
    "training",
    "looking",
    "записк",
    "канал",
];
/// Letters of the shortest word that may be a slip, and of what may follow the beginning of the one that is meant.
const SHORTEST: usize = 4;
const LONGEST_TAIL: usize = 3;

/// The words as they are meant. Names, and what is written as one, stay.
#[must_use]
pub fn mend(mut words: Vec<Token>, names: &Names) -> Vec<Token> {
    for at in 0..words.len() {
        let next = words.get(at + 1).cloned();
        let word = &words[at];
        let meant = if word.word == "ср" {
            // «Ср чек» is the average one, «в ср» is a day.
            let average = next.is_some_and(|next| next.is(&["чек", "плат", "оплат"]));
            Some(if average { "средний" } else { "среда" }.to_owned())
        } else {
            short(&word.word).or_else(|| slip(word, names))
        };
        if let Some(meant) = meant {
            words[at].word = meant;
        }
    }
    words
}

fn short(word: &str) -> Option<String> {
    let found = SHORT.iter().find(|(short, _)| *short == word);
    found.map(|(_, meant)| (*meant).to_owned())
}

/// One letter too many, too few, wrong, or two that changed places.
fn slip(token: &Token, names: &Names) -> Option<String> {
    let word: Vec<char> = token.word.chars().collect();
    let proper = token.is_capital() && !token.first;
    if proper
        || word.len() < SHORTEST
        || !word.iter().all(|c| c.is_alphabetic())
        || token.is(KNOWN)
        || token.is(OTHERS)
        || is_name(&token.word, names)
    {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for known in KNOWN {
        let stem: Vec<char> = known.chars().collect();
        if stem.first() != word.first() {
            continue;
        }
        for length in stem.len() - 1..=stem.len() + 1 {
            let Some(tail) = word
                .len()
                .checked_sub(length)
                .filter(|tail| *tail <= LONGEST_TAIL)
            else {
                continue;
            };
            // The less is left over, the more of the word is explained.
            if near(&word[..length], &stem) && best.as_ref().is_none_or(|(least, _)| tail < *least) {
                best = Some((tail, stem.iter().chain(&word[length..]).collect()));
            }
        }
    }
    best.map(|(_, meant)| meant)
}

fn is_name(word: &str, names: &Names) -> bool {
    [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign]
        .iter()
        .flat_map(|noun| names.of(*noun))
        .any(|named| {
            named
                .key
                .split(|c: char| !c.is_alphanumeric())
                .any(|part| same_word(word, part))
        })
}

/// One edit apart.
fn near(left: &[char], right: &[char]) -> bool {
    let shared = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[shared..], &right[shared..]);
    let rest = |of: &[char], from: usize| of.get(from..).unwrap_or_default().to_vec();
    match left.len().cmp(&right.len()) {
        std::cmp::Ordering::Less => rest(right, 1) == left,
        std::cmp::Ordering::Greater => rest(left, 1) == right,
        std::cmp::Ordering::Equal => {
            rest(left, 1) == rest(right, 1)
                || (left.len() > 1
                    && left[0] == right[1]
                    && left[1] == right[0]
                    && rest(left, 2) == rest(right, 2))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexis::tokens;
    use super::super::names::Named;
    use super::*;

    fn mended(text: &str) -> String {
        let named = |name: &str| Named::new(1, name.to_owned(), None);
        let names = Names {
            staff: vec![named("Клим Тренев")],
            services: vec![named("Кофе и завтраки")],
            ..Names::default()
        };
        let words: Vec<String> = mend(tokens(text), &names)
            .into_iter()
            .map(|token| token.word)
            .collect();
        words.join(" ")
    }

    #[test]
    fn haste_is_understood() {
        for (written, meant) in [
            ("выручка вчра", "выручка вчера"),
            ("сколко клиетов", "сколько клиентов"),
            ("скок народу в пн", "сколько человек в понедельник"),
            ("запсиь на завтар", "запись на завтра"),
            ("ср чек в ср", "средний чек в среда"),
            ("revenu last wk", "revenue last week"),
            ("bookings tomorow", "bookings tomorrow"),
            ("налом", "наличные"),
        ] {
            assert_eq!(mended(written), meant, "{written}");
        }
    }

    #[test]
    fn other_words_and_names_stay() {
        for text in [
            "сколько мест вечера",
            "завтраки за вчера",
            "запасы",
            "у тренева",
            "training",
            "обмен",
            "пришли",
        ] {
            assert_eq!(mended(text), text);
        }
        assert_eq!(mended("карточка Клиенсова"), "карточка клиенсова");
    }
}

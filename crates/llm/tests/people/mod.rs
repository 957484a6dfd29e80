//! Invented people, what they might write about themselves, and a search for any of it in what a provider received.

use alfa_llm::Identity;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::Value;

const FIRST: &[&str] = &[
    "Мария",
    "Анна",
    "Пётр",
    "Павел",
    "Алексей",
    "Дмитрий",
    "Ольга",
    "Наталья",
    "Игорь",
    "Юлия",
    "Артём",
    "Ксения",
    "Анастасия",
    "Фёдор",
    "Ivan",
    "Timur",
    "Zhanna",
    "Aigerim",
    "Василиса",
    "Евгений",
];
const LAST: &[&str] = &[
    "Кузнецова",
    "Иванов",
    "Достоевский",
    "Толстая",
    "Щукин",
    "Жуков",
    "Черных",
    "Петренко",
    "Ахметова",
    "Смирнов",
    "Цветкова",
    "Хомяков",
    "Ермолаев",
    "Sokolov",
    "Nurlanova",
    "Водкин-Петров",
    "Шевчук",
    "Юдина",
    "Заболотный",
    "Яковлева",
];

/// Somebody, with everything that must not be told.
pub struct Person {
    pub identity: Identity,
    digits: String,
    username: String,
    email: String,
    id: i64,
    card: String,
    passport: String,
}

impl Person {
    /// What nobody else has, folded: the name in a messenger, the mail's box, and the numbers as they are.
    pub fn own_words(&self) -> Vec<String> {
        vec![
            self.username.to_lowercase(),
            self.email.split('@').next().unwrap_or_default().to_lowercase(),
            self.digits.clone(),
            self.id.to_string(),
            self.card.clone(),
            self.passport.clone(),
        ]
    }

    /// The first and the last name without their endings, folded.
    pub fn name_stems(&self) -> Vec<String> {
        let names = [&self.identity.first_name, &self.identity.last_name];
        names
            .into_iter()
            .flat_map(|name| name.as_deref().unwrap().split('-'))
            .map(|name| name.to_lowercase().replace('ё', "е"))
            .map(|name| name.trim_end_matches(['а', 'я', 'й', 'ь']).to_owned())
            .collect()
    }
}

fn number(rng: &mut StdRng, length: usize) -> String {
    (0..length)
        .map(|_| char::from(b'0' + rng.random_range(0..10)))
        .collect()
}

pub fn person(rng: &mut StdRng) -> Person {
    let digits = format!("79{}", number(rng, 9));
    let username = format!(
        "user_{}{}",
        ["kot", "zima", "lis", "more"].choose(rng).unwrap(),
        number(rng, 3)
    );
    let email = format!(
        "box{}@{}",
        number(rng, 4),
        ["example.org", "почта.рф", "mail.example"].choose(rng).unwrap()
    );
    let id = rng.random_range(100_000_000..9_000_000_000);
    Person {
        identity: Identity {
            first_name: Some((*FIRST.choose(rng).unwrap()).to_owned()),
            last_name: Some((*LAST.choose(rng).unwrap()).to_owned()),
            phone: Some(format!("+{digits}")),
            username: Some(username.clone()),
            telegram_user_id: Some(id),
            email: Some(email.clone()),
        },
        card: format!("4{}", number(rng, 15)),
        passport: format!("45{}", number(rng, 8)),
        digits,
        username,
        email,
        id,
    }
}

fn any_case(rng: &mut StdRng, text: &str) -> String {
    match rng.random_range(0..3) {
        0 => text.to_lowercase(),
        1 => text.to_uppercase(),
        _ => text.to_owned(),
    }
}

fn inflected(rng: &mut StdRng, name: &str) -> String {
    let name = any_case(rng, name);
    let stem = name.trim_end_matches(['а', 'я', 'А', 'Я', 'й', 'ь']);
    if stem.len() == name.len() {
        return format!("{name}{}", ["", "у", "а", "ом"].choose(rng).unwrap());
    }
    if name.ends_with(['а', 'А']) {
        return format!("{stem}{}", ["а", "у", "ой", "е"].choose(rng).unwrap());
    }
    name
}

fn phone(rng: &mut StdRng, digits: &str) -> String {
    let (a, b, c, d) = (&digits[1..4], &digits[4..7], &digits[7..9], &digits[9..11]);
    match rng.random_range(0..9) {
        0 => format!("+7 {a} {b}-{c}-{d}"),
        1 => format!("8({a}){b}{c}{d}"),
        2 => format!("8-{a}-{b}-{c}-{d}"),
        3 => format!("{a}{b}{c}{d}"),
        4 => format!("+{digits}"),
        5 => format!("8 {a} {b} {c} {d}"),
        6 => format!("7.{a}.{b}.{c}.{d}"),
        7 => format!("8\u{a0}({a})\u{a0}{b}\u{2011}{c}\u{2011}{d}"),
        _ => digits.chars().map(String::from).collect::<Vec<_>>().join(" "),
    }
}

fn grouped(text: &str, size: usize, by: &str) -> String {
    text.as_bytes()
        .chunks(size)
        .map(|part| std::str::from_utf8(part).unwrap())
        .collect::<Vec<_>>()
        .join(by)
}

/// What somebody might write about themselves.
pub fn sentence(rng: &mut StdRng, who: &Person) -> String {
    let first = who.identity.first_name.clone().unwrap();
    let last = who.identity.last_name.clone().unwrap();
    match rng.random_range(0..13) {
        0 => format!(
            "Меня зовут {} {}, очень приятно",
            inflected(rng, &first),
            inflected(rng, &last)
        ),
        1 => format!("звоните {} после шести", phone(rng, &who.digits)),
        2 => format!("мой ник @{}", any_case(rng, &who.username)),
        3 => format!("{} в телеграме", any_case(rng, &who.username)),
        4 => format!("https://t.me/{} или t.me/{}", who.username, who.username),
        5 => format!("почта {}", any_case(rng, &who.email)),
        6 => format!("мой id {}", who.id),
        7 => format!(
            "карта {}",
            grouped(&who.card, 4, [" ", "-", ""].choose(rng).unwrap())
        ),
        8 => format!("паспорт {} {}", &who.passport[..4], &who.passport[4..]),
        9 => format!(
            "{}, {}: {}",
            inflected(rng, &last),
            inflected(rng, &first),
            phone(rng, &who.digits)
        ),
        10 => "Хочу 7 000 000 ₽ под 19,9 % до 31.01.2027".to_owned(),
        11 => format!("tg://user?id={} {}", who.id, last.to_uppercase()),
        _ => format!("{} передаст {}", inflected(rng, &last), inflected(rng, &first)),
    }
}

/// What of this person is in a request's head or body.
pub fn found(who: &Person, head: &str, body: &str) -> Option<String> {
    let folded = format!("{head}\n{body}").to_lowercase().replace('ё', "е");
    let own = [who.username.to_lowercase(), who.email.to_lowercase()];
    if let Some(word) = who
        .name_stems()
        .into_iter()
        .chain(own)
        .find(|word| folded.contains(word.as_str()))
    {
        return Some(word);
    }
    // A number counts as found whatever stands between its digits.
    let asked: Value = serde_json::from_str(body).unwrap();
    let contents: Vec<String> = asked["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| {
            let content = message["content"].as_str().unwrap_or_default();
            content.chars().filter(char::is_ascii_digit).collect()
        })
        .collect();
    [&who.digits[1..], &who.card, &who.passport, &who.id.to_string()]
        .into_iter()
        .find(|number| contents.iter().any(|digits| digits.contains(*number)))
        .map(str::to_owned)
}

//! 10,000 prompts about invented people; every byte that the provider received is searched.

use alfa_llm::{Identity, Masker, PromptBuilder, Provider, Purpose, Request};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::fake::Reply;
use crate::support::{World, settings};

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

struct Person {
    identity: Identity,
    digits: String,
    username: String,
    email: String,
    id: i64,
    card: String,
    passport: String,
}

fn number(rng: &mut StdRng, length: usize) -> String {
    (0..length)
        .map(|_| char::from(b'0' + rng.random_range(0..10)))
        .collect()
}

fn person(rng: &mut StdRng) -> Person {
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
fn sentence(rng: &mut StdRng, who: &Person) -> String {
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

/// The stems that must not be found, folded.
fn forbidden_words(who: &Person) -> Vec<String> {
    let names = [&who.identity.first_name, &who.identity.last_name];
    let mut words: Vec<String> = names
        .into_iter()
        .flat_map(|name| name.as_deref().unwrap().split('-'))
        .map(|name| name.to_lowercase().replace('ё', "е"))
        .map(|name| name.trim_end_matches(['а', 'я', 'й', 'ь']).to_owned())
        .collect();
    words.extend([who.username.to_lowercase(), who.email.to_lowercase()]);
    words
}

#[tokio::test]
async fn no_identifier_reaches_a_provider() {
    let seed = 20_261_128;
    let mut rng = StdRng::seed_from_u64(seed);
    let world = World::new(1);
    let recorder = world.fake(Reply::good("да")).await;
    let chain = world.chain(vec![settings(Provider::Gemini, &recorder)]).await;
    let mut people = Vec::new();
    let mut kept_amounts = 0;
    for _ in 0..10_000 {
        let who = person(&mut rng);
        let mut builder = PromptBuilder::new("Правила.", Masker::of(&who.identity), &*world.clock)
            .public("Ставка 19,9 %, до 7 000 000 ₽.")
            .profile(&sentence(&mut rng, &who));
        for _ in 0..rng.random_range(1..4) {
            builder = builder.person_wrote(&sentence(&mut rng, &who));
            builder = builder.we_wrote(&format!(
                "Спасибо, {}!",
                who.identity.first_name.as_ref().unwrap()
            ));
        }
        let prompt = builder.build();
        chain
            .complete(&Request::new(Purpose::Reply, &prompt))
            .await
            .unwrap();
        people.push(who);
    }
    let received = recorder.received();
    assert_eq!(received.len(), people.len());
    for (who, received) in people.iter().zip(&received) {
        let all = format!("{}\n{}", received.head, received.body);
        let folded = all.to_lowercase().replace('ё', "е");
        for word in forbidden_words(who) {
            assert!(!folded.contains(&word), "seed {seed}: {word} in {all}");
        }
        // A number counts as found whatever stands between its digits.
        let contents: Vec<String> = received.json()["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| {
                message["content"]
                    .as_str()
                    .unwrap()
                    .chars()
                    .filter(char::is_ascii_digit)
                    .collect()
            })
            .collect();
        for number in [&who.digits[1..], &who.card, &who.passport, &who.id.to_string()] {
            assert!(
                !contents.iter().any(|digits| digits.contains(number)),
                "seed {seed}: {number} in {all}"
            );
        }
        kept_amounts += usize::from(
            received
                .body
                .contains("Хочу 7 000 000 ₽ под 19,9 % до 31.01.2027"),
        );
    }
    assert!(kept_amounts > 1_000, "amounts and dates stay: {kept_amounts}");
}

//! What stands in a question for an argument: names, known or not, and how many rows. Pure.

use super::lexis::Token;
use super::names::{Names, Noun, said};
use super::period::Found;
use super::person;
use super::tool::{Args, MOST_ROWS, Tool};

pub fn slot(args: &mut Args, noun: Noun) -> &mut Option<String> {
    match noun {
        Noun::Staff => &mut args.staff,
        Noun::Service => &mut args.service,
        Noun::Place => &mut args.place,
        Noun::Campaign => &mut args.campaign,
    }
}

/// The words that say a name of a kind.
fn own_words(words: &[Token], names: &Names, noun: Noun) -> Vec<String> {
    let plain: Vec<&Token> = words.iter().collect();
    let hits = said(&plain, names.of(noun));
    hits.into_iter().flat_map(|(_, own)| own).collect()
}

/// A place that is said by words of its own: «детская гимнастика» is no «Детский зал».
#[must_use]
pub fn place(words: &[Token], names: &Names) -> Option<String> {
    let name = said_in(words, names, Noun::Place)?;
    let service = own_words(words, names, Noun::Service);
    let own = own_words(words, names, Noun::Place);
    let borrowed = service.len() > own.len() && own.iter().all(|word| service.contains(word));
    (!borrowed).then_some(name)
}

/// A trainer who is said, unless the word is a part of a longer name that is not a trainer's: «Мария Иванова».
#[must_use]
pub fn trainer(words: &[Token], names: &Names, found: &[Found]) -> Option<String> {
    let name = said_in(words, names, Noun::Staff)?;
    let Some(other) = person::stranger(words, names, found) else {
        return Some(name);
    };
    let other: Vec<&str> = other.split(' ').collect();
    let own = own_words(words, names, Noun::Staff);
    let beside = words.windows(2).any(|pair| {
        let is = |word: &Token, of: &[&str]| of.iter().any(|part| word.raw.starts_with(part));
        let (left, right) = (&pair[0], &pair[1]);
        (own.contains(&left.raw) && is(right, &other)) || (is(left, &other) && own.contains(&right.raw))
    });
    (!beside).then_some(name)
}

/// "К Лене", "у тренера Васи", "with Bob": where a trainer's name stands.
fn strange_trainer(words: &[Token], found: &[Found], names: &Names) -> Option<String> {
    const LEADS: &[&str] = &[
        "тренер",
        "инструктор",
        "trainer",
        "coach",
        "к$",
        "ко$",
        "у$",
        "with$",
    ];
    let name = person::stranger(words, names, found)?;
    let first = name.split(' ').next()?;
    let at = words.iter().position(|word| word.raw.starts_with(first))?;
    words[at.checked_sub(1)?].is(LEADS).then_some(name)
}

/// «Осень» in quotes; "the credit card campaign".
fn strange_campaign(words: &[Token], found: &[Found]) -> Option<String> {
    const STOPS: &[&str] = &[
        "the$",
        "a$",
        "an$",
        "this$",
        "that$",
        "our$",
        "my$",
        "of$",
        "in$",
        "for$",
        "from$",
        "to$",
        "did$",
        "does$",
        "do$",
        "is$",
        "was$",
        "has$",
        "how$",
        "which$",
        "what$",
        "any$",
        "each$",
        "every$",
        "all$",
        "last$",
        "latest$",
        "newest$",
        "recent$",
        "most$",
        "current$",
        "previous$",
        "first$",
        "best$",
        "worst$",
        "new$",
        "show$",
        "tell$",
        "about$",
        "compare$",
        "telegram$",
        "message$",
        "email$",
        "marketing$",
        "and$",
        "s$",
        "running$",
        "active$",
        "me$",
        "us$",
        "single$",
        "no$",
        "on$",
        "by$",
    ];
    let quoted: Vec<&str> = words
        .iter()
        .filter(|word| word.quoted == 1)
        .map(|word| word.raw.as_str())
        .collect();
    if !quoted.is_empty() {
        return Some(quoted.join(" "));
    }
    let noun = words
        .iter()
        .position(|word| word.is(&["campaign", "mailing", "newsletter"]))?;
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let start = (0..noun)
        .rev()
        .take(3)
        .take_while(|at| {
            free(*at) && !words[*at].is(STOPS) && words[*at].word.chars().all(char::is_alphabetic)
        })
        .last()?;
    let name: Vec<&str> = words[start..noun].iter().map(|word| word.raw.as_str()).collect();
    Some(name.join(" "))
}

/// The two campaigns that are to be compared, known or not.
#[must_use]
pub fn two_campaigns(words: &[Token], names: &Names, found: &[Found]) -> (Option<String>, Option<String>) {
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let quotes = words.iter().map(|word| word.quoted).max().unwrap_or(0);
    let mut groups: Vec<Vec<Token>> = (1..=quotes)
        .map(|segment| {
            words
                .iter()
                .filter(|word| word.quoted == segment)
                .cloned()
                .collect()
        })
        .collect();
    let mut run = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.is_capital() && !word.first && word.quoted == 0 && free(at) {
            run.push(word.clone());
        } else if !run.is_empty() {
            groups.push(std::mem::take(&mut run));
        }
    }
    groups.extend((!run.is_empty()).then_some(run));
    let mut wanted: Vec<String> = groups
        .iter()
        .map(|group| {
            let raw: Vec<&str> = group.iter().map(|word| word.raw.as_str()).collect();
            said_in(group, names, Noun::Campaign).unwrap_or_else(|| raw.join(" "))
        })
        .collect();
    if wanted.is_empty() {
        // In small letters only what is known can be told from other words.
        let plain: Vec<&Token> = words.iter().collect();
        wanted = names
            .campaigns
            .iter()
            .filter(|one| !said(&plain, std::slice::from_ref(*one)).is_empty())
            .map(|one| one.name.clone())
            .collect();
    }
    let mut wanted = wanted.into_iter();
    (wanted.next(), wanted.next())
}

/// The name of a kind that is meant.
#[must_use]
pub fn meant(words: &[Token], names: &Names, noun: Noun, found: &[Found]) -> Option<String> {
    match noun {
        Noun::Staff => trainer(words, names, found),
        Noun::Place => place(words, names),
        Noun::Service | Noun::Campaign => said_in(words, names, noun),
    }
}

/// The name that is said: whole when it can be one only, else the words themselves.
pub fn said_in(words: &[Token], names: &Names, noun: Noun) -> Option<String> {
    let plain: Vec<&Token> = words.iter().filter(|word| word.word != "-").collect();
    let hits = said(&plain, names.of(noun));
    match hits.as_slice() {
        [] => None,
        [(named, _)] => Some(named.name.clone()),
        [(_, first), rest @ ..] => {
            // "По Анне и Олегу" are two: which of them is asked.
            let mut told = vec![first.join(" ")];
            told.extend(rest.iter().map(|(_, own)| own.join(" ")));
            let apart = rest
                .iter()
                .all(|(_, own)| own.iter().all(|word| !first.contains(word)));
            told.dedup();
            Some(if apart { told.join(", ") } else { first.join(" ") })
        }
    }
}

/// A name of nobody that is known, where a name must stand: "тренер Вася", «Осень», "on karate".
#[must_use]
pub fn stranger(words: &[Token], noun: Noun, found: &[Found], names: &Names, tool: Tool) -> Option<String> {
    if noun == Noun::Staff {
        return strange_trainer(words, found, names);
    }
    if noun == Noun::Campaign
        && let Some(name) = strange_campaign(words, found)
    {
        return Some(name);
    }
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let leads: &[&str] = match noun {
        Noun::Campaign => &["кампани", "рассылк"],
        Noun::Service if matches!(tool, Tool::FreeSeats | Tool::BookingsCount | Tool::BookingsList) => {
            &["на$"]
        }
        _ => return None,
    };
    let dull: &[&str] = &[
        "заняти",
        "какую$",
        "какой$",
        "какую-то$",
        "трениров",
        "клиент",
        "сегодня",
        "завтра",
        "вечер",
        "утр",
        "сейчас",
        "этой$",
        "этот$",
        "какие",
        "какой",
        "все$",
        "групп",
        "час",
        "день",
        "неделе",
        "утро",
        "ближайш",
        "выходны",
    ];
    let place = words.iter().position(|word| word.is(leads))?;
    let next = words
        .get(place + 1)
        .filter(|word| free(place + 1) && word.word != "-")?;
    let named = match noun {
        Noun::Service => {
            next.word.chars().count() > 3 && next.word.chars().all(char::is_alphabetic) && !next.is(dull)
        }
        _ => next.is_capital(),
    };
    if named {
        return Some(next.raw.clone());
    }
    // "кампания по вкладам", "the deposit campaign".
    if noun == Noun::Campaign && next.is(&["по$", "про$"]) {
        return words.get(place + 2).map(|word| word.raw.clone());
    }
    None
}

pub fn limit(words: &[Token], found: &[Found]) -> Option<u32> {
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let place = words
        .iter()
        .position(|word| word.is(&["топ", "top$", "перв", "first$"]))?;
    let near = words.iter().enumerate().skip(place + 1).take(2);
    let count = near
        .filter(|(at, _)| free(*at))
        .find_map(|(_, word)| word.number())?;
    u32::try_from(count).ok().map(|count| count.clamp(1, MOST_ROWS))
}

/// The client who is named: what is written with capitals, else what follows "client" or "у".
pub fn client(words: &[Token], found: &[Found]) -> Option<String> {
    let dull: &[&str] = &[
        "во$",
        "как$",
        "кто$",
        "что$",
        "сколько$",
        "придет",
        "придут",
        "приход",
        "найди",
        "найти",
        "поищи",
        "покажи",
        "карточк",
        "клиент",
        "когда",
        "следующ",
        "ближайш",
        "запис",
        "заняти",
        "у$",
        "нас$",
        "расскажи",
        "какая$",
        "есть$",
        "ли$",
        "профиль",
        "мне$",
        "о$",
        "про$",
        "об$",
        "find",
        "client",
        "show",
        "card",
        "when",
        "next",
        "booking",
        "does$",
        "is$",
        "have$",
        "for$",
        "the$",
        "of$",
        "me$",
        "tell",
        "about",
        "search",
        "profile",
        "customer",
        "what",
        "who",
        "a$",
        "i$",
        "look",
        "up$",
        "по$",
        "имени$",
        "фамили",
        "тренировк",
        "визит",
        "with$",
        "name$",
        "named$",
        "пожалуйста$",
        "please$",
        "appointment",
        "session",
        "s$",
    ];
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let meant: Vec<&Token> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| free(*at) && !word.is(dull) && word.word != "-" && !person::is_pronoun(word))
        .map(|(_, word)| word)
        .collect();
    let capital: Vec<&str> = meant
        .iter()
        .filter(|word| word.is_capital() || word.number().is_some())
        .map(|word| word.raw.as_str())
        .collect();
    let named = if capital.is_empty() {
        meant.iter().map(|word| word.raw.as_str()).collect()
    } else {
        capital
    };
    let name = named.into_iter().take(4).collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

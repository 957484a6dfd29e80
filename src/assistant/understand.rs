//! A question becomes a call of a tool. Pure: today, the names and what was asked before are given.

use alfa_store::types::{ClientStatus, Day};

use super::dates::{self, NoSuchDate};
use super::debtor;
use super::intent::{self, Intent, Talk, Words};
use super::lexis::{Token, tokens};
use super::names::{Names, Noun, said};
use super::period::{self, Found, Look, Looks, Period, Unit};
use super::tool::{Args, Call, MOST_ROWS, Tool};
use crate::crm::calendar::date;

/// What a question was understood as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A call of a tool.
    Ask(Box<Call>),
    /// Small talk.
    Talk(Talk),
    /// Something is to be changed or sent.
    Change,
    /// A client is asked about and not named.
    WhoseCard,
    /// The call without its period: the day that is said does not exist, and is to be said again.
    NoSuchDate(Box<Call>, NoSuchDate),
    /// Nothing that the assistant knows of.
    Unknown,
}

/// A question understood, with what the next one may lean on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// What it means.
    pub meaning: Meaning,
    /// What its period is counted in.
    pub unit: Option<Unit>,
}

/// What is known when a question is read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The business's day.
    pub today: Day,
    /// What can be named.
    pub names: &'a Names,
}

/// Reads a question after those that were asked before it, oldest first.
#[must_use]
pub fn understand(question: &str, before: &[&str], known: Known<'_>) -> Understood {
    let mut last: Option<Understood> = None;
    for earlier in before {
        let read = one(earlier, last.as_ref(), known);
        if matches!(read.meaning, Meaning::Ask(_) | Meaning::NoSuchDate(..)) {
            last = Some(read);
        }
    }
    one(question, last.as_ref(), known)
}

fn one(question: &str, before: Option<&Understood>, known: Known<'_>) -> Understood {
    let words = tokens(question);
    let mentioned = |noun| said_in(&words, known.names, noun);
    let (staff, place) = (mentioned(Noun::Staff), mentioned(Noun::Place));
    let intent = intent::of(&words, staff.is_some(), place.is_some());
    let of = |meaning| Understood { meaning, unit: None };
    match intent {
        Some(Intent::Change) => of(Meaning::Change),
        Some(Intent::Talk(talk)) => of(Meaning::Talk(talk)),
        Some(Intent::Beyond) => of(Meaning::Unknown),
        Some(Intent::Ask(tool)) => asked(tool, &words, before, known),
        None => follow_up(&words, before, known).unwrap_or_else(|| of(Meaning::Unknown)),
    }
}

/// "And yesterday?", "а у Анны?": the question before with another period or another name.
fn follow_up(words: &[Token], before: Option<&Understood>, known: Known<'_>) -> Option<Understood> {
    let before = before?;
    let (Meaning::Ask(call) | Meaning::NoSuchDate(call, _)) = &before.meaning else {
        return None;
    };
    let looks = looks(call.tool, words);
    let found = period::find(words, known.today, looks, before.unit);
    let named: Vec<(Noun, String)> = [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign]
        .into_iter()
        .filter_map(|noun| Some((noun, said_in(words, known.names, noun)?)))
        .collect();
    let linked = words
        .first()
        .is_some_and(|word| word.is(&["а$", "и$", "and$", "ну$", "how$", "what$"]));
    let covered = found
        .iter()
        .map(|one| one.words.1 + 1 - one.words.0)
        .sum::<usize>();
    let still_open = matches!(before.meaning, Meaning::NoSuchDate(..));
    if found.is_empty() && (named.is_empty() || still_open) || (!linked && words.len() > covered + 3) {
        return None;
    }
    // "And what is the weather tomorrow?" is no follow-up: too many words that say nothing of it.
    if words.len()
        > covered
            + 3
            + named
                .iter()
                .map(|(_, name)| name.split_whitespace().count())
                .sum::<usize>()
    {
        return None;
    }
    let mut call = (**call).clone();
    let mut unit = before.unit;
    if let Some(first) = found.first().filter(|_| call.tool.takes().contains(&"from")) {
        unit = first.unit;
        set_period(&mut call.args, call.tool, first.period);
        (call.args.with_from, call.args.with_to) = (None, None);
        if call.tool == Tool::RevenueCompare {
            compare(&mut call, &found, words, known.today);
        }
    }
    for (noun, name) in named {
        if call.tool.takes().contains(&noun.word()) {
            *slot(&mut call.args, noun) = Some(name);
        }
    }
    Some(Understood {
        meaning: meant(call, words, known.today),
        unit,
    })
}

/// The call, unless it speaks of a day that does not exist: no other day is taken instead.
fn meant(mut call: Call, words: &[Token], today: Day) -> Meaning {
    let look = looks(call.tool, words).dates;
    // A client's number may look like anything.
    let none = dates::no_such(words, today, look).filter(|_| call.args.client.is_none());
    let Some(none) = none else {
        return Meaning::Ask(Box::new(call));
    };
    (call.args.from, call.args.to) = (None, None);
    (call.args.with_from, call.args.with_to) = (None, None);
    Meaning::NoSuchDate(Box::new(call), none)
}

fn asked(tool: Tool, words: &[Token], before: Option<&Understood>, known: Known<'_>) -> Understood {
    let takes = |arg: &str| tool.takes().contains(&arg);
    let found = period::find(
        words,
        known.today,
        looks(tool, words),
        before.and_then(|one| one.unit),
    );
    let mut call = Call {
        tool,
        args: Args::default(),
    };
    let mut unit = found.first().and_then(|one| one.unit);
    if takes("from") {
        if let Some(first) = found.first() {
            set_period(&mut call.args, tool, first.period);
        } else if let Some(since) = since(tool, words, known.today) {
            call.args.from = Some(date(since));
        } else if let Some(soon) = soon(tool, words, known.today) {
            set_period(&mut call.args, tool, soon);
        } else if let Some(before) =
            before.filter(|_| words.first().is_some_and(|word| word.is(&["а$", "and$"])))
        {
            unit = before.unit;
            inherit(&mut call, &before.meaning);
        }
    }
    if takes("with_from") {
        compare(&mut call, &found, words, known.today);
    }
    for noun in [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign] {
        if takes(noun.word()) {
            *slot(&mut call.args, noun) =
                said_in(words, known.names, noun).or_else(|| stranger(words, noun, &found, tool));
        }
    }
    if takes("limit") {
        call.args.limit = limit(words, &found);
    }
    details(&mut call.args, tool, words);
    if tool == Tool::Debtors {
        call.args.client = debtor::named(words, &found);
    } else if tool.needs_client() {
        call.args.client = client(words, &found);
        if call.args.client.is_none() {
            return Understood {
                meaning: Meaning::WhoseCard,
                unit,
            };
        }
    }
    Understood {
        meaning: meant(call, words, known.today),
        unit,
    }
}

fn inherit(call: &mut Call, before: &Meaning) {
    if let Meaning::Ask(before) = before
        && before.tool.takes().contains(&"from")
    {
        (call.args.from, call.args.to) = (before.args.from, before.args.to);
        if !call.tool.takes().contains(&"to") {
            call.args.to = None;
        }
    }
}

fn set_period(args: &mut Args, tool: Tool, period: Period) {
    args.from = Some(date(period.from));
    if tool.takes().contains(&"to") {
        args.to = Some(date(period.to));
    }
}

/// Names of days are of the future where only the future can be meant.
fn looks(tool: Tool, words: &[Token]) -> Looks {
    let all = Words(words);
    let past = all.any(&[
        "был$",
        "была$",
        "было$",
        "были$",
        "прошл",
        "was$",
        "were$",
        "did$",
        "had$",
        "last$",
    ]);
    match tool {
        Tool::FreeSeats | Tool::FreePlaces => Looks {
            weekdays: Look::Ahead,
            dates: Look::Ahead,
        },
        Tool::SubscriptionsEnding
            if !past && !all.any(&["законч", "истекли$", "истекло$", "ended$", "expired$"]) =>
        {
            Looks {
                weekdays: Look::Ahead,
                dates: Look::Ahead,
            }
        }
        Tool::BookingsCount | Tool::BookingsList if !past => Looks {
            weekdays: Look::Ahead,
            dates: Look::Back,
        },
        Tool::Birthdays => Looks {
            weekdays: Look::Ahead,
            dates: Look::Back,
        },
        _ => Looks {
            weekdays: Look::Back,
            dates: Look::Back,
        },
    }
}

/// "More than a month": without a visit since then.
fn since(tool: Tool, words: &[Token], today: Day) -> Option<Day> {
    if tool != Tool::ClientsInactive {
        return None;
    }
    words.iter().enumerate().find_map(|(at, word)| {
        let unit = Unit::of(word)?;
        let before = at.checked_sub(1).and_then(|place| words.get(place));
        let half = before.is_some_and(|word| word.is(&["полгода$", "half$"]));
        let count = before
            .and_then(Token::number)
            .filter(|count| (1..=1_000).contains(count))
            .unwrap_or(1);
        let count = i32::try_from(count).unwrap_or(1);
        Some(match unit {
            Unit::Day => today.plus(-count),
            Unit::Week => today.plus(-7 * count),
            Unit::Month => period::shift(today, -count),
            Unit::Quarter => period::shift(today, -3 * count),
            Unit::Year => period::shift(today, if half { -6 } else { -12 * count }),
        })
    })
}

/// "In the next 30 days", from today.
fn soon(tool: Tool, words: &[Token], today: Day) -> Option<Period> {
    if tool != Tool::SubscriptionsEnding {
        return None;
    }
    words.iter().enumerate().find_map(|(at, word)| {
        let unit = Unit::of(word)?;
        let before = at.checked_sub(1).and_then(|place| words.get(place));
        let count = before
            .and_then(Token::number)
            .filter(|count| (1..=1_000).contains(count))
            .unwrap_or(1);
        let count = i32::try_from(count).unwrap_or(1);
        let to = match unit {
            Unit::Day => today.plus(count - 1),
            Unit::Week => today.plus(7 * count - 1),
            Unit::Month => period::shift(today, count).plus(-1),
            Unit::Quarter => period::shift(today, 3 * count).plus(-1),
            Unit::Year => period::shift(today, 12 * count).plus(-1),
        };
        Some(Period { from: today, to })
    })
}

const COMPARES: &[&str] = &[
    "сравн",
    "чем$",
    "compare",
    "than$",
    "versus$",
    "vs$",
    "вырос",
    "выросл",
    "упал",
    "up$",
    "down$",
    "grow",
    "grew$",
];

/// Two periods, the newer first; of one alone, the one before it.
fn compare(call: &mut Call, found: &[Found], words: &[Token], today: Day) {
    let wanted = call.tool == Tool::RevenueCompare || found.len() > 1 || Words(words).any(COMPARES);
    if !wanted {
        return;
    }
    let month = Unit::Month.period(today, 0);
    let (mut one, mut other) = match found {
        [first, second, ..] => (first.period, second.period),
        [only] => match only.unit {
            // "More than last month?": this one is compared with it.
            Some(unit) if only.period.to < today => (unit.period(today, 0), only.period),
            Some(unit) => (only.period, unit.period(only.period.from, -1)),
            None => (only.period, before_it(only.period)),
        },
        [] => (month, Unit::Month.period(today, -1)),
    };
    if one.from < other.from {
        std::mem::swap(&mut one, &mut other);
    }
    (call.args.from, call.args.to) = (Some(date(one.from)), Some(date(one.to)));
    (call.args.with_from, call.args.with_to) = (Some(date(other.from)), Some(date(other.to)));
}

/// As many days just before.
fn before_it(period: Period) -> Period {
    let days = period.to.0 - period.from.0 + 1;
    Period {
        from: period.from.plus(-days),
        to: period.from.plus(-1),
    }
}

fn slot(args: &mut Args, noun: Noun) -> &mut Option<String> {
    match noun {
        Noun::Staff => &mut args.staff,
        Noun::Service => &mut args.service,
        Noun::Place => &mut args.place,
        Noun::Campaign => &mut args.campaign,
    }
}

/// The name that is said: whole when it can be one only, else the words themselves.
fn said_in(words: &[Token], names: &Names, noun: Noun) -> Option<String> {
    let plain: Vec<&Token> = words.iter().filter(|word| word.word != "-").collect();
    let hits = said(&plain, names.of(noun));
    match hits.as_slice() {
        [] => None,
        [(named, _)] => Some(named.name.clone()),
        [(_, own), ..] => Some(own.join(" ")),
    }
}

/// A name of nobody that is known, where a name must stand: "тренер Вася", «Осень», "on karate".
fn stranger(words: &[Token], noun: Noun, found: &[Found], tool: Tool) -> Option<String> {
    let free = |at: usize| !found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let leads: &[&str] = match noun {
        Noun::Staff => &["тренер", "инструктор", "trainer", "coach"],
        Noun::Campaign => &["кампани", "рассылк"],
        Noun::Service if matches!(tool, Tool::FreeSeats | Tool::BookingsCount | Tool::BookingsList) => {
            &["на$"]
        }
        _ => return None,
    };
    let dull: &[&str] = &[
        "заняти",
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

fn limit(words: &[Token], found: &[Found]) -> Option<u32> {
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

const EVENING: (&str, &str) = ("17:00", "24:00");
const MORNING: (&str, &str) = ("06:00", "12:00");
const AFTERNOON: (&str, &str) = ("12:00", "17:00");

/// Status, direction, method, kind of a place and time of the day.
fn details(args: &mut Args, tool: Tool, words: &[Token]) {
    let all = Words(words);
    let takes = |arg: &str| tool.takes().contains(&arg);
    let first = |table: &[(&str, &[&str])]| {
        table
            .iter()
            .find(|(_, stems)| all.any(stems))
            .map(|(word, _)| (*word).to_owned())
    };
    if tool.is_of_clients() {
        args.status = client_status(words).map(|status| status.as_str().to_owned());
    } else if takes("status") {
        args.status = first(&[
            ("attended", &["посещен", "посетил", "визит", "visits$", "attend"]),
            ("paid", &["оплаченн"]),
        ]);
    }
    if takes("direction") {
        args.direction = first(&[
            ("fitness", &["фитнес", "fitness$"]),
            ("coworking", &["коворкинг", "coworking$"]),
            ("coffee", &["кофе", "кафе$", "coffee$"]),
            ("kids", &["детск", "kids$"]),
        ]);
    }
    if takes("method") {
        args.method = first(&[
            ("cash", &["налич", "cash$"]),
            ("transfer", &["перевод", "transfer"]),
            ("card", &["картой$", "картам$", "card$"]),
        ]);
    }
    if takes("kind") {
        args.kind = first(&[
            ("meeting_room", &["переговор", "meeting$"]),
            ("desk", &["стол", "desk", "коворкинг", "coworking$"]),
            ("hall", &["зал$", "залы$", "залов$", "зала$", "hall", "halls$"]),
        ]);
    }
    if takes("from_time") {
        time_window(args, words);
    }
}

/// Which clients are meant; "not active" is no status.
fn client_status(words: &[Token]) -> Option<ClientStatus> {
    let denied = |at: usize| at > 0 && words[at - 1].is(&["не$", "not$"]);
    let mut meant = words.iter().enumerate().filter(|(at, _)| !denied(*at));
    meant.find_map(|(_, word)| match () {
        () if word.is(&["активн", "active$"]) => Some(ClientStatus::Active),
        () if word.is(&["бывш", "former$", "ушедш"]) => Some(ClientStatus::Former),
        () if word.is(&["новых$", "новые$", "новичк", "new$"]) => Some(ClientStatus::New),
        () => None,
    })
}

fn time_window(args: &mut Args, words: &[Token]) {
    let all = Words(words);
    let part = match () {
        () if all.any(&["вечер", "evening$", "tonight$"]) => Some(EVENING),
        () if all.any(&["утром$", "утра$", "morning$"]) => Some(MORNING),
        () if all.any(&["днем$", "afternoon$"]) => Some(AFTERNOON),
        () => None,
    };
    if let Some((from, to)) = part {
        (args.from_time, args.to_time) = (Some(from.to_owned()), Some(to.to_owned()));
    }
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|place| &words[place]);
        let led = before.is_some_and(|word| {
            word.is(&[
                "с$",
                "после$",
                "в$",
                "к$",
                "from$",
                "after$",
                "at$",
                "до$",
                "till$",
                "until$",
                "to$",
                "before$",
            ])
        });
        let Some(time) = clock_time(words, at).filter(|_| led || word.word.contains(':')) else {
            continue;
        };
        if before.is_some_and(|word| word.is(&["до$", "till$", "until$", "to$", "before$", "-"])) {
            args.to_time = Some(time);
        } else {
            args.from_time = Some(time);
            if part.is_none() {
                args.to_time = None;
            }
        }
    }
}

/// `15:00`; `6 pm`; a bare `18` only before "час" or "o'clock", or after "после".
fn clock_time(words: &[Token], at: usize) -> Option<String> {
    let word = &words[at];
    let (hours, minutes): (u32, u32) = match word.word.split_once(':') {
        Some((hours, minutes)) => (hours.parse().ok()?, minutes.parse().ok()?),
        None => {
            let next = words.get(at + 1);
            let afternoon = next.is_some_and(|word| word.is(&["pm$", "вечера$", "дня$"]));
            let said = afternoon || next.is_some_and(|word| word.is(&["am$", "час", "o'clock$", "утра$"]));
            let after = at
                .checked_sub(1)
                .is_some_and(|place| words[place].is(&["после$", "after$"]));
            let hours: u32 = word.word.parse().ok().filter(|_| said || after)?;
            (
                if afternoon && hours < 12 {
                    hours + 12
                } else {
                    hours
                },
                0,
            )
        }
    };
    (hours <= 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

/// The client who is named: what is written with capitals, else what follows "client" or "у".
fn client(words: &[Token], found: &[Found]) -> Option<String> {
    let dull: &[&str] = &[
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
        .filter(|(at, word)| free(*at) && !word.is(dull) && word.word != "-")
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

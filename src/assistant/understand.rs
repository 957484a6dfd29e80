//! A question becomes a call of a tool. Pure: today, the names and what was asked before are given.

use alfa_store::types::Day;

use super::beyond::Lack;
use super::dates::{self, NoSuchDate};
use super::intent::{self, Intent, Said, Words};
use super::intent_schedule::CAME;
use super::lexis::{Token, tokens};
use super::names::{Names, Noun};
use super::period::{self, Found, Look, Looks, Period, Unit};
use super::talk::Talk;
use super::tool::{Args, Call, Domain, Tool};
use super::{debtor, details, follow, person, plain, slots, spelling};
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
    /// No tool knows it, and this is lacking.
    Lacks(Lack),
    /// The figure is not to be had of one of these alone.
    NotBy(Noun),
    /// The figure is of today only, and of another day it was asked.
    NotThen,
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
    /// The words that said what is asked.
    pub words: Vec<Token>,
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
    let words = spelling::mend(tokens(question), known.names);
    let said = said_of(&words, before, known);
    let of = |meaning| Understood {
        meaning,
        unit: None,
        words: Vec::new(),
    };
    match intent::of(&words, said) {
        Some(Intent::Change) => of(Meaning::Change),
        Some(Intent::Talk(talk)) => of(Meaning::Talk(talk)),
        Some(Intent::Beyond(lack)) => of(Meaning::Lacks(lack)),
        Some(Intent::Ask(tool)) if !plain::understood(tool, &words, &dated(&words, known), known.names) => {
            follow::up(&words, before, known).unwrap_or_else(|| of(Meaning::Unknown))
        }
        Some(Intent::Ask(tool)) => asked(tool, &words, before, known),
        None => follow::up(&words, before, known).unwrap_or_else(|| of(Meaning::Unknown)),
    }
}

/// Which names are said; a pronoun is the client of the question before.
pub(super) fn said_of(words: &[Token], before: Option<&Understood>, known: Known<'_>) -> Said {
    let found = dated(words, known);
    let mentioned = |noun| slots::meant(words, known.names, noun, &found).is_some();
    Said {
        staff: mentioned(Noun::Staff),
        service: mentioned(Noun::Service),
        place: mentioned(Noun::Place),
        campaign: mentioned(Noun::Campaign),
        person: person::stranger(words, known.names, &found).is_some()
            || (person::pronoun(words) && client_before(before).is_some()),
    }
}

/// The words that say a period, whatever is asked.
fn dated(words: &[Token], known: Known<'_>) -> Vec<Found> {
    let look = Looks {
        weekdays: Look::Back,
        dates: Look::Back,
    };
    period::find(words, known.today, look, None)
}

/// The client whom the question before named.
fn client_before(before: Option<&Understood>) -> Option<String> {
    match &before?.meaning {
        Meaning::Ask(call) | Meaning::NoSuchDate(call, _) => call.args.client.clone(),
        _ => None,
    }
}

/// The trainer whom the question before named.
fn staff_before(before: Option<&Understood>) -> Option<String> {
    match &before?.meaning {
        Meaning::Ask(call) | Meaning::NoSuchDate(call, _) => call.args.staff.clone(),
        _ => None,
    }
}

/// The call, unless it speaks of a day that does not exist: no other day is taken instead.
pub(super) fn meant(mut call: Call, words: &[Token], found: &[Found], known: Known<'_>) -> Meaning {
    let today = known.today;
    if let Some(noun) = not_by(&call, words, found, known) {
        return Meaning::NotBy(noun);
    }
    let now = |one: &Found| (one.period.from..=one.period.to).contains(&today);
    if !call.tool.takes().contains(&"from")
        && call.args.client.is_none()
        && !found.is_empty()
        && !found.iter().any(now)
    {
        return Meaning::NotThen;
    }
    let look = looks(call.tool, words).dates;
    // A client's number may look like anything; whoever was born on 29 February has a birthday every year.
    let leap_day = |none: &NoSuchDate| matches!(none, NoSuchDate::Day { day: 29, .. });
    let none = dates::no_such(words, today, look)
        .filter(|_| call.args.client.is_none())
        .filter(|none| call.tool != Tool::Birthdays || !leap_day(none));
    let Some(none) = none else {
        return Meaning::Ask(Box::new(call));
    };
    (call.args.from, call.args.to) = (None, None);
    (call.args.with_from, call.args.with_to) = (None, None);
    Meaning::NoSuchDate(Box::new(call), none)
}

/// What is named and what the tool cannot pick out: its figure would be everybody's.
fn not_by(call: &Call, words: &[Token], found: &[Found], known: Known<'_>) -> Option<Noun> {
    let takes = |noun: Noun| call.tool.takes().contains(&noun.word());
    if call.tool.takes().contains(&"client") {
        return None;
    }
    if !takes(Noun::Staff) && slots::trainer(words, known.names, found).is_some() {
        return Some(Noun::Staff);
    }
    let picked = call.args.kind.is_some()
        || call.args.direction.is_some()
        || call.args.place.is_some()
        || call.args.service.is_some();
    let of_days = matches!(call.tool.domain(), Domain::Revenue | Domain::Schedule);
    [Noun::Service, Noun::Place].into_iter().find(|noun| {
        of_days && !picked && !takes(*noun) && slots::meant(words, known.names, *noun, found).is_some()
    })
}

/// The arguments of a tool that are said in these words.
pub(super) fn asked(
    tool: Tool,
    words: &[Token],
    before: Option<&Understood>,
    known: Known<'_>,
) -> Understood {
    let tool = of_whom(tool, words, before);
    let several = period::find(
        words,
        known.today,
        looks(tool, words),
        before.and_then(|one| one.unit),
    );
    let tool = match tool {
        // Of two periods both are told.
        Tool::RevenueTotal if several.len() == 2 => Tool::RevenueCompare,
        other => other,
    };
    let takes = |arg: &str| tool.takes().contains(&arg);
    let found = period::find(
        words,
        known.today,
        looks(tool, words),
        before.and_then(|one| one.unit),
    );
    // "А отмен?", "есть там места?": of the same days and names.
    let Some(found) = one_of(tool, found) else {
        return Understood {
            meaning: Meaning::Lacks(Lack::ByTime),
            unit: None,
            words: Vec::new(),
        };
    };
    let linked = words
        .first()
        .is_some_and(|word| word.is(&["а$", "и$", "ну$", "and$"]))
        || Words(words).any(&["там$", "туда$", "there$"]);
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
        } else if let Some(before) = before.filter(|_| linked) {
            unit = before.unit;
            inherit(&mut call, &before.meaning);
        }
    }
    if takes("with_from") {
        compare(&mut call, &found, words, known.today);
    }
    for noun in [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign] {
        if takes(noun.word()) {
            let own = slots::meant(words, known.names, noun, &found);
            *slots::slot(&mut call.args, noun) =
                own.or_else(|| slots::stranger(words, noun, &found, known.names, tool));
        }
    }
    if takes("with_campaign") {
        (call.args.campaign, call.args.with_campaign) = slots::two_campaigns(words, known.names, &found);
    }
    if takes("staff") && call.args.staff.is_none() && person::pronoun(words) {
        call.args.staff = staff_before(before);
    }
    if linked && !Words(words).any(&["всего$", "всех$", "общ", "all$", "total$"]) {
        inherit_names(&mut call, before);
    }
    if takes("limit") {
        call.args.limit = slots::limit(words, &found);
    }
    details::details(&mut call.args, tool, words);
    let of = |meaning, words: &[Token]| Understood {
        meaning,
        unit,
        words: words.to_vec(),
    };
    if takes("client") {
        let named = match tool {
            Tool::Debtors => debtor::named(words, &found),
            // "Когда она придёт?" has no other name.
            _ if person::pronoun(words) => person::stranger(words, known.names, &found),
            _ => slots::client(words, &found),
        };
        call.args.client = named.or_else(|| client_before(before).filter(|_| person::pronoun(words)));
        let of_one = tool.needs_client() || person::pronoun(words);
        if call.args.client.is_none() && of_one {
            return of(Meaning::WhoseCard, &[]);
        }
    }
    of(meant(call, words, &found, known), words)
}

/// The periods that a tool can tell of: one, or two that are compared. Days side by side are one stretch; of more it is
/// not answered for the first alone.
fn one_of(tool: Tool, found: Vec<Found>) -> Option<Vec<Found>> {
    let most = if tool.takes().contains(&"with_from") { 2 } else { 1 };
    if found.len() <= most || !tool.takes().contains(&"from") {
        return Some(found);
    }
    let (mut from, mut to) = (found[0].period.from, found[0].period.to);
    for one in &found[1..] {
        let beside = one.period.from <= to.plus(1) && one.period.to >= from.plus(-1);
        if !beside {
            return None;
        }
        (from, to) = (from.min(one.period.from), to.max(one.period.to));
    }
    let words = (found[0].words.0, found[found.len() - 1].words.1);
    Some(vec![Found {
        period: Period { from, to },
        unit: None,
        words,
    }])
}

/// Of one client spoken of before, bookings are his next one, and a birthday stands in his card.
fn of_whom(tool: Tool, words: &[Token], before: Option<&Understood>) -> Tool {
    if !person::pronoun(words) || client_before(before).is_none() {
        return tool;
    }
    match tool {
        Tool::BookingsCount | Tool::BookingsList => Tool::NextBooking,
        Tool::Birthdays
        | Tool::ClientsCount
        | Tool::ClientsInactive
        | Tool::Subscriptions
        | Tool::SubscriptionsEnding => Tool::ClientCard,
        other => other,
    }
}

/// The names of the question before, of the same kind of figures.
fn inherit_names(call: &mut Call, before: Option<&Understood>) {
    let Some(Meaning::Ask(old)) = before.map(|before| &before.meaning) else {
        return;
    };
    if old.tool.domain() != call.tool.domain() {
        return;
    }
    for noun in [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign] {
        let was = slots::slot(&mut old.args.clone(), noun).take();
        let slot = slots::slot(&mut call.args, noun);
        if call.tool.takes().contains(&noun.word()) && slot.is_none() {
            *slot = was;
        }
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

pub(super) fn set_period(args: &mut Args, tool: Tool, period: Period) {
    args.from = Some(date(period.from));
    if tool.takes().contains(&"to") {
        args.to = Some(date(period.to));
    }
}

/// Names of days are of the future where only the future can be meant.
pub(super) fn looks(tool: Tool, words: &[Token]) -> Looks {
    let all = Words(words);
    let past = all.any(CAME)
        || all.any(&[
            "прошл",
            "отменил",
            "пропустил",
            "was$",
            "were$",
            "did$",
            "had$",
            "last$",
            "cancelled$",
            "missed$",
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
        Tool::Birthdays if !past => Looks {
            weekdays: Look::Ahead,
            dates: Look::Ahead,
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

/// Words that compare.
pub(super) const COMPARES: &[&str] = &[
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
pub(super) fn compare(call: &mut Call, found: &[Found], words: &[Token], today: Day) {
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

//! "And yesterday?", "а у Анны?", "by trainer": a question that leans on the one before. Pure.

use super::intent::{self, Intent};
use super::lexis::Token;
use super::names::Noun;
use super::period::{self, Found};
use super::tool::{Call, Tool};
use super::understand::{Known, Meaning, Understood, asked, compare, looks, meant, said_of, set_period};
use super::{person, slots};

/// Words that lead into a question and say nothing of it.
const LINKS: &[&str] = &[
    "а$",
    "и$",
    "ну$",
    "and$",
    "how$",
    "what$",
    "about$",
    "по$",
    "у$",
    "к$",
    "с$",
    "со$",
    "за$",
    "на$",
    "в$",
    "из$",
    "них$",
    "of$",
    "them$",
    "by$",
    "the$",
    "for$",
    "in$",
    "on$",
    "with$",
    "just$",
    "only$",
    "только$",
    "just$",
    "то$",
    "же$",
    "там$",
    "there$",
    "-",
    "is$",
    "are$",
];
/// What may be asked of the same figure: by what, of which, how many, who.
const FACETS: &[&str] = &[
    "тренер",
    "trainer",
    "coach",
    "услуг",
    "service",
    "направлен",
    "direction",
    "способ",
    "метод",
    "method",
    "налич",
    "cash",
    "карт",
    "card",
    "безнал",
    "перевод",
    "transfer",
    "активн",
    "бывш",
    "нов",
    "active$",
    "former$",
    "new$",
    "вечер",
    "утр",
    "днем$",
    "evening$",
    "morning$",
    "топ",
    "top$",
    "перв",
    "first$",
    "кто$",
    "who$",
    "именно$",
    "exactly$",
    "список$",
    "list$",
    "сколько$",
    "many$",
    "much$",
    "всего$",
    "итого$",
    "total$",
    "all$",
    "больше$",
    "меньше$",
    "чем$",
    "than$",
    "сравн",
    "compare$",
    "vs$",
    "more$",
    "less$",
    "места$",
    "мест$",
    "seats$",
    "спис",
    "покажи$",
    "show$",
    "есть$",
    "any$",
    "каждый$",
    "каждому$",
    "each$",
    "рубл",
];
/// Words of a follow-up beside its periods and names, at most.
const MOST_WORDS: usize = 5;

/// What it means; `None`: it leans on nothing.
#[must_use]
pub fn up(words: &[Token], before: Option<&Understood>, known: Known<'_>) -> Option<Understood> {
    let before = before?;
    let (Meaning::Ask(call) | Meaning::NoSuchDate(call, _)) = &before.meaning else {
        return None;
    };
    let looks = looks(call.tool, words);
    let found = match one_before(words, call, before) {
        Some(one) => vec![one],
        None => period::find(words, known.today, looks, before.unit),
    };
    same_figure(words, &found, call, before, known)
        .or_else(|| other_figure(words, &found, call, before, known))
}

/// "The month before", "а до этого": the unit before the one that was asked for.
fn one_before(words: &[Token], call: &Call, before: &Understood) -> Option<Found> {
    let unit = before.unit?;
    let from = crate::crm::calendar::day_of(call.args.from?);
    let at = words.windows(2).position(|pair| {
        (period::Unit::of(&pair[0]).is_some() && pair[1].is(&["before$", "earlier$"]))
            || (pair[0].is(&["до$", "перед$"]) && pair[1].is(&["этого$", "этим$", "того$", "тем$"]))
    })?;
    Some(Found {
        period: unit.period(from, -1),
        unit: Some(unit),
        words: (at, at + 1),
    })
}

fn compares(words: &[Token]) -> bool {
    words.iter().any(|word| {
        word.is(&[
            "vs$",
            "versus$",
            "чем$",
            "than$",
            "сравн",
            "compare$",
            "compared$",
        ])
    })
}

/// The words that say a period.
fn covered(found: &[Found]) -> usize {
    found.iter().map(|one| one.words.1 + 1 - one.words.0).sum()
}

/// The question before with another period or another name.
fn same_figure(
    words: &[Token],
    found: &[Found],
    call: &Call,
    before: &Understood,
    known: Known<'_>,
) -> Option<Understood> {
    let named: Vec<(Noun, String)> = [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign]
        .into_iter()
        .filter_map(|noun| {
            let own = slots::meant(words, known.names, noun, found);
            Some((
                noun,
                own.or_else(|| slots::stranger(words, noun, found, known.names, call.tool))?,
            ))
        })
        .collect();
    let linked = words
        .first()
        .is_some_and(|word| word.is(&["а$", "и$", "and$", "ну$", "how$", "what$"]));
    let covered = covered(found);
    let still_open = matches!(before.meaning, Meaning::NoSuchDate(..));
    if found.is_empty() && (named.is_empty() || still_open) || (!linked && words.len() > covered + 3) {
        return None;
    }
    // "And what is the weather tomorrow?" is no follow-up: too many words that say nothing of it.
    let names: usize = named
        .iter()
        .map(|(_, name)| name.split_whitespace().count())
        .sum();
    if words.len() > covered + 3 + names {
        return None;
    }
    let mut call = call.clone();
    // "Vs October" sets it beside what was asked for.
    if call.tool != Tool::RevenueCompare && compares(words) {
        return None;
    }
    let mut unit = before.unit;
    if let Some(first) = found.first().filter(|_| call.tool.takes().contains(&"from")) {
        unit = first.unit;
        set_period(&mut call.args, call.tool, first.period);
        (call.args.with_from, call.args.with_to) = (None, None);
        if call.tool == Tool::RevenueCompare {
            compare(&mut call, found, words, known.today);
        }
    }
    for (noun, name) in named {
        if call.tool.takes().contains(&noun.word()) {
            *slots::slot(&mut call.args, noun) = Some(name);
        }
    }
    Some(Understood {
        meaning: meant(call, words, found, known),
        unit,
        words: before.words.clone(),
    })
}

/// Another figure of the same things: the words of both questions say which, the new ones win.
fn other_figure(
    words: &[Token],
    found: &[Found],
    call: &Call,
    before: &Understood,
    known: Known<'_>,
) -> Option<Understood> {
    let dated = |at: usize| found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    let rest: Vec<&Token> = words
        .iter()
        .enumerate()
        .filter(|(at, _)| !dated(*at))
        .map(|(_, word)| word)
        .collect();
    let known_words = rest
        .iter()
        .all(|word| word.is(LINKS) || word.is(FACETS) || person::is_pronoun(word) || word.number().is_some());
    let told = rest.iter().any(|word| word.is(FACETS));
    if !known_words || !told || rest.len() > MOST_WORDS || before.words.is_empty() {
        return None;
    }
    let mut both = before.words.clone();
    both.extend(words.iter().cloned());
    let Some(Intent::Ask(tool)) = intent::of(&both, said_of(&both, None, known)) else {
        return None;
    };
    let mut read = asked(tool, words, Some(before), known);
    let Meaning::Ask(next) = &mut read.meaning else {
        return Some(read);
    };
    let takes = |arg: &str| tool.takes().contains(&arg);
    if compares(words) {
        if !takes("with_from") {
            return None;
        }
        // What is set beside what was asked for.
        let other = found.first()?;
        let own = (call.args.from?, call.args.to?);
        let other = (
            crate::crm::calendar::date(other.period.from),
            crate::crm::calendar::date(other.period.to),
        );
        let (newer, older) = if own.0 >= other.0 {
            (own, other)
        } else {
            (other, own)
        };
        (next.args.from, next.args.to) = (Some(newer.0), Some(newer.1));
        (next.args.with_from, next.args.with_to) = (Some(older.0), Some(older.1));
    } else if takes("from") && found.is_empty() {
        (next.args.from, next.args.to) = (call.args.from, call.args.to.filter(|_| takes("to")));
        read.unit = before.unit;
    }
    for noun in [Noun::Staff, Noun::Service, Noun::Place, Noun::Campaign] {
        let old = slots::slot(&mut call.clone().args, noun).clone();
        let slot = slots::slot(&mut next.args, noun);
        if takes(noun.word()) && slot.is_none() {
            *slot = old;
        }
    }
    if tool == call.tool {
        // "А бывших?" is of the same tool: what is not said anew stays.
        let (old, new) = (&call.args, &mut next.args);
        new.status = new.status.take().or_else(|| old.status.clone());
        new.direction = new.direction.take().or_else(|| old.direction.clone());
        new.client = new.client.take().or_else(|| old.client.clone());
    }
    read.words = before.words.clone();
    Some(read)
}

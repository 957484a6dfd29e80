//! Claims in words: promises without a fact, who speaks, ways to be reached, days.

use std::sync::LazyLock;

use super::lexicon as said;
use super::tokens::Tokens;
use super::{Checker, ViolationKind, echo, is_approved, person, products};
use crate::knowledge::{Fact, FactValue, Unit};
use crate::writing::asked::mentions;
use crate::writing::pattern::Pattern;
use crate::writing::words;

/// A part of the text, as words from and to (excluded).
pub(super) type Found = (usize, usize, ViolationKind);

struct Patterns {
    promises: Vec<Pattern>,
    presents: Vec<Pattern>,
    pressure: Vec<Pattern>,
    voice: Vec<Pattern>,
    leak: Vec<Pattern>,
    free: Vec<Pattern>,
    multiples: Vec<Pattern>,
    channels: Vec<Pattern>,
    days: Vec<Pattern>,
    weekdays: Vec<Pattern>,
    elsewhere: Vec<Pattern>,
    at_once: Vec<Pattern>,
    within_an_hour: Vec<Pattern>,
    within_a_day: Vec<Pattern>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let of = |list: &[&str]| list.iter().map(|source| Pattern::new(source)).collect();
    Patterns {
        promises: of(said::PROMISES),
        presents: of(said::PRESENTS),
        pressure: of(said::PRESSURE),
        voice: of(said::VOICE),
        leak: of(said::LEAK),
        free: of(said::FREE),
        multiples: of(said::MULTIPLES),
        channels: of(said::CHANNELS),
        days: of(said::DAYS),
        weekdays: of(said::WEEKDAYS),
        elsewhere: of(said::ELSEWHERE),
        at_once: of(&[said::AT_ONCE]),
        within_an_hour: of(&[said::WITHIN_AN_HOUR]),
        within_a_day: of(said::WITHIN_A_DAY),
    }
});

pub(super) fn check(checker: &mut Checker<'_>) {
    let tokens = Tokens::of(&checker.normal);
    let mut found: Vec<Found> = Vec::new();
    promises(&tokens, &mut found);
    presents(checker, &tokens, &mut found);
    at_once(checker, &tokens, &mut found);
    free(checker, &tokens, &mut found);
    days(checker, &tokens, &mut found);
    products::check(checker, &tokens, &mut found);
    if checker.context.profile.is_some() {
        person::check(checker, &tokens, &mut found);
    }
    for (start, end, kind) in found {
        let (from, to) = (tokens.all[start].start, tokens.all[end - 1].end);
        let sentence = words::fold(checker.normal.sentence(from).trim());
        let exempt = kind != ViolationKind::FirstName && is_approved(checker.context.kb, &sentence);
        if !exempt && !checker.is_link(from, to) {
            checker.add(from, to, kind);
        }
    }
}

fn promises(tokens: &Tokens, found: &mut Vec<Found>) {
    let patterns = &*PATTERNS;
    for (list, kind) in [
        (&patterns.pressure, ViolationKind::Forbidden),
        (&patterns.voice, ViolationKind::Persona),
        (&patterns.leak, ViolationKind::Forbidden),
        (&patterns.multiples, ViolationKind::Number),
        (&patterns.channels, ViolationKind::Link),
    ] {
        let claimed = tokens.matches(list).into_iter();
        found.extend(
            claimed
                .filter(|(start, _)| !tokens.denied(*start))
                .map(|(start, end)| (start, end, kind)),
        );
    }
    for (start, end) in tokens.matches(&patterns.promises) {
        // "Гарантий нет": of a noun the denial may come after it.
        let noun = ["гаранти", "одобрени", "guarantee"]
            .iter()
            .any(|word| tokens.keys[start].starts_with(word) && !tokens.keys[start].starts_with("гарантир"));
        let excused =
            tokens.denied(start) || tokens.is_conditional(start) || (noun && tokens.denied_after(end));
        if !excused {
            found.push((start, end, ViolationKind::Forbidden));
        }
    }
}

/// "Бонус", "скидка": unless it is the business's own word for what one of its facts tells.
fn presents(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    for (start, end) in tokens.matches(&PATTERNS.presents) {
        let own_word = [tokens.all[start].word.clone()];
        let named = checker.live().any(|fact| mentions(&own_word, fact));
        if !named && !tokens.denied(start) && !tokens.is_conditional(start) {
            found.push((start, end, ViolationKind::Forbidden));
        }
    }
}

/// "Карту привезут сегодня": sooner than the fact says.
fn at_once(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let timed: Vec<&Fact> = checker
        .live()
        .filter(|fact| matches!(fact.unit, Unit::Minute | Unit::Day))
        .collect();
    for (start, end) in tokens.matches(&PATTERNS.at_once) {
        let clause: Vec<String> = tokens
            .clause(start)
            .iter()
            .map(|token| token.word.clone())
            .collect();
        if timed.iter().any(|fact| mentions(&clause, fact))
            && !tokens.denied(start)
            && !tokens.is_conditional(start)
        {
            found.push((start, end, ViolationKind::Bound));
        }
    }
    let days = |fact: &Fact| match fact.value {
        FactValue::Number(value) if fact.unit == Unit::Day => value,
        _ => 0.0,
    };
    let patterns = &*PATTERNS;
    let hours = tokens
        .matches(&patterns.within_an_hour)
        .into_iter()
        .map(|place| (place, 0.0));
    let day = tokens
        .matches(&patterns.within_a_day)
        .into_iter()
        .map(|place| (place, 1.0));
    for ((start, end), told) in hours.chain(day) {
        let sentence = words::tokens(&checker.normal.sentence(tokens.all[start].start));
        let slower = timed
            .iter()
            .any(|fact| days(fact) > told && mentions(&sentence, fact));
        if slower && !tokens.denied(start) && !tokens.is_conditional(start) {
            found.push((start, end, ViolationKind::Bound));
        }
    }
}

fn free(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    for (start, end) in tokens.matches(&PATTERNS.free) {
        if !tokens.denied(start) && !free_is_backed(checker, tokens, start) {
            found.push((start, end, ViolationKind::Forbidden));
        }
    }
}

/// "Бесплатное обслуживание" needs a fact of zero for what the sentence speaks of; "feel free" promises nothing.
fn free_is_backed(checker: &Checker<'_>, tokens: &Tokens, at: usize) -> bool {
    let beside = |index: Option<usize>| {
        index
            .and_then(|index| tokens.all.get(index))
            .map_or("", |token| token.word.as_str())
    };
    let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    if before == "feel" || after == "to" || after.starts_with("minute") {
        return true;
    }
    let mut sentence = words::tokens(&checker.normal.sentence(tokens.all[at].start));
    if sentence.len() <= SHORT_WORDS {
        // "Обслуживание? Бесплатно."
        let (start, _) = checker.normal.sentence_bounds(tokens.all[at].start);
        sentence.extend(words::tokens(&checker.normal.sentence(start.saturating_sub(2))));
    }
    if tokens.keys[at].starts_with("беспроцентн")
        || tokens.keys.get(at + 1).is_some_and(|key| key == "процентов")
    {
        return checker.live().any(|fact| fact.attribute == "grace_period");
    }
    let interest_free = tokens.all[at].word == "free" && before == "interest";
    checker.live().any(|fact| {
        let zero = matches!(fact.value, FactValue::Number(value) if value == 0.0);
        // A limit of what is free of commission says it of itself.
        let limited = fact.attribute == "cash_withdrawal_limit"
            && sentence.iter().any(|word| {
                word.starts_with("комисси") || word.starts_with("commission") || word.starts_with("fee")
            });
        ((zero || limited) && mentions(&sentence, fact))
            || (interest_free && fact.attribute == "grace_period")
    })
}

/// A sentence so short does not name what it is about.
const SHORT_WORDS: usize = 3;

/// "До пятницы", "в декабре", "в другом банке": only as the person named it.
fn days(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let said = echo::said_words(checker.context);
    let patterns = &*PATTERNS;
    for (list, kind) in [
        (&patterns.days, ViolationKind::Date),
        (&patterns.weekdays, ViolationKind::Date),
        (&patterns.elsewhere, ViolationKind::Forbidden),
    ] {
        for (start, end) in tokens.matches(list) {
            let stem = words::stem(&tokens.all[end - 1].word);
            let asked = std::ptr::eq(list, &patterns.weekdays)
                && checker
                    .normal
                    .sentence(tokens.all[start].start)
                    .trim_end()
                    .ends_with('?');
            let denied = kind == ViolationKind::Forbidden && tokens.denied(start);
            if !said.contains(&stem) && !asked && !denied {
                found.push((start, end, kind));
            }
        }
    }
}

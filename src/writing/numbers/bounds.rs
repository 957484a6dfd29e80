//! What the words round a number say about its bound.

use super::{Kind, Token};
use crate::knowledge::Bound;

/// Words between a bound and its number that change nothing.
const FILLERS: &str = "за через чем в на the a an суммы сумму сумма";
const MORE: &str = "более больше выше дольше позже позднее дороже свыше больш більше більш пізніше довше more longer later higher \
     above over";
const LESS: &str =
    "менее меньше ниже дешевле раньше быстрее менш менше less lower fewer under below sooner faster";
const NOT: &str = "не ни no not never нет isn't никогда";
const UP_TO: &str =
    "до максимум maximum within течение пределах достигает достигать дотягивает reaches предел";
const FROM: &str = "от від from минимум minimum мінімум начиная";
/// Words of the same clause that make a bound of a number further on: "максимальный срок — 30 лет".
const UP_TO_BEFORE: &str = "максимальн* предел* потол* верхн* maximum максимум";
const FROM_BEFORE: &str = "минимальн* начальн* стартов* нижн* minimum starting мінімальн*";
/// How far such a word may stand from its number, in tokens.
const FAR: usize = 6;

fn is(list: &str, word: &str) -> bool {
    !word.is_empty()
        && list
            .split_whitespace()
            .any(|entry| match entry.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => entry == word,
            })
}

/// The bound of the number whose tokens are `first..next`.
pub(super) fn bound(tokens: &[Token], first: usize, next: usize) -> Option<Bound> {
    match (before(tokens, first, next), after(tokens, next)) {
        // "до 7 % и выше" is no bound that a fact has.
        (Some(left), Some(right)) if left != right => None,
        (left, right) => left.or(right),
    }
}

fn before(tokens: &[Token], first: usize, next: usize) -> Option<Bound> {
    let words: Vec<&str> = tokens[..first]
        .iter()
        .rev()
        .take_while(|token| matches!(token.kind, Kind::Word(_)))
        .map(Token::word)
        .filter(|word| !is(FILLERS, word))
        .take(4)
        .collect();
    let word = |back: usize| words.get(back).copied().unwrap_or("");
    let (last, second, third) = (word(0), word(1), word(2));
    let denied = is(NOT, second) || is(NOT, third);
    let flipped = || {
        tokens[next..]
            .iter()
            .take(FAR)
            .take_while(|token| !ends_clause(token))
            .any(|token| is(NOT, token.word()))
    };
    let than = last == "than";
    let compared = if than { second } else { last };
    let denied = if than { is(NOT, third) } else { denied };
    if is(MORE, compared) {
        return Some(if denied || flipped() || second == "самое" {
            Bound::UpTo
        } else {
            Bound::From
        });
    }
    if is(LESS, compared) {
        return Some(if denied || flipped() {
            Bound::From
        } else {
            Bound::UpTo
        });
    }
    if ["превы", "exceed", "перевищ"]
        .iter()
        .any(|start| last.starts_with(start))
    {
        return Some(if denied { Bound::UpTo } else { Bound::From });
    }
    match (second, last) {
        ("at", "most") | ("up", "to") => return Some(Bound::UpTo),
        ("at", "least") => return Some(Bound::From),
        (_, "at") if second.starts_with("start") || second.starts_with("begin") => return Some(Bound::From),
        (_, "ровно" | "exactly" | "precisely") => return Some(Bound::Exact),
        (_, "с" | "со") if begins(tokens, first) => return Some(Bound::From),
        _ if is(UP_TO, last) => return Some(Bound::UpTo),
        _ if is(FROM, last) => return Some(Bound::From),
        _ => {}
    }
    further(tokens, first)
}

/// "Начинается с 20 %", "ставка — с 16,5 %": only then "с" is a bound.
fn begins(tokens: &[Token], first: usize) -> bool {
    let dash = |token: &Token| matches!(token.sign(), Some('-' | '–' | '—'));
    let before = &tokens[..first.saturating_sub(1)];
    before.last().is_some_and(dash)
        || before.iter().rev().take(FAR).any(|token| {
            ["начина", "начат", "начн", "старт"]
                .iter()
                .any(|start| token.word().starts_with(start))
        })
}

fn further(tokens: &[Token], first: usize) -> Option<Bound> {
    tokens[..first]
        .iter()
        .rev()
        .take(FAR)
        .take_while(|token| !ends_clause(token) && !matches!(token.kind, Kind::Number(_)))
        .find_map(|token| {
            if is(UP_TO_BEFORE, token.word()) {
                Some(Bound::UpTo)
            } else if is(FROM_BEFORE, token.word()) {
                Some(Bound::From)
            } else {
                None
            }
        })
}

fn ends_clause(token: &Token) -> bool {
    matches!(token.sign(), Some(',' | ';' | '.' | '!' | '?' | '(' | ')' | '…'))
}

fn after(tokens: &[Token], next: usize) -> Option<Bound> {
    let comma = tokens.get(next).is_some_and(|token| token.sign() == Some(','));
    let from = next + usize::from(comma);
    let word = |index: usize| tokens.get(from + index).map_or("", Token::word);
    if matches!(tokens.get(from).and_then(Token::sign), Some('-' | '–')) {
        // "5 %-дан басталады", "20 %-ға дейін".
        return suffix(word(1), word(2));
    }
    // "Пять лет — это максимум", "30 лет, и это предел".
    let told = (0..4)
        .map(word)
        .find(|word| !matches!(*word, "" | "это" | "и" | "есть" | "и есть"));
    match told {
        Some("максимум" | "потолок" | "предел") => return Some(Bound::UpTo),
        Some("минимум") => return Some(Bound::From),
        _ => {}
    }
    match (word(0), word(1)) {
        ("и" | "или" | "and" | "or", second) if is(MORE, second) || second == "up" => Some(Bound::From),
        ("и" | "или" | "and" | "or", second) if is(LESS, second) => Some(Bound::UpTo),
        ("максимум" | "maximum" | "max" | "tops", _) | ("at", "most") => Some(Bound::UpTo),
        ("минимум" | "minimum", _) | ("at", "least") => Some(Bound::From),
        ("не" | "no" | "not", second) if is(MORE, second) => Some(Bound::UpTo),
        ("не" | "no" | "not", second) if is(LESS, second) => Some(Bound::From),
        (first, second) => suffix(first, second),
    }
    .or_else(|| glued(tokens, next))
}

/// Kazakh and Uzbek put the bound after the number.
fn suffix(first: &str, second: &str) -> Option<Bound> {
    if first == "дейін" || second == "дейін" || first == "gacha" {
        Some(Bound::UpTo)
    } else if matches!(
        first,
        "ден" | "дан" | "тен" | "тан" | "нан" | "нен" | "dan" | "бастап"
    ) {
        Some(Bound::From)
    } else {
        None
    }
}

/// "kungacha", "foizdan": the ending of the unit itself.
fn glued(tokens: &[Token], next: usize) -> Option<Bound> {
    let word = tokens.get(next.checked_sub(1)?)?.word();
    if word.ends_with("gacha") {
        Some(Bound::UpTo)
    } else if word.ends_with("dan") && word.len() > 5 {
        Some(Bound::From)
    } else {
        None
    }
}

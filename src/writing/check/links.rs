//! Links and phone numbers in a normalised text.

use crate::writing::numbers::{Family, numerals_in};

/// Parts that are a link, an address or a mention, without the punctuation round them.
pub(super) fn candidates(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    let outside = |c: char| {
        c.is_whitespace() || matches!(c, '«' | '»' | '"' | '“' | '”' | '<' | '>' | '(' | ')' | '[' | ']')
    };
    while at < chars.len() {
        if outside(chars[at]) {
            at += 1;
            continue;
        }
        let mut end = at + chars[at..].iter().take_while(|c| !outside(**c)).count();
        let next = end;
        while end > at && matches!(chars[end - 1], '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'') {
            end -= 1;
        }
        if is_link(&chars[at..end]) {
            found.push((at, end));
        }
        at = next;
    }
    found
}

fn is_link(part: &[char]) -> bool {
    let text: String = part.iter().collect();
    if text.contains("://") || text.starts_with("www.") || text.starts_with("tg:") {
        return true;
    }
    if let Some(name) = text.strip_prefix('@') {
        return name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
            .count()
            >= 4;
    }
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let [.., name, top] = labels.as_slice() else {
        return false;
    };
    let latin_top = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    let russian_top = *top == "рф";
    let label = |label: &&str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '@' | '_' | '+'))
    };
    (latin_top || russian_top)
        && labels.iter().all(label)
        && name.chars().any(char::is_alphanumeric)
        // "6.5k" is a number.
        && !(labels.len() == 2 && name.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a link written in a text is exactly this one: host (letter case aside) and path, nothing added.
pub(super) fn same(written: &str, link: &str) -> bool {
    let split = |text: &str| -> (String, String) {
        let bare = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .unwrap_or(text);
        let (host, path) = bare.split_at(bare.find(['/', '?', '#']).unwrap_or(bare.len()));
        (host.to_ascii_lowercase(), path.trim_end_matches('/').to_owned())
    };
    split(written) == split(link)
}

/// Phone numbers: an international prefix, or ten to twelve digits set apart like a number, or groups with dashes.
pub(super) fn phones(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let starts = chars[at].is_ascii_digit()
            || (chars[at] == '+' && chars.get(at + 1).is_some_and(char::is_ascii_digit));
        let starts = starts || (chars[at] == '(' && chars.get(at + 1).is_some_and(char::is_ascii_digit));
        if !starts {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut last = at + 1;
        while end < chars.len()
            && (chars[end].is_ascii_digit() || matches!(chars[end], ' ' | '-' | '(' | ')' | '.'))
        {
            // A separator counts only between digits; two spaces end the number.
            if chars[end] == ' ' && chars[end - 1] == ' ' {
                break;
            }
            end += 1;
            if chars[end - 1].is_ascii_digit() {
                last = end;
            }
        }
        let part = &chars[at..last];
        let digits = part.iter().filter(|c| c.is_ascii_digit()).count();
        let first = part.iter().find(|c| c.is_ascii_digit()).copied().unwrap_or('0');
        let marked = part.contains(&'-') || part.contains(&'(');
        let money = chars[last..]
            .iter()
            .find(|c| **c != ' ')
            .is_some_and(|c| matches!(c, '₽' | '%' | '$' | '€' | 'р'));
        let phone = match digits {
            7..=15 if part[0] == '+' => true,
            10..=12 => !money && (marked || matches!(first, '7' | '8' | '9' | '3')),
            6..=9 => marked && part.iter().filter(|c| **c == '-').count() >= 2 && !part.contains(&'.'),
            _ => false,
        };
        if phone {
            found.push((at, last));
        }
        at = last.max(at + 1);
    }
    found
}

/// "Восемь девятьсот, ноль ноль ноль, девяносто три": numerals one after another, with a zero among them.
pub(super) fn phones_in_words(chars: &[char]) -> Vec<(usize, usize)> {
    /// Fewer numerals in a row are a count or a range.
    const FEWEST: usize = 5;
    let numerals = numerals_in(chars);
    let mut found = Vec::new();
    let mut from = 0;
    for index in 0..numerals.len() {
        let ends = numerals.get(index + 1).is_none_or(|next| {
            let between = chars.get(numerals[index].end..next.start).unwrap_or_default();
            !between
                .iter()
                .all(|c| matches!(c, ' ' | ',' | '-' | '.' | '(' | ')'))
        });
        if ends {
            let row = &numerals[from..=index];
            let plain = row
                .iter()
                .all(|number| number.family == Family::Bare && !number.multiplied);
            if row.len() >= FEWEST && plain && row.iter().any(|number| number.worded && number.value == 0.0) {
                found.push((row[0].start, row[row.len() - 1].end));
            }
            from = index + 1;
        }
    }
    found
}

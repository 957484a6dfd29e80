//! Links, phone numbers and dates in a normalised text.

const MONTHS: [&str; 24] = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "мая",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

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

/// Dates: 31.12.2026, 2026-12-31, 31/12/26, "31 декабря", "December 31".
pub(super) fn dates(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        if let Some(end) = numeric_date(chars, at) {
            found.push((at, end));
            at = end;
            continue;
        }
        let digits = run(chars, at);
        if digits <= 2 {
            let mut next = at + digits;
            while chars.get(next).is_some_and(|c| *c == ' ' || *c == '-') {
                next += 1;
            }
            let suffixed = ["st", "nd", "rd", "th"]
                .iter()
                .any(|suffix| begins(chars, next, suffix));
            if suffixed {
                next += 2;
                while chars.get(next) == Some(&' ') {
                    next += 1;
                }
            }
            if MONTHS.iter().any(|month| begins(chars, next, month)) {
                let end = next + chars[next..].iter().take_while(|c| c.is_alphabetic()).count();
                found.push((at, end));
                at = end;
                continue;
            }
            if let Some(start) = month_before(chars, at) {
                found.push((start, at + digits));
            }
        }
        at += digits;
    }
    found
}

fn run(chars: &[char], at: usize) -> usize {
    chars[at..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn begins(chars: &[char], at: usize, text: &str) -> bool {
    text.chars()
        .enumerate()
        .all(|(index, c)| chars.get(at + index) == Some(&c))
}

fn numeric_date(chars: &[char], at: usize) -> Option<usize> {
    let first = run(chars, at);
    let separator = *chars.get(at + first)?;
    if !matches!(separator, '.' | '/' | '-') {
        return None;
    }
    let second_at = at + first + 1;
    let second = chars.get(second_at).map_or(0, |_| run(chars, second_at));
    let third_at = second_at + second + 1;
    if chars.get(second_at + second) != Some(&separator) || third_at >= chars.len() {
        return None;
    }
    let third = run(chars, third_at);
    let day_first = first <= 2 && (1..=2).contains(&second) && (third == 2 || third == 4) && separator != '-';
    let year_first = first == 4 && (1..=2).contains(&second) && (1..=2).contains(&third);
    (day_first || year_first).then_some(third_at + third)
}

/// "December 31": where the month before a number begins.
fn month_before(chars: &[char], at: usize) -> Option<usize> {
    let end = chars[..at].iter().rposition(|c| *c != ' ')? + 1;
    let start = chars[..end]
        .iter()
        .rposition(|c| !c.is_alphabetic())
        .map_or(0, |index| index + 1);
    let word: String = chars[start..end].iter().collect();
    MONTHS[12..].contains(&word.as_str()).then_some(start)
}

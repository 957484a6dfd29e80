//! Numbers: which identify somebody, and which are amounts, dates and spans that must stay.

mod items;

use items::Item;

use super::{CARD, DOCUMENT, NUMBER, PHONE};

/// A run of digits from which on it is taken for an identifier.
const LONG: usize = 9;
/// Characters between two groups of digits of one number.
const MOST_SEPARATORS: usize = 3;
/// How far before a number a word like "паспорт" may stand.
const KEYWORD_REACH: usize = 28;

pub(super) fn mask(text: &str, known: &[String]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match Sequence::at(&chars, at) {
            Some(sequence) => {
                match sequence.placeholder(&chars, known) {
                    Some(placeholder) => result.push_str(placeholder),
                    None => result.extend(chars.get(at..sequence.end).unwrap_or_default()),
                }
                at = sequence.end;
            }
            None => {
                result.push(c);
                at += 1;
            }
        }
    }
    result
}

/// Groups of digits that belong together.
struct Sequence {
    start: usize,
    end: usize,
    groups: Vec<String>,
    /// What stands between them; one less than there are groups.
    separators: Vec<String>,
    plus: bool,
    brackets: bool,
}

impl Sequence {
    fn at(chars: &[char], start: usize) -> Option<Self> {
        let mut at = start;
        let plus = chars.get(at) == Some(&'+');
        at += usize::from(plus);
        if plus && chars.get(at) == Some(&' ') {
            at += 1;
        }
        let mut brackets = chars.get(at) == Some(&'(');
        at += usize::from(brackets);
        if !chars.get(at).is_some_and(char::is_ascii_digit) {
            return None;
        }
        let mut groups = Vec::new();
        let mut separators = Vec::new();
        let mut end;
        loop {
            let rest = chars.get(at..).unwrap_or_default();
            let group: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
            at += group.len();
            end = at;
            groups.push(group);
            let rest = chars.get(at..).unwrap_or_default();
            let separator: String = rest
                .iter()
                .take(MOST_SEPARATORS)
                .take_while(|c| separates(**c))
                .collect();
            let length = separator.chars().count();
            let goes_on = rest.get(length).is_some_and(char::is_ascii_digit);
            // "10, 20" is a list; "19,9" is a number.
            if length == 0 || !goes_on || separator.starts_with(", ") {
                break;
            }
            brackets |= separator.contains(['(', ')']);
            separators.push(separator);
            at += length;
        }
        Some(Self {
            start,
            end,
            groups,
            separators,
            plus,
            brackets,
        })
    }

    fn digits(&self) -> String {
        self.groups.concat()
    }

    /// What to write in its place; nothing when it may stay.
    fn placeholder(&self, chars: &[char], known: &[String]) -> Option<&'static str> {
        let digits = self.digits();
        let count = digits.len();
        let after = Follows::at(chars, self.end);
        if known.iter().any(|known| is_known(&digits, known)) {
            return Some(if count >= 10 { self.kind(&digits) } else { NUMBER });
        }
        if self.plus && (count >= 10 || (count >= 7 && !after.unit)) {
            return Some(PHONE);
        }
        if !after.unit && self.is_announced(chars, count) {
            return Some(if count >= LONG { self.kind(&digits) } else { NUMBER });
        }
        if self.follows_capital(chars) && self.groups.first().is_some_and(|group| group.len() >= 6) {
            return Some(DOCUMENT);
        }
        if self.is_ordinary(after) {
            return None;
        }
        if count >= LONG {
            return Some(self.kind(&digits));
        }
        (!after.unit && self.looks_local()).then_some(PHONE)
    }

    /// After "паспорт", "тел." and the like four digits are enough.
    fn is_announced(&self, chars: &[char], count: usize) -> bool {
        let year = self.groups.len() == 1 && matches!(self.item(0), Some((Item::Year, _)));
        if count < 4 || year || matches!(self.items().as_deref(), Some([Item::Date | Item::ShortDate])) {
            return false;
        }
        let from = self.start.saturating_sub(KEYWORD_REACH);
        let before: String = chars.get(from..self.start).unwrap_or_default().iter().collect();
        let before = before.to_lowercase();
        let words: Vec<&str> = before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !matches!(*word, "" | "номер" | "no" | "n" | "мой" | "моя" | "мне" | "это"))
            .collect();
        let announced = |word: &&str| {
            KEYWORDS.iter().any(|keyword| word.starts_with(keyword))
                || matches!(*word, "id" | "ид" | "тел" | "инн")
        };
        // "номер" itself announces when nothing better does.
        words.last().is_some_and(announced)
            || before
                .trim_end_matches([' ', ':', '№', '#', '.'])
                .ends_with("номер")
    }

    /// `МР1234567`: letters of a document's series.
    fn follows_capital(&self, chars: &[char]) -> bool {
        let before = self.start.checked_sub(1).and_then(|before| chars.get(before));
        !self.plus && before.is_some_and(|c| c.is_uppercase())
    }

    fn kind(&self, digits: &str) -> &'static str {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let first = digits.chars().next();
        let begins = |starts: &[&str]| starts.iter().any(|start| digits.starts_with(start));
        match digits.len() {
            _ if self.plus => PHONE,
            11 if lengths == [3, 3, 3, 2] => DOCUMENT,
            11 if matches!(first, Some('7' | '8')) => PHONE,
            10 if first == Some('9') && lengths != [4, 6] && lengths != [2, 2, 6] => PHONE,
            12 if begins(&["375", "380", "998", "996", "992", "995", "994"]) => PHONE,
            13..=19 => CARD,
            9..=12 => DOCUMENT,
            _ => NUMBER,
        }
    }
}

/// Words (their beginnings) after which a number identifies something.
const KEYWORDS: &[&str] = &[
    "паспорт",
    "сери",
    "снилс",
    "полис",
    "договор",
    "карт",
    "счет",
    "счёт",
    "телефон",
    "мобильн",
    "whatsapp",
    "вотсап",
    "ватсап",
    "вацап",
    "viber",
    "вайбер",
    "айди",
    "звони",
    "набер",
    "удостоверен",
    "passport",
    "phone",
];

fn separates(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '-'
            | '–'
            | '—'
            | '‑'
            | '‒'
            | '−'
            | '.'
            | ','
            | '('
            | ')'
            | '/'
            | '\\'
            | '_'
            | '*'
            | '\''
            | '·'
            | '•'
            | '~'
            | '|'
    )
}

/// The known number itself, a piece of it that is long enough to tell, or it inside something longer.
fn is_known(digits: &str, known: &str) -> bool {
    let tail = known.get(known.len().saturating_sub(10)..).unwrap_or(known);
    digits.contains(tail) || (digits.len() >= 6 && known.ends_with(digits))
}

/// What stands behind a number.
#[derive(Clone, Copy)]
struct Follows {
    /// A currency, a percent sign or a unit.
    unit: bool,
}

impl Follows {
    fn at(chars: &[char], end: usize) -> Self {
        let rest: String = chars.get(end..).unwrap_or_default().iter().take(12).collect();
        let rest = rest.trim_start_matches(' ').to_lowercase();
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        let unit = rest.starts_with(['₽', '%', '$', '€', '₸'])
            || matches!(
                word.as_str(),
                "р" | "тг" | "руб" | "rub" | "usd" | "eur" | "тыс" | "млн" | "млрд" | "мес" | "лет"
            )
            || [
                "рубл",
                "тысяч",
                "миллион",
                "месяц",
                "тенге",
                "доллар",
                "евро",
                "балл",
            ]
            .iter()
            .any(|unit| word.starts_with(unit));
        Self { unit }
    }
}

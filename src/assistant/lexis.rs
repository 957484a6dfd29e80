//! Words of a question, and when two spellings are one word. Pure.

use alfa_store::contacts::fold_name;

/// One word, number, time, date or dash of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Lower case, `ё` as `е`.
    pub word: String,
    /// As it was written.
    pub raw: String,
    /// Begins a sentence.
    pub first: bool,
    /// Which of the quotes it stands in, from 1; 0: in none.
    pub quoted: u8,
}

impl Token {
    /// A name is written with a capital letter.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.raw.chars().next().is_some_and(char::is_uppercase)
    }

    /// The whole number that it is.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.word.parse().ok()
    }

    /// Begins with one of the stems; a stem that ends in `$` is the whole word.
    #[must_use]
    pub fn is(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| match stem.strip_suffix('$') {
            Some(whole) => self.word == whole,
            None => self.word.starts_with(stem),
        })
    }
}

/// The words of a text. Times (`15:00`), dates (`01.11.2026`, `2026-11-01`) are whole; dashes are words of their own.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at, mut first) = (Vec::new(), 0, true);
    let (mut quotes, mut inside) = (0_u8, false);
    while let Some(c) = chars.get(at) {
        if c.is_alphanumeric() {
            let end = word_end(&chars, at);
            let raw: String = chars[at..end].iter().collect();
            found.push(Token {
                word: fold_name(&raw),
                raw,
                first,
                quoted: if inside { quotes } else { 0 },
            });
            first = false;
            at = end;
            continue;
        }
        match c {
            '-' | '–' | '—' => found.push(Token {
                word: "-".to_owned(),
                raw: "-".to_owned(),
                first: false,
                quoted: 0,
            }),
            '«' | '„' | '“' if !inside => (quotes, inside) = (quotes.saturating_add(1), true),
            '"' => {
                inside = !inside;
                quotes = quotes.saturating_add(u8::from(inside));
            }
            '»' | '”' | '“' => inside = false,
            '.' | '!' | '?' | '\n' => first = true,
            _ => {}
        }
        at += 1;
    }
    found
}

fn word_end(chars: &[char], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    while let Some(c) = chars.get(end) {
        let inside = end > start && digit(end - 1) && digit(end + 1);
        let dashed = *c == '-' && inside && is_iso(chars, start);
        let apostrophe =
            matches!(c, '\'' | '’') && chars.get(end + 1).is_some_and(|next| next.is_alphabetic());
        if !(c.is_alphanumeric() || (matches!(c, ':' | '.') && inside) || dashed || apostrophe) {
            break;
        }
        end += 1;
    }
    end
}

/// `2026-11-01` begins here.
fn is_iso(chars: &[char], start: usize) -> bool {
    let shape = "dddd-dd-dd";
    shape
        .chars()
        .enumerate()
        .all(|(offset, kind)| match (chars.get(start + offset), kind) {
            (Some(c), 'd') => c.is_ascii_digit(),
            (Some(c), _) => *c == '-',
            (None, _) => false,
        })
}

/// What is left of a Russian noun, adjective or name when its stem is taken off.
const ENDINGS: &[&str] = &[
    "", "а", "я", "у", "ю", "ы", "и", "е", "о", "ь", "й", "ой", "ей", "ою", "ею", "ом", "ем", "ым", "им",
    "ам", "ям", "ах", "ях", "ами", "ями", "ий", "ый", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его",
    "ому", "ему", "ую", "юю", "ых", "их", "ыми", "ими", "ию", "ия", "ии", "ией", "ок", "ка", "ки", "ку",
    "ке", "ек",
];
/// Shorter stems would make one word of two.
const SHORTEST_STEM: usize = 3;
/// Stems in which a vowel comes and goes: Павел and Павла, Лев and Льва.
const FLEETING: &[(&str, &str)] = &[("ел", "л"), ("ев", "ьв"), ("ец", "ц")];

/// Whether two folded words are one word in two inflections (or alphabets).
#[must_use]
pub fn same_word(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let (left, right) = (cyrillic(left), cyrillic(right));
    left == right || inflected(&left, &right) || fleeting(&left, &right) || fleeting(&right, &left)
}

fn inflected(left: &str, right: &str) -> bool {
    let shared = left
        .chars()
        .zip(right.chars())
        .take_while(|(a, b)| a == b)
        .count();
    // The endings may begin alike: «кредитн-ым», «кредитн-ые».
    let ends = |word: &str, stem: usize| {
        let tail: String = word.chars().skip(stem).collect();
        ENDINGS.contains(&tail.as_str())
    };
    (SHORTEST_STEM..=shared).any(|stem| ends(left, stem) && ends(right, stem))
}

fn fleeting(whole: &str, inflected: &str) -> bool {
    FLEETING.iter().any(|(end, short)| {
        whole.strip_suffix(end).is_some_and(|stem| {
            inflected
                .strip_prefix(stem)
                .and_then(|rest| rest.strip_prefix(short))
                .is_some_and(|tail| !stem.is_empty() && !tail.is_empty() && ENDINGS.contains(&tail))
        })
    })
}

const LATIN: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("yo", "е"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("iy", "ий"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("z", "з"),
];

/// A Latin spelling of a Russian word, in Russian letters; other words as they are.
#[must_use]
pub fn cyrillic(word: &str) -> String {
    let mut rest = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return rest.to_owned();
    }
    let mut made = String::new();
    while let Some(c) = rest.chars().next() {
        if made.is_empty() && rest.starts_with("yo") {
            made.push_str("йо");
            rest = &rest[2..];
        } else if let Some((latin, letter)) = LATIN.iter().find(|(latin, _)| rest.starts_with(latin)) {
            made.push_str(letter);
            rest = &rest[latin.len()..];
        } else {
            made.push(if c == 'y' {
                if made.is_empty() { 'й' } else { 'ы' }
            } else {
                c
            });
            rest = &rest[c.len_utf8()..];
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_case_and_alphabet() {
        for (left, right) in [
            ("ольги", "ольга"),
            ("марии", "мария"),
            ("ивановой", "иванова"),
            ("ковалевой", "ковалева"),
            ("андрея", "андрей"),
            ("смирнова", "смирнов"),
            ("павла", "павел"),
            ("льва", "лев"),
            ("anna's", "анна"),
            ("petrov", "петров"),
            ("йогу", "йога"),
            ("yoga", "йога"),
            ("fyodor", "федор"),
            ("кредитным", "кредитные"),
            ("картам", "карты"),
        ] {
            assert!(same_word(left, right), "{left} {right}");
        }
        for (left, right) in [
            ("мария", "марина"),
            ("анна", "антон"),
            ("иван", "иванов"),
            ("иванова", "ивановский"),
            ("зал", "залог"),
        ] {
            assert!(!same_word(left, right), "{left} {right}");
        }
    }

    #[test]
    fn times_dates_and_dashes_are_words() {
        let words = |text| {
            tokens(text)
                .into_iter()
                .map(|token| token.word)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            words("с 15:00, 01.11.2026 и 2026-11-02."),
            ["с", "15:00", "01.11.2026", "и", "2026-11-02"]
        );
        assert_eq!(
            words("топ-5 1–15 ноября"),
            ["топ", "-", "5", "1", "-", "15", "ноября"]
        );
        assert_eq!(words("What's up"), ["what's", "up"]);
    }
}

//! Words of a text, made comparable: case, look-alike letters, stretched letters, stems.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Lower case, compatibility forms unified, ё as е, typographic apostrophes as `'`, zero-width characters dropped, and
/// look-alike letters brought to the script of their word.
pub fn fold(text: &str) -> String {
    let plain: String = if text.chars().all(is_composed) {
        text.chars().map(lower).collect()
    } else {
        text.nfkc()
            .flat_map(char::to_lowercase)
            .filter(|c| !is_invisible(*c))
            .map(|c| match c {
                'ё' => 'е',
                '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' => '\'',
                other => other,
            })
            .collect()
    };
    let mut folded = String::with_capacity(plain.len());
    let mut word = String::new();
    for c in plain.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            folded.push_str(&one_script(&word));
            word.clear();
            folded.push(c);
        }
    }
    folded.push_str(&one_script(&word));
    folded
}

/// ASCII and the letters and signs of Russian: nearly every text is of them, and they are their own compatibility form.
pub fn is_composed(c: char) -> bool {
    c.is_ascii() || matches!(c, 'А'..='я' | 'ё' | 'Ё' | '«' | '»' | '—' | '–' | '₽')
}

/// The lower case of one of them.
pub fn lower_case(c: char) -> char {
    match c {
        'Ё' => 'ё',
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}

fn lower(c: char) -> char {
    match lower_case(c) {
        'ё' => 'е',
        '`' => '\'',
        c => c,
    }
}

/// Zero-width characters, soft hyphens and variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{202a}'..='\u{202e}')
}

/// Whether the letter is Cyrillic.
pub fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// A word of mixed scripts becomes Cyrillic (or Latin, when only Latin letters have no twin).
fn one_script(word: &str) -> String {
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    if cyrillic == 0 || word.chars().all(is_cyrillic) {
        return word.to_owned();
    }
    let all_have_twins = word.chars().all(|c| is_cyrillic(c) || to_cyrillic(c).is_some());
    if all_have_twins {
        word.chars().map(|c| to_cyrillic(c).unwrap_or(c)).collect()
    } else {
        word.chars().map(|c| to_latin(c).unwrap_or(c)).collect()
    }
}

/// The Cyrillic twin of a Latin or Greek look-alike (lower case).
pub fn to_cyrillic(c: char) -> Option<char> {
    const TWINS: [(char, char); 18] = [
        ('a', 'а'),
        ('b', 'в'),
        ('c', 'с'),
        ('e', 'е'),
        ('h', 'н'),
        ('i', 'і'),
        ('k', 'к'),
        ('m', 'м'),
        ('n', 'п'),
        ('o', 'о'),
        ('p', 'р'),
        ('t', 'т'),
        ('u', 'и'),
        ('x', 'х'),
        ('y', 'у'),
        ('ο', 'о'),
        ('α', 'а'),
        ('ρ', 'р'),
    ];
    TWINS
        .iter()
        .find(|(latin, _)| *latin == c)
        .map(|(_, cyrillic)| *cyrillic)
}

fn to_latin(c: char) -> Option<char> {
    const TWINS: [(char, char); 12] = [
        ('а', 'a'),
        ('в', 'b'),
        ('с', 'c'),
        ('е', 'e'),
        ('н', 'h'),
        ('і', 'i'),
        ('к', 'k'),
        ('м', 'm'),
        ('о', 'o'),
        ('р', 'p'),
        ('т', 't'),
        ('у', 'y'),
    ];
    TWINS
        .iter()
        .find(|(cyrillic, _)| *cyrillic == c)
        .map(|(_, latin)| *latin)
}

/// The words of a folded text; an apostrophe inside a word belongs to it.
pub fn tokens(folded: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = c == '\'' && !word.is_empty() && chars.peek().is_some_and(|next| next.is_alphabetic());
        if c.is_alphanumeric() || inside {
            word.push(c);
        } else if !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// Runs of the same letter shortened to one: "стооооп" → "стоп".
pub fn squeeze(word: &str) -> String {
    let mut squeezed = String::with_capacity(word.len());
    for c in word.chars() {
        if !squeezed.ends_with(c) {
            squeezed.push(c);
        }
    }
    squeezed
}

/// Runs of three or more of the same letter shortened to one, doubles kept.
pub fn unstretch(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut shortened = String::with_capacity(word.len());
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| **c == chars[at]).count();
        let digit = chars[at].is_ascii_digit();
        for _ in 0..if run >= 3 && !digit { 1 } else { run } {
            shortened.push(chars[at]);
        }
        at += run;
    }
    shortened
}

/// Snowball stem: Russian for Cyrillic, English for Latin words.
pub fn stem(word: &str) -> String {
    let algorithm = if word.chars().any(is_cyrillic) {
        Algorithm::Russian
    } else {
        Algorithm::English
    };
    Stemmer::create(algorithm).stem(word).into_owned()
}

/// The stems of a text.
pub fn stems(text: &str) -> Vec<String> {
    tokens(&fold(text)).iter().map(|word| stem(word)).collect()
}

/// Whether every word of `phrase` is said in `said` (stems of a text), endings and feminine suffixes aside.
pub fn says(said: &[String], phrase: &str) -> bool {
    let wanted = stems(phrase);
    !wanted.is_empty()
        && wanted
            .iter()
            .all(|word| said.iter().any(|other| same(word, other)))
}

/// Equal stems, or one that begins with the other ("учител" – "учительниц") when that is at least five letters long.
fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let (short, long) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    let letters = short.chars().count();
    letters >= 5 && long.starts_with(short) && long.chars().count() - letters <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_look_alikes() {
        assert_eq!(fold("CТОП"), "стоп");
        assert_eq!(fold("сТоp"), "стор");
        assert_eq!(fold("ｓｔｏｐ"), "stop");
        assert_eq!(fold("Ёлка\u{200b}"), "елка");
        // The short way folds as the long one does, which the mark at the end makes it take.
        let all: String = ('А'..='я').chain('!'..='~').collect();
        for c in all.chars() {
            assert_eq!(fold(&c.to_string()), fold(&format!("{c}\u{200b}")), "{c}");
        }
    }

    #[test]
    fn shortens_stretched_words() {
        assert_eq!(squeeze("стооооп"), "стоп");
        assert_eq!(unstretch("класссс"), "клас");
        assert_eq!(unstretch("ссылка"), "ссылка");
        assert_eq!(unstretch("1000000"), "1000000");
    }

    #[test]
    fn finds_professions_in_any_form() {
        assert!(says(&stems("Врач-терапевт"), "врач"));
        assert!(says(&stems("учительница начальных классов"), "учитель"));
        assert!(says(&stems("Студентка"), "студент"));
        assert!(says(&stems("Работаю инженером"), "инженер"));
        assert!(!says(&stems("дизайнер"), "дизайн интерьера"));
        assert!(!says(&stems("садовник"), "сад"));
    }
}

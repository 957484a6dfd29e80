//! Whether a provider's answer says nothing but what the tools said. Pure. Numbers, number words and names in it must be
//! among those of the tools' results, of the question or of the periods.

use std::collections::HashSet;

use alfa_store::contacts::fold_name;

use super::lexis::same_word;

/// What an answer may say.
#[derive(Debug, Default)]
pub struct Ground {
    numbers: HashSet<String>,
    words: Vec<String>,
    /// Numbers of the question: a figure only once a tool was called with it.
    asked: HashSet<String>,
}

/// Something that no tool returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ungrounded {
    Number(String),
    Name(String),
}

/// Numbers spelled out, by stems: no tool writes so, and none is let through. "One" is also an article.
const SPELLED: &[&str] = &[
    "двое",
    "трое",
    "четверо",
    "пятер",
    "шестер",
    "десят",
    "двадцат",
    "тридцат",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяност",
    "сотн",
    "двест",
    "трист",
    "четырест",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
    "тысяч",
    "миллион",
    "миллиард",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
    "полтор",
    "twelve",
    "eleven",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "dozen",
];
/// The same, by whole words.
const SPELLED_WHOLE: &[&str] = &[
    "два",
    "две",
    "двух",
    "три",
    "трех",
    "четыре",
    "пять",
    "пяти",
    "шесть",
    "шести",
    "семь",
    "семи",
    "восемь",
    "девять",
    "сто",
    "ноль",
    "половина",
    "вдвое",
    "втрое",
    "двум",
    "трем",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "zero",
    "half",
    "twice",
    "double",
    "triple",
];
/// Words that are written with a capital letter and are nobody's name.
const NOBODY: &[&str] = &[
    "crm",
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
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "rub",
    "usd",
    "eur",
    "telegram",
    "i",
    "alfa",
    "альфа",
    "russian",
    "vip",
];

impl Ground {
    /// Takes every number and word of a text in.
    pub fn learn(&mut self, text: &str) {
        self.numbers.extend(numbers(text));
        self.words
            .extend(words(text).into_iter().map(|word| fold_name(&word.text)));
    }

    /// Takes a question in: its words may be said again. Its numbers may not, or "is it true that we have 500 clients?"
    /// would make a figure of 500.
    pub fn ask(&mut self, question: &str) {
        self.asked.extend(numbers(question));
        self.words
            .extend(words(question).into_iter().map(|word| fold_name(&word.text)));
    }

    /// Takes the arguments of a tool's call in: numbers that the question has and the tool was called with ("the 15th",
    /// "top 5") are what the result is about.
    pub fn call(&mut self, arguments: &str) {
        let used = numbers(arguments);
        self.numbers
            .extend(used.into_iter().filter(|number| self.asked.contains(number)));
    }

    /// The first thing in an answer that is not grounded.
    #[must_use]
    pub fn check(&self, answer: &str) -> Option<Ungrounded> {
        if let Some(number) = numbers(answer)
            .into_iter()
            .find(|number| !self.numbers.contains(number))
        {
            return Some(Ungrounded::Number(number));
        }
        let said = words(answer);
        for (place, word) in said.iter().enumerate() {
            let folded = fold_name(&word.text);
            if (SPELLED.iter().any(|stem| folded.starts_with(stem))
                || SPELLED_WHOLE.contains(&folded.as_str()))
                && !self.words.contains(&folded)
            {
                return Some(Ungrounded::Number(word.text.clone()));
            }
            let beside = said
                .get(place + 1)
                .is_some_and(|next| next.capital && next.joined);
            let name = word.capital && (!word.first || beside);
            if name
                && !NOBODY.contains(&folded.as_str())
                && !self.words.iter().any(|known| same_word(known, &folded))
            {
                return Some(Ungrounded::Name(word.text.clone()));
            }
        }
        None
    }
}

struct Word {
    text: String,
    capital: bool,
    /// Begins a sentence or a line.
    first: bool,
    /// Only a blank lies between it and the word before.
    joined: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let (mut first, mut between) = (true, String::new());
    let mut own = String::new();
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_alphabetic() {
            own.push(c);
            continue;
        }
        if !own.is_empty() {
            let capital = own.chars().next().is_some_and(char::is_uppercase);
            found.push(Word {
                text: std::mem::take(&mut own),
                capital,
                first,
                joined: between == " ",
            });
            first = false;
            between.clear();
        }
        between.push(c);
        if matches!(
            c,
            '.' | '!' | '?' | '\n' | ':' | '•' | '«' | '"' | '*' | '—' | '–'
        ) {
            first = true;
        }
    }
    found
}

/// The numbers of a text in one spelling: no blanks or commas between thousands, a point before the fraction, no zeros
/// at its end. `[1.]` at the beginning of a line is a place in a list, and no figure, when the lines before it have the
/// places before it.
fn numbers(text: &str) -> Vec<String> {
    let (mut found, mut places) = (Vec::new(), 0);
    for line in text.lines() {
        let chars: Vec<char> = line.trim_start().chars().collect();
        let mut at = place_in_list(&chars, places + 1);
        places += usize::from(at > 0);
        while at < chars.len() {
            if chars[at].is_ascii_digit() {
                let (number, end) = number_at(&chars, at);
                found.push(number);
                at = end;
            } else {
                at += 1;
            }
        }
    }
    found
}

/// Where the text of a line begins that has this place in a list; 0 when it has not.
fn place_in_list(chars: &[char], place: usize) -> usize {
    let wanted: Vec<char> = place.to_string().chars().collect();
    let digits = wanted.len();
    let marked =
        chars.get(digits).is_some_and(|c| matches!(c, '.' | ')')) && chars.get(digits + 1) == Some(&' ');
    if chars.starts_with(&wanted) && marked {
        digits + 1
    } else {
        0
    }
}

fn number_at(chars: &[char], start: usize) -> (String, usize) {
    let digits = |from: usize| {
        chars
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let first = digits(start);
    let mut whole: String = chars[start..start + first].iter().collect();
    let mut at = start + first;
    // Groups of exactly three digits belong to it.
    while first <= 3
        && chars
            .get(at)
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ',' | '\''))
        && digits(at + 1) == 3
    {
        whole.extend(&chars[at + 1..at + 4]);
        at += 4;
    }
    let fraction = chars
        .get(at)
        .filter(|c| matches!(c, '.' | ','))
        .map_or(0, |_| digits(at + 1));
    if (1..=2).contains(&fraction) {
        let part: String = chars[at + 1..at + 1 + fraction].iter().collect();
        let part = part.trim_end_matches('0');
        at += 1 + fraction;
        if !part.is_empty() {
            whole = format!("{whole}.{part}");
        }
    }
    (whole, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground() -> Ground {
        let mut ground = Ground::default();
        ground.learn("Выручка, 23–29 ноября 2026: 12 345,50 ₽. Клиентов: 150, тренер Анна Попова, 19 %");
        ground
    }

    #[test]
    fn what_the_tools_said_may_be_said() {
        for answer in [
            "Выручка за неделю — 12 345,50 ₽.",
            "Выручка: 12345.5 рублей, клиентов 150.",
            "У тренера Анны Поповой 19% загрузки с 23 по 29 ноября.",
            "1. Анна Попова\n2. Анна Попова",
            "Revenue is 12,345.50, one trainer.",
        ] {
            assert_eq!(ground().check(answer), None, "{answer}");
        }
    }

    #[test]
    fn nothing_else_may() {
        for answer in [
            "Выручка — 12 346 ₽",
            "Клиентов 1 500",
            "Клиентов 15",
            "почти сто пятьдесят клиентов",
            "двадцать клиентов",
            "twenty clients",
            "Лучший тренер Ольга",
            "Это Пётр Иванов",
            "Иван Петров заплатил больше всех",
            "рост на 20%",
            "It was Boris",
            "150 тысяч",
            "15. клиентов у вас",
            "Анна Попова\n2) клиентов",
        ] {
            assert!(ground().check(answer).is_some(), "{answer}");
        }
    }

    #[test]
    fn a_number_of_the_question_is_no_figure_until_a_tool_was_called_with_it() {
        let mut ground = ground();
        ground.ask("Правда, что у нас 500 клиентов? Покажи топ-7 Анны с 15 октября");
        assert!(ground.check("Да, клиентов 500").is_some());
        ground.call(r#"{"from":"2026-10-15","limit":7,"to_time":"08:45"}"#);
        assert_eq!(ground.check("Топ-7 с 15 октября"), None);
        assert!(ground.check("Да, клиентов 500").is_some());
        assert!(
            ground.check("Клиентов 45").is_some(),
            "the question did not have it"
        );
    }
}

//! Names: trimmed, squeezed, split into first and last name in either order.

/// A name and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Name {
    /// The whole name as written, with single spaces.
    pub full: String,
    /// First name, when one can be told.
    pub first: Option<String>,
    /// Last name, when one can be told.
    pub last: Option<String>,
}

/// Trims, drops control characters and makes every run of white space one space.
#[must_use]
pub fn squeeze(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for word in raw
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Splits a name. "Фамилия Имя Отчество", "Имя Отчество Фамилия", "Фамилия Имя", "Имя Фамилия", "Фамилия, Имя"
/// and the Western order are told apart by patronymics, common first names and endings of surnames.
#[must_use]
pub fn split(raw: &str) -> Name {
    let full = squeeze(raw);
    let (first, last) = parts(&full);
    let owned = |part: Option<&str>| part.map(str::to_owned);
    let (first, last) = (owned(first), owned(last));
    Name { full, first, last }
}

fn parts(full: &str) -> (Option<&str>, Option<&str>) {
    if let Some((last, first)) = full.split_once(", ") {
        return (first.split(' ').next(), Some(last));
    }
    let mut words = full.split(' ').filter(|word| !word.is_empty());
    let (first, second, third, more) = (words.next(), words.next(), words.next(), words.next());
    match (first, second, third, more) {
        (None, ..) => (None, None),
        (Some(only), None, ..) => (Some(only), None),
        (Some(a), Some(b), None, _) => two_words(a, b),
        (Some(a), Some(b), Some(c), None) if is_patronymic(c) => (Some(b), Some(a)),
        (Some(a), Some(b), Some(c), None) if is_patronymic(b) => (Some(a), Some(c)),
        (Some(a), Some(_), Some(_), _) => (Some(a), full.get(a.len() + 1..)),
    }
}

fn two_words<'a>(a: &'a str, b: &'a str) -> (Option<&'a str>, Option<&'a str>) {
    if is_patronymic(b) {
        return (Some(a), None);
    }
    let swapped = match (is_first_name(a), is_first_name(b)) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => is_surname(a) && !is_surname(b),
    };
    if swapped {
        (Some(b), Some(a))
    } else {
        (Some(a), Some(b))
    }
}

fn is_patronymic(word: &str) -> bool {
    const ENDINGS: &[&str] = &["вич", "вна", "ична", "инична"];
    // Words of their own, or grown together with the name.
    const WORDS: &[&str] = &["оглы", "кызы", "улы", "угли", "кизи"];
    has_ending(word, WORDS) || has_ending(word, ENDINGS) && word.chars().count() > 5
}

fn is_surname(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ов",
        "ова",
        "ев",
        "ева",
        "ин",
        "ина",
        "ын",
        "ына",
        "ский",
        "ская",
        "цкий",
        "цкая",
        "енко",
        "чук",
        "юк",
        "ян",
        "дзе",
        "швили",
        "ых",
        "их",
        "ov",
        "ova",
        "ev",
        "eva",
        "sky",
        "skaya",
        "enko",
    ];
    has_ending(word, ENDINGS) && word.chars().count() > 3
}

fn is_first_name(word: &str) -> bool {
    // Sorted: looked up by binary search.
    FIRST_NAMES
        .binary_search_by(|known| known.chars().cmp(word.chars().map(fold)))
        .is_ok()
}

/// Whether a word ends so, whatever its case.
fn has_ending(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| {
        let mut letters = word.chars().rev().map(fold);
        ending
            .chars()
            .rev()
            .all(|expected| letters.next() == Some(expected))
    })
}

/// Lower case, ё→е. Nothing is allocated: a million names pass here.
fn fold(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        'а'..='я' => c,
        'Ё' | 'ё' => 'е',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

const FIRST_NAMES: &[&str] = &[
    "адель",
    "азамат",
    "айгуль",
    "алевтина",
    "александр",
    "александра",
    "алексей",
    "алена",
    "алина",
    "алиса",
    "алия",
    "алла",
    "альберт",
    "альбина",
    "амир",
    "анастасия",
    "анатолий",
    "ангелина",
    "андрей",
    "анжела",
    "анна",
    "антон",
    "антонина",
    "арина",
    "аркадий",
    "арман",
    "арсений",
    "артем",
    "артур",
    "богдан",
    "борис",
    "вадим",
    "валентин",
    "валентина",
    "валерий",
    "валерия",
    "варвара",
    "василий",
    "вера",
    "вероника",
    "виктор",
    "виктория",
    "виталий",
    "влад",
    "владимир",
    "владислав",
    "всеволод",
    "вячеслав",
    "галина",
    "геннадий",
    "георгий",
    "герман",
    "глеб",
    "григорий",
    "дамир",
    "даниил",
    "данил",
    "дарья",
    "денис",
    "диана",
    "динара",
    "дмитрий",
    "ева",
    "евгений",
    "евгения",
    "егор",
    "екатерина",
    "елена",
    "елизавета",
    "жанна",
    "захар",
    "зинаида",
    "злата",
    "зоя",
    "иван",
    "игорь",
    "ильдар",
    "илья",
    "инна",
    "ирина",
    "кирилл",
    "клавдия",
    "константин",
    "кристина",
    "ксения",
    "лариса",
    "лев",
    "леонид",
    "лидия",
    "лилия",
    "любовь",
    "людмила",
    "макар",
    "максим",
    "маргарита",
    "марина",
    "мария",
    "марк",
    "марта",
    "матвей",
    "милана",
    "михаил",
    "надежда",
    "наталия",
    "наталья",
    "нелли",
    "никита",
    "николай",
    "нина",
    "оксана",
    "олег",
    "олеся",
    "ольга",
    "павел",
    "петр",
    "полина",
    "раиса",
    "рамиль",
    "ренат",
    "римма",
    "ринат",
    "роберт",
    "родион",
    "роман",
    "руслан",
    "рустам",
    "сабина",
    "светлана",
    "святослав",
    "семен",
    "сергей",
    "снежана",
    "софия",
    "софья",
    "станислав",
    "степан",
    "таисия",
    "тамара",
    "татьяна",
    "тимофей",
    "тимур",
    "ульяна",
    "федор",
    "филипп",
    "эдуард",
    "элина",
    "эльвира",
    "эльдар",
    "эмма",
    "юлия",
    "юрий",
    "яков",
    "яна",
    "ярослав",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, first: &str, last: &str) {
        let name = split(raw);
        assert_eq!(
            (
                name.first.as_deref().unwrap_or(""),
                name.last.as_deref().unwrap_or("")
            ),
            (first, last),
            "{raw}"
        );
    }

    #[test]
    fn orders_of_a_name() {
        check("Иван Петров", "Иван", "Петров");
        check("Петров Иван", "Иван", "Петров");
        check("Петров Иван Сергеевич", "Иван", "Петров");
        check("Иван Сергеевич Петров", "Иван", "Петров");
        check("Мария Сергеевна", "Мария", "");
        check("Сидорова Мария", "Мария", "Сидорова");
        check("Алиев Руслан Ахмед оглы", "Алиев", "Руслан Ахмед оглы");
        check("Мамедова Лейла Кызы", "Лейла", "Мамедова");
        check("Ким Анна", "Анна", "Ким");
        check("Петров, Иван Сергеевич", "Иван", "Петров");
        check("John Smith", "John", "Smith");
        check("Шевченко Даниэль", "Даниэль", "Шевченко");
        check("Артём Ковалёв", "Артём", "Ковалёв");
        check("Мадонна", "Мадонна", "");
        check("", "", "");
    }

    #[test]
    fn squeezes() {
        assert_eq!(squeeze("  Иван \u{a0}\n\tПетров\u{0} "), "Иван Петров");
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(FIRST_NAMES.is_sorted());
    }
}

//! Names in a question: trainers, services, places and campaigns, in any case and in either alphabet. Pure.

use alfa_store::contacts::fold_name;

use super::lexis::{Token, same_word};

/// What can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    Staff,
    Service,
    Place,
    Campaign,
}

impl Noun {
    /// The word for it in keys of the catalogue.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Service => "service",
            Self::Place => "place",
            Self::Campaign => "campaign",
        }
    }
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name folded, which questions are compared with.
    pub key: String,
    /// What tells namesakes apart: a position, a state.
    pub detail: Option<String>,
}

impl Named {
    /// With its name folded.
    #[must_use]
    pub fn new(id: i64, name: String, detail: Option<String>) -> Self {
        let key = fold_name(&name);
        Self {
            id,
            name,
            key,
            detail,
        }
    }
}

/// Everything that a question may name, but clients, of whom there are too many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub staff: Vec<Named>,
    pub services: Vec<Named>,
    pub places: Vec<Named>,
    pub campaigns: Vec<Named>,
}

impl Names {
    /// Those of a kind.
    #[must_use]
    pub fn of(&self, noun: Noun) -> &[Named] {
        match noun {
            Noun::Staff => &self.staff,
            Noun::Service => &self.services,
            Noun::Place => &self.places,
            Noun::Campaign => &self.campaigns,
        }
    }
}

/// Words that name a kind of thing, never one of them.
const GENERIC: &[&str] = &[
    "зал",
    "тренер",
    "трениров",
    "заняти",
    "место",
    "места",
    "мест$",
    "клиент",
    "кампани",
    "рассылк",
    "переговор",
    "стол",
    "комнат",
    "услуг",
    "групп",
    "персональн",
    "абонемент",
    "разов",
    "hall",
    "room",
    "trainer",
    "place",
    "class",
    "session",
    "training",
    "campaign",
    "service",
    "client",
    "desk",
    "meeting",
    "от$",
    "до$",
    "за$",
    "из$",
    "не$",
    "во$",
    "of$",
    "in$",
    "to$",
    "at$",
    "by$",
    "or$",
    "по$",
    "на$",
    "для$",
    "и$",
    "the$",
    "с$",
    "в$",
    "кто$",
    "карт",
    "card",
    // Of a name only by chance: «Большой зал» is not said by "больше", «Завтраки» not by "завтра".
    "больше$",
    "завтра$",
];

/// A name of two letters.
fn short(part: &str) -> bool {
    part.chars().count() == 2 && part.chars().all(char::is_alphabetic)
}

/// What people call each other, and the names that are meant.
const PET_NAMES: &[(&str, &str)] = &[
    ("аня", "анна"),
    ("ира", "ирина"),
    ("маша", "мария"),
    ("даша", "дарья"),
    ("паша", "павел"),
    ("лена", "елена"),
    ("катя", "екатерина"),
    ("оля", "ольга"),
    ("таня", "татьяна"),
    ("наташа", "наталья"),
    ("юля", "юлия"),
    ("света", "светлана"),
    ("настя", "анастасия"),
    ("саша", "александр"),
    ("саша", "александра"),
    ("дима", "дмитрий"),
    ("сережа", "сергей"),
    ("серега", "сергей"),
    ("коля", "николай"),
    ("миша", "михаил"),
    ("леша", "алексей"),
    ("женя", "евгений"),
    ("женя", "евгения"),
    ("вова", "владимир"),
    ("витя", "виктор"),
    ("рома", "роман"),
    ("соня", "софья"),
    ("ксюша", "ксения"),
    ("вика", "виктория"),
    ("люда", "людмила"),
    ("лида", "лидия"),
    ("федя", "федор"),
    ("тема", "артем"),
];

/// Whether a folded word is this name in some inflection, whole or as friends say it.
#[must_use]
pub fn is_name(word: &str, name: &str) -> bool {
    const TAILS: &[&str] = &["а", "я", "ы", "и", "е", "у", "ю", "ой", "ей"];
    let pet = |pet: &str| {
        let stem = pet.trim_end_matches(['а', 'я']);
        word.strip_prefix(stem).is_some_and(|tail| TAILS.contains(&tail))
    };
    same_word(word, name)
        || PET_NAMES
            .iter()
            .any(|(short, whole)| *whole == name && pet(short))
}

/// The names that a folded word may be short for.
#[must_use]
pub fn whole_names(word: &str) -> Vec<&'static str> {
    let whole = PET_NAMES.iter().map(|(_, whole)| *whole);
    whole
        .filter(|name| !same_word(word, name) && is_name(word, name))
        .collect()
}

/// Which names the words speak of, the best first: all with the same, greatest number of words said.
#[must_use]
pub fn said<'a>(words: &[&Token], names: &'a [Named]) -> Vec<(&'a Named, Vec<String>)> {
    let mut best = (0, Vec::new());
    for named in names {
        let mut own = Vec::new();
        let mut telling = false;
        for part in named
            .key
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
        {
            let hit = words
                .iter()
                .find(|word| is_name(&word.word, part) && (part.chars().count() > 2 || word.word == part));
            if let Some(word) = hit {
                // «Юг» is told by two letters, a number by none alone.
                telling |= !word.is(GENERIC) && (part.chars().count() > 2 || short(part));
                own.push(word.raw.clone());
            }
        }
        // «Зал 1» is told by its number.
        telling |= own.len() > 1 && own.len() == named.key.split_whitespace().count();
        if !telling || own.len() < best.0 {
            continue;
        }
        if own.len() > best.0 {
            best = (own.len(), Vec::new());
        }
        best.1.push((named, own));
    }
    best.1
}

/// What a name means among these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved<'a> {
    One(&'a Named),
    /// Several fit: ask which.
    Several(Vec<&'a Named>),
    Nobody,
}

/// Finds the one that is meant. A name to the letter wins; `#5` is an id.
#[must_use]
pub fn resolve<'a>(name: &str, names: &'a [Named]) -> Resolved<'a> {
    if let Some(id) = name
        .strip_prefix('#')
        .and_then(|id| id.trim().parse::<i64>().ok())
    {
        return names
            .iter()
            .find(|named| named.id == id)
            .map_or(Resolved::Nobody, Resolved::One);
    }
    let key = fold_name(name);
    let exact: Vec<&Named> = names.iter().filter(|named| named.key == key).collect();
    let found = if exact.is_empty() {
        let words = super::lexis::tokens(name);
        let words: Vec<&Token> = words.iter().collect();
        let hits = said(&words, names);
        // Two names of two: each is one of them.
        if name.contains(',') && hits.len() > 1 {
            return Resolved::Several(hits.into_iter().map(|(named, _)| named).collect());
        }
        // Every word of the name must be one of theirs: «Анна Кузнецова» is not Анна Попова.
        let wanted = words
            .iter()
            .filter(|word| word.word != "-" && !word.is(GENERIC))
            .count();
        hits.into_iter()
            .filter(|(_, own)| own.len() >= wanted)
            .map(|(named, _)| named)
            .collect()
    } else {
        exact
    };
    match found.as_slice() {
        [] => Resolved::Nobody,
        [one] => Resolved::One(one),
        _ => Resolved::Several(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Vec<Named> {
        let named = |(id, name): (usize, &&str)| Named::new(id as i64 + 1, (*name).to_owned(), None);
        of.iter().enumerate().map(named).collect()
    }

    #[test]
    fn names_are_found_or_asked_about() {
        let staff = names(&["Анна Попова", "Ирина Соколова", "Олег Соколов", "Анна Соколова"]);
        let id = |name: &str| match resolve(name, &staff) {
            Resolved::One(named) => named.id,
            Resolved::Several(found) => -(found.len() as i64),
            Resolved::Nobody => 0,
        };
        assert_eq!(id("Ирины"), 2);
        assert_eq!(id("Irina"), 2);
        assert_eq!(id("Анна Попова"), 1);
        assert_eq!(id("Анны Соколовой"), 4);
        assert_eq!(id("Соколова"), -3, "which of them?");
        assert_eq!(id("Анна"), -2);
        assert_eq!(id("Анна Кузнецова"), 0);
        assert_eq!(id("Вася"), 0);
        assert_eq!(id("Ирине, Олегу"), -2);
        assert_eq!(id("Ире"), 2, "as friends say it");
        assert_eq!(id("Ани Поповой"), 1);
        assert_eq!(id("#3"), 3);
        let places = names(&["Зал 1", "Зал 2", "Большой зал"]);
        assert_eq!(resolve("зал 2", &places), Resolved::One(&places[1]));
        assert_eq!(resolve("большого зала", &places), Resolved::One(&places[2]));
        assert_eq!(resolve("зал", &places), Resolved::Nobody);
        let rooms = names(&["Переговорная «Север»", "Переговорная «Юг»"]);
        assert_eq!(resolve("переговорка юг", &rooms), Resolved::One(&rooms[1]));
    }
}

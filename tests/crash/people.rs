//! The five hundred people of the run and how they behave.

/// Personas with how many of ten waves' fifty people each there are. Nobody removes messages: what was removed while
/// nobody was there to receive it never came, and the referee could not tell.
const PERSONAS: [(&str, usize); 9] = [
    ("interested", 12),
    ("asks_rate", 8),
    ("bursts", 10),
    ("says_stop", 4),
    ("asks_question", 6),
    ("already_has", 3),
    ("distrusts", 3),
    ("busy", 2),
    ("silent", 2),
];
const FIRST_NAMES: [&str; 8] = ["Анна", "Пётр", "Ольга", "Семён", "Вера", "Глеб", "Ирина", "Олег"];
const PROFESSIONS: [&str; 4] = ["Врач", "Учитель", "Повар", "Инженер"];
const INTERESTS: [&str; 4] = ["Спорт", "Музыка", "Путешествия", "Дети"];
/// People of one campaign.
pub const WAVE_PEOPLE: usize = 50;

pub fn phone(index: usize) -> String {
    format!("+7900500{index:04}")
}

fn persona(index: usize) -> &'static str {
    let mut place = index % WAVE_PEOPLE;
    for (persona, count) in PERSONAS {
        if place < count {
            return persona;
        }
        place -= count;
    }
    "silent"
}

pub fn says_stop(index: usize) -> bool {
    persona(index) == "says_stop"
}

/// The scenario: quick people, so that something is always under way while the process dies.
pub fn scenario(people: usize) -> String {
    let mut yaml = "seed: 11\nopen_registration: true\n\
        delays:\n  read: { min_ms: 50, max_ms: 400 }\n  reply: { min_ms: 200, max_ms: 6000 }\n\
        people:\n"
        .to_owned();
    for index in 0..people {
        yaml += &format!(
            "  - {{ phone: \"{}\", persona: {} }}\n",
            phone(index),
            persona(index)
        );
    }
    yaml
}

/// The file of contacts.
pub fn file(people: usize) -> String {
    let mut csv = "Имя,Телефон,Профессия,Интересы\n".to_owned();
    for index in 0..people {
        csv += &format!(
            "{} Номеров,{},{},{}\n",
            FIRST_NAMES[index % FIRST_NAMES.len()],
            phone(index),
            PROFESSIONS[index % PROFESSIONS.len()],
            INTERESTS[index / 3 % INTERESTS.len()]
        );
    }
    csv
}

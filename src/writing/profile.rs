//! What is known of a person, and what was written to them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::render::stable_hash;
use super::words;
use crate::knowledge::{Form, KnowledgeBase, Language};

/// What is known of a person for writing and recommending.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub profession: Option<String>,
    pub interests: Vec<String>,
    pub goal: Option<String>,
    /// Years.
    pub age: Option<u32>,
    /// Names of products that the person has.
    pub has: Vec<String>,
    /// What the person wrote, oldest first.
    pub said: Vec<String>,
    pub language: Option<Language>,
}

impl Profile {
    /// Splits a cell such as "Инвестиции, спорт; книги" into its parts.
    pub fn split_list(cell: &str) -> Vec<String> {
        cell.split([',', ';', '/', '|', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The first name as it may stand in a text; anything that is not a name (digits, a link, an initial) is left out.
    pub fn greeting_name(&self) -> Option<&str> {
        let name = self.first_name.as_deref()?.trim();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let plain = name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | ' '));
        (plain && letters >= 2 && name.chars().count() <= 40).then_some(name)
    }

    /// The form to address the person in: theirs, as they last used one; else the polite one.
    pub fn addressed_as(&self) -> Form {
        let heard = self.said.iter().rev().find_map(|text| guess_form(text));
        heard.unwrap_or_default()
    }

    /// The language to write in: as recorded, else as the person writes, else Russian.
    pub fn writes_in(&self) -> Language {
        let heard = || self.said.iter().rev().find_map(|text| guess_language(text));
        self.language.or_else(heard).unwrap_or(Language::Ru)
    }
}

/// The form of address that a text uses: who says "ты" is answered so. `None` when it cannot be told, or both are there.
pub fn guess_form(text: &str) -> Option<Form> {
    const INFORMAL: [&str; 30] = [
        "ты",
        "тебя",
        "тебе",
        "тобой",
        "твой",
        "твоя",
        "твое",
        "твои",
        "твоего",
        "твоей",
        "твою",
        "ти",
        "твій",
        "можешь",
        "хочешь",
        "знаешь",
        "скажешь",
        "пришлешь",
        "будешь",
        "предлагаешь",
        "пишешь",
        "скажи",
        "расскажи",
        "пришли",
        "скинь",
        "подскажи",
        "объясни",
        "напиши",
        "отправь",
        "давай",
    ];
    const FORMAL: [&str; 13] = [
        "вы",
        "вас",
        "вам",
        "вами",
        "ваш",
        "ваша",
        "ваше",
        "ваши",
        "вашего",
        "вашей",
        "вашу",
        "ви",
        "вашому",
    ];
    let tokens = words::tokens(&words::fold(text));
    let any = |list: &[&str]| tokens.iter().any(|token| list.contains(&token.as_str()));
    // "Расскажите", "можете": the ending of the polite plural.
    let polite = tokens.iter().any(|token| {
        token.chars().count() > 5
            && (token.ends_with("ите") || token.ends_with("ете") || token.ends_with("йте"))
    });
    match (any(&INFORMAL), any(&FORMAL) || polite) {
        (true, false) => Some(Form::Informal),
        (false, true) => Some(Form::Formal),
        _ => None,
    }
}

/// The language of a text by its letters and commonest words; `None` when it cannot be told.
pub fn guess_language(text: &str) -> Option<Language> {
    let folded = words::fold(text);
    let letters: Vec<char> = folded.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 {
        return None;
    }
    let has = |set: &str| letters.iter().any(|c| set.contains(*c));
    let tokens = words::tokens(&folded);
    let any = |list: &[&str]| tokens.iter().any(|token| list.contains(&token.as_str()));
    let cyrillic = letters.iter().filter(|c| words::is_cyrillic(**c)).count();
    if cyrillic * 2 >= letters.len() {
        if has("әғқңөұүһ") {
            return Some(Language::Kk);
        }
        if has("ўҳ") {
            return Some(Language::Uz);
        }
        if has("їєґі") || any(&["вже", "мене", "дякую", "треба", "щось", "що", "як"])
        {
            return Some(Language::Uk);
        }
        return Some(Language::Ru);
    }
    const UZBEK: [&str; 22] = [
        "yozmang", "rahmat", "salom", "menga", "menda", "kerak", "emas", "qancha", "qanday", "siz", "kimsiz",
        "bilan", "bor", "yo'q", "yoq", "ha", "qiziq", "keyin", "keyinroq", "hozir", "karta", "uchun",
    ];
    if folded.contains("o'") || folded.contains("g'") || any(&UZBEK) {
        return Some(Language::Uz);
    }
    Some(Language::En)
}

/// The facts that a text used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    pub product_id: i64,
    pub attribute: String,
}

/// What is kept beside a text that was written: what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ToldFacts {
    pub facts: Vec<FactRef>,
    /// Ids of the approved blocks.
    pub blocks: Vec<String>,
    /// Who wrote it: a provider, `offline` or `template`.
    pub provider: Option<String>,
    /// A digest of what the facts said when it was written; nothing in texts of earlier releases.
    pub said: Option<String>,
}

impl ToldFacts {
    /// What this draft rests on. `kb` is what it was written from, or an earlier version.
    pub fn of(draft: &Draft, provider: &str, kb: &KnowledgeBase) -> Self {
        Self {
            facts: draft.facts.clone(),
            blocks: draft.blocks.clone(),
            provider: Some(provider.to_owned()),
            said: Some(what_is_said(&draft.facts, kb)),
        }
    }

    /// Whether every fact that the text tells holds on this day, and says the same as when it was written.
    pub fn still_hold(&self, kb: &KnowledgeBase, today: NaiveDate) -> bool {
        let live = |told: &FactRef| {
            let fact = kb
                .product(told.product_id)
                .and_then(|product| product.fact(&told.attribute));
            fact.is_some_and(|fact| fact.is_live(today))
        };
        let same = |said: &String| *said == what_is_said(&self.facts, kb);
        self.facts.iter().all(live) && self.said.as_ref().is_none_or(same)
    }
}

/// A digest of the facts' figures, and of the names and links of their products.
fn what_is_said(facts: &[FactRef], kb: &KnowledgeBase) -> String {
    let said: Vec<_> = facts
        .iter()
        .map(|told| {
            let product = kb.product(told.product_id);
            let fact = product.and_then(|product| product.fact(&told.attribute));
            json!([
                product.map(|product| (&product.name, &product.link)),
                fact.map(|fact| (&fact.value, fact.bound, fact.unit, &fact.display)),
            ])
        })
        .collect();
    format!("{:016x}", stable_hash(&[json!(said).to_string().as_bytes()]))
}

/// A text ready for the checker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    pub language: Language,
    pub facts: Vec<FactRef>,
    /// Ids of the approved blocks in their order; sentences of facts are in `facts`.
    pub blocks: Vec<String>,
}

impl Draft {
    /// How the text opens: its first two blocks. Texts written lately should not open alike.
    pub fn opening(&self) -> String {
        self.blocks
            .iter()
            .take(2)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::FactValue;

    #[test]
    fn tells_languages() {
        for (text, language) in [
            ("Расскажите подробнее", Language::Ru),
            ("Tell me more", Language::En),
            ("Menga kerak emas", Language::Uz),
            ("Маған жазбаңыз", Language::Kk),
            ("Мені це не потрібно", Language::Uk),
            ("Менга ёзманг, рақамимни ўчиринг", Language::Uz),
        ] {
            let guessed = guess_language(text).unwrap();
            let cyrillic_uzbek = language == Language::Uz && guessed == Language::Kk;
            assert!(guessed == language || cyrillic_uzbek, "{text}: {guessed:?}");
        }
        assert_eq!(guess_language("👍"), None);
    }

    #[test]
    fn tells_the_form_of_address() {
        for (text, form) in [
            ("а ты кто такой?", Some(Form::Informal)),
            ("Скинь ссылку", Some(Form::Informal)),
            ("Расскажите подробнее", Some(Form::Formal)),
            ("А какая у вас ставка?", Some(Form::Formal)),
            ("Ставка какая?", None),
            ("ты сказал, что у вас дешевле", None),
            ("вместе в сети", None),
        ] {
            assert_eq!(guess_form(text), form, "{text}");
        }
        let said = |texts: &[&str]| Profile {
            said: texts.iter().map(|text| (*text).to_owned()).collect(),
            ..Profile::default()
        };
        assert_eq!(
            said(&["Здравствуйте, вы кто?", "скинь условия"]).addressed_as(),
            Form::Informal
        );
        assert_eq!(said(&["скинь условия", "Ок"]).addressed_as(), Form::Informal);
        assert_eq!(said(&[]).addressed_as(), Form::Formal);
    }

    #[test]
    fn a_name_that_is_none_is_not_used() {
        let named = |name: &str| Profile {
            first_name: Some(name.to_owned()),
            ..Profile::default()
        };
        assert_eq!(named("Анна-Мария").greeting_name(), Some("Анна-Мария"));
        for name in ["И.", "89161234567", "https://t.me/x", "", "{{persona}}", "Я"] {
            assert_eq!(named(name).greeting_name(), None, "{name}");
        }
    }

    #[test]
    fn a_text_stands_as_long_as_its_facts_say_the_same() {
        let mut kb = KnowledgeBase::sample().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let fact = |attribute: &str| FactRef {
            product_id: 3,
            attribute: attribute.to_owned(),
        };
        let draft = Draft {
            text: String::new(),
            language: Language::Ru,
            facts: vec![fact("rate"), fact("term")],
            blocks: Vec::new(),
        };
        let told = ToldFacts::of(&draft, "offline", &kb);
        let kept: ToldFacts = serde_json::from_str(&json!(told).to_string()).unwrap();
        assert_eq!(kept, told);
        assert!(kept.still_hold(&kb, today));

        let at = kb.products.iter().position(|product| product.id == 3).unwrap();
        let rate = kb.products[at]
            .facts
            .iter()
            .position(|fact| fact.attribute == "rate")
            .unwrap();
        let amount = kb.products[at]
            .facts
            .iter()
            .position(|fact| fact.attribute == "amount")
            .unwrap();
        kb.products[at].facts[amount].value = FactValue::Number(1.0);
        assert!(kept.still_hold(&kb, today), "it does not tell the amount");

        let mut edited = kb.clone();
        edited.products[at].facts[rate].value = FactValue::Number(20.0);
        assert!(!kept.still_hold(&edited, today));
        let before = ToldFacts {
            said: None,
            ..kept.clone()
        };
        assert!(
            before.still_hold(&edited, today),
            "an earlier release kept no digest"
        );

        let mut moved = kb.clone();
        moved.products[at].link.push_str("/new");
        assert!(!kept.still_hold(&moved, today));

        let mut expired = kb.clone();
        expired.products[at].facts[rate].valid_to = NaiveDate::from_ymd_opt(2026, 11, 19);
        assert!(!kept.still_hold(&expired, today) && !before.still_hold(&expired, today));
        kb.products[at].facts.remove(rate);
        assert!(!before.still_hold(&kb, today));
    }
}

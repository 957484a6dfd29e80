//! Fixed texts with placeholders (`message_template`), checked when a campaign is made.

use chrono::NaiveDate;

use super::render::{Filler, sentences, stable_hash};
use super::{Draft, FactRef, Profile};
use crate::knowledge::{KnowledgeBase, Language, Product, slots};
use crate::text::{Lang, text};

/// A template is not longer than a Telegram message.
pub const MAX_TEMPLATE_CHARS: usize = 4096;
/// An A/B test has at most so many variants.
pub const MAX_TEMPLATES: usize = 10;

/// Stands for a name that is not known; tidied away with its comma.
const NO_NAME: char = '\u{e000}';
/// Stands for another value that is not known; its sentence is left out.
const NO_VALUE: char = '\u{e001}';

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// Which template, from 1.
    pub number: usize,
    /// Where in it, in characters from 1; 0: the whole.
    pub position: usize,
    /// The placeholder as it was written.
    pub name: String,
    /// Key in the message catalogue.
    pub key: &'static str,
}

impl TemplateProblem {
    /// The problem in words.
    pub fn text(&self, lang: Lang) -> String {
        let (number, position) = (self.number.to_string(), self.position.to_string());
        let max = MAX_TEMPLATE_CHARS.to_string();
        let name = format!("{{{{{}}}}}", self.name);
        text(
            lang,
            self.key,
            &[
                ("number", &number),
                ("position", &position),
                ("name", &name),
                ("max", &max),
            ],
        )
    }
}

/// Finds everything wrong with the templates of a campaign.
pub fn problems(templates: &[String], product: Option<&Product>, today: NaiveDate) -> Vec<TemplateProblem> {
    let mut found = Vec::new();
    for (index, template) in templates.iter().enumerate() {
        let number = index + 1;
        let mut add = |position: usize, name: &str, key| {
            found.push(TemplateProblem {
                number,
                position,
                name: name.to_owned(),
                key,
            });
        };
        let position = |byte: usize| template[..byte].chars().count() + 1;
        if template.trim().is_empty() {
            add(0, "", "template.empty");
        }
        if template.chars().count() > MAX_TEMPLATE_CHARS {
            add(0, "", "template.too_long");
        }
        match slots(template) {
            Err(byte) => add(position(byte), "", "template.unclosed"),
            Ok(named) => {
                for slot in named {
                    if let Some(key) = refusal(slot.name, product, today) {
                        add(position(slot.start), slot.name, key);
                    }
                }
            }
        }
    }
    found
}

/// Why this placeholder cannot be filled for anybody, if so.
fn refusal(name: &str, product: Option<&Product>, today: NaiveDate) -> Option<&'static str> {
    match name {
        "first_name" | "last_name" | "name" | "profession" | "interests" | "persona" | "program.name"
        | "program.bank" => None,
        "product.name" | "product.link" => product.is_none().then_some("template.no_product"),
        _ => match (name.strip_prefix("fact."), product) {
            (None, _) => Some("template.unknown"),
            (Some(_), None) => Some("template.no_product"),
            (Some(attribute), Some(product)) => {
                let live = product.fact(attribute).is_some_and(|fact| fact.is_live(today));
                (!live).then_some("template.no_fact")
            }
        },
    }
}

/// Which of `count` variants a contact gets in a campaign: always the same one. 0 when there is none.
pub fn variant(campaign_id: i64, contact_id: i64, count: usize) -> usize {
    let hash = stable_hash(&[&campaign_id.to_be_bytes(), &contact_id.to_be_bytes()]);
    hash.checked_rem(count as u64)
        .and_then(|index| usize::try_from(index).ok())
        .unwrap_or_default()
}

/// What a template is filled with.
#[derive(Debug, Clone)]
pub struct TemplateContext<'a> {
    pub profile: &'a Profile,
    pub product: Option<&'a Product>,
    pub kb: &'a KnowledgeBase,
    pub language: Language,
    /// Who signs; `None`: the knowledge base's persona.
    pub persona: Option<&'a str>,
    pub today: NaiveDate,
}

/// Fills a template. An unknown name goes with its comma; a sentence with another unknown value is left out.
pub fn render(template: &str, context: &TemplateContext<'_>) -> Draft {
    let profile = context.profile;
    let filler = Filler {
        kb: context.kb,
        product: context.product,
        language: context.kb.language_for(context.language),
        persona: context.persona,
        first_name: profile.greeting_name(),
        today: context.today,
    };
    let last_name = profile
        .last_name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let value = |name: &str| -> Result<String, char> {
        let known = |value: Option<&str>| {
            value
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        match name {
            "first_name" => known(filler.first_name).ok_or(NO_NAME),
            "last_name" => known(last_name).ok_or(NO_NAME),
            "name" => {
                let parts: Vec<&str> = filler.first_name.into_iter().chain(last_name).collect();
                known(Some(&parts.join(" "))).ok_or(NO_NAME)
            }
            "profession" => known(profile.profession.as_deref()).ok_or(NO_VALUE),
            "interests" => known(Some(&profile.interests.join(", "))).ok_or(NO_VALUE),
            _ => known(filler.value(name)).ok_or(NO_VALUE),
        }
    };
    let mut filled = String::with_capacity(template.len() + 64);
    let mut facts: Vec<FactRef> = Vec::new();
    let mut at = 0;
    for slot in slots(template).unwrap_or_default() {
        filled.push_str(&template[at..slot.start]);
        match value(slot.name) {
            // A value cannot carry the marks, nor braces that would look like a placeholder.
            Ok(value) => filled.push_str(&value.replace([NO_NAME, NO_VALUE, '{', '}'], "")),
            Err(mark) => filled.push(mark),
        }
        at = slot.end;
    }
    filled.push_str(&template[at..]);
    for fact in filler.facts(template) {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    Draft {
        text: tidy(&filled),
        language: filler.language,
        facts,
        blocks: Vec::new(),
    }
}

/// Takes the marks of missing values out, with what would hang in the air.
fn tidy(filled: &str) -> String {
    let mut lines = Vec::new();
    for line in filled.lines() {
        let all = sentences(line);
        let kept: Vec<&str> = all
            .iter()
            .copied()
            .filter(|sentence| !sentence.contains(NO_VALUE))
            .collect();
        // A line which is one sentence with an unknown value is kept without the value when nothing else is left.
        if kept.is_empty()
            && !all.is_empty()
            && filled.lines().filter(|other| !other.trim().is_empty()).count() > 1
        {
            continue;
        }
        let kept = if kept.is_empty() { all } else { kept };
        lines.push(kept.into_iter().map(tidy_sentence).collect::<Vec<_>>().join(" "));
    }
    lines.join("\n").trim().to_owned()
}

fn tidy_sentence(sentence: &str) -> String {
    if !sentence.contains([NO_NAME, NO_VALUE]) {
        return sentence.to_owned();
    }
    let mut text = sentence.to_owned();
    for mark in [NO_NAME, NO_VALUE] {
        for (from, to) in [
            (", \u{e000}", ""),
            (" \u{e000}", ""),
            ("\u{e000}, ", ""),
            ("\u{e000} ", ""),
            ("\u{e000}", ""),
        ] {
            text = text.replace(&from.replace(NO_NAME, &mark.to_string()), to);
        }
    }
    for (from, to) in [
        (" ,", ","),
        (" .", "."),
        (" !", "!"),
        (" ?", "?"),
        (",,", ","),
        (",!", "!"),
        (",.", "."),
        ("  ", " "),
    ] {
        while text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let text = text
        .trim_start_matches([',', ' ', '!', '.', '?', ':', '—', '-'])
        .trim();
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn rendered(template: &str, profile: &Profile) -> String {
        let kb = KnowledgeBase::sample().unwrap();
        let context = TemplateContext {
            profile,
            product: kb.product(3),
            kb: &kb,
            language: Language::Ru,
            persona: None,
            today: today(),
        };
        render(template, &context).text
    }

    fn ivan() -> Profile {
        Profile {
            first_name: Some("Иван".to_owned()),
            last_name: Some("Петров".to_owned()),
            profession: Some("Бизнесмен".to_owned()),
            interests: vec!["Инвестиции".to_owned(), "спорт".to_owned()],
            ..Profile::default()
        }
    }

    #[test]
    fn fills_every_placeholder() {
        let text = rendered(
            "{{name}}, {{ first_name }}: {{profession}}, {{interests}}. {{product.name}} {{fact.rate}} {{product.link}} {{persona}} {{program.name}}",
            &ivan(),
        );
        assert_eq!(
            text,
            "Иван Петров, Иван: Бизнесмен, Инвестиции, спорт. Кредит наличными от 18,9\u{a0}% годовых \
             https://example.com/sample/cash-loan партнёр программы «Свой в Альфе» Свой в Альфе"
        );
    }

    #[test]
    fn missing_values_leave_no_holes() {
        let nobody = Profile::default();
        for (template, expected) in [
            (
                "Здравствуйте, {{first_name}}! Есть минута?",
                "Здравствуйте! Есть минута?",
            ),
            ("{{first_name}}, добрый день!", "Добрый день!"),
            ("Привет {{first_name}}, как дела?", "Привет, как дела?"),
            (
                "Добрый день! Вы — {{profession}}, верно? Напишу коротко.",
                "Добрый день! Напишу коротко.",
            ),
            ("Тема: {{interests}}", "Тема:"),
            (
                "Привет!\nВам близко: {{interests}}.\nДо связи",
                "Привет!\nДо связи",
            ),
            ("{{first_name}}", ""),
        ] {
            assert_eq!(rendered(template, &nobody), expected, "{template}");
        }
    }

    #[test]
    fn a_value_is_never_a_placeholder() {
        let sly = Profile {
            profession: Some("{{product.link}}".to_owned()),
            ..ivan()
        };
        assert_eq!(rendered("Вы {{profession}}.", &sly), "Вы product.link.");
    }

    #[test]
    fn problems_are_named_with_their_place() {
        let kb = KnowledgeBase::sample().unwrap();
        let templates = [
            "Привет, {{firstname}}!".to_owned(),
            "Ставка {{fact.rate}} и {{fact.colour}}".to_owned(),
            "Привет {{name".to_owned(),
            "  ".to_owned(),
        ];
        let found = problems(&templates, kb.product(3), today());
        let named: Vec<_> = found
            .iter()
            .map(|p| (p.number, p.position, p.name.as_str(), p.key))
            .collect();
        assert_eq!(
            named,
            [
                (1, 9, "firstname", "template.unknown"),
                (2, 24, "fact.colour", "template.no_fact"),
                (3, 8, "", "template.unclosed"),
                (4, 0, "", "template.empty"),
            ]
        );
        assert!(
            found[0].text(Lang::En).contains("{{firstname}}"),
            "{}",
            found[0].text(Lang::En)
        );
        assert_eq!(
            problems(&["{{product.name}}".to_owned()], None, today())[0].key,
            "template.no_product"
        );
        let later = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
        assert_eq!(
            problems(&["{{fact.rate}}".to_owned()], kb.product(3), later)[0].key,
            "template.no_fact"
        );
    }

    #[test]
    fn variants_are_even_and_stable() {
        let mut counts = [0; 3];
        for contact in 1..=3000 {
            counts[variant(7, contact, 3)] += 1;
            assert_eq!(variant(7, contact, 3), variant(7, contact, 3));
        }
        assert!(
            counts.iter().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
        assert_eq!(variant(1, 1, 0), 0);
    }
}

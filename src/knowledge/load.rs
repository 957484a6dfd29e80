//! Reading and writing the knowledge base.

use std::fmt;
use std::sync::LazyLock;

use super::model::KnowledgeBase;
use super::yaml::line_of;
use crate::error::{AppError, FieldError, FileProblem, Message};
use crate::text::{Lang, text};

/// The sample, embedded.
const SAMPLE: &str = include_str!("../../data/knowledge.sample.yaml");

static PARSED_SAMPLE: LazyLock<Result<KnowledgeBase, KnowledgeError>> =
    LazyLock::new(|| KnowledgeBase::from_yaml(SAMPLE));

/// Problems that are told; whoever has more mends these first.
const MAX_PROBLEMS: usize = 200;

/// One thing wrong with a knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as `products[2].facts[0].display`; empty when the text itself does not parse.
    pub path: String,
    /// Line of the file, from 1, where it can be told.
    pub line: Option<u64>,
    /// Key in the message catalogue.
    pub key: &'static str,
    /// What the message names.
    pub detail: String,
}

/// A knowledge base that cannot be used: every problem found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct KnowledgeError {
    pub problems: Vec<Problem>,
}

impl Problem {
    /// The problem in words.
    pub fn text(&self, lang: Lang) -> String {
        let what = text(lang, self.key, &[("detail", &self.detail)]);
        let line = self.line.map(|line| line.to_string());
        match (line, self.path.is_empty()) {
            (Some(line), true) => text(lang, "knowledge.at_line", &[("line", &line), ("what", &what)]),
            (Some(line), false) => text(
                lang,
                "knowledge.at_line_path",
                &[("line", &line), ("path", &self.path), ("what", &what)],
            ),
            (None, true) => what,
            (None, false) => format!("{}: {what}", self.path),
        }
    }
}

impl From<Problem> for FileProblem {
    fn from(problem: Problem) -> Self {
        let field = Some(problem.path).filter(|path| !path.is_empty());
        Self {
            line: problem.line,
            error: FieldError {
                field: field.unwrap_or_else(|| "file".to_owned()),
                message: Message::new(problem.key).with("detail", problem.detail),
            },
        }
    }
}

impl From<KnowledgeError> for AppError {
    fn from(error: KnowledgeError) -> Self {
        Self::BadFile {
            problems: error.problems.into_iter().map(FileProblem::from).collect(),
        }
    }
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&problem.text(Lang::En))?;
        }
        Ok(())
    }
}

impl KnowledgeError {
    pub(super) fn unreadable(line: Option<u64>, detail: String) -> Self {
        Self {
            problems: vec![Problem {
                path: String::new(),
                line,
                key: "knowledge.unreadable",
                detail,
            }],
        }
    }
}

impl KnowledgeBase {
    /// Reads and validates the JSON form, in which versions are stored.
    pub fn from_json(source: &str) -> Result<Self, KnowledgeError> {
        let parsed: Self = serde_json::from_str(source)
            .map_err(|error| KnowledgeError::unreadable(Some(error.line() as u64), error.to_string()))?;
        parsed.validated(None)
    }

    /// The JSON form of this knowledge base.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The bundled sample.
    pub fn sample() -> Result<Self, KnowledgeError> {
        PARSED_SAMPLE.clone()
    }

    /// What is wrong with this knowledge base, as far as it is told.
    pub(super) fn first_problems(&self) -> Vec<Problem> {
        let mut problems = self.problems();
        problems.truncate(MAX_PROBLEMS);
        problems
    }

    pub(super) fn validated(self, source: Option<&str>) -> Result<Self, KnowledgeError> {
        let mut problems = self.first_problems();
        if problems.is_empty() {
            return Ok(self);
        }
        if let Some(source) = source {
            let lines: Vec<&str> = source.lines().collect();
            for problem in &mut problems {
                problem.line = line_of(&lines, &problem.path);
            }
        }
        Err(KnowledgeError { problems })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_valid_and_survives_json_and_yaml() {
        let sample = KnowledgeBase::sample().unwrap();
        assert!(sample.sample);
        assert_eq!(sample.products.len(), 5);
        assert_eq!(
            KnowledgeBase::from_json(&sample.to_json().unwrap()).unwrap(),
            sample
        );
        assert_eq!(
            KnowledgeBase::from_yaml(&sample.to_yaml().unwrap()).unwrap(),
            sample
        );
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let broken = SAMPLE.replacen("    points: 500\n", "    points: 500\n    colour: red\n", 1);
        let line = broken.lines().position(|line| line.contains("colour")).unwrap() as u64 + 1;
        let error = KnowledgeBase::from_yaml(&broken).unwrap_err();
        assert_eq!(error.problems[0].line, Some(line), "{error}");
        assert!(error.to_string().contains("colour"), "{error}");
    }

    #[test]
    fn a_wrong_fact_is_named_with_its_line() {
        let broken = SAMPLE.replacen("ru: до 60\u{a0}дней", "ru: до 90 дней", 1);
        let error = KnowledgeBase::from_yaml(&broken).unwrap_err();
        let line = broken
            .lines()
            .position(|line| line.contains("до 90 дней"))
            .unwrap() as u64
            + 1;
        assert_eq!(error.problems.len(), 1, "{error}");
        assert_eq!(error.problems[0].path, "products[0].facts[1].display.ru");
        assert_eq!(error.problems[0].line, Some(line), "{error}");
    }

    #[test]
    fn each_kind_of_problem_is_found() {
        let cases = [
            ("schema: 1", "schema: 2", "knowledge.schema"),
            (
                "link: https://example.com/sample/credit-card",
                "link: example",
                "knowledge.link",
            ),
            ("max_points: 999", "max_points: 990", "knowledge.level_gap"),
            ("valid_to: null", "valid_to: '2025-01-01'", "knowledge.dates"),
            (
                "{{fact.cashback}} в выбранных",
                "{{fact.cash}} в выбранных",
                "knowledge.unknown_slot",
            ),
            ("Я {{persona}}.", "Я {{boss}}.", "knowledge.unknown_slot"),
            (
                "- id: greetings.2\n",
                "- id: greetings.1\n",
                "knowledge.duplicate",
            ),
            ("ru: до 7\u{a0}%", "ru: ''", "knowledge.no_text"),
            ("ru: до 7\u{a0}%", "ru: от 7 %", "knowledge.display"),
            (
                "from: 21\n          to: 29",
                "from: 29\n          to: 21",
                "knowledge.ages",
            ),
            ("class: price_rate", "class: no_trust", "knowledge.duplicate"),
        ];
        for (from, to, key) in cases {
            assert!(SAMPLE.contains(from), "{from}");
            let error = KnowledgeBase::from_yaml(&SAMPLE.replacen(from, to, 1)).unwrap_err();
            assert!(
                error.problems.iter().any(|problem| problem.key == key),
                "{from} → {to}: {error}"
            );
            assert!(
                error.problems.iter().all(|problem| problem.line.is_some()),
                "{from} → {to}: {error}"
            );
        }
    }
}

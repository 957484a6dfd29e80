//! The typed shape of the knowledge base file. Unknown keys are refused.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::class::ReplyClass;

/// A language in which people may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = KnowledgeLanguage)]
pub enum Language {
    Ru,
    En,
    Uz,
    Kk,
    Uk,
}

impl Language {
    /// Every language of the product.
    pub const ALL: [Self; 5] = [Self::Ru, Self::En, Self::Uz, Self::Kk, Self::Uk];

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
            Self::Uz => "uz",
            Self::Kk => "kk",
            Self::Uk => "uk",
        }
    }

    /// The language of an ISO 639-1 code or of a tag that begins with one (`en-GB`).
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == primary)
    }
}

/// A value in each language of the knowledge base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Localized<T> {
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub ru: Option<T>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub en: Option<T>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub uz: Option<T>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub kk: Option<T>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub uk: Option<T>,
}

impl<T> Localized<T> {
    /// The value in exactly this language.
    pub fn get(&self, language: Language) -> Option<&T> {
        match language {
            Language::Ru => self.ru.as_ref(),
            Language::En => self.en.as_ref(),
            Language::Uz => self.uz.as_ref(),
            Language::Kk => self.kk.as_ref(),
            Language::Uk => self.uk.as_ref(),
        }
    }

    /// Puts the value in this language.
    pub fn set(&mut self, language: Language, value: T) {
        let place = match language {
            Language::Ru => &mut self.ru,
            Language::En => &mut self.en,
            Language::Uz => &mut self.uz,
            Language::Kk => &mut self.kk,
            Language::Uk => &mut self.uk,
        };
        *place = Some(value);
    }

    /// The value in this language, else in the first that has one.
    pub fn get_or_first(&self, language: Language) -> Option<&T> {
        self.get(language)
            .or_else(|| Language::ALL.into_iter().find_map(|other| self.get(other)))
    }
}

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Self {
            ru: None,
            en: None,
            uz: None,
            kk: None,
            uk: None,
        }
    }
}

/// The whole knowledge base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnowledgeBase {
    /// The facts are made up; shown wherever they are.
    #[serde(default)]
    pub sample: bool,
    pub schema: u32,
    /// ISO 4217 code of money values.
    pub currency: String,
    pub languages: Vec<Language>,
    pub program: Program,
    pub products: Vec<Product>,
    pub objections: Vec<Objection>,
    pub blocks: Blocks,
}

/// The partner programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeProgram)]
pub struct Program {
    pub name: Localized<String>,
    pub bank: Localized<String>,
    /// Who signs the messages, in the nominative; never the bank.
    pub persona: Localized<String>,
    pub description: Localized<String>,
    pub levels: Vec<Level>,
    pub benefits: Vec<Benefit>,
}

/// A level of the programme: from `min_points` to `max_points`, both included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeLevel)]
pub struct Level {
    pub id: String,
    pub min_points: u64,
    /// `None`: no upper end.
    pub max_points: Option<u64>,
    /// Whole units of the knowledge base's currency.
    pub bonus: u64,
}

/// A benefit of the programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeBenefit)]
pub struct Benefit {
    pub id: String,
    pub text: Localized<String>,
}

/// A product that the programme recommends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeProduct)]
pub struct Product {
    /// 0, which is refused, when it is left out.
    #[serde(default)]
    pub id: i64,
    pub name: Localized<String>,
    #[serde(default)]
    pub aliases: Localized<Vec<String>>,
    pub points: u64,
    #[serde(default)]
    pub priority: i32,
    pub kind: ProductKind,
    pub description: Localized<String>,
    pub link: String,
    #[serde(default)]
    pub audience: Audience,
    pub facts: Vec<Fact>,
}

/// What the product does with money: people in debt are not offered more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = KnowledgeProductKind)]
pub enum ProductKind {
    Credit,
    Savings,
    Investment,
    /// Any other product or service.
    Service,
}

/// Whom the product fits, with weights.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeAudience)]
pub struct Audience {
    #[serde(default)]
    pub professions: Vec<Words>,
    #[serde(default)]
    pub interests: Vec<Words>,
    #[serde(default)]
    pub goals: Vec<Words>,
    #[serde(default)]
    pub ages: Vec<Ages>,
}

/// Words that mean the same for the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeWords)]
pub struct Words {
    pub words: Vec<String>,
    pub weight: u32,
}

/// Ages in years, both ends included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeAges)]
pub struct Ages {
    pub from: u32,
    pub to: u32,
    pub weight: u32,
}

/// One fact of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeFact)]
pub struct Fact {
    /// Small Latin letters, digits and underscores.
    #[serde(default)]
    pub attribute: String,
    pub label: Localized<String>,
    pub value: FactValue,
    pub bound: Bound,
    pub unit: Unit,
    /// The fact may open a first message.
    #[serde(default)]
    pub lead: bool,
    /// Bound, value and unit together, as they are shown ("до 7 %").
    pub display: Localized<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<NaiveDate>,
    /// The last day on which the fact holds.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<NaiveDate>,
    pub source: String,
    /// Approved sentences with the slot `{{fact.<attribute>}}`.
    pub sentences: Localized<Vec<String>>,
}

/// A number in the fact's unit, or words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = KnowledgeFactValue)]
pub enum FactValue {
    Number(f64),
    Text(String),
}

/// How the value binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = KnowledgeBound)]
pub enum Bound {
    UpTo,
    From,
    Exact,
}

/// The unit of a fact's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = KnowledgeUnit)]
pub enum Unit {
    #[serde(rename = "percent")]
    Percent,
    #[serde(rename = "percent_per_year")]
    PercentPerYear,
    #[serde(rename = "RUB")]
    Rub,
    #[serde(rename = "RUB_per_month")]
    RubPerMonth,
    #[serde(rename = "RUB_per_year")]
    RubPerYear,
    #[serde(rename = "day")]
    Day,
    #[serde(rename = "month")]
    Month,
    #[serde(rename = "minute")]
    Minute,
    #[serde(rename = "piece")]
    Piece,
    #[serde(rename = "text")]
    Text,
}

/// The products for which a text may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = KnowledgeProductScope)]
pub enum ProductScope {
    All(All),
    Only(Vec<i64>),
}

/// The word `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = KnowledgeAll)]
pub enum All {
    All,
}

impl Default for ProductScope {
    fn default() -> Self {
        Self::All(All::All)
    }
}

/// Approved answers to one class of reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeObjection)]
pub struct Objection {
    pub class: ReplyClass,
    pub answers: Vec<Block>,
}

/// The approved blocks of first messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocks {
    pub greetings: Vec<Block>,
    pub introductions: Vec<Block>,
    pub bridges: Vec<Block>,
    pub offers: Vec<Block>,
    pub questions: Vec<Block>,
    pub closings: Vec<Block>,
    pub ai_disclosure: Vec<Block>,
    pub stop_sentence: Vec<Block>,
}

/// An approved text with its conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeBlock)]
pub struct Block {
    pub id: String,
    /// Greetings: the part of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<DayPart>,
    /// Bridges: what the words are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<BridgeBy>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default)]
    pub products: ProductScope,
    /// Attributes that the product must have.
    #[serde(default)]
    pub requires: Vec<String>,
    #[serde(default)]
    pub requires_name: bool,
    #[serde(default)]
    pub closes_dialog: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ru: Option<Forms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Forms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uz: Option<Forms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kk: Option<Forms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uk: Option<Forms>,
}

/// A text in both forms of address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KnowledgeForms)]
pub struct Forms {
    pub formal: String,
    pub informal: String,
}

/// The form of address: "вы" or "ты".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Formal,
    Informal,
}

/// The part of the recipient's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = KnowledgeDayPart)]
pub enum DayPart {
    Morning,
    Day,
    Evening,
    #[default]
    Neutral,
}

/// What a bridge leans on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = KnowledgeBridgeBy)]
pub enum BridgeBy {
    Profession,
    Interest,
    Any,
}

impl Block {
    /// The text in this language and form of address.
    pub fn text(&self, language: Language, form: Form) -> Option<&str> {
        let forms = match language {
            Language::Ru => self.ru.as_ref(),
            Language::En => self.en.as_ref(),
            Language::Uz => self.uz.as_ref(),
            Language::Kk => self.kk.as_ref(),
            Language::Uk => self.uk.as_ref(),
        }?;
        Some(match form {
            Form::Formal => &forms.formal,
            Form::Informal => &forms.informal,
        })
    }
}

impl Blocks {
    /// Every kind of block with its key in the file.
    pub fn kinds(&self) -> [(&'static str, &[Block]); 8] {
        [
            ("greetings", &self.greetings),
            ("introductions", &self.introductions),
            ("bridges", &self.bridges),
            ("offers", &self.offers),
            ("questions", &self.questions),
            ("closings", &self.closings),
            ("ai_disclosure", &self.ai_disclosure),
            ("stop_sentence", &self.stop_sentence),
        ]
    }

    /// The blocks of this kind.
    pub fn of(&self, kind: &str) -> Option<&[Block]> {
        self.kinds()
            .into_iter()
            .find(|(name, _)| *name == kind)
            .map(|(_, blocks)| blocks)
    }

    /// The blocks of this kind, to be changed.
    pub fn of_mut(&mut self, kind: &str) -> Option<&mut Vec<Block>> {
        Some(match kind {
            "greetings" => &mut self.greetings,
            "introductions" => &mut self.introductions,
            "bridges" => &mut self.bridges,
            "offers" => &mut self.offers,
            "questions" => &mut self.questions,
            "closings" => &mut self.closings,
            "ai_disclosure" => &mut self.ai_disclosure,
            "stop_sentence" => &mut self.stop_sentence,
            _ => return None,
        })
    }
}

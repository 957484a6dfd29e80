//! The knowledge base as it is answered: whole, in every language, with what holds today.

use super::time::Time;
use super::word::KnowledgeSource;
use crate::access::Caller;
use crate::app::{App, InForce};
use crate::knowledge::service::{Action, Order};
use crate::knowledge::{
    Audience, Benefit, Block, Bound, Difference, Fact, FactValue, KnowledgeBase, Level, Localized, Product,
    ProductKind, ReplyClass, Unit,
};
use crate::text::{Lang, text};
use alfa_store::knowledge::Version;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::knowledge_input::BlockKind;

/// An answer with the version of the base that it is of, for `If-Match`.
pub struct Tagged<T> {
    pub status: StatusCode,
    pub version_id: i64,
    pub body: T,
}

impl<T> Tagged<T> {
    /// A 200.
    pub fn ok(version_id: i64, body: T) -> Self {
        Self {
            status: StatusCode::OK,
            version_id,
            body,
        }
    }
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        (self.status, [etag(self.version_id)], axum::Json(self.body)).into_response()
    }
}

/// The `ETag` of a version.
pub fn etag(version_id: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version_id}\""))
}

/// An order of this caller.
pub fn order(caller: &Caller, if_match: Option<i64>, action: Action) -> Order {
    Order {
        author: caller.name(),
        action,
        if_match,
        dry_run: false,
    }
}

/// The programme with all its languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeProgramAnswer)]
pub struct ProgramView {
    pub name: Localized<String>,
    pub bank: Localized<String>,
    pub persona: Localized<String>,
    pub description: Localized<String>,
    pub levels: Vec<Level>,
    pub benefits: Vec<Benefit>,
    /// The facts are made up.
    pub sample: bool,
}

impl From<&KnowledgeBase> for ProgramView {
    fn from(base: &KnowledgeBase) -> Self {
        let program = base.program.clone();
        Self {
            name: program.name,
            bank: program.bank,
            persona: program.persona,
            description: program.description,
            levels: program.levels,
            benefits: program.benefits,
            sample: base.sample,
        }
    }
}

/// A product with all its languages and facts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeProductAnswer)]
pub struct ProductView {
    pub id: i64,
    pub name: Localized<String>,
    pub aliases: Localized<Vec<String>>,
    #[schema(minimum = 0)]
    pub points: u64,
    pub priority: i32,
    pub kind: ProductKind,
    pub description: Localized<String>,
    pub link: String,
    pub audience: Audience,
    pub facts: Vec<FactView>,
    /// The facts are made up.
    pub sample: bool,
}

impl ProductView {
    /// The product as it stands on this day.
    pub fn new(product: &Product, today: NaiveDate, sample: bool) -> Self {
        let own = product.clone();
        Self {
            id: own.id,
            name: own.name,
            aliases: own.aliases,
            points: own.points,
            priority: own.priority,
            kind: own.kind,
            description: own.description,
            link: own.link,
            audience: own.audience,
            facts: own
                .facts
                .into_iter()
                .map(|fact| FactView::new(fact, today))
                .collect(),
            sample,
        }
    }

    /// The product of this id in the base.
    pub fn of(app: &App, base: &KnowledgeBase, id: i64) -> Option<Self> {
        base.product(id)
            .map(|product| Self::new(product, app.today(), base.sample))
    }
}

/// A fact with all its languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeFactAnswer)]
pub struct FactView {
    pub attribute: String,
    pub label: Localized<String>,
    pub value: FactValue,
    pub bound: Bound,
    pub unit: Unit,
    pub lead: bool,
    pub display: Localized<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<NaiveDate>,
    /// The last day on which the fact holds.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<NaiveDate>,
    pub source: String,
    pub sentences: Localized<Vec<String>>,
    /// Holds today, in the business's time zone. A fact that does not is told to nobody.
    pub live: bool,
}

impl FactView {
    /// The fact as it stands on this day.
    pub fn new(fact: Fact, today: NaiveDate) -> Self {
        Self {
            live: fact.is_live(today),
            attribute: fact.attribute,
            label: fact.label,
            value: fact.value,
            bound: fact.bound,
            unit: fact.unit,
            lead: fact.lead,
            display: fact.display,
            valid_from: fact.valid_from,
            valid_to: fact.valid_to,
            source: fact.source,
            sentences: fact.sentences,
        }
    }
}

/// The approved answers to a class of reply.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeAnswers)]
pub struct AnswersView {
    pub class: ReplyClass,
    pub answers: Vec<Block>,
}

impl AnswersView {
    /// The answers to this class; `None` when the base has none.
    pub fn of(base: &KnowledgeBase, class: ReplyClass) -> Option<Self> {
        let answers = base.answers(class);
        (!answers.is_empty()).then(|| Self {
            class,
            answers: answers.to_vec(),
        })
    }
}

/// The blocks of one kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeBlocks)]
pub struct BlocksView {
    pub kind: BlockKind,
    pub blocks: Vec<Block>,
}

impl BlocksView {
    /// The blocks of this kind.
    pub fn of(base: &KnowledgeBase, kind: BlockKind) -> Self {
        Self {
            kind,
            blocks: base.blocks.of(kind.as_str()).unwrap_or_default().to_vec(),
        }
    }
}

/// A version of the knowledge base.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeVersion {
    pub id: i64,
    pub source: KnowledgeSource,
    /// What was done: `product_changed`, say; null for the first version.
    pub action: Option<String>,
    /// What it was done to: a product's id, a fact, a class.
    pub subject: Option<String>,
    /// The same in words.
    pub text: String,
    pub author: String,
    /// The version that was changed.
    pub parent_id: Option<i64>,
    /// It is in force now.
    pub in_force: bool,
    pub created_at: Time,
}

impl KnowledgeVersion {
    /// The version in this language.
    pub fn new(row: Version, in_force: &InForce, lang: Lang) -> Self {
        let subject = row.subject.clone().unwrap_or_default();
        let key = format!("knowledge.did_{}", row.action.as_deref().unwrap_or("begin"));
        Self {
            id: row.id,
            source: row.source.into(),
            action: row.action,
            subject: row.subject,
            text: text(lang, &key, &[("subject", &subject)]),
            author: row.author,
            parent_id: row.parent_id,
            in_force: row.id == in_force.version_id,
            created_at: row.created_at.into(),
        }
    }
}

/// One thing that a version changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeChange {
    /// Where: `products[id=3].facts[attribute=rate].value`.
    pub path: String,
    /// What was there; null when nothing was.
    #[schema(value_type = Value)]
    pub before: Option<Value>,
    /// What is there; null when nothing is.
    #[schema(value_type = Value)]
    pub after: Option<Value>,
}

/// What a version changed against the one before it.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeChanges {
    /// The first 500.
    pub changes: Vec<KnowledgeChange>,
    /// How many there are in all.
    #[schema(minimum = 0)]
    pub changes_total: usize,
}

impl From<Difference> for KnowledgeChanges {
    fn from(found: Difference) -> Self {
        let changes = found.changes.into_iter().map(|change| KnowledgeChange {
            path: change.path,
            before: change.before,
            after: change.after,
        });
        Self {
            changes: changes.collect(),
            changes_total: found.total,
        }
    }
}

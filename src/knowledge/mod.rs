//! The knowledge base: programme, products with their facts, approved answers and blocks of text.
//!
//! What a person is told comes from these facts only. All is pure but [`service`], which changes the base in force, and
//! [`sync`], which asks the partner's cabinet.

mod advice;
mod bounds;
mod class;
mod diff;
mod edit;
mod load;
mod lookup;
mod merge;
mod model;
pub mod service;
mod slots;
mod strategy;
pub mod sync;
mod validate;
mod yaml;

pub use advice::{Advice, Figures, ProductFigures};
pub use bounds::is_attribute;
pub use class::ReplyClass;
pub use diff::{Change, Difference, difference};
pub use edit::Touched;
pub use load::{KnowledgeError, Problem};
pub use lookup::{FactInfo, ProductInfo, ProgramInfo};
pub use model::{
    Ages, Audience, Benefit, Block, Blocks, Bound, BridgeBy, DayPart, Fact, FactValue, Form, Forms,
    KnowledgeBase, Language, Level, Localized, Objection, Product, ProductKind, ProductScope, Program, Unit,
    Words,
};
pub use slots::{Slot, fill, slots};
pub use strategy::{Plan, PlanItem, Strategy, StrategyError};

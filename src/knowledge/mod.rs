//! The knowledge base: programme, products with their facts, approved answers and blocks of text.
//!
//! Everything here is pure. What a person is told comes from these facts only.

mod class;
mod load;
mod lookup;
mod model;
mod slots;
mod strategy;
mod validate;

pub use class::ReplyClass;
pub use load::{KnowledgeError, Problem};
pub use lookup::{FactInfo, ProductInfo, ProgramInfo};
pub use model::{
    Ages, Audience, Benefit, Block, Blocks, Bound, BridgeBy, DayPart, Fact, FactValue, Form, Forms,
    KnowledgeBase, Language, Level, Localized, Objection, Product, ProductKind, ProductScope, Program, Unit,
    Words,
};
pub use slots::{Slot, fill, slots};
pub use strategy::{Advice, Plan, PlanItem, ProductFigures, Strategy, StrategyError};

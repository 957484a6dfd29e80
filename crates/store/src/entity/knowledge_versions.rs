//! A version of the knowledge base; the newest is in force.

use sea_orm::entity::prelude::*;

use crate::types::{KnowledgeSource, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "knowledge_versions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub body: String,
    pub source: KnowledgeSource,
    pub author: String,
    pub created_at: UnixMillis,
    /// The version that was changed.
    pub parent_id: Option<i64>,
    /// What was done: a word of the product.
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

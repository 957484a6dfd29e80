//! An attempt at an AI provider: what for, what came of it, what it cost. No prompt and no answer.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_attempts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub purpose: String,
    pub provider: String,
    pub model: String,
    pub outcome: String,
    pub http_status: Option<i32>,
    /// Milliseconds.
    pub first_token_ms: Option<i64>,
    /// Milliseconds.
    pub total_ms: i64,
    pub prompt_tokens: Option<i64>,
    pub completion_tokens: Option<i64>,
    /// Millionths of the price's currency.
    pub cost_micros: Option<i64>,
    pub detail: Option<String>,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

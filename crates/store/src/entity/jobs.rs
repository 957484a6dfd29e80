//! Background work that survives a restart.

use sea_orm::entity::prelude::*;

use crate::types::{JobState, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    pub unique_key: Option<String>,
    /// JSON.
    pub payload: String,
    pub state: JobState,
    pub run_at: UnixMillis,
    pub lease_owner: Option<String>,
    pub lease_until: Option<UnixMillis>,
    pub attempts: i32,
    pub progress: i64,
    pub progress_total: Option<i64>,
    /// Where to go on after a restart.
    pub cursor: Option<String>,
    pub result: Option<String>,
    pub error: Option<String>,
    pub created_at: UnixMillis,
    pub finished_at: Option<UnixMillis>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

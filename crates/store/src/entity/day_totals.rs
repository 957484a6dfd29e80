//! Totals of a business day, moved in the transaction of the change that moves them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{Day, Measure, TotalBy};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "day_totals")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub measure: Measure,
    pub total_by: TotalBy,
    /// Id or word of what it is split by; empty for all, `0` for none.
    pub key: String,
    /// 0 for `clients`: at present.
    pub day: Day,
    pub counted: i64,
    pub amount_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The answer given to a request that carried an `Idempotency-Key`.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub route: String,
    pub request_hash: String,
    /// HTTP status of the answer; absent while the request runs.
    pub status: Option<i32>,
    pub body: Option<String>,
    /// JSON of what the request made, noted in the transaction that made it.
    pub made: Option<String>,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A person whom we wrote to and whose data was erased, kept as a hash so that an answer is known for one.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "written_to")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// As the key of a suppression.
    pub key: String,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What an upload changed, for its undoing.

use sea_orm::entity::prelude::*;

use crate::types::ChangeAction;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_changes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub import_id: i64,
    pub contact_id: i64,
    pub action: ChangeAction,
    /// JSON of the contact as it was before.
    pub before: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

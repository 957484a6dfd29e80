//! An entry of the consent ledger; entries are only ever added.

use sea_orm::entity::prelude::*;

use crate::types::{ConsentAction, ConsentBasis, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact_id: i64,
    pub action: ConsentAction,
    pub basis: ConsentBasis,
    pub evidence: Option<String>,
    pub recorded_by: String,
    pub wording: Option<String>,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

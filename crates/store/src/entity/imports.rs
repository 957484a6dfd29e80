//! An upload of a file of contacts.

use sea_orm::entity::prelude::*;

use crate::types::{ConsentBasis, ImportState, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub file_name: String,
    pub format: String,
    pub state: ImportState,
    pub dry_run: bool,
    /// Basis recorded for the contacts of this upload.
    pub consent: ConsentBasis,
    /// ISO 3166 code for phones without a country.
    pub country: String,
    pub total: i64,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub errors: i64,
    pub error: Option<String>,
    pub created_at: UnixMillis,
    pub finished_at: Option<UnixMillis>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

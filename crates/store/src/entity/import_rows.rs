//! A row of an upload that could not be taken as it was.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_rows")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub import_id: i64,
    /// Number of the record as a person counts (the header is row 1).
    pub row: i64,
    pub field: Option<String>,
    pub value: Option<String>,
    pub message: String,
    /// JSON of the row's cells.
    pub raw: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

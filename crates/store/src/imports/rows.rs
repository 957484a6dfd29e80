//! Rows of a file that could not be taken as they were: kept for the report and the download.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::Result;
use crate::entity::import_rows::{ActiveModel, Column, Entity, Model};
use crate::paging::{Page, PageOf, Position};

/// Rows written by one statement.
const ROWS_IN_STATEMENT: usize = 1_000;
/// Most rows given by one [`rows_after`].
pub const MAX_READ_ROWS: u64 = 1_000;
const LIST: &str = "import_rows";

/// A row that could not be taken as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// Number of the record as a person counts (the header is row 1).
    pub row: i64,
    /// The field, when it is one field.
    pub field: Option<String>,
    /// The value as it stands in the file, shortened.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// JSON of the row's cells.
    pub raw: String,
}

/// Adds problem rows.
///
/// # Errors
/// Of the database.
pub async fn add_rows(db: &impl ConnectionTrait, import_id: i64, rows: &[ProblemRow]) -> Result<()> {
    for chunk in rows.chunks(ROWS_IN_STATEMENT) {
        let rows = chunk.iter().map(|problem| ActiveModel {
            import_id: Set(import_id),
            row: Set(problem.row),
            field: Set(problem.field.clone()),
            value: Set(problem.value.clone()),
            message: Set(problem.message.clone()),
            raw: Set(problem.raw.clone()),
            ..Default::default()
        });
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A page of an upload's problem rows, in the order of the file.
///
/// # Errors
/// [`crate::StoreError::BadCursor`].
pub async fn rows(db: &impl ConnectionTrait, import_id: i64, page: &Page) -> Result<PageOf<Model>> {
    let after = page.position(LIST)?.map_or(0, |position| position.id);
    let rows = read(db, import_id, after, page.fetch()).await?;
    Ok(PageOf::cut(rows, page, LIST, |row| Position::id(row.id)))
}

/// Problem rows whose id is above `after_id`, at most 1,000: for a download that streams.
///
/// # Errors
/// Of the database.
pub async fn rows_after(db: &impl ConnectionTrait, import_id: i64, after_id: i64) -> Result<Vec<Model>> {
    read(db, import_id, after_id, MAX_READ_ROWS).await
}

/// Problem rows of all uploads whose id is above `after_id` and whose cells hold one of these words (ASCII, in any case),
/// at most 1,000. More may come than is meant: look at them.
///
/// # Errors
/// Of the database.
pub async fn rows_with(db: &impl ConnectionTrait, words: &[String], after_id: i64) -> Result<Vec<Model>> {
    let any = words.iter().fold(Condition::any(), |any, word| {
        let pattern = format!("%{}%", word.to_lowercase());
        let within = |column: Column| Expr::expr(Func::lower(Expr::col(column))).like(pattern.as_str());
        any.add(within(Column::Raw)).add(within(Column::Value))
    });
    let query = Entity::find().filter(any).filter(Column::Id.gt(after_id));
    Ok(query
        .order_by_asc(Column::Id)
        .limit(MAX_READ_ROWS)
        .all(db)
        .await?)
}

/// Takes what a problem row says of a person out of it.
///
/// # Errors
/// Of the database.
pub async fn blank_row(db: &impl ConnectionTrait, id: i64, raw: &str, message: &str) -> Result<()> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Raw, Expr::value(raw))
        .col_expr(Column::Value, Expr::value(None::<String>))
        .col_expr(Column::Message, Expr::value(message))
        .exec(db)
        .await?;
    Ok(())
}

/// Number of an upload's problem rows.
///
/// # Errors
/// Of the database.
pub async fn row_total(db: &impl ConnectionTrait, import_id: i64) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::ImportId.eq(import_id))
        .count(db)
        .await?)
}

/// Rows are added in the order of the file, so the id is the order.
async fn read(db: &impl ConnectionTrait, import_id: i64, after_id: i64, limit: u64) -> Result<Vec<Model>> {
    let query = Entity::find()
        .filter(Column::ImportId.eq(import_id))
        .filter(Column::Id.gt(after_id));
    Ok(query.order_by_asc(Column::Id).limit(limit).all(db).await?)
}

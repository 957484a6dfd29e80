//! Uploads of contacts: the upload itself, its problem rows, its chunks of people, and its undoing.

mod apply;
mod arrivals;
mod chunk;
mod restore;
mod rows;
mod undo;
mod write;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entity::imports::{ActiveModel, Column, Entity, Model};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{ConsentBasis, ImportState, UnixMillis};
use crate::{Result, StoreError};

pub use arrivals::Arrivals;
pub use chunk::{ImportOutcome, ImportRow, Origin, import_chunk, import_part};
pub use rows::{MAX_READ_ROWS, ProblemRow, add_rows, blank_row, row_total, rows, rows_after, rows_with};
pub use undo::{UndoPosition, UndoStep, undo_step};

const LIST: &str = "imports";
/// What [`list`] can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "file_name", "total", "created_at"];

/// An upload that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// The file's name as it was given.
    pub file_name: String,
    /// `csv`, `xlsx`, `txt`, `vcard`.
    pub format: String,
    /// Only a report is wanted.
    pub dry_run: bool,
    /// Basis recorded for the contacts.
    pub consent: ConsentBasis,
    /// ISO 3166 code for phones without a country.
    pub country: String,
}

/// What an upload did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub total: i64,
    /// Contacts made.
    pub created: i64,
    /// Contacts changed.
    pub updated: i64,
    /// Contacts that were so already.
    pub unchanged: i64,
    /// Rows left out without being wrong (repetitions).
    pub skipped: i64,
    /// Rows that are wrong.
    pub errors: i64,
}

/// Begins an upload and gives its id.
///
/// # Errors
/// Of the database.
pub async fn create(db: &impl ConnectionTrait, import: &NewImport, now: UnixMillis) -> Result<i64> {
    let row = ActiveModel {
        file_name: Set(import.file_name.clone()),
        format: Set(import.format.clone()),
        state: Set(ImportState::Running),
        dry_run: Set(import.dry_run),
        consent: Set(import.consent),
        country: Set(import.country.clone()),
        total: Set(0),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        skipped: Set(0),
        errors: Set(0),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The upload `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("import"))
}

/// Uploads in an order of [`SORT_KEYS`]; of one state when `state` is given.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    state: Option<ImportState>,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let key = match order.key() {
        "file_name" => (Column::FileName, By::Text(|row: &Model| row.file_name.clone())),
        "total" => (Column::Total, By::Number(|row: &Model| row.total)),
        "created_at" => (Column::CreatedAt, By::Number(|row: &Model| row.created_at.0)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, of_state(state), order, sorted, page, LIST).await
}

fn of_state(state: Option<ImportState>) -> Select<Entity> {
    let query = Entity::find();
    match state {
        Some(state) => query.filter(Column::State.eq(state)),
        None => query,
    }
}

/// Ids of the uploads in this state, oldest first.
///
/// # Errors
/// Of the database.
pub async fn in_state(db: &impl ConnectionTrait, state: ImportState) -> Result<Vec<i64>> {
    let query = Entity::find().select_only().column(Column::Id);
    Ok(query
        .filter(Column::State.eq(state))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// Number of uploads; of one state when `state` is given.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, state: Option<ImportState>) -> Result<u64> {
    Ok(of_state(state).count(db).await?)
}

/// Records what the upload did so far, in the transaction of the chunk.
///
/// # Errors
/// Of the database.
pub async fn set_counts(db: &impl ConnectionTrait, id: i64, counts: Counts) -> Result<()> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Total, Expr::value(counts.total))
        .col_expr(Column::Created, Expr::value(counts.created))
        .col_expr(Column::Updated, Expr::value(counts.updated))
        .col_expr(Column::Unchanged, Expr::value(counts.unchanged))
        .col_expr(Column::Skipped, Expr::value(counts.skipped))
        .col_expr(Column::Errors, Expr::value(counts.errors))
        .exec(db)
        .await?;
    Ok(())
}

/// Moves an upload from one state to another. False: it was not in `from`.
///
/// # Errors
/// Of the database.
pub async fn move_state(
    db: &impl ConnectionTrait,
    id: i64,
    from: ImportState,
    to: ImportState,
    error: Option<&str>,
    now: UnixMillis,
) -> Result<bool> {
    let done = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(from))
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::Error, Expr::value(error.map(str::to_owned)))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

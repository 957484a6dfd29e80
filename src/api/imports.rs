//! Uploads that were made: their figures, their problem rows, and the way back.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, NoInput, Query};
use super::language::of;
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::time::Time;
use super::word::{ConsentBasis, ImportState};
use crate::contacts::export::CsvWriter;
use crate::contacts::export::problems::{self, ProblemRow};
use crate::contacts::{report, upload_undo as upload};
use crate::error::{AppError, AppResult};
use crate::text::Lang;
use alfa_store::Order;
use alfa_store::entity::{import_rows, imports};
use alfa_store::imports as rows;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What an upload did. Every row is counted once: `total = created + updated + unchanged + skipped`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    pub total: i64,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    /// Bad rows, and people of an earlier row.
    pub skipped: i64,
    /// The first thousand problems; all of them are at `/api/imports/{id}/problems.csv`.
    pub errors: Vec<RowProblem>,
    pub errors_total: i64,
    pub import_id: i64,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowProblem {
    /// As a person counts: the header is row 1.
    pub row: u32,
    pub field: Option<String>,
    pub value: Option<String>,
    pub message: String,
}

impl From<report::ImportReport> for ImportReport {
    fn from(report: report::ImportReport) -> Self {
        let errors = report.errors.into_iter();
        Self {
            total: report.total,
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            skipped: report.skipped,
            errors: errors
                .map(|error| RowProblem {
                    row: error.row,
                    field: error.field,
                    value: error.value,
                    message: error.message,
                })
                .collect(),
            errors_total: report.errors_total,
            import_id: report.import_id,
        }
    }
}

/// An upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    pub id: i64,
    pub file_name: String,
    pub format: String,
    pub state: ImportState,
    pub dry_run: bool,
    pub consent: ConsentBasis,
    pub country: String,
    pub total: i64,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub errors: i64,
    /// Why it failed.
    pub error: Option<String>,
    pub created_at: Time,
    pub finished_at: Option<Time>,
}

impl From<imports::Model> for Import {
    fn from(row: imports::Model) -> Self {
        Self {
            id: row.id,
            file_name: row.file_name,
            format: row.format,
            state: row.state.into(),
            dry_run: row.dry_run,
            consent: row.consent.into(),
            country: row.country,
            total: row.total,
            created: row.created,
            updated: row.updated,
            unchanged: row.unchanged,
            skipped: row.skipped,
            errors: row.errors,
            error: row.error,
            created_at: row.created_at.into(),
            finished_at: row.finished_at.map(Time),
        }
    }
}

/// What an undoing did.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoReport {
    /// Contacts that the upload had made and that are gone.
    pub deleted: u64,
    /// Contacts that are as they were before.
    pub restored: u64,
    /// Contacts that stay, because they were written to since.
    pub kept: Vec<i64>,
}

/// Which uploads.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    state: Option<ImportState>,
    /// `id`, `file_name`, `total` or `created_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|file_name|total|created_at)$")]
    sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for ImportQuery {
    fn check(&self, checks: &mut Checks) {
        check_sort(checks, self.sort.as_deref(), rows::SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// The uploads, newest first unless `sort` says otherwise.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/imports", tag = "imports", params(ImportQuery), responses((status = 200, body = Page<Import>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<ImportQuery>,
) -> AppResult<axum::Json<Page<Import>>> {
    let db = state.store().reader();
    let wanted_state = query.state.map(|state| state.0);
    let order = order(query.sort.as_deref(), rows::SORT_KEYS, Order::NEWEST);
    let bound = ("imports", wanted_state, format!("{order:?}"));
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let found = rows::list(db, wanted_state, order, &wanted).await?;
    let total = rows::total(db, wanted_state).await?;
    Ok(axum::Json(page_of(&bound, found, total)?.map(Import::from)))
}

/// An upload.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/imports/{id}", tag = "imports", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Import)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Import>> {
    Ok(axum::Json(rows::get(state.store().reader(), id).await?.into()))
}

/// Undoes an upload. Contacts that were written to since stay and are named; what was edited since stays too. It takes as
/// long as it takes, and goes on when nobody waits any more.
///
/// # Errors
/// `NotFound`; `Conflict` when it is not finished, was a dry run, or is undone already.
#[utoipa::path(post, path = "/api/imports/{id}/undo", tag = "imports", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = UndoReport)))]
pub async fn undo(
    State(state): State<ApiState>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<UndoReport>> {
    let app = state.app().clone();
    let undone = async move {
        let now = || app.clock.now();
        let report = upload::undo(&app.store, id, &now).await;
        // It ends the campaigns that waited for nobody else.
        app.wakes.planner.signal();
        report
    };
    let workers = &state.app().workers;
    let report = workers
        .carry("undo", Box::pin(undone))
        .await
        .map_err(AppError::internal)??;
    Ok(axum::Json(UndoReport {
        deleted: report.deleted,
        restored: report.restored,
        kept: report.kept,
    }))
}

/// The problem rows of an upload with their reasons, as CSV.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/imports/{id}/problems.csv", tag = "imports", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn problem_rows(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Response> {
    rows::get(state.store().reader(), id).await?;
    let first = whole_rows(rows::rows_after(state.store().reader(), id, 0).await?);
    let head = table(of(&headers), &first, true)?;
    let after = first.last().map(|row| row.id);
    // Page by page: the answer never holds more than one.
    let rest = stream::try_unfold((state, after), move |(state, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let page = rows::rows_after(state.store().reader(), id, after)
            .await
            .map_err(std::io::Error::other)?;
        let page = whole_rows(page);
        let text = table(Lang::En, &page, false).map_err(std::io::Error::other)?;
        let next = page.last().map(|row| row.id);
        Ok::<_, std::io::Error>(next.map(|next| (text, (state, Some(next)))))
    });
    let body = Body::from_stream(futures::StreamExt::chain(stream::iter([Ok(head)]), rest));
    let name = format!("attachment; filename=\"import-{id}-problems.csv\"");
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        body,
    )
        .into_response())
}

/// A full page may end in the middle of a row's problems: that row is left to the next page.
fn whole_rows(mut page: Vec<import_rows::Model>) -> Vec<import_rows::Model> {
    let last = page.last().map(|problem| problem.row);
    let whole = page
        .iter()
        .take_while(|problem| Some(problem.row) != last)
        .count();
    if page.len() as u64 == rows::MAX_READ_ROWS && whole > 0 {
        page.truncate(whole);
    }
    page
}

fn table(lang: Lang, rows: &[import_rows::Model], first: bool) -> AppResult<Bytes> {
    let listed: Vec<ProblemRow<'_>> = rows
        .iter()
        .map(|problem| ProblemRow {
            row: problem.row,
            field: problem.field.as_deref(),
            message: &problem.message,
            raw: &problem.raw,
        })
        .collect();
    let mut out = if first {
        let mut out = CsvWriter::new(Vec::new()).map_err(AppError::internal)?;
        problems::header(&mut out, lang, listed.first()).map_err(AppError::internal)?;
        out
    } else {
        CsvWriter::without_mark(Vec::new())
    };
    listed
        .chunk_by(|left, right| left.row == right.row)
        .try_for_each(|same| problems::row(&mut out, same))
        .map_err(AppError::internal)?;
    out.finish().map(Bytes::from).map_err(AppError::internal)
}

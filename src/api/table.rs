//! Lists as files for spreadsheets: CSV page by page as it is read, XLSX made whole (its format needs that).

use super::ApiState;
use super::check::{Checks, Input};
use crate::contacts::export::CsvWriter;
use crate::error::{AppError, AppResult, Message};
use alfa_store::{Page, PageOf};
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use rust_xlsxwriter::{Format, Workbook};
use serde::Deserialize;
use utoipa::ToSchema;

/// Rows read at a time.
const READ_ROWS: u32 = 500;
/// Most rows of a workbook: its format has 1,048,576, the header among them.
const MOST_XLSX_ROWS: u32 = 1_000_000;

/// The file that is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    #[default]
    Csv,
    Xlsx,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Empty => String::new(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::from(if yes { "true" } else { "false" })
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A cell of anything that is spelt (a word, a time, a date).
pub fn spelt(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

/// Whole units of money with a point, as spreadsheets take it.
#[must_use]
pub fn amount(minor: i64, currency: &str) -> Cell {
    Cell::Number(minor as f64 / super::money::minor_units(currency) as f64)
}

/// Reads a page of rows as cells.
pub trait Rows: Send + Sync + 'static {
    /// The name of the file, without its ending.
    const NAME: &'static str;
    /// The header.
    const COLUMNS: &'static [&'static str];

    /// The next page.
    fn page(&self, state: &ApiState, page: Page)
    -> impl Future<Output = AppResult<PageOf<Vec<Cell>>>> + Send;
}

/// The parameter that the exports add to their lists' own.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Kind {
    /// `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for Kind {
    fn check(&self, _checks: &mut Checks) {}
}

/// The whole list as a file.
///
/// # Errors
/// `Invalid` when a workbook would be too long; of the database.
pub async fn export<R: Rows>(state: ApiState, rows: R, kind: FileKind) -> AppResult<Response> {
    match kind {
        FileKind::Csv => csv(state, rows).await,
        FileKind::Xlsx => xlsx(state, rows).await,
    }
}

async fn csv<R: Rows>(state: ApiState, rows: R) -> AppResult<Response> {
    let (head, next) = csv_page(&state, &rows, None).await?;
    let rest = stream::try_unfold((state, rows, next), |(state, rows, next)| async move {
        let Some(cursor) = next else { return Ok(None) };
        let read = csv_page(&state, &rows, Some(cursor)).await;
        let (text, next) = read.map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(Some((text, (state, rows, next))))
    });
    let body = Body::from_stream(futures::StreamExt::chain(stream::iter([Ok(head)]), rest));
    Ok(file(body, "text/csv; charset=utf-8", &format!("{}.csv", R::NAME)))
}

async fn csv_page<R: Rows>(
    state: &ApiState,
    rows: &R,
    cursor: Option<String>,
) -> AppResult<(Bytes, Option<String>)> {
    let first = cursor.is_none();
    let found = rows
        .page(
            state,
            Page {
                limit: READ_ROWS,
                cursor,
            },
        )
        .await?;
    let mut out = if first {
        let mut out = CsvWriter::new(Vec::new()).map_err(AppError::internal)?;
        out.row(R::COLUMNS.iter().copied()).map_err(AppError::internal)?;
        out
    } else {
        CsvWriter::without_mark(Vec::new())
    };
    for row in found.items {
        let texts: Vec<String> = row.iter().map(Cell::text).collect();
        out.row(texts.iter().map(String::as_str))
            .map_err(AppError::internal)?;
    }
    let bytes = out.finish().map(Bytes::from).map_err(AppError::internal)?;
    Ok((bytes, found.next_cursor))
}

async fn xlsx<R: Rows>(state: ApiState, rows: R) -> AppResult<Response> {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet_with_low_memory()
        .map_err(AppError::internal)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(R::COLUMNS) {
        sheet
            .write_with_format(0, column, *name, &bold)
            .map_err(AppError::internal)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(AppError::internal)?;
    let (mut line, mut page) = (1_u32, Page::first(READ_ROWS));
    loop {
        let found = rows.page(&state, page).await?;
        for row in found.items {
            for (column, cell) in (0_u16..).zip(row) {
                // Text is typed as text and never computed.
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, fitting(text)),
                    Cell::Number(number) => sheet.write_number(line, column, number),
                    Cell::Empty => continue,
                }
                .map_err(AppError::internal)?;
            }
            line += 1;
        }
        match found.next_cursor {
            None => break,
            Some(_) if line > MOST_XLSX_ROWS => {
                let message = Message::new("crm.too_many_rows").with("most", MOST_XLSX_ROWS);
                return Err(AppError::invalid("format", message));
            }
            cursor => {
                page = Page {
                    limit: READ_ROWS,
                    cursor,
                }
            }
        }
    }
    let bytes = workbook.save_to_buffer().map_err(AppError::internal)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(Body::from(bytes), kind, &format!("{}.xlsx", R::NAME)))
}

/// As much of a text as a cell of the format holds.
fn fitting(text: String) -> String {
    const MOST_CHARS: usize = 32_767;
    if text.len() <= MOST_CHARS {
        return text;
    }
    text.chars().take(MOST_CHARS).collect()
}

fn file(body: Body, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}

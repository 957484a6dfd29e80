//! Files of the CRM's nouns: each row becomes the very input that a POST takes, so every rule holds in one place.
//!
//! Rows go one by one, each in its own transaction: the good ones are kept, the bad ones are named with their row and
//! field. What is there already (a client's phone, a service's name) is left as it is, so a file can be sent again.

use super::ApiState;
use super::extract::decode_object;
use super::idempotency::{self, Begin};
use super::language::of;
use super::problem::say;
use super::upload;
use crate::access::Caller;
use crate::contacts::format::{self, Record, Stop};
use crate::contacts::spool::Spool;
use crate::error::{AppError, AppResult, Message};
use crate::text::Lang;
use alfa_store::contacts::fold_name;
use axum::Extension;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use utoipa::ToSchema;

use super::check::Input;
use super::crm_cells::{Kind, value_of};

/// Most rows of one file, the header not counted.
const MOST_ROWS: usize = 5_000;
/// Most problems that are told.
const MOST_PROBLEMS: usize = 500;

/// A column that a noun knows.
pub struct Column {
    /// The field of the input; `contact.name` is inside.
    pub field: &'static str,
    /// Other names of the header, folded.
    pub names: &'static [&'static str],
    pub kind: Kind,
}

/// What became of a row.
pub enum Added {
    Created,
    /// It is there already.
    Known,
}

/// What a file can bring.
pub trait Importable: Input + Send {
    const COLUMNS: &'static [Column];

    /// Adds one, as a POST does.
    fn add(self, state: &ApiState, actor: &str) -> impl Future<Output = AppResult<Added>> + Send;
}

/// The form of an import.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only described in the document; the form is read field by field"
)]
pub struct ImportForm {
    /// CSV or XLSX with a header.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Look at every row without writing.
    dry_run: Option<bool>,
    /// Sheet of a workbook, by name or number from 1.
    #[schema(max_length = 200)]
    sheet: Option<String>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowProblem {
    /// As a person counts: the header is row 1.
    pub row: u32,
    /// The column, or the field when it is not in the file.
    pub field: String,
    pub value: String,
    pub message: String,
}

/// What an import did.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct TableReport {
    pub total: usize,
    pub created: usize,
    /// Was there already.
    pub unchanged: usize,
    pub skipped: usize,
    /// The first 500.
    pub errors: Vec<RowProblem>,
    /// Columns of the file that mean nothing here.
    pub ignored_columns: Vec<String>,
    pub dry_run: bool,
}

/// Imports a file.
///
/// # Errors
/// `Invalid` naming `file`.
pub async fn import<T: Importable>(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Response> {
    let lang = of(request.headers());
    let key = idempotency::key_of(request.headers()).map_err(IntoResponse::into_response)?;
    let place = format!("{} {}", caller.name(), request.uri().path());
    let form = upload::table_form(&state, request, &["sheet", "dry_run"]).await?;
    // The file is here whole: what is begun with it is ended, whether or not the client still waits.
    let workers = state.app().workers.clone();
    let work = async move {
        let ticket = match key {
            None => None,
            Some(key) => match idempotency::begin(&state, &key, &place, &form.identity).await? {
                Begin::Answered(response) => return Ok(response),
                Begin::Go(ticket) => Some(ticket),
            },
        };
        // Not in the key's scope: what one row makes is not what the request makes.
        let report = taken::<T>(&state, &caller, lang, form).await;
        let response = report.map_or_else(IntoResponse::into_response, |report| {
            axum::Json(report).into_response()
        });
        match ticket {
            Some(ticket) => idempotency::finish(&state, ticket, response).await,
            None => Ok(response),
        }
    };
    workers
        .carry("import", Box::pin(work))
        .await
        .map_err(|cause| AppError::internal(cause).into_response())?
        .map_err(IntoResponse::into_response)
}

async fn taken<T: Importable>(
    state: &ApiState,
    caller: &Caller,
    lang: Lang,
    form: upload::TableForm,
) -> AppResult<TableReport> {
    let (spool, name, sheet) = (form.spool.clone(), form.file_name.clone(), form.sheet.clone());
    let read = state
        .app()
        .workers
        .blocking(move || rows(&spool, &name, sheet.as_deref()))
        .await;
    let mut rows = read.map_err(AppError::internal)??.into_iter();
    let Some((_, header)) = rows.next() else {
        return Err(AppError::invalid("file", Message::new("import.file_empty")));
    };
    let columns = columns::<T>(&header)?;
    let known = |at: &usize| columns.get(*at).is_some_and(Option::is_some);
    let ignored = (0..header.len())
        .filter(|at| !known(at))
        .map(|at| header[at].clone());
    let mut report = TableReport {
        ignored_columns: ignored.filter(|name| !name.trim().is_empty()).collect(),
        dry_run: form.dry_run,
        ..TableReport::default()
    };
    for (number, cells) in rows {
        report.total += 1;
        match row::<T>(state, caller, &columns, &cells, form.dry_run).await {
            Ok(Added::Created) => report.created += 1,
            Ok(Added::Known) => report.unchanged += 1,
            Err(error @ (AppError::Internal(_) | AppError::Unavailable { .. })) => return Err(error),
            Err(error) => {
                report.skipped += 1;
                tell(&mut report, lang, number, &error, |field| {
                    cell(&columns, &cells, field)
                });
            }
        }
    }
    Ok(report)
}

/// Every row of the file, the header first; damaged and blank ones are left out by the reader's own rules.
fn rows(spool: &Spool, name: &str, sheet: Option<&str>) -> AppResult<Vec<(u32, Vec<String>)>> {
    let refused = |stop: Stop| match stop {
        Stop::Refused(message) => AppError::invalid("file", message),
        Stop::Enough => AppError::invalid("file", Message::new("crm.too_many_rows").with("most", MOST_ROWS)),
        Stop::Io(cause) => AppError::internal(cause),
    };
    let mut file = spool.open().map_err(AppError::internal)?;
    let found = format::inspect(&mut file, name).map_err(refused)?;
    if !matches!(found.kind, format::Kind::Delimited { .. } | format::Kind::Xlsx) {
        return Err(AppError::invalid("file", Message::new("crm.table_needed")));
    }
    let mut all = Vec::new();
    let mut take = |record: &mut Record| {
        if record.is_blank() {
            return Ok(());
        }
        if all.len() > MOST_ROWS {
            return Err(Stop::Enough);
        }
        all.push((
            record.row,
            record.cells().map(|cell| cell.trim().to_owned()).collect(),
        ));
        Ok(())
    };
    let file = spool.open().map_err(AppError::internal)?;
    format::read(file, &found, sheet, Arc::new(AtomicU64::new(0)), &mut take).map_err(refused)?;
    Ok(all)
}

type Columns = Vec<Option<&'static Column>>;

/// Which column of the file is which field.
fn columns<T: Importable>(header: &[String]) -> AppResult<Columns> {
    let mut found: Columns = Vec::new();
    for name in header {
        let folded = fold_name(&name.replace('_', " "));
        let fits = |column: &&Column| {
            let own = column.field.rsplit('.').next().unwrap_or_default();
            own.replace('_', " ") == folded || column.names.contains(&folded.as_str())
        };
        let column = T::COLUMNS.iter().find(fits);
        let twice =
            column.is_some_and(|column| found.iter().flatten().any(|other| other.field == column.field));
        if twice {
            let message = Message::new("crm.column_twice").with("column", name);
            return Err(AppError::invalid("file", message));
        }
        found.push(column);
    }
    if found.iter().all(Option::is_none) {
        let names: Vec<&str> = T::COLUMNS.iter().map(|column| column.field).collect();
        let message = Message::new("crm.no_columns").with("columns", names.join(", "));
        return Err(AppError::invalid("file", message));
    }
    Ok(found)
}

async fn row<T: Importable>(
    state: &ApiState,
    caller: &Caller,
    columns: &Columns,
    cells: &[String],
    dry_run: bool,
) -> AppResult<Added> {
    let mut object = Map::new();
    for (column, cell) in columns.iter().zip(cells) {
        if let (Some(column), false) = (column, cell.is_empty()) {
            let value = value_of(state, column.field, column.kind, cell).await?;
            put(&mut object, column.field, value);
        }
    }
    let input: T = decode_object(Value::Object(object))?;
    if dry_run {
        return Ok(Added::Created);
    }
    input.add(state, &caller.name()).await
}

fn put(object: &mut Map<String, Value>, field: &str, value: Value) {
    match field.split_once('.') {
        Some((outer, inner)) => {
            let part = object.entry(outer.to_owned()).or_insert_with(|| json!({}));
            if let Value::Object(part) = part {
                part.insert(inner.to_owned(), value);
            }
        }
        None => {
            object.insert(field.to_owned(), value);
        }
    }
}

/// The cell of a field, as it stands in the file.
fn cell(columns: &Columns, cells: &[String], field: &str) -> String {
    let at = columns
        .iter()
        .position(|column| column.is_some_and(|column| column.field == field));
    at.and_then(|at| cells.get(at)).cloned().unwrap_or_default()
}

fn tell(report: &mut TableReport, lang: Lang, row: u32, error: &AppError, cell: impl Fn(&str) -> String) {
    let mut add = |field: &str, message: String| {
        if report.errors.len() < MOST_PROBLEMS {
            report.errors.push(RowProblem {
                row,
                field: field.to_owned(),
                value: cell(field),
                message,
            });
        }
    };
    match error {
        AppError::Invalid { fields } => {
            for field in fields {
                add(&field.field, say(lang, &field.message));
            }
        }
        other => add("", super::problem::problem(lang, other).detail),
    }
}

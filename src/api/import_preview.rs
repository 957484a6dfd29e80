//! `POST /api/imports/preview`: what a file is and which column is which, before it is imported.

use super::ApiState;
use super::language::of;
use super::upload::table_form;
use crate::contacts::fields::{FIELDS, Field};
use crate::contacts::preview;
use crate::contacts::reader::ReadOptions;
use crate::contacts::upload::parse_country;
use crate::text::{Lang, text};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// The form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only described in the document; the form is read field by field"
)]
pub struct PreviewForm {
    /// CSV, XLSX, TXT or vCard.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Sheet of a workbook, by name or number from 1.
    #[schema(max_length = 200)]
    sheet: Option<String>,
    /// ISO 3166 code of the country of phones without a code.
    #[schema(max_length = 2)]
    country: Option<String>,
}

/// What a file of contacts is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    pub file_name: String,
    /// `csv`, `xlsx`, `txt` or `vcard`.
    pub format: &'static str,
    /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1251`; a workbook has none.
    pub encoding: Option<&'static str>,
    /// What stands between the cells of a CSV: `,` `;` or a tab.
    pub delimiter: Option<String>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was looked at.
    pub sheet: Option<String>,
    /// Whether the first row names the columns.
    pub has_header: bool,
    pub columns: Vec<ImportColumn>,
    /// Every field that a column may be.
    pub fields: Vec<ImportField>,
    /// Rows that were looked at, without the header: at most a hundred.
    pub rows_looked_at: usize,
}

/// A column of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportColumn {
    /// Its number from 0, for `columns` of an upload.
    pub index: usize,
    /// Its name in the file; empty when the file has no header.
    pub header: String,
    /// The field that Alfa takes it for; none: it is kept under its header, or left out.
    pub field: Option<&'static str>,
    /// It is one of our own, of a corrected file of problem rows: nothing is kept of it.
    pub left_out: bool,
    /// Its first values that differ, shortened.
    #[schema(max_items = 5)]
    pub samples: Vec<String>,
}

/// A field of a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportField {
    pub name: &'static str,
    /// In the caller's language.
    pub title: String,
}

/// Looks at a file of contacts without importing it: which columns it has and which field each is taken for.
///
/// # Errors
/// `Invalid` naming `file`, `sheet` or `country`.
#[utoipa::path(post, operation_id = "preview", path = "/api/imports/preview", tag = "imports",
    request_body(content = PreviewForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportPreview)))]
pub async fn look(
    State(state): State<ApiState>,
    request: Request,
) -> Result<axum::Json<ImportPreview>, Response> {
    let lang = of(request.headers());
    let form = table_form(&state, request, &["sheet", "country"]).await?;
    let country = parse_country(&form.country).map_err(IntoResponse::into_response)?;
    let options = ReadOptions {
        country,
        sheet: form.sheet.clone(),
        ..ReadOptions::default()
    };
    let seen = preview::look(&form.spool, form.file_name.clone(), options)
        .await
        .map_err(IntoResponse::into_response)?;
    Ok(axum::Json(ImportPreview {
        file_name: form.file_name.clone(),
        format: seen.found.format_name(),
        encoding: seen.encoding(),
        delimiter: seen.delimiter().map(String::from),
        has_header: seen.has_header,
        rows_looked_at: seen.rows_looked_at,
        columns: seen.columns.into_iter().enumerate().map(column).collect(),
        fields: FIELDS.iter().map(|(_, name)| field_of(name, lang)).collect(),
        sheets: seen.sheets,
        sheet: seen.sheet,
    }))
}

fn column((index, column): (usize, preview::PreviewColumn)) -> ImportColumn {
    ImportColumn {
        index,
        header: column.header,
        field: column.field.map(Field::name),
        left_out: column.left_out,
        samples: column.samples,
    }
}

fn field_of(name: &'static str, lang: Lang) -> ImportField {
    ImportField {
        name,
        title: text(lang, &format!("import.field_{name}"), &[]),
    }
}

//! `POST /api/contacts/upload`: a file streamed to the disk, then imported at once or in the background.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::idempotency::{self, Begin};
use super::imports::ImportReport;
use super::jobs::Job;
use super::language::of;
use super::problem::Refused;
use super::word::ConsentBasis;
use crate::access::Caller;
use crate::contacts::spool::Spool;
use crate::contacts::upload::{self, UploadOptions, parse_columns, parse_mapping};
use crate::contacts::upload_job;
use crate::error::{AppError, AppResult, Message};
use alfa_store::types;
use axum::Extension;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::str::FromStr;
use tokio::io::AsyncWriteExt;
use utoipa::{IntoParams, ToSchema};

/// Most bytes of an upload.
pub const MAX_UPLOAD_BYTES: usize = 512 * 1024 * 1024;
/// Most bytes of a form field that is not the file.
const MAX_FIELD_BYTES: usize = 64 * 1024;
const MAX_FILE_NAME_CHARS: usize = 255;

/// The form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only described in the document; the form is read field by field"
)]
pub struct UploadForm {
    /// CSV, XLSX, TXT or vCard.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// A JSON object of column → field, where the headers do not tell.
    #[schema(max_length = 65536)]
    mapping: Option<String>,
    /// A JSON object of column number from 0 → field, `"extra"` (keep it under its header) or null (leave it out), as
    /// chosen after POST /api/imports/preview. Columns that are not named stay as Alfa matches them.
    #[schema(max_length = 65536)]
    columns: Option<String>,
    consent: Option<ConsentBasis>,
    /// Report without writing.
    dry_run: Option<bool>,
    /// ISO 3166 code of the country of phones without a code.
    #[schema(max_length = 2)]
    country: Option<String>,
    /// Sheet of a workbook, by name or number from 1.
    #[schema(max_length = 200)]
    sheet: Option<String>,
    background: Option<bool>,
}

/// Where the import is done.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// Answer at once with a job.
    background: Option<bool>,
}

impl Input for UploadQuery {
    fn check(&self, _checks: &mut Checks) {}
}

/// An upload that is imported in the background.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadJob {
    #[serde(flatten)]
    pub job: Job,
    pub import_id: i64,
}

/// The form as it was read.
#[derive(Default)]
struct Form {
    spool: Discard,
    file_name: String,
    sha256: String,
    seen: Vec<String>,
    mapping: String,
    columns: String,
    consent: Option<types::ConsentBasis>,
    dry_run: bool,
    country: String,
    sheet: Option<String>,
    background: bool,
}

/// An upload that is refused, or whose client goes away, leaves no file behind.
#[derive(Default)]
struct Discard(Option<Spool>);

impl Drop for Discard {
    fn drop(&mut self) {
        if let Some(spool) = self.0.take()
            && let Err(error) = spool.remove()
        {
            tracing::warn!(%error, "a spooled upload cannot be deleted");
        }
    }
}

/// Uploads contacts from a file: CSV, XLSX, TXT or vCard.
///
/// # Errors
/// `Invalid` naming `file` or the option that is wrong.
#[utoipa::path(post, path = "/api/contacts/upload", tag = "contacts", params(UploadQuery),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport), (status = 202, body = UploadJob)))]
pub async fn upload(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Result<Response, Response> {
    let headers = request.headers().clone();
    let key = idempotency::key_of(&headers).map_err(IntoResponse::into_response)?;
    let multipart = open(&headers, request, &state).await?;
    let mut form = Form::default();
    read(&state, multipart, &mut form).await?;
    form.background |= query.background == Some(true);
    if form.spool.0.is_none() {
        return Err(missing("file").into_response());
    }
    // The file is here whole: what is begun with it is ended, whether or not the client still waits.
    let workers = state.app().workers.clone();
    workers
        .carry("upload", Box::pin(taken(state, caller, headers, form, key)))
        .await
        .map_err(|cause| AppError::internal(cause).into_response())?
        .map_err(IntoResponse::into_response)
}

/// A table that was sent: the file in the spool, gone when this is dropped.
pub(super) struct TableForm {
    pub spool: Spool,
    pub file_name: String,
    pub sheet: Option<String>,
    pub country: String,
    pub dry_run: bool,
    /// What makes two tables the same request.
    pub identity: String,
    _discard: Discard,
}

/// A form with a table in `file` and these other fields, of those that [`UploadForm`] has.
pub(super) async fn table_form(
    state: &ApiState,
    request: Request,
    others: &[&str],
) -> Result<TableForm, Response> {
    let headers = request.headers().clone();
    let multipart = open(&headers, request, state).await?;
    let mut form = Form::default();
    read(state, multipart, &mut form).await?;
    let known = |name: &str| name == "file" || others.contains(&name);
    if let Some(other) = form.seen.iter().find(|name| !known(name)) {
        return Err(AppError::invalid(other, Message::new("error.unknown_field")).into_response());
    }
    let Some(spool) = form.spool.0.clone() else {
        return Err(missing("file").into_response());
    };
    Ok(TableForm {
        identity: idempotency::hash_of(form.identity().as_bytes()),
        spool,
        file_name: form.file_name,
        sheet: form.sheet,
        country: form.country,
        dry_run: form.dry_run,
        _discard: form.spool,
    })
}

/// Imports a file that is here, once for each key.
async fn taken(
    state: ApiState,
    caller: Caller,
    headers: HeaderMap,
    form: Form,
    key: Option<String>,
) -> AppResult<Response> {
    let Some(key) = key else {
        return import(&state, &caller, &headers, form).await;
    };
    let hash = idempotency::hash_of(form.identity().as_bytes());
    let place = format!("{} upload", caller.name());
    let ticket = match idempotency::begin(&state, &key, &place, &hash).await? {
        Begin::Answered(response) => return Ok(response),
        Begin::Go(ticket) => ticket,
    };
    let work = async {
        let imported = import(&state, &caller, &headers, form).await;
        imported.unwrap_or_else(IntoResponse::into_response)
    };
    let response = Box::pin(idempotency::done(ticket.clone(), work)).await;
    idempotency::finish(&state, ticket, response).await
}

async fn open(headers: &HeaderMap, request: Request, state: &ApiState) -> Result<Multipart, Response> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response());
    }
    Multipart::from_request(request, state)
        .await
        .map_err(|_| malformed())
}

/// Does the import; the spool file is then the import's.
async fn import(
    state: &ApiState,
    caller: &Caller,
    headers: &HeaderMap,
    mut form: Form,
) -> AppResult<Response> {
    let app = state.app();
    let options = form.options(state, caller, headers)?;
    let Some(spool) = form.spool.0.take() else {
        return Err(missing("file"));
    };
    let clock = app.clock.clone();
    let now = move || clock.now();
    if !form.background {
        let _importing = app.uploads.read().await;
        let report = upload::import_now(&app.store, &spool, &options, &now).await?;
        return Ok(axum::Json(ImportReport::from(report)).into_response());
    }
    let (job_id, import_id) = upload_job::enqueue(&app.store, &spool, &options, &now).await?;
    app.wakes.jobs.signal();
    let job = alfa_store::jobs::get(app.store.reader(), job_id).await?.into();
    Ok((StatusCode::ACCEPTED, axum::Json(UploadJob { job, import_id })).into_response())
}

impl Form {
    fn options(&self, state: &ApiState, caller: &Caller, headers: &HeaderMap) -> AppResult<UploadOptions> {
        Ok(UploadOptions {
            file_name: self.file_name.clone(),
            consent: self.consent.unwrap_or(state.app().config.upload_consent),
            country: self.country.clone(),
            mapping: parse_mapping(&self.mapping)?,
            columns: parse_columns(&self.columns)?,
            sheet: self.sheet.clone(),
            dry_run: self.dry_run,
            recorded_by: caller.name(),
            lang: of(headers).code().to_owned(),
        })
    }

    /// What makes two uploads the same request.
    fn identity(&self) -> String {
        let consent = self.consent.map_or("", types::ConsentBasis::as_str);
        format!(
            "{}|{}|{}|{}|{consent}|{}|{}|{:?}|{}",
            self.sha256,
            self.file_name,
            self.mapping,
            self.columns,
            self.dry_run,
            self.country,
            self.sheet,
            self.background
        )
    }
}

async fn read(state: &ApiState, mut multipart: Multipart, form: &mut Form) -> Result<(), Response> {
    while let Some(field) = multipart.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if form.seen.contains(&name) {
            return Err(AppError::invalid(name, Message::new("error.duplicate_field")).into_response());
        }
        form.seen.push(name.clone());
        if name == "file" {
            spool(state, field, form).await?;
        } else {
            let text = text(&name, field).await?;
            set(form, &name, text).map_err(IntoResponse::into_response)?;
        }
    }
    Ok(())
}

async fn spool(state: &ApiState, mut field: Field<'_>, form: &mut Form) -> Result<(), Response> {
    let internal = |cause: std::io::Error| AppError::internal(cause).into_response();
    let given = field
        .file_name()
        .unwrap_or("file")
        .chars()
        .filter(|c| !c.is_control());
    form.file_name = given.take(MAX_FILE_NAME_CHARS).collect();
    let random = state.clock().random_u64();
    let (spool, file) = Spool::create(&state.app().config.data_dir, random).map_err(internal)?;
    form.spool = Discard(Some(spool));
    let mut file = tokio::io::BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(file));
    let mut hash = Sha256::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        hash.update(&chunk);
        file.write_all(&chunk).await.map_err(internal)?;
    }
    file.flush().await.map_err(internal)?;
    form.sha256 = hex::encode(hash.finalize());
    Ok(())
}

async fn text(name: &str, mut field: Field<'_>) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > MAX_FIELD_BYTES {
            let message = Message::new("error.text_too_long").with("most", MAX_FIELD_BYTES);
            return Err(AppError::invalid(name, message).into_response());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    text.ok_or_else(|| AppError::invalid(name, Message::new("error.not_utf8")).into_response())
}

fn set(form: &mut Form, name: &str, text: String) -> AppResult<()> {
    let text = text.trim().to_owned();
    match name {
        "mapping" => form.mapping = text,
        "columns" => form.columns = text,
        "country" => form.country = text,
        "sheet" => form.sheet = Some(text).filter(|text| !text.is_empty()),
        "dry_run" => form.dry_run = switch(name, &text)?,
        "background" => form.background = switch(name, &text)?,
        "consent" if text.is_empty() => {}
        "consent" => form.consent = Some(consent(&text)?),
        _ => return Err(AppError::invalid(name, Message::new("error.unknown_field"))),
    }
    Ok(())
}

fn consent(text: &str) -> AppResult<types::ConsentBasis> {
    types::ConsentBasis::from_str(text).map_err(|_| {
        let words: Vec<&str> = types::ConsentBasis::ALL
            .iter()
            .map(|basis| basis.as_str())
            .collect();
        AppError::invalid(
            "consent",
            Message::new("error.unknown_word").with("words", words.join(", ")),
        )
    })
}

fn switch(name: &str, text: &str) -> AppResult<bool> {
    match text {
        "true" | "1" | "on" => Ok(true),
        "" | "false" | "0" | "off" => Ok(false),
        _ => Err(AppError::invalid(
            name,
            Message::new("error.unknown_word").with("words", "true, false"),
        )),
    }
}

fn missing(field: &str) -> AppError {
    AppError::invalid(field, Message::new("error.missing_field"))
}

fn broken(error: &MultipartError) -> Response {
    match error.status() {
        StatusCode::BAD_REQUEST => malformed(),
        other => Refused(other).into_response(),
    }
}

/// The form itself is broken, or ends before it is whole.
fn malformed() -> Response {
    AppError::Malformed {
        field: "file",
        message: Message::new("error.malformed_form"),
    }
    .into_response()
}

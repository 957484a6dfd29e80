//! The interactive documentation: Swagger UI out of the binary, no foreign host.

use crate::error::AppError;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use utoipa_swagger_ui::Config;

/// Sends to the page: its files are relative to `/docs/`.
pub async fn index() -> Redirect {
    std::future::ready(Redirect::to("/docs/index.html")).await
}

/// A file of the documentation.
///
/// # Errors
/// `NotFound`.
pub async fn file(Path(file): Path<String>) -> Result<Response, AppError> {
    std::future::ready(read(&file)).await
}

fn read(file: &str) -> Result<Response, AppError> {
    let config = Arc::new(Config::from("/openapi.json"));
    let found = utoipa_swagger_ui::serve(file, config)
        .map_err(|cause| AppError::internal(anyhow::anyhow!("documentation: {cause}")))?;
    let found = found.ok_or(AppError::NotFound { what: "page" })?;
    Ok((
        [(header::CONTENT_TYPE, found.content_type)],
        found.bytes.into_owned(),
    )
        .into_response())
}

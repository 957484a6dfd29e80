//! The tags that contacts have.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::paging::Page;
use super::segment::trimmed;
use crate::error::AppResult;
use alfa_store::contacts::tags;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Tags of one answer.
const MAX_TAGS: u64 = 200;

/// A tag in use.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagCount {
    pub tag: String,
    /// Contacts that have it.
    pub count: i64,
}

/// Which tags.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TagQuery {
    /// The beginning of the tag.
    #[param(max_length = 64)]
    search: Option<String>,
}

impl Input for TagQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 64);
    }
}

/// The tags in use, the most used first, at most 200.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "tags", path = "/api/contacts/tags", tag = "contacts", params(TagQuery),
    responses((status = 200, body = Page<TagCount>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<TagQuery>,
) -> AppResult<axum::Json<Page<TagCount>>> {
    let prefix = trimmed(query.search.as_deref());
    let found = tags::most_used(state.store().reader(), prefix.as_deref(), MAX_TAGS).await?;
    let told = found.into_iter().map(|(tag, count)| TagCount { tag, count });
    Ok(axum::Json(Page::whole(told.collect())))
}

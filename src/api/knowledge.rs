//! The knowledge base: the programme, its products, and the way to a level.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::figures;
use super::language::of;
use super::paging::{NoQuery, Page};
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::{Language, StrategyError};
use crate::text::Lang;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

/// Most points that a plan is made from.
const MAX_POINTS: u64 = 1_000_000_000;

pub fn language(lang: Lang) -> Language {
    match lang {
        Lang::Ru => Language::Ru,
        Lang::En => Language::En,
    }
}

/// The programme: its levels and benefits. `sample` says that the facts are made up.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/knowledge/program-info", tag = "knowledge", responses((status = 200, body = Object)))]
pub async fn program_info(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Value>> {
    let base = state.app().knowledge();
    let info = base.program_info(language(of(&headers)));
    std::future::ready(
        serde_json::to_value(&info)
            .map(axum::Json)
            .map_err(AppError::internal),
    )
    .await
}

/// The products with their facts.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/knowledge/products", tag = "knowledge", responses((status = 200, body = Page<Object>)))]
pub async fn products(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Value>>> {
    let base = state.app().knowledge();
    let infos = base.product_infos(language(of(&headers)), state.app().today());
    let rows = infos
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<Vec<_>, _>>()
        .map_err(AppError::internal)?;
    std::future::ready(Ok(axum::Json(Page::whole(rows)))).await
}

/// From where to where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StrategyQuery {
    /// 0 when it is left out.
    #[param(minimum = 0, maximum = 1_000_000_000)]
    current_points: Option<u64>,
    /// The name of a level; the next one when it is left out.
    #[param(min_length = 1, max_length = 64)]
    target_level: Option<String>,
}

impl Input for StrategyQuery {
    fn check(&self, checks: &mut Checks) {
        checks.range("current_points", self.current_points, 0, MAX_POINTS);
        if let Some(level) = &self.target_level {
            checks.text("target_level", level, 1, 64);
        }
    }
}

/// Which products, and how many, lead to a level; and what to mend, with the figure that says so.
///
/// # Errors
/// `Invalid` when there is no such level.
#[utoipa::path(get, path = "/api/knowledge/strategy", tag = "knowledge", params(StrategyQuery), responses((status = 200, body = Object)))]
pub async fn strategy(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<StrategyQuery>,
) -> AppResult<axum::Json<Value>> {
    let figures = figures::by_product(state.app()).await?;
    let base = state.app().knowledge();
    let made = base.strategy(
        query.current_points,
        query.target_level.as_deref(),
        &figures,
        of(&headers),
    );
    let strategy = made.map_err(|error| match error {
        StrategyError::UnknownLevel(_) => {
            let levels: Vec<&str> = base
                .program
                .levels
                .iter()
                .map(|level| level.id.as_str())
                .collect();
            let message = Message::new("error.unknown_word").with("words", levels.join(", "));
            AppError::invalid("target_level", message)
        }
    })?;
    serde_json::to_value(&strategy)
        .map(axum::Json)
        .map_err(AppError::internal)
}

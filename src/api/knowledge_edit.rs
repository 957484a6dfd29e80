//! Changing parts of the knowledge base: each change is a version, see `knowledge::service`.

use super::ApiState;
use super::extract::{Id, Json, Query};
use super::knowledge_input::{
    AnswersInput, BlockKind, BlocksInput, Members, Part, ProgramInput, merge, shaped,
};
use super::knowledge_path::{Attribute, Class, IfMatch, Kind};
use super::knowledge_view::{
    AnswersView, BlocksView, FactView, ProductView, ProgramView, Tagged, etag, order,
};
use super::paging::{NoQuery, Page};
use crate::access::Caller;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::service::{Action, change};
use crate::knowledge::{Fact, Product, ReplyClass};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The programme in all its languages, to be changed.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/knowledge/program", tag = "knowledge", responses((status = 200, body = ProgramView)))]
pub async fn program(
    State(state): State<ApiState>,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<ProgramView>> {
    let known = state.app().knowledge_in_force();
    std::future::ready(Ok(Tagged::ok(known.version_id, ProgramView::from(&*known.base)))).await
}

/// Puts the programme. `sample: false` says that the facts of the base are true.
///
/// # Errors
/// `Invalid`, `Stale`.
#[utoipa::path(put, path = "/api/knowledge/program", tag = "knowledge", request_body = ProgramInput,
    responses((status = 200, body = ProgramView)))]
pub async fn put_program(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    IfMatch(version): IfMatch,
    Part(input): Part<ProgramInput>,
) -> AppResult<Tagged<ProgramView>> {
    let (program, sample) = input.parts();
    let order = order(&caller, version, Action::ProgramChanged);
    let saved = change(state.app(), &order, |base, _| {
        Ok(base.put_program(program.clone(), sample))
    })
    .await?;
    Ok(Tagged::ok(saved.version_id, ProgramView::from(&*saved.after)))
}

/// Adds a product. Without an id it gets the next one.
///
/// # Errors
/// `Invalid`, `Stale`.
#[utoipa::path(post, path = "/api/knowledge/products", tag = "knowledge", request_body = Product,
    responses((status = 201, body = ProductView)))]
pub async fn add_product(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    IfMatch(version): IfMatch,
    Part(product): Part<Product>,
) -> AppResult<Tagged<ProductView>> {
    let order = order(&caller, version, Action::ProductAdded);
    let saved = change(state.app(), &order, |base, spent| {
        Ok(base.add_product(product.clone(), spent))
    })
    .await?;
    let added = saved.after.products.last();
    let added = added.ok_or_else(|| AppError::not_found("product"))?;
    let view = ProductView::new(added, state.app().today(), saved.after.sample);
    Ok(Tagged {
        status: StatusCode::CREATED,
        version_id: saved.version_id,
        body: view,
    })
}

/// A product in all its languages, with its facts, to be changed.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/knowledge/products/{id}", tag = "knowledge", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = ProductView)))]
pub async fn product(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<ProductView>> {
    let known = state.app().knowledge_in_force();
    let view = ProductView::of(state.app(), &known.base, id).ok_or_else(|| AppError::not_found("product"));
    std::future::ready(view.map(|view| Tagged::ok(known.version_id, view))).await
}

/// Puts a product with all its facts.
///
/// # Errors
/// `Invalid`, `NotFound`, `Stale`.
#[utoipa::path(put, path = "/api/knowledge/products/{id}", tag = "knowledge", params(("id" = i64, Path, minimum = 1)),
    request_body = Product, responses((status = 200, body = ProductView)))]
pub async fn put_product(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Part(mut product): Part<Product>,
) -> AppResult<Tagged<ProductView>> {
    own_id(&mut product, id)?;
    let order = order(&caller, version, Action::ProductChanged);
    let saved = change(state.app(), &order, |base, _| base.put_product(product.clone())).await?;
    let view =
        ProductView::of(state.app(), &saved.after, id).ok_or_else(|| AppError::not_found("product"))?;
    Ok(Tagged::ok(saved.version_id, view))
}

/// Changes what is sent of a product (JSON merge patch): texts by language, lists as a whole, null removes.
///
/// # Errors
/// `Invalid`, `NotFound`, `Stale`.
#[utoipa::path(patch, path = "/api/knowledge/products/{id}", tag = "knowledge", params(("id" = i64, Path, minimum = 1)),
    request_body = Object, responses((status = 200, body = ProductView)))]
pub async fn patch_product(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Json(Members(patch)): Json<Members>,
) -> AppResult<Tagged<ProductView>> {
    let patch = Value::Object(patch);
    let order = order(&caller, version, Action::ProductChanged);
    let saved = change(state.app(), &order, |base, _| {
        let present = base.product(id).ok_or_else(|| AppError::not_found("product"))?;
        let mut value = serde_json::to_value(present).map_err(AppError::internal)?;
        merge(&mut value, patch.clone());
        let Value::Object(members) = value else {
            return Err(AppError::not_found("product"));
        };
        let mut product: Product = shaped(members)?;
        own_id(&mut product, id)?;
        base.put_product(product)
    })
    .await?;
    let view =
        ProductView::of(state.app(), &saved.after, id).ok_or_else(|| AppError::not_found("product"))?;
    Ok(Tagged::ok(saved.version_id, view))
}

/// Deletes a product that no campaign needs any more.
///
/// # Errors
/// `NotFound`, `Conflict` naming the campaigns or the texts that need it, `Stale`.
#[utoipa::path(delete, path = "/api/knowledge/products/{id}", tag = "knowledge", params(("id" = i64, Path, minimum = 1)),
    responses((status = 204)))]
pub async fn delete_product(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    IfMatch(version): IfMatch,
) -> AppResult<Response> {
    let order = order(&caller, version, Action::ProductDeleted);
    let saved = change(state.app(), &order, |base, _| base.delete_product(id)).await?;
    Ok((StatusCode::NO_CONTENT, [etag(saved.version_id)]).into_response())
}

/// Puts a fact of a product.
///
/// # Errors
/// `Invalid`, `NotFound`, `Stale`.
#[utoipa::path(put, path = "/api/knowledge/products/{id}/facts/{attribute}", tag = "knowledge",
    params(("id" = i64, Path, minimum = 1), ("attribute" = String, Path, pattern = "^[a-z0-9_]{1,64}$")),
    request_body = Fact, responses((status = 200, body = FactView)))]
pub async fn put_fact(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Attribute(attribute): Attribute,
    IfMatch(version): IfMatch,
    Part(mut fact): Part<Fact>,
) -> AppResult<Tagged<FactView>> {
    if !fact.attribute.is_empty() && fact.attribute != attribute {
        return Err(not_of_path("attribute", &attribute));
    }
    fact.attribute.clone_from(&attribute);
    let order = order(&caller, version, Action::FactChanged);
    let saved = change(state.app(), &order, |base, _| base.put_fact(id, fact.clone())).await?;
    Ok(Tagged::ok(
        saved.version_id,
        FactView::new(fact, state.app().today()),
    ))
}

/// Deletes a fact of a product. Texts that need it must go first.
///
/// # Errors
/// `NotFound`, `Invalid` naming the texts that need it, `Stale`.
#[utoipa::path(delete, path = "/api/knowledge/products/{id}/facts/{attribute}", tag = "knowledge",
    params(("id" = i64, Path, minimum = 1), ("attribute" = String, Path, pattern = "^[a-z0-9_]{1,64}$")),
    responses((status = 204)))]
pub async fn delete_fact(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Attribute(attribute): Attribute,
    IfMatch(version): IfMatch,
) -> AppResult<Response> {
    let order = order(&caller, version, Action::FactDeleted);
    let saved = change(state.app(), &order, |base, _| base.delete_fact(id, &attribute)).await?;
    Ok((StatusCode::NO_CONTENT, [etag(saved.version_id)]).into_response())
}

/// The approved answers by class of reply.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/knowledge/objections", tag = "knowledge", responses((status = 200, body = Page<AnswersView>)))]
pub async fn objections(
    State(state): State<ApiState>,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<Page<AnswersView>>> {
    let known = state.app().knowledge_in_force();
    let rows = ReplyClass::ALL
        .into_iter()
        .filter_map(|class| AnswersView::of(&known.base, class));
    std::future::ready(Ok(Tagged::ok(known.version_id, Page::whole(rows.collect())))).await
}

/// The approved answers to a class of reply.
///
/// # Errors
/// `NotFound` when there are none yet.
#[utoipa::path(get, path = "/api/knowledge/objections/{class}", tag = "knowledge",
    params(("class" = inline(ReplyClass), Path)), responses((status = 200, body = AnswersView)))]
pub async fn objection(
    State(state): State<ApiState>,
    Class(class): Class,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<AnswersView>> {
    let known = state.app().knowledge_in_force();
    let view = AnswersView::of(&known.base, class).ok_or_else(|| AppError::not_found("answers"));
    std::future::ready(view.map(|view| Tagged::ok(known.version_id, view))).await
}

/// Puts the approved answers to a class of reply.
///
/// # Errors
/// `Invalid`, `Stale`.
#[utoipa::path(put, path = "/api/knowledge/objections/{class}", tag = "knowledge",
    params(("class" = inline(ReplyClass), Path)), request_body = AnswersInput, responses((status = 200, body = AnswersView)))]
pub async fn put_objection(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Class(class): Class,
    IfMatch(version): IfMatch,
    Part(input): Part<AnswersInput>,
) -> AppResult<Tagged<AnswersView>> {
    if input.class.is_some_and(|sent| sent != class) {
        return Err(not_of_path("class", class.name()));
    }
    let order = order(&caller, version, Action::AnswersChanged);
    let saved = change(state.app(), &order, |base, _| {
        Ok(base.put_answers(class, input.answers.clone()))
    })
    .await?;
    let view = AnswersView::of(&saved.after, class).ok_or_else(|| AppError::not_found("answers"))?;
    Ok(Tagged::ok(saved.version_id, view))
}

/// The blocks of first messages by kind.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/knowledge/blocks", tag = "knowledge", responses((status = 200, body = Page<BlocksView>)))]
pub async fn blocks(
    State(state): State<ApiState>,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<Page<BlocksView>>> {
    let known = state.app().knowledge_in_force();
    let rows = BlockKind::ALL.map(|kind| BlocksView::of(&known.base, kind));
    std::future::ready(Ok(Tagged::ok(known.version_id, Page::whole(rows.into())))).await
}

/// The blocks of one kind.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/knowledge/blocks/{kind}", tag = "knowledge",
    params(("kind" = inline(BlockKind), Path)), responses((status = 200, body = BlocksView)))]
pub async fn block_kind(
    State(state): State<ApiState>,
    Kind(kind): Kind,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<Tagged<BlocksView>> {
    let known = state.app().knowledge_in_force();
    std::future::ready(Ok(Tagged::ok(
        known.version_id,
        BlocksView::of(&known.base, kind),
    )))
    .await
}

/// Puts the blocks of one kind.
///
/// # Errors
/// `Invalid`, `Stale`.
#[utoipa::path(put, path = "/api/knowledge/blocks/{kind}", tag = "knowledge",
    params(("kind" = inline(BlockKind), Path)), request_body = BlocksInput, responses((status = 200, body = BlocksView)))]
pub async fn put_blocks(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Kind(kind): Kind,
    IfMatch(version): IfMatch,
    Part(input): Part<BlocksInput>,
) -> AppResult<Tagged<BlocksView>> {
    if input.kind.is_some_and(|sent| sent != kind) {
        return Err(not_of_path("kind", kind.as_str()));
    }
    let order = order(&caller, version, Action::BlocksChanged);
    let saved = change(state.app(), &order, |base, _| {
        base.put_blocks(kind.as_str(), input.blocks.clone())
    })
    .await?;
    Ok(Tagged::ok(saved.version_id, BlocksView::of(&saved.after, kind)))
}

/// The id of the path; a body may repeat it and not contradict it.
fn own_id(product: &mut Product, id: i64) -> AppResult<()> {
    if product.id != 0 && product.id != id {
        return Err(not_of_path("id", id));
    }
    product.id = id;
    Ok(())
}

fn not_of_path(field: &str, value: impl ToString) -> AppError {
    AppError::invalid(field, Message::new("error.not_of_path").with("value", value))
}

//! What is kept of the AI providers: the chain's memory, every attempt, and what was not let out.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::Result;
use crate::entity::{ai_attempts, ai_memory, ai_violations};
use crate::paging::{Page, PageOf, newest_first};
use crate::types::UnixMillis;

/// Bodies of the chain's memory, one for each provider.
///
/// # Errors
/// Of the database.
pub async fn memory(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let query = ai_memory::Entity::find()
        .select_only()
        .column(ai_memory::Column::Body);
    Ok(query.into_tuple().all(db).await?)
}

/// Keeps the memory of a provider.
///
/// # Errors
/// Of the database.
pub async fn remember(
    db: &impl ConnectionTrait,
    provider: &str,
    body: String,
    now: UnixMillis,
) -> Result<()> {
    let row = ai_memory::ActiveModel {
        provider: Set(provider.to_owned()),
        body: Set(body),
        updated_at: Set(now),
        ..Default::default()
    };
    ai_memory::Entity::insert(row)
        .on_conflict(
            OnConflict::column(ai_memory::Column::Provider)
                .update_columns([ai_memory::Column::Body, ai_memory::Column::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// An attempt to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttempt {
    /// What it was for.
    pub purpose: &'static str,
    /// The provider's name.
    pub provider: &'static str,
    /// The model.
    pub model: String,
    /// `ok`, or why there was no answer.
    pub outcome: &'static str,
    /// The HTTP status, when an answer came at all.
    pub http_status: Option<i32>,
    /// Milliseconds.
    pub first_token_ms: Option<i64>,
    /// Milliseconds.
    pub total_ms: i64,
    /// Tokens of the prompt.
    pub prompt_tokens: Option<i64>,
    /// Tokens of the answer.
    pub completion_tokens: Option<i64>,
    /// Millionths of the price's currency.
    pub cost_micros: Option<i64>,
    /// Codes; never a text of the vendor or the person.
    pub detail: Option<String>,
    /// When it began.
    pub at: UnixMillis,
}

/// Attempts inserted by one statement: PostgreSQL takes 65,535 values in one, SQLite half as many.
const ATTEMPTS_AT_ONCE: usize = 1_000;

/// Records attempts.
///
/// # Errors
/// Of the database.
pub async fn record_attempts(db: &impl ConnectionTrait, attempts: Vec<NewAttempt>) -> Result<()> {
    let mut rows = attempts.into_iter().map(|attempt| ai_attempts::ActiveModel {
        purpose: Set(attempt.purpose.to_owned()),
        provider: Set(attempt.provider.to_owned()),
        model: Set(attempt.model),
        outcome: Set(attempt.outcome.to_owned()),
        http_status: Set(attempt.http_status),
        first_token_ms: Set(attempt.first_token_ms),
        total_ms: Set(attempt.total_ms),
        prompt_tokens: Set(attempt.prompt_tokens),
        completion_tokens: Set(attempt.completion_tokens),
        cost_micros: Set(attempt.cost_micros),
        detail: Set(attempt.detail),
        created_at: Set(attempt.at),
        ..Default::default()
    });
    loop {
        let some: Vec<_> = rows.by_ref().take(ATTEMPTS_AT_ONCE).collect();
        if some.is_empty() {
            return Ok(());
        }
        ai_attempts::Entity::insert_many(some)
            .exec_without_returning(db)
            .await?;
    }
}

/// A violation to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewViolation {
    /// What was being written.
    pub purpose: &'static str,
    /// The provider's name.
    pub provider: &'static str,
    /// The kind of the violation.
    pub kind: &'static str,
    /// The part of the text.
    pub found: String,
    /// For whom it was.
    pub contact_id: Option<i64>,
}

/// Records violations; none is no statement.
///
/// # Errors
/// Of the database.
pub async fn record_violations(
    db: &impl ConnectionTrait,
    violations: Vec<NewViolation>,
    now: UnixMillis,
) -> Result<()> {
    let rows: Vec<_> = violations
        .into_iter()
        .map(|violation| ai_violations::ActiveModel {
            purpose: Set(violation.purpose.to_owned()),
            provider: Set(violation.provider.to_owned()),
            kind: Set(violation.kind.to_owned()),
            found: Set(violation.found),
            contact_id: Set(violation.contact_id),
            created_at: Set(now),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        ai_violations::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The attempts, newest first.
///
/// # Errors
/// [`StoreError::BadCursor`](crate::StoreError::BadCursor).
pub async fn attempts(db: &impl ConnectionTrait, page: &Page) -> Result<PageOf<ai_attempts::Model>> {
    newest_first(
        db,
        ai_attempts::Entity::find(),
        ai_attempts::Column::Id,
        page,
        "ai_attempts",
        |row| row.id,
    )
    .await
}

/// Number of attempts that are kept.
///
/// # Errors
/// Of the database.
pub async fn attempts_total(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(ai_attempts::Entity::find().count(db).await?)
}

/// The violations, newest first.
///
/// # Errors
/// [`StoreError::BadCursor`](crate::StoreError::BadCursor).
pub async fn violations(db: &impl ConnectionTrait, page: &Page) -> Result<PageOf<ai_violations::Model>> {
    newest_first(
        db,
        ai_violations::Entity::find(),
        ai_violations::Column::Id,
        page,
        "ai_violations",
        |row| row.id,
    )
    .await
}

/// Number of violations that are kept.
///
/// # Errors
/// Of the database.
pub async fn violations_total(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(ai_violations::Entity::find().count(db).await?)
}

/// What a provider did since a moment.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Usage {
    /// Its name.
    pub provider: String,
    /// How the attempts ended.
    pub outcome: String,
    /// How many there were.
    pub attempts: i64,
    /// Tokens in.
    pub prompt_tokens: Option<i64>,
    /// Tokens out.
    pub completion_tokens: Option<i64>,
    /// Millionths of the price's currency.
    pub cost_micros: Option<i64>,
}

/// Attempts, tokens and cost by provider and outcome since a moment.
///
/// # Errors
/// Of the database.
pub async fn usage(db: &impl ConnectionTrait, since: UnixMillis) -> Result<Vec<Usage>> {
    use ai_attempts::Column as C;
    use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func};
    // PostgreSQL and MySQL add whole numbers up to a decimal.
    let sum = |column: C| Expr::expr(Func::sum(Expr::col(column))).cast_as(Alias::new("bigint"));
    let query = ai_attempts::Entity::find()
        .select_only()
        .column(C::Provider)
        .column(C::Outcome)
        .column_as(C::Id.count(), "attempts")
        .column_as(sum(C::PromptTokens), "prompt_tokens")
        .column_as(sum(C::CompletionTokens), "completion_tokens")
        .column_as(sum(C::CostMicros), "cost_micros")
        .filter(C::CreatedAt.gte(since))
        .group_by(C::Provider)
        .group_by(C::Outcome)
        .order_by_asc(C::Provider)
        .order_by_asc(C::Outcome);
    Ok(query.into_model().all(db).await?)
}

/// Deletes attempts and violations from before a moment.
///
/// # Errors
/// Of the database.
pub async fn trim(db: &impl ConnectionTrait, before: UnixMillis) -> Result<()> {
    ai_attempts::Entity::delete_many()
        .filter(ai_attempts::Column::CreatedAt.lt(before))
        .exec(db)
        .await?;
    ai_violations::Entity::delete_many()
        .filter(ai_violations::Column::CreatedAt.lt(before))
        .exec(db)
        .await?;
    Ok(())
}

//! Sums over campaigns, replies and AI attempts, for the page of figures.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select};

use crate::Result;
use crate::entity::{ai_attempts, campaign_contacts, contacts, messages};
use crate::types::{FunnelStage, MessageDirection, UnixMillis};

/// Width of the slots in which moments are counted: every time zone's hours and days begin at the beginning of one.
pub const SLOT_MS: i64 = 15 * 60 * 1_000;

/// Of which campaigns and which span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// From this moment on.
    pub from: UnixMillis,
    /// Before this moment.
    pub to: UnixMillis,
    /// Of these campaigns; none: of all.
    pub campaign_ids: Option<Vec<i64>>,
}

impl Scope {
    /// People of the campaigns to whom something happened in the span.
    fn people(&self, moment: campaign_contacts::Column) -> Select<campaign_contacts::Entity> {
        let mut query = campaign_contacts::Entity::find()
            .select_only()
            .filter(moment.gte(self.from))
            .filter(moment.lt(self.to));
        if let Some(ids) = &self.campaign_ids {
            query = query.filter(campaign_contacts::Column::CampaignId.is_in(ids.iter().copied()));
        }
        query
    }

    /// Contacts who are in the campaigns; nothing when the campaigns do not matter.
    fn members(&self) -> Option<SelectStatement> {
        let ids = self.campaign_ids.as_ref()?;
        let query = Query::select()
            .column(campaign_contacts::Column::ContactId)
            .from(campaign_contacts::Entity)
            .and_where(Expr::col(campaign_contacts::Column::CampaignId).is_in(ids.iter().copied()))
            .take();
        Some(query)
    }
}

/// What is counted by slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// First messages that left.
    Sent,
    /// First messages that were read.
    Read,
    /// First answers.
    Replied,
    /// People who said stop.
    OptedOut,
}

/// How often something happened in each slot: the slot's number since 1970 and the count.
///
/// # Errors
/// Of the database.
pub async fn by_slot(db: &impl ConnectionTrait, scope: &Scope, what: Moment) -> Result<Vec<(i64, i64)>> {
    use campaign_contacts::Column;
    let of_people = match what {
        Moment::Sent => Column::SentAt,
        Moment::Read => Column::ReadAt,
        Moment::Replied => Column::RepliedAt,
        Moment::OptedOut => return stops_by_slot(db, scope).await,
    };
    let query = scope
        .people(of_people)
        .expr_as(slot((campaign_contacts::Entity, of_people)), "slot")
        .expr_as(
            Expr::col((campaign_contacts::Entity, Column::Id)).count(),
            "happened",
        )
        .group_by(Expr::col("slot"));
    Ok(query.into_tuple().all(db).await?)
}

async fn stops_by_slot(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<(i64, i64)>> {
    use contacts::Column;
    let at = (contacts::Entity, Column::OptedOutAt);
    let mut query = contacts::Entity::find()
        .select_only()
        .expr_as(slot(at), "slot")
        .expr_as(Expr::col((contacts::Entity, Column::Id)).count(), "happened")
        .filter(Column::OptedOutAt.gte(scope.from))
        .filter(Column::OptedOutAt.lt(scope.to))
        .group_by(Expr::col("slot"));
    if let Some(members) = scope.members() {
        query = query.filter(Column::Id.in_subquery(members));
    }
    Ok(query.into_tuple().all(db).await?)
}

/// Whole division of a moment: exact, since moments are after 1970. Grouped by its name: PostgreSQL takes the same
/// expression with other placeholders for another one.
fn slot<E: EntityTrait, C: ColumnTrait>((entity, column): (E, C)) -> SimpleExpr {
    let at = || Expr::col((entity, column));
    at().sub(at().modulo(SLOT_MS)).div(SLOT_MS)
}

/// What a part of a campaign brought, of the people written to in the span.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Brought {
    /// The campaign.
    pub campaign_id: i64,
    /// The template, from 0.
    pub variant: i32,
    /// First messages.
    pub sent: i64,
    /// Of them read.
    pub read: i64,
    /// Of them answered.
    pub replied: i64,
    /// People who said stop.
    pub opted_out: i64,
    /// People who applied or were won.
    pub applied: i64,
    /// People who were won.
    pub won: i64,
}

/// What each variant of each campaign brought.
///
/// # Errors
/// Of the database.
pub async fn brought(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Brought>> {
    use campaign_contacts::Column;
    let col = |column: Column| Expr::col((campaign_contacts::Entity, column));
    let at_stage = |stages: &[FunnelStage]| {
        let reached = col(Column::Stage).is_in(stages.iter().copied());
        Expr::expr(Expr::case(reached, 1)).count()
    };
    let query = scope
        .people(Column::SentAt)
        .columns([Column::CampaignId, Column::Variant])
        .expr_as(col(Column::Id).count(), "sent")
        .expr_as(col(Column::ReadAt).count(), "read")
        .expr_as(col(Column::RepliedAt).count(), "replied")
        .expr_as(
            Expr::expr(Expr::case(col(Column::OptedOut).eq(true), 1)).count(),
            "opted_out",
        )
        .expr_as(at_stage(&[FunnelStage::Applied, FunnelStage::Won]), "applied")
        .expr_as(at_stage(&[FunnelStage::Won]), "won")
        .group_by(Column::CampaignId)
        .group_by(Column::Variant);
    Ok(query.into_model().all(db).await?)
}

/// How many of the people written to in the span stand at each stage of the funnel.
///
/// # Errors
/// Of the database.
pub async fn by_stage(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<(FunnelStage, i64)>> {
    use campaign_contacts::Column;
    let query = scope
        .people(Column::SentAt)
        .column(Column::Stage)
        .column_as(Column::Id.count(), "people")
        .group_by(Column::Stage);
    Ok(query.into_tuple().all(db).await?)
}

/// How often replies of the span were given each set of labels (JSON array).
///
/// # Errors
/// Of the database.
pub async fn by_labels(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<(String, i64)>> {
    use messages::Column;
    let mut query = messages::Entity::find()
        .select_only()
        .column(Column::Labels)
        .column_as(Column::Id.count(), "replies")
        .filter(Column::Direction.eq(MessageDirection::In))
        .filter(Column::Labels.is_not_null())
        .filter(Column::SentAt.gte(scope.from))
        .filter(Column::SentAt.lt(scope.to))
        .group_by(Column::Labels);
    if let Some(members) = scope.members() {
        query = query.filter(Column::ContactId.in_subquery(members));
    }
    let rows: Vec<(Option<String>, i64)> = query.into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(labels, replies)| Some((labels?, replies)))
        .collect())
}

/// What a provider was used for, and what it cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct AiUse {
    /// The provider.
    pub provider: String,
    /// What for.
    pub purpose: String,
    /// Attempts.
    pub attempts: i64,
    /// Attempts that brought no answer.
    pub failures: i64,
    /// Tokens asked.
    pub prompt_tokens: i64,
    /// Tokens answered.
    pub completion_tokens: i64,
    /// Millionths of the price's currency.
    pub cost_micros: i64,
    /// Milliseconds of all attempts together.
    pub total_ms: i64,
}

/// Use of the AI providers between two moments; `ok` is the outcome of an attempt that brought an answer.
///
/// # Errors
/// Of the database.
pub async fn ai_use(
    db: &impl ConnectionTrait,
    (from, to): (UnixMillis, UnixMillis),
    ok: &str,
) -> Result<Vec<AiUse>> {
    use ai_attempts::Column;
    let col = |column: Column| Expr::col((ai_attempts::Entity, column));
    // PostgreSQL adds whole numbers up to a decimal.
    let sum = |column: Column| Expr::expr(col(column).sum().if_null(0)).cast_as(Alias::new("bigint"));
    let query = ai_attempts::Entity::find()
        .select_only()
        .columns([Column::Provider, Column::Purpose])
        .expr_as(col(Column::Id).count(), "attempts")
        .expr_as(
            Expr::expr(Expr::case(col(Column::Outcome).ne(ok), 1)).count(),
            "failures",
        )
        .expr_as(sum(Column::PromptTokens), "prompt_tokens")
        .expr_as(sum(Column::CompletionTokens), "completion_tokens")
        .expr_as(sum(Column::CostMicros), "cost_micros")
        .expr_as(sum(Column::TotalMs), "total_ms")
        .filter(Column::CreatedAt.gte(from))
        .filter(Column::CreatedAt.lt(to))
        .group_by(Column::Provider)
        .group_by(Column::Purpose);
    Ok(query.into_model().all(db).await?)
}

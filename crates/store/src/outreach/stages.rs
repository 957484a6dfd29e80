//! Moves in the funnel, and their history.

use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QuerySelect, Set};

use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, contacts, stage_moves};
use crate::paging::{Page, PageOf, newest_first};
use crate::types::{FunnelStage, UnixMillis};

const LIST: &str = "stages";
/// Who moves a contact when no person does.
pub const BY_ALFA: &str = "alfa";
/// Who moves a contact by writing.
pub const BY_CONTACT: &str = "contact";

/// What moved a contact.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// The message that caused it.
    pub message_id: Option<i64>,
    /// Why, where the stage needs a reason.
    pub reason: Option<&'a str>,
    /// Who: [`BY_ALFA`], [`BY_CONTACT`] or a person of the team.
    pub by: &'a str,
    /// When.
    pub at: UnixMillis,
}

/// Moves a contact, and its place in the campaign, to a stage when it is in one of `from`. Answers whether it moved.
///
/// # Errors
/// When the database fails.
pub async fn move_stage<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    campaign_id: Option<i64>,
    (from, to): (&[FunnelStage], FunnelStage),
    cause: &Cause<'_>,
    moves: &mut Moves,
) -> Result<bool, StoreError> {
    let moved = match present(db, contact_id).await? {
        Some(stage) if from.contains(&stage) => {
            leave(db, contact_id, (stage, to), campaign_id, cause).await?
        }
        _ => false,
    };
    if let Some(campaign_id) = campaign_id {
        move_in_campaign(db, contact_id, campaign_id, (from, to), moves).await?;
    }
    Ok(moved)
}

async fn present<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<Option<FunnelStage>, StoreError> {
    let query = contacts::Entity::find()
        .select_only()
        .column(contacts::Column::Stage)
        .filter(contacts::Column::Id.eq(contact_id));
    Ok(query.into_tuple().one(db).await?)
}

async fn leave<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    (from, to): (FunnelStage, FunnelStage),
    campaign_id: Option<i64>,
    cause: &Cause<'_>,
) -> Result<bool, StoreError> {
    let moved = contacts::Entity::update_many()
        .col_expr(contacts::Column::Stage, Expr::value(to))
        .col_expr(contacts::Column::StageMessageId, Expr::value(cause.message_id))
        .filter(contacts::Column::Id.eq(contact_id))
        .filter(contacts::Column::Stage.eq(from))
        .exec(db)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(false);
    }
    let one = [(contact_id, cause.message_id)];
    record(db, &one, (from, to), campaign_id, cause).await?;
    Ok(true)
}

/// Moves a contact's place in a campaign when it is in one of `from`.
///
/// # Errors
/// When the database fails.
async fn move_in_campaign<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    campaign_id: i64,
    (from, to): (&[FunnelStage], FunnelStage),
    moves: &mut Moves,
) -> Result<(), StoreError> {
    for stage in from {
        let in_campaign = campaign_contacts::Entity::update_many()
            .col_expr(campaign_contacts::Column::Stage, Expr::value(to))
            .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
            .filter(campaign_contacts::Column::ContactId.eq(contact_id))
            .filter(campaign_contacts::Column::Stage.eq(*stage))
            .exec(db)
            .await?;
        if in_campaign.rows_affected == 1 {
            moves.stage(campaign_id, *stage, to);
            break;
        }
    }
    Ok(())
}

/// Moves a contact from the stage in which it was read. Its place in the campaign moves from any of `in_campaign`.
/// Answers whether the contact was still in that stage.
///
/// # Errors
/// When the database fails.
pub async fn move_by_hand<C: ConnectionTrait>(
    db: &C,
    contact: &contacts::Model,
    to: FunnelStage,
    (campaign_id, in_campaign): (Option<i64>, &[FunnelStage]),
    cause: &Cause<'_>,
    moves: &mut Moves,
) -> Result<bool, StoreError> {
    if !leave(db, contact.id, (contact.stage, to), campaign_id, cause).await? {
        return Ok(false);
    }
    if let Some(campaign_id) = campaign_id {
        move_in_campaign(db, contact.id, campaign_id, (in_campaign, to), moves).await?;
    }
    Ok(true)
}

/// Writes the same move of several contacts into the history; each with the message that caused it.
///
/// # Errors
/// When the database fails.
pub async fn record<C: ConnectionTrait>(
    db: &C,
    contacts: &[(i64, Option<i64>)],
    (from, to): (FunnelStage, FunnelStage),
    campaign_id: Option<i64>,
    cause: &Cause<'_>,
) -> Result<(), StoreError> {
    if contacts.is_empty() {
        return Ok(());
    }
    let rows = contacts
        .iter()
        .map(|&(contact_id, message_id)| stage_moves::ActiveModel {
            contact_id: Set(contact_id),
            campaign_id: Set(campaign_id),
            from_stage: Set(from),
            to_stage: Set(to),
            reason: Set(cause.reason.map(str::to_owned)),
            message_id: Set(message_id),
            moved_by: Set(cause.by.to_owned()),
            created_at: Set(cause.at),
            ..Default::default()
        });
    stage_moves::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The moves of a contact, newest first.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn history<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    page: &Page,
) -> Result<PageOf<stage_moves::Model>, StoreError> {
    let query = stage_moves::Entity::find().filter(stage_moves::Column::ContactId.eq(contact_id));
    newest_first(db, query, stage_moves::Column::Id, page, LIST, |row| row.id).await
}

/// How many moves a contact made.
///
/// # Errors
/// When the database fails.
pub async fn total<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<u64, StoreError> {
    let query = stage_moves::Entity::find().filter(stage_moves::Column::ContactId.eq(contact_id));
    Ok(sea_orm::PaginatorTrait::count(query, db).await?)
}

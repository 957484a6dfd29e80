//! Campaigns, their counters, and the contacts in them.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::entity::{campaign_counters, campaigns};
use crate::paging::{Page, PageOf, newest_first};
use crate::types::CampaignState;
use crate::{Result, StoreError};

const LIST: &str = "campaigns";

/// The campaign `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<campaigns::Model> {
    campaigns::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("campaign"))
}

/// Campaigns, newest first; of one state when `state` is given.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    state: Option<CampaignState>,
    page: &Page,
) -> Result<PageOf<campaigns::Model>> {
    let mut query = campaigns::Entity::find();
    if let Some(state) = state {
        query = query.filter(campaigns::Column::State.eq(state));
    }
    newest_first(db, query, campaigns::Column::Id, page, LIST, |row| row.id).await
}

/// Number of campaigns; of one state when `state` is given.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, state: Option<CampaignState>) -> Result<u64> {
    let mut query = campaigns::Entity::find();
    if let Some(state) = state {
        query = query.filter(campaigns::Column::State.eq(state));
    }
    Ok(query.count(db).await?)
}

/// All counters of a campaign.
///
/// # Errors
/// Of the database.
pub async fn counters(db: &impl ConnectionTrait, campaign_id: i64) -> Result<Vec<campaign_counters::Model>> {
    Ok(campaign_counters::Entity::find()
        .filter(campaign_counters::Column::CampaignId.eq(campaign_id))
        .order_by_asc(campaign_counters::Column::Kind)
        .order_by_asc(campaign_counters::Column::Key)
        .all(db)
        .await?)
}

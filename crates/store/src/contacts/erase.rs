//! The end of contacts: everything about the person goes with them.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::written_to;
use crate::crm::clients;
use crate::entity::contacts::{Column, Entity};
use crate::entity::{
    account_peers, campaign_contacts, campaign_counters, events, group_members, import_changes,
};
use crate::types::{CampaignContactState, CounterKind, UnixMillis};
use crate::{Result, StoreError};

/// Deletes a contact with everything about the person: tags, consents, messages, dialogs, outbox rows, events, what
/// uploads remember of the contact, and the name in the lists of groups. A suppression stays, and a mark that we wrote. First messages that were not
/// sent no longer count as waiting in their campaigns. The client card goes too: seats and places to come are free again,
/// past bookings and payments stay without the person, so that no sum changes. (Problem rows of uploads:
/// [`crate::imports::blank_row`].)
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(db: &impl ConnectionTrait, id: i64, now: UnixMillis) -> Result<()> {
    if let Some(row) = super::find(db, id).await? {
        written_to::remember(db, &row, now).await?;
    }
    clients::erase(db, id, now).await?;
    group_members::Entity::update_many()
        .filter(group_members::Column::ContactId.eq(id))
        .col_expr(group_members::Column::Name, Expr::value(""))
        .col_expr(group_members::Column::Username, Expr::value(None::<String>))
        .exec(db)
        .await?;
    if delete_many(db, &[id]).await? == 0 {
        Err(StoreError::NotFound("contact"))
    } else {
        Ok(())
    }
}

/// Deletes at most 1,000 contacts without a client card by a few statements; the lists of groups keep who their members are. Gives how many
/// contacts there were.
///
/// # Errors
/// Of the database.
pub async fn delete_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<u64> {
    if ids.is_empty() {
        return Ok(0);
    }
    uncount_waiting(db, ids).await?;
    // The rest hangs on the contact by foreign keys.
    group_members::Entity::update_many()
        .filter(group_members::Column::ContactId.is_in(ids.iter().copied()))
        .col_expr(group_members::Column::ContactId, Expr::value(None::<i64>))
        .exec(db)
        .await?;
    account_peers::Entity::delete_many()
        .filter(account_peers::Column::ContactId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    events::Entity::delete_many()
        .filter(events::Column::ContactId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    import_changes::Entity::delete_many()
        .filter(import_changes::Column::ContactId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    let deleted = Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected)
}

async fn uncount_waiting(db: &impl ConnectionTrait, ids: &[i64]) -> Result<()> {
    use campaign_contacts as cc;
    let waiting: Vec<(i64, CampaignContactState, i32, i64)> = cc::Entity::find()
        .select_only()
        .column(cc::Column::CampaignId)
        .column(cc::Column::State)
        .column(cc::Column::Variant)
        .column_as(cc::Column::Id.count(), "people")
        .filter(cc::Column::ContactId.is_in(ids.iter().copied()))
        .filter(cc::Column::State.is_in([CampaignContactState::Pending, CampaignContactState::Queued]))
        .group_by(cc::Column::CampaignId)
        .group_by(cc::Column::State)
        .group_by(cc::Column::Variant)
        .order_by_asc(cc::Column::CampaignId)
        .into_tuple()
        .all(db)
        .await?;
    for (campaign_id, state, variant, people) in waiting {
        let counted = [
            (CounterKind::State, state.as_str().to_owned()),
            (CounterKind::VariantTotal, variant.to_string()),
        ];
        for (kind, key) in counted {
            campaign_counters::Entity::update_many()
                .filter(campaign_counters::Column::CampaignId.eq(campaign_id))
                .filter(campaign_counters::Column::Kind.eq(kind))
                .filter(campaign_counters::Column::Key.eq(key))
                .col_expr(
                    campaign_counters::Column::Value,
                    Expr::col(campaign_counters::Column::Value).sub(people),
                )
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

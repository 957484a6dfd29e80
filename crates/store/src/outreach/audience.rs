//! The people of a campaign: where each stands, and how many wait for which account.

use std::collections::HashMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, campaigns, contacts, messages, outbox};
use crate::paging::{Page, PageOf, Position};
use crate::types::{
    CampaignContactState, ConsentBasis, ContactStatus, CounterKind, MessageDirection, OutboxKind,
    OutboxState, UnixMillis,
};

const LIST: &str = "audience";

/// Which people of a campaign.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<CampaignContactState>,
    /// For this reason.
    pub reason: Option<String>,
    /// With this template.
    pub variant: Option<i32>,
}

fn matching(campaign_id: i64, filter: &Filter) -> Select<campaign_contacts::Entity> {
    let mut query =
        campaign_contacts::Entity::find().filter(campaign_contacts::Column::CampaignId.eq(campaign_id));
    if let Some(state) = filter.state {
        query = query.filter(campaign_contacts::Column::State.eq(state));
    }
    if let Some(reason) = &filter.reason {
        query = query.filter(campaign_contacts::Column::Reason.eq(reason.as_str()));
    }
    if let Some(variant) = filter.variant {
        query = query.filter(campaign_contacts::Column::Variant.eq(variant));
    }
    query
}

/// People of a campaign by the contact's id.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    filter: &Filter,
    page: &Page,
) -> Result<PageOf<campaign_contacts::Model>, StoreError> {
    let mut query = matching(campaign_id, filter)
        .order_by_asc(campaign_contacts::Column::ContactId)
        .limit(page.fetch());
    if let Some(after) = page.position(LIST)? {
        query = query.filter(campaign_contacts::Column::ContactId.gt(after.id));
    }
    Ok(PageOf::cut(query.all(db).await?, page, LIST, |row| {
        Position::id(row.contact_id)
    }))
}

/// How many people of a campaign the filter takes.
///
/// # Errors
/// When the database fails.
pub async fn total<C: ConnectionTrait>(db: &C, campaign_id: i64, filter: &Filter) -> Result<u64, StoreError> {
    Ok(sea_orm::PaginatorTrait::count(matching(campaign_id, filter), db).await?)
}

/// A campaign that has a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Where the contact stands in it.
    pub row: campaign_contacts::Model,
    /// The campaign's name.
    pub name: String,
    /// The first message that the campaign sent to the contact.
    pub message_id: Option<i64>,
}

/// The campaigns that have a contact, the newest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn campaigns_of<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    limit: u64,
) -> Result<Vec<Membership>, StoreError> {
    let rows = campaign_contacts::Entity::find()
        .filter(campaign_contacts::Column::ContactId.eq(contact_id))
        .order_by_desc(campaign_contacts::Column::CampaignId)
        .limit(limit)
        .all(db)
        .await?;
    let ids = || rows.iter().map(|row| row.campaign_id);
    let names: Vec<(i64, String)> = campaigns::Entity::find()
        .select_only()
        .columns([campaigns::Column::Id, campaigns::Column::Name])
        .filter(campaigns::Column::Id.is_in(ids()))
        .into_tuple()
        .all(db)
        .await?;
    let mut names: HashMap<i64, String> = names.into_iter().collect();
    let sent: Vec<(Option<i64>, i64)> = messages::Entity::find()
        .select_only()
        .column(messages::Column::CampaignId)
        .column_as(messages::Column::Id.min(), "first")
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::Out))
        .filter(messages::Column::CampaignId.is_in(ids()))
        .group_by(messages::Column::CampaignId)
        .into_tuple()
        .all(db)
        .await?;
    let sent: HashMap<i64, i64> = sent
        .into_iter()
        .filter_map(|(campaign_id, first)| Some((campaign_id?, first)))
        .collect();
    let membership = |row: campaign_contacts::Model| Membership {
        name: names.remove(&row.campaign_id).unwrap_or_default(),
        message_id: sent.get(&row.campaign_id).copied(),
        row,
    };
    Ok(rows.into_iter().map(membership).collect())
}

/// The messages of a campaign to these contacts, in the order in which they were made.
///
/// # Errors
/// When the database fails.
pub async fn messages<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::ContactId.is_in(contact_ids.iter().copied()))
        .order_by_asc(outbox::Column::Id);
    Ok(query.all(db).await?)
}

/// Counts these people of a campaign by their variant, in the transaction that moved them.
///
/// # Errors
/// When the database fails.
pub(super) async fn count_variants<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
    kind: CounterKind,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    let counts: Vec<(i32, i64)> = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::Variant)
        .column_as(campaign_contacts::Column::Id.count(), "people")
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.is_in(contact_ids.iter().copied()))
        .group_by(campaign_contacts::Column::Variant)
        .into_tuple()
        .all(db)
        .await?;
    for (variant, people) in counts {
        moves.add(campaign_id, kind, variant.to_string(), people);
    }
    Ok(())
}

/// First messages that wait to be sent: campaign, account, how many.
///
/// # Errors
/// When the database fails.
pub async fn waiting_by_account<C: ConnectionTrait>(
    db: &C,
    campaign_ids: &[i64],
) -> Result<Vec<(i64, i64, i64)>, StoreError> {
    let query = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CampaignId)
        .column(outbox::Column::AccountId)
        .column_as(outbox::Column::Id.count(), "messages")
        .filter(outbox::Column::CampaignId.is_in(campaign_ids.iter().copied()))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::State.is_in([
            OutboxState::Draft,
            OutboxState::Queued,
            OutboxState::Deferred,
            OutboxState::Sending,
        ]))
        .group_by(outbox::Column::CampaignId)
        .group_by(outbox::Column::AccountId);
    let rows: Vec<(Option<i64>, i64, i64)> = query.into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(campaign, account, count)| Some((campaign?, account, count)))
        .collect())
}

/// Pending people of a campaign whom it may write to as things stand: consent, not opted out, active, with an address,
/// not written to since `recently`, and waited for by no other campaign. By id, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn reachable<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    recently: UnixMillis,
    limit: u64,
) -> Result<Vec<i64>, StoreError> {
    let pending = Query::select()
        .column(campaign_contacts::Column::ContactId)
        .from(campaign_contacts::Entity)
        .and_where(Expr::col(campaign_contacts::Column::CampaignId).eq(campaign_id))
        .and_where(Expr::col(campaign_contacts::Column::State).eq(CampaignContactState::Pending))
        .take();
    let waited_for = Query::select()
        .column(outbox::Column::ContactId)
        .from(outbox::Entity)
        .and_where(Expr::col(outbox::Column::Kind).eq(OutboxKind::FirstMessage))
        .and_where(Expr::col(outbox::Column::State).is_in([
            OutboxState::Draft,
            OutboxState::Queued,
            OutboxState::Deferred,
            OutboxState::Sending,
        ]))
        .take();
    let addressed = Condition::any()
        .add(contacts::Column::Phone.is_not_null())
        .add(contacts::Column::Username.is_not_null())
        .add(contacts::Column::TelegramUserId.is_not_null());
    let before = |column: contacts::Column| column.is_null().or(column.lte(recently));
    let query = contacts::Entity::find()
        .select_only()
        .column(contacts::Column::Id)
        .filter(contacts::Column::Id.in_subquery(pending))
        .filter(contacts::Column::ConsentBasis.ne(ConsentBasis::None))
        .filter(contacts::Column::OptedOutAt.is_null())
        .filter(contacts::Column::Status.eq(ContactStatus::Active))
        .filter(addressed)
        .filter(before(contacts::Column::LastOutreachAt))
        .filter(before(contacts::Column::LastMessageAt))
        .filter(contacts::Column::Id.not_in_subquery(waited_for))
        .order_by_asc(contacts::Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(db).await?)
}

/// One person of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn member<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_id: i64,
) -> Result<Option<campaign_contacts::Model>, StoreError> {
    let query = campaign_contacts::Entity::find()
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.eq(contact_id));
    Ok(query.one(db).await?)
}

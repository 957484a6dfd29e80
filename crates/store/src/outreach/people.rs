//! What the policy gate must know of people, read for many at once.

use std::collections::HashMap;

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use crate::StoreError;
use crate::entity::{campaign_contacts, contacts, dialogs, messages, outbox};
use crate::types::{CampaignContactState, OutboxKind, OutboxState, UnixMillis};

/// A contact with what the gate asks of it.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// The contact.
    pub contact: contacts::Model,
    /// Its dialogs with our accounts.
    pub dialogs: Vec<dialogs::Model>,
    /// Campaign messages since the moment asked for.
    pub campaign_messages: u64,
    /// A campaign whose first message waits for this person.
    pub waiting_campaign_id: Option<i64>,
}

/// Reads the people with these ids; those that do not exist are left out. At most 1,000 ids.
///
/// # Errors
/// When the database fails.
pub async fn load<C: ConnectionTrait>(
    db: &C,
    contact_ids: &[i64],
    campaigns_since: UnixMillis,
) -> Result<Vec<PersonRow>, StoreError> {
    let ids = || contact_ids.iter().copied();
    let contacts = contacts::Entity::find()
        .filter(contacts::Column::Id.is_in(ids()))
        .all(db)
        .await?;
    let mut dialogs: HashMap<i64, Vec<dialogs::Model>> = HashMap::new();
    for dialog in dialogs::Entity::find()
        .filter(dialogs::Column::ContactId.is_in(ids()))
        .all(db)
        .await?
    {
        dialogs.entry(dialog.contact_id).or_default().push(dialog);
    }
    let sent: Vec<(i64, i64)> = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::ContactId)
        .column_as(campaign_contacts::Column::Id.count(), "messages")
        .filter(campaign_contacts::Column::ContactId.is_in(ids()))
        .filter(campaign_contacts::Column::State.eq(CampaignContactState::Sent))
        .filter(campaign_contacts::Column::SentAt.gte(campaigns_since))
        .group_by(campaign_contacts::Column::ContactId)
        .into_tuple()
        .all(db)
        .await?;
    let sent: HashMap<i64, i64> = sent.into_iter().collect();
    let waiting: Vec<(i64, Option<i64>)> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::ContactId)
        .column(outbox::Column::CampaignId)
        .filter(outbox::Column::ContactId.is_in(ids()))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::State.is_in([
            OutboxState::Draft,
            OutboxState::Queued,
            OutboxState::Deferred,
            OutboxState::Sending,
        ]))
        .into_tuple()
        .all(db)
        .await?;
    let waiting: HashMap<i64, Option<i64>> = waiting.into_iter().collect();
    let person = |contact: contacts::Model| PersonRow {
        dialogs: dialogs.remove(&contact.id).unwrap_or_default(),
        campaign_messages: sent.get(&contact.id).map_or(0, |count| *count as u64),
        waiting_campaign_id: waiting.get(&contact.id).copied().flatten(),
        contact,
    };
    Ok(contacts.into_iter().map(person).collect())
}

/// The campaign that last wrote to a contact, as its newest dialog says.
///
/// # Errors
/// When the database fails.
pub async fn campaign_of<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<Option<i64>, StoreError> {
    let newest = dialogs::Entity::find()
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .order_by_desc(dialogs::Column::LastMessageAt)
        .one(db)
        .await?;
    Ok(newest.and_then(|dialog| dialog.campaign_id))
}

/// The newest messages that were said to or by a contact, on every account, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn newest_messages<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    limit: u64,
) -> Result<Vec<messages::Model>, StoreError> {
    let query = messages::Entity::find()
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::State.is_in(super::queued::SAID))
        .order_by_desc(messages::Column::SentAt)
        .order_by_desc(messages::Column::Id)
        .limit(limit);
    let mut newest = query.all(db).await?;
    newest.reverse();
    Ok(newest)
}

/// The facts (JSON) that the newest messages to a contact used.
///
/// # Errors
/// When the database fails.
pub async fn facts_told<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    limit: u64,
) -> Result<Vec<String>, StoreError> {
    let query = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Facts)
        .filter(outbox::Column::ContactId.eq(contact_id))
        .filter(outbox::Column::State.eq(OutboxState::Sent))
        .filter(outbox::Column::Facts.is_not_null())
        .order_by_desc(outbox::Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(db).await?)
}

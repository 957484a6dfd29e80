//! Storing what people write: once, with the work that it asks for.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, QuerySelect, Set};

use super::counters::Moves;
use super::follow_ups;
use super::stages::{BY_CONTACT, Cause, move_stage};
use crate::StoreError;
use crate::entity::{account_peers, campaign_contacts, campaigns, contacts, dialogs, messages, outbox};
use crate::types::{
    CounterKind, DialogOwner, FunnelStage, MessageAuthor, MessageDirection, MessageState, OutboxState,
    UnixMillis,
};

/// The contact behind a Telegram user, as far as it is known: by Telegram id, by what the account remembers of the
/// peer, by phone, or by username, in this order. Phones and usernames change hands: a contact that is known under
/// another Telegram id is somebody else.
///
/// # Errors
/// When the database fails.
pub async fn contact_of<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    telegram_user_id: i64,
    phone: Option<&str>,
    username: Option<&str>,
) -> Result<Option<i64>, StoreError> {
    let by = async |filter| {
        let query = contacts::Entity::find()
            .select_only()
            .column(contacts::Column::Id)
            .filter(filter);
        query.into_tuple::<i64>().one(db).await
    };
    if let Some(id) = by(contacts::Column::TelegramUserId.eq(telegram_user_id)).await? {
        return Ok(Some(id));
    }
    let nobody_yet = || contacts::Column::TelegramUserId.is_null();
    let remembered = account_peers::Entity::find()
        .filter(account_peers::Column::AccountId.eq(account_id))
        .filter(account_peers::Column::TelegramUserId.eq(telegram_user_id))
        .one(db)
        .await?;
    if let Some(id) = remembered.and_then(|peer| peer.contact_id)
        && let Some(id) = by(contacts::Column::Id.eq(id).and(nobody_yet())).await?
    {
        return Ok(Some(id));
    }
    if let Some(phone) = phone
        && let Some(id) = by(contacts::Column::Phone.eq(phone).and(nobody_yet())).await?
    {
        return Ok(Some(id));
    }
    match username {
        Some(username) => Ok(by(contacts::Column::Username.eq(username).and(nobody_yet())).await?),
        None => Ok(None),
    }
}

/// Of a phone and a username, what no contact has: a new contact cannot be made with what another one still has.
///
/// # Errors
/// When the database fails.
pub async fn untaken<C: ConnectionTrait>(
    db: &C,
    phone: Option<&str>,
    username: Option<&str>,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let taken = async |column: contacts::Column, value: &str| {
        let query = contacts::Entity::find().filter(column.eq(value));
        Ok::<_, StoreError>(query.count(db).await? > 0)
    };
    let mut free = (None, None);
    if let Some(phone) = phone
        && !taken(contacts::Column::Phone, phone).await?
    {
        free.0 = Some(phone.to_owned());
    }
    if let Some(username) = username
        && !taken(contacts::Column::Username, username).await?
    {
        free.1 = Some(username.to_owned());
    }
    Ok(free)
}

/// A message that a person wrote, or one that our account sent from elsewhere.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// To or from which of our accounts.
    pub account_id: i64,
    /// The person.
    pub contact_id: i64,
    /// Telegram's id of the message in the account's mailbox.
    pub telegram_message_id: i64,
    /// The text.
    pub text: &'a str,
    /// When it was sent.
    pub sent_at: UnixMillis,
    /// Who wrote it: `Contact`, or `Phone` for our own account.
    pub author: MessageAuthor,
}

/// Stores a message unless it is stored already. Answers its id when this call stored it.
///
/// # Errors
/// When the database fails.
pub async fn store_once<C: ConnectionTrait>(db: &C, new: &NewMessage<'_>) -> Result<Option<i64>, StoreError> {
    let known = by_telegram_id(db, new.account_id, new.contact_id, new.telegram_message_id).await?;
    if known.is_some() {
        return Ok(None);
    }
    let inbound = new.author == MessageAuthor::Contact;
    let row = messages::ActiveModel {
        account_id: Set(new.account_id),
        contact_id: Set(new.contact_id),
        direction: Set(if inbound {
            MessageDirection::In
        } else {
            MessageDirection::Out
        }),
        telegram_message_id: Set(Some(new.telegram_message_id)),
        text: Set(new.text.to_owned()),
        state: Set(if inbound {
            MessageState::Received
        } else {
            MessageState::Delivered
        }),
        author: Set(new.author),
        sent_at: Set(new.sent_at),
        ..Default::default()
    };
    Ok(Some(row.insert(db).await?.id))
}

/// The stored message with this Telegram id.
///
/// # Errors
/// When the database fails.
pub async fn by_telegram_id<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
    telegram_message_id: i64,
) -> Result<Option<messages::Model>, StoreError> {
    let query = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::TelegramMessageId.eq(telegram_message_id));
    Ok(query.one(db).await?)
}

/// Our message to the contact whose outcome is still unknown and that this one is: by its `random_id` where Telegram
/// tells it, else by its text.
///
/// # Errors
/// When the database fails.
pub async fn awaiting_outcome<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
    random_id: Option<i64>,
    text: &str,
) -> Result<Option<outbox::Model>, StoreError> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::ContactId.eq(contact_id))
        .filter(outbox::Column::State.eq(OutboxState::Sending))
        .all(db)
        .await?;
    let is_it = |row: &outbox::Model| match random_id {
        Some(random_id) => row.random_id == random_id,
        None => row.text.as_deref().is_some_and(|own| own.trim() == text.trim()),
    };
    Ok(rows.into_iter().find(is_it))
}

/// A closed dialog is open again when the person goes on and an answer is due.
fn reopened(react_due_at: Option<UnixMillis>) -> Expr {
    match react_due_at {
        Some(_) => Expr::value(None::<UnixMillis>),
        None => Expr::col((dialogs::Entity, dialogs::Column::ClosedAt)),
    }
}

/// Notes that somebody of the team wrote to the contact with another program: the dialog exists, and its time moves.
///
/// # Errors
/// When the database fails.
pub async fn touch_written<C: ConnectionTrait>(
    db: &C,
    (account_id, contact_id): (i64, i64),
    at: UnixMillis,
) -> Result<(), StoreError> {
    let row = dialogs::ActiveModel {
        contact_id: Set(contact_id),
        account_id: Set(account_id),
        owner: Set(DialogOwner::Ai),
        unread: Set(0),
        unanswered_ai: Set(0),
        react_seq: Set(0),
        last_message_at: Set(at),
        last_read_out_id: Set(0),
        ..Default::default()
    };
    let known = OnConflict::columns([dialogs::Column::ContactId, dialogs::Column::AccountId])
        .update_column(dialogs::Column::LastMessageAt)
        .to_owned();
    dialogs::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(db)
        .await?;
    contacts::Entity::update_many()
        .col_expr(contacts::Column::LastMessageAt, Expr::value(Some(at)))
        .filter(contacts::Column::Id.eq(contact_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives a message of ours that is known as sent, but not under which Telegram id, its id. Answers whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn name_sent<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
    (telegram_message_id, text): (i64, &str),
) -> Result<bool, StoreError> {
    let nameless = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::Out))
        .filter(messages::Column::TelegramMessageId.is_null())
        .filter(messages::Column::OutboxId.is_not_null())
        .filter(messages::Column::State.is_in(super::queued::SAID))
        .all(db)
        .await?;
    let Some(message) = nameless.into_iter().find(|row| row.text.trim() == text.trim()) else {
        return Ok(false);
    };
    let id = Some(telegram_message_id);
    messages::Entity::update_many()
        .col_expr(messages::Column::TelegramMessageId, Expr::value(id))
        .filter(messages::Column::Id.eq(message.id))
        .exec(db)
        .await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::TelegramMessageId, Expr::value(id))
        .filter(outbox::Column::Id.is_in(message.outbox_id))
        .exec(db)
        .await?;
    Ok(true)
}

/// Notes in the dialog that the person wrote, and when the burst will have settled. Answers the dialog.
///
/// # Errors
/// When the database fails.
pub async fn touch_dialog<C: ConnectionTrait>(
    db: &C,
    (account_id, contact_id): (i64, i64),
    at: UnixMillis,
    react_due_at: Option<UnixMillis>,
) -> Result<Option<dialogs::Model>, StoreError> {
    let row = dialogs::ActiveModel {
        contact_id: Set(contact_id),
        account_id: Set(account_id),
        owner: Set(DialogOwner::Ai),
        unread: Set(1),
        unanswered_ai: Set(0),
        react_due_at: Set(react_due_at),
        react_seq: Set(1),
        last_message_at: Set(at),
        last_read_out_id: Set(0),
        ..Default::default()
    };
    let plus_one = |column: dialogs::Column| Expr::col((dialogs::Entity, column)).add(1);
    let mut known = OnConflict::columns([dialogs::Column::ContactId, dialogs::Column::AccountId]);
    known
        .update_columns([
            dialogs::Column::LastMessageAt,
            dialogs::Column::UnansweredAi,
            dialogs::Column::ReactDueAt,
        ])
        .value(dialogs::Column::ClosedAt, reopened(react_due_at))
        .value(dialogs::Column::Unread, plus_one(dialogs::Column::Unread))
        .value(dialogs::Column::ReactSeq, plus_one(dialogs::Column::ReactSeq));
    dialogs::Entity::insert(row)
        .on_conflict(known.to_owned())
        .exec_without_returning(db)
        .await?;
    dialog(db, account_id, contact_id).await
}

/// The dialog of an account with a contact.
///
/// # Errors
/// When the database fails.
pub async fn dialog<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
) -> Result<Option<dialogs::Model>, StoreError> {
    let query = dialogs::Entity::find()
        .filter(dialogs::Column::AccountId.eq(account_id))
        .filter(dialogs::Column::ContactId.eq(contact_id));
    Ok(query.one(db).await?)
}

/// Notes with the contact that it wrote, and counts the first reply to a campaign's message.
///
/// # Errors
/// When the database fails.
pub async fn count_reply<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    campaign_id: Option<i64>,
    (message_id, at): (i64, UnixMillis),
    moves: &mut Moves,
) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::LastInboundAt, Expr::value(Some(at)))
        .col_expr(contacts::Column::LastMessageAt, Expr::value(Some(at)))
        .filter(contacts::Column::Id.eq(contact_id))
        .exec(db)
        .await?;
    if let Some(campaign_id) = campaign_id {
        count_first_reply(db, contact_id, campaign_id, at, moves).await?;
    }
    let from = [FunnelStage::New, FunnelStage::Contacted];
    let cause = Cause {
        message_id: Some(message_id),
        reason: None,
        by: BY_CONTACT,
        at,
    };
    let to = (&from[..], FunnelStage::Replied);
    move_stage(db, contact_id, campaign_id, to, &cause, moves).await?;
    // The silence is over.
    follow_ups::end_of_contact(db, contact_id, "replied").await
}

async fn count_first_reply<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    campaign_id: i64,
    at: UnixMillis,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    let membership = campaign_contacts::Entity::find()
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.eq(contact_id))
        .one(db)
        .await?;
    let first_time = membership.filter(|row| row.replied_at.is_none());
    let Some((sent_at, variant)) = first_time.and_then(|row| Some((row.sent_at?, row.variant))) else {
        return Ok(());
    };
    let first = campaign_contacts::Entity::update_many()
        .col_expr(campaign_contacts::Column::RepliedAt, Expr::value(Some(at)))
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.eq(contact_id))
        .filter(campaign_contacts::Column::RepliedAt.is_null())
        .exec(db)
        .await?;
    if first.rows_affected == 0 {
        return Ok(());
    }
    moves.add(campaign_id, CounterKind::State, "replied", 1);
    moves.add(campaign_id, CounterKind::VariantReplied, variant.to_string(), 1);
    let response_ms: i64 = Ord::max(at.ms_since(sent_at), 0);
    campaigns::Entity::update_many()
        .col_expr(
            campaigns::Column::ResponseMsSum,
            Expr::col(campaigns::Column::ResponseMsSum).add(response_ms),
        )
        .col_expr(
            campaigns::Column::ResponseCount,
            Expr::col(campaigns::Column::ResponseCount).add(1),
        )
        .filter(campaigns::Column::Id.eq(campaign_id))
        .exec(db)
        .await?;
    Ok(())
}

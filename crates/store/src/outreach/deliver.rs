//! The outcome of a send, with everything that follows from it, in the caller's transaction.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, Set};

use super::audience::count_variants;
use super::counters::Moves;
use super::follow_ups;
use super::stages::{self, BY_ALFA, Cause};
use crate::StoreError;
use crate::entity::{campaign_contacts, contacts, dialogs, messages, outbox};
use crate::types::{
    CampaignContactState, CounterKind, DialogOwner, FunnelStage, MessageAuthor, MessageDirection,
    MessageState, OutboxKind, OutboxState, UnixMillis,
};

/// A message that Telegram took.
#[derive(Debug, Clone)]
pub struct Sent<'a> {
    /// The outbox row.
    pub row: &'a outbox::Model,
    /// Telegram's id of the message; none when only the fact is known that it was sent.
    pub telegram_message_id: Option<i64>,
    /// When Telegram took it.
    pub at: UnixMillis,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// What the campaign offers.
    pub product_id: Option<i64>,
    /// The business's day of `at`, `YYYY-MM-DD`.
    pub day: &'a str,
}

/// Records that a message was sent: once, however often it is told. Answers the message's id when this call recorded it.
///
/// # Errors
/// When the database fails.
pub async fn record_sent<C: ConnectionTrait>(
    db: &C,
    sent: &Sent<'_>,
    moves: &mut Moves,
) -> Result<Option<i64>, StoreError> {
    let row = sent.row;
    let left = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Sent))
        .col_expr(
            outbox::Column::TelegramMessageId,
            Expr::value(sent.telegram_message_id),
        )
        .col_expr(outbox::Column::SentAt, Expr::value(Some(sent.at)))
        .col_expr(outbox::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<UnixMillis>))
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::State.eq(OutboxState::Sending))
        .exec(db)
        .await?;
    if left.rows_affected == 0 {
        return Ok(None);
    }
    let mut message = message_of(sent);
    // An id that another message has would fail the whole batch again and again: it arrives by the updates.
    if let Some(id) = sent.telegram_message_id
        && super::receive::by_telegram_id(db, row.account_id, row.contact_id, id)
            .await?
            .is_some()
    {
        message.telegram_message_id = Set(None);
    }
    let message = write(db, row.id, message).await?;
    touch_dialog(db, sent).await?;
    touch_contact(db, sent, message.id).await?;
    if row.kind == OutboxKind::FirstMessage
        && let Some(campaign_id) = row.campaign_id
    {
        touch_campaign(db, sent, campaign_id, moves).await?;
    }
    Ok(Some(message.id))
}

/// An operator's message stands in the history since it was queued; any other one comes there now.
async fn write<C: ConnectionTrait>(
    db: &C,
    outbox_id: i64,
    mut message: messages::ActiveModel,
) -> Result<messages::Model, StoreError> {
    match super::queued::of(db, outbox_id).await? {
        Some(queued) => {
            message.id = Set(queued.id);
            Ok(message.update(db).await?)
        }
        None => Ok(message.insert(db).await?),
    }
}

/// What a message that was sent becomes in the history.
pub(super) fn message_of(sent: &Sent<'_>) -> messages::ActiveModel {
    let row = sent.row;
    messages::ActiveModel {
        account_id: Set(row.account_id),
        contact_id: Set(row.contact_id),
        direction: Set(MessageDirection::Out),
        telegram_message_id: Set(sent.telegram_message_id),
        text: Set(row.text.clone().unwrap_or_default()),
        state: Set(MessageState::Delivered),
        campaign_id: Set(row.campaign_id),
        outbox_id: Set(Some(row.id)),
        author: Set(sent.author),
        sent_at: Set(sent.at),
        ..Default::default()
    }
}

/// The dialog that a message begins.
pub(super) fn dialog_of(sent: &Sent<'_>) -> dialogs::ActiveModel {
    let row = sent.row;
    let by_ai = matches!(sent.author, MessageAuthor::Ai);
    // Whoever of the team writes first owns the dialog from its first message on.
    let by_operator = sent.author == MessageAuthor::Operator;
    let owner = if by_operator {
        DialogOwner::Human
    } else {
        DialogOwner::Ai
    };
    dialogs::ActiveModel {
        contact_id: Set(row.contact_id),
        account_id: Set(row.account_id),
        owner: Set(owner),
        owner_since: Set(by_operator.then_some(sent.at)),
        campaign_id: Set(row.campaign_id),
        product_id: Set(sent.product_id),
        unread: Set(0),
        unanswered_ai: Set(i32::from(by_ai)),
        react_seq: Set(0),
        last_message_at: Set(sent.at),
        last_read_out_id: Set(0),
        ..Default::default()
    }
}

async fn touch_dialog<C: ConnectionTrait>(db: &C, sent: &Sent<'_>) -> Result<(), StoreError> {
    let row = sent.row;
    let by_ai = matches!(sent.author, MessageAuthor::Ai);
    let begins = row.kind == OutboxKind::FirstMessage && row.campaign_id.is_some();
    let answered = Expr::col((dialogs::Entity, dialogs::Column::UnansweredAi)).add(i32::from(by_ai));
    let mut known = OnConflict::columns([dialogs::Column::ContactId, dialogs::Column::AccountId]);
    known
        .update_column(dialogs::Column::LastMessageAt)
        .value(dialogs::Column::UnansweredAi, answered);
    if sent.author == MessageAuthor::Operator {
        known.update_columns([dialogs::Column::Owner, dialogs::Column::OwnerSince]);
    }
    if begins {
        known.update_columns([dialogs::Column::CampaignId, dialogs::Column::ProductId]);
        known.value(dialogs::Column::ClosedAt, Expr::value(None::<UnixMillis>));
    }
    dialogs::Entity::insert(dialog_of(sent))
        .on_conflict(known.to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

async fn touch_contact<C: ConnectionTrait>(
    db: &C,
    sent: &Sent<'_>,
    message_id: i64,
) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::LastMessageAt, Expr::value(Some(sent.at)))
        .filter(contacts::Column::Id.eq(sent.row.contact_id))
        .exec(db)
        .await?;
    if sent.row.kind == OutboxKind::FirstMessage {
        let contacted = contacts::Entity::update_many()
            .col_expr(contacts::Column::Stage, Expr::value(FunnelStage::Contacted))
            .col_expr(contacts::Column::StageMessageId, Expr::value(Some(message_id)))
            .filter(contacts::Column::Id.eq(sent.row.contact_id))
            .filter(contacts::Column::Stage.eq(FunnelStage::New))
            .exec(db)
            .await?;
        if contacted.rows_affected == 1 {
            let one = [(sent.row.contact_id, Some(message_id))];
            let step = (FunnelStage::New, FunnelStage::Contacted);
            stages::record(db, &one, step, sent.row.campaign_id, &by_message(sent)).await?;
        }
    }
    Ok(())
}

/// What moves a person by being sent.
pub(super) fn by_message(sent: &Sent<'_>) -> Cause<'static> {
    Cause {
        message_id: None,
        reason: None,
        by: BY_ALFA,
        at: sent.at,
    }
}

async fn touch_campaign<C: ConnectionTrait>(
    db: &C,
    sent: &Sent<'_>,
    campaign_id: i64,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    // Cancelled: the campaign was cancelled while the outcome was unknown; it was sent all the same, and is counted so.
    for from in [CampaignContactState::Queued, CampaignContactState::Cancelled] {
        let updated = campaign_contacts::Entity::update_many()
            .col_expr(
                campaign_contacts::Column::State,
                Expr::value(CampaignContactState::Sent),
            )
            .col_expr(campaign_contacts::Column::SentAt, Expr::value(Some(sent.at)))
            .col_expr(campaign_contacts::Column::Delivered, Expr::value(true))
            .col_expr(
                campaign_contacts::Column::AccountId,
                Expr::value(Some(sent.row.account_id)),
            )
            .col_expr(
                campaign_contacts::Column::Stage,
                Expr::value(FunnelStage::Contacted),
            )
            .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
            .filter(campaign_contacts::Column::ContactId.eq(sent.row.contact_id))
            .filter(campaign_contacts::Column::State.eq(from))
            .exec(db)
            .await?;
        if updated.rows_affected == 1 {
            moves.state(campaign_id, from, CampaignContactState::Sent);
            moves.add(campaign_id, CounterKind::State, "delivered", 1);
            moves.add(campaign_id, CounterKind::SentDay, sent.day, 1);
            moves.stage(campaign_id, FunnelStage::New, FunnelStage::Contacted);
            let contact = [sent.row.contact_id];
            count_variants(db, campaign_id, &contact, CounterKind::VariantSent, moves).await?;
            return follow_ups::begin(db, &[sent]).await;
        }
    }
    Ok(())
}

/// How a message ends or goes back, when it was certainly not sent.
#[derive(Debug, Clone)]
pub enum NotSent<'a> {
    /// It waits for its turn again, not before this moment.
    Back {
        /// Not before.
        not_before: UnixMillis,
        /// What was in the way.
        error: Option<&'a str>,
    },
    /// It waits until the policy allows it.
    Deferred {
        /// Not before.
        until: UnixMillis,
        /// Why it waits.
        reason: &'a str,
    },
    /// This person is not written to.
    Skipped {
        /// Why.
        reason: &'a str,
    },
    /// It could not be sent.
    Failed {
        /// The kind of failure.
        reason: &'a str,
        /// What Telegram said.
        error: &'a str,
    },
    /// It is no longer wanted.
    Cancelled {
        /// Why.
        reason: &'a str,
    },
}

impl NotSent<'_> {
    fn state(&self) -> OutboxState {
        match self {
            Self::Back { .. } => OutboxState::Queued,
            Self::Deferred { .. } => OutboxState::Deferred,
            Self::Skipped { .. } => OutboxState::Skipped,
            Self::Failed { .. } => OutboxState::Failed,
            Self::Cancelled { .. } => OutboxState::Cancelled,
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Back { .. } => None,
            Self::Deferred { reason, .. }
            | Self::Skipped { reason }
            | Self::Failed { reason, .. }
            | Self::Cancelled { reason } => Some(reason),
        }
    }

    fn error(&self) -> Option<&str> {
        match self {
            Self::Back { error, .. } => *error,
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    fn not_before(&self) -> Option<UnixMillis> {
        match self {
            Self::Back { not_before, .. } => Some(*not_before),
            Self::Deferred { until, .. } => Some(*until),
            _ => None,
        }
    }

    fn campaign_state(&self) -> Option<CampaignContactState> {
        match self {
            Self::Back { .. } | Self::Deferred { .. } => None,
            Self::Skipped { .. } => Some(CampaignContactState::Skipped),
            Self::Failed { .. } => Some(CampaignContactState::Failed),
            Self::Cancelled { .. } => Some(CampaignContactState::Cancelled),
        }
    }
}

/// Records that a message was not sent. `from` is the state that the row was read in. Answers whether it was still in it.
///
/// # Errors
/// When the database fails.
pub async fn record_not_sent<C: ConnectionTrait>(
    db: &C,
    row: &outbox::Model,
    from: OutboxState,
    outcome: &NotSent<'_>,
    moves: &mut Moves,
) -> Result<bool, StoreError> {
    let mut update = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(outcome.state()))
        .col_expr(
            outbox::Column::Reason,
            Expr::value(outcome.reason().map(str::to_owned)),
        )
        .col_expr(
            outbox::Column::Error,
            Expr::value(outcome.error().map(str::to_owned)),
        )
        .col_expr(outbox::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<UnixMillis>))
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::State.eq(from));
    if let Some(not_before) = outcome.not_before() {
        update = update.col_expr(outbox::Column::NotBefore, Expr::value(not_before));
    }
    if update.exec(db).await?.rows_affected == 0 {
        return Ok(false);
    }
    if outcome.campaign_state().is_some() {
        super::queued::fail(db, &[row.id]).await?;
    }
    let (Some(campaign_id), Some(to)) = (row.campaign_id, outcome.campaign_state()) else {
        return Ok(true);
    };
    if row.kind != OutboxKind::FirstMessage {
        return Ok(true);
    }
    let updated = campaign_contacts::Entity::update_many()
        .col_expr(campaign_contacts::Column::State, Expr::value(to))
        .col_expr(
            campaign_contacts::Column::Reason,
            Expr::value(outcome.reason().map(str::to_owned)),
        )
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.eq(row.contact_id))
        .filter(campaign_contacts::Column::State.eq(CampaignContactState::Queued))
        .exec(db)
        .await?;
    if updated.rows_affected == 1 {
        moves.state(campaign_id, CampaignContactState::Queued, to);
        moves.add(
            campaign_id,
            CounterKind::Reason,
            outcome.reason().unwrap_or_default(),
            1,
        );
    }
    Ok(true)
}

//! A person of the team says that two contacts are one person. Unlike what a look-up finds, both may have a past: the
//! whole of it goes along, as long as nothing of it is on its way at this moment. Docs: decision 0006.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};

use super::counters::Moves;
use super::merge::{Precedence, extra_of, fold};
use super::opt_out;
use crate::StoreError;
use crate::contacts::{Identity, suppression};
use crate::crm::clients;
use crate::crm::join::{Joined, SameSession, join};
use crate::entity::{ai_violations, campaign_contacts, contacts, dialogs, follow_ups, messages, outbox};
use crate::types::{DialogOwner, OutboxKind, OutboxState, UnixMillis};

/// Why two contacts cannot be made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// They have different Telegram accounts: who writes from which could not be told any more.
    TwoAccounts,
    /// Both are clients with a seat in this session, and neither seat can be given back without a loss.
    SameSession(i64),
    /// A message to the one that would go is being sent.
    Sending,
    /// What the one that would go has written is being answered.
    Answering,
}

/// Makes one contact of two: `kept` keeps its fields and gets what it lacks, `gone` goes with everything it had moved. The
/// stricter verdict holds. Two client cards become one too: what came of that is told. After an obstacle the transaction is
/// to be rolled back.
///
/// # Errors
/// [`StoreError::NotFound`] when one of them does not exist.
pub async fn merge_by_hand<C: ConnectionTrait>(
    db: &C,
    (kept, gone): (i64, i64),
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<Result<Option<Joined>, Obstacle>, StoreError> {
    // Locked: what is stored for the contact that goes comes before this, or after its end.
    let rows = contacts::Entity::find()
        .filter(contacts::Column::Id.is_in([kept, gone]))
        .order_by_asc(contacts::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let row = |id: i64| rows.iter().find(|row| row.id == id).cloned();
    let (Some(kept), Some(mut gone)) = (row(kept), row(gone)) else {
        return Err(StoreError::NotFound("contact"));
    };
    if let Some(obstacle) = obstacle(db, &kept, &gone, now).await? {
        return Ok(Err(obstacle));
    }
    move_outbox(db, kept.id, gone.id).await?;
    let rest = outbox::Entity::find().filter(outbox::Column::ContactId.eq(gone.id));
    if rest.limit(1).one(db).await?.is_some() {
        // A lane was quicker: what it sends must find its contact when it is done.
        return Ok(Err(Obstacle::Sending));
    }
    let joined = match join_cards(db, (&kept, &mut gone), now).await? {
        Ok(joined) => joined,
        Err(SameSession { session_id }) => return Ok(Err(Obstacle::SameSession(session_id))),
    };
    move_history(db, kept.id, gone.id).await?;
    let opted_out_at = kept.opted_out_at.into_iter().chain(gone.opted_out_at).min();
    let kept_id = kept.id;
    fold(db, kept, gone, Precedence::Kept, moves, now).await?;
    if let Some(since) = opted_out_at {
        let row = crate::contacts::get(db, kept_id).await?;
        suppression::add(db, &Identity::of(&row), "opt_out", since).await?;
        opt_out::apply(db, kept_id, moves, now).await?;
    }
    Ok(Ok(joined))
}

/// What the card that goes said otherwise stays with the person as columns of a file that no field is for.
async fn join_cards<C: ConnectionTrait>(
    db: &C,
    (kept, gone): (&contacts::Model, &mut contacts::Model),
    now: UnixMillis,
) -> Result<Result<Option<Joined>, SameSession>, StoreError> {
    let cards = clients::of_contacts(db, &[kept.id, gone.id]).await?;
    let card_of = |id: i64| cards.iter().find(|card| card.contact_id == id);
    let (Some(own), Some(other)) = (card_of(kept.id), card_of(gone.id)) else {
        return Ok(Ok(None));
    };
    let joined = match join(db, (own, other), now).await? {
        Ok(joined) => joined,
        Err(obstacle) => return Ok(Err(obstacle)),
    };
    if !joined.differing.is_empty() {
        let mut extra = extra_of(gone);
        for (name, words) in &joined.differing {
            extra.insert((*name).to_owned(), words.clone().into());
        }
        gone.extra = Some(serde_json::Value::Object(extra).to_string());
    }
    Ok(Ok(Some(joined)))
}

async fn obstacle<C: ConnectionTrait>(
    db: &C,
    kept: &contacts::Model,
    gone: &contacts::Model,
    now: UnixMillis,
) -> Result<Option<Obstacle>, StoreError> {
    let ids = (kept.telegram_user_id, gone.telegram_user_id);
    if matches!(ids, (Some(one), Some(other)) if one != other) {
        return Ok(Some(Obstacle::TwoAccounts));
    }
    let answering = dialogs::Entity::find()
        .filter(dialogs::Column::ContactId.eq(gone.id))
        .filter(dialogs::Column::LeaseOwner.is_not_null())
        .filter(dialogs::Column::ReactDueAt.is_not_null())
        .filter(dialogs::Column::LeaseUntil.gt(now));
    let answering = answering.limit(1).one(db).await?.is_some();
    Ok(answering.then_some(Obstacle::Answering))
}

/// First messages that nobody has received are deleted: their campaign is planned anew for the one contact. Of a campaign
/// that has both, the other contact's messages stay as messages, and no longer as that campaign's steps. What is being sent
/// stays where it is.
async fn move_outbox<C: ConnectionTrait>(db: &C, kept: i64, gone: i64) -> Result<(), StoreError> {
    use outbox::{Column, Entity};
    let waits = Column::State.is_in([OutboxState::Draft, OutboxState::Queued, OutboxState::Deferred]);
    Entity::delete_many()
        .filter(Column::ContactId.eq(gone))
        .filter(Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(Column::CampaignId.is_not_null())
        .filter(waits)
        .exec(db)
        .await?;
    let own: Vec<Option<i64>> = Entity::find()
        .select_only()
        .column(Column::CampaignId)
        .distinct()
        .filter(Column::ContactId.eq(kept))
        .filter(Column::CampaignId.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Entity::update_many()
        .col_expr(Column::CampaignId, Expr::value(None::<i64>))
        .filter(Column::ContactId.eq(gone))
        .filter(Column::State.ne(OutboxState::Sending))
        .filter(Column::CampaignId.is_in(own.into_iter().flatten()))
        .exec(db)
        .await?;
    Entity::update_many()
        .col_expr(Column::ContactId, Expr::value(kept))
        .filter(Column::ContactId.eq(gone))
        .filter(Column::State.ne(OutboxState::Sending))
        .exec(db)
        .await?;
    Ok(())
}

async fn move_history<C: ConnectionTrait>(db: &C, kept: i64, gone: i64) -> Result<(), StoreError> {
    messages::Entity::update_many()
        .col_expr(messages::Column::ContactId, Expr::value(kept))
        .filter(messages::Column::ContactId.eq(gone))
        .exec(db)
        .await?;
    ai_violations::Entity::update_many()
        .col_expr(ai_violations::Column::ContactId, Expr::value(Some(kept)))
        .filter(ai_violations::Column::ContactId.eq(gone))
        .exec(db)
        .await?;
    let own: Vec<i64> = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::CampaignId)
        .filter(campaign_contacts::Column::ContactId.eq(kept))
        .into_tuple()
        .all(db)
        .await?;
    // A campaign that has both goes on reminding the one that stays.
    follow_ups::Entity::update_many()
        .col_expr(follow_ups::Column::ContactId, Expr::value(kept))
        .filter(follow_ups::Column::ContactId.eq(gone))
        .filter(follow_ups::Column::CampaignId.is_not_in(own))
        .exec(db)
        .await?;
    let own = dialogs_of(db, kept).await?;
    for dialog in dialogs_of(db, gone).await? {
        match own.iter().find(|own| own.account_id == dialog.account_id) {
            Some(own) => {
                let one = one_dialog(own.clone(), &dialog);
                dialogs::Entity::delete_by_id(dialog.id).exec(db).await?;
                one.into_active_model().reset_all().update(db).await?;
            }
            None => {
                // Whoever has read the dialog as the other contact's finds that it has moved on.
                dialogs::Entity::update_many()
                    .col_expr(dialogs::Column::ContactId, Expr::value(kept))
                    .col_expr(
                        dialogs::Column::ReactSeq,
                        Expr::col(dialogs::Column::ReactSeq).add(1),
                    )
                    .filter(dialogs::Column::Id.eq(dialog.id))
                    .exec(db)
                    .await?;
            }
        }
    }
    Ok(())
}

async fn dialogs_of<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<Vec<dialogs::Model>, StoreError> {
    let query = dialogs::Entity::find().filter(dialogs::Column::ContactId.eq(contact_id));
    Ok(query.all(db).await?)
}

/// A person of the team who owns one of them owns the one; it is open when one of them is.
fn one_dialog(own: dialogs::Model, other: &dialogs::Model) -> dialogs::Model {
    let newer = if other.last_message_at > own.last_message_at {
        other.clone()
    } else {
        own.clone()
    };
    let human = [&own, other]
        .into_iter()
        .find(|dialog| dialog.owner == DialogOwner::Human);
    let owner = human.unwrap_or(&own);
    let due = own.react_due_at.into_iter().chain(other.react_due_at).min();
    let closed = own.closed_at.is_some() && other.closed_at.is_some();
    dialogs::Model {
        owner: owner.owner,
        owner_since: owner.owner_since,
        closed_at: newer.closed_at.filter(|_| closed),
        close_reason: newer.close_reason.filter(|_| closed),
        campaign_id: newer.campaign_id,
        product_id: newer.product_id,
        unread: own.unread + other.unread,
        unanswered_ai: Ord::max(own.unanswered_ai, other.unanswered_ai),
        react_due_at: due,
        react_seq: Ord::max(own.react_seq, other.react_seq) + 1,
        lease_owner: None,
        lease_until: None,
        last_message_at: newer.last_message_at,
        last_read_out_id: Ord::max(own.last_read_out_id, other.last_read_out_id),
        ..own
    }
}

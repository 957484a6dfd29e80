//! Two rows that turn out to be one person become one row.
//!
//! Only where that is sound in a short transaction: what they say of the person must agree, and at most one of them has
//! a past (messages, dialogs, anything sent or being sent). The other one goes into it. Docs: decision 0006.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};

use super::counters::Moves;
use super::prepare::WAITING;
use crate::StoreError;
use crate::contacts::{consent, fold_name, tags};
use crate::crm::clients;
use crate::entity::{
    account_peers, campaign_contacts, clients as crm_cards, consents, contacts, dialogs, events,
    group_members, messages, outbox, stage_moves,
};
use crate::types::{
    CampaignContactState, ConsentBasis, ContactSource, ContactStatus, CounterKind, FunnelStage, OutboxState,
    UnixMillis,
};

/// Why a person is left out of a campaign that has the same person under another row.
pub const DUPLICATE: &str = "duplicate";

/// What became of two rows of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merged {
    /// One row now has everything; the other is gone.
    Into { kept: i64, gone: i64 },
    /// They stay apart.
    Apart,
}

/// Makes one row of the contact that holds a Telegram id and the one that was found to be the same person.
pub(super) async fn merge<C: ConnectionTrait>(
    db: &C,
    (holder, found): (i64, i64),
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<Merged, StoreError> {
    // Locked: a message that is stored for the row that goes must come before the look at its past, or after its end.
    let rows = contacts::Entity::find()
        .filter(contacts::Column::Id.is_in([holder, found]))
        .order_by_asc(contacts::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let row = |id: i64| rows.iter().find(|row| row.id == id).cloned();
    let (Some(holder), Some(found)) = (row(holder), row(found)) else {
        return Ok(Merged::Apart);
    };
    let cards = clients::of_contacts(db, &[holder.id, found.id]).await?;
    if !agree(&holder, &found) || cards.len() > 1 {
        return Ok(Merged::Apart);
    }
    let (kept, gone) = match (has_past(db, holder.id).await?, has_past(db, found.id).await?) {
        (true, true) => return Ok(Merged::Apart),
        (true, false) => (holder, found),
        (false, true) => (found, holder),
        // Whose messages wait keeps its place in the queue.
        (false, false) if waits(db, found.id).await? && !waits(db, holder.id).await? => (found, holder),
        (false, false) => (holder, found),
    };
    let merged = Merged::Into {
        kept: kept.id,
        gone: gone.id,
    };
    fold(db, kept, gone, Precedence::Operator, moves, now).await?;
    Ok(merged)
}

/// Whose words go first where both rows say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precedence {
    /// Those of the row that an operator wrote, before what Telegram told.
    Operator,
    /// Those of the row that stays.
    Kept,
}

/// No phone, username or Telegram id of one contradicts that of the other.
fn agree(one: &contacts::Model, other: &contacts::Model) -> bool {
    fn same<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
        one.is_none() || other.is_none() || one == other
    }
    same(&one.phone, &other.phone)
        && same(&one.username, &other.username)
        && same(&one.telegram_user_id, &other.telegram_user_id)
}

/// Whether anything was ever said, sent, or begun to be sent, or a person of the team has written something that waits.
async fn has_past<C: ConnectionTrait>(db: &C, id: i64) -> Result<bool, StoreError> {
    let left = outbox::Column::State.is_in([OutboxState::Sending, OutboxState::Sent, OutboxState::Failed]);
    let by_hand = outbox::Column::CampaignId
        .is_null()
        .and(outbox::Column::State.is_in(WAITING));
    let outgoing = outbox::Entity::find()
        .filter(outbox::Column::ContactId.eq(id))
        .filter(left.or(by_hand));
    let messages = messages::Entity::find().filter(messages::Column::ContactId.eq(id));
    let dialogs = dialogs::Entity::find().filter(dialogs::Column::ContactId.eq(id));
    Ok(outgoing.limit(1).one(db).await?.is_some()
        || messages.limit(1).one(db).await?.is_some()
        || dialogs.limit(1).one(db).await?.is_some())
}

async fn waits<C: ConnectionTrait>(db: &C, id: i64) -> Result<bool, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::ContactId.eq(id))
        .filter(outbox::Column::State.is_in(WAITING));
    Ok(query.limit(1).one(db).await?.is_some())
}

/// Moves into the row that stays what may always go along, and deletes the other with what still hangs on it.
pub(super) async fn fold<C: ConnectionTrait>(
    db: &C,
    kept: contacts::Model,
    gone: contacts::Model,
    precedence: Precedence,
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let revoked = consent::revoked(db, kept.id).await? || consent::revoked(db, gone.id).await?;
    move_campaigns(db, kept.id, gone.id, moves).await?;
    let own = tags::of(db, gone.id).await?;
    let pairs: Vec<(i64, &str)> = own.iter().map(|tag| (kept.id, tag.as_str())).collect();
    tags::add_many(db, &pairs).await?;
    consents::Entity::update_many()
        .col_expr(consents::Column::ContactId, Expr::value(kept.id))
        .filter(consents::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    account_peers::Entity::update_many()
        .col_expr(account_peers::Column::ContactId, Expr::value(Some(kept.id)))
        .filter(account_peers::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    group_members::Entity::update_many()
        .col_expr(group_members::Column::ContactId, Expr::value(Some(kept.id)))
        .filter(group_members::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    events::Entity::update_many()
        .col_expr(events::Column::ContactId, Expr::value(Some(kept.id)))
        .filter(events::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    stage_moves::Entity::update_many()
        .col_expr(stage_moves::Column::ContactId, Expr::value(kept.id))
        .filter(stage_moves::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    crm_cards::Entity::update_many()
        .col_expr(crm_cards::Column::ContactId, Expr::value(kept.id))
        .filter(crm_cards::Column::ContactId.eq(gone.id))
        .exec(db)
        .await?;
    let (kept_id, gone_id) = (kept.id, gone.id);
    // First, because its phone, username and Telegram id are unique. Its unsent messages go with it.
    contacts::Entity::delete_by_id(gone_id).exec(db).await?;
    let both = together(kept, gone, precedence, now);
    both.into_active_model().reset_all().update(db).await?;
    if revoked {
        let evidence = format!("merged:contact:{gone_id}");
        consent::revoke(db, kept_id, "alfa", Some(&evidence), now).await?;
    }
    Ok(())
}

/// The campaigns of the row that goes: what waited there is planned anew for the row that stays, whom the gate then
/// sees as a whole. A campaign that has both keeps the one.
async fn move_campaigns<C: ConnectionTrait>(
    db: &C,
    kept: i64,
    gone: i64,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    use campaign_contacts::{Column, Entity};
    let of = |id: i64| Entity::find().filter(Column::ContactId.eq(id));
    let own: Vec<i64> = of(kept)
        .select_only()
        .column(Column::CampaignId)
        .into_tuple()
        .all(db)
        .await?;
    for row in of(gone).all(db).await? {
        let waits = matches!(
            row.state,
            CampaignContactState::Pending | CampaignContactState::Queued
        );
        if own.contains(&row.campaign_id) {
            if waits {
                moves.state(row.campaign_id, row.state, CampaignContactState::Skipped);
                moves.add(row.campaign_id, CounterKind::Reason, DUPLICATE, 1);
            }
            continue;
        }
        let state = if waits {
            moves.state(row.campaign_id, row.state, CampaignContactState::Pending);
            CampaignContactState::Pending
        } else {
            row.state
        };
        Entity::update_many()
            .col_expr(Column::ContactId, Expr::value(kept))
            .col_expr(Column::State, Expr::value(state))
            .filter(Column::Id.eq(row.id))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// One row of two. The stricter verdict holds, and no phone, username or unmatched column is lost.
fn together(
    kept: contacts::Model,
    gone: contacts::Model,
    precedence: Precedence,
    now: UnixMillis,
) -> contacts::Model {
    let from_operator =
        |row: &contacts::Model| matches!(row.source, ContactSource::Upload | ContactSource::Manual);
    let extra = extra_of_both(&kept, &gone);
    let gone_first = precedence == Precedence::Operator && from_operator(&gone) && !from_operator(&kept);
    let (first, second) = if gone_first {
        (gone.clone(), kept.clone())
    } else {
        (kept.clone(), gone.clone())
    };
    let nameless = |row: &contacts::Model| {
        row.name.is_empty()
            || row.phone.as_deref() == Some(row.name.as_str())
            || row
                .name
                .strip_prefix('@')
                .is_some_and(|name| row.username.as_deref() == Some(name))
    };
    let name = if nameless(&first) { second.name } else { first.name };
    let opted_out_at = match (kept.opted_out_at, gone.opted_out_at) {
        (Some(one), Some(other)) => Some(Ord::min(one, other)),
        (one, other) => one.or(other),
    };
    let consent_basis = match (opted_out_at, kept.consent_basis) {
        (Some(_), _) => ConsentBasis::None,
        (None, ConsentBasis::None) => gone.consent_basis,
        (None, basis) => basis,
    };
    let stage = match (opted_out_at, kept.stage) {
        (Some(_), _) => FunnelStage::OptedOut,
        (None, FunnelStage::New) => gone.stage,
        (None, stage) => stage,
    };
    let status = match (kept.status, gone.status) {
        (ContactStatus::Inactive, _) | (_, ContactStatus::Inactive) => ContactStatus::Inactive,
        _ => ContactStatus::Active,
    };
    contacts::Model {
        id: kept.id,
        name_key: fold_name(&name),
        name,
        first_name: first.first_name.or(second.first_name),
        last_name: first.last_name.or(second.last_name),
        phone: kept.phone.or(gone.phone),
        username: kept.username.or(gone.username),
        telegram_user_id: kept.telegram_user_id.or(gone.telegram_user_id),
        profession: first.profession.or(second.profession),
        interests: first.interests.or(second.interests),
        age: first.age.or(second.age),
        goal: first.goal.or(second.goal),
        notes: notes_of_both(first.notes, second.notes),
        language: first.language.or(second.language),
        timezone: first.timezone.or(second.timezone),
        source: first.source,
        status,
        consent_basis,
        opted_out_at,
        stage,
        stage_message_id: kept.stage_message_id.or(gone.stage_message_id),
        last_outreach_at: Ord::max(kept.last_outreach_at, gone.last_outreach_at),
        last_inbound_at: Ord::max(kept.last_inbound_at, gone.last_inbound_at),
        last_message_at: Ord::max(kept.last_message_at, gone.last_message_at),
        extra,
        // The undoing of one upload must not delete what another source told.
        import_id: kept.import_id.filter(|_| kept.import_id == gone.import_id),
        created_at: Ord::min(kept.created_at, gone.created_at),
        updated_at: now,
    }
}

fn notes_of_both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Some(format!("{first}\n{second}")),
        (first, second) => first.or(second),
    }
}

/// The unmatched columns of both, the row's own that stays first; and the phone and the username of the other, where the
/// row that stays has another one, under the names that such columns of a file have.
fn extra_of_both(kept: &contacts::Model, gone: &contacts::Model) -> Option<String> {
    let mut both = extra_of(kept);
    let second = [
        ("phone 2", &kept.phone, &gone.phone),
        ("username 2", &kept.username, &gone.username),
    ];
    for (name, own, other) in second {
        if let (Some(own), Some(other)) = (own, other)
            && own != other
        {
            both.entry(name).or_insert_with(|| other.clone().into());
        }
    }
    for (name, value) in extra_of(gone) {
        both.entry(name).or_insert(value);
    }
    (!both.is_empty()).then(|| serde_json::Value::Object(both).to_string())
}

/// The unmatched columns of a contact.
pub(super) fn extra_of(row: &contacts::Model) -> serde_json::Map<String, serde_json::Value> {
    let text = row.extra.as_deref().unwrap_or("{}");
    serde_json::from_str(text).unwrap_or_default()
}

//! Changes of one contact.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::*;
use crate::entity::contacts::ActiveModel;
use crate::entity::{account_peers, outbox};
use crate::outreach::peers;
use crate::outreach::prepare::WAITING;
use crate::types::{
    ConsentBasis, ContactSource, ContactStatus, FunnelStage, OutboxKind, OutboxState, UnixMillis,
};

/// What people tell us of a contact: the columns that an operator edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Full name as it is shown.
    pub name: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// Lower case, without `@`.
    pub username: Option<String>,
    /// Telegram's id of the user.
    pub telegram_user_id: Option<i64>,
    /// What the person does for a living.
    pub profession: Option<String>,
    /// What the person cares for.
    pub interests: Option<String>,
    /// Years.
    pub age: Option<i32>,
    /// What the person wants.
    pub goal: Option<String>,
    /// The operator's notes.
    pub notes: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// JSON object of other columns.
    pub extra: Option<String>,
}

impl Profile {
    fn into_columns(self, now: UnixMillis) -> ActiveModel {
        ActiveModel {
            name_key: Set(fold_name(&self.name)),
            name: Set(self.name),
            first_name: Set(self.first_name),
            last_name: Set(self.last_name),
            phone: Set(self.phone),
            username: Set(self.username),
            telegram_user_id: Set(self.telegram_user_id),
            profession: Set(self.profession),
            interests: Set(self.interests),
            age: Set(self.age),
            goal: Set(self.goal),
            notes: Set(self.notes),
            language: Set(self.language),
            timezone: Set(self.timezone),
            extra: Set(self.extra),
            updated_at: Set(now),
            ..Default::default()
        }
    }
}

/// Adds a contact without consent (see [`consent::grant`]). A person who opted out before stays opted out.
///
/// # Errors
/// [`StoreError::Conflict`] on `phone`, `username` or `telegram_user_id`.
pub async fn create(
    db: &impl ConnectionTrait,
    profile: Profile,
    source: ContactSource,
    now: UnixMillis,
) -> Result<Model> {
    let identity = Identity {
        phone: profile.phone.clone(),
        username: profile.username.clone(),
        telegram_user_id: profile.telegram_user_id,
    };
    let opted_out_at = suppression::since(db, &identity).await?;
    let mut row = profile.into_columns(now);
    row.source = Set(source);
    row.status = Set(ContactStatus::Active);
    row.consent_basis = Set(ConsentBasis::None);
    row.opted_out_at = Set(opted_out_at);
    row.stage = Set(if opted_out_at.is_some() {
        FunnelStage::OptedOut
    } else {
        FunnelStage::New
    });
    row.created_at = Set(now);
    Ok(row.insert(db).await?)
}

/// Replaces what an operator may edit. Another phone or username may be another person's: see [`readdress`].
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Conflict`] on `phone`, `username` or `telegram_user_id`.
pub async fn update(db: &impl ConnectionTrait, id: i64, profile: Profile, now: UnixMillis) -> Result<Model> {
    let before = get(db, id).await?;
    let mut row = profile.into_columns(now);
    row.id = Set(id);
    let mut changed = row.update(db).await?;
    if Identity::of(&before) != Identity::of(&changed) {
        readdress(db, &[id]).await?;
        changed = get(db, id).await?;
    }
    // A new phone may belong to somebody who said "stop" under it.
    let opted_out_at = suppression::since(db, &Identity::of(&changed)).await?;
    if changed.opted_out_at.is_none() && opted_out_at.is_some() {
        consent::mark_opted_out(db, id, opted_out_at, now).await?;
        return get(db, id).await;
    }
    Ok(changed)
}

/// Whether a contact's phone or username has given way to another one: what our accounts know of the person in Telegram
/// may then be of somebody else. A phone or username that is added or emptied leaves the person the same.
#[must_use]
pub fn is_replaced(before: &Identity, now: &Identity) -> bool {
    let other = |before: &Option<String>, now: &Option<String>| matches!((before, now), (Some(before), Some(now)) if before != now);
    other(&before.phone, &now.phone) || other(&before.username, &now.username)
}

/// After a change of phones, usernames or Telegram ids: our accounts forget how they addressed these contacts, except
/// under the Telegram id that the contact still has; who was not found may be found now; and answers to what another
/// person wrote are not sent. Other messages that wait are sent once the person is found.
///
/// # Errors
/// Of the database.
pub async fn readdress(db: &impl ConnectionTrait, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(IDS_IN_STATEMENT) {
        let still = Entity::find()
            .select_only()
            .column(Column::TelegramUserId)
            .filter(Column::Id.is_in(chunk.iter().copied()))
            .filter(Column::TelegramUserId.is_not_null())
            .into_tuple::<i64>()
            .all(db)
            .await?;
        let forgotten = account_peers::Entity::delete_many()
            .filter(account_peers::Column::ContactId.is_in(chunk.iter().copied()))
            .filter(account_peers::Column::TelegramUserId.is_not_in(still))
            .exec(db)
            .await?
            .rows_affected;
        peers::set_reachable(db, chunk).await?;
        if forgotten > 0 {
            cancel_answers(db, chunk).await?;
        }
    }
    Ok(())
}

/// Contacts named in one statement.
const IDS_IN_STATEMENT: usize = 1_000;

/// Cancels what waits as an answer to contacts whom no account can address any more.
async fn cancel_answers(db: &impl ConnectionTrait, ids: &[i64]) -> Result<()> {
    let known = account_peers::Entity::find()
        .select_only()
        .column(account_peers::Column::ContactId)
        .filter(account_peers::Column::ContactId.is_in(ids.iter().copied()))
        .into_tuple::<Option<i64>>()
        .all(db)
        .await?;
    let unknown = ids.iter().copied().filter(|id| !known.contains(&Some(*id)));
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Cancelled))
        .col_expr(outbox::Column::Reason, Expr::value(Some(READDRESSED)))
        .filter(outbox::Column::ContactId.is_in(unknown))
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Kind.is_in([
            OutboxKind::FollowUp,
            OutboxKind::Reply,
            OutboxKind::OptOutConfirmation,
        ]))
        .exec(db)
        .await?;
    Ok(())
}

/// Why an answer is not sent: the contact's phone or username is another person's since.
const READDRESSED: &str = "contact_changed";

/// Changes whether a contact can be written to.
///
/// # Errors
/// Of the database.
pub async fn set_status(
    db: &impl ConnectionTrait,
    id: i64,
    status: ContactStatus,
    now: UnixMillis,
) -> Result<()> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Status, Expr::value(status));
    update
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that we wrote to the person.
///
/// # Errors
/// Of the database.
pub async fn note_outbound(db: &impl ConnectionTrait, id: i64, at: UnixMillis) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(id));
    update
        .col_expr(Column::LastMessageAt, Expr::value(at))
        .exec(db)
        .await?;
    Ok(())
}

/// Claims the right to begin a dialog with a person: true for exactly one of the callers within `window_ms`.
///
/// # Errors
/// Of the database.
pub async fn claim_outreach(
    db: &impl ConnectionTrait,
    id: i64,
    window_ms: i64,
    now: UnixMillis,
) -> Result<bool> {
    let free = Column::LastOutreachAt
        .is_null()
        .or(Column::LastOutreachAt.lte(now.plus_ms(-window_ms)));
    let update = Entity::update_many().filter(Column::Id.eq(id)).filter(free);
    Ok(update
        .col_expr(Column::LastOutreachAt, Expr::value(now))
        .exec(db)
        .await?
        .rows_affected
        == 1)
}

/// Gives a claim made at `claimed_at` back, when nothing was sent after all.
///
/// # Errors
/// Of the database.
pub async fn release_outreach(db: &impl ConnectionTrait, id: i64, claimed_at: UnixMillis) -> Result<()> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::LastOutreachAt.eq(claimed_at));
    update
        .col_expr(Column::LastOutreachAt, Expr::value(None::<i64>))
        .exec(db)
        .await?;
    Ok(())
}

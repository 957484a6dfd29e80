//! The reactions that dialogs wait for.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::lane::Lease;
use crate::StoreError;
use crate::entity::{dialogs, messages};
use crate::types::{DialogOwner, MessageDirection, MessageState, UnixMillis};

/// Dialogs in which a burst has settled and a reaction is due, the longest-waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due<C: ConnectionTrait>(
    db: &C,
    now: UnixMillis,
    limit: u64,
) -> Result<Vec<dialogs::Model>, StoreError> {
    let query = dialogs::Entity::find()
        .filter(dialogs::Column::ReactDueAt.lte(now))
        .order_by_asc(dialogs::Column::ReactDueAt)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// When the next reaction is due.
///
/// # Errors
/// When the database fails.
pub async fn next_due<C: ConnectionTrait>(db: &C) -> Result<Option<UnixMillis>, StoreError> {
    let query = dialogs::Entity::find()
        .select_only()
        .column_as(dialogs::Column::ReactDueAt.min(), "next");
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// Puts the reaction off to the end of a lease, so that no other process reacts meanwhile; answers whether nobody was
/// quicker and nothing new came.
///
/// # Errors
/// When the database fails.
pub async fn lease<C: ConnectionTrait>(
    db: &C,
    dialog: &dialogs::Model,
    lease: Lease<'_>,
) -> Result<bool, StoreError> {
    let leased = dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ReactDueAt, Expr::value(Some(lease.until)))
        .col_expr(
            dialogs::Column::LeaseOwner,
            Expr::value(Some(lease.owner.to_owned())),
        )
        .col_expr(dialogs::Column::LeaseUntil, Expr::value(Some(lease.until)))
        .filter(dialogs::Column::Id.eq(dialog.id))
        .filter(dialogs::Column::ReactSeq.eq(dialog.react_seq))
        .filter(dialogs::Column::ReactDueAt.eq(dialog.react_due_at))
        .exec(db)
        .await?;
    Ok(leased.rows_affected == 1)
}

/// Makes the reactions that a dead process had leased due again.
///
/// # Errors
/// When the database fails.
pub async fn release_dead<C: ConnectionTrait>(
    db: &C,
    owner: &str,
    now: UnixMillis,
) -> Result<u64, StoreError> {
    let released = dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ReactDueAt, Expr::value(Some(now)))
        .col_expr(dialogs::Column::LeaseOwner, Expr::value(None::<String>))
        .filter(dialogs::Column::ReactDueAt.is_not_null())
        .filter(dialogs::Column::LeaseOwner.is_not_null())
        .filter(dialogs::Column::LeaseOwner.ne(owner))
        .exec(db)
        .await?;
    Ok(released.rows_affected)
}

/// The newest of what the person wrote that nobody has reacted to, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn unhandled<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
    limit: u64,
) -> Result<Vec<messages::Model>, StoreError> {
    let query = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledAt.is_null())
        .filter(messages::Column::DeletedAt.is_null())
        .order_by_desc(messages::Column::Id)
        .limit(limit);
    let mut newest = query.all(db).await?;
    newest.reverse();
    Ok(newest)
}

/// Since when the oldest message of the dialog waits that nobody has reacted to.
///
/// # Errors
/// When the database fails.
pub async fn unhandled_since<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
) -> Result<Option<UnixMillis>, StoreError> {
    let query = messages::Entity::find()
        .select_only()
        .column_as(messages::Column::SentAt.min(), "since")
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledAt.is_null())
        .filter(messages::Column::DeletedAt.is_null());
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// What was found in a message and what was done about it.
#[derive(Debug, Clone)]
pub struct Handled<'a> {
    /// JSON array of the classes found.
    pub labels: Option<&'a str>,
    /// How sure the classifier was.
    pub confidence: Option<f64>,
    /// What was done.
    pub how: &'a str,
    /// When.
    pub at: UnixMillis,
}

/// Marks messages as handled; answers how many were not yet.
///
/// # Errors
/// When the database fails.
pub async fn mark_handled<C: ConnectionTrait>(
    db: &C,
    message_ids: &[i64],
    handled: &Handled<'_>,
) -> Result<u64, StoreError> {
    let marked = messages::Entity::update_many()
        .col_expr(messages::Column::HandledAt, Expr::value(Some(handled.at)))
        .col_expr(
            messages::Column::HandledHow,
            Expr::value(Some(handled.how.to_owned())),
        )
        .col_expr(
            messages::Column::Labels,
            Expr::value(handled.labels.map(str::to_owned)),
        )
        .col_expr(messages::Column::Confidence, Expr::value(handled.confidence))
        .filter(messages::Column::Id.is_in(message_ids.iter().copied()))
        .filter(messages::Column::HandledAt.is_null())
        .exec(db)
        .await?;
    Ok(marked.rows_affected)
}

/// How messages are marked that wait for a person of the team.
pub const LEFT_TO_HUMAN: &str = "left_to_human";
/// How messages are marked that an answer was queued for.
pub const ANSWERED: &str = "answered";

/// The answers to these messages were cancelled: each message, and the rest of its burst, is unhandled again, so that it
/// is answered together with what the person wrote since; or it is marked as `how` says. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn unanswer<C: ConnectionTrait>(
    db: &C,
    message_ids: &[i64],
    how: Option<&str>,
) -> Result<u64, StoreError> {
    let mut reopened = 0;
    let answered = messages::Entity::find()
        .filter(messages::Column::Id.is_in(message_ids.iter().copied()))
        .filter(messages::Column::HandledHow.eq(ANSWERED));
    for message in answered.all(db).await? {
        let mut update = messages::Entity::update_many()
            .col_expr(messages::Column::HandledHow, Expr::value(how.map(str::to_owned)))
            .filter(messages::Column::AccountId.eq(message.account_id))
            .filter(messages::Column::ContactId.eq(message.contact_id))
            .filter(messages::Column::Direction.eq(MessageDirection::In))
            .filter(messages::Column::HandledHow.eq(ANSWERED))
            .filter(messages::Column::DeletedAt.is_null())
            // The messages of a burst are handled in one moment.
            .filter(messages::Column::HandledAt.eq(message.handled_at));
        if how.is_none() {
            update = update.col_expr(messages::Column::HandledAt, Expr::value(None::<UnixMillis>));
        }
        reopened += update.exec(db).await?.rows_affected;
    }
    Ok(reopened)
}

/// Marks everything that the contact wrote, to one account or to all, and nobody has reacted to.
///
/// # Errors
/// When the database fails.
pub async fn mark_all<C: ConnectionTrait>(
    db: &C,
    (account_id, contact_id): (Option<i64>, i64),
    how: &str,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let mut update = messages::Entity::update_many()
        .col_expr(messages::Column::HandledAt, Expr::value(Some(at)))
        .col_expr(messages::Column::HandledHow, Expr::value(Some(how.to_owned())))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledAt.is_null());
    if let Some(account_id) = account_id {
        update = update.filter(messages::Column::AccountId.eq(account_id));
    }
    update.exec(db).await?;
    Ok(())
}

/// What was left to a person of the team and nobody has answered since is unhandled again. Answers how many messages.
///
/// # Errors
/// When the database fails.
pub async fn reopen_left_to_human<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<u64, StoreError> {
    let newest_of_ours: Option<i64> = messages::Entity::find()
        .select_only()
        .column_as(messages::Column::Id.max(), "newest")
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::Out))
        // What an operator has queued is an answer on its way; what was never sent is none.
        .filter(messages::Column::State.ne(MessageState::Failed))
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?
        .flatten();
    let reopened = messages::Entity::update_many()
        .col_expr(messages::Column::HandledAt, Expr::value(None::<UnixMillis>))
        .col_expr(messages::Column::HandledHow, Expr::value(None::<String>))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledHow.eq(LEFT_TO_HUMAN))
        .filter(messages::Column::DeletedAt.is_null())
        .filter(messages::Column::Id.gt(newest_of_ours.unwrap_or_default()))
        .exec(db)
        .await?;
    Ok(reopened.rows_affected)
}

/// Ends a reaction: nothing is due any more. Answers false, and changes nothing, when the person wrote again since the
/// dialog was read, or a person of the team has taken it over: the reaction is then out of date.
///
/// # Errors
/// When the database fails.
pub async fn finish<C: ConnectionTrait>(db: &C, dialog: &dialogs::Model) -> Result<bool, StoreError> {
    let finished = dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ReactDueAt, Expr::value(None::<UnixMillis>))
        .col_expr(dialogs::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(dialogs::Column::LeaseUntil, Expr::value(None::<UnixMillis>))
        .filter(dialogs::Column::Id.eq(dialog.id))
        .filter(dialogs::Column::ReactSeq.eq(dialog.react_seq))
        .filter(dialogs::Column::Owner.eq(DialogOwner::Ai))
        .exec(db)
        .await?;
    Ok(finished.rows_affected == 1)
}

/// Makes a reaction due at `at`, or when it is due already, in every dialog of the contact that the AI owns and that has
/// something unhandled. A reaction that is being made on what was unhandled before is out of date by it.
///
/// # Errors
/// When the database fails.
pub async fn schedule<C: ConnectionTrait>(db: &C, contact_id: i64, at: UnixMillis) -> Result<(), StoreError> {
    let accounts: Vec<i64> = messages::Entity::find()
        .select_only()
        .column(messages::Column::AccountId)
        .distinct()
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledAt.is_null())
        .filter(messages::Column::DeletedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    if accounts.is_empty() {
        return Ok(());
    }
    let due = Func::coalesce([Expr::col(dialogs::Column::ReactDueAt), Expr::value(Some(at))]);
    dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ReactDueAt, due.into())
        .col_expr(
            dialogs::Column::ReactSeq,
            Expr::col(dialogs::Column::ReactSeq).add(1),
        )
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .filter(dialogs::Column::AccountId.is_in(accounts))
        .filter(dialogs::Column::Owner.eq(DialogOwner::Ai))
        .exec(db)
        .await?;
    Ok(())
}

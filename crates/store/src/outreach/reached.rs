//! What an arriving message proves of the person, whatever was known before.

use sea_orm::ConnectionTrait;
use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;

use crate::StoreError;
use crate::entity::{contacts, dialogs};
use crate::types::{ContactStatus, UnixMillis};

/// The person wrote: they are in Telegram, and what the AI wrote on any account is answered.
///
/// # Errors
/// When the database fails.
pub async fn by_contact<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    now: UnixMillis,
) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::Status, Expr::value(ContactStatus::Active))
        .col_expr(contacts::Column::UpdatedAt, Expr::value(now))
        .filter(contacts::Column::Id.eq(contact_id))
        .filter(contacts::Column::Status.eq(ContactStatus::NoTelegram))
        .exec(db)
        .await?;
    dialogs::Entity::update_many()
        .col_expr(dialogs::Column::UnansweredAi, Expr::value(0))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .filter(dialogs::Column::UnansweredAi.ne(0))
        .exec(db)
        .await?;
    Ok(())
}

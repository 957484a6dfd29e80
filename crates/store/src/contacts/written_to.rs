//! People whom we wrote to before their data was erased, remembered by a hash as suppressions are: whoever of them writes
//! afterwards answers us, and has not agreed to anything by writing first.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::Identity;
use super::suppression::keys;
use crate::Result;
use crate::entity::written_to::{ActiveModel, Column, Entity};
use crate::entity::{contacts, messages};
use crate::types::{MessageDirection, UnixMillis};

/// Whether we wrote to somebody of this identity whose data was erased since.
///
/// # Errors
/// Of the database.
pub async fn remembers(db: &impl ConnectionTrait, identity: &Identity) -> Result<bool> {
    let query = Entity::find().select_only().column(Column::Id);
    let found = query
        .filter(Column::Key.is_in(keys(identity)))
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Remembers a contact that is about to be erased, when anything was written to the person.
///
/// # Errors
/// Of the database.
pub(super) async fn remember(
    db: &impl ConnectionTrait,
    row: &contacts::Model,
    now: UnixMillis,
) -> Result<()> {
    let written = messages::Entity::find()
        .select_only()
        .column(messages::Column::Id)
        .filter(messages::Column::ContactId.eq(row.id))
        .filter(messages::Column::Direction.eq(MessageDirection::Out))
        .filter(messages::Column::TelegramMessageId.is_not_null())
        .limit(1);
    let written = written.into_tuple::<i64>().one(db).await?.is_some();
    // Claimed before it is sent: whether a message that was on its way has come is not known.
    if !written && row.last_outreach_at.is_none() {
        return Ok(());
    }
    let once = OnConflict::column(Column::Key)
        .do_nothing_on([Column::Id])
        .to_owned();
    for key in keys(&Identity::of(row)) {
        let mark = ActiveModel {
            key: Set(key),
            created_at: Set(now),
            ..Default::default()
        };
        Entity::insert(mark)
            .on_conflict(once.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

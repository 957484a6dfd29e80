//! The consent ledger. Entries are only added; `contacts.consent_basis` holds the present verdict.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Identity, get, suppression};
use crate::Result;
use crate::entity::consents::{ActiveModel, Column, Entity, Model};
use crate::entity::contacts;
use crate::outreach::stages::{self, Cause};
use crate::types::{ConsentAction, ConsentBasis, FunnelStage, UnixMillis};

/// Why we may write to a person, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The basis.
    pub basis: ConsentBasis,
    /// What proves it.
    pub evidence: Option<String>,
    /// Who recorded it.
    pub recorded_by: String,
    /// Version of the wording that the person agreed to.
    pub wording: Option<String>,
}

/// Records consent. False, and nothing recorded: the person opted out or revoked before, which beats every basis
/// (see [`reinstate`]); or the basis is `none`.
///
/// # Errors
/// [`crate::StoreError::NotFound`].
pub async fn grant(
    db: &impl ConnectionTrait,
    contact_id: i64,
    grant: &Grant,
    now: UnixMillis,
) -> Result<bool> {
    let contact = get(db, contact_id).await?;
    if grant.basis == ConsentBasis::None || contact.opted_out_at.is_some() || revoked(db, contact_id).await? {
        return Ok(false);
    }
    write(db, contact_id, ConsentAction::Granted, grant, now).await?;
    set_basis(db, contact_id, grant.basis, now).await?;
    Ok(true)
}

/// Whether the newest entry of a contact's ledger is a revocation.
///
/// # Errors
/// Of the database.
pub async fn revoked(db: &impl ConnectionTrait, contact_id: i64) -> Result<bool> {
    let newest = Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    Ok(newest.is_some_and(|entry| entry.action == ConsentAction::Revoked))
}

/// Takes consent back without suppressing the person.
///
/// # Errors
/// [`crate::StoreError::NotFound`].
pub async fn revoke(
    db: &impl ConnectionTrait,
    contact_id: i64,
    recorded_by: &str,
    evidence: Option<&str>,
    now: UnixMillis,
) -> Result<()> {
    let contact = get(db, contact_id).await?;
    let entry = Grant {
        basis: contact.consent_basis,
        evidence: evidence.map(str::to_owned),
        recorded_by: recorded_by.to_owned(),
        wording: None,
    };
    write(db, contact_id, ConsentAction::Revoked, &entry, now).await?;
    set_basis(db, contact_id, ConsentBasis::None, now).await
}

/// The person said "stop": consent is revoked, the person suppressed under every identity we know, the funnel closed.
/// What waits in the outbox is cancelled by the caller in the same transaction. False: the person had opted out before.
///
/// # Errors
/// [`crate::StoreError::NotFound`].
pub async fn opt_out(
    db: &impl ConnectionTrait,
    contact_id: i64,
    recorded_by: &str,
    evidence: Option<&str>,
    now: UnixMillis,
) -> Result<bool> {
    let contact = get(db, contact_id).await?;
    suppression::add(db, &Identity::of(&contact), "opt_out", now).await?;
    if contact.opted_out_at.is_some() {
        return Ok(false);
    }
    revoke(db, contact_id, recorded_by, evidence, now).await?;
    mark_opted_out(db, contact_id, Some(now), now).await?;
    Ok(true)
}

/// Sets the marks of an opt-out on a contact.
pub(crate) async fn mark_opted_out(
    db: &impl ConnectionTrait,
    contact_id: i64,
    at: Option<UnixMillis>,
    now: UnixMillis,
) -> Result<()> {
    contacts::Entity::update_many()
        .filter(contacts::Column::Id.eq(contact_id))
        .col_expr(contacts::Column::OptedOutAt, Expr::value(at))
        .col_expr(contacts::Column::ConsentBasis, Expr::value(ConsentBasis::None))
        .col_expr(contacts::Column::Stage, Expr::value(FunnelStage::OptedOut))
        .col_expr(contacts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// An operator lifts an opt-out or a revocation on new evidence: the only way back.
///
/// # Errors
/// [`crate::StoreError::NotFound`].
pub async fn reinstate(
    db: &impl ConnectionTrait,
    contact_id: i64,
    grant: &Grant,
    now: UnixMillis,
) -> Result<()> {
    let contact = get(db, contact_id).await?;
    suppression::remove(db, &Identity::of(&contact)).await?;
    write(db, contact_id, ConsentAction::Granted, grant, now).await?;
    let mut update = contacts::Entity::update_many()
        .filter(contacts::Column::Id.eq(contact_id))
        .col_expr(contacts::Column::OptedOutAt, Expr::value(None::<i64>));
    if contact.stage == FunnelStage::OptedOut {
        update = update.col_expr(contacts::Column::Stage, Expr::value(FunnelStage::New));
        let cause = Cause {
            message_id: None,
            reason: None,
            by: &grant.recorded_by,
            at: now,
        };
        let step = (FunnelStage::OptedOut, FunnelStage::New);
        stages::record(db, &[(contact_id, None)], step, None, &cause).await?;
    }
    update.exec(db).await?;
    set_basis(db, contact_id, grant.basis, now).await
}

/// A contact's ledger, oldest first.
///
/// # Errors
/// Of the database.
pub async fn ledger(db: &impl ConnectionTrait, contact_id: i64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

async fn write(
    db: &impl ConnectionTrait,
    contact_id: i64,
    action: ConsentAction,
    entry: &Grant,
    now: UnixMillis,
) -> Result<()> {
    let row = ActiveModel {
        contact_id: Set(contact_id),
        action: Set(action),
        basis: Set(entry.basis),
        evidence: Set(entry.evidence.clone()),
        recorded_by: Set(entry.recorded_by.clone()),
        wording: Set(entry.wording.clone()),
        created_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

async fn set_basis(
    db: &impl ConnectionTrait,
    contact_id: i64,
    basis: ConsentBasis,
    now: UnixMillis,
) -> Result<()> {
    contacts::Entity::update_many()
        .filter(contacts::Column::Id.eq(contact_id))
        .col_expr(contacts::Column::ConsentBasis, Expr::value(basis))
        .col_expr(contacts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

//! A person, known by phone, username or Telegram id.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// `fold_name(name)`: what lists are sorted and searched by.
    pub name_key: String,
    /// E.164.
    pub phone: Option<String>,
    /// Lower case, without `@`.
    pub username: Option<String>,
    pub telegram_user_id: Option<i64>,
    pub profession: Option<String>,
    pub interests: Option<String>,
    /// Years.
    pub age: Option<i32>,
    pub goal: Option<String>,
    pub notes: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    pub source: ContactSource,
    pub status: ContactStatus,
    /// The ledger's present verdict.
    pub consent_basis: ConsentBasis,
    pub opted_out_at: Option<UnixMillis>,
    pub stage: FunnelStage,
    /// The message that moved the contact to `stage`.
    pub stage_message_id: Option<i64>,
    /// When a campaign last claimed the right to write to this person (the 24 h rule).
    pub last_outreach_at: Option<UnixMillis>,
    pub last_inbound_at: Option<UnixMillis>,
    pub last_message_at: Option<UnixMillis>,
    /// JSON object of the columns that an upload did not understand.
    pub extra: Option<String>,
    /// The upload that created this contact.
    pub import_id: Option<i64>,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

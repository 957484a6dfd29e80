//! Money that came in, or that was given back.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{Day, PaymentKind, PaymentMethod, PaymentStatus, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Absent: the person's data was erased, or nobody in particular paid.
    pub client_id: Option<i64>,
    pub kind: PaymentKind,
    pub status: PaymentStatus,
    pub method: PaymentMethod,
    /// Above 0, of a refund too.
    pub amount_minor: i64,
    /// Of a payment: refunds not failed or cancelled; never more than `amount_minor`: the database refuses it.
    pub refunded_minor: i64,
    /// Of a refund: the payment.
    pub refund_of: Option<i64>,
    /// Ties the revenue to a service and its direction.
    pub service_id: Option<i64>,
    /// Ties the revenue to a trainer.
    pub staff_id: Option<i64>,
    pub subscription_id: Option<i64>,
    pub booking_id: Option<i64>,
    /// When it was completed.
    pub paid_at: Option<UnixMillis>,
    /// Business day of `paid_at`.
    pub day: Option<Day>,
    /// Of the receipt.
    pub number: Option<String>,
    pub notes: Option<String>,
    pub created_by: String,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

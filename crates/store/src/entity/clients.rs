//! The client card of a contact.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{ClientStatus, Day, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// One card for one contact; goes with the contact.
    pub contact_id: i64,
    pub status: ClientStatus,
    /// Code of `directions`.
    pub direction: Option<String>,
    pub contract_number: Option<String>,
    pub subscription_number: Option<String>,
    /// Where the client heard of us, in the business's words.
    pub source: Option<String>,
    pub birth_date: Option<Day>,
    /// Month × 100 + day of `birth_date`, for birthdays.
    pub birth_month_day: Option<i32>,
    pub notes: Option<String>,
    pub contraindications: Option<String>,
    /// Attended bookings so far.
    pub visits: i64,
    /// Day of the last attended booking; 0: none yet.
    pub last_visit_day: Day,
    /// Business day of `created_at`.
    pub created_day: Day,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

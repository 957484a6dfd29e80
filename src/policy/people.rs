//! What the gate must know of people, read from the database.

use std::collections::HashMap;

use alfa_store::outreach::people::{self, PersonRow};
use alfa_store::types::DialogOwner;
use alfa_store::{ConnectionTrait, StoreError};
use chrono_tz::Tz;

use super::{FREQUENCY_SPAN_MS, Person};
use crate::app::App;
use crate::contacts::phone::{self, Country};
use crate::contacts::phone_zone;

/// Reads what the gate asks about these contacts, as an account of ours sees them.
///
/// # Errors
/// When the database fails.
pub async fn load<C: ConnectionTrait>(
    app: &App,
    db: &C,
    contact_ids: &[i64],
    account_id: i64,
) -> Result<HashMap<i64, Person>, StoreError> {
    let since = app.clock.now().plus_ms(-FREQUENCY_SPAN_MS);
    let rows = people::load(db, contact_ids, since).await?;
    let person = |row: PersonRow| (row.contact.id, person(&row, account_id, app.config.timezone));
    Ok(rows.into_iter().map(person).collect())
}

/// A person as the gate sees them.
pub fn person(row: &PersonRow, account_id: i64, business_zone: Tz) -> Person {
    let contact = &row.contact;
    let dialog = row.dialogs.iter().find(|dialog| dialog.account_id == account_id);
    Person {
        status: contact.status,
        consent: contact.consent_basis,
        opted_out: contact.opted_out_at.is_some(),
        last_outreach_at: contact.last_outreach_at,
        last_message_at: contact.last_message_at,
        campaign_messages: row.campaign_messages,
        time_zone: time_zone(
            contact.timezone.as_deref(),
            contact.phone.as_deref(),
            business_zone,
        ),
        dialog_owner: dialog.map(|dialog| dialog.owner),
        with_human: row
            .dialogs
            .iter()
            .any(|dialog| dialog.owner == DialogOwner::Human),
        unanswered_ai: row.dialogs.iter().map(|dialog| dialog.unanswered_ai).sum(),
    }
}

/// The contact's own zone, else that of its phone's region, else the business's.
fn time_zone(own: Option<&str>, phone: Option<&str>, business_zone: Tz) -> Tz {
    let of_phone = || phone_zone::time_zone(phone::normalise(phone?, Country::default()).ok()?);
    own.and_then(|name| name.parse().ok())
        .or_else(of_phone)
        .unwrap_or(business_zone)
}

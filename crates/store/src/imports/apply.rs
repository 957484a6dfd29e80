//! What a row does to a contact, in memory.

use super::chunk::{ImportRow, Origin, Person};
use crate::contacts::{Identity, fold_name, is_replaced};
use crate::entity::contacts::Model;
use crate::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage, UnixMillis};

/// A contact before anything is known of it.
pub(super) fn blank(origin: &Origin, now: UnixMillis) -> Model {
    let (source, import_id, basis) = match origin {
        Origin::Upload { import_id, grant } => (ContactSource::Upload, Some(*import_id), grant.basis),
        Origin::Group => (ContactSource::Group, None, ConsentBasis::None),
    };
    Model {
        id: 0,
        name: String::new(),
        first_name: None,
        last_name: None,
        name_key: String::new(),
        phone: None,
        username: None,
        telegram_user_id: None,
        profession: None,
        interests: None,
        age: None,
        goal: None,
        notes: None,
        language: None,
        timezone: None,
        source,
        status: ContactStatus::Active,
        consent_basis: basis,
        opted_out_at: None,
        stage: FunnelStage::New,
        stage_message_id: None,
        last_outreach_at: None,
        last_inbound_at: None,
        last_message_at: None,
        extra: None,
        import_id,
        created_at: now,
        updated_at: now,
    }
}

/// Puts what the row brings on the person; with `fill`, only where there was nothing. True: something differs.
pub(super) fn apply(person: &mut Person, row: &ImportRow, fill: bool, now: UnixMillis) -> bool {
    let contact = &mut person.now;
    let mut differs = false;
    let identity = Identity::of(contact);
    if let Some(name) = &row.name
        && contact.name != *name
        && (!fill || contact.name.is_empty())
    {
        contact.name.clone_from(name);
        differs = true;
    }
    let extra = merged(contact.extra.as_deref(), row.extra.as_deref());
    differs |= put(&mut contact.first_name, &row.first_name, fill);
    differs |= put(&mut contact.last_name, &row.last_name, fill);
    differs |= put(&mut contact.phone, &row.phone, fill);
    differs |= put(&mut contact.username, &row.username, fill);
    if row.telegram_user_id.is_none() && is_replaced(&identity, &Identity::of(contact)) {
        // The old one was found by the old phone or username: who has the new one is found out anew.
        contact.telegram_user_id = None;
    }
    differs |= put(&mut contact.telegram_user_id, &row.telegram_user_id, fill);
    differs |= put(&mut contact.profession, &row.profession, fill);
    differs |= put(&mut contact.interests, &row.interests, fill);
    differs |= put(&mut contact.age, &row.age, fill);
    differs |= put(&mut contact.goal, &row.goal, fill);
    differs |= put(&mut contact.notes, &row.notes, fill);
    differs |= put(&mut contact.language, &row.language, fill);
    differs |= put(&mut contact.timezone, &row.timezone, fill);
    differs |= put(&mut contact.extra, &extra, fill);
    for tag in &row.tags {
        differs |= person.tags.insert(tag.clone());
    }
    if contact.name.is_empty() {
        contact.name = match (&contact.username, &contact.phone) {
            (Some(username), _) => format!("@{username}"),
            (None, Some(phone)) => phone.clone(),
            (None, None) => contact
                .telegram_user_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
        };
    }
    if differs || contact.name_key.is_empty() {
        contact.name_key = fold_name(&contact.name);
    }
    if differs {
        contact.updated_at = now;
    }
    differs
}

fn put<T: Clone + PartialEq>(there: &mut Option<T>, brought: &Option<T>, fill: bool) -> bool {
    let differs = brought.is_some() && there != brought && !(fill && there.is_some());
    if differs {
        there.clone_from(brought);
    }
    differs
}

/// The columns there and the columns brought; a column that is brought wins.
fn merged(there: Option<&str>, brought: Option<&str>) -> Option<String> {
    type Columns = serde_json::Map<String, serde_json::Value>;
    let (Some(there), Some(brought)) = (there, brought) else {
        return brought.map(str::to_owned);
    };
    let (Ok(mut columns), Ok(new)) = (
        serde_json::from_str::<Columns>(there),
        serde_json::from_str::<Columns>(brought),
    ) else {
        return Some(brought.to_owned());
    };
    let before = columns.clone();
    columns.extend(new);
    // The text as it stands, when it says the same: else an upload of the same file would change everybody.
    if columns == before {
        Some(there.to_owned())
    } else {
        serde_json::to_string(&columns).ok()
    }
}

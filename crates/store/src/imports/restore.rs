//! Puts contacts that an upload changed back as they were, a step of them by a few statements.
//!
//! A column goes back only when it still holds what the upload wrote: an edit, another upload or a revocation that came
//! later has the last word.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::undo::{STEP_ROWS, UndoPosition, UndoStep};
use super::write::Before;
use crate::Result;
use crate::entity::contacts::{Column, Entity, Model};
use crate::entity::{consents, contact_tags, import_changes};
use crate::types::{ConsentAction, ConsentBasis, UnixMillis};

/// What goes back. Consent goes by itself, and an opt-out and the funnel never do.
const RESTORED: [Column; 16] = [
    Column::Name,
    Column::FirstName,
    Column::LastName,
    Column::NameKey,
    Column::Phone,
    Column::Username,
    Column::TelegramUserId,
    Column::Profession,
    Column::Interests,
    Column::Age,
    Column::Goal,
    Column::Notes,
    Column::Language,
    Column::Timezone,
    Column::Extra,
    Column::UpdatedAt,
];
/// Tags taken off by one statement.
const TAGS_IN_STATEMENT: usize = 200;

/// A contact that the step touches.
struct Person {
    now: Model,
    /// Newest entry of the consent ledger.
    newest: Option<consents::Model>,
    /// The basis that the upload gave and the one that holds again.
    withdrawn: Option<(ConsentBasis, ConsentBasis)>,
}

/// Restores the next contacts below the change `below`.
pub(super) async fn restore(
    db: &impl ConnectionTrait,
    import_id: i64,
    below: i64,
    now: UnixMillis,
) -> Result<UndoStep> {
    // Newest first: of two changes of one contact the older one has the last word.
    let changes = import_changes::Entity::find()
        .filter(import_changes::Column::ImportId.eq(import_id))
        .filter(import_changes::Column::Id.lt(below))
        .order_by_desc(import_changes::Column::Id)
        .limit(STEP_ROWS)
        .all(db)
        .await?;
    let mut step = UndoStep {
        next: changes.last().map(|change| UndoPosition {
            made_until: i64::MAX,
            changed_from: Some(change.id),
        }),
        ..UndoStep::default()
    };
    let parsed = changes.iter().filter_map(|change| {
        let before = serde_json::from_str::<Before>(change.before.as_deref()?).ok()?;
        Some((change.contact_id, before))
    });
    let changes: Vec<(i64, Before)> = parsed.collect();
    let mut people = present(db, &changes).await?;
    let mut owners = Owners::of(db, &changes).await?;
    let mut order: Vec<i64> = Vec::new();
    let mut tags: Vec<(i64, String)> = Vec::new();
    for (contact_id, before) in changes {
        // Deleted since.
        let Some(person) = people.get_mut(&contact_id) else {
            continue;
        };
        if !go_back(person, &before, &mut owners, now) {
            step.kept.push(contact_id);
            continue;
        }
        step.restored += 1;
        order.push(contact_id);
        tags.extend(before.tags_added.into_iter().map(|tag| (contact_id, tag)));
    }
    write(db, &people, &order, now).await?;
    take_tags_off(db, &tags).await?;
    Ok(step)
}

/// The contacts as they are now, held until the commit: nobody revokes consent between our look and our write.
async fn present(db: &impl ConnectionTrait, changes: &[(i64, Before)]) -> Result<BTreeMap<i64, Person>> {
    let ids: Vec<i64> = changes.iter().map(|(id, _)| *id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let newest: Vec<i64> = consents::Entity::find()
        .select_only()
        .column_as(consents::Column::Id.max(), "newest")
        .filter(consents::Column::ContactId.is_in(ids))
        .group_by(consents::Column::ContactId)
        .into_tuple()
        .all(db)
        .await?;
    let entries = consents::Entity::find()
        .filter(consents::Column::Id.is_in(newest))
        .all(db)
        .await?;
    let mut entries: HashMap<i64, consents::Model> = entries
        .into_iter()
        .map(|entry| (entry.contact_id, entry))
        .collect();
    let person = |now: Model| {
        let newest = entries.remove(&now.id);
        let person = Person {
            newest,
            withdrawn: None,
            now,
        };
        (person.now.id, person)
    };
    Ok(rows.into_iter().map(person).collect())
}

/// Undoes one change in memory. False: the person was written to since, or an identity to be given back is another's.
fn go_back(person: &mut Person, before: &Before, owners: &mut Owners, now: UnixMillis) -> bool {
    let old = &before.contact;
    let there = &mut person.now;
    if there.last_outreach_at != old.last_outreach_at || there.last_message_at != old.last_message_at {
        return false;
    }
    // A change that was recorded without its outcome is taken as the one that made the contact what it is.
    let wrote = before.after.clone().unwrap_or_else(|| there.clone());
    if owners.hold_against(there, &wrote, old) {
        return false;
    }
    owners.leave(there);
    if there.name == wrote.name {
        there.name.clone_from(&old.name);
        there.name_key.clone_from(&old.name_key);
    }
    back(&mut there.first_name, &wrote.first_name, &old.first_name);
    back(&mut there.last_name, &wrote.last_name, &old.last_name);
    back(&mut there.phone, &wrote.phone, &old.phone);
    back(&mut there.username, &wrote.username, &old.username);
    back(
        &mut there.telegram_user_id,
        &wrote.telegram_user_id,
        &old.telegram_user_id,
    );
    back(&mut there.profession, &wrote.profession, &old.profession);
    back(&mut there.interests, &wrote.interests, &old.interests);
    back(&mut there.age, &wrote.age, &old.age);
    back(&mut there.goal, &wrote.goal, &old.goal);
    back(&mut there.notes, &wrote.notes, &old.notes);
    back(&mut there.language, &wrote.language, &old.language);
    back(&mut there.timezone, &wrote.timezone, &old.timezone);
    back(&mut there.extra, &wrote.extra, &old.extra);
    there.updated_at = now;
    owners.enter(there);
    // The upload's own entry must still be the last word of the ledger: a revocation beats every basis, and a basis
    // that was recorded later is not the upload's to take.
    let last_word = person.newest.as_ref().is_some_and(|entry| {
        entry.action == ConsentAction::Granted
            && entry.basis == wrote.consent_basis
            && entry.created_at <= wrote.updated_at
    });
    if last_word
        && there.opted_out_at.is_none()
        && there.consent_basis == wrote.consent_basis
        && wrote.consent_basis != old.consent_basis
    {
        person.withdrawn = Some((wrote.consent_basis, old.consent_basis));
        there.consent_basis = old.consent_basis;
    }
    true
}

fn back<T: Clone + PartialEq>(there: &mut T, wrote: &T, old: &T) {
    if there == wrote {
        there.clone_from(old);
    }
}

async fn write(
    db: &impl ConnectionTrait,
    people: &BTreeMap<i64, Person>,
    order: &[i64],
    now: UnixMillis,
) -> Result<()> {
    // In the order of the undoing: an identity is free before its old owner takes it again.
    let mut seen = HashSet::new();
    let rows: Vec<Model> = order
        .iter()
        .filter(|id| seen.insert(**id))
        .filter_map(|id| people.get(id).map(|person| person.now.clone()))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    // Every row has an id that is there: the insert always turns into an update, of all rows at once.
    let update = OnConflict::column(Column::Id).update_columns(RESTORED).to_owned();
    Entity::insert_many(rows.into_iter().map(|row| row.into_active_model().reset_all()))
        .on_conflict(update)
        .exec_without_returning(db)
        .await?;
    // A phone or username that is another one again is looked up anew.
    crate::contacts::readdress(db, order).await?;
    withdraw(db, people, now).await
}

/// The ledger is never rewritten: an entry says what holds again.
async fn withdraw(db: &impl ConnectionTrait, people: &BTreeMap<i64, Person>, now: UnixMillis) -> Result<()> {
    let mut by_basis: Vec<((ConsentBasis, ConsentBasis), Vec<i64>)> = Vec::new();
    for (id, person) in people {
        let Some(change) = person.withdrawn else { continue };
        match by_basis.iter_mut().find(|(known, _)| *known == change) {
            Some((_, ids)) => ids.push(*id),
            None => by_basis.push((change, vec![*id])),
        }
    }
    for ((given, again), ids) in by_basis {
        let entries = ids.iter().map(|id| consents::ActiveModel {
            contact_id: Set(*id),
            action: Set(ConsentAction::Granted),
            basis: Set(again),
            evidence: Set(Some("upload undone".to_owned())),
            recorded_by: Set("undo".to_owned()),
            created_at: Set(now),
            ..Default::default()
        });
        consents::Entity::insert_many(entries)
            .exec_without_returning(db)
            .await?;
        Entity::update_many()
            .filter(Column::Id.is_in(ids))
            .filter(Column::ConsentBasis.eq(given))
            .filter(Column::OptedOutAt.is_null())
            .col_expr(Column::ConsentBasis, Expr::value(again))
            .exec(db)
            .await?;
    }
    Ok(())
}

async fn take_tags_off(db: &impl ConnectionTrait, tags: &[(i64, String)]) -> Result<()> {
    for chunk in tags.chunks(TAGS_IN_STATEMENT) {
        let any = chunk.iter().fold(Condition::any(), |any, (id, tag)| {
            any.add(
                Condition::all()
                    .add(contact_tags::Column::ContactId.eq(*id))
                    .add(contact_tags::Column::Tag.eq(tag.as_str())),
            )
        });
        contact_tags::Entity::delete_many().filter(any).exec(db).await?;
    }
    Ok(())
}

/// Who has the identities that are to be given back.
#[derive(Default)]
struct Owners {
    phones: HashMap<String, i64>,
    usernames: HashMap<String, i64>,
    telegram_ids: HashMap<i64, i64>,
}

impl Owners {
    async fn of(db: &impl ConnectionTrait, changes: &[(i64, Before)]) -> Result<Self> {
        let old = || changes.iter().map(|(_, before)| &before.contact);
        let phones: Vec<&str> = old().filter_map(|row| row.phone.as_deref()).collect();
        let usernames: Vec<&str> = old().filter_map(|row| row.username.as_deref()).collect();
        let telegram_ids: Vec<i64> = old().filter_map(|row| row.telegram_user_id).collect();
        let mut owners = Self::default();
        let mut conditions = Vec::new();
        if !phones.is_empty() {
            conditions.push(Column::Phone.is_in(phones));
        }
        if !usernames.is_empty() {
            conditions.push(Column::Username.is_in(usernames));
        }
        if !telegram_ids.is_empty() {
            conditions.push(Column::TelegramUserId.is_in(telegram_ids));
        }
        for condition in conditions {
            for row in Entity::find().filter(condition).all(db).await? {
                owners.enter(&row);
            }
        }
        Ok(owners)
    }

    /// Whether somebody else has what would go back.
    fn hold_against(&self, there: &Model, wrote: &Model, old: &Model) -> bool {
        another(&self.phones, (&there.phone, &wrote.phone, &old.phone), there.id)
            || another(
                &self.usernames,
                (&there.username, &wrote.username, &old.username),
                there.id,
            )
            || another(
                &self.telegram_ids,
                (
                    &there.telegram_user_id,
                    &wrote.telegram_user_id,
                    &old.telegram_user_id,
                ),
                there.id,
            )
    }

    fn enter(&mut self, row: &Model) {
        if let Some(phone) = &row.phone {
            self.phones.insert(phone.clone(), row.id);
        }
        if let Some(username) = &row.username {
            self.usernames.insert(username.clone(), row.id);
        }
        if let Some(id) = row.telegram_user_id {
            self.telegram_ids.insert(id, row.id);
        }
    }

    fn leave(&mut self, row: &Model) {
        remove(&mut self.phones, row.phone.as_ref(), row.id);
        remove(&mut self.usernames, row.username.as_ref(), row.id);
        remove(&mut self.telegram_ids, row.telegram_user_id.as_ref(), row.id);
    }
}

fn remove<K: Eq + Hash>(owners: &mut HashMap<K, i64>, key: Option<&K>, own: i64) {
    if let Some(key) = key
        && owners.get(key) == Some(&own)
    {
        owners.remove(key);
    }
}

fn another<K: Eq + Hash>(
    owners: &HashMap<K, i64>,
    (there, wrote, old): (&Option<K>, &Option<K>, &Option<K>),
    own: i64,
) -> bool {
    let goes_back = there == wrote && there != old;
    goes_back
        && old
            .as_ref()
            .and_then(|key| owners.get(key))
            .is_some_and(|owner| *owner != own)
}

//! Writes what an upload changes of people who are there, by a few statements, whatever their number.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::chunk::{Origin, Person};
use crate::Result;
use crate::contacts::{Identity, consent::Grant, readdress, tags};
use crate::entity::contacts::{Column, Entity, Model};
use crate::entity::{consents, import_changes};
use crate::types::{ChangeAction, ConsentAction, UnixMillis};

/// What an upload changes of a contact that is there.
const UPDATED: [Column; 19] = [
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
    Column::ConsentBasis,
    Column::OptedOutAt,
    Column::Stage,
    Column::UpdatedAt,
];

/// What is remembered of a contact before an upload changed it.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Before {
    pub contact: Model,
    pub tags_added: Vec<String>,
    /// What the upload made of it: the undoing leaves alone what somebody changed since.
    #[serde(default)]
    pub after: Option<Model>,
}

pub(super) async fn people(
    db: &impl ConnectionTrait,
    people: &[Person],
    origin: &Origin,
    now: UnixMillis,
) -> Result<()> {
    let there = tags_there(db, people).await?;
    let added = |person: &Person| -> Vec<String> {
        let old = there.get(&person.now.id).map_or(&[] as &[String], Vec::as_slice);
        person
            .tags
            .iter()
            .filter(|tag| !old.contains(tag))
            .cloned()
            .collect()
    };
    let touched =
        |person: &&Person| person.before.is_some() && (person.changed() || !added(person).is_empty());
    if let Origin::Upload { import_id, grant } = origin {
        remember(db, *import_id, people.iter().filter(touched), &added).await?;
        record_grants(db, grant, people.iter().filter(|person| person.granted), now).await?;
    }
    let changed: Vec<_> = people
        .iter()
        .filter(|p| p.changed())
        .map(|p| p.now.clone().into_active_model().reset_all())
        .collect();
    if !changed.is_empty() {
        // Every row has an id that is there: the insert always turns into an update, of all rows at once.
        let update = OnConflict::column(Column::Id).update_columns(UPDATED).to_owned();
        Entity::insert_many(changed)
            .on_conflict(update)
            .exec_without_returning(db)
            .await?;
        let elsewhere = |person: &&Person| {
            let before = person.before.as_ref().map(Identity::of);
            before.is_some_and(|before| before != Identity::of(&person.now))
        };
        let elsewhere: Vec<i64> = people
            .iter()
            .filter(elsewhere)
            .map(|person| person.now.id)
            .collect();
        readdress(db, &elsewhere).await?;
    }
    let tagged = people.iter().filter(|person| person.before.is_some());
    let pairs: Vec<(i64, &str)> = tagged
        .flat_map(|person| person.tags.iter().map(|tag| (person.now.id, tag.as_str())))
        .collect();
    tags::add_many(db, &pairs).await
}

async fn tags_there(db: &impl ConnectionTrait, people: &[Person]) -> Result<HashMap<i64, Vec<String>>> {
    let ids: Vec<i64> = people
        .iter()
        .filter(|p| p.before.is_some() && !p.tags.is_empty())
        .map(|p| p.now.id)
        .collect();
    if ids.is_empty() {
        Ok(HashMap::new())
    } else {
        tags::of_many(db, &ids).await
    }
}

async fn remember(
    db: &impl ConnectionTrait,
    import_id: i64,
    touched: impl Iterator<Item = &Person>,
    added: &impl Fn(&Person) -> Vec<String>,
) -> Result<()> {
    let mut rows = Vec::new();
    for person in touched {
        let Some(contact) = person.before.clone() else {
            continue;
        };
        let before = Before {
            contact,
            tags_added: added(person),
            after: Some(person.now.clone()),
        };
        let before =
            serde_json::to_string(&before).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
        rows.push(import_changes::ActiveModel {
            import_id: Set(import_id),
            contact_id: Set(person.now.id),
            action: Set(ChangeAction::Updated),
            before: Set(Some(before)),
            ..Default::default()
        });
    }
    if !rows.is_empty() {
        import_changes::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

async fn record_grants(
    db: &impl ConnectionTrait,
    grant: &Grant,
    granted: impl Iterator<Item = &Person>,
    now: UnixMillis,
) -> Result<()> {
    let rows: Vec<_> = granted
        .map(|person| consents::ActiveModel {
            contact_id: Set(person.now.id),
            action: Set(ConsentAction::Granted),
            basis: Set(grant.basis),
            evidence: Set(grant.evidence.clone()),
            recorded_by: Set(grant.recorded_by.clone()),
            wording: Set(grant.wording.clone()),
            created_at: Set(now),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        consents::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

//! Writes a chunk of people by a few statements, whatever their number.

use std::collections::HashMap;
use std::fmt::Write as _;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect, Statement, Value,
};

use super::chunk::{Origin, Person};
use crate::Result;
use crate::contacts::{Identity, consent::Grant, readdress, tags};
use crate::entity::contacts::{Column, Entity, Model};
use crate::entity::{consents, import_changes};
use crate::types::{ChangeAction, ConsentAction, ConsentBasis, UnixMillis};

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
    insert_new(db, people, origin, now).await?;
    add_tags(db, people).await
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

/// New contacts in one statement, their ledger in another.
async fn insert_new(
    db: &impl ConnectionTrait,
    people: &[Person],
    origin: &Origin,
    now: UnixMillis,
) -> Result<()> {
    let new: Vec<&Model> = people
        .iter()
        .filter(|person| person.before.is_none())
        .map(|person| &person.now)
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let Origin::Upload { import_id, grant } = origin else {
        db.execute_raw(insert_statement(db.get_database_backend(), &new))
            .await?;
        return Ok(());
    };
    let newest = Entity::find().select_only().column_as(Column::Id.max(), "newest");
    let newest = newest
        .filter(Column::ImportId.eq(*import_id))
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    db.execute_raw(insert_statement(db.get_database_backend(), &new))
        .await?;
    if grant.basis == ConsentBasis::None {
        return Ok(());
    }
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "INSERT INTO consents (contact_id, action, basis, evidence, recorded_by, wording, created_at) \
             SELECT id, $1, $2, $3, $4, $5, CAST($6 AS bigint) FROM contacts \
             WHERE import_id = $7 AND id > $8 AND opted_out_at IS NULL"
        }
        _ => {
            "INSERT INTO consents (contact_id, action, basis, evidence, recorded_by, wording, created_at) \
             SELECT id, ?, ?, ?, ?, ?, ? FROM contacts WHERE import_id = ? AND id > ? AND opted_out_at IS NULL"
        }
    };
    let values = [
        ConsentAction::Granted.to_value().into(),
        grant.basis.to_value().into(),
        grant.evidence.clone().into(),
        grant.recorded_by.clone().into(),
        grant.wording.clone().into(),
        now.into(),
        (*import_id).into(),
        newest.flatten().unwrap_or(0).into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    Ok(())
}

/// A column of a new contact that differs from row to row.
type Varying = (&'static str, fn(&Model) -> Value, fn(&Model) -> bool);

const VARYING: [Varying; 16] = [
    ("name", |c| c.name.clone().into(), |_| true),
    ("name_key", |c| c.name_key.clone().into(), |_| true),
    (
        "first_name",
        |c| c.first_name.clone().into(),
        |c| c.first_name.is_some(),
    ),
    (
        "last_name",
        |c| c.last_name.clone().into(),
        |c| c.last_name.is_some(),
    ),
    ("phone", |c| c.phone.clone().into(), |c| c.phone.is_some()),
    (
        "username",
        |c| c.username.clone().into(),
        |c| c.username.is_some(),
    ),
    (
        "telegram_user_id",
        |c| c.telegram_user_id.into(),
        |c| c.telegram_user_id.is_some(),
    ),
    (
        "profession",
        |c| c.profession.clone().into(),
        |c| c.profession.is_some(),
    ),
    (
        "interests",
        |c| c.interests.clone().into(),
        |c| c.interests.is_some(),
    ),
    ("age", |c| c.age.into(), |c| c.age.is_some()),
    ("goal", |c| c.goal.clone().into(), |c| c.goal.is_some()),
    ("notes", |c| c.notes.clone().into(), |c| c.notes.is_some()),
    (
        "language",
        |c| c.language.clone().into(),
        |c| c.language.is_some(),
    ),
    (
        "timezone",
        |c| c.timezone.clone().into(),
        |c| c.timezone.is_some(),
    ),
    ("extra", |c| c.extra.clone().into(), |c| c.extra.is_some()),
    (
        "opted_out_at",
        |c| c.opted_out_at.into(),
        |c| c.opted_out_at.is_some(),
    ),
];

/// One INSERT of many rows. It is written by hand because it is the import's speed: columns that no row brings are left
/// out, words that are the same everywhere are literals, and the upload and the time are bound once for all rows, so
/// that the text is the same for every chunk and is prepared once.
fn insert_statement(backend: DbBackend, new: &[&Model]) -> Statement {
    let brought = |column: &&Varying| new.iter().any(|contact| (column.2)(contact));
    let columns: Vec<&Varying> = VARYING.iter().filter(brought).collect();
    let varying = new.len() * columns.len();
    let mut sql = String::with_capacity(400 + varying * 6 + new.len() * 80);
    sql.push_str("INSERT INTO contacts (");
    for (name, _, _) in &columns {
        sql.push_str(name);
        sql.push_str(", ");
    }
    sql.push_str("status, source, consent_basis, stage, import_id, created_at, updated_at) VALUES ");
    // MySQL has no numbered parameters. SQLite keeps a list of the named ones and walks it for each: only these two
    // have names there.
    let shared = (backend != DbBackend::MySql).then(|| format!("${0},${1},${1}", varying + 1, varying + 2));
    let mut values: Vec<Value> = Vec::with_capacity(varying + new.len() * 3);
    for (number, contact) in new.iter().enumerate() {
        sql.push_str(if number == 0 { "(" } else { ",(" });
        for (_, value, _) in &columns {
            values.push(value(contact));
            if backend == DbBackend::Postgres {
                let _ = write!(sql, "${},", values.len());
            } else {
                sql.push_str("?,");
            }
        }
        let Model {
            status,
            source,
            consent_basis,
            stage,
            ..
        } = contact;
        let _ = write!(sql, "'{status}','{source}','{consent_basis}','{stage}',");
        if let Some(shared) = &shared {
            sql.push_str(shared);
        } else {
            let Model {
                import_id,
                created_at,
                updated_at,
                ..
            } = contact;
            values.extend([(*import_id).into(), (*created_at).into(), (*updated_at).into()]);
            sql.push_str("?,?,?");
        }
        sql.push(')');
    }
    if shared.is_some() {
        values.extend([new[0].import_id.into(), new[0].created_at.into()]);
    }
    Statement::from_sql_and_values(backend, sql, values)
}

async fn add_tags(db: &impl ConnectionTrait, people: &[Person]) -> Result<()> {
    let tagged: Vec<&Person> = people.iter().filter(|person| !person.tags.is_empty()).collect();
    let mut pairs: Vec<(i64, &str)> = Vec::new();
    for column in [Column::Phone, Column::Username, Column::TelegramUserId] {
        // A new contact's id is found by whichever identity it has first.
        let key = |contact: &Model| match column {
            Column::Phone => contact.phone.clone().map(Value::from),
            Column::Username if contact.phone.is_none() => contact.username.clone().map(Value::from),
            Column::TelegramUserId if contact.phone.is_none() && contact.username.is_none() => {
                contact.telegram_user_id.map(Value::from)
            }
            _ => None,
        };
        let keys: Vec<Value> = tagged
            .iter()
            .filter(|person| person.before.is_none())
            .filter_map(|person| key(&person.now))
            .collect();
        if keys.is_empty() {
            continue;
        }
        let made = Entity::find().filter(column.is_in(keys)).all(db).await?;
        let ids: HashMap<String, i64> = made
            .iter()
            .filter_map(|contact| Some((format!("{:?}", key(contact)?), contact.id)))
            .collect();
        for person in tagged.iter().filter(|person| person.before.is_none()) {
            let id = key(&person.now).and_then(|key| ids.get(&format!("{key:?}")).copied());
            pairs.extend(
                id.into_iter()
                    .flat_map(|id| person.tags.iter().map(move |tag| (id, tag.as_str()))),
            );
        }
    }
    for person in tagged.iter().filter(|person| person.before.is_some()) {
        pairs.extend(person.tags.iter().map(|tag| (person.now.id, tag.as_str())));
    }
    tags::add_many(db, &pairs).await
}

//! New people of an upload. They are gathered, chunk by chunk, in a temporary table without indexes, and enter together:
//! the search index takes ten thousand names at once for little more than a thousand.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    Value,
};

use super::chunk::{Origin, Person};
use crate::Result;
use crate::contacts::tags;
use crate::entity::contacts::{Column, Entity, Model};
use crate::types::{ConsentAction, ConsentBasis, UnixMillis};

/// Tagged people whose ids are asked for in one statement.
const TAGGED_AT_ONCE: usize = 1_000;

/// New people of the chunks of one transaction.
#[derive(Debug, Default)]
pub struct Arrivals {
    count: usize,
    tagged: Vec<(Key, BTreeSet<String>)>,
}

/// By what a new person is found again: whichever identity they have first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Phone(String),
    Username(String),
    TelegramUserId(i64),
}

impl Key {
    fn of(contact: &Model) -> Option<Self> {
        let phone = contact.phone.clone().map(Self::Phone);
        phone
            .or_else(|| contact.username.clone().map(Self::Username))
            .or_else(|| contact.telegram_user_id.map(Self::TelegramUserId))
    }

    fn column(&self) -> Column {
        match self {
            Self::Phone(_) => Column::Phone,
            Self::Username(_) => Column::Username,
            Self::TelegramUserId(_) => Column::TelegramUserId,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Phone(text) | Self::Username(text) => text.clone().into(),
            Self::TelegramUserId(id) => (*id).into(),
        }
    }
}

impl Arrivals {
    /// Puts the new ones among these people with those of the chunks before.
    pub(super) async fn gather(&mut self, db: &impl ConnectionTrait, people: &[Person]) -> Result<()> {
        let new: Vec<&Person> = people.iter().filter(|person| person.before.is_none()).collect();
        if new.is_empty() {
            return Ok(());
        }
        let backend = db.get_database_backend();
        if self.count == 0 {
            db.execute_unprepared(&waiting_room(backend)).await?;
        }
        let rows: Vec<&Model> = new.iter().map(|person| &person.now).collect();
        let statement = match backend {
            DbBackend::Postgres => from_json(&rows)?,
            _ => insert_statement(backend, &rows),
        };
        db.execute_raw(statement).await?;
        self.count += new.len();
        let tagged = new.iter().filter(|person| !person.tags.is_empty());
        self.tagged
            .extend(tagged.filter_map(|person| Some((Key::of(&person.now)?, person.tags.clone()))));
        Ok(())
    }

    /// Makes contacts of the people gathered, with their consent and their tags.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] when somebody else brought one of them meanwhile.
    pub async fn enter(&mut self, db: &impl ConnectionTrait, origin: &Origin, now: UnixMillis) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let newest = match origin {
            Origin::Upload { import_id, .. } => newest(db, *import_id).await?,
            Origin::Group => 0,
        };
        let columns = columns();
        let enter = format!("INSERT INTO contacts ({columns}) SELECT {columns} FROM {WAITING_ROOM}");
        db.execute_unprepared(&enter).await?;
        db.execute_unprepared(&format!("DELETE FROM {WAITING_ROOM}"))
            .await?;
        self.count = 0;
        record_consent(db, origin, newest, now).await?;
        for chunk in std::mem::take(&mut self.tagged).chunks(TAGGED_AT_ONCE) {
            add_tags(db, chunk).await?;
        }
        Ok(())
    }
}

const WAITING_ROOM: &str = "arriving_contacts";
/// Columns of a new contact beside [`VARYING`].
const COMMON: &str = "status, source, consent_basis, stage, import_id, created_at, updated_at";

fn columns() -> String {
    let varying: Vec<&str> = VARYING.iter().map(|column| column.0).collect();
    format!("{}, {COMMON}", varying.join(", "))
}

/// Makes the temporary table, which only this connection sees. It is empty between two transactions.
fn waiting_room(backend: DbBackend) -> String {
    let (temporary, end) = match backend {
        DbBackend::Sqlite => ("TEMP", ""),
        DbBackend::Postgres => ("TEMP", "ON COMMIT DROP"),
        _ => ("TEMPORARY", ""),
    };
    let columns = columns();
    format!(
        "CREATE {temporary} TABLE IF NOT EXISTS {WAITING_ROOM} {end} AS SELECT {columns} FROM contacts LIMIT 0"
    )
}

/// The id of the newest contact of the upload.
async fn newest(db: &impl ConnectionTrait, import_id: i64) -> Result<i64> {
    let newest = Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "newest")
        .filter(Column::ImportId.eq(import_id))
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(newest.flatten().unwrap_or(0))
}

/// Writes the ledger of the upload's contacts after `newest`.
async fn record_consent(
    db: &impl ConnectionTrait,
    origin: &Origin,
    newest: i64,
    now: UnixMillis,
) -> Result<()> {
    let Origin::Upload { import_id, grant } = origin else {
        return Ok(());
    };
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
        newest.into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    Ok(())
}

/// PostgreSQL reads one JSON text in a fraction of the time that it takes for ten thousand parameters.
fn from_json(new: &[&Model]) -> Result<Statement> {
    let json = serde_json::to_string(new).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let sql = format!(
        "INSERT INTO {WAITING_ROOM} SELECT * FROM json_populate_recordset(NULL::{WAITING_ROOM}, CAST($1 AS json))"
    );
    Ok(Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        [json.into()],
    ))
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
    let mut sql = format!("INSERT INTO {WAITING_ROOM} (");
    sql.reserve(400 + varying * 6 + new.len() * 80);
    for (name, _, _) in &columns {
        sql.push_str(name);
        sql.push_str(", ");
    }
    let _ = write!(sql, "{COMMON}) VALUES ");
    // MySQL has no numbered parameters. SQLite keeps a list of the named ones and walks it for each: only these two
    // have names there.
    let shared = (backend != DbBackend::MySql).then(|| format!("${0},${1},${1}", varying + 1, varying + 2));
    let mut values: Vec<Value> = Vec::with_capacity(varying + new.len() * 3);
    for (number, contact) in new.iter().enumerate() {
        sql.push_str(if number == 0 { "(" } else { ",(" });
        for (_, value, _) in &columns {
            values.push(value(contact));
            sql.push_str("?,");
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

async fn add_tags(db: &impl ConnectionTrait, tagged: &[(Key, BTreeSet<String>)]) -> Result<()> {
    let mut ids: HashMap<Key, i64> = HashMap::new();
    for column in [Column::Phone, Column::Username, Column::TelegramUserId] {
        let keys = tagged.iter().map(|(key, _)| key);
        let values: Vec<Value> = keys
            .filter(|key| key.column() as u8 == column as u8)
            .map(Key::value)
            .collect();
        if !values.is_empty() {
            let made = Entity::find().filter(column.is_in(values)).all(db).await?;
            ids.extend(
                made.iter()
                    .filter_map(|contact| Some((Key::of(contact)?, contact.id))),
            );
        }
    }
    let pairs: Vec<(i64, &str)> = tagged
        .iter()
        .filter_map(|(key, tags)| Some((*ids.get(key)?, tags)))
        .flat_map(|(id, tags)| tags.iter().map(move |tag| (id, tag.as_str())))
        .collect();
    tags::add_many(db, &pairs).await
}

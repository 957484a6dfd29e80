//! A chunk of people: matched with the contacts that are there, then written by a few statements.
//!
//! A row is the same person as a contact by phone, username or Telegram id. All contacts that a chunk may touch are
//! read by one statement for each of the three; the rows are then applied in memory, in order, so that rows of one
//! person meet; what came out is written by [`super::write`] and [`super::arrivals`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::apply::{apply, blank};
use super::arrivals::Arrivals;
use super::write;
use crate::Result;
use crate::contacts::consent::Grant;
use crate::contacts::{Identity, suppression};
use crate::entity::contacts::{Column, Entity, Model};
use crate::entity::{consents, contact_tags};
use crate::types::{ConsentAction, ConsentBasis, FunnelStage, UnixMillis};

/// What a row says about a person, normalised. An absent field is not brought, so an update leaves it as it is.
/// A row without phone, username and Telegram id is nobody known: it always makes a new contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportRow {
    /// Full name; a new contact without one is shown by username or phone.
    pub name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// Lower case, without `@`.
    pub username: Option<String>,
    /// Telegram's id of the user.
    pub telegram_user_id: Option<i64>,
    /// What the person does for a living.
    pub profession: Option<String>,
    /// What the person cares for.
    pub interests: Option<String>,
    /// Years.
    pub age: Option<i32>,
    /// What the person wants.
    pub goal: Option<String>,
    /// The operator's notes.
    pub notes: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// JSON object of other columns; merged with what is there.
    pub extra: Option<String>,
    /// Tags to add.
    pub tags: Vec<String>,
}

/// Where the people come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, whose operator attests `grant` for people who have no basis and never took it back.
    Upload {
        /// The upload.
        import_id: i64,
        /// The consent to record; basis `none` records nothing.
        grant: Grant,
    },
    /// The members of a group: nobody agreed to anything.
    Group,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportOutcome {
    /// A new contact.
    Created {
        /// The person said "stop" before, so the contact is opted out.
        opted_out: bool,
    },
    /// A contact that now differs; id 0: one that this chunk made.
    Updated(i64),
    /// A contact that was so already; id 0: one that this chunk made.
    Unchanged(i64),
    /// The row's phone, username and Telegram id belong to different contacts: nothing was done.
    Ambiguous(Vec<i64>),
}

/// A person that the chunk touches.
pub(super) struct Person {
    /// As the database has it; absent: new.
    pub before: Option<Model>,
    /// As it shall be; id 0 when new.
    pub now: Model,
    pub tags: BTreeSet<String>,
    pub granted: bool,
}

impl Person {
    pub(super) fn changed(&self) -> bool {
        self.before.as_ref().is_some_and(|before| *before != self.now)
    }
}

/// [`import_part`] of a chunk that stands alone.
///
/// # Errors
/// Of the database.
pub async fn import_chunk(
    db: &impl ConnectionTrait,
    rows: &[ImportRow],
    origin: &Origin,
    dry_run: bool,
    now: UnixMillis,
) -> Result<Vec<ImportOutcome>> {
    let mut arrivals = Arrivals::default();
    let outcomes = import_part(db, rows, origin, dry_run, now, &mut arrivals).await?;
    arrivals.enter(db, origin, now).await?;
    Ok(outcomes)
}

/// Takes at most 1,000 rows, of which none means a person that is new by the parts before. The new people wait in
/// `arrivals` until they [enter](Arrivals::enter). With `dry_run` nothing is written. Two transactions that bring the
/// same new person at once make a [`crate::StoreError::Conflict`] in one of them: begin it anew.
///
/// # Errors
/// Of the database.
pub async fn import_part(
    db: &impl ConnectionTrait,
    rows: &[ImportRow],
    origin: &Origin,
    dry_run: bool,
    now: UnixMillis,
    arrivals: &mut Arrivals,
) -> Result<Vec<ImportOutcome>> {
    let mut people = known(db, rows).await?;
    let mut by = Index::of(&people);
    let mut outcomes: Vec<ImportOutcome> = Vec::with_capacity(rows.len());
    let mut created: Vec<(usize, usize)> = Vec::new();
    // What a group's member calls themselves does not overwrite what the operator knows.
    let fill = *origin == Origin::Group;
    for (number, row) in rows.iter().enumerate() {
        let same = by.find(row);
        match same.as_slice() {
            [] => {
                people.push(Person {
                    before: None,
                    now: blank(origin, now),
                    tags: BTreeSet::new(),
                    granted: false,
                });
                let place = people.len() - 1;
                apply(&mut people[place], row, false, now);
                by.add(&people[place].now, place);
                created.push((number, place));
                outcomes.push(ImportOutcome::Created { opted_out: false });
            }
            [place] => {
                let changed = apply(&mut people[*place], row, fill, now);
                by.add(&people[*place].now, *place);
                let id = people[*place].now.id;
                outcomes.push(if changed {
                    ImportOutcome::Updated(id)
                } else {
                    ImportOutcome::Unchanged(id)
                });
            }
            several => outcomes.push(ImportOutcome::Ambiguous(
                several.iter().map(|p| people[*p].now.id).collect(),
            )),
        }
    }
    suppress(db, &mut people, now).await?;
    let newly_granted = attest(db, &mut people, origin, now).await?;
    for (number, place) in created {
        outcomes[number] = ImportOutcome::Created {
            opted_out: people[place].now.opted_out_at.is_some(),
        };
    }
    for outcome in &mut outcomes {
        if let ImportOutcome::Unchanged(id) = *outcome
            && newly_granted.contains(&id)
        {
            *outcome = ImportOutcome::Updated(id);
        }
    }
    if !dry_run {
        write::people(db, &people, origin, now).await?;
        arrivals.gather(db, &people).await?;
    }
    Ok(outcomes)
}

/// The contacts that the rows may mean, with their tags as far as the rows bring any.
async fn known(db: &impl ConnectionTrait, rows: &[ImportRow]) -> Result<Vec<Person>> {
    let mut found: BTreeMap<i64, Model> = BTreeMap::new();
    let phones: HashSet<&str> = rows.iter().filter_map(|row| row.phone.as_deref()).collect();
    let usernames: HashSet<&str> = rows.iter().filter_map(|row| row.username.as_deref()).collect();
    let telegram_ids: HashSet<i64> = rows.iter().filter_map(|row| row.telegram_user_id).collect();
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
        let rows = Entity::find().filter(condition).all(db).await?;
        found.extend(rows.into_iter().map(|contact| (contact.id, contact)));
    }
    let mut tags: HashMap<i64, BTreeSet<String>> = HashMap::new();
    if !found.is_empty() && rows.iter().any(|row| !row.tags.is_empty()) {
        let query = contact_tags::Entity::find()
            .filter(contact_tags::Column::ContactId.is_in(found.keys().copied()))
            .all(db)
            .await?;
        for row in query {
            tags.entry(row.contact_id).or_default().insert(row.tag);
        }
    }
    let person = |(id, contact): (i64, Model)| Person {
        before: Some(contact.clone()),
        now: contact,
        tags: tags.remove(&id).unwrap_or_default(),
        granted: false,
    };
    Ok(found.into_iter().map(person).collect())
}

/// Who has which phone, username and Telegram id. An identity that a person gave up within the chunk still means that
/// person, so that no statement has to write identities that change hands.
struct Index {
    phones: HashMap<String, usize>,
    usernames: HashMap<String, usize>,
    telegram_ids: HashMap<i64, usize>,
}

impl Index {
    fn of(people: &[Person]) -> Self {
        let mut index = Self {
            phones: HashMap::new(),
            usernames: HashMap::new(),
            telegram_ids: HashMap::new(),
        };
        for (place, person) in people.iter().enumerate() {
            index.add(&person.now, place);
        }
        index
    }

    fn add(&mut self, contact: &Model, place: usize) {
        if let Some(phone) = &contact.phone {
            self.phones.insert(phone.clone(), place);
        }
        if let Some(username) = &contact.username {
            self.usernames.insert(username.clone(), place);
        }
        if let Some(telegram_user_id) = contact.telegram_user_id {
            self.telegram_ids.insert(telegram_user_id, place);
        }
    }

    fn find(&self, row: &ImportRow) -> Vec<usize> {
        let phone = row.phone.as_ref().and_then(|phone| self.phones.get(phone));
        let username = row
            .username
            .as_ref()
            .and_then(|username| self.usernames.get(username));
        let telegram = row
            .telegram_user_id
            .as_ref()
            .and_then(|id| self.telegram_ids.get(id));
        let mut places: Vec<usize> = [phone, username, telegram]
            .into_iter()
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// People who said "stop" stay opted out, whatever a file says.
async fn suppress(db: &impl ConnectionTrait, people: &mut [Person], now: UnixMillis) -> Result<()> {
    if !suppression::any(db).await? {
        return Ok(());
    }
    let keys: Vec<Vec<String>> = people
        .iter()
        .map(|person| suppression::keys(&Identity::of(&person.now)))
        .collect();
    let found = suppression::among(db, &keys.concat()).await?;
    for (person, keys) in people.iter_mut().zip(&keys) {
        let since = keys.iter().filter_map(|key| found.get(key)).min();
        if let (Some(since), None) = (since, person.now.opted_out_at) {
            person.now.opted_out_at = Some(*since);
            person.now.consent_basis = ConsentBasis::None;
            person.now.stage = FunnelStage::OptedOut;
            person.now.updated_at = now;
        }
    }
    Ok(())
}

/// Gives the upload's basis to known people who have none and never took one back. Gives their ids.
async fn attest(
    db: &impl ConnectionTrait,
    people: &mut [Person],
    origin: &Origin,
    now: UnixMillis,
) -> Result<HashSet<i64>> {
    let Origin::Upload { grant, .. } = origin else {
        return Ok(HashSet::new());
    };
    let open = |person: &Person| {
        person.before.is_some()
            && person.now.consent_basis == ConsentBasis::None
            && person.now.opted_out_at.is_none()
    };
    let candidates: Vec<i64> = people
        .iter()
        .filter(|person| open(person))
        .map(|person| person.now.id)
        .collect();
    if grant.basis == ConsentBasis::None || candidates.is_empty() {
        return Ok(HashSet::new());
    }
    let revoked: HashSet<i64> = consents::Entity::find()
        .select_only()
        .column(consents::Column::ContactId)
        .filter(consents::Column::ContactId.is_in(candidates))
        .filter(consents::Column::Action.eq(ConsentAction::Revoked))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let mut granted = HashSet::new();
    for person in people.iter_mut().filter(|person| open(person)) {
        if !revoked.contains(&person.now.id) {
            person.now.consent_basis = grant.basis;
            person.now.updated_at = now;
            person.granted = true;
            granted.insert(person.now.id);
        }
    }
    Ok(granted)
}

//! Contacts that an operator enters, changes and deletes by hand, and the consent that the operator records.

use alfa_store::contacts::{self as rows, Identity, Profile, consent, tags};
use alfa_store::entity::contacts::Model;
use alfa_store::types::{ConsentBasis, ContactSource, ContactStatus};
use alfa_store::{StoreError, Tx};
use serde_json::json;

use super::erasure;
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::once::{self, Made};

/// What consents recorded by hand say of where they come from.
const BY_HAND: &str = "entered by hand";

/// A contact to add, normalised.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    pub profile: Profile,
    pub tags: Vec<String>,
    /// Absent: as `CONTACTS_UPLOAD_CONSENT` says.
    pub consent: Option<ConsentBasis>,
    /// What proves the consent.
    pub evidence: Option<String>,
}

/// A change of a contact, normalised: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub first_name: Option<Option<String>>,
    pub last_name: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub username: Option<Option<String>>,
    pub telegram_user_id: Option<Option<i64>>,
    pub profession: Option<Option<String>>,
    pub interests: Option<Option<String>>,
    pub age: Option<Option<i32>>,
    pub goal: Option<Option<String>>,
    pub notes: Option<Option<String>>,
    pub language: Option<Option<String>>,
    pub timezone: Option<Option<String>>,
    pub status: Option<ContactStatus>,
    pub tags: Option<Vec<String>>,
}

/// Adds a contact with its consent. Whoever said stop before stays opted out.
///
/// # Errors
/// `Conflict` with the other contact's id when the phone, the username or the Telegram id is taken.
pub async fn create(app: &App, new: NewContact, actor: &str) -> AppResult<Model> {
    let tx = app.store.begin().await?;
    let row = create_in(app, &tx, new, actor).await?;
    once::made(&tx, &Made::Contact { id: row.id }).await?;
    tx.commit().await?;
    Ok(row)
}

/// The same in the caller's transaction.
///
/// # Errors
/// As [`create`].
pub(crate) async fn create_in(app: &App, tx: &Tx, new: NewContact, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let identity = identity_of(&new.profile);
    refuse_taken(tx, &identity, None).await?;
    let created = rows::create(tx, new.profile, ContactSource::Manual, now).await;
    let row = created.map_err(taken_meanwhile)?;
    tags::set(tx, row.id, &new.tags).await?;
    let configured = app.config.upload_consent;
    let grant = consent::Grant {
        basis: new.consent.unwrap_or(configured),
        evidence: new.evidence.or_else(|| Some(BY_HAND.to_owned())),
        recorded_by: actor.to_owned(),
        wording: None,
    };
    consent::grant(tx, row.id, &grant, now).await?;
    Ok(rows::get(tx, row.id).await?)
}

/// Changes a contact.
///
/// # Errors
/// `NotFound`; `Conflict` as [`create`].
pub async fn update(app: &App, id: i64, change: Change) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let row = rows::get(&tx, id).await?;
    let profile = changed(&row, &change);
    refuse_taken(&tx, &identity_of(&profile), Some(id)).await?;
    let mut row = rows::update(&tx, id, profile, now)
        .await
        .map_err(taken_meanwhile)?;
    if let Some(tags) = &change.tags {
        tags::set(&tx, id, tags).await?;
    }
    if let Some(status) = change.status.filter(|status| *status != row.status) {
        rows::set_status(&tx, id, status, now).await?;
        row = rows::get(&tx, id).await?;
    }
    tx.commit().await?;
    Ok(row)
}

/// Deletes a contact with everything about the person.
///
/// # Errors
/// `NotFound`.
pub async fn delete(app: &App, id: i64, actor: &str) -> AppResult<()> {
    let identity = Identity::of(&rows::get(app.store.reader(), id).await?);
    let traces = erasure::find(&app.store, &identity).await?;
    let tx = app.store.begin().await?;
    rows::delete(&tx, id, app.clock.now()).await?;
    erasure::blank(&tx, &traces).await?;
    alfa_store::access::audit(
        &tx,
        actor,
        "contact.delete",
        &format!("contact:{id}"),
        None,
        app.clock.now(),
    )
    .await?;
    tx.commit().await?;
    // It ends the campaigns that waited for nobody else.
    app.wakes.planner.signal();
    Ok(())
}

/// Records consent. With `reinstate` it lifts an opt-out or a revocation, which nothing else can.
///
/// # Errors
/// `NotFound`; `Conflict` when the person opted out or revoked and `reinstate` is not said.
pub async fn grant(app: &App, id: i64, grant: consent::Grant, reinstate: bool) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    if reinstate {
        consent::reinstate(&tx, id, &grant, now).await?;
    } else if !consent::grant(&tx, id, &grant, now).await? {
        return Err(AppError::conflict(
            "consent_revoked",
            Message::new("error.consent_revoked"),
        ));
    }
    let action = if reinstate {
        "consent.reinstate"
    } else {
        "consent.grant"
    };
    let subject = format!("contact:{id}");
    alfa_store::access::audit(
        &tx,
        &grant.recorded_by,
        action,
        &subject,
        Some(grant.basis.as_str()),
        now,
    )
    .await?;
    let row = rows::get(&tx, id).await?;
    tx.commit().await?;
    Ok(row)
}

/// Takes consent back: no campaign writes to the person until another basis is recorded with `reinstate`.
///
/// # Errors
/// `NotFound`.
pub async fn revoke(app: &App, id: i64, actor: &str, evidence: Option<&str>) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    consent::revoke(&tx, id, actor, evidence, now).await?;
    let row = rows::get(&tx, id).await?;
    tx.commit().await?;
    Ok(row)
}

fn identity_of(profile: &Profile) -> Identity {
    Identity {
        phone: profile.phone.clone(),
        username: profile.username.clone(),
        telegram_user_id: profile.telegram_user_id,
    }
}

fn changed(row: &Model, change: &Change) -> Profile {
    fn pick<T: Clone>(change: &Option<Option<T>>, present: &Option<T>) -> Option<T> {
        change.clone().unwrap_or_else(|| present.clone())
    }
    let mut profile = Profile {
        name: change.name.clone().unwrap_or_else(|| row.name.clone()),
        first_name: pick(&change.first_name, &row.first_name),
        last_name: pick(&change.last_name, &row.last_name),
        phone: pick(&change.phone, &row.phone),
        username: pick(&change.username, &row.username),
        telegram_user_id: pick(&change.telegram_user_id, &row.telegram_user_id),
        profession: pick(&change.profession, &row.profession),
        interests: pick(&change.interests, &row.interests),
        age: pick(&change.age, &row.age),
        goal: pick(&change.goal, &row.goal),
        notes: pick(&change.notes, &row.notes),
        language: pick(&change.language, &row.language),
        timezone: pick(&change.timezone, &row.timezone),
        extra: row.extra.clone(),
    };
    if change.telegram_user_id.is_none() && rows::is_replaced(&Identity::of(row), &identity_of(&profile)) {
        // The old id was found by the old phone or username: who has the new one is found out anew.
        profile.telegram_user_id = None;
    }
    profile
}

async fn refuse_taken(tx: &Tx, identity: &Identity, own: Option<i64>) -> AppResult<()> {
    let others = rows::find_by(tx, identity).await?;
    let Some(other) = others.into_iter().find(|row| Some(row.id) != own) else {
        return Ok(());
    };
    let same = |left: &Option<String>, right: &Option<String>| left.is_some() && left == right;
    let field = if same(&other.phone, &identity.phone) {
        "phone"
    } else if same(&other.username, &identity.username) {
        "username"
    } else {
        "telegram_user_id"
    };
    let key = match field {
        "phone" => "error.contact_exists_phone",
        "username" => "error.contact_exists_username",
        _ => "error.contact_exists_telegram",
    };
    Err(AppError::Conflict {
        code: "contact_exists",
        message: Message::new(key).with("name", &other.name).with("id", other.id),
        data: Some(json!({"contact_id": other.id, "field": field})),
    })
}

/// Another request was faster between the look and the write.
fn taken_meanwhile(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict { fields, .. } => {
            let field = fields.first().cloned().unwrap_or_default();
            let key = match field.as_str() {
                "phone" => "error.contact_taken_phone",
                "username" => "error.contact_taken_username",
                _ => "error.contact_taken_telegram",
            };
            AppError::Conflict {
                code: "contact_exists",
                message: Message::new(key),
                data: Some(json!({"field": field})),
            }
        }
        other => other.into(),
    }
}

/// Whether the person comes from the operator's own list, which some answers say.
#[must_use]
pub fn on_operators_list(row: &Model) -> bool {
    matches!(row.source, ContactSource::Upload | ContactSource::Manual)
}

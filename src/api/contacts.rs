//! Contacts: list, create, read, change, delete.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{ContactChange, ContactInput};
use super::extract::{Id, Json, NoInput, Query};
use super::paging::{NoQuery, Page, WrittenItems, WrittenPage, check_paging, page_wanted};
use super::segment::trimmed;
use super::time::{self, Time};
use super::word::{ConsentBasis, ContactSource, ContactStatus, FunnelStage};
use crate::access::Caller;
use crate::contacts::manual as service;
use crate::error::{AppResult, Message};
use alfa_store::contacts::{self as rows, Filter, Shown, Sort};
use alfa_store::entity::contacts::Model;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::LazyLock;
use utoipa::{IntoParams, ToSchema};

/// A person. The texts may be borrowed from where they lie: see [`alfa_store::contacts::show`].
#[derive(Debug, Serialize, ToSchema)]
pub struct Contact<'a> {
    pub id: i64,
    pub name: Cow<'a, str>,
    pub first_name: Option<Cow<'a, str>>,
    pub last_name: Option<Cow<'a, str>>,
    /// E.164.
    pub phone: Option<Cow<'a, str>>,
    /// Lower case, without `@`.
    pub username: Option<Cow<'a, str>>,
    pub telegram_user_id: Option<i64>,
    pub profession: Option<Cow<'a, str>>,
    pub interests: Option<Cow<'a, str>>,
    /// Years.
    pub age: Option<i32>,
    pub goal: Option<Cow<'a, str>>,
    pub notes: Option<Cow<'a, str>>,
    /// ISO 639 code.
    pub language: Option<Cow<'a, str>>,
    /// IANA name.
    pub timezone: Option<Cow<'a, str>>,
    pub tags: Vec<String>,
    pub source: ContactSource,
    pub status: ContactStatus,
    /// Why we may write to the person; `none`: we may not.
    pub consent: ConsentBasis,
    /// When the person said stop; nobody writes after that.
    pub opted_out_at: Option<Time>,
    pub stage: FunnelStage,
    pub last_message_at: Option<Time>,
    pub last_inbound_at: Option<Time>,
    /// Columns of an upload that have no field here.
    #[schema(value_type = Object)]
    pub extra: Cow<'a, RawValue>,
    /// The upload that brought the contact.
    pub import_id: Option<i64>,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Contact<'static> {
    /// A row and its tags as the API shows them.
    #[must_use]
    pub fn of(row: Model, tags: Vec<String>) -> Self {
        let owned = |text: Option<String>| text.map(Cow::Owned);
        let extra = row.extra.and_then(|text| RawValue::from_string(text).ok());
        Self {
            id: row.id,
            name: row.name.into(),
            first_name: owned(row.first_name),
            last_name: owned(row.last_name),
            phone: owned(row.phone),
            username: owned(row.username),
            telegram_user_id: row.telegram_user_id,
            profession: owned(row.profession),
            interests: owned(row.interests),
            age: row.age,
            goal: owned(row.goal),
            notes: owned(row.notes),
            language: owned(row.language),
            timezone: owned(row.timezone),
            tags,
            source: row.source.into(),
            status: row.status.into(),
            consent: row.consent_basis.into(),
            opted_out_at: row.opted_out_at.map(Time),
            stage: row.stage.into(),
            last_message_at: row.last_message_at.map(Time),
            last_inbound_at: row.last_inbound_at.map(Time),
            extra: extra.map_or_else(nothing_else, Cow::Owned),
            import_id: row.import_id,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

impl<'a> From<Shown<'a>> for Contact<'a> {
    fn from(row: Shown<'a>) -> Self {
        let extra = row.extra.and_then(|text| serde_json::from_str(text).ok());
        Self {
            id: row.id,
            name: row.name.into(),
            first_name: row.first_name.map(Cow::Borrowed),
            last_name: row.last_name.map(Cow::Borrowed),
            phone: row.phone.map(Cow::Borrowed),
            username: row.username.map(Cow::Borrowed),
            telegram_user_id: row.telegram_user_id,
            profession: row.profession.map(Cow::Borrowed),
            interests: row.interests.map(Cow::Borrowed),
            age: row.age,
            goal: row.goal.map(Cow::Borrowed),
            notes: row.notes.map(Cow::Borrowed),
            language: row.language.map(Cow::Borrowed),
            timezone: row.timezone.map(Cow::Borrowed),
            tags: row.tags,
            source: row.source.into(),
            status: row.status.into(),
            consent: row.consent_basis.into(),
            opted_out_at: row.opted_out_at.map(Time),
            stage: row.stage.into(),
            last_message_at: row.last_message_at.map(Time),
            last_inbound_at: row.last_inbound_at.map(Time),
            extra: extra.map_or_else(nothing_else, Cow::Borrowed),
            import_id: row.import_id,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

/// A contact whose upload had no other columns.
fn nothing_else<'a>() -> Cow<'a, RawValue> {
    static NOTHING: LazyLock<Box<RawValue>> =
        LazyLock::new(|| RawValue::from_string("{}".to_owned()).unwrap_or_default());
    Cow::Borrowed(&NOTHING)
}

/// Which contacts, in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContactQuery {
    /// These alone: numbers with commas between them, at most 1000.
    #[param(max_length = 4_000, pattern = "^[0-9]+(,[0-9]+)*$")]
    pub ids: Option<String>,
    /// Part of the name, the beginning of the phone or of the username.
    #[param(max_length = 200)]
    pub search: Option<String>,
    #[param(min_length = 1, max_length = 64)]
    pub tag: Option<String>,
    pub status: Option<ContactStatus>,
    /// Members of this group.
    #[param(minimum = 1)]
    pub group_id: Option<i64>,
    pub consent: Option<ConsentBasis>,
    pub source: Option<ContactSource>,
    pub stage: Option<FunnelStage>,
    /// Only those who said stop, or only those who did not.
    pub opted_out: Option<bool>,
    /// Nobody wrote in their dialogs since this moment.
    #[param(format = DateTime)]
    pub not_contacted_since: Option<String>,
    /// `id`, `name`, `created_at` or `last_message_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|created_at|last_message_at)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// Most contacts that a query names.
const MAX_IDS: usize = 1_000;
/// Longest list of them: an address that is much longer is refused before anybody reads it.
const MAX_IDS_CHARS: usize = 4_000;

fn ids_of(text: &str) -> Option<Vec<i64>> {
    let mut ids = Vec::new();
    for part in text.split(',') {
        let id = part.trim().parse().ok().filter(|id: &i64| *id > 0)?;
        if ids.len() == MAX_IDS {
            return None;
        }
        ids.push(id);
    }
    Some(ids)
}

impl Input for ContactQuery {
    fn check(&self, checks: &mut Checks) {
        if self
            .ids
            .as_deref()
            .is_some_and(|text| text.len() > MAX_IDS_CHARS || ids_of(text).is_none())
        {
            checks.refuse("ids", Message::new("error.id_list").with("most", MAX_IDS));
        }
        checks.optional_text("search", self.search.as_deref(), 200);
        if let Some(tag) = &self.tag {
            checks.text("tag", tag, 1, 64);
        }
        checks.range("group_id", self.group_id, 1, i64::MAX);
        if self
            .not_contacted_since
            .as_deref()
            .is_some_and(|text| time::read("", text).is_err())
        {
            checks.refuse("not_contacted_since", Message::new("error.time"));
        }
        if self
            .sort
            .as_deref()
            .is_some_and(|sort| Sort::parse(sort).is_none())
        {
            let words = "id, -id, name, -name, created_at, -created_at, last_message_at, -last_message_at";
            checks.refuse("sort", Message::new("error.unknown_word").with("words", words));
        }
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl ContactQuery {
    /// The store's filter.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            ids: self.ids.as_deref().and_then(ids_of),
            search: trimmed(self.search.as_deref()),
            tag: self.tag.clone(),
            status: self.status.map(|status| status.0),
            group_id: self.group_id,
            consent: self.consent.map(|basis| basis.0),
            source: self.source.map(|source| source.0),
            stage: self.stage.map(|stage| stage.0),
            opted_out: self.opted_out,
            // `check` has refused what is no moment.
            not_contacted_since: self
                .not_contacted_since
                .as_deref()
                .and_then(|text| time::read("", text).ok()),
        }
    }

    /// The store's order.
    #[must_use]
    pub fn order(&self) -> Sort {
        self.sort.as_deref().and_then(Sort::parse).unwrap_or_default()
    }
}

/// The contacts.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/contacts", tag = "contacts", params(ContactQuery), responses((status = 200, body = Page<Contact>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<ContactQuery>,
) -> AppResult<WrittenPage> {
    let (filter, sort) = (query.filter(), query.order());
    let bound = format!("{filter:?} {sort:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let mut items = WrittenItems::default();
    let show = |row: Shown<'_>| items.add(&Contact::from(row));
    let next_cursor = match rows::show(state.store(), &filter, sort, &wanted, show) {
        Some(next_cursor) => next_cursor?,
        None => {
            let (found, mut tags) = rows::list_with_tags(state.store(), &filter, sort, &wanted).await?;
            for row in found.items {
                let own = tags.remove(&row.id).unwrap_or_default();
                items.add(&Contact::of(row, own));
            }
            found.next_cursor
        }
    };
    let total = rows::total(state.store(), &filter).await?;
    items.page(&bound, next_cursor, total)
}

/// Adds a contact. Consent is recorded as `CONTACTS_UPLOAD_CONSENT` says unless the body names a basis.
///
/// # Errors
/// `Invalid`; `Conflict` when there is a contact with this phone, username or Telegram id already.
#[utoipa::path(post, path = "/api/contacts/create", tag = "contacts", request_body = ContactInput,
    responses((status = 201, body = Contact)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Json(input): Json<ContactInput>,
) -> AppResult<(StatusCode, axum::Json<Contact<'static>>)> {
    let new = input.normalised()?;
    let row = service::create(state.app(), new, &caller.name()).await?;
    Ok((StatusCode::CREATED, axum::Json(view(&state, row).await?)))
}

/// A contact.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/contacts/{id}", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Contact)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Contact<'static>>> {
    let (row, tags) = rows::get_with_tags(state.store(), id).await?;
    Ok(axum::Json(Contact::of(row, tags)))
}

/// Changes a contact: the fields that the body brings; `null` empties a field.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when another contact has this phone, username or Telegram id.
#[utoipa::path(put, path = "/api/contacts/{id}", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    request_body = ContactChange, responses((status = 200, body = Contact)))]
pub async fn update(
    State(state): State<ApiState>,
    Id(id): Id,
    Json(change): Json<ContactChange>,
) -> AppResult<axum::Json<Contact<'static>>> {
    let change = change.normalised()?;
    let row = service::update(state.app(), id, change).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// Deletes a contact with everything about the person. That the person said stop stays known, as a hash.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(delete, path = "/api/contacts/{id}", tag = "contacts", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A row with its tags.
///
/// # Errors
/// Of the database.
pub async fn view(state: &ApiState, row: Model) -> AppResult<Contact<'static>> {
    let tags = rows::tags::of(state.store().reader(), row.id).await?;
    Ok(Contact::of(row, tags))
}

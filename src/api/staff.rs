//! Staff: who holds sessions, their directions and working hours.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::extract::{Id, Json, NoInput, Query, Strict};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::table::{self, Cell, FileKind, Rows};
use super::time::Time;
use crate::access::Caller;
use crate::contacts::name::squeeze;
use crate::contacts::phone::{self, Country};
use crate::crm::catalogue::{self as service, Noun};
use crate::crm::shifts;
use crate::error::{AppError, AppResult, Message};
use alfa_store::crm::staff::{self as rows, Details, Filter, Hours, SORT_KEYS};
use alfa_store::entity::staff::Model;
use alfa_store::{Order, PageOf, UnixMillis};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most directions of one person.
const MOST_DIRECTIONS: usize = 20;
/// Most stretches of working hours of one person.
const MOST_HOURS: usize = 50;
const DAY_MINUTES: i32 = 24 * 60;

/// A stretch of time in which somebody works, in the business's time zone: it begins on the weekday, and may end on the
/// next day.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingHours {
    /// 1 is Monday, 7 is Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: i32,
    /// Minutes from midnight.
    #[schema(minimum = 0, maximum = 1439)]
    pub from_minute: i32,
    /// Minutes from midnight; below `from_minute`: of the next day.
    #[schema(minimum = 1, maximum = 1440)]
    pub to_minute: i32,
}

impl From<Hours> for WorkingHours {
    fn from(hours: Hours) -> Self {
        Self {
            weekday: hours.weekday,
            from_minute: hours.from_minute,
            to_minute: shifts::clock_of(hours.to_minute),
        }
    }
}

/// A trainer or another member of the team who holds sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Staff {
    pub id: i64,
    pub name: String,
    pub position: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// Codes of directions.
    pub directions: Vec<String>,
    /// Empty: not said.
    pub hours: Vec<WorkingHours>,
    pub notes: Option<String>,
    pub active: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Staff {
    fn of(row: Model, details: Details) -> Self {
        let hours = details.hours.into_iter().map(WorkingHours::from);
        Self {
            id: row.id,
            name: row.name,
            position: row.position,
            phone: row.phone,
            directions: details.directions,
            hours: hours.collect(),
            notes: row.notes,
            active: row.active,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

/// Which are wanted, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffQuery {
    /// Part of the name.
    #[param(max_length = 200)]
    pub search: Option<String>,
    /// Still works here, or not any more.
    pub active: Option<bool>,
    #[param(max_length = 64)]
    pub direction: Option<String>,
    /// `id` or `name`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for StaffQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 200);
        checks.optional_text("direction", self.direction.as_deref(), 64);
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl StaffQuery {
    fn filter(&self) -> Filter {
        Filter {
            search: self.search.clone(),
            active: self.active,
            direction: self.direction.clone(),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// A member of the staff to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffInput {
    #[schema(min_length = 1, max_length = 200)]
    pub(super) name: String,
    #[schema(max_length = 255)]
    pub(super) position: Option<String>,
    /// In any usual form.
    #[schema(max_length = 64)]
    pub(super) phone: Option<String>,
    /// Codes of directions.
    #[schema(max_items = 20)]
    pub(super) directions: Option<Vec<String>>,
    #[schema(max_items = 50, value_type = Option<Vec<WorkingHours>>)]
    pub(super) hours: Option<Vec<Strict<WorkingHours>>>,
    #[schema(max_length = 10000)]
    pub(super) notes: Option<String>,
    /// Works here; true when it is left out.
    pub(super) active: Option<bool>,
}

impl Input for StaffInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, 200);
        checks.optional_text("position", self.position.as_deref(), 255);
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
        check_directions(checks, self.directions.as_deref().unwrap_or_default());
        check_hours(checks, self.hours.as_deref().unwrap_or_default());
    }
}

/// Bounds of the list of directions.
pub(super) fn check_directions(checks: &mut Checks, directions: &[String]) {
    checks.count("directions", directions.len(), MOST_DIRECTIONS);
    for (index, code) in directions.iter().enumerate() {
        checks.text(&format!("directions[{index}]"), code, 1, 64);
    }
}

/// Bounds of the working hours.
pub(super) fn check_hours(checks: &mut Checks, hours: &[Strict<WorkingHours>]) {
    checks.count("hours", hours.len(), MOST_HOURS);
    for (index, own) in hours.iter().enumerate() {
        let field = |name: &str| format!("hours[{index}].{name}");
        checks.range(&field("weekday"), Some(own.weekday), 1, 7);
        checks.range(&field("from_minute"), Some(own.from_minute), 0, DAY_MINUTES - 1);
        checks.range(&field("to_minute"), Some(own.to_minute), 1, DAY_MINUTES);
        if own.to_minute == own.from_minute {
            checks.refuse(field("to_minute"), Message::new("crm.ends_before_start"));
        }
    }
}

impl StaffInput {
    pub(super) fn row(self, known: Option<Model>) -> AppResult<(Model, Details)> {
        let phone = match tidy(self.phone) {
            Some(raw) => {
                let found = phone::normalise(&raw, Country::default());
                let found = found.map_err(|error| AppError::invalid("phone", error.message(&raw)))?;
                Some(found.to_string())
            }
            None => None,
        };
        let mut hours: Vec<Hours> = self
            .hours
            .unwrap_or_default()
            .into_iter()
            .map(|Strict(own)| Hours {
                weekday: own.weekday,
                from_minute: own.from_minute,
                to_minute: shifts::end_of(own.from_minute, own.to_minute),
            })
            .collect();
        hours.sort_unstable();
        if let Some(index) = shifts::overlapping(&hours) {
            let field = format!("hours[{index}]");
            return Err(AppError::invalid(field, Message::new("crm.hours_overlap")));
        }
        let mut directions = self.directions.unwrap_or_default();
        directions.sort_unstable();
        directions.dedup();
        let row = Model {
            id: known.as_ref().map_or(0, |row| row.id),
            name: squeeze(&self.name),
            name_key: String::new(),
            position: tidy(self.position),
            phone,
            notes: tidy_lines(self.notes),
            active: self.active.unwrap_or(true),
            created_at: known.map_or(UnixMillis(0), |row| row.created_at),
            updated_at: UnixMillis(0),
        };
        Ok((row, Details { directions, hours }))
    }
}

async fn views(state: &ApiState, found: Vec<Model>) -> AppResult<Vec<Staff>> {
    let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
    let mut details = rows::details(state.store().reader(), &ids).await?;
    let view = |row: Model| {
        let own = details.remove(&row.id).unwrap_or_default();
        Staff::of(row, own)
    };
    Ok(found.into_iter().map(view).collect())
}

/// A row as the API shows it.
///
/// # Errors
/// Of the database.
pub async fn view(state: &ApiState, row: Model) -> AppResult<Staff> {
    let mut details = rows::details(state.store().reader(), &[row.id]).await?;
    let own = details.remove(&row.id).unwrap_or_default();
    Ok(Staff::of(row, own))
}

/// The list.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/staff", tag = "staff", params(StaffQuery), responses((status = 200, body = Page<Staff>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<StaffQuery>,
) -> AppResult<axum::Json<Page<Staff>>> {
    let (filter, order) = (query.filter(), query.order());
    let bound = format!("{filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let total = rows::total(db, &filter).await?;
    let page = page_of(&bound, found, total)?;
    Ok(axum::Json(Page {
        items: views(&state, page.items).await?,
        total: page.total,
        next_cursor: page.next_cursor,
    }))
}

/// Adds one.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/staff", tag = "staff", request_body = StaffInput, responses((status = 201, body = Staff)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Json(input): Json<StaffInput>,
) -> AppResult<(StatusCode, axum::Json<Staff>)> {
    let (row, details) = input.row(None)?;
    let row = service::save_staff(state.app(), row, Some(details), &caller.name()).await?;
    Ok((StatusCode::CREATED, axum::Json(view(&state, row).await?)))
}

/// One of them.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/staff/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Staff)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Staff>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// Writes one anew: what the body leaves out is emptied.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(put, path = "/api/staff/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    request_body = StaffInput, responses((status = 200, body = Staff)))]
pub async fn put(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<StaffInput>,
) -> AppResult<axum::Json<Staff>> {
    let known = rows::get(state.store().reader(), id).await?;
    let (row, details) = input.row(Some(known))?;
    let row = service::save_staff(state.app(), row, Some(details), &caller.name()).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// Takes one away whom nothing names yet; otherwise switch them off (`active: false`).
///
/// # Errors
/// `NotFound`, `Conflict`.
#[utoipa::path(delete, path = "/api/staff/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), Noun::Staff, id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "staff";
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "position", "phone", "directions", "notes", "active"];

    async fn page(&self, state: &ApiState, page: alfa_store::Page) -> AppResult<PageOf<Vec<Cell>>> {
        let found = rows::list(state.store().reader(), &self.0, self.1, &page).await?;
        let views = views(state, found.items).await?;
        Ok(PageOf {
            items: views.into_iter().map(cells).collect(),
            next_cursor: found.next_cursor,
        })
    }
}

fn cells(staff: Staff) -> Vec<Cell> {
    vec![
        staff.id.into(),
        staff.name.into(),
        staff.position.into(),
        staff.phone.into(),
        staff.directions.join("; ").into(),
        staff.notes.into(),
        staff.active.into(),
    ]
}

/// Those that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/staff/export", tag = "staff", params(StaffQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<StaffQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}

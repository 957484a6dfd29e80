//! Groups and channels of our accounts, and their members.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, OptionalJson, Query};
use super::jobs::Job;
use super::paging::{Page, check_paging, check_sort, order, page_of, page_wanted};
use super::time::Time;
use super::word::GroupKind;
use crate::error::AppResult;
use crate::groups::{self, MOST_MEMBERS};
use alfa_store::entity::{group_members, telegram_groups};
use alfa_store::{Order, groups as rows};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A group or a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Group {
    pub id: i64,
    /// The account that is in it.
    pub account_id: i64,
    pub title: String,
    pub username: Option<String>,
    pub kind: GroupKind,
    /// As Telegram says.
    pub members_count: i64,
    /// When its members were last read.
    pub parsed_at: Option<Time>,
    pub refreshed_at: Time,
}

impl From<telegram_groups::Model> for Group {
    fn from(row: telegram_groups::Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            title: row.title,
            username: row.username,
            kind: row.kind.into(),
            members_count: row.members_count,
            parsed_at: row.parsed_at.map(Time),
            refreshed_at: row.refreshed_at.into(),
        }
    }
}

/// A member of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupMember {
    pub id: i64,
    pub telegram_user_id: i64,
    /// The contact of this person.
    pub contact_id: Option<i64>,
    pub name: String,
    pub username: Option<String>,
    pub seen_at: Time,
}

impl From<group_members::Model> for GroupMember {
    fn from(row: group_members::Model) -> Self {
        Self {
            id: row.id,
            telegram_user_id: row.telegram_user_id,
            contact_id: row.contact_id,
            name: row.name,
            username: row.username,
            seen_at: row.seen_at.into(),
        }
    }
}

/// Which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupQuery {
    /// Ask Telegram first.
    refresh: Option<bool>,
    /// `id`, `title`, `members_count` or `refreshed_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|title|members_count|refreshed_at)$")]
    sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for GroupQuery {
    fn check(&self, checks: &mut Checks) {
        check_sort(checks, self.sort.as_deref(), rows::SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// Which members.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MemberQuery {
    /// `id`, `name` or `seen_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|seen_at)$")]
    sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for MemberQuery {
    fn check(&self, checks: &mut Checks) {
        check_sort(checks, self.sort.as_deref(), rows::MEMBER_SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// How many members to read.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParseInput {
    /// All that Telegram shows when it is left out.
    #[schema(minimum = 1, maximum = 100000)]
    limit: Option<i64>,
}

impl Input for ParseInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("limit", self.limit, 1, MOST_MEMBERS);
    }
}

/// The groups and channels.
///
/// # Errors
/// `Invalid`; with `refresh`, what Telegram says.
#[utoipa::path(get, path = "/api/groups", tag = "groups", params(GroupQuery), responses((status = 200, body = Page<Group>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(query): Query<GroupQuery>,
) -> AppResult<axum::Json<Page<Group>>> {
    let order = order(query.sort.as_deref(), rows::SORT_KEYS, Order::NEWEST);
    let bound = ("groups", format!("{order:?}"));
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    if query.refresh == Some(true) {
        groups::refresh(state.app()).await?;
    }
    let (found, total) = groups::list(state.app(), order, &wanted).await?;
    Ok(axum::Json(page_of(&bound, found, total)?.map(Group::from)))
}

/// The members found by parsing.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(get, path = "/api/groups/{id}/members", tag = "groups", params(("id" = i64, Path, minimum = 1), MemberQuery),
    responses((status = 200, body = Page<GroupMember>)))]
pub async fn members(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(query): Query<MemberQuery>,
) -> AppResult<axum::Json<Page<GroupMember>>> {
    let order = order(query.sort.as_deref(), rows::MEMBER_SORT_KEYS, Order::NEWEST);
    let bound = ("members", id, format!("{order:?}"));
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let (found, total) = groups::members(state.app(), id, order, &wanted).await?;
    Ok(axum::Json(page_of(&bound, found, total)?.map(GroupMember::from)))
}

/// Reads a group's members in the background. They become contacts without consent: no campaign writes to them.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/groups/{id}/parse-members", tag = "groups", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<ParseInput>, responses((status = 202, body = Job)))]
pub async fn parse_members(
    State(state): State<ApiState>,
    Id(id): Id,
    OptionalJson(input): OptionalJson<ParseInput>,
) -> AppResult<(StatusCode, axum::Json<Job>)> {
    let job = groups::parse_members(state.app(), id, input.limit).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

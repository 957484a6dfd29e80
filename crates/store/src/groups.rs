//! Groups and channels that our accounts see, and the members found by parsing them.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};

use crate::entity::{group_members, telegram_groups};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{GroupKind, UnixMillis};
use crate::{Result, StoreError};

/// Rows written by one statement.
const ROWS_IN_STATEMENT: usize = 1_000;
const LIST: &str = "groups";
const MEMBERS: &str = "members";
/// What [`list`] can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "title", "members_count", "refreshed_at"];
/// What [`members`] can be sorted by.
pub const MEMBER_SORT_KEYS: &[&str] = &["id", "name", "seen_at"];

/// A group as Telegram tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Telegram's id.
    pub telegram_id: i64,
    /// Telegram's key to it, good for this account only.
    pub access_hash: i64,
    /// Title.
    pub title: String,
    /// Lower case, without `@`.
    pub username: Option<String>,
    /// Kind.
    pub kind: GroupKind,
    /// Number of members as Telegram tells it.
    pub members_count: i64,
}

/// A member as Telegram tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Telegram's id of the user.
    pub telegram_user_id: i64,
    /// Name as it is shown.
    pub name: String,
    /// Lower case, without `@`.
    pub username: Option<String>,
}

/// Keeps the groups that an account sees.
///
/// # Errors
/// Of the database.
pub async fn save(
    db: &impl ConnectionTrait,
    account_id: i64,
    groups: &[NewGroup],
    now: UnixMillis,
) -> Result<()> {
    use telegram_groups::{ActiveModel, Column, Entity};
    let replace = OnConflict::columns([Column::AccountId, Column::TelegramId])
        .update_columns([
            Column::AccessHash,
            Column::Title,
            Column::Username,
            Column::Kind,
            Column::MembersCount,
            Column::RefreshedAt,
        ])
        .to_owned();
    for chunk in groups.chunks(ROWS_IN_STATEMENT) {
        let rows = chunk.iter().map(|group| ActiveModel {
            account_id: Set(account_id),
            telegram_id: Set(group.telegram_id),
            access_hash: Set(group.access_hash),
            title: Set(group.title.clone()),
            username: Set(group.username.clone()),
            kind: Set(group.kind),
            members_count: Set(group.members_count),
            refreshed_at: Set(now),
            ..Default::default()
        });
        Entity::insert_many(rows)
            .on_conflict(replace.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The group `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<telegram_groups::Model> {
    telegram_groups::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("group"))
}

/// Groups in an order of [`SORT_KEYS`]; of one account when it is given.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    account_id: Option<i64>,
    order: Order,
    page: &Page,
) -> Result<PageOf<telegram_groups::Model>> {
    use telegram_groups::{Column, Model};
    let key = match order.key() {
        "title" => (Column::Title, By::Text(|row: &Model| row.title.clone())),
        "members_count" => (Column::MembersCount, By::Number(|row: &Model| row.members_count)),
        "refreshed_at" => (Column::RefreshedAt, By::Number(|row: &Model| row.refreshed_at.0)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, of_account(account_id), order, sorted, page, LIST).await
}

/// Number of groups.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, account_id: Option<i64>) -> Result<u64> {
    Ok(of_account(account_id).count(db).await?)
}

fn of_account(account_id: Option<i64>) -> sea_orm::Select<telegram_groups::Entity> {
    let query = telegram_groups::Entity::find();
    match account_id {
        Some(id) => query.filter(telegram_groups::Column::AccountId.eq(id)),
        None => query,
    }
}

/// Notes that a group's members were read.
///
/// # Errors
/// Of the database.
pub async fn set_parsed(db: &impl ConnectionTrait, id: i64, now: UnixMillis) -> Result<()> {
    let update = telegram_groups::Entity::update_many().filter(telegram_groups::Column::Id.eq(id));
    update
        .col_expr(telegram_groups::Column::ParsedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps members of a group; a member that is named twice counts as named last.
///
/// # Errors
/// Of the database.
pub async fn save_members(
    db: &impl ConnectionTrait,
    group_id: i64,
    members: &[NewMember],
    now: UnixMillis,
) -> Result<()> {
    use group_members::{ActiveModel, Column, Entity};
    let replace = OnConflict::columns([Column::GroupId, Column::TelegramUserId])
        .update_columns([Column::Name, Column::Username, Column::SeenAt])
        .to_owned();
    let last: std::collections::BTreeMap<i64, &NewMember> = members
        .iter()
        .map(|member| (member.telegram_user_id, member))
        .collect();
    let rows: Vec<ActiveModel> = last
        .into_values()
        .map(|member| ActiveModel {
            group_id: Set(group_id),
            telegram_user_id: Set(member.telegram_user_id),
            name: Set(member.name.clone()),
            username: Set(member.username.clone()),
            seen_at: Set(now),
            ..Default::default()
        })
        .collect();
    for chunk in rows.chunks(ROWS_IN_STATEMENT) {
        let insert = Entity::insert_many(chunk.iter().cloned()).on_conflict(replace.clone());
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}

/// Ties the members of a group to the contacts with their Telegram ids. Gives the number of members tied by this call.
/// (The contacts are made before by [`crate::contacts::import_chunk`] with `Origin::Group`.)
///
/// # Errors
/// Of the database.
pub async fn link_members(db: &impl ConnectionTrait, group_id: i64) -> Result<u64> {
    let backend = db.get_database_backend();
    let mark = if backend == sea_orm::DbBackend::Postgres {
        "$1"
    } else {
        "?"
    };
    let sql = format!(
        "UPDATE group_members SET contact_id = (SELECT c.id FROM contacts c \
         WHERE c.telegram_user_id = group_members.telegram_user_id) \
         WHERE group_id = {mark} AND contact_id IS NULL AND EXISTS (SELECT 1 FROM contacts c \
         WHERE c.telegram_user_id = group_members.telegram_user_id)"
    );
    Ok(db
        .execute_raw(Statement::from_sql_and_values(backend, sql, [group_id.into()]))
        .await?
        .rows_affected())
}

/// Members of a group in an order of [`MEMBER_SORT_KEYS`].
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn members(
    db: &impl ConnectionTrait,
    group_id: i64,
    order: Order,
    page: &Page,
) -> Result<PageOf<group_members::Model>> {
    use group_members::{Column, Model};
    let query = group_members::Entity::find().filter(Column::GroupId.eq(group_id));
    let key = match order.key() {
        "name" => (Column::Name, By::Text(|row: &Model| row.name.clone())),
        "seen_at" => (Column::SeenAt, By::Number(|row: &Model| row.seen_at.0)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, query, order, sorted, page, MEMBERS).await
}

/// Number of a group's members that we know.
///
/// # Errors
/// Of the database.
pub async fn member_total(db: &impl ConnectionTrait, group_id: i64) -> Result<u64> {
    let query = group_members::Entity::find().filter(group_members::Column::GroupId.eq(group_id));
    Ok(query.count(db).await?)
}

//! Dialogs: the inbox's list, its tabs, and what was read.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::Result;
use crate::contacts::found_by;
use crate::entity::dialogs::{Column, Entity, Model};
use crate::entity::messages;
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{DialogOwner, MessageDirection, UnixMillis};

const LIST: &str = "dialogs";
/// What [`list`] can be sorted by.
pub const SORT_KEYS: &[&str] = &["last_message_at", "unread", "id"];
/// The order of the inbox: the dialog with the newest message first.
pub const INBOX: Order = Order::descending("last_message_at");

/// A tab of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Every dialog.
    #[default]
    All,
    /// Open dialogs with unread messages.
    Unread,
    /// Open dialogs that a person answers.
    Human,
    /// Open dialogs that the AI answers.
    Ai,
    /// Closed dialogs.
    Closed,
}

impl Tab {
    fn condition(self) -> Condition {
        let open = || Condition::all().add(Column::ClosedAt.is_null());
        match self {
            Self::All => Condition::all().add(Column::Id.is_not_null()),
            Self::Unread => open().add(Column::Unread.gt(0)),
            Self::Human => open().add(Column::Owner.eq(DialogOwner::Human)),
            Self::Ai => open().add(Column::Owner.eq(DialogOwner::Ai)),
            Self::Closed => Condition::all().add(Column::ClosedAt.is_not_null()),
        }
    }
}

/// Which dialogs are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this tab.
    pub tab: Tab,
    /// With people who are found by this, as [`crate::contacts::Filter::search`] finds them.
    pub search: Option<String>,
    /// Whose last campaign is this.
    pub campaign_id: Option<i64>,
}

impl Filter {
    fn apply(&self, db: &impl ConnectionTrait) -> Select<Entity> {
        let mut query = self.narrowed(db);
        if self.tab != Tab::All {
            query = query.filter(self.tab.condition());
        }
        query
    }

    /// All tabs of it.
    fn narrowed(&self, db: &impl ConnectionTrait) -> Select<Entity> {
        let mut query = Entity::find();
        if let Some(campaign_id) = self.campaign_id {
            query = query.filter(Column::CampaignId.eq(campaign_id));
        }
        if let Some(search) = &self.search {
            let people = found_by(search, db.get_database_backend());
            query = query.filter(Column::ContactId.in_subquery(people));
        }
        query
    }
}

/// Dialogs in an order of [`SORT_KEYS`].
///
/// # Errors
/// [`crate::StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let key = match order.key() {
        "last_message_at" => (
            Column::LastMessageAt,
            By::Number(|row: &Model| row.last_message_at.0),
        ),
        "unread" => (Column::Unread, By::Number(|row: &Model| i64::from(row.unread))),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, filter.apply(db), order, sorted, page, LIST).await
}

/// Number of dialogs that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(db).count(db).await?)
}

/// How many dialogs each tab holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Counts {
    /// Every dialog.
    pub all: i64,
    /// Open, with unread messages.
    pub unread: i64,
    /// Open, a person answers.
    pub human: i64,
    /// Open, the AI answers.
    pub ai: i64,
    /// Closed.
    pub closed: i64,
}

/// The tabs' numbers, of the people and the campaign that the filter names.
///
/// # Errors
/// Of the database.
pub async fn counts(db: &impl ConnectionTrait, filter: &Filter) -> Result<Counts> {
    let one = |tab: Tab| Expr::expr(Expr::case(tab.condition(), 1)).count();
    let query = filter
        .narrowed(db)
        .select_only()
        .expr_as(one(Tab::All), "all")
        .expr_as(one(Tab::Unread), "unread")
        .expr_as(one(Tab::Human), "human")
        .expr_as(one(Tab::Ai), "ai")
        .expr_as(one(Tab::Closed), "closed");
    Ok(query.into_model().one(db).await?.unwrap_or_default())
}

/// A contact's dialogs, one for each account, the one with the newest message first.
///
/// # Errors
/// Of the database.
pub async fn of_contact(db: &impl ConnectionTrait, contact_id: i64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .order_by_desc(Column::LastMessageAt)
        .all(db)
        .await?)
}

/// What the team has just read in one account's dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadUpTo {
    /// Our account.
    pub account_id: i64,
    /// Telegram's number of the newest message of the person.
    pub telegram_message_id: i64,
}

/// Nothing of the person's is unread any more. Answers up to where each account's dialog was unread.
///
/// # Errors
/// Of the database.
pub async fn mark_read(db: &impl ConnectionTrait, contact_id: i64) -> Result<Vec<ReadUpTo>> {
    let unread: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(Column::ContactId.eq(contact_id))
        .filter(Column::Unread.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    if unread.is_empty() {
        return Ok(Vec::new());
    }
    Entity::update_many()
        .col_expr(Column::Unread, Expr::value(0))
        .filter(Column::ContactId.eq(contact_id))
        .filter(Column::AccountId.is_in(unread.iter().copied()))
        .exec(db)
        .await?;
    let newest: Vec<(i64, Option<i64>)> = messages::Entity::find()
        .select_only()
        .column(messages::Column::AccountId)
        .column_as(messages::Column::TelegramMessageId.max(), "newest")
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::AccountId.is_in(unread))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .group_by(messages::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(account_id, newest): (i64, Option<i64>)| {
        Some(ReadUpTo {
            account_id,
            telegram_message_id: newest?,
        })
    };
    Ok(newest.into_iter().filter_map(read).collect())
}

/// Opens what was closed. Answers whether anything was.
///
/// # Errors
/// Of the database.
pub async fn reopen(db: &impl ConnectionTrait, contact_id: i64) -> Result<bool> {
    let opened = Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(None::<UnixMillis>))
        .col_expr(Column::CloseReason, Expr::value(None::<String>))
        .filter(Column::ContactId.eq(contact_id))
        .filter(Column::ClosedAt.is_not_null())
        .exec(db)
        .await?;
    Ok(opened.rows_affected > 0)
}

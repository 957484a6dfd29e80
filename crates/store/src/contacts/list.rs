//! The list of contacts: filters, search, sorting, pages by key, and the total.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use serde::{Deserialize, Serialize};

use super::fold_name;
use crate::entity::contacts::{Column, Entity, Model};
use crate::entity::{contact_tags, group_members};
use crate::matching::{begins, holds};
use crate::paging::{Key, Page, PageOf, Position, beyond};
use crate::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage, UnixMillis};
use crate::{Result, Store, StoreError};

/// Shortest part of a word that a trigram index finds, in characters.
const TRIGRAM: usize = 3;

/// Which contacts are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Is one of these, at most 1,000.
    #[serde(default)]
    pub ids: Option<Vec<i64>>,
    /// Words of the name (parts of three letters and more, or beginnings), the beginning of a phone or of a `@username`.
    pub search: Option<String>,
    /// Has this tag.
    pub tag: Option<String>,
    /// Has this status.
    pub status: Option<ContactStatus>,
    /// Is a member of this group.
    pub group_id: Option<i64>,
    /// The ledger's present verdict is this.
    pub consent: Option<ConsentBasis>,
    /// Came in this way.
    pub source: Option<ContactSource>,
    /// Stands at this stage of the funnel.
    pub stage: Option<FunnelStage>,
    /// Has opted out, or has not.
    pub opted_out: Option<bool>,
    /// Nobody wrote in the person's dialogs since this moment.
    pub not_contacted_since: Option<UnixMillis>,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// The order in which contacts were added.
    #[default]
    Id,
    /// The folded name.
    Name,
    /// When the contact was added.
    CreatedAt,
    /// When we last wrote or were written to; contacts without messages count as oldest.
    LastMessageAt,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What by.
    pub by: SortBy,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// Reads `name`, `-created_at` and the like; nothing for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
        let by = match name {
            "id" => SortBy::Id,
            "name" => SortBy::Name,
            "created_at" => SortBy::CreatedAt,
            "last_message_at" => SortBy::LastMessageAt,
            _ => return None,
        };
        Some(Self { by, descending })
    }

    /// Ties a cursor to this order.
    pub(super) fn tag(self) -> &'static str {
        match (self.by, self.descending) {
            (SortBy::Id, false) => "ci",
            (SortBy::Id, true) => "ci-",
            (SortBy::Name, false) => "cn",
            (SortBy::Name, true) => "cn-",
            (SortBy::CreatedAt, false) => "cc",
            (SortBy::CreatedAt, true) => "cc-",
            (SortBy::LastMessageAt, false) => "cm",
            (SortBy::LastMessageAt, true) => "cm-",
        }
    }
}

/// A page of contacts.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<PageOf<Model>> {
    let query = filter.apply(Entity::find(), db.get_database_backend());
    let after = page.position(sort.tag())?;
    let rows = match sort.by {
        SortBy::Id => by_id(db, query, sort, after, page).await?,
        SortBy::Name => by_column(db, query, Column::NameKey, sort, after, page.fetch()).await?,
        SortBy::CreatedAt => by_column(db, query, Column::CreatedAt, sort, after, page.fetch()).await?,
        SortBy::LastMessageAt => by_last_message(db, query, sort, after, page.fetch()).await?,
    };
    Ok(PageOf::cut(rows, page, sort.tag(), |row| Position {
        key: key_of(row, sort.by),
        id: row.id,
    }))
}

/// A page of contacts, and their tags in alphabetical order by contact.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list_with_tags(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<(PageOf<Model>, HashMap<i64, Vec<String>>)> {
    let db = store.reader();
    let found = list(db, filter, sort, page).await?;
    let ids: Vec<i64> = found.items.iter().map(|row| row.id).collect();
    let tags = super::tags::of_many(db, &ids).await?;
    Ok((found, tags))
}

fn key_of(row: &Model, by: SortBy) -> Key {
    match by {
        SortBy::Id => Key::None,
        SortBy::Name => Key::Text(row.name_key.clone()),
        SortBy::CreatedAt => Key::Number(row.created_at.0),
        SortBy::LastMessageAt => row.last_message_at.map_or(Key::None, |at| Key::Number(at.0)),
    }
}

async fn by_id(
    db: &impl ConnectionTrait,
    mut query: Select<Entity>,
    sort: Sort,
    after: Option<Position>,
    page: &Page,
) -> Result<Vec<Model>> {
    if let Some(after) = after {
        query = query.filter(if sort.descending {
            Column::Id.lt(after.id)
        } else {
            Column::Id.gt(after.id)
        });
    }
    let query = query.order_by(Column::Id, direction(sort)).limit(page.fetch());
    Ok(query.all(db).await?)
}

async fn by_column(
    db: &impl ConnectionTrait,
    mut query: Select<Entity>,
    column: Column,
    sort: Sort,
    after: Option<Position>,
    limit: u64,
) -> Result<Vec<Model>> {
    if let Some(Position { key, id }) = after {
        query = query.filter(match (key, column) {
            (Key::Text(key), Column::NameKey) => beyond(column, key, Column::Id, id, sort.descending),
            (Key::Number(key), Column::CreatedAt | Column::LastMessageAt) => {
                beyond(column, key, Column::Id, id, sort.descending)
            }
            _ => return Err(StoreError::BadCursor),
        });
    }
    let query = query
        .order_by(column, direction(sort))
        .order_by(Column::Id, direction(sort))
        .limit(limit);
    Ok(query.all(db).await?)
}

/// The databases disagree on where nulls sort, so contacts without messages are a list of their own, at the old end.
async fn by_last_message(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
    sort: Sort,
    after: Option<Position>,
    limit: u64,
) -> Result<Vec<Model>> {
    let mut rows = Vec::new();
    for silent in [!sort.descending, sort.descending] {
        let begun_here = match &after {
            Some(Position { key, .. }) => (*key == Key::None) == silent,
            None => false,
        };
        // A cursor in the second part: the first one was read whole.
        if after.is_some() && !begun_here && silent != sort.descending {
            continue;
        }
        let after = after.clone().filter(|_| begun_here);
        let left = limit - rows.len() as u64;
        if left == 0 {
            break;
        }
        if silent {
            let mut part = query.clone().filter(Column::LastMessageAt.is_null());
            if let Some(Position { id, .. }) = after {
                part = part.filter(if sort.descending {
                    Column::Id.lt(id)
                } else {
                    Column::Id.gt(id)
                });
            }
            rows.extend(
                part.order_by(Column::Id, direction(sort))
                    .limit(left)
                    .all(db)
                    .await?,
            );
        } else {
            let part = query.clone().filter(Column::LastMessageAt.is_not_null());
            rows.extend(by_column(db, part, Column::LastMessageAt, sort, after, left).await?);
        }
    }
    Ok(rows)
}

fn direction(sort: Sort) -> sea_orm::Order {
    if sort.descending {
        sea_orm::Order::Desc
    } else {
        sea_orm::Order::Asc
    }
}

/// Ids of contacts that fit, in their order, after `after`, at most `limit`.
///
/// # Errors
/// Of the database.
pub async fn ids_after(
    db: &impl ConnectionTrait,
    filter: &Filter,
    after: i64,
    limit: u64,
) -> Result<Vec<i64>> {
    let query = filter
        .apply(Entity::find(), db.get_database_backend())
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(db).await?)
}

/// The id of the contact that was added last; 0 when there is none.
///
/// # Errors
/// Of the database.
pub async fn newest_id(db: &impl ConnectionTrait) -> Result<i64> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::Id)
        .limit(1);
    Ok(query.into_tuple::<i64>().one(db).await?.unwrap_or_default())
}

/// Number of contacts that fit. Exact; but a count that took long is kept for a while in proportion to its cost, so it
/// may be up to ten seconds old.
///
/// # Errors
/// Of the database.
pub async fn total(store: &Store, filter: &Filter) -> Result<u64> {
    let db = store.reader();
    let count = async || {
        Ok(filter
            .apply(Entity::find(), db.get_database_backend())
            .count(db)
            .await?)
    };
    store.counts().get(filter, store.version(), count).await
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>, backend: DbBackend) -> Select<Entity> {
        if let Some(ids) = &self.ids {
            query = query.filter(Column::Id.is_in(ids.iter().copied()));
        }
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(consent) = self.consent {
            query = query.filter(Column::ConsentBasis.eq(consent));
        }
        if let Some(source) = self.source {
            query = query.filter(Column::Source.eq(source));
        }
        if let Some(opted_out) = self.opted_out {
            let column = Column::OptedOutAt;
            query = query.filter(if opted_out {
                column.is_not_null()
            } else {
                column.is_null()
            });
        }
        if let Some(stage) = self.stage {
            query = query.filter(Column::Stage.eq(stage));
        }
        if let Some(since) = self.not_contacted_since {
            let silent = Column::LastMessageAt
                .is_null()
                .or(Column::LastMessageAt.lt(since));
            query = query.filter(silent);
        }
        if let Some(tag) = &self.tag {
            let tagged = Query::select()
                .column(contact_tags::Column::ContactId)
                .from(contact_tags::Entity)
                .and_where(contact_tags::Column::Tag.eq(tag))
                .take();
            query = query.filter(Column::Id.in_subquery(tagged));
        }
        if let Some(group_id) = self.group_id {
            let members = Query::select()
                .column(group_members::Column::ContactId)
                .from(group_members::Entity)
                .and_where(group_members::Column::GroupId.eq(group_id))
                .and_where(group_members::Column::ContactId.is_not_null())
                .take();
            query = query.filter(Column::Id.in_subquery(members));
        }
        match &self.search {
            Some(search) => query.filter(search_for(search, backend)),
            None => query,
        }
    }
}

/// Ids of the contacts that a search finds, for another list's condition.
pub(crate) fn found_by(search: &str, backend: DbBackend) -> sea_orm::sea_query::SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(search_for(search, backend))
        .into_query()
}

pub(crate) fn search_for(search: &str, backend: DbBackend) -> Condition {
    let text = fold_name(search);
    if text.is_empty() {
        return Condition::all();
    }
    if let Some(username) = text.strip_prefix('@') {
        return Condition::all().add(begins(Column::Username, username));
    }
    if let Some(phones) = phone_beginnings(&text) {
        return phones.iter().fold(Condition::any(), |any, phone| {
            any.add(begins(Column::Phone, phone))
        });
    }
    let words = text.split(' ').fold(Condition::all(), |all, word| {
        all.add(name_has(word, &text, backend))
    });
    if text.contains(' ') {
        return words;
    }
    Condition::any().add(words).add(begins(Column::Username, &text))
}

/// The beginnings of E.164 phones that a text of digits may mean, if it is one: `8 912` is `+7912` or `+8912`.
fn phone_beginnings(text: &str) -> Option<Vec<String>> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_phone = text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    if !is_phone || digits.is_empty() {
        return None;
    }
    let mut phones = vec![format!("+{digits}")];
    if !text.starts_with('+') {
        match digits.strip_prefix('8') {
            Some(rest) => phones.push(format!("+7{rest}")),
            None => phones.push(format!("+7{digits}")),
        }
    }
    Some(phones)
}

fn name_has(word: &str, text: &str, backend: DbBackend) -> Condition {
    let letters = word.chars().count();
    if letters < TRIGRAM {
        // The text's own beginning is a range on the index; a later word is found by the blank before it, which makes three
        // letters of two. One letter alone would have to look at every name, and finds too many anyway.
        let either = Condition::any().add(begins(Column::NameKey, word));
        return match backend {
            DbBackend::Sqlite if letters + 1 == TRIGRAM => {
                either.add(Column::Id.in_subquery(trigram_matches(&format!(" {word}"))))
            }
            _ if letters == 1 && text == word => either,
            _ => either.add(holds(Column::NameKey, &format!(" {word}"))),
        };
    }
    match backend {
        DbBackend::Sqlite => Condition::all()
            .add(Column::Id.in_subquery(trigram_matches(word)))
            .add(Expr::cust_with_exprs(
                "instr(?, ?) > 0",
                [Expr::col((Entity, Column::NameKey)), Expr::value(word)],
            )),
        _ => holds(Column::NameKey, word),
    }
}

/// Ids of the names that have every trigram of `word`, from SQLite's index; the caller checks their order.
fn trigram_matches(word: &str) -> sea_orm::sea_query::SelectStatement {
    let letters: Vec<char> = word.chars().collect();
    let trigrams: Vec<String> = letters
        .windows(TRIGRAM)
        .map(|three| format!("\"{}\"", three.iter().collect::<String>().replace('"', "\"\"")))
        .collect();
    let index = Alias::new("contacts_search");
    let matches: SimpleExpr = Expr::cust_with_values("contacts_search MATCH ?", [trigrams.join(" AND ")]);
    Query::select()
        .expr(Expr::cust("rowid"))
        .from(index)
        .and_where(matches)
        .take()
}

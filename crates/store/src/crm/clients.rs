//! Clients: contacts with a client card.

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::{between, debts, insert, save, totals, waiting};
use crate::contacts;
use crate::entity::clients::{ActiveModel, Column, Entity, Model};
use crate::entity::{bookings, contact_tags, contacts as people, payments, subscriptions};
use crate::matching::begins;
use crate::paging::{By, Key, Order, Page, PageOf, Position, Sorted, beyond, in_order};
use crate::types::{ClientStatus, Day, UnixMillis};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "name", "created_at", "last_visit"];

const LIST: &str = "clients";

/// Which clients are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// As [`contacts::Filter::search`], or the beginning of a contract or subscription number.
    pub search: Option<String>,
    /// Has this status.
    pub status: Option<ClientStatus>,
    /// Is of this direction.
    pub direction: Option<String>,
    /// Heard of us there.
    pub source: Option<String>,
    /// The contact has this tag.
    pub tag: Option<String>,
    /// Created on this day or later.
    pub created_from: Option<Day>,
    /// Created on this day or earlier.
    pub created_to: Option<Day>,
    /// No attended visit on this day or later.
    pub no_visit_since: Option<Day>,
    /// Has a birthday from this one (month × 100 + day) …
    pub birthday_from: Option<i32>,
    /// … to this one; before `birthday_from` when the span goes over the new year.
    pub birthday_to: Option<i32>,
    /// Has said stop, or has not.
    pub opted_out: Option<bool>,
    /// Owes something at this moment.
    pub owes_at: Option<debts::At>,
}

/// Adds a card; `row.id` is given by the database.
///
/// # Errors
/// [`StoreError::Conflict`] on `contact_id` when the contact has one.
pub async fn create(db: &impl ConnectionTrait, row: Model, moves: &mut totals::Moves) -> Result<Model> {
    let row = insert::<ActiveModel, Entity>(db, row, Column::Id).await?;
    moves.client(&row, 1);
    Ok(row)
}

/// The client `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("client"))
}

/// The client `id`, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("client"))
}

/// The clients of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// The clients of these contacts. At most 1,000 contacts.
///
/// # Errors
/// Of the database.
pub async fn of_contacts(db: &impl ConnectionTrait, contact_ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::ContactId.is_in(contact_ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// Ids of the clients of this full name, however it is written; at most 10.
///
/// # Errors
/// Of the database.
pub async fn find_by_name(db: &impl ConnectionTrait, name: &str) -> Result<Vec<i64>> {
    Ok(Entity::find()
        .join(JoinType::InnerJoin, contact_of())
        .select_only()
        .column(Column::Id)
        .filter(people::Column::NameKey.eq(contacts::fold_name(name)))
        .limit(10)
        .into_tuple()
        .all(db)
        .await?)
}

/// Writes a card that [`lock`] gave and the caller changed.
///
/// # Errors
/// Of the database.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &Model,
    after: Model,
    moves: &mut totals::Moves,
) -> Result<Model> {
    moves.client(before, -1);
    moves.client(&after, 1);
    save::<ActiveModel, Entity>(db, after).await
}

/// Takes a card away; the contact stays.
///
/// # Errors
/// Of the database.
pub async fn delete(db: &impl ConnectionTrait, row: &Model, moves: &mut totals::Moves) -> Result<()> {
    Entity::delete_by_id(row.id).exec(db).await?;
    moves.client(row, -1);
    Ok(())
}

/// Whether the client ever booked, bought or paid anything.
///
/// # Errors
/// Of the database.
pub async fn has_past(db: &impl ConnectionTrait, id: i64) -> Result<bool> {
    let booked = bookings::Entity::find().filter(bookings::Column::ClientId.eq(id));
    let bought = subscriptions::Entity::find().filter(subscriptions::Column::ClientId.eq(id));
    let paid = payments::Entity::find().filter(payments::Column::ClientId.eq(id));
    Ok(booked.limit(1).one(db).await?.is_some()
        || bought.limit(1).one(db).await?.is_some()
        || paid.limit(1).one(db).await?.is_some())
}

/// The end of a contact's card, if it has one: its seats and places to come are free again. What hangs on the card (past
/// bookings, subscriptions, payments) stays without it.
pub(crate) async fn erase(db: &impl ConnectionTrait, contact_id: i64, now: UnixMillis) -> Result<()> {
    let Some(row) = Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .one(db)
        .await?
    else {
        return Ok(());
    };
    waiting::leave_all(db, row.id, now).await?;
    let mut moves = totals::Moves::new();
    delete(db, &row, &mut moves).await?;
    moves.apply(db).await
}

/// Brings `visits` and `last_visit_day` up to what the bookings say.
///
/// # Errors
/// Of the database.
pub async fn recount_visits(db: &impl ConnectionTrait, id: i64) -> Result<()> {
    let Some(row) = Entity::find_by_id(id).lock_exclusive().one(db).await? else {
        return Ok(());
    };
    let attended = bookings::Entity::find()
        .filter(bookings::Column::ClientId.eq(id))
        .filter(bookings::Column::Status.eq(crate::types::BookingStatus::Attended));
    let (visits, last): (i64, Option<i32>) = attended
        .select_only()
        .column_as(bookings::Column::Id.count(), "visits")
        .column_as(bookings::Column::Day.max(), "last_day")
        .into_tuple()
        .one(db)
        .await?
        .unwrap_or_default();
    let row = Model {
        visits,
        last_visit_day: Day(last.unwrap_or_default()),
        ..row
    };
    save::<ActiveModel, Entity>(db, row).await?;
    Ok(())
}

/// A page of clients.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let query = filter.apply(Entity::find(), db);
    let key = match order.key() {
        "name" => return by_name(db, query, order, page).await,
        "created_at" => (Column::CreatedAt, By::Number(|row: &Model| row.created_at.0)),
        "last_visit" => (
            Column::LastVisitDay,
            By::Number(|row: &Model| i64::from(row.last_visit_day.0)),
        ),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, query, order, sorted, page, LIST).await
}

/// The name is the contact's: the order is walked there.
async fn by_name(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let list = if order.is_descending() {
        "clients:-name"
    } else {
        "clients:name"
    };
    let way = order.way();
    let mut query = query
        .join(JoinType::InnerJoin, contact_of())
        .order_by(people::Column::NameKey, way.clone())
        .order_by(people::Column::Id, way)
        .limit(page.fetch());
    if let Some(Position { key, id }) = page.position(list)? {
        let Key::Text(name) = key else {
            return Err(StoreError::BadCursor);
        };
        query = query.filter(beyond(
            people::Column::NameKey,
            name,
            people::Column::Id,
            id,
            order.is_descending(),
        ));
    }
    let rows: Vec<(Model, Option<people::Model>)> = query.select_also(people::Entity).all(db).await?;
    let place = |(row, person): &(Model, Option<people::Model>)| Position {
        key: Key::Text(
            person
                .as_ref()
                .map(|person| person.name_key.clone())
                .unwrap_or_default(),
        ),
        id: row.contact_id,
    };
    Ok(PageOf::cut(rows, page, list, place).map(|(row, _)| row))
}

fn contact_of() -> sea_orm::RelationDef {
    Entity::belongs_to(people::Entity)
        .from(Column::ContactId)
        .to(people::Column::Id)
        .into()
}

/// Number of clients that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    if *filter == Filter::default() {
        let all: i64 = totals::clients_by_status(db)
            .await?
            .iter()
            .map(|(_, number)| number)
            .sum();
        return Ok(u64::try_from(all).unwrap_or_default());
    }
    Ok(filter.apply(Entity::find(), db).count(db).await?)
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>, db: &impl ConnectionTrait) -> Select<Entity> {
        query = query
            .filter(between(Column::CreatedDay, self.created_from, self.created_to))
            .filter(self.birthday());
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(direction) = &self.direction {
            query = query.filter(Column::Direction.eq(direction));
        }
        if let Some(source) = &self.source {
            query = query.filter(Column::Source.eq(source));
        }
        if let Some(day) = self.no_visit_since {
            query = query.filter(Column::LastVisitDay.lt(day));
        }
        if let Some(at) = self.owes_at {
            query = query.filter(Column::Id.in_subquery(debts::debtors(at)));
        }
        if let Some(tag) = &self.tag {
            let tagged = Query::select()
                .column(contact_tags::Column::ContactId)
                .from(contact_tags::Entity)
                .and_where(contact_tags::Column::Tag.eq(tag))
                .take();
            query = query.filter(Column::ContactId.in_subquery(tagged));
        }
        if let Some(opted_out) = self.opted_out {
            let stopped = Query::select()
                .column(people::Column::Id)
                .from(people::Entity)
                .and_where(if opted_out {
                    people::Column::OptedOutAt.is_not_null()
                } else {
                    people::Column::OptedOutAt.is_null()
                })
                .take();
            query = query.filter(Column::ContactId.in_subquery(stopped));
        }
        match self
            .search
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            Some(search) => {
                let known = Query::select()
                    .column(people::Column::Id)
                    .from(people::Entity)
                    .cond_where(contacts::search_for(search, db.get_database_backend()))
                    .take();
                let fits = sea_orm::Condition::any()
                    .add(Column::ContactId.in_subquery(known))
                    .add(begins(Column::ContractNumber, search))
                    .add(begins(Column::SubscriptionNumber, search));
                query.filter(fits)
            }
            None => query,
        }
    }

    fn birthday(&self) -> sea_orm::Condition {
        let column = Column::BirthMonthDay;
        match (self.birthday_from, self.birthday_to) {
            // Over the new year.
            (Some(from), Some(to)) if from > to => sea_orm::Condition::any()
                .add(column.gte(from))
                .add(column.lte(to)),
            (from, to) => between(column, from, to),
        }
    }
}

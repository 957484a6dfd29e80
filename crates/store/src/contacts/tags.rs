//! Tags of contacts.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Result;
use crate::entity::contact_tags::{ActiveModel, Column, Entity};

/// Rows written by one statement.
const ROWS_IN_STATEMENT: usize = 1_000;

/// A contact's tags in alphabetical order.
///
/// # Errors
/// Of the database.
pub async fn of(db: &impl ConnectionTrait, contact_id: i64) -> Result<Vec<String>> {
    Ok(of_many(db, &[contact_id])
        .await?
        .remove(&contact_id)
        .unwrap_or_default())
}

/// The tags of several contacts (at most 1,000), each in alphabetical order; contacts without tags are left out.
///
/// # Errors
/// Of the database.
pub async fn of_many(db: &impl ConnectionTrait, contact_ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let query = Entity::find()
        .select_only()
        .columns([Column::ContactId, Column::Tag]);
    let query = query
        .filter(Column::ContactId.is_in(contact_ids.iter().copied()))
        .order_by_asc(Column::Tag);
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (contact_id, tag) in query.into_tuple::<(i64, String)>().all(db).await? {
        tags.entry(contact_id).or_default().push(tag);
    }
    Ok(tags)
}

/// Replaces a contact's tags.
///
/// # Errors
/// Of the database.
pub async fn set(db: &impl ConnectionTrait, contact_id: i64, tags: &[String]) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ContactId.eq(contact_id))
        .exec(db)
        .await?;
    let pairs: Vec<(i64, &str)> = tags.iter().map(|tag| (contact_id, tag.as_str())).collect();
    add_many(db, &pairs).await
}

/// Adds tags to contacts; those that are there already stay.
///
/// # Errors
/// Of the database.
pub async fn add_many(db: &impl ConnectionTrait, pairs: &[(i64, &str)]) -> Result<()> {
    let once = OnConflict::columns([Column::ContactId, Column::Tag])
        .do_nothing_on([Column::Id])
        .to_owned();
    let distinct: Vec<(i64, &str)> = pairs
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for chunk in distinct.chunks(ROWS_IN_STATEMENT) {
        let rows = chunk.iter().map(|(contact_id, tag)| ActiveModel {
            contact_id: Set(*contact_id),
            tag: Set((*tag).to_owned()),
            ..Default::default()
        });
        Entity::insert_many(rows)
            .on_conflict(once.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Tags in use with their numbers of contacts, the most used first, at most `limit`; those that begin with `prefix`.
///
/// # Errors
/// Of the database.
pub async fn most_used(
    db: &impl ConnectionTrait,
    prefix: Option<&str>,
    limit: u64,
) -> Result<Vec<(String, i64)>> {
    let mut query = Entity::find()
        .select_only()
        .column(Column::Tag)
        .column_as(Column::ContactId.count(), "contacts");
    if let Some(prefix) = prefix {
        query = query
            .filter(Column::Tag.gte(prefix))
            .filter(Column::Tag.lt(format!("{prefix}\u{10FFFF}")));
    }
    Ok(query
        .group_by(Column::Tag)
        .order_by_desc(Expr::cust("count(contact_id)"))
        .order_by_asc(Column::Tag)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

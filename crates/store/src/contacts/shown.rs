//! A page of all contacts for showing: each row goes straight from the database's own memory to whoever writes it down,
//! since a list of fifty people is five hundred texts.

use rusqlite::Connection;

use super::list::{Filter, Sort, SortBy};
use crate::paging::{Page, Position};
use crate::quick::Columns;
use crate::types::{ConsentBasis, ContactSource, ContactStatus, FunnelStage, UnixMillis};
use crate::{Result, Store};

/// The columns of [`Shown`], in the order of its fields.
const COLUMNS: &str = "id, name, first_name, last_name, phone, username, telegram_user_id, profession, interests, age, \
     goal, notes, language, timezone, source, status, consent_basis, opted_out_at, stage, last_message_at, \
     last_inbound_at, extra, import_id, created_at, updated_at";

/// A contact as it lies in the database.
#[expect(missing_docs, reason = "the fields are those of the entity")]
#[derive(Debug)]
pub struct Shown<'r> {
    pub id: i64,
    pub name: &'r str,
    pub first_name: Option<&'r str>,
    pub last_name: Option<&'r str>,
    pub phone: Option<&'r str>,
    pub username: Option<&'r str>,
    pub telegram_user_id: Option<i64>,
    pub profession: Option<&'r str>,
    pub interests: Option<&'r str>,
    pub age: Option<i32>,
    pub goal: Option<&'r str>,
    pub notes: Option<&'r str>,
    pub language: Option<&'r str>,
    pub timezone: Option<&'r str>,
    pub source: ContactSource,
    pub status: ContactStatus,
    pub consent_basis: ConsentBasis,
    pub opted_out_at: Option<UnixMillis>,
    pub stage: FunnelStage,
    pub last_message_at: Option<UnixMillis>,
    pub last_inbound_at: Option<UnixMillis>,
    pub extra: Option<&'r str>,
    pub import_id: Option<i64>,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
    /// In alphabetical order.
    pub tags: Vec<String>,
}

/// Shows a page of all contacts in the order of their ids and gives the cursor of the next page. Nothing, when this list
/// cannot be read that way: another filter or order, another database, no connection free. After an error some rows may
/// have been shown.
///
/// # Errors
/// [`crate::StoreError::BadCursor`].
pub fn show(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    page: &Page,
    mut each: impl FnMut(Shown<'_>),
) -> Option<Result<Option<String>>> {
    // What has to look at many rows does not belong in the caller's thread.
    if *filter != Filter::default() || sort.by != SortBy::Id {
        return None;
    }
    let after = match page.position(sort.tag()) {
        Ok(after) => after.map(|after| after.id),
        Err(error) => return Some(Err(error)),
    };
    let read = |db: &Connection| by_id(db, sort.descending, after, page.size(), &mut each);
    let last = store.quick(read)?;
    Some(last.map(|last| last.map(|id| Position::id(id).encode(sort.tag()))))
}

/// The id of the last row shown, if there are more after it.
fn by_id(
    db: &Connection,
    descending: bool,
    after: Option<i64>,
    size: u32,
    each: &mut impl FnMut(Shown<'_>),
) -> rusqlite::Result<Option<i64>> {
    let (beyond, order, end) = if descending {
        ("<", "DESC", i64::MAX)
    } else {
        (">", "ASC", i64::MIN)
    };
    let sql = format!("SELECT {COLUMNS} FROM contacts WHERE id {beyond} ?1 ORDER BY id {order} LIMIT ?2");
    let mut rows = db.prepare_cached(&sql)?;
    let after = after.unwrap_or(end);
    let mut rows = rows.query((after, i64::from(size) + 1))?;
    // The tags lie in the same order: one walk over them beside the rows.
    let sql = format!(
        "SELECT contact_id, tag FROM contact_tags WHERE contact_id {beyond} ?1 ORDER BY contact_id {order}, tag {order}"
    );
    let mut tags = db.prepare_cached(&sql)?;
    let mut tags = tags.query([after])?;
    let mut tag = tags.next()?;
    let (mut shown, mut last) = (0, None);
    while let Some(row) = rows.next()? {
        if shown == size {
            return Ok(last);
        }
        let mut contact = contact(row)?;
        while let Some(next) = tag {
            let owner: i64 = next.get(0)?;
            if owner == contact.id {
                contact.tags.push(next.get(1)?);
            } else if (owner > contact.id) != descending {
                break;
            }
            tag = tags.next()?;
        }
        if descending {
            contact.tags.reverse();
        }
        last = Some(contact.id);
        shown += 1;
        each(contact);
    }
    Ok(None)
}

fn contact<'r>(row: &'r rusqlite::Row<'r>) -> rusqlite::Result<Shown<'r>> {
    let mut next = Columns::of(row);
    Ok(Shown {
        id: next.value()?,
        name: next.text()?,
        first_name: next.maybe_text()?,
        last_name: next.maybe_text()?,
        phone: next.maybe_text()?,
        username: next.maybe_text()?,
        telegram_user_id: next.value()?,
        profession: next.maybe_text()?,
        interests: next.maybe_text()?,
        age: next.value()?,
        goal: next.maybe_text()?,
        notes: next.maybe_text()?,
        language: next.maybe_text()?,
        timezone: next.maybe_text()?,
        source: next.word()?,
        status: next.word()?,
        consent_basis: next.word()?,
        opted_out_at: next.maybe_moment()?,
        stage: next.word()?,
        last_message_at: next.maybe_moment()?,
        last_inbound_at: next.maybe_moment()?,
        extra: next.maybe_text()?,
        import_id: next.value()?,
        created_at: next.moment()?,
        updated_at: next.moment()?,
        tags: Vec::new(),
    })
}

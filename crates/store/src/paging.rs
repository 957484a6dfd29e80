//! Lists by key: a page begins after the last row of the page before, however deep it lies.

use sea_orm::sea_query::{Condition, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value,
};

use crate::error::StoreError;

/// Rows on a page when the caller names no number.
const DEFAULT_LIMIT: u32 = 50;
/// Most rows on a page.
const MAX_LIMIT: u32 = 500;

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Most rows to give; kept within 1 to 500.
    pub limit: u32,
    /// [`PageOf::next_cursor`] of the page before; absent: from the beginning.
    pub cursor: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self::first(DEFAULT_LIMIT)
    }
}

impl Page {
    /// The first `limit` rows.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { limit, cursor: None }
    }

    /// Rows to ask the database for: one more than wanted tells whether there is a next page.
    pub(crate) fn fetch(&self) -> u64 {
        u64::from(self.size()) + 1
    }

    pub(crate) fn size(&self) -> u32 {
        self.limit.clamp(1, MAX_LIMIT)
    }

    /// The position that the cursor names, if there is a cursor.
    pub(crate) fn position(&self, list: &str) -> Result<Option<Position>, StoreError> {
        self.cursor
            .as_deref()
            .map(|cursor| Position::decode(list, cursor))
            .transpose()
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOf<T> {
    /// The rows.
    pub items: Vec<T>,
    /// For the next page; absent: this was the last one.
    pub next_cursor: Option<String>,
}

impl<T> PageOf<T> {
    /// A page out of what [`Page::fetch`] rows gave.
    pub(crate) fn cut(mut rows: Vec<T>, page: &Page, list: &str, position: impl Fn(&T) -> Position) -> Self {
        let size = page.size() as usize;
        let more = rows.len() > size;
        rows.truncate(size);
        let next_cursor = if more {
            rows.last().map(|row| position(row).encode(list))
        } else {
            None
        };
        Self {
            items: rows,
            next_cursor,
        }
    }

    /// The same page of other items.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> PageOf<U> {
        PageOf {
            items: self.items.into_iter().map(make).collect(),
            next_cursor: self.next_cursor,
        }
    }
}

/// What a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// The id alone, or a null.
    None,
    Number(i64),
    Text(String),
}

/// A row's place in a sorted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub key: Key,
    pub id: i64,
}

impl Position {
    pub(crate) fn number(key: i64, id: i64) -> Self {
        Self {
            key: Key::Number(key),
            id,
        }
    }

    pub(crate) fn id(id: i64) -> Self {
        Self { key: Key::None, id }
    }

    /// `list` ties a cursor to its list and its order.
    pub(crate) fn encode(&self, list: &str) -> String {
        let key = match &self.key {
            Key::None => "-".to_owned(),
            Key::Number(number) => format!("n{number}"),
            Key::Text(text) => text
                .bytes()
                .fold("t".to_owned(), |hex, byte| hex + &format!("{byte:02x}")),
        };
        format!("{list}.{key}.{}", self.id)
    }

    fn decode(list: &str, cursor: &str) -> Result<Self, StoreError> {
        let read = || {
            let (key, id) = cursor.strip_prefix(list)?.strip_prefix('.')?.split_once('.')?;
            let key = match key.split_at_checked(1)? {
                ("-", "") => Key::None,
                ("n", number) => Key::Number(number.parse().ok()?),
                ("t", hex) => Key::Text(unhex(hex)?),
                _ => return None,
            };
            Some(Self {
                key,
                id: id.parse().ok()?,
            })
        };
        read().ok_or(StoreError::BadCursor)
    }
}

/// The order of a list: by one of the keys that the list offers, and by id among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    key: &'static str,
    descending: bool,
}

impl Order {
    /// By the id, the highest first.
    pub const NEWEST: Self = Self::descending("id");

    /// By a key of the list, the highest first.
    #[must_use]
    pub const fn descending(key: &'static str) -> Self {
        Self {
            key,
            descending: true,
        }
    }

    /// The order of this name: a key, with `-` before it the other way round. Nothing: the list has no such key.
    #[must_use]
    pub fn parse(name: &str, keys: &[&'static str]) -> Option<Self> {
        let bare = name.strip_prefix('-');
        let key = keys.iter().find(|key| **key == bare.unwrap_or(name))?;
        Some(Self {
            key,
            descending: bare.is_some(),
        })
    }

    pub(crate) fn key(self) -> &'static str {
        self.key
    }

    pub(crate) fn is_descending(self) -> bool {
        self.descending
    }

    pub(crate) fn way(self) -> sea_orm::Order {
        if self.descending {
            sea_orm::Order::Desc
        } else {
            sea_orm::Order::Asc
        }
    }
}

/// What a list is sorted by, of a row.
pub(crate) enum By<M> {
    /// The id alone.
    Id,
    Number(fn(&M) -> i64),
    Text(fn(&M) -> String),
}

/// The columns that a list is sorted by.
pub(crate) struct Sorted<E: EntityTrait> {
    /// The column of the order's key, and what of a row stands in it.
    pub key: (E::Column, By<E::Model>),
    /// Tells equals apart.
    pub id: E::Column,
    pub id_of: fn(&E::Model) -> i64,
}

/// A list in an order.
pub(crate) async fn in_order<E>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    order: Order,
    sorted: Sorted<E>,
    page: &Page,
    list: &str,
) -> Result<PageOf<E::Model>, StoreError>
where
    E: EntityTrait,
{
    let Sorted {
        key: (column, by),
        id,
        id_of,
    } = sorted;
    let sign = if order.descending { "-" } else { "" };
    let list = format!("{list}:{sign}{}", order.key);
    let way = order.way();
    let mut query = query.limit(page.fetch());
    if !matches!(by, By::Id) {
        query = query.order_by(column, way.clone());
    }
    query = query.order_by(id, way);
    if let Some(Position { key, id: last }) = page.position(&list)? {
        let rest = match (key, &by) {
            (Key::None, By::Id) if order.descending => Condition::all().add(id.lt(last)),
            (Key::None, By::Id) => Condition::all().add(id.gt(last)),
            (Key::Number(at), By::Number(_)) => beyond(column, at, id, last, order.descending),
            (Key::Text(at), By::Text(_)) => beyond(column, at, id, last, order.descending),
            _ => return Err(StoreError::BadCursor),
        };
        query = query.filter(rest);
    }
    let place = |row: &E::Model| Position {
        key: match &by {
            By::Id => Key::None,
            By::Number(of) => Key::Number(of(row)),
            By::Text(of) => Key::Text(of(row)),
        },
        id: id_of(row),
    };
    Ok(PageOf::cut(query.all(db).await?, page, &list, place))
}

/// A list whose newest rows, those of the highest ids, come first.
pub(crate) async fn newest_first<E>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    id: E::Column,
    page: &Page,
    list: &str,
    id_of: impl Fn(&E::Model) -> i64,
) -> Result<PageOf<E::Model>, StoreError>
where
    E: EntityTrait,
{
    let mut query = query.order_by_desc(id).limit(page.fetch());
    if let Some(after) = page.position(list)? {
        query = query.filter(id.lt(after.id));
    }
    Ok(PageOf::cut(query.all(db).await?, page, list, |row| {
        Position::id(id_of(row))
    }))
}

/// Rows that follow `(value, row_id)` in a list sorted by `key` and then by `id`, both the same way.
/// The bound on `key` stands alone so that every database walks the index from there (an OR over both would not).
pub(crate) fn beyond<C: ColumnTrait>(
    key: C,
    value: impl Into<Value>,
    id: C,
    row_id: i64,
    descending: bool,
) -> Condition {
    let value = value.into();
    let (bound, past, later) = if descending {
        (key.lte(value.clone()), key.lt(value), id.lt(row_id))
    } else {
        (key.gte(value.clone()), key.gt(value), id.gt(row_id))
    };
    Condition::all().add(bound).add(past.or(later))
}

fn unhex(hex: &str) -> Option<String> {
    let digits: Option<Vec<u8>> = hex
        .bytes()
        .map(|b| (b as char).to_digit(16).map(|d| d as u8))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    // PostgreSQL refuses a NUL in a text.
    String::from_utf8(
        digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
    .ok()
    .filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_and_strangers_are_refused() {
        for position in [
            Position::id(7),
            Position::number(-5, 7),
            Position {
                key: Key::Text("ёж.1".to_owned()),
                id: i64::MAX,
            },
        ] {
            assert_eq!(
                Position::decode("list", &position.encode("list")).unwrap(),
                position
            );
        }
        for cursor in [
            "",
            "list",
            "other.n1.2",
            "list.n1",
            "list.x.1",
            "list.tzz.1",
            "list.t1.1",
            "list.t00.1",
            "list.nя.1",
            "list..1",
        ] {
            assert!(
                matches!(Position::decode("list", cursor), Err(StoreError::BadCursor)),
                "{cursor}"
            );
        }
    }

    #[test]
    fn the_page_is_bounded_and_says_whether_more_follows() {
        assert_eq!(Page::first(0).fetch(), 2);
        assert_eq!(Page::first(9_999).size(), 500);
        let page = PageOf::cut(vec![1, 2, 3], &Page::first(2), "l", |n| Position::id(*n));
        assert_eq!(
            (page.items, page.next_cursor.as_deref()),
            (vec![1, 2], Some("l.-.2"))
        );
        let page = PageOf::cut(vec![1, 2], &Page::first(2), "l", |n| Position::id(*n));
        assert_eq!(page.next_cursor, None);
    }
}

//! Lists page by key: a cursor is the last row's sort key and id, bound to the list's filters, opaque to the caller.

use super::check::{Checks, Input};
use crate::error::{AppError, AppResult, Message};
use alfa_store::{Order, Page as Wanted, PageOf};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page when `limit` is absent.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most rows of a page.
pub const MAX_LIMIT: u32 = 500;
/// Longest cursor that is looked at.
pub const MAX_CURSOR_CHARS: usize = 1024;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many there are in all, with these filters.
    #[schema(minimum = 0)]
    pub total: u64,
    /// Ask for the next page with it; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that is always given whole, since it is short.
    pub fn whole(items: Vec<T>) -> Self {
        let total = items.len() as u64;
        Self {
            items,
            total,
            next_cursor: None,
        }
    }

    /// Another type of row.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            total: self.total,
            next_cursor: self.next_cursor,
        }
    }
}

impl<T> Page<T> {
    /// Another type of row, when each can be made.
    ///
    /// # Errors
    /// The first row's that cannot.
    pub fn try_map<U>(self, change: impl FnMut(T) -> AppResult<U>) -> AppResult<Page<U>> {
        let items = self.items.into_iter().map(change).collect::<AppResult<_>>()?;
        Ok(Page {
            items,
            total: self.total,
            next_cursor: self.next_cursor,
        })
    }
}

/// The parameters of what takes none: any other is refused by name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

impl Input for NoQuery {
    fn check(&self, _checks: &mut Checks) {}
}

/// The parameters of a list that has no filters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Rows of the page.
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

impl Input for ListQuery {
    fn check(&self, checks: &mut Checks) {
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// Checks what every list takes.
pub fn check_paging(checks: &mut Checks, limit: Option<u32>, cursor: Option<&str>) {
    checks.range("limit", limit, 1, MAX_LIMIT);
    checks.optional_text("cursor", cursor, MAX_CURSOR_CHARS);
}

/// Refuses an order that the list does not have.
pub fn check_sort(checks: &mut Checks, sort: Option<&str>, keys: &[&'static str]) {
    if sort.is_some_and(|sort| Order::parse(sort, keys).is_none()) {
        let words: Vec<String> = keys.iter().map(|key| format!("{key}, -{key}")).collect();
        let message = Message::new("error.unknown_word").with("words", words.join(", "));
        checks.refuse("sort", message);
    }
}

/// The order that is asked for, else the list's own.
#[must_use]
pub fn order(sort: Option<&str>, keys: &[&'static str], own: Order) -> Order {
    sort.and_then(|sort| Order::parse(sort, keys)).unwrap_or(own)
}

/// The page that is asked of the store. `filters` are what the cursor is bound to.
///
/// # Errors
/// `Invalid` naming `cursor`.
pub fn page_wanted(filters: impl Serialize, limit: Option<u32>, cursor: Option<&str>) -> AppResult<Wanted> {
    let cursor = cursor.map(|cursor| open(&filters, cursor)).transpose()?;
    Ok(Wanted {
        limit: limit.unwrap_or(DEFAULT_LIMIT),
        cursor,
    })
}

/// The page that the store gave.
///
/// # Errors
/// Never with filters that are plain data.
pub fn page_of<T>(filters: impl Serialize, rows: PageOf<T>, total: u64) -> AppResult<Page<T>> {
    let next_cursor = rows
        .next_cursor
        .map(|cursor| seal(&filters, &cursor))
        .transpose()?;
    Ok(Page {
        items: rows.items,
        total,
        next_cursor,
    })
}

/// The rows of a [`Page`], each written down as it comes: a long list is never held as anything but its answer.
#[derive(Default)]
pub struct WrittenItems {
    json: Vec<u8>,
    failed: Option<serde_json::Error>,
}

/// What comes after the items.
#[derive(Serialize)]
struct Rest {
    total: u64,
    next_cursor: Option<String>,
}

const BEFORE_ITEMS: &[u8] = br#"{"items":["#;
/// Room for a page of 50 contacts, so that the buffer seldom grows.
const ROOM_BYTES: usize = 40 * 1024;

impl WrittenItems {
    /// One more row.
    pub fn add(&mut self, row: &impl Serialize) {
        if self.json.is_empty() {
            self.json.reserve(ROOM_BYTES);
            self.json.extend_from_slice(BEFORE_ITEMS);
        } else {
            self.json.push(b',');
        }
        if let Err(error) = serde_json::to_writer(&mut self.json, row) {
            self.failed = Some(error);
        }
    }

    /// The page with these rows; `next_cursor` is the store's.
    ///
    /// # Errors
    /// Never with rows and filters that are plain data.
    pub fn page(
        mut self,
        filters: impl Serialize,
        next_cursor: Option<String>,
        total: u64,
    ) -> AppResult<WrittenPage> {
        if let Some(error) = self.failed {
            return Err(AppError::internal(error));
        }
        let next_cursor = next_cursor.map(|cursor| seal(&filters, &cursor)).transpose()?;
        let rest = serde_json::to_vec(&Rest { total, next_cursor }).map_err(AppError::internal)?;
        if self.json.is_empty() {
            self.json.extend_from_slice(BEFORE_ITEMS);
        }
        self.json.extend_from_slice(b"],");
        // An object without its brace.
        self.json.extend_from_slice(rest.get(1..).unwrap_or_default());
        Ok(WrittenPage(self.json))
    }
}

/// The JSON of a [`Page`].
pub struct WrittenPage(Vec<u8>);

impl IntoResponse for WrittenPage {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// Binds the store's cursor to the filters, so that it is refused with others.
fn seal(filters: &impl Serialize, cursor: &str) -> AppResult<String> {
    Ok(URL_SAFE_NO_PAD.encode(format!("{:08x}{cursor}", fingerprint(filters)?)))
}

fn open(filters: &impl Serialize, cursor: &str) -> AppResult<String> {
    let bad = || AppError::invalid("cursor", Message::new("error.cursor"));
    let text = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(bad)?;
    let own = format!("{:08x}", fingerprint(filters)?);
    text.strip_prefix(&own).map(str::to_owned).ok_or_else(bad)
}

fn fingerprint(filters: &impl Serialize) -> AppResult<u32> {
    let json = serde_json::to_vec(filters).map_err(AppError::internal)?;
    let hash = Sha256::digest(&json);
    Ok(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_fits_its_own_list_only() {
        let cursor = seal(&("contacts", "врач"), "contacts.n5.7").expect("made");
        assert_eq!(
            open(&("contacts", "врач"), &cursor).expect("fits"),
            "contacts.n5.7"
        );
        assert!(open(&("contacts", "повар"), &cursor).is_err());
        for bad in ["", "***", "e30", &cursor[1..]] {
            assert!(open(&("contacts", "врач"), bad).is_err(), "{bad}");
        }
    }
    #[test]
    fn a_written_page_is_a_page() {
        for rows in [vec![], vec!["один"], vec!["один", "два \""]] {
            let mut items = WrittenItems::default();
            rows.iter().for_each(|row| items.add(row));
            let written = items.page("list", Some("list.-.2".to_owned()), 7).expect("plain");
            let found = PageOf {
                items: rows,
                next_cursor: Some("list.-.2".to_owned()),
            };
            let page = page_of("list", found, 7).expect("plain");
            assert_eq!(written.0, serde_json::to_vec(&page).expect("plain"));
        }
    }
}

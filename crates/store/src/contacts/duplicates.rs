//! Contacts that are likely the same person as a given one, for a person of the team to decide.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Result;
use crate::entity::contacts::{Column, Entity, Model};

/// The last digits of two phones that tell one line under two country codes.
const TAIL_DIGITS: usize = 7;
/// Namesakes that are looked at.
const MAX_NAMESAKES: u64 = 200;

/// How likely two contacts are one person; the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// The same name, and the same line by the last digits of the phone; or the one is named as the other's username.
    Sure,
    /// The same full name, and what is known of the one fits the other.
    Fits,
    /// The same full name and another phone or username: a new number, or a namesake.
    Namesake,
}

/// Contacts that are likely the same person as `contact`, the likeliest first, at most `limit`.
///
/// # Errors
/// Of the database.
pub async fn likely(db: &impl ConnectionTrait, contact: &Model, limit: usize) -> Result<Vec<Model>> {
    let mut names = vec![contact.name_key.clone()];
    names.extend(swapped(&contact.name_key));
    let mut alike = Condition::any();
    if let Some(username) = &contact.username {
        names.extend([username.clone(), format!("@{username}")]);
    }
    if let Some(username) = as_username(&contact.name_key) {
        alike = alike.add(Column::Username.eq(username));
    }
    names.retain(|name| !name.is_empty());
    let found = Entity::find()
        .filter(alike.add(Column::NameKey.is_in(names)))
        .filter(Column::Id.ne(contact.id))
        .order_by_asc(Column::Id)
        .limit(MAX_NAMESAKES)
        .all(db)
        .await?;
    let mut ranked: Vec<(Likeness, Model)> = found
        .into_iter()
        .filter_map(|other| Some((likeness(contact, &other)?, other)))
        .collect();
    // Stable: of equally likely ones the oldest contact is first.
    ranked.sort_by_key(|(likeness, _)| *likeness);
    Ok(ranked.into_iter().map(|(_, other)| other).take(limit).collect())
}

fn likeness(one: &Model, other: &Model) -> Option<Likeness> {
    let differ = |left: &Option<String>, right: &Option<String>| matches!((left, right), (Some(left), Some(right)) if left != right);
    // Two Telegram accounts stay two contacts.
    if matches!((one.telegram_user_id, other.telegram_user_id), (Some(left), Some(right)) if left != right) {
        return None;
    }
    let named_so = |name: &Model, user: &Model| {
        user.username.is_some() && as_username(&name.name_key) == user.username.as_deref()
    };
    let one_line = matches!((tail(one), tail(other)), (Some(left), Some(right)) if left == right);
    let same_name =
        one.name_key == other.name_key || swapped(&one.name_key).as_ref() == Some(&other.name_key);
    if (same_name && one_line) || named_so(one, other) || named_so(other, one) {
        return Some(Likeness::Sure);
    }
    // One word is no full name: half of a list may be called so.
    if !same_name || !one.name_key.contains(' ') {
        return None;
    }
    let fits = !differ(&one.phone, &other.phone) && !differ(&one.username, &other.username);
    Some(if fits { Likeness::Fits } else { Likeness::Namesake })
}

/// The two words of a name the other way round: a surname comes first or last.
fn swapped(name_key: &str) -> Option<String> {
    let (first, second) = name_key.split_once(' ')?;
    (!second.contains(' ')).then(|| format!("{second} {first}"))
}

/// The username that a name is, if it may be one.
fn as_username(name_key: &str) -> Option<&str> {
    let name = name_key.strip_prefix('@').unwrap_or(name_key);
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (fits && !name.is_empty()).then_some(name)
}

fn tail(contact: &Model) -> Option<&str> {
    let phone = contact.phone.as_deref()?;
    phone.get(phone.len().checked_sub(TAIL_DIGITS)?..)
}

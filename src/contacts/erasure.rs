//! What is left of a person outside of the contact: problem rows of uploads, in whatever spelling the file had.

use alfa_store::contacts::Identity;
use alfa_store::entity::import_rows;
use alfa_store::{Store, Tx, imports};

use crate::error::AppResult;
use crate::text::{Lang, text};

/// Digits of a phone without its country's code: enough to know it by in any spelling.
const OWN_DIGITS: usize = 10;
/// Digits at the end of a phone that every spelling writes together.
const LAST_DIGITS: usize = 2;
/// Fewer digits than these in a cell are no phone.
const FEWEST_DIGITS: usize = 7;

/// Finds the problem rows of a person. Reads only, so that nobody waits for it.
///
/// # Errors
/// Of the database.
pub async fn find(store: &Store, identity: &Identity) -> AppResult<Vec<import_rows::Model>> {
    let words = words(identity);
    let (mut found, mut after) = (Vec::new(), 0);
    while !words.is_empty() {
        let page = imports::rows_with(store.reader(), &words, after).await?;
        let Some(last) = page.last().map(|row| row.id) else {
            break;
        };
        after = last;
        found.extend(page.into_iter().filter(|row| is_of(row, identity)));
    }
    Ok(found)
}

/// Takes the person out of these rows; the row's number and the file's columns stay.
///
/// # Errors
/// Of the database.
pub async fn blank(tx: &Tx, rows: &[import_rows::Model]) -> AppResult<()> {
    let message = text(Lang::default(), "import.row_erased", &[]);
    for row in rows {
        let emptied: Vec<[String; 2]> = cells(&row.raw)
            .into_iter()
            .map(|[header, _]| [header, String::new()])
            .collect();
        let raw = serde_json::to_string(&emptied).unwrap_or_else(|_| "[]".to_owned());
        imports::blank_row(tx, row.id, &raw, &message).await?;
    }
    Ok(())
}

/// What the database can look for: it does not know the spellings.
fn words(identity: &Identity) -> Vec<String> {
    let phone = identity.phone.as_ref().map(|phone| {
        let at = phone.len().saturating_sub(LAST_DIGITS);
        phone.get(at..).unwrap_or_default().to_owned()
    });
    let id = identity.telegram_user_id.map(|id| id.to_string());
    [phone, identity.username.clone(), id]
        .into_iter()
        .flatten()
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_of(row: &import_rows::Model, identity: &Identity) -> bool {
    let cells = cells(&row.raw);
    let mut texts = cells
        .iter()
        .map(|[_, cell]| cell.as_str())
        .chain(row.value.as_deref());
    texts.any(|text| names(text, identity))
}

fn cells(raw: &str) -> Vec<[String; 2]> {
    serde_json::from_str(raw).unwrap_or_default()
}

/// Whether a cell says who this person is.
fn names(cell: &str, identity: &Identity) -> bool {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let by_phone = identity.phone.as_ref().is_some_and(|phone| {
        let own: String = phone.chars().filter(char::is_ascii_digit).collect();
        let core = own
            .get(own.len().saturating_sub(OWN_DIGITS)..)
            .unwrap_or_default();
        digits.contains(core) || (digits.len() >= FEWEST_DIGITS && own.ends_with(&digits))
    });
    let lower = cell.to_lowercase();
    let by_username = identity.username.as_ref().is_some_and(|username| {
        lower
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .any(|word| word == username)
    });
    let by_id = identity
        .telegram_user_id
        .is_some_and(|id| cell.trim() == id.to_string());
    by_phone || by_username || by_id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_in_every_spelling_and_nobody_else_is() {
        let ivan = Identity {
            phone: Some("+79991234567".to_owned()),
            username: Some("ivan_p".to_owned()),
            telegram_user_id: Some(777_000_111),
        };
        for own in [
            "8 (999) 123-45-67",
            "+7 999 1234567",
            "9991234567",
            "тел. 89991234567, дом. 84951234567",
            "@Ivan_P",
            "https://t.me/ivan_p",
            " 777000111 ",
        ] {
            assert!(names(own, &ivan), "{own}");
        }
        for other in [
            "+79991234568",
            "67",
            "1234",
            "@ivan",
            "@ivan_petrov",
            "7770001112",
            "",
        ] {
            assert!(!names(other, &ivan), "{other}");
        }
    }
}

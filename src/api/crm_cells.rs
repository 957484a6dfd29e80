//! Cells of an imported table as values of the API's fields.

use super::ApiState;
use super::money::minor_units;
use super::time::Time;
use crate::contacts::phone::{self, Country};
use crate::error::{AppError, AppResult, Message};
use alfa_store::crm::{clients, places, services, staff};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde_json::{Value, json};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// One of the API's words, or what people write for it.
    Word(&'static [(&'static str, &'static str)]),
    Whole,
    /// Whole units of money with a point or a comma.
    Money,
    Date,
    /// With an offset, or in the business's time zone.
    Moment,
    Yes,
    /// Divided by semicolons.
    List,
    /// By id, phone or the whole name.
    Client,
    /// By id or name.
    Service,
    Staff,
    Place,
}

/// The value of a cell that is not empty.
///
/// # Errors
/// `Invalid` naming the field.
pub async fn value_of(state: &ApiState, field: &str, kind: Kind, cell: &str) -> AppResult<Value> {
    let refuse = |key: &'static str| AppError::invalid(field, Message::new(key));
    Ok(match kind {
        Kind::Text => json!(cell),
        Kind::Word(words) => {
            let folded = alfa_store::contacts::fold_name(cell);
            let known = words.iter().find(|(written, _)| *written == folded);
            json!(known.map_or(cell, |(_, word)| word))
        }
        Kind::Whole => json!(whole(cell).ok_or_else(|| refuse("crm.whole_number"))?),
        Kind::Money => {
            let unit = minor_units(&state.app().config.currency);
            json!(minor(cell, unit).ok_or_else(|| refuse("crm.amount"))?)
        }
        Kind::Date => json!(date(cell).ok_or_else(|| refuse("error.date"))?.to_string()),
        Kind::Moment => json!(
            moment(state, cell)
                .ok_or_else(|| refuse("error.time"))?
                .to_string()
        ),
        Kind::Yes => json!(yes(cell).ok_or_else(|| refuse("crm.yes_or_no"))?),
        Kind::List => json!(
            cell.split(';')
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .collect::<Vec<_>>()
        ),
        Kind::Client | Kind::Service | Kind::Staff | Kind::Place => {
            let ids = match plain_id(cell) {
                Some(id) => vec![id],
                None => ids_of(state, kind, cell).await?,
            };
            match ids.as_slice() {
                [id] => json!(id),
                [] => {
                    return Err(AppError::invalid(
                        field,
                        Message::new("crm.no_such").with("what", cell),
                    ));
                }
                _ => return Err(refuse("crm.several_such")),
            }
        }
    })
}

fn plain_id(cell: &str) -> Option<i64> {
    // A phone is no id.
    (cell.len() <= 9).then(|| cell.parse().ok()).flatten()
}

async fn ids_of(state: &ApiState, kind: Kind, name: &str) -> AppResult<Vec<i64>> {
    let db = state.store().reader();
    Ok(match kind {
        Kind::Service => services::find_by_name(db, name)
            .await?
            .map(|row| row.id)
            .into_iter()
            .collect(),
        Kind::Place => places::find_by_name(db, name)
            .await?
            .map(|row| row.id)
            .into_iter()
            .collect(),
        Kind::Staff => staff::find_by_name(db, name)
            .await?
            .into_iter()
            .map(|row| row.id)
            .collect(),
        _ => match phone::normalise(name, Country::default()) {
            Ok(phone) => {
                let contact = alfa_store::contacts::find_by_phone(db, &phone.to_string()).await?;
                let ids: Vec<i64> = contact.into_iter().map(|row| row.id).collect();
                clients::of_contacts(db, &ids)
                    .await?
                    .into_iter()
                    .map(|row| row.id)
                    .collect()
            }
            Err(_) => clients::find_by_name(db, name).await?,
        },
    })
}

fn whole(cell: &str) -> Option<i64> {
    let digits: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    // A spreadsheet writes 5 as 5.0.
    digits.strip_suffix(".0").unwrap_or(&digits).parse().ok()
}

/// `1 234,50` in minor units: no more digits after the point than the currency has, unless they are zeros.
fn minor(cell: &str, unit: i64) -> Option<i64> {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(rest) {
        return None;
    }
    let places = usize::try_from(unit.ilog10()).ok()?;
    let (kept, beyond) = rest.split_at(rest.len().min(places));
    if beyond.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let kept = format!("{kept:0<places$}");
    let fraction: i64 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(unit)?
        .checked_add(fraction)
}

fn date(cell: &str) -> Option<NaiveDate> {
    // A spreadsheet may add midnight to a date.
    let day = cell.split([' ', 'T']).next()?;
    let formats = ["%Y-%m-%d", "%d.%m.%Y"];
    formats
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(day, format).ok())
}

fn moment(state: &ApiState, cell: &str) -> Option<Time> {
    if let Ok(exact) = DateTime::parse_from_rfc3339(cell) {
        return Some(Time(alfa_store::UnixMillis(exact.timestamp_millis())));
    }
    let formats = [
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%d.%m.%Y %H:%M",
        "%d.%m.%Y %H:%M:%S",
    ];
    let local = formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(cell, format).ok())?;
    Some(Time(crate::crm::calendar(state.app()).moment(local)))
}

fn yes(cell: &str) -> Option<bool> {
    match alfa_store::contacts::fold_name(cell).as_str() {
        "да" | "yes" | "true" | "1" | "+" => Some(true),
        "нет" | "no" | "false" | "0" | "-" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_people_write_them() {
        for (cell, unit, read) in [
            ("1 234,50", 100, Some(123_450)),
            ("800.5", 100, Some(80_050)),
            ("800", 100, Some(80_000)),
            ("1.005", 1_000, Some(1_005)),
            ("12", 1, Some(12)),
            ("12.0", 1, Some(12)),
            ("1.005", 100, None),
            ("-5", 100, None),
            ("", 100, None),
            ("12р", 100, None),
            ("99999999999999999999", 100, None),
        ] {
            assert_eq!(minor(cell, unit), read, "{cell}");
        }
        assert_eq!(
            (whole("1 000"), whole("5.0"), whole("5.5")),
            (Some(1_000), Some(5), None)
        );
        for cell in [
            "2026-03-01",
            "01.03.2026",
            "2026-03-01T00:00:00",
            "2026-03-01 00:00:00",
        ] {
            assert_eq!(
                date(cell).map(|day| day.to_string()).as_deref(),
                Some("2026-03-01"),
                "{cell}"
            );
        }
        assert_eq!(date("31.02.2026"), None);
        assert_eq!(
            (yes("Да"), yes("0"), yes("может")),
            (Some(true), Some(false), None)
        );
        assert_eq!(
            (plain_id("17"), plain_id("79991234567"), plain_id("Анна")),
            (Some(17), None, None)
        );
    }
}

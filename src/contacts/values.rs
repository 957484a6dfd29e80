//! The smaller fields of a contact, as people write them.

use chrono_tz::Tz;

/// Most tags of a contact that a file brings.
const MAX_TAGS: usize = 50;
/// Longest tag, in characters.
const MAX_TAG_CHARS: usize = 64;

/// Telegram's number of a person: positive, up to 52 bits.
#[must_use]
pub fn telegram_user_id(cell: &str) -> Option<i64> {
    let id: i64 = cell.strip_suffix(".0").unwrap_or(cell).parse().ok()?;
    (1..1_i64 << 52).contains(&id).then_some(id)
}

/// "35", "35.0", "35 лет": years from 1 to 120.
#[must_use]
pub fn age(cell: &str) -> Option<i32> {
    let digits = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
    let rest = cell[digits..].trim().to_lowercase();
    let words = [
        "", ".0", ",0", "лет", "год", "года", "г", "г.", "years", "y.o.", "yo", "y", "yrs",
    ];
    let years: i32 = cell[..digits].parse().ok()?;
    (words.contains(&rest.as_str()) && (1..=120).contains(&years)).then_some(years)
}

/// A code of two letters, or the name of one of the languages that our people write in.
#[must_use]
pub fn language(cell: &str) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("рус", "ru"),
        ("russian", "ru"),
        ("англ", "en"),
        ("english", "en"),
        ("узб", "uz"),
        ("uzbek", "uz"),
        ("каз", "kk"),
        ("kazakh", "kk"),
        ("укр", "uk"),
        ("ukrainian", "uk"),
    ];
    let lower = cell.to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| lower.starts_with(name)) {
        return Some((*code).to_owned());
    }
    let code = lower.split(['-', '_']).next().unwrap_or_default();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| code.to_owned())
}

/// A name of the time zone database: `Europe/Moscow`.
#[must_use]
pub fn timezone(cell: &str) -> Option<String> {
    cell.parse::<Tz>().ok().map(|zone| zone.name().to_owned())
}

/// Tags between commas, semicolons or bars; each once.
#[must_use]
pub fn tags(cell: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in cell
        .split([',', ';', '|'])
        .map(super::name::squeeze)
        .filter(|tag| !tag.is_empty())
    {
        let tag: String = tag.chars().take(MAX_TAG_CHARS).collect();
        if tags.len() < MAX_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        assert_eq!(age("35"), Some(35));
        assert_eq!(age("35 лет"), Some(35));
        assert_eq!(age("35.0"), Some(35));
        assert_eq!(age("350"), None);
        assert_eq!(age("много"), None);
        assert_eq!(language("Русский").as_deref(), Some("ru"));
        assert_eq!(language("en-US").as_deref(), Some("en"));
        assert_eq!(language("клингонский"), None);
        assert_eq!(timezone("Europe/Moscow").as_deref(), Some("Europe/Moscow"));
        assert_eq!(timezone("Москва"), None);
        assert_eq!(tags(" vip; врач,vip, "), ["vip", "врач"]);
        assert_eq!(telegram_user_id("7000000001.0"), Some(7_000_000_001));
        assert_eq!(telegram_user_id("-5"), None);
    }
}

//! Telegram usernames as people write them: `@Name`, `name`, `https://t.me/name`, `tg://resolve?domain=name`.

use super::wording::quoted;
use crate::error::Message;

/// Shortest username: 5 for those taken by hand, 4 for those bought at auction.
const MIN_CHARS: usize = 4;
/// Longest username.
const MAX_CHARS: usize = 32;

/// The username without `@` and in lower case.
///
/// # Errors
/// A message that says what a username is made of.
pub fn normalise(raw: &str) -> Result<String, Message> {
    let trimmed = raw.trim().trim_start_matches('\'');
    let name = without_link(trimmed).trim_start_matches('@').to_ascii_lowercase();
    let bad = |key| Err(Message::new(key).with("value", quoted(raw)));
    if name.starts_with('+') || name.starts_with("joinchat/") || name.starts_with("c/") {
        return bad("contact.username_invite_link");
    }
    let allowed = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !allowed || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.ends_with('_') {
        return bad("contact.username_characters");
    }
    if name.len() < MIN_CHARS || name.len() > MAX_CHARS {
        return bad("contact.username_length");
    }
    Ok(name)
}

/// Whether a cell is certainly a username: used to find the column of a file without headers.
#[must_use]
pub fn looks_like_username(raw: &str) -> bool {
    let raw = raw.trim();
    (raw.starts_with('@') || without_link(raw).len() < raw.len()) && normalise(raw).is_ok()
}

fn without_link(text: &str) -> &str {
    let strip = |text: &'_ str, prefix: &str| -> Option<usize> {
        let head = text.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix).then_some(prefix.len())
    };
    let mut rest = text;
    for prefix in ["https://", "http://", "www."] {
        rest = &rest[strip(rest, prefix).unwrap_or(0)..];
    }
    let hosts = [
        "t.me/",
        "telegram.me/",
        "telegram.dog/",
        "tg://resolve?domain=",
        "telegram:",
    ];
    let Some(skip) = hosts.iter().find_map(|host| strip(rest, host)) else {
        return text;
    };
    let name = rest[skip..].trim_start_matches("s/");
    let end = name.find(['?', '&', '#']).unwrap_or(name.len());
    name[..end].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_name() {
        for raw in [
            "@Ivan_Petrov",
            "ivan_petrov",
            " https://t.me/ivan_petrov ",
            "T.ME/Ivan_Petrov/",
            "tg://resolve?domain=ivan_petrov&x=1",
            "http://telegram.me/ivan_petrov?start=1",
        ] {
            assert_eq!(normalise(raw).as_deref(), Ok("ivan_petrov"), "{raw}");
        }
        assert_eq!(normalise("@nike").as_deref(), Ok("nike"));
    }

    #[test]
    fn what_is_no_username() {
        let key = |raw: &str| normalise(raw).unwrap_err().key;
        assert_eq!(key("@abc"), "contact.username_length");
        assert_eq!(key(&"a".repeat(33)), "contact.username_length");
        assert_eq!(key("@иван"), "contact.username_characters");
        assert_eq!(key("@1van"), "contact.username_characters");
        assert_eq!(key(""), "contact.username_characters");
        assert_eq!(key("https://t.me/+AbCdEf"), "contact.username_invite_link");
    }

    proptest! {
        #[test]
        fn stays_as_it_is_the_second_time(raw in ".{0,40}") {
            if let Ok(name) = normalise(&raw) {
                prop_assert_eq!(normalise(&name), Ok(name.clone()));
            }
        }
    }
}

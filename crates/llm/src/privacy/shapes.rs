//! Addresses, links and nicks, recognised by their shape.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{EMAIL, LINK, NICK, NUMBER};

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants; without one nothing may leave, so there is nothing to fall back to"
)]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\p{N}._%+'-]+(?:@|\s@\s)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"));

static SPELLED_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[a-z0-9._%+-]+\s*[(\[{]?\s*(?:@|собака|собачка|\bat\b|\bdog\b)\s*[)\]}]?\s*[a-z0-9-]+\s*(?:\.|[(\[{]?\s*(?:точка|\bdot\b)\s*[)\]}]?)\s*[a-z]{2,}",
    )
});

static PERSONAL_LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:https?://|//)?\b(?:[\w-]+\.)*",
        r"(?:t\s?\.\s?me|telegram\.(?:me|dog|org)|wa\.me|(?:api\.)?whatsapp\.com|vk\.(?:com|ru|me)|ok\.ru|instagram\.com|",
        r"facebook\.com|fb\.(?:com|me)|viber\.(?:me|com)|max\.ru|linkedin\.com)\s?/\s?[^\s<>]+"
    ))
});

static SUBDOMAIN_LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:https?://)?\b[\w-]+\.t\.me\b"));

static SCHEME_LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:tg|viber|whatsapp|skype|mailto|tel|sms|callto):(?://)?[^\s<>]+"));

static HANDLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"@(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.]*[\p{L}\p{N}_])?|\s[A-Za-z0-9_.]{4,})"));

static NAMED_HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(телеграм\p{L}*|вк|vk|вконтакте|telegram|телега|тг|tg|ник|никнейм|username|юзернейм|логин|инст\p{L}*|insta\w*|скайп|skype)(\s*[:=–—-]\s*|\s+)[a-z][a-z0-9_.]{3,}",
    )
});

static MIXED_TOKEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*"));

/// Numbers of bank accounts abroad, as they are printed.
static IBAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"));

/// Digits in a word of letters and digits from which on it is a number of something: `id12345678`, `AB1234567`.
const DIGITS_OF_A_NUMBER: usize = 6;

pub(super) fn mask(text: &str) -> String {
    let text = ADDRESS.replace_all(text, EMAIL);
    let text = SPELLED_ADDRESS.replace_all(&text, EMAIL);
    let text = PERSONAL_LINK.replace_all(&text, LINK);
    let text = SUBDOMAIN_LINK.replace_all(&text, LINK);
    let text = SCHEME_LINK.replace_all(&text, LINK);
    let text = HANDLE.replace_all(&text, NICK);
    let text = NAMED_HANDLE.replace_all(&text, |found: &Captures<'_>| {
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        format!("{}{}{NICK}", part(1), part(2))
    });
    let text = IBAN.replace_all(&text, NUMBER);
    let text = MIXED_TOKEN.replace_all(&text, |found: &Captures<'_>| {
        let token = found.get(0).map_or("", |token| token.as_str());
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        if digits >= DIGITS_OF_A_NUMBER {
            NUMBER.to_owned()
        } else {
            token.to_owned()
        }
    });
    text.into_owned()
}

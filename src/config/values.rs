//! Readers of single values. Each error is the text of what is expected.

use super::secret::Secret;
use crate::error::Message;
use alfa_store::types::{Approval, ConsentBasis};
use alfa_store::{DatabaseUrl, UrlError};
use base64::Engine;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::path::PathBuf;

/// Hours of the recipient's day in which nobody is written to, in minutes from midnight; `from` may be after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from_minute: u16,
    pub to_minute: u16,
}

/// A simulated Telegram that runs elsewhere: its MTProto address, and the file with its RSA public key (PEM).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatorAt {
    pub address: std::net::SocketAddr,
    pub key_file: PathBuf,
}

/// The currencies of ISO 4217 that people pay with.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES \
    VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A whole number of digits alone: Rust's own reader takes a `+` before them.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn expected(key: &'static str) -> Message {
    Message::new(key)
}

pub fn api_id(text: &str) -> Result<i32, Message> {
    digits(text)
        .filter(|id| *id > 0)
        .ok_or_else(|| expected("config.expected.api_id"))
}

pub fn api_hash(text: &str) -> Result<Secret, Message> {
    let fits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| Secret::new(text))
        .ok_or_else(|| expected("config.expected.api_hash"))
}

/// `+` and 7 to 15 digits; spaces, hyphens and brackets are let through.
pub fn phone(text: &str) -> Result<Secret, Message> {
    let bad = || expected("config.expected.phone");
    let body = text.strip_prefix('+').ok_or_else(bad)?;
    if !body
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')'))
    {
        return Err(bad());
    }
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    if !(7..=15).contains(&digits.len()) {
        return Err(bad());
    }
    Ok(Secret::new(format!("+{digits}")))
}

/// `123456:letters`, as @BotFather gives it.
pub fn bot_token(text: &str) -> Result<Secret, Message> {
    let fits = text.split_once(':').is_some_and(|(id, key)| {
        !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && key.len() >= 30
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    });
    fits.then(|| Secret::new(text))
        .ok_or_else(|| expected("config.expected.bot_token"))
}

/// A key of some service: printable, no spaces.
pub fn key(text: &str) -> Result<Secret, Message> {
    let fits = text.len() <= 4096 && text.chars().all(|c| c.is_ascii_graphic());
    fits.then(|| Secret::new(text))
        .ok_or_else(|| expected("config.expected.key"))
}

pub fn password(text: &str) -> Result<Secret, Message> {
    let fits = (8..=128).contains(&text.chars().count());
    fits.then(|| Secret::new(text))
        .ok_or_else(|| expected("config.expected.password"))
}

/// 32 bytes as 64 hexadecimal digits or as base64.
pub fn secret_key(text: &str) -> Result<[u8; 32], Message> {
    let bytes = hex::decode(text)
        .ok()
        .or_else(|| base64::engine::general_purpose::STANDARD.decode(text).ok());
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| expected("config.expected.secret_key"))
}

pub fn web_address(text: &str) -> Result<String, Message> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let fits = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with(['/', ':']) && rest.chars().all(|c| c.is_ascii_graphic())
    });
    fits.then(|| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| expected("config.expected.web_address"))
}

pub fn model(text: &str) -> Result<String, Message> {
    let fits = text.len() <= 200 && text.chars().all(|c| c.is_ascii_graphic());
    fits.then(|| text.to_owned())
        .ok_or_else(|| expected("config.expected.model"))
}

/// `sqlite`, `postgresql` or `mysql`, in the plain and in the SQLAlchemy spellings.
pub fn database_url(text: &str) -> Result<Secret, Message> {
    let refused = |error| match error {
        UrlError::InMemory => expected("config.expected.database_file"),
        UrlError::UnknownOption(name) => expected("config.expected.database_option").with("name", name),
        UrlError::UnknownKind | UrlError::Incomplete(_) => expected("config.expected.database_url"),
    };
    let bad = || expected("config.expected.database_url");
    DatabaseUrl::parse(text).map_err(refused)?;
    let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
    let engine = scheme.split('+').next().unwrap_or_default();
    let fits = match engine {
        "sqlite" => rest.len() > 1 && rest.starts_with('/') || rest.starts_with("./"),
        "postgresql" | "postgres" | "mysql" | "mariadb" => {
            let server = rest.rsplit_once('@').map_or(rest, |(_, server)| server);
            server
                .split_once('/')
                .is_some_and(|(_, name)| !name.split('?').next().unwrap_or_default().is_empty())
        }
        _ => false,
    };
    fits.then(|| Secret::new(text)).ok_or_else(bad)
}

/// An IP address or a host name.
pub fn host(text: &str) -> Result<String, Message> {
    if text.parse::<IpAddr>().is_ok() {
        return Ok(text.to_owned());
    }
    // An IPv6 address may stand in one pair of brackets, as in a URL.
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(bare) = bare.filter(|bare| bare.parse::<std::net::Ipv6Addr>().is_ok()) {
        return Ok(bare.to_owned());
    }
    let fits = text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && text.chars().any(|c| c.is_ascii_alphabetic());
    fits.then(|| text.to_owned())
        .ok_or_else(|| expected("config.expected.host"))
}

pub fn port(text: &str) -> Result<u16, Message> {
    digits(text).ok_or_else(|| expected("config.expected.port"))
}

pub fn timezone(text: &str) -> Result<chrono_tz::Tz, Message> {
    text.parse().map_err(|_| expected("config.expected.timezone"))
}

/// A currency in use, by its three capital letters in ISO 4217.
pub fn currency(text: &str) -> Result<String, Message> {
    let fits = CURRENCIES.split_whitespace().any(|known| known == text);
    fits.then(|| text.to_owned())
        .ok_or_else(|| expected("config.expected.currency"))
}

/// `21:00-09:00`, or `off` for none.
pub fn quiet_hours(text: &str) -> Result<Option<QuietHours>, Message> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(None);
    }
    let bad = || expected("config.expected.quiet_hours");
    let (from, to) = text.split_once(['-', '–']).ok_or_else(bad)?;
    let hours = QuietHours {
        from_minute: minute_of_day(from).ok_or_else(bad)?,
        to_minute: minute_of_day(to).ok_or_else(bad)?,
    };
    (hours.from_minute != hours.to_minute)
        .then_some(Some(hours))
        .ok_or_else(bad)
}

/// `21:00` as minutes from midnight.
pub fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (digits(hour)?, digits(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

pub fn dialogs_per_day(text: &str) -> Result<u32, Message> {
    let count = digits(text).filter(|count| (1..=10_000).contains(count));
    count.ok_or_else(|| expected("config.expected.dialogs_per_day"))
}

pub fn consent(text: &str) -> Result<ConsentBasis, Message> {
    text.parse().map_err(|_| expected("config.expected.consent"))
}

pub fn approval(text: &str) -> Result<Approval, Message> {
    text.parse().map_err(|_| expected("config.expected.approval"))
}

pub fn switch(text: &str) -> Result<bool, Message> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err(expected("config.expected.switch")),
    }
}

/// `all`, or `local` to keep what people write from cloud providers.
pub fn dialog_text(text: &str) -> Result<bool, Message> {
    match text {
        "all" => Ok(true),
        "local" => Ok(false),
        _ => Err(expected("config.expected.dialog_text")),
    }
}

pub fn log_level(text: &str) -> Result<tracing::Level, Message> {
    text.parse().map_err(|_| expected("config.expected.log_level"))
}

/// Seconds from 0 to 300, a fraction allowed; answered in milliseconds.
pub fn settle_ms(text: &str) -> Result<u64, Message> {
    let seconds: Option<f64> = text
        .parse()
        .ok()
        .filter(|seconds| (0.0..=300.0).contains(seconds));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded to 0..=300 s above"
    )]
    seconds
        .map(|seconds| (seconds * 1000.0).round() as u64)
        .ok_or_else(|| expected("config.expected.settle"))
}

pub fn file(text: &str) -> Result<PathBuf, Message> {
    let path = PathBuf::from(text);
    path.is_file()
        .then_some(path)
        .ok_or_else(|| expected("config.expected.file"))
}

/// `127.0.0.1:9000,/path/to/key.pem`: only loopback, since its Telegram is not the real one.
pub fn simulator(text: &str) -> Result<SimulatorAt, Message> {
    let bad = || expected("config.expected.simulator");
    let (address, key_file) = text.split_once(',').ok_or_else(bad)?;
    let address: std::net::SocketAddr = address.trim().parse().map_err(|_| bad())?;
    let key_file = PathBuf::from(key_file.trim());
    (address.ip().is_loopback() && key_file.is_file())
        .then_some(SimulatorAt { address, key_file })
        .ok_or_else(bad)
}

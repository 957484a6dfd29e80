//! The configuration, read once at the start from the environment and `.env`. What is not understood is refused, all
//! of it at once, with the name of the variable, its value as it may be shown, and what is expected.

mod providers;
mod secret;
mod source;
mod values;
mod variables;

pub use providers::{Providers, Writing};
pub use secret::{Secret, mask_phone, mask_secret};
pub use source::{Refusal, Source, mask_url};
pub use values::{QuietHours, SimulatorAt, minute_of_day};

use crate::error::Message;
use alfa_store::types::{Approval, ConsentBasis};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// The database when `DATABASE_URL` is absent: a file in the working folder.
const DEFAULT_DATABASE_URL: &str = "sqlite:///./alfa.db";
const DEFAULT_KNOWLEDGE_SYNC_URL: &str = "https://api.svoialfa.ru/products";
const DEFAULT_PORT: u16 = 8000;
const DEFAULT_NEW_DIALOGS_PER_DAY: u32 = 40;
/// 21:00 to 09:00.
const DEFAULT_QUIET_HOURS: QuietHours = QuietHours {
    from_minute: 21 * 60,
    to_minute: 9 * 60,
};
/// How long a burst of messages is let settle before it is answered.
const DEFAULT_SETTLE_MS: u64 = 3_000;

/// The variables of what an administrator may also set while Alfa runs.
pub const POLICY_VARIABLES: [&str; 4] = ["QUIET_HOURS", "NEW_DIALOGS_PER_DAY", "APPROVAL", "SETTLE_SECONDS"];

/// The operator's own Telegram account.
#[derive(Debug, Clone)]
pub struct TelegramCredentials {
    pub api_id: i32,
    pub api_hash: Secret,
    pub phone: Option<Secret>,
}

/// Everything that the operator may set.
#[derive(Debug, Clone)]
pub struct Config {
    /// `None` is the sandbox.
    pub telegram: Option<TelegramCredentials>,
    pub bot_token: Option<Secret>,
    pub providers: Providers,
    pub cabinet_api_key: Option<Secret>,
    pub knowledge_sync_url: String,
    /// May hold a password; the spelling is as it was given.
    pub database_url: Secret,
    /// The folder of the generated key, the simulator's world and spooled uploads.
    pub data_dir: PathBuf,
    pub host: String,
    pub port: u16,
    pub admin_password: Option<Secret>,
    pub secret_key: Option<Secret>,
    pub timezone: chrono_tz::Tz,
    pub currency: String,
    pub quiet_hours: Option<QuietHours>,
    pub new_dialogs_per_day: u32,
    /// Which of [`POLICY_VARIABLES`] are given; the others have their defaults.
    pub policy_given: Vec<&'static str>,
    pub upload_consent: ConsentBasis,
    pub ai_disclosure: bool,
    pub approval: Approval,
    /// Off only in the sandbox, for measuring.
    pub pacing: bool,
    pub log_level: tracing::Level,
    pub settle_ms: u64,
    pub sandbox_scenario: Option<PathBuf>,
    /// A simulator that already runs; `None` in the sandbox starts one inside.
    pub simulator: Option<SimulatorAt>,
}

impl Config {
    /// Reads the process's environment and the `.env` file of the working folder.
    ///
    /// # Errors
    /// Every variable that is malformed, misspelt or contradicts another.
    pub fn load() -> Result<Self, Vec<Refusal>> {
        let file = match std::fs::read_to_string(".env") {
            Ok(text) => Some(text),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => {
                let expected = Message::new("config.expected.readable_file").with("cause", cause.kind());
                return Err(vec![Refusal {
                    variable: ".env".to_owned(),
                    shown: String::new(),
                    expected,
                }]);
            }
        };
        Self::from_sources(std::env::vars_os(), file.as_deref())
    }

    /// The same from given values: what tests call.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_sources(
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        file: Option<&str>,
    ) -> Result<Self, Vec<Refusal>> {
        let mut source = Source::new(environment, file);
        let telegram = read_telegram(&mut source);
        let sandbox = telegram.is_none();
        let database_url = source
            .parse("DATABASE_URL", values::database_url)
            .unwrap_or_else(|| Secret::new(DEFAULT_DATABASE_URL));
        let config = Self {
            bot_token: source.parse("TELEGRAM_BOT_TOKEN", values::bot_token),
            providers: providers::read(&mut source),
            cabinet_api_key: source.parse("ALFA_API_KEY", values::key),
            knowledge_sync_url: source
                .parse("KNOWLEDGE_SYNC_URL", values::web_address)
                .unwrap_or_else(|| DEFAULT_KNOWLEDGE_SYNC_URL.to_owned()),
            data_dir: source
                .text("DATA_DIR")
                .map_or_else(|| beside(&database_url), PathBuf::from),
            host: source
                .parse("HOST", values::host)
                .unwrap_or_else(|| "127.0.0.1".to_owned()),
            port: source.parse("PORT", values::port).unwrap_or(DEFAULT_PORT),
            admin_password: source.parse("ALFA_ADMIN_PASSWORD", values::password),
            secret_key: source.parse("ALFA_SECRET_KEY", |text| {
                values::secret_key(text).map(|_| Secret::new(text))
            }),
            timezone: source
                .parse("ALFA_TIMEZONE", values::timezone)
                .unwrap_or(chrono_tz::Europe::Moscow),
            currency: source
                .parse("ALFA_CURRENCY", values::currency)
                .unwrap_or_else(|| "RUB".to_owned()),
            quiet_hours: source
                .parse("QUIET_HOURS", values::quiet_hours)
                .unwrap_or((!sandbox).then_some(DEFAULT_QUIET_HOURS)),
            new_dialogs_per_day: source
                .parse("NEW_DIALOGS_PER_DAY", values::dialogs_per_day)
                .unwrap_or(DEFAULT_NEW_DIALOGS_PER_DAY),
            policy_given: POLICY_VARIABLES
                .into_iter()
                .filter(|name| source.text(name).is_some())
                .collect(),
            upload_consent: source
                .parse("CONTACTS_UPLOAD_CONSENT", values::consent)
                .unwrap_or(ConsentBasis::OperatorAttested),
            ai_disclosure: source.parse("AI_DISCLOSURE", values::switch).unwrap_or(true),
            approval: source
                .parse("APPROVAL", values::approval)
                .unwrap_or(Approval::Auto),
            pacing: source.parse("PACING", values::switch).unwrap_or(true),
            log_level: source
                .parse("LOG_LEVEL", values::log_level)
                .unwrap_or(tracing::Level::INFO),
            settle_ms: source
                .parse("SETTLE_SECONDS", values::settle_ms)
                .unwrap_or(DEFAULT_SETTLE_MS),
            sandbox_scenario: source.parse("SANDBOX_SCENARIO", values::file),
            simulator: source.parse("SIMULATOR", values::simulator),
            telegram,
            database_url,
        };
        config.refuse_contradictions(&mut source);
        let refusals = source.into_refusals();
        if refusals.is_empty() {
            Ok(config)
        } else {
            Err(refusals)
        }
    }

    /// Whether there is no real Telegram account: Alfa talks to its own simulated Telegram.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        self.telegram.is_none()
    }

    /// Whether the listener is reached from this machine only.
    #[must_use]
    pub fn loopback(&self) -> bool {
        self.host.parse::<IpAddr>().map_or_else(
            |_| self.host.eq_ignore_ascii_case("localhost"),
            |address| address.is_loopback(),
        )
    }

    /// Whether every call must say who calls: a password, a real account or bot, or a listener for other machines.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.admin_password.is_some() || !self.sandbox() || self.bot_token.is_some() || !self.loopback()
    }

    /// The key of `ALFA_SECRET_KEY`, when it is set.
    #[must_use]
    pub fn secret_key_bytes(&self) -> Option<[u8; 32]> {
        self.secret_key
            .as_ref()
            .and_then(|text| values::secret_key(text.expose()).ok())
    }

    fn refuse_contradictions(&self, source: &mut Source) {
        if self.sandbox() {
            return;
        }
        if !self.pacing {
            source.reject("PACING", Message::new("config.expected.only_sandbox"));
        }
        for name in ["SANDBOX_SCENARIO", "SIMULATOR"] {
            if source.text(name).is_some() {
                source.reject(name, Message::new("config.expected.only_sandbox"));
            }
        }
    }
}

/// The id and the hash go together; the phone alone is no account.
fn read_telegram(source: &mut Source) -> Option<TelegramCredentials> {
    let given = |source: &Source, name: &str| source.text(name).is_some();
    let (has_id, has_hash) = (
        given(source, "TELEGRAM_API_ID"),
        given(source, "TELEGRAM_API_HASH"),
    );
    let api_id = source.parse("TELEGRAM_API_ID", values::api_id);
    let api_hash = source.parse("TELEGRAM_API_HASH", values::api_hash);
    let phone = source.parse("TELEGRAM_PHONE_NUMBER", values::phone);
    let pair = |missing: &'static str| Message::new("config.expected.together").with("name", missing);
    match (has_id, has_hash) {
        (true, false) => source.reject("TELEGRAM_API_HASH", pair("TELEGRAM_API_ID")),
        (false, true) => source.reject("TELEGRAM_API_ID", pair("TELEGRAM_API_HASH")),
        (false, false) if phone.is_some() => {
            source.reject("TELEGRAM_API_ID", pair("TELEGRAM_PHONE_NUMBER"));
        }
        _ => {}
    }
    Some(TelegramCredentials {
        api_id: api_id?,
        api_hash: api_hash?,
        phone,
    })
}

/// The folder of an SQLite file, in either spelling; the working folder for a database on a server.
fn beside(database_url: &Secret) -> PathBuf {
    let file = database_url
        .expose()
        .strip_prefix("sqlite")
        .and_then(|rest| rest.split_once("://"))
        .map(|(_, path)| {
            // SQLAlchemy: three slashes are a relative path, four an absolute one.
            path.strip_prefix('/')
                .unwrap_or(path)
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned()
        });
    let folder = file
        .as_deref()
        .and_then(|file| Path::new(file).parent())
        .map(Path::to_path_buf);
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| PathBuf::from("."))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod strict_tests;

//! The log: to stdout and to `logs/app.log`, which is rotated by size and count. Whatever is written passes a mask
//! first that hides phones, `Authorization` values, tokens and the secrets of the configuration.

use crate::config::{Config, mask_phone};
use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// The log's place below the working folder.
pub const LOG_FILE: &str = "logs/app.log";
/// Size at which the file is put aside.
const ROTATE_BYTES: usize = 10 * 1024 * 1024;
/// How many files are kept besides the present one.
const KEPT_FILES: usize = 5;
/// A secret shorter than this is not looked for: it would mask ordinary words.
const SHORTEST_SECRET_CHARS: usize = 8;

/// Starts the log. Call once, before anything is logged.
///
/// # Errors
/// When the file cannot be written ([`Unwritable`]), or another log has been started already.
pub fn start(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let mask = Arc::new(Mask::of(config));
    // The writer below would panic.
    writable(&folder.join(LOG_FILE))?;
    let to_file = Masked::new(mask.clone(), Box::new(rotating(folder.join(LOG_FILE))));
    let to_stdout = Masked::new(mask, Box::new(io::stdout()));
    let filter = EnvFilter::new(format!(
        "warn,alfa={level},alfa_store={level},alfa_telegram={level},alfa_telegram_sim={level}",
        level = config.log_level
    ));
    tracing_subscriber::registry()
        .with(filter)
        .with(
            tracing_subscriber::fmt::layer()
                .with_ansi(false)
                .with_writer(to_stdout),
        )
        .with(tracing_subscriber::fmt::layer().json().with_writer(to_file))
        .try_init()?;
    Ok(())
}

/// The log's file cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct Unwritable {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub cause: io::Error,
}

fn writable(path: &Path) -> Result<(), Unwritable> {
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let opened = made.and_then(|()| {
        let mut options = std::fs::OpenOptions::new();
        options.append(true).create(true).open(path).map(drop)
    });
    opened.map_err(|cause| Unwritable {
        path: path.to_owned(),
        cause,
    })
}

fn rotating(path: PathBuf) -> FileRotate<AppendCount> {
    FileRotate::new(
        path,
        AppendCount::new(KEPT_FILES),
        ContentLimit::BytesSurpassed(ROTATE_BYTES),
        Compression::None,
        None,
    )
}

/// What must not be seen in the log.
#[derive(Debug, Default)]
pub struct Mask {
    secrets: Vec<String>,
}

impl Mask {
    /// The mask of this configuration's secrets.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let secrets = [
            config.telegram.as_ref().map(|telegram| &telegram.api_hash),
            config.bot_token.as_ref(),
            config.admin_password.as_ref(),
            config.secret_key.as_ref(),
            config.cabinet_api_key.as_ref(),
            Some(&config.database_url).filter(|url| url.expose().contains('@')),
        ];
        let long = |text: &str| text.chars().count() >= SHORTEST_SECRET_CHARS;
        let secrets = secrets
            .into_iter()
            .flatten()
            .chain(&config.providers.secrets)
            .map(|secret| secret.expose().to_owned());
        Self {
            secrets: secrets.filter(|text| long(text)).collect(),
        }
    }

    /// One line with all that is hidden.
    #[must_use]
    pub fn apply(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for secret in &self.secrets {
            if line.contains(secret.as_str()) {
                line = line.replace(secret.as_str(), "[secret]");
            }
        }
        mask_phones(&mask_bearers(&line))
    }
}

/// `Bearer abc` and `alfa_abc` (our API tokens) lose what follows.
fn mask_bearers(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((at, mark)) = ["Bearer ", "Basic ", "bearer ", "alfa_pat_"]
        .iter()
        .filter_map(|mark| rest.find(mark).map(|at| (at, *mark)))
        .min()
    {
        let value = at + mark.len();
        let length = rest[value..].find(|c: char| c.is_whitespace() || "\"',;".contains(c));
        out.push_str(&rest[..value]);
        out.push_str("***");
        rest = length.map_or("", |length| &rest[value + length..]);
    }
    out.push_str(rest);
    out
}

/// `+79991234567` becomes `+7***4567`; only numbers with a plus, so that ids and times stay readable.
fn mask_phones(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('+') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(&rest[..at]);
        let number = &rest[at..at + 1 + digits];
        if (10..=15).contains(&digits) {
            out.push_str(&mask_phone(number));
        } else {
            out.push_str(number);
        }
        rest = &rest[at + 1 + digits..];
    }
    out.push_str(rest);
    out
}

type Sink = Arc<Mutex<Box<dyn Write + Send>>>;

/// A writer that masks whole lines before it passes them on.
#[derive(Clone)]
struct Masked {
    mask: Arc<Mask>,
    sink: Sink,
}

impl Masked {
    fn new(mask: Arc<Mask>, sink: Box<dyn Write + Send>) -> Self {
        Self {
            mask,
            sink: Arc::new(Mutex::new(sink)),
        }
    }
}

impl Write for Masked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = self.mask.apply(&String::from_utf8_lossy(bytes));
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        sink.write_all(line.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl<'a> MakeWriter<'a> for Masked {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_phones_and_authorization_are_hidden() {
        let mask = Mask {
            secrets: vec!["correct horse".to_owned()],
        };
        let line =
            "login with correct horse, Authorization: Bearer abc.def, phone=+79991234567 ts=1700000000000";
        assert_eq!(
            mask.apply(line),
            "login with [secret], Authorization: Bearer ***, phone=+7***4567 ts=1700000000000"
        );
        assert_eq!(
            mask.apply("token alfa_pat_xyz\" next"),
            "token alfa_pat_***\" next"
        );
    }

    #[test]
    fn the_file_is_bounded() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join(LOG_FILE);
        let mut log = Masked::new(Arc::default(), Box::new(rotating(path.clone())));
        let line = [b'x'; 64 * 1024];
        for _ in 0..(ROTATE_BYTES / line.len()) * (KEPT_FILES + 3) {
            log.write_all(&line).expect("written");
        }
        let files = std::fs::read_dir(path.parent().expect("folder"))
            .expect("listed")
            .count();
        assert_eq!(files, KEPT_FILES + 1);
    }
}

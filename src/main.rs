//! The command line.

use alfa::access::{AccessService, FIRST_ADMINISTRATOR, Scope};
use alfa::app::App;
use alfa::clock::Clock;
use alfa::config::{Config, Refusal, Secret};
use alfa::error::{AppError, Message};
use alfa::logging::Unwritable;
use alfa::text::{Lang, text};
use alfa::{api, demo, logging, simulator};
use alfa_store::{DatabaseUrl, ServeLock};
use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{BufRead, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

/// More than the longest password can take.
const LONGEST_PASSWORD_LINE_BYTES: u64 = 4 * 1024;

/// A self-hosted CRM that talks to customers in Telegram.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the server (what no command does, too).
    Serve,
    /// Brings the database up to date and ends.
    Migrate,
    /// Checks the settings, the database and the listener, and says what to mend.
    Doctor,
    /// Runs the simulated Telegram alone; prints its addresses, key and sign-in code as a line of JSON.
    TelegramSim(simulator::Arguments),
    /// Fills the database with an invented fitness studio and its last year, or takes it away again.
    Demo {
        /// The same seed makes the same studio.
        #[arg(long, default_value_t = demo::SEED)]
        seed: u64,
        /// Takes the demo away.
        #[arg(long)]
        remove: bool,
    },
    /// API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Sets a user's password, read from the standard input, and ends the user's sessions.
    Password {
        /// Whose.
        #[arg(long, default_value = FIRST_ADMINISTRATOR)]
        name: String,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Makes a token and prints it, once.
    Create {
        /// What the token is for.
        #[arg(long)]
        name: String,
        /// What it may do.
        #[arg(long, value_enum, default_value = "read")]
        scope: TokenScope,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum TokenScope {
    Read,
    Write,
    Admin,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments, language()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments, lang: Lang) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let command = arguments.command.unwrap_or(Command::Serve);
        // The simulator needs nothing of the product's settings.
        if let Command::TelegramSim(arguments) = command {
            return simulator::run(arguments, stop_signal()?).await;
        }
        let config = Config::load().map_err(|refusals| anyhow::anyhow!(refusal_text(lang, &refusals)))?;
        match command {
            Command::TelegramSim(_) => Ok(()),
            Command::Serve => serve(lang, config).await,
            Command::Migrate => migrate(lang, config).await,
            Command::Doctor => doctor(lang, config).await,
            Command::Demo { seed, remove } => fill_demo(lang, config, seed, remove).await,
            Command::Token(TokenCommand::Create { name, scope }) => {
                create_token(lang, config, &name, scope).await
            }
            Command::Password { name } => set_password(lang, config, &name).await,
        }
    })
}

/// `LC_ALL`, `LC_MESSAGES` or `LANG`, as other programs read them; Russian only when it says so.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    if set.is_some_and(|value| value.starts_with("ru")) {
        Lang::Ru
    } else {
        Lang::En
    }
}

fn refusal_text(lang: Lang, refusals: &[Refusal]) -> String {
    let mut lines = vec![text(lang, "config.refused", &[])];
    for refusal in refusals {
        let expected = api::problem::say(lang, &refusal.expected);
        let values = [
            ("variable", refusal.variable.as_str()),
            ("shown", &refusal.shown),
            ("expected", &expected),
        ];
        lines.push(text(lang, "config.line", &values));
    }
    lines.join("\n")
}

/// The error's own text for a person, when it has one.
fn told(lang: Lang, error: AppError) -> anyhow::Error {
    match error {
        AppError::Internal(cause) => cause,
        error => anyhow::anyhow!(api::problem::problem(lang, &error).detail),
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}

async fn open(lang: Lang, config: Config) -> anyhow::Result<Arc<App>> {
    App::open(config, Clock::real()).await.map_err(|cause| {
        anyhow::anyhow!(text(
            lang,
            "config.no_database",
            &[("cause", &format!("{cause:#}"))]
        ))
    })
}

async fn serve(lang: Lang, config: Config) -> anyhow::Result<()> {
    logging::start(&config, Path::new(".")).map_err(|error| match error.downcast::<Unwritable>() {
        Ok(Unwritable { path, cause }) => {
            let values = [("path", path.display().to_string()), ("cause", cause.to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            anyhow::anyhow!(text(lang, "config.no_log", &values))
        }
        Err(other) => other,
    })?;
    let address = if config.host.contains(':') {
        format!("[{}]:{}", config.host, config.port)
    } else {
        format!("{}:{}", config.host, config.port)
    };
    // Before the schema is touched: another process may be working with it.
    let lock = Arc::new(Mutex::new(lock(lang, &config).await?));
    let app = open(lang, config).await?;
    let notice = api::prepare(&app).await.map_err(|error| told(lang, error))?;
    let listener = TcpListener::bind(&address).await.map_err(|cause| {
        let values = [("address", address.as_str()), ("cause", &cause.to_string())];
        anyhow::anyhow!(text(lang, "config.no_listener", &values))
    })?;
    app.start().await?;
    let local = listener.local_addr()?.to_string();
    if app.config.sandbox() {
        say(&text(lang, "config.sandbox", &[]))?;
    }
    if let Some(notice) = notice {
        tracing::warn!(notice = notice.key, "a setting is not in force");
        say(&api::problem::say(lang, &notice))?;
    }
    say(&text(lang, "config.listening", &[("address", &local)]))?;
    let (asked, lost) = (stop_signal()?, alfa::sole::watch(&app, lock.clone()));
    let stop = async move {
        tokio::select! {
            () = asked => {}
            () = lost.cancelled() => {}
        }
    };
    let served = api::serve(app.clone(), listener, stop).await;
    app.shut_down().await;
    drop(lock);
    served.context("serve")
}

/// The right to serve the database, which one process has at a time.
async fn lock(lang: Lang, config: &Config) -> anyhow::Result<ServeLock> {
    let refused = |key: &str, name: &str, value: &str| anyhow::anyhow!(text(lang, key, &[(name, value)]));
    let closed = |cause: anyhow::Error| refused("config.no_database", "cause", &format!("{cause:#}"));
    let url = DatabaseUrl::parse(config.database_url.expose()).map_err(|error| closed(error.into()))?;
    std::fs::create_dir_all(&config.data_dir)?;
    let lock = ServeLock::acquire(&url)
        .await
        .map_err(|error| closed(error.into()))?;
    lock.ok_or_else(|| refused("config.already_served", "address", &url.to_string()))
}

/// A future that ends at SIGINT or SIGTERM.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
    })
}

async fn migrate(lang: Lang, config: Config) -> anyhow::Result<()> {
    let app = open(lang, config).await?;
    app.shut_down().await;
    say(&text(lang, "config.migrated", &[]))
}

async fn fill_demo(lang: Lang, config: Config, seed: u64, remove: bool) -> anyhow::Result<()> {
    let app = open(lang, config).await?;
    let done = if remove {
        demo::remove(&app).await.map(|()| text(lang, "demo.removed", &[]))
    } else {
        demo::fill(&app, seed).await.map(|made| {
            let numbers =
                [made.clients, made.sessions, made.bookings, made.payments].map(|number| number.to_string());
            let names = ["clients", "sessions", "bookings", "payments"];
            let values: Vec<(&str, &str)> = names
                .into_iter()
                .zip(numbers.iter().map(String::as_str))
                .collect();
            text(lang, "demo.filled", &values)
        })
    };
    app.shut_down().await;
    say(&done.map_err(|error| told(lang, error))?)
}

async fn create_token(lang: Lang, config: Config, name: &str, scope: TokenScope) -> anyhow::Result<()> {
    let scope = match scope {
        TokenScope::Read => Scope::Read,
        TokenScope::Write => Scope::Write,
        TokenScope::Admin => Scope::Admin,
    };
    if name.trim().is_empty() || name.chars().count() > 100 {
        let message = Message::new("error.text_too_short").with("least", 1);
        bail!("--name: {}", api::problem::say(lang, &message));
    }
    let app = open(lang, config).await?;
    let access = AccessService::new(app.store.clone(), app.clock.clone());
    let made = access
        .create_token("command line", name.trim(), scope)
        .await
        .map_err(|error| told(lang, error))?;
    app.shut_down().await;
    say(&text(lang, "config.token_made", &[]))?;
    say(made.token.expose())
}

/// The password comes through the standard input: an argument would stand in the shell's history and in `ps`.
async fn set_password(lang: Lang, config: Config, name: &str) -> anyhow::Result<()> {
    let password = if std::io::stdin().is_terminal() {
        say(&text(lang, "config.password_asked", &[("name", name)]))?;
        // What is typed is not shown.
        Secret::new(rpassword::read_password()?)
    } else {
        let mut line = String::new();
        let mut input = std::io::stdin().lock().take(LONGEST_PASSWORD_LINE_BYTES);
        input.read_line(&mut line)?;
        Secret::new(line.trim_end_matches(['\r', '\n']))
    };
    let app = open(lang, config).await?;
    let access = AccessService::new(app.store.clone(), app.clock.clone());
    let done = access.set_password("command line", name, &password).await;
    app.shut_down().await;
    done.map_err(|error| told(lang, error))?;
    say(&text(lang, "config.password_set", &[("name", name)]))
}

async fn doctor(lang: Lang, config: Config) -> anyhow::Result<()> {
    let mut bad = 0;
    let mut report = |what: &str, outcome: Result<(), String>| -> anyhow::Result<()> {
        match outcome {
            Ok(()) => say(&text(lang, "config.doctor_ok", &[("what", what)])),
            Err(cause) => {
                bad += 1;
                say(&text(
                    lang,
                    "config.doctor_bad",
                    &[("what", what), ("cause", &cause)],
                ))
            }
        }
    };
    report("settings", Ok(()))?;
    let listened = TcpListener::bind((config.host.as_str(), config.port)).await;
    report("listener", listened.map(drop).map_err(|cause| cause.to_string()))?;
    match open(lang, config).await {
        Err(cause) => report("database", Err(format!("{cause:#}")))?,
        Ok(app) => {
            report("database", Ok(()))?;
            report(
                "access",
                api::prepare(&app)
                    .await
                    .map(drop)
                    .map_err(|error| told(lang, error).to_string()),
            )?;
            app.shut_down().await;
        }
    }
    if bad > 0 {
        bail!("{bad}");
    }
    Ok(())
}

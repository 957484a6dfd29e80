use super::*;

fn read(environment: &[(&str, &str)], file: &str) -> Result<Config, Vec<Refusal>> {
    let environment = environment
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Config::from_sources(environment, Some(file))
}

fn refused(file: &str) -> Vec<(String, String, &'static str)> {
    let refusals = read(&[], file).expect_err("refused");
    refusals
        .into_iter()
        .map(|refusal| (refusal.variable, refusal.shown, refusal.expected.key))
        .collect()
}

#[test]
fn nothing_set_is_the_open_sandbox() {
    let config = read(&[], "").expect("defaults");
    assert!(config.sandbox() && config.loopback() && !config.closed());
    assert_eq!(
        (config.port, config.quiet_hours, config.new_dialogs_per_day),
        (8000, None, 40)
    );
    assert_eq!(config.data_dir, PathBuf::from("."));
}

#[test]
fn the_environment_wins_and_empty_is_absent() {
    let config = read(&[("PORT", "9001")], "PORT=9000\nGEMINI_API_KEY=\n").expect("fits");
    assert_eq!(config.port, 9001);
    assert!(config.providers.secrets.is_empty());
}

#[test]
fn a_real_account_brings_quiet_hours_and_closes_the_api() {
    let hash = "0123456789abcdef".repeat(2);
    let file = &format!("TELEGRAM_API_ID=12345\nTELEGRAM_API_HASH={hash}\n");
    let config = read(&[], file).expect("fits");
    assert!(!config.sandbox() && config.closed());
    assert_eq!(config.quiet_hours, Some(DEFAULT_QUIET_HOURS));
    let refusals = refused(&format!("{file}PACING=off"));
    assert_eq!(
        refusals,
        [("PACING".into(), "off".into(), "config.expected.only_sandbox")]
    );
}

#[test]
fn every_bad_value_is_named_and_secrets_are_masked() {
    let bad =
        "PORT=80000\nTELEGRAM_API_HASH=short\nALFA_TIMEZONE=Europe/Nowhere\nDATABASE_URL=oracle://u:p@h/x\n";
    assert_eq!(
        refused(bad),
        [
            (
                "TELEGRAM_API_HASH".into(),
                "*** (5)".into(),
                "config.expected.api_hash"
            ),
            (
                "TELEGRAM_API_ID".into(),
                String::new(),
                "config.expected.together"
            ),
            (
                "DATABASE_URL".into(),
                "oracle://***@h/x".into(),
                "config.expected.database_url"
            ),
            ("PORT".into(), "80000".into(), "config.expected.port"),
            (
                "ALFA_TIMEZONE".into(),
                "Europe/Nowhere".into(),
                "config.expected.timezone"
            ),
        ]
    );
}

#[test]
fn a_misspelt_name_is_refused_with_the_right_one() {
    let refusals = read(&[], "DATABSE_URL=sqlite:///x.db").expect_err("refused");
    assert_eq!(refusals[0].variable, "DATABSE_URL");
    assert_eq!(
        refusals[0].expected,
        Message::new("config.expected.name").with("name", "DATABASE_URL")
    );
    assert!(read(&[("TELEGRAM_API_IDD", "1")], "").is_err());
}

#[test]
fn a_dollar_that_the_file_format_would_eat_is_refused() {
    assert_eq!(
        refused("ALFA_ADMIN_PASSWORD=pa$word123"),
        [(".env:1".into(), "$".into(), "config.expected.single_quotes")]
    );
    let config = read(&[], "ALFA_ADMIN_PASSWORD='pa$word123'").expect("fits");
    assert_eq!(config.admin_password.expect("set").expose(), "pa$word123");
}

#[test]
fn sqlalchemy_spellings_are_understood() {
    for url in [
        "sqlite:////var/lib/alfa/a.db",
        "sqlite:///./a.db",
        "postgresql+psycopg://u:p@h:5432/d",
        "mysql+pymysql://u@h/d",
    ] {
        assert!(read(&[("DATABASE_URL", url)], "").is_ok(), "{url}");
    }
    let config = read(&[("DATABASE_URL", "sqlite:////var/lib/alfa/a.db")], "").expect("fits");
    assert_eq!(config.data_dir, PathBuf::from("/var/lib/alfa"));
}

#[test]
fn quiet_hours_and_settle_time() {
    let config = read(&[("QUIET_HOURS", "22:30-08:00"), ("SETTLE_SECONDS", "0.5")], "").expect("fits");
    assert_eq!(
        config.quiet_hours,
        Some(QuietHours {
            from_minute: 1350,
            to_minute: 480
        })
    );
    assert_eq!(config.settle_ms, 500);
    for bad in ["25:00-09:00", "09:00", "09:00-09:00"] {
        assert!(read(&[("QUIET_HOURS", bad)], "").is_err(), "{bad}");
    }
}

#[test]
fn no_secret_in_the_debug_print() {
    let config = read(
        &[
            ("OPENAI_API_KEY", "sk-topsecret"),
            ("DATABASE_URL", "postgresql://u:hidden@h/d"),
        ],
        "",
    )
    .expect("fits");
    let print = format!("{config:?}");
    assert!(!print.contains("topsecret") && !print.contains("hidden"));
}

#[test]
fn the_example_file_is_accepted_and_names_every_variable() {
    let example = include_str!("../../.env.example");
    let config = read(&[], example).expect("fits");
    assert!(config.sandbox() && !config.closed());
    let unnamed: Vec<_> = variables::KNOWN
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !["OLLAMA_BASE_URL", "HUGGINGFACE_API_KEY"].contains(name))
        .filter(|name| !example.contains(&format!("\n{name}=")))
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

//! Values that look right and are not.

use std::ffi::OsString;

use super::*;

fn refused(settings: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let environment = settings
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let refusals = Config::from_sources(environment, None).err().unwrap_or_default();
    refusals
        .into_iter()
        .map(|refusal| (refusal.variable, refusal.expected.key))
        .collect()
}

#[test]
fn a_database_in_memory_or_with_a_strange_option_is_refused_by_name() {
    for url in [
        "sqlite://:memory:",
        "sqlite:///:memory:",
        "sqlite:///alfa.db?mode=memory",
    ] {
        let file = ("DATABASE_URL".to_owned(), "config.expected.database_file");
        assert_eq!(refused(&[("DATABASE_URL", url)]), [file], "{url}");
    }
    let option = ("DATABASE_URL".to_owned(), "config.expected.database_option");
    assert_eq!(
        refused(&[("DATABASE_URL", "sqlite:///alfa.db?magic=1")]),
        [option]
    );
    for url in [
        "sqlite:///./alfa.db",
        "sqlite:////tmp/alfa.db",
        "sqlite+aiosqlite:///alfa.db?timeout=5",
    ] {
        assert_eq!(refused(&[("DATABASE_URL", url)]), [], "{url}");
    }
}

#[test]
fn a_variable_is_read_though_another_beats_it() {
    let both = [
        ("OLLAMA_BASE_URL", "http://localhost:11434"),
        ("OLLAMA_URL", "nonsense"),
        ("HUGGINGFACE_TOKEN", "good"),
        ("HUGGINGFACE_API_KEY", "with blanks in it"),
    ];
    let named: Vec<String> = refused(&both).into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, ["OLLAMA_URL", "HUGGINGFACE_API_KEY"]);
}

#[test]
fn numbers_hours_hosts_and_currencies_are_taken_to_the_letter() {
    for (name, bad) in [
        ("PORT", "+80"),
        ("NEW_DIALOGS_PER_DAY", "+5"),
        ("QUIET_HOURS", "9:00-21:00"),
        ("QUIET_HOURS", "09:0-21:00"),
        ("QUIET_HOURS", "+9:00-21:00"),
        ("HOST", "[[::1"),
        ("HOST", "[::1"),
        ("HOST", "::1]"),
        ("HOST", "[127.0.0.1]"),
        ("ALFA_CURRENCY", "ZZZ"),
        ("ALFA_CURRENCY", "rub"),
    ] {
        let named: Vec<String> = refused(&[(name, bad)])
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(named, [name], "{bad}");
    }
    for (name, good) in [
        ("PORT", "8080"),
        ("QUIET_HOURS", "21:00-09:00"),
        ("HOST", "[::1]"),
        ("HOST", "::1"),
        ("ALFA_CURRENCY", "UZS"),
        ("ALFA_CURRENCY", "KZT"),
    ] {
        assert_eq!(refused(&[(name, good)]), [], "{good}");
    }
}

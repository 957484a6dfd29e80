//! The demo studio at noon of a Saturday in Moscow, in a database of its own.

use std::ffi::OsString;
use std::sync::Arc;

use alfa::access::Caller;
use alfa::app::App;
use alfa::assistant::rights::Rights;
use alfa::assistant::{self, Question, Reply, Role, Turn};
use alfa::clock::Clock;
use alfa::config::Config;
use alfa::demo;
use alfa::text::Lang;
use alfa_store::UnixMillis;

/// 2026-11-28, 12:00 in Moscow.
pub const NOW: UnixMillis = UnixMillis(1_795_856_400_000);

pub struct Studio {
    pub app: Arc<App>,
    pub folder: tempfile::TempDir,
}

impl Studio {
    pub async fn empty(variables: &[(&str, &str)]) -> Self {
        // The clock stands still: time is not moved while questions are answered.
        Self::at(Clock::at(NOW, 1).0, variables).await
    }

    /// The same by another clock.
    pub async fn at(clock: Clock, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:///{}/alfa.db", folder.path().display());
        let mut all: Vec<(OsString, OsString)> = vec![
            ("DATABASE_URL".into(), database.into()),
            ("ALFA_TIMEZONE".into(), "Europe/Moscow".into()),
        ];
        for (name, value) in variables {
            all.retain(|(known, _)| known != name);
            all.push((name.into(), value.into()));
        }
        let config = Config::from_sources(all, None).unwrap();
        let app = App::open(config, clock).await.unwrap();
        Self { app, folder }
    }

    pub async fn filled() -> Self {
        let studio = Self::empty(&[]).await;
        let made = demo::fill(&studio.app, demo::SEED).await.unwrap();
        assert!(
            made.clients > 300 && made.bookings > 5_000 && made.payments > 2_000,
            "{made:?}"
        );
        studio
    }

    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("alfa.db")).unwrap()
    }

    pub async fn ask(&self, question: &str) -> Reply {
        self.ask_after(&[], question).await
    }

    pub async fn ask_after(&self, before: &[&str], question: &str) -> Reply {
        self.ask_as(&Caller::Open, before, question).await
    }

    pub async fn ask_as(&self, caller: &Caller, before: &[&str], question: &str) -> Reply {
        let history = before
            .iter()
            .map(|said| Turn {
                role: Role::User,
                content: (*said).to_owned(),
            })
            .collect();
        let asked = Question {
            message: question.to_owned(),
            history,
        };
        let russian = question.chars().any(|c| ('а'..='я').contains(&c));
        let lang = if russian { Lang::Ru } else { Lang::En };
        assistant::answer(&self.app, &asked, Rights::of(caller), lang)
            .await
            .unwrap()
    }
}

/// A whole number in what an answer tells, by its JSON pointer.
pub fn figure(reply: &Reply, place: &str) -> Option<i64> {
    let data = serde_json::Value::Object(reply.data.clone());
    data.pointer(place).and_then(serde_json::Value::as_i64)
}

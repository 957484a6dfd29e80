//! The CRM's assistant: a question becomes calls of typed, read-only tools (`understand`, pure), the tools read figures
//! (`run`), and figures become words. A provider may choose the tools and word the answer (`provider`), but every number
//! and name in it must be a tool's (`ground`, pure); else the offline words are taken.

mod clients;
mod dates;
mod debtor;
pub mod desk;
pub mod ground;
mod intent;
pub mod kept;
pub mod lexis;
mod load;
pub mod names;
mod outreach;
pub mod period;
mod provider;
mod revenue;
pub mod rights;
pub mod run;
mod schedule;
pub mod snapshot;
mod subscriptions;
pub mod tool;
pub mod understand;
mod veil;

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::ai::OFFLINE;
use crate::app::App;
use crate::crm::calendar::date;
use crate::error::AppResult;
use crate::text::Lang;
use desk::{Desk, Ending, Outcome, definition};
use intent::Talk;
use rights::Rights;
use tool::{Call, Tool};
use understand::{Known, Meaning, understand};

/// Who said something in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    User,
    Assistant,
}

/// Something said before.
#[derive(Debug, Clone)]
pub struct Turn {
    pub role: Role,
    pub content: String,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    pub message: String,
    /// Oldest first.
    pub history: Vec<Turn>,
}

/// Where a figure comes from.
#[derive(Debug, Clone)]
pub struct Source {
    pub tool: Tool,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub definition: String,
}

/// The assistant's answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub message: String,
    pub data: Map<String, Value>,
    pub provider: &'static str,
    pub calls: Vec<Call>,
    pub sources: Vec<Source>,
    /// Providers are configured and the offline engine had to stand in.
    pub degraded: bool,
    /// Why providers did not answer, and what to do about it.
    pub notices: Vec<String>,
}

/// Answers a question within the rights of who asks.
///
/// # Errors
/// When the database fails.
pub async fn answer(app: &Arc<App>, question: &Question, rights: Rights, lang: Lang) -> AppResult<Reply> {
    let desk = Desk::open(app, lang, rights).await?;
    let before: Vec<&str> = question
        .history
        .iter()
        .filter(|turn| turn.role == Role::User)
        .map(|turn| turn.content.as_str())
        .collect();
    let known = Known {
        today: desk.today,
        names: &desk.names,
    };
    let meaning = understand(&question.message, &before, known).meaning;
    let offline = match &meaning {
        Meaning::Ask(call) => Some(run::run(&desk, call).await?),
        _ => None,
    };
    // What needs no figures, and what is not to be shown, is not for a provider.
    let settled = match (&meaning, &offline) {
        (Meaning::Unknown, _) => false,
        (_, Some(outcome)) => outcome.ending != Ending::Figures,
        _ => true,
    };
    let mut reply = match &offline {
        Some(outcome) => told(&desk, outcome),
        None => spoken(&desk, &meaning).await?,
    };
    if !settled && app.ai.assistant().is_configured() {
        provider::ask(&desk, question, offline.as_ref(), &mut reply).await?;
    }
    Ok(reply)
}

/// The offline answer of a tool.
fn told(desk: &Desk, outcome: &Outcome) -> Reply {
    let mut message = outcome.text.clone();
    if outcome.ending == Ending::Figures {
        message.push('\n');
        message.push_str(&definition(desk, outcome.call.tool));
    }
    Reply {
        message,
        data: outcome.data.clone(),
        provider: OFFLINE,
        calls: vec![outcome.call.clone()],
        sources: vec![source(desk, outcome)],
        degraded: false,
        notices: Vec::new(),
    }
}

/// Where an outcome's figures come from.
fn source(desk: &Desk, outcome: &Outcome) -> Source {
    Source {
        tool: outcome.call.tool,
        from: outcome.period.map(|period| date(period.from)),
        to: outcome.period.map(|period| date(period.to)),
        definition: definition(desk, outcome.call.tool),
    }
}

/// What is said without figures.
async fn spoken(desk: &Desk, meaning: &Meaning) -> AppResult<Reply> {
    let say = |key| desk.say(key, &[]);
    let message = match meaning {
        Meaning::Talk(Talk::Greeting) => say("greeting"),
        Meaning::Talk(Talk::Thanks) => say("thanks"),
        Meaning::Talk(Talk::Identity) => say("identity"),
        Meaning::Talk(Talk::Help) => say("help"),
        Meaning::Talk(Talk::Bye) => say("bye"),
        Meaning::Change => say("read_only"),
        Meaning::WhoseCard => say("whose_card"),
        Meaning::NoSuchDate(_, none) => desk.no_such_date(none),
        Meaning::Ask(_) | Meaning::Unknown => say("unknown"),
    };
    let figures = snapshot::figures(desk).await?;
    Ok(Reply {
        message,
        data: snapshot::data(desk, &figures),
        provider: OFFLINE,
        calls: Vec::new(),
        sources: Vec::new(),
        degraded: false,
        notices: Vec::new(),
    })
}

/// The standard snapshot, as far as the caller may see it.
///
/// # Errors
/// When the database fails.
pub async fn stats(app: &Arc<App>, rights: Rights, lang: Lang) -> AppResult<Map<String, Value>> {
    let calendar = crate::crm::calendar(app);
    let now = app.clock.now();
    let desk = Desk {
        app: app.clone(),
        lang,
        rights,
        calendar,
        now,
        today: calendar.day(now),
        names: Arc::default(),
    };
    let figures = snapshot::figures(&desk).await?;
    Ok(snapshot::data(&desk, &figures))
}

/// A call by a program: its outcome, or which argument is wrong.
///
/// # Errors
/// When the database fails.
pub async fn call(
    app: &Arc<App>,
    name: &str,
    arguments: Map<String, Value>,
    rights: Rights,
    lang: Lang,
) -> AppResult<Result<(Outcome, String), tool::BadCall>> {
    let Some(found) = Tool::of(name) else {
        return Ok(Err(tool::BadCall {
            field: "name".to_owned(),
            why: "there is no such tool".to_owned(),
        }));
    };
    let call = match found.call(arguments) {
        Ok(call) => call,
        Err(bad) => return Ok(Err(bad)),
    };
    let desk = Desk::open(app, lang, rights).await?;
    let outcome = run::run(&desk, &call).await?;
    let definition = definition(&desk, found);
    Ok(Ok((outcome, definition)))
}

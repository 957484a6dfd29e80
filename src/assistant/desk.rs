//! What a tool works with: the store, the calendar, the caller's rights and the words of the caller's language.

use std::sync::Arc;

use alfa_store::types::Day;
use alfa_store::{ConnectionTrait, Page, UnixMillis};
use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::dates::NoSuchDate;
use super::names::{Named, Names, Noun, Resolved, resolve};
use super::period::{BEGINNING, Period, Unit};
use super::rights::Rights;
use super::tool::{Call, MOST_ROWS, Tool, USUAL_ROWS};
use crate::app::App;
use crate::crm::calendar::{Calendar, date, day_of, rfc3339};
use crate::error::AppResult;
use crate::money;
use crate::text::{Lang, text};

/// Most names of a kind that a question is looked through for.
const MOST_NAMES: u32 = 500;

/// Where a tool works.
pub struct Desk {
    pub app: Arc<App>,
    pub lang: Lang,
    pub rights: Rights,
    pub calendar: Calendar,
    pub now: UnixMillis,
    pub today: Day,
    pub names: Arc<Names>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With figures; a zero is one.
    Figures,
    /// Several have the name that was said.
    Which,
    /// Nobody and nothing has the name.
    NoSuch,
    /// The caller has no right to see it.
    Forbidden,
}

/// What a tool answers.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub call: Call,
    pub ending: Ending,
    /// The figures.
    pub data: Map<String, Value>,
    /// The figures in words.
    pub text: String,
    /// The days that it took.
    pub period: Option<Period>,
    /// Names of people in it, who are not named to a provider.
    pub people: Vec<String>,
}

impl Desk {
    /// A desk for a caller, with everything that can be named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(app: &Arc<App>, lang: Lang, rights: Rights) -> AppResult<Self> {
        let calendar = crate::crm::calendar(app);
        let now = app.clock.now();
        Ok(Self {
            lang,
            rights,
            calendar,
            now,
            today: calendar.day(now),
            names: app
                .memory
                .names
                .get(&app.store, |_| true, async || names(app.store.reader()).await)
                .await?,
            app: app.clone(),
        })
    }

    /// The database, for reading.
    pub fn db(&self) -> &impl ConnectionTrait {
        self.app.store.reader()
    }

    /// A text of the assistant.
    #[must_use]
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        text(self.lang, &format!("assistant.{key}"), values)
    }

    /// A number with its noun in the right form: "3 клиента".
    #[must_use]
    pub fn count(&self, number: i64, noun: &str) -> String {
        let forms = self.say(&format!("noun_{noun}"), &[]);
        let forms: Vec<&str> = forms.split('|').collect();
        let number = number.max(0);
        let (tens, units) = (number % 100, number % 10);
        let form = match self.lang {
            Lang::En => usize::from(number != 1),
            Lang::Ru if (11..=14).contains(&tens) => 2,
            Lang::Ru if units == 1 => 0,
            Lang::Ru if (2..=4).contains(&units) => 1,
            Lang::Ru => 2,
        };
        format!(
            "{} {}",
            self.number(number),
            forms.get(form).or(forms.last()).unwrap_or(&"")
        )
    }

    /// A number as people write it.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        money::grouped(number, self.lang)
    }

    /// An amount as people write it.
    #[must_use]
    pub fn money(&self, minor: i64) -> String {
        money::formatted(minor, &self.app.config.currency, self.lang)
    }

    /// A day in words.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        let of = date(day);
        format!("{} {}", self.day_of_month(of), of.year())
    }

    fn day_of_month(&self, of: chrono::NaiveDate) -> String {
        format!("{} {}", of.day(), self.month("months_of", of.month()))
    }

    fn month(&self, key: &str, number: u32) -> String {
        let all = self.say(key, &[]);
        all.split('|')
            .nth(number as usize - 1)
            .unwrap_or_default()
            .to_owned()
    }

    /// A day and a time in words.
    #[must_use]
    pub fn moment(&self, at: UnixMillis) -> String {
        let local = self.calendar.local(at);
        format!("{}, {}", self.day(day_of(local.date())), local.format("%H:%M"))
    }

    /// Days in words: a month by its name, a stretch by its ends.
    #[must_use]
    pub fn days(&self, period: Period) -> String {
        let (from, to) = (date(period.from), date(period.to));
        match () {
            () if period.from == BEGINNING => self.say("all_time", &[("to", &self.day(period.to))]),
            () if period.from == period.to => self.day(period.from),
            () if Unit::Year.period(period.from, 0) == period => from.year().to_string(),
            () if Unit::Month.period(period.from, 0) == period => {
                format!("{} {}", self.month("months", from.month()), from.year())
            }
            () if (from.year(), from.month()) == (to.year(), to.month()) => {
                format!(
                    "{}–{} {} {}",
                    from.day(),
                    to.day(),
                    self.month("months_of", to.month()),
                    to.year()
                )
            }
            () if from.year() == to.year() => {
                format!(
                    "{} – {} {}",
                    self.day_of_month(from),
                    self.day_of_month(to),
                    to.year()
                )
            }
            () => format!("{} – {}", self.day(period.from), self.day(period.to)),
        }
    }

    /// That a date does not exist, and what the month has.
    #[must_use]
    pub fn no_such_date(&self, none: &NoSuchDate) -> String {
        match none {
            NoSuchDate::Day { day, month } => {
                let whole = Unit::Month.period(*month, 0);
                let (first, last) = (date(whole.from), date(whole.to));
                let said = format!(
                    "{day} {} {}",
                    self.month("months_of", first.month()),
                    first.year()
                );
                self.say(
                    "no_such_day",
                    &[
                        ("said", &said),
                        ("month", &self.days(whole)),
                        ("days", &self.count(last.day().into(), "day")),
                        ("last", &self.day(whole.to)),
                    ],
                )
            }
            NoSuchDate::Shape(said) => self.say(
                "no_such_date",
                &[("said", said), ("example", &self.day(self.today))],
            ),
        }
    }

    /// The period of a call; `usual` when none was said.
    #[must_use]
    pub fn period(&self, call: &Call, usual: Period) -> Period {
        match (call.args.from.map(day_of), call.args.to.map(day_of)) {
            (Some(from), Some(to)) => Period { from, to },
            (Some(from), None) => Period {
                from,
                to: self.today.max(from),
            },
            (None, Some(to)) => Period {
                from: BEGINNING.min(to),
                to,
            },
            (None, None) => usual,
        }
    }

    /// This unit of the calendar.
    #[must_use]
    pub fn this(&self, unit: Unit) -> Period {
        unit.period(self.today, 0)
    }

    /// The last days, today among them.
    #[must_use]
    pub fn last_days(&self, days: i32) -> Period {
        Period {
            from: self.today.plus(1 - days),
            to: self.today,
        }
    }

    /// Rows that a list may have.
    #[must_use]
    pub fn rows(&self, call: &Call) -> usize {
        call.args.limit.unwrap_or(USUAL_ROWS).clamp(1, MOST_ROWS) as usize
    }

    /// The one who is named in an argument, or the outcome that asks or says that there is none.
    ///
    /// # Errors
    /// The outcome.
    pub fn named(&self, call: &Call, noun: Noun) -> Result<Option<&Named>, Box<Outcome>> {
        let args = &call.args;
        let name = match noun {
            Noun::Staff => &args.staff,
            Noun::Service => &args.service,
            Noun::Place => &args.place,
            Noun::Campaign => &args.campaign,
        };
        let Some(name) = name.as_deref().filter(|name| !name.trim().is_empty()) else {
            return Ok(None);
        };
        match resolve(name, self.names.of(noun)) {
            Resolved::One(named) => Ok(Some(named)),
            Resolved::Several(found) => {
                let labels: Vec<String> = found
                    .iter()
                    .take(USUAL_ROWS as usize)
                    .map(|named| label(named))
                    .collect();
                let said = self.say(
                    &format!("which_{}", noun.word()),
                    &[("name", name), ("names", &labels.join(", "))],
                );
                let mut outcome = self.outcome(call, said);
                outcome.ending = Ending::Which;
                outcome.people = people(noun, found.iter().copied());
                outcome.data.insert(
                    "candidates".to_owned(),
                    json!(
                        found
                            .iter()
                            .map(|named| json!({"id": named.id, "name": named.name, "detail": named.detail}))
                            .collect::<Vec<_>>()
                    ),
                );
                Err(Box::new(outcome))
            }
            Resolved::Nobody => {
                let known: Vec<&str> = self
                    .names
                    .of(noun)
                    .iter()
                    .take(USUAL_ROWS as usize)
                    .map(|named| named.name.as_str())
                    .collect();
                let key = if known.is_empty() { "none_of" } else { "no" };
                let said = self.say(
                    &format!("{key}_{}", noun.word()),
                    &[("name", name), ("names", &known.join(", "))],
                );
                let mut outcome = self.outcome(call, said);
                outcome.ending = Ending::NoSuch;
                outcome.people = people(noun, self.names.of(noun).iter());
                Err(Box::new(outcome))
            }
        }
    }

    /// Figures with their words; more is added by the tool.
    #[must_use]
    pub fn outcome(&self, call: &Call, text: String) -> Outcome {
        Outcome {
            call: call.clone(),
            ending: Ending::Figures,
            data: Map::new(),
            text,
            period: None,
            people: Vec::new(),
        }
    }
}

fn label(named: &Named) -> String {
    match &named.detail {
        Some(detail) => format!("{} ({detail})", named.name),
        None => named.name.clone(),
    }
}

fn people<'a>(noun: Noun, of: impl Iterator<Item = &'a Named>) -> Vec<String> {
    if noun == Noun::Staff {
        of.map(|named| named.name.clone()).collect()
    } else {
        Vec::new()
    }
}

async fn names(db: &impl ConnectionTrait) -> AppResult<Names> {
    use alfa_store::crm::{places, services, staff};
    use alfa_store::{Order, campaigns};
    let page = Page::first(MOST_NAMES);
    let named = Named::new;
    let staff = staff::list(db, &staff::Filter::default(), Order::NEWEST, &page).await?;
    let services = services::list(db, &services::Filter::default(), Order::NEWEST, &page).await?;
    let places = places::list(db, &places::Filter::default(), Order::NEWEST, &page).await?;
    let campaigns = campaigns::list(db, &campaigns::Filter::default(), Order::NEWEST, &page).await?;
    Ok(Names {
        staff: staff
            .items
            .into_iter()
            .map(|row| named(row.id, row.name, row.position))
            .collect(),
        services: services
            .items
            .into_iter()
            .map(|row| named(row.id, row.name, row.category))
            .collect(),
        places: places
            .items
            .into_iter()
            .map(|row| named(row.id, row.name, None))
            .collect(),
        campaigns: campaigns
            .items
            .into_iter()
            .map(|row| named(row.id, row.name, Some(row.state.to_string())))
            .collect(),
    })
}

impl Outcome {
    /// Adds a figure.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }

    /// Adds an amount: whole minor units, and how people write it under `formatted`.
    #[must_use]
    pub fn with_money(mut self, desk: &Desk, name: &str, minor: i64) -> Self {
        self.data.insert(name.to_owned(), minor.into());
        self.data
            .insert("currency".to_owned(), desk.app.config.currency.clone().into());
        let formatted = self.data.entry("formatted").or_insert_with(|| json!({}));
        if let Some(formatted) = formatted.as_object_mut() {
            formatted.insert(name.to_owned(), desk.money(minor).into());
        }
        self
    }

    /// Says which days were taken.
    #[must_use]
    pub fn over(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Names people.
    #[must_use]
    pub fn naming(mut self, people: Vec<String>) -> Self {
        self.people.extend(people);
        self
    }
}

/// A day as programs write it.
#[must_use]
pub fn iso(day: Day) -> String {
    date(day).to_string()
}

/// A moment as programs write it.
#[must_use]
pub fn stamp(at: UnixMillis) -> Value {
    rfc3339(at).into()
}

/// The tool is not for this caller.
#[must_use]
pub fn forbidden(desk: &Desk, call: &Call) -> Outcome {
    let domain = match call.tool.domain() {
        super::tool::Domain::Revenue => "revenue",
        _ => "other",
    };
    let said = desk.say(&format!("forbidden_{domain}"), &[]);
    let mut outcome = desk.outcome(call, said);
    outcome.ending = Ending::Forbidden;
    outcome
}

/// Which tool of which kind: for keys of the catalogue.
#[must_use]
pub fn definition(desk: &Desk, tool: Tool) -> String {
    desk.say(&format!("def_{}", tool.name()), &[])
}

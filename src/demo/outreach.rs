//! What the demo studio wrote to its people in the last two months, and what they answered. Nothing of it was ever sent:
//! its account belongs to no Telegram.

use alfa_store::demo::outreach::{self as rows, Line, Past, Talk};
use alfa_store::types::{Day, Environment, FunnelStage, MessageAuthor};
use alfa_store::{Tx, UnixMillis, accounts};
use serde_json::json;

use super::dice::Dice;
use super::people::Person;
use crate::app::App;
use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::crm::calendar::{Calendar, date, weekday};
use crate::error::AppResult;
use crate::knowledge::ReplyClass;
use crate::outbox::day_key;
use crate::text::{Lang, text};

/// What hangs on no person.
pub struct Written {
    pub account: i64,
    pub campaigns: Vec<i64>,
}

/// Key of the campaign's texts, how many days ago it began, its variants, and its people in a hundred clients.
const CAMPAIGNS: [(&str, i32, i32, usize); 3] = [
    ("autumn", 56, 2, 35),
    ("come_back", 33, 1, 25),
    ("morning", 12, 2, 30),
];
/// How long a person waits at most.
const PATIENCE_MS: i64 = 15 * DAY_MS;
/// First messages of a day.
const PER_DAY: usize = 40;

/// How people answer: the class, its share of those who answer, the stage that it leads to, and who speaks last.
struct Way {
    class: ReplyClass,
    percent: usize,
    stages: &'static [FunnelStage],
    answered: bool,
}

const WAYS: [Way; 7] = [
    Way {
        class: ReplyClass::Interest,
        percent: 30,
        stages: &[FunnelStage::Interested, FunnelStage::Offered],
        answered: true,
    },
    Way {
        class: ReplyClass::PriceRate,
        percent: 22,
        stages: &[FunnelStage::Interested],
        answered: true,
    },
    Way {
        class: ReplyClass::ThinkLater,
        percent: 14,
        stages: &[],
        answered: true,
    },
    Way {
        class: ReplyClass::NoNeed,
        percent: 12,
        stages: &[FunnelStage::Lost],
        answered: true,
    },
    Way {
        class: ReplyClass::AlreadyHave,
        percent: 7,
        stages: &[FunnelStage::Lost],
        answered: true,
    },
    Way {
        class: ReplyClass::AskConsultant,
        percent: 9,
        stages: &[],
        answered: false,
    },
    Way {
        class: ReplyClass::OptOut,
        percent: 6,
        stages: &[FunnelStage::OptedOut],
        answered: true,
    },
];

/// Writes it.
pub async fn live(app: &App, tx: &Tx, dice: &mut Dice, people: &[Person]) -> AppResult<Written> {
    let calendar = crate::crm::calendar(app);
    let now = app.clock.now();
    let label = text(Lang::Ru, "demo.mark", &[]);
    let account = accounts::create(tx, &label, Environment::Demo, None, now).await?;
    let mut campaigns = Vec::new();
    let mut left: Vec<&Person> = people.iter().collect();
    for (key, days_ago, variants, percent) in CAMPAIGNS {
        let began = working_day(Day(calendar.day(now).0 - days_ago));
        let known = left
            .iter()
            .filter(|person| person.client.created_day < began)
            .count();
        let wanted = (people.len() * percent / 100).min(known);
        let mut chosen = Vec::with_capacity(wanted);
        for taken in 0..wanted {
            chosen.push(left.remove(dice.below(known - taken)));
        }
        let mut campaign = Campaign {
            key,
            began,
            variants,
            calendar,
            now,
            dice,
        };
        let talks: Vec<Talk> = chosen
            .iter()
            .enumerate()
            .map(|(place, person)| campaign.talk(place, person))
            .collect();
        campaigns.push(rows::campaign(tx, account, &campaign.past(&talks), &talks).await?);
    }
    Ok(Written { account, campaigns })
}

/// Nobody is written to on a Sunday.
fn working_day(day: Day) -> Day {
    if weekday(day) == 7 { Day(day.0 + 1) } else { day }
}

struct Campaign<'a> {
    key: &'static str,
    began: Day,
    variants: i32,
    calendar: Calendar,
    now: UnixMillis,
    dice: &'a mut Dice,
}

impl Campaign<'_> {
    fn told(&self, what: &str, values: &[(&str, &str)]) -> String {
        text(Lang::Ru, &format!("demo.{}_{what}", self.key), values)
    }

    fn first(&self, variant: i32, name: &str) -> String {
        self.told(&format!("first_{variant}"), &[("name", name)])
    }

    fn past(&self, talks: &[Talk]) -> Past {
        let sent = || {
            talks
                .iter()
                .filter_map(|talk| talk.lines.first())
                .map(|line| line.at)
        };
        Past {
            name: self.told("name", &[]),
            description: text(Lang::Ru, "demo.mark", &[]),
            templates: (0..self.variants)
                .map(|variant| self.first(variant, "{{first_name}}"))
                .collect(),
            started_at: sent().min().unwrap_or(self.now),
            completed_at: sent().max().unwrap_or(self.now),
        }
    }

    fn talk(&mut self, place: usize, person: &Person) -> Talk {
        let day = working_day(Day(self.began.0 + i32::try_from(place / PER_DAY).unwrap_or(0)));
        let at = self
            .calendar
            .at_minute(day, 10 * 60 + i32::try_from(place % PER_DAY).unwrap_or(0) * 12);
        let variant = i32::try_from(place).unwrap_or(0) % self.variants;
        let mut talk = Talk {
            contact_id: person.client.contact_id,
            variant,
            day: day_key(date(day)),
            lines: vec![Line {
                author: MessageAuthor::Ai,
                text: self.first(variant, person.first_name),
                at,
                labels: None,
            }],
            read_at: None,
            stages: vec![(FunnelStage::Contacted, at)],
        };
        if self.dice.percent(78) {
            let read_at = self.later(at, 5 * HOUR_MS);
            talk.read_at = Some(read_at);
            // The second variant pleases more.
            if self.dice.percent(if variant == 0 { 38 } else { 52 }) {
                self.answer(&mut talk, read_at);
            }
        }
        talk
    }

    fn answer(&mut self, talk: &mut Talk, read_at: UnixMillis) {
        let mut chance = self.dice.below(100);
        let way = WAYS.iter().find(|way| {
            let hit = chance < way.percent;
            chance = chance.saturating_sub(way.percent);
            hit
        });
        let way = way.unwrap_or(&WAYS[0]);
        let name = way.class.name();
        let reply_at = self.later(read_at, HOUR_MS);
        let line = |author, key: &str, at, labels| Line {
            author,
            text: text(Lang::Ru, key, &[]),
            at,
            labels,
        };
        talk.stages.push((FunnelStage::Replied, reply_at));
        let labels = Some(json!([name]).to_string());
        talk.lines.push(line(
            MessageAuthor::Contact,
            &format!("demo.reply_{name}"),
            reply_at,
            labels,
        ));
        let mut at = UnixMillis(reply_at.0 + MINUTE_MS);
        // Who asked for a person long ago has been answered by one.
        if way.answered || self.now.ms_since(reply_at) > PATIENCE_MS {
            let author = match way.class {
                ReplyClass::OptOut => MessageAuthor::Rule,
                ReplyClass::AskConsultant => MessageAuthor::Operator,
                _ => MessageAuthor::Ai,
            };
            talk.lines
                .push(line(author, &format!("demo.answer_{name}"), at, None));
        }
        for stage in way.stages {
            talk.stages.push((*stage, at));
            at = UnixMillis(at.0 + MINUTE_MS);
        }
        if way.stages.last() == Some(&FunnelStage::Offered) && self.dice.percent(60) {
            let agreed_at = self.later(at, 3 * HOUR_MS);
            let labels = Some(json!([ReplyClass::Interest.name()]).to_string());
            talk.lines.push(line(
                MessageAuthor::Contact,
                "demo.reply_agreed",
                agreed_at,
                labels,
            ));
            talk.lines.push(line(
                MessageAuthor::Operator,
                "demo.answer_agreed",
                UnixMillis(agreed_at.0 + 4 * MINUTE_MS),
                None,
            ));
            talk.stages.push((FunnelStage::Applied, agreed_at));
            if self.dice.percent(70) {
                talk.stages
                    .push((FunnelStage::Won, self.later(agreed_at, 5 * HOUR_MS)));
            }
        }
    }

    /// Some time after `at`, never to come.
    fn later(&mut self, at: UnixMillis, within_ms: i64) -> UnixMillis {
        let minutes = usize::try_from(within_ms / MINUTE_MS).unwrap_or(1);
        let moment = at.0 + MINUTE_MS * i64::try_from(1 + self.dice.below(minutes)).unwrap_or(1);
        UnixMillis(moment.min(self.now.0))
    }
}

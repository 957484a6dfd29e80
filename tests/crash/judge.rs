//! Compares what Alfa tells and has written down with what the simulated Telegram itself counted.

use std::collections::{BTreeMap, BTreeSet};

use alfa_store::entity::{messages, outbox};
use alfa_store::types::{MessageAuthor, MessageDirection, OutboxKind, OutboxState};
use serde_json::Value;

use crate::alfa::Place;
use crate::messages::stats;
use crate::people;
use crate::records::{self, Rows};
use crate::simulator::Simulator;

/// Reasons for which an answer that was written need not be sent.
const GOOD_REASONS: [&str; 3] = ["superseded", "opted_out", "human_owns_dialog"];

/// A message as the referee saw it delivered.
struct Delivered {
    seq: u64,
    random_id: i64,
    message_id: i64,
}

/// What the referee saw of one person.
#[derive(Default)]
struct Seen {
    opened: usize,
    delivered: Vec<Delivered>,
    /// Ids and places in the log of what the person wrote.
    replies: Vec<(i64, u64)>,
    read: bool,
}

/// All that is to be compared.
pub struct Judge {
    /// By contact.
    seen: BTreeMap<i64, Seen>,
    /// What the API tells, by contact.
    told: BTreeMap<i64, Vec<Value>>,
    stops: BTreeSet<i64>,
    stats: Vec<Value>,
    delivered: u64,
    opened: u64,
    refused_twice: u64,
    wrong: Vec<String>,
}

impl Judge {
    /// Hears both sides while Alfa lives.
    pub async fn hear(place: &Place, simulator: &Simulator, campaigns: &[i64], people: usize) -> Self {
        let mut ids = BTreeMap::new();
        let (mut seen, mut told): (BTreeMap<i64, Seen>, _) = (BTreeMap::new(), BTreeMap::new());
        for contact in records::contacts(place).await {
            let id = contact["id"].as_i64().unwrap();
            let phone = contact["phone"]
                .as_str()
                .unwrap()
                .trim_start_matches('+')
                .to_owned();
            ids.insert(phone, id);
            seen.insert(id, Seen::default());
            told.insert(id, records::history(place, id).await);
        }
        let mut wrong = Vec::new();
        if ids.len() != people {
            wrong.push(format!("{} contacts instead of {people}", ids.len()));
        }
        for entry in simulator.log_after(0).await {
            if let Some(of) = entry["phone"].as_str().and_then(|phone| ids.get(phone)) {
                seen.entry(*of).or_default().note(&entry);
            }
        }
        let mut figures = Vec::new();
        for id in campaigns {
            figures.push(stats(place, *id).await);
        }
        let phone_of = |index: usize| people::phone(index).trim_start_matches('+').to_owned();
        let stops = (0..people)
            .filter(|index| people::says_stop(*index))
            .filter_map(|index| ids.get(&phone_of(index)).copied());
        Self {
            stops: stops.collect(),
            seen,
            told,
            stats: figures,
            delivered: simulator.counter("delivered").await,
            opened: simulator.counter("dialog_opened").await,
            refused_twice: simulator.counter("duplicate_refused").await,
            wrong,
        }
    }

    /// What happened, and what of it is wrong.
    pub fn verdict(mut self, rows: Rows) -> (String, Vec<String>) {
        let seen = std::mem::take(&mut self.seen);
        for (contact_id, seen) in &seen {
            self.sending(*contact_id, seen, &rows.outbox);
            self.receiving(*contact_id, seen, &rows.messages);
            self.answering(*contact_id, &rows);
            self.after_stop(*contact_id, seen, &rows.outbox);
        }
        self.figures(&seen, &rows);
        let replies: usize = seen.values().map(|seen| seen.replies.len()).sum();
        let facts = format!(
            "{} delivered, {} dialogs, {replies} replies, {} repeats that Telegram refused",
            self.delivered, self.opened, self.refused_twice
        );
        (facts, self.wrong)
    }

    fn expect(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// Each message that was sent is one row, and each row one message.
    fn sending(&mut self, contact_id: i64, seen: &Seen, outbox: &[outbox::Model]) {
        let own: Vec<_> = outbox.iter().filter(|row| row.contact_id == contact_id).collect();
        let sent: Vec<_> = own.iter().filter(|row| row.state == OutboxState::Sent).collect();
        let mut recorded: Vec<_> = sent
            .iter()
            .map(|row| (row.random_id, row.telegram_message_id.unwrap_or_default()))
            .collect();
        let mut delivered: Vec<_> = seen
            .delivered
            .iter()
            .map(|one| (one.random_id, one.message_id))
            .collect();
        recorded.sort_unstable();
        delivered.sort_unstable();
        self.expect(recorded == delivered, || {
            let rows: Vec<_> = own
                .iter()
                .map(|row| {
                    (
                        row.id,
                        row.kind,
                        row.state,
                        row.reason.clone(),
                        row.random_id,
                        row.telegram_message_id,
                    )
                })
                .collect();
            format!("contact {contact_id}: delivered {delivered:?}, but the outbox has {rows:?}")
        });
        let firsts = sent
            .iter()
            .filter(|row| row.kind == OutboxKind::FirstMessage)
            .count();
        self.expect(firsts == 1 && seen.opened == 1, || {
            format!(
                "contact {contact_id}: {firsts} first messages, {} dialogs opened",
                seen.opened
            )
        });
        let waiting = own.iter().find(|row| {
            matches!(
                row.state,
                OutboxState::Queued | OutboxState::Sending | OutboxState::Deferred | OutboxState::Draft
            )
        });
        if let Some(row) = waiting {
            self.wrong.push(format!(
                "contact {contact_id}: row {} is still {}",
                row.id, row.state
            ));
        }
    }

    /// Each message that the person wrote is one row, is shown by the API, and was handled; nothing was taken for the
    /// operator's own.
    fn receiving(&mut self, contact_id: i64, seen: &Seen, messages: &[messages::Model]) {
        let own: Vec<_> = messages
            .iter()
            .filter(|row| row.contact_id == contact_id)
            .collect();
        let mut written: Vec<i64> = seen.replies.iter().map(|(id, _)| *id).collect();
        written.sort_unstable();
        let incoming = || own.iter().filter(|row| row.direction == MessageDirection::In);
        let mut stored: Vec<i64> = incoming().filter_map(|row| row.telegram_message_id).collect();
        stored.sort_unstable();
        self.expect(stored == written, || {
            format!("contact {contact_id}: wrote {written:?}, stored {stored:?}")
        });
        let told = self.told.get(&contact_id).map(Vec::as_slice).unwrap_or_default();
        let mut shown: Vec<i64> = told
            .iter()
            .filter(|message| message["direction"] == "in")
            .filter_map(|message| message["telegram_message_id"].as_i64())
            .collect();
        let sent_shown = told
            .iter()
            .filter(|message| message["direction"] == "out")
            .count();
        shown.sort_unstable();
        self.expect(shown == written, || {
            format!("contact {contact_id}: wrote {written:?}, the API shows {shown:?}")
        });
        self.expect(sent_shown == seen.delivered.len(), || {
            format!(
                "contact {contact_id}: {} delivered, the API shows {sent_shown}",
                seen.delivered.len()
            )
        });
        for row in incoming().filter(|row| row.handled_at.is_none()) {
            self.wrong.push(format!(
                "contact {contact_id}: message {} was not handled",
                row.id
            ));
        }
        if own.iter().any(|row| row.author == MessageAuthor::Phone) {
            self.wrong.push(format!(
                "contact {contact_id}: our own message was taken for the operator's"
            ));
        }
    }

    /// One answer for each burst that was to be answered, and none for any other.
    fn answering(&mut self, contact_id: i64, rows: &Rows) {
        let mut bursts: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for row in rows.messages.iter().filter(|row| row.contact_id == contact_id) {
            if let (Some(at), Some("answered")) = (row.handled_at, row.handled_how.as_deref()) {
                bursts.entry(at.0).or_default().push(row.id);
            }
        }
        let answers: Vec<_> = rows
            .outbox
            .iter()
            .filter(|row| row.contact_id == contact_id)
            .filter(|row| matches!(row.kind, OutboxKind::FollowUp | OutboxKind::Reply))
            .collect();
        for burst in bursts.values() {
            let of_burst = || {
                answers
                    .iter()
                    .filter(|row| row.in_reply_to.is_some_and(|id| burst.contains(&id)))
            };
            let sent = of_burst().filter(|row| row.state == OutboxState::Sent).count();
            let excused = of_burst().any(|row| excused(row));
            self.expect(sent == 1 || sent == 0 && excused, || {
                let rows: Vec<_> = of_burst()
                    .map(|row| (row.id, row.state, row.reason.clone()))
                    .collect();
                format!("contact {contact_id}: answers to {burst:?}: {rows:?}")
            });
        }
        let answered: Vec<i64> = bursts.into_values().flatten().collect();
        for row in answers {
            let sent = row.state == OutboxState::Sent;
            let to_something = row.in_reply_to.is_some_and(|id| answered.contains(&id));
            self.expect(if sent { to_something } else { excused(row) }, || {
                format!(
                    "contact {contact_id}: answer {} to {:?} is {} ({:?})",
                    row.id, row.in_reply_to, row.state, row.reason
                )
            });
        }
    }

    /// After "stop" there is one confirmation and nothing else.
    fn after_stop(&mut self, contact_id: i64, seen: &Seen, outbox: &[outbox::Model]) {
        if !self.stops.contains(&contact_id) {
            return;
        }
        let Some((_, stop)) = seen.replies.first() else {
            self.wrong.push(format!("contact {contact_id} never said stop"));
            return;
        };
        let kind_of = |random_id: i64| {
            outbox
                .iter()
                .find(|row| row.random_id == random_id)
                .map(|row| row.kind)
        };
        let later: Vec<_> = seen
            .delivered
            .iter()
            .filter(|one| one.seq > *stop)
            .map(|one| kind_of(one.random_id))
            .collect();
        self.expect(later == [Some(OutboxKind::OptOutConfirmation)], || {
            format!("contact {contact_id}: after stop came {later:?}")
        });
    }

    /// The statistics are the referee's.
    fn figures(&mut self, seen: &BTreeMap<i64, Seen>, rows: &Rows) {
        let sum = |name: &str| -> u64 {
            self.stats
                .iter()
                .map(|stats| stats[name].as_u64().unwrap_or_default())
                .sum()
        };
        let people = |which: fn(&Seen) -> bool| seen.values().filter(|seen| which(seen)).count() as u64;
        let pairs = [
            ("total", sum("total"), seen.len() as u64),
            ("sent", sum("sent"), people(|seen| seen.opened > 0)),
            ("delivered", sum("delivered"), self.opened),
            ("replied", sum("replied"), people(|seen| !seen.replies.is_empty())),
            ("read", sum("read"), people(|seen| seen.read)),
            ("opted out", sum("opted_out"), self.stops.len() as u64),
            ("pending or queued", sum("pending") + sum("queued"), 0),
        ];
        let sent = rows
            .outbox
            .iter()
            .filter(|row| row.state == OutboxState::Sent)
            .count() as u64;
        let delivered = self.delivered;
        for (name, told, counted) in pairs {
            self.expect(told == counted, || {
                format!("{name}: Alfa says {told}, the referee {counted}")
            });
        }
        self.expect(sent == delivered, || {
            format!("{sent} rows sent, {delivered} messages delivered")
        });
        for stats in std::mem::take(&mut self.stats) {
            self.expect(stats["status"] == "completed", || {
                format!("not completed: {stats}")
            });
        }
    }
}

/// An answer that was rightly not sent.
fn excused(row: &outbox::Model) -> bool {
    row.state != OutboxState::Sent
        && row
            .reason
            .as_deref()
            .is_some_and(|reason| GOOD_REASONS.contains(&reason))
}

impl Seen {
    fn note(&mut self, entry: &Value) {
        let number = |name: &str| entry[name].as_i64().unwrap_or_default();
        let seq = entry["seq"].as_u64().unwrap_or_default();
        match entry["what"].as_str() {
            Some("dialog_opened") => self.opened += 1,
            Some("delivered") => self.delivered.push(Delivered {
                seq,
                random_id: number("random_id"),
                message_id: number("message_id"),
            }),
            Some("reply_sent") => self.replies.push((number("message_id"), seq)),
            Some("read") => self.read = true,
            _ => {}
        }
    }
}

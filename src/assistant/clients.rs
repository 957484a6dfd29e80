//! Tools about clients.

use alfa_store::assistant as rows;
use alfa_store::contacts::{self, fold_name};
use alfa_store::crm::{clients, totals};
use alfa_store::entity::{clients::Model as Client, contacts::Model as Contact};
use alfa_store::types::{ClientStatus, Day, Measure};
use alfa_store::{Order, Page};
use serde_json::json;

use super::desk::{Desk, Ending, Outcome, iso};
use super::lexis::{cyrillic, same_word, tokens};
use super::names::whole_names;
use super::period::Unit;
use super::snapshot;
use super::tool::Call;
use crate::crm::calendar::day_of;
use crate::error::AppResult;

/// Clients that a name is looked for among: those who have the parts of its words.
const MOST_LOOKED_AT: u64 = 500;

/// How many there are.
pub async fn count(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let status = status_of(call);
    let figures = snapshot::figures(desk).await?;
    let filter = clients::Filter {
        status,
        direction: call.args.direction.clone(),
        ..Default::default()
    };
    let direction = call.args.direction.as_deref();
    let found = match (status, direction) {
        (None, None) => figures.total_clients,
        _ => number(clients::total(desk.db(), &filter).await?),
    };
    let clients = desk.count(found, "client");
    let text = match (status, direction) {
        (None, None) => {
            let active = desk.count(figures.active_clients, "active");
            desk.say("clients_count", &[("clients", &clients), ("active", &active)])
        }
        (status, direction) => {
            let status = status.map(|status| {
                desk.say(
                    "with_status",
                    &[("status", &desk.say(&format!("status_{status}"), &[]))],
                )
            });
            let direction = direction.map(|code| {
                desk.say(
                    "of_direction",
                    &[("direction", &super::revenue::direction_name(desk, code))],
                )
            });
            let of: Vec<String> = status.into_iter().chain(direction).collect();
            let all = desk.count(figures.total_clients, "client");
            desk.say(
                "clients_count_of",
                &[
                    ("count", &desk.number(found)),
                    ("of", &of.join(", ")),
                    ("all", &all),
                ],
            )
        }
    };
    let mut outcome = desk.outcome(call, text).with("count", found);
    outcome.data.extend(snapshot::data(desk, &figures));
    Ok(outcome)
}

fn status_of(call: &Call) -> Option<ClientStatus> {
    call.args.status.as_deref().and_then(|word| word.parse().ok())
}

/// How many are new.
pub async fn new(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let counted = totals::of(desk.db(), Measure::NewClients, period.from, period.to)
        .await?
        .counted;
    let days = desk.days(period);
    let (Some(with_from), Some(with_to)) = (call.args.with_from, call.args.with_to) else {
        let key = if counted == 0 {
            "clients_new_none"
        } else {
            "clients_new"
        };
        let text = desk.say(
            key,
            &[("period", &days), ("clients", &desk.count(counted, "client"))],
        );
        return Ok(desk.outcome(call, text).with("new_clients", counted).over(period));
    };
    let with = super::period::Period {
        from: day_of(with_from),
        to: day_of(with_to),
    };
    let before = totals::of(desk.db(), Measure::NewClients, with.from, with.to)
        .await?
        .counted;
    let more = desk.say(
        super::revenue::trend(counted, before),
        &[("by", &desk.number((counted - before).abs()))],
    );
    let text = desk.say(
        "clients_new_compare",
        &[
            ("period", &days),
            ("count", &desk.number(counted)),
            ("with", &desk.days(with)),
            ("before", &desk.number(before)),
            ("more", &more),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with("new_clients", counted)
        .with("new_clients_before", before)
        .with("change", counted - before)
        .over(period))
}

/// Whoever has this name, phone or number.
pub async fn find(desk: &Desk, wanted: &str, most: usize) -> AppResult<Vec<(Client, Contact)>> {
    let words: Vec<String> = tokens(wanted)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| word != "-")
        .collect();
    let numbers = words
        .iter()
        .all(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'));
    if words.is_empty() || numbers {
        let filter = clients::Filter {
            search: Some(wanted.trim().to_owned()),
            ..Default::default()
        };
        let found = clients::list(
            desk.db(),
            &filter,
            Order::NEWEST,
            &Page::first(u32::try_from(most).unwrap_or(10)),
        )
        .await?;
        return with_contacts(desk, found.items).await;
    }
    let mut found = Vec::new();
    for spelled in spellings(&words) {
        if !found.is_empty() {
            break;
        }
        let stems: Vec<String> = spelled.iter().map(|word| stem(word)).collect();
        let rows = rows::clients_named(desk.db(), &stems, MOST_LOOKED_AT).await?;
        let fits = |contact: &Contact| {
            let key = fold_name(&contact.name);
            let parts: Vec<&str> = key.split(' ').collect();
            spelled
                .iter()
                .all(|word| parts.iter().any(|part| same_word(word, part)))
        };
        found.extend(
            rows.into_iter()
                .filter_map(|(client, contact)| Some((client, contact?)))
                .filter(|(_, contact)| fits(contact)),
        );
    }
    found.truncate(most);
    Ok(found)
}

/// As it is written, in Russian letters, and with the names that friends shorten in full.
fn spellings(words: &[String]) -> Vec<Vec<String>> {
    let russian: Vec<String> = words.iter().map(|word| cyrillic(word)).collect();
    let mut made = vec![words.to_vec()];
    if russian != words {
        made.push(russian.clone());
    }
    for (at, word) in russian.iter().enumerate() {
        for whole in whole_names(word) {
            let mut spelled = russian.clone();
            whole.clone_into(&mut spelled[at]);
            made.push(spelled);
        }
    }
    made
}

/// What all inflections of a name share: short of its last letters.
fn stem(word: &str) -> String {
    let chars = word.chars().count();
    let kept = match chars {
        0..=3 => chars.min(2),
        4 => 3,
        5 | 6 => chars - 2,
        _ => chars - 3,
    };
    word.chars().take(kept).collect()
}

/// Clients with the people that they are.
///
/// # Errors
/// When the database fails.
pub async fn with_contacts(desk: &Desk, found: Vec<Client>) -> AppResult<Vec<(Client, Contact)>> {
    let ids: Vec<i64> = found.iter().map(|client| client.contact_id).collect();
    let people = contacts::get_many(desk.db(), &ids).await?;
    let person = |id: i64| people.iter().find(|person| person.id == id).cloned();
    Ok(found
        .into_iter()
        .filter_map(|client| {
            let contact = person(client.contact_id)?;
            Some((client, contact))
        })
        .collect())
}

/// Names of clients by id; of whoever was erased, a word that says so.
pub async fn names(desk: &Desk, ids: &[i64]) -> AppResult<Vec<String>> {
    let found = with_contacts(desk, clients::get_many(desk.db(), ids).await?).await?;
    let erased = desk.say("erased", &[]);
    Ok(ids
        .iter()
        .map(|id| {
            found
                .iter()
                .find(|(client, _)| client.id == *id)
                .map_or_else(|| erased.clone(), |(_, contact)| contact.name.clone())
        })
        .collect())
}

/// A list of clients by a name.
pub async fn search(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let wanted = call.args.client.clone().unwrap_or_default();
    let found = find(desk, &wanted, desk.rows(call)).await?;
    Ok(listed(desk, call, &wanted, &found))
}

fn listed(desk: &Desk, call: &Call, wanted: &str, found: &[(Client, Contact)]) -> Outcome {
    if found.is_empty() {
        let mut outcome = desk
            .outcome(call, desk.say("no_client", &[("name", wanted)]))
            .with("count", 0);
        outcome.ending = Ending::NoSuch;
        outcome.people = vec![wanted.to_owned()];
        return outcome;
    }
    let lines: Vec<String> = found
        .iter()
        .map(|(client, contact)| {
            format!(
                "• {} — {}",
                contact.name,
                desk.say(&format!("status_{}", client.status), &[])
            )
        })
        .collect();
    let text = desk.say(
        "clients_found",
        &[
            ("clients", &desk.count(count_of(found.len()), "client")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .map(|(client, contact)| json!({"id": client.id, "name": contact.name, "status": client.status}))
        .collect();
    desk.outcome(call, text)
        .with("count", count_of(found.len()))
        .with("clients", items)
        .naming(found.iter().map(|(_, contact)| contact.name.clone()).collect())
}

/// The one client who is named, or the outcome that says that there is none or asks which.
pub async fn one(desk: &Desk, call: &Call) -> AppResult<Result<(Client, Contact), Outcome>> {
    let wanted = call.args.client.clone().unwrap_or_default();
    let mut found = find(desk, &wanted, desk.rows(call)).await?;
    if found.len() == 1
        && let Some(only) = found.pop()
    {
        return Ok(Ok(only));
    }
    let mut outcome = listed(desk, call, &wanted, &found);
    if !found.is_empty() {
        outcome.ending = Ending::Which;
        outcome.text = format!("{}\n{}", outcome.text, desk.say("which_client", &[]));
    }
    Ok(Err(outcome))
}

/// By where they heard of us.
pub async fn by_source(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = (call.args.from.is_some() || call.args.to.is_some())
        .then(|| desk.period(call, desk.this(Unit::Month)));
    let found = rows::clients_by_source(desk.db(), period.map(|period| (period.from, period.to))).await?;
    let none = desk.say("source_none", &[]);
    let total: i64 = found.iter().map(|(_, count)| count).sum();
    let lines: Vec<String> = found
        .iter()
        .map(|(source, count)| {
            format!(
                "• {} — {}",
                source.as_deref().unwrap_or(&none),
                desk.number(*count)
            )
        })
        .collect();
    let days = period.map_or_else(|| desk.say("ever", &[]), |period| desk.days(period));
    let text = desk.say(
        if found.is_empty() {
            "by_source_none"
        } else {
            "by_source"
        },
        &[
            ("period", &days),
            ("clients", &desk.count(total, "client")),
            ("list", &lines.join("\n")),
        ],
    );
    let rows: Vec<_> = found
        .iter()
        .map(|(source, count)| json!({"source": source, "count": count}))
        .collect();
    let outcome = desk
        .outcome(call, text)
        .with("total", total)
        .with("by_source", rows);
    Ok(match period {
        Some(period) => outcome.over(period),
        None => outcome,
    })
}

/// By status.
pub async fn by_status(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let found = totals::clients_by_status(desk.db()).await?;
    let of = |status: ClientStatus| {
        found
            .iter()
            .find(|(word, _)| word == status.as_str())
            .map_or(0, |(_, count)| *count)
    };
    let total: i64 = found.iter().map(|(_, count)| count).sum();
    let lines: Vec<String> = ClientStatus::ALL
        .iter()
        .map(|status| {
            format!(
                "• {} — {}",
                desk.say(&format!("status_{status}"), &[]),
                desk.number(of(*status))
            )
        })
        .collect();
    let text = desk.say(
        "by_status",
        &[
            ("clients", &desk.count(total, "client")),
            ("list", &lines.join("\n")),
        ],
    );
    let rows: Vec<_> = ClientStatus::ALL
        .iter()
        .map(|status| json!({"status": status, "count": of(*status)}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("total", total)
        .with("by_status", rows))
}

/// Who did not come since a day: of every status, or of one.
pub async fn inactive(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let since = call.args.from.map_or_else(|| desk.today.plus(-30), day_of);
    let status = status_of(call);
    let filter = clients::Filter {
        status,
        no_visit_since: Some(since),
        ..Default::default()
    };
    let total = number(clients::total(desk.db(), &filter).await?);
    let order = Order::parse("-last_visit", clients::SORT_KEYS).unwrap_or(Order::NEWEST);
    let page = Page::first(u32::try_from(desk.rows(call)).unwrap_or(10));
    let found = with_contacts(desk, clients::list(desk.db(), &filter, order, &page).await?.items).await?;
    let last = |client: &Client| {
        if client.last_visit_day == Day(0) {
            desk.say("never", &[])
        } else {
            desk.day(client.last_visit_day)
        }
    };
    let lines: Vec<String> = found
        .iter()
        .map(|(client, contact)| format!("• {} — {}", contact.name, last(client)))
        .collect();
    let of = status
        .map(|status| {
            desk.say(
                "of_status",
                &[("status", &desk.say(&format!("status_{status}"), &[]))],
            )
        })
        .unwrap_or_default();
    let key = if total == 0 { "inactive_none" } else { "inactive" };
    let text = desk.say(
        key,
        &[
            ("since", &desk.day(since)),
            ("of", &of),
            ("clients", &desk.count(total, "client")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .map(|(client, contact)| json!({"id": client.id, "name": contact.name, "last_visit": (client.last_visit_day != Day(0)).then(|| iso(client.last_visit_day))}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("count", total)
        .with("since", iso(since))
        .with("status", status.map(ClientStatus::as_str))
        .with("clients", items)
        .naming(found.into_iter().map(|(_, contact)| contact.name).collect()))
}

/// How many people said stop.
pub async fn opted_out(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let found = number(rows::opted_out(desk.db()).await?);
    let text = desk.say("opted_out", &[("people", &desk.count(found, "person"))]);
    Ok(desk.outcome(call, text).with("opted_out", found))
}

/// Names that are there twice.
pub async fn duplicates(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let found = rows::duplicate_names(desk.db(), desk.rows(call) as u64).await?;
    let lines: Vec<String> = found
        .iter()
        .map(|(name, count)| format!("• {name} — {}", desk.number(*count)))
        .collect();
    let key = if found.is_empty() {
        "duplicates_none"
    } else {
        "duplicates"
    };
    let text = desk.say(key, &[("list", &lines.join("\n"))]);
    let items: Vec<_> = found
        .iter()
        .map(|(name, count)| json!({"name": name, "count": count}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("groups", count_of(found.len()))
        .with("duplicates", items)
        .naming(found.into_iter().map(|(name, _)| name).collect()))
}

/// A count of rows as a figure.
#[must_use]
pub fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A length as a figure.
#[must_use]
pub fn count_of(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

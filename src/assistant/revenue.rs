//! Tools about money.

use std::collections::BTreeMap;

use alfa_store::crm::totals::{self, Revenue};
use alfa_store::crm::{debts, payments, services};
use alfa_store::types::{Measure, PaymentMethod, TotalBy};
use serde_json::json;

use super::clients::{count_of, names, one};
use super::desk::{Desk, Outcome};
use super::names::Noun;
use super::period::{Period, Unit};
use super::tool::Call;
use crate::crm::calendar::day_of;
use crate::error::AppResult;

/// Which word says how two figures stand to each other.
#[must_use]
pub fn trend(now: i64, before: i64) -> &'static str {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => "more",
        std::cmp::Ordering::Less => "less",
        std::cmp::Ordering::Equal => "same",
    }
}

/// Of all, or of one trainer, service, direction or method.
pub async fn total(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let (staff, service) = match (desk.named(call, Noun::Staff), desk.named(call, Noun::Service)) {
        (Ok(staff), Ok(service)) => (staff, service),
        (Err(outcome), _) | (_, Err(outcome)) => return Ok(*outcome),
    };
    let method = call
        .args
        .method
        .as_deref()
        .and_then(|word| word.parse::<PaymentMethod>().ok());
    let direction = call.args.direction.as_deref();
    let filters = usize::from(staff.is_some())
        + usize::from(service.is_some())
        + usize::from(method.is_some())
        + usize::from(direction.is_some());
    if filters > 1 {
        // Totals are kept by one thing at a time.
        return Ok(desk.outcome(call, desk.say("one_filter", &[])).over(period));
    }
    let keyed = async |by, key: String| {
        let found = totals::revenue_by(desk.db(), by, period.from, period.to).await?;
        Ok::<Revenue, crate::error::AppError>(
            found
                .into_iter()
                .find(|(own, _)| *own == key)
                .map(|(_, revenue)| revenue)
                .unwrap_or_default(),
        )
    };
    let (revenue, of) = match (staff, service, method, direction) {
        (Some(staff), ..) => (
            keyed(TotalBy::Staff, staff.id.to_string()).await?,
            staff.name.clone(),
        ),
        (_, Some(service), ..) => (
            keyed(TotalBy::Service, service.id.to_string()).await?,
            service.name.clone(),
        ),
        (_, _, Some(method), _) => (
            keyed(TotalBy::Method, method.to_string()).await?,
            desk.say(&format!("method_{method}"), &[]),
        ),
        (_, _, _, Some(code)) => (
            of_directions(desk, period)
                .await?
                .remove(code)
                .unwrap_or_default(),
            direction_name(desk, code),
        ),
        _ => (
            totals::revenue(desk.db(), period.from, period.to).await?,
            String::new(),
        ),
    };
    let of = if of.is_empty() { of } else { format!(" ({of})") };
    let key = if revenue == Revenue::default() {
        "revenue_none"
    } else {
        "revenue"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("of", &of),
            ("revenue", &desk.money(revenue.net_minor())),
            ("paid", &desk.money(revenue.paid.amount_minor)),
            ("refunded", &desk.money(revenue.refunded.amount_minor)),
        ],
    );
    let outcome = desk
        .outcome(call, text)
        .over(period)
        .naming(staff.map(|staff| staff.name.clone()).into_iter().collect());
    Ok(money(desk, outcome, &revenue))
}

fn money(desk: &Desk, outcome: Outcome, of: &Revenue) -> Outcome {
    outcome
        .with_money(desk, "revenue", of.net_minor())
        .with_money(desk, "paid", of.paid.amount_minor)
        .with_money(desk, "refunded", of.refunded.amount_minor)
        .with("payments", of.paid.counted)
        .with("refunds", of.refunded.counted)
}

/// Two periods. When the newer one still runs, the same days of the older are told too.
pub async fn compare(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let before = Unit::Month.period(period.from, -1);
    let with = Period {
        from: call.args.with_from.map_or(before.from, day_of),
        to: call.args.with_to.map_or(before.to, day_of),
    };
    let now = totals::revenue(desk.db(), period.from, period.to)
        .await?
        .net_minor();
    let then = totals::revenue(desk.db(), with.from, with.to).await?.net_minor();
    let more = desk.say(trend(now, then), &[("by", &desk.money((now - then).abs()))]);
    let mut text = desk.say(
        "revenue_compare",
        &[
            ("period", &desk.days(period)),
            ("revenue", &desk.money(now)),
            ("with", &desk.days(with)),
            ("before", &desk.money(then)),
            ("more", &more),
        ],
    );
    let mut outcome = desk
        .outcome(call, String::new())
        .over(period)
        .with_money(desk, "revenue", now)
        .with_money(desk, "revenue_before", then)
        .with_money(desk, "change", now - then);
    let elapsed = desk.today.0 - period.from.0;
    if period.to > desk.today && elapsed >= 0 && with.from.plus(elapsed) < with.to {
        let same = Period {
            from: with.from,
            to: with.from.plus(elapsed),
        };
        let minor = totals::revenue(desk.db(), same.from, same.to).await?.net_minor();
        text.push(' ');
        text.push_str(&desk.say(
            "same_days",
            &[("period", &desk.days(same)), ("revenue", &desk.money(minor))],
        ));
        outcome = outcome.with_money(desk, "revenue_before_same_days", minor);
    }
    outcome.text = text;
    Ok(outcome)
}

async fn of_directions(desk: &Desk, period: Period) -> AppResult<BTreeMap<String, Revenue>> {
    let mut found: BTreeMap<String, Revenue> = BTreeMap::new();
    let by = totals::revenue_by(desk.db(), TotalBy::Service, period.from, period.to).await?;
    let ids: Vec<i64> = by.iter().filter_map(|(key, _)| key.parse().ok()).collect();
    let mut offered = Vec::new();
    for chunk in ids.chunks(1_000) {
        offered.extend(services::get_many(desk.db(), chunk).await?);
    }
    for (key, revenue) in by {
        let service = offered.iter().find(|service| service.id.to_string() == key);
        let code = service
            .and_then(|service| service.direction.clone())
            .unwrap_or_default();
        let sum = found.entry(code).or_default();
        sum.paid.counted += revenue.paid.counted;
        sum.paid.amount_minor += revenue.paid.amount_minor;
        sum.refunded.counted += revenue.refunded.counted;
        sum.refunded.amount_minor += revenue.refunded.amount_minor;
    }
    Ok(found)
}

/// A direction in words; an own one by its code.
#[must_use]
pub fn direction_name(desk: &Desk, code: &str) -> String {
    match code {
        "fitness" | "coworking" | "coffee" | "kids" => desk.say(&format!("direction_{code}"), &[]),
        "" => desk.say("nothing_said", &[]),
        own => own.to_owned(),
    }
}

/// A breakdown, most first.
fn broken_down(
    desk: &Desk,
    call: &Call,
    period: Period,
    key: &str,
    mut rows: Vec<(String, Revenue)>,
) -> Outcome {
    rows.retain(|(_, revenue)| *revenue != Revenue::default());
    rows.sort_by(|(one, left), (other, right)| {
        right
            .net_minor()
            .cmp(&left.net_minor())
            .then_with(|| one.cmp(other))
    });
    let total: i64 = rows.iter().map(|(_, revenue)| revenue.net_minor()).sum();
    let most = call.args.limit.map_or(rows.len(), |limit| limit as usize);
    rows.truncate(most.min(super::tool::MOST_ROWS as usize));
    let lines: Vec<String> = rows
        .iter()
        .map(|(name, revenue)| format!("• {name} — {}", desk.money(revenue.net_minor())))
        .collect();
    let said = if rows.is_empty() {
        format!("{key}_none")
    } else {
        key.to_owned()
    };
    // Money that is nobody's is in the list, and leads nothing.
    let nobody = desk.say("nothing_said", &[]);
    let named = rows.iter().find(|(name, _)| *name != nobody).or(rows.first());
    let first = named.map(|(name, _)| name.clone()).unwrap_or_default();
    let text = desk.say(
        &said,
        &[
            ("period", &desk.days(period)),
            ("total", &desk.money(total)),
            ("first", &first),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = rows
        .iter()
        .map(|(name, revenue)| json!({"name": name, "revenue": revenue.net_minor(), "payments": revenue.paid.counted, "formatted": desk.money(revenue.net_minor())}))
        .collect();
    desk.outcome(call, text)
        .with_money(desk, "revenue", total)
        .with("rows", items)
        .over(period)
}

/// By service.
pub async fn by_service(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let rows = named_rows(desk, TotalBy::Service, Noun::Service, period).await?;
    Ok(broken_down(desk, call, period, "by_service", rows))
}

/// By trainer.
pub async fn by_trainer(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let rows = named_rows(desk, TotalBy::Staff, Noun::Staff, period).await?;
    let people = rows.iter().map(|(name, _)| name.clone()).collect();
    Ok(broken_down(desk, call, period, "by_trainer", rows).naming(people))
}

async fn named_rows(
    desk: &Desk,
    by: TotalBy,
    noun: Noun,
    period: Period,
) -> AppResult<Vec<(String, Revenue)>> {
    let nothing = desk.say("nothing_said", &[]);
    let name = |key: &str| {
        let id = key.parse::<i64>().unwrap_or_default();
        desk.names
            .of(noun)
            .iter()
            .find(|named| named.id == id)
            .map_or_else(|| nothing.clone(), |named| named.name.clone())
    };
    let found = totals::revenue_by(desk.db(), by, period.from, period.to).await?;
    Ok(found
        .into_iter()
        .map(|(key, revenue)| (name(&key), revenue))
        .collect())
}

/// By method of payment.
pub async fn by_method(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let found = totals::revenue_by(desk.db(), TotalBy::Method, period.from, period.to).await?;
    let rows = found
        .into_iter()
        .map(|(key, revenue)| (desk.say(&format!("method_{key}"), &[]), revenue))
        .collect();
    Ok(broken_down(desk, call, period, "by_method", rows))
}

/// By direction.
pub async fn by_direction(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let found = of_directions(desk, period).await?;
    let rows = found
        .into_iter()
        .map(|(code, revenue)| (direction_name(desk, &code), revenue))
        .collect();
    Ok(broken_down(desk, call, period, "by_direction", rows))
}

/// The mean of completed payments, to the nearest minor unit.
pub async fn average(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let paid = totals::of(desk.db(), Measure::Paid, period.from, period.to).await?;
    if paid.counted <= 0 {
        let text = desk.say("average_none", &[("period", &desk.days(period))]);
        return Ok(desk.outcome(call, text).with("payments", 0).over(period));
    }
    let mean = (paid.amount_minor + paid.counted / 2).div_euclid(paid.counted);
    let text = desk.say(
        "average",
        &[
            ("period", &desk.days(period)),
            ("average", &desk.money(mean)),
            ("payments", &desk.count(paid.counted, "payment")),
            ("paid", &desk.money(paid.amount_minor)),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with_money(desk, "average", mean)
        .with_money(desk, "paid", paid.amount_minor)
        .with("payments", paid.counted)
        .over(period))
}

/// Who paid most.
pub async fn top_clients(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Year));
    let found = payments::top_clients(desk.db(), period.from, period.to, desk.rows(call) as u64).await?;
    let text = desk.say(
        if found.is_empty() {
            "top_clients_none"
        } else {
            "top_clients"
        },
        &[("period", &desk.days(period))],
    );
    people_list(desk, call, text, &found)
        .await
        .map(|outcome| outcome.over(period))
}

/// Who owes; of one who is named, how much.
pub async fn debtors(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let at = debts::At {
        now: desk.now,
        today: desk.today,
    };
    if call.args.client.is_some() {
        return debt_of(desk, call, at).await;
    }
    let all = debts::all(desk.db(), at).await?;
    let total: i64 = all.iter().map(|(_, minor)| minor).sum();
    let text = desk.say(
        if all.is_empty() { "debtors_none" } else { "debtors" },
        &[
            ("day", &desk.day(desk.today)),
            ("clients", &desk.count(count_of(all.len()), "client")),
            ("total", &desk.money(total)),
        ],
    );
    let shown = &all[..all.len().min(desk.rows(call))];
    let outcome = people_list(desk, call, text, shown).await?;
    Ok(outcome
        .with("count", count_of(all.len()))
        .with_money(desk, "owed", total))
}

async fn debt_of(desk: &Desk, call: &Call, at: debts::At) -> AppResult<Outcome> {
    let (client, contact) = match one(desk, call).await? {
        Ok(found) => found,
        Err(outcome) => return Ok(outcome),
    };
    let owed = debts::of_client(desk.db(), client.id, at).await?;
    let text = desk.say(
        if owed == 0 { "debt_of_none" } else { "debt_of" },
        &[
            ("name", &contact.name),
            ("day", &desk.day(desk.today)),
            ("owed", &desk.money(owed)),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with("client_id", client.id)
        .with("name", contact.name.clone())
        .with_money(desk, "owed", owed)
        .naming(vec![contact.name]))
}

async fn people_list(desk: &Desk, call: &Call, head: String, rows: &[(i64, i64)]) -> AppResult<Outcome> {
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    let people = names(desk, &ids).await?;
    let lines = people
        .iter()
        .zip(rows)
        .enumerate()
        .map(|(place, (name, (_, minor)))| format!("\n{}. {name} — {}", place + 1, desk.money(*minor)));
    let text = lines.fold(head, |text, line| text + &line);
    let items: Vec<_> = people
        .iter()
        .zip(rows)
        .map(|(name, (id, minor))| json!({"client_id": id, "name": name, "amount": minor, "formatted": desk.money(*minor)}))
        .collect();
    let currency = desk.app.config.currency.clone();
    Ok(desk
        .outcome(call, text)
        .with("clients", items)
        .with("currency", currency)
        .naming(people))
}

/// What was given back.
pub async fn refunds(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let found = totals::of(desk.db(), Measure::Refunded, period.from, period.to).await?;
    let key = if found.counted == 0 {
        "refunds_none"
    } else {
        "refunds"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("refunds", &desk.count(found.counted, "refund")),
            ("amount", &desk.money(found.amount_minor)),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with("refunds", found.counted)
        .with_money(desk, "refunded", found.amount_minor)
        .over(period))
}

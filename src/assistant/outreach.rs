//! Tools about campaigns and dialogs.

use std::collections::BTreeMap;

use alfa_store::assistant as rows;
use serde_json::json;

use super::clients::number;
use super::desk::{Desk, Ending, Outcome, stamp};
use super::names::{Named, Noun};
use super::tool::Call;
use crate::campaigns::stats::{self, Stats};
use crate::error::AppResult;

/// Campaigns that are compared: the newest.
const MOST_COMPARED: usize = 50;

/// The campaign that is named, or the newest.
async fn campaign(desk: &Desk, call: &Call) -> AppResult<Result<(String, Stats), Outcome>> {
    let named = match desk.named(call, Noun::Campaign) {
        Ok(found) => found.or(desk.names.campaigns.first()),
        Err(outcome) => return Ok(Err(*outcome)),
    };
    let Some(named) = named else {
        let mut outcome = desk
            .outcome(call, desk.say("no_campaigns", &[]))
            .with("campaigns", 0);
        outcome.ending = Ending::NoSuch;
        return Ok(Err(outcome));
    };
    let (row, stats) = stats::by_id(&desk.app, named.id).await?;
    Ok(Ok((row.name, stats)))
}

/// Whole percent of a share from 0 to 1.
fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// The campaign's figures.
pub async fn funnel(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let (name, of) = match campaign(desk, call).await? {
        Ok(found) => found,
        Err(outcome) => return Ok(outcome),
    };
    let text = desk.say(
        "funnel",
        &[
            ("name", &name),
            ("total", &desk.count(of.total, "person")),
            ("sent", &desk.number(of.sent)),
            ("read", &desk.number(of.read)),
            ("read_percent", &percent(of.read_rate).to_string()),
            ("replied", &desk.number(of.replied)),
            ("reply_percent", &percent(of.reply_rate).to_string()),
            ("stopped", &desk.number(of.opted_out)),
            ("left", &desk.number(of.pending + of.queued)),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with("campaign", name)
        .with("total", of.total)
        .with("sent", of.sent)
        .with("read", of.read)
        .with("replied", of.replied)
        .with("opted_out", of.opted_out)
        .with("left", of.pending + of.queued)
        .with("read_percent", percent(of.read_rate))
        .with("reply_percent", percent(of.reply_rate)))
}

/// The two campaigns that are named; all when it is fewer. One that does not exist is compared with nothing.
fn chosen<'a>(desk: &'a Desk, call: &Call) -> Result<Vec<&'a Named>, Box<Outcome>> {
    let one = desk.named(call, Noun::Campaign)?;
    let mut with = call.clone();
    with.args.campaign.clone_from(&call.args.with_campaign);
    let other = desk.named(&with, Noun::Campaign).map_err(|mut outcome| {
        outcome.call = call.clone();
        outcome
    })?;
    Ok(match (one, other) {
        (Some(one), Some(other)) if one.id != other.id => vec![one, other],
        _ => desk.names.campaigns.iter().take(MOST_COMPARED).collect(),
    })
}

/// Campaigns beside each other, by the share of those who replied.
pub async fn compared(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let chosen = match chosen(desk, call) {
        Ok(chosen) => chosen,
        Err(outcome) => return Ok(*outcome),
    };
    let mut found = Vec::new();
    for named in chosen {
        let (row, of) = stats::by_id(&desk.app, named.id).await?;
        if of.delivered > 0 {
            found.push((row.name, of));
        }
    }
    found.sort_by(|(one, left), (other, right)| {
        right
            .reply_rate
            .total_cmp(&left.reply_rate)
            .then_with(|| one.cmp(other))
    });
    let lines: Vec<String> = found
        .iter()
        .map(|(name, of)| {
            desk.say(
                "campaign_line",
                &[
                    ("name", name),
                    ("delivered", &desk.number(of.delivered)),
                    ("replied", &desk.number(of.replied)),
                    ("percent", &percent(of.reply_rate).to_string()),
                ],
            )
        })
        .collect();
    let items: Vec<_> = found
        .iter()
        .map(|(name, of)| json!({"campaign": name, "delivered": of.delivered, "replied": of.replied, "reply_percent": percent(of.reply_rate)}))
        .collect();
    let most = found.iter().max_by_key(|(_, of)| of.replied);
    let outcome = match (found.as_slice(), most) {
        ([(best, first), .., (worst, last)], Some((most, of))) => {
            let text = desk.say(
                "campaigns_compared",
                &[
                    ("best", best),
                    ("best_percent", &percent(first.reply_rate).to_string()),
                    ("worst", worst),
                    ("worst_percent", &percent(last.reply_rate).to_string()),
                    ("most", most),
                    ("replied", &desk.number(of.replied)),
                    ("list", &lines.join("\n")),
                ],
            );
            desk.outcome(call, text)
                .with("best", best.clone())
                .with("worst", worst.clone())
                .with("most_replies", most.clone())
        }
        ([_], _) => desk.outcome(call, desk.say("campaigns_one", &[("list", &lines.join("\n"))])),
        _ => desk.outcome(call, desk.say("campaigns_unsent", &[])),
    };
    Ok(outcome
        .with("compared", super::clients::count_of(found.len()))
        .with("campaigns", items))
}

/// Which text brought more.
pub async fn variant(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let (name, of) = match campaign(desk, call).await? {
        Ok(found) => found,
        Err(outcome) => return Ok(outcome),
    };
    let mut variants = of.by_variant;
    variants.sort_by(|left, right| {
        right
            .reply_rate
            .total_cmp(&left.reply_rate)
            .then(left.variant.cmp(&right.variant))
    });
    let lines: Vec<String> = variants
        .iter()
        .map(|one| {
            desk.say(
                "variant_line",
                &[
                    ("number", &(one.variant + 1).to_string()),
                    ("sent", &desk.number(one.sent)),
                    ("replied", &desk.number(one.replied)),
                    ("percent", &percent(one.reply_rate).to_string()),
                ],
            )
        })
        .collect();
    let best = variants
        .first()
        .filter(|one| one.sent > 0)
        .map(|one| one.variant + 1);
    let key = match (variants.is_empty(), best) {
        (true, _) => "variants_none",
        (false, None) => "variants_unsent",
        (false, Some(_)) => "variants",
    };
    let text = desk.say(
        key,
        &[
            ("name", &name),
            ("best", &best.unwrap_or(1).to_string()),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = variants.iter().map(|one| json!({"variant": one.variant + 1, "sent": one.sent, "replied": one.replied, "reply_percent": percent(one.reply_rate)})).collect();
    Ok(desk
        .outcome(call, text)
        .with("campaign", name)
        .with("best_variant", best)
        .with("variants", items))
}

/// What people answer.
pub async fn classes(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.last_days(30));
    let span = desk.calendar.span(period.from, period.to);
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for (labels, count) in rows::labels(desk.db(), span.from, span.to).await? {
        for class in serde_json::from_str::<Vec<String>>(&labels).unwrap_or_default() {
            *counted.entry(class).or_default() += count;
        }
    }
    let mut found: Vec<(String, i64)> = counted.into_iter().collect();
    found.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    let lines: Vec<String> = found
        .iter()
        .map(|(class, count)| {
            format!(
                "• {} — {}",
                desk.say(&format!("class_{class}"), &[]),
                desk.number(*count)
            )
        })
        .collect();
    let key = if found.is_empty() {
        "classes_none"
    } else {
        "classes"
    };
    let text = desk.say(
        key,
        &[("period", &desk.days(period)), ("list", &lines.join("\n"))],
    );
    let items: Vec<_> = found
        .iter()
        .map(|(class, count)| json!({"class": class, "count": count}))
        .collect();
    Ok(desk.outcome(call, text).with("classes", items).over(period))
}

/// Who waits for an answer.
pub async fn waiting(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let (found, total) = rows::waiting_for_answer(desk.db(), desk.rows(call) as u64).await?;
    let total = number(total);
    let since = |row: &alfa_store::entity::contacts::Model| row.last_inbound_at.unwrap_or_default();
    let lines: Vec<String> = found
        .iter()
        .map(|row| format!("• {} — {}", row.name, desk.moment(since(row))))
        .collect();
    let key = if total == 0 { "waiting_none" } else { "waiting" };
    let text = desk.say(
        key,
        &[
            ("people", &desk.count(total, "person")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .map(|row| json!({"contact_id": row.id, "name": row.name, "since": stamp(since(row))}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("waiting", total)
        .with("people", items)
        .naming(found.into_iter().map(|row| row.name).collect()))
}

//! A rehearsal: a campaign with copies of some of its people, run by another Alfa on a database of its own against a simulated
//! Telegram, in virtual time. Nobody real is written to, and nothing of the campaign or its people changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use alfa_store::entity::{campaigns, contacts, jobs as job_row, messages};
use alfa_store::jobs::NewJob;
use alfa_store::outreach::{audience, people};
use alfa_store::types::MessageDirection;
use alfa_store::{Page, UnixMillis, jobs};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rehearsal_world::{World, copies};
use super::service::{self, CampaignRequest, PaceRequest};
use super::stats::{self, Stats};
use super::steps::{self, FollowUp};
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::error::{AppError, AppResult};
use crate::jobs::Held;

/// Kind of the job that rehearses.
pub const JOB_KIND: &str = "rehearse_campaign";
/// People of a campaign that are rehearsed with, at most.
pub const MOST_PEOPLE: u32 = 100;
/// People when nothing is said.
pub const DEFAULT_PEOPLE: u32 = 20;
/// Texts that a report shows.
const TEXTS_SHOWN: usize = 50;
/// Messages of one dialog that a report looks at.
const MESSAGES_OF_ONE: u64 = 50;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    campaign_id: i64,
    people: u32,
}

/// What came of a rehearsal.
#[derive(Debug, Serialize)]
struct Report {
    campaign_id: i64,
    /// The state in which the rehearsed campaign ended, and why.
    status: String,
    status_reason: Option<String>,
    /// It came to its end within the time that a rehearsal lasts.
    finished: bool,
    people: i64,
    sent: i64,
    skipped: i64,
    failed: i64,
    read: i64,
    replied: i64,
    opted_out: i64,
    /// Skipped and failed, by reason: what went wrong.
    errors: BTreeMap<String, i64>,
    /// What people answered, by class, as the classifier understood it.
    replies: BTreeMap<String, u64>,
    by_stage: BTreeMap<String, i64>,
    /// From the start to the last first message.
    duration_seconds: Option<i64>,
    /// What the forecast had said of it.
    forecast_seconds: Option<i64>,
    texts: Vec<Text>,
}

/// A text that a person of the rehearsal got.
#[derive(Debug, Serialize)]
struct Text {
    contact_id: i64,
    text: String,
    sent_after_seconds: i64,
}

/// Asks for a rehearsal in the background. While one of the campaign goes on, the same is answered.
///
/// # Errors
/// When there is no such campaign.
pub async fn enqueue(app: &App, campaign_id: i64, people: Option<u32>) -> AppResult<job_row::Model> {
    let people = people.unwrap_or(DEFAULT_PEOPLE).clamp(1, MOST_PEOPLE);
    let now = app.clock.now();
    let tx = app.begin().await?;
    service::find(&tx, campaign_id).await?;
    let job = NewJob {
        kind: JOB_KIND.to_owned(),
        unique_key: Some(format!("{JOB_KIND}:{campaign_id}")),
        payload: json!(Payload { campaign_id, people }).to_string(),
        run_at: now,
    };
    let id = jobs::enqueue(&tx, &job, now).await?.id();
    let row = jobs::get(&tx, id).await?;
    tx.commit().await?;
    app.wakes.jobs.signal();
    Ok(row)
}

/// Rehearses: the job. After a restart it begins anew.
///
/// # Errors
/// Of the database; when the simulated Telegram does not start; what the campaign is refused for.
pub async fn run_job(app: &Arc<App>, job: &Held) -> AppResult<serde_json::Value> {
    let payload: Payload = serde_json::from_str(&job.row.payload).map_err(AppError::internal)?;
    let campaign = service::find(app.store.reader(), payload.campaign_id).await?;
    let world = World::open(app, job.row.id).await?;
    let report = rehearse(app, &world, &campaign, payload.people).await;
    world.close().await;
    serde_json::to_value(report?).map_err(AppError::internal)
}

async fn rehearse(app: &App, world: &World, campaign: &campaigns::Model, people: u32) -> AppResult<Report> {
    let originals = audience_of(app, campaign.id, people).await?;
    let copied = copies(app, &world.app, &originals).await?;
    world.start().await?;
    let steps = steps::of_campaigns(app, std::slice::from_ref(campaign)).await?;
    let request = CampaignRequest {
        name: campaign.name.clone(),
        description: None,
        product_id: campaign.product_id,
        contact_ids: copied.keys().copied().collect(),
        templates: super::draft::templates_of(campaign),
        follow_ups: steps.into_iter().map(|(_, step)| step).collect::<Vec<FollowUp>>(),
        scheduled_at: None,
        // Nobody is there to approve.
        approval: Some(alfa_store::types::Approval::Auto),
        pace: PaceRequest {
            batch_size: Some(i64::from(campaign.batch_size)),
            delay_s: campaign.delay_ms.map(|ms| ms as f64 / SECOND_MS as f64),
        },
    };
    let id = service::create(&world.app, request).await?.campaign.id;
    let started_at = world.app.clock.now();
    let begun = service::initiate(&world.app, id, PaceRequest::default()).await?;
    let finished = world.run(id).await?;
    let (ended, figures) = stats::by_id(&world.app, id).await?;
    let since = |at: UnixMillis| at.ms_since(started_at) / SECOND_MS;
    let seen = look(world, id, &copied, since).await?;
    Ok(Report {
        status: ended.state.to_string(),
        status_reason: ended.state_reason,
        finished,
        duration_seconds: seen.last_first_message_s,
        forecast_seconds: begun.expected_finish_at.map(since),
        replies: seen.replies,
        texts: seen.texts,
        ..counted(campaign.id, figures)
    })
}

fn counted(campaign_id: i64, figures: Stats) -> Report {
    Report {
        campaign_id,
        status: String::new(),
        status_reason: None,
        finished: false,
        people: figures.total,
        sent: figures.sent,
        skipped: figures.skipped,
        failed: figures.failed,
        read: figures.read,
        replied: figures.replied,
        opted_out: figures.opted_out,
        errors: figures.by_reason,
        replies: BTreeMap::new(),
        by_stage: figures.by_stage,
        duration_seconds: None,
        forecast_seconds: None,
        texts: Vec::new(),
    }
}

/// The first people of the campaign.
async fn audience_of(app: &App, campaign_id: i64, people: u32) -> AppResult<Vec<contacts::Model>> {
    let db = app.store.reader();
    let filter = audience::Filter::default();
    let page = audience::list(db, campaign_id, &filter, &Page::first(people)).await?;
    let ids: Vec<i64> = page.items.iter().map(|row| row.contact_id).collect();
    Ok(alfa_store::contacts::get_many(db, &ids).await?)
}

/// What the dialogs of a rehearsal show.
#[derive(Default)]
struct Seen {
    replies: BTreeMap<String, u64>,
    texts: Vec<Text>,
    last_first_message_s: Option<i64>,
}

/// Reads the dialogs. `copied`: whose copy each contact is.
async fn look(
    world: &World,
    campaign_id: i64,
    copied: &BTreeMap<i64, i64>,
    since: impl Fn(UnixMillis) -> i64,
) -> AppResult<Seen> {
    let db = world.app.store.reader();
    let mut seen = Seen::default();
    for (copy, original) in copied {
        let mut first_message = true;
        for message in people::newest_messages(db, *copy, MESSAGES_OF_ONE).await? {
            if message.direction == MessageDirection::In {
                for class in classes(&message) {
                    *seen.replies.entry(class).or_default() += 1;
                }
                continue;
            }
            let after_s = since(message.sent_at);
            if first_message && message.campaign_id == Some(campaign_id) {
                seen.last_first_message_s = seen.last_first_message_s.max(Some(after_s));
            }
            first_message = false;
            seen.texts.push(Text {
                contact_id: *original,
                text: message.text,
                sent_after_seconds: after_s,
            });
        }
    }
    seen.texts.sort_by_key(|text| text.sent_after_seconds);
    seen.texts.truncate(TEXTS_SHOWN);
    Ok(seen)
}

/// The classes found in a message; what was only noted has none.
fn classes(message: &messages::Model) -> Vec<String> {
    let labels = message.labels.as_deref().unwrap_or("[]");
    serde_json::from_str(labels).unwrap_or_default()
}

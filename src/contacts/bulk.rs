//! What is done to many contacts at once: a background job over those that are named or that fit a filter.

use std::collections::BTreeSet;
use std::sync::Arc;

use alfa_store::contacts::consent::Grant;
use alfa_store::contacts::{self as rows, Filter, tags};
use alfa_store::entity::jobs as job_row;
use alfa_store::jobs::{self, NewJob};
use alfa_store::types::ConsentBasis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bulk_undo::Change;
use super::manual;
use crate::app::App;
use crate::campaigns::stages::{MoveRequest, move_in};
use crate::error::{AppError, AppResult};
use crate::funnel::{LostReason, Stage};
use crate::inbox::service::record_opt_out;
use crate::jobs::Held;
use crate::once::{self, Made};

/// The kind of these jobs.
pub const JOB_KIND: &str = "contacts_bulk";
/// Contacts that a request may name.
pub const MAX_NAMED: usize = 10_000;
/// Contacts between two signs of progress.
const CHUNK: u64 = 200;

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Gives tags.
    AddTags { tags: Vec<String> },
    /// Takes tags away.
    RemoveTags { tags: Vec<String> },
    /// Moves in the funnel, as one contact is moved by hand.
    SetStage {
        stage: Stage,
        reason: Option<LostReason>,
    },
    /// Records consent, unless it was revoked.
    GrantConsent { basis: ConsentBasis, evidence: String },
    /// Records that they want no messages.
    OptOut,
    /// Deletes with everything about the person.
    Delete,
}

/// Who, and what is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// These; none: those that fit the filter.
    pub ids: Option<Vec<i64>>,
    /// Those that fit, when nobody is named.
    pub filter: Filter,
    /// What is done.
    pub action: Action,
    /// Who asked for it.
    pub by: String,
}

/// Where a job is, and what it did so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Done {
    pub after: i64,
    changed: u64,
    unchanged: u64,
    refused: u64,
}

/// A request with the last contact that was there when it was asked for: who comes later is not meant.
#[derive(Serialize, Deserialize)]
pub(super) struct Payload {
    pub request: Request,
    up_to: i64,
}

/// Asks for it in the background.
///
/// # Errors
/// Of the database.
pub async fn enqueue(app: &App, mut request: Request) -> AppResult<job_row::Model> {
    let now = app.clock.now();
    if let Some(ids) = &mut request.ids {
        ids.sort_unstable();
        ids.dedup();
    }
    let total = match &request.ids {
        Some(ids) => ids.len() as u64,
        None => rows::total(&app.store, &request.filter).await?,
    };
    let tx = app.begin().await?;
    let detail = json!({"action": request.action, "contacts": total}).to_string();
    let up_to = rows::newest_id(&tx).await?;
    let by = request.by.clone();
    let job = NewJob {
        kind: JOB_KIND.to_owned(),
        unique_key: None,
        payload: serde_json::to_string(&Payload { request, up_to }).map_err(AppError::internal)?,
        run_at: now,
    };
    let id = jobs::enqueue(&tx, &job, now).await?.id();
    alfa_store::access::audit(
        &tx,
        &by,
        "contacts.bulk",
        &format!("job:{id}"),
        Some(&detail),
        now,
    )
    .await?;
    once::made(&tx, &Made::Job { id }).await?;
    let row = jobs::get(&tx, id).await?;
    tx.commit().await?;
    app.wakes.jobs.signal();
    Ok(row)
}

/// Does it. After a restart it goes on behind the last sign of progress: doing it to a contact twice changes nothing more.
///
/// # Errors
/// Of the database; when the job was taken over.
pub async fn run_job(app: &Arc<App>, job: &Held) -> AppResult<serde_json::Value> {
    let Payload { request, up_to } = serde_json::from_str(&job.row.payload).map_err(AppError::internal)?;
    let mut done = Done::of(job);
    let total = match &request.ids {
        Some(ids) => ids.len() as u64,
        None => rows::total(&app.store, &request.filter).await? + done.seen(),
    };
    loop {
        let ids = next(app, &request, done.after, up_to).await?;
        let Some(last) = ids.last().copied() else { break };
        for id in ids {
            done.count(apply(app, &request, (job.row.id, id)).await)?;
        }
        done.after = last;
        done.keep(app, job, total).await?;
    }
    Ok(done.report())
}

async fn next(app: &App, request: &Request, after: i64, up_to: i64) -> AppResult<Vec<i64>> {
    let Some(ids) = &request.ids else {
        let mut found = rows::ids_after(app.store.reader(), &request.filter, after, CHUNK).await?;
        found.retain(|id| *id <= up_to);
        return Ok(found);
    };
    let rest: BTreeSet<i64> = ids.iter().copied().filter(|id| *id > after).collect();
    Ok(rest.into_iter().take(CHUNK as usize).collect())
}

/// Whether it changed the contact.
async fn apply(app: &Arc<App>, request: &Request, (job_id, id): (i64, i64)) -> AppResult<bool> {
    let by = &request.by;
    match &request.action {
        Action::AddTags { tags: wanted } => {
            change_tags(app, (job_id, id), |own| own.extend(wanted.iter().cloned())).await
        }
        Action::RemoveTags { tags: unwanted } => {
            change_tags(app, (job_id, id), |own| own.retain(|tag| !unwanted.contains(tag))).await
        }
        Action::SetStage { stage, reason } => {
            let request = MoveRequest {
                stage: *stage,
                reason: *reason,
                message_id: None,
            };
            set_stage(app, (job_id, id), request, by).await
        }
        Action::GrantConsent { basis, evidence } => {
            let contact = rows::get(app.store.reader(), id).await?;
            if contact.consent_basis == *basis {
                return Ok(false);
            }
            let grant = Grant {
                basis: *basis,
                evidence: Some(evidence.clone()),
                recorded_by: by.clone(),
                wording: None,
            };
            manual::grant(app, id, grant, false).await?;
            Ok(true)
        }
        Action::OptOut => {
            if rows::get(app.store.reader(), id).await?.opted_out_at.is_some() {
                return Ok(false);
            }
            record_opt_out(app, id, by).await?;
            Ok(true)
        }
        Action::Delete => {
            manual::delete(app, id, by).await?;
            Ok(true)
        }
    }
}

async fn set_stage(app: &App, (job_id, id): (i64, i64), request: MoveRequest, by: &str) -> AppResult<bool> {
    let tx = app.begin().await?;
    let from = Stage::of(rows::get(&tx, id).await?.stage);
    if from == request.stage {
        return Ok(false);
    }
    move_in(app, &tx, id, request, by).await?;
    let change = Change::Stage {
        from,
        to: request.stage,
    };
    change.note(app, &tx, (job_id, id)).await?;
    tx.commit().await?;
    app.events.announce();
    app.wakes.planner.signal();
    Ok(true)
}

async fn change_tags(
    app: &App,
    (job_id, id): (i64, i64),
    change: impl FnOnce(&mut BTreeSet<String>),
) -> AppResult<bool> {
    let tx = app.begin().await?;
    rows::get(&tx, id).await?;
    let own: BTreeSet<String> = tags::of(&tx, id).await?.into_iter().collect();
    let mut wanted = own.clone();
    change(&mut wanted);
    if wanted == own {
        return Ok(false);
    }
    let change = Change::Tags {
        added: wanted.difference(&own).cloned().collect(),
        removed: own.difference(&wanted).cloned().collect(),
    };
    let wanted: Vec<String> = wanted.into_iter().collect();
    tags::set(&tx, id, &wanted).await?;
    change.note(app, &tx, (job_id, id)).await?;
    tx.commit().await?;
    Ok(true)
}

impl Done {
    /// Where a job was left.
    pub fn of(job: &Held) -> Self {
        let begun = job.row.cursor.as_deref();
        begun
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// Counts what came of a contact; what is no refusal is an error.
    pub fn count(&mut self, changed: AppResult<bool>) -> AppResult<()> {
        match changed {
            Ok(true) => self.changed += 1,
            Ok(false) => self.unchanged += 1,
            Err(AppError::Conflict { .. } | AppError::NotFound { .. }) => self.refused += 1,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Keeps how far the job is, and tells whoever watches.
    pub async fn keep(&self, app: &App, job: &Held, total: u64) -> AppResult<()> {
        let cursor = serde_json::to_string(self).map_err(AppError::internal)?;
        let tx = app.begin().await?;
        let (seen, total) = (self.seen(), total.max(self.seen()));
        job.progress(&tx, seen as i64, Some(total as i64), &cursor)
            .await?;
        job.announce(app, &tx).await?;
        tx.commit().await?;
        app.events.announce();
        Ok(())
    }

    /// What came of the job.
    pub fn report(&self) -> serde_json::Value {
        json!({"changed": self.changed, "unchanged": self.unchanged, "refused": self.refused})
    }

    /// Contacts that were looked at.
    pub fn seen(&self) -> u64 {
        self.changed + self.unchanged + self.refused
    }
}

//! The world of a rehearsal: another Alfa in a folder of its own, with a simulated Telegram and a clock that is moved from
//! one awaited moment to the next.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alfa_store::contacts::consent::{self, Grant};
use alfa_store::contacts::{self, Profile};
use alfa_store::entity::contacts as contact;
use alfa_store::outreach::people;
use alfa_store::types::{CampaignState, ConsentBasis, ContactSource, ContactStatus, KnowledgeSource};
use alfa_store::{DatabaseUrl, Store, UnixMillis};

use super::service;
use crate::app::App;
use crate::clock::{Clock, DAY_MS, HOUR_MS, VirtualTime};
use crate::config::{Config, Providers, Secret};
use crate::error::{AppError, AppResult};
use crate::policy::people::person;

/// Virtual time that a rehearsal lasts at most, in milliseconds.
const LONGEST_MS: i64 = 45 * DAY_MS;
/// Virtual time for the last answers, after the campaign's end.
const ANSWERS_MS: i64 = HOUR_MS;
/// Real time that a rehearsal may take.
const LONGEST_REAL: Duration = Duration::from_secs(180);
/// Looks without any activity after which everything is taken to be quiet.
const QUIET_LOOKS: u32 = 6;
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// A look that comes later than this says nothing.
const LATE: Duration = Duration::from_millis(4);

/// A running rehearsal.
pub(super) struct World {
    pub app: Arc<App>,
    time: Arc<VirtualTime>,
    folder: PathBuf,
    began: Instant,
    stopping: tokio_util::sync::CancellationToken,
}

impl World {
    /// Opens a fresh database with the present knowledge base. Nothing runs yet.
    pub async fn open(app: &App, job_id: i64) -> AppResult<Self> {
        let folder = app.config.data_dir.join(format!("rehearsal-{job_id}"));
        // A process killed in a rehearsal has left it.
        remove(&folder);
        std::fs::create_dir_all(&folder).map_err(AppError::internal)?;
        let world = Self::open_in(app, folder.clone()).await;
        if world.is_err() {
            remove(&folder);
        }
        world.map_err(AppError::Internal)
    }

    async fn open_in(app: &App, folder: PathBuf) -> anyhow::Result<Self> {
        let file = folder.join("rehearsal.db");
        let url = DatabaseUrl::Sqlite(file.clone());
        let store = Store::connect(&url).await?;
        store.migrate().await?;
        let tx = store.begin().await?;
        let body = app.knowledge().to_json()?;
        let now = app.clock.now();
        let version = alfa_store::knowledge::NewVersion {
            body: &body,
            source: KnowledgeSource::Edit,
            author: "rehearsal",
            parent_id: None,
            action: None,
            subject: None,
        };
        alfa_store::knowledge::append(&tx, &version, now).await?;
        tx.commit().await?;
        store.close().await?;
        let config = Config {
            telegram: None,
            bot_token: None,
            // A rehearsal asks no provider: it costs nothing and tells nobody anything.
            providers: Providers::default(),
            database_url: Secret::new(format!("sqlite:///{}", file.display())),
            data_dir: folder.clone(),
            sandbox_scenario: None,
            simulator: None,
            pacing: true,
            ..app.config.clone()
        };
        let (clock, time) = Clock::at(now, app.clock.random_u64());
        let own = App::open(config, clock).await?;
        own.put_changes_in_force(app.changes());
        Ok(Self {
            app: own,
            time,
            folder,
            began: Instant::now(),
            stopping: app.workers.stopping().clone(),
        })
    }

    /// Starts the workers and the simulated Telegram.
    pub async fn start(&self) -> AppResult<()> {
        self.app.start().await.map_err(AppError::Internal)?;
        self.settle().await;
        Ok(())
    }

    /// Lets virtual time pass until the campaign has ended and the last answers came; answers whether it has ended.
    pub async fn run(&self, campaign_id: i64) -> AppResult<bool> {
        let limit = self.time.now().plus_ms(LONGEST_MS);
        let mut ended_at: Option<UnixMillis> = None;
        loop {
            self.settle().await;
            let state = service::find(self.app.store.reader(), campaign_id).await?.state;
            if ended_at.is_none() && ended(state) {
                ended_at = Some(self.time.now());
            }
            let until = ended_at.map_or(limit, |at| at.plus_ms(ANSWERS_MS));
            let late = self.began.elapsed() > LONGEST_REAL || self.stopping.is_cancelled();
            if late || !self.time.advance(until) {
                return Ok(ended_at.is_some());
            }
        }
    }

    fn activity(&self) -> (bool, [u64; 4]) {
        let (workers, client, simulator) = (
            self.app.workers.activity(),
            self.app.accounts.activity(),
            self.app.accounts.simulator_activity(),
        );
        let idle = workers.working() == 0
            && client.is_idle()
            && simulator.in_progress() == 0
            && self.time.waking() == 0;
        let counts = [
            workers.steps(),
            client.ticks(),
            simulator.count(),
            self.time.sleeps(),
        ];
        (idle, counts)
    }

    /// Waits, in real time, until nothing is being done any more.
    async fn settle(&self) {
        let mut last = self.activity().1;
        let mut quiet = 0;
        while quiet < QUIET_LOOKS && self.began.elapsed() < LONGEST_REAL {
            let looked = Instant::now();
            tokio::time::sleep(LOOK_EVERY).await;
            // On a busy machine whoever was woken may not have had the processor yet, as we had not.
            let late = looked.elapsed() > LATE;
            let (idle, now) = self.activity();
            quiet = if idle && now == last && !late {
                quiet + 1
            } else {
                0
            };
            last = now;
        }
    }

    /// Stops it and removes everything.
    pub async fn close(self) {
        self.app.shut_down().await;
        remove(&self.folder);
    }
}

fn ended(state: CampaignState) -> bool {
    matches!(
        state,
        CampaignState::Completed | CampaignState::Cancelled | CampaignState::Failed
    )
}

fn remove(folder: &std::path::Path) {
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "the folder of a rehearsal could not be removed");
    }
}

/// Copies people with everything that texts and the policy ask for, but with made-up phones and no other address. Answers
/// whose copy each is.
///
/// # Errors
/// When the database fails.
pub(super) async fn copies(
    real: &App,
    rehearsal: &App,
    originals: &[contact::Model],
) -> AppResult<BTreeMap<i64, i64>> {
    let now = rehearsal.clock.now();
    let ids: Vec<i64> = originals.iter().map(|row| row.id).collect();
    let known = people::load(real.store.reader(), &ids, now).await?;
    let zone = |id: i64| {
        let row = known.iter().find(|known| known.contact.id == id)?;
        let zone = person(row, 0, real.config.timezone).time_zone;
        Some(zone.name().to_owned())
    };
    let tx = rehearsal.begin().await?;
    let mut copied = BTreeMap::new();
    for (number, original) in (0..).zip(originals) {
        let profile = Profile {
            name: original.name.clone(),
            first_name: original.first_name.clone(),
            last_name: original.last_name.clone(),
            phone: addressed(original).then(|| made_up_phone(number)),
            profession: original.profession.clone(),
            interests: original.interests.clone(),
            age: original.age,
            goal: original.goal.clone(),
            language: original.language.clone(),
            // The made-up phone tells nothing of where the person lives.
            timezone: zone(original.id),
            ..Profile::default()
        };
        let id = contacts::create(&tx, profile, ContactSource::Manual, now)
            .await?
            .id;
        if original.consent_basis != ConsentBasis::None {
            let grant = Grant {
                basis: original.consent_basis,
                evidence: None,
                recorded_by: "rehearsal".to_owned(),
                wording: None,
            };
            consent::grant(&tx, id, &grant, now).await?;
        }
        if original.opted_out_at.is_some() {
            consent::opt_out(&tx, id, "rehearsal", None, now).await?;
        }
        if original.status != ContactStatus::Active {
            contacts::set_status(&tx, id, original.status, now).await?;
        }
        if let Some(at) = original.last_message_at.max(original.last_outreach_at) {
            contacts::note_outbound(&tx, id, at).await?;
        }
        copied.insert(id, original.id);
    }
    tx.commit().await?;
    Ok(copied)
}

fn addressed(original: &contact::Model) -> bool {
    original.phone.is_some() || original.username.is_some() || original.telegram_user_id.is_some()
}

/// A phone of the simulated Telegram, where whoever is looked up is made up.
fn made_up_phone(number: u32) -> String {
    format!("+7900555{number:04}")
}

//! An Alfa in virtual time with its own simulated Telegram.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use alfa::app::App;
use alfa::clock::{Clock, VirtualTime};
use alfa::config::Config;
use alfa_store::UnixMillis;
use alfa_store::entity::accounts;
use alfa_store::types::Environment;
use alfa_telegram_sim::ids::{Peer, UserId};
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;
use alfa_telegram_sim::server::Running;
use alfa_telegram_sim::world::World;

/// 2026-11-20, 12:00 in Moscow.
pub const START: UnixMillis = UnixMillis(1_795_165_200_000);
/// The account that the sandbox signs in by itself, and the code that signs in.
pub const ACCOUNT_PHONE: &str = "+79990000001";
pub const CODE: &str = "12345";
/// Looks without any activity after which everything is taken to be quiet.
const QUIET_LOOKS: u32 = 4;
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// A look that comes later than this says nothing.
const LATE: Duration = Duration::from_millis(3);
/// Real time that the process may be busy without time moving on, before the test fails.
const LONGEST_BUSY: Duration = Duration::from_secs(60);

pub struct Alfa {
    pub app: Arc<App>,
    pub time: Arc<VirtualTime>,
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Alfa {
    /// Starts Alfa with this scenario (YAML) and these variables.
    pub async fn start(scenario: &str, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scenario.yaml");
        std::fs::write(&file, scenario).unwrap();
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Self::open(folder, variables, START, 7).await
    }

    async fn open(
        folder: tempfile::TempDir,
        variables: Vec<(String, String)>,
        now: UnixMillis,
        seed: u64,
    ) -> Self {
        let database = format!("sqlite:///{}", folder.path().join("alfa.db").display());
        let mut all = vec![
            ("DATABASE_URL".into(), database.into()),
            ("DATA_DIR".into(), folder.path().as_os_str().to_owned()),
            (
                "SANDBOX_SCENARIO".into(),
                folder.path().join("scenario.yaml").into_os_string(),
            ),
        ];
        all.extend(variables.iter().map(|(name, value)| (name.into(), value.into())));
        let config = Config::from_sources(all, None).unwrap();
        let (clock, time) = Clock::at(now, seed);
        let app = App::open(config, clock).await.unwrap();
        app.start().await.unwrap();
        let alfa = Self {
            app,
            time,
            folder,
            variables,
        };
        alfa.settle().await;
        alfa
    }

    /// Stops the process and starts it again in the same folder, so much later.
    pub async fn restart_after_ms(self, later_ms: i64) -> Self {
        self.app.shut_down().await;
        let now = self.time.now().plus_ms(later_ms);
        let seed = now.0.unsigned_abs();
        Self::open(self.folder, self.variables, now, seed).await
    }

    pub fn world(&self) -> World {
        self.app
            .accounts
            .simulator(|running| running.world().clone())
            .unwrap()
    }

    /// Methods that the product called and the simulator does not know.
    pub fn unknown_methods(&self) -> BTreeMap<String, u64> {
        self.app.accounts.simulator(Running::unknown_methods).unwrap()
    }

    /// The sandbox's account.
    pub async fn account(&self) -> accounts::Model {
        let rows = alfa_store::accounts::list(self.app.store.reader(), Environment::Sandbox)
            .await
            .unwrap();
        rows.into_iter()
            .find(|row| row.phone.as_deref() == Some(ACCOUNT_PHONE))
            .unwrap()
    }

    fn account_user(&self) -> UserId {
        self.world().by_phone(ACCOUNT_PHONE).unwrap().id
    }

    /// A person writes to the account.
    pub async fn person_says(&self, phone: &str, text: &str) {
        let person = self.world().by_phone(phone).unwrap().id;
        self.world().say(person, self.account_user(), text).unwrap();
        self.settle().await;
    }

    /// Somebody whom nobody knows writes to the account.
    pub async fn stranger_says(&self, phone: &str, text: &str) {
        self.world()
            .add_person(&PersonSpec::new(phone, PersonaKind::Silent));
        self.person_says(phone, text).await;
    }

    /// The operator writes from the phone.
    pub async fn phone_writes(&self, phone: &str, text: &str) {
        let person = self.world().by_phone(phone).unwrap().id;
        self.world()
            .phone_writes(self.account_user(), Peer::User(person), text)
            .unwrap();
        self.settle().await;
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
        (
            idle,
            [
                workers.steps(),
                client.ticks(),
                simulator.count(),
                self.time.sleeps(),
            ],
        )
    }

    /// Waits, in real time, until nothing is being done any more.
    pub async fn settle(&self) {
        let begun = std::time::Instant::now();
        let mut last = self.activity().1;
        let mut quiet = 0;
        while quiet < QUIET_LOOKS {
            assert!(
                begun.elapsed() < LONGEST_BUSY,
                "still busy: {:?}",
                self.activity()
            );
            let looked = std::time::Instant::now();
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

    /// Lets so much virtual time pass, from one awaited moment to the next.
    pub async fn pass_ms(&self, duration_ms: i64) {
        let limit = self.time.now().plus_ms(duration_ms);
        loop {
            self.settle().await;
            if !self.time.advance(limit) {
                return;
            }
        }
    }

    pub async fn stop(self) {
        self.app.shut_down().await;
    }
}

/// Signs a second account in, as an operator does.
pub async fn sign_in_second(alfa: &Alfa, phone: &str) {
    use alfa::accounts::service;
    let id = service::create(&alfa.app, "Второй", phone).await.unwrap().id;
    service::request_code(&alfa.app, id).await.unwrap();
    service::sign_in(&alfa.app, id, CODE).await.unwrap();
    alfa.settle().await;
}

//! A small simulated world, and clients of it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alfa_telegram::{
    ClientOptions, Endpoint, PeerRef, RsaPublicKey, SessionVault, SignIn, TelegramError, UserClient,
    VaultError,
};
use alfa_telegram_sim::fault::FaultRule;
use alfa_telegram_sim::ids::{Peer, UserId};
use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Running, Simulator};
use alfa_telegram_sim::world::World;
use alfa_telegram_sim::world::mailbox::Message;
use alfa_telegram_sim::world::types::{Caller, PageQuery};
use async_trait::async_trait;

pub const ALFA: &str = "+79990000001";
pub const BETA: &str = "+79990000002";
pub const BETA_PASSWORD: &str = "верный конь";
pub const CODE: &str = "24680";
pub const ANNA: &str = "+79161110001";
pub const BORIS: &str = "+79161110002";
pub const PRIVATE: &str = "+79161110003";
pub const EDITS: &str = "+79161110004";
pub const DELETES: &str = "+79161110005";

const SCENARIO: &str = r#"
code: "24680"
delays: {read: {min_ms: 1, max_ms: 5}, reply: {min_ms: 5, max_ms: 20}}
accounts:
  - {phone: "+79990000001", first_name: Alfa}
  - {phone: "+79990000002", first_name: Beta, password: "верный конь", hint: animal}
people:
  - {phone: "+79161110001", first_name: "Анна", username: anna_test}
  - {phone: "+79161110002", first_name: "Борис"}
  - {phone: "+79161110003", persona: private}
  - {phone: "+79161110004", persona: edits}
  - {phone: "+79161110005", persona: deletes}
  - {phone: "+79161110006", username: premium_only, privacy: {premium_only: true}}
  - {phone: "+79161110007", username: paid_only, privacy: {paid_stars: 50}}
groups:
  - {title: "Курьеры", kind: supergroup, username: riders_chat, generated_members: 450}
  - {title: "Соседи", kind: group, generated_members: 30}
  - {title: "Новости", kind: channel, generated_members: 5}
"#;

/// Everything here happens within seconds; a test that hangs must fail instead.
pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future)
        .await
        .expect("it takes too long")
}

/// A fault of one method; the rest as in a scenario file.
pub fn fault(method: &str, rest: &str) -> FaultRule {
    let text = format!(
        "faults:\n  - method: {method}\n    {}\n",
        rest.replace('\n', "\n    ")
    );
    Scenario::parse(&text).unwrap().faults.remove(0)
}

#[derive(Default)]
pub struct MemoryVault {
    data: Mutex<Option<Vec<u8>>>,
    broken: AtomicBool,
}

impl MemoryVault {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// From now on nothing can be saved, or again.
    pub fn set_broken(&self, broken: bool) {
        self.broken.store(broken, Ordering::SeqCst);
    }
}

#[async_trait]
impl SessionVault for MemoryVault {
    async fn load(&self) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.data.lock().unwrap().clone())
    }

    async fn save(&self, data: Vec<u8>) -> Result<(), VaultError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(VaultError("the disk is full".to_owned()));
        }
        *self.data.lock().unwrap() = Some(data);
        Ok(())
    }
}

pub struct Sim(Option<Running>);

impl Sim {
    pub async fn start() -> Self {
        Self::start_as(Options::new(Scenario::parse(SCENARIO).unwrap())).await
    }

    /// A world that is written down, and served where it was before.
    pub async fn start_with_journal(address: Option<SocketAddr>, journal: &Path) -> Self {
        let mut options = Options::new(Scenario::parse(SCENARIO).unwrap());
        options.address = address.unwrap_or(options.address);
        options.journal = Some(journal.to_owned());
        Self::start_as(options).await
    }

    async fn start_as(options: Options) -> Self {
        Self(Some(Simulator::start(options).await.unwrap()))
    }

    fn running(&self) -> &Running {
        self.0.as_ref().unwrap()
    }

    pub fn world(&self) -> &World {
        self.running().world()
    }

    pub fn address(&self) -> SocketAddr {
        self.running().address()
    }

    pub async fn shutdown(mut self) {
        self.0.take().unwrap().shutdown().await;
    }

    pub fn options(&self) -> ClientOptions {
        let rsa_public_key = RsaPublicKey::from_pem(&self.running().public_key().pem).unwrap();
        let endpoint = Endpoint::Sandbox {
            address: self.address(),
            rsa_public_key,
        };
        ClientOptions {
            request_timeout_ms: 10_000,
            ..ClientOptions::new(endpoint, 1, "hash")
        }
    }

    pub async fn client(&self, vault: &Arc<MemoryVault>) -> UserClient {
        UserClient::connect(self.options(), Arc::clone(vault) as Arc<dyn SessionVault>)
            .await
            .unwrap()
    }

    pub async fn signed_in(&self, phone: &str, vault: &Arc<MemoryVault>) -> UserClient {
        self.signed_in_with(self.options(), phone, vault).await
    }

    pub async fn signed_in_with(
        &self,
        options: ClientOptions,
        phone: &str,
        vault: &Arc<MemoryVault>,
    ) -> UserClient {
        let client = UserClient::connect(options, Arc::clone(vault) as Arc<dyn SessionVault>)
            .await
            .unwrap();
        self.sign_in(&client, phone).await;
        client
    }

    pub async fn sign_in(&self, client: &UserClient, phone: &str) {
        let request = client.request_code(phone).await.unwrap();
        assert!(matches!(
            client.sign_in(&request, CODE).await.unwrap(),
            SignIn::Done(_)
        ));
    }

    /// Looks a person up as the product does.
    pub async fn peer(&self, client: &UserClient, phone: &str) -> PeerRef {
        let found = client.import_phones(&[phone.to_owned()]).await.unwrap().found;
        found.first().expect("the person is there").1.reference
    }

    fn id(&self, phone: &str) -> UserId {
        self.world().by_phone(phone).unwrap().id
    }

    pub fn sessions(&self, phone: &str) -> usize {
        self.world().sessions(self.id(phone)).len()
    }

    pub fn revoke_sessions(&self, phone: &str) -> usize {
        self.world().revoke_sessions(self.id(phone))
    }

    pub fn scan_qr_code(&self, phone: &str) {
        let token = self.world().shown_login_tokens().pop().unwrap();
        self.world().accept_login_token(self.id(phone), &token).unwrap();
    }

    pub fn says(&self, person: &str, account: &str, text: &str) {
        self.world().say(self.id(person), self.id(account), text).unwrap();
    }

    pub fn phone_writes(&self, account: &str, person: &str, text: &str) {
        self.world()
            .phone_writes(self.id(account), Peer::User(self.id(person)), text)
            .unwrap();
    }

    /// The conversation as the account has it, newest first; at most 100.
    pub fn messages_of(&self, account: &str, person: &str) -> Vec<Message> {
        let query = PageQuery {
            offset_id: 0,
            offset_date_ms: 0,
            add_offset: 0,
            limit: 100,
            max_id: 0,
            min_id: 0,
        };
        let caller = Caller {
            account: self.id(account),
            key: None,
        };
        self.world()
            .history(caller, Peer::User(self.id(person)), &query)
            .unwrap()
            .messages
    }

    pub fn sent_count(&self) -> u64 {
        self.world().counters().get("delivered").copied().unwrap_or(0)
    }

    /// Whether the person has read all that the account wrote.
    pub fn has_read_all(&self, person: &str, account: &str) -> bool {
        let caller = Caller {
            account: self.id(account),
            key: None,
        };
        let page = self.world().dialogs(caller, 0, 0, 100);
        let peer = Peer::User(self.id(person));
        let dialog = page.dialogs.iter().find(|dialog| dialog.peer == peer).unwrap();
        dialog.top_message.as_ref().unwrap().id <= dialog.read_outbox_max_id
    }

    pub fn unread(&self, account: &str, person: &str) -> i32 {
        let caller = Caller {
            account: self.id(account),
            key: None,
        };
        let page = self.world().dialogs(caller, 0, 0, 100);
        let peer = Peer::User(self.id(person));
        page.dialogs
            .iter()
            .find(|dialog| dialog.peer == peer)
            .unwrap()
            .unread_count
    }

    pub fn add_fault(&self, rule: FaultRule) {
        self.world().add_fault(rule);
    }

    pub fn reset_faults(&self) {
        self.world().reset_faults();
    }

    /// Makes the server close the connection that this client uses.
    pub async fn close_connection(&self, client: &UserClient) {
        self.add_fault(fault("users.getUsers", "action: close_before\ntimes: 1"));
        let outcome = client.me().await;
        assert!(
            outcome.as_ref().is_err_and(TelegramError::outcome_is_unknown),
            "{outcome:?}"
        );
    }

    /// Methods that the client called and the simulator does not have.
    pub fn unknown_methods(&self) -> Vec<String> {
        self.running().unknown_methods().into_keys().collect()
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        if self.0.is_some() && !std::thread::panicking() {
            assert_eq!(
                self.unknown_methods(),
                [""; 0],
                "the client called what the simulator does not have"
            );
        }
    }
}

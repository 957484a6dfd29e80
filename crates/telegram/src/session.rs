//! The session of one account: kept in memory, written to the product's vault whenever it changes.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use grammers_session::types::{DcOption, PeerAuth, PeerId, PeerInfo, UpdateState, UpdatesState};
use grammers_session::{BoxFuture, SessionData};
use grammers_tl_types as tl;

use crate::session_format::{self, SessionState};
use crate::{Endpoint, Me, Peer, PeerRef, TelegramError, VaultError};

/// Where the product keeps the bytes of one account's session (encrypted, in its database).
#[async_trait]
pub trait SessionVault: Send + Sync + 'static {
    /// What was last saved, or nothing.
    async fn load(&self) -> Result<Option<Vec<u8>>, VaultError>;
    /// Replaces what was saved. It must be durable when this returns.
    async fn save(&self, data: Vec<u8>) -> Result<(), VaultError>;
}

/// People remembered while the process runs; beyond it the memory starts anew.
const MAX_KNOWN_PEOPLE: usize = 100_000;

pub(crate) struct Session {
    endpoint: Endpoint,
    vault: Arc<dyn SessionVault>,
    state: Mutex<SessionState>,
    people: Mutex<HashMap<i64, Peer>>,
    /// Saves follow one another, so that an older state never replaces a newer one.
    saving: tokio::sync::Mutex<()>,
    /// How many changes there were, and how many of them the vault has.
    changes: AtomicU64,
    saved: AtomicU64,
}

impl Session {
    pub(crate) async fn load(
        endpoint: Endpoint,
        vault: Arc<dyn SessionVault>,
    ) -> Result<Self, TelegramError> {
        let state = match vault.load().await? {
            Some(bytes) => session_format::from_bytes(&bytes, endpoint.environment())?,
            None => SessionState::new(),
        };
        let session = Self {
            endpoint,
            vault,
            state: Mutex::new(state),
            people: Mutex::default(),
            saving: tokio::sync::Mutex::default(),
            changes: AtomicU64::new(0),
            saved: AtomicU64::new(0),
        };
        if let Some(me) = session.me() {
            session.remember_reference(PeerRef {
                user_id: me.user_id,
                access_hash: me.access_hash,
            });
        }
        Ok(session)
    }

    fn state(&self) -> MutexGuard<'_, SessionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn people(&self) -> MutexGuard<'_, HashMap<i64, Peer>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn save(&self) -> Result<(), TelegramError> {
        self.changes.fetch_add(1, Ordering::SeqCst);
        let _one_at_a_time = self.saving.lock().await;
        let covered = self.changes.load(Ordering::SeqCst);
        let bytes = session_format::to_bytes(&self.state(), self.endpoint.environment())?;
        self.vault.save(bytes).await?;
        self.saved.store(covered, Ordering::SeqCst);
        Ok(())
    }

    /// The state in memory is not (yet) what the vault has: a save failed, was cancelled or is under way.
    fn is_unsaved(&self) -> bool {
        self.changes.load(Ordering::SeqCst) != self.saved.load(Ordering::SeqCst)
    }

    pub(crate) fn me(&self) -> Option<Me> {
        self.state().me.clone()
    }

    pub(crate) fn home_dc(&self) -> i32 {
        self.state().home_dc
    }

    pub(crate) async fn set_home_dc(&self, dc_id: i32) -> Result<(), TelegramError> {
        self.state().home_dc = dc_id;
        self.save().await
    }

    /// Up to where updates were committed.
    pub(crate) fn committed(&self) -> Option<UpdatesState> {
        self.state().updates.clone()
    }

    pub(crate) async fn commit(&self, updates: UpdatesState) -> Result<(), TelegramError> {
        {
            let mut state = self.state();
            let known = state.updates.as_ref() == Some(&updates) && !self.is_unsaved();
            if state.me.is_none() || known {
                return Ok(());
            }
            state.updates = Some(updates);
        }
        self.save().await
    }

    pub(crate) async fn set_login(&self, me: Me, updates: Option<UpdatesState>) -> Result<(), TelegramError> {
        self.remember_reference(PeerRef {
            user_id: me.user_id,
            access_hash: me.access_hash,
        });
        {
            let mut state = self.state();
            state.me = Some(me);
            state.updates = updates;
        }
        self.save().await
    }

    /// Forgets the login and its keys: a new login starts from a new key.
    pub(crate) async fn forget(&self) -> Result<(), TelegramError> {
        {
            let mut state = self.state();
            state.me = None;
            state.updates = None;
            for dc in state.dcs.values_mut() {
                dc.auth_key = None;
            }
        }
        self.people().clear();
        self.save().await
    }

    /// The simulator serves every data centre from one address, with one key.
    pub(crate) fn sandbox_key(&self) -> Option<[u8; 256]> {
        self.state().dcs.values().find_map(|dc| dc.auth_key)
    }

    pub(crate) async fn set_sandbox_key(
        &self,
        address: SocketAddr,
        key: [u8; 256],
    ) -> Result<(), TelegramError> {
        {
            let mut state = self.state();
            for id in SessionData::default().dc_options.into_keys() {
                state.dcs.insert(id, dc_at(id, address, Some(key)));
            }
        }
        self.save().await
    }

    /// Remembers people that came with an answer or an update.
    pub(crate) fn remember(&self, users: &[tl::enums::User]) {
        let mut people = self.people();
        if people.len() > MAX_KNOWN_PEOPLE {
            people.clear();
        }
        for user in users {
            let tl::enums::User::User(user) = user else {
                continue;
            };
            let mut peer = Peer::from_user(user);
            if user.min {
                // The hash of such a person cannot be used for writing to them.
                peer.reference.access_hash = 0;
            }
            match people.get(&user.id) {
                Some(known) if known.reference.access_hash != 0 && peer.reference.access_hash == 0 => {}
                _ => {
                    people.insert(user.id, peer);
                }
            }
        }
    }

    /// Remembers how to address a person of whom we know nothing else yet.
    pub(crate) fn remember_reference(&self, reference: PeerRef) {
        let mut people = self.people();
        let peer = people
            .entry(reference.user_id)
            .or_insert_with(|| Peer::unknown(reference.user_id));
        if peer.reference.access_hash == 0 {
            peer.reference = reference;
        }
    }

    pub(crate) fn can_address(&self, user_id: i64) -> bool {
        self.people()
            .get(&user_id)
            .is_some_and(|peer| peer.reference.access_hash != 0)
    }

    pub(crate) fn person(&self, user_id: i64) -> Peer {
        self.people()
            .get(&user_id)
            .cloned()
            .unwrap_or_else(|| Peer::unknown(user_id))
    }
}

fn dc_at(id: i32, address: SocketAddr, auth_key: Option<[u8; 256]>) -> DcOption {
    let port = address.port();
    let (ipv4, ipv6) = match address.ip() {
        IpAddr::V4(ip) => (ip, ip.to_ipv6_mapped()),
        IpAddr::V6(ip) => (
            ip.to_ipv4().unwrap_or(std::net::Ipv4Addr::LOCALHOST),
            Ipv6Addr::from_bits(ip.to_bits()),
        ),
    };
    let ipv6 = SocketAddrV6::new(ipv6, port, 0, 0);
    DcOption {
        id,
        ipv4: SocketAddrV4::new(ipv4, port),
        ipv6,
        auth_key,
    }
}

impl grammers_session::Session for Session {
    type Error = TelegramError;

    fn home_dc_id(&self) -> Result<i32, TelegramError> {
        Ok(self.home_dc())
    }

    fn set_home_dc_id(&self, dc_id: i32) -> BoxFuture<'_, Result<(), TelegramError>> {
        Box::pin(self.set_home_dc(dc_id))
    }

    fn dc_option(&self, dc_id: i32) -> Result<Option<DcOption>, TelegramError> {
        let stored = self.state().dcs.get(&dc_id).cloned();
        Ok(match self.endpoint {
            Endpoint::Production => stored.or_else(|| SessionData::default().dc_options.remove(&dc_id)),
            Endpoint::Sandbox { address, .. } => Some(dc_at(dc_id, address, self.sandbox_key())),
        })
    }

    fn set_dc_option(&self, option: &DcOption) -> BoxFuture<'_, Result<(), TelegramError>> {
        let option = option.clone();
        Box::pin(async move {
            let before = self.state().dcs.insert(option.id, option.clone());
            // Addresses come with every connection and are not worth a write; a new key is.
            if before.and_then(|dc| dc.auth_key) == option.auth_key {
                Ok(())
            } else {
                self.save().await
            }
        })
    }

    fn peer(&self, peer: PeerId) -> BoxFuture<'_, Result<Option<PeerInfo>, TelegramError>> {
        let me = self.me();
        // grammers asks for itself by a sentinel that is nobody's id.
        let reference = if peer == PeerId::self_user() {
            me.as_ref().map(|me| PeerRef {
                user_id: me.user_id,
                access_hash: me.access_hash,
            })
        } else {
            peer.bare_id()
                .and_then(|id| self.people().get(&id).map(|peer| peer.reference))
        };
        let info = reference.map(|reference| PeerInfo::User {
            id: reference.user_id,
            auth: Some(PeerAuth::from_hash(reference.access_hash)),
            bot: None,
            is_self: Some(me.is_some_and(|me| me.user_id == reference.user_id)),
        });
        Box::pin(async move { Ok(info) })
    }

    fn cache_peer(&self, peer: PeerInfo) -> BoxFuture<'_, Result<(), TelegramError>> {
        if let PeerInfo::User {
            id, auth: Some(auth), ..
        } = peer
        {
            self.remember_reference(PeerRef {
                user_id: id,
                access_hash: auth.hash(),
            });
        }
        Box::pin(async { Ok(()) })
    }

    fn updates_state(&self) -> BoxFuture<'_, Result<UpdatesState, TelegramError>> {
        Box::pin(async { Ok(self.committed().unwrap_or_default()) })
    }

    fn set_update_state(&self, _update: UpdateState) -> BoxFuture<'_, Result<(), TelegramError>> {
        // Only the consumer of the stream decides what counts as received.
        Box::pin(async { Ok(()) })
    }
}

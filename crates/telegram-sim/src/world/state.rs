//! The state of the world: what facts made it. No input, no output, no clock.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::ids::{GroupId, KeyId, Peer, UserId, roll};
use crate::persona::{ChatMemory, Delays};
use crate::world::fact::Planned;
use crate::world::log::EventLog;
use crate::world::mailbox::Mailbox;
use crate::world::types::{AccountInfo, Group, SessionInfo, User};

/// An account with its mailbox and phone book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// How it is signed in to.
    pub info: AccountInfo,
    /// Its private chats and basic groups.
    pub mailbox: Mailbox,
    /// Its phone book: the person and the name it gives them.
    pub contacts: BTreeMap<UserId, (String, String)>,
    /// Which message (by its number in the world) each `random_id` became.
    pub random_ids: HashMap<i64, u64>,
}

/// The whole world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What access hashes and plans are drawn from.
    pub seed: u64,
    /// The pace of people who have none of their own.
    pub delays: Delays,
    /// People and accounts' faces.
    pub users: HashMap<UserId, User>,
    /// Accounts.
    pub accounts: BTreeMap<UserId, Account>,
    /// Groups and channels.
    pub groups: BTreeMap<GroupId, Group>,
    /// The messages of supergroups and channels.
    pub channel_boxes: HashMap<GroupId, Mailbox>,
    /// Groups of each member.
    pub groups_of: HashMap<UserId, BTreeSet<GroupId>>,
    /// People by phone.
    pub by_phone: HashMap<String, UserId>,
    /// People and groups by public name, lower case.
    pub by_username: HashMap<String, Peer>,
    /// Authorization keys, as the server gave them.
    pub keys: BTreeMap<KeyId, Vec<u8>>,
    /// Sessions.
    pub sessions: BTreeMap<KeyId, SessionInfo>,
    /// Keys whose session was revoked.
    pub revoked: HashSet<KeyId>,
    /// Who blocked which account: (person, account).
    pub blocked: HashSet<(UserId, UserId)>,
    /// What people remember: (account, person).
    pub memories: HashMap<(UserId, UserId), ChatMemory>,
    /// Who has ever written to whom, either way: (account, other). Removing the messages does not undo it.
    pub opened: HashSet<(UserId, UserId)>,
    /// People who said stop: they write to no account of ours again.
    pub stopped: HashSet<UserId>,
    /// The last message of each person to each account, by its number in the world: (account, person).
    pub last_said: HashMap<(UserId, UserId), u64>,
    /// What people are going to do, in the order of time.
    pub plans: BTreeMap<(i64, u64), Planned>,
    /// When each plan is due.
    pub plan_due: HashMap<u64, i64>,
    /// The number of the next plan.
    pub next_plan: u64,
    /// The number of the next message in the world.
    pub next_uid: u64,
    /// The referee's log.
    pub log: EventLog,
}

impl State {
    /// An empty world.
    #[must_use]
    pub fn new(seed: u64, delays: Delays) -> Self {
        Self {
            seed,
            delays,
            users: HashMap::new(),
            accounts: BTreeMap::new(),
            groups: BTreeMap::new(),
            channel_boxes: HashMap::new(),
            groups_of: HashMap::new(),
            by_phone: HashMap::new(),
            by_username: HashMap::new(),
            keys: BTreeMap::new(),
            sessions: BTreeMap::new(),
            revoked: HashSet::new(),
            blocked: HashSet::new(),
            memories: HashMap::new(),
            opened: HashSet::new(),
            stopped: HashSet::new(),
            last_said: HashMap::new(),
            plans: BTreeMap::new(),
            plan_due: HashMap::new(),
            next_plan: 1,
            next_uid: 1,
            log: EventLog::default(),
        }
    }

    /// The access hash by which a viewer may address a person.
    #[must_use]
    pub fn user_hash(&self, viewer: UserId, user: UserId) -> i64 {
        (roll(self.seed, &[1, viewer.0.cast_unsigned(), user.0.cast_unsigned()]) | 1).cast_signed()
    }

    /// The access hash by which a viewer may address a group.
    #[must_use]
    pub fn group_hash(&self, viewer: UserId, group: GroupId) -> i64 {
        (roll(self.seed, &[2, viewer.0.cast_unsigned(), group.0.cast_unsigned()]) | 1).cast_signed()
    }

    /// The phone of the other side, if it is a person.
    #[must_use]
    pub fn phone_of(&self, peer: Peer) -> Option<String> {
        match peer {
            Peer::User(user) => self.users.get(&user)?.phone.clone(),
            Peer::Chat(_) | Peer::Channel(_) => None,
        }
    }

    /// The mailbox in which the viewer's copy of a conversation lies.
    #[must_use]
    pub fn mailbox(&self, viewer: UserId, peer: Peer) -> Option<&Mailbox> {
        match peer {
            Peer::User(_) | Peer::Chat(_) => self.accounts.get(&viewer).map(|account| &account.mailbox),
            Peer::Channel(group) => self.channel_boxes.get(&group),
        }
    }
}

//! Faults: what goes wrong, for whom, at which call. Pure: this module decides, the server executes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::ids::{UserId, roll};
use crate::world::error::{self, RpcError};

/// The method name under which the pushing of updates can be disturbed.
pub const PUSH: &str = "push";

/// What goes wrong, as a scenario or the control API names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultAction {
    /// Answer this error instead of doing anything.
    Error { code: i32, name: String },
    /// Answer `FLOOD_WAIT_n`, and go on answering it to this method until the time is over.
    FloodWait { seconds: u32 },
    /// Answer `PEER_FLOOD`, and go on answering it to first messages to strangers until the faults are reset.
    PeerFlood,
    /// Close the connection without doing what was asked.
    CloseBefore,
    /// Do what was asked, then close the connection without the answer.
    CloseAfter,
    /// Do and answer after this time of the world's clock.
    Delay { ms: u64 },
    /// Answer, but acknowledge nothing.
    DropAck,
    /// Push an update twice (method `push`).
    DuplicateUpdate,
    /// Do not push an update although its pts was spent (method `push`).
    SkipUpdate,
    /// Answer `bad_server_salt` once.
    BadSalt,
    /// Answer `bad_msg_notification` as if the client's clock were wrong by this.
    ClockSkew { seconds: i32 },
    /// Forget the authorization key: transport error -404.
    ForgetKey,
    /// Revoke the session: 401 `SESSION_REVOKED`, now and later.
    RevokeSession,
    /// Answer 303 `USER_MIGRATE_n`.
    MigrateDc { dc: u8 },
    /// Read and never answer; the connection stays open.
    BlackHole,
    /// The next sign-in needs the second password.
    NeedPassword,
}

/// What the server has to do about one call, after the world did its own part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Injected {
    /// Answer this error; do not process.
    Error(RpcError),
    /// Close without processing.
    CloseBefore,
    /// Process, then close without answering.
    CloseAfter,
    /// Wait this long on the world's clock, then process.
    DelayMs(u64),
    /// Process and answer, without a `msgs_ack`.
    DropAck,
    /// Answer `bad_server_salt`; the client repeats.
    BadSalt,
    /// Answer `bad_msg_notification` 16 or 17 and take the time to be off by this.
    ClockSkew { seconds: i32 },
    /// Close with the transport error -404; the world has forgotten the key already.
    ForgetKey,
    /// Read and never answer.
    BlackHole,
}

/// When a rule strikes. Calls are counted for each rule, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// At each call.
    #[default]
    Always,
    /// At this call only.
    Nth(u64),
    /// At each call whose number this divides.
    Every(u64),
    /// At this share of the calls (0 to 1), drawn from the world's seed.
    Probability(f64),
}

/// One rule: for whom, at which method, when, what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// The account's phone; none: every account (and calls before sign-in).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The method by its TL name, e.g. `messages.sendMessage`, or `push`; none: every method but `push`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// When it strikes.
    #[serde(default)]
    pub when: When,
    /// How often it strikes at most; none: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// What goes wrong.
    pub action: FaultAction,
}

#[derive(Clone, Debug)]
struct ArmedRule {
    rule: FaultRule,
    /// The account's phone, digits only.
    account: Option<String>,
    seen: u64,
    struck: u64,
}

/// The rules in force with their counts, and what they left behind. None of it outlives the process: a restarted
/// simulator begins with the rules of its scenario.
#[derive(Clone, Debug)]
pub struct Faults {
    seed: u64,
    rules: Vec<ArmedRule>,
    flood_until_ms: HashMap<(UserId, String), i64>,
    restricted: Vec<UserId>,
    /// The next sign-in needs the second password.
    pub password_needed: bool,
}

impl Faults {
    /// The rules of a scenario.
    #[must_use]
    pub fn new(seed: u64, rules: Vec<FaultRule>) -> Self {
        let mut faults = Self {
            seed,
            rules: Vec::new(),
            flood_until_ms: HashMap::new(),
            restricted: Vec::new(),
            password_needed: false,
        };
        for rule in rules {
            faults.add(rule);
        }
        faults
    }

    /// Adds a rule; it counts calls from now on.
    pub fn add(&mut self, rule: FaultRule) {
        let account = rule.account.as_deref().map(crate::ids::phone_digits);
        self.rules.push(ArmedRule {
            rule,
            account,
            seen: 0,
            struck: 0,
        });
    }

    /// The rules in force, each with how often it struck.
    pub fn rules(&self) -> impl Iterator<Item = (&FaultRule, u64)> {
        self.rules.iter().map(|armed| (&armed.rule, armed.struck))
    }

    /// Whether there is no rule at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Drops every rule and what it left behind.
    pub fn reset(&mut self) {
        *self = Self::new(self.seed, Vec::new());
    }

    /// Whether the account may not write to strangers any more.
    #[must_use]
    pub fn is_restricted(&self, account: UserId) -> bool {
        self.restricted.contains(&account)
    }

    /// Restricts an account as `PEER_FLOOD` does.
    pub fn restrict(&mut self, account: UserId) {
        if !self.is_restricted(account) {
            self.restricted.push(account);
        }
    }

    /// The flood wait that a method of an account still has to serve.
    #[must_use]
    pub fn standing_flood(&self, account: UserId, method: &str, now_ms: i64) -> Option<RpcError> {
        let until_ms = *self.flood_until_ms.get(&(account, method.to_owned()))?;
        let left_ms = until_ms - now_ms;
        (left_ms > 0).then(|| RpcError::flood_wait(u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX)))
    }

    /// Makes a method of an account answer `FLOOD_WAIT` until a moment.
    pub fn start_flood(&mut self, account: UserId, method: &str, until_ms: i64) {
        self.flood_until_ms.insert((account, method.to_owned()), until_ms);
    }

    /// Counts a call with every rule that looks at it; the first that strikes decides.
    pub fn decide(&mut self, phone: Option<&str>, method: &str) -> Option<FaultAction> {
        let seed = self.seed;
        let mut decided = None;
        for (index, armed) in self.rules.iter_mut().enumerate() {
            if armed.looks_at(phone, method) && armed.strikes(seed, index) && decided.is_none() {
                armed.struck += 1;
                decided = Some(armed.rule.action.clone());
            }
        }
        decided
    }
}

impl ArmedRule {
    fn looks_at(&self, phone: Option<&str>, method: &str) -> bool {
        let account_fits = self.account.as_deref().is_none_or(|wanted| phone == Some(wanted));
        let method_fits = match self.rule.method.as_deref() {
            Some(wanted) => wanted == method,
            None => method != PUSH,
        };
        account_fits && method_fits && self.rule.times.is_none_or(|times| self.struck < times)
    }

    fn strikes(&mut self, seed: u64, index: usize) -> bool {
        self.seen += 1;
        match self.rule.when {
            When::Always => true,
            When::Nth(n) => self.seen == n,
            When::Every(n) => n > 0 && self.seen.is_multiple_of(n),
            When::Probability(share) => {
                let drawn = roll(seed, &[0xFA, index as u64, self.seen]) >> 11;
                (drawn as f64) / ((1_u64 << 53) as f64) < share
            }
        }
    }
}

/// The error that an action answers, if answering an error is all there is to it.
#[must_use]
pub fn plain_error(action: &FaultAction) -> Option<RpcError> {
    match action {
        FaultAction::Error { code, name } => Some(RpcError {
            code: *code,
            name: name.clone().into(),
        }),
        FaultAction::FloodWait { seconds } => Some(RpcError::flood_wait(*seconds)),
        FaultAction::PeerFlood => Some(error::PEER_FLOOD),
        FaultAction::RevokeSession => Some(error::SESSION_REVOKED),
        FaultAction::MigrateDc { dc } => Some(RpcError {
            code: 303,
            name: format!("USER_MIGRATE_{dc}").into(),
        }),
        _ => None,
    }
}

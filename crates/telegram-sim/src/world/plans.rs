//! What people are going to do, and the loop that lets them.

use super::error::{PEER_ID_INVALID, RpcError};
use super::fact::{FactKind, Planned, SentFact};
use super::types::Sent;
use super::{Answer, Locked, World};
use crate::ids::{Peer, UserId, roll};
use crate::persona::{ChatMemory, Incoming, PersonaKind, first_words, react};

impl World {
    /// Lets people read, answer, change and remove at their time. Runs until it is dropped; the embedder spawns it once.
    pub async fn run_people(&self) {
        loop {
            let changed = self.inner.plans_changed.notified();
            let next_due_ms = self.do_what_is_due();
            match next_due_ms {
                Some(due_ms) => {
                    let sleep = self.inner.clock.sleep_until_ms(due_ms);
                    tokio::select! { () = sleep => {} () = changed => {} }
                }
                None => changed.await,
            }
        }
    }

    /// When the next plan is due, in milliseconds of the world's clock: a virtual clock may stop there.
    #[must_use]
    pub fn next_due_ms(&self) -> Option<i64> {
        self.lock().state.plans.keys().next().map(|(due_ms, _)| *due_ms)
    }

    /// Performs every plan whose time has come; when the next is due.
    pub fn do_what_is_due(&self) -> Option<i64> {
        let _busy = self.inner.activity.begin();
        loop {
            // The lock is taken anew for each, so that clients are served in between.
            let mut locked = self.lock();
            let (due_ms, planned_id) = *locked.state.plans.keys().next()?;
            let now_ms = self.now_ms();
            if due_ms > now_ms {
                return Some(due_ms);
            }
            self.commit(&mut locked, now_ms, FactKind::Acted { planned_id });
        }
    }

    /// A person writes to an account, as a test or the control API says.
    ///
    /// # Errors
    /// `PEER_ID_INVALID`: no such person or account.
    pub fn say(&self, person: UserId, account: UserId, text: &str) -> Answer<Sent> {
        let mut locked = self.lock();
        if !locked.state.users.contains_key(&person) || !locked.state.accounts.contains_key(&account) {
            return Err(PEER_ID_INVALID);
        }
        let uid = locked.state.next_uid;
        let fact = FactKind::Sent(SentFact::said(person, account, text.to_owned()));
        self.commit(&mut locked, self.now_ms(), fact);
        let mailbox = locked
            .state
            .mailbox(account, Peer::User(person))
            .ok_or(PEER_ID_INVALID)?;
        let message = mailbox.by_uid(uid).ok_or::<RpcError>(PEER_ID_INVALID)?.clone();
        Ok(Sent {
            message,
            pts: mailbox.pts(),
            pts_count: 1,
        })
    }

    /// What the person at the other end plans because of a message that is about to be delivered.
    pub(super) fn plan_reaction(
        &self,
        locked: &Locked,
        account: UserId,
        peer: Peer,
        now_ms: i64,
    ) -> (Vec<Planned>, Option<ChatMemory>) {
        let state = &locked.state;
        let Peer::User(person) = peer else {
            return (Vec::new(), None);
        };
        let Some(user) = state.users.get(&person).filter(|_| person != account) else {
            return (Vec::new(), None);
        };
        let Some(kind) = user.persona else {
            return (Vec::new(), None);
        };
        let mut memory = state
            .memories
            .get(&(account, person))
            .copied()
            .unwrap_or_default();
        memory.stopped |= state.stopped.contains(&person);
        let seed = roll(
            state.seed,
            &[10, account.0.cast_unsigned(), person.0.cast_unsigned()],
        );
        let delays = user.delays.unwrap_or(state.delays);
        let step = react(&Incoming {
            kind,
            script: &user.script,
            language: user.language,
            delays,
            memory,
            seed,
        });
        let planned = step
            .acts
            .into_iter()
            .zip(state.next_plan..)
            .map(|((after_ms, act), id)| {
                let due_ms = now_ms.saturating_add_unsigned(after_ms);
                Planned {
                    id,
                    due_ms,
                    account,
                    person,
                    act,
                }
            });
        (planned.collect(), Some(step.memory))
    }

    /// What people who write first will say to an account that has just signed in for the first time.
    pub(super) fn first_words_of_people(
        &self,
        locked: &Locked,
        account: UserId,
        now_ms: i64,
    ) -> Vec<Planned> {
        let state = &locked.state;
        let mut planned = Vec::new();
        for person in &self.inner.scenario.people {
            let Some(after_ms) = person.writes_first_after_ms else {
                continue;
            };
            let Some(user) = state
                .by_phone
                .get(&person.digits())
                .and_then(|id| state.users.get(id))
            else {
                continue;
            };
            let waiting = state
                .plans
                .values()
                .any(|plan| plan.account == account && plan.person == user.id);
            if waiting
                || state.has_written(account, user.id)
                || user.persona == Some(PersonaKind::NotOnTelegram)
            {
                continue;
            }
            let seed = roll(
                state.seed,
                &[11, account.0.cast_unsigned(), user.id.0.cast_unsigned()],
            );
            let Some(act) = first_words(user.language, seed) else {
                continue;
            };
            let id = state.next_plan + planned.len() as u64;
            let due_ms = now_ms.saturating_add_unsigned(after_ms);
            planned.push(Planned {
                id,
                due_ms,
                account,
                person: user.id,
                act,
            });
        }
        planned
    }
}

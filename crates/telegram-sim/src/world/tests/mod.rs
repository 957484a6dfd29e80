//! The world, asked as a client asks it.

mod chats;
mod difference;
mod journal;
mod lookups;
mod misfortune;
mod pace;
mod pages;
mod signing;

use std::sync::Arc;

use super::World;
use super::messages::Outgoing;
use super::types::{Caller, PhoneContact, Sent, SignIn};
use crate::clock::{Activity, ManualClock};
use crate::ids::{KeyId, Peer, UserId};
use crate::scenario::Scenario;
use crate::world::error::RpcError;

const START_MS: i64 = 1_700_000_000_000;

const SMALL_TOWN: &str = r#"
seed: 7
accounts:
  - { phone: "+79990000001", first_name: Operator }
  - { phone: "+79990000002", first_name: Colleague }
  - { phone: "+79990000003", first_name: Guarded, password: "correct horse", hint: animals }
people:
  - { phone: "+79991110001", first_name: Ivan, persona: interested, username: ivan_town }
  - { phone: "+79991110002", first_name: Maria, persona: silent }
  - { phone: "+79991110003", first_name: Pavel, persona: private }
  - { phone: "+79991110004", first_name: Blocker, persona: blocks_us }
  - { phone: "+79991110005", first_name: Stopper, persona: says_stop }
  - { phone: "+79991110006", first_name: Nobody, persona: not_on_telegram }
  - { phone: "+79991110007", first_name: Burst, persona: bursts }
  - { phone: "+79991110008", first_name: Editor, persona: edits }
  - { phone: "+79991110009", first_name: Deleter, persona: deletes }
  - { phone: "+79991110010", first_name: First, persona: writes_first, writes_first_after_ms: 5000 }
  - { phone: "+79991110011", first_name: Hidden, privacy: { hidden_by_phone: true } }
  - { phone: "+79991110012", first_name: Paid, privacy: { paid_stars: 50 } }
  - { phone: "+79991110013", first_name: Premium, privacy: { premium_only: true } }
  - { phone: "+79991110014", first_name: Gone, deleted: true, username: gone_person }
  - { phone: "+79991110015", first_name: Scripted, script: ["first answer", "second answer"] }
groups:
  - { title: Traders, kind: supergroup, username: traders_town, generated_members: 230, people: ["+79991110001"], hidden_phones_percent: 50 }
  - { title: Parents, kind: group, generated_members: 30 }
  - { title: Secret, kind: supergroup, members_hidden: true, generated_members: 5 }
  - { title: News, kind: channel, generated_members: 40, account_role: admin }
"#;

/// A world on a clock that the test moves.
struct Town {
    world: World,
    clock: ManualClock,
    next_random_id: std::cell::Cell<i64>,
}

impl Town {
    fn new() -> Self {
        Self::of(SMALL_TOWN)
    }

    fn of(scenario: &str) -> Self {
        Self::from(Scenario::parse(scenario).unwrap())
    }

    fn from(scenario: Scenario) -> Self {
        let clock = ManualClock::new(START_MS);
        let activity = Arc::new(Activity::default());
        let world = World::in_memory(scenario, Arc::new(clock.clone()), activity).unwrap();
        Self {
            world,
            clock,
            next_random_id: std::cell::Cell::new(1),
        }
    }

    fn sign_in(&self, key: i64, phone: &str) -> Caller {
        let hash = self.world.send_code(phone).unwrap();
        match self.world.sign_in(KeyId(key), phone, &hash, "12345").unwrap() {
            SignIn::Done(_) => self.world.caller(KeyId(key)).unwrap(),
            SignIn::SignUpRequired => panic!("no account has {phone}"),
        }
    }

    fn operator(&self) -> Caller {
        self.sign_in(1, "+79990000001")
    }

    fn person(&self, last_digits: &str) -> UserId {
        self.world
            .by_phone(&format!("+799911100{last_digits}"))
            .unwrap()
            .id
    }

    fn send(&self, caller: Caller, to: UserId, text: &str) -> Result<Sent, RpcError> {
        let random_id = self.next_random_id.replace(self.next_random_id.get() + 1);
        self.world.send_message(
            caller,
            &Outgoing {
                peer: Peer::User(to),
                text,
                random_id,
                reply_to: None,
            },
        )
    }

    fn now_ms(&self) -> i64 {
        crate::clock::Clock::now_ms(&self.clock)
    }

    /// Lets everything that is planned happen, moving the clock from plan to plan.
    fn settle(&self) {
        while let Some(due_ms) = self.world.do_what_is_due() {
            self.clock.advance_to_ms(due_ms);
        }
    }

    fn texts(&self, account: UserId, person: UserId) -> Vec<String> {
        self.world
            .conversation(account, Peer::User(person))
            .into_iter()
            .map(|message| message.text)
            .collect()
    }

    fn count(&self, what: &str) -> u64 {
        self.world.counters().get(what).copied().unwrap_or(0)
    }
}

fn phone_contact(client_id: i64, phone: &str) -> PhoneContact {
    PhoneContact {
        client_id,
        phone: phone.to_owned(),
        first_name: format!("Contact {client_id}"),
        last_name: String::new(),
    }
}

//! Making the world: what the scenario names, and who turns up later.

use std::collections::HashSet;

use super::fact::FactKind;
use super::types::{AccountInfo, Group, GroupKind, Member, Privacy, Role, User};
use super::{Locked, World};
use crate::ids::{GroupId, UserId, in_range, phone_digits, roll, roll_text};
use crate::journal::JournalError;
use crate::persona::{Language, PersonaKind};
use crate::scenario::{AccountSpec, GroupSpec, PersonSpec, name};

/// Where the numbers of people begin: beyond 32 bits, as today's are, so that no client gets away with an `i32`.
const FIRST_USER_ID: i64 = 5_000_000_000;
/// Numbers people are spread over.
const USER_ID_SPAN: u64 = 1_000_000_000;
/// Where the numbers of groups begin.
const FIRST_GROUP_ID: i64 = 1_700_000_000;

impl World {
    /// Brings in what the scenario names and the journal did not.
    pub(super) fn populate(&self) -> Result<(), JournalError> {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        for spec in &self.inner.scenario.accounts {
            if locked.account_by_phone(&phone_digits(&spec.phone)).is_none() {
                self.add_account_to(&mut locked, now_ms, spec);
            }
        }
        for spec in &self.inner.scenario.people {
            if !locked.state.by_phone.contains_key(&spec.digits()) {
                self.add_person_to(&mut locked, now_ms, spec);
            }
        }
        for (index, spec) in self.inner.scenario.groups.iter().enumerate() {
            self.add_group(&mut locked, now_ms, index, spec);
        }
        Ok(())
    }

    /// Adds a person, or replaces the one who has this phone.
    pub fn add_person(&self, spec: &PersonSpec) -> UserId {
        let mut locked = self.lock();
        self.add_person_to(&mut locked, self.now_ms(), spec)
    }

    /// Adds an account, or changes the one with this phone.
    pub fn add_account(&self, spec: &AccountSpec) -> UserId {
        let mut locked = self.lock();
        self.add_account_to(&mut locked, self.now_ms(), spec)
    }

    /// Every account with its face.
    #[must_use]
    pub fn accounts(&self) -> Vec<(AccountInfo, User)> {
        let locked = self.lock();
        let state = &locked.state;
        let accounts = state
            .accounts
            .values()
            .filter_map(|account| Some((account.info.clone(), state.users.get(&account.info.user)?.clone())));
        accounts.collect()
    }

    /// A person or account by phone, as they are.
    #[must_use]
    pub fn by_phone(&self, phone: &str) -> Option<User> {
        let locked = self.lock();
        let id = locked.state.by_phone.get(&phone_digits(phone))?;
        locked.state.users.get(id).cloned()
    }

    /// Everyone in the world, accounts included.
    #[must_use]
    pub fn people(&self) -> Vec<User> {
        self.lock().state.users.values().cloned().collect()
    }

    /// Gives a person another persona. False: no such person.
    pub fn set_persona(&self, person: UserId, persona: PersonaKind) -> bool {
        let mut locked = self.lock();
        let Some(mut user) = locked.state.users.get(&person).cloned() else {
            return false;
        };
        user.persona = Some(persona);
        self.commit(&mut locked, self.now_ms(), FactKind::User(user));
        true
    }

    /// Makes an account of a phone nobody signed in with before (the person who has it, if there is one).
    pub(super) fn register(&self, locked: &mut Locked, digits: &str) {
        let spec = AccountSpec::new(digits);
        let now_ms = self.now_ms();
        let user = self.add_account_to(locked, now_ms, &spec);
        for (index, spec) in self
            .inner
            .scenario
            .groups
            .iter()
            .enumerate()
            .filter(|(_, spec)| spec.accounts_join)
        {
            let member = Member {
                user,
                role: spec.account_role,
                joined_ms: now_ms,
            };
            self.commit(
                locked,
                now_ms,
                FactKind::Joined {
                    group: group_id(index),
                    member,
                },
            );
        }
    }

    /// The person found at a phone by a stranger; with population, one is made up for every phone.
    pub(super) fn find_by_phone(&self, locked: &mut Locked, digits: &str) -> Option<UserId> {
        if let Some(id) = locked.state.by_phone.get(digits) {
            let user = locked.state.users.get(id)?;
            let absent = user.deleted || user.persona == Some(PersonaKind::NotOnTelegram);
            return (!absent && !user.privacy.hidden_by_phone).then_some(*id);
        }
        let populate = self.inner.scenario.populate.as_ref()?;
        if !(7..=15).contains(&digits.len()) {
            return None;
        }
        let drawn = roll_text(locked.state.seed ^ 20, digits);
        let persona = populate.persona(drawn);
        if persona == PersonaKind::NotOnTelegram {
            return None;
        }
        let english = in_range(roll(drawn, &[1]), 0, 99) < u64::from(populate.english_percent);
        let language = if english { Language::En } else { Language::Ru };
        let user = made_up(
            free_id(locked, digits),
            digits,
            language,
            roll(drawn, &[2]),
            Some(persona),
        );
        let id = user.id;
        self.commit(locked, self.now_ms(), FactKind::User(user));
        Some(id)
    }

    fn add_account_to(&self, locked: &mut Locked, now_ms: i64, spec: &AccountSpec) -> UserId {
        let digits = phone_digits(&spec.phone);
        let known = locked
            .state
            .by_phone
            .get(&digits)
            .and_then(|id| locked.state.users.get(id))
            .cloned();
        let id = known
            .as_ref()
            .map_or_else(|| free_id(locked, &digits), |user| user.id);
        let drawn = roll_text(locked.state.seed ^ 21, &digits);
        let mut user = known.unwrap_or_else(|| made_up(id, &digits, Language::Ru, drawn, None));
        user.persona = None;
        if !spec.first_name.is_empty() {
            user.first_name.clone_from(&spec.first_name);
            user.last_name.clone_from(&spec.last_name);
        }
        if spec.username.is_some() {
            user.username.clone_from(&spec.username);
        }
        self.commit(locked, now_ms, FactKind::User(user));
        let info = AccountInfo {
            user: id,
            code: spec
                .code
                .clone()
                .unwrap_or_else(|| self.inner.scenario.code.clone()),
            password: spec.password.clone(),
            hint: spec.hint.clone(),
        };
        self.commit(locked, now_ms, FactKind::Account(info));
        id
    }

    fn add_person_to(&self, locked: &mut Locked, now_ms: i64, spec: &PersonSpec) -> UserId {
        let digits = spec.digits();
        let known = locked.state.by_phone.get(&digits).copied();
        let id = known.unwrap_or_else(|| free_id(locked, &digits));
        let drawn = roll_text(locked.state.seed ^ 22, &digits);
        let mut user = made_up(id, &digits, spec.language, drawn, Some(spec.persona));
        if let Some(first_name) = &spec.first_name {
            user.first_name.clone_from(first_name);
            user.last_name = spec.last_name.clone().unwrap_or_default();
        }
        user.username.clone_from(&spec.username);
        user.privacy = spec.privacy.clone();
        user.deleted = spec.deleted;
        user.script.clone_from(&spec.script);
        user.delays = spec.delays;
        self.commit(locked, now_ms, FactKind::User(user));
        id
    }

    fn add_group(&self, locked: &mut Locked, now_ms: i64, index: usize, spec: &GroupSpec) {
        let id = group_id(index);
        if locked.state.groups.contains_key(&id) {
            return;
        }
        let mut members = self.made_up_members(locked, now_ms, id, spec);
        let named = spec
            .people
            .iter()
            .filter_map(|phone| locked.state.by_phone.get(&phone_digits(phone)));
        members.extend(named.map(|user| Member {
            user: *user,
            role: Role::Member,
            joined_ms: now_ms,
        }));
        if spec.accounts_join {
            for user in locked.state.accounts.keys() {
                members.retain(|member| member.user != *user);
                members.push(Member {
                    user: *user,
                    role: spec.account_role,
                    joined_ms: now_ms,
                });
            }
        }
        let founder_there = members.iter().any(|member| member.role == Role::Creator);
        if let Some(first) = members.first_mut().filter(|_| !founder_there) {
            first.role = Role::Creator;
        }
        let group = Group {
            id,
            kind: spec.kind,
            title: spec.title.clone(),
            username: spec.username.clone().filter(|_| spec.kind != GroupKind::Group),
            created_ms: now_ms,
            members_hidden: spec.members_hidden,
            members,
        };
        self.commit(locked, now_ms, FactKind::Group(group));
    }

    /// The members of a group who are made up: people whom nobody else knows.
    fn made_up_members(
        &self,
        locked: &mut Locked,
        now_ms: i64,
        id: GroupId,
        spec: &GroupSpec,
    ) -> Vec<Member> {
        let populate = self.inner.scenario.populate.clone().unwrap_or_default();
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        for number in 0..u64::from(spec.generated_members) {
            let drawn = roll(locked.state.seed, &[23, id.0.cast_unsigned(), number]);
            let digits = format!("7900{:07}", roll(drawn, &[1]) % 10_000_000);
            let user = match locked.state.by_phone.get(&digits) {
                Some(user) => *user,
                None => {
                    let persona = match populate.persona(roll(drawn, &[2])) {
                        PersonaKind::NotOnTelegram => PersonaKind::Silent,
                        persona => persona,
                    };
                    let user_id = free_id(locked, &digits);
                    let mut user = made_up(user_id, &digits, Language::Ru, roll(drawn, &[3]), Some(persona));
                    let hidden = in_range(roll(drawn, &[4]), 0, 99) < u64::from(spec.hidden_phones_percent);
                    user.privacy = Privacy {
                        shows_phone: !hidden,
                        hidden_by_phone: hidden,
                        ..Privacy::default()
                    };
                    if drawn.is_multiple_of(3) {
                        user.username = Some(format!("sim_{:x}", user_id.0));
                    }
                    self.commit(locked, now_ms, FactKind::User(user));
                    user_id
                }
            };
            if seen.insert(user) {
                members.push(Member {
                    user,
                    role: Role::Member,
                    joined_ms: now_ms,
                });
            }
        }
        members
    }
}

fn group_id(index: usize) -> GroupId {
    GroupId(FIRST_GROUP_ID + i64::try_from(index).unwrap_or(0))
}

/// The number a phone stands for; the next free one if it is taken.
fn free_id(locked: &Locked, digits: &str) -> UserId {
    let drawn = roll_text(locked.state.seed ^ 24, digits) % USER_ID_SPAN;
    let mut id = UserId(FIRST_USER_ID.saturating_add_unsigned(drawn));
    // Ends: there are more numbers than people.
    while locked.state.users.contains_key(&id) {
        id.0 += 1;
    }
    id
}

fn made_up(id: UserId, digits: &str, language: Language, drawn: u64, persona: Option<PersonaKind>) -> User {
    let drawn_name = name(language, drawn);
    User {
        id,
        first_name: drawn_name.first,
        last_name: drawn_name.last,
        username: None,
        phone: Some(digits.to_owned()),
        privacy: Privacy::default(),
        deleted: false,
        persona,
        script: Vec::new(),
        language,
        delays: None,
    }
}

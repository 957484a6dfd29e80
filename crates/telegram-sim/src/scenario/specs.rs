//! What a scenario says of accounts, people and groups.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::phone;
use crate::persona::{Delays, Language, PersonaKind};
use crate::world::types::{GroupKind, Privacy, Role};

/// An account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSpec {
    /// The phone, any spelling with the country's code.
    #[serde(deserialize_with = "phone::checked")]
    pub phone: String,
    /// First name.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default)]
    pub last_name: String,
    /// Public name without `@`.
    #[serde(default)]
    pub username: Option<String>,
    /// The sign-in code, if it is not the scenario's.
    #[serde(default)]
    pub code: Option<String>,
    /// The second password.
    #[serde(default)]
    pub password: Option<String>,
    /// Its hint.
    #[serde(default)]
    pub hint: Option<String>,
}

impl AccountSpec {
    /// An account of which only the phone is given.
    #[must_use]
    pub fn new(phone: impl Into<String>) -> Self {
        Self {
            phone: phone.into(),
            first_name: String::new(),
            last_name: String::new(),
            username: None,
            code: None,
            password: None,
            hint: None,
        }
    }
}

/// A person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSpec {
    /// The phone, any spelling with the country's code.
    #[serde(deserialize_with = "phone::checked")]
    pub phone: String,
    /// First name; none: drawn by the phone.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Public name without `@`.
    #[serde(default)]
    pub username: Option<String>,
    /// How the person behaves.
    #[serde(default = "silent")]
    pub persona: PersonaKind,
    /// What the person answers in turn, instead of the persona's own words.
    #[serde(default)]
    pub script: Vec<String>,
    /// What the person writes in.
    #[serde(default)]
    pub language: Language,
    /// The person's own pace.
    #[serde(default)]
    pub delays: Option<Delays>,
    /// What strangers may know and do.
    #[serde(default)]
    pub privacy: Privacy,
    /// The account was deleted.
    #[serde(default)]
    pub deleted: bool,
    /// Writes to each account this long after its first sign-in, in milliseconds.
    #[serde(default)]
    pub writes_first_after_ms: Option<u64>,
}

impl PersonSpec {
    /// A person of whom only the phone and the persona are given.
    #[must_use]
    pub fn new(phone: impl Into<String>, persona: PersonaKind) -> Self {
        Self {
            phone: phone.into(),
            first_name: None,
            last_name: None,
            username: None,
            persona,
            script: Vec::new(),
            language: Language::Ru,
            delays: None,
            privacy: Privacy::default(),
            deleted: false,
            writes_first_after_ms: None,
        }
    }

    /// The phone as the world keeps it.
    #[must_use]
    pub fn digits(&self) -> String {
        crate::ids::phone_digits(&self.phone)
    }
}

fn silent() -> PersonaKind {
    PersonaKind::Silent
}

/// Who is found at phones that nobody named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Populate {
    /// Personas with their weights.
    pub personas: BTreeMap<PersonaKind, u32>,
    /// Of a hundred people, so many write English.
    pub english_percent: u8,
}

impl Populate {
    /// The persona that a drawn number falls on.
    #[must_use]
    pub fn persona(&self, drawn: u64) -> PersonaKind {
        let total: u64 = self.personas.values().map(|weight| u64::from(*weight)).sum();
        let mut left = if total == 0 { 0 } else { drawn % total };
        for (kind, weight) in &self.personas {
            let weight = u64::from(*weight);
            if left < weight {
                return *kind;
            }
            left -= weight;
        }
        PersonaKind::Silent
    }
}

/// A group or channel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSpec {
    /// The title.
    pub title: String,
    /// Which kind.
    #[serde(default)]
    pub kind: GroupKind,
    /// Public name without `@`.
    #[serde(default)]
    pub username: Option<String>,
    /// Phones of people and accounts above who are members.
    #[serde(default)]
    pub people: Vec<String>,
    /// Members made up.
    #[serde(default)]
    pub generated_members: u32,
    /// Of a hundred made-up members, so many show no phone.
    #[serde(default)]
    pub hidden_phones_percent: u8,
    /// Only administrators may list the members.
    #[serde(default)]
    pub members_hidden: bool,
    /// The rank of every account in it.
    #[serde(default)]
    pub account_role: Role,
    /// Whether accounts are in it at all.
    #[serde(default = "yes")]
    pub accounts_join: bool,
}

fn yes() -> bool {
    true
}

//! Scenarios: the text file that says who there is and what goes wrong.

mod names;
mod phone;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::fault::FaultRule;
use crate::persona::{Delays, Language, PersonaKind};
use crate::world::types::{GroupKind, Privacy, Role};

pub use names::{Name, name};

/// The sign-in code where the scenario names none.
const DEFAULT_CODE: &str = "12345";

/// Members that one group may be given.
const GROUP_MAX_MEMBERS: u32 = 200_000;

/// What a scenario file can be wrong in.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The text is not a scenario; the message names the line and shows it.
    #[error("scenario: {0}")]
    Syntax(String),
    /// The text is a scenario that cannot be.
    #[error("scenario, line {line}: {problem}")]
    Meaning {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        problem: String,
    },
}

/// A scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What everything random is drawn from.
    pub seed: u64,
    /// A phone nobody has can sign in and becomes an account.
    pub open_registration: bool,
    /// The code that signs in where an account has none of its own.
    pub code: String,
    /// The pace of people who have none of their own.
    pub delays: Delays,
    /// Accounts that clients sign in to.
    pub accounts: Vec<AccountSpec>,
    /// People.
    pub people: Vec<PersonSpec>,
    /// Who is found at phones that nobody above has; none: nobody.
    pub populate: Option<Populate>,
    /// Groups and channels.
    pub groups: Vec<GroupSpec>,
    /// What goes wrong.
    pub faults: Vec<FaultRule>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            seed: 1,
            open_registration: false,
            code: DEFAULT_CODE.to_owned(),
            delays: Delays::default(),
            accounts: Vec::new(),
            people: Vec::new(),
            populate: None,
            groups: Vec::new(),
            faults: Vec::new(),
        }
    }
}

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

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// Names the line and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self =
            serde_saphyr::from_str(text).map_err(|error| ScenarioError::Syntax(error.to_string()))?;
        scenario.check(text)?;
        Ok(scenario)
    }

    /// The sandbox's own scenario.
    ///
    /// # Errors
    /// None: the tests keep the file readable.
    pub fn sandbox() -> Result<Self, ScenarioError> {
        Self::parse(include_str!("../../scenarios/sandbox.yaml"))
    }

    fn check(&self, text: &str) -> Result<(), ScenarioError> {
        let mut phones = HashSet::new();
        let mut names = HashSet::new();
        let named = self
            .accounts
            .iter()
            .map(|account| (&account.phone, &account.username));
        for (phone, username) in
            named.chain(self.people.iter().map(|person| (&person.phone, &person.username)))
        {
            if !phones.insert(crate::ids::phone_digits(phone)) {
                return Err(meaning(text, phone, format!("the phone {phone} is there twice")));
            }
            if let Some(username) = username
                .as_ref()
                .filter(|name| !names.insert(name.to_lowercase()))
            {
                return Err(meaning(
                    text,
                    username,
                    format!("the name @{username} is there twice"),
                ));
            }
        }
        for group in &self.groups {
            if group.generated_members > GROUP_MAX_MEMBERS || group.hidden_phones_percent > 100 {
                let problem = format!("at most {GROUP_MAX_MEMBERS} members and 100 percent");
                return Err(meaning(text, &group.title, problem));
            }
            if let Some(username) = group
                .username
                .as_ref()
                .filter(|name| !names.insert(name.to_lowercase()))
            {
                return Err(meaning(
                    text,
                    username,
                    format!("the name @{username} is there twice"),
                ));
            }
            if let Some(phone) = group
                .people
                .iter()
                .find(|phone| !phones.contains(&crate::ids::phone_digits(phone)))
            {
                return Err(meaning(text, phone, format!("nobody has the phone {phone}")));
            }
        }
        Ok(())
    }
}

/// An error at the last line that mentions something.
fn meaning(text: &str, mentioned: &str, problem: String) -> ScenarioError {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains(mentioned));
    ScenarioError::Meaning {
        line: lines.last().map_or(1, |(index, _)| index as u64 + 1),
        problem,
    }
}

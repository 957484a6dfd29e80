//! Scenarios: the text file that says who there is and what goes wrong.

mod names;
mod phone;
mod specs;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::Deserialize;

use crate::fault::FaultRule;
use crate::persona::Delays;

pub use names::{Name, name};
pub use specs::{AccountSpec, GroupSpec, PersonSpec, Populate};

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

//! How a simulator is started.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::{Activity, Clock, RealClock};
use crate::journal::JournalError;
use crate::scenario::{Scenario, ScenarioError};
use crate::world::World;

/// What a simulator is started with.
#[derive(Clone)]
pub struct SimulatorOptions {
    /// Who there is and what goes wrong.
    pub scenario: Scenario,
    /// Where the world is written down; none: it lives in memory.
    pub journal: Option<PathBuf>,
    /// The loopback port for MTProto; 0: a free one.
    pub port: u16,
    /// The loopback port for the control API; 0: a free one; none: no control API.
    pub control_port: Option<u16>,
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// Where the simulator reports that it is busy.
    pub activity: Arc<Activity>,
}

impl SimulatorOptions {
    /// A scenario on the machine's clock, in memory, on free ports.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            journal: None,
            port: 0,
            control_port: None,
            clock: Arc::new(RealClock),
            activity: Arc::new(Activity::default()),
        }
    }

    /// The sandbox's own scenario.
    ///
    /// # Errors
    /// None: the tests keep the file readable.
    pub fn sandbox() -> Result<Self, ScenarioError> {
        Scenario::sandbox().map(Self::new)
    }

    /// Opens the world: from the journal, if there is one.
    ///
    /// # Errors
    /// The journal cannot be read or written, or is damaged.
    pub fn open_world(&self) -> Result<World, JournalError> {
        let (scenario, clock, activity) = (
            self.scenario.clone(),
            Arc::clone(&self.clock),
            Arc::clone(&self.activity),
        );
        match &self.journal {
            Some(path) => World::open(path, scenario, clock, activity),
            None => World::in_memory(scenario, clock, activity),
        }
    }
}

//! What every question reads first, kept until something is written, where the database tells of writes.

use std::sync::Arc;

use alfa_store::crm::snapshot::{Days, Snapshot};
use alfa_store::{Store, UnixMillis};
use tokio::sync::Mutex;

use super::names::Names;
use crate::error::AppResult;

/// A value and the state of the database that it was read in.
#[derive(Debug)]
pub struct Kept<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// The kept value when nothing was written since and it `still` holds; else the one that is read now, once for all who
    /// wait for it.
    ///
    /// # Errors
    /// Of `read`.
    pub async fn get(
        &self,
        store: &Store,
        still: impl FnOnce(&T) -> bool,
        read: impl AsyncFnOnce() -> AppResult<T>,
    ) -> AppResult<Arc<T>> {
        let mut kept = self.0.lock().await;
        // Asked before the reading: what is written meanwhile makes the value old.
        let version = store.version();
        if let Some((of, value)) = kept.as_ref()
            && version == Some(*of)
            && still(value)
        {
            return Ok(value.clone());
        }
        let value = Arc::new(read().await?);
        *kept = version.map(|version| (version, value.clone()));
        Ok(value)
    }
}

/// The figures at a glance, and while which they hold when nothing is written.
#[derive(Debug)]
pub struct Glance {
    /// The figures.
    pub figures: Snapshot,
    /// The days that they are of.
    pub days: Days,
    /// The moment when they were read.
    pub read_at: UnixMillis,
}

impl Glance {
    /// Whether time alone has not changed the figures: it is the same day, and no session has begun.
    #[must_use]
    pub fn holds(&self, days: Days, now: UnixMillis) -> bool {
        self.days == days && now >= self.read_at && self.figures.next_start.is_none_or(|start| now < start)
    }
}

/// What is kept for all questions.
#[derive(Debug, Default)]
pub struct Memory {
    /// Everything that can be named.
    pub names: Kept<Names>,
    /// The figures at a glance.
    pub glance: Kept<Glance>,
}

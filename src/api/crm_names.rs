//! Names of what rows of the schedule and of payments point at, read for a whole page at once.

use super::ApiState;
use crate::error::AppResult;
use alfa_store::crm::{clients, places, services, staff};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// What a row points at: its id and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    pub id: i64,
    pub name: String,
}

/// A client that a row points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedClient {
    pub id: i64,
    pub contact_id: i64,
    pub name: String,
}

/// The ids whose names are wanted.
#[derive(Debug, Default)]
pub struct Wanted {
    pub clients: BTreeSet<i64>,
    pub services: BTreeSet<i64>,
    pub staff: BTreeSet<i64>,
    pub places: BTreeSet<i64>,
}

/// The names that were found.
#[derive(Debug, Default)]
pub struct Names {
    clients: HashMap<i64, NamedClient>,
    services: HashMap<i64, String>,
    staff: HashMap<i64, String>,
    places: HashMap<i64, String>,
}

impl Names {
    /// Reads them; at most 1,000 ids of a kind.
    ///
    /// # Errors
    /// Of the database.
    pub async fn read(state: &ApiState, wanted: &Wanted) -> AppResult<Self> {
        let db = state.store().reader();
        let list = |ids: &BTreeSet<i64>| ids.iter().copied().collect::<Vec<i64>>();
        let mut names = Self::default();
        if !wanted.clients.is_empty() {
            let cards = clients::get_many(db, &list(&wanted.clients)).await?;
            let contact_ids: Vec<i64> = cards.iter().map(|card| card.contact_id).collect();
            let people = alfa_store::contacts::get_many(db, &contact_ids).await?;
            let name_of: HashMap<i64, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
            for card in cards {
                let client = NamedClient {
                    id: card.id,
                    contact_id: card.contact_id,
                    name: name_of.get(&card.contact_id).cloned().unwrap_or_default(),
                };
                names.clients.insert(card.id, client);
            }
        }
        if !wanted.services.is_empty() {
            let rows = services::get_many(db, &list(&wanted.services)).await?;
            names.services = rows.into_iter().map(|row| (row.id, row.name)).collect();
        }
        if !wanted.staff.is_empty() {
            let rows = staff::get_many(db, &list(&wanted.staff)).await?;
            names.staff = rows.into_iter().map(|row| (row.id, row.name)).collect();
        }
        if !wanted.places.is_empty() {
            let rows = places::get_many(db, &list(&wanted.places)).await?;
            names.places = rows.into_iter().map(|row| (row.id, row.name)).collect();
        }
        Ok(names)
    }

    pub fn client(&self, id: Option<i64>) -> Option<NamedClient> {
        self.clients.get(&id?).cloned()
    }

    pub fn service(&self, id: Option<i64>) -> Option<Named> {
        named(&self.services, id)
    }

    pub fn staff(&self, id: Option<i64>) -> Option<Named> {
        named(&self.staff, id)
    }

    pub fn place(&self, id: Option<i64>) -> Option<Named> {
        named(&self.places, id)
    }
}

fn named(names: &HashMap<i64, String>, id: Option<i64>) -> Option<Named> {
    let id = id?;
    let name = names.get(&id)?.clone();
    Some(Named { id, name })
}

//! Counters of a campaign, moved in the transaction of the change that moves them.

use std::collections::BTreeMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, Set};

use crate::StoreError;
use crate::entity::campaign_counters::{ActiveModel, Column, Entity};
use crate::types::{CampaignContactState, CounterKind, FunnelStage};

/// Changes of counters, gathered so that each counter is touched once in a transaction.
#[derive(Debug, Default)]
pub struct Moves(BTreeMap<(i64, CounterKind, String), i64>);

impl Moves {
    /// Nothing moved yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `delta` to the counter `key`.
    pub fn add(&mut self, campaign_id: i64, kind: CounterKind, key: impl Into<String>, delta: i64) {
        *self.0.entry((campaign_id, kind, key.into())).or_default() += delta;
    }

    /// One contact of the campaign goes from one state to another.
    pub fn state(&mut self, campaign_id: i64, from: CampaignContactState, to: CampaignContactState) {
        self.add(campaign_id, CounterKind::State, from.as_str(), -1);
        self.add(campaign_id, CounterKind::State, to.as_str(), 1);
    }

    /// One contact of the campaign goes from one funnel stage to another.
    pub fn stage(&mut self, campaign_id: i64, from: FunnelStage, to: FunnelStage) {
        self.add(campaign_id, CounterKind::Stage, from.as_str(), -1);
        self.add(campaign_id, CounterKind::Stage, to.as_str(), 1);
    }

    /// The campaigns in which somebody does not wait any more: such a campaign may be done.
    pub fn settled(&self) -> Vec<i64> {
        const WAITING: [CampaignContactState; 2] =
            [CampaignContactState::Pending, CampaignContactState::Queued];
        let left = self.0.iter().filter(|((_, kind, key), delta)| {
            *kind == CounterKind::State && **delta < 0 && WAITING.iter().any(|state| state.as_str() == key)
        });
        let mut campaigns: Vec<i64> = left.map(|((id, ..), _)| *id).collect();
        campaigns.dedup();
        campaigns
    }

    /// The campaigns whose counters move.
    pub fn campaigns(&self) -> Vec<i64> {
        let mut campaigns: Vec<i64> = self.0.keys().map(|(id, ..)| *id).collect();
        campaigns.dedup();
        campaigns
    }

    /// Writes the changes. Counters are touched in one order everywhere, so that two transactions cannot wait for each other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn apply<C: ConnectionTrait>(self, db: &C) -> Result<(), StoreError> {
        for ((campaign_id, kind, key), delta) in self.0 {
            if delta == 0 {
                continue;
            }
            let row = ActiveModel {
                campaign_id: Set(campaign_id),
                kind: Set(kind),
                key: Set(key),
                value: Set(delta),
                ..Default::default()
            };
            let raised = Expr::col((Entity, Column::Value)).add(delta);
            let on_conflict = OnConflict::columns([Column::CampaignId, Column::Kind, Column::Key])
                .value(Column::Value, raised)
                .to_owned();
            Entity::insert(row)
                .on_conflict(on_conflict)
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }
}

/// All counters of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn of_campaign<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
) -> Result<Vec<(CounterKind, String, i64)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CampaignId.eq(campaign_id))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.kind, row.key, row.value))
        .collect())
}

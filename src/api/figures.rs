//! What the campaigns for each product achieved: what the strategy advises from.

use crate::app::App;
use crate::error::AppResult;
use crate::knowledge::ProductFigures;
use alfa_store::outreach::counters;
use alfa_store::types::CounterKind;
use alfa_store::{Order, Page, campaigns};
use std::collections::BTreeMap;

/// Campaigns that are looked at, the newest first.
const MAX_CAMPAIGNS: u32 = 500;

/// The figures of every product that a campaign was for, and of the campaigns without a product.
///
/// # Errors
/// Of the database.
pub async fn by_product(app: &App) -> AppResult<Vec<ProductFigures>> {
    let db = app.store.reader();
    let campaigns = campaigns::list(
        db,
        &campaigns::Filter::default(),
        Order::NEWEST,
        &Page::first(MAX_CAMPAIGNS),
    )
    .await?
    .items;
    let mut figures: BTreeMap<Option<i64>, ProductFigures> = BTreeMap::new();
    for campaign in campaigns {
        let own = figures.entry(campaign.product_id).or_default();
        own.product_id = campaign.product_id;
        for (kind, key, value) in counters::of_campaign(db, campaign.id).await? {
            add(own, kind, &key, u64::try_from(value).unwrap_or(0));
        }
    }
    Ok(figures.into_values().collect())
}

fn add(figures: &mut ProductFigures, kind: CounterKind, key: &str, value: u64) {
    let place = match (kind, key) {
        (CounterKind::State, "sent") => &mut figures.sent,
        (CounterKind::State, "delivered") => &mut figures.delivered,
        (CounterKind::State, "read") => &mut figures.read,
        (CounterKind::State, "replied") => &mut figures.replied,
        (CounterKind::State, "opted_out") => &mut figures.opted_out,
        (CounterKind::State, "failed") => &mut figures.failed,
        (CounterKind::Stage, "won") => &mut figures.won,
        (CounterKind::Stage, "replied" | "interested" | "offered" | "applied") => &mut figures.active,
        _ => return,
    };
    *place += value;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_find_their_figure() {
        let mut figures = ProductFigures::default();
        add(&mut figures, CounterKind::State, "sent", 5);
        add(&mut figures, CounterKind::Stage, "interested", 2);
        add(&mut figures, CounterKind::Stage, "offered", 1);
        add(&mut figures, CounterKind::Stage, "won", 1);
        add(&mut figures, CounterKind::Reason, "no_consent", 9);
        assert_eq!(
            (figures.sent, figures.active, figures.won, figures.failed),
            (5, 3, 1, 0)
        );
    }
}

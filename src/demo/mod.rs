//! A demo business: a fitness studio with a coworking, its last year and its next two weeks, the same for the same seed
//! and day. Everything in it is invented and marked, and goes away with one command.

mod dice;
mod offer;
mod outreach;
mod people;
mod year;

use alfa_store::Tx;
use alfa_store::crm::rebase;
use alfa_store::demo::{self as rows, Kept};

use crate::app::App;
use crate::campaigns;
use crate::error::{AppError, AppResult, Message};
use dice::Dice;

/// The seed when none is given.
pub const SEED: u64 = 2026;

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub clients: usize,
    pub sessions: usize,
    pub bookings: usize,
    pub payments: usize,
}

/// Fills the database with the demo business, all of it or nothing.
///
/// # Errors
/// `Conflict` when it is there already; when the database fails.
pub async fn fill(app: &App, seed: u64) -> AppResult<Made> {
    let tx = app.begin().await?;
    if rows::present(&tx).await?.is_some() {
        return Err(AppError::conflict("demo_present", Message::new("demo.present")));
    }
    let mut dice = Dice::new(seed);
    let offer = offer::make(app, &tx).await?;
    let people = people::make(app, &tx, &mut dice).await?;
    let made = year::live(app, &tx, &mut dice, &offer, &people).await?;
    let written = outreach::live(app, &tx, &mut dice, &people).await?;
    rows::note(
        &tx,
        &Kept {
            accounts: vec![written.account],
            campaigns: written.campaigns,
            ..offer.ids()
        },
    )
    .await?;
    settle(app, tx).await?;
    Ok(made)
}

/// Takes the demo business away, with whatever was booked or paid by its people.
///
/// # Errors
/// `Conflict` when there is none; when the database fails.
pub async fn remove(app: &App) -> AppResult<()> {
    let tx = app.begin().await?;
    let Some(kept) = rows::present(&tx).await? else {
        return Err(AppError::conflict("demo_absent", Message::new("demo.absent")));
    };
    rows::remove(&tx, &kept).await?;
    campaigns::end_those_done(app, &tx).await?;
    settle(app, tx).await
}

/// Totals are made anew: the demo's rows were written behind their back.
async fn settle(app: &App, tx: Tx) -> AppResult<()> {
    let calendar = crate::crm::calendar(app);
    rebase::rebase(&tx, calendar.zone_name(), |moment| calendar.day_and_hour(moment)).await?;
    Ok(tx.commit().await?)
}

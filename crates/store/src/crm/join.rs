//! Two client cards of one person become one. Bookings, the waiting list, subscriptions and payments go to the card that
//! stays, and no sum changes: totals count money by its day, service, trainer and method, and the two clients become one
//! who came when the first of them did.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{bookings, clients, sessions, totals, waiting};
use crate::Result;
use crate::entity::bookings::{Column as Seat, Entity as Bookings, Model as Booking};
use crate::entity::clients::Model as Card;
use crate::entity::{payments, subscriptions, waiting_list};
use crate::types::{BookingStatus, ClientStatus, UnixMillis};

/// What joining two cards came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The card that has everything now.
    pub kept: i64,
    /// The card that is gone.
    pub gone: i64,
    /// The second seat of the person in the same session, given back.
    pub cancelled: Vec<Booking>,
    /// What the card that is gone said and the other says otherwise: the name of the field and the words.
    pub differing: Vec<(&'static str, String)>,
}

/// Both cards hold a seat in this session, and for each of them money was taken or a visit is on record: which of the two
/// is wrong only a person can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameSession {
    /// The session.
    pub session_id: i64,
}

/// Joins the card `gone` into `kept`. The contacts of both must be locked. After [`SameSession`] the transaction is to be
/// rolled back.
///
/// # Errors
/// [`crate::StoreError::Busy`] when somebody holds what is to be moved too long.
pub(crate) async fn join(
    db: &impl ConnectionTrait,
    (kept, gone): (&Card, &Card),
    now: UnixMillis,
) -> Result<Result<Joined, SameSession>> {
    let ids = (kept.id, gone.id);
    let shared = sessions_of_both(db, ids).await?;
    let waited = waited_for(db, ids).await?;
    for session_id in shared.union(&waited) {
        sessions::lock(db, *session_id).await?;
    }
    let mut cancelled = Vec::new();
    for session_id in shared {
        let seats = seats_of_both(db, session_id, ids).await?;
        if seats.len() < 2 {
            // Given back before the session was locked.
            continue;
        }
        let Some(second) = without_loss(&seats) else {
            return Ok(Err(SameSession { session_id }));
        };
        cancelled.push(give_back(db, second, now).await?);
    }
    // From here on nothing new can come to either card.
    let (kept, gone) = if kept.id < gone.id {
        let kept = clients::lock(db, kept.id).await?;
        (kept, clients::lock(db, gone.id).await?)
    } else {
        let gone = clients::lock(db, gone.id).await?;
        (clients::lock(db, kept.id).await?, gone)
    };
    keep_first_in_line(db, ids).await?;
    move_past(db, ids).await?;
    let differing = one_card(db, (&kept, &gone), now).await?;
    for booking in &cancelled {
        if let Some(session_id) = booking.session_id {
            waiting::promote(db, session_id, now).await?;
        }
    }
    Ok(Ok(Joined {
        kept: kept.id,
        gone: gone.id,
        cancelled,
        differing,
    }))
}

/// Sessions in which both hold a seat.
async fn sessions_of_both(db: &impl ConnectionTrait, (kept, gone): (i64, i64)) -> Result<BTreeSet<i64>> {
    let of = async |id: i64| -> Result<BTreeSet<i64>> {
        let found: Vec<Option<i64>> = Bookings::find()
            .select_only()
            .column(Seat::SessionId)
            .filter(Seat::ClientId.eq(id))
            .filter(Seat::ActiveClientId.eq(id))
            .into_tuple()
            .all(db)
            .await?;
        Ok(found.into_iter().flatten().collect())
    };
    Ok(&of(kept).await? & &of(gone).await?)
}

/// Sessions that one of them waits for.
async fn waited_for(db: &impl ConnectionTrait, (kept, gone): (i64, i64)) -> Result<BTreeSet<i64>> {
    use waiting_list::{Column, Entity};
    let found: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::SessionId)
        .filter(Column::ClientId.is_in([kept, gone]))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Their seats in a session, locked; first that of the card that goes.
async fn seats_of_both(
    db: &impl ConnectionTrait,
    session_id: i64,
    (kept, gone): (i64, i64),
) -> Result<Vec<Booking>> {
    let mut seats = Vec::new();
    for client_id in [gone, kept] {
        if let Some(seat) = bookings::seat_of(db, session_id, client_id).await? {
            seats.push(bookings::lock(db, seat.id).await?);
        }
    }
    Ok(seats)
}

/// The seat that can be given back without a loss, rather one that nothing pays for.
fn without_loss(seats: &[Booking]) -> Option<&Booking> {
    let unpaid = seats.iter().find(|seat| no_loss(seat) && !seat.visit_taken);
    unpaid.or_else(|| seats.iter().find(|seat| no_loss(seat)))
}

/// No money was taken for it and no visit is on record.
fn no_loss(seat: &Booking) -> bool {
    let came = match seat.status {
        BookingStatus::Attended => true,
        BookingStatus::NoShow => seat.visit_taken,
        _ => false,
    };
    !came && seat.paid_minor == 0
}

async fn give_back(db: &impl ConnectionTrait, seat: &Booking, now: UnixMillis) -> Result<Booking> {
    let gone = bookings::cancel(db, seat, None, now).await?;
    // The person still has a seat in the session: there is nothing to tell.
    bookings::update(db, Booking { notice: None, ..gone }).await
}

/// Nobody waits twice for a session, or for one in which there is a seat; the earlier turn holds.
async fn keep_first_in_line(db: &impl ConnectionTrait, (kept, gone): (i64, i64)) -> Result<()> {
    use waiting_list::{Column, Entity};
    let waits = Entity::find()
        .filter(Column::ClientId.is_in([kept, gone]))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut served = BTreeSet::new();
    for wait in waits {
        let mut has_seat = false;
        for client_id in [kept, gone] {
            has_seat |= bookings::seat_of(db, wait.session_id, client_id).await?.is_some();
        }
        if has_seat || !served.insert(wait.session_id) {
            Entity::delete_by_id(wait.id).exec(db).await?;
        }
    }
    Entity::update_many()
        .col_expr(Column::ClientId, Expr::value(kept))
        .filter(Column::ClientId.eq(gone))
        .exec(db)
        .await?;
    Ok(())
}

async fn move_past(db: &impl ConnectionTrait, (kept, gone): (i64, i64)) -> Result<()> {
    Bookings::update_many()
        .col_expr(Seat::ActiveClientId, Expr::value(Some(kept)))
        .filter(Seat::ClientId.eq(gone))
        .filter(Seat::ActiveClientId.eq(gone))
        .exec(db)
        .await?;
    Bookings::update_many()
        .col_expr(Seat::ClientId, Expr::value(Some(kept)))
        .filter(Seat::ClientId.eq(gone))
        .exec(db)
        .await?;
    subscriptions::Entity::update_many()
        .col_expr(subscriptions::Column::ClientId, Expr::value(Some(kept)))
        .filter(subscriptions::Column::ClientId.eq(gone))
        .exec(db)
        .await?;
    payments::Entity::update_many()
        .col_expr(payments::Column::ClientId, Expr::value(Some(kept)))
        .filter(payments::Column::ClientId.eq(gone))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes the one card and takes the other away. What the other said otherwise is given back, so that it is not lost.
async fn one_card(
    db: &impl ConnectionTrait,
    (kept, gone): (&Card, &Card),
    now: UnixMillis,
) -> Result<Vec<(&'static str, String)>> {
    let mut moves = totals::Moves::new();
    clients::delete(db, gone, &mut moves).await?;
    clients::update(db, kept, together(kept, gone, now), &mut moves).await?;
    clients::recount_visits(db, kept.id).await?;
    moves.apply(db).await?;
    let fields = [
        ("contract number 2", &kept.contract_number, &gone.contract_number),
        (
            "subscription number 2",
            &kept.subscription_number,
            &gone.subscription_number,
        ),
        ("client source 2", &kept.source, &gone.source),
    ];
    let differing = fields
        .into_iter()
        .filter_map(|(name, own, other)| match (own, other) {
            (Some(own), Some(other)) if own != other => Some((name, other.clone())),
            _ => None,
        });
    Ok(differing.collect())
}

fn together(kept: &Card, gone: &Card, now: UnixMillis) -> Card {
    let status = match (kept.status, gone.status) {
        (ClientStatus::Active, _) | (_, ClientStatus::Active) => ClientStatus::Active,
        (ClientStatus::New, other) => other,
        (own, _) => own,
    };
    let both = |own: &Option<String>, other: &Option<String>| match (own, other) {
        (Some(own), Some(other)) if own != other => Some(format!("{own}\n{other}")),
        (own, other) => own.clone().or_else(|| other.clone()),
    };
    let born = match kept.birth_date {
        Some(_) => kept,
        None => gone,
    };
    let first = if gone.created_at < kept.created_at {
        gone
    } else {
        kept
    };
    Card {
        status,
        direction: kept.direction.clone().or_else(|| gone.direction.clone()),
        contract_number: kept
            .contract_number
            .clone()
            .or_else(|| gone.contract_number.clone()),
        subscription_number: kept
            .subscription_number
            .clone()
            .or_else(|| gone.subscription_number.clone()),
        source: kept.source.clone().or_else(|| gone.source.clone()),
        birth_date: born.birth_date,
        birth_month_day: born.birth_month_day,
        notes: both(&kept.notes, &gone.notes),
        contraindications: both(&kept.contraindications, &gone.contraindications),
        created_day: first.created_day,
        created_at: first.created_at,
        updated_at: now,
        ..kept.clone()
    }
}

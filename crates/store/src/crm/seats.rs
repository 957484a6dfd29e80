//! Seats of a session. A seat is taken by one statement that raises the number only while it is below the capacity, and
//! the table refuses a higher one: of any number of tries at once for the last seat one wins, on every database.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Result;
use crate::entity::schedule_sessions::{Column, Entity};
use crate::types::SessionStatus;

/// Takes a seat. False: the session is full, cancelled, or not there.
///
/// # Errors
/// Of the database.
pub async fn take(db: &impl ConnectionTrait, session_id: i64) -> Result<bool> {
    let taken = Entity::update_many()
        .col_expr(Column::SeatsTaken, Expr::col(Column::SeatsTaken).add(1))
        .filter(Column::Id.eq(session_id))
        .filter(Column::Status.eq(SessionStatus::Scheduled))
        .filter(Expr::col(Column::SeatsTaken).lt(Expr::col(Column::Capacity)))
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Gives a seat back.
///
/// # Errors
/// Of the database.
pub async fn free(db: &impl ConnectionTrait, session_id: i64) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SeatsTaken, Expr::col(Column::SeatsTaken).sub(1))
        .filter(Column::Id.eq(session_id))
        .filter(Column::SeatsTaken.gt(0))
        .exec(db)
        .await?;
    Ok(())
}

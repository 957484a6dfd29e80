//! The answer to a repeated request of the CRM whose own answer was lost: what it made, as it is now.

use super::ApiState;
use super::money::Purse;
use super::{bookings, clients, payments, places, services, sessions, staff, subscriptions};
use crate::error::{AppError, AppResult};
use crate::once::Made;
use crate::text::Lang;
use alfa_store::crm;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// The answer.
///
/// # Errors
/// `NotFound` when it was deleted since.
pub async fn answer(state: &ApiState, made: &Made) -> AppResult<Response> {
    let db = state.store().reader();
    let purse = Purse::of(state, Lang::default());
    let headers = HeaderMap::new();
    let created = StatusCode::CREATED;
    Ok(match *made {
        Made::Client { id } => {
            let card = clients::card(state, &purse, crm::clients::get(db, id).await?).await?;
            (created, axum::Json(card)).into_response()
        }
        Made::Service { id } => {
            let service = services::Service::of(crm::services::get(db, id).await?, &purse);
            (created, axum::Json(service)).into_response()
        }
        Made::Staff { id } => {
            let member = staff::view(state, crm::staff::get(db, id).await?).await?;
            (created, axum::Json(member)).into_response()
        }
        Made::Place { id } => {
            let place = places::Place::of(crm::places::get(db, id).await?, &purse);
            (created, axum::Json(place)).into_response()
        }
        Made::Session { id } => {
            let items = sessions::views(state, &purse, crm::sessions::with_series(db, id).await?).await?;
            (created, axum::Json(sessions::CreatedSessions { items })).into_response()
        }
        Made::Booking { id } => {
            let booking = bookings::one(state, &headers, crm::bookings::get(db, id).await?).await?;
            (created, axum::Json(booking)).into_response()
        }
        Made::Waiting {
            session_id,
            client_id,
        } => {
            let all = bookings::waiting_of(state, session_id).await?;
            let own =
                |one: &bookings::Waiting| one.client.as_ref().is_some_and(|client| client.id == client_id);
            let waiting = all.into_iter().find(own);
            let waiting = waiting.ok_or_else(|| AppError::not_found("waiting client"))?;
            (StatusCode::ACCEPTED, axum::Json(waiting)).into_response()
        }
        Made::Payment { id } => {
            let payment = payments::one(state, &headers, crm::payments::get(db, id).await?).await?;
            (created, axum::Json(payment)).into_response()
        }
        Made::Subscription { id } => {
            let row = crm::subscriptions::get(db, id).await?;
            (
                created,
                axum::Json(subscriptions::one(state, &headers, row).await?),
            )
                .into_response()
        }
        Made::Contact { .. }
        | Made::Merged { .. }
        | Made::Campaign { .. }
        | Made::Message { .. }
        | Made::Job { .. }
        | Made::Upload { .. } => {
            return Err(AppError::internal(anyhow::anyhow!("not made by the CRM")));
        }
    })
}

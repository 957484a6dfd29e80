//! HTTP: decode, call, encode. `router.rs` is the whole route map; one file per noun.

mod about;
pub mod accounts;
mod admin;
pub mod ai;
pub mod ai_input;
mod ai_providers;
mod ai_record;
mod analytics;
pub mod assistant;
pub mod audit;
pub mod auth;
pub mod booking_input;
pub mod bookings;
pub mod campaign_change;
pub mod campaign_input;
pub mod campaign_people;
mod campaign_plan;
pub mod campaign_rehearsal;
pub mod campaign_view;
pub mod campaigns;
mod catalogue_change;
pub mod check;
pub mod client_input;
pub mod clients;
pub mod consent;
pub mod contact_input;
mod contact_relations;
pub mod contacts;
mod contacts_bulk;
pub mod contacts_export;
mod crm_cells;
mod crm_import;
mod crm_made;
pub mod crm_names;
mod crm_tables;
pub mod dashboard;
mod dialog_view;
pub mod dialogs;
pub mod directions;
pub mod docs;
pub mod events;
pub mod extract;
pub mod figures;
pub mod free;
pub mod groups;
pub mod guard;
pub mod idempotency;
mod import_preview;
pub mod imports;
pub mod jobs;
pub mod knowledge;
pub mod knowledge_edit;
pub mod knowledge_file;
pub mod knowledge_input;
pub mod knowledge_path;
pub mod knowledge_versions;
pub mod knowledge_view;
pub mod language;
pub mod mcp;
pub mod messages;
pub mod metrics;
pub mod money;
pub mod openapi;
pub mod outbox;
pub mod paging;
pub mod payment_input;
mod payment_sums;
pub mod payments;
pub mod places;
mod policy;
pub mod problem;
pub mod reason;
pub mod router;
pub mod segment;
pub mod services;
pub mod session_input;
pub mod sessions;
pub mod staff;
pub mod stages;
pub mod subscription_input;
pub mod subscriptions;
pub mod system;
pub mod table;
mod tags;
pub mod time;
pub mod tokens;
pub mod trace;
pub mod upload;
pub mod word;

use crate::access::{AccessService, LoginThrottle};
use crate::app::App;
use crate::clock::Clock;
use crate::error::{AppError, AppResult, Message};
use alfa_store::Store;
use metrics::Metrics;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long requests under way may take when the server stops.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct ApiState(Arc<Shared>);

struct Shared {
    app: Arc<App>,
    access: AccessService,
    throttle: LoginThrottle,
    metrics: Metrics,
    closed: bool,
    stopping: CancellationToken,
}

impl ApiState {
    /// The state of a server for `app`; `closed`: every call must say who calls.
    #[must_use]
    pub fn new(app: Arc<App>, closed: bool) -> Self {
        let access = AccessService::new(app.store.clone(), app.clock.clone());
        Self(Arc::new(Shared {
            app,
            access,
            closed,
            stopping: CancellationToken::new(),
            throttle: LoginThrottle::default(),
            metrics: Metrics::default(),
        }))
    }

    #[must_use]
    pub fn app(&self) -> &Arc<App> {
        &self.0.app
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.app.store
    }

    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.app.clock
    }

    #[must_use]
    pub fn access(&self) -> &AccessService {
        &self.0.access
    }

    #[must_use]
    pub fn throttle(&self) -> &LoginThrottle {
        &self.0.throttle
    }

    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Cancelled when the server stops, which ends the streams.
    #[must_use]
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Whether every call must say who calls.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.0.closed
    }
}

/// Makes the first administrator, and refuses to serve other machines when nobody could log in. Gives what the operator
/// must know of the settings that are not in force.
///
/// # Errors
/// `Conflict` with the text for the operator; `Internal`.
pub async fn prepare(app: &App) -> AppResult<Option<Message>> {
    let access = AccessService::new(app.store.clone(), app.clock.clone());
    let mut notice = None;
    if let Some(password) = &app.config.admin_password
        && !access.first_administrator(password).await?
    {
        notice = Some(Message::new("config.password_not_in_force"));
    }
    let anybody = access.anybody().await?;
    if anybody && !app.config.closed() {
        notice = Some(Message::new("config.closed_by_credentials"));
    }
    if app.config.loopback() || anybody {
        return Ok(notice);
    }
    let message = Message::new("config.exposed").with("host", &app.config.host);
    Err(AppError::conflict("exposed", message))
}

/// Serves `app` on `listener` until `stop` ends; requests under way are let finish, for a while.
///
/// # Errors
/// Of the listener or the database.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let access = AccessService::new(app.store.clone(), app.clock.clone());
    // A sandbox that has users or tokens stays closed when the variable that closed it is gone.
    let closed = app.config.closed() || access.anybody().await.map_err(std::io::Error::other)?;
    let state = ApiState::new(app, closed);
    let stopping = state.stopping().clone();
    let service = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let announced = stopping.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        announced.cancel();
    });
    let grace = async {
        stopping.cancelled().await;
        tokio::time::sleep(SHUTDOWN_GRACE).await;
    };
    tokio::select! {
        served = server.into_future() => served,
        () = grace => {
            tracing::warn!("requests were cut off at the end");
            Ok(())
        }
    }
}

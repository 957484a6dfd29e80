//! The whole route map: method, path, who may, handler. The document at `/openapi.json` is made of the same handlers,
//! and a test holds that both say the same.

use super::{ApiState, admin, docs, guard, idempotency, openapi, problem, trace};
use super::{
    about, accounts, ai, ai_providers, ai_record, analytics, assistant, audit, auth, campaign_change,
    campaign_people, campaign_plan, campaign_rehearsal, campaigns, consent, contact_relations, contacts,
    contacts_bulk, contacts_export, dialogs, events, groups,
};
use super::{
    bookings, catalogue_change, clients, crm_tables, dashboard, directions, free, payment_sums, payments,
    places, services, sessions, staff, subscriptions,
};
use super::{import_preview, imports, jobs, messages, outbox, policy, stages, system, tags, tokens, upload};
use super::{knowledge, knowledge_edit, knowledge_file, knowledge_versions};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Who may call a route when the API is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: nothing but the process's health and the login.
    Open,
    /// The admin's own files: they hold nothing of anybody's, and a link on another site may lead to them.
    Page,
    Read,
    Write,
    /// Tokens and accounts: a person who logged in, or a token made for that.
    Admin,
}

/// One line of the map.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
}

macro_rules! route_map {
    ($( $method:ident $path:literal $access:ident $($handler:ident)::+ ; )*) => {
        /// Every documented route.
        pub const ROUTES: &[Route] =
            &[$( Route { method: stringify!($method), path: $path, access: Access::$access } ),*];

        fn mapped() -> OpenApiRouter<ApiState> {
            OpenApiRouter::with_openapi(openapi::base()) $( .routes(routes!($($handler)::+)) )*
        }
    };
}

route_map! {
    GET    "/health"                                    Open   system::health;
    GET    "/ready"                                     Read   system::ready;
    GET    "/metrics"                                   Read   system::metrics;
    GET    "/api/system"                                Read   about::about;
    GET    "/api/policy"                                Read   policy::get;
    PATCH  "/api/policy"                                Admin  policy::change;
    POST   "/api/auth/login"                            Open   auth::login;
    POST   "/api/auth/logout"                           Read   auth::logout;
    GET    "/api/auth/me"                               Read   auth::me;
    GET    "/api/tokens"                                Admin  tokens::list;
    POST   "/api/tokens"                                Admin  tokens::create;
    DELETE "/api/tokens/{id}"                           Admin  tokens::revoke;
    GET    "/api/audit"                                 Admin  audit::list;
    GET    "/api/contacts"                              Read   contacts::list;
    POST   "/api/contacts/create"                       Write  contacts::create;
    POST   "/api/contacts/upload"                       Write  upload::upload;
    GET    "/api/contacts/export"                       Read   contacts_export::csv;
    POST   "/api/contacts/bulk"                         Write  contacts_bulk::start;
    POST   "/api/contacts/bulk/{id}/undo"               Write  contacts_bulk::undo;
    GET    "/api/contacts/tags"                         Read   tags::list;
    GET    "/api/contacts/{id}"                         Read   contacts::get;
    PUT    "/api/contacts/{id}"                         Write  contacts::update;
    DELETE "/api/contacts/{id}"                         Write  contacts::delete;
    GET    "/api/contacts/{id}/consent"                 Read   consent::ledger;
    POST   "/api/contacts/{id}/consent"                 Write  consent::grant;
    POST   "/api/contacts/{id}/revoke-consent"          Write  consent::revoke;
    POST   "/api/contacts/{id}/opt-out"                 Write  consent::opt_out;
    POST   "/api/contacts/{id}/stage"                   Write  stages::change;
    GET    "/api/contacts/{id}/stages"                  Read   stages::history;
    POST   "/api/contacts/{id}/merge"                   Write  contact_relations::merge;
    GET    "/api/contacts/{id}/duplicates"              Read   contact_relations::duplicates;
    GET    "/api/contacts/{id}/campaigns"               Read   contact_relations::campaigns;
    GET    "/api/contacts/{id}/export"                  Read   contacts_export::person;
    GET    "/api/imports"                               Read   imports::list;
    POST   "/api/imports/preview"                       Write  import_preview::look;
    GET    "/api/imports/{id}"                          Read   imports::get;
    GET    "/api/imports/{id}/problems.csv"             Read   imports::problem_rows;
    POST   "/api/imports/{id}/undo"                     Write  imports::undo;
    GET    "/api/groups"                                Read   groups::list;
    GET    "/api/groups/{id}/members"                   Read   groups::members;
    POST   "/api/groups/{id}/parse-members"             Write  groups::parse_members;
    GET    "/api/campaigns"                             Read   campaigns::list;
    POST   "/api/campaigns/create"                      Write  campaigns::create;
    POST   "/api/campaigns/audience"                    Read   campaign_plan::look;
    POST   "/api/campaigns/preview"                     Read   campaign_plan::preview;
    POST   "/api/campaigns/forecast"                    Read   campaign_plan::foresee;
    GET    "/api/campaigns/{id}"                        Read   campaigns::get;
    PATCH  "/api/campaigns/{id}"                        Write  campaign_change::change;
    DELETE "/api/campaigns/{id}"                        Write  campaigns::delete;
    POST   "/api/campaigns/{id}/preview"                Read   campaign_change::preview;
    GET    "/api/campaigns/{id}/stats"                  Read   campaigns::statistics;
    GET    "/api/campaigns/{id}/contacts"               Read   campaign_people::list;
    POST   "/api/campaigns/{id}/rehearse"               Write  campaign_rehearsal::rehearse;
    GET    "/api/campaigns/{id}/drafts"                 Read   campaigns::drafts;
    PATCH  "/api/campaigns/{id}/drafts"                 Write  campaign_change::edit_draft;
    POST   "/api/campaigns/{id}/initiate-dialogs"       Write  campaigns::initiate;
    POST   "/api/campaigns/{id}/pause"                  Write  campaigns::pause;
    POST   "/api/campaigns/{id}/resume"                 Write  campaigns::resume;
    POST   "/api/campaigns/{id}/cancel"                 Write  campaigns::cancel;
    POST   "/api/campaigns/{id}/approve"                Write  campaigns::approve;
    POST   "/api/campaigns/{id}/reject"                 Write  campaign_change::reject;
    GET    "/api/messages/history"                      Read   messages::history;
    POST   "/api/messages/send"                         Write  messages::send;
    GET    "/api/messages/{id}"                         Read   messages::get;
    PATCH  "/api/messages/{id}"                         Write  messages::edit;
    POST   "/api/messages/{id}/retry"                   Write  messages::retry;
    GET    "/api/outbox/{id}"                           Read   outbox::get;
    GET    "/api/dialogs"                               Read   dialogs::list;
    GET    "/api/dialogs/counts"                        Read   dialogs::counts;
    GET    "/api/dialogs/{contact_id}"                  Read   dialogs::get;
    POST   "/api/dialogs/{contact_id}/read"             Write  dialogs::read;
    POST   "/api/dialogs/{contact_id}/reopen"           Write  dialogs::reopen;
    POST   "/api/dialogs/{contact_id}/suggest"          Read   dialogs::suggest;
    POST   "/api/dialogs/{contact_id}/take-over"        Write  dialogs::take_over;
    POST   "/api/dialogs/{contact_id}/hand-back"        Write  dialogs::hand_back;
    POST   "/api/dialogs/{contact_id}/close"            Write  dialogs::close;
    GET    "/api/ai/recommend-product"                  Read   ai::recommend_product;
    POST   "/api/ai/handle-objection"                   Read   ai::handle_objection;
    GET    "/api/ai/providers"                          Read   ai_providers::list;
    POST   "/api/ai/providers/{name}/test"              Admin  ai_providers::test;
    GET    "/api/ai/attempts"                           Read   ai_record::attempts;
    GET    "/api/ai/violations"                         Read   ai_record::violations;
    POST   "/api/ai-assistant/chat"                     Read   assistant::chat;
    GET    "/api/ai-assistant/stats"                    Read   assistant::stats;
    POST   "/api/ai/check"                              Read   ai::check_text;
    GET    "/api/knowledge/program-info"                Read   knowledge::program_info;
    GET    "/api/knowledge/products"                    Read   knowledge::products;
    GET    "/api/knowledge/strategy"                    Read   knowledge::strategy;
    GET    "/api/knowledge/program"                     Read   knowledge_edit::program;
    PUT    "/api/knowledge/program"                     Write  knowledge_edit::put_program;
    POST   "/api/knowledge/products"                    Write  knowledge_edit::add_product;
    GET    "/api/knowledge/products/{id}"               Read   knowledge_edit::product;
    PUT    "/api/knowledge/products/{id}"               Write  knowledge_edit::put_product;
    PATCH  "/api/knowledge/products/{id}"               Write  knowledge_edit::patch_product;
    DELETE "/api/knowledge/products/{id}"               Write  knowledge_edit::delete_product;
    PUT    "/api/knowledge/products/{id}/facts/{attribute}" Write knowledge_edit::put_fact;
    DELETE "/api/knowledge/products/{id}/facts/{attribute}" Write knowledge_edit::delete_fact;
    GET    "/api/knowledge/objections"                  Read   knowledge_edit::objections;
    GET    "/api/knowledge/objections/{class}"          Read   knowledge_edit::objection;
    PUT    "/api/knowledge/objections/{class}"          Write  knowledge_edit::put_objection;
    GET    "/api/knowledge/blocks"                      Read   knowledge_edit::blocks;
    GET    "/api/knowledge/blocks/{kind}"               Read   knowledge_edit::block_kind;
    PUT    "/api/knowledge/blocks/{kind}"               Write  knowledge_edit::put_blocks;
    GET    "/api/knowledge/versions"                    Read   knowledge_versions::list;
    GET    "/api/knowledge/versions/{id}"               Read   knowledge_versions::get;
    POST   "/api/knowledge/versions/{id}/restore"       Write  knowledge_versions::restore;
    GET    "/api/knowledge/export"                      Read   knowledge_file::export;
    POST   "/api/knowledge/import"                      Write  knowledge_file::import;
    POST   "/api/knowledge/sync"                        Write  knowledge_file::synchronise;
    GET    "/api/clients"                               Read   clients::list;
    POST   "/api/clients"                               Write  clients::create;
    GET    "/api/clients/export"                        Read   clients::export;
    POST   "/api/clients/import"                        Write  crm_tables::clients_file;
    GET    "/api/clients/{id}"                          Read   clients::get;
    PATCH  "/api/clients/{id}"                          Write  clients::update;
    DELETE "/api/clients/{id}"                          Write  clients::delete;
    GET    "/api/services"                              Read   services::list;
    POST   "/api/services"                              Write  services::create;
    GET    "/api/services/export"                       Read   services::export;
    POST   "/api/services/import"                       Write  crm_tables::services_file;
    GET    "/api/services/{id}"                         Read   services::get;
    PUT    "/api/services/{id}"                         Write  services::put;
    PATCH  "/api/services/{id}"                         Write  catalogue_change::service;
    DELETE "/api/services/{id}"                         Write  services::delete;
    GET    "/api/staff"                                 Read   staff::list;
    POST   "/api/staff"                                 Write  staff::create;
    GET    "/api/staff/export"                          Read   staff::export;
    POST   "/api/staff/import"                          Write  crm_tables::staff_file;
    GET    "/api/staff/{id}"                            Read   staff::get;
    PUT    "/api/staff/{id}"                            Write  staff::put;
    PATCH  "/api/staff/{id}"                            Write  catalogue_change::staff;
    DELETE "/api/staff/{id}"                            Write  staff::delete;
    GET    "/api/places"                                Read   places::list;
    POST   "/api/places"                                Write  places::create;
    GET    "/api/places/export"                         Read   places::export;
    POST   "/api/places/import"                         Write  crm_tables::places_file;
    GET    "/api/places/{id}"                           Read   places::get;
    PUT    "/api/places/{id}"                           Write  places::put;
    PATCH  "/api/places/{id}"                           Write  catalogue_change::place;
    DELETE "/api/places/{id}"                           Write  places::delete;
    GET    "/api/directions"                            Read   directions::list;
    PUT    "/api/directions/{code}"                     Write  directions::put;
    DELETE "/api/directions/{code}"                     Write  directions::delete;
    GET    "/api/schedule/sessions"                     Read   sessions::list;
    POST   "/api/schedule/sessions"                     Write  sessions::create;
    GET    "/api/schedule/sessions/export"              Read   sessions::export;
    POST   "/api/schedule/sessions/import"              Write  crm_tables::sessions_file;
    GET    "/api/schedule/sessions/{id}"                Read   sessions::get;
    PATCH  "/api/schedule/sessions/{id}"                Write  sessions::update;
    POST   "/api/schedule/sessions/{id}/cancel"         Write  sessions::cancel;
    GET    "/api/schedule/sessions/{id}/waiting"        Read   bookings::waiting_list;
    POST   "/api/schedule/sessions/{id}/stop-waiting"   Write  bookings::stop_waiting;
    GET    "/api/schedule/bookings"                     Read   bookings::list;
    POST   "/api/schedule/bookings"                     Write  bookings::create;
    GET    "/api/schedule/bookings/export"              Read   bookings::export;
    POST   "/api/schedule/bookings/import"              Write  crm_tables::bookings_file;
    GET    "/api/schedule/bookings/{id}"                Read   bookings::get;
    PATCH  "/api/schedule/bookings/{id}"                Write  bookings::update;
    POST   "/api/schedule/bookings/{id}/status"         Write  bookings::set_status;
    GET    "/api/schedule/free"                         Read   free::free;
    GET    "/api/subscriptions"                         Read   subscriptions::list;
    POST   "/api/subscriptions"                         Write  subscriptions::create;
    GET    "/api/subscriptions/export"                  Read   subscriptions::export;
    POST   "/api/subscriptions/import"                  Write  crm_tables::subscriptions_file;
    GET    "/api/subscriptions/{id}"                    Read   subscriptions::get;
    PATCH  "/api/subscriptions/{id}"                    Write  subscriptions::update;
    POST   "/api/subscriptions/{id}/freeze"             Write  subscriptions::freeze;
    POST   "/api/subscriptions/{id}/unfreeze"           Write  subscriptions::unfreeze;
    POST   "/api/subscriptions/{id}/cancel"             Write  subscriptions::cancel;
    GET    "/api/payments"                              Read   payments::list;
    POST   "/api/payments"                              Write  payments::create;
    GET    "/api/payments/sums"                         Read   payment_sums::sums;
    GET    "/api/payments/export"                       Read   payments::export;
    POST   "/api/payments/import"                       Write  crm_tables::payments_file;
    GET    "/api/payments/{id}"                         Read   payments::get;
    PATCH  "/api/payments/{id}"                         Write  payments::update;
    POST   "/api/payments/{id}/refund"                  Write  payments::refund;
    GET    "/api/dashboard/summary"                     Read   dashboard::summary;
    GET    "/api/analytics/funnel"                      Read   analytics::funnel;
    GET    "/api/analytics/timeline"                    Read   analytics::timeline;
    GET    "/api/analytics/breakdown"                   Read   analytics::breakdown;
    GET    "/api/analytics/replies"                     Read   analytics::replies;
    GET    "/api/analytics/ai"                          Read   analytics::ai;
    GET    "/api/jobs/{id}"                             Read   jobs::get;
    GET    "/api/events"                                Read   events::stream;
    GET    "/api/accounts"                              Read   accounts::list;
    POST   "/api/accounts"                              Admin  accounts::create;
    GET    "/api/accounts/{id}"                         Read   accounts::get;
    POST   "/api/accounts/{id}/request-code"            Admin  accounts::request_code;
    POST   "/api/accounts/{id}/sign-in"                 Admin  accounts::sign_in;
    POST   "/api/accounts/{id}/password"                Admin  accounts::password;
    POST   "/api/accounts/{id}/qr"                      Admin  accounts::qr;
    POST   "/api/accounts/{id}/logout"                  Admin  accounts::logout;
    POST   "/api/accounts/{id}/resume"                  Write  accounts::resume;
}

/// Routes that are not in the document: the admin, the document itself and its pages.
const UNDOCUMENTED: &[Route] = &[
    Route {
        method: "GET",
        path: "/",
        access: Access::Page,
    },
    Route {
        method: "GET",
        path: "/admin",
        access: Access::Page,
    },
    Route {
        method: "GET",
        path: "/admin/",
        access: Access::Page,
    },
    Route {
        method: "GET",
        path: "/admin/{*file}",
        access: Access::Page,
    },
    Route {
        method: "GET",
        path: "/openapi.json",
        access: Access::Read,
    },
    Route {
        method: "GET",
        path: "/docs",
        access: Access::Read,
    },
    Route {
        method: "GET",
        path: "/docs/{*file}",
        access: Access::Read,
    },
    Route {
        method: "POST",
        path: "/mcp",
        access: Access::Read,
    },
    Route {
        method: "GET",
        path: "/mcp",
        access: Access::Read,
    },
    Route {
        method: "DELETE",
        path: "/mcp",
        access: Access::Read,
    },
];

/// Most bytes of a body, except of an upload, which goes to a file.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Most bytes of a body of this route that is read whole.
#[must_use]
pub fn body_bytes(route: &str) -> usize {
    if route == knowledge_file::IMPORT {
        knowledge_file::MAX_FILE_BYTES
    } else {
        MAX_BODY_BYTES
    }
}

/// What the route asks for; `None` when it is not in the map.
#[must_use]
pub fn access_of(method: &Method, path: &str) -> Option<Access> {
    let method = if *method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    let all = ROUTES.iter().chain(UNDOCUMENTED);
    all.filter(|route| route.path == path)
        .find(|route| route.method == method)
        .map(|route| route.access)
}

/// The server, ready to listen.
pub fn router(state: ApiState) -> Router {
    let (router, mut document) = mapped().split_for_parts();
    openapi::complete(&mut document);
    let document = openapi::text(&document);
    // From the inside out: the last layer sees a request first.
    router
        .route_service("/mcp", super::mcp::service(&state))
        .route("/openapi.json", get(move || openapi::serve(document)))
        .route("/", get(admin::front))
        .route("/admin", get(admin::index))
        .route("/admin/", get(admin::index))
        .route("/admin/{*file}", get(admin::file))
        .route("/docs", get(docs::index))
        .route("/docs/", get(docs::index))
        .route("/docs/{*file}", get(docs::file))
        .layer(from_fn_with_state(state.clone(), idempotency::replay))
        .layer(DefaultBodyLimit::max(upload::MAX_UPLOAD_BYTES))
        .layer(from_fn_with_state(state.clone(), guard::check))
        .layer(from_fn(system::bounded_time))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(system::panicked))
        .layer(from_fn(problem::render))
        .layer(from_fn_with_state(state.clone(), trace::observe))
        .with_state(state)
}

/// The document, as it is served and as the checked-in copy must be.
#[must_use]
pub fn document() -> String {
    let mut document = mapped().to_openapi();
    openapi::complete(&mut document);
    openapi::text(&document)
}

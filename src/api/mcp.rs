//! The assistant's tools for outside agents, over the Model Context Protocol at `/mcp`: the same tools, the same figures,
//! under the caller's token and rights. Each request stands by itself; nothing is kept between two.

use super::ApiState;
use crate::access::Caller;
use crate::assistant;
use crate::assistant::desk::{Ending, Outcome};
use crate::assistant::rights::Rights;
use crate::assistant::tool::Tool;
use crate::text::Lang;
use axum::http::request::Parts;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool as Described, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, ServerHandler};
use serde_json::{Value, json};
use std::sync::Arc;

/// What an agent is told of the server.
const INSTRUCTIONS: &str = "Read-only figures of a small business's CRM: clients, schedule, revenue, outreach. Days are of the \
     business's time zone; money is in whole minor units with its currency. Name the period and the definition with each figure.";

/// The tools under the rights of whoever sends the request.
#[derive(Clone)]
pub struct Agent(ApiState);

/// The service at `/mcp`.
pub fn service(state: &ApiState) -> StreamableHttpService<Agent, NeverSessionManager> {
    let mut config = StreamableHttpServerConfig::default();
    config.legacy_session_mode = false;
    config.json_response = true;
    config.sse_keep_alive = None;
    config.cancellation_token = state.stopping().child_token();
    // Hosts and origins are checked by the guard, for every route alike.
    config.allowed_hosts = Vec::new();
    let agent = Agent(state.clone());
    StreamableHttpService::new(
        move || Ok(agent.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    )
}

impl Agent {
    fn rights(context: &RequestContext<RoleServer>) -> Rights {
        let caller = context
            .extensions
            .get::<Parts>()
            .and_then(|parts| parts.extensions.get::<Caller>());
        Rights::of(caller.unwrap_or(&Caller::Nobody))
    }

    fn lang(context: &RequestContext<RoleServer>) -> Lang {
        context
            .extensions
            .get::<Parts>()
            .map_or(Lang::En, |parts| super::language::of(&parts.headers))
    }
}

impl ServerHandler for Agent {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("alfa", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let rights = Self::rights(&context);
        let tools = Tool::ALL
            .iter()
            .filter(|tool| rights.may(tool.domain()))
            .map(|tool| described(*tool))
            .collect();
        std::future::ready(Ok(ListToolsResult::with_all_items(tools))).await
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let (rights, lang) = (Self::rights(&context), Self::lang(&context));
        let arguments = request.arguments.unwrap_or_default();
        let answered = assistant::call(self.0.app(), &request.name, arguments, rights, lang).await;
        match answered {
            Ok(Ok((outcome, definition))) => Ok(result(&outcome, &definition).into()),
            Ok(Err(bad)) => {
                let told = format!("{}: {}", bad.field, bad.why);
                Err(ErrorData::invalid_params(told, Some(json!({"field": bad.field}))))
            }
            Err(error) => {
                tracing::warn!(%error, "a tool failed");
                Err(ErrorData::internal_error(
                    super::problem::problem(lang, &error).detail,
                    None,
                ))
            }
        }
    }
}

fn described(tool: Tool) -> Described {
    Described::new(tool.name(), tool.about(), Arc::new(tool.schema())).with_annotations(
        ToolAnnotations::new()
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false),
    )
}

fn result(outcome: &Outcome, definition: &str) -> CallToolResult {
    let content = vec![ContentBlock::text(format!("{}\n{definition}", outcome.text))];
    let mut result = match outcome.ending {
        Ending::Forbidden | Ending::Which | Ending::NoSuch => CallToolResult::error(content),
        Ending::Figures => CallToolResult::success(content),
    };
    let mut data = outcome.data.clone();
    data.insert("definition".to_owned(), definition.into());
    if let Some(period) = outcome.period {
        let day = crate::assistant::desk::iso;
        data.insert(
            "period".to_owned(),
            json!({"from": day(period.from), "to": day(period.to)}),
        );
    }
    result.structured_content = Some(Value::Object(data));
    result
}

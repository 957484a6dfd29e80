//! The OpenAPI 3.1 document: what the handlers say of themselves, and what holds for all of them.

use super::problem::{PROBLEM_JSON, Problem};
use super::router::{Access, ROUTES};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::{HttpMethod, Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::schema::{ObjectBuilder, Ref, SchemaType, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, RefOr, Required, ResponseBuilder, Schema};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Alfa",
        description = "A self-hosted CRM that talks to customers in Telegram."
    ),
    components(schemas(Problem, super::dialogs::TabName))
)]
struct Base;

/// What the document begins with.
#[must_use]
pub fn base() -> OpenApi {
    <Base as utoipa::OpenApi>::openapi()
}

/// Adds to every operation what holds for all: the problems it may answer, who may call, the idempotency key.
pub fn complete(document: &mut OpenApi) {
    let schemes = [
        (
            "bearer",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        ),
        (
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(super::guard::SESSION_COOKIE))),
        ),
    ];
    let components = document.components.get_or_insert_with(Default::default);
    for (name, scheme) in schemes {
        components
            .security_schemes
            .insert(name.to_owned(), RefOr::T(scheme));
    }
    for route in ROUTES {
        let Some(item) = document.paths.paths.get_mut(route.path) else {
            continue;
        };
        let method = method_of(route.method);
        let operation = match method {
            HttpMethod::Get => item.get.as_mut(),
            HttpMethod::Put => item.put.as_mut(),
            HttpMethod::Post => item.post.as_mut(),
            HttpMethod::Patch => item.patch.as_mut(),
            _ => item.delete.as_mut(),
        };
        if let Some(operation) = operation {
            complete_operation(
                operation,
                route.access,
                super::idempotency::honours(route.method, route.path),
            );
            if route.path.starts_with("/api/knowledge/") && route.access == Access::Write {
                takes_if_match(operation);
            }
            if route.path == "/api/knowledge/sync" {
                add_problem(operation, "502", "The cabinet's answer cannot be used");
            }
        }
    }
}

/// The method of a route's word.
#[must_use]
pub fn method_of(word: &str) -> HttpMethod {
    match word {
        "PUT" => HttpMethod::Put,
        "POST" => HttpMethod::Post,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn complete_operation(operation: &mut Operation, access: Access, keyed: bool) {
    name_uniquely(operation);
    // The handlers' doc comments tell programmers of errors; callers read them below, by status.
    let told = operation
        .description
        .take()
        .and_then(|text| text.split("# Errors").next().map(str::trim).map(str::to_owned));
    operation.description = told.filter(|text| !text.is_empty());
    let problems = [
        ("400", "The request cannot be read"),
        ("401", "Nobody is logged in"),
        ("403", "The caller may not"),
        ("404", "There is no such thing"),
        ("405", "The path has no such method"),
        ("408", "The request came too slowly"),
        ("409", "The state of things forbids it"),
        ("413", "The body is too large"),
        ("415", "The body is not of the type that is expected"),
        ("422", "The input is bad; `errors` names the fields"),
        ("429", "Too many requests; `Retry-After` says when to try again"),
        ("500", "A fault of the server"),
        ("503", "Something that is needed is not there now"),
    ];
    for (status, description) in problems {
        add_problem(operation, status, description);
    }
    if let Some(body) = &mut operation.request_body {
        may_be_left_out(body);
    }
    if !matches!(access, Access::Open | Access::Page) {
        let one = |name: &str| SecurityRequirement::new(name, Vec::<String>::new());
        // The empty one: in the open sandbox nothing is needed.
        operation.security = Some(vec![
            one("bearer"),
            one("session"),
            SecurityRequirement::default(),
        ]);
    }
    if keyed {
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(idempotency_key()));
    }
}

/// Handlers of different nouns have the same short names; in the document each name stands once.
fn name_uniquely(operation: &mut Operation) {
    let tag = operation
        .tags
        .iter()
        .flatten()
        .next()
        .map(|tag| tag.replace('-', "_"));
    if let (Some(tag), Some(id)) = (tag, operation.operation_id.as_mut()) {
        *id = format!("{tag}_{id}");
    }
}

fn add_problem(operation: &mut Operation, status: &str, description: &str) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let response = ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, content)
        .build();
    operation
        .responses
        .responses
        .entry(status.to_owned())
        .or_insert(RefOr::T(response));
}

/// A change of the knowledge base may name the version that the caller knows.
fn takes_if_match(operation: &mut Operation) {
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .pattern(Some("^(\\*|\"[0-9]{1,18}\")$"));
    let parameter = ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The `ETag` of the version that the change is based on; another one in force is a 412.",
        ))
        .schema(Some(schema))
        .build();
    operation
        .parameters
        .get_or_insert_default()
        .push(RefOr::T(parameter));
    add_problem(
        operation,
        "412",
        "Another version of the knowledge base is in force",
    );
}

/// A body that may be left out is documented as one that may be `null`, which it may not.
fn may_be_left_out(body: &mut RefOr<RequestBody>) {
    let RefOr::T(body) = body else { return };
    for content in body.content.values_mut() {
        let RefOr::T(content) = content else { continue };
        if let Some(RefOr::T(Schema::OneOf(one_of))) = &content.schema
            && let [inner @ RefOr::Ref(_), _null] = one_of.items.as_slice()
        {
            content.schema = Some(inner.clone());
            body.required = Some(Required::False);
        }
    }
}

fn idempotency_key() -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .min_length(Some(1))
        .max_length(Some(super::idempotency::MAX_KEY_CHARS))
        .pattern(Some("^[!-~]+$"));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The same key with the same body is answered with the first answer and does nothing.",
        ))
        .schema(Some(schema))
        .build()
}

/// The document as text.
#[must_use]
pub fn text(document: &OpenApi) -> String {
    document.to_pretty_json().unwrap_or_default()
}

/// Answers with the document.
pub async fn serve(document: String) -> Response {
    std::future::ready(([(header::CONTENT_TYPE, "application/json")], document).into_response()).await
}

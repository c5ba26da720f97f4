//! `GET /api/openapi.json`: the whole surface as an OpenAPI 3.1 document, and the page that shows it. Both are written
//! when somebody first asks for one of them.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use nengce_shared::access::permission::Permission;
use nengce_shared::problem::Problem;
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

use super::views::{self, View};
use super::{docs, parameters, statuses};
use crate::config::PUBLIC_READS;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nengce",
        description = "Online energy-consumption monitoring of key energy-using units: terminal protocol and portal API. \
                       Energy in tce, value added in 10^4 yuan at comparable prices, shares and changes as fractions; \
                       a missing figure is null, never 0. \
                       Terminals' paths are those of the profiles that are bound to this listener."
    ),
    components(schemas(Problem))
)]
struct Frame;

/// The document of views and of described operations, with every status that an operation may answer.
pub fn document(
    views: Vec<View>,
    described: impl IntoIterator<Item = utoipa::openapi::OpenApi>,
    permissions: Vec<(&'static str, &'static str, Permission)>,
) -> Value {
    let mut document = Frame::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    described.into_iter().for_each(|it| document.merge(it));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let components = document.components.get_or_insert_default();
    for name in ["admin", "system", "access_key"] {
        components.add_security_scheme(name, SecurityScheme::Http(bearer.clone()));
    }
    let session = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("nengce_session")));
    components.add_security_scheme("session", session);
    for it in views {
        let operation = views::operation(&it);
        document.paths.add_path_operation(it.path, vec![HttpMethod::Get], operation);
        components.schemas.extend(it.answer.parts);
    }
    let mut document = serde_json::to_value(document).unwrap_or_default();
    for (path, method, permission) in permissions {
        require(&mut document["paths"][path][method], permission);
    }
    parameters::describe(&mut document);
    statuses::complete(&mut document);
    document
}

/// States the permission of an operation, and how a sender proves to have it.
fn require(operation: &mut Value, permission: Permission) {
    operation["x-permission"] = permission.as_str().into();
    let (admin, session) = (json!({"admin": []}), json!({"session": []}));
    operation["security"] = match permission {
        Permission::Open | Permission::Sender => return,
        // What a server publishes needs no proof.
        it if it == Permission::Names || PUBLIC_READS.contains(&it) => json!([{}, admin, session]),
        _ => json!([admin, session]),
    };
}

/// The document and its page.
struct Texts {
    json: String,
    page: String,
}

/// The texts, or how they are written.
#[derive(Clone)]
pub struct ApiDocument(Arc<LazyLock<Texts, Box<dyn FnOnce() -> Texts + Send>>>);

impl ApiDocument {
    pub fn new(document: impl FnOnce() -> Value + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(|| {
            let document = document();
            Texts { json: document.to_string(), page: docs::page(&document) }
        }))))
    }
}

pub async fn get_openapi(State(document): State<ApiDocument>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], document.0.json.clone())
}

pub async fn get_docs(State(document): State<ApiDocument>) -> Html<String> {
    Html(document.0.page.clone())
}

pub async fn get_style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("docs.css"))
}

pub async fn get_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("docs.js"))
}

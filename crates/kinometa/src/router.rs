//! The router: API routes, the web interface and the middleware around them.

use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Json, Router};
use kometa::schema::Schema;
use tower_http::catch_panic::CatchPanicLayer;

use crate::api;
use crate::app::App;
use crate::http::errors::ApiError;
use crate::http::known_host::KnownHosts;
use crate::http::{
    authenticate, body_timeout, client, compression, document, finish_writes, headers, known_host,
    request_log, same_origin,
};
use crate::web;

/// Maximum request body in bytes. The API only takes small JSON documents.
const MAX_BODY: usize = 256 * 1024;

/// Builds the complete router. The last layer added is the outermost and runs first.
pub(crate) fn router(app: App) -> Router {
    let (routes, document) = api::routes().split_for_parts();
    let document = document::to_json(&document);
    schemas(routes)
        // Like the schemas, this route is not listed in the OpenAPI document.
        .route("/api/openapi.json", get(move |_: State<App>| async move { Json(document) }))
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .fallback(web::serve)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(finish_writes::finish_writes))
        .layer(from_fn_with_state(app.clone(), authenticate::authenticate))
        .layer(from_fn(same_origin::same_origin))
        .layer(from_fn_with_state(KnownHosts::new(&app.config().allowed_hosts), known_host::known_host))
        .layer(from_fn_with_state(app.clone(), client::identify))
        .layer(from_fn_with_state(app.config().limits.body_timeout, body_timeout::body_timeout))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(compression::layer())
        .layer(from_fn_with_state(web::content_security_policy(), headers::security_headers))
        .layer(from_fn(request_log::log_request))
        .with_state(app)
}

/// `/schemas/…`: JSON Schemas with which editors check Kometa's files. They contain no data of this server, so
/// they are public.
fn schemas(mut routes: Router<App>) -> Router<App> {
    for schema in Schema::ALL {
        let serve = move || async move { ([(CONTENT_TYPE, "application/schema+json")], schema.text()) };
        routes = routes.route(&format!("/schemas/{}", schema.file_name()), get(serve));
    }
    routes
}

fn panicked(panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    use axum::response::IntoResponse;
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    ApiError::internal(format!("a handler panicked: {text}")).into_response()
}

//! The HTTP API, one module per resource, with request types next to their handlers.
//!
//! Handlers authenticate, call a service and convert the result. Logic belongs in the services.

pub mod collections;
pub mod companions;
pub mod events;
pub mod folders;
pub mod health;
pub mod home;
pub mod images;
pub mod kometa;
pub mod libraries;
pub mod lists;
pub mod live;
pub mod marks;
pub mod matches;
pub mod me;
pub mod media;
mod paging;
pub mod people;
pub mod playback;
pub mod plays;
pub mod plex;
pub mod preferences;
pub mod problems;
pub mod recommendations;
pub mod scans;
pub mod search;
pub mod session;
pub mod statistics;
pub mod system;
pub mod timeline;
pub mod titles;
pub mod tokens;
pub mod trakt;
pub mod users;
mod views;

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Base of the OpenAPI document. Operations and most schemas are added by the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kinometa",
        description = "A self-hosted media server that stays in sync with Trakt. Authenticate with a session cookie \
                       (`sign_in`) or send `Authorization: Bearer <API token>`.",
        license(name = "MIT OR Apache-2.0"),
    ),
    components(schemas(
        crate::http::errors::ErrorBody,
        api_types::events::ServerEvent,
        db::kinds::CollectionImageKind,
        model::title::ImageKind,
        lists::ListSort,
        titles::TitleSort,
        titles::SortOrder,
        titles::YesNo,
        timeline::ExportFormat,
        collections::pages::RowPlace,
    ))
)]
struct Document;

/// All routes with their documentation. Both the router and the OpenAPI document are built from this list.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(health::routes())
        .merge(session::routes())
        .merge(me::routes())
        .merge(tokens::routes())
        .merge(users::routes())
        .merge(libraries::routes())
        .merge(scans::routes())
        .merge(folders::routes())
        .merge(problems::routes())
        .merge(matches::routes())
        .merge(titles::routes())
        .merge(search::routes())
        .merge(home::routes())
        .merge(images::routes())
        .merge(people::routes())
        .merge(plays::routes())
        .merge(marks::routes())
        .merge(preferences::routes())
        .merge(recommendations::routes())
        .merge(lists::routes())
        .merge(timeline::routes())
        .merge(statistics::routes())
        .merge(playback::routes())
        .merge(companions::routes())
        .merge(media::routes())
        .merge(plex::routes())
        .merge(trakt::routes())
        .merge(collections::routes())
        .merge(kometa::routes())
        .merge(events::routes())
        .merge(system::routes())
}

/// The OpenAPI document of all routes.
pub fn document() -> utoipa::openapi::OpenApi {
    routes().into_openapi()
}

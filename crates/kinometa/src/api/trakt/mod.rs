//! Trakt: application key, connection, connecting, queue.

pub mod application;
pub mod connect;
pub mod connection;
pub mod queue;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of this folder.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(application::routes())
        .merge(connection::routes())
        .merge(connect::routes())
        .merge(queue::routes())
}

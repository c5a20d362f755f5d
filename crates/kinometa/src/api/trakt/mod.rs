//! Trakt: application key, connection, connecting, queue, settings, import, sync and its log.

pub mod application;
pub mod connect;
pub mod connection;
pub mod log;
pub mod plans;
pub mod queue;
pub mod settings;
pub mod sync;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(application::routes())
        .merge(connection::routes())
        .merge(connect::routes())
        .merge(queue::routes())
        .merge(settings::routes())
        .merge(log::routes())
        .merge(plans::routes())
        .merge(sync::routes())
}

//! Collections: their pages, and for administrators the config files that define them, runs and plans.

pub mod configs;
pub mod pages;
pub mod plans;
pub mod runs;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(configs::routes())
        .merge(runs::routes())
        .merge(plans::routes())
        .merge(pages::routes())
}

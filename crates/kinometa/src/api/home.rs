//! The home page.

use axum::extract::State;
use catalogue::home::home;
use utoipa_axum::router::OpenApiRouter;

use crate::accounts::Caller;
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::SignedInErrors;
use crate::present;
use api_types::home::Home;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_home))
}

/// Returns the rows of the home page: continue watching, up next and recently added.
#[utoipa::path(
    get,
    path = "/api/home",
    tag = "titles",
    responses((status = 200, description = "Rows of the home page.", body = Home), SignedInErrors)
)]
async fn get_home(State(app): State<App>, SignedIn(caller): SignedIn) -> ApiResult<Json<Home>> {
    Ok(Json(of(&app, caller).await?))
}

/// The home page of a user.
pub(crate) async fn of(app: &App, caller: Caller) -> ApiResult<Home> {
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(present::home(home(&view, app.now())))
}

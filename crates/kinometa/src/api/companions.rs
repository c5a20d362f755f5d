//! Watching together: the companions at a player, and whether a user allows being added as one.

use axum::extract::State;
use db::ids::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use api_types::companions::{Companion, Companions, WatchingTogether};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_companions, set_companions))
        .routes(routes!(get_watching_together, set_watching_together))
}

/// The companions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCompanions {
    /// All users who watch together with the user at this player, without that user.
    #[schema(value_type = Vec<i64>)]
    pub people: Vec<UserId>,
}

/// The setting of the signed-in user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWatchingTogether {
    /// Whether other users may add this user when watching together.
    pub allowed: bool,
}

/// Lists the users who can watch together with the user at this player, and those who do.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/companions",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The users.", body = Companions), SignedInErrors, NotFoundError)
)]
async fn list_companions(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<Companions>> {
    Ok(Json(companions(&app, caller.user_id, &id).await?))
}

/// Sets who watches together with the user at this player. Each of them gets the play in their own timeline and
/// account, according to their own settings.
#[utoipa::path(
    put,
    path = "/api/playback/{id}/companions",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = SetCompanions,
    responses(
        (status = 200, description = "The updated users.", body = Companions),
        SignedInErrors, NotFoundError, InvalidError
    )
)]
async fn set_companions(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<SetCompanions>,
) -> ApiResult<Json<Companions>> {
    app.engine().set_companions(caller.user_id, &id, &body.people).await?;
    Ok(Json(companions(&app, caller.user_id, &id).await?))
}

/// Returns whether other users may add the signed-in user when watching together.
#[utoipa::path(
    get,
    path = "/api/me/watching-together",
    tag = "me",
    responses((status = 200, description = "The setting.", body = WatchingTogether), SignedInErrors)
)]
async fn get_watching_together(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<WatchingTogether>> {
    let allowed = db::companions::is_willing(app.db(), caller.user_id).await?;
    Ok(Json(WatchingTogether { allowed }))
}

/// Sets whether other users may add the signed-in user when watching together.
#[utoipa::path(
    put,
    path = "/api/me/watching-together",
    tag = "me",
    request_body = SetWatchingTogether,
    responses(
        (status = 200, description = "The updated setting.", body = WatchingTogether),
        SignedInErrors, InvalidError
    )
)]
async fn set_watching_together(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<SetWatchingTogether>,
) -> ApiResult<Json<WatchingTogether>> {
    let tx = app.db().begin().await?;
    db::companions::set_willing(&tx, caller.user_id, body.allowed).await?;
    tx.commit().await?;
    Ok(Json(WatchingTogether { allowed: body.allowed }))
}

async fn companions(app: &App, user_id: UserId, session_id: &str) -> sync::Result<Companions> {
    let people = app.engine().companions(user_id, session_id).await?;
    let shown = |person: sync::Companion| Companion {
        id: person.user.id,
        display_name: person.user.display_name,
        watching: person.is_watching,
    };
    Ok(Companions { people: people.into_iter().map(shown).collect() })
}

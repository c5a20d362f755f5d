//! Sync settings.

use axum::extract::State;
use db::ids::{LibraryId, TitleId};
use db::kinds::SyncSwitch;
use serde::Deserialize;
use sync::SettingsChange;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::present;
use api_types::trakt_settings::TraktSettings;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_trakt_settings, update_trakt_settings))
}

/// Changes to the sync settings. Omitted fields stay unchanged.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TraktSettingsPatch {
    /// Switches to change.
    #[serde(default)]
    pub switches: TraktSwitchesPatch,
    /// The threshold for counting a viewing as watched, in percent: 80 (Trakt's default) to 99.
    pub watched_percent: Option<i32>,
    /// All libraries whose titles are not synced with Trakt.
    #[schema(value_type = Option<Vec<i64>>)]
    pub excluded_libraries: Option<Vec<LibraryId>>,
    /// All titles that are not synced with Trakt, including their seasons and episodes.
    #[schema(value_type = Option<Vec<i64>>)]
    pub excluded_titles: Option<Vec<TitleId>>,
}

/// Switches to change. Omitted fields stay unchanged.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TraktSwitchesPatch {
    /// The title that is being watched now.
    pub scrobbling: Option<bool>,
    /// Plays.
    pub history: Option<bool>,
    /// Ratings.
    pub ratings: Option<bool>,
    /// The watchlist.
    pub watchlist: Option<bool>,
    /// Titles with files.
    pub collection: Option<bool>,
    /// Resume points.
    pub playback: Option<bool>,
    /// Recommendations.
    pub recommendations: Option<bool>,
    /// Dropped shows.
    pub dropped: Option<bool>,
}

impl TraktSwitchesPatch {
    fn changes(&self) -> Vec<(SyncSwitch, bool)> {
        let requested = |switch| match switch {
            SyncSwitch::Scrobbling => self.scrobbling,
            SyncSwitch::History => self.history,
            SyncSwitch::Ratings => self.ratings,
            SyncSwitch::Watchlist => self.watchlist,
            SyncSwitch::Collection => self.collection,
            SyncSwitch::Playback => self.playback,
            SyncSwitch::Recommendations => self.recommendations,
            SyncSwitch::Dropped => self.dropped,
        };
        SyncSwitch::ALL.iter().filter_map(|switch| Some((*switch, requested(*switch)?))).collect()
    }
}

/// Returns the signed-in user's sync settings.
#[utoipa::path(
    get,
    path = "/api/trakt/settings",
    tag = "trakt",
    responses((status = 200, description = "The settings.", body = TraktSettings), SignedInErrors)
)]
async fn get_trakt_settings(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<TraktSettings>> {
    let settings = app.trakt().sync_settings(caller.user_id).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::trakt_settings::settings(settings, &view)))
}

/// Changes the sync settings. A category that is switched on again catches up.
#[utoipa::path(
    patch,
    path = "/api/trakt/settings",
    tag = "trakt",
    request_body = TraktSettingsPatch,
    responses(
        (status = 200, description = "The changed settings.", body = TraktSettings),
        SignedInErrors, InvalidError
    )
)]
async fn update_trakt_settings(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<TraktSettingsPatch>,
) -> ApiResult<Json<TraktSettings>> {
    let change = SettingsChange {
        switches: body.switches.changes(),
        watched_percent: body.watched_percent.map(Some),
        excluded_libraries: body.excluded_libraries,
        excluded_titles: body.excluded_titles,
    };
    let settings = app.trakt().change_sync_settings(caller.user_id, change).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::trakt_settings::settings(settings, &view)))
}

//! Kometa's config files that are registered on this server.

use api_types::error::ErrorReason;
use axum::extract::State;
use axum::http::StatusCode;
use db::collection_runs;
use db::ids::{CollectionConfigId, LibraryId};
use db::rows::CollectionConfig as Row;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Path};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use crate::present;
use api_types::collections::{CollectionConfig, ConfigCheck};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_collection_configs, register_collection_config))
        .routes(routes!(check_collection_config, update_collection_config, delete_collection_config))
        .routes(routes!(map_collection_library))
}

/// A file to register.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCollectionConfig {
    /// Absolute path of Kometa's config.yml on the server.
    #[schema(example = "/config/config.yml")]
    pub path: String,
}

/// When a file runs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectionConfigChange {
    /// Whether the server runs the file automatically and renews its credentials.
    pub enabled: bool,
    /// Time of day, such as `04:30`, in the server's time zone; omit for no daily run.
    #[schema(example = "04:30")]
    pub run_at: Option<String>,
    /// Whether the file runs after each scan of a library.
    pub after_scan: bool,
}

/// The library assigned to a name in config.yml.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LibraryMapping {
    /// The name in config.yml.
    pub name: String,
    /// The library of this server; omit to match by name again.
    #[schema(value_type = Option<i64>)]
    pub library_id: Option<LibraryId>,
}

/// Lists the registered config files, ordered by path.
#[utoipa::path(
    get,
    path = "/api/collections/configs",
    tag = "collections",
    responses((status = 200, description = "The files.", body = Vec<CollectionConfig>), AdminErrors)
)]
async fn list_collection_configs(
    State(app): State<App>,
    Admin(_caller): Admin,
) -> ApiResult<Json<Vec<CollectionConfig>>> {
    let mut configs = Vec::new();
    for row in app.collections().configs().await? {
        configs.push(with_last_run(&app, row).await?);
    }
    Ok(Json(configs))
}

async fn with_last_run(app: &App, row: Row) -> ApiResult<CollectionConfig> {
    let last = collection_runs::list(app.db(), Some(row.id), 0, 1).await?;
    let ids: Vec<_> = last.iter().map(|run| run.id).collect();
    let results = collection_runs::results(app.db(), &ids).await?;
    let last = present::collections::runs(last, results).into_iter().next();
    Ok(present::collections::config(row, last, &app.collections().running()))
}

/// Registers a Kometa config file. It has to be readable; other problems are reported by its check.
#[utoipa::path(
    post,
    path = "/api/collections/configs",
    tag = "collections",
    request_body = NewCollectionConfig,
    responses(
        (status = 201, description = "The registered file.", body = CollectionConfig),
        AdminErrors, ConflictError, InvalidError
    )
)]
async fn register_collection_config(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<NewCollectionConfig>,
) -> ApiResult<(StatusCode, Json<CollectionConfig>)> {
    let row = app.collections().register(&body.path).await?;
    Ok((StatusCode::CREATED, Json(present::collections::config(row, None, &[]))))
}

/// Checks a registered file with its collection files and templates, offline and without changes.
#[utoipa::path(
    get,
    path = "/api/collections/configs/{id}",
    tag = "collections",
    params(("id" = i64, Path, description = "The file")),
    responses((status = 200, description = "The result of the check.", body = ConfigCheck), AdminErrors, NotFoundError)
)]
async fn check_collection_config(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionConfigId>,
) -> ApiResult<Json<ConfigCheck>> {
    Ok(Json(present::collections::check(app.collections().check(id).await?)))
}

/// Changes when a file runs.
#[utoipa::path(
    put,
    path = "/api/collections/configs/{id}",
    tag = "collections",
    params(("id" = i64, Path, description = "The file")),
    request_body = CollectionConfigChange,
    responses(
        (status = 200, description = "The changed file.", body = CollectionConfig),
        AdminErrors, NotFoundError, InvalidError
    )
)]
async fn update_collection_config(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionConfigId>,
    Json(body): Json<CollectionConfigChange>,
) -> ApiResult<Json<CollectionConfig>> {
    let run_at = body.run_at.as_deref().map(minute_of_day).transpose()?;
    let row = app.collections().update(id, body.enabled, run_at, body.after_scan).await?;
    Ok(Json(with_last_run(&app, row).await?))
}

fn minute_of_day(text: &str) -> ApiResult<i32> {
    let time = text.split_once(':').and_then(|(hour, minute)| {
        let two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = (two(hour).then_some(hour)?, two(minute).then_some(minute)?);
        Some((hour.parse::<i32>().ok()?, minute.parse::<i32>().ok()?))
    });
    let time = time.filter(|(hour, minute)| (0..24).contains(hour) && (0..60).contains(minute));
    let (hour, minute) = time.ok_or_else(|| {
        ApiError::invalid_field("run_at", ErrorReason::TimeOfDay, "Enter a time such as 04:30.")
    })?;
    Ok(hour * 60 + minute)
}

/// Removes a file from this server's settings, with its history and waiting plans. The file itself and the
/// collections it created are kept.
#[utoipa::path(
    delete,
    path = "/api/collections/configs/{id}",
    tag = "collections",
    params(("id" = i64, Path, description = "The file")),
    responses((status = 204, description = "The file was removed."), AdminErrors, NotFoundError)
)]
async fn delete_collection_config(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionConfigId>,
) -> ApiResult<StatusCode> {
    app.collections().remove(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Assigns a library of this server to a name in config.yml.
#[utoipa::path(
    put,
    path = "/api/collections/libraries",
    tag = "collections",
    request_body = LibraryMapping,
    responses((status = 204, description = "The mapping was saved."), AdminErrors, NotFoundError, InvalidError)
)]
async fn map_collection_library(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<LibraryMapping>,
) -> ApiResult<StatusCode> {
    app.collections().map_library(&body.name, body.library_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("00:00", Some(0))]
    #[case("04:30", Some(270))]
    #[case("23:59", Some(1439))]
    #[case("24:00", None)]
    #[case("4:30", None)]
    #[case("04:60", None)]
    #[case("+4:30", None)]
    #[case("0430", None)]
    #[case("", None)]
    fn times_of_day_are_parsed(#[case] text: &str, #[case] minute: Option<i32>) {
        assert_eq!(minute_of_day(text).ok(), minute);
    }
}

//! Files with problems found by scans.

use super::paging::{offset, page_size};
use crate::http::handler::routes;
use axum::extract::State;
use db::ids::LibraryId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Query};
use crate::http::responses::{AdminErrors, InvalidError};
use crate::present;
use api_types::library::FileProblems;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_file_problems))
}

/// Filter and page of the problem list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProblemQuery {
    /// Only problems in this library.
    #[param(value_type = Option<i64>)]
    pub library: Option<LibraryId>,
    /// Only skipped files, or only problems.
    pub left_out: Option<bool>,
    /// Number of items to skip; 0 by default.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Lists files and folders with problems, and those that were skipped.
#[utoipa::path(
    get,
    path = "/api/problems",
    tag = "libraries",
    params(ProblemQuery),
    responses((status = 200, description = "The problems.", body = FileProblems), AdminErrors, InvalidError)
)]
async fn list_file_problems(
    State(app): State<App>,
    Admin(_caller): Admin,
    Query(query): Query<ProblemQuery>,
) -> ApiResult<Json<FileProblems>> {
    let (offset, limit) = (offset(query.offset)?, page_size(query.limit, 100, 500)?);
    let (items, total) = app.libraries().problems(query.library, query.left_out, offset, limit).await?;
    let items = items.into_iter().map(present::file_problem).collect();
    Ok(Json(FileProblems { items, total: i64::try_from(total).unwrap_or(i64::MAX) }))
}

//! All titles and their files, as far as lists need them.

use crate::boxed;
use sea_orm::{
    ColumnTrait as _, DerivePartialModel, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entities::{file_title, media_file, title};
use crate::ids::{FileId, LibraryId, TitleId};
use crate::kinds::{FileState, TitleKind};
use crate::{Conn, Json, Millis, Result};

/// A title as grids, rows and the search need it: without the long texts.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "title::Entity")]
pub struct CatalogueTitle {
    /// The row.
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
    /// The season's show or the episode's season.
    pub parent_id: Option<TitleId>,
    /// The show of a season or episode.
    pub show_id: Option<TitleId>,
    /// Season.
    pub season_number: Option<i32>,
    /// Number in the season.
    pub episode_number: Option<i32>,
    /// Name.
    pub name: String,
    /// Sort name.
    pub sort_name: String,
    /// Year.
    pub year: Option<i32>,
    /// Minutes.
    pub runtime_minutes: Option<i32>,
    /// First release or airing.
    pub released_at: Option<Millis>,
    /// Array of slugs.
    pub genres: Json,
    /// 0 to 10.
    pub rating: Option<f64>,
    /// Trakt's id.
    pub trakt_id: Option<i64>,
    /// Pictures by kind.
    pub images: Json,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
    /// When the row was made.
    pub created_at: Millis,
}

/// A file of a title, as far as grids need it.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct CatalogueFile {
    /// The title.
    #[sea_orm(from_expr = "file_title::Column::TitleId.into_expr()")]
    pub title_id: TitleId,
    /// The file.
    pub id: FileId,
    /// What its content is recognised by.
    pub fingerprint: Option<String>,
    /// The library.
    pub library_id: LibraryId,
    /// Present or missing.
    pub state: FileState,
    /// Part of a version that is split over files.
    pub part: Option<i32>,
    /// Pixels.
    pub width: Option<i32>,
    /// Pixels.
    pub height: Option<i32>,
    /// HDR kind.
    pub hdr: Option<String>,
}

/// Every title, without the long texts.
#[boxed]
pub async fn catalogue(conn: &dyn Conn) -> Result<Vec<CatalogueTitle>> {
    Ok(title::Entity::find().into_partial_model().all(&conn.raw()).await?)
}

/// Titles of the catalogue in the order of their ids, after one of them.
#[boxed]
pub async fn catalogue_page(
    conn: &dyn Conn,
    after: TitleId,
    limit: u64,
) -> Result<(Vec<CatalogueTitle>, Vec<CatalogueFile>)> {
    let titles: Vec<CatalogueTitle> = title::Entity::find()
        .filter(title::Column::Id.gt(after))
        .order_by_asc(title::Column::Id)
        .limit(limit)
        .into_partial_model()
        .all(&conn.raw())
        .await?;
    let Some(last) = titles.last() else { return Ok((titles, Vec::new())) };
    let files = file_title::Entity::find()
        .join(JoinType::InnerJoin, file_title::to_file())
        .filter(file_title::Column::TitleId.gt(after))
        .filter(file_title::Column::TitleId.lte(last.id));
    Ok((titles, files.into_partial_model().all(&conn.raw()).await?))
}

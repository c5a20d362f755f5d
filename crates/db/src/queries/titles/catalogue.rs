//! All titles and their files, with the fields needed for lists.

use crate::boxed;
use sea_orm::{
    ColumnTrait as _, DerivePartialModel, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entities::{file_title, media_file, title};
use crate::ids::{FileId, LibraryId, TitleId};
use crate::kinds::{FileState, TitleKind};
use crate::{Conn, Json, Millis, Result};

/// A title as needed for grids, rows and the search: without long texts.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "title::Entity")]
pub struct CatalogueTitle {
    /// Primary key.
    pub id: TitleId,
    /// Kind.
    pub kind: TitleKind,
    /// The season's show or the episode's season.
    pub parent_id: Option<TitleId>,
    /// The show of a season or episode.
    pub show_id: Option<TitleId>,
    /// Season number.
    pub season_number: Option<i32>,
    /// Episode number within the season.
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
    /// Trakt ID.
    pub trakt_id: Option<i64>,
    /// Images by kind.
    pub images: Json,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
    /// When the row was created.
    pub created_at: Millis,
}

/// A title's file, with the fields needed for grids.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct CatalogueFile {
    /// The title.
    #[sea_orm(from_expr = "file_title::Column::TitleId.into_expr()")]
    pub title_id: TitleId,
    /// The file.
    pub id: FileId,
    /// Identifies the content.
    pub fingerprint: Option<String>,
    /// The library.
    pub library_id: LibraryId,
    /// Present or missing.
    pub state: FileState,
    /// Part number of a version that is split into several files.
    pub part: Option<i32>,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// HDR kind.
    pub hdr: Option<String>,
}

/// Returns all titles, without long texts.
#[boxed]
pub async fn catalogue(conn: &dyn Conn) -> Result<Vec<CatalogueTitle>> {
    Ok(title::Entity::find().into_partial_model().all(&conn.raw()).await?)
}

/// Returns titles of the catalogue by ID, after one of them.
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

//! The titles of libraries, as used for building collections.

use crate::boxed;
use sea_orm::{
    ColumnTrait as _, Condition, DerivePartialModel, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use crate::entities::{collection, collection_item, file_title, media_file, title};
use crate::ids::{CollectionId, LibraryId, TitleId};
use crate::kinds::TitleKind;
use crate::{Conn, Json, Millis, Result};

/// A title as used for building collections: its IDs and the fields used by filters and sort orders.
#[derive(Debug, Clone, PartialEq, DerivePartialModel)]
#[sea_orm(entity = "title::Entity")]
pub struct CollectionTitle {
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
    /// Description.
    pub overview: Option<String>,
    /// Minutes.
    pub runtime_minutes: Option<i32>,
    /// First release or airing.
    pub released_at: Option<Millis>,
    /// Certification.
    pub certification: Option<String>,
    /// Array of slugs.
    pub genres: Json,
    /// 0 to 10.
    pub rating: Option<f64>,
    /// Two-letter code.
    pub country: Option<String>,
    /// Two-letter code.
    pub language: Option<String>,
    /// The broadcaster.
    pub network: Option<String>,
    /// The status of a show, in Trakt's terms.
    pub status: Option<String>,
    /// Trakt ID.
    pub trakt_id: Option<i64>,
    /// IMDb ID, with the leading `tt`.
    pub imdb_id: Option<String>,
    /// TMDb ID.
    pub tmdb_id: Option<i64>,
    /// TVDb ID.
    pub tvdb_id: Option<i64>,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
}

/// A title's file, as used by filters.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct TitleFile {
    /// The title.
    pub title_id: TitleId,
    /// Path relative to the library.
    pub path: String,
    /// ffmpeg's name of the codec.
    pub video_codec: Option<String>,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// The kind of high dynamic range.
    pub hdr: Option<String>,
    /// Array of tracks.
    pub audio: Json,
    /// Array of tracks and sidecar files.
    pub subtitles: Json,
    /// Such as `Director's Cut`.
    pub edition: Option<String>,
}

/// Returns the files of a library with their titles.
#[boxed]
pub async fn files_of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<TitleFile>> {
    let columns = [
        media_file::Column::Path,
        media_file::Column::VideoCodec,
        media_file::Column::Width,
        media_file::Column::Height,
        media_file::Column::Hdr,
        media_file::Column::Audio,
        media_file::Column::Subtitles,
        media_file::Column::Edition,
    ];
    let rows = file_title::Entity::find()
        .join(JoinType::InnerJoin, file_title::to_file())
        .filter(media_file::Column::LibraryId.eq(id))
        .select_only()
        .column(file_title::Column::TitleId)
        .columns(columns)
        .order_by_asc(media_file::Column::Id);
    Ok(rows.into_model::<TitleFile>().all(&conn.raw()).await?)
}

/// Returns the names of a library's collections, with their members.
#[boxed]
pub async fn names_of_members(conn: &dyn Conn, id: LibraryId) -> Result<Vec<(TitleId, String)>> {
    let to_item = collection::Entity::belongs_to(collection_item::Entity)
        .from(collection::Column::Id)
        .to(collection_item::Column::CollectionId);
    let rows = collection::Entity::find()
        .join(JoinType::InnerJoin, to_item.into())
        .filter(collection::Column::LibraryId.eq(id))
        .filter(collection::Column::Playlist.eq(false))
        .select_only()
        .column(collection_item::Column::TitleId)
        .column(collection::Column::Name)
        .order_by_asc(collection::Column::Id);
    Ok(rows.into_tuple().all(&conn.raw()).await?)
}

/// Returns all titles that a library has files of, present or missing, with the seasons and shows of its episodes. A
/// file that is temporarily unreadable does not remove its title from collections.
#[boxed]
pub async fn titles_of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<CollectionTitle>> {
    let with_file = file_title::Entity::find()
        .join(JoinType::InnerJoin, file_title::to_file())
        .filter(media_file::Column::LibraryId.eq(id))
        .select_only()
        .column(file_title::Column::TitleId)
        .into_query();
    let above = |column: title::Column| {
        title::Entity::find()
            .select_only()
            .column(column)
            .filter(title::Column::Id.in_subquery(with_file.clone()))
            .filter(column.is_not_null())
            .into_query()
    };
    let wanted = Condition::any()
        .add(title::Column::Id.in_subquery(with_file.clone()))
        .add(title::Column::Id.in_subquery(above(title::Column::ParentId)))
        .add(title::Column::Id.in_subquery(above(title::Column::ShowId)));
    Ok(title::Entity::find().filter(wanted).into_partial_model().all(&conn.raw()).await?)
}

/// Returns the members of a collection, including those from other libraries.
#[boxed]
pub async fn titles(conn: &dyn Conn, collection: CollectionId) -> Result<Vec<CollectionTitle>> {
    let members = collection_item::Entity::find()
        .select_only()
        .column(collection_item::Column::TitleId)
        .filter(collection_item::Column::CollectionId.eq(collection))
        .into_query();
    let rows = title::Entity::find().filter(title::Column::Id.in_subquery(members));
    Ok(rows.into_partial_model().all(&conn.raw()).await?)
}

/// Returns one of the libraries that have a file of a title.
#[boxed]
pub async fn library_of(conn: &dyn Conn, id: TitleId) -> Result<Option<LibraryId>> {
    let rows = file_title::Entity::find()
        .join(JoinType::InnerJoin, file_title::to_file())
        .filter(file_title::Column::TitleId.eq(id))
        .select_only()
        .column(media_file::Column::LibraryId);
    Ok(rows.into_tuple().one(&conn.raw()).await?)
}

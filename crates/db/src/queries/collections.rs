//! Collections, their members, and what is kept for building them.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, DerivePartialModel, EntityTrait as _,
    FromQueryResult, IntoActiveModel as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, OnConflict},
};

use super::chunks::chunks;
use crate::entities::{
    collection, collection_item, collection_source, file_title, library_name, media_file, title,
};
use crate::ids::{CollectionId, LibraryId, TitleId};
use crate::kinds::TitleKind;
use crate::rows::{Collection, CollectionItem};
use crate::{Conn, Json, Millis, Result, Tx};

/// A title as collections are built from: with its ids, and what filters and orders look at.
#[derive(Debug, Clone, PartialEq, DerivePartialModel)]
#[sea_orm(entity = "title::Entity")]
pub struct CollectionTitle {
    /// The row.
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
    /// Season to show, episode to season.
    pub parent_id: Option<TitleId>,
    /// Season and episode to show.
    pub show_id: Option<TitleId>,
    /// Season.
    pub season_number: Option<i32>,
    /// Number in the season.
    pub episode_number: Option<i32>,
    /// Name.
    pub name: String,
    /// Name for sorting.
    pub sort_name: String,
    /// Year.
    pub year: Option<i32>,
    /// What it is about.
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
    /// Two letters.
    pub country: Option<String>,
    /// Two letters.
    pub language: Option<String>,
    /// Who broadcasts it.
    pub network: Option<String>,
    /// How a show stands, in Trakt's words.
    pub status: Option<String>,
    /// Trakt.
    pub trakt_id: Option<i64>,
    /// IMDb, with the leading `tt`.
    pub imdb_id: Option<String>,
    /// TMDb.
    pub tmdb_id: Option<i64>,
    /// TVDb.
    pub tvdb_id: Option<i64>,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
}

/// A file of a title, as filters look at it.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct TitleFile {
    /// The title.
    pub title_id: TitleId,
    /// Relative to the library.
    pub path: String,
    /// ffmpeg's name.
    pub video_codec: Option<String>,
    /// Pixels.
    pub width: Option<i32>,
    /// Pixels.
    pub height: Option<i32>,
    /// The kind of high dynamic range.
    pub hdr: Option<String>,
    /// Array of tracks.
    pub audio: Json,
    /// Array of tracks and sidecars.
    pub subtitles: Json,
    /// Such as `Director's Cut`.
    pub edition: Option<String>,
}

/// The files of a library with their titles.
#[boxed]
pub async fn files_of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<TitleFile>> {
    let to_file = file_title::Entity::belongs_to(media_file::Entity)
        .from(file_title::Column::FileId)
        .to(media_file::Column::Id);
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
        .join(JoinType::InnerJoin, to_file.into())
        .filter(media_file::Column::LibraryId.eq(id))
        .select_only()
        .column(file_title::Column::TitleId)
        .columns(columns)
        .order_by_asc(media_file::Column::Id);
    Ok(rows.into_model::<TitleFile>().all(&conn.raw()).await?)
}

/// The names of the collections of a library, with their members.
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

/// Every title of which a library has a file, present or missing, with the seasons and shows of its episodes. A file that
/// cannot be read for a while does not take its title out of collections.
#[boxed]
pub async fn titles_of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<CollectionTitle>> {
    let to_file = file_title::Entity::belongs_to(media_file::Entity)
        .from(file_title::Column::FileId)
        .to(media_file::Column::Id);
    let with_file = file_title::Entity::find()
        .join(JoinType::InnerJoin, to_file.into())
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

/// Some titles, whatever library they are in.
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

/// All collections of a library, by name. Playlists belong to several libraries, and are not among them.
#[boxed]
pub async fn of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::LibraryId.eq(id))
        .filter(collection::Column::Playlist.eq(false))
        .order_by_asc(collection::Column::FoldedName);
    Ok(rows.all(&conn.raw()).await?)
}

/// A collection by its name, whatever its case.
#[boxed]
pub async fn named(conn: &dyn Conn, library: LibraryId, name: &str) -> Result<Option<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::LibraryId.eq(library))
        .filter(collection::Column::Playlist.eq(false))
        .filter(collection::Column::FoldedName.eq(folded(name)));
    Ok(rows.one(&conn.raw()).await?)
}

/// The playlist of a name, whatever its case.
#[boxed]
pub async fn playlist(conn: &dyn Conn, name: &str) -> Result<Option<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::Playlist.eq(true))
        .filter(collection::Column::FoldedName.eq(folded(name)));
    Ok(rows.one(&conn.raw()).await?)
}

/// A library that has a file of a title.
#[boxed]
pub async fn library_of(conn: &dyn Conn, id: TitleId) -> Result<Option<LibraryId>> {
    let to_file = file_title::Entity::belongs_to(media_file::Entity)
        .from(file_title::Column::FileId)
        .to(media_file::Column::Id);
    let rows = file_title::Entity::find()
        .join(JoinType::InnerJoin, to_file.into())
        .filter(file_title::Column::TitleId.eq(id))
        .select_only()
        .column(media_file::Column::LibraryId);
    Ok(rows.into_tuple().one(&conn.raw()).await?)
}

/// The members of a collection, in their order.
#[boxed]
pub async fn members(conn: &dyn Conn, id: CollectionId) -> Result<Vec<TitleId>> {
    let rows = collection_item::Entity::find()
        .select_only()
        .column(collection_item::Column::TitleId)
        .filter(collection_item::Column::CollectionId.eq(id))
        .order_by_asc(collection_item::Column::Position)
        .order_by_asc(collection_item::Column::TitleId);
    Ok(rows.into_tuple().all(&conn.raw()).await?)
}

/// What is shown of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its text.
    pub summary: Option<String>,
    /// Its name for sorting.
    pub sort_title: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Whether it is a row on Home.
    pub visible_home: Option<bool>,
    /// Whether it is on the library's page.
    pub visible_library: Option<bool>,
    /// Whether it is a playlist. Its library is one of those that it is made from.
    pub playlist: bool,
}

/// Makes a collection, or changes it to this. The members are all of its members, in their order; one that is no title any
/// more is left out.
#[boxed]
pub async fn put(
    tx: &Tx,
    library: LibraryId,
    name: &str,
    members: &[TitleId],
    shown: Shown,
    now: Millis,
) -> Result<CollectionId> {
    let row = Collection {
        id: CollectionId::NEW,
        library_id: library,
        name: name.to_owned(),
        folded_name: folded(name),
        summary: shown.summary,
        sort_title: shown.sort_title,
        labels: Json::from(shown.labels),
        visible_home: shown.visible_home,
        visible_library: shown.visible_library,
        playlist: shown.playlist,
        created_at: now,
        updated_at: now,
    };
    let known = if row.playlist { playlist(tx, name).await? } else { named(tx, library, name).await? };
    let id = match known {
        Some(known) => {
            let changed = Collection { id: known.id, created_at: known.created_at, ..row };
            changed.into_active_model().reset_all().update(&tx.raw()).await?.id
        }
        None => {
            let mut new = row.into_active_model().reset_all();
            new.not_set(collection::Column::Id);
            new.insert(&tx.raw()).await?.id
        }
    };
    replace_members(tx, id, members).await?;
    Ok(id)
}

async fn replace_members(tx: &Tx, id: CollectionId, members: &[TitleId]) -> Result<()> {
    let mine = collection_item::Column::CollectionId.eq(id);
    collection_item::Entity::delete_many().filter(mine).exec(&tx.raw()).await?;
    let rows = members.iter().zip(0..).map(|(title_id, position)| CollectionItem {
        collection_id: id,
        title_id: *title_id,
        position,
    });
    for lot in chunks::<collection_item::Entity, _>(rows.collect()) {
        let rows = lot.into_iter().map(|row| row.into_active_model().reset_all());
        collection_item::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Removes a collection; whether it was there. Its titles stay.
#[boxed]
pub async fn delete(tx: &Tx, library: LibraryId, name: &str) -> Result<bool> {
    let deleted = collection::Entity::delete_many()
        .filter(collection::Column::LibraryId.eq(library))
        .filter(collection::Column::Playlist.eq(false))
        .filter(collection::Column::FoldedName.eq(folded(name)))
        .exec(&tx.raw())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Removes a playlist. Its titles stay.
#[boxed]
pub async fn delete_playlist(tx: &Tx, name: &str) -> Result<()> {
    collection::Entity::delete_many()
        .filter(collection::Column::Playlist.eq(true))
        .filter(collection::Column::FoldedName.eq(folded(name)))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Puts one title in the place of another in every collection; where both are members, the place of the one that stays.
#[boxed]
pub async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let with_both = collection_item::Entity::find()
        .select_only()
        .column(collection_item::Column::CollectionId)
        .filter(collection_item::Column::TitleId.eq(into));
    collection_item::Entity::update_many()
        .col_expr(collection_item::Column::TitleId, Expr::value(into))
        .filter(collection_item::Column::TitleId.eq(from))
        .filter(collection_item::Column::CollectionId.not_in_subquery(with_both.into_query()))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// The last answer of a list or chart.
#[boxed]
pub async fn answer(conn: &dyn Conn, source: &str) -> Result<Option<Json>> {
    let row = collection_source::Entity::find_by_id(source.to_owned()).one(&conn.raw()).await?;
    Ok(row.map(|row| row.answer))
}

/// Keeps the answer of a list or chart.
#[boxed]
pub async fn keep_answer(tx: &Tx, source: &str, answer: Json, now: Millis) -> Result<()> {
    let replace = OnConflict::column(collection_source::Column::Source)
        .update_columns([collection_source::Column::Answer, collection_source::Column::AskedAt])
        .to_owned();
    let row = collection_source::Model { source: source.to_owned(), answer, asked_at: now };
    collection_source::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Names that other programs have for libraries.
#[boxed]
pub async fn library_names(conn: &dyn Conn) -> Result<Vec<(String, LibraryId)>> {
    let rows = library_name::Entity::find().order_by_asc(library_name::Column::Name);
    let rows = rows.all(&conn.raw()).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.library_id)).collect())
}

/// Remembers which library a name of another program means.
#[boxed]
pub async fn name_library(tx: &Tx, name: &str, library: LibraryId) -> Result<()> {
    let replace = OnConflict::column(library_name::Column::Name)
        .update_column(library_name::Column::LibraryId)
        .to_owned();
    let row = library_name::Model { name: name.to_owned(), library_id: library };
    library_name::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Forgets which library a name of another program means.
#[boxed]
pub async fn unname_library(tx: &Tx, name: &str) -> Result<()> {
    library_name::Entity::delete_by_id(name.to_owned()).exec(&tx.raw()).await?;
    Ok(())
}

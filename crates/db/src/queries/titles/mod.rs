//! Movies, shows, seasons and episodes.

mod catalogue;
mod merging;
mod pruning;

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::chunks::{id_chunks, insert_numbered};
use super::run::Run as _;
use crate::entities::title;
use crate::ids::TitleId;
use crate::kinds::TitleKind;
use crate::rows::Title;
use crate::{Conn, Millis, Result, Tx};
pub use catalogue::{CatalogueFile, CatalogueTitle, catalogue, catalogue_page};
pub use merging::{merge, move_progress};
pub use pruning::{prune, prune_children};

/// Maximum number of titles searched by several columns in one statement: a condition with more terms would
/// be nested too deeply for SQLite.
const PLACES: usize = 100;

/// Returns a title.
#[boxed]
pub async fn find(conn: &dyn Conn, id: TitleId) -> Result<Option<Title>> {
    Ok(title::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the title that was added last.
#[boxed]
pub async fn newest(conn: &dyn Conn) -> Result<Option<TitleId>> {
    let newest =
        title::Entity::find().select_only().column(title::Column::Id).order_by_desc(title::Column::Id);
    Ok(newest.into_tuple().one(&conn.raw()).await?)
}

/// Returns some titles, in no particular order.
#[boxed]
pub async fn find_many(conn: &dyn Conn, ids: &[TitleId]) -> Result<Vec<Title>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in id_chunks(ids) {
        let some = title::Entity::find().filter(title::Column::Id.is_in(ids));
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Returns the title with a Trakt ID.
#[boxed]
pub async fn find_by_trakt(conn: &dyn Conn, kind: TitleKind, trakt_id: i64) -> Result<Option<Title>> {
    let found = title::Entity::find()
        .filter(title::Column::Kind.eq(kind))
        .filter(title::Column::TraktId.eq(trakt_id));
    Ok(found.one(&conn.raw()).await?)
}

/// Returns the titles of a kind with these Trakt IDs, in no particular order.
#[boxed]
pub async fn find_many_by_trakt(conn: &dyn Conn, kind: TitleKind, trakt_ids: &[i64]) -> Result<Vec<Title>> {
    let mut rows = Vec::with_capacity(trakt_ids.len());
    for ids in id_chunks(trakt_ids) {
        let some = title::Entity::find()
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_in(ids));
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// IDs of a title on other services.
#[derive(Clone, Debug, Default)]
pub struct OtherIds {
    /// IMDb, with the leading `tt`.
    pub imdb: Option<String>,
    /// TMDb.
    pub tmdb: Option<i64>,
    /// TVDb.
    pub tvdb: Option<i64>,
}

impl OtherIds {
    /// Returns whether a title has one of these IDs.
    pub fn matches(&self, title: &Title) -> bool {
        self.imdb.is_some() && self.imdb == title.imdb_id
            || self.tmdb.is_some() && self.tmdb == title.tmdb_id
            || self.tvdb.is_some() && self.tvdb == title.tvdb_id
    }
}

/// Returns the oldest title without a Trakt ID that has one of these IDs.
#[boxed]
pub async fn find_unidentified(conn: &dyn Conn, kind: TitleKind, ids: &OtherIds) -> Result<Option<Title>> {
    let found = find_many_unidentified(conn, kind, std::slice::from_ref(ids)).await?;
    Ok(found.into_iter().next())
}

/// Returns the titles of a kind that have no Trakt ID but one of these IDs, oldest first.
#[boxed]
pub async fn find_many_unidentified(
    conn: &dyn Conn,
    kind: TitleKind,
    ids: &[OtherIds],
) -> Result<Vec<Title>> {
    let mut rows = Vec::new();
    for ids in ids.chunks(PLACES) {
        let imdb: Vec<&str> = ids.iter().filter_map(|ids| ids.imdb.as_deref()).collect();
        let tmdb: Vec<i64> = ids.iter().filter_map(|ids| ids.tmdb).collect();
        let tvdb: Vec<i64> = ids.iter().filter_map(|ids| ids.tvdb).collect();
        let any = Condition::any()
            .add_option((!imdb.is_empty()).then(|| title::Column::ImdbId.is_in(imdb)))
            .add_option((!tmdb.is_empty()).then(|| title::Column::TmdbId.is_in(tmdb)))
            .add_option((!tvdb.is_empty()).then(|| title::Column::TvdbId.is_in(tvdb)));
        if any.is_empty() {
            continue;
        }
        let some = title::Entity::find()
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_null())
            .filter(any);
        rows.extend(some.all(&conn.raw()).await?);
    }
    rows.sort_by_key(|row: &Title| row.id);
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// Returns seasons and episodes by their show and numbers, in no particular order. A season has no episode number.
#[boxed]
pub async fn find_many_numbered(
    conn: &dyn Conn,
    places: &[(TitleId, i32, Option<i32>)],
) -> Result<Vec<Title>> {
    let mut rows = Vec::new();
    for places in places.chunks(PLACES) {
        let mut any = Condition::any();
        for (show_id, season, episode) in places {
            any = any.add(
                Condition::all()
                    .add(title::Column::ShowId.eq(*show_id))
                    .add(title::Column::SeasonNumber.eq(*season))
                    .add(match episode {
                        Some(episode) => title::Column::EpisodeNumber.eq(*episode),
                        None => title::Column::EpisodeNumber.is_null(),
                    }),
            );
        }
        if !any.is_empty() {
            rows.extend(title::Entity::find().filter(any).all(&conn.raw()).await?);
        }
    }
    Ok(rows)
}

/// Returns the seasons of some shows, in no particular order.
#[boxed]
pub async fn seasons_of_shows(conn: &dyn Conn, show_ids: &[TitleId]) -> Result<Vec<Title>> {
    let mut rows = Vec::new();
    for ids in id_chunks(show_ids) {
        let some = title::Entity::find()
            .filter(title::Column::ShowId.is_in(ids))
            .filter(title::Column::Kind.eq(TitleKind::Season));
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Returns the seasons and episodes of a show, in order.
#[boxed]
pub async fn of_show(conn: &dyn Conn, show_id: TitleId) -> Result<Vec<Title>> {
    let rows = title::Entity::find()
        .filter(title::Column::ShowId.eq(show_id))
        .order_by_asc(title::Column::SeasonNumber)
        .order_by_asc(title::Column::EpisodeNumber);
    Ok(rows.all(&conn.raw()).await?)
}

/// Returns the seasons and episodes of some shows, in order.
#[boxed]
pub async fn of_shows(conn: &dyn Conn, show_ids: &[TitleId]) -> Result<Vec<Title>> {
    let mut rows = Vec::new();
    for ids in id_chunks(show_ids) {
        let some = title::Entity::find()
            .filter(title::Column::ShowId.is_in(ids))
            .order_by_asc(title::Column::SeasonNumber)
            .order_by_asc(title::Column::EpisodeNumber);
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Returns the episodes of a season, in order.
#[boxed]
pub async fn of_season(conn: &dyn Conn, season_id: TitleId) -> Result<Vec<Title>> {
    let rows = title::Entity::find()
        .filter(title::Column::ParentId.eq(season_id))
        .order_by_asc(title::Column::EpisodeNumber);
    Ok(rows.all(&conn.raw()).await?)
}

/// Adds titles, whose IDs the database assigns; returns them in the order of `rows`.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<Title>) -> Result<Vec<Title>> {
    insert_numbered::<title::Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Sets when the newest files of some titles were added.
#[boxed]
pub async fn set_added(tx: &Tx, ids: &[TitleId]) -> Result<()> {
    let newest = "(SELECT MAX(media_file.added_at) FROM file_title \
                  JOIN media_file ON media_file.id = file_title.file_id WHERE file_title.title_id = title.id)";
    for ids in id_chunks(ids) {
        title::Entity::update_many()
            .col_expr(title::Column::AddedAt, Expr::cust(newest))
            .filter(title::Column::Id.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Saves a changed row.
#[boxed]
pub async fn update(tx: &Tx, row: Title) -> Result<Title> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Returns movies and shows with a Trakt ID and texts never fetched, or not since `before`, longest waiting first.
#[boxed]
pub async fn due(conn: &dyn Conn, before: Millis, limit: u64) -> Result<Vec<Title>> {
    let stale =
        Condition::any().add(title::Column::RefreshedAt.is_null()).add(title::Column::RefreshedAt.lt(before));
    let rows = title::Entity::find()
        .filter(title::Column::Kind.is_in([TitleKind::Movie, TitleKind::Show]))
        .filter(title::Column::TraktId.is_not_null())
        .filter(stale)
        .order_by_asc(title::Column::RefreshedAt.is_not_null())
        .order_by_asc(title::Column::RefreshedAt)
        .order_by_asc(title::Column::Id)
        .limit(limit);
    Ok(rows.all(&conn.raw()).await?)
}

/// Marks titles to be fetched again.
#[boxed]
pub async fn set_stale(tx: &Tx, kind: TitleKind, trakt_ids: &[i64]) -> Result<u64> {
    let mut marked = 0;
    for ids in id_chunks(trakt_ids) {
        let update = title::Entity::update_many()
            .col_expr(title::Column::RefreshedAt, Expr::value(None::<Millis>))
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_in(ids));
        marked += update.run(tx).await?;
    }
    Ok(marked)
}

/// Removes Trakt IDs from the rows that have them, because other rows will get them.
#[boxed]
pub async fn release_trakt_ids(tx: &Tx, kind: TitleKind, trakt_ids: &[i64]) -> Result<()> {
    for ids in id_chunks(trakt_ids) {
        title::Entity::update_many()
            .col_expr(title::Column::TraktId, Expr::value(None::<i64>))
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

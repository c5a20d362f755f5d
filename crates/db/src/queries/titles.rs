//! Movies, shows, seasons and episodes.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, Condition, EntityTrait as _,
    FromQueryResult, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};

use super::chunks;
use crate::entities::{file_title, match_group, media_file, outbox, play, progress, title};
use crate::kinds::{FileState, TitleKind};
use crate::rows::Title;
use crate::{Conn, Json, Millis, Result, Tx};

/// A title as grids, rows and the search need it: without the long texts.
#[derive(Debug, Clone, FromQueryResult)]
pub struct CatalogueTitle {
    /// The row.
    pub id: i64,
    /// What it is.
    pub kind: TitleKind,
    /// Season to show, episode to season.
    pub parent_id: Option<i64>,
    /// Season and episode to show.
    pub show_id: Option<i64>,
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
#[derive(Debug, Clone, FromQueryResult)]
pub struct CatalogueFile {
    /// The title.
    pub title_id: i64,
    /// The library.
    pub library_id: i64,
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
pub async fn catalogue(conn: &impl Conn) -> Result<Vec<CatalogueTitle>> {
    use title::Column;
    let rows = title::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Kind,
            Column::ParentId,
            Column::ShowId,
            Column::SeasonNumber,
            Column::EpisodeNumber,
            Column::Name,
            Column::SortName,
            Column::Year,
            Column::RuntimeMinutes,
            Column::ReleasedAt,
            Column::Genres,
            Column::Rating,
            Column::TraktId,
            Column::Images,
            Column::AddedAt,
            Column::CreatedAt,
        ])
        .into_model::<CatalogueTitle>();
    Ok(rows.all(conn.raw()).await?)
}

/// The files of every title.
pub async fn catalogue_files(conn: &impl Conn) -> Result<Vec<CatalogueFile>> {
    let rows = file_title::Entity::find()
        .select_only()
        .column(file_title::Column::TitleId)
        .column(media_file::Column::LibraryId)
        .column(media_file::Column::State)
        .column(media_file::Column::Part)
        .column(media_file::Column::Width)
        .column(media_file::Column::Height)
        .column(media_file::Column::Hdr)
        .join(
            sea_orm::JoinType::InnerJoin,
            file_title::Entity::belongs_to(media_file::Entity)
                .from(file_title::Column::FileId)
                .to(media_file::Column::Id)
                .into(),
        )
        .into_model::<CatalogueFile>();
    Ok(rows.all(conn.raw()).await?)
}

/// One title.
pub async fn find(conn: &impl Conn, id: i64) -> Result<Option<Title>> {
    Ok(title::Entity::find_by_id(id).one(conn.raw()).await?)
}

/// Some titles, in no order.
pub async fn find_many(conn: &impl Conn, ids: &[i64]) -> Result<Vec<Title>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in ids.chunks(10_000) {
        let some = title::Entity::find().filter(title::Column::Id.is_in(ids.iter().copied()));
        rows.extend(some.all(conn.raw()).await?);
    }
    Ok(rows)
}

/// The title with a Trakt id.
pub async fn find_by_trakt(conn: &impl Conn, kind: TitleKind, trakt_id: i64) -> Result<Option<Title>> {
    let found = title::Entity::find()
        .filter(title::Column::Kind.eq(kind))
        .filter(title::Column::TraktId.eq(trakt_id));
    Ok(found.one(conn.raw()).await?)
}

/// Seasons and episodes of a show, in order.
pub async fn of_show(conn: &impl Conn, show_id: i64) -> Result<Vec<Title>> {
    let rows = title::Entity::find()
        .filter(title::Column::ShowId.eq(show_id))
        .order_by_asc(title::Column::SeasonNumber)
        .order_by_asc(title::Column::EpisodeNumber);
    Ok(rows.all(conn.raw()).await?)
}

/// Seasons and episodes of some shows, in order.
pub async fn of_shows(conn: &impl Conn, show_ids: &[i64]) -> Result<Vec<Title>> {
    let mut rows = Vec::new();
    for ids in show_ids.chunks(10_000) {
        let some = title::Entity::find()
            .filter(title::Column::ShowId.is_in(ids.iter().copied()))
            .order_by_asc(title::Column::SeasonNumber)
            .order_by_asc(title::Column::EpisodeNumber);
        rows.extend(some.all(conn.raw()).await?);
    }
    Ok(rows)
}

/// The episodes of a season, in order.
pub async fn of_season(conn: &impl Conn, season_id: i64) -> Result<Vec<Title>> {
    let rows = title::Entity::find()
        .filter(title::Column::ParentId.eq(season_id))
        .order_by_asc(title::Column::EpisodeNumber);
    Ok(rows.all(conn.raw()).await?)
}

/// Adds titles; their ids are given by the database. The answer has them in the order of `rows`.
pub async fn insert_many(tx: &Tx, rows: Vec<Title>) -> Result<Vec<Title>> {
    let mut inserted = Vec::with_capacity(rows.len());
    for chunk in chunks::<title::Entity, _>(rows) {
        let rows = chunk
            .into_iter()
            .map(|row| title::ActiveModel { id: NotSet, ..row.into_active_model().reset_all() });
        inserted.extend(title::Entity::insert_many(rows).exec_with_returning(tx.raw()).await?);
    }
    // Both databases number the rows of a statement in its order, but may return them in another.
    inserted.sort_unstable_by_key(|row| row.id);
    Ok(inserted)
}

/// Sets when some titles got their newest file.
pub async fn set_added(tx: &Tx, ids: &[i64]) -> Result<()> {
    let newest = "(SELECT MAX(media_file.added_at) FROM file_title \
                  JOIN media_file ON media_file.id = file_title.file_id WHERE file_title.title_id = title.id)";
    for ids in ids.chunks(10_000) {
        title::Entity::update_many()
            .col_expr(title::Column::AddedAt, Expr::cust(newest))
            .filter(title::Column::Id.is_in(ids.iter().copied()))
            .exec(tx.raw())
            .await?;
    }
    Ok(())
}

/// Writes a changed row back.
pub async fn update(tx: &Tx, row: Title) -> Result<Title> {
    Ok(row.into_active_model().reset_all().update(tx.raw()).await?)
}

/// Movies and shows known at Trakt whose texts were never fetched, or not since `before`; longest waiting first.
pub async fn due(conn: &impl Conn, before: Millis, limit: u64) -> Result<Vec<Title>> {
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
    Ok(rows.all(conn.raw()).await?)
}

/// Marks titles as to be fetched again.
pub async fn set_stale(tx: &Tx, kind: TitleKind, trakt_ids: &[i64]) -> Result<u64> {
    let mut marked = 0;
    for ids in trakt_ids.chunks(10_000) {
        let update = title::Entity::update_many()
            .col_expr(title::Column::RefreshedAt, Expr::value(None::<Millis>))
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_in(ids.iter().copied()));
        marked += update.exec(tx.raw()).await?.rows_affected;
    }
    Ok(marked)
}

/// Makes `into` stand for `from` everywhere and removes `from`.
///
/// Plays move; of two resume points the later one stays; of two links of one file one stays.
pub async fn merge(tx: &Tx, from: i64, into: i64) -> Result<()> {
    move_links(tx, from, into).await?;
    move_progress(tx, from, into).await?;
    let target = Expr::value(into);
    play::Entity::update_many()
        .col_expr(play::Column::TitleId, target.clone())
        .filter(play::Column::TitleId.eq(from))
        .exec(tx.raw())
        .await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::TitleId, target.clone())
        .filter(outbox::Column::TitleId.eq(from))
        .exec(tx.raw())
        .await?;
    match_group::Entity::update_many()
        .col_expr(match_group::Column::TitleId, target)
        .filter(match_group::Column::TitleId.eq(from))
        .exec(tx.raw())
        .await?;
    title::Entity::delete_by_id(from).exec(tx.raw()).await?;
    Ok(())
}

async fn move_links(tx: &Tx, from: i64, into: i64) -> Result<()> {
    let there = file_title::Entity::find()
        .select_only()
        .column(file_title::Column::FileId)
        .filter(file_title::Column::TitleId.eq(into));
    file_title::Entity::update_many()
        .col_expr(file_title::Column::TitleId, Expr::value(into))
        .filter(file_title::Column::TitleId.eq(from))
        .filter(file_title::Column::FileId.not_in_subquery(there.into_query()))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Moves resume points from one title to another; of two of one person the later one stays.
pub async fn move_progress(tx: &Tx, from: i64, into: i64) -> Result<()> {
    let of = |id: i64| progress::Entity::find().filter(progress::Column::TitleId.eq(id));
    let kept = of(into).all(tx.raw()).await?;
    for row in of(from).all(tx.raw()).await? {
        let rival = kept.iter().find(|other| other.user_id == row.user_id);
        progress::Entity::delete_by_id((row.user_id, from)).exec(tx.raw()).await?;
        if rival.is_some_and(|other| other.paused_at.0 >= row.paused_at.0) {
            continue;
        }
        progress::Entity::delete_by_id((row.user_id, into)).exec(tx.raw()).await?;
        let moved = progress::Model { title_id: into, ..row };
        progress::Entity::insert(moved.into_active_model().reset_all())
            .exec_without_returning(tx.raw())
            .await?;
    }
    Ok(())
}

/// Removes movies, episodes, and then seasons and shows, that have no file, no play, no resume point and no message to
/// Trakt, and that no group stands for. What Trakt said about a show that is here stays, files or not.
pub async fn prune(tx: &Tx) -> Result<u64> {
    let of_files = file_title::Entity::find().select_only().column(file_title::Column::TitleId);
    let of_plays = play::Entity::find().select_only().column(play::Column::TitleId);
    let of_outbox = outbox::Entity::find().select_only().column(outbox::Column::TitleId);
    let of_progress = progress::Entity::find().select_only().column(progress::Column::TitleId);
    let of_groups = match_group::Entity::find()
        .select_only()
        .column(match_group::Column::TitleId)
        .filter(match_group::Column::TitleId.is_not_null());
    let used = [
        of_files.into_query(),
        of_plays.into_query(),
        of_outbox.into_query(),
        of_progress.into_query(),
        of_groups.into_query(),
    ];
    let unused = used.iter().fold(Condition::all(), |condition, query| {
        condition.add(title::Column::Id.not_in_subquery(query.clone()))
    });
    // A show with any episode that is used stays whole: its parts are used through it.
    let mut family_used = Condition::any();
    for query in &used {
        let shows = title::Entity::find()
            .select_only()
            .column(title::Column::ShowId)
            .filter(title::Column::ShowId.is_not_null())
            .filter(title::Column::Id.in_subquery(query.clone()));
        family_used = family_used.add(title::Column::Id.in_subquery(shows.into_query()));
    }
    let deleted = title::Entity::delete_many()
        .filter(title::Column::Kind.is_in([TitleKind::Movie, TitleKind::Show]))
        .filter(unused)
        .filter(family_used.not())
        .exec(tx.raw())
        .await?;
    Ok(deleted.rows_affected)
}

/// Takes ids at Trakt off the rows that have them, because other rows get them.
pub async fn release_trakt_ids(tx: &Tx, kind: TitleKind, trakt_ids: &[i64]) -> Result<()> {
    for ids in trakt_ids.chunks(10_000) {
        title::Entity::update_many()
            .col_expr(title::Column::TraktId, Expr::value(None::<i64>))
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_in(ids.iter().copied()))
            .exec(tx.raw())
            .await?;
    }
    Ok(())
}

/// Removes episodes of a show that names made up and that nothing refers to any more, and seasons without episodes that
/// Trakt does not know.
pub async fn prune_children(tx: &Tx, show_id: i64) -> Result<()> {
    let of_files = file_title::Entity::find().select_only().column(file_title::Column::TitleId);
    let of_plays = play::Entity::find().select_only().column(play::Column::TitleId);
    let of_outbox = outbox::Entity::find().select_only().column(outbox::Column::TitleId);
    let of_progress = progress::Entity::find().select_only().column(progress::Column::TitleId);
    title::Entity::delete_many()
        .filter(title::Column::ShowId.eq(show_id))
        .filter(title::Column::Kind.eq(TitleKind::Episode))
        .filter(title::Column::TraktId.is_null())
        .filter(title::Column::Id.not_in_subquery(of_files.into_query()))
        .filter(title::Column::Id.not_in_subquery(of_plays.into_query()))
        .filter(title::Column::Id.not_in_subquery(of_outbox.into_query()))
        .filter(title::Column::Id.not_in_subquery(of_progress.into_query()))
        .exec(tx.raw())
        .await?;
    let parents = title::Entity::find()
        .select_only()
        .column(title::Column::ParentId)
        .filter(title::Column::ShowId.eq(show_id))
        .filter(title::Column::Kind.eq(TitleKind::Episode));
    title::Entity::delete_many()
        .filter(title::Column::ShowId.eq(show_id))
        .filter(title::Column::Kind.eq(TitleKind::Season))
        .filter(title::Column::TraktId.is_null())
        .filter(title::Column::Id.not_in_subquery(parents.into_query()))
        .exec(tx.raw())
        .await?;
    Ok(())
}

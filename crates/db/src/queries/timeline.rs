//! Plays and resume points, for timelines, rows and watched marks.

use crate::boxed;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, DerivePartialModel, EntityTrait as _,
    FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, SimpleExpr},
};

use super::chunks::{id_chunks, insert_numbered};
use super::run::Run as _;
use crate::entities::{outbox, play, progress};
use crate::ids::{FileId, PlayId, TitleId, UserId};
use crate::kinds::{OutboxKind, OutboxState};
use crate::rows::{Play, Progress};
use crate::{Conn, Json, Millis, Result, Tx};

/// How often a user played a title.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PlayCount {
    /// The title.
    pub title_id: TitleId,
    /// Plays.
    pub plays: i64,
    /// The time of the latest play with a known time.
    pub last_watched_at: Option<Millis>,
    /// The play that was stored last.
    pub newest: PlayId,
}

/// Returns a user's plays, counted per title.
#[boxed]
pub async fn play_counts(conn: &dyn Conn, user_id: UserId) -> Result<Vec<PlayCount>> {
    Ok(counts(user_id).into_model::<PlayCount>().all(&conn.raw()).await?)
}

/// Returns a user's plays, counted for some titles. Titles that were never played are left out.
#[boxed]
pub async fn play_counts_of(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
) -> Result<Vec<PlayCount>> {
    let some = counts(user_id).filter(play::Column::TitleId.is_in(title_ids.iter().copied()));
    Ok(some.into_model::<PlayCount>().all(&conn.raw()).await?)
}

fn counts(user_id: UserId) -> Select<play::Entity> {
    play::Entity::find()
        .select_only()
        .column(play::Column::TitleId)
        .column_as(play::Column::Id.count(), "plays")
        .column_as(play::Column::WatchedAt.max(), "last_watched_at")
        .column_as(play::Column::Id.max(), "newest")
        .filter(play::Column::UserId.eq(user_id))
        .group_by(play::Column::TitleId)
}

/// Returns a user's resume points.
#[boxed]
pub async fn progress_of(conn: &dyn Conn, user_id: UserId) -> Result<Vec<Progress>> {
    Ok(progress::Entity::find().filter(progress::Column::UserId.eq(user_id)).all(&conn.raw()).await?)
}

/// Returns a user's resume points in some titles.
#[boxed]
pub async fn progress_of_titles(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
) -> Result<Vec<Progress>> {
    let some = progress::Entity::find()
        .filter(progress::Column::UserId.eq(user_id))
        .filter(progress::Column::TitleId.is_in(title_ids.iter().copied()));
    Ok(some.all(&conn.raw()).await?)
}

/// A position in a user's timeline, newest first; plays without a time come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineCursor {
    /// The time of the play.
    pub watched_at: Option<Millis>,
    /// The play.
    pub id: PlayId,
}

/// Returns a user's plays after a position, newest first.
#[boxed]
pub async fn page(
    conn: &dyn Conn,
    user_id: UserId,
    after: Option<TimelineCursor>,
    limit: u64,
) -> Result<Vec<Play>> {
    page_since(conn, user_id, None, after, None, limit).await
}

/// Returns a user's plays after a position, newest first. `titles` restricts them to some titles; `since` excludes
/// earlier plays and those without a time.
#[boxed]
pub async fn page_since(
    conn: &dyn Conn,
    user_id: UserId,
    titles: Option<&[TitleId]>,
    after: Option<TimelineCursor>,
    since: Option<Millis>,
    limit: u64,
) -> Result<Vec<Play>> {
    use play::Column;
    // Two reads in index order: a single one that puts plays without a time last would have to sort all of them.
    let mut plays = Vec::new();
    if after.is_none_or(|place| place.watched_at.is_some()) {
        let mut timed = newest(conn, user_id, titles).filter(Column::WatchedAt.is_not_null());
        if let Some(TimelineCursor { watched_at: Some(at), id }) = after {
            let earlier = Condition::any().add(Column::WatchedAt.lt(at)).add(Column::Id.lt(id));
            timed = timed.filter(Column::WatchedAt.lte(at)).filter(earlier);
        }
        if let Some(since) = since {
            timed = timed.filter(Column::WatchedAt.gte(since));
        }
        plays = timed.limit(limit).all(&conn.raw()).await?;
    }
    let left = limit.saturating_sub(plays.len() as u64);
    if left > 0 && since.is_none() {
        let mut untimed = newest(conn, user_id, titles).filter(Column::WatchedAt.is_null());
        if let Some(TimelineCursor { watched_at: None, id }) = after {
            untimed = untimed.filter(Column::Id.lt(id));
        }
        plays.extend(untimed.limit(left).all(&conn.raw()).await?);
    }
    Ok(plays)
}

fn newest(conn: &dyn Conn, user_id: UserId, titles: Option<&[TitleId]>) -> Select<play::Entity> {
    play::Entity::find()
        .filter(play::Column::UserId.eq(user_id))
        .apply_if(titles, |plays, titles| plays.filter(of_titles(conn, titles)))
        .order_by_desc(play::Column::WatchedAt)
        .order_by_desc(play::Column::Id)
}

/// Passes all titles as one value: a word such as "the" occurs in more names than a statement can have values.
fn of_titles(conn: &dyn Conn, titles: &[TitleId]) -> SimpleExpr {
    let ids = Json::from(titles.iter().map(|id| id.0).collect::<Vec<_>>()).to_string();
    let sql = match conn.raw().get_database_backend() {
        DbBackend::Postgres => {
            r#""play"."title_id" IN (SELECT CAST("value" AS BIGINT) FROM jsonb_array_elements_text(CAST($1 AS JSONB)))"#
        }
        _ => r#""play"."title_id" IN (SELECT "value" FROM json_each(?))"#,
    };
    Expr::cust_with_values(sql, [ids])
}

/// Returns a user's last plays of some titles, newest first.
#[boxed]
pub async fn plays_of(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
    limit: u64,
) -> Result<Vec<Play>> {
    use play::Column;
    let plays = play::Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.is_in(title_ids.iter().copied()))
        .order_by_asc(Column::WatchedAt.is_null())
        .order_by_desc(Column::WatchedAt)
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(plays.all(&conn.raw()).await?)
}

/// Returns all users' plays of some files.
#[boxed]
pub async fn plays_from_files(conn: &dyn Conn, file_ids: &[FileId]) -> Result<Vec<Play>> {
    let from_files = play::Column::FileId.is_in(file_ids.iter().copied());
    Ok(play::Entity::find().filter(from_files).order_by_asc(play::Column::Id).all(&conn.raw()).await?)
}

/// Returns all users' resume points in some files.
#[boxed]
pub async fn progress_in_files(conn: &dyn Conn, file_ids: &[FileId]) -> Result<Vec<Progress>> {
    let in_files = progress::Column::FileId.is_in(file_ids.iter().copied());
    Ok(progress::Entity::find().filter(in_files).all(&conn.raw()).await?)
}

/// Adds plays, whose IDs the database assigns; returns them in the order of `rows`.
#[boxed]
pub async fn insert_plays(tx: &Tx, rows: Vec<Play>) -> Result<Vec<Play>> {
    insert_numbered::<play::Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Returns a user's play.
#[boxed]
pub async fn find_play(conn: &dyn Conn, user_id: UserId, id: PlayId) -> Result<Option<Play>> {
    let one = play::Entity::find_by_id(id).filter(play::Column::UserId.eq(user_id));
    Ok(one.one(&conn.raw()).await?)
}

/// Returns those of some plays that belong to a user, in no particular order.
#[boxed]
pub async fn find_plays(conn: &dyn Conn, user_id: UserId, ids: &[PlayId]) -> Result<Vec<Play>> {
    let mut plays = Vec::with_capacity(ids.len());
    for ids in id_chunks(ids) {
        let own = play::Entity::find().filter(play::Column::UserId.eq(user_id));
        plays.extend(own.filter(play::Column::Id.is_in(ids)).all(&conn.raw()).await?);
    }
    Ok(plays)
}

/// Deletes resume points of a user.
#[boxed]
pub async fn delete_progress(tx: &Tx, user_id: UserId, title_ids: &[TitleId]) -> Result<u64> {
    let mut deleted = 0;
    for ids in id_chunks(title_ids) {
        let some = progress::Entity::delete_many()
            .filter(progress::Column::UserId.eq(user_id))
            .filter(progress::Column::TitleId.is_in(ids));
        deleted += some.run(tx).await?;
    }
    Ok(deleted)
}

/// A message to Trakt about a play.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "outbox::Entity")]
pub struct PlayMessage {
    /// The play.
    pub play_id: PlayId,
    /// The kind of message.
    pub kind: OutboxKind,
    /// Its state.
    pub state: OutboxState,
    /// Why it failed: see [`OutboxRow`](crate::rows::OutboxRow).
    pub error_code: Option<String>,
    /// The details of the error.
    pub error_facts: Option<Json>,
    /// The sentence stored by an earlier version.
    pub error_text: Option<String>,
}

/// Returns the messages to Trakt about some plays, oldest first.
#[boxed]
pub async fn messages_about(conn: &dyn Conn, play_ids: &[PlayId]) -> Result<Vec<PlayMessage>> {
    use outbox::Column;
    let messages = outbox::Entity::find()
        .filter(Column::PlayId.is_in(play_ids.iter().copied()))
        .order_by_asc(Column::Id)
        .into_partial_model();
    Ok(messages.all(&conn.raw()).await?)
}

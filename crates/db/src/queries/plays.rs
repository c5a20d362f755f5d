//! Single plays, as written by the player and from Trakt's responses. [`timeline`](super::timeline) reads them by day.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DeriveIntoActiveModel, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, Set, sea_query::Expr,
};

use super::chunks::id_chunks;
use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{
        kept_play, outbox,
        play::{ActiveModel, Column, Entity},
        unnamed_play, withheld_play,
    },
    ids::{FileId, PlayId, TitleId, UserId},
    kinds::{OutboxState, PlaySource},
    rows::Play,
};

/// A play to add.
#[derive(Clone, Debug, DeriveIntoActiveModel)]
#[sea_orm(active_model = "ActiveModel")]
pub struct NewPlay {
    /// The user.
    pub user_id: UserId,
    /// The title.
    pub title_id: TitleId,
    /// The time; `None` if the user does not know it.
    pub watched_at: Option<Millis>,
    /// The source of the play.
    pub source: PlaySource,
    /// The file that was played.
    pub file_id: Option<FileId>,
    /// Never leaves this server.
    pub is_private: bool,
    /// The history ID on Trakt.
    pub trakt_history_id: Option<i64>,
}

/// Adds a play; returns [`Conflict::TraktHistory`](crate::Conflict::TraktHistory) if the user has one with the same
/// history ID.
#[boxed]
pub async fn insert(tx: &Tx, new: NewPlay, now: Millis) -> Result<Play> {
    let row = ActiveModel { created_at: Set(now), ..new.into_active_model() };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns a play.
#[boxed]
pub async fn find(conn: &dyn Conn, id: PlayId) -> Result<Option<Play>> {
    Ok(Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the play with this history ID on Trakt.
#[boxed]
pub async fn find_by_history(conn: &dyn Conn, user_id: UserId, history_id: i64) -> Result<Option<Play>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::TraktHistoryId.eq(history_id));
    Ok(own.one(&conn.raw()).await?)
}

/// Returns which of these history IDs on Trakt belong to plays here.
#[boxed]
pub async fn known_history(conn: &dyn Conn, user_id: UserId, history_ids: &[i64]) -> Result<Vec<i64>> {
    let known = Entity::find()
        .select_only()
        .column(Column::TraktHistoryId)
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TraktHistoryId.is_in(history_ids.iter().copied()));
    Ok(known.into_tuple().all(&conn.raw()).await?)
}

/// Moves a play to another title. Its history ID on Trakt belongs to the old title, so it is removed.
#[boxed]
pub async fn set_title(tx: &Tx, id: PlayId, title_id: TitleId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::TitleId, Expr::value(title_id))
        .col_expr(Column::TraktHistoryId, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Sets the history ID of a play on Trakt.
#[boxed]
pub async fn set_history(tx: &Tx, id: PlayId, history_id: i64) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::TraktHistoryId, Expr::value(history_id))
        .filter(Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Removes the history IDs of plays that no longer exist on Trakt.
#[boxed]
pub async fn forget_histories(tx: &Tx, ids: &[PlayId]) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::update_many()
            .col_expr(Column::TraktHistoryId, Expr::value(None::<i64>))
            .filter(Column::Id.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Returns several plays, in no particular order.
#[boxed]
pub async fn find_many(conn: &dyn Conn, ids: &[PlayId]) -> Result<Vec<Play>> {
    let mut plays = Vec::with_capacity(ids.len());
    for ids in id_chunks(ids) {
        plays.extend(Entity::find().filter(Column::Id.is_in(ids)).all(&conn.raw()).await?);
    }
    Ok(plays)
}

/// Returns a user's plays of some titles, in no particular order.
#[boxed]
pub async fn of_titles(conn: &dyn Conn, user_id: UserId, title_ids: &[TitleId]) -> Result<Vec<Play>> {
    let mut plays = Vec::new();
    for ids in id_chunks(title_ids) {
        let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::TitleId.is_in(ids));
        plays.extend(own.all(&conn.raw()).await?);
    }
    Ok(plays)
}

/// Returns a user's plays with these history IDs on Trakt, in no particular order.
#[boxed]
pub async fn find_by_histories(conn: &dyn Conn, user_id: UserId, history_ids: &[i64]) -> Result<Vec<Play>> {
    let mut plays = Vec::new();
    for ids in id_chunks(history_ids) {
        let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::TraktHistoryId.is_in(ids));
        plays.extend(own.all(&conn.raw()).await?);
    }
    Ok(plays)
}

/// Returns a user's plays after `after` that an import sends, by ID: those made here without a message that
/// is waiting, failed or done, and those removed on Trakt but kept here. Excludes private plays, plays with a
/// history ID, and withheld and unnamed plays.
#[boxed]
pub async fn unsent(conn: &dyn Conn, user_id: UserId, after: PlayId, limit: u64) -> Result<Vec<Play>> {
    let with_message = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::PlayId)
        .filter(outbox::Column::UserId.eq(user_id))
        .filter(outbox::Column::PlayId.is_not_null())
        .filter(outbox::Column::State.ne(OutboxState::Superseded));
    let unnamed = unnamed_play::Entity::find().select_only().column(unnamed_play::Column::PlayId);
    let withheld = withheld_play::Entity::find().select_only().column(withheld_play::Column::PlayId);
    let kept = kept_play::Entity::find().select_only().column(kept_play::Column::PlayId);
    let without_message = Condition::all()
        .add(Column::Source.ne(PlaySource::Trakt))
        .add(Column::Id.not_in_subquery(with_message.into_query()));
    let to_send = Condition::any().add(without_message).add(Column::Id.in_subquery(kept.into_query()));
    let unsent = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Id.gt(after))
        .filter(Column::IsPrivate.eq(false))
        .filter(Column::TraktHistoryId.is_null())
        .filter(to_send)
        .filter(Column::Id.not_in_subquery(unnamed.into_query()))
        .filter(Column::Id.not_in_subquery(withheld.into_query()))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(unsent.all(&conn.raw()).await?)
}

/// Returns which of these titles a user has played since `since`.
#[boxed]
pub async fn played_since(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
    since: Millis,
) -> Result<Vec<TitleId>> {
    let played = Entity::find()
        .select_only()
        .column(Column::TitleId)
        .distinct()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.is_in(title_ids.iter().copied()))
        .filter(Column::WatchedAt.gte(since));
    Ok(played.into_tuple().all(&conn.raw()).await?)
}

/// Returns when a user last played each of these titles; titles without a dated play are left out.
#[boxed]
pub async fn last_played(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
) -> Result<Vec<(TitleId, Millis)>> {
    let last = Entity::find()
        .select_only()
        .column(Column::TitleId)
        .column_as(Column::WatchedAt.max(), "last")
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.is_in(title_ids.iter().copied()))
        .filter(Column::WatchedAt.is_not_null())
        .group_by(Column::TitleId);
    Ok(last.into_tuple().all(&conn.raw()).await?)
}

/// Returns a user's newest play of a title since `since`.
#[boxed]
pub async fn latest(
    conn: &dyn Conn,
    user_id: UserId,
    title_id: TitleId,
    since: Millis,
) -> Result<Option<Play>> {
    let recent = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.eq(title_id))
        .filter(Column::WatchedAt.gte(since))
        .order_by_desc(Column::WatchedAt);
    Ok(recent.one(&conn.raw()).await?)
}

/// Returns the plays of a user that were added last.
#[boxed]
pub async fn newest(conn: &dyn Conn, user_id: UserId, limit: u64) -> Result<Vec<PlayId>> {
    let newest = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::UserId.eq(user_id))
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(newest.into_tuple().all(&conn.raw()).await?)
}

/// Deletes several plays.
#[boxed]
pub async fn delete_many(tx: &Tx, ids: &[PlayId]) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::delete_many().filter(Column::Id.is_in(ids)).run(tx).await?;
    }
    Ok(())
}

/// Deletes a play; returns whether it existed.
#[boxed]
pub async fn delete(tx: &Tx, id: PlayId) -> Result<bool> {
    Ok(Entity::delete_by_id(id).run(tx).await? > 0)
}

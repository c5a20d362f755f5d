//! Titles with files, and the collection on Trakt as sent from here.

use sea_orm::ActiveModelTrait as _;
use sea_orm::{
    ColumnTrait as _, EntityTrait, IntoActiveModel as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
    sea_query::{Condition, Expr, OnConflict},
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::{
        file_title, library, media_file,
        trakt_collection_item::{Column, Entity},
    },
    ids::{TitleId, UserId},
    kinds::{FileState, LibraryState},
    rows::TraktCollectionItem,
};

/// A file of a movie or episode.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldFile {
    /// The title in it.
    pub title_id: TitleId,
    /// Whether its library is available; if not, nothing is known about the file.
    pub is_readable: bool,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// Kind of high dynamic range.
    pub hdr: Option<String>,
    /// Array of tracks.
    pub audio: Json,
    /// When it was added.
    pub added_at: Millis,
}

/// Returns all present files, and all files of libraries that are currently unavailable.
#[boxed]
pub async fn held(conn: &dyn Conn) -> Result<Vec<HeldFile>> {
    let of = media_file::Entity::belongs_to(library::Entity)
        .from(media_file::Column::LibraryId)
        .to(library::Column::Id);
    let known = Condition::any()
        .add(media_file::Column::State.eq(FileState::Present))
        .add(library::Column::State.eq(LibraryState::Unavailable));
    type Row = (TitleId, LibraryState, Option<i32>, Option<i32>, Option<String>, Json, Millis);
    let rows: Vec<Row> = file_title::Entity::find()
        .select_only()
        .column(file_title::Column::TitleId)
        .join(JoinType::InnerJoin, file_title::to_file())
        .join(JoinType::InnerJoin, of.into())
        .column(library::Column::State)
        .column(media_file::Column::Width)
        .column(media_file::Column::Height)
        .column(media_file::Column::Hdr)
        .column(media_file::Column::Audio)
        .column(media_file::Column::AddedAt)
        .filter(known)
        .into_tuple()
        .all(&conn.raw())
        .await?;
    let held = |(title_id, state, width, height, hdr, audio, added_at): Row| HeldFile {
        title_id,
        is_readable: state != LibraryState::Unavailable,
        width,
        height,
        hdr,
        audio,
        added_at,
    };
    Ok(rows.into_iter().map(held).collect())
}

/// Returns what was sent to an account.
#[boxed]
pub async fn sent(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<TraktCollectionItem>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    Ok(own.all(&conn.raw()).await?)
}

/// Returns how many titles were sent to an account and accepted, and are still there.
#[boxed]
pub async fn count(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<u64> {
    let own = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::Refused.is_null())
        .filter(Column::LeftOut.eq(false));
    Ok(own.count(&conn.raw()).await?)
}

/// Records what was sent. Whether a title is left out does not change.
#[boxed]
pub async fn put_many(tx: &Tx, rows: Vec<TraktCollectionItem>) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::Account, Column::TitleId])
        .update_columns([Column::Sent, Column::Refused, Column::Kept, Column::RunAt])
        .to_owned();
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Records that some titles are no longer in an account's collection, as far as is known here. Titles that are left out
/// remain so.
#[boxed]
pub async fn delete_many(tx: &Tx, user_id: UserId, account: &str, title_ids: &[TitleId]) -> Result<()> {
    for ids in id_chunks(title_ids) {
        let ids: Vec<TitleId> = ids.collect();
        Entity::update_many()
            .col_expr(Column::Sent, Expr::value(Json::Object(serde_json::Map::new())))
            .filter(of(user_id, account, &ids))
            .filter(Column::LeftOut.eq(true))
            .run(tx)
            .await?;
        Entity::delete_many()
            .filter(of(user_id, account, &ids))
            .filter(Column::LeftOut.eq(false))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Sets whether titles are left out of an account's collection despite their files. Titles without a row are skipped.
#[boxed]
pub async fn set_left_out(
    tx: &Tx,
    user_id: UserId,
    account: &str,
    title_ids: &[TitleId],
    left_out: bool,
) -> Result<()> {
    for ids in id_chunks(title_ids) {
        let ids: Vec<TitleId> = ids.collect();
        Entity::update_many()
            .col_expr(Column::LeftOut, Expr::value(left_out))
            .filter(of(user_id, account, &ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

fn of(user_id: UserId, account: &str, title_ids: &[TitleId]) -> Condition {
    Condition::all()
        .add(Column::UserId.eq(user_id))
        .add(Column::Account.eq(account))
        .add(Column::TitleId.is_in(title_ids.iter().copied()))
}

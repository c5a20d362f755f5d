//! A user's sync settings: switches, exclusions, and the threshold from which a viewing counts.

use sea_orm::{
    ColumnTrait as _, EntityTrait, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Set,
    sea_query::{Condition, Expr, OnConflict, SelectStatement},
};

use super::chunks::id_chunks;
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::{
        file_title, media_file, sync_excluded_library, sync_excluded_title, sync_setting, sync_switch, title,
    },
    ids::{LibraryId, PlayId, TitleId, UserId},
    kinds::SyncSwitch,
};

/// A user's sync settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncSettings {
    /// The switches that are off.
    pub off: Vec<SyncSwitch>,
    /// The percentage from which a viewing counts; `None` for Trakt's threshold.
    pub watched_percent: Option<i32>,
    /// Libraries whose titles are never sent to Trakt.
    pub libraries: Vec<LibraryId>,
    /// Titles that are never sent to Trakt, including their seasons and episodes.
    pub titles: Vec<TitleId>,
}

/// Returns a user's sync settings. Everything is synced unless a row shows that the user has changed something.
#[boxed]
pub async fn read(conn: &dyn Conn, user_id: UserId) -> Result<SyncSettings> {
    let Some(setting) = sync_setting::Entity::find_by_id(user_id).one(&conn.raw()).await? else {
        return Ok(SyncSettings::default());
    };
    let off = sync_switch::Entity::find().filter(sync_switch::Column::UserId.eq(user_id));
    let off = off.all(&conn.raw()).await?;
    let libraries = sync_excluded_library::Entity::find()
        .filter(sync_excluded_library::Column::UserId.eq(user_id))
        .order_by_asc(sync_excluded_library::Column::LibraryId);
    let titles = sync_excluded_title::Entity::find()
        .filter(sync_excluded_title::Column::UserId.eq(user_id))
        .order_by_asc(sync_excluded_title::Column::TitleId);
    Ok(SyncSettings {
        off: off.into_iter().map(|row| row.switch).collect(),
        watched_percent: setting.watched_percent,
        libraries: libraries.all(&conn.raw()).await?.into_iter().map(|row| row.library_id).collect(),
        titles: titles.all(&conn.raw()).await?.into_iter().map(|row| row.title_id).collect(),
    })
}

/// Turns a switch on or off.
#[boxed]
pub async fn set_switch(tx: &Tx, user_id: UserId, switch: SyncSwitch, is_on: bool) -> Result<()> {
    ensure(tx, user_id).await?;
    if is_on {
        sync_switch::Entity::delete_by_id((user_id, switch)).run(tx).await?;
        return Ok(());
    }
    let row = sync_switch::ActiveModel { user_id: Set(user_id), switch: Set(switch) };
    let keep = OnConflict::columns([sync_switch::Column::UserId, sync_switch::Column::Switch])
        .do_nothing()
        .to_owned();
    sync_switch::Entity::insert(row).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Sets the percentage from which a viewing counts; `None` for Trakt's threshold.
#[boxed]
pub async fn set_watched_percent(tx: &Tx, user_id: UserId, percent: Option<i32>) -> Result<()> {
    ensure(tx, user_id).await?;
    sync_setting::Entity::update_many()
        .col_expr(sync_setting::Column::WatchedPercent, Expr::value(percent))
        .filter(sync_setting::Column::UserId.eq(user_id))
        .run(tx)
        .await?;
    Ok(())
}

/// Sets the libraries whose titles are never sent to Trakt.
#[boxed]
pub async fn set_excluded_libraries(tx: &Tx, user_id: UserId, ids: &[LibraryId]) -> Result<()> {
    use sync_excluded_library::{ActiveModel, Column, Entity};
    ensure(tx, user_id).await?;
    Entity::delete_many().filter(Column::UserId.eq(user_id)).run(tx).await?;
    for id in ids {
        let row = ActiveModel { user_id: Set(user_id), library_id: Set(*id) };
        Entity::insert(row).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Sets the titles that are never sent to Trakt.
#[boxed]
pub async fn set_excluded_titles(tx: &Tx, user_id: UserId, ids: &[TitleId]) -> Result<()> {
    use sync_excluded_title::{ActiveModel, Column, Entity};
    ensure(tx, user_id).await?;
    Entity::delete_many().filter(Column::UserId.eq(user_id)).run(tx).await?;
    for id in ids {
        let row = ActiveModel { user_id: Set(user_id), title_id: Set(*id) };
        Entity::insert(row).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Returns which of these titles belong to a movie or show with a file, present or missing, in one of these libraries.
#[boxed]
pub async fn in_libraries(
    conn: &dyn Conn,
    title_ids: &[TitleId],
    libraries: &[LibraryId],
) -> Result<Vec<TitleId>> {
    let mut found = Vec::new();
    for ids in id_chunks(title_ids) {
        let held = || held_in(libraries);
        let shows = title::Entity::find()
            .select_only()
            .column(title::Column::ShowId)
            .filter(title::Column::ShowId.is_not_null())
            .filter(title::Column::Id.in_subquery(held()))
            .into_query();
        let of_them = Condition::any()
            .add(title::Column::Id.in_subquery(held()))
            .add(title::Column::Id.in_subquery(shows.clone()))
            .add(title::Column::ShowId.in_subquery(shows));
        let rows = title::Entity::find()
            .select_only()
            .column(title::Column::Id)
            .filter(title::Column::Id.is_in(ids))
            .filter(of_them);
        let rows: Vec<TitleId> = rows.into_tuple().all(&conn.raw()).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Selects the movies and episodes with a file in one of these libraries.
fn held_in(libraries: &[LibraryId]) -> SelectStatement {
    file_title::Entity::find()
        .select_only()
        .column(file_title::Column::TitleId)
        .join(JoinType::InnerJoin, file_title::to_file())
        .filter(media_file::Column::LibraryId.is_in(libraries.iter().copied()))
        .into_query()
}

/// Starts checking withheld plays again, because a switch or an exclusion has changed.
#[boxed]
pub async fn begin_catch_up(tx: &Tx, user_id: UserId) -> Result<()> {
    set_catch_up(tx, user_id, Some(PlayId(0))).await
}

/// Sets the withheld play after which plays have to be checked; `None` if all were checked.
#[boxed]
pub async fn set_catch_up(tx: &Tx, user_id: UserId, after: Option<PlayId>) -> Result<()> {
    ensure(tx, user_id).await?;
    sync_setting::Entity::update_many()
        .col_expr(sync_setting::Column::CatchUpAfter, Expr::value(after))
        .filter(sync_setting::Column::UserId.eq(user_id))
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the withheld play after which a user's plays have to be checked; `None` if there are none to check.
#[boxed]
pub async fn catch_up_after(conn: &dyn Conn, user_id: UserId) -> Result<Option<PlayId>> {
    let setting = sync_setting::Entity::find_by_id(user_id).one(&conn.raw()).await?;
    Ok(setting.and_then(|setting| setting.catch_up_after))
}

/// Creates the user's row, without which nothing else is read.
async fn ensure(tx: &Tx, user_id: UserId) -> Result<()> {
    let first = sync_setting::ActiveModel {
        user_id: Set(user_id),
        watched_percent: Set(None),
        catch_up_after: Set(None),
    };
    let keep = OnConflict::column(sync_setting::Column::UserId).do_nothing().to_owned();
    sync_setting::Entity::insert(first).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

//! Merges two rows that turn out to be the same title.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use super::super::run::Run as _;
use crate::entities::{
    file_title, match_group, outbox, play, progress, sync_change, sync_excluded_title, sync_plan_item, title,
    tombstone, trakt_collection_item,
};
use crate::ids::TitleId;
use crate::queries::{
    chunks::repoint, collection_plans, collections, lists, preferences, recommendations, show_resets,
    sync_shadows, title_abouts, trakt_playbacks, viewings,
};
use crate::{Conn as _, Result, Tx};

/// Makes `into` replace `from` everywhere and deletes `from`.
///
/// Plays are moved. If a user has two resume points, viewings or preferences, the later one is kept; duplicate links of
/// a file are dropped. The seasons and episodes that both titles have must have been merged before.
#[boxed]
pub async fn merge(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    move_links(tx, from, into).await?;
    move_progress(tx, from, into).await?;
    viewings::move_to(tx, None, from, into).await?;
    move_exclusions(tx, from, into).await?;
    collections::move_to(tx, from, into).await?;
    lists::move_to(tx, from, into).await?;
    collection_plans::move_to(tx, from, into).await?;
    preferences::move_to(tx, from, into).await?;
    sync_shadows::move_to(tx, from, into).await?;
    move_collected(tx, from, into).await?;
    trakt_playbacks::move_to(tx, from, into).await?;
    recommendations::move_to(tx, from, into).await?;
    show_resets::move_to(tx, from, into).await?;
    title_abouts::move_to(tx, from, into).await?;
    repoint(tx, play::Column::TitleId, from, into).await?;
    repoint(tx, outbox::Column::TitleId, from, into).await?;
    repoint(tx, tombstone::Column::TitleId, from, into).await?;
    repoint(tx, sync_change::Column::TitleId, from, into).await?;
    repoint(tx, sync_plan_item::Column::TitleId, from, into).await?;
    repoint(tx, match_group::Column::TitleId, from, into).await?;
    repoint(tx, title::Column::ParentId, from, into).await?;
    repoint(tx, title::Column::ShowId, from, into).await?;
    title::Entity::delete_by_id(from).run(tx).await?;
    Ok(())
}

async fn move_links(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let there = file_title::Entity::find()
        .select_only()
        .column(file_title::Column::FileId)
        .filter(file_title::Column::TitleId.eq(into));
    file_title::Entity::update_many()
        .col_expr(file_title::Column::TitleId, Expr::value(into))
        .filter(file_title::Column::TitleId.eq(from))
        .filter(file_title::Column::FileId.not_in_subquery(there.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

/// If a collection contains both titles, keeps the item of the remaining title.
async fn move_collected(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    use trakt_collection_item::{Column, Entity};
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let kept = of(into).all(&tx.raw()).await?;
    let moving = of(from).all(&tx.raw()).await?;
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    for row in moving {
        let same = |other: &trakt_collection_item::Model| {
            (other.user_id, &other.account) == (row.user_id, &row.account)
        };
        if !kept.iter().any(same) {
            let moved = trakt_collection_item::Model { title_id: into, ..row };
            let moved = moved.into_active_model().reset_all();
            Entity::insert(moved).exec_without_returning(&tx.raw()).await?;
        }
    }
    Ok(())
}

/// Excludes the remaining title for users that exclude either of the two from syncing.
async fn move_exclusions(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    use sync_excluded_title::{Column, Entity};
    let there = Entity::find().select_only().column(Column::UserId).filter(Column::TitleId.eq(into));
    Entity::update_many()
        .col_expr(Column::TitleId, Expr::value(into))
        .filter(Column::TitleId.eq(from))
        .filter(Column::UserId.not_in_subquery(there.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

/// Moves resume points from one title to another; if a user has both, the later one is kept.
#[boxed]
pub async fn move_progress(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| progress::Entity::find().filter(progress::Column::TitleId.eq(id));
    let kept = of(into).all(&tx.raw()).await?;
    for row in of(from).all(&tx.raw()).await? {
        let rival = kept.iter().find(|other| other.user_id == row.user_id);
        progress::Entity::delete_by_id((row.user_id, from)).run(tx).await?;
        if rival.is_some_and(|other| other.paused_at.0 >= row.paused_at.0) {
            continue;
        }
        progress::Entity::delete_by_id((row.user_id, into)).run(tx).await?;
        let moved = progress::Model { title_id: into, ..row };
        progress::Entity::insert(moved.into_active_model().reset_all())
            .exec_without_returning(&tx.raw())
            .await?;
    }
    Ok(())
}

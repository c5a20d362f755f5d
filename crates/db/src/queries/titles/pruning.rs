//! Titles that nothing refers to any more.

use crate::boxed;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::SelectStatement,
};

use super::super::run::Run as _;
use crate::entities::{
    file_title, list_item, match_group, outbox, play, preference, progress, recommendation, show_reset,
    sync_change, sync_excluded_title, sync_shadow, title, tombstone, trakt_collection_item, trakt_playback,
};
use crate::ids::TitleId;
use crate::kinds::TitleKind;
use crate::{Result, Tx};

/// Deletes movies and shows (with their seasons and episodes) that nothing refers to: no file, play, removed play,
/// resume point, message to Trakt, sync exclusion, item in a collection on Trakt, entry in the sync log, preference,
/// list, recommendation, resume point or reset on Trakt, or match group. The seasons and episodes that Trakt knows of a
/// remaining show are kept, with or without files.
#[boxed]
pub async fn prune(tx: &Tx) -> Result<u64> {
    let used: Vec<SelectStatement> =
        uses().into_iter().chain([all_of(match_group::Column::TitleId)]).collect();
    // A show with any used season or episode is kept completely: its seasons and episodes count as used too.
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
        .filter(in_none_of(used))
        .filter(family_used.not())
        .run(tx)
        .await?;
    Ok(deleted)
}

/// Deletes episodes of a show that were created from file names and that nothing refers to any more, and then such
/// seasons without episodes that Trakt does not know.
#[boxed]
pub async fn prune_children(tx: &Tx, show_id: TitleId) -> Result<()> {
    let unknown = |kind: TitleKind| {
        title::Entity::delete_many()
            .filter(title::Column::ShowId.eq(show_id))
            .filter(title::Column::Kind.eq(kind))
            .filter(title::Column::TraktId.is_null())
    };
    unknown(TitleKind::Episode).filter(in_none_of(uses())).run(tx).await?;
    let parents = title::Entity::find()
        .select_only()
        .column(title::Column::ParentId)
        .filter(title::Column::ShowId.eq(show_id))
        .filter(title::Column::Kind.eq(TitleKind::Episode));
    unknown(TitleKind::Season)
        .filter(in_none_of(uses().into_iter().chain([parents.into_query()])))
        .run(tx)
        .await?;
    Ok(())
}

/// Selects the titles that are referred to by files, plays, messages to Trakt, resume points, tombstones, exclusions,
/// the log, preferences, collections, recommendations, resume points and resets on Trakt, and lists.
fn uses() -> [SelectStatement; 14] {
    [
        all_of(file_title::Column::TitleId),
        all_of(play::Column::TitleId),
        all_of(outbox::Column::TitleId),
        all_of(progress::Column::TitleId),
        all_of(tombstone::Column::TitleId),
        all_of(sync_excluded_title::Column::TitleId),
        all_of(sync_change::Column::TitleId),
        all_of(preference::Column::TitleId),
        all_of(sync_shadow::Column::TitleId),
        all_of(trakt_collection_item::Column::TitleId),
        all_of(trakt_playback::Column::TitleId),
        all_of(recommendation::Column::TitleId),
        all_of(show_reset::Column::TitleId),
        all_of(list_item::Column::TitleId),
    ]
}

/// Selects the values of a column, without NULL: `NOT IN` is never true for a list with a NULL.
fn all_of<C>(column: C) -> SelectStatement
where
    C: ColumnTrait,
    C::EntityName: EntityTrait,
{
    C::EntityName::find().select_only().column(column).filter(column.is_not_null()).into_query()
}

fn in_none_of(uses: impl IntoIterator<Item = SelectStatement>) -> Condition {
    uses.into_iter().fold(Condition::all(), |all, used| all.add(title::Column::Id.not_in_subquery(used)))
}

//! Lists that users follow here, and their titles.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, OnConflict},
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::entities::{list, list_item, preference};
use crate::ids::{ListId, TitleId, UserId};
use crate::kinds::{ListKind, ListState, SyncCategory};
use crate::rows::{List, ListItem};
use crate::{Conn, Millis, Result, Tx};

/// The `source` of the connected account's watchlist.
const WATCHLIST: &str = "watchlist";

/// Returns a user's lists: the watchlist, then the others in the order in which they were followed.
#[boxed]
pub async fn of_user(conn: &dyn Conn, user_id: UserId) -> Result<Vec<List>> {
    let own = list::Entity::find()
        .filter(list::Column::UserId.eq(user_id))
        .order_by_asc(list::Column::FollowedAt)
        .order_by_asc(list::Column::Id);
    let mut rows = own.all(&conn.raw()).await?;
    rows.sort_by_key(|row| row.kind != ListKind::Watchlist);
    Ok(rows)
}

/// Returns the followed lists of a user that contain a title, in the order in which they were followed.
#[boxed]
pub async fn holding(conn: &dyn Conn, user_id: UserId, title_id: TitleId) -> Result<Vec<List>> {
    let with_it = list_item::Entity::find()
        .select_only()
        .column(list_item::Column::ListId)
        .filter(list_item::Column::TitleId.eq(title_id));
    let own = list::Entity::find()
        .filter(list::Column::UserId.eq(user_id))
        .filter(list::Column::Id.in_subquery(with_it.into_query()))
        .order_by_asc(list::Column::FollowedAt)
        .order_by_asc(list::Column::Id);
    Ok(own.all(&conn.raw()).await?)
}

/// Returns a user's list.
#[boxed]
pub async fn find(conn: &dyn Conn, user_id: UserId, id: ListId) -> Result<Option<List>> {
    let own = list::Entity::find_by_id(id).filter(list::Column::UserId.eq(user_id));
    Ok(own.one(&conn.raw()).await?)
}

/// Returns a user's list by its location on Trakt.
#[boxed]
pub async fn from_source(conn: &dyn Conn, user_id: UserId, source: &str) -> Result<Option<List>> {
    let own =
        list::Entity::find().filter(list::Column::UserId.eq(user_id)).filter(list::Column::Source.eq(source));
    Ok(own.one(&conn.raw()).await?)
}

/// Returns the followed list of a user that is due first.
#[boxed]
pub async fn next(conn: &dyn Conn, user_id: UserId) -> Result<Option<List>> {
    let own = list::Entity::find()
        .filter(list::Column::UserId.eq(user_id))
        .filter(list::Column::Kind.ne(ListKind::Watchlist))
        .order_by_asc(list::Column::NextAt)
        .order_by_asc(list::Column::Id);
    Ok(own.one(&conn.raw()).await?)
}

/// Follows a list; returns `None` if the user follows it already.
#[boxed]
pub async fn insert(tx: &Tx, row: List) -> Result<Option<ListId>> {
    let (user_id, source) = (row.user_id, row.source.clone());
    let mut new = row.into_active_model().reset_all();
    new.not_set(list::Column::Id);
    let keep = OnConflict::columns([list::Column::UserId, list::Column::Source]).do_nothing().to_owned();
    let inserted = list::Entity::insert(new).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    if inserted == 0 {
        return Ok(None);
    }
    Ok(from_source(tx, user_id, &source).await?.map(|row| row.id))
}

/// Replaces a list, except whether it is pinned, which only its user decides; returns `false` if it was unfollowed.
#[boxed]
pub async fn update(tx: &Tx, row: List) -> Result<bool> {
    let id = row.id;
    let mut changed = row.into_active_model().reset_all();
    changed.not_set(list::Column::Id);
    changed.not_set(list::Column::PinnedAt);
    let updated = list::Entity::update_many().set(changed).filter(list::Column::Id.eq(id)).run(tx).await?;
    Ok(updated > 0)
}

/// Unfollows a list; returns whether it was followed.
#[boxed]
pub async fn delete(tx: &Tx, user_id: UserId, id: ListId) -> Result<bool> {
    let own =
        list::Entity::delete_many().filter(list::Column::UserId.eq(user_id)).filter(list::Column::Id.eq(id));
    Ok(own.run(tx).await? > 0)
}

/// Pins a list as a row on Home, or unpins it; returns whether the list exists.
#[boxed]
pub async fn pin(tx: &Tx, user_id: UserId, id: ListId, since: Option<Millis>) -> Result<bool> {
    let pinned = list::Entity::update_many()
        .col_expr(list::Column::PinnedAt, Expr::value(since))
        .filter(list::Column::UserId.eq(user_id))
        .filter(list::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(pinned > 0)
}

/// Adds the watchlist of a newly connected account to the user's lists.
#[boxed]
pub async fn add_watchlist(tx: &Tx, user_id: UserId, now: Millis) -> Result<()> {
    let row = List {
        id: ListId::NEW,
        user_id,
        kind: ListKind::Watchlist,
        source: WATCHLIST.to_owned(),
        name: "Watchlist".to_owned(),
        description: None,
        owner: None,
        owner_name: None,
        sort_by: None,
        sort_how: None,
        state: ListState::Current,
        failure: None,
        failures: 0,
        others: 0,
        revision: None,
        pinned_at: None,
        followed_at: now,
        read_at: None,
        full_at: None,
        next_at: now,
    };
    insert(tx, row).await?;
    Ok(())
}

/// Removes the watchlist of a disconnected account.
#[boxed]
pub async fn remove_watchlist(tx: &Tx, user_id: UserId) -> Result<()> {
    let own = list::Entity::delete_many()
        .filter(list::Column::UserId.eq(user_id))
        .filter(list::Column::Kind.eq(ListKind::Watchlist));
    own.run(tx).await?;
    Ok(())
}

/// Returns the titles on a list, in its order. Titles on the watchlist that have no position on Trakt yet are appended,
/// as Trakt will do; if no positions are known, the latest addition is first.
#[boxed]
pub async fn titles(conn: &dyn Conn, list: &List) -> Result<Vec<TitleId>> {
    if list.kind != ListKind::Watchlist {
        return Ok(items(conn, list.id).await?.into_iter().map(|item| item.title_id).collect());
    }
    let mut wanted = watchlist(conn, list.user_id).await?;
    let places: HashMap<TitleId, i64> =
        items(conn, list.id).await?.into_iter().map(|item| (item.title_id, item.position)).collect();
    if !places.is_empty() {
        wanted.reverse();
        wanted.sort_by_key(|id| places.get(id).copied().unwrap_or(i64::MAX));
    }
    Ok(wanted)
}

/// Returns the titles on a list, latest addition first.
#[boxed]
pub async fn newest_titles(conn: &dyn Conn, list: &List) -> Result<Vec<TitleId>> {
    if list.kind == ListKind::Watchlist {
        return watchlist(conn, list.user_id).await;
    }
    let mut items = items(conn, list.id).await?;
    items.sort_by_key(|item| Reverse(item.listed_at.map(|at| at.0)));
    Ok(items.into_iter().map(|item| item.title_id).collect())
}

/// Returns the titles on a user's watchlist, latest addition first.
async fn watchlist(conn: &dyn Conn, user_id: UserId) -> Result<Vec<TitleId>> {
    let wanted = preference::Entity::find()
        .select_only()
        .column(preference::Column::TitleId)
        .filter(preference::Column::UserId.eq(user_id))
        .filter(preference::Column::Category.eq(SyncCategory::Watchlist))
        .filter(preference::Column::Value.is_not_null())
        .order_by_desc(preference::Column::ChangedAt)
        .order_by_asc(preference::Column::TitleId);
    Ok(wanted.into_tuple().all(&conn.raw()).await?)
}

/// Returns the sort order of a user's watchlist on Trakt: the field, and `asc` or `desc`.
#[boxed]
pub async fn watchlist_order(conn: &dyn Conn, user_id: UserId) -> Result<Option<(String, String)>> {
    let list = from_source(conn, user_id, WATCHLIST).await?;
    Ok(list.and_then(|list| list.sort_by.zip(list.sort_how)))
}

/// Records the positions of the titles on a user's watchlist on Trakt, and its sort order there; `None` leaves the sort
/// order unchanged.
#[boxed]
pub async fn place_watchlist(
    tx: &Tx,
    user_id: UserId,
    order: &[TitleId],
    chosen: Option<(String, String)>,
) -> Result<()> {
    let Some(list) = from_source(tx, user_id, WATCHLIST).await? else { return Ok(()) };
    if let Some((by, how)) = chosen {
        list::Entity::update_many()
            .col_expr(list::Column::SortBy, Expr::value(by))
            .col_expr(list::Column::SortHow, Expr::value(how))
            .filter(list::Column::Id.eq(list.id))
            .run(tx)
            .await?;
    }
    let item = |(position, title_id): (i64, &TitleId)| ListItem {
        list_id: list.id,
        title_id: *title_id,
        position,
        listed_at: None,
    };
    put_items(tx, list.id, (0..).zip(order).map(item).collect()).await
}

/// Returns the titles on a followed list with their positions.
#[boxed]
pub async fn items(conn: &dyn Conn, id: ListId) -> Result<Vec<ListItem>> {
    let rows = list_item::Entity::find()
        .filter(list_item::Column::ListId.eq(id))
        .order_by_asc(list_item::Column::Position)
        .order_by_asc(list_item::Column::TitleId);
    Ok(rows.all(&conn.raw()).await?)
}

/// Replaces the titles on a list.
#[boxed]
pub async fn put_items(tx: &Tx, id: ListId, items: Vec<ListItem>) -> Result<()> {
    let before: Vec<TitleId> = list_item::Entity::find()
        .select_only()
        .column(list_item::Column::TitleId)
        .filter(list_item::Column::ListId.eq(id))
        .into_tuple()
        .all(&tx.raw())
        .await?;
    let kept: HashSet<TitleId> = items.iter().map(|item| item.title_id).collect();
    let removed: Vec<TitleId> = before.into_iter().filter(|title| !kept.contains(title)).collect();
    for ids in id_chunks(&removed) {
        let some = list_item::Entity::delete_many()
            .filter(list_item::Column::ListId.eq(id))
            .filter(list_item::Column::TitleId.is_in(ids));
        some.run(tx).await?;
    }
    let replace = OnConflict::columns([list_item::Column::ListId, list_item::Column::TitleId])
        .update_columns([list_item::Column::Position, list_item::Column::ListedAt])
        .to_owned();
    for chunk in chunks::<list_item::Entity, _>(items) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        list_item::Entity::insert_many(rows)
            .on_conflict(replace.clone())
            .exec_without_returning(&tx.raw())
            .await?;
    }
    Ok(())
}

/// Replaces a title with another on all lists; if a list contains both, the remaining title keeps its position.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let with_both = list_item::Entity::find()
        .select_only()
        .column(list_item::Column::ListId)
        .filter(list_item::Column::TitleId.eq(into));
    list_item::Entity::update_many()
        .col_expr(list_item::Column::TitleId, Expr::value(into))
        .filter(list_item::Column::TitleId.eq(from))
        .filter(list_item::Column::ListId.not_in_subquery(with_both.into_query()))
        .run(tx)
        .await?;
    list_item::Entity::delete_many().filter(list_item::Column::TitleId.eq(from)).run(tx).await?;
    Ok(())
}

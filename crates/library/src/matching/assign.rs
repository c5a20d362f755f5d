//! Assigns a title to a group of files.

use chrono::{DateTime, Utc};
use db::Tx;
use db::ids::{TitleId, UserId};
use db::kinds::{GroupKind, MatchState, TitleKind};
use db::rows::{MatchGroup, Title};
use media::names::Work;

use crate::metadata::fetch::Found;
use crate::rows::work_row;
use crate::works::{merge, relink};
use catalogue::pictures::Pictures;
use model::title::ImageKind;

/// The result of assigning a title.
pub(super) struct Assigned {
    /// Users whose plays moved to another title, so that there is something to send to Trakt.
    pub(super) to_wake: Vec<UserId>,
    /// Whether any user's plays or resume points may belong to another title now.
    pub(super) affects_plays: bool,
}

/// Assigns a title from Trakt. Files, plays and resume points of a local title of the group move to it.
pub(super) async fn assign(
    tx: &Tx,
    mut group: MatchGroup,
    found: &Found,
    state: MatchState,
    now: DateTime<Utc>,
) -> db::Result<Assigned> {
    let kind = title_kind(group.kind);
    let before = group.title_id;
    let current = match group.title_id {
        Some(id) => db::titles::find(tx, id).await?,
        None => None,
    };
    let alone = match &current {
        Some(current) => db::matches::of_title(tx, current.id).await?.len() <= 1,
        None => false,
    };
    let target = db::titles::find_by_trakt(tx, kind, found.trakt_id()).await?;
    // A local title, named after its files, that no other group uses.
    let local = current.filter(|current| current.trakt_id.is_none() && alone);
    let mut title = match (target, local) {
        (Some(target), Some(local)) if local.id != target.id => {
            merge(tx, &local, &target).await?;
            with_local_pictures(target, &local)
        }
        (Some(target), _) => target,
        (None, Some(local)) => local,
        (None, None) => work_row(kind, &Work::default(), None, now),
    };
    found.apply(&mut title, now);
    let title = match title.id {
        TitleId::NEW => db::titles::insert_many(tx, vec![title]).await?.swap_remove(0),
        _ => db::titles::update(tx, title).await?,
    };
    group.title_id = Some(title.id);
    group.state = state;
    group.decided_at = Some(now.into());
    let group = db::matches::update(tx, group).await?;
    // The episodes of a show can be numbered differently under the same title.
    let affects_plays = kind == TitleKind::Show || before.is_some_and(|before| before != title.id);
    Ok(Assigned { to_wake: relink(tx, &group, now).await?, affects_plays })
}

/// Assigns a local title, named after the files.
pub(super) async fn assign_local(
    tx: &Tx,
    mut group: MatchGroup,
    now: DateTime<Utc>,
) -> db::Result<Vec<UserId>> {
    let current = match group.title_id {
        Some(id) => db::titles::find(tx, id).await?,
        None => None,
    };
    if current.is_none_or(|current| current.trakt_id.is_some()) {
        let work = Work {
            title: group.parsed_title.clone(),
            year: group.parsed_year.and_then(|year| u16::try_from(year).ok()),
            ..Work::default()
        };
        let row = work_row(title_kind(group.kind), &work, None, now);
        group.title_id = Some(db::titles::insert_many(tx, vec![row]).await?.swap_remove(0).id);
    }
    group.state = MatchState::Manual;
    group.decided_at = Some(now.into());
    let group = db::matches::update(tx, group).await?;
    relink(tx, &group, now).await
}

/// Hides the files of a group.
pub(super) async fn ignore(tx: &Tx, mut group: MatchGroup, now: DateTime<Utc>) -> db::Result<()> {
    group.state = MatchState::Ignored;
    group.decided_at = Some(now.into());
    let group = db::matches::update(tx, group).await?;
    relink(tx, &group, now).await.map(|_| ())
}

/// Moves the images found next to the files to the files' new title.
fn with_local_pictures(mut target: Title, local: &Title) -> Title {
    let mut pictures = Pictures::from_json(target.images.take());
    let local_pictures = Pictures::from_json(local.images.clone());
    for kind in [ImageKind::Poster, ImageKind::Backdrop, ImageKind::Logo, ImageKind::Thumb] {
        let file = local_pictures.get(kind).and_then(|picture| picture.local.clone());
        if file.is_some() {
            pictures.set_local(kind, file);
        }
    }
    target.images = pictures.to_json();
    target
}

pub(super) fn title_kind(kind: GroupKind) -> TitleKind {
    match kind {
        GroupKind::Movie => TitleKind::Movie,
        GroupKind::Show => TitleKind::Show,
    }
}

//! Compares the history with what was seen of it: after an import, and whenever Trakt reports a change.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::{
    Conn, Millis,
    ids::{PlayId, TraktPlayId},
    kinds::{SyncCategory, SyncDirection, SyncState},
    plays,
    rows::{Play, SyncCursor, TraktPlay},
    trakt_plays,
};
use serde_json::json;
use trakt::{
    endpoints::HistoryQuery,
    models::{HistoryItem, TraktId, to_the_minute},
    paging::{Complete, Proven},
};

use super::{
    apply::{self, Owner},
    compact::{self, Compared},
    cursor::{self, Mark, Marks},
    plan::{self, Proof, Seen, There},
    progress::{Progress, Sweep, Turn},
    remote::{ItemKey, RemotePlay},
    round::Round,
    sent::{self, Sent},
    unsent,
    worker::Worker,
};
use crate::{
    Result,
    guard::{self, Guarded, Removal},
};

/// Maximum number of existing plays that are recorded in a transaction.
const CHUNK: usize = 500;

/// Advances the comparison in progress by one step, or starts the next one.
pub(super) async fn advance(
    worker: &Worker<'_>,
    cursor: SyncCursor,
    progress: &mut Progress,
) -> Result<Turn> {
    let current = |sweep: &Sweep| (sweep.state, sweep.asked_at) == (cursor.state, cursor.asked_at);
    let Some(round) = &progress.round else { return Ok(Turn::More) };
    let Some(mut sweep) = progress.sweep.take().filter(current) else {
        progress.sweep = Some(begin(worker, &cursor, round).await?);
        return Ok(Turn::More);
    };
    let Some((key, is_missing)) = sweep.titles.last().copied() else {
        let next_at = round.next_at();
        return finish(worker, cursor, sweep, next_at).await;
    };
    let outcome = title(worker, key, is_missing, &mut sweep).await;
    if outcome.is_ok() {
        sweep.titles.pop();
    }
    progress.sweep = Some(sweep);
    outcome.map(|()| Turn::More)
}

async fn begin(worker: &Worker<'_>, cursor: &SyncCursor, round: &Round) -> Result<Sweep> {
    let activities = &round.activities;
    let before = Marks::read(&cursor.activity);
    let marks = Marks::of(activities, round.began);
    let is_full = round.is_full(cursor);
    let mut sweep = Sweep {
        began_at: round.began,
        asked_at: cursor.asked_at,
        state: cursor.state,
        marks,
        is_full,
        titles: Vec::new(),
        sent: HashSet::new(),
        held: usize::try_from(cursor.held).unwrap_or(0),
        requests: 1,
    };
    let moved = [
        is_full || before.movies != Mark::Read(activities.movies.watched_at),
        is_full || before.episodes != Mark::Read(activities.episodes.watched_at),
    ];
    // The number of held removals covers both kinds.
    let both = moved.contains(&true) && cursor.held > 0;
    let mut compared = Vec::new();
    for (is_movies, moved) in [true, false].into_iter().zip(moved) {
        if moved || both {
            compared.push(compact::compared(worker, is_movies, &mut sweep).await?);
        }
    }
    match cursor.state {
        SyncState::Skipping => skip(worker, cursor, compared).await?,
        _ if compared.is_empty() => {}
        _ => choose(worker, compared, &mut sweep).await?,
    }
    Ok(sweep)
}

/// Selects the titles to be read. Too many removals await confirmation: missing plays are left alone, while additions
/// are applied.
async fn choose(worker: &Worker<'_>, compared: Vec<Compared>, sweep: &mut Sweep) -> Result<()> {
    let differences: Vec<_> = compared
        .iter()
        .map(|kind| (kind.is_movies, plan::compare(&kind.seen, &kind.here, &kind.there)))
        .collect();
    let (owner, db) = (worker.owner, &worker.engine.core.db);
    let differs = |key: ItemKey| {
        let kind = differences.iter().find(|(is_movies, _)| *is_movies == key.is_movie);
        kind.is_none_or(|(_, kind)| kind.titles.contains_key(&TraktId(key.trakt_id.cast_unsigned())))
    };
    let mut sent = sent::unseen(db, owner, sweep.began_at).await?;
    sweep.sent = sent.iter().map(|sent| sent.key).collect();
    sent.retain(|sent| !differs(sent.key));
    let missing = differences.iter().map(|(_, kind)| kind.missing).sum::<usize>() + sent.len();
    let total = trakt_plays::count_here(db, owner.user_id, owner.account).await?;
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let mut waits = guard::waits(missing, total);
    let held = std::mem::take(&mut sweep.held);
    if waits && !compact::agrees(worker, &compared, sweep).await? {
        // One of the two reads was wrong: next time, both kinds are read again.
        sweep.marks = Marks::default();
    } else if waits || held > 0 {
        waits = !review(worker, &compared, &sent, total).await?;
    }
    if waits {
        sweep.held = missing;
        tracing::warn!(
            missing,
            total,
            "many plays are gone from Trakt; they stay here until that is confirmed"
        );
    } else {
        sweep.titles.extend(sent.iter().map(|sent| (sent.key, true)));
    }
    for (is_movie, differences) in differences {
        let titles = differences.titles.into_iter().filter(|(_, is_missing)| !(waits && *is_missing));
        sweep.titles.extend(titles.filter_map(|(id, is_missing)| {
            Some((ItemKey { is_movie, trakt_id: super::signed(id.0)? }, is_missing))
        }));
    }
    Ok(())
}

/// Returns whether plays that are gone from Trakt may be removed here: if there are few, or the user has
/// confirmed.
async fn review(worker: &Worker<'_>, compared: &[Compared], sent: &[Sent], total: usize) -> Result<bool> {
    let core = &worker.engine.core;
    let tx = core.db.begin().await?;
    let missing = missing_plays(&tx, worker, compared, sent).await?;
    let go = guard::review(&tx, guarded(worker), &missing, total, core.clock.now()).await?;
    tx.commit().await?;
    Ok(go)
}

fn guarded<'a>(worker: &Worker<'a>) -> Guarded<'a> {
    let Owner { user_id, account } = worker.owner;
    let (category, direction) = (SyncCategory::History, SyncDirection::FromTrakt);
    Guarded { user_id, account, category, direction }
}

/// Returns the plays here that are gone from Trakt.
async fn missing_plays(
    conn: &dyn Conn,
    worker: &Worker<'_>,
    compared: &[Compared],
    sent: &[Sent],
) -> Result<Vec<Removal>> {
    let owner = worker.owner;
    let mut ids: Vec<PlayId> = sent.iter().map(|sent| sent.play.id).collect();
    for kind in compared {
        let missing = kind.here.minus(&kind.there);
        let titles: Vec<i64> = missing.iter().filter_map(|(title, _, _)| super::signed(title.0)).collect();
        let of = ItemKey { is_movie: kind.is_movies, trakt_id: 0 }.kind();
        let seen = trakt_plays::here_of_items(conn, owner.user_id, owner.account, of, &titles).await?;
        for (title, watched_at, count) in missing.iter() {
            let same = |play: &&TraktPlay| {
                Some(play.trakt_id) == super::signed(title.0) && play.watched_at.0 == watched_at
            };
            ids.extend(seen.iter().filter(same).filter_map(|play| play.play_id).take(count));
        }
    }
    let plays = plays::find_many(conn, &ids).await?;
    let removal = |play: &Play| Removal {
        title_id: play.title_id,
        item: json!({ "play_id": play.id, "watched_at": play.watched_at.map(|at| at.0) }),
    };
    Ok(plays.iter().map(removal).collect())
}

/// Records existing plays as seen, so that they never become plays here, except those after the user's decision.
async fn skip(worker: &Worker<'_>, cursor: &SyncCursor, compared: Vec<Compared>) -> Result<()> {
    let owner = worker.owner;
    let mut rows = Vec::new();
    for kind in &compared {
        for (trakt_id, watched_at, count) in kind.there.minus(&kind.seen).iter() {
            let Some(trakt_id) = super::signed(trakt_id.0) else { continue };
            let row = TraktPlay {
                id: TraktPlayId::NEW,
                user_id: owner.user_id,
                account: owner.account.to_owned(),
                kind: ItemKey { is_movie: kind.is_movies, trakt_id }.kind(),
                trakt_id,
                watched_at: Millis::from(watched_at),
                history_id: None,
                play_id: None,
            };
            if watched_at < to_the_minute(cursor.asked_at.0) {
                rows.extend(std::iter::repeat_n(row, count));
            }
        }
    }
    for chunk in rows.chunks(CHUNK) {
        let tx = worker.engine.core.db.begin().await?;
        trakt_plays::insert_many(&tx, chunk.to_vec()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Reads the history of a title and applies its changes.
async fn title(worker: &Worker<'_>, key: ItemKey, is_missing: bool, sweep: &mut Sweep) -> Result<()> {
    let (plays, proof) = match history(worker, key, is_missing, sweep).await {
        // Trakt has merged or removed the title: nothing can be concluded from that.
        Err(crate::Error::Trakt(trakt::Error::NotFound)) => return Ok(()),
        read => read?,
    };
    let core = &worker.engine.core;
    let (owner, now) = (worker.owner, core.clock.now());
    let mut plays: Vec<RemotePlay> = plays.into_iter().filter_map(RemotePlay::of).collect();
    plays.retain(|play| play.key() == key);
    let there: Vec<There> = plays
        .iter()
        .map(|play| There { history_id: Some(play.history_id), watched_at: play.watched_at })
        .collect();
    let tx = core.db.begin_titles().await?;
    if is_missing && sweep.sent.contains(&key) {
        sent::note(&tx, owner, key, sweep.began_at).await?;
    }
    let seen: Vec<Seen> = trakt_plays::of_item(&tx, owner.user_id, owner.account, key.kind(), key.trakt_id)
        .await?
        .into_iter()
        .map(seen)
        .collect();
    let changed = plan::changed(&seen, &there, proof.as_ref());
    let mut plays: HashMap<usize, RemotePlay> = plays.into_iter().enumerate().collect();
    let fresh = changed.fresh.iter().filter_map(|place| plays.remove(place)).collect();
    let mut applied = apply::take(&tx, owner, fresh, now).await?;
    apply::remove(&tx, &changed.gone, &mut applied).await?;
    for (id, watched_at) in changed.moved {
        trakt_plays::set_watched_at(&tx, id, Millis::from(watched_at)).await?;
    }
    let (reason, began_at) = sweep.run();
    worker.log(&tx, &mut applied, reason, began_at).await?;
    tx.commit().await?;
    if applied.deferred > 0 || (is_missing && proof.is_none()) {
        sweep.unsettle(key);
    }
    worker.announce(applied);
    Ok(())
}

fn seen(row: TraktPlay) -> Seen {
    Seen { id: row.id, history_id: row.history_id, watched_at: row.watched_at.0, play_id: row.play_id }
}

/// Reads the history of a title. If plays are missing, it is read twice: only two matching reads are proof.
async fn history(
    worker: &Worker<'_>,
    key: ItemKey,
    is_missing: bool,
    sweep: &mut Sweep,
) -> Result<(Vec<HistoryItem>, Option<Proof>)> {
    let id = TraktId(key.trakt_id.cast_unsigned());
    let query = if key.is_movie { HistoryQuery::of_movie(id) } else { HistoryQuery::of_episode(id) };
    let request = worker.client.sync().history(&query);
    let mut read = async || -> Result<Complete<HistoryItem>> {
        let read = request.collect_all().await?;
        sweep.requests += i64::from(read.pages);
        Ok(read)
    };
    let first = read().await?;
    if !is_missing {
        return Ok((first.listing.items, None));
    }
    match Proven::from_reads(first, read().await?) {
        Ok(proven) => {
            let entries = proven.present(|play| super::signed(play.id.0).unwrap_or(i64::MAX));
            let minutes = proven.present(|play| to_the_minute(play.watched_at));
            Ok((proven.into_items(), Some(Proof { entries, minutes })))
        }
        Err(unproven) => Ok((unproven.latest.listing.items, None)),
    }
}

/// Finishes the comparison once everything that differed was read.
async fn finish(
    worker: &Worker<'_>,
    before: SyncCursor,
    sweep: Sweep,
    next_at: DateTime<Utc>,
) -> Result<Turn> {
    if before.state == SyncState::Proving {
        unsent::enqueue(worker).await?;
    }
    let core = &worker.engine.core;
    let (owner, now) = (worker.owner, core.clock.now());
    let tx = core.db.begin().await?;
    let done = trakt_plays::count(&tx, owner.user_id, owner.account).await?;
    let done = super::signed(done).unwrap_or(i64::MAX);
    // Plays watched since the user decided not to import still have to be applied.
    let is_skipped = before.state == SyncState::Skipping;
    let next_at = if is_skipped { now } else { next_at };
    let marks = if is_skipped { Marks::default() } else { sweep.marks };
    let requests = if before.state == SyncState::Proving { before.requests } else { 0 };
    let after = SyncCursor {
        state: SyncState::Following,
        activity: marks.to_json(),
        done,
        total: Some(done),
        held: i64::try_from(sweep.held).unwrap_or(i64::MAX),
        requests: requests + sweep.requests,
        read_at: Some(Millis::from(now)),
        next_at: Millis::from(next_at),
        full_at: if sweep.is_full && !is_skipped { Some(Millis::from(now)) } else { before.full_at },
        ..before.clone()
    };
    if !cursor::save(&tx, &before, after).await? {
        return Ok(Turn::More);
    }
    if sweep.is_full && sweep.held == 0 {
        guard::finished(&tx, guarded(worker), now).await?;
    }
    tx.commit().await?;
    worker.engine.core.events.send(crate::SyncEvent::Account { user_id: owner.user_id });
    Ok(if is_skipped { Turn::More } else { Turn::Done })
}

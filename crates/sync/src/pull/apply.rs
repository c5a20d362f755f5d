//! Records the results of reading Trakt's history. Every function is part of the caller's transaction.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::{
    Conn, Millis, Tx,
    ids::{PlayId, TitleId, TraktPlayId, UserId},
    kinds::{OutboxKind, PlaySource},
    outbox, plays,
    rows::{Play, TraktPlay},
    timeline, tombstones, trakt_plays,
};

use super::{
    plan::{self, Fate, Gone, Here, There},
    remote::{ItemKey, RemoteItem, RemotePlay, dated},
    titles::{self, Rows},
};
use crate::{
    Result,
    changes::{Change, LoggedPlay},
    outbox::removed_entries,
};

/// The owner of the history.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) user_id: UserId,
    /// The slug of the account on Trakt.
    pub(super) account: &'a str,
}

/// What was recorded.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// Plays that were added, linked or removed.
    pub(super) plays: Vec<PlayId>,
    /// Plays that were added or removed, before and after, for the log.
    pub(super) changes: Vec<(Play, PlayChange)>,
    /// Whether there are new titles.
    pub(super) new_titles: bool,
    /// Number of plays deferred because a message to Trakt about their title is on its way, which may have become one
    /// of them.
    pub(super) deferred: usize,
}

/// How a play changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlayChange {
    New,
    Gone,
}

impl Applied {
    /// Takes the changes for the log.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        let change = |(play, is): (Play, PlayChange)| {
            let json = Some(LoggedPlay::of(&play).to_json());
            let (before, after) = if is == PlayChange::New { (None, json) } else { (json, None) };
            Change { title_id: play.title_id, before, after }
        };
        std::mem::take(&mut self.changes).into_iter().map(change).collect()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.plays.extend(other.plays);
        self.changes.extend(other.changes);
        self.new_titles |= other.new_titles;
        self.deferred += other.deferred;
    }
}

/// Returns a play in the form compared with Trakt; `None` if it is private and never synced.
pub(super) fn here(play: &Play) -> Option<Here> {
    (!play.is_private).then(|| Here {
        id: play.id,
        watched_at: play.watched_at.map(|at| at.0),
        history_id: play.trakt_history_id,
        made_here: play.source != PlaySource::Trakt,
    })
}

/// Returns titles for which a message that adds a play is on its way.
pub(super) async fn undecided(
    conn: &dyn Conn,
    user_id: UserId,
    titles: &[TitleId],
) -> Result<HashSet<TitleId>> {
    let waiting = outbox::open_of_titles(conn, user_id, titles).await?;
    let adds = |kind| matches!(kind, OutboxKind::HistoryAdd | OutboxKind::ScrobbleStop);
    Ok(waiting.iter().filter(|row| adds(row.kind)).filter_map(|row| row.title_id).collect())
}

/// Stores plays on Trakt that were not seen before. Plays that were seen are skipped, so calls can be repeated.
pub(super) async fn take(
    tx: &Tx,
    owner: Owner<'_>,
    mut plays: Vec<RemotePlay>,
    now: DateTime<Utc>,
) -> Result<Applied> {
    let ids: Vec<i64> = plays.iter().map(|play| play.history_id).collect();
    let known: HashSet<i64> =
        trakt_plays::known(tx, owner.user_id, owner.account, &ids).await?.into_iter().collect();
    let mut twice = HashSet::new();
    plays.retain(|play| !known.contains(&play.history_id) && twice.insert(play.history_id));
    let items: Vec<&RemoteItem> = plays.iter().map(|play| &play.item).collect();
    let mut rows = titles::known(tx, &items).await?;
    let ids: Vec<TitleId> = rows.values().map(|row| row.id).collect();
    let undecided = undecided(tx, owner.user_id, &ids).await?;
    let count = plays.len();
    plays.retain(|play| rows.get(&play.item.key()).is_none_or(|row| !undecided.contains(&row.id)));
    let mut applied = Applied { deferred: count - plays.len(), ..Applied::default() };
    let decided = decide(tx, owner, &plays, &rows).await?;
    let added: Vec<&RemoteItem> = plays
        .iter()
        .zip(&decided.fates)
        .filter(|(_, fate)| **fate == Fate::Add)
        .map(|(play, _)| &play.item)
        .collect();
    applied.new_titles = titles::ensure(tx, &added, &mut rows, now).await?;
    write(tx, owner, &plays, decided, &rows, &mut applied, now).await?;
    Ok(applied)
}

/// The fate of each play, and the plays here that turn out to be reports of a viewing that was made here.
struct Decided {
    fates: Vec<Fate>,
    absorbed: Vec<PlayId>,
}

/// What was removed here, whether or not Trakt has removed it yet.
struct Removed {
    entries: HashSet<i64>,
    /// Plays whose history ID was not known when they were removed.
    plays: HashSet<(TitleId, Option<DateTime<Utc>>)>,
}

impl Removed {
    /// Reads the removals that concern these history entries and titles.
    async fn read(
        conn: &dyn Conn,
        owner: Owner<'_>,
        history_ids: &[i64],
        titles: &[TitleId],
    ) -> Result<Self> {
        let mut entries = removed_entries(conn, owner.user_id).await?;
        let tombstones_here =
            tombstones::about(conn, owner.user_id, owner.account, history_ids, titles).await?;
        entries.extend(tombstones_here.iter().filter_map(|tombstone| tombstone.history_id));
        let unknown = tombstones_here.iter().filter(|tombstone| tombstone.history_id.is_none());
        let plays = unknown
            .map(|tombstone| (tombstone.title_id, tombstone.watched_at.and_then(|at| dated(at.0))))
            .collect();
        Ok(Self { entries, plays })
    }

    fn contains(&self, play: &RemotePlay, rows: &Rows) -> bool {
        let minute = dated(play.watched_at);
        self.entries.contains(&play.history_id)
            || rows.get(&play.item.key()).is_some_and(|row| self.plays.contains(&(row.id, minute)))
    }
}

async fn decide(tx: &Tx, owner: Owner<'_>, plays: &[RemotePlay], rows: &Rows) -> Result<Decided> {
    let ids: Vec<TitleId> = rows.values().map(|row| row.id).collect();
    let mut by_title: HashMap<TitleId, Vec<Here>> = HashMap::new();
    for play in plays::of_titles(tx, owner.user_id, &ids).await? {
        by_title.entry(play.title_id).or_default().extend(here(&play));
    }
    let entries: Vec<i64> = plays.iter().map(|play| play.history_id).collect();
    let linked = plays::find_by_histories(tx, owner.user_id, &entries).await?;
    let linked: HashMap<i64, PlayId> =
        linked.iter().filter_map(|play| Some((play.trakt_history_id?, play.id))).collect();
    let removed = Removed::read(tx, owner, &entries, &ids).await?;
    let mut of_item: BTreeMap<ItemKey, Vec<usize>> = BTreeMap::new();
    let mut fates = vec![Fate::Add; plays.len()];
    for (place, play) in plays.iter().enumerate() {
        match linked.get(&play.history_id) {
            // Removed here; its removal on Trakt will follow.
            _ if removed.contains(play, rows) => fates[place] = Fate::SameViewing,
            // By its history ID, even if it is a play of another title here.
            Some(id) => fates[place] = Fate::Link(*id),
            None => of_item.entry(play.key()).or_default().push(place),
        }
    }
    let mut absorbed = Vec::new();
    for (key, places) in of_item {
        let Some(row) = rows.get(&key.title()) else { continue };
        let here = by_title.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let there: Vec<There> = places
            .iter()
            .map(|place| There {
                history_id: Some(plays[*place].history_id),
                watched_at: plays[*place].watched_at,
            })
            .collect();
        let found = plan::fates(&there, here, plan::viewing(row.kind, row.runtime_minutes));
        places.into_iter().zip(found).for_each(|(place, fate)| fates[place] = fate);
    }
    for row in rows.values() {
        let here = by_title.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        absorbed.extend(plan::absorbed(&fates, here, plan::viewing(row.kind, row.runtime_minutes)));
    }
    Ok(Decided { fates, absorbed })
}

async fn write(
    tx: &Tx,
    owner: Owner<'_>,
    plays: &[RemotePlay],
    decided: Decided,
    rows: &Rows,
    applied: &mut Applied,
    now: DateTime<Utc>,
) -> Result<()> {
    let at = Millis::from(now);
    let mut seen: Vec<TraktPlay> = Vec::with_capacity(plays.len());
    let (mut fresh, mut places) = (Vec::new(), Vec::new());
    let mut linked = Vec::new();
    for (play, fate) in plays.iter().zip(&decided.fates) {
        let play_id = match fate {
            Fate::Link(id) => {
                plays::set_history(tx, *id, play.history_id).await?;
                linked.push(*id);
                Some(*id)
            }
            Fate::SameViewing => None,
            Fate::Add => {
                let Some(title) = rows.get(&play.item.key()) else { continue };
                fresh.push(pulled(owner.user_id, title.id, play, at));
                places.push(seen.len());
                None
            }
        };
        seen.push(seen_row(owner, play, play_id));
    }
    let added = timeline::insert_plays(tx, fresh).await?;
    for (place, play) in places.into_iter().zip(&added) {
        seen[place].play_id = Some(play.id);
    }
    trakt_plays::insert_many(tx, seen).await?;
    outbox::settle_arrived(tx, &linked, at).await?;
    plays::delete_many(tx, &decided.absorbed).await?;
    applied.plays.extend(added.iter().map(|play| play.id).chain(linked).chain(decided.absorbed));
    applied.changes.extend(added.into_iter().map(|play| (play, PlayChange::New)));
    Ok(())
}

fn pulled(user_id: UserId, title_id: TitleId, play: &RemotePlay, now: Millis) -> Play {
    Play {
        id: PlayId::NEW,
        user_id,
        title_id,
        watched_at: dated(play.watched_at).map(Millis::from),
        source: PlaySource::Trakt,
        file_id: None,
        is_private: false,
        trakt_history_id: Some(play.history_id),
        created_at: now,
    }
}

fn seen_row(owner: Owner<'_>, play: &RemotePlay, play_id: Option<PlayId>) -> TraktPlay {
    TraktPlay {
        id: TraktPlayId::NEW,
        user_id: owner.user_id,
        account: owner.account.to_owned(),
        kind: play.key().kind(),
        trakt_id: play.key().trakt_id,
        watched_at: Millis::from(play.watched_at),
        history_id: Some(play.history_id),
        play_id,
    }
}

/// Removes plays that are gone from Trakt.
pub(super) async fn remove(tx: &Tx, gone: &[Gone], applied: &mut Applied) -> Result<()> {
    for gone in gone {
        tracing::info!(what = gone.what(), here = gone.play_id.is_some(), "a play was removed on Trakt");
    }
    let seen: Vec<TraktPlayId> = gone.iter().map(|gone| gone.seen).collect();
    let plays: Vec<PlayId> = gone.iter().filter_map(|gone| gone.play_id).collect();
    let rows = plays::find_many(tx, &plays).await?;
    applied.changes.extend(rows.into_iter().map(|play| (play, PlayChange::Gone)));
    trakt_plays::delete_many(tx, &seen).await?;
    plays::delete_many(tx, &plays).await?;
    applied.plays.extend(plays);
    Ok(())
}

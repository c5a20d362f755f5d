//! The rows of the home page, and which episode comes next; pure functions over a view.

use db::ids::TitleId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::card::Card;
use crate::entry::Entry;
use crate::view::View;
use db::kinds::TitleKind;

/// How many cards a row has: enough to scroll a few screens.
const CARDS_PER_ROW: usize = 24;

/// Episodes of a show that were added within this time share one card.
const ONE_ARRIVAL: TimeDelta = TimeDelta::days(7);

/// The rows of the home page.
#[derive(Debug, Clone)]
pub struct Home {
    /// The title above the rows, with a large picture. `None` in an empty library.
    pub hero: Option<Card>,
    /// Titles with a resume point, latest first.
    pub continue_watching: Vec<Card>,
    /// The next episode of each show in progress.
    pub up_next: Vec<Card>,
    /// Titles by when their files were added, newest first.
    pub recently_added: Vec<Card>,
    /// The size of the library.
    pub counts: LibraryCounts,
}

/// The size of the library.
#[derive(Debug, Clone, Copy)]
pub struct LibraryCounts {
    /// Movies.
    pub movies: usize,
    /// Shows.
    pub shows: usize,
    /// Episodes.
    pub episodes: usize,
}

/// The home page.
pub fn home(view: &View, now: DateTime<Utc>) -> Home {
    let (continue_watching, up_next, recently_added) =
        (continue_watching(view), up_next(view, now), recently_added(view));
    Home {
        hero: hero(&continue_watching, &up_next, &recently_added).cloned(),
        continue_watching,
        up_next,
        recently_added,
        counts: LibraryCounts {
            movies: view.snapshot.movies.len(),
            shows: view.snapshot.shows.len(),
            episodes: view.snapshot.episodes.len(),
        },
    }
}

/// The title above the rows: one to continue watching, otherwise one that is up next, otherwise the newest movie,
/// otherwise the newest title. Of the newest titles, those matched on Trakt come first. The first title with a picture is
/// preferred to all titles without one.
fn hero<'a>(
    continue_watching: &'a [Card],
    up_next: &'a [Card],
    recently_added: &'a [Card],
) -> Option<&'a Card> {
    let added = |is_matched: bool, is_movie: bool| {
        let fits =
            move |card: &&Card| card.matched == is_matched && (card.kind == TitleKind::Movie) == is_movie;
        recently_added.iter().filter(fits)
    };
    let matched = || added(true, true).chain(added(true, false));
    let unmatched = || added(false, true).chain(added(false, false));
    let candidates = || continue_watching.iter().chain(up_next).chain(matched()).chain(unmatched());
    let pictured = candidates().find(|card| card.backdrop.is_some() || card.still.is_some());
    pictured.or_else(|| candidates().next())
}

/// Titles with a resume point and a file, latest first. All versions of a title share one resume point.
fn continue_watching(view: &View) -> Vec<Card> {
    let mut started: Vec<(Reverse<DateTime<Utc>>, &Entry)> = view
        .user_data
        .progress
        .iter()
        .filter_map(|(id, resume)| Some((Reverse(resume.paused_at), view.snapshot.get(*id)?)))
        .filter(|(_, entry)| entry.files.present)
        .collect();
    started.sort_by_key(|(paused_at, entry)| (*paused_at, entry.id));
    started.into_iter().take(CARDS_PER_ROW).map(|(_, entry)| view.card(entry)).collect()
}

/// The next episode of every show in progress, last watched show first.
///
/// An episode with a resume point is in "continue watching" instead. Dropped shows are left out.
fn up_next(view: &View, now: DateTime<Utc>) -> Vec<Card> {
    let mut rows: Vec<(Reverse<DateTime<Utc>>, &Entry)> = view
        .snapshot
        .shows
        .iter()
        .filter(|&&show| !view.user_data.preferences_of(show).is_dropped)
        .filter_map(|&show| {
            let reset_at = view.user_data.resets.get(&show).copied();
            let last_watched_at = view.rollup(show)?.last_watched_at.max(reset_at)?;
            let next = match following_last_watched(view, show, now) {
                Some(next) => next,
                // The show was reset, and no episode has been watched since.
                None if reset_at.is_some() => {
                    let mut episodes = playable_episodes(view, show, now);
                    episodes.find(|entry| !counts_as_watched(view, entry))?
                }
                None => return None,
            };
            (!view.user_data.progress.contains_key(&next.id)).then_some((Reverse(last_watched_at), next))
        })
        .collect();
    rows.sort_by_key(|(watched_at, entry)| (*watched_at, entry.id));
    rows.into_iter().take(CARDS_PER_ROW).map(|(_, entry)| view.card(entry)).collect()
}

/// The next episode of a show to watch: the one in progress, otherwise the first unwatched one after the last watched
/// one, otherwise (if nothing was watched, or the last episode was watched but not all others) the first unwatched one.
pub fn next_of_show(view: &View, show_id: TitleId, now: DateTime<Utc>) -> Option<&Entry> {
    let playable = || playable_episodes(view, show_id, now);
    let in_progress = playable()
        .filter_map(|entry| Some((view.user_data.progress.get(&entry.id)?.paused_at, entry)))
        .max_by_key(|(paused_at, _)| *paused_at)
        .map(|(_, entry)| entry);
    in_progress
        .or_else(|| following_last_watched(view, show_id, now))
        .or_else(|| playable().find(|entry| !counts_as_watched(view, entry)))
}

/// Whether an episode counts as watched for up next. If the show was reset, only plays since then count.
fn counts_as_watched(view: &View, episode: &Entry) -> bool {
    last_watched(view, episode).is_some()
}

/// When an episode was last watched, as far as it counts for up next. `None` if it does not count as watched;
/// `Some(None)` if it does, but the time is unknown.
fn last_watched(view: &View, episode: &Entry) -> Option<Option<DateTime<Utc>>> {
    let last = view.user_data.plays.get(&episode.id)?.last_watched_at;
    let reset_at = episode.show_id.and_then(|show| view.user_data.resets.get(&show));
    reset_at.is_none_or(|reset_at| last.is_some_and(|at| at >= *reset_at)).then_some(last)
}

/// The first unwatched episode after the one watched last. Specials are ignored.
///
/// If several episodes were watched at the same time (a season that was marked as a whole), the one with the highest
/// number counts as watched last.
fn following_last_watched(view: &View, show_id: TitleId, now: DateTime<Utc>) -> Option<&Entry> {
    let episodes: Vec<&Entry> =
        view.snapshot.episodes(show_id).filter(|entry| entry.is_regular_episode()).collect();
    let (_, last) = episodes
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some((last_watched(view, entry)?, index)))
        .max()?;
    episodes
        .into_iter()
        .skip(last + 1)
        .find(|entry| entry.files.present && entry.aired(now) && !counts_as_watched(view, entry))
}

fn playable_episodes(view: &View, show_id: TitleId, now: DateTime<Utc>) -> impl Iterator<Item = &Entry> {
    view.snapshot
        .episodes(show_id)
        .filter(move |entry| entry.is_regular_episode() && entry.files.present && entry.aired(now))
}

/// The previous and the next episode that have a file. Specials are adjacent only to specials.
pub fn adjacent_episodes<'a>(view: &'a View, episode: &Entry) -> (Option<&'a Entry>, Option<&'a Entry>) {
    let Some(show_id) = episode.show_id else { return (None, None) };
    let episodes: Vec<&Entry> = view
        .snapshot
        .episodes(show_id)
        .filter(|other| other.files.versions > 0 || other.id == episode.id)
        .filter(|other| other.is_regular_episode() == episode.is_regular_episode())
        .collect();
    let Some(index) = episodes.iter().position(|other| other.id == episode.id) else { return (None, None) };
    (index.checked_sub(1).map(|previous| episodes[previous]), episodes.get(index + 1).copied())
}

/// Titles by when their files were added, newest first. Episodes of a show that were added together share the show's
/// card; an episode that was added alone has its own.
fn recently_added(view: &View) -> Vec<Card> {
    let movies = view.snapshot.movies.iter().filter_map(|id| view.snapshot.get(*id));
    let mut arrivals: BTreeMap<(Reverse<DateTime<Utc>>, TitleId), &Entry> =
        movies.map(|entry| ((Reverse(entry.added_at), entry.id), entry)).collect();
    for entry in show_arrivals(view) {
        arrivals.insert((Reverse(entry.added_at), entry.id), entry);
    }
    arrivals
        .into_values()
        .filter(|entry| entry.files.present)
        .take(CARDS_PER_ROW)
        .map(|entry| view.card(entry))
        .collect()
}

fn show_arrivals(view: &View) -> Vec<&Entry> {
    let mut newest: HashMap<TitleId, Vec<&Entry>> = HashMap::new();
    for entry in view.snapshot.episodes.iter().filter_map(|id| view.snapshot.get(*id)) {
        let Some(show) = entry.show_id.and_then(|id| view.snapshot.get(id)) else { continue };
        if show.added_at - entry.added_at < ONE_ARRIVAL {
            newest.entry(show.id).or_default().push(entry);
        }
    }
    newest
        .into_iter()
        .filter_map(|(show, episodes)| match episodes.as_slice() {
            [alone] => Some(*alone),
            _ => view.snapshot.get(show),
        })
        .collect()
}

/// The movies and episodes that are marked when a title is marked as watched.
///
/// A movie or episode is always marked itself: if it was watched before, marking it again records another viewing. For
/// a show or season, its broadcast, unwatched episodes are marked; for a show, without the specials.
pub fn to_mark<'a>(view: &'a View, entry: &'a Entry, now: DateTime<Utc>) -> Vec<&'a Entry> {
    let of_show = |show_id: TitleId| view.snapshot.episodes(show_id);
    let unwatched = |episode: &&Entry| episode.aired(now) && !view.watched(episode);
    match entry.kind {
        TitleKind::Movie | TitleKind::Episode => vec![entry],
        TitleKind::Season => entry
            .show_id
            .into_iter()
            .flat_map(of_show)
            .filter(|episode| episode.season_id == Some(entry.id))
            .filter(unwatched)
            .collect(),
        TitleKind::Show => {
            of_show(entry.id).filter(|episode| episode.is_regular_episode()).filter(unwatched).collect()
        }
    }
}

/// The movies and episodes that are marked when several titles are marked together: those that are not watched yet,
/// each once. With `and_earlier`, also the episodes before each given episode, in its season and in earlier seasons
/// except the specials.
pub fn to_mark_together<'a>(
    view: &'a View,
    entries: &[&'a Entry],
    and_earlier: bool,
    now: DateTime<Utc>,
) -> Vec<&'a Entry> {
    let mut seen = HashSet::new();
    let mut marked = Vec::new();
    for entry in entries {
        let mut covered = match entry.kind {
            TitleKind::Movie | TitleKind::Episode => vec![*entry],
            TitleKind::Season | TitleKind::Show => to_mark(view, entry, now),
        };
        if and_earlier && let (TitleKind::Episode, Some(show)) = (entry.kind, entry.show_id) {
            let earlier = view.snapshot.episodes(show).filter(|other| comes_before(other, entry));
            covered.extend(earlier.filter(|other| other.aired(now)));
        }
        marked.extend(covered.into_iter().filter(|one| !view.watched(one) && seen.insert(one.id)));
    }
    marked
}

/// Whether an episode comes before another one of the same show. Specials come only before later specials.
fn comes_before(episode: &Entry, other: &Entry) -> bool {
    let (Some(season), Some(number)) = (episode.season_number, episode.episode_number) else { return false };
    let (Some(of_season), Some(of_number)) = (other.season_number, other.episode_number) else {
        return false;
    };
    match season == of_season {
        true => number < of_number,
        false => season > 0 && season < of_season,
    }
}

/// The titles whose plays are removed when these are marked as unwatched: for a show or season, all its episodes.
pub fn to_unmark(view: &View, entries: &[&Entry]) -> Vec<TitleId> {
    let mut ids = BTreeSet::new();
    for entry in entries {
        match entry.kind {
            TitleKind::Movie | TitleKind::Episode => {
                ids.insert(entry.id);
            }
            TitleKind::Season => {
                let of_show = entry.show_id.into_iter().flat_map(|show| view.snapshot.episodes(show));
                ids.extend(of_show.filter(|one| one.season_id == Some(entry.id)).map(|one| one.id));
            }
            TitleKind::Show => ids.extend(view.snapshot.episodes(entry.id).map(|one| one.id)),
        }
    }
    ids.into_iter().collect()
}

#[cfg(test)]
mod tests;

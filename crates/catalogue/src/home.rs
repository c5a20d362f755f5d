//! The rows of the home page, and which episode comes next; pure functions over a view.

use db::ids::TitleId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::card::Card;
use crate::entry::Entry;
use crate::view::View;
use db::kinds::TitleKind;

/// Cards per row: enough to scroll a few screens.
const ROW: usize = 24;

/// Episodes of a show that were added within this time share one card.
const ONE_ARRIVAL: TimeDelta = TimeDelta::days(7);

/// The rows of the home page.
#[derive(Debug, Clone)]
pub struct Home {
    /// The title above the rows, with a large picture. None in an empty library.
    pub hero: Option<Card>,
    /// Titles with a resume point, latest first.
    pub continue_watching: Vec<Card>,
    /// The next episode of each show in progress.
    pub up_next: Vec<Card>,
    /// Titles with the newest files first.
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

/// What the user would go on with, otherwise the newest movie, otherwise the newest title; titles that Trakt knows before
/// others. One with a picture goes first.
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
    let mut begun: Vec<(Reverse<DateTime<Utc>>, &Entry)> = view
        .person
        .progress
        .iter()
        .filter_map(|(id, resume)| Some((Reverse(resume.paused_at), view.snapshot.get(*id)?)))
        .filter(|(_, entry)| entry.files.present)
        .collect();
    begun.sort_by_key(|(paused_at, entry)| (*paused_at, entry.id));
    begun.into_iter().take(ROW).map(|(_, entry)| view.card(entry)).collect()
}

/// The next episode of every show in progress, last watched show first.
///
/// An episode with a resume point is in "continue watching" instead. Dropped shows are left out.
fn up_next(view: &View, now: DateTime<Utc>) -> Vec<Card> {
    let mut rows: Vec<(Reverse<DateTime<Utc>>, &Entry)> = view
        .snapshot
        .shows
        .iter()
        .filter(|&&show| !view.person.preferences_of(show).is_dropped)
        .filter_map(|&show| {
            let reset_at = view.person.resets.get(&show).copied();
            let last_watched_at = view.rollup(show)?.last_watched_at.max(reset_at)?;
            let next = match following_last_watched(view, show, now) {
                Some(next) => next,
                // Begun again, and nothing of it watched yet.
                None if reset_at.is_some() => {
                    let mut episodes = playable_episodes(view, show, now);
                    episodes.find(|entry| !counts_as_watched(view, entry))?
                }
                None => return None,
            };
            (!view.person.progress.contains_key(&next.id)).then_some((Reverse(last_watched_at), next))
        })
        .collect();
    rows.sort_by_key(|(watched_at, entry)| (*watched_at, entry.id));
    rows.into_iter().take(ROW).map(|(_, entry)| view.card(entry)).collect()
}

/// The next episode of a show to watch: the one in progress, otherwise the first unwatched one after the last watched
/// one, otherwise (nothing watched, or the end was reached with gaps) the first unwatched one.
pub fn next_of_show(view: &View, show_id: TitleId, now: DateTime<Utc>) -> Option<&Entry> {
    let playable = || playable_episodes(view, show_id, now);
    let in_progress = playable()
        .filter_map(|entry| Some((view.person.progress.get(&entry.id)?.paused_at, entry)))
        .max_by_key(|(paused_at, _)| *paused_at)
        .map(|(_, entry)| entry);
    in_progress
        .or_else(|| following_last_watched(view, show_id, now))
        .or_else(|| playable().find(|entry| !counts_as_watched(view, entry)))
}

/// Whether an episode counts as watched for up next: since the show was reset, if it was.
fn counts_as_watched(view: &View, episode: &Entry) -> bool {
    last_watched(view, episode).is_some()
}

/// The last play of an episode that counts; of one without a time, the beginning of time.
fn last_watched(view: &View, episode: &Entry) -> Option<Option<DateTime<Utc>>> {
    let last = view.person.plays.get(&episode.id)?.last_watched_at;
    let reset_at = episode.show_id.and_then(|show| view.person.resets.get(&show));
    reset_at.is_none_or(|reset_at| last.is_some_and(|at| at >= *reset_at)).then_some(last)
}

/// The first unwatched episode after the one watched last; the specials are left out on both sides.
///
/// Of episodes watched at the same time (a season marked as a whole) the highest counts as the last.
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

/// The previous and the next episode that have a file. Specials follow specials only.
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

/// Newest files first. Episodes of a show that were added together are one card: the show's, or the episode's own when
/// it was added alone.
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
        .take(ROW)
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
/// A movie or episode stands for itself, watched before or not: marking it again is a second viewing. A show or
/// season stands for its broadcast episodes that were not watched yet; a show leaves its specials out.
pub fn to_mark<'a>(view: &'a View, entry: &'a Entry, now: DateTime<Utc>) -> Vec<&'a Entry> {
    let of_show = |show_id: TitleId| view.snapshot.episodes(show_id);
    let open = |episode: &&Entry| episode.aired(now) && !view.watched(episode);
    match entry.kind {
        TitleKind::Movie | TitleKind::Episode => vec![entry],
        TitleKind::Season => entry
            .show_id
            .into_iter()
            .flat_map(of_show)
            .filter(|episode| episode.season_id == Some(entry.id))
            .filter(open)
            .collect(),
        TitleKind::Show => {
            of_show(entry.id).filter(|episode| episode.is_regular_episode()).filter(open).collect()
        }
    }
}

/// What marking several titles together covers: of each title what is not watched yet, and each title once. With
/// `and_earlier`, also what comes before an episode in its show: the same season, and earlier seasons other than the
/// specials.
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

/// Whether an episode of the same show comes before another. Specials come before nothing but later specials.
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

/// The titles whose plays go when these are marked as unwatched: of a show or season, all of its episodes.
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

//! The account's Trakt lists: reading them, and syncing them with a collection.

use std::collections::HashMap;

use trakt::Client;
use trakt::endpoints::{ListItemKinds, PersonalList};
use trakt::models::{
    Entry as Item, EpisodeEntry, ItemIds, Items, ListEntry, Noted, Plain, Season, SeasonEntry, TraktId,
};

use super::Fetcher;
use super::read::read_all;
use crate::entry::{Entry, Ids, Kind};
use crate::failure::Failure;
use crate::list_sync::{ListContents, ListFailure, ListItem, ListPlan, ranks};

/// The number of items per request.
const BATCH: usize = 250;

impl Fetcher {
    /// The contents of one of the account's lists.
    ///
    /// # Errors
    /// [`ListFailure::Unknown`] if the account has no such list, [`ListFailure::Trakt`] if a request fails.
    pub async fn own_list(&mut self, slug: &str) -> Result<ListContents, ListFailure> {
        let list = self.list_by_slug(slug).await?;
        read(&list).await
    }

    /// Whether a list is synced with collections of `target`. In a run with two targets, only the first one that asks
    /// may sync a list: the second one would undo its changes.
    pub(crate) fn syncs_from(&mut self, slug: &str, target: &str) -> bool {
        self.list_targets.entry(slug.to_owned()).or_insert_with(|| target.to_owned()) == target
    }

    /// Carries out a plan, and returns how many titles Trakt did not add. The list is read again before it is sorted.
    ///
    /// # Errors
    /// [`ListFailure`] if a request fails. Completed changes stay, and the next run continues from there.
    pub async fn apply_list_plan(&mut self, plan: &ListPlan, wanted: &[Entry]) -> Result<usize, ListFailure> {
        let list = self.list_by_slug(&plan.list).await?;
        let seasons = self.seasons(plan.added.iter().chain(&plan.removed)).await?;
        let mut not_added = 0;
        for batch in plan.added.chunks(BATCH) {
            let (items, unknown) = items(batch, &seasons, &Noted::default());
            let added = list.add(&items).await.map_err(failed)?;
            not_added += added.not_found.len() + unknown;
        }
        for batch in plan.removed.chunks(BATCH) {
            let (items, _) = items(batch, &seasons, &Plain {});
            let _ = list.remove(&items).await.map_err(failed)?;
        }
        // The positions of new items are not predictable, because the items of a show are sent together.
        if plan.moves || !plan.added.is_empty() {
            let contents = read(&list).await?;
            if let Some(order) = ranks(&contents, wanted) {
                list.reorder(&order).await.map_err(failed)?;
            }
        }
        Ok(not_added)
    }

    /// The seasons of all shows whose seasons are among `entries`. Seasons have to be sent by id: Trakt's API accepts
    /// a season number only together with episodes.
    async fn seasons(&self, entries: impl Iterator<Item = &Entry>) -> Result<SeasonIds, ListFailure> {
        let mut known = SeasonIds::new();
        for entry in entries {
            if matches!(entry.kind, Kind::Season(_)) && !known.contains_key(&entry.ids) {
                let seasons = seasons_of(&self.client(true)?, &item_ids(&entry.ids)).await.map_err(failed)?;
                known.insert(entry.ids.clone(), seasons);
            }
        }
        Ok(known)
    }

    /// The list with this slug. The account's lists are read once per run.
    async fn list_by_slug(&mut self, slug: &str) -> Result<PersonalList, ListFailure> {
        let client = self.client(true)?;
        let lists = client.users().lists("me");
        if self.own_lists.is_none() {
            let all = read_all(lists.all()).await.map_err(failed)?;
            self.own_lists = Some(all.iter().filter_map(|list| list.ids.slug.clone()).collect());
        }
        let known = self.own_lists.as_deref().unwrap_or_default();
        match known.iter().find(|known| known.eq_ignore_ascii_case(slug)) {
            Some(known) => Ok(lists.list(known.as_str())),
            None => Err(ListFailure::Unknown { slug: slug.to_owned(), known: known.to_vec() }),
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn failed(error: trakt::Error) -> ListFailure {
    ListFailure::Trakt(Failure::of(&error))
}

/// The seasons of a show; none if Trakt does not know it.
async fn seasons_of(client: &Client, show: &ItemIds) -> Result<Vec<Season>, trakt::Error> {
    let shows = client.shows();
    let Some(path) = shows.path(show).await? else { return Ok(Vec::new()) };
    match shows.seasons(path).await {
        Ok(listing) => Ok(listing.items),
        Err(trakt::Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

async fn read(list: &PersonalList) -> Result<ListContents, ListFailure> {
    let listing = read_all(list.items(&ListItemKinds::all())).await.map_err(failed)?;
    let all = listing.items.len() + listing.unreadable.len();
    let item = |entry: &ListEntry| Some(ListItem { id: entry.id, entry: Entry::of(&entry.media)? });
    let items: Vec<ListItem> = listing.items.iter().filter_map(item).collect();
    Ok(ListContents { unreadable: all - items.len(), items })
}

/// The seasons of shows, by the ids of the show.
type SeasonIds = HashMap<Ids, Vec<Season>>;

/// The body of a request that adds or removes entries, and how many seasons it omits because Trakt does not know
/// them. Episodes are nested in their shows.
fn items<D: Clone>(entries: &[Entry], seasons: &SeasonIds, details: &D) -> (Items<D>, usize) {
    let (mut items, mut unknown) = (Items::new(), 0);
    for entry in entries {
        let ids = item_ids(&entry.ids);
        match entry.kind {
            Kind::Movie => items.movies.push(Item::new(ids, details.clone())),
            Kind::Show => items.shows.push(Item::new(ids, details.clone())),
            Kind::Season(number) => {
                let of_show = seasons.get(&entry.ids).map(Vec::as_slice).unwrap_or_default();
                match of_show.iter().find(|season| season.number == number) {
                    Some(season) => {
                        items.seasons.push(Item::new(ItemIds::from(&season.ids), details.clone()));
                    }
                    None => unknown += 1,
                }
            }
            Kind::Episode(season, number) => {
                let episode = EpisodeEntry { number, details: details.clone() };
                season_of(&mut items.shows, ids, season).episodes.push(episode);
            }
        }
    }
    (items, unknown)
}

/// The season of a show in the body of a request, for adding single episodes. Created if necessary.
fn season_of<D>(shows: &mut Vec<Item<D>>, ids: ItemIds, season: u32) -> &mut SeasonEntry<D> {
    let known = shows.iter().position(|show| show.ids == ids && show.details.is_none());
    let at = known.unwrap_or_else(|| {
        shows.push(Item { title: None, year: None, ids, details: None, seasons: Vec::new() });
        shows.len() - 1
    });
    let seasons = &mut shows[at].seasons;
    let at = seasons.iter().position(|known| known.number == season).unwrap_or_else(|| {
        seasons.push(SeasonEntry { number: season, episodes: Vec::new() });
        seasons.len() - 1
    });
    &mut seasons[at]
}

fn item_ids(ids: &Ids) -> ItemIds {
    ItemIds {
        trakt: ids.trakt.map(TraktId),
        slug: None,
        imdb: ids.imdb.clone(),
        tmdb: ids.tmdb,
        tvdb: ids.tvdb,
    }
}

#[cfg(test)]
#[path = "own_list_tests.rs"]
mod tests;

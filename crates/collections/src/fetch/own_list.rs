//! The account's Trakt lists: reading them, and syncing them with a collection.

use std::collections::HashMap;

use trakt::Client;
use trakt::endpoints::{ListItemKinds, PersonalList};
use trakt::models::{
    Entry as Item, EpisodeEntry, ItemIds, Items, ListEntry, Noted, Plain, Season, SeasonEntry, TraktId,
};

use super::Fetcher;
use super::read::whole;
use crate::entry::{Entry, Ids, Kind};
use crate::failure::Failure;
use crate::list_sync::{ListFailure, ListPlan, Listed, OnList, ranks};

/// The number of items per request.
const BATCH: usize = 250;

impl Fetcher {
    /// The contents of one of the account's lists.
    ///
    /// # Errors
    /// [`ListFailure::Unknown`] if the account has no such list, otherwise Trakt's error.
    pub async fn own_list(&mut self, slug: &str) -> Result<OnList, ListFailure> {
        let list = self.named(slug).await?;
        read(&list).await
    }

    /// Whether the collections of `target` determine the contents of a list. In a run with two targets, the first one
    /// does: the other would undo it.
    pub(crate) fn syncs_from(&mut self, slug: &str, target: &str) -> bool {
        self.synced.entry(slug.to_owned()).or_insert_with(|| target.to_owned()) == target
    }

    /// Carries out a plan, and returns how many titles Trakt did not add. The list is read again before it is sorted.
    ///
    /// # Errors
    /// Trakt's error. Completed changes stay, and the next run continues from there.
    pub async fn put_on_list(&mut self, plan: &ListPlan, wanted: &[Entry]) -> Result<usize, ListFailure> {
        let list = self.named(&plan.list).await?;
        let seasons = self.seasons(plan.added.iter().chain(&plan.removed)).await?;
        let mut refused = 0;
        for batch in plan.added.chunks(BATCH) {
            let (items, unknown) = items(batch, &seasons, &Noted::default());
            let added = list.add(&items).await.map_err(failed)?;
            refused += added.not_found.len() + unknown;
        }
        for batch in plan.removed.chunks(BATCH) {
            let (items, _) = items(batch, &seasons, &Plain {});
            let _ = list.remove(&items).await.map_err(failed)?;
        }
        // Where Trakt puts what is new is not foreseen: what belongs to one show is sent together.
        if plan.moves || !plan.added.is_empty() {
            let on = read(&list).await?;
            if let Some(order) = ranks(&on, wanted) {
                list.reorder(&order).await.map_err(failed)?;
            }
        }
        Ok(refused)
    }

    /// The ids of whole seasons: by number, Trakt's contract accepts only episodes of a season.
    async fn seasons(&self, entries: impl Iterator<Item = &Entry>) -> Result<SeasonIds, ListFailure> {
        let mut known = SeasonIds::new();
        for entry in entries {
            if matches!(entry.kind, Kind::Season(_)) && !known.contains_key(&entry.ids) {
                let seasons = seasons_of(&self.client(true)?, &sent(&entry.ids)).await.map_err(failed)?;
                known.insert(entry.ids.clone(), seasons);
            }
        }
        Ok(known)
    }

    /// The list of this slug. The account's lists are read once per run.
    async fn named(&mut self, slug: &str) -> Result<PersonalList, ListFailure> {
        let client = self.client(true)?;
        let lists = client.users().lists("me");
        if self.own_lists.is_none() {
            let all = whole(lists.all()).await.map_err(failed)?;
            self.own_lists = Some(all.iter().filter_map(|list| list.ids.slug.clone()).collect());
        }
        let known = self.own_lists.as_deref().unwrap_or_default();
        match known.iter().find(|known| known.eq_ignore_ascii_case(slug)) {
            Some(known) => Ok(lists.list(known.as_str())),
            None => Err(ListFailure::Unknown { slug: slug.to_owned(), known: known.to_vec() }),
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
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

async fn read(list: &PersonalList) -> Result<OnList, ListFailure> {
    let listing = whole(list.items(&ListItemKinds::all())).await.map_err(failed)?;
    let all = listing.items.len() + listing.odd.len();
    let listed = |entry: &ListEntry| Some(Listed { id: entry.id, entry: Entry::of(&entry.media)? });
    let listed: Vec<Listed> = listing.items.iter().filter_map(listed).collect();
    Ok(OnList { unreadable: all - listed.len(), listed })
}

/// The seasons of shows.
type SeasonIds = HashMap<Ids, Vec<Season>>;

/// The body of a write, and how many seasons are omitted because Trakt does not know them. Episodes are nested in their
/// shows.
fn items<D: Clone>(entries: &[Entry], seasons: &SeasonIds, details: &D) -> (Items<D>, usize) {
    let (mut items, mut unknown) = (Items::new(), 0);
    for entry in entries {
        let ids = sent(&entry.ids);
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

/// The season of a show with single episodes.
fn season_of<D>(shows: &mut Vec<Item<D>>, ids: ItemIds, season: u32) -> &mut SeasonEntry<D> {
    let known = shows.iter().position(|show| show.ids == ids && show.details.is_none());
    let at = known.unwrap_or_else(|| {
        shows.push(Item { title: None, year: None, ids, details: None, seasons: Vec::new() });
        shows.len() - 1
    });
    let seasons = &mut shows[at].seasons;
    let at = seasons.iter().position(|one| one.number == season).unwrap_or_else(|| {
        seasons.push(SeasonEntry { number: season, episodes: Vec::new() });
        seasons.len() - 1
    });
    &mut seasons[at]
}

fn sent(ids: &Ids) -> ItemIds {
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

//! Own lists on Trakt: reading them, and making them the same as a collection.

use trakt::endpoints::{ListItemKinds, PersonalList};
use trakt::models::{
    Entry as Item, EpisodeEntry, ItemIds, Items, ListEntry, Noted, Plain, SeasonEntry, TraktId,
};

use super::Fetcher;
use super::read::whole;
use crate::entry::{Entry, Ids, Kind};
use crate::failure::Failure;
use crate::list_sync::{ListFailure, ListPlan, Listed, OnList, ranks};

/// So many items go into one request.
const BATCH: usize = 250;

impl Fetcher {
    /// What is on one of the account's lists.
    ///
    /// # Errors
    /// [`ListFailure::Unknown`] when the account has no such list, else what Trakt said.
    pub async fn own_list(&mut self, slug: &str) -> Result<OnList, ListFailure> {
        let list = self.named(slug).await?;
        read(&list).await
    }

    /// Does what a plan says, and returns how many titles Trakt did not take. The list is read again before it is
    /// sorted.
    ///
    /// # Errors
    /// What Trakt said. What was done until then stays, and the next run goes on with it.
    pub async fn put_on_list(&mut self, plan: &ListPlan, wanted: &[Entry]) -> Result<usize, ListFailure> {
        let list = self.named(&plan.list).await?;
        let mut refused = 0;
        for batch in plan.added.chunks(BATCH) {
            let added = list.add(&items(batch, &Noted::default())).await.map_err(failed)?;
            refused += added.not_found.len();
        }
        for batch in plan.removed.chunks(BATCH) {
            let _ = list.remove(&items(batch, &Plain {})).await.map_err(failed)?;
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

async fn read(list: &PersonalList) -> Result<OnList, ListFailure> {
    let listing = whole(list.items(&ListItemKinds::all())).await.map_err(failed)?;
    let all = listing.items.len() + listing.odd.len();
    let listed = |entry: &ListEntry| Some(Listed { id: entry.id, entry: Entry::of(&entry.media)? });
    let listed: Vec<Listed> = listing.items.iter().filter_map(listed).collect();
    Ok(OnList { unreadable: all - listed.len(), listed })
}

/// Seasons and episodes stand below their shows.
fn items<D: Clone>(entries: &[Entry], details: &D) -> Items<D> {
    let mut items = Items::new();
    for entry in entries {
        let ids = sent(&entry.ids);
        match entry.kind {
            Kind::Movie => items.movies.push(Item::new(ids, details.clone())),
            Kind::Show => items.shows.push(Item::new(ids, details.clone())),
            Kind::Season(season) => items.shows.push(Item::season_of(ids, season, details.clone())),
            Kind::Episode(season, number) => {
                let episode = EpisodeEntry { number, details: Some(details.clone()) };
                season_of(&mut items.shows, ids, season).episodes.push(episode);
            }
        }
    }
    items
}

/// The season of a show that holds single episodes. A whole season is an entry of its own.
fn season_of<D>(shows: &mut Vec<Item<D>>, ids: ItemIds, season: u32) -> &mut SeasonEntry<D> {
    let holds_episodes = |one: &SeasonEntry<D>| one.details.is_none();
    let same =
        |show: &Item<D>| show.ids == ids && show.details.is_none() && show.seasons.iter().all(holds_episodes);
    let known = shows.iter().position(same);
    let at = known.unwrap_or_else(|| {
        shows.push(Item { title: None, year: None, ids, details: None, seasons: Vec::new() });
        shows.len() - 1
    });
    let seasons = &mut shows[at].seasons;
    let at = seasons.iter().position(|one| one.number == season).unwrap_or_else(|| {
        seasons.push(SeasonEntry { number: season, details: None, episodes: Vec::new() });
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

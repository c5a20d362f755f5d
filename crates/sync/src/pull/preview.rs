//! What an import would do, based on complete counts from Trakt. It decides with the same `plan` as the import.

use std::collections::{BTreeSet, HashMap, HashSet};

use db::{
    ids::{PlayId, TitleId, UserId},
    plays,
    rows::Title,
    sync_shadows::Of,
    titles, trakt_accounts, trakt_plays,
};
use trakt::{
    Client,
    endpoints::MediaType,
    models::{PlayCounts, TraktId},
};

use super::{
    apply,
    plan::{self, Fate, Here, There},
    preferences::{Forecast, forecast},
    remote::ItemKey,
    unsent,
};
use crate::{Engine, Result, preference::Preference, push::forecast_collection};

/// What an import would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Watched movies on Trakt.
    pub movies: usize,
    /// Watched episodes on Trakt.
    pub episodes: usize,
    /// Ratings.
    pub ratings: Forecast,
    /// The watchlist.
    pub watchlist: Forecast,
    /// Dropped shows.
    pub dropped: Forecast,
    /// Titles with files here that would be added to the collection on Trakt, or sent in another quality.
    pub collection: usize,
    /// The limit of the watchlist, if it would be exceeded.
    pub watchlist_limit: Option<OverLimit>,
    /// Trakt itself imports plays from a Plex server: plays from that server would be duplicated.
    pub is_fed_by_plex: bool,
    /// Resume points on Trakt.
    pub playback: usize,
    /// Plays on Trakt, including rewatches.
    pub plays: usize,
    /// Plays on Trakt that are missing here.
    pub add: usize,
    /// Plays here that are missing on Trakt and would be sent.
    pub push: usize,
    /// Plays here that cannot be sent because their titles cannot be identified on Trakt.
    pub unmatched: usize,
}

/// A limit of the account that an import would exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit {
    /// The maximum number of items.
    pub limit: u64,
    /// The number of items that Trakt would reject.
    pub left: u64,
}

impl OverLimit {
    /// Compares the resulting number of items with `limit`.
    fn of(limit: Option<u64>, there: usize, push: usize) -> Option<Self> {
        let (limit, there, push) = (limit?, there as u64, push as u64);
        let left = (there + push).saturating_sub(limit).min(push);
        (left > 0).then_some(Self { limit, left })
    }
}

impl Engine {
    /// Previews an import. It reads the compact form of the whole history, which takes a few requests.
    ///
    /// # Errors
    /// [`Error::NotConnected`](crate::Error::NotConnected) if no account is connected or its name is not known yet, and
    /// Trakt's errors.
    pub async fn preview_import(&self, user_id: UserId) -> Result<Preview> {
        let account = self.ensure_connected(user_id).await?;
        let live = self.core.accounts.get(user_id)?;
        let client = live.client.clone();
        let movies = client.users().movie_plays("me").collect_all().await?;
        let episodes = client.users().episode_plays("me").collect_all().await?;
        let playback = client.sync().playback(MediaType::All).collect_all().await?;
        let of = |preference: Preference| Of {
            user_id,
            account: account.clone(),
            category: preference.category(),
        };
        let look = async |preference| forecast(&self.core, &client, &of(preference), preference).await;
        let watchlist = look(Preference::Watchlist).await?;
        let most = self.watchlist_limit(user_id).await?;
        let mut preview = Preview {
            movies: movies.listing.iter().map(|play| play.movie).collect::<BTreeSet<_>>().len(),
            episodes: episodes.listing.iter().map(|play| play.episode).collect::<BTreeSet<_>>().len(),
            ratings: look(Preference::Rating).await?,
            watchlist,
            watchlist_limit: OverLimit::of(most, watchlist.there, watchlist.push),
            collection: forecast_collection(&self.core, &live, user_id, &account).await?,
            is_fed_by_plex: is_fed_by_plex(&client).await,
            dropped: look(Preference::Dropped).await?,
            playback: playback.listing.len(),
            plays: movies.listing.len() + episodes.listing.len(),
            ..Preview::default()
        };
        let unsent = unsent::all(&self.core, user_id).await?;
        let mut linked = HashSet::new();
        for (is_movie, there) in [
            (true, movies.listing.iter().collect()),
            (false, episodes.listing.iter().collect::<PlayCounts>()),
        ] {
            for fate in self.fates(user_id, &account, is_movie, &there).await? {
                match fate {
                    Fate::Add => preview.add += 1,
                    Fate::Link(id) => drop(linked.insert(id)),
                    Fate::SameViewing => {}
                }
            }
        }
        let left: Vec<bool> =
            unsent.iter().filter(|(play, _)| !linked.contains(&play.id)).map(|(_, known)| *known).collect();
        preview.push = left.iter().filter(|known| **known).count();
        preview.unmatched = left.len() - preview.push;
        Ok(preview)
    }

    /// Returns the maximum number of items on the account's watchlist, if Trakt has reported it.
    async fn watchlist_limit(&self, user_id: UserId) -> Result<Option<u64>> {
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        Ok(stored.and_then(|stored| stored.limits["watchlist"]["item_count"].as_u64()))
    }

    /// Returns the fates of all plays on Trakt that were not seen yet.
    async fn fates(
        &self,
        user_id: UserId,
        account: &str,
        is_movie: bool,
        there: &PlayCounts,
    ) -> Result<Vec<Fate>> {
        let db = &self.core.db;
        let kind = ItemKey { is_movie, trakt_id: 0 }.kind();
        let seen = trakt_plays::with_history_id(db, user_id, account, kind).await?;
        let seen: PlayCounts =
            seen.iter().map(|play| (TraktId(play.trakt_id.cast_unsigned()), play.watched_at.0)).collect();
        let mut fresh: HashMap<i64, Vec<There>> = HashMap::new();
        for (id, watched_at, count) in there.minus(&seen).iter() {
            let Some(id) = super::signed(id.0) else { continue };
            let play = There { history_id: None, watched_at };
            fresh.entry(id).or_default().extend(std::iter::repeat_n(play, count));
        }
        let ids: Vec<i64> = fresh.keys().copied().collect();
        let rows = titles::find_many_by_trakt(db, kind, &ids).await?;
        let here = self.here(user_id, account, &rows).await?;
        let mut fates = Vec::new();
        for row in rows {
            let Some(there) = row.trakt_id.and_then(|id| fresh.remove(&id)) else { continue };
            let here = here.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            fates.extend(plan::fates(&there, here, plan::viewing(kind, row.runtime_minutes)));
        }
        fates.extend(fresh.into_values().flatten().map(|_| Fate::Add));
        Ok(fates)
    }

    /// Returns the plays of some titles. History IDs not seen yet are left out, because the compact form has no IDs for
    /// their entries.
    async fn here(
        &self,
        user_id: UserId,
        account: &str,
        rows: &[Title],
    ) -> Result<HashMap<TitleId, Vec<Here>>> {
        let db = &self.core.db;
        let ids: Vec<TitleId> = rows.iter().map(|row| row.id).collect();
        let plays = plays::of_titles(db, user_id, &ids).await?;
        let ids: Vec<PlayId> = plays.iter().map(|play| play.id).collect();
        let seen: HashSet<PlayId> =
            trakt_plays::linked(db, user_id, account, &ids).await?.into_iter().collect();
        let mut here: HashMap<TitleId, Vec<Here>> = HashMap::new();
        for play in &plays {
            let Some(own) = apply::here(play) else { continue };
            let history_id = own.history_id.filter(|_| seen.contains(&play.id));
            here.entry(play.title_id).or_default().push(Here { history_id, ..own });
        }
        Ok(here)
    }
}

/// Returns whether Trakt itself imports plays from a Plex server. False if unknown.
async fn is_fed_by_plex(client: &Client) -> bool {
    match client.users().plex_settings().await {
        Ok(plex) => plex.connection.connected == Some(true),
        Err(error) => {
            tracing::debug!(%error, "Trakt does not say whether it pulls from Plex");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::not_said(None, 300, 10, None)]
    #[case::room_for_all(Some(250), 240, 10, None)]
    #[case::one_too_many(Some(250), 241, 10, Some(1))]
    #[case::full(Some(250), 250, 10, Some(10))]
    #[case::fuller_than_full(Some(250), 5_000, 10, Some(10))]
    #[case::nothing_to_send(Some(250), 5_000, 0, None)]
    fn items_beyond_the_watchlist_limit_are_counted(
        #[case] limit: Option<u64>,
        #[case] there: usize,
        #[case] push: usize,
        #[case] left: Option<u64>,
    ) {
        assert_eq!(OverLimit::of(limit, there, push).map(|over| over.left), left);
    }
}

//! Reading sources from Trakt, each once per run.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use kometa::collections::{Asks, FoundKey};
use kometa::spec::{ChartName, Media, Role};
use serde::{Deserialize, Serialize};
use trakt::endpoints::{ListItemKinds, MediaType};
use trakt::models::{
    Charted, Credit, Credits, IdType, ListEntry, MediaKind, Movie, PathId, Period, Show, SortBy, SortHow,
    UserList,
};
use trakt::{Client, Error, Filters, Listing, Paged};

use crate::entry::Entry;
use crate::failure::Failure;
use crate::source::{Need, Needs, Source};

/// What a source holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// How many entries could not be read: then it may hold more than is known.
    pub unreadable: usize,
    /// Its description, where it was asked for and there is one.
    pub description: Option<String>,
    /// When Trakt was asked.
    pub at: DateTime<Utc>,
}

/// What was read in a run, or why it was not.
pub type Sources = HashMap<Source, Result<Fetched, Failure>>;

/// Answers of earlier runs, for `cache_builders`.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The last answer of a source.
    async fn load(&self, source: &Source) -> Option<Fetched>;
    /// Keeps an answer. That it is not kept costs a request, nothing else.
    async fn keep(&self, source: &Source, fetched: &Fetched);
}

/// Reads from Trakt with the account where there is one, and without it what everybody may read.
pub struct Fetcher {
    account: Option<Client>,
    public: Client,
    lost: bool,
}

/// The parts of a list's address.
enum ListAddress<'a> {
    Of { user: &'a str, list: &'a str },
    Numbered(&'a str),
    Saved { user: &'a str, list: &'a str },
}

impl<'a> ListAddress<'a> {
    fn read(path: &'a str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["users", user, "lists", list] => Some(Self::Of { user, list }),
            ["users", user, list @ ("watchlist" | "favorites")] => Some(Self::Saved { user, list }),
            ["lists", list] | ["lists", "official", list] => Some(Self::Numbered(list)),
            _ => None,
        }
    }
}

impl Fetcher {
    /// `account` has the token pair of config.yml, `public` has none.
    pub fn new(account: Option<Client>, public: Client) -> Self {
        Self { account, public, lost: false }
    }

    /// Reads all sources. `told` hears how far it is: sources that are done, and how many there are.
    ///
    /// A cause that concerns every source ends the reading: the others are not asked and fail for the same cause.
    pub async fn fetch(
        &mut self,
        needs: &Needs,
        cache: &dyn Cache,
        now: DateTime<Utc>,
        told: &mut (dyn FnMut(usize, usize, &Source) + Send),
    ) -> Sources {
        let mut sources = Sources::new();
        let mut ended: Option<Failure> = None;
        for (done, (source, need)) in needs.iter().enumerate() {
            told(done, needs.len(), source);
            if let Some(fetched) = cached(cache, source, need, now).await {
                sources.insert(source.clone(), Ok(fetched));
                continue;
            }
            let result = match &ended {
                Some(cause) => Err(cause.clone()),
                None => self.source(source, need, now).await,
            };
            match &result {
                Ok(fetched) => cache.keep(source, fetched).await,
                Err(failure) if failure.is_for_all() => ended = Some(failure.clone()),
                Err(_) => {}
            }
            sources.insert(source.clone(), result);
        }
        sources
    }

    /// The collections of a dynamic definition. All of it arrived, or it failed.
    ///
    /// # Errors
    /// [`Failure`] of the first list that could not be read.
    pub async fn keys(&mut self, asks: &Asks) -> Result<Vec<FoundKey>, Failure> {
        let mut client = self.client(asks.needs_account())?;
        match asked(&client, asks).await {
            Err(Failure::AccountLost) if !asks.needs_account() => {
                client = self.without_account();
                asked(&client, asks).await
            }
            other => other,
        }
    }

    async fn source(&mut self, source: &Source, need: &Need, now: DateTime<Utc>) -> Result<Fetched, Failure> {
        let client = self.client(source.needs_account())?;
        match read(&client, source, need, now).await {
            // Public lists and charts go on without the account.
            Err(Failure::AccountLost) if !source.needs_account() => {
                read(&self.without_account(), source, need, now).await
            }
            other => other,
        }
    }

    fn client(&self, needs_account: bool) -> Result<Client, Failure> {
        match (&self.account, needs_account, self.lost) {
            (Some(client), _, false) => Ok(client.clone()),
            (_, false, _) => Ok(self.public.clone()),
            (Some(_), true, true) => Err(Failure::AccountLost),
            (None, true, _) => Err(Failure::NeedsAccount),
        }
    }

    fn without_account(&mut self) -> Client {
        self.lost = true;
        self.public.clone()
    }
}

async fn cached(cache: &dyn Cache, source: &Source, need: &Need, now: DateTime<Utc>) -> Option<Fetched> {
    if need.days <= 0 {
        return None;
    }
    let fetched = cache.load(source).await?;
    let fresh = now - fetched.at < Duration::days(need.days) && fetched.at <= now;
    let described = !need.description || fetched.description.is_some();
    (fresh && described && fetched.entries.len() >= need.first).then_some(fetched)
}

/// Entries, and how many could not be read.
type Entries = (Vec<Entry>, usize);

async fn read(client: &Client, source: &Source, need: &Need, now: DateTime<Utc>) -> Result<Fetched, Failure> {
    let (entries, unreadable) = match source {
        Source::List(path) => list(client, path).await?,
        Source::Chart { media, name, period, query } => {
            chart(client, *media, *name, *period, &filters(query), need.first)
                .await
                .map_err(|error| Failure::of(&error))?
        }
        Source::Recommendations { media, query } => recommended(client, *media, &filters(query), need.first)
            .await
            .map_err(|error| Failure::of(&error))?,
        Source::UserList { media, user, list, sort_by } => {
            user_list(client, *media, user, list, *sort_by).await.map_err(|error| Failure::of(&error))?
        }
        Source::BoxOffice => {
            let listing = client.movies().box_office().await.map_err(|error| Failure::of(&error))?;
            of_listing(listing, |charted: &Charted<Movie>| Some((&charted.item).into()))
        }
        Source::Person { media, tmdb, role } => person(client, *media, *tmdb, *role).await?,
    };
    let description = if need.description { description(client, source).await } else { None };
    Ok(Fetched { entries, unreadable, description, at: now })
}

fn filters(query: &[(&'static str, String)]) -> Filters {
    query.iter().fold(Filters::new(), |filters, (name, value)| filters.other(name, value.clone()))
}

/// `None` of `entry` counts as unreadable.
fn of_listing<T>(listing: Listing<T>, entry: impl Fn(&T) -> Option<Entry>) -> Entries {
    let entries: Vec<Option<Entry>> = listing.items.iter().map(entry).collect();
    let odd = listing.odd.len() + entries.iter().filter(|entry| entry.is_none()).count();
    (entries.into_iter().flatten().collect(), odd)
}

/// People and lists on a list are no titles, and nothing is missing without them.
fn of_list(listing: Listing<ListEntry>) -> Entries {
    let Listing { items, odd } = listing;
    let titles = |entry: &ListEntry| !matches!(entry.media.kind(), MediaKind::Person | MediaKind::List);
    let items = items.into_iter().filter(titles).collect();
    of_listing(Listing { items, odd }, |entry: &ListEntry| Entry::of(&entry.media))
}

async fn whole<T>(paged: Paged<T>) -> trakt::Result<Listing<T>> {
    Ok(paged.collect_all().await?.listing)
}

async fn list(client: &Client, path: &str) -> Result<Entries, Failure> {
    let address =
        ListAddress::read(path).ok_or_else(|| Failure::Unsupported(format!("the address {path:?}")))?;
    let kinds = ListItemKinds::all();
    let paged = match address {
        ListAddress::Of { user, list } => client.users().lists(user).list(list).items(&kinds),
        ListAddress::Numbered(id) => client.lists().items(PathId::from(id), &kinds),
        ListAddress::Saved { user, list: "watchlist" } => client.users().watchlist(user, MediaType::All),
        ListAddress::Saved { user, .. } => client.users().favorites(user, MediaType::All),
    };
    whole(paged).await.map(of_list).map_err(|error| Failure::of(&error))
}

/// A description that cannot be read is no reason to leave the collection as it is.
async fn description(client: &Client, source: &Source) -> Option<String> {
    let Source::List(path) = source else { return None };
    let list: UserList = match ListAddress::read(path)? {
        ListAddress::Of { user, list } => client.users().lists(user).list(list).summary().await.ok()?,
        ListAddress::Numbered(id) => client.lists().summary(PathId::from(id)).await.ok()?,
        ListAddress::Saved { .. } => return None,
    };
    list.description.filter(|text| !text.trim().is_empty())
}

async fn chart(
    client: &Client,
    media: Media,
    name: ChartName,
    period: Option<&str>,
    filters: &Filters,
    count: usize,
) -> trakt::Result<Entries> {
    let period = Period::from(period.unwrap_or("weekly"));
    match media {
        Media::Movies => {
            let movies = client.movies();
            let charted = match name {
                ChartName::Popular | ChartName::Recommended => {
                    let popular = movies.popular().filters(filters).first(count).await?;
                    return Ok(of_listing(popular, |movie: &Movie| Some(movie.into())));
                }
                ChartName::Trending => movies.trending(),
                ChartName::Anticipated => movies.anticipated(),
                ChartName::Watched => movies.watched(period),
                ChartName::Collected => movies.collected(period),
            };
            let listing = charted.filters(filters).first(count).await?;
            Ok(of_listing(listing, |charted: &Charted<Movie>| Some((&charted.item).into())))
        }
        Media::Shows => {
            let shows = client.shows();
            let charted = match name {
                ChartName::Popular | ChartName::Recommended => {
                    let popular = shows.popular().filters(filters).first(count).await?;
                    return Ok(of_listing(popular, |show: &Show| Some(show.into())));
                }
                ChartName::Trending => shows.trending(),
                ChartName::Anticipated => shows.anticipated(),
                ChartName::Watched => shows.watched(period),
                ChartName::Collected => shows.collected(period),
            };
            let listing = charted.filters(filters).first(count).await?;
            Ok(of_listing(listing, |charted: &Charted<Show>| Some((&charted.item).into())))
        }
    }
}

async fn recommended(
    client: &Client,
    media: Media,
    filters: &Filters,
    count: usize,
) -> trakt::Result<Entries> {
    let limit = u32::try_from(count).unwrap_or(u32::MAX).max(1);
    match media {
        Media::Movies => {
            let listing = client.recommendations().movies(limit).filters(filters).await?;
            Ok(of_listing(listing, |movie: &Movie| Some(movie.into())))
        }
        Media::Shows => {
            let listing = client.recommendations().shows(limit).filters(filters).await?;
            Ok(of_listing(listing, |show: &Show| Some(show.into())))
        }
    }
}

async fn user_list(
    client: &Client,
    media: Media,
    user: &str,
    list: &str,
    sort_by: Option<&str>,
) -> trakt::Result<Entries> {
    let users = client.users();
    let kind = match media {
        Media::Movies => MediaType::Movies,
        Media::Shows => MediaType::Shows,
    };
    let sort = SortBy::from(sort_by.unwrap_or("rank"));
    match (list, media) {
        ("watchlist", _) => {
            whole(users.watchlist_sorted(user, kind, &sort, &SortHow::Ascending)).await.map(of_list)
        }
        ("favorites", _) => {
            whole(users.favorites_sorted(user, kind, &sort, &SortHow::Ascending)).await.map(of_list)
        }
        ("watched", Media::Movies) => {
            let listing = whole(users.watched_movies(user)).await?;
            Ok(of_listing(listing, |watched| Some((&watched.movie).into())))
        }
        ("watched", Media::Shows) => {
            let listing = whole(users.watched_shows(user)).await?;
            Ok(of_listing(listing, |watched| Some((&watched.show).into())))
        }
        (_, Media::Movies) => {
            let listing = whole(users.collected_movies(user)).await?;
            Ok(of_listing(listing, |collected| Some((&collected.movie).into())))
        }
        (_, Media::Shows) => {
            let listing = whole(users.collected_shows(user)).await?;
            Ok(of_listing(listing, |collected| Some((&collected.show).into())))
        }
    }
}

async fn person(client: &Client, media: Media, tmdb: i64, role: Role) -> Result<Entries, Failure> {
    let failed = |error: Error| Failure::of(&error);
    let hits = client.search().id(IdType::Tmdb, tmdb, &[MediaKind::Person]).first(1).await.map_err(failed)?;
    let id = hits.iter().find_map(|hit| match &hit.media {
        trakt::models::Media::Person(person) => Some(PathId::from(&person.ids)),
        _ => None,
    });
    let id = id.ok_or(Failure::Gone)?;
    match media {
        Media::Movies => {
            let credits = client.people().movies(id).await.map_err(failed)?;
            Ok(of_credits(credits, role, |movie: &Movie| movie.into()))
        }
        Media::Shows => {
            let credits = client.people().shows(id).await.map_err(failed)?;
            Ok(of_credits(credits, role, |show: &Show| show.into()))
        }
    }
}

fn of_credits<T>(credits: Credits<T>, role: Role, entry: impl Fn(&T) -> Entry) -> Entries {
    let mut crew = credits.crew.unwrap_or_default();
    let listing = match role {
        Role::Actor => credits.cast,
        Role::Director => crew.remove("directing"),
        Role::Writer => crew.remove("writing"),
        Role::Producer => crew.remove("production"),
    };
    let listing = listing.unwrap_or_else(|| Listing { items: Vec::new(), odd: Vec::new() });
    of_listing(listing, |credit: &Credit<T>| Some(entry(&credit.item)))
}

async fn asked(client: &Client, asks: &Asks) -> Result<Vec<FoundKey>, Failure> {
    let failed = |error: Error| Failure::of(&error);
    let mut keys = Vec::new();
    match asks {
        Asks::UserLists(users) => {
            for user in users {
                let lists = whole(client.users().lists(user).all()).await.map_err(failed)?;
                all_readable(&lists)?;
                keys.extend(lists.iter().filter_map(|list| {
                    let slug = list.ids.slug.as_deref()?;
                    Some(FoundKey::list(user, slug, &list.name))
                }));
            }
        }
        Asks::LikedLists => {
            let liked = whole(client.users().liked_lists("me")).await.map_err(failed)?;
            all_readable(&liked)?;
            keys.extend(liked.iter().filter_map(|liked| {
                let owner = liked.list.user.as_ref()?.ids.slug.clone()?;
                Some(FoundKey::list(&owner, liked.list.ids.slug.as_deref()?, &liked.list.name))
            }));
        }
        Asks::People(lists) => {
            let kinds = ListItemKinds::only(&[MediaKind::Person]);
            for list in lists {
                let unsupported = || Failure::Unsupported(format!("the address {:?}", list.0));
                let paged = match ListAddress::read(&list.0).ok_or_else(unsupported)? {
                    ListAddress::Of { user, list } => client.users().lists(user).list(list).items(&kinds),
                    ListAddress::Numbered(id) => client.lists().items(PathId::from(id), &kinds),
                    ListAddress::Saved { .. } => return Err(unsupported()),
                };
                let entries = whole(paged).await.map_err(failed)?;
                all_readable(&entries)?;
                keys.extend(entries.iter().filter_map(|entry| match &entry.media {
                    trakt::models::Media::Person(person) => {
                        let tmdb = i64::try_from(person.ids.tmdb?).ok()?;
                        Some(FoundKey::person(tmdb, &person.name))
                    }
                    _ => None,
                }));
            }
        }
    }
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(key.key.clone()));
    Ok(keys)
}

fn all_readable<T>(listing: &Listing<T>) -> Result<(), Failure> {
    match listing.odd.len() {
        0 => Ok(()),
        odd => Err(Failure::Incomplete(format!("{odd} of its entries could not be read"))),
    }
}

//! Reads the different kinds of sources.

use chrono::{DateTime, Utc};
use kometa::spec::{ChartName, Media, Role};
use trakt::endpoints::{ListItemKinds, MediaType};
use trakt::models::{
    Charted, Credit, Credits, IdType, ListEntry, MediaKind, Movie, PathId, Period, Show, SortBy, SortHow,
    UserList,
};
use trakt::{Client, Error, Filters, Listing, Paged};

use super::Fetched;
use super::address::ListAddress;
use crate::entry::Entry;
use crate::failure::Failure;
use crate::source::{Need, Source};

/// The entries, and how many further ones could not be read.
type Entries = (Vec<Entry>, usize);

/// Reads a source completely.
pub(super) async fn read(
    client: &Client,
    source: &Source,
    need: &Need,
    now: DateTime<Utc>,
) -> Result<Fetched, Failure> {
    let (entries, unreadable) = match source {
        Source::List(path) => list(client, path).await?,
        Source::Chart { media, name, period, query } => {
            chart(client, *media, *name, *period, &filters(query), need.limit)
                .await
                .map_err(|error| Failure::of(&error))?
        }
        Source::Recommendations { media, query } => {
            recommendations(client, *media, &filters(query), need.limit)
                .await
                .map_err(|error| Failure::of(&error))?
        }
        Source::UserList { media, user, list, sort_by } => {
            user_list(client, *media, user, list, *sort_by).await.map_err(|error| Failure::of(&error))?
        }
        Source::BoxOffice => {
            let listing = client.movies().box_office().await.map_err(|error| Failure::of(&error))?;
            from_listing(listing, |charted: &Charted<Movie>| Some((&charted.item).into()))
        }
        Source::Person { media, tmdb, role } => person(client, *media, *tmdb, *role).await?,
    };
    let description = if need.description { description(client, source).await } else { None };
    Ok(Fetched { entries, unreadable, description, at: now })
}

fn filters(query: &[(&'static str, String)]) -> Filters {
    query.iter().fold(Filters::new(), |filters, (name, value)| filters.other(name, value.clone()))
}

/// Converts a listing. An item for which `entry` returns `None` counts as unreadable.
fn from_listing<T>(listing: Listing<T>, entry: impl Fn(&T) -> Option<Entry>) -> Entries {
    let entries: Vec<Option<Entry>> = listing.items.iter().map(entry).collect();
    let odd = listing.unreadable.len() + entries.iter().filter(|entry| entry.is_none()).count();
    (entries.into_iter().flatten().collect(), odd)
}

/// Converts the items of a list. People and lists are skipped: they are not titles, so no entry is missing without
/// them.
fn from_list(listing: Listing<ListEntry>) -> Entries {
    let Listing { items, unreadable } = listing;
    let is_title = |entry: &ListEntry| !matches!(entry.media.kind(), MediaKind::Person | MediaKind::List);
    let items = items.into_iter().filter(is_title).collect();
    from_listing(Listing { items, unreadable }, |entry: &ListEntry| Entry::of(&entry.media))
}

/// Reads all pages.
pub(super) async fn read_all<T>(paged: Paged<T>) -> trakt::Result<Listing<T>> {
    Ok(paged.collect_all().await?.listing)
}

async fn list(client: &Client, path: &str) -> Result<Entries, Failure> {
    let address =
        ListAddress::parse(path).ok_or_else(|| Failure::Unsupported(format!("the address {path:?}")))?;
    let kinds = ListItemKinds::all();
    let paged = match address {
        ListAddress::Personal { user, list } => client.users().lists(user).list(list).items(&kinds),
        ListAddress::ById(id) => client.lists().items(PathId::from(id), &kinds),
        ListAddress::BuiltIn { user, list: "watchlist" } => client.users().watchlist(user, MediaType::All),
        ListAddress::BuiltIn { user, .. } => client.users().favorites(user, MediaType::All),
    };
    read_all(paged).await.map(from_list).map_err(|error| Failure::of(&error))
}

/// The description of a list. Failing to read it is not an error, because the collection can be built without it.
async fn description(client: &Client, source: &Source) -> Option<String> {
    let Source::List(path) = source else { return None };
    let list: UserList = match ListAddress::parse(path)? {
        ListAddress::Personal { user, list } => client.users().lists(user).list(list).summary().await.ok()?,
        ListAddress::ById(id) => client.lists().summary(PathId::from(id)).await.ok()?,
        ListAddress::BuiltIn { .. } => return None,
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
                    return Ok(from_listing(popular, |movie: &Movie| Some(movie.into())));
                }
                ChartName::Trending => movies.trending(),
                ChartName::Anticipated => movies.anticipated(),
                ChartName::Watched => movies.watched(period),
                ChartName::Collected => movies.collected(period),
            };
            let listing = charted.filters(filters).first(count).await?;
            Ok(from_listing(listing, |charted: &Charted<Movie>| Some((&charted.item).into())))
        }
        Media::Shows => {
            let shows = client.shows();
            let charted = match name {
                ChartName::Popular | ChartName::Recommended => {
                    let popular = shows.popular().filters(filters).first(count).await?;
                    return Ok(from_listing(popular, |show: &Show| Some(show.into())));
                }
                ChartName::Trending => shows.trending(),
                ChartName::Anticipated => shows.anticipated(),
                ChartName::Watched => shows.watched(period),
                ChartName::Collected => shows.collected(period),
            };
            let listing = charted.filters(filters).first(count).await?;
            Ok(from_listing(listing, |charted: &Charted<Show>| Some((&charted.item).into())))
        }
    }
}

async fn recommendations(
    client: &Client,
    media: Media,
    filters: &Filters,
    count: usize,
) -> trakt::Result<Entries> {
    let limit = u32::try_from(count).unwrap_or(u32::MAX).max(1);
    match media {
        Media::Movies => {
            let listing = client.recommendations().movies(limit).filters(filters).await?;
            Ok(from_listing(listing, |movie: &Movie| Some(movie.into())))
        }
        Media::Shows => {
            let listing = client.recommendations().shows(limit).filters(filters).await?;
            Ok(from_listing(listing, |show: &Show| Some(show.into())))
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
            read_all(users.watchlist_sorted(user, kind, &sort, &SortHow::Ascending)).await.map(from_list)
        }
        ("favorites", _) => {
            read_all(users.favorites_sorted(user, kind, &sort, &SortHow::Ascending)).await.map(from_list)
        }
        ("watched", Media::Movies) => {
            let listing = read_all(users.watched_movies(user)).await?;
            Ok(from_listing(listing, |watched| Some((&watched.movie).into())))
        }
        ("watched", Media::Shows) => {
            let listing = read_all(users.watched_shows(user)).await?;
            Ok(from_listing(listing, |watched| Some((&watched.show).into())))
        }
        (_, Media::Movies) => {
            let listing = read_all(users.collected_movies(user)).await?;
            Ok(from_listing(listing, |collected| Some((&collected.movie).into())))
        }
        (_, Media::Shows) => {
            let listing = read_all(users.collected_shows(user)).await?;
            Ok(from_listing(listing, |collected| Some((&collected.show).into())))
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
    let id = id.ok_or(Failure::NotFound)?;
    match media {
        Media::Movies => {
            let credits = client.people().movies(id).await.map_err(failed)?;
            Ok(from_credits(credits, role, |movie: &Movie| movie.into()))
        }
        Media::Shows => {
            let credits = client.people().shows(id).await.map_err(failed)?;
            Ok(from_credits(credits, role, |show: &Show| show.into()))
        }
    }
}

fn from_credits<T>(credits: Credits<T>, role: Role, entry: impl Fn(&T) -> Entry) -> Entries {
    let mut crew = credits.crew.unwrap_or_default();
    let listing = match role {
        Role::Actor => credits.cast,
        Role::Director => crew.remove("directing"),
        Role::Writer => crew.remove("writing"),
        Role::Producer => crew.remove("production"),
    };
    let listing = listing.unwrap_or_else(|| Listing { items: Vec::new(), unreadable: Vec::new() });
    from_listing(listing, |credit: &Credit<T>| Some(entry(&credit.item)))
}

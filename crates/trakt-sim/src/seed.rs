//! Fills accounts with a history derived from the seed: the same plays for the same seed, size and day.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::catalogue::random::{Random, key_of};
use crate::catalogue::{Catalogue, Show};
use crate::item::Item;
use crate::state::{Action, Activity, List, Listed, Listing, Play, Privacy, Rated, Store, User};

/// A user to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name in URLs and on pages.
    pub username: String,
    /// The display name.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether they have VIP.
    #[serde(default)]
    pub vip: bool,
    /// Whether their data is visible only to themselves and approved followers.
    #[serde(default)]
    pub private: bool,
    /// Number of plays in the history.
    #[serde(default)]
    pub history: usize,
}

impl Person {
    /// Creates a free account with an empty history.
    pub fn new(username: impl Into<String>) -> Self {
        Self { username: username.into(), name: None, vip: false, private: false, history: 0 }
    }

    /// Gives them VIP.
    pub fn vip(mut self) -> Self {
        self.vip = true;
        self
    }

    /// Gives them this many plays, with matching ratings, watchlist and favourites.
    pub fn history(mut self, plays: usize) -> Self {
        self.history = plays;
        self
    }

    /// Hides their data from others.
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

impl Store {
    /// Adds Trakt's own lists, and one of the first user.
    pub(crate) fn add_lists(&mut self) {
        let catalogue = self.catalogue.clone();
        let demo = catalogue
            .movies()
            .iter()
            .filter(|movie| movie.facts.demo)
            .map(|movie| Item::Movie(movie.facts.ids.trakt));
        let shows = catalogue.shows().iter().take(12).map(|show| Item::Show(show.facts.ids.trakt));
        let mut popular: Vec<_> = catalogue.movies().iter().collect();
        popular.sort_by_key(|movie| std::cmp::Reverse(movie.facts.votes));
        let popular = popular.into_iter().map(|movie| Item::Movie(movie.facts.ids.trakt));
        self.add_list(None, "Free to Watch", Privacy::Public, demo.clone().chain(shows).collect());
        self.add_list(None, "Most Loved Movies", Privacy::Public, popular.take(150).collect());
        if let Some(first) = self.users.values().next().map(|user| user.username.clone()) {
            self.add_list(Some(&first), "Rainy Sunday", Privacy::Public, demo.clone().take(5).collect());
            self.add_list(Some(&first), "Gift ideas", Privacy::Private, demo.skip(2).take(3).collect());
        }
    }

    fn add_list(&mut self, owner: Option<&str>, name: &str, privacy: Privacy, items: Vec<Item>) {
        let created_at = self.now() - Duration::days(300);
        let first = self.take_list_ids(items.len() + 1);
        let mut listing = Listing::new(created_at);
        listing.items = (first + 1..)
            .zip(items)
            .map(|(id, item)| Listed { id, item, listed_at: created_at, notes: None })
            .collect();
        self.lists.push(List {
            id: first,
            slug: name.to_lowercase().replace(' ', "-"),
            owner: owner.map(str::to_owned),
            name: name.to_owned(),
            description: None,
            privacy,
            display_numbers: false,
            allow_comments: true,
            sort_by: "rank".into(),
            sort_how: "asc".into(),
            created_at,
            listing,
            people: BTreeSet::new(),
            likes: Vec::new(),
        });
    }

    /// Creates a user with their past activity.
    pub(crate) fn add_person(&mut self, person: &Person) {
        let now = self.now();
        let id = 1_000 + self.users.len() as u64;
        let joined_at = now - Duration::days(9 * 365);
        let mut user = User::new(id, &person.username, person.vip, joined_at);
        user.name.clone_from(&person.name);
        user.private = person.private;
        if person.history > 0 {
            let mut random = Random::stream(self.options.seed, key_of(&person.username));
            self.add_activity(&mut user, person.history, &mut random, now);
        }
        self.users.insert(person.username.to_lowercase(), user);
    }

    fn add_activity(&mut self, user: &mut User, plays: usize, random: &mut Random, now: DateTime<Utc>) {
        let catalogue = self.catalogue.clone();
        let first = self.take_ids(plays);
        let items = watch(&catalogue, plays, random, now);
        let step = Duration::days(8 * 365) / i32::try_from(plays.max(1)).unwrap_or(i32::MAX);
        let mut play = |(at, item): (usize, Item)| Play {
            id: first + at as u64,
            watched_at: now - step * (plays - at) as i32 + Duration::minutes(random.below(40) as i64),
            item,
            action: if random.percent(70) { Action::Scrobble } else { Action::Watch },
        };
        let plays: Vec<Play> = items.into_iter().enumerate().map(&mut play).collect();
        user.history.add(plays.iter().copied(), now - Duration::days(1));
        for play in &plays {
            if !random.percent(10) {
                continue;
            }
            user.ratings
                .insert(play.item, Rated { rating: random.between(4, 10) as u8, rated_at: play.watched_at });
        }
        self.fill_lists(user, random, now);
        if let Some(last) = plays.last() {
            user.activities.moved(Activity::Watched(last.item.kind()), last.watched_at);
        }
    }

    /// Adds unwatched movies to the watchlist, and movies with high ratings to the favourites.
    fn fill_lists(&mut self, user: &mut User, random: &mut Random, now: DateTime<Utc>) {
        let catalogue = self.catalogue.clone();
        let movies = catalogue.movies().iter().map(|movie| Item::Movie(movie.facts.ids.trakt));
        let wished: Vec<Item> =
            movies.filter(|item| user.history.watched_item(*item).is_none()).take(400).collect();
        let wished: Vec<Item> = wished.into_iter().filter(|_| random.percent(10)).collect();
        let loved: Vec<Item> = user
            .ratings
            .iter()
            .filter(|(item, rated)| rated.rating >= 9 && matches!(item, Item::Movie(_)))
            .map(|(item, _)| *item)
            .take(20)
            .collect();
        let first = self.take_list_ids(wished.len() + loved.len());
        let listed = |(at, item): (usize, Item)| Listed {
            id: first + at as u64,
            item,
            listed_at: now - Duration::days(400 - at as i64),
            notes: None,
        };
        let wished_count = wished.len();
        user.watchlist.items = wished.into_iter().enumerate().map(listed).collect();
        user.favorites.items =
            loved.into_iter().enumerate().map(|(at, item)| listed((at + wished_count, item))).collect();
    }
}

/// Returns items in viewing order: shows episode by episode, with movies in between. Titles repeat only after
/// all have been watched.
fn watch(catalogue: &Catalogue, plays: usize, random: &mut Random, now: DateTime<Utc>) -> Vec<Item> {
    let mut movies = catalogue.movies().iter().filter(|movie| movie.released <= now.date_naive()).cycle();
    let mut episodes = catalogue.shows().iter().flat_map(|show| aired(show, now)).cycle();
    let mut items = Vec::with_capacity(plays);
    while items.len() < plays {
        let episode = if random.percent(70) { episodes.next() } else { None };
        match episode {
            Some(episode) => items.push(episode),
            None => items.extend(movies.next().map(|movie| Item::Movie(movie.facts.ids.trakt))),
        }
    }
    items
}

fn aired(show: &Show, now: DateTime<Utc>) -> impl Iterator<Item = Item> + Clone + '_ {
    let number = show.facts.ids.trakt;
    show.seasons.iter().filter(|season| season.number > 0).flat_map(move |season| {
        (1..=season.aired_episodes(now)).map(move |episode| Item::Episode {
            show: number,
            season: season.number,
            number: episode,
        })
    })
}

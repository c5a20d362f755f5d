//! Generates the titles of libraries from the seed.

use crate::random::Random;
use crate::state::{Agent, Hub, Item, Kind, Section, Store};

/// The owner's token, which has all permissions.
pub const OWNER_TOKEN: &str = "plex-sim-owner-token";
/// A read-only token, as for a shared user.
pub const READ_ONLY_TOKEN: &str = "plex-sim-read-only-token";

const FIRST: [&str; 12] = [
    "Amber", "Silent", "Northern", "Hidden", "Last", "Paper", "Golden", "Distant", "Broken", "Electric",
    "Winter", "Crimson",
];
const SECOND: [&str; 12] = [
    "River", "Station", "Garden", "Letters", "Harbour", "Empire", "Signal", "Orchard", "Mirror", "Voyage",
    "Kingdom", "Lantern",
];
const GENRES: [&str; 6] = ["Action", "Comedy", "Drama", "Horror", "Documentary", "Animation"];
const RATINGS: [&str; 4] = ["G", "PG", "PG-13", "R"];

/// A library to create.
#[derive(Debug, Clone)]
pub(crate) struct Library {
    pub title: String,
    pub kind: Kind,
    pub agent: Agent,
    pub titles: usize,
}

impl Store {
    /// Adds a library with generated titles. In every library, title number `n` (from 1) has the TMDb id 100000 + n,
    /// the TheTVDB id 200000 + n and the IMDb id tt(3000000 + n), so that tests can refer to them.
    pub(crate) fn add_library(&mut self, library: &Library) {
        let key = self.sections.len() as u64 + 1;
        let uuid = format!("{:016x}-{key}", self.random.next());
        let hubs = ["recentlyadded", "inprogress", "topunwatched"].map(|row| Hub {
            identifier: format!("{}.{row}", library.kind.name()),
            title: row.to_owned(),
            recommended: true,
            own_home: false,
            shared_home: false,
        });
        let (title, kind, agent) = (library.title.clone(), library.kind, library.agent);
        self.sections.push(Section { key, title, kind, agent, uuid, hubs: hubs.to_vec() });
        let mut random = Random::new(self.random.next());
        for number in 1..=library.titles as u64 {
            let item = self.generate(key, library, number, &mut random);
            let show = (library.kind == Kind::Show).then_some(item.key);
            self.items.insert(item.key, item);
            if let Some(show) = show {
                self.add_parts(show);
            }
        }
    }

    fn generate(&mut self, section: u64, library: &Library, number: u64, random: &mut Random) -> Item {
        let (key, year) = (self.take_key(), 1950 + random.below(76));
        let title = format!("{} {} {number}", random.pick(&FIRST), random.pick(&SECOND));
        let (guid, guids) = guids(library, number);
        let text = |name: &str, value: String| (name.to_owned(), value);
        Item {
            key,
            section,
            kind: library.kind,
            title_sort: title.clone(),
            title,
            year,
            released: format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28)),
            guid,
            guids,
            edition: None,
            parent: None,
            index: 0,
            rating: random.below(100) as f64 / 10.0,
            added: 1_700_000_000 + random.below(90_000_000) as i64,
            duration: (80 + random.below(80)) * 60_000,
            fields: [
                text("summary", format!("Invented title number {number}.")),
                text("contentRating", random.pick(&RATINGS).to_owned()),
            ]
            .into(),
            tags: [("genre".to_owned(), vec![random.pick(&GENRES).to_owned()])].into(),
            locked: Default::default(),
            images: Default::default(),
        }
    }

    /// Adds two seasons of three episodes to a show.
    fn add_parts(&mut self, show: u64) {
        for season in 1..=2 {
            let season_key = self.add_part(show, Kind::Season, season, format!("Season {season}"));
            for episode in 1..=3 {
                self.add_part(season_key, Kind::Episode, episode, format!("Chapter {episode}"));
            }
        }
    }

    fn add_part(&mut self, parent: u64, kind: Kind, index: u64, title: String) -> u64 {
        let key = self.take_key();
        let Some(parent_item) = self.items.get(&parent) else { return key };
        let item = Item {
            key,
            kind,
            index,
            parent: Some(parent),
            title_sort: title.clone(),
            title,
            guid: part_guid(&parent_item.guid, index),
            guids: Vec::new(),
            tags: Default::default(),
            ..parent_item.clone()
        };
        self.items.insert(key, item);
        key
    }

    /// Adds another edition of a title: the same ids with a new rating key.
    pub(crate) fn add_edition(&mut self, of: u64, edition: &str) -> Option<u64> {
        let key = self.take_key();
        let original = self.items.get(&of)?;
        let item = Item { key, edition: Some(edition.to_owned()), ..original.clone() };
        self.items.insert(key, item);
        Some(key)
    }
}

fn guids(library: &Library, number: u64) -> (String, Vec<String>) {
    let (tmdb, tvdb, imdb) = (100_000 + number, 200_000 + number, format!("tt{}", 3_000_000 + number));
    let kind_name = library.kind.name();
    match (library.agent, library.kind) {
        (Agent::Plex, kind) => {
            let mut guids = vec![format!("imdb://{imdb}"), format!("tmdb://{tmdb}")];
            guids.extend((kind == Kind::Show).then(|| format!("tvdb://{tvdb}")));
            (format!("plex://{kind_name}/{number:024x}"), guids)
        }
        // Libraries with old agents contain items of several agents, because the agent was changed at some point.
        (Agent::Legacy, Kind::Show) => (format!("com.plexapp.agents.thetvdb://{tvdb}?lang=en"), Vec::new()),
        (Agent::Legacy, _) if number.is_multiple_of(3) => {
            (format!("com.plexapp.agents.themoviedb://{tmdb}?lang=en"), Vec::new())
        }
        (Agent::Legacy, _) => (format!("com.plexapp.agents.imdb://{imdb}?lang=en"), Vec::new()),
    }
}

fn part_guid(parent: &str, index: u64) -> String {
    let (path, query) = parent.split_once('?').unwrap_or((parent, ""));
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{path}/{index}{query}")
}

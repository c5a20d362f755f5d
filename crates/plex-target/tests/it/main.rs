//! Tests from config.yml to the state of the simulated Plex server, through a run of the `collections` crate.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod attributes;
mod building;
mod converging;
mod failing;
mod hubs;
mod members;
mod owners;
mod playlists;
mod speed;

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;
use chrono::{TimeZone, Utc};
use clock::ManualClock;
use collections::entry::{Entry, Ids, Kind};
use collections::fetch::{Cache, Fetched, Fetcher};
use collections::run::{Confirmed, Outcome, RunContext, RunOptions, RunResult, run};
use collections::source::Source;
use kometa::collections::{LoadOptions, Loaded, load};
use kometa::config::{self, Secrets};
use kometa::schedule::RunStart;
use plex_sim::{Agent, OWNER_TOKEN, Sim, SimHandle};
use plex_target::{PlexTarget, Setup};
use trakt::{Application, Client, Endpoints, RetryPolicy};

/// A Plex server and the contents of Trakt lists. Entry number `n` matches title number `n` of the library of its
/// kind.
struct Fixture {
    sim: SimHandle,
    folder: tempfile::TempDir,
    lists: BTreeMap<String, Vec<Entry>>,
}

/// Lists as cached results of an earlier run, which `cache_builders` uses without a request to Trakt.
struct Lists(BTreeMap<String, Vec<Entry>>);

#[async_trait]
impl Cache for Lists {
    async fn load(&self, source: &Source) -> Option<Fetched> {
        let entries = self.0.get(&source.to_string())?.clone();
        Some(Fetched { entries, unreadable: 0, description: None, at: now() })
    }

    async fn store(&self, _: &Source, _: &Fetched) {}
}

fn now() -> chrono::DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 28, 5, 0, 0).unwrap()
}

fn movie(number: u64) -> Entry {
    let ids = Ids { tmdb: Some(100_000 + number), ..Ids::default() };
    Entry { kind: Kind::Movie, title: format!("Movie {number}"), year: None, ids }
}

fn show(number: u64, kind: Kind) -> Entry {
    let ids = Ids { tvdb: Some(200_000 + number), ..Ids::default() };
    Entry { kind, title: format!("Show {number}"), year: None, ids }
}

impl Fixture {
    /// 250 movies and 5 shows, each with two seasons of three episodes.
    async fn new() -> Self {
        Self::with(250).await
    }

    async fn with(movies: usize) -> Self {
        let sim = Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, movies).library(
            "TV Shows",
            plex_sim::Kind::Show,
            Agent::Plex,
            5,
        );
        let fixture = Self {
            sim: sim.start().await.unwrap(),
            folder: tempfile::tempdir().unwrap(),
            lists: BTreeMap::new(),
        };
        std::fs::create_dir(fixture.folder.path().join("config")).unwrap();
        fixture
    }

    fn config(&self) -> std::path::PathBuf {
        self.folder.path().join("config")
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.config().join(name), bytes).unwrap();
    }

    fn list(&mut self, name: &str, entries: impl IntoIterator<Item = Entry>) {
        self.lists.insert(format!("users/a/lists/{name}"), entries.into_iter().collect());
    }

    fn movies(&mut self, name: &str, numbers: &[u64]) {
        self.list(name, numbers.iter().copied().map(movie));
    }

    /// The keys of movies by their numbers.
    fn keys(&self, numbers: &[u64]) -> Vec<u64> {
        let titles = self.sim.titles("Movies");
        numbers.iter().map(|number| titles[usize::try_from(*number).unwrap() - 1].key).collect()
    }

    /// Writes a file that defines the collection "Top" of list `x` with these attributes.
    fn top(&self, attributes: &str) {
        self.movies_file(&collection("Top", "x", attributes));
    }

    fn movies_file(&self, collections: &str) {
        self.file("movies.yml", format!("collections:\n{collections}"));
    }

    fn loaded(&self, more: &str) -> Loaded {
        let plex = format!("plex:\n  url: {}\n  token: <<plex_token>>\n", self.sim.url());
        let file = |name: &str| match self.config().join(name).is_file() {
            true => format!("    collection_files:\n      - file: config/{name}\n"),
            false => String::new(),
        };
        let libraries =
            format!("libraries:\n  Movies:\n{}  TV Shows:\n{}", file("movies.yml"), file("shows.yml"));
        let secrets = Secrets::new([("KOMETA_PLEX_TOKEN".to_owned(), OWNER_TOKEN.to_owned())], "");
        let text = format!("{plex}{libraries}{more}").replace("<<plex_token>>", "<<plex-token>>");
        let read = config::read("config.yml", &text, &secrets).unwrap();
        let folder: &Path = &self.config();
        load(&read, LoadOptions { folder, secrets: &secrets, today: (2026, 11, 28), known_media: &[] })
    }

    fn target(&self, loaded: &Loaded, dry_run: bool) -> PlexTarget {
        let setup = Setup {
            server: None,
            dry_run,
            folder: self.config(),
            memory: self.folder.path().join("plex.json"),
            identifier: "tests".into(),
            kometa_label: false,
        };
        PlexTarget::of(loaded, setup).unwrap()
    }

    /// Runs with this appended to config.yml and changed options.
    async fn run_with(&self, more: &str, change: impl FnOnce(&mut RunOptions)) -> RunResult {
        let mut loaded = self.loaded(more);
        let mut options = RunOptions {
            library: None,
            collections: Vec::new(),
            dry_run: false,
            confirmed: Confirmed::Nothing,
            now: now(),
            today: now().date_naive(),
            start: RunStart::new(2026, 11, 28, 5).unwrap(),
        };
        change(&mut options);
        let target = self.target(&loaded, options.dry_run);
        // No server listens at this address, so a list that is not cached cannot be read.
        let nowhere: url::Url = "http://127.0.0.1:9".parse().unwrap();
        let endpoints = Endpoints { api: nowhere.clone(), auth: nowhere };
        let retries = RetryPolicy { attempts: 1, ..RetryPolicy::default() };
        let client = Client::builder(Application::new("id", "tests"))
            .endpoints(endpoints)
            .retries(retries)
            .clock(std::sync::Arc::new(ManualClock::new(now()).auto_advance()));
        let mut fetcher = Fetcher::new(None, client.build().unwrap());
        let (cache, clock) = (Lists(self.lists.clone()), ManualClock::new(now()));
        let context = RunContext { fetcher: &mut fetcher, cache: &cache, target: &target, clock: &clock };
        run(&mut loaded, &options, context, &mut |_| {}).await
    }

    /// Runs, and asserts that there are no errors.
    async fn run(&self) -> Vec<Outcome> {
        let result = self.run_with("", |_| {}).await;
        assert_eq!((&result.problems, &result.unknown), (&Vec::new(), &Vec::new()));
        for outcome in &result.outcomes {
            assert_eq!(outcome.errors(), Vec::<String>::new(), "{}", outcome.plan.name);
        }
        result.outcomes
    }

    /// Runs, and returns the status of the only collection.
    async fn status(&self) -> String {
        let outcomes = self.run().await;
        assert_eq!(outcomes.len(), 1);
        outcomes[0].status.to_string()
    }
}

/// The definition of a synced collection of a Trakt list.
fn collection(name: &str, list: &str, attributes: &str) -> String {
    let lines: String = attributes.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "  {name}:\n    trakt_list: https://trakt.tv/users/a/lists/{list}\n    cache_builders: 1\n    sync_mode: sync\n{lines}"
    )
}

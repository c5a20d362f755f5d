//! `kinometa collections run` with the simulator: Trakt's lists become collections of the library.

mod again;
mod builders;
mod configs;
mod killed;
mod more;
mod plex;
mod safe;
mod speed;

use db::kinds::{FileState, LibraryKind, ProbeState, TitleKind};
use db::rows::{FileTitle, Library, MediaFile, Title};
use db::{Db, Millis};
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use super::{CommandOutput, Kometa};

/// The account and the libraries of these tests.
struct Fixture {
    kometa: Kometa,
}

impl Fixture {
    /// Adds every second movie and show of the simulator to the libraries; shows with two seasons of two episodes each.
    async fn with(files: &[(&str, &str)]) -> Self {
        let kometa = Kometa::with_config("").await;
        let fixture = Self { kometa };
        fixture.fill().await;
        fixture.files(files);
        fixture
    }

    fn files(&self, files: &[(&str, &str)]) {
        let pair = self.kometa.sim.issue_token("anna");
        let block = format!(
            "trakt:\n  client_id: {DEMO_CLIENT_ID}\n  client_secret: {DEMO_CLIENT_SECRET}\n  authorization:\n    access_token: {}\n    token_type: bearer\n    expires_in: {}\n    refresh_token: {}\n    scope: public\n    created_at: {}\n",
            pair.access_token, pair.expires_in, pair.refresh_token, pair.created_at
        );
        for (name, text) in files {
            let text = text.replace("{trakt}", &block);
            std::fs::write(self.kometa.folder.path().join(name), text).unwrap();
        }
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.kometa.folder.path().join("data/kinometa.db").display())
    }

    async fn fill(&self) {
        std::fs::create_dir_all(self.kometa.folder.path().join("data")).unwrap();
        let db = Db::connect(&self.database()).await.unwrap();
        let catalogue = self.kometa.sim.catalogue();
        let now = Millis::from(chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap());
        let movies = library(&db, "Movies", LibraryKind::Movies, now).await;
        let shows = library(&db, "TV Shows", LibraryKind::Shows, now).await;
        let mut rows = Vec::new();
        for movie in catalogue.movies().iter().step_by(2) {
            let released = movie.released.and_time(chrono::NaiveTime::MIN).and_utc();
            let released_at = Some(Millis::from(released));
            rows.push(Title { released_at, ..titled(TitleKind::Movie, &movie.facts, now) });
        }
        insert(&db, &movies, rows, now).await;
        for show in catalogue.shows().iter().step_by(2) {
            let tx = db.begin().await.unwrap();
            let row = titled(TitleKind::Show, &show.facts, now);
            let show_id = db::titles::insert_many(&tx, vec![row]).await.unwrap()[0].id;
            tx.commit().await.unwrap();
            for number in 1..=2 {
                let named = Title::named(TitleKind::Season, "Season", "season", now);
                let row = Title {
                    parent_id: Some(show_id),
                    show_id: Some(show_id),
                    season_number: Some(number),
                    ..named
                };
                let tx = db.begin().await.unwrap();
                let season = db::titles::insert_many(&tx, vec![row]).await.unwrap()[0].id;
                tx.commit().await.unwrap();
                let episode = |episode| Title {
                    parent_id: Some(season),
                    show_id: Some(show_id),
                    season_number: Some(number),
                    episode_number: Some(episode),
                    ..Title::named(TitleKind::Episode, "Episode", "episode", now)
                };
                insert(&db, &shows, vec![episode(1), episode(2)], now).await;
            }
        }
        db.close().await.unwrap();
    }

    /// Runs `kinometa collections run` with these arguments; returns its output and exit code.
    async fn ran(&self, arguments: &[&str]) -> (CommandOutput, Option<i32>) {
        let path = self.kometa.path();
        let mut all = vec!["collections", "run", "--config", path.to_str().unwrap()];
        all.extend(arguments);
        let mut child = self.kometa.command(&all).spawn().unwrap();
        drop(child.stdin.take());
        let output = child.wait_with_output().await.unwrap();
        (CommandOutput::from(output.clone()), output.status.code())
    }

    /// Runs with `--json`; returns the collections, the exit code and stderr.
    async fn json(&self, arguments: &[&str]) -> (Vec<Value>, Option<i32>, String) {
        let (ran, code) = self.ran(&[arguments, &["--json"]].concat()).await;
        let document: Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.all_output()));
        (document["collections"].as_array().unwrap().clone(), code, ran.err)
    }

    /// Runs with `--json` and returns one collection.
    async fn one(&self, name: &str, arguments: &[&str]) -> Value {
        let (collections, _, stderr) = self.json(arguments).await;
        let found = collections.iter().find(|collection| collection["name"] == name);
        found.unwrap_or_else(|| panic!("{name}: {collections:?} {stderr}")).clone()
    }

    /// Sends a request to Trakt as anna, and returns the response.
    fn on_trakt(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let acted = self.kometa.sim.act("anna", method, path, body.as_ref());
        assert!((200..300).contains(&acted.status), "{method} {path}: {acted:?}");
        acted.body
    }

    /// Creates a list of anna's with these movies, by their positions in the simulator's catalogue.
    fn make_list(&self, name: &str, movies: &[usize]) {
        self.on_trakt("POST", "/users/me/lists", Some(json!({"name": name, "privacy": "public"})));
        self.put_movies(name, "", movies);
    }

    fn put_movies(&self, list: &str, action: &str, movies: &[usize]) {
        let catalogue = self.kometa.sim.catalogue();
        let movies: Vec<_> = movies
            .iter()
            .map(|at| json!({"ids": {"trakt": catalogue.movies()[*at].facts.ids.trakt}}))
            .collect();
        let path = format!("/users/me/lists/{list}/items{action}");
        self.on_trakt("POST", &path, Some(json!({ "movies": movies })));
    }

    /// Returns the titles of the movies at these positions of the catalogue.
    fn titles(&self, movies: &[usize]) -> Vec<String> {
        let catalogue = self.kometa.sim.catalogue();
        movies.iter().map(|at| catalogue.movies()[*at].facts.title.to_string()).collect()
    }
}

fn titles_of(collection: &Value, what: &str) -> Vec<String> {
    let items = collection[what].as_array().unwrap();
    items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

pub(super) fn titled(kind: TitleKind, facts: &trakt_sim::catalogue::Facts, now: Millis) -> Title {
    Title {
        year: Some(i32::from(facts.year)),
        trakt_id: i64::try_from(facts.ids.trakt).ok(),
        imdb_id: facts.ids.imdb.as_deref().map(str::to_owned),
        tmdb_id: facts.ids.tmdb.and_then(|id| i64::try_from(id).ok()),
        tvdb_id: facts.ids.tvdb.and_then(|id| i64::try_from(id).ok()),
        genres: json!(facts.genres),
        runtime_minutes: Some(i32::from(facts.runtime)),
        rating: Some(f64::from(facts.rating)),
        certification: Some(facts.certification.to_owned()),
        ..Title::named(kind, &facts.title, &facts.title.to_lowercase(), now)
    }
}

pub(super) async fn library(db: &Db, name: &str, kind: LibraryKind, now: Millis) -> Library {
    let tx = db.begin().await.unwrap();
    let new = db::libraries::NewLibrary { name: name.into(), kind, path: format!("/{name}") };
    let library = db::libraries::insert(&tx, new, now).await.unwrap();
    tx.commit().await.unwrap();
    library
}

/// Adds titles with one file each.
pub(super) async fn insert(db: &Db, library: &Library, titles: Vec<Title>, now: Millis) {
    let tx = db.begin().await.unwrap();
    let titles = db::titles::insert_many(&tx, titles).await.unwrap();
    let files = titles.iter().map(|title| file(library, &format!("{}.mkv", title.id), now)).collect();
    let files = db::files::insert_many(&tx, files).await.unwrap();
    let links = files.iter().zip(&titles);
    let links = links.map(|(file, title)| FileTitle { file_id: file.id, title_id: title.id, ordinal: 0 });
    db::files::link(&tx, links.collect()).await.unwrap();
    tx.commit().await.unwrap();
}

fn file(library: &Library, path: &str, now: Millis) -> MediaFile {
    MediaFile {
        id: db::ids::FileId::NEW,
        library_id: library.id,
        match_group_id: None,
        path: path.into(),
        path_bytes: None,
        size: 1,
        modified_at: now,
        fingerprint: None,
        inode: None,
        device: None,
        state: FileState::Present,
        missing_since_at: None,
        probe_state: ProbeState::Probed,
        problem_code: None,
        problem: None,
        problem_facts: None,
        duration_ms: None,
        container: None,
        video_codec: None,
        width: None,
        height: None,
        hdr: None,
        bit_depth: None,
        audio: json!([]),
        subtitles: json!([]),
        parsed: json!({}),
        edition: None,
        part: None,
        sidecar_stamp: None,
        added_at: now,
        updated_at: now,
    }
}

//! Kills `collections run` at any point, on Plex and in Kinometa's own library: the next run must have the
//! same result as without the kill.

use std::time::Duration;

use db::Db;
use plex_sim::{Agent, OWNER_TOKEN, Sim, SimHandle};

use tokio::process::Child;

use super::Fixture;

/// How long a response is delayed while the process that waits for it is killed, in milliseconds.
const DELAY: u64 = 120_000;

const NAMES: [&str; 3] = ["One", "Two", "Three"];

/// How many runs are killed. `cargo xtask soak` sets a larger number.
fn kills() -> usize {
    std::env::var("KINOMETA_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

/// Returns the titles on the lists in a round: two titles are added and removed, and the order changes.
fn list_contents(round: usize) -> Vec<usize> {
    let mut movies: Vec<usize> = (0..12).collect();
    movies.rotate_left(round % 5);
    movies.truncate(if round.is_multiple_of(2) { 12 } else { 10 });
    movies
}

struct KillFixture {
    fixture: Fixture,
    plex: SimHandle,
    on_plex: bool,
}

impl KillFixture {
    async fn new(on_plex: bool) -> Self {
        let plex =
            Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, 12).start().await.unwrap();
        let block = if on_plex {
            format!("plex:\n  url: {}\n  token: {OWNER_TOKEN}\n", plex.url())
        } else {
            String::new()
        };
        let config = format!(
            "{{trakt}}{block}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n"
        );
        let one = |name: &&str| {
            let list = name.to_lowercase();
            format!(
                "  {name}:\n    trakt_list: https://trakt.tv/users/anna/lists/{list}\n    collection_order: custom\n    sync_mode: sync\n    summary: About {name}\n    collection_mode: hide_items\n    visible_home: true\n"
            )
        };
        let file = format!("collections:\n{}", NAMES.iter().map(one).collect::<String>());
        let fixture = Fixture::with(&[("config.yml", config.as_str()), ("movies.yml", file.as_str())]).await;
        for (title, movie) in
            plex.titles("Movies").iter().zip(fixture.kometa.sim.catalogue().movies().iter().step_by(2))
        {
            let ids = &movie.facts.ids;
            let guids = [
                ids.tmdb.map(|id| format!("tmdb://{id}")),
                ids.imdb.as_ref().map(|id| format!("imdb://{id}")),
            ];
            plex.change_item(title.key, |item| item.guids = guids.into_iter().flatten().collect());
        }
        for name in NAMES {
            fixture.make_list(&name.to_lowercase(), &[]);
        }
        Self { fixture, plex, on_plex }
    }

    /// Changes the lists on Trakt to the contents of a round.
    fn update_lists(&self, round: usize) {
        let all: Vec<usize> = (0..12).map(|at| at * 2).collect();
        let movies: Vec<usize> = list_contents(round).into_iter().map(|at| at * 2).collect();
        for name in NAMES {
            let list = name.to_lowercase();
            self.fixture.put_movies(&list, "/remove", &all);
            self.fixture.put_movies(&list, "", &movies);
        }
    }

    fn requests(&self) -> usize {
        if self.on_plex { self.plex.requests().len() } else { self.fixture.kometa.sim.requests().len() }
    }

    /// Kills a run after it has read everything, while it writes to the database; a little later in each round.
    async fn kill_while_writing(&self, calls: usize, round: usize) {
        let mut child = self.start();
        let before = self.requests();
        while self.requests() < before + calls && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(round as u64 * 7 % 60)).await;
        child.kill().await.unwrap();
    }

    fn start(&self) -> Child {
        let path = self.fixture.kometa.path();
        let arguments = ["collections", "run", "--json", "--config", path.to_str().unwrap()];
        let mut child = self.fixture.kometa.command(&arguments).spawn().unwrap();
        drop(child.stdin.take());
        child
    }

    /// Delays one response and kills the run that waits for it; returns whether it was still running.
    async fn kill(&self, after: usize) -> bool {
        let skip = u32::try_from(after).unwrap();
        let before = self.requests();
        if self.on_plex {
            let late = plex_sim::FaultKind::Latency { milliseconds: DELAY };
            self.plex.add_fault(plex_sim::Fault::on("/", late).after(skip).times(1));
        } else {
            let late = trakt_sim::FaultKind::Latency { milliseconds: DELAY };
            self.fixture.kometa.sim.add_fault(trakt_sim::Fault::on("/", late).after(skip).times(1));
        }
        let mut child = self.start();
        while self.requests() <= before + after {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let running = child.try_wait().unwrap().is_none();
        child.kill().await.unwrap();
        self.plex.clear_faults();
        self.fixture.kometa.sim.clear_faults();
        running
    }

    /// Returns the members of a collection: Plex keys, or names of titles.
    async fn members(&self, name: &str) -> Vec<String> {
        if self.on_plex {
            return self.plex.members(name).iter().map(ToString::to_string).collect();
        }
        let db = Db::connect(&self.fixture.database()).await.unwrap();
        let libraries = db::libraries::list(&db).await.unwrap();
        let movies = libraries.iter().find(|library| library.name == "Movies").unwrap();
        let row = db::collections::named(&db, movies.id, name).await.unwrap();
        let mut titles = Vec::new();
        if let Some(row) = row {
            for id in db::collections::members(&db, row.id).await.unwrap() {
                titles.push(db::titles::find(&db, id).await.unwrap().unwrap().name);
            }
        }
        db.close().await.unwrap();
        titles
    }

    fn expected(&self, round: usize) -> Vec<String> {
        if self.on_plex {
            let titles = self.plex.titles("Movies");
            return list_contents(round).into_iter().map(|at| titles[at].key.to_string()).collect();
        }
        let places: Vec<usize> = list_contents(round).into_iter().map(|at| at * 2).collect();
        self.fixture.titles(&places)
    }

    async fn assert_convergence(&self) {
        self.update_lists(0);
        let (_, code, stderr) = self.fixture.json(&[]).await;
        assert_eq!(code, Some(0), "{stderr}");
        self.update_lists(1);
        let before = self.requests();
        let (_, code, stderr) = self.fixture.json(&[]).await;
        assert_eq!(code, Some(0), "{stderr}");
        let (calls, rounds) = (self.requests() - before, kills());
        let mut killed = 0;
        for round in 2..rounds + 2 {
            self.update_lists(round);
            let after = (round - 2) * calls / rounds;
            if self.on_plex || round.is_multiple_of(2) {
                killed += usize::from(self.kill(after).await);
            } else {
                self.kill_while_writing(calls, round).await;
                killed += 1;
            }
            for name in NAMES {
                let count = self.members(name).await.len();
                assert!(
                    (10..=12).contains(&count),
                    "{name} has {count} members after a kill after {after} calls"
                );
            }
            let (_, code, stderr) = self.fixture.json(&[]).await;
            assert_eq!(code, Some(0), "after a kill after {after} calls: {stderr}");
            for name in NAMES {
                assert_eq!(
                    self.members(name).await,
                    self.expected(round),
                    "{name}, after a kill after {after} calls"
                );
            }
            let (again, ..) = self.fixture.json(&[]).await;
            assert!(again.iter().all(|one| one["status"] == "Unchanged"), "{again:?}");
        }
        assert!(killed * 4 >= rounds * 3, "{killed} of {rounds} runs were killed");
    }
}

#[tokio::test]
async fn killed_runs_on_plex_converge() {
    KillFixture::new(true).await.assert_convergence().await;
}

#[tokio::test]
async fn killed_runs_in_kinometas_library_converge() {
    KillFixture::new(false).await.assert_convergence().await;
}

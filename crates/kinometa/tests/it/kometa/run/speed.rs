//! A large run: each list and chart is read once. `cargo xtask bench collections` parses the time and memory
//! printed here.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use trakt_sim::{Person, Sim};

use super::super::{CommandOutput, Kometa};
use super::Fixture;

const TITLES: usize = 10_000;
const COLLECTIONS: usize = 100;
/// Each list is used by two collections.
const LISTS: usize = COLLECTIONS / 2;
const CHARTS: [&str; 4] = ["trending", "popular", "watched", "anticipated"];

async fn large() -> Fixture {
    let sim = Sim::builder().movies(2 * TITLES).person(Person::new("anna").vip()).start().await.unwrap();
    let fixture = Fixture { kometa: Kometa { folder: tempfile::tempdir().unwrap(), sim } };
    fixture.fill().await;
    for list in 0..LISTS {
        let movies: Vec<usize> = (0..100).map(|place| (list * 197 + place * 61) % (2 * TITLES)).collect();
        fixture.make_list(&format!("l{list}"), &movies);
    }
    let mut movies = "collections:\n".to_owned();
    for at in 0..COLLECTIONS {
        let (list, chart) = (at % LISTS, CHARTS[at % CHARTS.len()]);
        let _ = write!(
            movies,
            "  Collection {at}:\n    trakt_list: https://trakt.tv/users/anna/lists/l{list}\n    trakt_chart: {{chart: {chart}, limit: 100}}\n    filters:\n      year.gte: 1930\n    sync_mode: sync\n    collection_order: custom\n"
        );
    }
    let config = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";
    fixture.files(&[("config.yml", config), ("movies.yml", &movies)]);
    fixture
}

/// Returns the peak memory of a process in MiB; `None` if the system does not provide it.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// Runs once; returns the output, the duration and the peak memory in MiB.
async fn measured(fixture: &Fixture) -> (CommandOutput, Duration, u64) {
    let path = fixture.kometa.path();
    let arguments = ["collections", "run", "--config", path.to_str().unwrap(), "--json"];
    let started = Instant::now();
    let mut child = fixture.kometa.command(&arguments).spawn().unwrap();
    drop(child.stdin.take());
    let process = child.id().unwrap();
    let output = tokio::spawn(child.wait_with_output());
    let mut most = 0;
    while !output.is_finished() {
        most = most.max(peak(process).unwrap_or_default());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    (CommandOutput::from(output.await.unwrap().unwrap()), started.elapsed(), most)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_collections_over_ten_thousand_titles() {
    let fixture = large().await;
    for round in ["first", "second"] {
        fixture.kometa.sim.clear_requests();
        let (ran, took, memory) = measured(&fixture).await;
        assert!(ran.success, "{}", ran.all_output());
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let collections = document["collections"].as_array().unwrap();
        assert_eq!(collections.len(), COLLECTIONS);
        let status = if round == "first" { "Created" } else { "Unchanged" };
        assert!(collections.iter().all(|one| one["status"] == status), "{round}: {}", ran.err);
        let requests = fixture.kometa.sim.requests();
        let request_count =
            |part: &str| requests.iter().filter(|request| request.path.contains(part)).count();
        for list in 0..LISTS {
            assert_eq!(request_count(&format!("/lists/l{list}/items")), 1, "list {list}");
        }
        for chart in CHARTS {
            assert_eq!(request_count(&format!("/movies/{chart}")), 1, "{chart}");
        }
        println!("{round} run: {:.2} s, {memory} MB, {} requests", took.as_secs_f64(), requests.len());
    }
}

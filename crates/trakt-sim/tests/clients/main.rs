//! Runs unmodified clients against the simulator. A client that cannot be installed is reported as an ignored
//! test.

mod install;

use std::future::Future;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, GUEST_USER, Person, Sim, SimHandle};

use install::{InstallError, node_modules_with, python_with};

const MOVIE: u64 = 900_001;
const SHOW: u64 = 300_001;
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = vec![
        trial("pytrakt_works_with_the_simulator", || python_with("pytrakt==4.4.6"), pytrakt),
        trial("trakt_tv_from_npm_works_with_the_simulator", || node_modules_with("trakt.tv@8.2.0"), trakt_tv),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Creates a test that is ignored if its client cannot be installed.
fn trial(
    name: &str,
    install: impl Fn() -> Result<PathBuf, InstallError>,
    scenario: impl FnOnce(PathBuf) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    match install() {
        Ok(client) => Trial::test(name, move || scenario(client)),
        Err(error) => {
            eprintln!("{name} is skipped: its client cannot be installed: {error}");
            Trial::test(name, || Err("its client is not installed".into())).with_ignored_flag(true)
        }
    }
}

fn with_sim(scenario: impl AsyncFnOnce(&SimHandle) -> Result<(), Failed>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let sim = Sim::builder()
            .person(Person::new(DEMO_USER).vip().history(150))
            .person(Person::new(GUEST_USER))
            .configure(|config| config.device_interval_seconds = 1)
            .unrecorded()
            .start()
            .await?;
        scenario(&sim).await
    })
}

/// Runs a script and returns the JSON object that it prints. Panics if the simulator rejected any of its
/// requests.
async fn run_script(sim: &SimHandle, mut script: Command) -> Result<Value, Failed> {
    let output = blocking(move || script.output()).await??;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let refused: Vec<String> = sim
        .requests()
        .into_iter()
        .filter(|request| request.status.is_none_or(|status| status >= 400))
        .map(|request| format!("{} {} {:?}", request.method, request.path, request.status))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> impl Future<Output = Result<T, tokio::task::JoinError>> {
    tokio::task::spawn_blocking(work)
}

fn plays(sim: &SimHandle) -> Vec<Value> {
    let path = format!("/sync/history/movies/{MOVIE}");
    let history = sim.act(DEMO_USER, "GET", &path, None).body;
    history.as_array().expect("plays").clone()
}

fn pytrakt(python: PathBuf) -> Result<(), Failed> {
    with_sim(async |sim| {
        let catalogue = sim.catalogue();
        let movie = catalogue.movie(MOVIE).expect("a movie").facts.ids.slug.to_string();
        let show = catalogue.show(SHOW).expect("a show").facts.ids.slug.to_string();
        let before = plays(sim).len();
        let mut script = Command::new(python);
        script.arg(format!("{SCRIPTS}/pytrakt.py")).args([
            sim.url(),
            DEMO_CLIENT_ID,
            DEMO_CLIENT_SECRET,
            &sim.issue_token(DEMO_USER).access_token,
            &movie,
            &show,
        ]);
        let seen = run_script(sim, script).await?;
        assert_eq!((&seen["username"], &seen["movie"]), (&json!(DEMO_USER), &json!(MOVIE)));
        assert_eq!(seen["found"], json!([movie]));
        for list in ["watched", "watchlist"] {
            assert!(seen[list].as_array().is_some_and(|all| all.contains(&json!(movie))), "{list}: {seen}");
        }
        assert_eq!((&seen["collected"], &seen["following"]), (&json!([show]), &json!([GUEST_USER])));
        assert!(seen["rated"].as_array().is_some_and(|ratings| ratings.contains(&json!(9))), "{seen}");
        assert_eq!(seen["comments"], json!(["A film for a long evening."]));
        assert_eq!(seen["list"], 5);
        for count in ["cast", "trending", "popular"] {
            assert!(seen[count].as_u64().is_some_and(|count| count > 0), "{count}: {seen}");
        }
        assert!(seen["seasons"].as_array().is_some_and(|seasons| seasons.contains(&json!(1))), "{seen}");
        assert_eq!(plays(sim).len(), before + 2, "one play from marking as seen, one from the scrobble");
        Ok(())
    })
}

fn trakt_tv(modules: PathBuf) -> Result<(), Failed> {
    with_sim(async |sim| {
        let before = plays(sim).len();
        let mut script = Command::new("node");
        script.env("NODE_PATH", modules).arg(format!("{SCRIPTS}/trakt_tv.js")).args([
            sim.url(),
            DEMO_CLIENT_ID,
            DEMO_CLIENT_SECRET,
            &MOVIE.to_string(),
            &SHOW.to_string(),
        ]);
        let seen = run_script(sim, script).await?;
        assert_eq!((&seen["user"], &seen["refreshed"]), (&json!(DEMO_USER), &json!(true)));
        assert_eq!((&seen["added"], &seen["page"], &seen["pages"]), (&json!(1), &json!(51), &json!(2)));
        assert!(seen["rated"].as_array().is_some_and(|ratings| ratings.contains(&json!(8))), "{seen}");
        assert_eq!((&seen["watching"], &seen["list"]), (&json!("scrobble"), &json!("made-by-trakt-tv")));
        for count in ["found", "seasons", "chart"] {
            assert!(seen[count].as_u64().is_some_and(|count| count > 0), "{count}: {seen}");
        }
        assert_eq!(seen["calendar"], true);
        assert_eq!(plays(sim).len(), before + 1);
        Ok(())
    })
}

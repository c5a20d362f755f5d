//! `cargo xtask bench sync`: importing, following and sending, against the simulator with Trakt's limits enforced.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::Http;
use super::server::Server;
use super::{Figure, figure, millis, print, seconds};
use crate::{Failure, root, run};

const USER: &str = "demo";
const MOVIES: usize = 1_000;
const SHOWS: usize = 300;
const PLAYS: usize = 20_000;
const RATINGS: usize = 2_500;
const WATCHLIST: usize = 250;
/// Items in one page of a history, and in one write.
const PAGE: usize = 250;
const BATCH: usize = 100;
/// Plays that are made while Trakt is away.
const MARKS: usize = 2_000;

/// Measures, and prints a table.
pub(super) fn run() -> Result<(), Failure> {
    for package in ["kinometa", "trakt-sim"] {
        run::must(run::command("cargo", &["build", "--release", "--package", package], &root()))?;
    }
    let folder = tempfile::Builder::new().prefix("kinometa-bench-").tempdir().map_err(|e| e.to_string())?;
    let mut figures = Vec::new();
    measure(folder.path(), &mut figures)?;
    println!("\nMachine: {}\n", super::machine());
    print(&figures);
    Ok(())
}

fn measure(folder: &Path, figures: &mut Vec<Figure>) -> Result<(), Failure> {
    let mut trakt = Trakt::start()?;
    trakt.fill()?;
    let films = folder.join("films");
    std::fs::create_dir(&films).map_err(|error| error.to_string())?;
    let url = format!("http://{}", trakt.address);
    let server = Server::start_with(
        &folder.join("data"),
        &films,
        &["--trakt-api-url", &url, "--trakt-auth-url", &url],
    )?;
    let mut client = server.client()?;
    client.sign_up()?;
    connect(&mut client, &mut trakt)?;

    trakt.forget_requests()?;
    let started = Instant::now();
    let preview = client.get("/api/trakt/import")?;
    let calls = trakt.requests()?;
    println!("Preview: {} in {} ({} requests)", preview["counts"], millis(started.elapsed()), calls.len());

    trakt.forget_requests()?;
    let started = Instant::now();
    client.post("/api/trakt/import", &json!({ "import": true }))?;
    wait_until_followed(&mut client)?;
    let took = started.elapsed();
    let calls = trakt.requests()?;
    println!("Import: {}", summary(&calls));
    let memory = server.peak_memory_mib()?;
    // History and ratings in pages, the compact form of both kinds, and one page or less of everything else.
    let pages = (PLAYS.div_ceil(PAGE) + RATINGS.div_ceil(PAGE) + 20) as f64 * 1.1;
    figures.push(figure("First import", "5 s or less", seconds(took), took <= Duration::from_secs(5)));
    figures.push(figure(
        "First import, peak memory",
        "200 MB or less",
        format!("{memory} MB"),
        memory <= 200,
    ));
    let what = "First import, requests";
    figures.push(figure(what, "1.1 x pages", calls.len().to_string(), (calls.len() as f64) <= pages));

    let calls = sweep(&mut client, &mut trakt)?;
    figures.push(figure("Sweep, nothing changed, requests", "1", calls.len().to_string(), calls.len() == 1));
    trakt.watch_in_the_past()?;
    let calls = sweep(&mut client, &mut trakt)?;
    println!("Sweep after one backdated play: {}", summary(&calls));
    let what = "Sweep, one backdated play, requests";
    figures.push(figure(what, "6 or less", calls.len().to_string(), calls.len() <= 6));

    mark_while_away(&mut client, &mut trakt, figures)?;
    server.stop();
    Ok(())
}

/// Asks for a code and approves it.
fn connect(client: &mut Http, trakt: &mut Trakt) -> Result<(), Failure> {
    let application = json!({ "client_id": trakt.client_id, "client_secret": trakt.client_secret });
    client.put("/api/trakt/application", &application)?;
    let code = client.post("/api/trakt/connect", &json!({}))?;
    let code = code["user_code"].as_str().ok_or("Trakt gave no code")?.to_owned();
    trakt.http.post(&format!("/_sim/devices/{code}"), &json!({ "user": USER, "approve": true }))?;
    until("the account was not connected", || Ok(client.get("/api/trakt")?["username"].is_string()))
}

fn wait_until_followed(client: &mut Http) -> Result<(), Failure> {
    until("the import did not end", || {
        let sync = client.get("/api/trakt/sync")?;
        let categories = sync["categories"].as_array().cloned().unwrap_or_default();
        Ok(!categories.is_empty() && categories.iter().all(|category| category["state"] == "following"))
    })
}

/// The requests of one sweep.
fn sweep(client: &mut Http, trakt: &mut Trakt) -> Result<Vec<Value>, Failure> {
    let read_at = |sync: &Value| {
        sync["categories"].as_array().map(|all| all.iter().map(|c| c["next"].clone()).collect::<Vec<_>>())
    };
    let before = read_at(&client.get("/api/trakt/sync")?);
    trakt.forget_requests()?;
    client.post("/api/trakt/sync", &json!({}))?;
    until("the sweep did not end", || {
        let sync = client.get("/api/trakt/sync")?;
        Ok(read_at(&sync) != before && !trakt.requests()?.is_empty() && trakt.is_quiet()?)
    })?;
    trakt.requests()
}

/// Marks titles as watched while Trakt is away, and counts what sending that takes.
fn mark_while_away(client: &mut Http, trakt: &mut Trakt, figures: &mut Vec<Figure>) -> Result<(), Failure> {
    let titles = timeline_titles(client)?;
    let known = trakt.plays()?;
    // The edge blocks everything. Connections that are cut would leave the plays of a batch in doubt, and the minutes that
    // they are left alone for, and looked for twice, would be measured instead of the sending.
    trakt.http.post("/_sim/faults", &json!({ "kind": "edge_forbidden", "path": "*" }))?;
    for number in 0..MARKS {
        let title = titles[number % titles.len()];
        let (hour, minute) = (number / 60 % 24, number % 60);
        let at = format!("2016-{:02}-01T{hour:02}:{minute:02}:00Z", number / 1_440 + 1);
        client.post(&format!("/api/titles/{title}/watched"), &json!({ "watched_at": at }))?;
    }
    trakt.http.delete("/_sim/faults")?;
    trakt.forget_requests()?;
    let started = Instant::now();
    let first = client.get("/api/trakt/queue?limit=1")?["items"][0]["id"].clone();
    client.post(&format!("/api/trakt/queue/{first}/retry"), &json!({}))?;
    until("the queue did not become empty", || {
        Ok(client.get("/api/trakt")?["queue"]["pending"].as_u64() == Some(0))
    })?;
    let (took, sent) = (started.elapsed(), trakt.plays()?.saturating_sub(known));
    let calls = trakt.requests()?;
    let is_write = |call: &&Value| call["method"] == "POST" && call["path"] == "/sync/history";
    let writes = calls.iter().filter(is_write).count();
    println!("{MARKS} marks after an outage, {sent} plays: {}", summary(&calls));
    figures.push(figure("Plays sent after an outage", "2000", sent.to_string(), sent == MARKS));
    let kept = writes as f64 <= MARKS.div_ceil(BATCH) as f64 * 1.2;
    figures.push(figure("Writes for them", "1.2 x plays / 100", writes.to_string(), kept));
    // Trakt allows one write per second.
    let forced = Duration::from_secs(writes as u64);
    let measured = format!("{} of {}", seconds(took), seconds(forced));
    let kept = took <= forced.mul_f64(1.1).max(forced + Duration::from_secs(5));
    figures.push(figure("Time for them, of one write a second", "1.1 x", measured, kept));
    Ok(())
}

/// The titles of the newest plays.
fn timeline_titles(client: &mut Http) -> Result<Vec<i64>, Failure> {
    let page = client.get("/api/timeline?limit=500")?;
    let days = page["days"].as_array().cloned().unwrap_or_default();
    let plays = days.iter().filter_map(|day| day["plays"].as_array()).flatten();
    let mut titles: Vec<i64> = plays.filter_map(|play| play["title"]["id"].as_i64()).collect();
    titles.sort_unstable();
    titles.dedup();
    if titles.is_empty() { Err("the timeline is empty".to_owned()) } else { Ok(titles) }
}

fn until(otherwise: &str, mut done: impl FnMut() -> Result<bool, Failure>) -> Result<(), Failure> {
    let started = Instant::now();
    while !done()? {
        if started.elapsed() > Duration::from_secs(600) {
            return Err(format!("{otherwise} within ten minutes"));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// How often each path was asked for.
fn summary(calls: &[Value]) -> String {
    let mut paths = std::collections::BTreeMap::new();
    for call in calls {
        let path =
            format!("{} {}", call["method"].as_str().unwrap_or(""), call["path"].as_str().unwrap_or(""));
        *paths.entry(path).or_insert(0) += 1;
    }
    let each: Vec<_> = paths.iter().map(|(path, count)| format!("{path} x{count}")).collect();
    format!("{} requests: {}", calls.len(), each.join(", "))
}

/// The simulator in its own process.
struct Trakt {
    child: Child,
    address: String,
    client_id: String,
    client_secret: String,
    http: Http,
}

impl Trakt {
    fn start() -> Result<Self, Failure> {
        let mut child = Command::new(root().join("target/release/trakt-sim"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args([
                "--movies",
                &MOVIES.to_string(),
                "--shows",
                &SHOWS.to_string(),
                "--history",
                &PLAYS.to_string(),
            ])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the simulator cannot be started: {error}"))?;
        let output = child.stdout.take().ok_or("the simulator has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let mut after =
            |mark: &str| lines.find_map(|line| line.split_once(mark).map(|(_, rest)| rest.trim().to_owned()));
        let url = after("simulated at http://").unwrap_or_default();
        let address = url.split([' ', '/']).next().unwrap_or_default().to_owned();
        let client_id = after("client id").unwrap_or_default();
        let client_secret = after("client secret").ok_or("the simulator did not start")?;
        let http = Http::connect(&address)?;
        Ok(Self { child, address, client_id, client_secret, http })
    }

    /// Ratings and a watchlist to go with the plays.
    fn fill(&mut self) -> Result<(), Failure> {
        let mut movies = Vec::new();
        let mut episodes = Vec::new();
        for page in 1.. {
            if movies.len() + episodes.len() >= RATINGS {
                break;
            }
            let path = format!("/_sim/as/{USER}/sync/history?limit={PAGE}&page={page}");
            let plays = self.http.get(&path)?;
            let Some(plays) = plays.as_array().filter(|plays| !plays.is_empty()) else { break };
            for play in plays {
                let (ids, list) = match play["type"].as_str() {
                    Some("movie") => (&play["movie"]["ids"]["trakt"], &mut movies),
                    _ => (&play["episode"]["ids"]["trakt"], &mut episodes),
                };
                if !list.contains(ids) {
                    list.push(ids.clone());
                }
            }
        }
        let rated = |ids: &[Value]| -> Vec<Value> {
            ids.iter()
                .enumerate()
                .map(|(n, id)| json!({ "ids": { "trakt": id }, "rating": n % 10 + 1 }))
                .collect()
        };
        let ratings = json!({ "movies": rated(&movies), "episodes": rated(&episodes) });
        self.http.post(&format!("/_sim/as/{USER}/sync/ratings"), &ratings)?;
        let wanted: Vec<Value> =
            movies.iter().take(WATCHLIST).map(|id| json!({ "ids": { "trakt": id } })).collect();
        self.http.post(&format!("/_sim/as/{USER}/sync/watchlist"), &json!({ "movies": wanted })).map(|_| ())
    }

    fn requests(&mut self) -> Result<Vec<Value>, Failure> {
        let all = self.http.get("/_sim/requests")?;
        let outside = |call: &&Value| !call["path"].as_str().unwrap_or_default().starts_with("/_sim");
        Ok(all.as_array().into_iter().flatten().filter(outside).cloned().collect())
    }

    fn forget_requests(&mut self) -> Result<(), Failure> {
        self.http.delete("/_sim/requests")
    }

    /// Whether nothing is asked for half a second.
    fn is_quiet(&mut self) -> Result<bool, Failure> {
        let before = self.requests()?.len();
        thread::sleep(Duration::from_millis(500));
        Ok(self.requests()?.len() == before)
    }

    fn plays(&mut self) -> Result<usize, Failure> {
        let user = self.http.get(&format!("/_sim/users/{USER}"))?;
        Ok(user["plays"].as_u64().unwrap_or(0) as usize)
    }

    fn watch_in_the_past(&mut self) -> Result<(), Failure> {
        let page = self.http.get(&format!("/_sim/as/{USER}/sync/history/movies?limit=1"))?;
        let play = json!({ "movies": [{ "ids": page[0]["movie"]["ids"], "watched_at": "2015-05-05T20:00:00.000Z" }] });
        self.http.post(&format!("/_sim/as/{USER}/sync/history"), &play).map(|_| ())
    }
}

impl Drop for Trakt {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

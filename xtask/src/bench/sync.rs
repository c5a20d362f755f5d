//! `cargo xtask bench sync`: measures importing, following and sending against the Trakt simulator, which enforces
//! Trakt's rate limits.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::Http;
use super::server::Server;
use super::trakt::{PAGE, PLAYS, RATINGS, Trakt, USER};
use super::{Figure, figure, millis, print, seconds};
use crate::{Failure, root, run};

/// The number of plays in one write request.
const BATCH: usize = 100;
/// The number of plays that are created while Trakt is unavailable.
const OFFLINE_PLAYS: usize = 2_000;
/// A second user, whose Trakt account is empty.
const SECOND_USER: &str = "guest";
/// The number of plays that the second user has here before connecting.
const EARLIER_PLAYS: usize = 5_000;
/// The maximum number of titles that the second user marks as watched in one request.
const MARKED: usize = 10_000;

/// The age from which a change on Trakt only has to be read once.
const SETTLED: Duration = Duration::from_secs(11);

/// Runs the measurements and prints a table.
pub(super) fn run() -> Result<(), Failure> {
    super::server::build()?;
    run::must(run::command("cargo", &["build", "--release", "--package", "trakt-sim"], &root()))?;
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
    // Changes of the last seconds are read twice, because several changes can have the same second. In normal use,
    // changes are older.
    thread::sleep(SETTLED);
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
    let application = json!({ "client_id": trakt.client_id, "client_secret": trakt.client_secret });
    client.put("/api/trakt/application", &application)?;
    connect(&mut client, &mut trakt, USER)?;

    trakt.clear_requests()?;
    let started = Instant::now();
    let preview = client.get("/api/trakt/import")?;
    let calls = trakt.requests()?;
    println!("Preview: {} in {} ({} requests)", preview["counts"], millis(started.elapsed()), calls.len());

    trakt.clear_requests()?;
    let started = Instant::now();
    client.post("/api/trakt/import", &json!({ "import": true }))?;
    wait_until_followed(&mut client)?;
    let took = started.elapsed();
    let calls = trakt.requests()?;
    println!("Import: {}", summary(&calls));
    let memory = server.peak_memory_mib()?;
    // History and ratings are read in pages, the compact history for movies and shows, and everything else fits on
    // one page.
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
    println!("Sweep, nothing changed: {}", summary(&calls));
    figures.push(figure("Sweep, nothing changed, requests", "1", calls.len().to_string(), calls.len() == 1));
    trakt.watch_in_the_past()?;
    let calls = sweep(&mut client, &mut trakt)?;
    println!("Sweep after one backdated play: {}", summary(&calls));
    let what = "Sweep, one backdated play, requests";
    figures.push(figure(what, "6 or less", calls.len().to_string(), calls.len() <= 6));

    mark_while_unavailable(&mut client, &mut trakt, figures)?;
    connect_second_user(&mut client, &server, &mut trakt, figures)?;
    server.stop();
    Ok(())
}

/// Connects the account: requests a code and approves it.
fn connect(client: &mut Http, trakt: &mut Trakt, user: &str) -> Result<(), Failure> {
    let code = client.post("/api/trakt/connect", &json!({}))?;
    let code = code["user_code"].as_str().ok_or("Trakt gave no code")?.to_owned();
    trakt.http.post(&format!("/_sim/devices/{code}"), &json!({ "user": user, "approve": true }))?;
    until("the account was not connected", || Ok(client.get("/api/trakt")?["username"].is_string()))
}

fn wait_until_followed(client: &mut Http) -> Result<(), Failure> {
    until("the import did not end", || {
        let sync = client.get("/api/trakt/sync")?;
        let categories = sync["categories"].as_array().cloned().unwrap_or_default();
        Ok(!categories.is_empty() && categories.iter().all(|category| category["state"] == "following"))
    })
}

/// Runs a sweep and returns its requests.
fn sweep(client: &mut Http, trakt: &mut Trakt) -> Result<Vec<Value>, Failure> {
    let read_at = |sync: &Value| {
        sync["categories"].as_array().map(|all| all.iter().map(|c| c["next"].clone()).collect::<Vec<_>>())
    };
    let before = read_at(&client.get("/api/trakt/sync")?);
    trakt.clear_requests()?;
    client.post("/api/trakt/sync", &json!({}))?;
    until("the sweep did not end", || {
        let sync = client.get("/api/trakt/sync")?;
        Ok(read_at(&sync) != before && !trakt.requests()?.is_empty() && trakt.is_quiet()?)
    })?;
    trakt.requests()
}

/// Marks titles as watched while Trakt is unavailable, and measures sending the plays afterwards.
fn mark_while_unavailable(
    client: &mut Http,
    trakt: &mut Trakt,
    figures: &mut Vec<Figure>,
) -> Result<(), Failure> {
    let titles = timeline_titles(client)?;
    let known = trakt.plays()?;
    // The simulated edge rejects all requests. With interrupted connections, the outcome of a batch would be
    // unknown, and the minutes until Kinometa has looked it up twice would be measured instead of the time for
    // sending.
    trakt.http.post("/_sim/faults", &json!({ "kind": "edge_forbidden", "path": "*" }))?;
    for number in 0..OFFLINE_PLAYS {
        let title = titles[number % titles.len()];
        let (hour, minute) = (number / 60 % 24, number % 60);
        let at = format!("2016-{:02}-01T{hour:02}:{minute:02}:00Z", number / 1_440 + 1);
        client.post(&format!("/api/titles/{title}/watched"), &json!({ "watched_at": at }))?;
    }
    trakt.http.delete("/_sim/faults")?;
    trakt.clear_requests()?;
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
    println!("{OFFLINE_PLAYS} marks after an outage, {sent} plays: {}", summary(&calls));
    figures.push(figure("Plays sent after an outage", "2000", sent.to_string(), sent == OFFLINE_PLAYS));
    let kept = writes as f64 <= OFFLINE_PLAYS.div_ceil(BATCH) as f64 * 1.2;
    figures.push(figure("Writes for them", "1.2 x plays / 100", writes.to_string(), kept));
    // Trakt allows one write request per second.
    let forced = Duration::from_secs(writes as u64);
    let measured = format!("{} of {}", seconds(took), seconds(forced));
    let kept = took <= forced.mul_f64(1.1).max(forced + Duration::from_secs(5));
    figures.push(figure("Time for them at one write per second", "1.1 x", measured, kept));
    Ok(())
}

/// A user with many plays here connects an empty account, then marks thousands of titles as watched.
fn connect_second_user(
    first: &mut Http,
    server: &Server,
    trakt: &mut Trakt,
    figures: &mut Vec<Figure>,
) -> Result<(), Failure> {
    let user = json!({ "username": SECOND_USER, "password": "a long enough one" });
    first.post("/api/users", &user)?;
    let mut client = server.client()?;
    client.post("/api/session", &user)?;
    let titles = every_title(first)?;
    let (watched, episodes) = titles.split_at(titles.len().min(100));
    for number in 0..EARLIER_PLAYS {
        let (day, hour) = (number / 24 % 28 + 1, number % 24);
        let at = format!("{}-{:02}-{day:02}T{hour:02}:00:00Z", 2000 + number / 8_064, number / 672 % 12 + 1);
        let title = watched[number % watched.len()];
        client.post(&format!("/api/titles/{title}/watched"), &json!({ "watched_at": at }))?;
    }
    trakt.clear_requests()?;
    connect(&mut client, trakt, SECOND_USER)?;
    client.post("/api/trakt/import", &json!({ "import": true }))?;
    wait_until_followed(&mut client)?;
    let writes = writes_until_sent(&mut client, trakt)?;
    let kept = writes as f64 <= EARLIER_PLAYS.div_ceil(BATCH) as f64 * 1.2;
    figures.push(figure(
        "First connection with 5,000 plays here, writes",
        "1.2 x plays / 100",
        writes.to_string(),
        kept,
    ));

    trakt.clear_requests()?;
    let some = &episodes[..episodes.len().min(MARKED)];
    let marked = client.post("/api/plays/mark", &json!({ "title_ids": some }))?;
    let count = marked["play_ids"].as_array().map_or(0, Vec::len);
    let writes = writes_until_sent(&mut client, trakt)?;
    let measured = format!("{writes} for {count}");
    let kept = count > 0 && writes <= count.div_ceil(BATCH);
    figures.push(figure("Marking up to 10,000 titles at once, writes", "titles / 100", measured, kept));
    Ok(())
}

/// Waits until the queue is empty, and returns the number of requests that added plays.
fn writes_until_sent(client: &mut Http, trakt: &mut Trakt) -> Result<usize, Failure> {
    until("the queue did not become empty", || {
        Ok(client.get("/api/trakt")?["queue"]["pending"].as_u64() == Some(0))
    })?;
    let is_write = |call: &&Value| call["method"] == "POST" && call["path"] == "/sync/history";
    Ok(trakt.requests()?.iter().filter(is_write).count())
}

/// Returns the distinct titles of all plays.
fn every_title(client: &mut Http) -> Result<Vec<i64>, Failure> {
    let mut titles = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut path = "/api/timeline?limit=500".to_owned();
    loop {
        let page = client.get(&path)?;
        let days = page["days"].as_array().cloned().unwrap_or_default();
        let plays = days.iter().filter_map(|day| day["plays"].as_array()).flatten();
        titles.extend(plays.filter_map(|play| play["title"]["id"].as_i64()).filter(|id| seen.insert(*id)));
        match page["next_before"].as_str() {
            Some(next) => path = format!("/api/timeline?limit=500&before={next}"),
            None => break,
        }
    }
    if titles.is_empty() { Err("the timeline is empty".to_owned()) } else { Ok(titles) }
}

/// Returns the distinct titles of the newest plays.
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

/// Describes how many requests were sent to each path.
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

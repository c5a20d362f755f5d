//! `cargo xtask bench`: measures the shipped server (the `dist` profile) with a library of small films, and
//! compares the results with the promised figures.

mod build;
mod collections;
mod films;
mod http;
mod load;
mod plex;
mod server;
mod sync;
mod trakt;
mod web;

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Failure;
use http::Http;
use server::Server;

/// The number of concurrent connections while the library page is measured.
const IN_FLIGHT: usize = 50;
const REQUESTS_EACH: usize = 2_000;
/// The number of titles on a page, as in the web interface.
const PAGE: usize = 100;
const SORTS: [&str; 5] = ["name", "added", "year", "rating", "runtime"];

/// A row of the printed table.
struct Figure {
    what: &'static str,
    promised: &'static str,
    measured: String,
    kept: bool,
}

/// Runs the measurements and prints a table.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let count = match arguments {
        [] => 10_000,
        [what] if what == "build" => return build::run(),
        [what] if what == "collections" => return collections::run(),
        [what] if what == "plex" => return plex::run(),
        [what] if what == "sync" => return sync::run(),
        [what] if what == "web" => return web::run(),
        [flag, number] if flag == "--files" => {
            number.parse().map_err(|_| format!("{number:?} is not a number"))?
        }
        _ => {
            return Err(
                "usage: cargo xtask bench [--files N | build | collections | plex | sync | web]".to_owned()
            );
        }
    };
    crate::tools::ensure(&[crate::tools::FFMPEG])?;
    server::build()?;
    let folder =
        tempfile::Builder::new().prefix("kinometa-bench-").tempdir().map_err(|error| error.to_string())?;
    let films = folder.path().join("films");
    println!("\nMaking {count} films …");
    films::make(&films, 0..count)?;
    let figures = measure(folder.path(), &films, count)?;
    println!("\nMachine: {}\nLibrary: {count} films\n", machine());
    print(&figures);
    Ok(())
}

fn measure(folder: &std::path::Path, films: &std::path::Path, count: usize) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    let data = folder.join("data");
    let server = Server::start(&data, films)?;
    let mut client = server.client()?;
    client.sign_up()?;
    let first = wait_for_scan(&mut client, count, Instant::now())?;
    figures.push(figure("First scan", "15 s or less", seconds(first), first <= Duration::from_secs(15)));

    let rescan = rescan(&mut client)?;
    figures.push(figure(
        "Rescan, nothing changed",
        "1 s or less",
        seconds(rescan),
        rescan <= Duration::from_secs(1),
    ));

    let p99 = library_pages(&server, &client, count)?;
    let what = "Library page of 100, 50 in flight, p99";
    figures.push(figure(what, "10 ms or less", millis(p99), p99 <= Duration::from_millis(10)));

    let direct = direct_play(&mut client)?;
    figures.push(within("Direct play, first byte", "200 ms or less", direct, 200));

    let load = load::measure(&server, &client, films, count)?;
    figures.push(within("Timeline page with 100,000 plays, p99", "50 ms or less", load.timeline_p99, 50));
    figures.push(within("Statistics with 100,000 plays, p99", "50 ms or less", load.statistics_p99, 50));
    figures.push(within("Statistics after a new play", "500 ms or less", load.statistics_after_play, 500));
    figures.push(within("Any page, 200 streams, 50 players, p99", "100 ms or less", load.p99, 100));
    figures.push(within("The slowest of them", "500 ms or less", load.slowest, 500));
    figures.push(within("Any page while 1,000 films arrive, p99", "100 ms or less", load.arrival_p99, 100));
    figures.push(within("The slowest of them", "500 ms or less", load.arrival_slowest, 500));
    figures.push(figure(
        "Memory for adding them",
        "64 MB or less",
        format!("{} MB", load.arrival_memory),
        load.arrival_memory <= 64,
    ));

    server.stop();
    let server = Server::start(&data, films)?;
    let cold = server.first_byte_after;
    figures.push(within("Cold start to first byte", "300 ms or less", cold, 300));
    // Wait until the initial scan has ended and its memory has been returned to the system.
    thread::sleep(Duration::from_secs(20));
    let memory = server.memory_mib()?;
    figures.push(figure("Idle memory", "80 MB or less", format!("{memory} MB"), memory <= 80));
    server.stop();
    Ok(figures)
}

fn figure(what: &'static str, promised: &'static str, measured: String, kept: bool) -> Figure {
    Figure { what, promised, measured, kept }
}

/// A figure with a maximum time in milliseconds.
fn within(what: &'static str, promised: &'static str, measured: Duration, max_ms: u64) -> Figure {
    figure(what, promised, millis(measured), measured <= Duration::from_millis(max_ms))
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

/// Waits until all scans have ended and the library contains `count` files.
fn wait_for_scan(client: &mut Http, count: usize, since: Instant) -> Result<Duration, Failure> {
    let limit = Duration::from_secs(600);
    while since.elapsed() < limit {
        let libraries = client.get("/api/libraries")?;
        let known = libraries[0]["file_count"].as_u64().unwrap_or(0) as usize;
        if known >= count && scans_are_over(&client.get("/api/scans")?) {
            return Ok(since.elapsed());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err("the first scan did not end within ten minutes".to_owned())
}

fn scans_are_over(scans: &Value) -> bool {
    let over = |scan: &Value| matches!(scan["phase"].as_str(), Some("done" | "matching" | "stopped"));
    scans.as_array().is_some_and(|scans| !scans.is_empty() && scans.iter().all(over))
}

fn rescan(client: &mut Http) -> Result<Duration, Failure> {
    let id = client.get("/api/libraries")?[0]["id"].clone();
    let before = client.get("/api/scans")?[0]["started_at"].clone();
    let started = Instant::now();
    client.post(&format!("/api/libraries/{id}/scan"), &json!({}))?;
    loop {
        let scans = client.get("/api/scans")?;
        if scans[0]["started_at"] != before && scans_are_over(&scans) {
            return Ok(started.elapsed());
        }
        if started.elapsed() > Duration::from_secs(120) {
            return Err("the rescan did not end within two minutes".to_owned());
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Measures the 99th percentile of the time for a library page, with [`IN_FLIGHT`] concurrent connections.
fn library_pages(server: &Server, client: &Http, count: usize) -> Result<Duration, Failure> {
    let workers: Vec<_> = (0..IN_FLIGHT)
        .map(|worker| {
            let mut connection = server.client()?;
            connection.cookie.clone_from(&client.cookie);
            Ok(thread::spawn(move || pages(&mut connection, worker, count)))
        })
        .collect::<Result<_, Failure>>()?;
    let mut times = Vec::new();
    for worker in workers {
        times.extend(worker.join().map_err(|_| "a worker panicked")??);
    }
    times.sort();
    times.get(times.len() * 99 / 100).copied().ok_or_else(|| "no request was answered".to_owned())
}

fn pages(connection: &mut Http, worker: usize, count: usize) -> Result<Vec<Duration>, Failure> {
    (0..REQUESTS_EACH)
        .map(|round| {
            // Offsets and sort orders vary, so that few requests are repeated.
            let nth = worker * REQUESTS_EACH + round;
            let (offset, sort) = (nth * 7_919 % count.saturating_sub(PAGE).max(1), SORTS[nth % SORTS.len()]);
            let started = Instant::now();
            connection.fetch(&format!("/api/titles?kind=movie&sort={sort}&limit={PAGE}&offset={offset}"))?;
            Ok(started.elapsed())
        })
        .collect()
}

/// Measures the time from requesting a playback session to the first byte of the film.
fn direct_play(client: &mut Http) -> Result<Duration, Failure> {
    let page = client.get("/api/titles?kind=movie&limit=1")?;
    let body = json!({
        "title_id": page["items"][0]["id"],
        "private": true,
        "capabilities": { "containers": ["mp4", "mkv", "webm"], "video": ["h264"], "audio": ["aac"], "hls": true },
    });
    let started = Instant::now();
    let playback = client.post("/api/playback", &body)?;
    let url = playback["url"].as_str().ok_or("the film is not played directly")?.to_owned();
    client.first_byte(&url)?;
    Ok(started.elapsed())
}

fn print(figures: &[Figure]) {
    println!("| {:<40} | {:<14} | {:>10} | |", "Figure", "Promised", "Measured");
    println!("|{:-<42}|{:-<16}|{:->12}|---|", "", "", ":");
    for Figure { what, promised, measured, kept } in figures {
        println!(
            "| {what:<40} | {promised:<14} | {measured:>10} | {} |",
            if *kept { "kept" } else { "MISSED" }
        );
    }
}

fn machine() -> String {
    let text = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let memory: u64 = field(&text("/proc/meminfo"), "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0);
    let processor = field(&text("/proc/cpuinfo"), "model name");
    let system = text("/proc/sys/kernel/osrelease");
    let load = text("/proc/loadavg");
    let load = load.split_whitespace().next().unwrap_or("unknown");
    format!(
        "{processor}, {cores} cores, {} GB, Linux {}, load average {load}",
        memory / 1_000_000,
        system.trim()
    )
}

//! Measures the server under a load beyond that of a household: a user with many plays, many open pages, many
//! players.

use std::fs;
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::films;
use super::http::Http;
use super::server::Server;
use crate::Failure;

const PLAYS: usize = 100_000;
const STATISTICS: &str = "/api/statistics?tz=Europe/Amsterdam";
const STREAMS: usize = 200;
const PLAYERS: usize = 50;
/// The number of films that are added while pages are read: the most that one step of a scan or of matching writes.
const ARRIVING: usize = 1_000;
/// The number of connections that create the plays by marking titles as watched.
const MARKING: usize = 16;
/// The number of connections that read pages.
const BROWSERS: usize = 4;
/// How long pages are read for one measurement.
const MEASURING_TIME: Duration = Duration::from_secs(30);
/// The pause between two reports of a player. Real players report every ten seconds.
const REPORT_EVERY: Duration = Duration::from_millis(500);
/// The pause between two pages of a connection, shorter than that of any user.
const BROWSE_EVERY: Duration = Duration::from_millis(20);

/// The results of the measurement.
pub(super) struct Load {
    /// The 99th percentile of all pages.
    pub(super) p99: Duration,
    /// The slowest page.
    pub(super) slowest: Duration,
    /// The 99th percentile of timeline pages.
    pub(super) timeline_p99: Duration,
    /// The 99th percentile of the statistics.
    pub(super) statistics_p99: Duration,
    /// The time for the statistics directly after a play was added.
    pub(super) statistics_after_play: Duration,
    /// The 99th percentile of all pages while many films are added.
    pub(super) arrival_p99: Duration,
    /// The slowest page while many films are added.
    pub(super) arrival_slowest: Duration,
    /// The peak increase of the server's memory while many films are added, in MiB.
    pub(super) arrival_memory: u64,
}

/// Creates the plays, and measures pages while event streams are open and players report: first with an unchanged
/// library, then while many films are added. The folder `films` contains `count` films.
pub(super) fn measure(server: &Server, client: &Http, films: &Path, count: usize) -> Result<Load, Failure> {
    let titles = titles(server, client)?;
    // Generated before anything is measured, because encoding uses the processor.
    let later = &films.with_extension("later");
    films::make(later, count..count + ARRIVING)?;
    println!("Making {PLAYS} plays …");
    parallel(MARKING, |worker| mark(&mut connect(server, client)?, &titles, worker))?;
    let streams = (0..STREAMS).map(|_| stream(server, client)).collect::<Result<Vec<_>, Failure>>()?;
    let stop = AtomicBool::new(false);
    let (mut times, mut arriving, memory) = thread::scope(|scope| {
        let (stop, titles) = (&stop, &titles);
        scope.spawn(move || drain(&streams, stop));
        let players: Vec<_> = (0..PLAYERS)
            .map(|player| {
                scope.spawn(move || play(&mut connect(server, client)?, titles[player % titles.len()], stop))
            })
            .collect();
        let pages = || parallel(BROWSERS, |worker| browse(&mut connect(server, client)?, titles, worker));
        let measured = pages().and_then(|times| {
            let before = server.memory_mib()?;
            server.reset_peak_memory()?;
            let arrival = scope.spawn(move || arrive(&mut connect(server, client)?, films, later));
            let arriving = pages()?;
            arrival.join().map_err(|_| "adding films panicked")??;
            Ok((times, arriving, server.peak_memory_mib()?.saturating_sub(before)))
        });
        stop.store(true, Ordering::SeqCst);
        for player in players {
            player.join().map_err(|_| "a player panicked")??;
        }
        measured
    })?;
    times.sort_by_key(|(_, time)| *time);
    arriving.sort_by_key(|(_, time)| *time);
    let of = |page| times.iter().filter(|(other, _)| *other == page).copied().collect::<Vec<_>>();
    let slowest_of =
        |times: &[(Page, Duration)]| times.last().map(|(_, time)| *time).ok_or("no page was answered");
    Ok(Load {
        p99: percentile_99(&times)?,
        slowest: slowest_of(&times)?,
        timeline_p99: percentile_99(&of(Page::Timeline))?,
        statistics_p99: percentile_99(&of(Page::Statistics))?,
        statistics_after_play: statistics_after_play(&mut connect(server, client)?, titles[0])?,
        arrival_p99: percentile_99(&arriving)?,
        arrival_slowest: slowest_of(&arriving)?,
        arrival_memory: memory,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Timeline,
    Statistics,
    Other,
}

fn percentile_99(sorted: &[(Page, Duration)]) -> Result<Duration, Failure> {
    sorted
        .get(sorted.len() * 99 / 100)
        .map(|(_, time)| *time)
        .ok_or_else(|| "no page was answered".to_owned())
}

fn connect(server: &Server, client: &Http) -> Result<Http, Failure> {
    let mut connection = server.client()?;
    connection.cookie.clone_from(&client.cookie);
    Ok(connection)
}

/// Measures the statistics after a play was added, so that they have to be computed again.
fn statistics_after_play(connection: &mut Http, title: i64) -> Result<Duration, Failure> {
    connection.post(&format!("/api/titles/{title}/watched"), &json!({}))?;
    let started = Instant::now();
    connection.fetch(STATISTICS)?;
    Ok(started.elapsed())
}

/// Moves the films of `later` into the library and starts a scan.
fn arrive(connection: &mut Http, films: &Path, later: &Path) -> Result<(), Failure> {
    fs::rename(later, films.join("Later")).map_err(|error| format!("{}: {error}", later.display()))?;
    let library = connection.get("/api/libraries")?[0]["id"].clone();
    // This fails if a scan is already running, because the folder is watched. That scan also adds the films.
    let _ = connection.post(&format!("/api/libraries/{library}/scan"), &json!({}));
    Ok(())
}

/// Runs `work` in several threads and returns all their results.
fn parallel<T: Send>(
    workers: usize,
    work: impl Fn(usize) -> Result<Vec<T>, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        let mut all = Vec::new();
        for worker in running {
            all.extend(worker.join().map_err(|_| "a worker panicked")??);
        }
        Ok(all)
    })
}

fn titles(server: &Server, client: &Http) -> Result<Vec<i64>, Failure> {
    let page = connect(server, client)?.get("/api/titles?kind=movie&limit=200")?;
    let ids = page["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_i64());
    Ok(ids.collect())
}

fn mark(connection: &mut Http, titles: &[i64], worker: usize) -> Result<Vec<()>, Failure> {
    for number in (worker..PLAYS).step_by(MARKING) {
        let title = titles[number % titles.len()];
        // Forty plays a day, over about seven years.
        let (day, minute) = (number / 40, number % 40 * 30);
        let (year, month, date) = (2018 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
        let at = format!("{year}-{month:02}-{date:02}T{:02}:{:02}:00Z", minute / 60, minute % 60);
        connection.post(&format!("/api/titles/{title}/watched"), &json!({ "watched_at": at }))?;
    }
    Ok(Vec::new())
}

/// Opens an event stream with a non-blocking socket.
fn stream(server: &Server, client: &Http) -> Result<TcpStream, Failure> {
    let stream = connect(server, client)?.open("/api/events")?;
    stream.set_nonblocking(true).map_err(|error| error.to_string())?;
    Ok(stream)
}

/// Reads the event streams, as browsers do.
fn drain(streams: &[TcpStream], stop: &AtomicBool) {
    let mut bytes = [0; 4096];
    while !stop.load(Ordering::SeqCst) {
        for mut stream in streams {
            while stream.read(&mut bytes).is_ok_and(|read| read > 0) {}
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Simulates a player that reports its position and sometimes pauses. Playback is private, so that nothing is
/// queued for Trakt.
fn play(connection: &mut Http, title: i64, stop: &AtomicBool) -> Result<(), Failure> {
    let body = json!({
        "title_id": title,
        "private": true,
        "capabilities": { "containers": ["mp4", "mkv", "webm"], "video": ["h264"], "audio": ["aac"], "hls": true },
    });
    let playback = connection.post("/api/playback", &body)?;
    let address = format!("/api/playback/{}/events", playback["id"].as_str().ok_or("a playback has no id")?);
    for seq in 1_i64.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let event = match seq % 10 {
            1 => "play",
            0 => "pause",
            _ => "progress",
        };
        connection.post(&address, &json!({ "event": event, "position_ms": seq % 1_500, "seq": seq }))?;
        thread::sleep(REPORT_EVERY);
    }
    Ok(())
}

fn browse(connection: &mut Http, titles: &[i64], worker: usize) -> Result<Vec<(Page, Duration)>, Failure> {
    let (mut times, since) = (Vec::new(), Instant::now());
    let mut before = Value::Null;
    for round in 0.. {
        if since.elapsed() > MEASURING_TIME {
            break;
        }
        let title = titles[(round * 7 + worker) % titles.len()];
        let started = Instant::now();
        let page = match round % 6 {
            0 => {
                let query = before.as_str().map(|query| format!("&before={query}")).unwrap_or_default();
                let page = connection.get(&format!("/api/timeline?limit=100{query}"))?;
                before = page["next_before"].clone();
                Page::Timeline
            }
            1 => {
                connection.fetch(STATISTICS)?;
                Page::Statistics
            }
            other => {
                connection.fetch(&match other {
                    2 => "/api/home".to_owned(),
                    3 => format!("/api/titles?kind=movie&limit=100&offset={}", round * 37 % 5_000),
                    4 => format!("/api/titles/{title}"),
                    _ => "/api/search?q=silent".to_owned(),
                })?;
                Page::Other
            }
        };
        times.push((page, started.elapsed()));
        thread::sleep(BROWSE_EVERY);
    }
    Ok(times)
}

//! The server under a household's load and more: one person with many plays, many open pages, many players.

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
/// Films that are added while pages are read: as many as one step of a scan or of matching writes at most.
const ARRIVING: usize = 1_000;
/// Connections that mark titles as watched while the plays are made.
const MARKING: usize = 16;
/// Connections that browse.
const BROWSERS: usize = 4;
const LASTING: Duration = Duration::from_secs(30);
/// Pause between two reports of a player: more often than real ones, which report every ten seconds.
const REPORT_EVERY: Duration = Duration::from_millis(500);
/// Pause between two pages of a browser, which is quicker than a person.
const BROWSE_EVERY: Duration = Duration::from_millis(20);

/// What was measured.
pub(super) struct Load {
    /// 99th percentile over all pages.
    pub(super) p99: Duration,
    /// The slowest page.
    pub(super) slowest: Duration,
    /// 99th percentile of a page of the timeline.
    pub(super) timeline_p99: Duration,
    /// 99th percentile of the statistics.
    pub(super) statistics_p99: Duration,
    /// The statistics right after a play was added.
    pub(super) statistics_after_play: Duration,
    /// 99th percentile over all pages while many films arrive.
    pub(super) arrival_p99: Duration,
    /// The slowest page meanwhile.
    pub(super) arrival_slowest: Duration,
    /// By how much the server's memory rose at most meanwhile, in MiB.
    pub(super) arrival_memory: u64,
}

/// Makes the plays and measures pages while streams are open and players report: in a library that stays as it is, then in
/// one to which many films are added. `films` holds `count` of them.
pub(super) fn measure(server: &Server, client: &Http, films: &Path, count: usize) -> Result<Load, Failure> {
    let titles = titles(server, client)?;
    // Made before anything is measured, because encoding takes the cores.
    let later = &films.with_extension("later");
    films::make(later, count..count + ARRIVING)?;
    println!("Making {PLAYS} plays …");
    parallel(MARKING, |worker| mark(&mut connect(server, client)?, &titles, worker))?;
    let streams = (0..STREAMS).map(|_| stream(server, client)).collect::<Result<Vec<_>, Failure>>()?;
    let over = AtomicBool::new(false);
    let (mut times, mut arriving, memory) = thread::scope(|scope| {
        let (over, titles) = (&over, &titles);
        scope.spawn(move || drain(&streams, over));
        let players: Vec<_> = (0..PLAYERS)
            .map(|player| {
                scope.spawn(move || play(&mut connect(server, client)?, titles[player % titles.len()], over))
            })
            .collect();
        let pages = || parallel(BROWSERS, |worker| browse(&mut connect(server, client)?, titles, worker));
        let measured = pages().and_then(|times| {
            let before = server.memory_mib()?;
            server.forget_peak_memory()?;
            let arrival = scope.spawn(move || arrive(&mut connect(server, client)?, films, later));
            let arriving = pages()?;
            arrival.join().map_err(|_| "adding films panicked")??;
            Ok((times, arriving, server.peak_memory_mib()?.saturating_sub(before)))
        });
        over.store(true, Ordering::SeqCst);
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

/// How long the statistics take when they have to be added up again.
fn statistics_after_play(connection: &mut Http, title: i64) -> Result<Duration, Failure> {
    connection.post(&format!("/api/titles/{title}/watched"), &json!({}))?;
    let started = Instant::now();
    connection.fetch(STATISTICS)?;
    Ok(started.elapsed())
}

/// Moves the films of `later` into the library and has it scanned.
fn arrive(connection: &mut Http, films: &Path, later: &Path) -> Result<(), Failure> {
    fs::rename(later, films.join("Later")).map_err(|error| format!("{}: {error}", later.display()))?;
    let library = connection.get("/api/libraries")?[0]["id"].clone();
    // The folder is watched: a scan that runs already takes the films, too.
    let _ = connection.post(&format!("/api/libraries/{library}/scan"), &json!({}));
    Ok(())
}

/// What several workers return, one after the other.
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
        // About forty plays a day, over seven years.
        let (day, minute) = (number / 40, number % 40 * 30);
        let (year, month, date) = (2018 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
        let at = format!("{year}-{month:02}-{date:02}T{:02}:{:02}:00Z", minute / 60, minute % 60);
        connection.post(&format!("/api/titles/{title}/watched"), &json!({ "watched_at": at }))?;
    }
    Ok(Vec::new())
}

/// An open event stream that does not block its reader.
fn stream(server: &Server, client: &Http) -> Result<TcpStream, Failure> {
    let stream = connect(server, client)?.open("/api/events")?;
    stream.set_nonblocking(true).map_err(|error| error.to_string())?;
    Ok(stream)
}

/// Reads what the streams say, as browsers do.
fn drain(streams: &[TcpStream], over: &AtomicBool) {
    let mut bytes = [0; 4096];
    while !over.load(Ordering::SeqCst) {
        for mut stream in streams {
            while stream.read(&mut bytes).is_ok_and(|read| read > 0) {}
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Plays in private, so that nothing waits for Trakt: reports where it is, and pauses now and then.
fn play(connection: &mut Http, title: i64, over: &AtomicBool) -> Result<(), Failure> {
    let body = json!({
        "title_id": title,
        "private": true,
        "capabilities": { "containers": ["mp4", "mkv", "webm"], "video": ["h264"], "audio": ["aac"], "hls": true },
    });
    let playback = connection.post("/api/playback", &body)?;
    let address = format!("/api/playback/{}/events", playback["id"].as_str().ok_or("a playback has no id")?);
    for seq in 1_i64.. {
        if over.load(Ordering::SeqCst) {
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
        if since.elapsed() > LASTING {
            break;
        }
        let title = titles[(round * 7 + worker) % titles.len()];
        let started = Instant::now();
        let page = match round % 6 {
            0 => {
                let place = before.as_str().map(|place| format!("&before={place}")).unwrap_or_default();
                let page = connection.get(&format!("/api/timeline?limit=100{place}"))?;
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

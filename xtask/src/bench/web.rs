//! `cargo xtask bench web`: measures the shipped web interface in headless Chromium.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::server::Server;
use super::{Figure, figure, films, print, wait_for_scan};
use crate::{Failure, root, run, tools};

const FILMS: usize = 10_000;

/// Runs the measurements and prints a table.
pub(super) fn run() -> Result<(), Failure> {
    tools::ensure(&[tools::FFMPEG, tools::CHROMIUM])?;
    tools::npm_install(&root().join("web"))?;
    tools::npm_install(&root().join("e2e"))?;
    super::server::build()?;
    let folder =
        tempfile::Builder::new().prefix("kinometa-bench-").tempdir().map_err(|error| error.to_string())?;
    let place = folder.path().join("films");
    println!("\nMaking {FILMS} films …");
    films::make(&place, 0..FILMS)?;
    let server = Server::start(&folder.path().join("data"), &place)?;
    let mut client = server.client()?;
    client.sign_up()?;
    wait_for_scan(&mut client, FILMS, Instant::now())?;
    // Wait until the scan has released memory and the processor.
    std::thread::sleep(Duration::from_secs(5));
    let measured = measure(&server, &client.cookie)?;
    server.stop();
    println!("\nMachine: {}\nLibrary: {FILMS} films; medians of several visits\n", super::machine());
    print(&figures(&measured)?);
    Ok(())
}

fn measure(server: &Server, cookie: &str) -> Result<Value, Failure> {
    let address = format!("http://{}", server.address());
    let mut command = run::command("node", &["bench/web.mjs", &address], &root().join("e2e"));
    command.env("KINOMETA_BENCH_COOKIE", cookie);
    let (succeeded, output) = run::read(command)?;
    let line = output.lines().rev().find(|line| line.starts_with('{'));
    match line.map(serde_json::from_str).filter(|_| succeeded) {
        Some(Ok(figures)) => Ok(figures),
        _ => Err(format!("the measurement failed:\n{output}")),
    }
}

fn figures(measured: &Value) -> Result<Vec<Figure>, Failure> {
    let number = |name: &str| {
        measured[name].as_f64().ok_or_else(|| format!("the measurement says nothing about {name}"))
    };
    let (requests, scripts) = (number("requests_before_first_paint")?, number("scripts_gz_bytes")? / 1024.0);
    let (lcp, cls) = (number("lcp_ms")?, number("cls")?);
    let (movies, frame) = (number("to_movies_ms")?, number("longest_frame_ms")?);
    let milliseconds = |value: f64| format!("{value:.0} ms");
    // Compare the rounded values that are printed: three frames of 16.7 ms may be measured as 50.1 ms.
    let (lcp, movies, frame) = (lcp.round(), movies.round(), frame.round());
    Ok(vec![
        figure(
            "Home, cold: requests before first paint",
            "25 or fewer",
            format!("{requests:.0}"),
            requests <= 25.0,
        ),
        figure(
            "Home, cold: JavaScript, gzipped",
            "110 KB or less",
            format!("{scripts:.1} KB"),
            scripts <= 110.0,
        ),
        figure("Home, cold, CPU slowed 4×: LCP", "1200 ms or less", milliseconds(lcp), lcp <= 1_200.0),
        figure("Home, cold: layout shift", "0", format!("{cls:.3}"), cls < 0.000_5),
        figure("Home to Movies", "300 ms or less", milliseconds(movies), movies <= 300.0),
        figure("Grid scrolled, longest frame", "50 ms or less", milliseconds(frame), frame <= 50.0),
    ])
}

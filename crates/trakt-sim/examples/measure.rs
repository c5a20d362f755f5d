//! Measures the simulator: `cargo run -p trakt-sim --release --example measure`.
//!
//! The simulator runs on one thread, so the numbers are those of one core; the client uses other threads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use trakt_sim::{DEMO_CLIENT_ID, DEMO_USER, Person, Sim};

const PLAYS: usize = 50_000;
const WALKED: usize = 20_000;
const PAGE: usize = 250;
const CONNECTIONS: usize = 4;

fn main() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let started = Instant::now();
            let people = Person::new(DEMO_USER).vip().history(PLAYS);
            let sim =
                Sim::builder().movies(5_000).shows(500).person(people).start().await.expect("a free port");
            let token = sim.issue_token(DEMO_USER).access_token;
            sender.send((sim.address(), token, started.elapsed())).expect("a listener");
            std::future::pending::<()>().await;
        });
    });
    let (address, token, start) = receiver.recv().expect("a simulator");
    println!("start with 5,000 movies, 500 shows and {PLAYS} plays: {start:?}");
    let head = format!(
        "Host: x\r\nUser-Agent: measure/1\r\ntrakt-api-version: 2\r\ntrakt-api-key: {DEMO_CLIENT_ID}\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    let connect = || {
        let line = TcpStream::connect(address).expect("a connection");
        line.set_nodelay(true).expect("TCP_NODELAY can be set");
        BufReader::new(line)
    };

    let mut line = connect();
    let started = Instant::now();
    let mut bytes = 0;
    for page in 1..=WALKED / PAGE {
        bytes += get(&mut line, &format!("/sync/history?limit={PAGE}&page={page}"), &head);
    }
    println!("{WALKED} plays in pages of {PAGE}: {:?} ({} MB)", started.elapsed(), bytes / 1_000_000);

    for path in ["/sync/last_activities", "/movies/900001?extended=full", "/search/movie?query=night"] {
        let time = Duration::from_secs(2);
        let clients: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let (mut line, head) = (connect(), head.clone());
                thread::spawn(move || {
                    let started = Instant::now();
                    let mut count = 0_u32;
                    while started.elapsed() < time {
                        get(&mut line, path, &head);
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let count: u32 = clients.into_iter().map(|client| client.join().expect("a count")).sum();
        println!("{path}: {} requests per second", count / time.as_secs() as u32);
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"))
            .for_each(|line| println!("{line}"));
    }
}

/// Sends one request and reads the answer to its end; returns the size of the body.
fn get(line: &mut BufReader<TcpStream>, path: &str, head: &str) -> usize {
    line.get_mut().write_all(format!("GET {path} HTTP/1.1\r\n{head}").as_bytes()).expect("a request");
    let (mut length, mut text) = (0, String::new());
    loop {
        text.clear();
        line.read_line(&mut text).expect("a header");
        if let Some(number) = text.strip_prefix("content-length: ") {
            length = number.trim().parse().expect("a length");
        }
        if text == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    line.read_exact(&mut body).expect("a body");
    length
}

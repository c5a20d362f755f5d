//! The server that is measured: the release binary, as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::Http;
use crate::{Failure, root};

pub(super) struct Server {
    child: Child,
    address: String,
    /// From starting the process to the first byte of an answer.
    pub(super) first_byte_after: Duration,
}

impl Server {
    pub(super) fn start(data: &Path, films: &Path) -> Result<Self, Failure> {
        let started = Instant::now();
        let mut child = Command::new(root().join("target/release/kinometa"))
            .args(["serve", "--port", "0", "--log-format", "text", "--log", "info"])
            .arg("--data-dir")
            .arg(data)
            .arg(format!("--library=movies={}", films.display()))
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the server cannot be started: {error}"))?;
        let address = address(&mut child)?;
        Http::connect(&address)?.first_byte("/healthz")?;
        Ok(Self { child, address, first_byte_after: started.elapsed() })
    }

    pub(super) fn client(&self) -> Result<Http, Failure> {
        Http::connect(&self.address)
    }

    /// Resident memory.
    pub(super) fn memory_mib(&self) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .map_err(|e| e.to_string())?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| "VmRSS is no number")?;
        Ok(kib / 1_024)
    }

    pub(super) fn stop(mut self) {
        // Asked to stop, so that the database is closed well; it has no time limit here.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A measurement that failed leaves no server behind.
        let _ = self.child.kill();
    }
}

/// Reads the log up to the line that names the address, and keeps reading so that the server is never held up.
fn address(child: &mut Child) -> Result<String, Failure> {
    let (send, receive) = std::sync::mpsc::channel();
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] =
        [child.stdout.take().map(|s| Box::new(s) as _), child.stderr.take().map(|s| Box::new(s) as _)];
    for stream in streams.into_iter().flatten() {
        let send = send.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // Nobody listens any more after the address was found.
                let _ = send.send(line);
            }
        });
    }
    drop(send);
    let mut said = String::new();
    while let Ok(line) = receive.recv_timeout(Duration::from_secs(30)) {
        if let Some((_, rest)) = line.split_once("address=")
            && line.contains("listening")
        {
            return Ok(rest.split_whitespace().next().unwrap_or_default().to_owned());
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(format!("the server did not start:\n{said}"))
}

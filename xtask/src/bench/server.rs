//! The measured server: the binary of the container image, in its own process.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::Http;
use crate::{Failure, root, run};

/// Builds the binary.
pub(super) fn build() -> Result<(), Failure> {
    run::must(run::command("cargo", &["build", "--profile", "dist", "--package", "kinometa"], &root()))
}

pub(super) struct Server {
    child: Child,
    address: String,
    /// The time from the start of the process to the first byte of a response.
    pub(super) first_byte_after: Duration,
}

impl Server {
    pub(super) fn start(data: &Path, films: &Path) -> Result<Self, Failure> {
        Self::start_with(data, films, &[])
    }

    /// Starts a server with additional arguments.
    pub(super) fn start_with(data: &Path, films: &Path, arguments: &[&str]) -> Result<Self, Failure> {
        // The log goes to a file: reading it from a pipe here would use processor time of the measured server.
        let log = data.with_extension("log");
        let log_file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        let started = Instant::now();
        let mut child = Command::new(root().join("target/dist/kinometa"))
            .args(["serve", "--port", "0", "--log-format", "text", "--log", "info"])
            .arg("--data-dir")
            .arg(data)
            .arg(format!("--library=movies={}", films.display()))
            .args(arguments)
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(log_file)
            .spawn()
            .map_err(|error| format!("the server cannot be started: {error}"))?;
        let address = address(&mut child, &log)?;
        Http::connect(&address)?.first_byte("/healthz")?;
        Ok(Self { child, address, first_byte_after: started.elapsed() })
    }

    pub(super) fn client(&self) -> Result<Http, Failure> {
        Http::connect(&self.address)
    }

    /// Returns host and port.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Returns the resident memory in MiB.
    pub(super) fn memory_mib(&self) -> Result<u64, Failure> {
        self.status_mib("VmRSS:")
    }

    /// Returns the peak resident memory in MiB since the start or the last [`Self::reset_peak_memory`].
    pub(super) fn peak_memory_mib(&self) -> Result<u64, Failure> {
        self.status_mib("VmHWM:")
    }

    /// Resets the peak of the resident memory.
    pub(super) fn reset_peak_memory(&self) -> Result<(), Failure> {
        let file = format!("/proc/{}/clear_refs", self.child.id());
        // Writing 5 resets the peak; see proc(5).
        std::fs::write(&file, "5").map_err(|error| format!("{file}: {error}"))
    }

    fn status_mib(&self, field: &str) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .map_err(|e| e.to_string())?;
        let value = status.lines().find_map(|line| line.strip_prefix(field));
        let kib = value.and_then(|value| value.trim().trim_end_matches(" kB").parse::<u64>().ok());
        Ok(kib.ok_or_else(|| format!("no {field} in /proc"))? / 1_024)
    }

    pub(super) fn stop(mut self) {
        // `kill` sends SIGTERM, so that the server closes the database properly.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Do not leave a server running if a measurement fails.
        let _ = self.child.kill();
    }
}

/// Waits until the log contains the server's address.
fn address(child: &mut Child, log: &Path) -> Result<String, Failure> {
    let since = Instant::now();
    loop {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let listening = text.lines().filter(|line| line.contains("listening"));
        if let Some((_, rest)) = listening.filter_map(|line| line.split_once("address=")).next() {
            return Ok(rest.split_whitespace().next().unwrap_or_default().to_owned());
        }
        let ended = child.try_wait().is_ok_and(|status| status.is_some());
        if ended || since.elapsed() > Duration::from_secs(30) {
            let _ = child.kill();
            return Err(format!("the server did not start:\n{text}"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

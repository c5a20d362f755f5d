//! The server as a separate process with a faster clock.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, SystemClock};
use futures::FutureExt;
use futures::future::BoxFuture;
use kinometa::config::Config;
use serde::{Deserialize, Serialize};

/// The environment variable that makes this program run the server. Its value is a [`Setup`] as JSON.
const SETUP: &str = "KINOMETA_KILLED_SERVER";
/// How many seconds pass on the clock per real second.
const SPEED: i32 = 200;

/// A fast clock that shows the same time in all processes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct FastClock {
    /// When it was started, in real time.
    began: DateTime<Utc>,
}

impl FastClock {
    pub(crate) fn start() -> Self {
        Self { began: SystemClock.now() }
    }
}

impl Clock for FastClock {
    fn now(&self) -> DateTime<Utc> {
        self.began + (SystemClock.now() - self.began).max(TimeDelta::zero()) * SPEED
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(duration / SPEED.unsigned_abs()).boxed()
    }
}

/// The settings of a server process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) folder: PathBuf,
    pub(crate) database: String,
    pub(crate) trakt: String,
    pub(crate) clock: FastClock,
}

impl Setup {
    /// Returns the settings if this process is a server.
    pub(crate) fn from_env() -> Option<Self> {
        let text = std::env::var(SETUP).ok()?;
        Some(serde_json::from_str(&text).expect("the test wrote a valid setup"))
    }
}

/// Runs the server until it is killed or the test process ends.
pub(crate) fn run(setup: &Setup) -> ExitCode {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Runtime::new().expect("the runtime can be created");
    runtime.block_on(async {
        let mut config = Config::new(setup.folder.clone());
        config.port = 0;
        config.database = setup.database.clone().into();
        config.trakt_api_url = setup.trakt.parse().expect("the address is valid");
        config.trakt_auth_url = config.trakt_api_url.clone();
        let server = kinometa::server::Server::start(config, Arc::new(setup.clock)).await;
        let server = server.expect("the server can be started");
        println!("{}", server.address());
        std::future::pending().await
    })
}

/// A running server.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: String,
    _alive: ChildStdin,
}

impl Running {
    pub(crate) fn start(setup: &Setup) -> Result<Self, String> {
        let setup = serde_json::to_string(setup).map_err(|error| error.to_string())?;
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new(program)
            .env(SETUP, setup)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the server cannot be started: {error}"))?;
        let alive = child.stdin.take().ok_or("the server has no input")?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address).map_err(|error| error.to_string())?;
        if address.trim().is_empty() {
            return Err("the server did not start".to_owned());
        }
        Ok(Self { child, address: address.trim().to_owned(), _alive: alive })
    }

    /// Kills the process with SIGKILL, so that it can neither finish nor clean up anything.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

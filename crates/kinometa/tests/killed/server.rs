//! The server as a process of its own, on a clock that runs faster.

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

/// The variable that makes this program the server.
const SETUP: &str = "KINOMETA_KILLED_SERVER";
/// How many seconds pass in one.
const SPEED: i32 = 200;

/// A clock of which all processes show the same time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct FastClock {
    /// When it began to run, at the true time.
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

/// What a server is started with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) folder: PathBuf,
    pub(crate) database: String,
    pub(crate) trakt: String,
    pub(crate) clock: FastClock,
}

impl Setup {
    /// In the server's process.
    pub(crate) fn given() -> Option<Self> {
        let text = std::env::var(SETUP).ok()?;
        Some(serde_json::from_str(&text).expect("the setup that the test wrote"))
    }
}

/// Serves until it is killed, or the test is gone.
pub(crate) fn run(setup: &Setup) -> ExitCode {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut config = Config::new(setup.folder.clone());
        config.port = 0;
        config.database = setup.database.clone().into();
        config.trakt_api_url = setup.trakt.parse().expect("an address");
        config.trakt_auth_url = config.trakt_api_url.clone();
        let server = kinometa::server::Server::start(config, Arc::new(setup.clock)).await;
        let server = server.expect("a server starts");
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

    /// SIGKILL: nothing is finished, nothing is tidied up.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

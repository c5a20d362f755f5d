//! Kometa's config.yml, with the command line and the server.

mod auth;
mod collections;
mod killed;
mod run;
mod schemas;
mod server;

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim, SimHandle};

/// A folder with a config.yml, and the Trakt simulator that it uses.
struct Kometa {
    folder: TempDir,
    sim: SimHandle,
}

impl Kometa {
    async fn with_config(config: &str) -> Self {
        let sim = Sim::builder().person(Person::new("anna")).start().await.unwrap();
        let kometa = Self { folder: tempfile::tempdir().unwrap(), sim };
        kometa.write(config);
        kometa
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("config.yml")
    }

    fn write(&self, config: &str) {
        std::fs::write(self.path(), config).unwrap();
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let data = self.folder.path().join("data");
        let mut command = kinometa(&data);
        command.args(["--trakt-api-url", self.sim.url(), "--trakt-auth-url", self.sim.auth_url()]);
        command.args(arguments);
        command
    }

    async fn run(&self, arguments: &[&str], input: &str) -> CommandOutput {
        finish(self.command(arguments).spawn().unwrap(), input).await
    }

    /// Runs `kinometa trakt auth --config` with this file.
    async fn auth(&self, input: &str) -> CommandOutput {
        let path = self.path();
        self.run(&["trakt", "auth", "--config", path.to_str().unwrap()], input).await
    }

    /// Returns how often a token pair was requested.
    fn grants(&self) -> usize {
        self.sim.requests().iter().filter(|request| request.path == "/oauth/token").count()
    }
}

fn kinometa(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinometa"));
    command.env_clear().arg("--data-dir").arg(data);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn finish(mut child: Child, input: &str) -> CommandOutput {
    // A command that needs no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes()).await;
    CommandOutput::from(child.wait_with_output().await.unwrap())
}

/// The output of a command, and whether it succeeded.
struct CommandOutput {
    success: bool,
    out: String,
    err: String,
}

impl From<Output> for CommandOutput {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { success: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

impl CommandOutput {
    fn all_output(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    fn assert_success(self) -> Self {
        assert!(self.success, "{}", self.all_output());
        self
    }

    #[track_caller]
    fn assert_failure(self, expected: &str) -> Self {
        assert!(!self.success && self.err.contains(expected), "{}", self.all_output());
        self
    }
}

/// Returns a `trakt` block without a token pair.
fn empty_block() -> String {
    format!(
        "# mine\ntrakt:\n  client_id: {DEMO_CLIENT_ID}   # id\n  client_secret: \"{DEMO_CLIENT_SECRET}\"\n  pin:\n  authorization:\n    # automatic\n    access_token:\n    token_type:\n    expires_in:\n    refresh_token:\n    scope: public\n    created_at:\nplex:\n  url: 'http://x'\n"
    )
}

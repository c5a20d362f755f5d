//! The command line, run as a separate process.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

use crate::support::{Actor, PASSWORD};

/// A timeout long enough for slow machines. Passing tests never wait this long.
const TIMEOUT: Duration = Duration::from_secs(60);

fn kinometa(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinometa"));
    command.env_clear().arg("--data-dir").arg(data_dir).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn run(data_dir: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = kinometa(data_dir, arguments).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
    child.wait_with_output().await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server process on a free port, with its log.
struct ServerProcess {
    child: Child,
    log: tokio::io::Lines<BufReader<tokio::process::ChildStderr>>,
    seen: String,
    url: String,
}

impl ServerProcess {
    async fn start(data_dir: &Path, arguments: &[&str]) -> Self {
        let all = [&["serve", "--port", "0"], arguments].concat();
        let mut child = kinometa(data_dir, &all).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut server = Self { child, log, seen: String::new(), url: String::new() };
        let line = server.wait_for("listening").await;
        let address = line.split("127.0.0.1:").nth(1).unwrap();
        let port: String = address.chars().take_while(char::is_ascii_digit).collect();
        server.url = format!("http://127.0.0.1:{port}");
        server
    }

    /// Waits for the next log line that contains `part`, and returns it.
    async fn wait_for(&mut self, part: &str) -> String {
        let find = async {
            while let Some(line) = self.log.next_line().await.unwrap() {
                self.seen.push_str(&line);
                self.seen.push('\n');
                if line.contains(part) {
                    return line;
                }
            }
            panic!("the log ended without {part:?}:\n{}", self.seen);
        };
        tokio::time::timeout(TIMEOUT, find).await.unwrap()
    }

    /// Stops the process and returns the rest of the log.
    async fn stop(mut self) -> (std::process::ExitStatus, String) {
        let id = self.child.id().unwrap().to_string();
        Command::new("kill").args(["-TERM", &id]).status().await.unwrap();
        let rest = async {
            while let Some(line) = self.log.next_line().await.unwrap() {
                self.seen.push_str(&line);
                self.seen.push('\n');
            }
            self.child.wait().await.unwrap()
        };
        let status = tokio::time::timeout(TIMEOUT, rest).await.unwrap();
        (status, self.seen)
    }
}

#[tokio::test]
async fn users_are_managed_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path();
    let added = run(data_dir, &["user", "add", "anna", "--admin"], "correct horse\n").await;
    assert!(added.status.success(), "{}", text(&added.stderr));
    let short = run(data_dir, &["user", "add", "ben"], "short\n").await;
    assert!(!short.status.success() && text(&short.stderr).contains("at least 8"), "{}", text(&short.stderr));
    let unknown = run(data_dir, &["user", "reset-password", "ben"], "another horse\n").await;
    assert!(text(&unknown.stderr).contains("there is no user named \"ben\""), "{}", text(&unknown.stderr));
    let reset = run(data_dir, &["user", "reset-password", "ANNA"], "another horse\n").await;
    assert!(reset.status.success(), "{}", text(&reset.stderr));
    let listed = run(data_dir, &["user", "list"], "").await;
    assert_eq!(text(&listed.stderr), "", "the list is the only output");
    let list = text(&listed.stdout);
    assert!(list.starts_with("anna\tanna\tadministrator\tsince ") && list.lines().count() == 1, "{list}");
}

#[tokio::test]
async fn the_log_has_no_secrets_even_at_trace_level() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(folder.path(), &["--log", "trace", "--log-format", "json"]).await;
    let visitor = Actor::at(&server.url);
    let setup = visitor.post("/api/setup", json!({"username": "anna", "password": PASSWORD})).await;
    setup.good(StatusCode::CREATED);
    let cookie = setup.session_cookie().split(';').next().unwrap().to_owned();
    let anna = visitor.with_cookie(&cookie);
    let created = anna.post("/api/me/tokens", json!({"name": "script"})).await.good(StatusCode::CREATED);
    let token = created["token"].as_str().unwrap();
    anna.clone().with_bearer(token).get("/api/search?q=secret+wishes").await;
    anna.post("/api/session", json!({"username": "anna", "password": "a wrong guess"})).await;

    let (status, log) = server.stop().await;
    assert!(status.success(), "{log}");
    assert!(log.contains("/api/me/tokens"), "requests are logged:\n{log}");
    let secret = cookie.strip_prefix("kinometa_session=").unwrap();
    for hidden in [PASSWORD, "a wrong guess", secret, token, "secret+wishes"] {
        assert!(!log.contains(hidden), "{hidden} is in the log:\n{log}");
    }
}

#[tokio::test]
async fn doctor_reports_problems_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["doctor", "--trakt-api-url", "http://127.0.0.1:9", "--trakt-auth-url", "http://127.0.0.1:9"];
    let before = run(folder.path(), &arguments, "").await;
    let report = text(&before.stdout);
    assert!(before.status.success(), "{report}");
    assert!(report.contains("SQLite file does not exist yet"), "{report}");
    assert!(report.contains("Trakt API: cannot reach http://127.0.0.1:9/"), "{report}");
    assert!(report.contains("refused"), "the report contains the cause: {report}");

    std::fs::write(folder.path().join("kinometa.db"), "this is not a database, but long enough to be read")
        .unwrap();
    let broken = run(folder.path(), &arguments, "").await;
    assert!(!broken.status.success() && text(&broken.stdout).contains("error    database:"));
}

#[tokio::test]
async fn an_invalid_configuration_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kinometa.toml"), "prot = 1").unwrap();
    let output = run(folder.path(), &["serve"], "").await;
    let output_text = text(&output.stderr);
    assert!(!output.status.success() && output_text.contains("prot"), "{output_text}");
}

#[tokio::test]
async fn an_invalid_data_directory_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = run(&file, &["serve"], "").await;
    let output_text = text(&output.stderr);
    assert!(
        !output.status.success()
            && output_text.contains("data directory")
            && output_text.contains("--data-dir"),
        "{output_text}"
    );
}

#[tokio::test]
async fn a_stalled_player_does_not_block_shutdown() {
    let (data, films) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A short clip followed by a padding box that is larger than the socket buffers.
    let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/sea.mp4");
    let padding: u32 = 64 << 20;
    let film = [&std::fs::read(clip).unwrap()[..], &padding.to_be_bytes(), b"free"].concat();
    let path = films.path().join("Endless (2001).mp4");
    std::fs::write(&path, &film).unwrap();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_len(film.len() as u64 - 8 + u64::from(padding)).unwrap();
    let library = format!("movies={}", films.path().display());
    let mut server = ServerProcess::start(data.path(), &["--library", &library]).await;
    let visitor = Actor::at(&server.url);
    let setup = visitor.post("/api/setup", json!({"username": "anna", "password": PASSWORD})).await;
    setup.good(StatusCode::CREATED);
    let cookie = setup.session_cookie().split(';').next().unwrap().to_owned();
    let anna = visitor.with_cookie(&cookie);
    server.wait_for("scan ended").await;
    let titles = anna.get("/api/titles?kind=movie").await.good(StatusCode::OK);
    let body = json!({"title_id": titles["items"][0]["id"], "private": false, "capabilities": {
        "containers": ["mp4"], "video": ["h264"], "audio": ["aac"], "hls": false,
    }});
    let playback = anna.post("/api/playback", body).await.good(StatusCode::CREATED);
    let request = anna.request(Method::GET, playback["url"].as_str().unwrap());
    let stalled = request.send().await.unwrap();
    assert_eq!(stalled.status(), StatusCode::OK);

    let (status, log) = server.stop().await;
    assert!(status.success() && log.contains("some requests were aborted"), "{log}");
    drop(stalled);
}

#[tokio::test]
async fn a_port_in_use_is_reported() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = ServerProcess::start(first.path(), &[]).await;
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let output = run(second.path(), &["serve", "--port", &port], "").await;
    let output_text = text(&output.stderr);
    assert!(!output.status.success() && output_text.contains("--port"), "{output_text}");
}

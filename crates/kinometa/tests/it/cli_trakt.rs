//! `kinometa trakt connect|import|sync|status|disconnect`, while a server is running.

use std::process::Stdio;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Sim};

use crate::support::TestApp;

async fn with_application() -> TestApp {
    let app = TestApp::builder().simulator(Sim::builder()).start().await;
    let key = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
    app.admin().await.put("/api/trakt/application", key).await.good(StatusCode::OK);
    app
}

/// Returns a command that uses the server's database.
fn kinometa(app: &TestApp, arguments: &[&str]) -> Command {
    let config = app.state().config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinometa"));
    command.env_clear().arg("--data-dir").arg(&config.data_dir);
    command.env("KINOMETA_DATABASE", secrecy::ExposeSecret::expose_secret(&config.database));
    command.args(["--trakt-api-url", app.simulator().url(), "--trakt-auth-url", app.simulator().auth_url()]);
    command.arg("trakt").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Checks that the command succeeded, and returns its output.
#[track_caller]
fn stdout_of(output: std::process::Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{stderr}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Connects anna by approving the code that the command shows, and returns the output.
async fn connect(app: &TestApp) -> String {
    let mut child = kinometa(app, &["connect", "--user", "anna"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut output = lines.next_line().await.unwrap().unwrap();
    let code = output.rsplit(' ').next().unwrap().to_owned();
    assert!(app.simulator().approve(&code, DEMO_USER), "{output}");
    while let Some(line) = lines.next_line().await.unwrap() {
        output.push_str(&line);
    }
    stdout_of(child.wait_with_output().await.unwrap());
    output
}

#[tokio::test]
async fn an_account_is_connected_imported_and_disconnected_without_a_browser() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    let run = async |arguments: &[&str]| stdout_of(kinometa(&app, arguments).output().await.unwrap());

    assert!(connect(&app).await.contains(&format!("Connected as {DEMO_USER}.")));
    assert_eq!(anna.get("/api/trakt").await.json()["state"], "connected");

    let film = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let body = json!({"movies": [{"ids": {"trakt": film}, "watched_at": "2026-01-02T20:00:00Z"}]});
    app.simulator().act(DEMO_USER, "POST", "/sync/history", Some(&body));
    let preview = run(&["import", "--dry-run", "--user", "anna"]).await;
    assert!(preview.contains("would be added here: 1"), "{preview}");
    assert_eq!(anna.get("/api/timeline").await.json()["days"], json!([]));
    let imported = run(&["import", "--user", "ANNA"]).await;
    assert!(imported.contains("1 play is in sync"), "{imported}");
    // The server notices the import within half a minute. Before it follows all categories, it would also read the next
    // play, which the command has to read.
    let mut is_done = false;
    for _ in 0..900 {
        let days = anna.get("/api/timeline").await.json()["days"].as_array().unwrap().len();
        let sync = anna.get("/api/trakt/sync").await.json();
        let mut categories = sync["categories"].as_array().unwrap().iter();
        is_done = days == 1 && categories.all(|one| one["state"] == "following" || one["state"] == "off");
        if is_done {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(is_done, "the server has not finished the import");

    app.simulator().act(DEMO_USER, "POST", "/sync/history", Some(&body));
    let synced = run(&["sync", "--user", "anna"]).await;
    assert!(synced.contains("Play added, because it was added on Trakt."), "{synced}");

    let status: Value = serde_json::from_str(&run(&["status", "--json", "--user", "anna"]).await).unwrap();
    assert_eq!(status["connection"]["state"], "connected");
    assert_eq!(status["connection"]["queue"], json!({"pending": 0, "failed": 0}));
    assert!(status["categories"].as_array().unwrap().iter().any(|one| one["category"] == "history"));
    let requests = &status["requests"];
    assert_eq!(requests["limit"], 500);
    assert!(requests["used"].is_i64(), "{requests}");
    let output = run(&["status", "--user", "anna"]).await;
    assert!(output.contains("Waiting to be sent: 0") && output.contains("of 500 requests used"), "{output}");
    for category in ["Watch history", "Resume points", "Dropped shows"] {
        assert!(output.contains(&format!("\n{category}: In sync with Trakt.\n")), "{output}");
    }

    assert!(run(&["disconnect", "--user", "anna"]).await.contains("Disconnected."));
    assert_eq!(anna.get("/api/trakt").await.json()["state"], "disconnected");
    assert!(app.simulator().requests().iter().any(|request| request.path == "/oauth/revoke"));
}

#[tokio::test]
async fn missing_users_and_connections_are_reported() {
    let app = with_application().await;
    app.user("anna").await;
    for (arguments, expected) in [
        (&["sync", "--user", "nobody"][..], "no user named \"nobody\""),
        (&["status"], "several users"),
        (&["import", "--user", "anna"], "trakt connect"),
    ] {
        let output = kinometa(&app, arguments).output().await.unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && stderr.contains(expected), "{arguments:?}: {stderr}");
    }
}

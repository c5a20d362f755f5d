//! /api/trakt, with the simulator.

mod application;
mod connect;
mod connection;
mod log;
mod preferences;
mod queue;
mod recommendations;
mod settings;
mod sync;
mod undo;

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Sim};

use crate::support::{Actor, EventStream, TestApp};

/// The application's credentials as entered by the administrator.
fn application() -> Value {
    json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET})
}

/// Starts a server with the Trakt simulator, without a configured application.
async fn without_application() -> TestApp {
    TestApp::builder().simulator(Sim::builder()).start().await
}

/// Starts a server with the Trakt simulator and its application.
async fn with_application() -> TestApp {
    let app = without_application().await;
    app.admin().await.put("/api/trakt/application", application()).await.good(StatusCode::OK);
    app
}

/// Connects a user with the simulator's account of this name, by approving the code.
async fn connect(app: &TestApp, actor: &Actor, username: &str) {
    let mut events = EventStream::open(actor).await;
    let started = actor.post("/api/trakt/connect", json!({})).await.good(StatusCode::CREATED);
    assert!(app.simulator().approve(started["user_code"].as_str().unwrap(), username));
    events.wait_for("connect", |connect| connect["state"] == "approved").await;
}

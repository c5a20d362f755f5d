//! The state of a registered file's credentials.

use std::time::Duration;

use super::ServerFixture;

#[tokio::test]
async fn a_run_checks_the_credentials_again() {
    let fixture = ServerFixture::start().await;
    let complete = std::fs::read_to_string(fixture.path()).unwrap();
    let libraries = complete.find("libraries:").unwrap();
    std::fs::write(fixture.path(), &complete[libraries..]).unwrap();
    let config = fixture.register().await;
    wait_for_state(&fixture, "failed").await;
    std::fs::write(fixture.path(), &complete).unwrap();
    fixture.run(config).await;
    wait_for_state(&fixture, "good").await;
}

/// Waits until the only file's credentials are in this state.
async fn wait_for_state(fixture: &ServerFixture, state: &str) {
    for _ in 0..600 {
        let configs = fixture.get("/api/collections/configs").await;
        if configs[0]["credentials"]["state"] == state {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the credentials did not reach the state {state}");
}

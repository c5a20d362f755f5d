//! What is known of a registered file's credentials.

use std::time::Duration;

use super::Served;

#[tokio::test]
async fn a_run_looks_at_the_credentials_again() {
    let served = Served::start().await;
    let whole = std::fs::read_to_string(served.path()).unwrap();
    let libraries = whole.find("libraries:").unwrap();
    std::fs::write(served.path(), &whole[libraries..]).unwrap();
    let config = served.register().await;
    until(&served, "failed").await;
    std::fs::write(served.path(), &whole).unwrap();
    served.run(config).await;
    until(&served, "good").await;
}

/// Waits until the only file's credentials are in this state.
async fn until(served: &Served, state: &str) {
    for _ in 0..600 {
        let configs = served.get("/api/collections/configs").await;
        if configs[0]["credentials"]["state"] == state {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the credentials are never {state}");
}

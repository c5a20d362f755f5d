//! Secrets never appear in Debug, Display, errors or logs.

use std::io::Write;
use std::sync::{Arc, Mutex};

use trakt_sim::{DEMO_CLIENT_SECRET, Fault, FaultKind};

use crate::support::{Canned, Fixture, TRAKT_HEADERS};

/// Collects everything that is logged by the current thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

#[tokio::test]
async fn no_secret_is_printed_logged_or_put_into_an_error() {
    let log = Log::default();
    let _listening = log.listen();
    let fixture = Fixture::new().await;
    let flow = fixture.client.auth().device().await.unwrap();
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::ResetBefore));
    fixture.sim.add_fault(Fault::on("/scrobble", FaultKind::Truncate));
    fixture.age_token(0.8);
    let old = fixture.store.token().unwrap();
    let read = fixture.client.users().settings().await.unwrap_err();
    let scrobble = trakt::models::Scrobble::movie(fixture.movie(0), 90.0);
    let write = fixture.client.scrobble().stop(&scrobble).await.unwrap_err();
    fixture.sim.clear_faults();
    fixture.sim.revoke_tokens(crate::support::USER);
    let lost = fixture.client.users().settings().await.unwrap_err();
    let new = fixture.store.token().unwrap();

    let printed = [
        format!("{:?} {:?} {new:?} {flow:?}", fixture.client, fixture.client.auth()),
        format!("{read} {read:?} {write} {write:?} {lost} {lost:?}"),
        log.text(),
    ]
    .concat();
    assert!(printed.contains("/users/settings"), "the log is not empty");
    let mut secrets = vec![DEMO_CLIENT_SECRET.to_owned(), trakt_sim::DEMO_CLIENT_ID.to_owned()];
    for token in [old, new] {
        let parts = token.expose();
        secrets.extend([parts.access_token, parts.refresh_token]);
    }
    for secret in secrets {
        assert!(!printed.contains(&secret), "{secret} leaked");
    }
}

#[tokio::test]
async fn an_unreadable_token_response_is_not_quoted_in_the_error() {
    let body = r#"{"access_token":"s3cret-access","refresh_token":"s3cret-refresh","expires_in":"soon"}"#;
    let canned = Canned::new(200, TRAKT_HEADERS, body).await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"));
}

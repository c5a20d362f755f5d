//! Titles are fetched again when Trakt reports that they have changed.

use std::time::Duration;

use clock::{Clock, ManualClock, SystemClock};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Sim};

use super::fixture::{Fixture, Ticking};
use super::matches::film;
use crate::support::TestApp;

/// Returns how often a film was requested from Trakt by its ID.
fn fetch_count(fixture: &Fixture, trakt: u64) -> usize {
    let path = format!("/movies/{trakt}");
    fixture.app.simulator().requests().iter().filter(|request| request.path == path).count()
}

#[tokio::test]
async fn only_titles_changed_on_trakt_are_refreshed() {
    let clock = ManualClock::new(SystemClock.now());
    let simulator = Sim::builder().seed(7).movies(30);
    let app = TestApp::builder().clock(clock.clone()).simulator(simulator).start().await;
    app.state().engine().set_application(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET.into()).await.unwrap();
    let ((one, year, changed), (other, other_year, same)) = (film(&app, 0), film(&app, 1));
    let fixture =
        Fixture::on(app, "movies", &[&format!("{one} ({year}).mkv"), &format!("{other} ({other_year}).mkv")])
            .await;
    fixture
        .wait_until("both films to be matched", || async {
            let titles = fixture.titles("movie").await;
            titles.iter().filter(|title| title["matched"] == true).count() == 2
        })
        .await;
    let _ticking = Ticking::start(&clock);
    let before = (fetch_count(&fixture, changed), fetch_count(&fixture, same));
    assert!(fixture.app.simulator().edit_movie(changed));
    let again = async {
        while fetch_count(&fixture, changed) == before.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), again)
        .await
        .expect("the changed film must be fetched again");
    let requests = fixture.app.simulator().requests();
    assert!(requests.iter().any(|request| request.path.starts_with("/movies/updates/id/")));
    assert_eq!(fetch_count(&fixture, same), before.1);
}

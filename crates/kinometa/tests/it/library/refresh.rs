//! Titles are fetched again when Trakt says that they changed.

use std::time::Duration;

use clock::{Clock, ManualClock, SystemClock};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Sim};

use super::fixture::{Fixture, Ticking};
use super::matches::film;
use crate::support::TestApp;

/// How often Trakt was asked for a film by its id.
fn fetched(fixture: &Fixture, trakt: u64) -> usize {
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
        .until("both films being matched", || async {
            let titles = fixture.titles("movie").await;
            titles.iter().filter(|title| title["matched"] == true).count() == 2
        })
        .await;
    let _ticking = Ticking::start(&clock);
    let before = (fetched(&fixture, changed), fetched(&fixture, same));
    assert!(fixture.app.simulator().edit_movie(changed));
    let again = async {
        while fetched(&fixture, changed) == before.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), again).await.expect("the changed film is fetched again");
    let requests = fixture.app.simulator().requests();
    assert!(requests.iter().any(|request| request.path.starts_with("/movies/updates/id/")));
    assert_eq!(fetched(&fixture, same), before.1);
}

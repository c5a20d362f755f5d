//! Scrobbling: Trakt's response decides whether a stop counts as a play.

use rstest::rstest;
use trakt::Error;
use trakt::endpoints::{HistoryQuery, MediaType};
use trakt::models::{ItemIds, Media, Paused, Scrobble, ScrobbleAction, Stopped};
use trakt_sim::{Fault, FaultKind};

use crate::support::{Fixture, USER};

#[tokio::test]
async fn a_stop_at_80_percent_counts_and_returns_the_play() {
    let fixture = Fixture::new().await;
    let scrobble = Scrobble::movie(fixture.movie(0), 0.0);
    let started = fixture.client.scrobble().start(&scrobble).await.unwrap();
    assert_eq!(started.action, ScrobbleAction::Start);
    let Stopped::Counted { id, answer } = fixture.client.scrobble().stop(&scrobble.at(80.0)).await.unwrap()
    else {
        panic!("the stop should count");
    };
    assert!(matches!(answer.media, Media::Movie(_)));
    let query = HistoryQuery::of_movie(fixture.movie(0));
    let history = fixture.client.sync().history(&query).collect_all().await.unwrap();
    assert_eq!(Some(history.listing[0].id), id);
}

#[tokio::test]
async fn an_early_stop_saves_a_resume_point() {
    let fixture = Fixture::new().await;
    let scrobble = Scrobble::episode(fixture.episode(0, 1, 1), 42.5);
    let stopped = fixture.client.scrobble().stop(&scrobble).await.unwrap();
    assert!(matches!(stopped, Stopped::Paused { .. }));
    assert!(fixture.plays().is_empty());
}

#[tokio::test]
async fn a_stop_below_one_percent_is_ignored_and_not_an_error() {
    let fixture = Fixture::new().await;
    let stopped = fixture.client.scrobble().stop(&Scrobble::movie(fixture.movie(0), 0.4)).await.unwrap();
    assert_eq!(stopped, Stopped::Ignored);
}

#[tokio::test]
async fn a_repeated_stop_is_already_counted_and_adds_no_second_play() {
    let fixture = Fixture::new().await;
    let scrobble = Scrobble::movie(fixture.movie(0), 95.0);
    let first = fixture.client.scrobble().stop(&scrobble).await.unwrap();
    assert!(matches!(first, Stopped::Counted { .. }));
    let Stopped::AlreadyCounted(conflict) = fixture.client.scrobble().stop(&scrobble).await.unwrap() else {
        panic!("a conflict is a normal outcome");
    };
    assert!(conflict.watched_at.is_some() && conflict.expires_at > conflict.watched_at);
    assert_eq!(fixture.plays().len(), 1);
}

#[tokio::test]
async fn a_stop_whose_response_is_lost_is_unknown_and_not_sent_again() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/scrobble/stop", FaultKind::ResetAfter).times(1));
    let error = fixture.client.scrobble().stop(&Scrobble::movie(fixture.movie(0), 90.0)).await.unwrap_err();
    let Error::Unknown(unknown) = error else { panic!("{error}") };
    assert_eq!(unknown.sent.path, "/scrobble/stop");
    assert_eq!(fixture.plays().len(), 1);
}

#[tokio::test]
async fn an_episode_is_found_by_its_show_and_numbers() {
    let fixture = Fixture::new().await;
    let scrobble = Scrobble::episode_of(ItemIds::trakt(fixture.show(0)), 1, 2, 20.0);
    let Paused::Saved(answer) = fixture.client.scrobble().pause(&scrobble).await.unwrap() else { panic!() };
    let Media::Episode { episode, show } = answer.media else { panic!("an episode") };
    assert_eq!((episode.season, episode.number), (1, 2));
    assert_eq!(show.unwrap().ids.trakt, fixture.show(0));
}

/// `/scrobble/pause` has been switched off and on: a rejection is a normal outcome, but an outage is still an error.
#[rstest]
#[case(400)]
#[case(404)]
#[case(405)]
#[case(422)]
#[tokio::test]
async fn a_rejected_pause_does_not_disturb_the_session(#[case] status: u16) {
    let fixture = Fixture::new().await;
    let scrobble = Scrobble::movie(fixture.movie(0), 40.0);
    fixture.client.scrobble().start(&scrobble).await.unwrap();
    fixture.sim.add_fault(Fault::on("/scrobble/pause", FaultKind::Refused { status, body: None }));
    let paused = fixture.client.scrobble().pause(&scrobble).await.unwrap();
    assert_eq!(paused, Paused::Refused { status });
    fixture.sim.clear_faults();
    fixture.sim.add_fault(Fault::on("/scrobble/pause", FaultKind::Html { status }));
    let error = fixture.client.scrobble().pause(&scrobble).await.unwrap_err();
    assert!(matches!(error, Error::Server { .. }), "{error}");

    let stopped = fixture.client.scrobble().stop(&scrobble.at(95.0)).await.unwrap();
    assert!(matches!(stopped, Stopped::Counted { .. }));
}

#[tokio::test]
async fn an_item_unknown_to_trakt_is_not_found() {
    let fixture = Fixture::new().await;
    let error = fixture
        .client
        .scrobble()
        .start(&Scrobble::movie(ItemIds::trakt(999_999_999), 1.0))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotFound));
}

#[tokio::test]
async fn watching_now_expires_when_the_runtime_is_over() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.client.users().watching(USER).await.unwrap(), None);
    fixture.client.scrobble().start(&Scrobble::movie(fixture.movie(0), 10.0)).await.unwrap();
    let watching = fixture.client.users().watching(USER).await.unwrap().unwrap();
    assert!(watching.expires_at > watching.started_at);
    fixture.sim.advance(chrono::Duration::hours(12));
    assert_eq!(fixture.client.users().watching(USER).await.unwrap(), None);
}

#[tokio::test]
async fn a_start_removes_the_resume_point() {
    let fixture = Fixture::new().await;
    fixture.client.scrobble().pause(&Scrobble::movie(fixture.movie(0), 30.0)).await.unwrap();
    let resume =
        || async { fixture.client.sync().playback(MediaType::Movies).collect_all().await.unwrap().listing };
    let points = resume().await;
    assert_eq!((points.len(), points[0].progress), (1, 30.0));
    fixture.client.scrobble().start(&Scrobble::movie(fixture.movie(0), 30.0)).await.unwrap();
    assert!(resume().await.is_empty());
}

#[tokio::test]
async fn a_resume_point_can_be_removed() {
    let fixture = Fixture::new().await;
    fixture.client.scrobble().pause(&Scrobble::movie(fixture.movie(0), 30.0)).await.unwrap();
    let points = fixture.client.sync().playback(MediaType::All).collect_all().await.unwrap().listing;
    fixture.client.sync().remove_playback(points[0].id).await.unwrap();
    let points = fixture.client.sync().playback(MediaType::All).collect_all().await.unwrap().listing;
    assert!(points.is_empty());
}

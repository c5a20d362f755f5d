//! Ratings.

use chrono::TimeDelta;
use db::{
    kinds::{OutboxState, SyncDirection, SyncSwitch, SyncWhat},
    sync_changes::ChangeFilter,
};
use rstest::rstest;
use sync::{Failure, RowFailure, SettingsChange};
use trakt_sim::{Fault, FaultKind, Person};

use super::*;

const RATINGS: SyncCategory = SyncCategory::Ratings;

#[tokio::test]
async fn a_rating_given_here_arrives_on_trakt_once_with_its_time() {
    let fixture = followed().await;
    let rated_at = fixture.now();
    fixture.rate(&fixture.movie, 8).await;
    fixture.wait(30);
    fixture.drain_all().await;
    let rating = fixture.sim.act(DEMO_USER, "GET", "/sync/ratings/movies", None).body[0].clone();
    assert_eq!(rating["rating"], 8);
    let there: DateTime<Utc> = rating["rated_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(there.timestamp(), rated_at.timestamp());
    assert_eq!(fixture.writes(), 1);
    fixture.sync_until_idle().await;
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0, "nothing read from Trakt is sent back");
    fixture.assert_same_preferences().await;
}

/// The server's clock is an hour fast when something is rated, and has been corrected when Trakt can be reached
/// again.
#[tokio::test]
async fn a_rating_that_waits_while_the_clock_is_set_keeps_its_true_time() {
    let fixture = Fixture::connected().await;
    fixture.set_ahead(TimeDelta::hours(-1));
    fixture.import().await;
    fixture.wait(20);
    fixture.sweep().await;
    fixture.sim.add_fault(Fault::on("/sync/ratings", FaultKind::Empty { status: 503 }).method("POST"));
    let rated_at = fixture.now() - TimeDelta::hours(1);
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain().await;
    fixture.set_clock_back(TimeDelta::hours(1));
    fixture.sim.clear_faults();
    // The next response shows how far the clocks differ now.
    fixture.wait(301);
    fixture.sweep().await;
    fixture.sync_until_idle().await;
    let rating = fixture.sim.act(DEMO_USER, "GET", "/sync/ratings/movies", None).body[0].clone();
    let there: DateTime<Utc> = rating["rated_at"].as_str().unwrap().parse().unwrap();
    assert_eq!((there - rated_at).num_seconds(), 0, "{rating}");
}

#[tokio::test]
async fn only_the_last_of_several_unsent_ratings_is_sent() {
    let fixture = followed().await;
    for stars in [5, 9, 8] {
        fixture.rate(&fixture.movie, stars).await;
    }
    assert_eq!(fixture.queue().await.len(), 1);
    fixture.drain_all().await;
    assert_eq!(fixture.writes(), 1);
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [8]);
}

#[rstest]
#[case::rated_and_taken_back(None)]
#[case::changed_and_changed_back(Some(7))]
#[tokio::test]
async fn a_change_that_was_undone_before_it_was_sent_is_never_sent(#[case] before: Option<u8>) {
    let fixture = followed().await;
    if let Some(stars) = before {
        fixture.rate(&fixture.movie, stars).await;
        fixture.sync_until_idle().await;
    }
    fixture.sim.clear_requests();
    fixture.rate(&fixture.movie, 2).await;
    fixture.set(&fixture.movie, NewPreference::Rating(before)).await;
    assert_eq!(fixture.queue().await.len(), 0);
    fixture.sync_until_idle().await;
    assert_eq!(fixture.writes(), 0);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn repeating_a_rating_changes_nothing() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain_all().await;
    assert!(!fixture.set(&fixture.movie, NewPreference::Rating(Some(8))).await);
    assert_eq!(fixture.queue().await.len(), 0);
}

#[tokio::test]
async fn ratings_are_sent_together() {
    let fixture = followed().await;
    for title in [&fixture.movie, &fixture.episodes[0], &fixture.episodes[1], &fixture.show().await] {
        fixture.rate(title, 6).await;
    }
    fixture.drain_all().await;
    assert_eq!(fixture.writes(), 1);
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn everything_can_be_rated_on_both_sides() {
    let fixture = followed().await;
    fixture.identify_season().await;
    let (show, season) = (fixture.show().await, fixture.season().await);
    for (title, stars) in [(&fixture.movie, 1), (&show, 2), (&season, 3), (&fixture.episodes[0], 4)] {
        fixture.rate(title, stars).await;
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).len(), 4);
    fixture.assert_same_preferences().await;
    for (title, stars) in [(&fixture.movie, 6), (&show, 7), (&season, 8), (&fixture.episodes[0], 9)] {
        fixture.rate_elsewhere(title, stars, fixture.now());
    }
    fixture.sweep().await;
    fixture.assert_same_preferences().await;
    for title in [&fixture.movie, &show, &season, &fixture.episodes[0]] {
        fixture.unrate(title).await;
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).len(), 0);
    fixture.assert_same_preferences().await;
}

/// A season and an episode that came from a folder have no IDs of their own, but Trakt accepts ratings only by
/// those.
#[rstest]
#[case::of_a_show_by_trakt(true)]
#[case::of_a_show_by_tvdb(false)]
#[tokio::test]
async fn seasons_and_episodes_without_ids_are_rated_by_requested_ids(#[case] by_trakt: bool) {
    let fixture = followed().await;
    let known = fixture.sim.catalogue().shows()[0].clone();
    let (show, season) = (fixture.show().await, fixture.season().await);
    if !by_trakt {
        let tvdb = known.facts.ids.tvdb.unwrap();
        let sql = format!("UPDATE title SET trakt_id = NULL, tvdb_id = {tvdb} WHERE id = {}", show.id);
        fixture.db.execute(&sql).await.unwrap();
    }
    let episode = &fixture.episodes[0];
    fixture.db.execute(&format!("UPDATE title SET trakt_id = NULL WHERE id = {}", episode.id)).await.unwrap();
    fixture.sim.clear_requests();
    fixture.rate(&season, 3).await;
    fixture.rate(episode, 4).await;
    fixture.drain_all().await;
    let its_season = known.seasons.iter().find(|season| season.number == 1).unwrap().ids.trakt;
    let its_episode = known.episode(1, 1).unwrap().ids.trakt;
    let rated = [(("episode".to_owned(), its_episode), 4), (("season".to_owned(), its_season), 3)];
    assert_eq!(fixture.there(RATINGS), BTreeMap::from(rated));
    assert_eq!(fixture.writes(), 1);
    assert_eq!(fixture.calls("/shows/"), 1, "the show is read once for both");

    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    for title in [&season, episode] {
        fixture.unrate(title).await;
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).len(), 0);
}

#[tokio::test]
async fn an_episode_unknown_to_trakt_fails_and_the_others_are_sent() {
    let fixture = followed().await;
    let [known, unknown] = &fixture.episodes;
    let sql = format!("UPDATE title SET trakt_id = NULL, episode_number = 999 WHERE id = {}", unknown.id);
    fixture.db.execute(&sql).await.unwrap();
    fixture.rate(unknown, 4).await;
    fixture.rate(known, 5).await;
    fixture.drain_all().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [5]);
    let [row] = &fixture.queue().await[..] else { panic!("one message is left") };
    assert_eq!(row.state, OutboxState::Failed);
    assert_eq!(RowFailure::of(row), Some(RowFailure::Known(Failure::NotFound)));
}

/// While the show cannot be read, nothing is sent and no message fails.
#[tokio::test]
async fn ratings_wait_while_ids_cannot_be_requested() {
    let fixture = followed().await;
    let season = fixture.season().await;
    fixture.sim.add_fault(Fault::on("/shows/*", FaultKind::Empty { status: 503 }));
    fixture.rate(&season, 3).await;
    fixture.drain_until(TimeDelta::minutes(3)).await;
    assert_eq!(fixture.writes(), 0);
    assert_eq!(fixture.queue().await[0].state, OutboxState::Pending);
    fixture.sim.clear_faults();
    fixture.drain_all().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [3]);
}

#[tokio::test]
async fn ratings_from_elsewhere_are_read_including_titles_not_in_the_library() {
    let fixture = followed().await;
    let unknown = fixture.sim.catalogue().movies()[3].facts.ids.trakt;
    let rating = json!({"movies": [{"ids": {"trakt": unknown}, "rating": 10}]});
    fixture.act("/sync/ratings", &rating);
    fixture.sweep().await;
    assert_eq!(fixture.here(RATINGS).await, BTreeMap::from([(("movie".to_owned(), unknown), 10)]));
    assert_eq!(fixture.writes(), 0);
}

#[tokio::test]
async fn unrating_on_either_side_clears_both() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.rate(&fixture.episodes[0], 3).await;
    fixture.sync_until_idle().await;
    fixture.unrate_elsewhere(&fixture.movie);
    fixture.unrate(&fixture.episodes[0]).await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).len(), 0);
    fixture.assert_same_preferences().await;
    fixture.sim.clear_requests();
    fixture.sync_until_idle().await;
    assert_eq!(fixture.writes(), 0);
}

#[rstest]
#[case::here(60, 8)]
#[case::there(-60, 3)]
#[tokio::test]
async fn the_newest_of_two_ratings_wins(#[case] here_is_later_by: i64, #[case] wins: i64) {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 5).await;
    fixture.sync_until_idle().await;
    // Trakt is unreachable for half an hour, and the user rates the title on both sides.
    let away = Fault::on("*", FaultKind::Empty { status: 502 });
    fixture.sim.add_fault(away);
    fixture.wait(600);
    fixture.rate_elsewhere(&fixture.movie, 3, fixture.now() - TimeDelta::seconds(here_is_later_by));
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain().await;
    fixture.wait(1_200);
    fixture.sim.clear_faults();
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [wins]);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn ratings_made_while_disconnected_are_sent_after_reconnecting() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.rate(&fixture.episodes[0], 7).await;
    fixture.sync_until_idle().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert_eq!(fixture.here(RATINGS).await.len(), 2, "ratings are kept");
    fixture.rate(&fixture.movie, 2).await;
    fixture.unrate(&fixture.episodes[0]).await;
    fixture.rate(&fixture.episodes[1], 10).await;
    fixture.wait(3_600);
    fixture.connect().await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [10, 2]);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn another_account_receives_nothing_before_the_user_decides() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.sync_until_idle().await;
    fixture.sim.add_person(&Person::new("carl"));
    fixture.connect_as("carl").await;
    fixture.pull().await;
    fixture.drain_all().await;
    let of_carl = || fixture.sim.act("carl", "GET", "/sync/ratings/all", None).body.as_array().unwrap().len();
    assert_eq!(of_carl(), 0);
    fixture.import().await;
    assert_eq!(of_carl(), 1);
    assert_eq!(fixture.here(RATINGS).await.len(), 1);
}

#[rstest]
#[case::named(None)]
#[case::without_ids(Some(FaultKind::NotFoundWithoutIds))]
#[tokio::test]
async fn a_rating_of_an_unknown_title_is_kept_with_its_reason(#[case] fault: Option<FaultKind>) {
    let fixture = followed().await;
    let strange = crate::fixture::title(TitleKind::Movie, Some(99_999_999));
    let tx = fixture.db.begin().await.unwrap();
    let strange = titles::insert_many(&tx, vec![strange]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    fixture.sim.add_fault(Fault::on("/sync/ratings", fault.unwrap_or(FaultKind::EmptyImdb)).method("POST"));
    fixture.rate(&strange, 4).await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.rate(&fixture.episodes[0], 9).await;
    fixture.drain_all().await;
    assert_eq!(fixture.there(RATINGS).len(), 2, "the others are not affected");
    let [row] = fixture.queue().await.try_into().unwrap();
    assert_eq!((row.title_id, row.state), (Some(strange.id), OutboxState::Failed));
    assert_eq!(RowFailure::of(&row), Some(RowFailure::Known(Failure::NotFound)));
    // The failed rating is not sent again automatically, and is kept here.
    let writes = fixture.writes();
    fixture.sweep().await;
    fixture.drain_all().await;
    assert_eq!(fixture.writes() + writes, writes);
    assert_eq!(fixture.here(RATINGS).await.len(), 3);
}

#[rstest]
#[case::answer_lost(FaultKind::ResetAfter, 1)]
#[case::request_lost(FaultKind::ResetBefore, 1)]
#[case::half_an_answer(FaultKind::Truncate, 1)]
#[case::applied_late(FaultKind::ApplyLate { seconds: 90, hang_milliseconds: 0 }, 1)]
#[case::some_left_out(FaultKind::PartialAdd { keep: 1 }, 1)]
#[case::bad_gateway(FaultKind::Empty { status: 502 }, 2)]
#[case::refused_together(FaultKind::Refused { status: 422, body: None }, 1)]
#[case::slow_down(FaultKind::RateLimit { headers: true, retry_after: Some(20) }, 2)]
#[tokio::test]
async fn every_rating_arrives_whatever_breaks(#[case] kind: FaultKind, #[case] times: u32) {
    let fixture = followed().await;
    fixture.sim.add_fault(Fault::on("/sync/ratings", kind).method("POST").times(times));
    fixture.rate(&fixture.movie, 8).await;
    fixture.rate(&fixture.episodes[0], 9).await;
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    assert_eq!(fixture.there(RATINGS).len(), 2);
}

#[tokio::test]
async fn a_rating_that_arrives_late_does_not_undo_the_next_one() {
    let fixture = followed().await;
    let late = FaultKind::ApplyLate { seconds: 120, hang_milliseconds: 0 };
    fixture.sim.add_fault(Fault::on("/sync/ratings", late).method("POST").times(1));
    fixture.rate(&fixture.movie, 3).await;
    fixture.drain().await;
    fixture.rate(&fixture.movie, 9).await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [9]);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn an_import_reads_a_long_list_and_sends_missing_ratings() {
    let clock = clock::ManualClock::new(crate::fixture::opening_time()).auto_advance();
    let sim = trakt_sim::Sim::builder()
        .movies(300)
        .shows(4)
        .frozen_at(crate::fixture::opening_time())
        .configure(|config| config.strict_contract = true);
    let sim = sim.start().await.unwrap();
    sim.add_person(&Person::new("bea").history(300));
    let fixture = Fixture::with_sim(clock, sim).await;
    let movie = fixture.movie.trakt_id.unwrap();
    fixture.sim.act(
        "bea",
        "POST",
        "/sync/ratings/remove",
        Some(&json!({"movies": [{"ids": {"trakt": movie}}]})),
    );
    fixture.rate(&fixture.movie, 6).await;
    fixture.connect_as("bea").await;
    let there = || fixture.sim.act("bea", "GET", "/sync/ratings/all", None).body.as_array().unwrap().len();
    let before = there();
    assert!(before > 20, "{before}");
    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!(preview.ratings.there, before);
    fixture.import().await;
    assert_eq!(there(), before + 1);
    assert_eq!(fixture.here(RATINGS).await.len(), before + 1);
}

async fn switch(fixture: &Fixture, is_on: bool) {
    let change = SettingsChange { switches: vec![(SyncSwitch::Ratings, is_on)], ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
}

#[tokio::test]
async fn sync_stops_when_disabled_and_catches_up_when_enabled() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.sync_until_idle().await;
    fixture.rate(&fixture.episodes[1], 7).await;
    switch(&fixture, false).await;
    fixture.rate(&fixture.movie, 2).await;
    fixture.rate_elsewhere(&fixture.episodes[0], 10, fixture.now());
    fixture.list_elsewhere(&[&fixture.movie]);
    fixture.sim.clear_requests();
    fixture.sync_until_idle().await;
    assert_eq!((fixture.calls("/sync/ratings"), fixture.writes()), (0, 0));
    assert_eq!(fixture.status_of(RATINGS).await.state, PullState::Off);
    assert_eq!(fixture.here(SyncCategory::Watchlist).await.len(), 1, "the others are not affected");
    switch(&fixture, true).await;
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [10, 7, 2]);
}

#[tokio::test]
async fn a_rating_of_an_excluded_title_is_not_sent_until_the_exclusion_ends() {
    let fixture = followed().await;
    let exclude = async |titles: Vec<TitleId>| {
        let change = SettingsChange { excluded_titles: Some(titles), ..SettingsChange::default() };
        fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    };
    exclude(vec![fixture.movie.id]).await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.rate(&fixture.episodes[0], 9).await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [9]);
    exclude(Vec::new()).await;
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn changes_on_either_side_are_logged_and_can_be_undone_on_both() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.sync_until_idle().await;
    fixture.unrate_elsewhere(&fixture.movie);
    fixture.sweep().await;
    assert_eq!(fixture.here(RATINGS).await.len(), 0);
    let log = fixture.engine.sync_log(fixture.user_id, ChangeFilter::default(), 0, 10).await.unwrap().changes;
    let kinds: Vec<_> = log.iter().map(|one| (one.direction, one.what, one.category)).collect();
    assert_eq!(
        kinds,
        [
            (SyncDirection::FromTrakt, SyncWhat::Removed, RATINGS),
            (SyncDirection::ToTrakt, SyncWhat::Added, RATINGS),
        ]
    );
    fixture.wait(5);
    fixture.engine.undo(fixture.user_id, log[0].id).await.unwrap();
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(RATINGS).into_values().collect::<Vec<_>>(), [8]);
    fixture.assert_same_preferences().await;
}

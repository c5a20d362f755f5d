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
async fn a_rating_given_here_arrives_there_once_with_its_time() {
    let world = followed().await;
    let rated_at = world.now();
    world.rate(&world.movie, 8).await;
    world.wait(30);
    world.drain_all().await;
    let rating = world.sim.act(DEMO_USER, "GET", "/sync/ratings/movies", None).body[0].clone();
    assert_eq!(rating["rating"], 8);
    let there: DateTime<Utc> = rating["rated_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(there.timestamp(), rated_at.timestamp());
    assert_eq!(world.writes(), 1);
    world.come_to_rest().await;
    world.sweep().await;
    assert_eq!(world.writes(), 0, "nothing echoes");
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn of_ratings_that_were_not_sent_only_the_last_is() {
    let world = followed().await;
    for stars in [5, 9, 8] {
        world.rate(&world.movie, stars).await;
    }
    assert_eq!(world.queue().await.len(), 1);
    world.drain_all().await;
    assert_eq!(world.writes(), 1);
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [8]);
}

#[rstest]
#[case::rated_and_taken_back(None)]
#[case::changed_and_changed_back(Some(7))]
#[tokio::test]
async fn a_change_that_was_undone_before_it_was_sent_is_never_sent(#[case] before: Option<u8>) {
    let world = followed().await;
    if let Some(stars) = before {
        world.rate(&world.movie, stars).await;
        world.come_to_rest().await;
    }
    world.sim.clear_requests();
    world.rate(&world.movie, 2).await;
    world.set(&world.movie, NewPreference::Rating(before)).await;
    assert_eq!(world.queue().await.len(), 0);
    world.come_to_rest().await;
    assert_eq!(world.writes(), 0);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn rating_as_before_changes_nothing() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.drain_all().await;
    assert!(!world.set(&world.movie, NewPreference::Rating(Some(8))).await);
    assert_eq!(world.queue().await.len(), 0);
}

#[tokio::test]
async fn many_ratings_go_in_few_requests() {
    let world = followed().await;
    for title in [&world.movie, &world.episodes[0], &world.episodes[1], &world.show().await] {
        world.rate(title, 6).await;
    }
    world.drain_all().await;
    assert_eq!(world.writes(), 1);
    world.come_to_rest().await;
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn everything_can_be_rated_on_both_sides() {
    let world = followed().await;
    world.identify_season().await;
    let (show, season) = (world.show().await, world.season().await);
    for (title, stars) in [(&world.movie, 1), (&show, 2), (&season, 3), (&world.episodes[0], 4)] {
        world.rate(title, stars).await;
    }
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).len(), 4);
    world.assert_same_preferences().await;
    for (title, stars) in [(&world.movie, 6), (&show, 7), (&season, 8), (&world.episodes[0], 9)] {
        world.rate_elsewhere(title, stars, world.now());
    }
    world.sweep().await;
    world.assert_same_preferences().await;
    for title in [&world.movie, &show, &season, &world.episodes[0]] {
        world.unrate(title).await;
    }
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).len(), 0);
    world.assert_same_preferences().await;
}

/// A season and an episode that came with a show from a folder have no ids of their own; Trakt takes no others.
#[rstest]
#[case::of_a_show_by_trakt(true)]
#[case::of_a_show_by_tvdb(false)]
#[tokio::test]
async fn parts_of_a_show_are_rated_by_ids_that_are_asked_for(#[case] by_trakt: bool) {
    let world = followed().await;
    let known = world.sim.catalogue().shows()[0].clone();
    let (show, season) = (world.show().await, world.season().await);
    if !by_trakt {
        let tvdb = known.facts.ids.tvdb.unwrap();
        let sql = format!("UPDATE title SET trakt_id = NULL, tvdb_id = {tvdb} WHERE id = {}", show.id);
        world.db.execute(&sql).await.unwrap();
    }
    let episode = &world.episodes[0];
    world.db.execute(&format!("UPDATE title SET trakt_id = NULL WHERE id = {}", episode.id)).await.unwrap();
    world.sim.clear_requests();
    world.rate(&season, 3).await;
    world.rate(episode, 4).await;
    world.drain_all().await;
    let its_season = known.seasons.iter().find(|season| season.number == 1).unwrap().ids.trakt;
    let its_episode = known.episode(1, 1).unwrap().ids.trakt;
    let rated = [(("episode".to_owned(), its_episode), 4), (("season".to_owned(), its_season), 3)];
    assert_eq!(world.there(RATINGS), BTreeMap::from(rated));
    assert_eq!(world.writes(), 1);
    assert_eq!(world.calls("/shows/"), 1, "the show is read once for both");

    world.come_to_rest().await;
    world.assert_same_preferences().await;
    for title in [&season, episode] {
        world.unrate(title).await;
    }
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).len(), 0);
}

#[tokio::test]
async fn a_part_that_trakt_does_not_have_is_parked_and_the_others_go() {
    let world = followed().await;
    let [known, unknown] = &world.episodes;
    let sql = format!("UPDATE title SET trakt_id = NULL, episode_number = 999 WHERE id = {}", unknown.id);
    world.db.execute(&sql).await.unwrap();
    world.rate(unknown, 4).await;
    world.rate(known, 5).await;
    world.drain_all().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [5]);
    let [row] = &world.queue().await[..] else { panic!("one message is left") };
    assert_eq!(row.state, OutboxState::Failed);
    assert_eq!(RowFailure::of(row), Some(RowFailure::Known(Failure::NotFound)));
}

/// While the show cannot be read, nothing is sent and nothing is given up.
#[tokio::test]
async fn ids_that_cannot_be_asked_for_wait() {
    let world = followed().await;
    let season = world.season().await;
    world.sim.add_fault(Fault::on("/shows/*", FaultKind::Empty { status: 503 }));
    world.rate(&season, 3).await;
    world.drain_until(TimeDelta::minutes(3)).await;
    assert_eq!(world.writes(), 0);
    assert_eq!(world.queue().await[0].state, OutboxState::Pending);
    world.sim.clear_faults();
    world.drain_all().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [3]);
}

#[tokio::test]
async fn what_is_rated_elsewhere_comes_here_with_titles_that_are_not_in_the_library() {
    let world = followed().await;
    let unknown = world.sim.catalogue().movies()[3].facts.ids.trakt;
    let rating = json!({"movies": [{"ids": {"trakt": unknown}, "rating": 10}]});
    world.act("/sync/ratings", &rating);
    world.sweep().await;
    assert_eq!(world.here(RATINGS).await, BTreeMap::from([(("movie".to_owned(), unknown), 10)]));
    assert_eq!(world.writes(), 0);
}

#[tokio::test]
async fn unrating_on_either_side_clears_both() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.rate(&world.episodes[0], 3).await;
    world.come_to_rest().await;
    world.unrate_elsewhere(&world.movie);
    world.unrate(&world.episodes[0]).await;
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).len(), 0);
    world.assert_same_preferences().await;
    world.sim.clear_requests();
    world.come_to_rest().await;
    assert_eq!(world.writes(), 0);
}

#[rstest]
#[case::here(60, 8)]
#[case::there(-60, 3)]
#[tokio::test]
async fn the_newest_of_two_ratings_wins(#[case] here_is_later_by: i64, #[case] wins: i64) {
    let world = followed().await;
    world.rate(&world.movie, 5).await;
    world.come_to_rest().await;
    // Trakt is away for half an hour, and the person rates on both sides.
    let away = Fault::on("*", FaultKind::Empty { status: 502 });
    world.sim.add_fault(away);
    world.wait(600);
    world.rate_elsewhere(&world.movie, 3, world.now() - TimeDelta::seconds(here_is_later_by));
    world.rate(&world.movie, 8).await;
    world.drain().await;
    world.wait(1_200);
    world.sim.clear_faults();
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [wins]);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn what_was_rated_while_disconnected_is_sent_when_the_connection_returns() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.rate(&world.episodes[0], 7).await;
    world.come_to_rest().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    assert_eq!(world.here(RATINGS).await.len(), 2, "ratings stay");
    world.rate(&world.movie, 2).await;
    world.unrate(&world.episodes[0]).await;
    world.rate(&world.episodes[1], 10).await;
    world.wait(3_600);
    world.connect().await;
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [10, 2]);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn another_account_gets_nothing_before_the_person_decides() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.come_to_rest().await;
    world.sim.add_person(&Person::new("carl"));
    world.connect_as("carl").await;
    world.pull().await;
    world.drain_all().await;
    let of_carl = || world.sim.act("carl", "GET", "/sync/ratings/all", None).body.as_array().unwrap().len();
    assert_eq!(of_carl(), 0);
    world.import().await;
    assert_eq!(of_carl(), 1);
    assert_eq!(world.here(RATINGS).await.len(), 1);
}

#[rstest]
#[case::named(None)]
#[case::without_ids(Some(FaultKind::NotFoundWithoutIds))]
#[tokio::test]
async fn what_trakt_does_not_know_is_kept_with_its_reason(#[case] fault: Option<FaultKind>) {
    let world = followed().await;
    let strange = crate::world::title(TitleKind::Movie, Some(99_999_999));
    let tx = world.db.begin().await.unwrap();
    let strange = titles::insert_many(&tx, vec![strange]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    world.sim.add_fault(Fault::on("/sync/ratings", fault.unwrap_or(FaultKind::EmptyImdb)).method("POST"));
    world.rate(&strange, 4).await;
    world.rate(&world.movie, 8).await;
    world.rate(&world.episodes[0], 9).await;
    world.drain_all().await;
    assert_eq!(world.there(RATINGS).len(), 2, "the others go on");
    let [row] = world.queue().await.try_into().unwrap();
    assert_eq!((row.title_id, row.state), (Some(strange.id), OutboxState::Failed));
    assert_eq!(RowFailure::of(&row), Some(RowFailure::Known(Failure::NotFound)));
    // It is not sent again by itself, and stays here.
    let writes = world.writes();
    world.sweep().await;
    world.drain_all().await;
    assert_eq!(world.writes() + writes, writes);
    assert_eq!(world.here(RATINGS).await.len(), 3);
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
async fn whatever_breaks_every_rating_arrives(#[case] kind: FaultKind, #[case] times: u32) {
    let world = followed().await;
    world.sim.add_fault(Fault::on("/sync/ratings", kind).method("POST").times(times));
    world.rate(&world.movie, 8).await;
    world.rate(&world.episodes[0], 9).await;
    world.come_to_rest().await;
    world.assert_same_preferences().await;
    assert_eq!(world.there(RATINGS).len(), 2);
}

#[tokio::test]
async fn a_rating_that_arrives_late_does_not_undo_the_next_one() {
    let world = followed().await;
    let late = FaultKind::ApplyLate { seconds: 120, hang_milliseconds: 0 };
    world.sim.add_fault(Fault::on("/sync/ratings", late).method("POST").times(1));
    world.rate(&world.movie, 3).await;
    world.drain().await;
    world.rate(&world.movie, 9).await;
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [9]);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn an_import_takes_a_long_list_and_sends_what_is_missing_there() {
    let clock = clock::ManualClock::new(crate::world::opening_time()).auto_advance();
    let sim = trakt_sim::Sim::builder()
        .movies(300)
        .shows(4)
        .frozen_at(crate::world::opening_time())
        .configure(|config| config.strict_contract = true);
    let sim = sim.start().await.unwrap();
    sim.add_person(&Person::new("bea").history(300));
    let world = World::with_sim(clock, sim).await;
    let movie = world.movie.trakt_id.unwrap();
    world.sim.act(
        "bea",
        "POST",
        "/sync/ratings/remove",
        Some(&json!({"movies": [{"ids": {"trakt": movie}}]})),
    );
    world.rate(&world.movie, 6).await;
    world.connect_as("bea").await;
    let there = || world.sim.act("bea", "GET", "/sync/ratings/all", None).body.as_array().unwrap().len();
    let before = there();
    assert!(before > 20, "{before}");
    let preview = world.engine.preview_import(world.user_id).await.unwrap();
    assert_eq!(preview.ratings.there, before);
    world.import().await;
    assert_eq!(there(), before + 1);
    assert_eq!(world.here(RATINGS).await.len(), before + 1);
}

async fn switch(world: &World, is_on: bool) {
    let change = SettingsChange { switches: vec![(SyncSwitch::Ratings, is_on)], ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, change).await.unwrap();
}

#[tokio::test]
async fn switched_off_nothing_flows_and_on_again_everything_catches_up() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.come_to_rest().await;
    world.rate(&world.episodes[1], 7).await;
    switch(&world, false).await;
    world.rate(&world.movie, 2).await;
    world.rate_elsewhere(&world.episodes[0], 10, world.now());
    world.list_elsewhere(&[&world.movie]);
    world.sim.clear_requests();
    world.come_to_rest().await;
    assert_eq!((world.calls("/sync/ratings"), world.writes()), (0, 0));
    assert_eq!(world.status_of(RATINGS).await.state, PullState::Off);
    assert_eq!(world.here(SyncCategory::Watchlist).await.len(), 1, "the others go on");
    switch(&world, true).await;
    world.come_to_rest().await;
    world.assert_same_preferences().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [10, 7, 2]);
}

#[tokio::test]
async fn a_rating_of_an_excluded_title_stays_here_until_it_is_not() {
    let world = followed().await;
    let exclude = async |titles: Vec<TitleId>| {
        let change = SettingsChange { excluded_titles: Some(titles), ..SettingsChange::default() };
        world.engine.change_settings(world.user_id, change).await.unwrap();
    };
    exclude(vec![world.movie.id]).await;
    world.rate(&world.movie, 8).await;
    world.rate(&world.episodes[0], 9).await;
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [9]);
    exclude(Vec::new()).await;
    world.come_to_rest().await;
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn what_changed_on_either_side_is_logged_and_can_be_undone_on_both() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.come_to_rest().await;
    world.unrate_elsewhere(&world.movie);
    world.sweep().await;
    assert_eq!(world.here(RATINGS).await.len(), 0);
    let log = world.engine.sync_log(world.user_id, ChangeFilter::default(), 0, 10).await.unwrap().changes;
    let kinds: Vec<_> = log.iter().map(|one| (one.direction, one.what, one.category)).collect();
    assert_eq!(
        kinds,
        [
            (SyncDirection::FromTrakt, SyncWhat::Removed, RATINGS),
            (SyncDirection::ToTrakt, SyncWhat::Added, RATINGS),
        ]
    );
    world.wait(5);
    world.engine.undo(world.user_id, log[0].id).await.unwrap();
    world.come_to_rest().await;
    assert_eq!(world.there(RATINGS).into_values().collect::<Vec<_>>(), [8]);
    world.assert_same_preferences().await;
}

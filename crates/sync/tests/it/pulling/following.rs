//! Sweeps: what changes at Trakt after the import.

use db::kinds::PlaySource;
use rstest::rstest;
use sync::outbox::payload::When;
use trakt_sim::{Fault, FaultKind};

use super::*;

async fn imported(plays: usize) -> World {
    let world = long_history(plays).await;
    world.import().await;
    world.sweep().await;
    world
}

#[tokio::test]
async fn an_idle_sweep_is_one_request_every_five_minutes() {
    let world = imported(300).await;
    for _ in 0..3 {
        assert_eq!(world.sweep().await, 1);
        assert_eq!(world.sim.requests()[0].path, "/sync/last_activities");
    }
    world.wait(200);
    world.sim.clear_requests();
    assert!(matches!(world.pull().await, Pulled::Until(_)));
    assert_eq!(world.sim.requests().len(), 0);
}

#[tokio::test]
async fn a_play_added_for_the_past_is_found_for_a_few_requests() {
    let world = imported(300).await;
    world.add_on_trakt(BEA, movie_id(&world, 7), opening_time() - TimeDelta::days(2_000));
    let requests = world.sweep().await;
    assert!(requests <= 6, "{requests}");
    world.assert_same(BEA).await;
    assert_eq!(world.all_plays().await.len(), 301);
    assert_eq!(world.writes(), 0);
}

#[tokio::test]
async fn a_change_in_the_second_of_the_last_read_is_not_missed() {
    let world = imported(50).await;
    world.add_on_trakt(BEA, movie_id(&world, 7), opening_time());
    world.engine.sync_now(world.user_id).await.unwrap();
    world.pull().await;
    world.add_on_trakt(BEA, movie_id(&world, 8), opening_time());
    world.sweep().await;
    world.assert_same(BEA).await;
    world.sweep().await;
    assert_eq!(world.sweep().await, 1, "then it is settled");
}

#[rstest]
#[case::one(1)]
#[case::ten(10)]
#[tokio::test]
async fn what_is_removed_at_trakt_is_removed_here(#[case] count: usize) {
    let world = imported(150).await;
    let gone: Vec<i64> = world.entries_of(BEA).iter().take(count).map(|entry| entry.0).collect();
    world.remove_on_trakt(BEA, &gone);
    world.sweep().await;
    world.assert_same(BEA).await;
    assert_eq!(world.all_plays().await.len(), 150 - count);
}

#[tokio::test]
async fn one_of_several_plays_of_a_title_goes_alone() {
    let world = imported(150).await;
    let movie = movie_id(&world, 3);
    world.add_on_trakt(BEA, movie, opening_time() - TimeDelta::days(400));
    world.add_on_trakt(BEA, movie, opening_time() - TimeDelta::days(400));
    world.sweep().await;
    let entries = world.entries_of(BEA);
    assert_eq!(world.all_plays().await.len(), 152);
    world.remove_on_trakt(BEA, &[entries.iter().map(|entry| entry.0).max().unwrap()]);
    world.sweep().await;
    world.assert_same(BEA).await;
}

#[tokio::test]
async fn many_removals_wait_and_additions_go_on() {
    let world = imported(150).await;
    let gone: Vec<i64> = world.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    world.remove_on_trakt(BEA, &gone);
    world.add_on_trakt(BEA, movie_id(&world, 50), opening_time());
    world.sweep().await;
    let status = world.sync_status().await;
    assert_eq!((status.state, status.held), (PullState::Waiting, 40));
    assert_eq!(world.all_plays().await.len(), 151);
    world.sweep().await;
    assert_eq!(world.sync_status().await.state, PullState::Waiting);
}

#[tokio::test]
async fn a_play_that_one_read_misses_is_not_removed() {
    let world = imported(150).await;
    let title = movie_id(&world, 3);
    world.add_on_trakt(BEA, title, opening_time() - TimeDelta::days(400));
    world.sweep().await;
    // Something is gone, so the title is read twice, and one of the reads is short.
    let entries = world.entries_of(BEA);
    let newest = entries.iter().map(|entry| entry.0).max().unwrap();
    world.add_on_trakt(BEA, title, opening_time() - TimeDelta::days(500));
    world.remove_on_trakt(BEA, &[newest]);
    let short = FaultKind::ShortPages { by: 1, page: Some(1) };
    world.sim.add_fault(Fault::on("/sync/history/movies", short).times(1));
    world.sweep().await;
    world.sim.clear_faults();
    let there: Vec<i64> = world.entries_of(BEA).iter().map(|entry| entry.0).collect();
    let here = world.entries_here().await;
    let lost =
        entries.iter().filter(|(id, _)| there.contains(id) && !here.iter().any(|entry| entry.0 == *id));
    assert_eq!(lost.collect::<Vec<_>>(), [] as [&Entry; 0]);
    for _ in 0..2 {
        world.sweep().await;
    }
    world.assert_same(BEA).await;
}

#[tokio::test]
async fn what_is_watched_here_is_not_pulled_as_another_play() {
    let world = World::connected().await;
    world.import().await;
    world.watch(95).await;
    world.drain_all().await;
    for _ in 0..3 {
        world.sweep().await;
    }
    world.assert_in_step(1).await;
    assert_eq!(world.plays().await[0].source, PlaySource::Kinometa);
    assert_eq!(world.writes(), 0);
}

#[tokio::test]
async fn a_play_whose_answer_was_lost_is_not_pulled_before_it_is_found() {
    let world = World::connected().await;
    world.import().await;
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.sim.add_fault(Fault::on("/sync/history", FaultKind::ResetAfter).method("POST").times(1));
    world.drain().await;
    assert_eq!(world.on_trakt().len(), 1);
    world.engine.sync_now(world.user_id).await.unwrap();
    world.pull().await;
    assert_eq!(world.plays().await.len(), 1);
    world.drain_all().await;
    world.sweep().await;
    world.assert_in_step(1).await;
}

#[tokio::test]
async fn a_report_of_another_client_that_came_first_is_the_same_viewing() {
    let world = World::connected().await;
    world.import().await;
    let player = world.player().await;
    player.play().await;
    player.watch_to(90);
    world.watched_elsewhere(world.now());
    world.engine.sync_now(world.user_id).await.unwrap();
    world.pull().await;
    player.watch_to(95).stop().await;
    world.drain_all().await;
    for _ in 0..2 {
        world.sweep().await;
    }
    let plays = world.plays().await;
    assert_eq!(plays.len(), 1, "{plays:?}");
}

#[rstest]
#[case::pulled_before(true)]
#[case::not_seen_yet(false)]
#[tokio::test]
async fn a_play_that_was_deleted_here_does_not_come_back(#[case] seen: bool) {
    let world = World::connected().await;
    world.import().await;
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.drain_all().await;
    if seen {
        world.sweep().await;
    }
    let play = world.plays().await.remove(0);
    world.forget(&play).await;
    world.engine.sync_now(world.user_id).await.unwrap();
    world.pull().await;
    assert_eq!(world.plays().await, []);
    world.drain_all().await;
    world.sweep().await;
    assert_eq!((world.plays().await.len(), world.on_trakt().len()), (0, 0));
}

#[tokio::test]
async fn a_play_deleted_while_disconnected_is_not_imported_when_the_connection_returns() {
    let world = World::connected().await;
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.drain_all().await;
    let play = world.plays().await.remove(0);
    world.engine.disconnect(world.user_id).await.unwrap();
    world.forget(&play).await;
    world.connect().await;
    world.import().await;
    assert_eq!(world.plays().await, []);
    world.drain_all().await;
    world.sweep().await;
    assert_eq!((world.plays().await.len(), world.on_trakt().len()), (0, 0));
}

#[tokio::test]
async fn another_account_is_another_history() {
    let world = imported(60).await;
    let plays = world.all_plays().await.len();
    world.sim.add_person(&Person::new("carl").history(20));
    world.connect_as("carl").await;
    world.sim.clear_requests();
    world.pull().await;
    assert_eq!(world.sync_status().await.state, PullState::Undecided);
    world.import().await;
    world.sweep().await;
    assert!(world.all_plays().await.len() >= plays, "nothing of the first is removed");
    let linked: Vec<i64> = world.all_plays().await.iter().filter_map(|play| play.trakt_history_id).collect();
    let there: Vec<i64> = world.entries_of("carl").iter().map(|entry| entry.0).collect();
    assert!(linked.iter().all(|id| there.contains(id)));
    world.connect_as(BEA).await;
    world.sweep().await;
    let linked = world.all_plays().await.iter().filter(|play| play.trakt_history_id.is_some()).count();
    assert_eq!(linked, world.entries_of(BEA).len());
}

#[tokio::test]
async fn a_play_whose_title_was_corrected_stays_when_its_old_entry_goes() {
    let world = imported(50).await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    world.drain_all().await;
    world.sweep().await;
    let right = world.movie_known_as(movie_id(&world, 1)).await;
    let tx = world.db.begin().await.unwrap();
    let play = db::plays::find(&tx, play.id).await.unwrap().unwrap();
    sync::outbox::retitle_play(&tx, &play, right, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    world.drain_all().await;
    for _ in 0..2 {
        world.sweep().await;
    }
    let kept = db::plays::find(&*world.db, play.id).await.unwrap().unwrap();
    assert_eq!((kept.title_id, kept.source), (right, play.source));
    world.assert_same(BEA).await;
    assert_eq!(world.all_plays().await.len(), 51);
}

/// Somebody corrects this server's clock: what comes next is not waited for an hour longer.
#[rstest]
#[case::while_all_is_well(false)]
#[case::while_trakt_is_away(true)]
#[tokio::test]
async fn a_clock_that_is_set_back_does_not_stop_reading(#[case] away: bool) {
    let world = long_history(10).await;
    world.import().await;
    world.wait(301);
    if away {
        world.sim.add_fault(Fault::on("/sync/last_activities", FaultKind::Empty { status: 503 }));
    }
    world.pull().await;
    world.set_clock_back(TimeDelta::hours(1));
    world.sim.clear_faults();
    world.sim.clear_requests();
    world.wait(301);
    world.pull().await;
    assert_eq!(world.calls("/sync/last_activities"), 1);
}

#[tokio::test]
async fn an_account_is_read_by_one_node_and_by_another_within_a_minute_of_its_death() {
    let world = long_history(20).await;
    world.import().await;
    let second = world.another_engine().await;
    world.wait(301);
    world.sim.clear_requests();
    world.pull().await;
    assert!(matches!(second.pull(world.user_id).await.unwrap(), Pulled::Until(_)));
    assert_eq!(world.sim.requests().len(), 1, "one node asks");
    // The first node has died, and the person asks the other to look.
    world.add_on_trakt(BEA, movie_id(&world, 3), opening_time() - TimeDelta::days(3_000));
    let died = world.now();
    second.sync_now(world.user_id).await.unwrap();
    while world.all_plays().await.len() < world.entries_of(BEA).len() {
        assert!(world.now() - died <= TimeDelta::seconds(60), "nobody reads the account");
        let Pulled::Until(moment) = second.pull(world.user_id).await.unwrap() else { panic!("it stopped") };
        world.wait((moment - world.now()).num_seconds().clamp(1, 10));
    }
    world.assert_same(BEA).await;
}

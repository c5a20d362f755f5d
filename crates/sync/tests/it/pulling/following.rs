//! Sweeps: changes on Trakt after the import.

use db::kinds::PlaySource;
use rstest::rstest;
use sync::outbox::payload::When;
use trakt_sim::{Fault, FaultKind};

use super::*;

async fn imported(plays: usize) -> Fixture {
    let fixture = long_history(plays).await;
    fixture.import().await;
    fixture.sweep().await;
    fixture
}

#[tokio::test]
async fn an_idle_sweep_is_one_request_every_five_minutes() {
    let fixture = imported(300).await;
    for _ in 0..3 {
        assert_eq!(fixture.sweep().await, 1);
        assert_eq!(fixture.sim.requests()[0].path, "/sync/last_activities");
    }
    fixture.wait(200);
    fixture.sim.clear_requests();
    assert!(matches!(fixture.pull().await, Pulled::Until(_)));
    assert_eq!(fixture.sim.requests().len(), 0);
}

#[tokio::test]
async fn a_backdated_play_is_found_with_few_requests() {
    let fixture = imported(300).await;
    fixture.add_on_trakt(BEA, movie_id(&fixture, 7), opening_time() - TimeDelta::days(2_000));
    let requests = fixture.sweep().await;
    assert!(requests <= 6, "{requests}");
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 301);
    assert_eq!(fixture.writes(), 0);
}

#[tokio::test]
async fn a_change_in_the_second_of_the_last_read_is_not_missed() {
    let fixture = imported(50).await;
    fixture.add_on_trakt(BEA, movie_id(&fixture, 7), opening_time());
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    fixture.pull().await;
    fixture.add_on_trakt(BEA, movie_id(&fixture, 8), opening_time());
    fixture.sweep().await;
    fixture.assert_same(BEA).await;
    fixture.sweep().await;
    assert_eq!(fixture.sweep().await, 1, "the change is settled");
}

#[rstest]
#[case::one(1)]
#[case::ten(10)]
#[tokio::test]
async fn plays_removed_on_trakt_are_removed_here(#[case] count: usize) {
    let fixture = imported(150).await;
    let gone: Vec<i64> = fixture.entries_of(BEA).iter().take(count).map(|entry| entry.0).collect();
    fixture.remove_on_trakt(BEA, &gone);
    fixture.sweep().await;
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 150 - count);
}

#[tokio::test]
async fn only_the_removed_one_of_several_plays_is_removed_here() {
    let fixture = imported(150).await;
    let movie = movie_id(&fixture, 3);
    fixture.add_on_trakt(BEA, movie, opening_time() - TimeDelta::days(400));
    fixture.add_on_trakt(BEA, movie, opening_time() - TimeDelta::days(400));
    fixture.sweep().await;
    let entries = fixture.entries_of(BEA);
    assert_eq!(fixture.all_plays().await.len(), 152);
    fixture.remove_on_trakt(BEA, &[entries.iter().map(|entry| entry.0).max().unwrap()]);
    fixture.sweep().await;
    fixture.assert_same(BEA).await;
}

#[tokio::test]
async fn a_due_check_is_reported_as_due() {
    let fixture = imported(50).await;
    fixture.wait(301);
    let due = fixture.sync_status().await;
    assert_eq!((due.state, due.next), (PullState::Due, None));
    fixture.pull().await;
    let followed = fixture.sync_status().await;
    assert_eq!(followed.state, PullState::Following);
    assert!(followed.next > Some(fixture.now()));
}

#[tokio::test]
async fn a_check_waiting_for_the_request_limit_reports_until_when() {
    let fixture = imported(50).await;
    fixture.sim.configure(|config| config.read_limit = 1);
    fixture.sweep().await;
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    let due = fixture.sync_status().await;
    let allowed_at = fixture.engine.requests(fixture.user_id).await.unwrap().unwrap().resets_at;
    assert_eq!((due.state, due.next), (PullState::Due, allowed_at));
    assert!(due.next > Some(fixture.now()));
    fixture.sim.configure(|config| config.read_limit = 500);
    fixture.pull().await;
    assert_eq!(fixture.sync_status().await.state, PullState::Following);
}

#[tokio::test]
async fn many_removals_wait_while_additions_continue() {
    let fixture = imported(150).await;
    let gone: Vec<i64> = fixture.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    fixture.remove_on_trakt(BEA, &gone);
    fixture.add_on_trakt(BEA, movie_id(&fixture, 50), opening_time());
    fixture.sweep().await;
    let status = fixture.sync_status().await;
    assert_eq!((status.state, status.held), (PullState::Waiting, 40));
    assert_eq!(fixture.all_plays().await.len(), 151);
    fixture.sweep().await;
    assert_eq!(fixture.sync_status().await.state, PullState::Waiting);
}

#[tokio::test]
async fn a_play_that_one_read_misses_is_not_removed() {
    let fixture = imported(150).await;
    let title = movie_id(&fixture, 3);
    fixture.add_on_trakt(BEA, title, opening_time() - TimeDelta::days(400));
    fixture.sweep().await;
    // A play is removed, so the title is read twice, and one of the reads is incomplete.
    let entries = fixture.entries_of(BEA);
    let newest = entries.iter().map(|entry| entry.0).max().unwrap();
    fixture.add_on_trakt(BEA, title, opening_time() - TimeDelta::days(500));
    fixture.remove_on_trakt(BEA, &[newest]);
    let short = FaultKind::ShortPages { by: 1, page: Some(1) };
    fixture.sim.add_fault(Fault::on("/sync/history/movies", short).times(1));
    fixture.sweep().await;
    fixture.sim.clear_faults();
    let there: Vec<i64> = fixture.entries_of(BEA).iter().map(|entry| entry.0).collect();
    let here = fixture.entries_here().await;
    let lost =
        entries.iter().filter(|(id, _)| there.contains(id) && !here.iter().any(|entry| entry.0 == *id));
    assert_eq!(lost.collect::<Vec<_>>(), [] as [&Entry; 0]);
    for _ in 0..2 {
        fixture.sweep().await;
    }
    fixture.assert_same(BEA).await;
}

#[tokio::test]
async fn a_play_made_here_is_not_read_as_another_play() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.watch(95).await;
    fixture.drain_all().await;
    for _ in 0..3 {
        fixture.sweep().await;
    }
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].source, PlaySource::Kinometa);
    assert_eq!(fixture.writes(), 0);
}

#[tokio::test]
async fn a_play_with_a_lost_response_is_not_read_as_another_play() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::ResetAfter).method("POST").times(1));
    fixture.drain().await;
    assert_eq!(fixture.on_trakt().len(), 1);
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    fixture.pull().await;
    assert_eq!(fixture.plays().await.len(), 1);
    fixture.drain_all().await;
    fixture.sweep().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn an_earlier_report_of_another_client_is_the_same_viewing() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(90);
    fixture.watched_elsewhere(fixture.now());
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    fixture.pull().await;
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    for _ in 0..2 {
        fixture.sweep().await;
    }
    let plays = fixture.plays().await;
    assert_eq!(plays.len(), 1, "{plays:?}");
}

#[rstest]
#[case::pulled_before(true)]
#[case::not_seen_yet(false)]
#[tokio::test]
async fn a_play_deleted_here_does_not_return(#[case] seen: bool) {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    if seen {
        fixture.sweep().await;
    }
    let play = fixture.plays().await.remove(0);
    fixture.forget(&play).await;
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    fixture.pull().await;
    assert_eq!(fixture.plays().await, []);
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!((fixture.plays().await.len(), fixture.on_trakt().len()), (0, 0));
}

#[tokio::test]
async fn a_play_deleted_while_disconnected_is_not_imported_after_reconnecting() {
    let fixture = Fixture::connected().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    let play = fixture.plays().await.remove(0);
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.forget(&play).await;
    fixture.connect().await;
    fixture.import().await;
    assert_eq!(fixture.plays().await, []);
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!((fixture.plays().await.len(), fixture.on_trakt().len()), (0, 0));
}

#[tokio::test]
async fn another_account_has_another_history() {
    let fixture = imported(60).await;
    let plays = fixture.all_plays().await.len();
    fixture.sim.add_person(&Person::new("carl").history(20));
    fixture.connect_as("carl").await;
    fixture.sim.clear_requests();
    fixture.pull().await;
    assert_eq!(fixture.sync_status().await.state, PullState::Undecided);
    fixture.import().await;
    fixture.sweep().await;
    assert!(fixture.all_plays().await.len() >= plays, "plays of the first account are not removed");
    let linked: Vec<i64> =
        fixture.all_plays().await.iter().filter_map(|play| play.trakt_history_id).collect();
    let there: Vec<i64> = fixture.entries_of("carl").iter().map(|entry| entry.0).collect();
    assert!(linked.iter().all(|id| there.contains(id)));
    fixture.connect_as(BEA).await;
    fixture.sweep().await;
    let linked = fixture.all_plays().await.iter().filter(|play| play.trakt_history_id.is_some()).count();
    assert_eq!(linked, fixture.entries_of(BEA).len());
}

#[tokio::test]
async fn a_play_with_a_corrected_title_is_kept_when_its_old_entry_is_removed() {
    let fixture = imported(50).await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    fixture.sweep().await;
    let right = fixture.movie_known_as(movie_id(&fixture, 1)).await;
    let tx = fixture.db.begin().await.unwrap();
    let play = db::plays::find(&tx, play.id).await.unwrap().unwrap();
    sync::outbox::retitle_play(&tx, &play, right, fixture.now()).await.unwrap();
    tx.commit().await.unwrap();
    fixture.drain_all().await;
    for _ in 0..2 {
        fixture.sweep().await;
    }
    let kept = db::plays::find(&*fixture.db, play.id).await.unwrap().unwrap();
    assert_eq!((kept.title_id, kept.source), (right, play.source));
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 51);
}

/// This server's clock is set back: the next read is not delayed by an hour.
#[rstest]
#[case::while_all_is_well(false)]
#[case::while_trakt_is_away(true)]
#[tokio::test]
async fn setting_the_clock_back_does_not_stop_reading(#[case] away: bool) {
    let fixture = long_history(10).await;
    fixture.import().await;
    fixture.wait(301);
    if away {
        fixture.sim.add_fault(Fault::on("/sync/last_activities", FaultKind::Empty { status: 503 }));
    }
    fixture.pull().await;
    fixture.set_clock_back(TimeDelta::hours(1));
    fixture.sim.clear_faults();
    fixture.sim.clear_requests();
    fixture.wait(301);
    fixture.pull().await;
    assert_eq!(fixture.calls("/sync/last_activities"), 1);
}

#[tokio::test]
async fn another_node_reads_an_account_within_a_minute_after_a_crash() {
    let fixture = long_history(20).await;
    fixture.import().await;
    let second = fixture.another_engine().await;
    fixture.wait(301);
    fixture.sim.clear_requests();
    fixture.pull().await;
    assert!(matches!(second.pull(fixture.user_id).await.unwrap(), Pulled::Until(_)));
    assert_eq!(fixture.sim.requests().len(), 1, "only one node reads");
    // The first node has crashed, and the user requests a sync on the other.
    fixture.add_on_trakt(BEA, movie_id(&fixture, 3), opening_time() - TimeDelta::days(3_000));
    let died = fixture.now();
    second.sync_now(fixture.user_id).await.unwrap();
    while fixture.all_plays().await.len() < fixture.entries_of(BEA).len() {
        assert!(fixture.now() - died <= TimeDelta::seconds(60), "no node reads the account");
        let Pulled::Until(moment) = second.pull(fixture.user_id).await.unwrap() else { panic!("it stopped") };
        fixture.wait((moment - fixture.now()).num_seconds().clamp(1, 10));
    }
    fixture.assert_same(BEA).await;
}

//! The sync log, and undoing its entries.

use db::{
    kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat},
    plays,
    rows::SyncChange,
    sync_changes::ChangeFilter,
};
use sync::{CannotUndo, Error, can_be_undone, outbox::payload::When};

use super::*;

impl Fixture {
    async fn log(&self, filter: ChangeFilter) -> Vec<SyncChange> {
        self.engine.sync_log(self.user_id, filter, 0, 500).await.unwrap().changes
    }

    async fn whole_log(&self) -> Vec<SyncChange> {
        self.log(ChangeFilter::default()).await
    }
}

fn kinds(log: &[SyncChange]) -> Vec<(SyncDirection, SyncWhat, SyncReason, i64)> {
    log.iter().map(|one| (one.direction, one.what, one.reason, one.amount)).collect()
}

const FROM: SyncDirection = SyncDirection::FromTrakt;
const TO: SyncDirection = SyncDirection::ToTrakt;

#[tokio::test]
async fn an_import_is_one_log_entry_and_an_idle_sweep_none() {
    let fixture = long_history(300).await;
    fixture.import().await;
    fixture.sweep().await;
    let mut log = fixture.whole_log().await;
    log.retain(|change| change.category == SyncCategory::History);
    assert_eq!(kinds(&log), [(FROM, SyncWhat::Added, SyncReason::Import, 300)]);
    assert!(!can_be_undone(&log[0]));
    let undone = fixture.engine.undo(fixture.user_id, log[0].id).await;
    assert!(matches!(undone, Err(Error::CannotUndo(CannotUndo::NotKnown))), "{undone:?}");
    assert_eq!(fixture.whole_log().await[0].undone_at, None);
}

#[tokio::test]
async fn changes_on_either_side_are_logged_with_time_and_title() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.watched_elsewhere(opening_time() - TimeDelta::days(3));
    fixture.sweep().await;
    fixture.mark(&[&fixture.episodes[0]], When::At(fixture.now())).await;
    fixture.watch(95).await;
    fixture.drain_all().await;
    let log = fixture.whole_log().await;
    let expected = [
        (TO, SyncWhat::Added, SyncReason::Here, 1),
        (TO, SyncWhat::Added, SyncReason::Here, 1),
        (FROM, SyncWhat::Added, SyncReason::Sweep, 1),
    ];
    assert_eq!(kinds(&log), expected);
    let added = &log[2];
    assert_eq!(added.title_id, Some(fixture.movie.id));
    assert_eq!(added.after.as_ref().unwrap()["watched_at"], "2026-11-18T20:00:00Z");
    let only = ChangeFilter {
        direction: Some(FROM),
        category: Some(SyncCategory::History),
        ..ChangeFilter::default()
    };
    assert_eq!(fixture.log(only).await.len(), 1);
    let only = ChangeFilter { title_id: Some(fixture.movie.id), ..ChangeFilter::default() };
    assert_eq!(fixture.log(only).await.len(), 2);
    let only = ChangeFilter { what: Some(SyncWhat::Removed), ..ChangeFilter::default() };
    assert_eq!(fixture.log(only).await.len(), 0);
}

#[tokio::test]
async fn a_removal_on_trakt_is_undone_on_both_sides() {
    let fixture = Fixture::connected().await;
    fixture.watched_elsewhere(opening_time() - TimeDelta::days(3));
    fixture.import().await;
    fixture.remove_on_trakt(trakt_sim::DEMO_USER, &[fixture.on_trakt()[0].id]);
    fixture.sweep().await;
    fixture.assert_in_sync(0).await;
    let removed = fixture.whole_log().await.remove(0);
    assert_eq!((removed.direction, removed.what), (FROM, SyncWhat::Removed));
    assert!(can_be_undone(&removed));

    fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
    fixture.settle().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(opening_time() - TimeDelta::days(3)));
    for _ in 0..3 {
        fixture.sweep().await;
    }
    fixture.assert_in_sync(1).await;
    let again = fixture.engine.undo(fixture.user_id, removed.id).await;
    assert!(matches!(again, Err(Error::CannotUndo(CannotUndo::Already))), "{again:?}");
}

#[tokio::test]
async fn removals_that_were_sent_together_are_undone_together() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    let [first, second] = &fixture.episodes;
    let plays = fixture.mark(&[first, second], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    for play in &plays {
        fixture.forget(play).await;
    }
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
    let removed = ChangeFilter { what: Some(SyncWhat::Removed), ..ChangeFilter::default() };
    let removed = fixture.log(removed).await;
    assert_eq!(removed.len(), 2);
    assert!(removed[0].run_at.is_some() && removed[0].run_at == removed[1].run_at, "{removed:?}");
    let undone = fixture.engine.undo_run(fixture.user_id, removed[0].id).await.unwrap();
    assert_eq!((undone.title_ids.len(), undone.kept), (2, 0));
    fixture.settle().await;
    fixture.sweep().await;
    fixture.assert_in_sync(2).await;
}

#[tokio::test]
async fn a_removal_here_is_undone_on_both_sides() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    fixture.sweep().await;
    fixture.forget(&play).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
    let removed = fixture.whole_log().await.remove(0);
    assert_eq!((removed.direction, removed.what), (TO, SyncWhat::Removed));
    fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
    fixture.settle().await;
    for _ in 0..3 {
        fixture.sweep().await;
    }
    fixture.assert_in_sync(1).await;
    // It is followed as before: if it is removed on Trakt, it is removed here.
    fixture.remove_on_trakt(trakt_sim::DEMO_USER, &[fixture.on_trakt()[0].id]);
    fixture.sweep().await;
    fixture.sweep().await;
    fixture.assert_in_sync(0).await;
}

/// A play with an unknown time.
#[rstest::rstest]
#[case::here(true)]
#[case::on_trakt(false)]
#[tokio::test]
async fn the_removal_of_a_play_without_a_time_is_undone_on_both_sides(#[case] is_here: bool) {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    let plays = fixture.mark(&[&fixture.movie, &fixture.episodes[0]], When::Unknown).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    fixture.assert_in_sync(2).await;
    if is_here {
        fixture.forget(&plays[0]).await;
        fixture.drain_all().await;
    } else {
        let entry = plays::find(&*fixture.db, plays[0].id).await.unwrap().unwrap().trakt_history_id.unwrap();
        fixture.remove_on_trakt(trakt_sim::DEMO_USER, &[entry]);
        fixture.sweep().await;
    }
    fixture.assert_in_sync(1).await;
    let removed = fixture.whole_log().await.remove(0);
    assert_eq!((removed.direction, removed.what), (if is_here { TO } else { FROM }, SyncWhat::Removed));
    assert!(can_be_undone(&removed));
    fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
    fixture.settle().await;
    for _ in 0..3 {
        fixture.sweep().await;
    }
    fixture.assert_in_sync(2).await;
    assert!(fixture.plays().await.iter().all(|play| play.watched_at.is_none()));
}

/// Many removals wait for confirmation; each of them can be undone afterwards.
#[tokio::test]
async fn confirmed_removals_can_be_undone_on_both_sides() {
    let fixture = long_history(30).await;
    fixture.import().await;
    let gone: Vec<i64> = fixture.entries_of(BEA).iter().take(20).map(|entry| entry.0).collect();
    fixture.remove_on_trakt(BEA, &gone);
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.all_plays().await.len(), 30, "the removals wait");
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    fixture.engine.decide_plan(fixture.user_id, plan.id, sync::Decision::Remove).await.unwrap();
    fixture.settle().await;
    fixture.sweep().await;
    assert_eq!(fixture.all_plays().await.len(), 10);
    let only = ChangeFilter { what: Some(SyncWhat::Removed), ..ChangeFilter::default() };
    let removed = fixture.log(only).await;
    assert_eq!(removed.len(), 20);
    for change in &removed {
        assert!(can_be_undone(change), "{change:?}");
        fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    }
    fixture.settle().await;
    for _ in 0..3 {
        fixture.sweep().await;
    }
    assert_eq!(fixture.all_plays().await.len(), 30);
    fixture.assert_same(BEA).await;
}

#[tokio::test]
async fn an_addition_is_undone_on_both_sides() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.watched_elsewhere(opening_time() - TimeDelta::days(3));
    fixture.sweep().await;
    fixture.assert_in_sync(1).await;
    let added = fixture.whole_log().await.remove(0);
    fixture.engine.undo(fixture.user_id, added.id).await.unwrap();
    fixture.settle().await;
    fixture.sweep().await;
    fixture.assert_in_sync(0).await;
}

#[tokio::test]
async fn changes_of_another_account_cannot_be_undone() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.watched_elsewhere(opening_time() - TimeDelta::days(3));
    fixture.sweep().await;
    let added = fixture.whole_log().await.remove(0);
    fixture.connect_as(trakt_sim::GUEST_USER).await;
    let undone = fixture.engine.undo(fixture.user_id, added.id).await;
    assert!(matches!(undone, Err(Error::CannotUndo(CannotUndo::OtherAccount))), "{undone:?}");
    assert_eq!(fixture.plays().await.len(), 1);
}

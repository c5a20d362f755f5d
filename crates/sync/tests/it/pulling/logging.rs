//! The log of the sync, and undoing what is in it.

use db::{
    kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat},
    rows::SyncChange,
    sync_changes::ChangeFilter,
};
use sync::{CannotUndo, Error, can_be_undone, outbox::payload::When};

use super::*;

impl World {
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
async fn an_import_is_one_line_and_an_idle_sweep_is_none() {
    let world = long_history(300).await;
    world.import().await;
    world.sweep().await;
    let mut log = world.whole_log().await;
    log.retain(|change| change.category == SyncCategory::History);
    assert_eq!(kinds(&log), [(FROM, SyncWhat::Added, SyncReason::Import, 300)]);
    assert!(!can_be_undone(&log[0]));
    let undone = world.engine.undo(world.user_id, log[0].id).await;
    assert!(matches!(undone, Err(Error::CannotUndo(CannotUndo::NotKnown))), "{undone:?}");
    assert_eq!(world.whole_log().await[0].undone_at, None);
}

#[tokio::test]
async fn what_changes_on_either_side_is_logged_with_its_time_and_title() {
    let world = World::connected().await;
    world.import().await;
    world.watched_elsewhere(opening_time() - TimeDelta::days(3));
    world.sweep().await;
    world.mark(&[&world.episodes[0]], When::At(world.now())).await;
    world.watch(95).await;
    world.drain_all().await;
    let log = world.whole_log().await;
    let expected = [
        (TO, SyncWhat::Added, SyncReason::Here, 1),
        (TO, SyncWhat::Added, SyncReason::Here, 1),
        (FROM, SyncWhat::Added, SyncReason::Sweep, 1),
    ];
    assert_eq!(kinds(&log), expected);
    let added = &log[2];
    assert_eq!(added.title_id, Some(world.movie.id));
    assert_eq!(added.after.as_ref().unwrap()["watched_at"], "2026-11-18T20:00:00Z");
    let only = ChangeFilter {
        direction: Some(FROM),
        category: Some(SyncCategory::History),
        ..ChangeFilter::default()
    };
    assert_eq!(world.log(only).await.len(), 1);
    let only = ChangeFilter { title_id: Some(world.movie.id), ..ChangeFilter::default() };
    assert_eq!(world.log(only).await.len(), 2);
    let only = ChangeFilter { what: Some(SyncWhat::Removed), ..ChangeFilter::default() };
    assert_eq!(world.log(only).await.len(), 0);
}

#[tokio::test]
async fn a_removal_on_trakt_is_undone_on_both_sides() {
    let world = World::connected().await;
    world.watched_elsewhere(opening_time() - TimeDelta::days(3));
    world.import().await;
    world.remove_on_trakt(trakt_sim::DEMO_USER, &[world.on_trakt()[0].id]);
    world.sweep().await;
    world.assert_in_step(0).await;
    let removed = world.whole_log().await.remove(0);
    assert_eq!((removed.direction, removed.what), (FROM, SyncWhat::Removed));
    assert!(can_be_undone(&removed));

    world.engine.undo(world.user_id, removed.id).await.unwrap();
    world.settle().await;
    world.assert_in_step(1).await;
    assert_eq!(world.on_trakt()[0].watched_at, to_the_minute(opening_time() - TimeDelta::days(3)));
    for _ in 0..3 {
        world.sweep().await;
    }
    world.assert_in_step(1).await;
    let again = world.engine.undo(world.user_id, removed.id).await;
    assert!(matches!(again, Err(Error::CannotUndo(CannotUndo::Already))), "{again:?}");
}

#[tokio::test]
async fn a_removal_here_is_undone_on_both_sides() {
    let world = World::connected().await;
    world.import().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    world.drain_all().await;
    world.sweep().await;
    world.forget(&play).await;
    world.drain_all().await;
    world.assert_in_step(0).await;
    let removed = world.whole_log().await.remove(0);
    assert_eq!((removed.direction, removed.what), (TO, SyncWhat::Removed));
    world.engine.undo(world.user_id, removed.id).await.unwrap();
    world.settle().await;
    for _ in 0..3 {
        world.sweep().await;
    }
    world.assert_in_step(1).await;
    // It is followed as before: removed on Trakt, it goes here.
    world.remove_on_trakt(trakt_sim::DEMO_USER, &[world.on_trakt()[0].id]);
    world.sweep().await;
    world.sweep().await;
    world.assert_in_step(0).await;
}

#[tokio::test]
async fn an_addition_is_undone_on_both_sides() {
    let world = World::connected().await;
    world.import().await;
    world.watched_elsewhere(opening_time() - TimeDelta::days(3));
    world.sweep().await;
    world.assert_in_step(1).await;
    let added = world.whole_log().await.remove(0);
    world.engine.undo(world.user_id, added.id).await.unwrap();
    world.settle().await;
    world.sweep().await;
    world.assert_in_step(0).await;
}

#[tokio::test]
async fn what_another_account_did_is_not_undone() {
    let world = World::connected().await;
    world.import().await;
    world.watched_elsewhere(opening_time() - TimeDelta::days(3));
    world.sweep().await;
    let added = world.whole_log().await.remove(0);
    world.connect_as(trakt_sim::GUEST_USER).await;
    let undone = world.engine.undo(world.user_id, added.id).await;
    assert!(matches!(undone, Err(Error::CannotUndo(CannotUndo::OtherAccount))), "{undone:?}");
    assert_eq!(world.plays().await.len(), 1);
}

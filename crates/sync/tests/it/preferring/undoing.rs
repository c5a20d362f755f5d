//! Undoing removals of preferences on either side.

use db::{
    kinds::{SyncDirection, SyncWhat},
    rows::SyncChange,
    sync_changes::ChangeFilter,
};
use rstest::rstest;

use super::*;
use crate::pulling::{BEA, long_history};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Rating,
    Watchlist,
    Dropped,
    NotInterested,
}

impl Kind {
    fn category(self) -> SyncCategory {
        match self {
            Self::Rating => SyncCategory::Ratings,
            Self::Watchlist => SyncCategory::Watchlist,
            Self::Dropped => SyncCategory::Dropped,
            Self::NotInterested => SyncCategory::Recommendations,
        }
    }

    fn chosen(self, is_so: bool) -> NewPreference {
        match self {
            Self::Rating => NewPreference::Rating(is_so.then_some(8)),
            Self::Watchlist => NewPreference::Watchlist(is_so),
            Self::Dropped => NewPreference::Dropped(is_so),
            Self::NotInterested => NewPreference::NotInterested(is_so),
        }
    }

    fn removal(self) -> &'static str {
        match self {
            Self::Rating => "/sync/ratings/remove",
            Self::Watchlist => "/sync/watchlist/remove",
            Self::Dropped => "/users/hidden/dropped/remove",
            Self::NotInterested => "/users/hidden/recommendations/remove",
        }
    }
}

impl Fixture {
    fn count_there(&self, kind: Kind) -> usize {
        match kind {
            Kind::NotInterested => self.not_recommended_there().len(),
            Kind::Rating | Kind::Watchlist | Kind::Dropped => self.there(kind.category()).len(),
        }
    }

    async fn log_of(&self, kind: Kind) -> Vec<SyncChange> {
        let filter = ChangeFilter { category: Some(kind.category()), ..ChangeFilter::default() };
        self.engine.sync_log(self.user_id, filter, 0, 500).await.unwrap().changes
    }
}

#[rstest]
#[tokio::test]
async fn undoing_a_removal_restores_the_value_on_both_sides(
    #[values(Kind::Rating, Kind::Watchlist, Kind::Dropped, Kind::NotInterested)] kind: Kind,
    #[values(true, false)] is_here: bool,
) {
    let fixture = followed().await;
    let title = fixture.show().await;
    fixture.set(&title, kind.chosen(true)).await;
    fixture.sync_until_idle().await;
    assert_eq!((fixture.here(kind.category()).await.len(), fixture.count_there(kind)), (1, 1));
    fixture.wait(60);
    if is_here {
        fixture.set(&title, kind.chosen(false)).await;
    } else {
        fixture.act(kind.removal(), &named(&[&title]));
    }
    fixture.sync_until_idle().await;
    assert_eq!((fixture.here(kind.category()).await.len(), fixture.count_there(kind)), (0, 0));
    let removed = fixture.log_of(kind).await.remove(0);
    let direction = if is_here { SyncDirection::ToTrakt } else { SyncDirection::FromTrakt };
    assert_eq!((removed.direction, removed.what), (direction, SyncWhat::Removed));
    assert!(sync::can_be_undone(&removed));

    fixture.wait(60);
    fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
    fixture.sync_until_idle().await;
    let value = if kind == Kind::Rating { 8 } else { 1 };
    assert_eq!(fixture.here(kind.category()).await.into_values().collect::<Vec<_>>(), [value]);
    assert_eq!(fixture.count_there(kind), 1);
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!((fixture.here(kind.category()).await.len(), fixture.count_there(kind)), (1, 1));
    }
}

/// Many removals on Trakt wait for confirmation, and can be undone one by one afterwards.
#[rstest]
#[case(Kind::Rating)]
#[case(Kind::Watchlist)]
#[tokio::test]
async fn undoing_confirmed_removals_restores_the_values_on_both_sides(#[case] kind: Kind) {
    let fixture = long_history(0).await;
    fixture.import().await;
    fixture.wait(20);
    let movies: Vec<Value> = (0..20)
        .map(
            |at| json!({"ids": {"trakt": fixture.sim.catalogue().movies()[at].facts.ids.trakt}, "rating": 8}),
        )
        .collect();
    let body = json!({ "movies": movies });
    let act = |path: &str| assert!(fixture.sim.act(BEA, "POST", path, Some(&body)).status < 300);
    act(kind.removal().trim_end_matches("/remove"));
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(kind.category()).await.len(), 20);
    fixture.wait(60);
    act(kind.removal());
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.here(kind.category()).await.len(), 20, "the removals wait");
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    fixture.engine.decide_plan(fixture.user_id, plan.id, sync::Decision::Remove).await.unwrap();
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(kind.category()).await.len(), 0);
    fixture.wait(60);
    let mut removed = fixture.log_of(kind).await;
    removed.retain(|change| change.what == SyncWhat::Removed);
    assert_eq!(removed.len(), 20);
    for change in &removed {
        fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(kind.category()).await.len(), 20);
    let path = format!("{}?limit=250", kind.removal().replace("/remove", "/movies"));
    assert_eq!(fixture.sim.act(BEA, "GET", &path, None).body.as_array().unwrap().len(), 20);
}

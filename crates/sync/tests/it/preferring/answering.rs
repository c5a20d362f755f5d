//! What Trakt answers to a choice, and what that means: the choice arrives, or the person is told why it does not.

use db::kinds::OutboxState;
use rstest::rstest;
use trakt_sim::{Fault, FaultKind};

use super::*;

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Rating,
    Watchlist,
    Dropped,
    NotInterested,
}

impl What {
    fn is(self, is_on: bool) -> NewPreference {
        match self {
            Self::Rating => NewPreference::Rating(is_on.then_some(7)),
            Self::Watchlist => NewPreference::Watchlist(is_on),
            Self::Dropped => NewPreference::Dropped(is_on),
            Self::NotInterested => NewPreference::NotInterested(is_on),
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Rating => "/sync/ratings",
            Self::Watchlist => "/sync/watchlist",
            Self::Dropped => "/users/hidden/dropped",
            Self::NotInterested => "/users/hidden/recommendations",
        }
    }

    async fn titles(self, world: &World) -> Vec<Title> {
        match self {
            Self::Rating | Self::Watchlist => {
                vec![world.movie.clone(), world.episodes[0].clone(), world.episodes[1].clone()]
            }
            Self::Dropped => vec![world.show().await],
            Self::NotInterested => world.recommended().await.into_iter().take(2).collect(),
        }
    }

    fn count_there(self, world: &World) -> usize {
        match self {
            Self::Rating => world.there(SyncCategory::Ratings).len(),
            Self::Watchlist => world.there(SyncCategory::Watchlist).len(),
            Self::Dropped => world.there(SyncCategory::Dropped).len(),
            Self::NotInterested => world.not_recommended_there().len(),
        }
    }
}

#[rstest]
#[case::all_left_out(FaultKind::PartialAdd { keep: 0 })]
#[case::all_but_one_left_out(FaultKind::PartialAdd { keep: 1 })]
#[case::bad_gateway(FaultKind::Empty { status: 502 })]
#[case::web_page(FaultKind::Html { status: 520 })]
#[case::web_page_as_success(FaultKind::Html { status: 200 })]
#[case::it_never_arrived(FaultKind::ResetBefore)]
#[case::the_answer_was_lost(FaultKind::ResetAfter)]
#[case::half_the_answer_was_lost(FaultKind::Truncate)]
#[tokio::test]
async fn a_choice_arrives_whatever_is_answered(
    #[case] fault: FaultKind,
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
    #[values(true, false)] is_on: bool,
) {
    let world = followed().await;
    let titles = what.titles(&world).await;
    if !is_on {
        for title in &titles {
            world.set(title, what.is(true)).await;
        }
        world.come_to_rest().await;
        assert_eq!(what.count_there(&world), titles.len());
    }
    world.sim.add_fault(Fault::on(what.path(), fault).method("POST").times(2));
    for title in &titles {
        world.set(title, what.is(is_on)).await;
    }
    world.come_to_rest().await;
    let expected = if is_on { titles.len() } else { 0 };
    assert_eq!(what.count_there(&world), expected);
    world.assert_same_preferences().await;
    world.sim.clear_requests();
    world.come_to_rest().await;
    assert_eq!((world.writes(), what.count_there(&world)), (0, expected), "and then nothing is left to send");
}

#[rstest]
#[tokio::test]
async fn a_title_that_trakt_does_not_know_is_said(
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
    #[values(true, false)] named: bool,
) {
    let world = followed().await;
    let title = what.titles(&world).await.remove(0);
    let sql = format!("UPDATE title SET trakt_id = 99999999 WHERE id = {}", title.id);
    world.db.execute(&sql).await.unwrap();
    if !named {
        world.sim.add_fault(Fault::on(what.path(), FaultKind::NotFoundWithoutIds));
    }
    world.set(&title, what.is(true)).await;
    world.drain_all().await;
    let failed: Vec<_> =
        world.queue().await.into_iter().map(|row| (row.state, row.error_code.unwrap_or_default())).collect();
    assert_eq!(failed, [(OutboxState::Failed, "not_found".to_owned())]);
}

#[rstest]
#[tokio::test]
async fn what_trakt_never_takes_is_said_and_what_it_never_had_is_gone(
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
) {
    let world = followed().await;
    let title = what.titles(&world).await.remove(0);
    world.sim.add_fault(Fault::on(what.path(), FaultKind::PartialAdd { keep: 0 }).method("POST"));
    world.set(&title, what.is(true)).await;
    world.drain_all().await;
    let failed: Vec<_> =
        world.queue().await.into_iter().map(|row| (row.state, row.error_code.unwrap_or_default())).collect();
    assert_eq!(failed, [(OutboxState::Failed, "not_taken".to_owned())]);
    assert_eq!(world.writes(), 4);
    world.set(&title, what.is(false)).await;
    world.drain_all().await;
    assert_eq!((world.queue().await, what.count_there(&world)), (Vec::new(), 0));
}

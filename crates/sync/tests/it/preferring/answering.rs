//! Trakt's possible responses to a choice: the choice arrives, or the user sees why it does not.

use db::kinds::OutboxState;
use rstest::rstest;
use trakt_sim::{Fault, FaultKind};

use super::*;

/// The kind of choice.
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

    async fn titles(self, fixture: &Fixture) -> Vec<Title> {
        match self {
            Self::Rating | Self::Watchlist => {
                vec![fixture.movie.clone(), fixture.episodes[0].clone(), fixture.episodes[1].clone()]
            }
            Self::Dropped => vec![fixture.show().await],
            Self::NotInterested => fixture.recommended().await.into_iter().take(2).collect(),
        }
    }

    fn count_there(self, fixture: &Fixture) -> usize {
        match self {
            Self::Rating => fixture.there(SyncCategory::Ratings).len(),
            Self::Watchlist => fixture.there(SyncCategory::Watchlist).len(),
            Self::Dropped => fixture.there(SyncCategory::Dropped).len(),
            Self::NotInterested => fixture.not_recommended_there().len(),
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
async fn a_choice_arrives_whatever_trakt_responds(
    #[case] fault: FaultKind,
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
    #[values(true, false)] is_on: bool,
) {
    let fixture = followed().await;
    let titles = what.titles(&fixture).await;
    if !is_on {
        for title in &titles {
            fixture.set(title, what.is(true)).await;
        }
        fixture.sync_until_idle().await;
        assert_eq!(what.count_there(&fixture), titles.len());
    }
    fixture.sim.add_fault(Fault::on(what.path(), fault).method("POST").times(2));
    for title in &titles {
        fixture.set(title, what.is(is_on)).await;
    }
    fixture.sync_until_idle().await;
    let expected = if is_on { titles.len() } else { 0 };
    assert_eq!(what.count_there(&fixture), expected);
    fixture.assert_same_preferences().await;
    fixture.sim.clear_requests();
    fixture.sync_until_idle().await;
    assert_eq!((fixture.writes(), what.count_there(&fixture)), (0, expected), "nothing is left to send");
}

#[rstest]
#[tokio::test]
async fn a_title_unknown_to_trakt_is_reported(
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
    #[values(true, false)] named: bool,
) {
    let fixture = followed().await;
    let title = what.titles(&fixture).await.remove(0);
    let sql = format!("UPDATE title SET trakt_id = 99999999 WHERE id = {}", title.id);
    fixture.db.execute(&sql).await.unwrap();
    if !named {
        fixture.sim.add_fault(Fault::on(what.path(), FaultKind::NotFoundWithoutIds));
    }
    fixture.set(&title, what.is(true)).await;
    fixture.drain_all().await;
    let failed: Vec<_> = fixture
        .queue()
        .await
        .into_iter()
        .map(|row| (row.state, row.error_code.unwrap_or_default()))
        .collect();
    assert_eq!(failed, [(OutboxState::Failed, "not_found".to_owned())]);
}

#[rstest]
#[tokio::test]
async fn a_choice_that_trakt_never_accepts_is_reported_and_its_removal_succeeds(
    #[values(What::Rating, What::Watchlist, What::Dropped, What::NotInterested)] what: What,
) {
    let fixture = followed().await;
    let title = what.titles(&fixture).await.remove(0);
    fixture.sim.add_fault(Fault::on(what.path(), FaultKind::PartialAdd { keep: 0 }).method("POST"));
    fixture.set(&title, what.is(true)).await;
    fixture.drain_all().await;
    let failed: Vec<_> = fixture
        .queue()
        .await
        .into_iter()
        .map(|row| (row.state, row.error_code.unwrap_or_default()))
        .collect();
    assert_eq!(failed, [(OutboxState::Failed, "not_taken".to_owned())]);
    assert_eq!(fixture.writes(), 4);
    fixture.set(&title, what.is(false)).await;
    fixture.drain_all().await;
    assert_eq!((fixture.queue().await, what.count_there(&fixture)), (Vec::new(), 0));
}

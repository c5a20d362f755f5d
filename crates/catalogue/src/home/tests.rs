use super::*;
use crate::card::ImageRef;
use crate::entry::Thumbnail;
use crate::testing::{TestLibrary, day};
use db::ids::TitleId;
use model::title::ImageKind;

/// Episode ids of season `season` of show 1000.
fn episode(season: i64, number: i64) -> i64 {
    1001 + season * 100 + number
}

fn ids(cards: &[Card]) -> Vec<i64> {
    cards.iter().map(|card| card.id.0).collect()
}

fn show() -> TestLibrary {
    let mut rows = TestLibrary::default();
    rows.show(1000, "Planets", 0, 2);
    rows.show(1000, "Planets", 1, 3);
    rows.show(1000, "Planets", 2, 2);
    rows
}

#[test]
fn an_unwatched_show_is_not_up_next_and_starts_at_its_first_episode() {
    let view = show().view();
    assert_eq!(ids(&home(&view, day(9)).up_next), Vec::<i64>::new());
    assert_eq!(next_of_show(&view, TitleId(1000), day(9)).map(|entry| entry.id.0), Some(episode(1, 1)));
}

#[test]
fn up_next_continues_with_the_next_season_at_the_end_of_a_season() {
    let mut rows = show();
    rows.play(episode(1, 3), day(5));
    assert_eq!(ids(&home(&rows.view(), day(9)).up_next), [episode(2, 1)]);
}

#[test]
fn a_dropped_show_is_not_up_next() {
    let mut rows = show();
    rows.play(episode(1, 3), day(5));
    rows.drop_show(1000);
    assert_eq!(ids(&home(&rows.view(), day(9)).up_next), Vec::<i64>::new());
}

#[test]
fn a_reset_show_is_up_next_from_its_first_episode() {
    let finished = || {
        let mut rows = show();
        for (season, number) in [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)] {
            rows.play(episode(season, number), day(season * 10 + number));
        }
        rows
    };
    assert_eq!(ids(&home(&finished().view(), day(60)).up_next), Vec::<i64>::new());
    let mut rows = finished();
    rows.reset(1000, day(40));
    assert_eq!(ids(&home(&rows.view(), day(60)).up_next), [episode(1, 1)]);
    let mut rows = finished();
    rows.reset(1000, day(40));
    rows.play(episode(1, 1), day(50));
    let view = rows.view();
    assert_eq!(ids(&home(&view, day(60)).up_next), [episode(1, 2)]);
    assert_eq!(next_of_show(&view, TitleId(1000), day(60)).map(|entry| entry.id.0), Some(episode(1, 2)));
}

#[test]
fn up_next_follows_the_last_watched_episode_and_not_the_highest() {
    let mut rows = show();
    rows.play(episode(2, 1), day(1));
    rows.play(episode(1, 1), day(5));
    assert_eq!(ids(&home(&rows.view(), day(9)).up_next), [episode(1, 2)]);
}

#[test]
fn specials_are_not_up_next_and_do_not_affect_it() {
    let mut rows = show();
    rows.play(episode(1, 1), day(1));
    rows.play(episode(0, 1), day(5));
    assert_eq!(ids(&home(&rows.view(), day(9)).up_next), [episode(1, 2)]);
}

#[test]
fn watched_missing_and_future_episodes_are_skipped() {
    let mut rows = show();
    rows.play(episode(1, 2), day(1));
    rows.play(episode(1, 1), day(5));
    rows.lose_files(episode(1, 3));
    rows.title(episode(2, 1)).released_at = Some(db::Millis::from(day(99)));
    assert_eq!(ids(&home(&rows.view(), day(9)).up_next), [episode(2, 2)]);
}

#[test]
fn an_episode_with_a_resume_point_is_in_continue_watching_and_not_up_next() {
    let mut rows = show();
    rows.play(episode(1, 1), day(1));
    rows.pause(episode(1, 2), day(2));
    let view = rows.view();
    let home = home(&view, day(9));
    assert_eq!((ids(&home.continue_watching), ids(&home.up_next)), (vec![episode(1, 2)], vec![]));
    assert_eq!(next_of_show(&view, TitleId(1000), day(9)).map(|entry| entry.id.0), Some(episode(1, 2)));
}

#[test]
fn unwatched_gaps_of_a_show_watched_to_its_end_are_offered_only_on_its_page() {
    let mut rows = show();
    rows.play(episode(2, 2), day(5));
    let view = rows.view();
    assert_eq!(ids(&home(&view, day(9)).up_next), Vec::<i64>::new());
    assert_eq!(next_of_show(&view, TitleId(1000), day(9)).map(|entry| entry.id.0), Some(episode(1, 1)));
}

#[test]
fn continue_watching_lists_playable_titles_once_latest_first() {
    let mut rows = show();
    rows.movie(1, "Metropolis", 1927);
    rows.file(1, 2160);
    rows.movie(2, "Nosferatu", 1922);
    rows.pause(1, day(1));
    rows.pause(episode(1, 1), day(2));
    rows.pause(2, day(3));
    rows.lose_files(2);
    assert_eq!(ids(&home(&rows.view(), day(9)).continue_watching), [episode(1, 1), 1]);
}

#[test]
fn recently_added_groups_episodes_that_were_added_together() {
    let mut rows = show();
    rows.movie(1, "Metropolis", 1927).added_at = Some(db::Millis::from(day(4)));
    rows.movie(2, "Nosferatu", 1922).added_at = Some(db::Millis::from(day(-4)));
    assert_eq!(ids(&home(&rows.view(), day(9)).recently_added), [1, 1000, 2]);
}

#[test]
fn an_episode_that_was_added_alone_has_its_own_card() {
    let mut rows = show();
    rows.title(episode(2, 2)).added_at = Some(db::Millis::from(day(30)));
    assert_eq!(ids(&home(&rows.view(), day(31)).recently_added), [episode(2, 2)]);
}

#[test]
fn the_hero_is_a_title_to_continue_then_the_newest_movie_and_has_a_picture_if_possible() {
    let mut rows = show();
    rows.movie(1, "Metropolis", 1927);
    rows.movie(2, "Nosferatu", 1922);
    rows.play(episode(1, 1), day(1));
    rows.pause(2, day(2));
    let home = home(&rows.view(), day(9));
    assert_eq!(ids(&home.recently_added), [1, 2, 1000]);
    let hero = |continuing: &[Card], next: &[Card], added: &[Card]| {
        super::hero(continuing, next, added).map(|card| card.id.0)
    };
    let Home { continue_watching, up_next, mut recently_added, .. } = home;
    recently_added.iter_mut().for_each(|card| card.matched = true);
    assert_eq!(hero(&continue_watching, &up_next, &recently_added), Some(2));
    assert_eq!(hero(&[], &up_next, &recently_added), Some(episode(1, 2)));
    assert_eq!(hero(&[], &[], &recently_added), Some(1));
    assert_eq!(hero(&[], &[], &recently_added[2..]), Some(1000));
    assert_eq!(hero(&[], &[], &[]), None);

    let mut pictured = recently_added;
    for card in &mut pictured[1..] {
        let thumbnail = Thumbnail { version: "1".into(), color: None, size: None };
        card.backdrop = ImageRef::new(card.id, ImageKind::Backdrop, Some(&thumbnail));
    }
    assert_eq!(hero(&continue_watching[..0], &up_next, &pictured), Some(2));
    assert_eq!(hero(&[], &[], &pictured[2..]), Some(1000));

    // An unmatched title such as a home video is chosen only after the matched ones.
    pictured[1].matched = false;
    assert_eq!(hero(&[], &[], &pictured), Some(1000));
    assert_eq!(hero(&[], &[], &pictured[1..2]), Some(2));
}

#[test]
fn adjacent_episodes_cross_seasons_and_keep_specials_separate() {
    let view = show().view();
    let of = |id: i64| {
        let (previous, next) = adjacent_episodes(&view, view.snapshot.get(TitleId(id)).expect("an episode"));
        (previous.map(|entry| entry.id.0), next.map(|entry| entry.id.0))
    };
    assert_eq!(of(episode(1, 3)), (Some(episode(1, 2)), Some(episode(2, 1))));
    assert_eq!(of(episode(2, 2)), (Some(episode(2, 1)), None));
    assert_eq!(of(episode(0, 2)), (Some(episode(0, 1)), None));
}

#[test]
fn marking_a_show_covers_its_unwatched_regular_episodes_and_marking_an_episode_always_covers_it() {
    let mut rows = show();
    rows.play(episode(1, 1), day(1));
    rows.title(episode(2, 2)).released_at = Some(db::Millis::from(day(99)));
    let view = rows.view();
    let marked = |id: i64| -> Vec<i64> {
        let entry = view.snapshot.get(TitleId(id)).expect("a title");
        to_mark(&view, entry, day(9)).iter().map(|entry| entry.id.0).collect()
    };
    assert_eq!(marked(1000), [episode(1, 2), episode(1, 3), episode(2, 1)]);
    assert_eq!(marked(1101), [episode(1, 2), episode(1, 3)]);
    assert_eq!(marked(episode(1, 1)), [episode(1, 1)]);
}

#[test]
fn marking_together_covers_each_unwatched_title_once_and_earlier_episodes_if_requested() {
    let mut rows = show();
    rows.movie(1, "Metropolis", 1927);
    rows.movie(2, "Nosferatu", 1922);
    rows.play(2, day(1));
    rows.play(episode(1, 2), day(1));
    let view = rows.view();
    let marked = |ids: &[i64], and_earlier: bool| -> Vec<i64> {
        let entries: Vec<_> =
            ids.iter().map(|id| view.snapshot.get(TitleId(*id)).expect("a title")).collect();
        to_mark_together(&view, &entries, and_earlier, day(9)).iter().map(|entry| entry.id.0).collect()
    };
    assert_eq!(marked(&[1, 2, 1], false), [1]);
    assert_eq!(marked(&[episode(2, 1)], false), [episode(2, 1)]);
    assert_eq!(marked(&[episode(2, 1)], true), [episode(2, 1), episode(1, 1), episode(1, 3)]);
    assert_eq!(marked(&[episode(0, 2)], true), [episode(0, 2), episode(0, 1)]);
    assert_eq!(marked(&[1101, 1000], false), [episode(1, 1), episode(1, 3), episode(2, 1), episode(2, 2)]);
}

#[test]
fn unmarking_a_show_covers_every_episode_and_unmarking_a_season_only_its_own() {
    let view = show().view();
    let unmarked = |id: i64| -> Vec<i64> {
        let entry = view.snapshot.get(TitleId(id)).expect("a title");
        to_unmark(&view, &[entry]).iter().map(|id| id.0).collect()
    };
    assert_eq!(unmarked(1101), [episode(1, 1), episode(1, 2), episode(1, 3)]);
    assert_eq!(unmarked(1000).len(), 7);
    assert_eq!(unmarked(episode(0, 1)), [episode(0, 1)]);
}

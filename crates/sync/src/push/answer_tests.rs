use rstest::rstest;
use serde_json::json;
use trakt::models::ItemIds;

use super::{Verdict::*, *};

fn movie(id: u64) -> Item {
    Item::Movie(ItemIds::trakt(id))
}

fn numbered(number: u32) -> Item {
    Item::Numbered { show: ItemIds::tvdb(7), season: 1, number }
}

#[rstest]
#[case::everything_taken(vec![movie(1), movie(2)], json!({"added": {"movies": 2}}), vec![Taken, Taken])]
#[case::nothing_said(vec![movie(1), movie(2)], json!({"added": {"movies": 0}}), vec![Open, Open])]
#[case::empty_answer(vec![movie(1)], json!({}), vec![Open])]
#[case::fewer_than_sent(vec![movie(1), movie(2)], json!({"added": {"movies": 1}}), vec![Open, Open])]
#[case::one_not_found(
    vec![movie(1), movie(2)],
    json!({"added": {"movies": 1}, "not_found": {"movies": [{"ids": {"trakt": 2}}]}}),
    vec![Taken, NotFound]
)]
#[case::one_not_found_and_one_dropped(
    vec![movie(1), movie(2), movie(3)],
    json!({"added": {"movies": 1}, "not_found": {"movies": [{"ids": {"trakt": 2}}]}}),
    vec![Open, NotFound, Open]
)]
#[case::not_found_without_ids(
    vec![movie(1), movie(2)],
    json!({"added": {"movies": 1}, "not_found": {"movies": [{}]}}),
    vec![Open, Open]
)]
#[case::nothing_found_without_ids(
    vec![movie(1), movie(2)],
    json!({"added": {"movies": 0}, "not_found": {"movies": [{}, {}]}}),
    vec![NotFound, NotFound]
)]
#[case::alone_and_not_found_without_ids(
    vec![movie(1)], json!({"not_found": {"movies": [{"title": "A"}]}}), vec![NotFound]
)]
#[case::one_of_two_episodes_by_number(
    vec![numbered(1), numbered(99)],
    json!({
        "added": {"episodes": 1},
        "not_found": {"shows": [{"ids": {"tvdb": 7}, "seasons": [{"number": 1, "episodes": [{"number": 99}]}]}]}
    }),
    vec![Taken, NotFound]
)]
#[case::a_whole_season(
    vec![numbered(1), numbered(2)],
    json!({"not_found": {"shows": [{"ids": {"tvdb": 7}, "seasons": [{"number": 1}]}]}}),
    vec![NotFound, NotFound]
)]
#[case::the_show_of_one_of_two_episodes(
    vec![numbered(1), numbered(99)],
    json!({"added": {"episodes": 1}, "not_found": {"shows": [{"ids": {"tvdb": 7}}]}}),
    vec![Open, Open]
)]
#[case::the_show_of_both_episodes_beside_a_movie(
    vec![numbered(1), numbered(2), movie(1)],
    json!({"added": {"movies": 1}, "not_found": {"shows": [{"ids": {"tvdb": 7}}]}}),
    vec![NotFound, NotFound, Taken]
)]
#[case::there_before(vec![movie(1)], json!({"added": {}, "existing": {"movies": 1}}), vec![Taken])]
fn each_play_has_its_own_outcome(
    #[case] sent: Vec<Item>,
    #[case] answer: Value,
    #[case] expected: Vec<Verdict>,
) {
    let added: Added = serde_json::from_value(answer).unwrap();
    assert_eq!(verdicts(&sent.iter().collect::<Vec<_>>(), &added), expected);
}

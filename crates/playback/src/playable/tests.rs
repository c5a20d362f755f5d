use rstest::rstest;

use super::{extrapolated, is_complete, is_short};

#[rstest]
#[case::another_cut_is_longer(100, 2, 2, 117, true)]
#[case::faster_on_tv(96, 2, 2, 100, true)]
#[case::runtime_is_shorter(100, 2, 2, 90, true)]
#[case::third_of_three_missing(80, 2, 2, 120, false)]
#[case::fourth_of_four_missing(90, 3, 3, 120, false)]
#[case::three_with_another_cut(108, 3, 3, 120, true)]
#[case::second_of_three_missing(100, 2, 3, 110, false)]
#[case::single_part(100, 1, 1, 101, false)]
#[case::numbered_from_zero(100, 2, 1, 110, true)]
fn parts_are_complete_if_less_than_half_of_one_is_missing(
    #[case] total_ms: i64,
    #[case] count: usize,
    #[case] highest: i32,
    #[case] runtime_ms: i64,
    #[case] complete: bool,
) {
    assert_eq!(is_complete(total_ms, count, highest, runtime_ms), complete);
}

#[rstest]
#[case::a_clip(Some(120_000), Some(117), true)]
#[case::the_film(Some(7_000_000), Some(117), false)]
#[case::another_cut(Some(5_000_000), Some(117), false)]
#[case::unknown_length(None, Some(117), false)]
#[case::unknown_runtime(Some(120_000), None, false)]
#[case::a_short_film(Some(180_000), Some(3), false)]
fn a_file_much_shorter_than_its_title_is_a_clip(
    #[case] duration_ms: Option<i64>,
    #[case] runtime_minutes: Option<i32>,
    #[case] short: bool,
) {
    assert_eq!(is_short(duration_ms, runtime_minutes), short);
}

#[rstest]
#[case::first_of_two(1, 1, 120_000)]
#[case::second_of_two(1, 2, 120_000)]
#[case::third_alone(1, 3, 180_000)]
#[case::all_there(2, 2, 60_000)]
#[case::second_of_three_missing(2, 3, 90_000)]
#[case::numbered_from_zero(1, 0, 120_000)]
fn missing_parts_are_assumed_to_be_as_long_as_the_others(
    #[case] count: usize,
    #[case] highest: i32,
    #[case] expected_ms: i64,
) {
    assert_eq!(extrapolated(60_000, count, highest), expected_ms);
}

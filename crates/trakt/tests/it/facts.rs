//! Which test stands for which fact about Trakt, so that no fact is left without one.
//!
//! Facts that concern only a server (limits by account kind, how long resume points live) or a program above this client
//! (Kometa's configuration, fair use) are not listed.

use rstest::rstest;

/// Every source file in which such a test may be.
const SOURCES: [&str; 22] = [
    include_str!("applications.rs"),
    include_str!("calls.rs"),
    include_str!("calls/kept.rs"),
    include_str!("calls/lists.rs"),
    include_str!("connecting.rs"),
    include_str!("limits.rs"),
    include_str!("paging.rs"),
    include_str!("refreshing.rs"),
    include_str!("scrobbling.rs"),
    include_str!("wire.rs"),
    include_str!("writing.rs"),
    include_str!("../../src/auth/flow_tests.rs"),
    include_str!("../../src/client/classify_tests.rs"),
    include_str!("../../src/client/gate_tests.rs"),
    include_str!("../../src/client/renewal.rs"),
    include_str!("../../src/limits/tests.rs"),
    include_str!("../../src/models/activities.rs"),
    include_str!("../../src/models/compact.rs"),
    include_str!("../../src/models/ids.rs"),
    include_str!("../../src/models/scrobble.rs"),
    include_str!("../../src/paging/proof_tests.rs"),
    include_str!("../../src/paging/walk_tests.rs"),
];

#[rstest]
// Hosts, headers
#[case::api_and_oauth_hosts("the_authorize_page_is_at_the_auth_host_and_never_at_a_dead_one")]
#[case::headers_of_every_call("every_call_carries_the_headers_that_trakt_asks_for")]
#[case::user_agent_or_403("a_user_agent_is_not_optional")]
#[case::error_codes("every_status_has_a_remedy")]
#[case::bodies_of_errors_can_be_html_or_empty("html_and_empty_error_bodies_are_errors_to_wait_for")]
#[case::edge_pages_with_4xx("an_error_that_is_not_trakts_own_says_nothing_about_the_request")]
// OAuth
#[case::device_flow("the_device_flow_connects_once_the_person_approves")]
#[case::device_404_unknown("an_unknown_code_is_told_from_a_waiting_one")]
#[case::device_409_used("a_code_works_once")]
#[case::device_410_expired("a_code_that_nobody_enters_expires")]
#[case::device_418_denied("a_denied_code_ends_the_device_flow")]
#[case::device_429_slow_down("polling_too_quickly_slows_the_flow_down")]
#[case::slow_down_raises_the_interval("polls_keep_the_interval_and_slow_down_for_good_when_told")]
#[case::pin("a_pin_connects_and_works_once")]
#[case::authorization_code("an_authorization_code_connects")]
#[case::only_expires_in_is_the_truth("a_token_is_refreshed_once_at_a_fraction_of_its_life_whatever_that_is")]
#[case::no_fixed_window("a_token_is_renewed_after_a_fraction_of_its_life")]
#[case::single_use_at_once("many_calls_at_once_share_one_refresh")]
#[case::single_use_two_processes("two_processes_with_one_store_never_spend_the_same_refresh_token")]
#[case::single_use_crash("the_new_pair_is_stored_before_it_is_used")]
#[case::single_use_read_only_file("an_unwritable_store_is_reported_before_the_old_pair_is_burnt")]
#[case::single_use_full_disk("a_store_that_fails_after_the_refresh_keeps_the_pair_in_memory_and_says_so")]
#[case::single_use_lost_caller("a_caller_that_goes_away_does_not_take_the_new_pair_with_it")]
#[case::invalid_grant("a_revoked_connection_says_reconnect_and_stops_asking")]
#[case::only_invalid_grant("no_other_answer_to_a_refresh_ends_the_connection")]
#[case::device_flow_outlives_an_outage("an_outage_does_not_end_the_device_flow")]
#[case::expired_token_and_outage("an_expired_token_waits_for_the_end_of_an_outage")]
#[case::revoke("revoking_ends_the_connection_at_trakt_and_here")]
#[case::misleading_text_471("a_misleading_text_does_not_hide_that_the_refresh_token_is_dead")]
#[case::check_answers_204("a_token_check_may_answer_without_a_body")]
// Applications
#[case::disallowed_application("a_disallowed_application_keeps_the_tokens_and_works_again_once_allowed")]
#[case::invalid_client("invalid_client_is_about_the_application_and_not_about_the_connection")]
#[case::no_client_secret("an_application_without_a_secret_polls_refreshes_and_revokes_without_one")]
#[case::revoked_by_a_second_application("a_second_application_that_revokes_this_one_is_named")]
#[case::second_writer("trakts_own_import_from_plex_is_seen")]
// Rate limits
#[case::write_budget("the_client_keeps_the_pace_that_trakt_enforces")]
#[case::read_budget_by_headers("the_read_budget_is_what_the_headers_say")]
#[case::retry_after("a_429_pauses_for_retry_after_and_then_goes_on")]
#[case::retry_after_is_capped("retry_after_is_believed_for_an_hour_at_most")]
#[case::until_in_the_past("an_end_of_the_window_in_the_past_stops_nothing")]
#[case::scrobbles_first("a_scrobble_never_waits_for_reads_or_marks")]
#[case::clock_set_back("a_clock_that_is_set_back_makes_no_wait_longer")]
#[case::edge_429("the_edges_429_pauses_reads_and_writes_alike")]
#[case::edge_403_939("the_edges_403_is_a_block_to_wait_for_and_stops_every_call_meanwhile")]
#[case::edge_or_application("a_refusal_without_trakts_own_headers_is_the_edge")]
// Pagination
#[case::limit_is_clamped("a_limit_that_is_clamped_loses_nothing")]
#[case::progress_caps_the_page("seasons_without_extended_progress_are_unknown_and_never_nothing_watched")]
#[case::page_count_is_a_floor("pages_beyond_the_announced_end_are_read_while_they_are_full")]
#[case::gives_up_after_100("a_list_without_end_is_given_up_after_100_unannounced_pages")]
#[case::item_count_too_high_for_ever("counts_that_are_wrong_for_ever_lose_nothing")]
#[case::two_reads_for_absence("two_reads_prove_a_list_only_if_they_agree")]
#[case::empty_list_with_limit_0("an_empty_list_that_announces_nothing_at_all_is_confirmed")]
#[case::headers_of_another_list("headers_that_belong_to_another_list_confirm_nothing")]
#[case::ratings_are_not_paged("ratings_come_in_one_answer_unless_a_page_size_is_asked_for")]
#[case::minimal_collection("the_minimal_collection_is_read_until_a_page_is_empty")]
#[case::compact_form("the_compact_form_holds_every_play")]
#[case::empty_ids("an_empty_imdb_id_is_no_id")]
#[case::sort_order_in_the_path("watchlist_and_favorites")]
#[case::limit_is_ignored_651("a_limit_that_is_ignored_loses_nothing")]
#[case::short_page("short_pages_in_the_middle_end_nothing")]
#[case::lists_shift("a_list_that_shrinks_while_it_is_read_is_read_again")]
#[case::counts_differ("a_list_that_never_adds_up_is_incomplete_and_not_shorter")]
#[case::ids_hold_an_object("ids_that_hold_an_object_or_vanish_for_a_while_do_not_break_a_read")]
#[case::history_filters_watched_at("a_play_added_today_for_last_year_is_not_in_since_yesterday")]
// Sync semantics
#[case::minute_precision_694("times_come_back_to_the_minute_and_are_compared_to_the_minute")]
#[case::no_duplicate_check("a_play_whose_answer_is_unclear_is_unknown_and_never_sent_twice")]
#[case::released_and_unknown("a_play_can_be_dated_to_the_release_or_to_no_known_time")]
#[case::no_epoch_310("a_moment_is_always_written_as_iso_8601_in_utc")]
#[case::no_nulls_2447("null_members_are_never_sent")]
#[case::shared_tmdb_ids_423("an_episode_is_named_by_trakts_or_tvdbs_id_only")]
#[case::large_answers_504("a_504_makes_the_pages_smaller")]
#[case::not_found_without_ids_236("items_that_were_dropped_without_a_word_are_counted")]
#[case::unknown_activities("unknown_and_missing_categories_do_not_hide_the_others")]
#[case::not_found_of_writes("what_trakt_could_not_match_is_returned")]
#[case::remove_by_id_or_item("single_plays_are_removed_by_id_and_items_with_all_their_plays")]
#[case::removals_move_activities("removals_move_last_activities")]
#[case::ratings_1_to_10("there_are_no_ratings_but_1_to_10")]
#[case::resume_points("a_resume_point_can_be_removed")]
#[case::collection_metadata("the_collection_with_its_quality")]
#[case::account_limits_420("a_full_watchlist_is_an_account_limit_with_its_number")]
#[case::list_limits_420("too_many_lists_are_an_account_limit")]
#[case::locked_423("a_locked_or_deactivated_account_is_its_owners_business")]
// Scrobbling
#[case::start_removes_the_resume_point("a_start_removes_the_resume_point")]
#[case::watching_now_expires("watching_now_ends_by_itself_when_the_runtime_is_over")]
#[case::stop_at_80("a_stop_at_80_percent_counts_and_names_the_play")]
#[case::stop_before_80("an_early_stop_saves_a_resume_point")]
#[case::stop_below_1("a_stop_below_one_percent_is_ignored_and_not_an_error")]
#[case::action_is_the_authority("an_action_that_is_new_to_this_version_does_not_count")]
#[case::refused_pause("a_refused_pause_disturbs_nothing")]
#[case::stop_again_409("the_same_stop_again_is_already_counted_and_makes_no_second_play")]
fn each_fact_has_its_test(#[case] test: &str) {
    let name = format!("fn {test}(");
    assert!(SOURCES.iter().any(|source| source.contains(&name)), "there is no test named {test}");
}

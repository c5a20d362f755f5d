//! Lists the test for each fact about Trakt, so that no fact is left untested.
//!
//! Facts that concern only a server (limits by account kind, how long resume points live) or a program that uses this
//! client (Kometa's configuration, fair use) are not listed.

use rstest::rstest;

/// All source files that may contain such a test.
const SOURCES: [&str; 23] = [
    include_str!("applications.rs"),
    include_str!("calls.rs"),
    include_str!("calls/sync.rs"),
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
    include_str!("../../src/limits/priority_tests.rs"),
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
#[case::api_and_oauth_hosts("the_default_hosts_are_trakts_current_ones")]
#[case::headers_of_every_call("every_call_contains_the_headers_that_trakt_requires")]
#[case::user_agent_or_403("a_user_agent_is_required")]
#[case::error_codes("every_status_has_a_remedy")]
#[case::bodies_of_errors_can_be_html_or_empty("html_and_empty_error_bodies_are_server_errors")]
#[case::edge_pages_with_4xx("an_edge_error_is_an_outage_and_not_a_rejection")]
// OAuth
#[case::device_flow("the_device_flow_connects_once_the_user_approves")]
#[case::device_404_unknown("an_unknown_code_is_distinguished_from_a_pending_one")]
#[case::device_409_used("a_code_works_once")]
#[case::device_410_expired("a_code_that_nobody_enters_expires")]
#[case::device_418_denied("a_denied_code_ends_the_device_flow")]
#[case::device_429_slow_down("polling_too_quickly_slows_the_flow_down")]
#[case::slow_down_raises_the_interval("slow_down_raises_the_interval_of_all_later_polls")]
#[case::pin("a_pin_connects_and_works_once")]
#[case::authorization_code("an_authorization_code_connects")]
#[case::only_expires_in_counts("a_token_is_refreshed_once_at_a_fraction_of_its_lifetime")]
#[case::no_fixed_window("a_token_is_renewed_after_a_fraction_of_its_lifetime")]
#[case::single_use_at_once("concurrent_calls_share_one_refresh")]
#[case::single_use_two_processes("two_processes_with_one_store_never_use_the_same_refresh_token")]
#[case::single_use_crash("the_new_pair_is_stored_before_it_is_used")]
#[case::single_use_read_only_file("an_unwritable_store_is_reported_before_the_old_pair_is_used_up")]
#[case::single_use_full_disk("a_new_pair_that_cannot_be_stored_is_kept_in_memory_and_reported")]
#[case::single_use_lost_caller("a_dropped_call_does_not_lose_the_new_pair")]
#[case::invalid_grant("a_revoked_connection_requires_a_reconnect_and_is_not_retried")]
#[case::only_invalid_grant("no_other_response_to_a_refresh_ends_the_connection")]
#[case::device_flow_outlives_an_outage("an_outage_does_not_end_the_device_flow")]
#[case::expired_token_and_outage("an_expired_token_waits_for_the_end_of_an_outage")]
#[case::revoke("revoking_disconnects_on_trakt_and_locally")]
#[case::misleading_text_471("a_misleading_description_does_not_hide_an_invalid_refresh_token")]
#[case::check_answers_204("a_token_check_accepts_a_response_without_a_body")]
// Applications
#[case::disallowed_application("a_disallowed_application_keeps_the_tokens_and_works_again_once_allowed")]
#[case::invalid_client("invalid_client_concerns_the_application_and_not_the_connection")]
#[case::no_client_secret("an_application_without_a_secret_polls_refreshes_and_revokes_without_one")]
#[case::revoked_by_a_second_application("an_early_revocation_names_another_application_as_a_possible_cause")]
#[case::second_writer("trakts_own_plex_import_is_detected")]
// Rate limits
#[case::write_budget("the_client_keeps_the_pace_that_trakt_enforces")]
#[case::read_budget_by_headers("the_read_budget_follows_the_headers")]
#[case::retry_after("a_429_pauses_for_its_retry_after_and_then_the_call_succeeds")]
#[case::retry_after_is_capped("retry_after_is_capped_at_one_hour")]
#[case::until_in_the_past("a_window_end_in_the_past_delays_nothing")]
#[case::scrobbles_first("a_scrobble_never_waits_for_calls_of_lower_priority")]
#[case::clock_set_back("setting_the_clock_back_makes_no_wait_longer")]
#[case::edge_429("an_edge_429_pauses_reads_and_writes")]
#[case::edge_403_939("an_edge_403_blocks_every_call_until_it_ends")]
#[case::edge_or_application("a_rejection_without_trakts_headers_is_an_edge_block")]
// Pagination
#[case::limit_is_clamped("a_clamped_limit_loses_no_items")]
#[case::progress_caps_the_page("seasons_without_extended_progress_are_unknown_and_not_empty")]
#[case::page_count_is_a_floor("pages_beyond_the_announced_end_are_read_while_they_are_full")]
#[case::gives_up_after_100("a_list_without_end_is_abandoned_after_100_unannounced_pages")]
#[case::item_count_permanently_too_high("permanently_wrong_counts_lose_no_items")]
#[case::two_reads_for_absence("two_reads_prove_a_list_only_if_they_agree")]
#[case::empty_list_with_limit_0("an_empty_list_with_a_limit_of_0_is_confirmed")]
#[case::headers_of_another_list("headers_of_another_list_do_not_confirm_a_list")]
#[case::ratings_are_not_paged("ratings_arrive_in_one_response_unless_a_limit_is_requested")]
#[case::minimal_collection("the_minimal_collection_is_read_until_a_page_is_empty")]
#[case::compact_form("the_compact_form_contains_every_play")]
#[case::empty_ids("an_empty_imdb_id_reads_as_absent")]
#[case::sort_order_in_the_path("watchlist_and_favorites_can_be_read_and_changed")]
#[case::limit_is_ignored_651("an_ignored_limit_loses_no_items")]
#[case::short_page("dropped_rows_do_not_end_the_walk")]
#[case::lists_shift("a_list_that_shrinks_while_it_is_read_is_read_again")]
#[case::counts_differ("a_list_that_keeps_changing_is_incomplete")]
#[case::ids_hold_an_object("ids_that_are_objects_or_missing_do_not_break_a_read")]
#[case::history_filters_watched_at("start_at_excludes_a_play_that_was_added_today_for_last_year")]
// Sync semantics
#[case::minute_precision_694("times_are_returned_and_compared_to_the_minute")]
#[case::no_duplicate_check("a_play_without_a_clear_response_is_unknown_and_never_sent_twice")]
#[case::released_and_unknown("a_play_can_be_dated_to_the_release_or_to_an_unknown_time")]
#[case::no_epoch_310("a_moment_is_always_written_as_iso_8601_in_utc")]
#[case::no_nulls_2447("null_members_are_never_sent")]
#[case::shared_tmdb_ids_423("an_episode_is_identified_only_by_its_trakt_or_tvdb_id")]
#[case::large_answers_504("smaller_pages_are_requested_after_a_504")]
#[case::not_found_without_ids_236("silently_dropped_items_are_counted")]
#[case::unknown_activities("unknown_and_missing_categories_do_not_hide_the_others")]
#[case::not_found_of_writes("items_that_trakt_could_not_match_are_returned")]
#[case::remove_by_id_or_item("single_plays_are_removed_by_id_and_items_with_all_their_plays")]
#[case::removals_move_activities("removals_advance_last_activities")]
#[case::ratings_1_to_10("ratings_outside_1_to_10_are_rejected")]
#[case::resume_points("a_resume_point_can_be_removed")]
#[case::collection_metadata("the_collection_keeps_the_quality_of_its_items")]
#[case::account_limits_420("a_full_watchlist_is_an_account_limit_with_its_size")]
#[case::list_limits_420("exceeding_the_number_of_lists_is_an_account_limit")]
#[case::locked_423("a_locked_or_deactivated_account_must_be_restored_by_its_owner")]
// Scrobbling
#[case::start_removes_the_resume_point("a_start_removes_the_resume_point")]
#[case::watching_now_expires("watching_now_expires_when_the_runtime_is_over")]
#[case::stop_at_80("a_stop_at_80_percent_counts_and_returns_the_play")]
#[case::stop_before_80("an_early_stop_saves_a_resume_point")]
#[case::stop_below_1("a_stop_below_one_percent_is_ignored_and_not_an_error")]
#[case::action_is_the_authority("an_action_unknown_to_this_version_does_not_count")]
#[case::refused_pause("a_rejected_pause_does_not_disturb_the_session")]
#[case::stop_again_409("a_repeated_stop_is_already_counted_and_adds_no_second_play")]
fn each_fact_has_a_test(#[case] test: &str) {
    let name = format!("fn {test}(");
    assert!(SOURCES.iter().any(|source| source.contains(&name)), "there is no test named {test}");
}

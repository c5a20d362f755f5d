//! Collections are never emptied by accident, and failures are reported.

use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{Fault, FaultKind};

use super::{Fixture, titles_of};

const CONFIG: &str = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\nsettings:\n  sync_mode: sync\n  default_collection_order: custom\n";
const LIST: &str = "collections:\n  Mine:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n";

/// Creates a fixture whose collection "Mine" has these movies.
async fn with_members(movies: &[usize]) -> Fixture {
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", LIST)]).await;
    fixture.make_list("mine", movies);
    let made = fixture.one("Mine", &[]).await;
    assert_eq!((titles_of(&made, "items"), &made["status"]), (fixture.titles(movies), &json!("Created")));
    fixture
}

#[rstest]
#[case::unavailable(FaultKind::Empty { status: 503 }, "Trakt is not available")]
#[case::html_from_the_edge(FaultKind::Html { status: 520 }, "Trakt is not available")]
#[case::not_found(FaultKind::Empty { status: 404 }, "")]
#[case::truncated(FaultKind::Truncate, "")]
#[tokio::test]
async fn a_failed_source_removes_nothing(#[case] fault: FaultKind, #[case] expected: &str) {
    let fixture = with_members(&[0, 2, 4]).await;
    fixture.put_movies("mine", "/remove", &[0]);
    fixture.kometa.sim.add_fault(Fault::on("/users/anna/lists", fault));
    let (collections, code, stderr) = fixture.json(&["--yes"]).await;
    let mine = &collections[0];
    assert_eq!((titles_of(mine, "items"), code), (fixture.titles(&[0, 2, 4]), Some(1)), "{stderr}");
    assert_eq!(mine["status"], "Service Error");
    let error = mine["errors"][0].as_str().unwrap();
    assert!(error.starts_with("users/anna/lists/mine: ") && error.contains(expected), "{error}");
    fixture.kometa.sim.clear_faults();
    let after = fixture.one("Mine", &[]).await;
    assert_eq!(titles_of(&after, "items"), fixture.titles(&[2, 4]));
}

#[tokio::test]
async fn removing_all_titles_of_an_empty_list_waits_for_confirmation() {
    let fixture = with_members(&[0, 2]).await;
    fixture.put_movies("mine", "/remove", &[0, 2]);
    let waiting = fixture.one("Mine", &[]).await;
    assert_eq!(waiting["status"], "Waiting for Confirmation");
    assert_eq!((titles_of(&waiting, "items").len(), titles_of(&waiting, "removed").len()), (2, 2));
    let (ran, code) = fixture.ran(&[]).await;
    assert!(ran.out.contains("users/anna/lists/mine returns nothing for this library now, and 2 titles would be removed; nothing was changed. Run again with --yes"), "{}", ran.all_output());
    assert_eq!(code, Some(0), "waiting for confirmation is not a failure");
    let done = fixture.one("Mine", &["--yes"]).await;
    assert_eq!((titles_of(&done, "items").len(), titles_of(&done, "removed").len()), (0, 2));
}

#[tokio::test]
async fn a_large_removal_waits_and_a_dry_run_changes_nothing() {
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    let fixture = with_members(&movies).await;
    fixture.put_movies("mine", "/remove", &movies[3..]);
    let waiting = fixture.one("Mine", &[]).await;
    assert_eq!(
        (waiting["status"].as_str(), titles_of(&waiting, "items").len()),
        (Some("Waiting for Confirmation"), 15)
    );
    let dry = fixture.one("Mine", &["--yes", "--dry-run"]).await;
    assert_eq!(titles_of(&dry, "items"), fixture.titles(&movies[..3]));
    let still = fixture.one("Mine", &[]).await;
    assert_eq!(titles_of(&still, "items").len(), 15);
    let done = fixture.one("Mine", &["--yes"]).await;
    assert_eq!(
        (titles_of(&done, "items"), done["status"].as_str()),
        (fixture.titles(&movies[..3]), Some("Modified"))
    );
}

#[tokio::test]
async fn a_common_cause_is_reported_once_and_stops_further_requests() {
    let lists = (0..20).map(|n| format!("  L{n}:\n    trakt_list: https://trakt.tv/users/anna/lists/l{n}\n"));
    let fixture = Fixture::with(&[
        ("config.yml", CONFIG),
        ("movies.yml", &format!("collections:\n{}", lists.collect::<String>())),
    ])
    .await;
    fixture.kometa.sim.add_fault(Fault::on("/users", FaultKind::Empty { status: 503 }));
    fixture.kometa.sim.clear_requests();
    let (ran, code) = fixture.ran(&[]).await;
    assert_eq!(code, Some(1));
    assert_eq!(
        ran.err.matches("20 sources failed for the same reason: Trakt is not available").count(),
        1,
        "{}",
        ran.all_output()
    );
    assert!(fixture.kometa.sim.requests().len() <= 4, "{:?}", fixture.kometa.sim.requests().len());
}

#[tokio::test]
async fn without_an_account_charts_and_public_lists_work() {
    let movies = "collections:\n  Public:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n  Chart:\n    trakt_trending: 5\n  Own:\n    trakt_watchlist: me\n";
    let config = format!(
        "trakt:\n  client_id: {}\nlibraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n",
        trakt_sim::DEMO_CLIENT_ID
    );
    let fixture = Fixture::with(&[("config.yml", &config), ("movies.yml", movies)]).await;
    fixture.make_list("mine", &[0, 2]);
    let (collections, code, stderr) = fixture.json(&[]).await;
    assert_eq!(code, Some(1), "{stderr}");
    let errors: Vec<&Value> = collections.iter().map(|one| &one["errors"]).collect();
    assert_eq!(errors[..2], [&json!([]), &json!([])], "{stderr}");
    assert!(errors[2][0].as_str().unwrap().contains("it requires an account: run `kinometa trakt auth`"));
    // A token pair that Trakt rejects is the same as none.
    fixture.files(&[("config.yml", CONFIG)]);
    fixture.kometa.sim.revoke_tokens("anna");
    let (collections, _, stderr) = fixture.json(&[]).await;
    assert_eq!((&collections[0]["errors"], &collections[1]["errors"]), (&json!([]), &json!([])), "{stderr}");
    assert!(
        collections[2]["errors"][0].as_str().unwrap().contains("no longer accepts the authorization"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_dry_run_does_not_renew_a_valid_pair_even_with_force_refresh() {
    let movies = "collections:\n  Own:\n    trakt_recommendations: 5\n";
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", movies)]).await;
    let old = fixture.kometa.text().replacen("trakt:\n", "trakt:\n  force_refresh: true\n", 1);
    fixture.kometa.write(&old);
    fixture.json(&["--dry-run"]).await;
    assert_eq!((fixture.kometa.text(), fixture.kometa.grants()), (old.clone(), 0));
    fixture.json(&[]).await;
    assert_eq!((fixture.kometa.text() == old, fixture.kometa.grants()), (false, 1));
}

#[tokio::test]
async fn an_invalid_pin_disables_the_account_but_not_the_run() {
    let movies = "collections:\n  Chart:\n    trakt_trending: 5\n  Own:\n    trakt_watchlist: me\n";
    let config = format!(
        "trakt:\n  client_id: {}\n  client_secret: {}\n  pin: '00123456'\nlibraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n",
        trakt_sim::DEMO_CLIENT_ID,
        trakt_sim::DEMO_CLIENT_SECRET
    );
    let fixture = Fixture::with(&[("config.yml", &config), ("movies.yml", movies)]).await;
    let (collections, code, stderr) = fixture.json(&[]).await;
    assert_eq!((collections.len(), code), (2, Some(1)), "{stderr}");
    assert_eq!(collections[0]["errors"], json!([]), "{stderr}");
    assert!(collections[1]["errors"][0].as_str().unwrap().contains("kinometa trakt auth"), "{stderr}");
    for part in ["the PIN in the file is wrong", "charts and public lists are read without the account"] {
        assert_eq!(stderr.matches(part).count(), 1, "{part}: {stderr}");
    }
    assert_eq!(fixture.kometa.text(), config);
}

#[tokio::test]
async fn a_pair_used_by_another_program_is_explained_once() {
    let movies = "collections:\n  Public:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n  Own:\n    trakt_watchlist: me\n  More:\n    trakt_recommendations: 5\n";
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", movies)]).await;
    fixture.make_list("mine", &[0, 2]);
    fixture.kometa.sim.revoke_tokens("anna");
    let (ran, code) = fixture.ran(&[]).await;
    assert_eq!(code, Some(1), "{}", ran.all_output());
    let path = fixture.kometa.folder.path().join("config.yml");
    let command = format!("kinometa trakt auth --config {}", path.display());
    for part in ["Trakt takes each refresh token once", "charts and public lists are read", &command] {
        assert_eq!(ran.err.matches(part).count(), 1, "{part}: {}", ran.all_output());
    }
    let refreshes =
        || fixture.kometa.sim.requests().into_iter().filter(|one| one.path == "/oauth/token").count();
    assert_eq!(refreshes(), 1, "{}", ran.all_output());
}

#[tokio::test]
async fn a_renewed_pair_that_cannot_be_written_is_reported_in_every_run() {
    let movies = "collections:\n  Own:\n    trakt_watchlist: me\n";
    let fixture = Fixture::with(&[("movies.yml", movies)]).await;
    let pair = fixture.kometa.sim.issue_token("anna");
    let config = format!(
        "x: &pair {{access_token: {}, refresh_token: {}, expires_in: 1, created_at: 1}}\ntrakt:\n  client_id: {}\n  client_secret: {}\n  authorization: *pair\nlibraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n",
        pair.access_token,
        pair.refresh_token,
        trakt_sim::DEMO_CLIENT_ID,
        trakt_sim::DEMO_CLIENT_SECRET
    );
    fixture.files(&[("config.yml", &config)]);
    for _ in 0..2 {
        let (ran, _) = fixture.ran(&[]).await;
        assert_eq!(ran.err.matches("config.yml is behind").count(), 1, "{}", ran.all_output());
        assert!(ran.err.contains("trakt.authorization is an alias"), "{}", ran.all_output());
    }
}

#[tokio::test]
async fn a_report_that_cannot_be_written_does_not_fail_the_run() {
    let config = CONFIG.replace("  Movies:\n", "  Movies:\n    report_path: taken\n");
    let movies = format!("{LIST}    save_report: true\n");
    let fixture = Fixture::with(&[("config.yml", &config), ("movies.yml", &movies)]).await;
    fixture.make_list("mine", &[0, 2]);
    std::fs::create_dir(fixture.kometa.folder.path().join("taken")).unwrap();
    let (ran, code) = fixture.ran(&[]).await;
    assert_eq!(code, Some(0), "{}", ran.all_output());
    assert!(
        ran.err.contains("Movies: cannot write the report") && ran.err.contains("report_path"),
        "{}",
        ran.all_output()
    );
    assert!(ran.out.contains("Movies / Mine: Created (2 added"), "{}", ran.all_output());
}

#[tokio::test]
async fn the_nearest_name_is_suggested_for_a_misspelled_one_and_nothing_runs() {
    let fixture = with_members(&[0, 2]).await;
    let (ran, code) = fixture.ran(&["--collection", "mien"]).await;
    assert_eq!((ran.out.as_str(), code), ("", Some(2)), "{}", ran.all_output());
    assert!(
        ran.err.contains("there is no collection \"mien\"; did you mean \"Mine\"?"),
        "{}",
        ran.all_output()
    );
    let (ran, code) = fixture.ran(&["--library", "movie"]).await;
    assert_eq!((ran.out.as_str(), code), ("", Some(2)), "{}", ran.all_output());
    assert!(
        ran.err.contains("there is no library \"movie\"; did you mean \"Movies\"?"),
        "{}",
        ran.all_output()
    );
    let (ran, code) = fixture.ran(&["--collection", "Mine", "--collection", "mien"]).await;
    assert!(code == Some(1) && ran.err.contains("did you mean") && ran.out.contains("1 collection:"));
}

#[tokio::test]
async fn the_summary_is_aligned_for_all_scripts() {
    let names = "collections:\n  🔥 Hot:\n    trakt_popular: 2\n  映画:\n    trakt_popular: 2\n  Plain:\n    trakt_popular: 2\n";
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", names)]).await;
    let (ran, _) = fixture.ran(&[]).await;
    for row in ["\nTitle  |    + |", "\n-------|------|", "\n🔥 Hot | ", "\n映画   | ", "\nPlain  | "] {
        assert!(ran.out.contains(row), "{row}\n{}", ran.out);
    }
}

#[tokio::test]
async fn a_library_with_another_name_is_mapped_permanently() {
    let config = CONFIG.replace("  Movies:", "  Filme:");
    let fixture = Fixture::with(&[("config.yml", &config), ("movies.yml", LIST)]).await;
    fixture.make_list("mine", &[0, 2]);
    let (ran, code) = fixture.ran(&[]).await;
    assert!(code == Some(2) && ran.err.contains("there is no library \"Filme\""), "{}", ran.all_output());
    let (ran, code) = fixture.ran(&["--map", "Filme=Kino"]).await;
    assert!(code == Some(2) && ran.err.contains("this server has: Movies, TV Shows"), "{}", ran.all_output());
    let (ran, code) = fixture.ran(&["--map", "Filme=Movies"]).await;
    assert!(code == Some(0) && ran.out.contains("Filme / Mine: Created (2 added"), "{}", ran.all_output());
    let (ran, code) = fixture.ran(&[]).await;
    assert!(code == Some(0) && ran.out.contains("Unchanged"), "{}", ran.all_output());
}

#[tokio::test]
async fn the_report_has_kometas_format() {
    let movies = format!("{LIST}    save_report: true\n    ignore_ids: 1\n");
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", &movies)]).await;
    fixture.make_list("mine", &[0, 1]);
    let (ran, _) = fixture.ran(&[]).await;
    let report = std::fs::read_to_string(fixture.kometa.folder.path().join("Movies_report.yml")).unwrap();
    let catalogue = fixture.kometa.sim.catalogue();
    let of = |at: usize| &catalogue.movies()[at].facts;
    assert!(report.starts_with("Mine:\n  Movies Added (TMDb IDs):\n"), "{report}");
    assert!(report.contains(&format!("    {}: ", of(0).ids.tmdb.unwrap())), "{report}");
    let missing = format!("{} ({})", of(1).title, of(1).year);
    assert!(report.contains("  Movies Missing (TMDb IDs):\n") && report.contains(&missing), "{report}");
    assert!(ran.out.contains(&format!("  ? {missing} (TMDb: ")), "{}", ran.all_output());
}

#[tokio::test]
async fn each_library_entry_has_its_own_report_in_kometas_location() {
    let config = "{trakt}libraries:\n  Seasonal:\n    library_name: Movies\n    report_path: config/reports/seasonal.yml\n    collection_files: [seasonal.yml]\n  Movies:\n    report_path: config/nowhere/else/x.yml\n    collection_files: [movies.yml]\nsettings: {save_report: true}\n";
    let seasonal = "collections:\n  Winter:\n    trakt_list: https://trakt.tv/users/anna/lists/winter\n    sync_mode: sync\n";
    let files = [("config.yml", config), ("seasonal.yml", seasonal), ("movies.yml", LIST)];
    let fixture = Fixture::with(&files).await;
    let folder = fixture.kometa.folder.path();
    std::fs::create_dir(folder.join("reports")).unwrap();
    fixture.make_list("mine", &[0, 1]);
    fixture.make_list("winter", &[2, 3]);
    let (ran, _) = fixture.ran(&[]).await;
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let (winter, mine) = (read("reports/seasonal.yml"), read("Movies_report.yml"));
    assert!(winter.contains("Winter:") && !winter.contains("Mine:"), "{winter} {}", ran.all_output());
    assert!(mine.contains("Mine:") && !mine.contains("Winter:"), "{mine}");
    assert!(
        ran.err.contains("the folder of config/nowhere/else/x.yml does not exist"),
        "{}",
        ran.all_output()
    );

    // Removals that wait for confirmation are not in the report.
    fixture.put_movies("winter", "/remove", &[2, 3]);
    let (ran, _) = fixture.ran(&[]).await;
    assert!(ran.out.contains("Winter: Waiting for Confirmation"), "{}", ran.all_output());
    assert!(!read("reports/seasonal.yml").contains("Removed"), "{}", read("reports/seasonal.yml"));
}

//! The collection on Trakt: which titles have files, and in what quality.

use db::{
    kinds::{SyncCategory, SyncDirection, SyncSwitch, SyncWhat},
    rows::Title,
    sync_changes::ChangeFilter,
    trakt_collection,
};
use rstest::rstest;
use serde_json::{Value, json};
use sync::{Decision, Failure, Limit, PullState, SettingsChange, can_be_undone, outbox::payload::When};
use trakt_sim::{DEMO_USER, Fault, FaultKind};

use crate::fixture::Fixture;

impl Fixture {
    /// Adds a file that contains this title.
    pub(crate) async fn add_file(&self, number: i64, title: &Title) {
        let statements = [
            format!(
                "INSERT INTO media_file (id, library_id, path, size, modified_at, state, probe_state, width, height, audio, \
                 subtitles, parsed, added_at, updated_at) VALUES ({number}, 1, '{number}.mkv', 1, 1, 'present', 'probed', \
                 1920, 800, '[{{\"codec\": \"ac3\", \"channels\": 6}}]', '[]', '{{}}', 1700000000000, 1)"
            ),
            format!("INSERT INTO file_title (file_id, title_id, ordinal) VALUES ({number}, {}, 0)", title.id),
        ];
        for sql in statements {
            self.db.execute(&sql).await.unwrap();
        }
    }

    /// A scan finds the file with this number, or finds that it is missing.
    pub(crate) async fn file_is_there(&self, number: usize, there: bool) {
        let (state, since) = if there { ("present", "NULL") } else { ("missing", "1") };
        let now = self.now().timestamp_millis();
        let statements = [
            format!(
                "UPDATE media_file SET state = '{state}', missing_since_at = {since} WHERE id = {number}"
            ),
            format!("UPDATE library SET last_scanned_at = {now}"),
        ];
        for sql in statements {
            self.db.execute(&sql).await.unwrap();
        }
    }

    /// The titles in the collection, by Trakt's IDs.
    pub(crate) fn collected_ids(&self) -> std::collections::BTreeSet<i64> {
        let ids = |kind: &str, name: &str| -> Vec<i64> {
            self.collected(kind).iter().map(|one| one[name]["ids"]["trakt"].as_i64().unwrap()).collect()
        };
        ids("movies", "movie").into_iter().chain(ids("episodes", "episode")).collect()
    }

    /// Ends a scan.
    async fn scanned(&self) {
        let sql = format!("UPDATE library SET last_scanned_at = {}", self.now().timestamp_millis());
        self.db.execute(&sql).await.unwrap();
        self.wait(1);
        self.drain_all().await;
    }

    fn collected(&self, kind: &str) -> Vec<Value> {
        let path = format!("/sync/collection/{kind}?extended=metadata");
        self.sim.act(DEMO_USER, "GET", &path, None).body.as_array().unwrap().clone()
    }

    fn collected_count(&self) -> usize {
        self.collected("movies").len() + self.collected("episodes").len()
    }

    fn collection_writes(&self) -> Vec<String> {
        let writes = self.sim.requests().into_iter().filter(|request| request.method != "GET");
        writes.map(|request| request.path).filter(|path| path.starts_with("/sync/collection")).collect()
    }
}

/// Connected and imported, with a file of the movie and one of each episode.
async fn with_files() -> Fixture {
    let fixture = Fixture::connected().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.add_file(13, &fixture.episodes[1]).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.settle().await;
    fixture.scanned().await;
    fixture
}

#[tokio::test]
async fn titles_with_files_are_collected_with_their_quality() {
    let fixture = with_files().await;
    let movies = fixture.collected("movies");
    assert_eq!((movies.len(), fixture.collected("episodes").len()), (1, 2));
    let metadata = &movies[0]["metadata"];
    let expected = json!({
        "media_type": "digital", "resolution": "hd_1080p", "audio": "dolby_digital", "audio_channels": "5.1"
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&metadata[name], value, "{metadata}");
    }
    assert_eq!(movies[0]["collected_at"], "2023-11-14T22:13:20.000Z");
    assert_eq!(fixture.collection_writes(), ["/sync/collection"], "one request for all");
}

#[tokio::test]
async fn the_preview_counts_what_the_import_adds_to_the_collection() {
    let fixture = Fixture::connected().await;
    let preview = async || fixture.engine.preview_import(fixture.user_id).await.unwrap().collection;
    assert_eq!(preview().await, 0);
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.add_file(13, &fixture.episodes[1]).await;
    let leave_out =
        SettingsChange { excluded_titles: Some(vec![fixture.episodes[1].id]), ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, leave_out).await.unwrap();
    let expected = preview().await;
    assert_eq!(expected, 2);
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.settle().await;
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), expected);
    assert_eq!(preview().await, 0, "the collection is complete");

    fixture.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 12").await.unwrap();
    assert_eq!(preview().await, 1, "in another quality");
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, off).await.unwrap();
    assert_eq!(preview().await, 0, "switched off");
}

#[tokio::test]
async fn unchanged_titles_cause_no_requests() {
    let fixture = with_files().await;
    fixture.sim.clear_requests();
    fixture.scanned().await;
    fixture.wait(3_600);
    fixture.drain_all().await;
    assert_eq!(fixture.collection_writes(), [] as [String; 0]);
    fixture.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 12").await.unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collection_writes(), ["/sync/collection"]);
    let better = fixture.collected("episodes");
    assert!(better.iter().any(|one| one["metadata"]["resolution"] == "uhd_4k"), "{better:?}");
}

#[tokio::test]
async fn a_missing_file_removes_its_episode_and_no_play() {
    let fixture = with_files().await;
    fixture.mark(&[&fixture.episodes[0]], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture
        .db
        .execute("UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id = 12")
        .await
        .unwrap();
    fixture.scanned().await;
    let left = fixture.collected("episodes");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["episode"]["ids"]["trakt"].as_i64(), fixture.episodes[1].trakt_id);
    assert_eq!((fixture.collected("movies").len(), fixture.on_trakt().len()), (1, 1));
    let filter = ChangeFilter {
        direction: Some(SyncDirection::ToTrakt),
        what: Some(SyncWhat::Removed),
        ..ChangeFilter::default()
    };
    let log = fixture.engine.sync_log(fixture.user_id, filter, 0, 10).await.unwrap();
    assert_eq!(log.changes[0].title_id, Some(fixture.episodes[0].id));
}

/// If the response to an addition was lost, the title may be in the collection: it is removed with its file.
#[tokio::test]
async fn a_title_added_with_a_lost_response_is_removed_with_its_file() {
    let fixture = Fixture::connected().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.sim.add_fault(Fault::on("/sync/collection", FaultKind::ResetAfter).times(1));
    fixture.drain().await;
    assert_eq!(fixture.collected_ids().len(), 1, "Trakt has taken it");
    fixture.file_is_there(11, false).await;
    fixture.wait(900);
    fixture.drain_all().await;
    assert!(fixture.collected_ids().is_empty());
}

/// Trakt's response does not account for the removal of a title that it does not have. The removal is repeated
/// for an hour, which delays nothing else.
#[tokio::test]
async fn an_unaccounted_removal_does_not_delay_additions() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.sim.add_fault(Fault::on("/sync/collection", FaultKind::ResetBefore).times(1));
    fixture.scanned().await;
    assert!(fixture.collected_ids().is_empty());
    fixture.file_is_there(11, false).await;
    fixture.wait(60);
    fixture.scanned().await;
    assert_eq!(
        fixture.collected_ids().into_iter().collect::<Vec<_>>(),
        [fixture.episodes[0].trakt_id.unwrap()]
    );
}

/// Trakt responds with 200 but silently leaves out some titles.
#[rstest]
#[case::all_but_one(1, 1)]
#[case::all(0, 1)]
#[case::all_three_times(0, 3)]
#[tokio::test]
async fn titles_dropped_silently_are_sent_again(#[case] keep: usize, #[case] times: u32) {
    let fixture = Fixture::connected().await;
    for (number, title) in (11..).zip([&fixture.movie, &fixture.episodes[0], &fixture.episodes[1]]) {
        fixture.add_file(number, title).await;
    }
    fixture.sim.add_fault(Fault::on("/sync/collection", FaultKind::PartialAdd { keep }).times(times));
    fixture.import().await;
    for _ in 0..6 {
        fixture.wait(1_800);
        fixture.drain_all().await;
    }
    assert_eq!(fixture.collected_count(), 3);
    assert_eq!(fixture.engine.sync_problems(fixture.user_id).await.unwrap(), []);
    assert_eq!(trakt_collection::count(&*fixture.db, fixture.user_id, DEMO_USER).await.unwrap(), 3);

    fixture.sim.add_fault(Fault::on("/sync/collection/remove", FaultKind::PartialAdd { keep }).times(times));
    for number in [11, 12, 13] {
        fixture.file_is_there(number, false).await;
    }
    for _ in 0..6 {
        fixture.wait(1_800);
        fixture.drain_all().await;
    }
    assert_eq!(fixture.collected_count(), 0);
    fixture.sim.clear_requests();
    fixture.wait(86_400);
    fixture.drain_all().await;
    assert_eq!(fixture.collection_writes(), [] as [String; 0], "nothing more is sent");
}

#[tokio::test]
async fn a_title_that_trakt_never_accepts_is_reported_and_not_sent_forever() {
    let fixture = Fixture::connected().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.sim.add_fault(Fault::on("/sync/collection", FaultKind::PartialAdd { keep: 0 }));
    fixture.import().await;
    for _ in 0..20 {
        fixture.wait(1_800);
        fixture.drain_all().await;
    }
    assert_eq!(fixture.collection_writes().len(), 4);
    let problem = fixture.engine.sync_problems(fixture.user_id).await.unwrap().remove(0);
    assert_eq!((problem.failure, problem.left), (Failure::NotTaken, 1));
    // A better file is a new addition.
    fixture.sim.clear_faults();
    fixture.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 11").await.unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), 1);
    assert_eq!(fixture.engine.sync_problems(fixture.user_id).await.unwrap(), []);
}

/// The title is then kept in the collection without a file, until a file arrives and is removed again.
#[tokio::test]
async fn a_title_is_collected_again_when_its_removal_is_undone() {
    let fixture = with_files().await;
    let gone = "UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id = 12";
    fixture.db.execute(gone).await.unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collected("episodes").len(), 1);
    let removed = |change: &db::rows::SyncChange| {
        change.category == SyncCategory::Collection && change.what == SyncWhat::Removed
    };
    let log = fixture.engine.sync_log(fixture.user_id, ChangeFilter::default(), 0, 10).await.unwrap();
    let change = log.changes.into_iter().find(removed).unwrap();
    assert!(can_be_undone(&change));
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_all().await;
    let back = fixture.collected("episodes");
    assert_eq!(back.len(), 2);
    assert!(back.iter().all(|one| one["metadata"]["resolution"] == "hd_1080p"), "{back:?}");

    fixture.sim.clear_requests();
    fixture.scanned().await;
    fixture.wait(3_600);
    fixture.drain_all().await;
    assert_eq!(fixture.collection_writes(), [] as [String; 0], "it is kept without further requests");

    fixture
        .db
        .execute("UPDATE media_file SET state = 'present', missing_since_at = NULL WHERE id = 12")
        .await
        .unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collected("episodes").len(), 2);
    fixture.db.execute(gone).await.unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collected("episodes").len(), 1, "a new removal is not the one that was undone");
}

/// The log entries of the collection, newest first.
async fn logged(fixture: &Fixture, what: SyncWhat) -> Vec<db::rows::SyncChange> {
    let filter = ChangeFilter {
        category: Some(SyncCategory::Collection),
        what: Some(what),
        ..ChangeFilter::default()
    };
    fixture.engine.sync_log(fixture.user_id, filter, 0, 100).await.unwrap().changes
}

#[tokio::test]
async fn a_title_is_left_out_when_its_addition_is_undone_until_a_new_file_arrives() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.scanned().await;
    let added = logged(&fixture, SyncWhat::Added).await;
    let of_movie = added.iter().find(|change| change.title_id == Some(fixture.movie.id)).unwrap();
    assert_eq!((added.len(), can_be_undone(of_movie)), (2, true));
    fixture.engine.undo(fixture.user_id, of_movie.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.collected("movies").len(), fixture.collected("episodes").len()), (0, 1));
    assert_eq!(fixture.on_trakt().len(), 0);
    let problem = fixture.engine.undo(fixture.user_id, of_movie.id).await.unwrap_err();
    assert!(matches!(problem, sync::Error::CannotUndo(sync::CannotUndo::Already)), "{problem}");

    fixture.sim.clear_requests();
    fixture.scanned().await;
    fixture.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 11").await.unwrap();
    fixture.scanned().await;
    fixture.wait(3_600);
    fixture.drain_all().await;
    assert_eq!(fixture.collection_writes(), [] as [String; 0], "it is left out without further requests");
    assert_eq!(trakt_collection::count(&*fixture.db, fixture.user_id, DEMO_USER).await.unwrap(), 1);

    fixture.file_is_there(11, false).await;
    fixture.scanned().await;
    fixture.file_is_there(11, true).await;
    fixture.scanned().await;
    assert_eq!(fixture.collected("movies").len(), 1, "a new file is a new addition");
}

#[tokio::test]
async fn an_undo_can_be_undone() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.scanned().await;
    for _ in 0..2 {
        let added = logged(&fixture, SyncWhat::Added).await.remove(0);
        fixture.engine.undo(fixture.user_id, added.id).await.unwrap();
        fixture.drain_all().await;
        assert_eq!(fixture.collected("movies").len(), 0);
        let removed = logged(&fixture, SyncWhat::Removed).await.remove(0);
        fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
        fixture.drain_all().await;
        assert_eq!(fixture.collected("movies").len(), 1);
    }
    fixture.file_is_there(11, false).await;
    fixture.scanned().await;
    assert_eq!(fixture.collected("movies").len(), 0);
}

/// A title that is kept in the collection without a file, because its removal was undone, can be removed again.
#[tokio::test]
async fn an_addition_without_a_file_can_be_undone() {
    let fixture = with_files().await;
    fixture.file_is_there(12, false).await;
    fixture.scanned().await;
    let removed = logged(&fixture, SyncWhat::Removed).await.remove(0);
    fixture.engine.undo(fixture.user_id, removed.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!(fixture.collected("episodes").len(), 2);
    let added = logged(&fixture, SyncWhat::Added).await.remove(0);
    fixture.engine.undo(fixture.user_id, added.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!(fixture.collected("episodes").len(), 1);
}

/// An import is one log entry. All its titles are removed at once, however many there are, because the user
/// requested it.
#[tokio::test]
async fn the_additions_of_an_import_are_undone_together() {
    let fixture = with_files().await;
    let all: Vec<_> = logged(&fixture, SyncWhat::Added).await;
    assert_eq!((all.len(), all[0].amount, all[0].title_id, can_be_undone(&all[0])), (1, 3, None, true));
    fixture.engine.undo(fixture.user_id, all[0].id).await.unwrap();
    fixture.drain_all().await;
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), 0);
    assert_eq!(logged(&fixture, SyncWhat::Removed).await.len(), 3);
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.settle().await;
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), 0, "another import does not add it again");
}

/// A better file is not a new addition.
#[tokio::test]
async fn another_quality_is_logged_as_a_change() {
    let fixture = with_files().await;
    fixture.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 12").await.unwrap();
    fixture.scanned().await;
    let changed = logged(&fixture, SyncWhat::Changed).await;
    assert_eq!((changed.len(), changed[0].amount, can_be_undone(&changed[0])), (1, 1, false));
    assert_eq!(logged(&fixture, SyncWhat::Added).await.len(), 1);
}

#[tokio::test]
async fn an_unmounted_disk_removes_nothing() {
    let fixture = with_files().await;
    fixture.db.execute("UPDATE library SET state = 'unavailable', state_reason = 'empty'").await.unwrap();
    fixture.db.execute("UPDATE media_file SET state = 'missing', missing_since_at = 1").await.unwrap();
    fixture.sim.clear_requests();
    fixture.scanned().await;
    assert_eq!((fixture.collected_count(), fixture.collection_writes().len()), (3, 0));
}

#[tokio::test]
async fn disabled_or_excluded_titles_are_not_collected_until_allowed() {
    let fixture = Fixture::connected().await;
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, off).await.unwrap();
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.import().await;
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), 0);
    let some = SettingsChange {
        switches: vec![(SyncSwitch::Collection, true)],
        excluded_titles: Some(vec![fixture.movie.id]),
        ..SettingsChange::default()
    };
    fixture.engine.change_settings(fixture.user_id, some).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.collected("movies").len(), fixture.collected("episodes").len()), (0, 1));
    let all = SettingsChange { excluded_titles: Some(Vec::new()), ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, all).await.unwrap();
    fixture.drain_all().await;
    assert_eq!(fixture.collected_count(), 2);
}

#[tokio::test]
async fn connecting_without_importing_sends_only_later_files() {
    let fixture = Fixture::connected().await;
    fixture.add_file(11, &fixture.movie).await;
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), 0);
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.scanned().await;
    assert_eq!((fixture.collected("movies").len(), fixture.collected("episodes").len()), (0, 1));
}

#[tokio::test]
async fn a_full_collection_is_reported_and_not_retried_for_hours() {
    let fixture = Fixture::connected().await;
    fixture.sim.add_fault(Fault::on("/sync/collection", FaultKind::Empty { status: 420 }));
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.import().await;
    fixture.scanned().await;
    let problem = fixture.engine.sync_problems(fixture.user_id).await.unwrap().remove(0);
    assert_eq!((problem.category, problem.left), (SyncCategory::Collection, 2));
    let full = matches!(problem.failure, Failure::AccountLimit { what: Limit::Collection, .. });
    assert!(full, "{problem:?}");
    fixture.sim.clear_requests();
    fixture.drain_all().await;
    assert_eq!(fixture.collection_writes(), [] as [String; 0]);
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 1, "everything else is sent");
    fixture.sim.clear_faults();
    fixture.wait(7 * 3_600);
    fixture.drain_all().await;
    assert_eq!(fixture.collected_count(), 2);
    assert_eq!(fixture.engine.sync_problems(fixture.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn many_missing_files_wait_for_confirmation() {
    let fixture = Fixture::connected().await;
    let catalogue = fixture.sim.catalogue();
    let show = &catalogue.shows()[0];
    let known: Vec<u64> = (1..=4_u16)
        .flat_map(|season| (1..=30_u16).map(move |number| (season, number)))
        .filter_map(|(season, number)| show.episode(season, number).map(|episode| episode.ids.trakt))
        .take(12)
        .collect();
    let mut numbers = 100..;
    for trakt_id in &known {
        let row = Title {
            parent_id: fixture.episodes[0].parent_id,
            show_id: fixture.episodes[0].show_id,
            season_number: Some(1),
            episode_number: Some(numbers.next().unwrap()),
            ..crate::fixture::title(db::kinds::TitleKind::Movie, None)
        };
        let row =
            Title { kind: db::kinds::TitleKind::Episode, trakt_id: Some(trakt_id.cast_signed()), ..row };
        if [fixture.episodes[0].trakt_id, fixture.episodes[1].trakt_id].contains(&row.trakt_id) {
            continue;
        }
        let tx = fixture.db.begin().await.unwrap();
        let title = db::titles::insert_many(&tx, vec![row]).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        fixture.add_file(title.id.0 + 1_000, &title).await;
    }
    fixture.add_file(11, &fixture.movie).await;
    fixture.add_file(12, &fixture.episodes[0]).await;
    fixture.add_file(13, &fixture.episodes[1]).await;
    fixture.import().await;
    fixture.scanned().await;
    let all = fixture.collected_count();
    assert!(all > 11, "{all}");
    fixture
        .db
        .execute("UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id > 10")
        .await
        .unwrap();
    fixture.scanned().await;
    assert_eq!(fixture.collected_count(), all);
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    assert_eq!((plan.direction, plan.items), (SyncDirection::ToTrakt, all as u64));
    let status = fixture.engine.sync_status(fixture.user_id).await.unwrap();
    let collection = status.iter().find(|one| one.category == SyncCategory::Collection).unwrap();
    assert_eq!((collection.state, collection.held), (PullState::Waiting, all as u64));

    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Remove).await.unwrap();
    fixture.drain_all().await;
    assert_eq!(fixture.collected_count(), 0);
    assert_eq!(trakt_collection::count(&*fixture.db, fixture.user_id, DEMO_USER).await.unwrap(), 0);
    let removed = logged(&fixture, SyncWhat::Removed).await;
    assert_eq!(removed.len(), all);
    assert!(removed.iter().all(|change| change.run_at.is_some() && change.run_at == removed[0].run_at));
    let undone = fixture.engine.undo_run(fixture.user_id, removed[0].id).await.unwrap();
    assert!(undone.title_ids.len() >= all, "{undone:?}");
    fixture.drain_all().await;
    assert_eq!(fixture.collected_count(), all);
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
}

/// The collection is one of the categories with a visible status.
#[tokio::test]
async fn the_status_of_the_collection_is_reported() {
    let fixture = Fixture::connected().await;
    let status = async || {
        let all = fixture.engine.sync_status(fixture.user_id).await.unwrap();
        all.into_iter().find(|one| one.category == SyncCategory::Collection).unwrap()
    };
    assert_eq!(status().await.state, PullState::Undecided);
    fixture.add_file(11, &fixture.movie).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    assert_eq!(status().await.state, PullState::Importing);
    fixture.settle().await;
    fixture.scanned().await;
    let done = status().await;
    assert_eq!((done.state, done.done, done.total), (PullState::Following, 1, Some(1)));
    assert!(done.last.is_some() && done.next.is_some());
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, off).await.unwrap();
    assert_eq!(status().await.state, PullState::Off);
}

#[tokio::test]
async fn a_file_removed_while_disconnected_leaves_the_collection_after_reconnecting() {
    let fixture = with_files().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.file_is_there(11, false).await;
    fixture.wait(3_600);
    fixture.connect().await;
    fixture.settle().await;
    fixture.scanned().await;
    assert_eq!((fixture.collected("movies").len(), fixture.collected("episodes").len()), (0, 2));
}

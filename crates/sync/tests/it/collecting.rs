//! The collection on Trakt: which titles there are files for, and in what quality.

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

use crate::world::World;

impl World {
    /// Another file, which holds this title.
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

    /// A scan finds the file with this number, or finds it gone.
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

    /// What is in the collection, by Trakt's ids.
    pub(crate) fn collected_ids(&self) -> std::collections::BTreeSet<i64> {
        let ids = |kind: &str, name: &str| -> Vec<i64> {
            self.collected(kind).iter().map(|one| one[name]["ids"]["trakt"].as_i64().unwrap()).collect()
        };
        ids("movies", "movie").into_iter().chain(ids("episodes", "episode")).collect()
    }

    /// A scan has ended.
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
async fn with_files() -> World {
    let world = World::connected().await;
    world.add_file(11, &world.movie).await;
    world.add_file(12, &world.episodes[0]).await;
    world.add_file(13, &world.episodes[1]).await;
    world.engine.begin_import(world.user_id, true).await.unwrap();
    world.settle().await;
    world.scanned().await;
    world
}

#[tokio::test]
async fn what_there_are_files_for_is_collected_with_its_quality() {
    let world = with_files().await;
    let movies = world.collected("movies");
    assert_eq!((movies.len(), world.collected("episodes").len()), (1, 2));
    let metadata = &movies[0]["metadata"];
    let expected = json!({
        "media_type": "digital", "resolution": "hd_1080p", "audio": "dolby_digital", "audio_channels": "5.1"
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&metadata[name], value, "{metadata}");
    }
    assert_eq!(movies[0]["collected_at"], "2023-11-14T22:13:20.000Z");
    assert_eq!(world.collection_writes(), ["/sync/collection"], "one request for all");
}

#[tokio::test]
async fn the_preview_counts_what_the_import_adds_to_the_collection() {
    let world = World::connected().await;
    let preview = async || world.engine.preview_import(world.user_id).await.unwrap().collection;
    assert_eq!(preview().await, 0);
    world.add_file(11, &world.movie).await;
    world.add_file(12, &world.episodes[0]).await;
    world.add_file(13, &world.episodes[1]).await;
    let leave_out =
        SettingsChange { excluded_titles: Some(vec![world.episodes[1].id]), ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, leave_out).await.unwrap();
    let expected = preview().await;
    assert_eq!(expected, 2);
    world.engine.begin_import(world.user_id, true).await.unwrap();
    world.settle().await;
    world.scanned().await;
    assert_eq!(world.collected_count(), expected);
    assert_eq!(preview().await, 0, "it is all there");

    world.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 12").await.unwrap();
    assert_eq!(preview().await, 1, "in another quality");
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, off).await.unwrap();
    assert_eq!(preview().await, 0, "switched off");
}

#[tokio::test]
async fn what_has_not_changed_costs_nothing() {
    let world = with_files().await;
    world.sim.clear_requests();
    world.scanned().await;
    world.wait(3_600);
    world.drain_all().await;
    assert_eq!(world.collection_writes(), [] as [String; 0]);
    world.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 12").await.unwrap();
    world.scanned().await;
    assert_eq!(world.collection_writes(), ["/sync/collection"]);
    let better = world.collected("episodes");
    assert!(better.iter().any(|one| one["metadata"]["resolution"] == "uhd_4k"), "{better:?}");
}

#[tokio::test]
async fn a_file_that_is_gone_removes_its_episode_and_no_play() {
    let world = with_files().await;
    world.mark(&[&world.episodes[0]], When::At(world.now())).await;
    world.drain_all().await;
    world
        .db
        .execute("UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id = 12")
        .await
        .unwrap();
    world.scanned().await;
    let left = world.collected("episodes");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["episode"]["ids"]["trakt"].as_i64(), world.episodes[1].trakt_id);
    assert_eq!((world.collected("movies").len(), world.on_trakt().len()), (1, 1));
    let filter = ChangeFilter {
        direction: Some(SyncDirection::ToTrakt),
        what: Some(SyncWhat::Removed),
        ..ChangeFilter::default()
    };
    let log = world.engine.sync_log(world.user_id, filter, 0, 10).await.unwrap();
    assert_eq!(log.changes[0].title_id, Some(world.episodes[0].id));
}

/// A person who undoes the removal means it: the title stays there, also without a file, until a file comes and goes.
#[tokio::test]
async fn what_a_lost_answer_has_added_goes_with_its_file() {
    let world = World::connected().await;
    world.add_file(11, &world.movie).await;
    world.engine.begin_import(world.user_id, true).await.unwrap();
    world.sim.add_fault(Fault::on("/sync/collection", FaultKind::ResetAfter).times(1));
    world.drain().await;
    assert_eq!(world.collected_ids().len(), 1, "Trakt has taken it");
    world.file_is_there(11, false).await;
    world.wait(900);
    world.drain_all().await;
    assert!(world.collected_ids().is_empty());
}

/// Trakt answers 200 and has left some out without a word.
#[rstest]
#[case::all_but_one(1, 1)]
#[case::all(0, 1)]
#[case::all_three_times(0, 3)]
#[tokio::test]
async fn what_was_dropped_without_a_word_is_sent_again(#[case] keep: usize, #[case] times: u32) {
    let world = World::connected().await;
    for (number, title) in (11..).zip([&world.movie, &world.episodes[0], &world.episodes[1]]) {
        world.add_file(number, title).await;
    }
    world.sim.add_fault(Fault::on("/sync/collection", FaultKind::PartialAdd { keep }).times(times));
    world.import().await;
    for _ in 0..6 {
        world.wait(1_800);
        world.drain_all().await;
    }
    assert_eq!(world.collected_count(), 3);
    assert_eq!(world.engine.sync_problems(world.user_id).await.unwrap(), []);
    assert_eq!(trakt_collection::count(&*world.db, world.user_id, DEMO_USER).await.unwrap(), 3);

    world.sim.add_fault(Fault::on("/sync/collection/remove", FaultKind::PartialAdd { keep }).times(times));
    for number in [11, 12, 13] {
        world.file_is_there(number, false).await;
    }
    for _ in 0..6 {
        world.wait(1_800);
        world.drain_all().await;
    }
    assert_eq!(world.collected_count(), 0);
    world.sim.clear_requests();
    world.wait(86_400);
    world.drain_all().await;
    assert_eq!(world.collection_writes(), [] as [String; 0], "and then no more");
}

#[tokio::test]
async fn what_trakt_never_takes_is_said_and_not_sent_for_ever() {
    let world = World::connected().await;
    world.add_file(11, &world.movie).await;
    world.sim.add_fault(Fault::on("/sync/collection", FaultKind::PartialAdd { keep: 0 }));
    world.import().await;
    for _ in 0..20 {
        world.wait(1_800);
        world.drain_all().await;
    }
    assert_eq!(world.collection_writes().len(), 4);
    let problem = world.engine.sync_problems(world.user_id).await.unwrap().remove(0);
    assert_eq!((problem.failure, problem.left), (Failure::NotTaken, 1));
    // Another file is another addition.
    world.sim.clear_faults();
    world.db.execute("UPDATE media_file SET height = 2160, width = 3840 WHERE id = 11").await.unwrap();
    world.scanned().await;
    assert_eq!(world.collected_count(), 1);
    assert_eq!(world.engine.sync_problems(world.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn a_removal_that_is_undone_is_in_the_collection_again_and_stays() {
    let world = with_files().await;
    let gone = "UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id = 12";
    world.db.execute(gone).await.unwrap();
    world.scanned().await;
    assert_eq!(world.collected("episodes").len(), 1);
    let removed = |change: &db::rows::SyncChange| {
        change.category == SyncCategory::Collection && change.what == SyncWhat::Removed
    };
    let log = world.engine.sync_log(world.user_id, ChangeFilter::default(), 0, 10).await.unwrap();
    let change = log.changes.into_iter().find(removed).unwrap();
    assert!(can_be_undone(&change));
    world.engine.undo(world.user_id, change.id).await.unwrap();
    world.drain_all().await;
    let back = world.collected("episodes");
    assert_eq!(back.len(), 2);
    assert!(back.iter().all(|one| one["metadata"]["resolution"] == "hd_1080p"), "{back:?}");

    world.sim.clear_requests();
    world.scanned().await;
    world.wait(3_600);
    world.drain_all().await;
    assert_eq!(world.collection_writes(), [] as [String; 0], "it stays, and costs nothing");

    world
        .db
        .execute("UPDATE media_file SET state = 'present', missing_since_at = NULL WHERE id = 12")
        .await
        .unwrap();
    world.scanned().await;
    assert_eq!(world.collected("episodes").len(), 2);
    world.db.execute(gone).await.unwrap();
    world.scanned().await;
    assert_eq!(world.collected("episodes").len(), 1, "a new removal is not the one that was undone");
}

#[tokio::test]
async fn an_unmounted_disk_removes_nothing() {
    let world = with_files().await;
    world.db.execute("UPDATE library SET state = 'unavailable', state_reason = 'empty'").await.unwrap();
    world.db.execute("UPDATE media_file SET state = 'missing', missing_since_at = 1").await.unwrap();
    world.sim.clear_requests();
    world.scanned().await;
    assert_eq!((world.collected_count(), world.collection_writes().len()), (3, 0));
}

#[tokio::test]
async fn switched_off_and_excluded_titles_stay_out_until_they_no_longer_are() {
    let world = World::connected().await;
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, off).await.unwrap();
    world.add_file(11, &world.movie).await;
    world.add_file(12, &world.episodes[0]).await;
    world.import().await;
    world.scanned().await;
    assert_eq!(world.collected_count(), 0);
    let some = SettingsChange {
        switches: vec![(SyncSwitch::Collection, true)],
        excluded_titles: Some(vec![world.movie.id]),
        ..SettingsChange::default()
    };
    world.engine.change_settings(world.user_id, some).await.unwrap();
    world.drain_all().await;
    assert_eq!((world.collected("movies").len(), world.collected("episodes").len()), (0, 1));
    let all = SettingsChange { excluded_titles: Some(Vec::new()), ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, all).await.unwrap();
    world.drain_all().await;
    assert_eq!(world.collected_count(), 2);
}

#[tokio::test]
async fn whoever_connects_without_importing_sends_only_what_comes_later() {
    let world = World::connected().await;
    world.add_file(11, &world.movie).await;
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.scanned().await;
    assert_eq!(world.collected_count(), 0);
    world.add_file(12, &world.episodes[0]).await;
    world.scanned().await;
    assert_eq!((world.collected("movies").len(), world.collected("episodes").len()), (0, 1));
}

#[tokio::test]
async fn a_full_account_is_said_and_left_alone_for_a_while() {
    let world = World::connected().await;
    world.sim.add_fault(Fault::on("/sync/collection", FaultKind::Empty { status: 420 }));
    world.add_file(11, &world.movie).await;
    world.add_file(12, &world.episodes[0]).await;
    world.import().await;
    world.scanned().await;
    let problem = world.engine.sync_problems(world.user_id).await.unwrap().remove(0);
    assert_eq!((problem.category, problem.left), (SyncCategory::Collection, 2));
    let full = matches!(problem.failure, Failure::AccountLimit { what: Limit::Collection, .. });
    assert!(full, "{problem:?}");
    world.sim.clear_requests();
    world.drain_all().await;
    assert_eq!(world.collection_writes(), [] as [String; 0]);
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.drain_all().await;
    assert_eq!(world.on_trakt().len(), 1, "everything else goes on");
    world.sim.clear_faults();
    world.wait(7 * 3_600);
    world.drain_all().await;
    assert_eq!(world.collected_count(), 2);
    assert_eq!(world.engine.sync_problems(world.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn many_files_gone_wait_for_the_person() {
    let world = World::connected().await;
    let catalogue = world.sim.catalogue();
    let show = &catalogue.shows()[0];
    let known: Vec<u64> = (1..=4_u16)
        .flat_map(|season| (1..=30_u16).map(move |number| (season, number)))
        .filter_map(|(season, number)| show.episode(season, number).map(|episode| episode.ids.trakt))
        .take(12)
        .collect();
    let mut numbers = 100..;
    for trakt_id in &known {
        let row = Title {
            parent_id: world.episodes[0].parent_id,
            show_id: world.episodes[0].show_id,
            season_number: Some(1),
            episode_number: Some(numbers.next().unwrap()),
            ..crate::world::title(db::kinds::TitleKind::Movie, None)
        };
        let row =
            Title { kind: db::kinds::TitleKind::Episode, trakt_id: Some(trakt_id.cast_signed()), ..row };
        if [world.episodes[0].trakt_id, world.episodes[1].trakt_id].contains(&row.trakt_id) {
            continue;
        }
        let tx = world.db.begin().await.unwrap();
        let title = db::titles::insert_many(&tx, vec![row]).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        world.add_file(title.id.0 + 1_000, &title).await;
    }
    world.add_file(11, &world.movie).await;
    world.add_file(12, &world.episodes[0]).await;
    world.add_file(13, &world.episodes[1]).await;
    world.import().await;
    world.scanned().await;
    let all = world.collected_count();
    assert!(all > 11, "{all}");
    world
        .db
        .execute("UPDATE media_file SET state = 'missing', missing_since_at = 1 WHERE id > 10")
        .await
        .unwrap();
    world.scanned().await;
    assert_eq!(world.collected_count(), all);
    let plan = world.engine.plans(world.user_id).await.unwrap().remove(0);
    assert_eq!((plan.direction, plan.items), (SyncDirection::ToTrakt, all as u64));
    world.engine.decide_plan(world.user_id, plan.id, Decision::Remove).await.unwrap();
    world.drain_all().await;
    assert_eq!(world.collected_count(), 0);
    assert_eq!(world.engine.plans(world.user_id).await.unwrap(), []);
    assert_eq!(trakt_collection::count(&*world.db, world.user_id, DEMO_USER).await.unwrap(), 0);
}

/// It is one of the categories whose state a person sees.
#[tokio::test]
async fn how_far_the_collection_is_can_be_seen() {
    let world = World::connected().await;
    let status = async || {
        let all = world.engine.sync_status(world.user_id).await.unwrap();
        all.into_iter().find(|one| one.category == SyncCategory::Collection).unwrap()
    };
    assert_eq!(status().await.state, PullState::Undecided);
    world.add_file(11, &world.movie).await;
    world.engine.begin_import(world.user_id, true).await.unwrap();
    assert_eq!(status().await.state, PullState::Importing);
    world.settle().await;
    world.scanned().await;
    let done = status().await;
    assert_eq!((done.state, done.done, done.total), (PullState::Following, 1, Some(1)));
    assert!(done.last.is_some() && done.next.is_some());
    let off = SettingsChange { switches: vec![(SyncSwitch::Collection, false)], ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, off).await.unwrap();
    assert_eq!(status().await.state, PullState::Off);
}

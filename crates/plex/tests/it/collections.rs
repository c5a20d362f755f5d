use plex::models::{Kind, Mode, Sort};
use plex::target::{Desired, Labels, Library, Members, Memory, Outcome, Visibility};
use plex::{Error, Picture};
use plex_sim::{Agent, Sim, SimHandle};

use crate::{client, dry, json_client, keys, library, listed, movies};

/// Names that break clients that do not encode them properly.
const NAMES: [&str; 6] =
    ["A, B & C/D", "50% \"off\" 'now'", "Ünïcödé 🎬 <b>", "a+b=c?d#e;f", "spaces  inside", "100%25"];

async fn apply(sim: &SimHandle, desired: &Desired) -> plex::target::Report {
    library(sim).await.apply(desired, &mut Memory::transient()).await.expect("applied")
}

#[tokio::test]
async fn a_new_collection_needs_few_writes_and_the_next_run_needs_none() {
    let sim = movies(400).await;
    let numbers: Vec<usize> = (1..=250).rev().collect();
    let mut desired = listed("Trending", &keys(&sim, &numbers));
    desired.summary = Some("What everybody\nwatches & \"likes\"".to_owned());
    desired.sort_title = Some("!010".to_owned());
    desired.content_rating = Some("PG-13".to_owned());
    desired.labels = Labels { add: vec!["Weekly".to_owned()], kometa: true, ..Labels::default() };
    desired.mode = Some(Mode::HideItems);
    desired.sort = Some(Sort::Custom);
    desired.poster = Some(Picture::Url("https://example.org/poster.jpg".to_owned()));
    desired.background = Some(Picture::Bytes(vec![1, 2, 3].into()));
    desired.visibility = Visibility { library: Some(true), home: Some(true), shared: Some(false) };
    let mut memory = Memory::transient();
    let mut first = library(&sim).await;
    sim.clear_requests();
    let report = first.apply(&desired, &mut memory).await.expect("created");
    // Three calls add the members; one each sets texts with labels, preferences, poster, background, visibility. No
    // moves.
    assert_eq!((report.outcome, report.calls(), sim.counts().writes()), (Outcome::Created, 8, 8));
    let seen = sim.collection("Trending").expect("a collection");
    assert_eq!(sim.members("Trending"), keys(&sim, &numbers));
    assert_eq!(seen.labels(), ["Kinometa", "Kometa", "Weekly"]);
    assert_eq!(seen.fields["summary"], "What everybody\nwatches & \"likes\"");
    assert_eq!((seen.fields["titleSort"].as_str(), seen.fields["contentRating"].as_str()), ("!010", "PG-13"));
    assert!(
        ["summary", "titleSort", "contentRating", "label"].iter().all(|field| seen.locked.contains(*field))
    );
    assert_eq!((seen.prefs["collectionMode"], seen.prefs["collectionSort"]), (1, 2));
    assert_eq!((seen.images["posters"].uploads.len(), seen.images["arts"].uploads.len()), (1, 1));
    let hub = sim.hubs("Movies").pop().expect("a hub");
    assert_eq!((hub.recommended, hub.own_home, hub.shared_home), (true, true, false));

    let mut second = library(&sim).await;
    let before = sim.state();
    sim.clear_requests();
    let report = second.apply(&desired, &mut memory).await.expect("unchanged");
    assert_eq!((report.outcome, report.steps), (Outcome::Unchanged, vec![]));
    assert_eq!((sim.counts().reads, sim.counts().writes()), (2, 0));
    assert_eq!(sim.state(), before);
}

#[tokio::test]
async fn applying_to_an_up_to_date_collection_read_before_sends_no_requests() {
    let sim = movies(10).await;
    let mut desired = listed("Top", &keys(&sim, &[1, 2]));
    desired.visibility.home = Some(true);
    let (mut library, mut memory) = (library(&sim).await, Memory::transient());
    library.apply(&desired, &mut memory).await.expect("created");
    let existing = library.existing("TOP").await.expect("read");
    sim.clear_requests();
    let report = library.apply_to(existing, &desired, &mut memory).await.expect("unchanged");
    assert_eq!((report.outcome, sim.counts().reads, sim.counts().writes()), (Outcome::Unchanged, 0, 0));
}

#[tokio::test]
async fn a_changed_list_is_followed_with_the_fewest_moves() {
    let sim = movies(30).await;
    let mut desired = listed("Top", &keys(&sim, &[1, 2, 3, 4, 5]));
    desired.sort = Some(Sort::Custom);
    apply(&sim, &desired).await;
    let wanted = keys(&sim, &[5, 1, 2, 9, 3]);
    desired.members = Members::Listed(wanted.clone());
    sim.clear_requests();
    let report = apply(&sim, &desired).await;
    // Added: 9. Removed: 4. Moved: 5 to the front, 3 after 9.
    assert_eq!((report.outcome, report.calls(), sim.counts().writes()), (Outcome::Modified, 4, 4));
    assert_eq!(sim.members("Top"), wanted);
}

#[tokio::test]
async fn the_order_does_not_depend_on_where_plex_puts_new_members() {
    let builder = Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, 150).adds_by_key();
    let sim = builder.start().await.expect("a free port");
    let numbers: Vec<usize> = (1..=120).map(|number| (number * 7) % 121).collect();
    let mut desired = listed("Top", &keys(&sim, &numbers));
    desired.sort = Some(Sort::Custom);
    apply(&sim, &desired).await;
    assert_eq!(sim.members("Top"), keys(&sim, &numbers));
}

#[tokio::test]
async fn collections_with_special_characters_are_created_changed_and_deleted() {
    let sim = movies(10).await;
    for name in NAMES {
        assert_eq!(
            apply(&sim, &listed(name, &keys(&sim, &[1, 2]))).await.outcome,
            Outcome::Created,
            "{name}"
        );
        assert_eq!(
            apply(&sim, &listed(name, &keys(&sim, &[2, 3]))).await.outcome,
            Outcome::Modified,
            "{name}"
        );
        let mut members = sim.members(name);
        members.sort_unstable();
        assert_eq!(members, keys(&sim, &[2, 3]), "{name}");
        assert_eq!(library(&sim).await.delete(name).await.expect("deleted"), Outcome::Modified, "{name}");
    }
    assert!(sim.collections().is_empty());
}

#[tokio::test]
async fn a_manually_created_collection_is_changed_only_with_adopt() {
    let sim = movies(10).await;
    sim.create_collection("Movies", "Top", &keys(&sim, &[9])).expect("created");
    let before = sim.state();
    let mut desired = listed("Top", &keys(&sim, &[1]));
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::ManuallyCreated);
    assert_eq!(library(&sim).await.delete("Top").await.expect("no error"), Outcome::ManuallyCreated);
    assert_eq!(sim.state(), before);
    desired.adopt = true;
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Modified);
    assert_eq!(
        (sim.members("Top"), apply(&sim, &listed("Top", &keys(&sim, &[1]))).await.outcome),
        (keys(&sim, &[1]), Outcome::Unchanged)
    );
}

#[tokio::test]
async fn a_collection_created_by_kometa_is_managed() {
    let sim = movies(10).await;
    let key = sim.create_collection("Movies", "Top", &keys(&sim, &[9])).expect("created");
    let section = client(&sim).section("Movies").await.expect("a library");
    let edit = plex::Edit::new().labels(["Kometa".to_owned()]);
    client(&sim).edit_collection(&section, key, &edit).await.expect("labelled");
    assert_eq!(apply(&sim, &listed("Top", &keys(&sim, &[1]))).await.outcome, Outcome::Modified);
    assert_eq!(sim.collection("Top").expect("a collection").labels(), ["Kometa", "Kinometa"]);
}

#[tokio::test]
async fn names_are_matched_ignoring_case_unless_ambiguous() {
    let sim = movies(10).await;
    let mut desired = listed("top", &keys(&sim, &[1]));
    apply(&sim, &desired).await;
    desired.title = "TOP".to_owned();
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Unchanged);
    desired.members = Members::Listed(keys(&sim, &[2]));
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Modified);
    assert_eq!((sim.collections().len(), sim.members("top")), (1, keys(&sim, &[2])));
    sim.create_collection("Movies", "Top", &keys(&sim, &[3])).expect("created");
    let refused = library(&sim).await.apply(&desired, &mut Memory::transient()).await;
    assert!(matches!(refused, Err(Error::Ambiguous { .. })), "{refused:?}");
}

#[tokio::test]
async fn incomplete_or_empty_members_cause_no_removals() {
    let sim = movies(10).await;
    apply(&sim, &listed("Top", &keys(&sim, &[1, 2]))).await;
    let partial = Desired { complete: false, ..listed("Top", &keys(&sim, &[3])) };
    apply(&sim, &partial).await;
    assert_eq!(sim.members("Top").len(), 3);
    assert_eq!(apply(&sim, &listed("Top", &[])).await.outcome, Outcome::Unchanged);
    assert_eq!(sim.members("Top").len(), 3);
    assert_eq!(apply(&sim, &listed("New", &[])).await.outcome, Outcome::Empty);
    assert_eq!(sim.collections().len(), 1);
}

#[tokio::test]
async fn a_dry_run_reports_the_same_steps_as_the_run() {
    let sim = movies(200).await;
    let mut desired = listed("Top", &keys(&sim, &[3, 2, 1]));
    (desired.sort, desired.summary) = (Some(Sort::Custom), Some("Three".to_owned()));
    for _ in 0..2 {
        let mut dry = Library::load(&dry(&sim), "Movies").await.expect("a library");
        let before = sim.counts().writes();
        let planned = dry.apply(&desired, &mut Memory::transient()).await.expect("planned");
        assert_eq!(sim.counts().writes(), before);
        let done = apply(&sim, &desired).await;
        assert_eq!((planned.outcome, planned.steps), (done.outcome, done.steps));
        desired.members = Members::Listed(keys(&sim, &[1, 3, 7]));
    }
}

#[tokio::test]
async fn only_changed_images_are_sent_and_too_large_ones_are_rejected() {
    let sim = movies(5).await;
    let folder = std::env::temp_dir().join(format!("plex-memory-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("memory.json");
    let mut desired = listed("Top", &keys(&sim, &[1]));
    for (bytes, uploads) in [(vec![1], 1), (vec![1], 1), (vec![2], 2)] {
        desired.poster = Some(Picture::Bytes(bytes.into()));
        let mut memory = Memory::open(&file).expect("a memory");
        library(&sim).await.apply(&desired, &mut memory).await.expect("applied");
        assert_eq!(sim.collection("Top").expect("a collection").images["posters"].uploads.len(), uploads);
    }
    desired.poster = Some(Picture::Bytes(vec![0; plex::LARGEST_IMAGE].into()));
    let mut memory = Memory::open(&file).expect("a memory");
    let refused = library(&sim).await.apply(&desired, &mut memory).await.expect_err("too large");
    assert!(matches!(refused, Error::ImageTooLarge(_)) && !refused.ends_library());
    std::fs::remove_dir_all(folder).expect("removed");
}

#[tokio::test]
async fn hubs_are_moved_to_the_positions_of_their_priorities() {
    let sim = movies(10).await;
    let mut created = Vec::new();
    for (number, name) in ["One", "Two", "Three"].into_iter().enumerate() {
        let mut desired = listed(name, &keys(&sim, &[number + 1]));
        desired.visibility.library = Some(true);
        created.push(apply(&sim, &desired).await.key.expect("created"));
    }
    let mut library = library(&sim).await;
    let priorities = [(created[2], 1), (created[0], 2)];
    assert_eq!(library.order_hubs(&[], &priorities).await.expect("ordered"), 2);
    let titles: Vec<String> = sim.hubs("Movies").into_iter().map(|hub| hub.title).collect();
    assert_eq!(titles, ["Three", "One", "recentlyadded", "inprogress", "topunwatched", "Two"]);
    assert_eq!(library.order_hubs(&[], &priorities).await.expect("ordered"), 0);
}

#[tokio::test]
async fn hubs_are_sorted_around_those_with_a_priority() {
    let sim = movies(10).await;
    let mut created = Vec::new();
    for (number, name) in ["One", "Two", "Three", "Four"].into_iter().enumerate() {
        let mut desired = listed(name, &keys(&sim, &[number + 1]));
        desired.visibility.library = Some(true);
        created.push(apply(&sim, &desired).await.key.expect("created"));
    }
    let mut library = library(&sim).await;
    let (sorted, priorities) = ([created[3], created[1], created[2], created[0]], [(created[1], 1)]);
    library.order_hubs(&sorted, &priorities).await.expect("ordered");
    let titles: Vec<String> = sim.hubs("Movies").into_iter().map(|hub| hub.title).collect();
    assert_eq!(titles, ["Two", "recentlyadded", "inprogress", "topunwatched", "Four", "Three", "One"]);
    assert_eq!(library.order_hubs(&sorted, &priorities).await.expect("ordered"), 0);
}

#[tokio::test]
async fn collections_are_found_by_label() {
    let sim = movies(10).await;
    for (name, label) in [("One", "Mine, too"), ("Two", "Other"), ("Three", "mine, too")] {
        let mut desired = listed(name, &keys(&sim, &[1, 2]));
        desired.labels.add = vec![label.to_owned()];
        apply(&sim, &desired).await;
    }
    // A label that only items have does not find any collection.
    let section = client(&sim).section("Movies").await.expect("a library");
    let edit = plex::Edit::new().labels(["Items".to_owned()]);
    client(&sim).edit_items(&section, Kind::Movie, &keys(&sim, &[1]), &edit).await.expect("labelled");
    for (label, expected) in [("MINE, TOO", vec!["One", "Three"]), ("Items", vec![]), ("Nobody", vec![])] {
        let found = client(&sim).collections_with_label(&section, label).await.expect("found");
        let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
        assert_eq!((titles, found.iter().all(|one| one.count == 2)), (expected, true), "{label}");
    }
}

#[tokio::test]
async fn a_smart_collection_contains_items_with_the_label() {
    let sim = movies(10).await;
    let section = client(&sim).section("Movies").await.expect("a library");
    let labelled = keys(&sim, &[4, 2]);
    let edit = plex::Edit::new().labels(["Trakt".to_owned()]);
    client(&sim).edit_items(&section, Kind::Movie, &labelled, &edit).await.expect("labelled");
    let filter = "label=Trakt&sort=titleSort%3Adesc";
    let desired = Desired::new("Smart", Kind::Movie, Members::Smart(filter.to_owned()));
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Created);
    let mut seen = sim.members("Smart");
    seen.sort_unstable();
    assert_eq!(seen, keys(&sim, &[2, 4]));
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Unchanged);
    let changed = Desired { members: Members::Smart("label=Other".to_owned()), ..desired };
    assert_eq!(apply(&sim, &changed).await.outcome, Outcome::Modified);
    assert!(sim.members("Smart").is_empty());
    assert_eq!(apply(&sim, &listed("Smart", &keys(&sim, &[1]))).await.outcome, Outcome::SmartMismatch);
}

#[tokio::test]
async fn seasons_can_be_members() {
    let sim =
        Sim::builder().library("Movies", plex_sim::Kind::Show, Agent::Plex, 3).start().await.expect("a port");
    let client = json_client(&sim);
    let section = client.section("Movies").await.expect("a library");
    let seasons: Vec<u64> = client
        .items(&section, Kind::Season)
        .await
        .expect("seasons")
        .iter()
        .map(|season| season.key)
        .collect();
    let mut desired = Desired::new("First", Kind::Season, Members::Listed(seasons.clone()));
    desired.sort = Some(Sort::Custom);
    apply(&sim, &desired).await;
    assert_eq!(sim.members("First"), seasons);
    assert_eq!(apply(&sim, &desired).await.outcome, Outcome::Unchanged);
}

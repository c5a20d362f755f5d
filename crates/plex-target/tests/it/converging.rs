//! A run that was interrupted at any point is completed by the next one.

use plex_sim::{Fault, FaultKind};

use crate::{Fixture, collection};

async fn fixture() -> Fixture {
    let mut fixture = Fixture::with(120).await;
    let many: Vec<u64> = (1..=105).rev().collect();
    fixture.movies("many", &many);
    fixture.movies("few", &[5, 3, 9, 1]);
    fixture.movies("new", &[2, 4]);
    fixture.file("p.png", b"a picture");
    let all = "collection_order: custom\ncollection_mode: show_items\nvisible_home: true\nvisible_library: true\nlabel: mine\nfile_poster: p.png";
    let one = |name: &str, list: &str, more: &str| collection(name, list, &format!("{all}\n{more}"));
    fixture.movies_file(
        &(one("Many", "many", "summary: All of it")
            + &one("Few", "few", "hub_priority: 1\nitem_label: few")
            + &collection("Smart", "new", "smart_label: title.asc")),
    );
    fixture
}

/// The state on Plex apart from keys and times: collections, hubs, labels of items.
fn shown(fixture: &Fixture) -> String {
    let collections: Vec<String> = fixture
        .sim
        .collections()
        .iter()
        .map(|one| {
            let members = fixture.sim.members(&one.title);
            let posters = one.images.get("posters").is_some_and(|images| images.selected.is_some());
            format!("{} {members:?} {:?} {:?} {:?} {posters}", one.title, one.labels(), one.fields, one.prefs)
        })
        .collect();
    let mut collections = collections;
    collections.sort();
    let hubs: Vec<String> = fixture
        .sim
        .hubs("Movies")
        .into_iter()
        .map(|hub| format!("{} {} {}", hub.title, hub.recommended, hub.own_home))
        .collect();
    let labels: Vec<_> =
        fixture.sim.titles("Movies").into_iter().map(|item| item.tags.get("label").cloned()).collect();
    format!("{collections:#?} {hubs:?} {labels:?}")
}

#[tokio::test]
async fn interrupted_runs_converge_and_never_empty_a_collection() {
    let uninterrupted = fixture().await;
    uninterrupted.run().await;
    let expected = shown(&uninterrupted);
    let calls = uninterrupted.sim.requests().len();
    assert!(calls >= 25, "{calls} calls: too few for 50 interruptions of two kinds");
    for cut in 0..u32::try_from(calls).unwrap() {
        for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter] {
            let fixture = fixture().await;
            fixture.sim.add_fault(Fault::on("/", kind.clone()).after(cut));
            let result = fixture.run_with("", |_| {}).await;
            assert!(
                !result.succeeded() || cut + 1 >= u32::try_from(calls).unwrap(),
                "cut after {cut}: {kind:?}"
            );
            for one in fixture.sim.collections().iter().filter(|one| one.title != "Smart") {
                assert!(!fixture.sim.members(&one.title).is_empty());
            }
            fixture.sim.clear_faults();
            fixture.run().await;
            assert_eq!(shown(&fixture), expected, "cut after {cut} calls: {kind:?}");
            fixture.sim.clear_requests();
            fixture.run().await;
            assert_eq!(fixture.sim.counts().writes(), 0, "cut after {cut} calls: {kind:?}");
        }
    }
}

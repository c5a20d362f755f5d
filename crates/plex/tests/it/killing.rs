use plex::models::{Mode, Sort};
use plex::target::{Desired, Memory};
use plex_sim::{Fault, FaultKind, SimHandle};

use crate::{keys, listed, movies};

fn wanted(sim: &SimHandle) -> Vec<Desired> {
    let full = |title: &str, numbers: &[usize]| {
        let mut desired = listed(title, &keys(sim, numbers));
        (desired.sort, desired.mode) = (Some(Sort::Custom), Some(Mode::ShowItems));
        desired.summary = Some(format!("About {title}"));
        desired.placement.home = Some(true);
        desired
    };
    let many: Vec<usize> = (1..=105).rev().collect();
    vec![full("Many", &many), full("Few", &[5, 3, 9, 1]), full("New", &[2, 4])]
}

/// What matters of a collection in the end: name, members, labels, summary, preferences. Keys and times differ.
type Seen = (String, Vec<u64>, Vec<String>, Option<String>, Vec<i64>);

fn result(sim: &SimHandle) -> Vec<Seen> {
    let mut all: Vec<_> = sim
        .collections()
        .into_iter()
        .map(|known| {
            let members = sim.members(&known.title);
            let prefs = known.prefs.values().copied().collect();
            (
                known.title.clone(),
                members,
                known.labels().to_vec(),
                known.fields.get("summary").cloned(),
                prefs,
            )
        })
        .collect();
    all.sort();
    all
}

/// Runs until the line breaks, as a process that is killed does: what was remembered is on disk.
async fn run(sim: &SimHandle, memory: &mut Memory) -> plex::Result<()> {
    let client = crate::client(sim);
    let mut library = plex::target::Library::load(&client, "Movies").await?;
    for desired in wanted(sim) {
        let report = library.apply(&desired, memory).await?;
        assert_ne!(report.outcome, plex::target::Outcome::HandMade, "its own, after a kill");
    }
    Ok(())
}

#[tokio::test]
async fn runs_that_are_cut_anywhere_converge() {
    let whole = movies(105).await;
    run(&whole, &mut Memory::transient()).await.expect("whole");
    let expected = result(&whole);
    let calls = u32::try_from(whole.requests().len()).expect("a number");
    assert!(calls >= 25, "{calls}: both kinds of cuts make 50");
    for cut in 0..calls {
        for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter] {
            let sim = movies(105).await;
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("memory.json");
            sim.add_fault(Fault::on("/", kind.clone()).after(cut));
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect_err("cut");
            assert!(result(&sim).iter().all(|(_, members, ..)| !members.is_empty()));
            sim.clear_faults();
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect("to the end");
            assert_eq!(result(&sim), expected, "cut after {cut} calls: {kind:?}");
            sim.clear_requests();
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect("again");
            assert_eq!(sim.counts().writes(), 0);
        }
    }
}

#[tokio::test]
async fn a_collection_that_somebody_makes_meanwhile_is_not_taken_for_the_own_one() {
    let sim = movies(10).await;
    let mut memory = Memory::transient();
    let desired = listed("Top", &keys(&sim, &[1, 2]));
    sim.add_fault(Fault::on("/", FaultKind::ResetBefore).method("PUT").times(1));
    crate::library(&sim).await.apply(&desired, &mut memory).await.expect_err("cut before it was made");
    sim.make_collection("Movies", "Top", &keys(&sim, &[1, 7])).expect("made");
    let report = crate::library(&sim).await.apply(&desired, &mut memory).await.expect("looked at");
    assert_eq!((report.outcome, sim.members("Top").len()), (plex::target::Outcome::HandMade, 2));
}
